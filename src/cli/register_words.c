/* The register in words: cells for people, and what is to be borne in mind with them. */
#include <math.h>
#include <string.h>

#include "base/num.h"
#include "cli/listing.h"
#include "cli/register_private.h"

/* ---- one year ---- */

static void add_number(struct buf *b, const struct register_row *row, int64_t n, enum lang lang)
{
    if (row->target->kind == TARGET_REDUCTION)
        session_add_count(b, n, COUNT_CASES, lang);
    else
        num_add_count(b, n, lang);
}

static void add_rate(struct buf *b, const struct register_year *y, enum lang lang)
{
    num_add_count(b, y->count, lang);
    if (y->denominator < 0)
        return;
    buf_addc(b, '/');
    num_add_count(b, y->denominator, lang);
    if (y->denominator == 0)
        return;
    buf_adds(b, " (");
    num_add_human(b, 100 * ((double)y->count / (double)y->denominator), 1, lang);
    buf_adds(b, "%)");
}

static void add_recorded(struct buf *b, const struct register_row *row,
                         const struct register_year *y, enum lang lang)
{
    if (row->target->kind == TARGET_RATE)
        add_rate(b, y, lang);
    else
        add_number(b, row, y->count, lang);
}

static void add_forecast(struct buf *b, const struct register_row *row, enum lang lang)
{
    const struct register_year *base = register_base(row);
    struct buf mean = {0}, low = {0}, high = {0};
    num_add_human(&mean, (double)base->count + predictive_mean(&base->rest), 0, lang);
    num_add_count(&low, base->count + predictive_quantile(&base->rest, 0.1), lang);
    num_add_count(&high, base->count + predictive_quantile(&base->rest, 0.9), lang);
    buf_addf(b, tr(lang, "; forecast of the whole year: about %s (%s–%s)"), buf_text(&mean),
             buf_text(&low), buf_text(&high));
    b->failed |= mean.failed || low.failed || high.failed;
    buf_free(&mean);
    buf_free(&low);
    buf_free(&high);
}

void register_add_base(struct buf *b, const struct register_table *x,
                       const struct register_row *row)
{
    const struct register_year *base = register_base(row);
    enum lang lang = x->r->lang;
    char to[11];
    if (base->state == YEAR_UNKNOWN) {
        buf_adds(b, tr(lang, "no data"));
        return;
    }
    add_recorded(b, row, base, lang);
    if (base->state == YEAR_INCOMPLETE)
        buf_adds(b, tr(lang, ", not all reported"));
    if (base->state != YEAR_RUNNING)
        return;
    session_date(base->to, lang, to);
    buf_addf(b, tr(lang, " recorded to %s"), to);
    if (row->target->kind == TARGET_REDUCTION && base->has_rest)
        add_forecast(b, row, lang);
}

/* ---- three years ---- */

void register_add_years(struct buf *b, const struct register_table *x,
                        const struct register_row *row)
{
    enum lang lang = x->r->lang;
    for (size_t k = 0; k < REGISTER_YEARS; k++) {
        const struct register_year *y = &row->years[k];
        int64_t total;
        bool known = register_year_total(y, &total);
        buf_adds(b, k ? "; " : "");
        if (y->state == YEAR_UNKNOWN)
            buf_adds(b, "–");
        else if (row->target->kind == TARGET_RATE)
            add_rate(b, y, lang);
        else
            num_add_count(b, known ? total : y->count, lang);
        if (row->target->kind == TARGET_REDUCTION && y->state == YEAR_RUNNING)
            buf_adds(b, known ? tr(lang, " (forecast)") : tr(lang, " (so far)"));
    }
    if (isnan(row->mean))
        return;
    buf_adds(b, tr(lang, "; mean "));
    num_add_human(b, row->mean, 1, lang);
}

/* ---- what is allowed, what is needed ---- */

static void add_most(struct buf *b, const struct register_row *row, enum lang lang)
{
    struct buf most = {0}, luck = {0};
    session_add_count(&most, row->allowance, COUNT_CASES, lang);
    num_add_human(&luck, 100 * row->luck, 0, lang);
    buf_addf(b, tr(lang, "at most %s (chance if nothing changes: %s%%)"), buf_text(&most),
             buf_text(&luck));
    b->failed |= most.failed || luck.failed;
    buf_free(&most);
    buf_free(&luck);
}

static void add_may_miss(struct buf *b, const struct register_row *row, enum lang lang)
{
    struct buf miss = {0}, of = {0};
    num_add_count(&miss, row->allowance, lang);
    num_add_count(&of, register_base(row)->denominator, lang);
    if (row->allowance)
        buf_addf(b, tr(lang, "at most %s short of %s"), buf_text(&miss), buf_text(&of));
    else
        buf_addf(b, tr(lang, "all of %s"), buf_text(&of));
    b->failed |= miss.failed || of.failed;
    buf_free(&miss);
    buf_free(&of);
}

void register_add_allowed(struct buf *b, const struct register_table *x,
                          const struct register_row *row)
{
    if (!row->has_allowance)
        return;
    if (row->target->kind == TARGET_REDUCTION)
        add_most(b, row, x->r->lang);
    else
        add_may_miss(b, row, x->r->lang);
}

void register_add_needed(struct buf *b, const struct register_table *x,
                         const struct register_row *row)
{
    enum lang lang = x->r->lang;
    struct buf fall = {0}, left = {0};
    if (isnan(row->fall))
        return;
    if (row->fall == 0) {
        buf_adds(b, tr(lang, "none: the level of the year before is enough"));
        return;
    }
    num_add_human(&fall, row->fall, 1, lang);
    num_add_human(&left, (double)row->base * (1 - row->fall / 100), 1, lang);
    buf_addf(b, tr(lang, "down %s%% (from %lld to about %s cases a year)"), buf_text(&fall),
             (long long)row->base, buf_text(&left));
    b->failed |= fall.failed || left.failed;
    buf_free(&fall);
    buf_free(&left);
}

/* ---- below ---- */

/* By any of the place's comparisons, which share its slots. */
static bool falls_short(const struct targets_table *base, const struct targets_place *place,
                        size_t unit)
{
    for (size_t i = 0; i < base->set_count; i++) {
        const struct compare *c = &base->sets[i]->compare;
        day end = span_intersect(c->scope.life[unit], base->period.span).to;
        bool over = !c->running && c->data_end != DAY_NONE;
        if (base->sets[i]->place == place && over && compare_asks(c, unit) &&
            compare_end(c, unit) < end)
            return true;
    }
    return false;
}

static bool say_incomplete(const struct register_table *x, struct err *e)
{
    struct listing l = {0};
    const struct targets_table *base = &x->tables[REGISTER_YEARS - 1];
    const struct targets_place *place = x->rows[0].place;
    for (size_t u = 0; u < place->scope.unit_count; u++)
        if (falls_short(base, place, u) && listing_take(&l))
            buf_adds(&l.b, session_unit_name(x->s, place->scope.units[u], base->period.span.to,
                                             &x->r->arena));
    return listing_say(&l, x->r,
                       tr(x->r->lang, "Not reported to the end of the year before: %s. Its number "
                                      "of cases may still grow."),
                       e);
}

static bool has_state(const struct register_table *x, enum year_state state)
{
    for (size_t i = 0; i < x->row_count; i++)
        if (register_base(&x->rows[i])->state == state)
            return true;
    return false;
}

static bool say_running(const struct register_table *x, struct err *e)
{
    return !has_state(x, YEAR_RUNNING) ||
           footer_say(
               x->r,
               tr(x->r->lang,
                  "The year before still runs: what is allowed is reckoned from its "
                  "forecast, of rates from what came in so far; reckon anew when it is over."),
               e);
}

static bool say_zero(const struct register_table *x, struct err *e)
{
    struct listing l = {0};
    for (size_t i = 0; i < x->row_count; i++) {
        const struct register_row *row = &x->rows[i];
        if (row->target->kind == TARGET_REDUCTION && row->has_base && row->base == 0 &&
            listing_take(&l))
            buf_adds(&l.b, row->target->indicator);
    }
    return listing_say(&l, x->r,
                       tr(x->r->lang, "Indicators without a case in the year before: %s. There is "
                                      "nothing to reduce, and no percentage."),
                       e);
}

static bool say_plan(const struct register_table *x, struct err *e)
{
    struct buf b = {0};
    if (!x->plan_is_other)
        return true;
    buf_addf(&b, tr(x->r->lang, "No plan %d is loaded: the targets are those of plan %s."), x->year,
             x->plan);
    return footer_say_made(x->r, &b, e);
}

static bool say_needed(const struct register_table *x, struct err *e)
{
    bool any = false;
    for (size_t i = 0; i < x->row_count; i++)
        any |= !isnan(x->rows[i].fall);
    return !any ||
           (footer_say(x->r,
                       tr(x->r->lang,
                          "Chance if nothing changes: small numbers swing by themselves, so that "
                          "a target may be met, or missed, although nothing has changed."),
                       e) &&
            footer_say(x->r,
                       tr(x->r->lang,
                          "True fall needed: by how much the usual level must fall for the target "
                          "to be met in 8 years of 10."),
                       e));
}

bool register_add_footers(const struct register_table *x, struct err *e)
{
    return say_plan(x, e) && say_running(x, e) && say_incomplete(x, e) && say_zero(x, e) &&
           say_needed(x, e);
}
