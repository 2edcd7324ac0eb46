/* backtest.c: rolling origins; see backtest.h. */
#include "stats/backtest.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stats/backtest_private.h"

static const double LOG_SCORE_LEAST = -50;
static const size_t YEARS_LEAST = 2, YEARS_OF_MEAN = 5;

/* One forecast's marks; class < 0: left out. */
struct mark {
    int class;
    double scale; /* what CRPS is divided by */
    struct {
        bool made, in_80, in_95;
        double ratio, log_score;
    } of[BACKTEST_MODELS];
};

struct run {
    const struct time_series *series;
    size_t count;
    const size_t *group;
    const struct backtest_options *o;
    size_t origins;
    struct mark *mark; /* [count * origins] */
};

/* What is known of a series at an origin. */
static struct time_series before(const struct time_series *s, int64_t origin)
{
    struct time_series cut = *s;
    int64_t n = origin - s->first;

    cut.n = n < 0 ? 0 : n < (int64_t)s->n ? (size_t)n : s->n;
    while (cut.step_count > 0 && s->steps[cut.step_count - 1].at >= cut.n)
        cut.step_count--;
    return cut;
}

/* Its mean a step over the last years; NAN when that cannot be a yardstick. */
static double yardstick(const struct time_series *cut)
{
    size_t most = YEARS_OF_MEAN * (size_t)cut->per_year, from = cut->n > most ? cut->n - most : 0;
    double sum = 0;
    size_t known = 0;

    if (cut->n < YEARS_LEAST * (size_t)cut->per_year)
        return NAN;
    for (size_t t = from; t < cut->n; t++)
        if (!isnan(cut->count[t])) {
            sum += cut->count[t];
            known++;
        }
    return sum > 0 ? sum / (double)known : NAN;
}

static double outcome(const struct time_series *s, size_t from, size_t horizon)
{
    double sum = 0;
    if (from + horizon > s->n)
        return NAN;
    for (size_t i = 0; i < horizon; i++)
        sum += s->count[from + i];
    return sum;
}

static int class_of(double mean_a_month)
{
    return mean_a_month >= 1     ? BACKTEST_FREQUENT
           : mean_a_month >= 0.1 ? BACKTEST_SPARSE
                                 : BACKTEST_RARE;
}

static void judge(struct mark *m, enum backtest_model model, const struct predictive *p,
                  double total, double scale)
{
    int64_t y = (int64_t)total;
    double at = predictive_cdf(p, y), below = predictive_cdf(p, y - 1);

    m->of[model].made = true;
    m->of[model].ratio = predictive_crps(p, y) / scale;
    m->of[model].log_score = fmax(predictive_log_score(p, y), LOG_SCORE_LEAST);
    m->of[model].in_80 = at >= 0.1 && below < 0.9; /* between the quantiles, ends included */
    m->of[model].in_95 = at >= 0.025 && below < 0.975;
}

/* The mixture with one model's candidates only. */
static void keep_trend(struct forecaster *f)
{
    for (size_t i = 0; i < f->candidates; i++)
        f->weight[i] = i == FORECAST_LEVELS;
}

struct task {
    const struct time_series *cut;
    const double *exposure;
    size_t horizon;
    double total, scale;
};

static bool judge_forecasts(struct mark *m, const struct task *k, const struct forecast_pool *pool)
{
    struct forecaster f;
    struct predictive p;

    if (!forecast_fit(&f, k->cut, NULL))
        return false;
    forecast_total(&f, k->exposure, k->horizon, &p);
    judge(m, BACKTEST_ALONE, &p, k->total, k->scale);
    keep_trend(&f);
    forecast_total(&f, k->exposure, k->horizon, &p);
    judge(m, BACKTEST_TREND, &p, k->total, k->scale);
    if (!pool)
        return true;
    if (!forecast_fit(&f, k->cut, pool))
        return false;
    forecast_total(&f, k->exposure, k->horizon, &p);
    judge(m, BACKTEST_POOLED, &p, k->total, k->scale);
    return true;
}

static void judge_references(struct mark *m, const struct task *k)
{
    struct predictive p;

    backtest_naive(k->cut, k->exposure, k->horizon, &p);
    judge(m, BACKTEST_NAIVE, &p, k->total, k->scale);
    backtest_last(k->cut, k->exposure, k->horizon, &p);
    judge(m, BACKTEST_LAST, &p, k->total, k->scale);
    backtest_discount(k->cut, k->exposure, k->horizon, &p);
    judge(m, BACKTEST_DISCOUNT, &p, k->total, k->scale);
}

static bool judge_series(const struct run *r, size_t u, const struct time_series *cut,
                         const struct forecast_pool *pool, struct mark *m)
{
    const struct time_series *s = &r->series[u];
    double mean = yardstick(cut), total = outcome(s, cut->n, r->o->horizon);

    m->class = -1;
    if (isnan(mean) || isnan(total))
        return true;
    m->class = class_of(mean * s->per_year / 12);
    m->scale = mean * (double)r->o->horizon;
    struct task k = {cut, s->exposure + cut->n, r->o->horizon, total, m->scale};
    judge_references(m, &k);
    return judge_forecasts(m, &k, pool);
}

/* The series of one group, at one origin. */
struct cohort {
    size_t *member; /* [count] indices of the series, members only at the front */
    struct time_series *cut;
    const struct time_series **pointer;
    size_t count;
};

static bool cohort_init(struct cohort *c, const struct run *r, size_t leader)
{
    c->count = 0;
    c->member = malloc(r->count * sizeof *c->member);
    c->cut = malloc(r->count * sizeof *c->cut);
    c->pointer = malloc(r->count * sizeof *c->pointer);
    if (!c->member || !c->cut || !c->pointer)
        return false;
    for (size_t u = leader; u < r->count; u++)
        if (!r->group || r->group[u] == r->group[leader]) {
            c->pointer[c->count] = &c->cut[c->count];
            c->member[c->count++] = u;
        }
    return true;
}

static void cohort_free(struct cohort *c)
{
    free(c->member);
    free(c->cut);
    free(c->pointer);
}

static bool judge_origin(const struct run *r, struct cohort *c, size_t origin)
{
    struct forecast_pool pool = {0};
    int64_t at = r->o->first_origin + (int64_t)origin * r->o->every;

    for (size_t i = 0; i < c->count; i++)
        c->cut[i] = before(&r->series[c->member[i]], at);
    if (r->o->pool && !forecast_pool_init(&pool, c->pointer, c->count))
        return false;
    bool done = true;
    for (size_t i = 0; done && i < c->count; i++)
        done = judge_series(r, c->member[i], &c->cut[i], r->o->pool ? &pool : NULL,
                            &r->mark[c->member[i] * r->origins + origin]);
    forecast_pool_free(&pool);
    return done;
}

static bool is_leader(const struct run *r, size_t u)
{
    for (size_t i = 0; i < u; i++)
        if (!r->group || r->group[i] == r->group[u])
            return false;
    return true;
}

static bool judge_group(const struct run *r, size_t leader)
{
    struct cohort c = {0};
    bool done = cohort_init(&c, r, leader);

    for (size_t k = 0; done && k < r->origins; k++)
        done = judge_origin(r, &c, k);
    cohort_free(&c);
    return done;
}

static bool judge_all(const struct run *r)
{
    bool done = true;

#ifdef _OPENMP
#pragma omp parallel for schedule(dynamic) reduction(&& : done)
#endif
    for (size_t u = 0; u < r->count; u++)
        if (is_leader(r, u))
            done = judge_group(r, u) && done;
    return done;
}

static void cell_add(struct backtest_cell *c, const struct mark *m, enum backtest_model model)
{
    if (!m->of[model].made)
        return;
    c->n++;
    c->crps_ratio += m->of[model].ratio;
    c->crps_sum_ratio += m->of[model].ratio * m->scale;
    c->scale += m->scale;
    c->log_score += m->of[model].log_score;
    c->covered_80 += m->of[model].in_80;
    c->covered_95 += m->of[model].in_95;
}

static void cell_divide(struct backtest_cell *c)
{
    double n = c->n > 0 ? (double)c->n : NAN;
    c->crps_ratio /= n;
    c->crps_sum_ratio /= c->n > 0 ? c->scale : NAN;
    c->log_score /= n;
    c->covered_80 /= n;
    c->covered_95 /= n;
}

static void table_fill(const struct run *r, struct backtest_table *t)
{
    memset(t, 0, sizeof *t);
    for (size_t i = 0; i < r->count * r->origins; i++) {
        const struct mark *m = &r->mark[i];
        t->left_out += m->class < 0;
        for (int model = 0; model < BACKTEST_MODELS && m->class >= 0; model++)
            cell_add(&t->cell[model][m->class], m, (enum backtest_model)model);
    }
    for (int model = 0; model < BACKTEST_MODELS; model++)
        for (int class = 0; class < BACKTEST_CLASSES; class ++)
            cell_divide(&t->cell[model][class]);
}

/* Sum over the series of one origin of what the pool takes off the score. */
static double gain_at(const struct run *r, size_t origin, int class)
{
    double sum = 0;
    for (size_t u = 0; u < r->count; u++) {
        const struct mark *m = &r->mark[u * r->origins + origin];
        if (m->class == class)
            sum += m->of[BACKTEST_ALONE].ratio - m->of[BACKTEST_POOLED].ratio;
    }
    return sum;
}

static void gain_fill(const struct run *r, int class, struct backtest_table *t)
{
    const struct backtest_cell *alone = &t->cell[BACKTEST_ALONE][class];
    double k = (double)r->origins, sum = 0, square = 0;
    double percent = 100 / (alone->crps_ratio * (double)alone->n);

    t->pool_gain_pct[class] = NAN;
    t->pool_gain_se[class] = NAN;
    if (!r->o->pool || r->origins < 2 || alone->n == 0)
        return;
    for (size_t i = 0; i < r->origins; i++)
        sum += gain_at(r, i, class);
    for (size_t i = 0; i < r->origins; i++) {
        double off = gain_at(r, i, class) - sum / k;
        square += off * off;
    }
    t->pool_gain_pct[class] = percent * sum;
    t->pool_gain_se[class] = percent * sqrt(square * k / (k - 1));
}

bool backtest_run(const struct time_series *series, size_t count, const size_t *group,
                  const struct backtest_options *o, struct backtest_table *t)
{
    struct run r = {.series = series, .count = count, .group = group, .o = o};

    if (o->every < 1 || o->horizon < 1 || o->horizon > FORECAST_HORIZON ||
        o->last_origin < o->first_origin)
        return false;
    r.origins = (size_t)((o->last_origin - o->first_origin) / o->every) + 1;
    r.mark = calloc(count * r.origins + 1, sizeof *r.mark);
    bool done = r.mark && judge_all(&r);
    if (done) {
        table_fill(&r, t);
        for (int class = 0; class < BACKTEST_CLASSES; class ++)
            gain_fill(&r, class, t);
    }
    free(r.mark);
    return done;
}
