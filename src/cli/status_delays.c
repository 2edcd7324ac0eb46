/* How long after the act reports come in, how complete recent acts are by that, and how many are
 * still to come. */
#include "cli/nowcasting.h"
#include "cli/status.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

enum {
    DELAY_CATEGORY,
    DELAY_N,
    DELAY_MEDIAN,
    DELAY_P80,
    DELAY_P95,
    DELAY_1M,
    DELAY_3M,
    DELAY_6M,
    DELAY_12M,
    DELAY_REPORTS,
    DELAY_MAX,
    DELAY_COLUMNS
};

/* The share in after so many days is of what comes within DELAY_MAX days, judged by DELAY_REPORTS.
 */
static const struct column columns[DELAY_COLUMNS] = {
    [DELAY_CATEGORY] = {"category", N_("Category"), COLUMN_TEXT, 0},
    [DELAY_N] = {"value", N_("Reports with both dates"), COLUMN_COUNT, 0},
    [DELAY_MEDIAN] = {"median", N_("half within"), COLUMN_COUNT, 0},
    [DELAY_P80] = {"p80", N_("80% within"), COLUMN_COUNT, 0},
    [DELAY_P95] = {"p95", N_("95% within"), COLUMN_COUNT, 0},
    [DELAY_1M] = {"within_1m", N_("share in, 1 month"), COLUMN_REAL, 2},
    [DELAY_3M] = {"within_3m", N_("share in, 3 months"), COLUMN_REAL, 2},
    [DELAY_6M] = {"within_6m", N_("share in, 6 months"), COLUMN_REAL, 2},
    [DELAY_12M] = {"within_12m", N_("share in, 12 months"), COLUMN_REAL, 2},
    [DELAY_REPORTS] = {"delay_reports", N_("judged by reports"), COLUMN_COUNT, 0},
    [DELAY_MAX] = {"delay_max", N_("of days at most"), COLUMN_COUNT, 0},
};

static const struct view views[] = {
    {N_("Category"), VIEW_CELL, "category", NULL, NULL},
    {N_("Reports with both dates"), VIEW_CELL, "value", NULL, NULL},
    {N_("half within"), VIEW_CELL, "median", NULL, NULL},
    {N_("95% within"), VIEW_CELL, "p95", NULL, NULL},
    {N_("share in, 1 month"), VIEW_CELL, "within_1m", NULL, NULL},
    {N_("share in, 3 months"), VIEW_CELL, "within_3m", NULL, NULL},
    {N_("share in, 12 months"), VIEW_CELL, "within_12m", NULL, NULL},
};

static void write_shares(const struct completeness *fit, struct cell *out)
{
    static const int64_t days[] = {30, 91, 182, 365};
    if (fit->max_delay < 0)
        return;
    for (size_t i = 0; i < COUNT(days); i++)
        out[DELAY_1M + i] = cell_real(days[i] < fit->max_delay ? fit->share[days[i]] : 1);
    out[DELAY_REPORTS] = cell_int(fit->n);
    out[DELAY_MAX] = cell_int(fit->max_delay);
}

static bool add_row(struct result *t, const char *code, const struct nowcast_root *x, struct err *e)
{
    struct cell *row = result_add_row(t, e);
    if (!row)
        return false;
    row[DELAY_CATEGORY] = cell_text(code);
    row[DELAY_N] = cell_int(x->all.n);
    row[DELAY_MEDIAN] = cell_int(delays_quantile(&x->all, 0.5));
    row[DELAY_P80] = cell_int(delays_quantile(&x->all, 0.8));
    row[DELAY_P95] = cell_int(delays_quantile(&x->all, 0.95));
    write_shares(&x->fit, row);
    return true;
}

/* Of acts of the last year before the last receipts, unit by unit. */
static bool say_missing(struct result *t, const char *code, const struct nowcast_root *x,
                        struct err *e)
{
    enum { YEAR = 365 };
    struct nowcast cast = nowcast_ages(x, (struct ages){0, YEAR - 1}, delays_aged(&x->seen, YEAR));
    struct buf b = {0}, subject = {0};
    if (!nowcast_is_said(&cast))
        return true;
    buf_addf(&subject, tr(t->lang, "%s of the last 12 months, by the date of the act"), code);
    nowcast_say(&b, buf_text(&subject), &cast, COUNT_REPORTS, t->lang);
    b.failed |= subject.failed;
    buf_free(&subject);
    bool ok = b.failed ? err_memory(e) : result_add_footer(t, e, b.data);
    buf_free(&b);
    return ok;
}

bool status_delays(struct status *st, struct err *e)
{
    enum { DELAYS_MIN = 5 };
    const struct directory *d = &st->session.directory;
    const struct tally_query q = {
        .state = st->session.state, .count = COUNT_REPORTS, .as_of = DAY_NONE};
    struct nowcasting n;
    struct result *t = NULL;
    bool ok = nowcasting_init(&n, &st->session, &q, e);
    for (size_t c = 0; ok && c < d->category_count; c++) {
        const struct nowcast_root *x = &n.roots[c];
        if (x->all.n < DELAYS_MIN)
            continue;
        if (!t)
            t = status_section(st, "delay", N_("Days from the act to its report"), columns,
                               DELAY_COLUMNS);
        status_views(t, views, COUNT(views));
        ok = add_row(t, d->categories[c].code, x, e) && say_missing(t, d->categories[c].code, x, e);
    }
    nowcasting_free(&n);
    return ok;
}
