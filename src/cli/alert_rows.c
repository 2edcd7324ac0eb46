/* The rows of one root: judged side by side, written series by series. */
#include <math.h>
#include <stdlib.h>

#include "cli/alert_private.h"
#include "stats/multiple.h"

/* ---- which months ---- */

/* The last month of which most rows know something. */
static bool find_last(const struct alert_set *a, const struct series_row *rows, size_t *last,
                      struct err *e)
{
    size_t n = a->g->set.n;
    for (size_t i = n; i-- > 0;) {
        size_t known = 0;
        for (size_t k = 0; k < a->g->count; k++)
            known += !isnan(rows[k].series.count[i]);
        if (2 * known >= a->g->count && known) {
            *last = i;
            return true;
        }
    }
    return err_set(e, ERR_INPUT,
                   "no month is known of these units and categories: see 'keogiam status'");
}

/* --from and --period begin the months judged; all before them are only learnt from. */
static bool choose_months(struct alert_set *a, size_t last, size_t months, struct err *e)
{
    const struct session *s = a->s;
    struct period p;
    day from = DAY_NONE;
    if (arg(s->request, OPT_PERIOD)) {
        if (!session_period(s, &p, e))
            return false;
        from = p.span.from;
    }
    if (!session_month(s, OPT_FROM, false, &from, e))
        return false;
    a->from = last + 1 > months ? last + 1 - months : 0;
    for (size_t i = 0; from != DAY_NONE && i <= last; i++)
        if (a->g->set.days[i].items[0].from >= from) {
            a->from = i;
            break;
        } else if (i == last) {
            return err_set(e, ERR_INPUT,
                           "no month is known of these units and categories: see 'keogiam status'");
        }
    a->last = last + 1 - a->from;
    return true;
}

/* ---- judging ---- */

static bool take_rows(const struct alert_set *a, struct series_row *rows, struct err *e)
{
    bool ok = true;
    for (size_t k = 0; ok && k < a->g->count; k++)
        ok = series_row_take(&a->g->set, a->g->rows[k].unit, a->g->rows[k].category, false,
                             &rows[k], e);
    return ok;
}

/* What sister units show of the rate of a category: rows that stand beside each other. */
static bool find_prior(const struct alert_set *a, const struct series_row *rows, size_t category,
                       struct rare_prior *prior, struct err *e)
{
    struct time_series *sisters = malloc((a->g->count + 1) * sizeof *sisters);
    size_t n = 0;
    if (!sisters)
        return err_memory(e);
    for (size_t k = 0; k < a->g->count; k++)
        if (a->g->rows[k].category == category && !a->g->rows[k].is_total) {
            sisters[n] = rows[k].ts;
            sisters[n++].n = a->from + a->last;
        }
    bool ok = alert_prior(sisters, n, a->last, prior) || err_memory(e);
    free(sisters);
    return ok;
}

static bool judge(struct alert_set *a, const struct series_row *rows, struct err *e)
{
    size_t categories = a->g->set.scope.category_count;
    struct rare_prior *priors = malloc((categories + 1) * sizeof *priors);
    bool ok = priors || err_memory(e);
    for (size_t c = 0; ok && c < categories; c++)
        ok = find_prior(a, rows, c, &priors[c], e);
    if (ok) {
#pragma omp parallel for schedule(dynamic, 8)
        for (size_t k = 0; k < a->g->count; k++) {
            struct time_series ts = rows[k].ts;
            ts.n = a->from + a->last;
            alert_months(&ts, a->last,
                         a->g->rows[k].is_total ? RARE_NO_PRIOR : priors[a->g->rows[k].category],
                         &a->items[k * a->last]);
        }
    }
    free(priors);
    return ok;
}

static bool find_q(struct alert_set *a, struct err *e)
{
    for (size_t i = 0; i < a->g->count * a->last; i++)
        a->q[i] = a->g->rows[i / a->last].in_family ? a->items[i].p_value : NAN;
    return multiple_bh(a->q, a->g->count * a->last, a->q) || err_memory(e);
}

bool alert_set_init(struct alert_set *a, struct session *s, struct series_group *g,
                    const struct alert_ask *ask, struct err *e)
{
    size_t last = 0;
    struct series_row *rows = calloc(g->count + 1, sizeof *rows);
    *a = (struct alert_set){.s = s, .g = g};
    bool ok = (rows || err_memory(e)) && take_rows(a, rows, e) && find_last(a, rows, &last, e) &&
              choose_months(a, last, ask->months, e);
    if (ok) {
        a->items = calloc(g->count * a->last + 1, sizeof *a->items);
        a->q = calloc(g->count * a->last + 1, sizeof *a->q);
        ok = ((a->items && a->q) || err_memory(e)) && judge(a, rows, e) && find_q(a, e) &&
             (!ask->clusters || alert_clusters_find(a, s, rows, ask->seed, e));
    }
    for (size_t k = 0; rows && k < g->count; k++)
        series_row_free(&rows[k]);
    free(rows);
    return ok;
}

void alert_set_free(struct alert_set *a)
{
    alert_clusters_free(a);
    free(a->items);
    free(a->q);
    *a = (struct alert_set){0};
}

/* ---- cells ---- */

static const char *write_note(const struct alert_set *a, size_t row, const struct alert *x,
                              const struct permutation_cluster *in, struct arena *arena)
{
    struct buf b = {0};
    notes_flag(&b, "total", a->g->rows[row].is_total);
    notes_flag(&b, "alarm", x->alarm);
    notes_flag(&b, "not_reported", x->flags & ALERT_UNKNOWN);
    notes_flag(&b, "few_months", x->flags & ALERT_FEW_MONTHS);
    notes_flag(&b, "few_recent", x->flags & ALERT_FEW_RECENT);
    notes_flag(&b, "no_season", x->flags & ALERT_NO_SEASON);
    notes_flag(&b, "no_trend", x->flags & ALERT_NO_TREND);
    notes_flag(&b, "ongoing", x->flags & ALERT_ONGOING);
    notes_flag(&b, "rebased", x->flags & ALERT_REBASED);
    notes_flag(&b, "months_missing", x->flags & ALERT_GAPS);
    notes_flag(&b, "cluster_new", in && !in->ongoing);
    notes_flag(&b, "cluster_ongoing", in && in->ongoing);
    const char *text = b.failed ? NULL : arena_text(arena, buf_text(&b));
    buf_free(&b);
    return text;
}

static bool write_row(const struct alert_set *a, size_t row, size_t month, struct result *r,
                      struct err *e)
{
    const struct scope *scope = &a->g->set.scope;
    const struct alert *x = &a->items[row * a->last + month];
    size_t unit = a->g->rows[row].unit, category = a->g->rows[row].category;
    size_t number;
    const struct permutation_cluster *in =
        month + 1 == a->last ? alert_cluster_of(a, row, &number) : NULL;
    const char *note = write_note(a, row, x, in, &r->arena);
    struct cell *out = result_add_row(r, e);
    char label[16];
    if (!out || !note)
        return err_memory(e);
    series_label(&a->g->set, a->from + month, label);
    out[ALR_UNIT] =
        cell_text(arena_text(&r->arena, scope->directory->units[scope->units[unit]].code));
    out[ALR_UNIT_NAME] =
        cell_text(arena_text(&r->arena, series_unit_name(a->g, a->s, unit, &r->arena)));
    out[ALR_CATEGORY] = cell_text(
        arena_text(&r->arena, scope->directory->categories[scope->categories[category]].code));
    out[ALR_CATEGORY_NAME] = cell_text(arena_text(&r->arena, series_category_name(a->g, category)));
    out[ALR_MONTH] = cell_text(arena_text(&r->arena, label));
    if (!isnan(x->count))
        out[ALR_COUNT] = cell_int((int64_t)x->count);
    out[ALR_EXPECTED] = cell_real(x->expected);
    out[ALR_UPPER] = cell_real(x->upper);
    out[ALR_SCORE] = cell_real(x->score);
    out[ALR_P_VALUE] = cell_real(x->p_value);
    out[ALR_Q_VALUE] = cell_real(a->q[row * a->last + month]);
    out[ALR_METHOD] = cell_text(alert_method_token(x->method));
    out[ALR_NOTE] = cell_text(note);
    if (x->method != ALERT_NONE)
        out[ALR_FALSE_ALARM] = cell_real(x->level);
    if (in) {
        out[ALR_CLUSTER] = cell_int((int64_t)number);
        out[ALR_CLUSTER_P] = cell_real(in->area.p_value);
        out[ALR_RECURRENCE] = cell_real(in->recurrence_days);
    }
    return true;
}

bool alert_set_write(struct alert_set *a, struct result *r, struct err *e)
{
    bool ok = true;
    a->first_row = r->row_count;
    for (size_t row = 0; ok && row < a->g->count; row++)
        for (size_t month = 0; ok && month < a->last; month++)
            ok = write_row(a, row, month, r, e);
    return ok;
}
