/* set: columns of one case get other values. */
#include <stdio.h>
#include <string.h>

#include "cli/case_cells.h"
#include "cli/case_find.h"
#include "cli/typed.h"
#include "series/tally.h"

/* One call on its way. */
struct setting {
    struct session s;
    struct lists *lists;
    struct case_cells cells;
    struct found_case found;
    struct typed_row row; /* the whole case as it will be */
    uint64_t slots;       /* that were given */
    struct buf case_id;
    struct arena texts;
};

static bool check_words(struct setting *g, struct err *e)
{
    if (g->row.cells[INC_CASE_ID])
        return err_set(e, ERR_USAGE,
                       "set: the id of a case stays: withdraw the case and add it under the other");
    for (size_t i = 0; i < INC_SLOTS; i++)
        g->slots |= (uint64_t)(g->row.cells[i] != NULL) << i;
    return true;
}

/* What is not given is as it was, so that dates and numbers are judged together. */
static bool fill_row(struct setting *g, struct err *e)
{
    struct buf code = {0};
    bool ok = true;
    for (size_t i = 0; ok && i < INC_SLOTS; i++) {
        const struct value *v = &g->found.row.slots[i];
        if (g->row.cells[i] || v->type == VALUE_NONE)
            continue;
        buf_clear(&code);
        case_cell_code(&g->cells, i, v, &code);
        g->row.cells[i] = code.failed ? NULL : arena_text(&g->texts, buf_text(&code));
        ok = g->row.cells[i] || err_memory(e);
    }
    buf_free(&code);
    return ok;
}

/* ---- what changed ---- */

static bool is_same(const struct value *a, const struct value *b)
{
    return a->type == b->type && (a->type == VALUE_NONE || a->as.i == b->as.i);
}

static void add_change(const struct setting *g, size_t slot, const struct row *now, struct buf *b)
{
    struct buf label = {0};
    enum lang lang = g->s.lang;
    const struct value *before = &g->found.row.slots[slot], *after = &now->slots[slot];
    if (!(g->slots >> slot & 1) || is_same(before, after))
        return;
    buf_addf(b, "  %s: ", typed_label(&g->cells.kind->columns[slot], lang, &label));
    case_cell_words(&g->cells, slot, before, lang, b);
    buf_adds(b, " → ");
    case_cell_words(&g->cells, slot, after, lang, b);
    buf_addc(b, '\n');
    b->failed |= label.failed;
    buf_free(&label);
}

static bool is_case(const struct row *row)
{
    const struct value *v = &row->slots[INC_OUTCOME];
    const struct case_row asked = {.outcome = v->type == VALUE_INT ? (int)v->as.i : OUTCOME_NONE};
    return tally_is_case(&asked);
}

/* Whether a report is a case is what most counts hang on. */
static void add_counted(const struct setting *g, const struct row *now, struct buf *b)
{
    bool before = is_case(&g->found.row), after = is_case(now);
    if (before != after)
        buf_adds(b, after ? tr(g->s.lang, "  counted as a case from now on\n")
                          : tr(g->s.lang, "  no longer counted as a case: it stays a report\n"));
}

static bool say(struct setting *g, const struct typed_done *done, struct err *e)
{
    struct typed_reply reply = {0};
    struct buf b = {0};
    enum lang lang = g->s.lang;
    const char *case_id = buf_text(&g->case_id);
    if (!done->load) {
        printf(tr(lang, "%s: nothing changed: the case has these values already\n"), case_id);
        return true;
    }
    bool ok = typed_check(&g->s, &g->row, &reply, e);
    for (size_t i = 0; ok && i < INC_SLOTS; i++)
        add_change(g, i, &reply.row, &b);
    if (ok)
        add_counted(g, &reply.row, &b);
    ok = ok && (!b.failed || err_memory(e));
    if (ok)
        printf(tr(lang, "%s%s: changed (load %lld); to take it back: keogiam undo %lld\n"),
               buf_text(&b), case_id, (long long)done->load, (long long)done->load);
    buf_free(&b);
    buf_free(&reply.why);
    return ok;
}

/* ---- the command ---- */

static bool run(struct setting *g, const struct request *r, struct err *e)
{
    struct typed_done done = {0};
    g->row.kind = kind_of(KIND_INCIDENTS);
    if (!typed_open(&g->s, r, e) ||
        !typed_assign(&g->row, r->args.positional + 1, r->args.positional_count - 1, &g->texts,
                      e) ||
        !check_words(g, e) || !lists_new(&g->lists, e))
        return false;
    case_cells_init(&g->cells, &g->s.directory, g->lists);
    if (!typed_case_id(&g->s, r->args.positional[0], &g->case_id, e) ||
        !case_find(&g->s, buf_text(&g->case_id), &g->found, e) || !fill_row(g, e))
        return false;
    const struct typed_change c = {.name = "set",
                                   .source = buf_text(&g->found.source),
                                   .rows = &g->row,
                                   .row_count = 1,
                                   .update = true,
                                   .slots = g->slots};
    bool ok = typed_make(&g->s, &c, &done, e);
    if (ok && !arg(r, OPT_QUIET)) {
        fputs(buf_text(&done.warnings), stdout);
        ok = say(g, &done, e);
    }
    typed_done_free(&done);
    return ok;
}

bool command_set(const struct request *r, struct err *e)
{
    struct setting g = {0};
    bool ok = run(&g, r, e);
    case_found_free(&g.found);
    buf_free(&g.case_id);
    arena_free(&g.texts);
    lists_delete(g.lists);
    session_close(&g.s);
    return ok;
}
