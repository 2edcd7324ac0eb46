/* withdraw: one case is taken out of the data, for one of few reasons. */
#include <stdio.h>
#include <string.h>

#include "cli/case_cells.h"
#include "cli/case_find.h"
#include "cli/typed.h"

/* Closed: words of people's own would get into the audit table. */
static const struct reason {
    const char *word, *vi_word, *name; /* name: of the load (typed_name) */
    bool is_outcome;                   /* an outcome often fits better */
} reasons[] = {
    {"duplicate", "trung", "withdraw duplicate", false},
    {"mistake", "nham", "withdraw mistake", false},
    {"elsewhere", "noikhac", "withdraw elsewhere", true},
};

static const struct reason *find_reason(const char *word)
{
    for (size_t i = 0; word && i < sizeof reasons / sizeof reasons[0]; i++)
        if (!strcmp(word, reasons[i].word) || !strcmp(word, reasons[i].vi_word))
            return &reasons[i];
    return NULL;
}

static bool read_reason(const struct request *r, const struct reason **reason, struct err *e)
{
    const char *word = arg(r, OPT_REASON);
    *reason = find_reason(word);
    return *reason ||
           err_set(
               e, ERR_USAGE,
               "withdraw: say why with --reason: duplicate (entered twice), mistake (entered in "
               "error), elsewhere (not a case of this office)");
}

static bool say(const struct session *s, const struct lists *lists, const struct found_case *found,
                const struct reason *reason, const struct typed_done *done, struct err *e)
{
    struct case_cells cells;
    struct buf line = {0};
    const char *case_id = found->row.slots[INC_CASE_ID].as.s;
    case_cells_init(&cells, &s->directory, lists);
    case_cells_line(&cells, case_id, &found->row, s->lang, &line);
    if (line.failed)
        return err_memory(e);
    fputs(buf_text(&done->warnings), stdout);
    printf(tr(s->lang, "%s: withdrawn (load %lld); to bring it back: keogiam undo %lld\n"),
           buf_text(&line), (long long)done->load, (long long)done->load);
    if (reason->is_outcome)
        printf(tr(s->lang, "a report that was received and passed on, or found untrue, stays in "
                           "the data: if so, keogiam undo %lld, then keogiam set %s "
                           "outcome=transferred (or unfounded) resolved_on=DATE\n"),
               (long long)done->load, case_id);
    buf_free(&line);
    return true;
}

static bool withdraw(struct session *s, const struct lists *lists, const struct reason *reason,
                     struct err *e)
{
    struct found_case found = {0};
    struct typed_done done = {0};
    struct buf id = {0};
    bool ok = typed_case_id(s, s->request->args.positional[0], &id, e) &&
              case_find(s, buf_text(&id), &found, e);
    const struct typed_change c = {
        .name = reason->name, .source = buf_text(&found.source), .withdrawn = buf_text(&id)};
    ok = ok && typed_make(s, &c, &done, e);
    if (ok && !arg(s->request, OPT_QUIET))
        ok = say(s, lists, &found, reason, &done, e);
    case_found_free(&found);
    typed_done_free(&done);
    buf_free(&id);
    return ok;
}

bool command_withdraw(const struct request *r, struct err *e)
{
    struct session s = {0};
    struct lists *lists = NULL;
    const struct reason *reason;
    bool ok = read_reason(r, &reason, e) && lists_new(&lists, e) && typed_open(&s, r, e) &&
              withdraw(&s, lists, reason, e);
    session_close(&s);
    lists_delete(lists);
    return ok;
}
