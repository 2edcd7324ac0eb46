#include "report/fact_cells.h"

#include <math.h>
#include <string.h>
#include <utf8proc.h>

#include "base/num.h"

/* ---- counts ---- */

static int64_t recorded(const struct result *yoy, size_t row, const char *code, const char *column)
{
    struct buf value = {0};
    int64_t n = say_count(yoy, row, column);
    bool fractional;
    if (say_note(yoy, row, code, &value))
        num_parse_int(buf_text(&value), value.len, &n, &fractional);
    buf_free(&value);
    return n;
}

int64_t fact_recorded(const struct result *yoy, size_t row)
{
    return recorded(yoy, row, "recorded", "count");
}

int64_t fact_recorded_before(const struct result *yoy, size_t row)
{
    return recorded(yoy, row, "recorded_before", "count_before");
}

/* ---- rows ---- */

size_t fact_row(const struct result *r, const char *unit)
{
    for (size_t i = 0; i < r->row_count; i++)
        if (!strcmp(cells_text(r, i, "unit"), unit))
            return i;
    return NO_ROW;
}

bool fact_is_total(const struct result *r, size_t row)
{
    return cells_has_note(r, row, "total");
}

bool fact_is_unknown(const struct result *r, size_t row)
{
    const char *unit = cells_text(r, row, "unit");
    size_t n = strlen(unit);
    return n > 1 && !strcmp(unit + n - 2, "/?");
}

bool fact_is(const struct result *r, size_t row, const char *column, const char *token)
{
    return !strcmp(cells_text(r, row, column), token);
}

bool fact_is_alarm(const struct result *alerts, size_t row)
{
    return cells_number(alerts, row, "count") > cells_number(alerts, row, "upper");
}

size_t fact_places(const struct result *risk)
{
    size_t n = 0;
    for (size_t i = 0; i < risk->row_count; i++)
        n += !fact_is_total(risk, i) && !isnan(cells_number(risk, i, "rr"));
    return n;
}

bool fact_has_map(const struct facts_root *r)
{
    for (size_t i = 0; r->shapes && i < r->shapes->count; i++)
        if (r->shapes->items[i].ring_count || isfinite(r->shapes->items[i].lon))
            return true;
    return false;
}

/* ---- words ---- */

const char *fact_direction(const struct result *trend)
{
    size_t parts = cells_parts(trend, 0, "segment_low");
    bool turns = *cells_text(trend, 0, "joinpoints") && parts;
    double low = turns ? cells_part_number(trend, 0, "segment_low", parts - 1)
                       : cells_number(trend, 0, "ci_low");
    double high = turns ? cells_part_number(trend, 0, "segment_high", parts - 1)
                        : cells_number(trend, 0, "ci_high");
    if (low > 0)
        return N_("there are grounds to speak of a rise");
    if (high < 0)
        return N_("there are grounds to speak of a fall");
    return N_("this is not enough to conclude on a trend");
}

void fact_add_base(struct buf *b, const struct result *r, enum lang lang)
{
    struct buf units = {0};
    if (say_note(r, 0, "compared_units", &units))
        buf_addf(b, tr(lang, " (%s units that reported in full)"), buf_text(&units));
    b->failed |= units.failed;
    buf_free(&units);
}

void fact_add_month(struct buf *b, const char *label, enum lang lang)
{
    if (lang == LANG_VI && strlen(label) == 7)
        buf_addf(b, "%s/%.4s", label + 5, label);
    else
        buf_adds(b, label);
}

void fact_add_day(struct buf *b, const char *iso, enum lang lang)
{
    if (lang == LANG_VI && strlen(iso) == 10)
        buf_addf(b, "%s/%.2s/%.4s", iso + 8, iso + 5, iso);
    else
        buf_adds(b, iso);
}

void fact_capital(struct buf *b, size_t from)
{
    utf8proc_int32_t letter = 0;
    utf8proc_uint8_t bytes[4];
    if (b->failed || from >= b->len)
        return;
    utf8proc_uint8_t *at = (utf8proc_uint8_t *)b->data + from;
    utf8proc_ssize_t used = utf8proc_iterate(at, (utf8proc_ssize_t)(b->len - from), &letter);
    utf8proc_ssize_t made = used > 0 ? utf8proc_encode_char(utf8proc_toupper(letter), bytes) : 0;
    if (made == used)
        memcpy(at, bytes, (size_t)used);
}

const char *fact_shown(const struct result *r, const char *key)
{
    for (size_t i = 0; i < r->prov_count; i++)
        if (!strcmp(r->provs[i].key, key))
            return r->provs[i].shown ? r->provs[i].shown : r->provs[i].value;
    return "";
}
