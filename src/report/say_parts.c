/* Parts of sentences: periods, numbers, names. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <utf8proc.h>

#include "base/num.h"
#include "report/say_private.h"
#include "report/show.h"
#include "stats/verdict.h"

void say_next(struct buf *b)
{
    if (b->len && b->data[b->len - 1] != ' ')
        buf_addc(b, ' ');
}

int64_t say_count(const struct result *r, size_t row, const char *column)
{
    double x = cells_number(r, row, column);
    return isnan(x) ? -1 : (int64_t)x;
}

bool say_note(const struct result *r, size_t row, const char *code, struct buf *value)
{
    const char *note = cells_text(r, row, "note");
    size_t n = strlen(code);
    for (const char *hit = note; (hit = strstr(hit, code)); hit++) {
        if (hit[n] != '=' || (hit != note && hit[-1] != ';'))
            continue;
        buf_add(value, hit + n + 1, strcspn(hit + n + 1, ";"));
        return true;
    }
    return false;
}

bool say_footer(struct buf *b, const struct result *r, const char *format)
{
    size_t n = strcspn(format, "%");
    for (size_t i = 0; i < r->footer_count; i++) {
        if (strncmp(r->footers[i], format, n))
            continue;
        say_next(b);
        buf_adds(b, r->footers[i]);
        return true;
    }
    return false;
}

/* ---- numbers and dates ---- */

void say_number(struct buf *b, int64_t n, enum lang lang)
{
    num_add_prose(b, n, lang);
}

void say_cases(struct buf *b, int64_t n, enum lang lang)
{
    struct buf number = {0};
    num_add_prose(&number, n, lang);
    buf_addf(b, n == 1 ? tr(lang, "%s case") : tr(lang, "%s cases"), buf_text(&number));
    b->failed |= number.failed;
    buf_free(&number);
}

void say_date(struct buf *b, day d, enum lang lang)
{
    char iso[11];
    struct date x = date_from_day(d);
    day_text(d, iso);
    if (lang == LANG_VI)
        buf_addf(b, "%02d/%02d/%04d", x.mday, x.month, x.year);
    else
        buf_adds(b, iso);
}

void say_span(struct buf *b, struct span span, enum lang lang)
{
    struct buf from = {0}, to = {0};
    say_date(&from, span.from, lang);
    say_date(&to, span.to, lang);
    buf_addf(b, tr(lang, "From %s to %s"), buf_text(&from), buf_text(&to));
    b->failed |= from.failed || to.failed;
    buf_free(&from);
    buf_free(&to);
}

/* ---- periods ---- */

static bool say_month(struct buf *b, const char *label, enum lang lang)
{
    int year, month, used = 0;
    if (sscanf(label, "%4d-%2d%n", &year, &month, &used) != 2 || label[used])
        return false;
    if (lang == LANG_VI)
        buf_addf(b, "tháng %d năm %d", month, year);
    else
        buf_addf(b, "%d-%02d", year, month);
    return true;
}

/* "2024H1", "2024Q2", "2024M9" */
static bool say_part(struct buf *b, const char *label, enum lang lang)
{
    static const char *const quarters[] = {"I", "II", "III", "IV"};
    int year, n, used = 0;
    char kind;
    if (sscanf(label, "%4d%c%d%n", &year, &kind, &n, &used) != 3 || label[used])
        return false;
    if (kind == 'H' && n == 1)
        buf_addf(b, tr(lang, "the first 6 months of %d"), year);
    else if (kind == 'H')
        buf_addf(b, tr(lang, "the last 6 months of %d"), year);
    else if (kind == 'Q' && n >= 1 && n <= 4)
        buf_addf(b, tr(lang, "quarter %s of %d"), quarters[n - 1], year);
    else if (kind == 'M')
        buf_addf(b, tr(lang, "the first %d months of %d"), n, year);
    else
        return false;
    return true;
}

static bool is_year(const char *label)
{
    return strlen(label) == 4 && strspn(label, "0123456789") == 4;
}

void say_label(struct buf *b, const char *label, struct span span, enum lang lang)
{
    if (is_year(label)) {
        buf_addf(b, tr(lang, "the year %s"), label);
        return;
    }
    if (say_part(b, label, lang) || say_month(b, label, lang))
        return;
    struct buf from = {0}, to = {0};
    say_date(&from, span.from, lang);
    say_date(&to, span.to, lang);
    buf_addf(b, tr(lang, "the period %s to %s"), buf_text(&from), buf_text(&to));
    b->failed |= from.failed || to.failed;
    buf_free(&from);
    buf_free(&to);
}

void say_period(struct buf *b, const struct facts *f)
{
    say_label(b, f->period.label, f->period.span, f->lang);
}

/* ---- names ---- */

void say_whole(struct buf *b, const struct facts *f)
{
    if (!strcmp(f->level, "district"))
        buf_adds(b, tr(f->lang, "the whole district"));
    else if (!strcmp(f->level, "province"))
        buf_adds(b, tr(f->lang, "the whole province"));
    else if (!strcmp(f->level, "commune"))
        buf_adds(b, tr(f->lang, "the whole commune"));
    else
        buf_adds(b, tr(f->lang, "the whole area"));
}

/* Vietnamese writes the kind of a place small: xã, phường, thị trấn, ấp. */
void say_unit(struct buf *b, const char *name, enum lang lang)
{
    utf8proc_int32_t first = 0;
    utf8proc_uint8_t bytes[4];
    utf8proc_ssize_t used = utf8proc_iterate((const utf8proc_uint8_t *)name, -1, &first);
    static const char *const kinds[] = {"Xã ",    "Phường ", "Thị trấn ",  "Ấp ",     "Khóm ",
                                        "Huyện ", "Tỉnh ",   "Thành phố ", "Thị xã ", "Quận "};
    bool is_kind = false;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        is_kind |= !strncmp(name, kinds[i], strlen(kinds[i]));
    if (lang != LANG_VI || !is_kind || used <= 0) {
        buf_adds(b, name);
        return;
    }
    utf8proc_ssize_t made = utf8proc_encode_char(utf8proc_tolower(first), bytes);
    buf_add(b, (const char *)bytes, (size_t)made);
    buf_adds(b, name + used);
}

bool say_is_unit(const struct facts *f, const struct result *r, size_t row)
{
    const char *unit = cells_text(r, row, "unit");
    size_t n = strlen(unit);
    bool is_unknown = n >= 2 && !strcmp(unit + n - 2, "/?");
    return n && !is_unknown && strcmp(unit, f->unit) && !cells_has_note(r, row, "total");
}

/* ---- comparisons ---- */

void say_change(struct buf *b, const struct result *yoy, size_t row)
{
    int64_t before = say_count(yoy, row, "count_before");
    double change = cells_number(yoy, row, "change");
    if (before < 0 || isnan(change))
        return;
    show_change_prose(b, (int64_t)change, cells_number(yoy, row, "reduction_pct"), before,
                      yoy->lang);
}

bool say_base(struct buf *b, const struct facts_root *r, enum lang lang)
{
    struct buf units = {0};
    bool some = say_note(&r->total, 0, "compared_units", &units);
    if (some)
        buf_addf(b, tr(lang, "%s units"), buf_text(&units));
    b->failed |= units.failed;
    buf_free(&units);
    return some;
}

/* Beyond that many cases Poisson's chances are too sure of themselves: those that allow for
 * over-dispersion are said, or none. */
enum { large = 1000 };

const char *say_trend_words(const struct result *yoy, size_t row, enum lang lang)
{
    int64_t now = say_count(yoy, row, "count"), before = say_count(yoy, row, "count_before");
    bool is_large = now + before > large;
    double prob = cells_number(yoy, row, is_large ? "prob_reduction_phi" : "prob_reduction");
    if (now < 0 || before < 0 || now + before == 0 || isnan(prob) ||
        cells_has_note(yoy, row, "not_comparable"))
        return "";
    return tr(lang, verdict_trend(prob));
}
