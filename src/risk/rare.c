/* rare.c: see rare.h for the model and its tests. */
#include "risk/rare.h"

#include <math.h>

#include "risk/rare_process.h"

const struct rare_prior RARE_NO_PRIOR = {.shape = 0.5, .rate = 0};

static const double DOUBLING = 0.69314718055994530942; /* log 2 */
static const double SAME_RUN = 1e-8;                   /* cases: runs that differ by less are one */

/* The window's known months, newest first. */
struct window {
    struct rare_rate rate;
    double reference;          /* of the CUSUM */
    double gap_cases;          /* k of the gap test */
    int months, recent;        /* known ones; of those in the last three months */
    bool is_whole;             /* 12 months, not 3 */
    double cases[RARE_WINDOW]; /* cases[w - 1]: N(w) without the month judged */
};

static bool is_prior(struct rare_prior p)
{
    return p.shape > 0 && isfinite(p.shape) && p.rate >= 0 && isfinite(p.rate);
}

struct rare_prior rare_prior_from(double nu, double m)
{
    if (!(m > 0 && isfinite(m)))
        return RARE_NO_PRIOR;
    double rate = nu / m;
    if (!(rate < RARE_PRIOR_MONTHS_MOST))
        rate = RARE_PRIOR_MONTHS_MOST;
    return rate > 0 ? (struct rare_prior){rate * m, rate} : RARE_NO_PRIOR;
}

/* Cases and known months of the baseline of a window of `width` months. */
static struct rare_rate baseline_of(const double *count, size_t i, size_t width)
{
    struct rare_rate sum = {0};

    for (size_t back = width; back < width + RARE_BASELINE && back <= i; back++) {
        sum.months += !isnan(count[i - back]);
        sum.cases += isnan(count[i - back]) ? 0 : count[i - back];
    }
    return sum;
}

static bool is_enough(size_t i, size_t width, struct rare_rate baseline, struct rare_prior prior)
{
    return i + 1 >= width && baseline.months + prior.rate >= (double)width;
}

static void fill_window(struct window *w, const double *count, size_t i)
{
    size_t width = w->is_whole ? RARE_WINDOW : RARE_WINDOW_SHORT;
    double sum = 0;

    for (size_t back = 0; back < width; back++) {
        if (isnan(count[i - back]))
            continue;
        sum += back > 0 ? count[i - back] : 0;
        w->cases[w->months++] = sum;
        w->recent += back < RARE_WINDOW_SHORT;
    }
    w->reference = w->rate.cases / w->rate.months / DOUBLING;
    w->gap_cases = fmax(2, rare_least(w->rate, 1, RARE_ALPHA / RARE_TESTS));
}

static double gap_p(const struct window *w, double y)
{
    for (int m = 0; m < w->months; m++)
        if (w->cases[m] + y >= w->gap_cases)
            return rare_tail(w->rate, m + 1, w->gap_cases);
    return 1;
}

static double reach_p(const struct window *w, double s)
{
    struct rare_bounds b = rare_cusum_bounds(w->months, w->reference, s);
    return rare_reach(w->rate, &b);
}

static double cusum_p(const struct window *w, double y)
{
    double s = 0;

    for (int m = 0; m < w->months; m++)
        s = fmax(s, w->cases[m] + y - (m + 1) * w->reference);
    return s > 0 ? reach_p(w, s) : 1;
}

static double total_p(const struct window *w, int months, double y)
{
    return rare_tail(w->rate, months, w->cases[months - 1] + y);
}

static void run_tests(const struct window *w, double y, struct rare *r)
{
    r->p[RARE_3] = total_p(w, w->recent, y);
    r->p[RARE_12] = w->is_whole ? total_p(w, w->months, y) : NAN;
    r->p[RARE_GAP] = gap_p(w, y);
    r->p[RARE_CUSUM] = cusum_p(w, y);
    for (int t = 0; t < RARE_TESTS; t++) {
        r->tests += !isnan(r->p[t]);
        r->least = r->p[t] < r->p[r->least] ? (enum rare_test)t : r->least;
    }
    r->p_value = fmin(1, r->tests * r->p[r->least]);
}

/* ---- bounds: where p_value falls to alpha ---- */

/* Does some bound differ by more than one, or more than one of them? */
static bool are_apart(const struct rare_bounds *low, const struct rare_bounds *high)
{
    double sum = 0;

    for (int m = 0; m < low->months; m++)
        sum += high->least[m] - low->least[m];
    return sum > 1;
}

/* Of the least run that is significant. p is a step function of s, which changes where one of the
 * bounds does. */
static struct rare_bounds cusum_bounds(const struct window *w, double alpha)
{
    double low = 0, high = w->gap_cases;

    while (reach_p(w, high) > alpha) {
        low = high;
        high *= 2;
    }
    struct rare_bounds at_low = rare_cusum_bounds(w->months, w->reference, low);
    struct rare_bounds at_high = rare_cusum_bounds(w->months, w->reference, high);
    while (are_apart(&at_low, &at_high) && high - low > SAME_RUN) {
        double middle = low + (high - low) / 2;
        struct rare_bounds b = rare_cusum_bounds(w->months, w->reference, middle);
        bool is_reached = rare_reach(w->rate, &b) <= alpha;
        *(is_reached ? &high : &low) = middle;
        *(is_reached ? &at_high : &at_low) = b;
    }
    return at_high;
}

static void lower_bound(struct rare_bounds *b, int months, double cases)
{
    b->least[months - 1] = fmin(b->least[months - 1], cases);
}

/* Each test is significant when N(w) reaches something for some w, so all of them together are. */
static struct rare_bounds all_bounds(const struct window *w, int tests)
{
    double alpha = RARE_ALPHA / tests;
    struct rare_bounds b = cusum_bounds(w, alpha);

    lower_bound(&b, w->recent, rare_least(w->rate, w->recent, alpha));
    if (w->is_whole)
        lower_bound(&b, w->months, rare_least(w->rate, w->months, alpha));
    int waiting = 0;
    while (waiting < w->months && rare_tail(w->rate, waiting + 1, w->gap_cases) <= alpha)
        waiting++;
    if (waiting > 0)
        lower_bound(&b, waiting, w->gap_cases);
    return b;
}

/* The highest count that reaches no bound; without a case there is no alarm. */
static double upper_of(const struct window *w, const struct rare_bounds *b)
{
    double room = INFINITY;

    for (int m = 0; m < w->months; m++)
        room = fmin(room, b->least[m] - w->cases[m]);
    return fmax(0, room - 1);
}

static void judge_window(const struct window *w, double y, struct rare *r)
{
    run_tests(w, y, r);
    struct rare_bounds b = all_bounds(w, r->tests);
    r->expected = w->rate.cases / w->rate.months;
    r->upper = upper_of(w, &b);
    r->score = r->upper > r->expected ? (y - r->expected) / (r->upper - r->expected) : NAN;
    r->level = rare_reach_with_case(w->rate, &b);
    r->alarm = y > r->upper;
    r->ongoing = y <= 0 && r->p_value <= RARE_ALPHA;
}

void rare_judge(const double *count, size_t i, struct rare_prior prior, struct rare *r)
{
    struct window w = {.is_whole = true};

    *r = (struct rare){.state = RARE_SHORT,
                       .p = {NAN, NAN, NAN, NAN},
                       .p_value = NAN,
                       .expected = NAN,
                       .upper = NAN,
                       .score = NAN};
    prior = is_prior(prior) ? prior : RARE_NO_PRIOR;
    struct rare_rate baseline = baseline_of(count, i, RARE_WINDOW);
    w.is_whole = is_enough(i, RARE_WINDOW, baseline, prior);
    if (!w.is_whole)
        baseline = baseline_of(count, i, RARE_WINDOW_SHORT);
    r->cases = baseline.cases;
    r->months = baseline.months;
    if (isnan(count[i]))
        r->state = RARE_UNKNOWN;
    if (isnan(count[i]) || !(w.is_whole || is_enough(i, RARE_WINDOW_SHORT, baseline, prior)))
        return;
    r->state = RARE_OK;
    w.rate = (struct rare_rate){prior.shape + baseline.cases, prior.rate + baseline.months};
    fill_window(&w, count, i);
    judge_window(&w, count[i], r);
}
