/* The sections that only list what the facts say. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cli/status.h"
#include "cli/typed.h"
#include "sys/sys.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

/* Kinds and levels as people are to read them; what is not among these stays as it is. */
static const char *const words[] = {
    N_("incidents"),  N_("outcomes"),    N_("counts"),     N_("coverage"),   N_("units"),
    N_("groups"),     N_("successions"), N_("population"), N_("covariates"), N_("neighbours"),
    N_("boundaries"), N_("categories"),  N_("targets"),    N_("indicators"), N_("interventions"),
    N_("aliases"),    N_("events"),      N_("benchmarks"), N_("province"),   N_("district"),
    N_("commune"),    N_("hamlet"),
};

/* The same word as a literal, or a copy. */
static const char *word_of(struct arena *a, const char *text)
{
    for (size_t i = 0; i < COUNT(words); i++)
        if (!strcmp(words[i], text))
            return words[i];
    return arena_text(a, text);
}

const char *status_utc(struct result *table, int64_t seconds)
{
    char date[11];
    int64_t days = seconds / 86400, rest = seconds % 86400;
    day_text((day)days, date);
    return arena_format(&table->arena, "%sT%02d:%02d:%02dZ", date, (int)(rest / 3600),
                        (int)(rest / 60 % 60), (int)(rest % 60));
}

/* ---- database ---- */

static bool keep_last(void *context, const struct load_info *info, struct err *e)
{
    struct load_info *last = context;
    (void)e;
    last->id = info->id;
    last->at = info->at;
    return true;
}

static bool add_fact(struct result *t, const char *item, struct cell value, struct err *e)
{
    struct cell *row = result_add_row(t, e);
    if (!row)
        return false;
    row[0] = cell_text(item);
    row[1] = value;
    return true;
}

static const char *yes_no(const struct status *st, bool yes)
{
    if (!st->for_people)
        return yes ? "1" : "0";
    return tr(st->session.lang, yes ? N_("yes") : N_("no"));
}

bool status_database(struct status *st, struct err *e)
{
    static const struct column columns[] = {{"item", N_("Item"), COLUMN_TOKEN, 0},
                                            {"value", N_("Value"), COLUMN_TEXT, 0}};
    struct load_info last = {0};
    const struct session *s = &st->session;
    if (!store_each_load(s->store, keep_last, &last, e))
        return false;
    struct result *t = status_section(st, "database", N_("Database"), columns, COUNT(columns));
    t->synthetic = s->synthetic;
    return add_fact(t, N_("file"), cell_text(s->request->place), e) &&
           add_fact(t, N_("program"), cell_text("keogiam " KEOGIAM_VERSION), e) &&
           add_fact(t, N_("reporting_year_starts"),
                    cell_text(s->calendar_is_mixed ? N_("mixed") : calendar_name(s->calendar)),
                    e) &&
           add_fact(t, N_("last_load"), last.id ? cell_int(last.id) : cell_text(NULL), e) &&
           add_fact(t, N_("loaded_at"), cell_text(last.id ? status_utc(t, last.at) : NULL), e) &&
           add_fact(t, N_("simulated_data"), cell_text(yes_no(st, s->synthetic)), e);
}

/* ---- units and categories ---- */

struct level {
    const char *name;
    int64_t count, ended;
};

static bool count_levels(const struct directory *d, day today, struct level **levels, size_t *count,
                         struct err *e)
{
    size_t cap = 0;
    for (size_t u = 0; u < d->unit_count; u++) {
        const struct unit *unit = &d->units[u];
        size_t i = 0;
        void *grown = *levels;
        if (unit->is_unknown)
            continue;
        while (i < *count && strcmp((*levels)[i].name, unit->level))
            i++;
        if (!array_grow(&grown, &cap, i + 1, sizeof **levels, e))
            return false;
        *levels = grown;
        if (i == *count)
            (*levels)[(*count)++] = (struct level){unit->level, 0, 0};
        (*levels)[i].count++;
        (*levels)[i].ended += unit->valid.to < today;
    }
    return true;
}

bool status_units(struct status *st, struct err *e)
{
    static const struct column columns[] = {
        {"item", N_("Level"), COLUMN_TOKEN, 0},
        {"value", N_("Units"), COLUMN_COUNT, 0},
        {"ended", N_("of them no longer valid"), COLUMN_COUNT, 0}};
    struct level *levels = NULL;
    size_t count = 0;
    bool ok = count_levels(&st->session.directory, (day)(sys_now() / 86400), &levels, &count, e);
    struct result *t =
        ok && count ? status_section(st, "units", N_("Units by level"), columns, COUNT(columns))
                    : NULL;
    for (size_t i = 0; t && ok && i < count; i++) {
        struct cell *row = result_add_row(t, e);
        ok = row != NULL;
        if (!ok)
            break;
        row[0] =
            cell_text(*levels[i].name ? word_of(&t->arena, levels[i].name) : N_("no level given"));
        row[1] = cell_int(levels[i].count);
        row[2] = cell_int(levels[i].ended);
    }
    free(levels);
    return ok;
}

bool status_categories(struct status *st, struct err *e)
{
    static const struct column columns[] = {{"category", N_("Category"), COLUMN_TEXT, 0},
                                            {"item", N_("Name of the category"), COLUMN_TEXT, 0},
                                            {"value", N_("Kinds below it"), COLUMN_COUNT, 0}};
    const struct directory *d = &st->session.directory;
    if (!d->category_count)
        return true;
    struct result *t =
        status_section(st, "categories", N_("Roots of the categories"), columns, COUNT(columns));
    for (size_t c = 0; c < d->category_count; c++) {
        int64_t below = -1;
        if (d->categories[c].root != c)
            continue;
        for (size_t k = 0; k < d->category_count; k++)
            below += d->categories[k].root == c;
        struct cell *row = result_add_row(t, e);
        if (!row)
            return false;
        row[0] = cell_text(d->categories[c].code);
        row[1] = cell_text(d->categories[c].name);
        row[2] = cell_int(below);
    }
    return true;
}

/* ---- sources ---- */

bool status_sources(struct status *st, struct err *e)
{
    static const struct column columns[] = {
        {"item", N_("Source"), COLUMN_TEXT, 0},    {"kind", N_("Kind of rows"), COLUMN_TOKEN, 0},
        {"value", N_("Rows"), COLUMN_COUNT, 0},    {"cases", N_("of them cases"), COLUMN_COUNT, 0},
        {"from", N_("First day"), COLUMN_TEXT, 0}, {"to", N_("Last day"), COLUMN_TEXT, 0},
    };
    const struct status_facts *f = &st->facts;
    if (!f->row_count)
        return true;
    struct result *t =
        status_section(st, "sources", N_("What is loaded, by source"), columns, COUNT(columns));
    for (size_t i = 0; i < f->row_count; i++) {
        const struct status_rows *r = &f->rows[i];
        struct cell *row = result_add_row(t, e);
        if (!row)
            return false;
        bool dated = !span_is_empty(r->span);
        row[0] = cell_text(r->source);
        row[1] = cell_text(word_of(&t->arena, kind_of(r->kind)->name));
        row[2] = cell_int(r->rows);
        if (r->cases >= 0)
            row[3] = cell_int(r->cases);
        row[4] = cell_text(dated ? status_day(st, t, r->span.from) : NULL);
        row[5] = cell_text(dated ? status_day(st, t, r->span.to) : NULL);
    }
    return true;
}

/* ---- what cases lack ---- */

bool status_undated(struct status *st, struct err *e)
{
    static const struct column columns[] = {
        {"item", N_("Basis"), COLUMN_TOKEN, 0},
        {"value", N_("Cases without the date"), COLUMN_COUNT, 0},
        {"cases", N_("of cases"), COLUMN_COUNT, 0}};
    static const char *const bases[BASIS_TOTAL] = {N_("received"), N_("occurred"),
                                                   N_("prosecuted")};
    if (!st->facts.cases)
        return true;
    struct result *t =
        status_section(st, "undated", N_("Cases in no count of a basis, for want of its date"),
                       columns, COUNT(columns));
    for (int b = 0; b < BASIS_TOTAL; b++) {
        struct cell *row = result_add_row(t, e);
        if (!row)
            return false;
        row[0] = cell_text(bases[b]);
        row[1] = cell_int(st->facts.undated[b]);
        row[2] = cell_int(st->facts.cases);
    }
    return true;
}

/* ---- loads ---- */

enum { LOADS_SHOWN = 10 };

struct load_list {
    struct status *st;
    struct result *t;
    int64_t after; /* loads up to this one are not shown */
};

static void add_amount(struct buf *b, enum lang lang, const char *english, int64_t n)
{
    if (n)
        buf_addf(b, "%s%" PRId64 " %s", b->len ? ", " : "", n, tr(lang, english));
}

/* "415 added, 3 rejected" */
static const char *amounts_text(struct result *t, const struct load_info *l)
{
    struct buf b = {0};
    add_amount(&b, t->lang, N_("added"), l->added);
    add_amount(&b, t->lang, N_("changed"), l->changed);
    add_amount(&b, t->lang, N_("ended"), l->ended);
    add_amount(&b, t->lang, N_("rejected"), l->rejected);
    const char *text = b.failed ? NULL : arena_text(&t->arena, buf_text(&b));
    buf_free(&b);
    return text;
}

static const char *undone_text(struct result *t, const struct load_info *l)
{
    if (l->undone_by)
        return arena_format(&t->arena, tr(t->lang, "undone by %lld"), (long long)l->undone_by);
    if (l->undoes)
        return arena_format(&t->arena, tr(t->lang, "undoes %lld"), (long long)l->undoes);
    return NULL;
}

static bool add_load(void *context, const struct load_info *l, struct err *e)
{
    struct load_list *list = context;
    struct result *t = list->t;
    if (l->id <= list->after)
        return true;
    struct cell *row = result_add_row(t, e);
    if (!row)
        return false;
    row[0] = cell_int(l->id);
    row[1] = cell_text(status_utc(t, l->at));
    row[2] = cell_text(
        arena_text(&t->arena, list->st->for_people ? typed_name(l->file, t->lang) : l->file));
    row[3] = cell_text(word_of(&t->arena, l->kind));
    row[4] = cell_text(arena_text(&t->arena, l->source));
    row[5] = cell_int(l->added);
    row[6] = cell_int(l->changed);
    row[7] = cell_int(l->ended);
    row[8] = cell_int(l->rejected);
    row[9] = l->undoes ? cell_int(l->undoes) : cell_text(NULL);
    row[10] = l->undone_by ? cell_int(l->undone_by) : cell_text(NULL);
    row[11] = cell_text(list->st->for_people ? amounts_text(t, l) : NULL);
    row[12] = cell_text(list->st->for_people ? undone_text(t, l) : NULL);
    return true;
}

bool status_loads(struct status *st, struct err *e)
{
    static const struct column columns[] = {
        {"item", N_("Load"), COLUMN_TEXT, 0},
        {"from", N_("When (UTC)"), COLUMN_TEXT, 0},
        {"file", N_("File"), COLUMN_TEXT, 0},
        {"kind", N_("Kind of rows"), COLUMN_TOKEN, 0},
        {"source", N_("Source"), COLUMN_TEXT, 0},
        {"value", N_("Added"), COLUMN_COUNT, 0},
        {"changed", N_("Changed"), COLUMN_COUNT, 0},
        {"ended", N_("Ended"), COLUMN_COUNT, 0},
        {"rejected", N_("Rejected"), COLUMN_COUNT, 0},
        {"undoes", N_("Undoes"), COLUMN_TEXT, 0},
        {"undone_by", N_("Undone by"), COLUMN_TEXT, 0},
        {"rows", N_("Rows"), COLUMN_TEXT, 0},
        {"undo", N_("Undo"), COLUMN_TEXT, 0},
    };
    static const struct view views[] = {
        {N_("Load"), VIEW_CELL, "item", NULL, NULL},
        {N_("When (UTC)"), VIEW_CELL, "from", NULL, NULL},
        {N_("File"), VIEW_CELL, "file", NULL, NULL},
        {N_("Kind of rows"), VIEW_CELL, "kind", NULL, NULL},
        {N_("Source"), VIEW_CELL, "source", NULL, NULL},
        {N_("Rows"), VIEW_CELL, "rows", NULL, NULL},
        {N_("Undo"), VIEW_CELL, "undo", NULL, NULL},
    };
    int64_t last = 0;
    if (!store_last_load(st->session.store, &last, e))
        return false;
    if (!last)
        return true;
    struct result *t = status_section(st, "loads", N_("Last loads"), columns, COUNT(columns));
    status_views(t, views, COUNT(views));
    struct load_list list = {st, t, last > LOADS_SHOWN ? last - LOADS_SHOWN : 0};
    return store_each_load(st->session.store, add_load, &list, e);
}
