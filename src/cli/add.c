/* add: one case, from COLUMN=VALUE words or asked for on a terminal. */
#include <stdio.h>
#include <string.h>

#include "cli/add_ask.h"
#include "cli/case_find.h"
#include "cli/case_id.h"
#include "cli/case_twins.h"
#include "sys/sys.h"

/* One call on its way. */
struct adding {
    struct session s;
    struct lists *lists;
    struct case_cells cells;
    struct buf source, id;
    struct arena texts;
    struct typed_row row;
    struct row checked; /* what the row means */
    struct asking asking;
    bool dialogue;
};

/* ---- what has to be there ---- */

static bool is_given(const struct adding *a, size_t slot)
{
    return a->row.cells[slot] && *a->row.cells[slot];
}

static bool check_needed(const struct adding *a, struct err *e)
{
    struct buf missing = {0}, label = {0};
    const struct kind *k = a->row.kind;
    for (size_t i = INC_UNIT; i <= INC_CATEGORY; i++)
        if (!is_given(a, i))
            buf_addf(&missing, "%s%s=…", missing.len ? ", " : "",
                     typed_label(&k->columns[i], e->lang, &label));
    if (!is_given(a, INC_RECEIVED_ON) && !is_given(a, INC_OCCURRED_ON) &&
        !is_given(a, INC_PROSECUTED_ON))
        buf_addf(&missing, "%s%s=…", missing.len ? ", " : "",
                 typed_label(&k->columns[INC_RECEIVED_ON], e->lang, &label));
    bool ok = missing.failed || label.failed
                  ? err_memory(e)
                  : !missing.len || err_set(e, ERR_USAGE, "add: is missing: %s", missing.data);
    buf_free(&missing);
    buf_free(&label);
    return ok;
}

/* What the row means; an id is not needed for that. */
static bool read_meaning(struct adding *a, struct err *e)
{
    struct typed_reply reply = {0};
    struct typed_row row = a->row;
    row.cells[INC_CASE_ID] = "0";
    bool ok = typed_check(&a->s, &row, &reply, e) &&
              (reply.taken || err_set(e, ERR_INPUT, "%s: %s: nothing was saved",
                                      typed_command(&a->s), reply.why.data));
    a->checked = reply.row;
    buf_free(&reply.why);
    return ok;
}

/* ---- the id ---- */

struct owner {
    const char *source;
    bool found;
};

static bool note_owner(void *context, const struct row *row, const struct row_info *info,
                       struct err *e)
{
    struct owner *o = context;
    (void)row;
    (void)e;
    o->found |= !strcmp(info->source, o->source);
    return true;
}

/* An id that somebody gave becomes the one that the database has. */
static bool seal_id(struct adding *a, struct err *e)
{
    struct buf code = {0};
    bool ok = typed_case_id(&a->s, a->row.cells[INC_CASE_ID], &code, e);
    a->row.cells[INC_CASE_ID] = ok ? arena_text(&a->texts, buf_text(&code)) : NULL;
    buf_free(&code);
    return ok && (a->row.cells[INC_CASE_ID] || err_memory(e));
}

static bool is_taken(struct adding *a, bool *taken, struct err *e)
{
    struct owner o = {.source = buf_text(&a->source)};
    bool ok = store_find_case(a->s.store, a->row.cells[INC_CASE_ID], note_owner, &o, e);
    *taken = o.found;
    return ok;
}

static bool propose(struct adding *a, struct err *e)
{
    const struct row *row = &a->checked;
    size_t on = INC_RECEIVED_ON;
    while (row->slots[on].type == VALUE_NONE)
        on++;
    size_t unit = directory_unit_by_id(&a->s.directory, row->slots[INC_UNIT].as.i);
    return case_id_propose(&a->s, buf_text(&a->source), unit, (day)row->slots[on].as.i, &a->id, e);
}

/* Asks until the id is a new one. */
static bool ask_id(struct adding *a, struct err *e)
{
    bool taken = true;
    while (taken) {
        if (!add_ask_id(&a->asking, &a->row, buf_text(&a->id), e))
            return false;
        bool own = a->row.cells[INC_CASE_ID] != buf_text(&a->id);
        if ((own && !seal_id(a, e)) || !is_taken(a, &taken, e))
            return false;
        if (taken)
            fprintf(a->asking.out, tr(e->lang, "  %s: there is a case of this id already\n"),
                    a->row.cells[INC_CASE_ID]);
    }
    return true;
}

static bool give_id(struct adding *a, struct err *e)
{
    bool taken = false, given = is_given(a, INC_CASE_ID);
    if (!given && !propose(a, e))
        return false;
    if (a->dialogue)
        return ask_id(a, e);
    if (!given)
        a->row.cells[INC_CASE_ID] = buf_text(&a->id);
    return (!given || seal_id(a, e)) && is_taken(a, &taken, e) &&
           (!taken || err_set(e, ERR_INPUT,
                              "%s: there is a case of this id already: change it with 'keogiam set "
                              "%s …', or leave case_id out for a new one",
                              a->row.cells[INC_CASE_ID], a->row.cells[INC_CASE_ID]));
}

/* ---- likely doubles ---- */

/* Told before anything is saved; asked where somebody is there to answer. */
static bool check_twins(struct adding *a, struct err *e)
{
    struct listing twins = {0};
    bool ok = case_twins(&a->s, &a->checked, &twins, e);
    if (ok && twins.count)
        fprintf(stderr,
                tr(e->lang, "add: cases of the same unit and category, received within 3 days: "
                            "%s: the same one?\n"),
                buf_text(&twins.b));
    bool asks =
        ok && twins.count && !a->dialogue && sys_is_terminal(stdin) && !arg(a->s.request, OPT_YES);
    if (asks && !add_ask_yes(&a->asking, tr(e->lang, "Another case: save it? [y/N]")))
        ok = err_set(e, ERR_FAILED, "add: nothing was saved: you said no");
    buf_free(&twins.b);
    return ok;
}

/* ---- showing and saving ---- */

static bool show_case(struct adding *a, struct err *e)
{
    struct buf b = {0}, label = {0};
    buf_addf(&b, "\n%s\n", a->row.cells[INC_CASE_ID]);
    for (size_t i = INC_UNIT; i < INC_SYNTHETIC; i++) {
        if (a->checked.slots[i].type == VALUE_NONE)
            continue;
        buf_addf(&b, "  %s: ", typed_label(&a->row.kind->columns[i], e->lang, &label));
        case_cell_words(&a->cells, i, &a->checked.slots[i], e->lang, &b);
        buf_addc(&b, '\n');
    }
    bool ok = b.failed || label.failed ? err_memory(e) : fputs(b.data, a->asking.out) >= 0;
    buf_free(&b);
    buf_free(&label);
    return ok;
}

static bool confirm(struct adding *a, struct err *e)
{
    if (!a->dialogue)
        return true;
    return show_case(a, e) && (add_ask_yes(&a->asking, tr(e->lang, "Save this case? [y/N]")) ||
                               err_set(e, ERR_FAILED, "add: nothing was saved: you said no"));
}

/* The case's day, and whether somebody speaks for all of its unit's then. */
static bool is_covering(void *context, const struct cover_row *row)
{
    day *on = context;
    if (span_has(row->span, *on))
        *on = DAY_NONE;
    return *on != DAY_NONE;
}

/* A month of which one case is known is not a month that was reported. */
static void say_uncovered(const struct adding *a, enum lang lang)
{
    const struct directory *d = &a->s.directory;
    const struct row *row = &a->checked;
    const struct category_set *set = &d->sets[row->slots[INC_CATEGORY].as.i];
    size_t unit = directory_unit_by_id(d, row->slots[INC_UNIT].as.i);
    if (row->slots[INC_RECEIVED_ON].type == VALUE_NONE)
        return;
    day received = (day)row->slots[INC_RECEIVED_ON].as.i, on = received;
    cover_each(&a->s.cover, unit, set->categories[0], is_covering, &on);
    if (on == DAY_NONE)
        return;
    int year, month;
    calendar_locate(a->s.calendar, received, &year, &month);
    printf(tr(lang, "its month is not reported in full yet: this case counts only as recorded. "
                    "When the unit has reported all, N reports: keogiam nil %s %04d-%02d "
                    "--reports N\n"),
           d->units[unit].code, year, month);
}

static bool save(struct adding *a, struct err *e)
{
    struct typed_done done = {0};
    struct buf line = {0};
    const struct typed_change c = {
        .name = "add", .source = buf_text(&a->source), .rows = &a->row, .row_count = 1};
    case_cells_line(&a->cells, a->row.cells[INC_CASE_ID], &a->checked, e->lang, &line);
    bool ok = typed_make(&a->s, &c, &done, e) && (!line.failed || err_memory(e));
    if (ok && !arg(a->s.request, OPT_QUIET)) {
        printf(tr(e->lang, "%s: added (load %lld); to take it back: keogiam undo %lld\n"),
               buf_text(&line), (long long)done.load, (long long)done.load);
        fputs(buf_text(&done.warnings), stdout);
        say_uncovered(a, e->lang);
    }
    buf_free(&line);
    typed_done_free(&done);
    return ok;
}

/* ---- the command ---- */

static bool read_case(struct adding *a, const struct request *r, struct err *e)
{
    a->row.kind = kind_of(KIND_INCIDENTS);
    return a->dialogue ? add_ask_columns(&a->asking, &a->row, e)
                       : typed_assign(&a->row, r->args.positional, r->args.positional_count,
                                      &a->texts, e) &&
                             check_needed(a, e);
}

static bool run(struct adding *a, const struct request *r, struct err *e)
{
    if (!typed_open(&a->s, r, e) || !typed_source(&a->s, &a->source, e) || !lists_new(&a->lists, e))
        return false;
    case_cells_init(&a->cells, &a->s.directory, a->lists);
    a->asking = (struct asking){
        .s = &a->s, .cells = &a->cells, .in = stdin, .out = stdout, .texts = &a->texts};
    return read_case(a, r, e) && read_meaning(a, e) && give_id(a, e) && check_twins(a, e) &&
           confirm(a, e) && save(a, e);
}

bool command_add(const struct request *r, struct err *e)
{
    struct adding a = {.dialogue = !r->args.positional_count};
    if (a.dialogue && !sys_is_terminal(stdin))
        return err_set(e, ERR_USAGE,
                       "add: without a terminal give the case in words: add unit=… category=… "
                       "received_on=…");
    bool ok = run(&a, r, e);
    asking_free(&a.asking);
    buf_free(&a.source);
    buf_free(&a.id);
    arena_free(&a.texts);
    lists_delete(a.lists);
    session_close(&a.s);
    return ok;
}
