/* Appendix: what each number is, in plain words; the intervals and chances that signed pages leave
 * out. */
#include <math.h>

#include "base/num.h"
#include "report/compose.h"
#include "report/show.h"
#include "report/situation.h"

/* ---- the numbers behind the words ---- */

enum { CHN_NAME, CHN_COUNTS, CHN_INTERVAL, CHN_DOWN, CHN_LUCK, CHN_COLUMNS };

static struct doc_table *chances_table(struct doc *d, enum lang lang)
{
    const struct doc_column columns[CHN_COLUMNS] = {
        [CHN_NAME] = {tr(lang, "Category"), NULL, 48, DOC_LEFT},
        [CHN_COUNTS] = {tr(lang, "Now/before"), NULL, 20, DOC_CENTRE},
        [CHN_INTERVAL] = {tr(lang, "Change, 95% interval"), NULL, 44, DOC_LEFT},
        [CHN_DOWN] = {tr(lang, "Chance that the level went down"), NULL, 26, DOC_CENTRE},
        [CHN_LUCK] = {tr(lang, "Chance to meet the target if nothing changed"), NULL, 28,
                      DOC_CENTRE},
    };
    const struct doc_column *kept = situation_columns(d, columns, CHN_COLUMNS);
    return kept ? doc_table(d, tr(lang, "What the conclusions rest on"), kept, CHN_COLUMNS) : NULL;
}

static void add_cell(struct doc *d, struct doc_table *t, size_t column, const struct result *r,
                     const char *name)
{
    struct buf text = {0};
    show_cell(r, 0, result_column(r, name), &text);
    doc_cell_made(d, t, column, &text);
    buf_free(&text);
}

static void add_chances(struct doc *d, struct doc_table *t, const struct facts_root *r)
{
    static const struct view counts = {"", VIEW_COUNTS, "count", "count_before", NULL};
    const struct result *total = &r->total;
    struct buf text = {0};
    doc_row(d, t, false);
    doc_cell(d, t, CHN_NAME, r->name);
    show_view(total, 0, &counts, &text);
    doc_cell_made(d, t, CHN_COUNTS, &text);
    show_interval(&text, cells_number(total, 0, "ci_low"), cells_number(total, 0, "ci_high"),
                  d->lang);
    doc_cell_made(d, t, CHN_INTERVAL, &text);
    add_cell(d, t, CHN_DOWN, total, "prob_reduction");
    add_cell(d, t, CHN_LUCK, total, "luck");
    buf_free(&text);
}

static void chances(struct doc *d, const struct facts *f)
{
    struct doc_table *t = NULL;
    for (size_t i = 0; i < f->root_count; i++) {
        if (!f->roots[i].total.row_count)
            continue;
        if (!t)
            t = chances_table(d, f->lang);
        add_chances(d, t, &f->roots[i]);
    }
}

/* ---- in plain words ---- */

static const struct {
    const char *what, *is;
} terms[] = {
    {N_("Case."), N_("Every report counted on the day it was received, unless it proved unfounded "
                     "or went to another office. A month with no case is zero only where the unit "
                     "has reported; elsewhere it is not known.")},
    {N_("Same period."), N_("The same days one year earlier. Units are compared where both periods "
                            "are known in full; the recorded totals stand beside it.")},
    {N_("Conclusion on a trend."),
     N_("By the chance that the level behind the counts went down: 95% or more, grounds to see a "
        "positive turn; 80 to 95%, in line with a fall; 20 to 80%, not enough to conclude; under "
        "20%, no fall shows. Exact Poisson and gamma calculations, right for small counts too.")},
    {N_("Chance if nothing changed."), N_("How often the same level as before would give a count "
                                          "that meets the target.")},
    {N_("Common level."), N_("The cases that a place would have if its population had the average "
                             "of all places, three years together. Estimates are drawn towards the "
                             "average, the more so the fewer the cases; high from a chance of 95%, "
                             "elevated from 80%.")},
    {N_("Forecast."), N_("The range holds the whole year's count with a chance of 80%; the method "
                         "is chosen by how well it foretold earlier months.")},
    {N_("Month above the usual."),
     N_("The count exceeds what earlier years let one expect (Farrington's method; for rare cases "
        "the last 3 and 12 months and the gaps between cases). A sign to look, no finding.")},
};

bool compose_term(size_t i, enum lang lang, const char **what, const char **is)
{
    if (i >= sizeof terms / sizeof terms[0])
        return false;
    *what = tr(lang, terms[i].what);
    *is = tr(lang, terms[i].is);
    return true;
}

static void add_term(struct doc *d, const char *what, const char *is)
{
    struct doc_block *b = doc_add(d, DOC_PARAGRAPH);
    if (b)
        b->role = DOC_BULLET;
    doc_run(d, b, what, true, false);
    doc_run(d, b, " ", false, false);
    doc_run(d, b, is, false, false);
}

void situation_method(struct doc *d, const struct facts *f)
{
    doc_appendix(d, tr(f->lang, "What the numbers are"), false);
    const char *what, *is;
    for (size_t i = 0; compose_term(i, f->lang, &what, &is); i++)
        add_term(d, what, is);
    chances(d, f);
    if (f->root_count)
        compose_source(d, f, &f->roots[0].total);
}
