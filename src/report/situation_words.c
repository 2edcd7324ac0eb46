#include <math.h>
#include <string.h>

#include "base/num.h"
#include "report/situation.h"

/* ---- where the figures come from ---- */

static void add_days(struct buf *b, struct span days, enum lang lang)
{
    say_date(b, days.from, lang);
    buf_adds(b, " – ");
    say_date(b, days.to, lang);
}

void situation_say_scope(struct buf *b, const struct facts *f)
{
    struct buf now = {0}, before = {0}, end = {0}, whole = {0};
    const struct result *t = &f->roots[0].total;
    if (!f->root_count || !t->row_count)
        return;
    say_unit(&whole, f->unit_name, f->lang);
    add_days(&now, f->period.span, f->lang);
    add_days(&before, f->before.span, f->lang);
    buf_addf(b,
             tr(f->lang, "The report covers the cases of %s, counted by the %s. Period: %s; same "
                         "period: %s."),
             buf_text(&whole), fact_shown(t, "basis"), buf_text(&now), buf_text(&before));
    buf_addf(b, tr(f->lang, " Source: %s."), fact_shown(t, "source"));
    if (f->data_end != DAY_NONE) {
        say_date(&end, f->data_end, f->lang);
        buf_addf(b, tr(f->lang, " Figures reach to %s."), buf_text(&end));
    }
    b->failed |= now.failed || before.failed || end.failed || whole.failed;
    buf_free(&whole);
    buf_free(&now);
    buf_free(&before);
    buf_free(&end);
}

void situation_say_reported(struct buf *b, const struct facts *f)
{
    const struct result *s = &f->roots[0].states;
    struct buf from = {0}, to = {0};
    size_t known = 0;
    if (!f->root_count || !s->row_count)
        return;
    for (size_t i = 0; i < s->row_count; i++)
        known += fact_is(s, i, "state", "known");
    fact_add_month(&from, cells_text(s, 0, "month"), f->lang);
    fact_add_month(&to, cells_text(s, s->row_count - 1, "month"), f->lang);
    say_next(b);
    buf_addf(b,
             tr(f->lang, "From %s to %s the units owe %zu monthly reports in all; %zu are there in "
                         "full."),
             buf_text(&from), buf_text(&to), s->row_count, known);
    b->failed |= from.failed || to.failed;
    buf_free(&from);
    buf_free(&to);
}

static void say_unplaced_of(struct buf *b, const struct facts *f, const struct facts_root *r)
{
    struct buf some = {0}, all = {0};
    int64_t n = 0;
    for (size_t i = 0; i < r->units.row_count; i++)
        if (fact_is_unknown(&r->units, i))
            n += fact_recorded(&r->units, i);
    if (n > 0) {
        say_number(&some, n, f->lang);
        say_cases(&all, fact_recorded(&r->total, 0), f->lang);
        say_next(b);
        buf_addf(b,
                 tr(f->lang,
                    "Of %s of %s the place is not known for %s: they are in the totals, in "
                    "no unit's row."),
                 buf_text(&all), r->brief, buf_text(&some));
    }
    b->failed |= some.failed || all.failed;
    buf_free(&some);
    buf_free(&all);
}

void situation_say_unplaced(struct buf *b, const struct facts *f)
{
    for (size_t i = 0; i < f->root_count; i++)
        if (f->roots[i].total.row_count)
            say_unplaced_of(b, f, &f->roots[i]);
}

/* ---- years ---- */

static void say_turns(struct buf *b, const struct result *t, enum lang lang)
{
    const char *points = cells_text(t, 0, "joinpoints");
    if (!*points)
        return;
    buf_adds(b, tr(lang, " The pace changes around "));
    for (const char *at = points; *at;) {
        char month[16] = "";
        size_t n = strcspn(at, ";");
        memcpy(month, at, n < sizeof month ? n : sizeof month - 1);
        month[n < 7 ? n : 7] = '\0';
        buf_adds(b, at == points ? "" : ", ");
        fact_add_month(b, month, lang);
        at += n + (at[n] == ';');
    }
    buf_addc(b, '.');
}

static void say_season(struct buf *b, const struct result *t, enum lang lang)
{
    double p = cells_number(t, 0, "season_p"), peak = cells_number(t, 0, "season_peak");
    if (isnan(p))
        return;
    if (p < 0.05 && !isnan(peak))
        buf_addf(b, tr(lang, " Within the year the cases are most around month %.0f."), peak);
    else
        buf_adds(b, tr(lang, " No clear season shows."));
}

void situation_say_trend(struct buf *b, const struct facts *f, const struct facts_root *r)
{
    const struct result *t = &r->trend;
    struct buf from = {0}, to = {0}, total = {0};
    if (!t->row_count) {
        buf_addf(b, tr(f->lang, "There are too few months of %s for a trend."), r->brief);
        return;
    }
    fact_add_month(&from, cells_text(t, 0, "from"), f->lang);
    fact_add_month(&to, cells_text(t, 0, "to"), f->lang);
    say_cases(&total, say_count(t, 0, "total"), f->lang);
    fact_add_base(&total, t, f->lang);
    bool fits = !isnan(cells_number(t, 0, "annual_change_pct"));
    buf_addf(b, tr(f->lang, "Of %s, from %s to %s: %s; %s."), r->brief, buf_text(&from),
             buf_text(&to), buf_text(&total),
             tr(f->lang, fits ? fact_direction(t) : N_("too few to estimate a trend")));
    say_turns(b, t, f->lang);
    say_season(b, t, f->lang);
    b->failed |= from.failed || to.failed || total.failed;
    buf_free(&from);
    buf_free(&to);
    buf_free(&total);
}

/* ---- kinds ---- */

enum { MOST_KINDS = 3 };

static bool has_parts(const struct result *kinds, size_t row)
{
    const char *code = cells_text(kinds, row, "category");
    size_t n = strlen(code);
    for (size_t i = 0; i < kinds->row_count; i++) {
        const char *other = cells_text(kinds, i, "category");
        if (!strncmp(other, code, n) && other[n] == '.')
            return true;
    }
    return false;
}

/* The rows are in order of their change: falls from the head, rises from the end. "Cướp giật tài
 * sản (0/5)" */
static void add_kinds(struct buf *b, const struct facts_root *r, bool rises)
{
    const struct result *k = &r->kinds;
    size_t n = 0;
    for (size_t i = 0; i < k->row_count && n < MOST_KINDS; i++) {
        size_t row = rises ? k->row_count - 1 - i : i;
        double change = cells_number(k, row, "change");
        if (!(rises ? change > 0 : change < 0) || fact_is(k, row, "category", r->code) ||
            has_parts(k, row))
            continue;
        buf_addf(b, "%s%s (", n++ ? "; " : "", cells_text(k, row, "category_name"));
        num_add_count(b, say_count(k, row, "count"), k->lang);
        buf_addc(b, '/');
        num_add_count(b, say_count(k, row, "count_before"), k->lang);
        buf_addc(b, ')');
    }
}

void situation_say_kinds(struct buf *b, const struct facts *f, const struct facts_root *r)
{
    struct buf down = {0}, up = {0};
    add_kinds(&down, r, false);
    add_kinds(&up, r, true);
    if (down.len)
        buf_addf(b, tr(f->lang, "Kinds of act that fell most (cases now/in the same period): %s."),
                 buf_text(&down));
    if (up.len) {
        say_next(b);
        buf_addf(b, tr(f->lang, "Kinds of act that rose most (cases now/in the same period): %s."),
                 buf_text(&up));
    }
    if (b->len)
        buf_adds(b, tr(f->lang, " The single kinds are few and are not judged; all of them stand "
                                "in Appendix I."));
    b->failed |= down.failed || up.failed;
    buf_free(&down);
    buf_free(&up);
}

/* ---- places ---- */

static void add_names(struct buf *b, const struct facts *f, const struct result *risk,
                      bool (*is_one)(const struct result *, size_t))
{
    for (size_t i = 0; i < risk->row_count; i++)
        if (!fact_is_total(risk, i) && is_one(risk, i)) {
            buf_adds(b, b->len ? ", " : "");
            say_unit(b, cells_text(risk, i, "unit_name"), f->lang);
        }
}

static bool is_lasting(const struct result *risk, size_t row)
{
    return cells_number(risk, row, "persistence") > 0.5;
}

static bool is_in_cluster(const struct result *risk, size_t row)
{
    return cells_number(risk, row, "cluster") >= 1 && cells_number(risk, row, "cluster_p") <= 0.05;
}

static bool has_few_places(const struct result *risk)
{
    return risk->row_count && cells_has_note(risk, 0, "under_20_units");
}

void situation_say_lasting(struct buf *b, const struct facts *f, const struct facts_root *r)
{
    struct buf lasting = {0}, cluster = {0};
    add_names(&lasting, f, &r->risk, is_lasting);
    add_names(&cluster, f, &r->risk, is_in_cluster);
    if (lasting.len)
        buf_addf(b, tr(f->lang, "High in most of the earlier periods too: %s."),
                 buf_text(&lasting));
    if (cluster.len) {
        say_next(b);
        buf_addf(b, tr(f->lang, "Neighbouring places that are high together: %s."),
                 buf_text(&cluster));
    } else if (has_few_places(&r->risk)) {
        say_next(b);
        buf_adds(b, tr(f->lang, "With fewer than 20 units no clusters are looked for."));
    }
    b->failed |= lasting.failed || cluster.failed;
    buf_free(&lasting);
    buf_free(&cluster);
}
