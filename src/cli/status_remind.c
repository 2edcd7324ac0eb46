#include "cli/status_remind.h"

#include <stdlib.h>
#include <string.h>

#include "cli/output.h"
#include "cli/status_found.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

/* ---- what is asked ---- */

static bool read_deadline(struct letters *l, const struct request *r, struct err *e)
{
    const char *text = arg(r, OPT_DEADLINE);
    bool impossible;
    l->deadline = DAY_NONE;
    return !text || day_parse(text, strlen(text), &l->deadline, &impossible) ||
           err_set(e, ERR_USAGE, "--deadline %s: is no date: write 2024-10-31", text);
}

/* Behind the months that are asked for. */
static bool check_deadline(const struct letters *l, const struct request *r, struct err *e)
{
    char to[11];
    session_date(l->found.to, e->lang, to);
    return l->deadline == DAY_NONE || l->deadline > l->found.to ||
           err_set(e, ERR_USAGE,
                   "--deadline %s: the months asked for end on %s: choose a later day",
                   arg(r, OPT_DEADLINE), to);
}

static bool read_letterhead(struct letters *l, const struct session *s, struct err *e)
{
    bool found = false;
    if (!store_config_get(s->store, "letterhead", &l->kept, &found, e))
        return false;
    l->letterhead = found ? buf_text(&l->kept) : NULL;
    return !l->kept.failed || err_memory(e);
}

static int by_place(const void *a, const void *b)
{
    const struct gap *x = *(struct gap *const *)a, *y = *(struct gap *const *)b;
    if (x->unit != y->unit)
        return x->unit < y->unit ? -1 : 1;
    return (x->category > y->category) - (x->category < y->category);
}

static bool sort_by_place(struct letters *l, struct err *e)
{
    l->gaps = malloc((l->found.count + 1) * sizeof *l->gaps);
    if (!l->gaps)
        return err_memory(e);
    for (size_t i = 0; i < l->found.count; i++)
        l->gaps[i] = &l->found.items[i];
    qsort(l->gaps, l->found.count, sizeof *l->gaps, by_place);
    return true;
}

struct letter letters_at(const struct letters *l, size_t at)
{
    struct letter x = {at < l->found.count ? l->gaps[at]->unit : NO_ENTRY, l->gaps + at, 0};
    while (at + x.count < l->found.count && l->gaps[at + x.count]->unit == x.unit)
        x.count++;
    return x;
}

/* ---- for machines ---- */

static const struct column columns[] = {
    {"unit", N_("Code"), COLUMN_TEXT, 0},         {"name", N_("Unit"), COLUMN_TEXT, 0},
    {"category", N_("Category"), COLUMN_TEXT, 0}, {"month", N_("Month"), COLUMN_TEXT, 0},
    {"from", N_("From"), COLUMN_TEXT, 0},         {"to", N_("To"), COLUMN_TEXT, 0},
    {"never", N_("Never"), COLUMN_COUNT, 0},
};

static bool add_row(struct result *t, const struct session *s, const struct gap *gap, size_t at,
                    struct err *e)
{
    struct month m = gap->months.items[at];
    struct span days = calendar_month(s->calendar, m.year, m.month);
    char from[11], to[11];
    struct cell *row = result_add_row(t, e);
    if (!row)
        return false;
    day_text(days.from, from);
    day_text(days.to, to);
    row[0] = cell_text(s->directory.units[gap->unit].code);
    row[1] = cell_text(session_unit_name(s, gap->unit, gap->to, &t->arena));
    row[2] = cell_text(s->directory.categories[gap->category].code);
    row[3] = cell_text(arena_format(&t->arena, "%04d-%02d", m.year, m.month));
    row[4] = cell_text(arena_text(&t->arena, from));
    row[5] = cell_text(arena_text(&t->arena, to));
    row[6] = cell_int(gap->never);
    return (row[3].as.s && row[4].as.s && row[5].as.s) || err_memory(e);
}

static bool show_rows(const struct letters *l, struct err *e)
{
    const struct session *s = &l->st->session;
    struct session_facts facts = {.data_end = l->found.to};
    struct result t;
    result_init(&t, "remind", columns, COUNT(columns), l->lang);
    bool ok = session_provenance(s, &facts, &t, e);
    for (size_t i = 0; ok && i < l->found.count; i++)
        for (size_t m = 0; ok && m < l->gaps[i]->months.count; m++)
            ok = add_row(&t, s, l->gaps[i], m, e);
    ok = ok && session_show(s, &t, e);
    result_free(&t);
    return ok;
}

/* ---- the command's part ---- */

/* Where coverage is only assumed every day of it counts as reported. */
static bool say_assumed(const struct letters *l, struct err *e)
{
    const struct cover *cover = &l->st->session.cover;
    const struct directory *d = &l->st->session.directory;
    struct buf b = {0};
    for (size_t c = 0; c < d->category_count; c++) {
        bool assumed = false;
        for (size_t i = 0; i < cover->count; i++)
            assumed |= cover->rows[i].declared == COVER_ASSUMED && cover->rows[i].category == c;
        if (!assumed)
            continue;
        buf_addf(&b,
                 tr(e->lang, "%s: coverage is assumed: declare it by a coverage file or by the "
                             "line that load printed (--covers)"),
                 d->categories[c].code);
        buf_addc(&b, '\n');
    }
    output_say(buf_text(&b));
    bool ok = !b.failed || err_memory(e);
    buf_free(&b);
    return ok;
}

static bool find(struct letters *l, struct err *e)
{
    const struct session *s = &l->st->session;
    if (!read_deadline(l, s->request, e) || !read_letterhead(l, s, e) ||
        !unreported_find(&l->found, l->st, true, e))
        return false;
    return l->found.said.count
               ? check_deadline(l, s->request, e) && sort_by_place(l, e)
               : err_set(e, ERR_INPUT,
                         "%s: nobody has declared who reports what, so no month can be missed: "
                         "load a coverage file (unit,from,to,category), or load with --covers",
                         s->request->place);
}

bool status_remind(struct status *st, struct err *e)
{
    struct letters l = {.st = st, .sender = NO_ENTRY};
    l.lang = st->session.lang = st->session.lang_chosen ? st->session.lang : LANG_VI;
    bool ok = find(&l, e);
    if (ok && st->for_people)
        ok = letters_write(&l, e) && output_text(&l.text, arg(st->session.request, OPT_OUTPUT), e);
    else if (ok)
        ok = show_rows(&l, e);
    if (ok && !arg(st->session.request, OPT_QUIET))
        ok = say_assumed(&l, e);
    unreported_free(&l.found);
    free(l.gaps);
    buf_free(&l.kept);
    buf_free(&l.text);
    arena_free(&l.arena);
    return ok;
}
