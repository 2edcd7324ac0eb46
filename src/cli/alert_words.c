/* What is said below a table of alerts: which months stand out, and how many would by chance. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "cli/alert_private.h"
#include "cli/listing.h"

static bool say_alarm(const struct alert_set *a, size_t i, struct result *r, struct err *e)
{
    const struct cell *c = &r->cells[(a->first_row + i) * r->column_count];
    const struct alert *x = &a->items[i];
    struct buf b = {0}, upper = {0};
    const char *month = c[ALR_MONTH].as.s;
    num_add_human(&upper, floor(x->upper), 0, r->lang);
    buf_addf(&b, "▲ %s, %s, ", c[ALR_UNIT_NAME].as.s, c[ALR_CATEGORY_NAME].as.s);
    session_add_month(&b, month, strlen(month), r->lang);
    buf_adds(&b, ": ");
    session_add_count(&b, (int64_t)x->count, a->g->q.tally.count, r->lang);
    if (x->upper < 1) /* the months before it make the alarm */
        buf_adds(&b, tr(r->lang, ", with the months just before it more than usual."));
    else
        buf_addf(&b, tr(r->lang, ", usually at most %s."), buf_text(&upper));
    bool ok = b.failed || upper.failed ? err_memory(e) : result_add_footer(r, e, b.data);
    buf_free(&b);
    buf_free(&upper);
    return ok;
}

/* Sentences that may be quoted alone say of which category they speak. */
static void add_subject(struct buf *b, const struct alert_set *a)
{
    buf_addf(b, "%s: ", series_category_name(a->g, a->g->rows[0].category));
}

struct ranked {
    double p;
    size_t i;
};

static int by_chance(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    if (x->p != y->p)
        return x->p < y->p ? -1 : 1;
    return (x->i > y->i) - (x->i < y->i);
}

/* The least likely by chance first. */
static bool say_strongest(const struct alert_set *a, struct ranked *alarms, size_t n,
                          struct result *r, struct err *e)
{
    enum { MOST = 12 };
    bool ok = true;
    qsort(alarms, n, sizeof *alarms, by_chance);
    for (size_t k = 0; ok && k < n && k < MOST; k++)
        ok = say_alarm(a, alarms[k].i, r, e);
    if (!ok || n <= MOST)
        return ok;
    const char *text =
        arena_format(&r->arena, tr(r->lang, "… and %zu more (note: alarm)."), n - MOST);
    return text ? result_add_footer(r, e, text) : err_memory(e);
}

static bool say_none(const struct alert_set *a, struct result *r, struct err *e)
{
    struct buf b = {0};
    add_subject(&b, a);
    buf_adds(&b, tr(r->lang, "no month stands out."));
    return footer_say_made(r, &b, e);
}

static bool say_alarms(const struct alert_set *a, struct result *r, struct err *e)
{
    size_t rows = a->g->count * a->last, n = 0;
    struct ranked *alarms = malloc((rows + 1) * sizeof *alarms);
    if (!alarms)
        return err_memory(e);
    for (size_t i = 0; i < rows; i++)
        if (a->items[i].alarm)
            alarms[n++] = (struct ranked){a->items[i].p_value, i};
    bool ok = n ? say_strongest(a, alarms, n, r, e) : say_none(a, r, e);
    free(alarms);
    return ok;
}

/* Many cases in the months before, none in the month judged. */
static bool say_ongoing(const struct alert_set *a, struct result *r, struct err *e)
{
    struct listing l = {0};
    for (size_t i = 0; i < a->g->count * a->last; i++) {
        const struct cell *c = &r->cells[(a->first_row + i) * r->column_count];
        if (a->items[i].flags & ALERT_ONGOING && listing_take(&l))
            buf_addf(&l.b, "%s (%s, %s)", c[ALR_UNIT_NAME].as.s, c[ALR_CATEGORY_NAME].as.s,
                     c[ALR_MONTH].as.s);
    }
    return listing_say(
        &l, r, tr(r->lang, "High in the months before, no case in the month itself: %s."), e);
}

/* How many of the rows shown are to be expected as alarms by chance alone. */
static bool say_chance(const struct alert_set *a, size_t judged, struct result *r, struct err *e)
{
    double expected = alert_false_alarms(a->items, a->g->count * a->last);
    struct buf b = {0}, chance = {0};
    num_add_human(&chance, fmax(expected, 0.1), 1, r->lang);
    add_subject(&b, a);
    buf_addf(&b,
             expected < 0.1
                 ? tr(r->lang, "of %zu rows judged fewer than %s would be alarms by chance, if "
                               "nothing had changed anywhere.")
                 : tr(r->lang, "of %zu rows judged about %s would be alarms by chance, if nothing "
                               "had changed anywhere."),
             judged, buf_text(&chance));
    b.failed |= chance.failed;
    buf_free(&chance);
    return footer_say_made(r, &b, e);
}

static bool say_unjudged(const struct alert_set *a, struct result *r, struct err *e)
{
    struct buf b = {0};
    add_subject(&b, a);
    buf_adds(&b, tr(r->lang, "no row could be judged: too few months are known before it."));
    return footer_say_made(r, &b, e);
}

bool alert_add_footers(const struct alert_set *a, struct result *r, struct err *e)
{
    size_t judged = 0;
    for (size_t i = 0; i < a->g->count * a->last; i++)
        judged += a->items[i].method != ALERT_NONE;
    if (!a->g->count)
        return true;
    if (!judged)
        return say_unjudged(a, r, e);
    return say_alarms(a, r, e) && say_ongoing(a, r, e) && alert_clusters_say(a, r, e) &&
           say_chance(a, judged, r, e) &&
           footer_say(r, tr(r->lang, "An alarm asks for a look at the cases; it is no finding."),
                      e);
}
