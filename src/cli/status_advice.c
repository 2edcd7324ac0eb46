/* The sections that say what to do: with an empty database, and about what is weak in the data. */
#include <string.h>

#include "cli/status.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

static int64_t rows_of(const struct status_facts *f, enum kind_id kind)
{
    int64_t rows = 0;
    for (size_t i = 0; i < f->row_count; i++)
        rows += f->rows[i].kind == kind ? f->rows[i].rows : 0;
    return rows;
}

/* ---- what to do next ---- */

static bool add_step(struct result *t, const char *step, const char *how, struct err *e)
{
    struct cell *row = result_add_row(t, e);
    if (!row)
        return false;
    row[0] = cell_text(step);
    row[1] = cell_text(how);
    return true;
}

bool status_next(struct status *st, struct err *e)
{
    static const struct column columns[] = {{"item", N_("Step"), COLUMN_TOKEN, 0},
                                            {"value", N_("Command"), COLUMN_TEXT, 0}};
    const struct status_facts *f = &st->facts;
    bool has_units = st->session.directory.unit_count > 0;
    bool has_data = rows_of(f, KIND_INCIDENTS) || rows_of(f, KIND_COUNTS);
    if (has_units && has_data)
        return true;
    struct result *t = status_section(st, "next", N_("What to do first"), columns, COUNT(columns));
    return (has_units || add_step(t, N_("load_the_units"), "keogiam load units.csv", e)) &&
           (has_data || add_step(t, N_("load_the_cases"), "keogiam load incidents.csv", e)) &&
           (rows_of(f, KIND_POPULATION) ||
            add_step(t, N_("load_the_population"), "keogiam load population.csv", e)) &&
           add_step(t, N_("see_the_columns"), "keogiam help load", e);
}

/* ---- warnings ---- */

/* A machine reads code, category and number; people read the sentence. */
static bool warn(struct status *st, struct result **t, const char *code, const char *category,
                 int64_t n, const char *sentence, struct err *e)
{
    static const struct column columns[] = {{"item", N_("Code"), COLUMN_TEXT, 0},
                                            {"category", N_("Category"), COLUMN_TEXT, 0},
                                            {"value", N_("Number"), COLUMN_COUNT, 0},
                                            {"text", N_("To note"), COLUMN_TEXT, 0}};
    static const struct view views[] = {{N_("To note"), VIEW_CELL, "text", NULL, NULL}};
    if (!*t) {
        *t = status_section(st, "warnings", N_("To note about the data"), columns, COUNT(columns));
        status_views(*t, views, COUNT(views));
    }
    struct cell *row = result_add_row(*t, e);
    const char *text = row ? arena_text(&(*t)->arena, sentence) : NULL;
    if (!text)
        return err_memory(e);
    row[0] = cell_text(code);
    row[1] = cell_text(category);
    row[2] = cell_int(n);
    row[3] = cell_text(st->for_people ? text : NULL);
    return true;
}

static bool warn_assumed(struct status *st, struct result **t, struct err *e)
{
    const struct cover *cover = &st->session.cover;
    const struct directory *d = &st->session.directory;
    for (size_t c = 0; c < d->category_count; c++) {
        int64_t rows = 0;
        struct buf b = {0};
        for (size_t i = 0; i < cover->count; i++)
            rows += cover->rows[i].declared == COVER_ASSUMED && cover->rows[i].category == c;
        if (!rows)
            continue;
        buf_addf(&b,
                 tr(st->session.lang,
                    "%s: coverage is assumed: declare it by a coverage file or by the line "
                    "that load printed (--covers)"),
                 d->categories[c].code);
        bool ok = warn(st, t, "assumed", d->categories[c].code, rows, buf_text(&b), e);
        buf_free(&b);
        if (!ok)
            return false;
    }
    return true;
}

/* "n of m cases …": the format has the two numbers. */
static bool warn_share(struct status *st, struct result **t, const char *code, int64_t n,
                       const char *english, struct err *e)
{
    struct buf b = {0};
    if (!n)
        return true;
    buf_addf(&b, tr(st->session.lang, "%lld of %lld cases"), (long long)n,
             (long long)st->facts.cases);
    buf_addc(&b, ' ');
    buf_adds(&b, tr(st->session.lang, english));
    bool ok = b.failed ? err_memory(e) : warn(st, t, code, NULL, n, buf_text(&b), e);
    buf_free(&b);
    return ok;
}

/* Over 5 % of the cases: then counts on that basis are incomplete (contract 2). */
static int64_t if_many(const struct status_facts *f, int64_t n)
{
    return 20 * n > f->cases ? n : 0;
}

bool status_warnings(struct status *st, struct err *e)
{
    const struct status_facts *f = &st->facts;
    struct result *t = NULL;
    bool counted = f->cases || rows_of(f, KIND_COUNTS);
    return (!st->session.synthetic ||
            warn(st, &t, "simulated", NULL, 1,
                 tr(st->session.lang, "the database holds simulated data: every "
                                      "output says so"),
                 e)) &&
           warn_assumed(st, &t, e) &&
           warn_share(st, &t, "outside", f->outside,
                      N_("were received on days that the coverage does not hold: they are in no "
                         "comparison"),
                      e) &&
           warn_share(st, &t, "no_place", f->no_place,
                      N_("name no place below the parent: in totals, in no ranking of units"), e) &&
           warn_share(st, &t, "undated_received", if_many(f, f->undated[BASIS_RECEIVED]),
                      N_("have no date of receipt: over 5%, so their units are incomplete"), e) &&
           warn_share(st, &t, "undated_occurred", if_many(f, f->undated[BASIS_OCCURRED]),
                      N_("have no date of the act: over 5%, so --basis occurred is incomplete"),
                      e) &&
           (!counted || rows_of(f, KIND_POPULATION) ||
            warn(st, &t, "no_population", NULL, 0,
                 tr(st->session.lang,
                    "no population is loaded: --per population and rates are not possible"),
                 e));
}
