/* status: what is loaded, from when to when, what is missing, and what to do about it. */
#include "cli/status.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "cli/output.h"
#include "cli/series_rows.h"
#include "cli/status_remind.h"
#include "report/show.h"

struct result *status_section(struct status *st, const char *name, const char *title,
                              const struct column *columns, size_t column_count)
{
    struct status_section *s = &st->sections[st->count++];
    s->name = name;
    result_init(&s->table, "status", columns, column_count, st->session.lang);
    s->table.title = tr(st->session.lang, title);
    return &s->table;
}

void status_views(struct result *table, const struct view *views, size_t count)
{
    table->views = views;
    table->view_count = count;
}

const char *status_day(const struct status *st, struct result *table, day d)
{
    char text[11];
    if (d == DAY_NONE)
        return NULL;
    session_date(d, st->for_people ? table->lang : LANG_EN, text);
    return arena_text(&table->arena, text);
}

/* ---- one table for machines ---- */

static const struct column columns[] = {
    {"section", N_("Section"), COLUMN_TOKEN, 0}, {"item", N_("Item"), COLUMN_TEXT, 0},
    {"unit", N_("Unit"), COLUMN_TEXT, 0},        {"category", N_("Category"), COLUMN_TEXT, 0},
    {"from", N_("From"), COLUMN_TEXT, 0},        {"to", N_("To"), COLUMN_TEXT, 0},
    {"value", N_("Value"), COLUMN_TEXT, 0},      {"note", N_("Note"), COLUMN_TEXT, 0},
};
enum { COLUMN_TOTAL = sizeof columns / sizeof columns[0], COLUMN_NOTES = COLUMN_TOTAL - 1 };

static size_t place_of(const char *name)
{
    size_t i = 1;
    while (i < COLUMN_NOTES && strcmp(columns[i].name, name))
        i++;
    return i;
}

/* `name=value;`, with the signs that would break it apart taken out of the value. */
static void add_note(struct buf *note, const char *name, const struct cell *cell)
{
    if (cell->type == CELL_EMPTY)
        return;
    buf_addf(note, "%s=", name);
    if (cell->type == CELL_INT)
        buf_addf(note, "%" PRId64, cell->as.i);
    if (cell->type == CELL_REAL)
        num_add_machine(note, cell->as.x);
    for (const char *s = cell->type == CELL_TEXT ? cell->as.s : ""; *s; s++)
        buf_addc(note, *s == ';' ? ',' : *s);
    buf_addc(note, ';');
}

static bool flatten_row(struct result *flat, const struct status_section *s, size_t row,
                        struct err *e)
{
    struct buf note = {0};
    struct cell *to = result_add_row(flat, e);
    if (!to)
        return false;
    to[0] = cell_text(s->name);
    for (size_t i = 0; i < s->table.column_count; i++) {
        const struct cell *cell = &s->table.cells[row * s->table.column_count + i];
        size_t at = place_of(s->table.columns[i].name);
        if (at < COLUMN_NOTES)
            to[at] = *cell; /* the sections outlive the table */
        else
            add_note(&note, s->table.columns[i].name, cell);
    }
    const char *kept = note.failed ? NULL : arena_text(&flat->arena, buf_text(&note));
    to[COLUMN_NOTES] = cell_text(kept);
    buf_free(&note);
    return kept || err_memory(e);
}

static bool show_machine(struct status *st, struct err *e)
{
    struct result flat;
    struct session_facts facts = {.data_end = DAY_NONE};
    result_init(&flat, "status", columns, COLUMN_TOTAL, st->session.lang);
    for (size_t i = 0; i < st->session.cover.count; i++)
        facts.assumed |= st->session.cover.rows[i].declared == COVER_ASSUMED;
    bool ok = session_provenance(&st->session, &facts, &flat, e);
    for (size_t i = 0; ok && i < st->count; i++)
        for (size_t row = 0; ok && row < st->sections[i].table.row_count; row++)
            ok = flatten_row(&flat, &st->sections[i], row, e);
    ok = ok && session_show(&st->session, &flat, e);
    result_free(&flat);
    return ok;
}

/* ---- tables for people ---- */

static bool show_people(struct status *st, struct err *e)
{
    const struct request *r = st->session.request;
    struct buf b = {0};
    for (size_t i = 0; i < st->count; i++) {
        if (i)
            buf_addc(&b, '\n');
        show_table(&st->sections[i].table, arg(r, OPT_WIDE) != NULL, arg(r, OPT_QUIET) != NULL, &b);
    }
    bool ok = output_text(&b, arg(r, OPT_OUTPUT), e);
    buf_free(&b);
    return ok;
}

/* As session_show will decide. */
static bool is_for_people(const struct request *r, struct err *e, bool *people)
{
    static const char *const suffixes[] = {".csv", ".json", ".xlsx"};
    int format;
    if (!session_choice(r, OPT_FORMAT, -1, &format, e))
        return false;
    *people = format == FORMAT_TABLE || (format < 0 && !arg(r, OPT_EXCEL));
    for (size_t i = 0; format < 0 && arg(r, OPT_OUTPUT) && i < 3; i++)
        if (output_has_suffix(arg(r, OPT_OUTPUT), suffixes[i]))
            *people = false;
    return true;
}

/* ---- what is asked for ---- */

bool status_is_asked(const struct status *st, size_t unit, size_t category)
{
    return (!st->units || st->units[unit]) &&
           (!st->categories || category == NO_ENTRY || st->categories[category]);
}

/* Those named, and what is below them. */
static bool read_units(struct status *st, struct err *e)
{
    const struct directory *d = &st->session.directory;
    size_t *items = NULL, count = 0;
    if (!arg(st->session.request, OPT_UNIT))
        return true;
    bool ok = session_units(&st->session, OPT_UNIT, DAY_NONE, &items, &count, e) &&
              ((st->units = calloc(d->unit_count + 1, sizeof *st->units)) || err_memory(e));
    for (size_t u = 0; ok && u < d->unit_count; u++)
        for (size_t i = 0; i < count; i++)
            st->units[u] |= directory_unit_contains(d, items[i], u);
    free(items);
    return ok;
}

/* Those named, what is below them, and what is above: who reports a root reports its kinds. */
static bool read_categories(struct status *st, struct err *e)
{
    const struct directory *d = &st->session.directory;
    size_t *items = NULL, count = 0;
    if (!arg(st->session.request, OPT_CATEGORY))
        return true;
    bool ok =
        session_categories(&st->session, OPT_CATEGORY, &items, &count, e) &&
        ((st->categories = calloc(d->category_count + 1, sizeof *st->categories)) || err_memory(e));
    for (size_t c = 0; ok && c < d->category_count; c++)
        for (size_t i = 0; i < count; i++)
            st->categories[c] |= directory_category_contains(d, items[i], c) ||
                                 directory_category_contains(d, c, items[i]);
    free(items);
    return ok;
}

static bool read_ask(struct status *st, struct err *e)
{
    const struct request *r = st->session.request;
    st->wide = arg(r, OPT_WIDE) != NULL;
    st->reach = (struct span){DAY_MIN, DAY_MAX};
    st->focused = arg(r, OPT_UNIT) || arg(r, OPT_CATEGORY) || arg(r, OPT_FROM) || arg(r, OPT_TO);
    return read_units(st, e) && read_categories(st, e) && series_reach(&st->session, &st->reach, e);
}

/* ---- the command ---- */

struct section {
    bool (*add)(struct status *st, struct err *e);
    bool of_places; /* can be about some places, categories or months alone */
};

static const struct section usual[] = {
    {status_database, false},   {status_next, false},         {status_units, false},
    {status_categories, false}, {status_sources, false},      {status_coverage, false},
    {status_gaps, true},        {status_disagreements, true}, {status_silences, true},
    {status_jumps, true},       {status_undated, false},      {status_delays, false},
    {status_loads, false},      {status_warnings, false},     {NULL, false},
};

/* What somebody needs who takes the desk over. */
static const struct section handover[] = {
    {status_database, false}, {status_next, false},
    {status_place, false},    {status_settings, false},
    {status_plans, false},    {status_aliases, false},
    {status_sources, false},  {status_coverage, false},
    {status_gaps, true},      {status_open, true},
    {status_official, false}, {status_reports, false},
    {status_copies, false},   {status_loads, false},
    {status_warnings, false}, {NULL, false},
};

static const struct section duplicates[] = {{status_duplicates, true}, {NULL, false}};

static bool build(struct status *st, const struct section *sections, struct err *e)
{
    bool ok = true;
    for (const struct section *s = sections; ok && s->add; s++)
        if (!st->focused || s->of_places)
            ok = s->add(st, e);
    return ok && (st->for_people ? show_people(st, e) : show_machine(st, e));
}

static bool answer(struct status *st, struct err *e)
{
    const struct request *r = st->session.request;
    if (!read_ask(st, e))
        return false;
    if (arg(r, OPT_DUPLICATES))
        return build(st, duplicates, e);
    if (!status_facts_read(&st->facts, &st->session, e))
        return false;
    if (arg(r, OPT_REMIND))
        return status_remind(st, e);
    return build(st, arg(r, OPT_HANDOVER) ? handover : usual, e);
}

/* Options that go with one answer alone. */
static bool check_options(const struct request *r, struct err *e)
{
    static const struct {
        enum option_id option, of;
    } pairs[] = {{OPT_DEADLINE, OPT_REMIND}, {OPT_AS_OF, OPT_HANDOVER}};
    if (!!arg(r, OPT_HANDOVER) + !!arg(r, OPT_REMIND) + !!arg(r, OPT_DUPLICATES) > 1)
        return err_set(e, ERR_USAGE,
                       "--handover, --remind and --duplicates: are different answers: ask for one");
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        if (arg(r, pairs[i].option) && !arg(r, pairs[i].of))
            return err_set(e, ERR_USAGE, "--%s goes with --%s alone", options[pairs[i].option].name,
                           options[pairs[i].of].name);
    return true;
}

bool command_status(const struct request *r, struct err *e)
{
    struct status st = {0};
    if (!check_options(r, e) || !is_for_people(r, e, &st.for_people) ||
        !session_open(&st.session, r, STORE_READ, e))
        return false;
    bool ok = answer(&st, e);
    for (size_t i = 0; i < st.count; i++)
        result_free(&st.sections[i].table);
    free(st.units);
    free(st.categories);
    status_facts_free(&st.facts);
    session_close(&st.session);
    return ok;
}
