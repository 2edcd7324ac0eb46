/* Places that stand out together in the last months: the permutation scan of units side by side. */
#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "cli/alert_private.h"
#include "cli/listing.h"
#include "series/surroundings.h"

enum { STUDY_MONTHS = 60, MONTHS_FEW = 24 };

/* ---- what is scanned ---- */

static bool choose_rows(const struct alert_set *a, size_t category, struct alert_clusters *c,
                        struct err *e)
{
    const struct scope *scope = &a->g->set.scope;
    c->rows = malloc((a->g->count + 1) * sizeof *c->rows);
    for (size_t k = 0; c->rows && k < a->g->count; k++) {
        const struct table_row *row = &a->g->rows[k];
        if (row->category == category && row->in_family && !row->is_total &&
            !scope->directory->units[scope->units[row->unit]].is_unknown)
            c->rows[c->n++] = k;
    }
    return c->rows || err_memory(e);
}

/* One category's places and counts in the months of the study. */
struct study {
    size_t *units;
    double *lat, *lon;
    double *count; /* [place][months] */
};

static void study_free(struct study *y)
{
    free(y->units);
    free(y->lat);
    free(y->lon);
    free(y->count);
}

static bool study_init(struct study *y, const struct alert_set *a, const struct session *s,
                       const struct alert_clusters *c, const struct series_row *rows, struct err *e)
{
    *y = (struct study){.units = malloc((c->n + 1) * sizeof *y->units),
                        .lat = malloc((c->n + 1) * sizeof *y->lat),
                        .lon = malloc((c->n + 1) * sizeof *y->lon),
                        .count = malloc((c->n * c->months + 1) * sizeof *y->count)};
    if (!y->units || !y->lat || !y->lon || !y->count)
        return err_memory(e);
    for (size_t i = 0; i < c->n; i++) {
        y->units[i] = a->g->rows[c->rows[i]].unit;
        memcpy(y->count + i * c->months, rows[c->rows[i]].series.count + c->first,
               c->months * sizeof *y->count);
    }
    return unit_places(s->store, s->state, &a->g->set.scope, y->units, c->n, y->lat, y->lon, e);
}

static bool scan(struct alert_clusters *c, const struct study *y, uint64_t seed, struct err *e)
{
    const struct permutation_data data = {{c->n, y->lat, y->lon}, c->months, y->count};
    struct scan_options o = SCAN_OPTIONS_DEFAULT;
    o.seed = seed;
    return permutation_scan_run(&data, &o, &c->scan) || err_memory(e);
}

static bool find_of(struct alert_set *a, const struct session *s, const struct series_row *rows,
                    size_t category, uint64_t seed, struct err *e)
{
    struct alert_clusters *c = &a->clusters[category];
    size_t end = a->from + a->last;
    struct study y;
    c->months = end < STUDY_MONTHS ? end : STUDY_MONTHS;
    c->first = end - c->months;
    if (!choose_rows(a, category, c, e))
        return false;
    if (c->n < PERMUTATION_UNITS_LEAST || c->months < MONTHS_FEW)
        return true;
    bool ok = study_init(&y, a, s, c, rows, e) && scan(c, &y, seed, e);
    study_free(&y);
    return ok;
}

bool alert_clusters_find(struct alert_set *a, const struct session *s,
                         const struct series_row *rows, uint64_t seed, struct err *e)
{
    size_t categories = a->g->set.scope.category_count;
    bool ok = true;
    a->clusters = calloc(categories + 1, sizeof *a->clusters);
    if (!a->clusters)
        return err_memory(e);
    for (size_t c = 0; ok && c < categories; c++)
        ok = find_of(a, s, rows, c, seed, e);
    return ok;
}

void alert_clusters_free(struct alert_set *a)
{
    for (size_t c = 0; a->clusters && c < a->g->set.scope.category_count; c++) {
        free(a->clusters[c].rows);
        permutation_scan_free(&a->clusters[c].scan);
    }
    free(a->clusters);
}

/* ---- who is in one ---- */

static bool is_one(const struct permutation_cluster *c)
{
    return c->area.p_value <= SCAN_CLUSTER_P;
}

const struct permutation_cluster *alert_cluster_of(const struct alert_set *a, size_t row,
                                                   size_t *number)
{
    if (!a->clusters)
        return NULL;
    const struct alert_clusters *c = &a->clusters[a->g->rows[row].category];
    for (size_t k = 0; k < c->scan.n && is_one(&c->scan.cluster[k]); k++) {
        const struct permutation_cluster *x = &c->scan.cluster[k];
        for (size_t m = 0; m < x->area.member_count; m++)
            if (c->rows[x->area.member[m].unit] == row) {
                *number = k + 1;
                return x;
            }
    }
    return NULL;
}

/* ---- what is said of them ---- */

static void add_month(struct buf *b, const struct alert_set *a, size_t step, enum lang lang)
{
    char label[16];
    series_label(&a->g->set, step, label);
    session_add_month(b, label, strlen(label), lang);
}

static void add_members(struct buf *b, const struct alert_set *a, const struct alert_clusters *c,
                        const struct scan_cluster *x, struct result *r)
{
    struct listing l = {0};
    for (size_t m = 0; m < x->member_count; m++)
        if (listing_take(&l))
            buf_adds(&l.b, series_unit_name(a->g, a->s, a->g->rows[c->rows[x->member[m].unit]].unit,
                                            &r->arena));
    buf_adds(b, buf_text(&l.b));
    b->failed |= l.b.failed;
    buf_free(&l.b);
}

static bool say_cluster(const struct alert_set *a, size_t category, size_t number, struct result *r,
                        struct err *e)
{
    const struct alert_clusters *c = &a->clusters[category];
    const struct permutation_cluster *x = &c->scan.cluster[number];
    size_t last = c->first + c->months - 1;
    struct buf b = {0}, expected = {0}, p = {0};
    num_add_human(&expected, x->area.expected, 1, r->lang);
    num_add_p(&p, x->area.p_value, r->lang);
    buf_addf(&b, "%s: ", series_category_name(a->g, category));
    buf_addf(&b,
             x->ongoing ? tr(r->lang, "emerging cluster %zu (also by the month before): ")
                        : tr(r->lang, "emerging cluster %zu (new): "),
             number + 1);
    add_members(&b, a, c, &x->area, r);
    buf_adds(&b, ": ");
    session_add_count(&b, x->area.observed, a->g->q.tally.count, r->lang);
    buf_adds(&b, ", ");
    add_month(&b, a, last + 1 - x->months, r->lang);
    buf_adds(&b, "–");
    add_month(&b, a, last, r->lang);
    buf_addf(&b,
             tr(r->lang, ", by place and months about %s (p %s; by chance about once in %.0f "
                         "months of looking)."),
             buf_text(&expected), buf_text(&p), 1 / x->area.p_value);
    b.failed |= expected.failed || p.failed;
    buf_free(&expected);
    buf_free(&p);
    return footer_say_made(r, &b, e);
}

static bool say_of(const struct alert_set *a, size_t category, size_t *found, struct result *r,
                   struct err *e)
{
    const struct permutation_scan *scan = &a->clusters[category].scan;
    bool ok = true;
    for (size_t k = 0; ok && k < scan->n && is_one(&scan->cluster[k]); k++, ++*found)
        ok = say_cluster(a, category, k, r, e);
    return ok;
}

/* Why none was looked for, or that there is none. x: of the most places. */
static bool say_none(const struct alert_set *a, const struct alert_clusters *x, struct result *r,
                     struct err *e)
{
    struct buf b = {0};
    if (x->months < MONTHS_FEW)
        return footer_say(
            r, tr(r->lang, "With fewer than 24 months no emerging clusters are looked for."), e);
    if (x->n < PERMUTATION_UNITS_LEAST || x->scan.state == SCAN_FEW_UNITS)
        return footer_say(r,
                          tr(r->lang, "With fewer than 20 units with coordinates and every month "
                                      "known no emerging clusters are looked for."),
                          e);
    buf_addf(&b, "%s: ", series_category_name(a->g, a->g->rows[0].category));
    buf_adds(&b, tr(r->lang, "no emerging cluster beyond chance (p ≤ 0.05) in circles of up to "
                             "half of the cases and the last 1 to 12 months."));
    return footer_say_made(r, &b, e);
}

static bool say_left_out(size_t units, struct result *r, struct err *e)
{
    const char *text =
        arena_format(&r->arena,
                     tr(r->lang, "Left out of the search for clusters, since coordinates or some "
                                 "month are not known (units: %zu)."),
                     units);
    return !units || (text ? footer_say(r, text, e) : err_memory(e));
}

bool alert_clusters_say(const struct alert_set *a, struct result *r, struct err *e)
{
    const struct alert_clusters *most = NULL;
    size_t found = 0;
    bool ok = true;
    for (size_t c = 0; ok && a->clusters && c < a->g->set.scope.category_count; c++) {
        ok = say_of(a, c, &found, r, e);
        if (!most || a->clusters[c].n > most->n)
            most = &a->clusters[c];
    }
    if (!ok || !most || most->n < 2)
        return ok;
    return (found || say_none(a, most, r, e)) && say_left_out(most->scan.left_out, r, e);
}
