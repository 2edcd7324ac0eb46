/* The section on numbers that differ: two that are said of the same places, kinds and days. */
#include "series/disagree.h"

#include "cli/status_found.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

/* For machines. */
static const char *const kinds[] = {
    [DISAGREE_REPORTS] = "total_of_reports",
    [DISAGREE_CASES] = "total_and_cases",
    [DISAGREE_PLACES] = "total_and_places",
    [DISAGREE_KINDS] = "total_and_kinds",
    [DISAGREE_PARTS] = "total_and_parts",
    [DISAGREE_NUMERATOR] = "indicator_numerator",
    [DISAGREE_DENOMINATOR] = "indicator_denominator",
    [DISAGREE_ASSUMED] = "assumed_none",
};

/* For people. */
static const char *const words[] = {
    [DISAGREE_REPORTS] = N_("reports stated, reports loaded"),
    [DISAGREE_CASES] = N_("total, case rows"),
    [DISAGREE_PLACES] = N_("total, sum of its places"),
    [DISAGREE_KINDS] = N_("total, sum of its kinds"),
    [DISAGREE_PARTS] = N_("total, sum of shorter periods"),
    [DISAGREE_ASSUMED] = N_("no case, by assumed coverage"),
};

static const char *kind_text(const struct status *st, struct result *t,
                             const struct disagreement *x)
{
    if (!st->for_people)
        return kinds[x->kind];
    if (x->kind == DISAGREE_NUMERATOR)
        return arena_format(&t->arena, tr(t->lang, "numerator of indicator %s"), x->indicator);
    if (x->kind == DISAGREE_DENOMINATOR)
        return arena_format(&t->arena, tr(t->lang, "denominator of indicator %s"), x->indicator);
    return tr(t->lang, words[x->kind]);
}

/* Who gives the other number, and by what. */
static const char *other_text(struct result *t, const struct disagreement *x)
{
    bool rows =
        x->kind == DISAGREE_PLACES || x->kind == DISAGREE_KINDS || x->kind == DISAGREE_PARTS;
    const char *source = x->other_source ? x->other_source : tr(t->lang, "several sources");
    return arena_format(&t->arena, rows ? tr(t->lang, "%s, totals") : tr(t->lang, "%s, case rows"),
                        source);
}

static const char *days_text(const struct status *st, struct result *t, struct span days)
{
    struct buf b = {0};
    session_span(days, t->lang, &b);
    const char *text = b.failed || !st->for_people ? NULL : arena_text(&t->arena, buf_text(&b));
    buf_free(&b);
    return text;
}

static bool add_row(struct status *st, struct result *t, const struct disagreement *x,
                    struct err *e)
{
    static const char *const bases[] = {N_("received"), N_("occurred"), N_("prosecuted")};
    const struct directory *d = &st->session.directory;
    struct cell *row = result_add_row(t, e);
    if (!row)
        return false;
    row[0] = cell_text(kind_text(st, t, x));
    row[1] = cell_text(d->units[x->unit].code);
    row[2] = cell_text(session_unit_name(&st->session, x->unit, x->days.to, &t->arena));
    row[3] = cell_text(d->categories[x->category].code);
    row[4] = cell_text(status_day(st, t, x->days.from));
    row[5] = cell_text(status_day(st, t, x->days.to));
    row[6] = cell_text(days_text(st, t, x->days));
    row[7] = cell_int(x->stated);
    row[8] = cell_text(x->source);
    row[9] = cell_int(x->other);
    row[10] = cell_text(st->for_people ? other_text(t, x) : x->other_source);
    row[11] = cell_text(bases[x->basis]);
    row[12] = cell_text(x->indicator);
    return true;
}

static struct result *section(struct status *st)
{
    static const struct column columns[] = {
        {"item", N_("What differs"), COLUMN_TEXT, 0},
        {"unit", N_("Code"), COLUMN_TEXT, 0},
        {"unit_name", N_("Unit"), COLUMN_TEXT, 0},
        {"category", N_("Category"), COLUMN_TEXT, 0},
        {"from", N_("From"), COLUMN_TEXT, 0},
        {"to", N_("To"), COLUMN_TEXT, 0},
        {"days", N_("Days"), COLUMN_TEXT, 0},
        {"value", N_("Stated"), COLUMN_COUNT, 0},
        {"source", N_("by"), COLUMN_TEXT, 0},
        {"other", N_("Otherwise"), COLUMN_COUNT, 0},
        {"other_source", N_("according to"), COLUMN_TEXT, 0},
        {"basis", N_("Basis"), COLUMN_TOKEN, 0},
        {"indicator", N_("Indicator"), COLUMN_TEXT, 0},
    };
    static const struct view views[] = {
        {N_("What differs"), VIEW_CELL, "item", NULL, NULL},
        {N_("Unit"), VIEW_CELL, "unit_name", NULL, NULL},
        {N_("Category"), VIEW_CELL, "category", NULL, NULL},
        {N_("Days"), VIEW_CELL, "days", NULL, NULL},
        {N_("Stated"), VIEW_CELL, "value", NULL, NULL},
        {N_("by"), VIEW_CELL, "source", NULL, NULL},
        {N_("Otherwise"), VIEW_CELL, "other", NULL, NULL},
        {N_("according to"), VIEW_CELL, "other_source", NULL, NULL},
    };
    struct result *t = status_section(st, "disagree", N_("Numbers for the same thing that differ"),
                                      columns, COUNT(columns));
    status_views(t, views, COUNT(views));
    return t;
}

static bool is_asked(const struct status *st, const struct disagreement *x)
{
    return status_is_asked(st, x->unit, x->category) &&
           !span_is_empty(span_intersect(x->days, st->reach));
}

static bool show(struct status *st, const struct disagreements *l, struct err *e)
{
    struct result *t = section(st);
    size_t left_out = 0;
    bool ok = true;
    for (size_t i = 0; ok && i < l->count; i++) {
        if (!is_asked(st, &l->items[i]))
            continue;
        if (found_is_shown(st, t->row_count))
            ok = add_row(st, t, &l->items[i], e);
        else
            left_out++;
    }
    return ok && found_tell_rest(st, t, left_out, e);
}

bool status_disagreements(struct status *st, struct err *e)
{
    const struct status_facts *f = &st->facts;
    const struct disagree_scene scene = {&f->stated, &st->session.cover, &f->monthly};
    struct disagreements l = {0};
    bool ok = disagree_find(&l, &scene, e) &&
              status_rates_judge(&f->rates, &st->session, &f->scope, &scene, &l, e) &&
              (!l.count || show(st, &l, e));
    disagree_free(&l);
    return ok;
}
