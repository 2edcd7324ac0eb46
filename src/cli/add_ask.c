#include "cli/add_ask.h"

#include <stdlib.h>
#include <string.h>

#include "cli/add_choices.h"

/* In the order in which people tell them; what comes later in a case's life is left to `set`. */
static const size_t asked[] = {
    INC_RECEIVED_ON, INC_OCCURRED_ON,     INC_UNIT,          INC_CATEGORY,          INC_INTAKE,
    INC_OUTCOME,     INC_RESOLVED_ON,     INC_PROSECUTED_ON, INC_SOLVED_ON,         INC_VICTIMS,
    INC_VICTIMS_U16, INC_VICTIMS_U18,     INC_OFFENDERS,     INC_OFFENDERS_U18,     INC_ONLINE,
    INC_SEVERITY,    INC_VICTIM_AGE_BAND, INC_VICTIM_SEX,    INC_OFFENDER_AGE_BAND, INC_RELATION,
    INC_SETTING,     INC_TIME_OF_DAY,     INC_AT_RISK_GROUP, INC_FACTORS,
};
enum { ASKED = sizeof asked / sizeof asked[0] };

/* One column's question. */
struct question {
    size_t slot;
    bool needed; /* Enter does not pass over it */
    struct choices choices;
    bool *marks; /* one a choice: what the start of a name could mean */
};

enum reply { REPLY_GIVEN, REPLY_NONE, REPLY_STOP, REPLY_END };

/* ---- lines ---- */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* False: the input ended. */
static bool read_line(struct asking *a)
{
    int c;
    buf_clear(&a->line);
    fflush(a->out);
    while ((c = getc(a->in)) != EOF && c != '\n')
        if (a->line.len || !is_blank((char)c))
            buf_addc(&a->line, (char)c);
    while (a->line.len && is_blank(a->line.data[a->line.len - 1]))
        a->line.data[--a->line.len] = '\0';
    return c != EOF || a->line.len;
}

static bool ended(struct asking *a, struct err *e)
{
    fputc('\n', a->out);
    return err_set(e, ERR_FAILED, "add: nothing was saved: the input ended");
}

bool add_ask_yes(struct asking *a, const char *question)
{
    fprintf(a->out, "%s ", question);
    return read_line(a) && strchr("yYcC", buf_text(&a->line)[0]) && a->line.len;
}

void asking_free(struct asking *a)
{
    buf_free(&a->line);
}

/* ---- one answer ---- */

/* The words behind the column's name: what an answer looks like. */
static const char *hint(const struct asking *a, const struct question *q)
{
    enum lang lang = a->s->lang;
    if (q->slot == INC_SEVERITY)
        return tr(lang, " (1 less serious, 2 serious, 3 very serious, 4 especially serious)");
    if (q->choices.lettered)
        return tr(lang, " (the age, or a letter)");
    switch (a->cells->kind->columns[q->slot].type) {
    case SLOT_DATE:
        return tr(lang, " (day/month/year)");
    case SLOT_COUNT:
        return tr(lang, " (a number)");
    case SLOT_BOOL:
        return tr(lang, " (yes, no)");
    default:
        return q->choices.count > CHOICES_FEW ? tr(lang, " (the start of a name; ? shows the list)")
                                              : "";
    }
}

static void put_question(struct asking *a, const struct question *q, bool first)
{
    struct buf label = {0};
    if (first && q->choices.count && q->choices.count <= CHOICES_FEW)
        choices_show(&q->choices, NULL, a->out);
    fprintf(a->out, "%s%s%s: ", typed_label(&a->cells->kind->columns[q->slot], a->s->lang, &label),
            q->needed ? " *" : "", hint(a, q));
    buf_free(&label);
}

/* Is the row, with this in the slot, one that load would take? What is not given yet is not asked
 * for. */
static bool try_cell(struct asking *a, const struct typed_row *row, size_t slot, const char *text,
                     struct typed_reply *reply, struct err *e)
{
    struct typed_row trial = *row;
    trial.kind = kind_of(KIND_OUTCOMES);
    trial.cells[INC_CASE_ID] = slot == INC_CASE_ID ? text : "0";
    trial.cells[slot] = text;
    return typed_check(a->s, &trial, reply, e);
}

/* One part of the answer as load reads it: by number, as it stands, by the start of a name. *text:
 * NULL where it is none; then it was said why. */
static bool resolve_part(struct asking *a, const struct typed_row *row, struct question *q,
                         const char *part, const char **text, struct err *e)
{
    struct typed_reply reply = {0};
    size_t found = 0;
    const struct choice *c = choices_by_number(&q->choices, part);
    *text = c ? c->code : part;
    bool ok = try_cell(a, row, q->slot, *text, &reply, e);
    if (ok && !reply.taken && q->choices.count) {
        c = choices_by_start(&q->choices, part, q->marks, &found);
        if (c)
            ok = try_cell(a, row, q->slot, *text = c->code, &reply, e);
    }
    if (ok && !reply.taken) {
        *text = NULL;
        if (found > 1)
            choices_show(&q->choices, q->marks, a->out);
        fprintf(a->out, "  %s\n",
                found > 1 ? tr(a->s->lang, "several begin so: which?") : buf_text(&reply.why));
    }
    buf_free(&reply.why);
    return ok;
}

/* Several are joined by ';'. */
static bool resolve(struct asking *a, const struct typed_row *row, struct question *q,
                    const char **text, struct err *e)
{
    struct buf joined = {0};
    bool ok = true;
    char *line = arena_text(a->texts, buf_text(&a->line)), *part = line;
    *text = line;
    if (!line)
        return err_memory(e);
    if (!q->choices.many)
        return resolve_part(a, row, q, line, text, e);
    for (char *next = line; ok && *text && next; part = next) {
        next = strchr(part, ';');
        if (next)
            *next++ = '\0';
        ok = resolve_part(a, row, q, part + strspn(part, " "), text, e);
        if (ok && *text)
            buf_addf(&joined, "%s%s", joined.len ? ";" : "", *text);
    }
    if (ok && *text)
        *text = joined.failed ? NULL : arena_text(a->texts, buf_text(&joined));
    buf_free(&joined);
    return ok;
}

/* What was understood, in words: a number or half a name says little. */
static void echo(struct asking *a, const struct question *q, const struct typed_reply *reply)
{
    struct buf words = {0};
    if (q->choices.count)
        case_cell_words(a->cells, q->slot, &reply->row.slots[q->slot], a->s->lang, &words);
    if (words.len)
        fprintf(a->out, "  → %s\n", buf_text(&words));
    buf_free(&words);
}

/* The whole answer into the row; *taken: false, said why. */
static bool take_answer(struct asking *a, struct typed_row *row, struct question *q, bool *taken,
                        struct err *e)
{
    struct typed_reply reply = {0};
    const char *text;
    *taken = false;
    bool ok = resolve(a, row, q, &text, e);
    if (ok && text)
        ok = try_cell(a, row, q->slot, text, &reply, e);
    if (ok && text && reply.taken) {
        row->cells[q->slot] = text;
        a->row = reply.row;
        *taken = true;
        echo(a, q, &reply);
    } else if (ok && text)
        fprintf(a->out, "  %s\n", buf_text(&reply.why));
    buf_free(&reply.why);
    return ok;
}

static enum reply read_reply(struct asking *a, const struct question *q)
{
    if (!read_line(a))
        return REPLY_END;
    if (!a->line.len)
        return REPLY_NONE;
    return !strcmp(a->line.data, ".") && !q->needed ? REPLY_STOP : REPLY_GIVEN;
}

static bool ask_again(struct asking *a, struct typed_row *row, struct question *q,
                      enum reply *reply, struct err *e)
{
    bool done = false;
    for (bool first = true; !done; first = false) {
        put_question(a, q, first);
        *reply = read_reply(a, q);
        if (*reply == REPLY_END)
            return ended(a, e);
        if (*reply == REPLY_NONE && q->needed)
            fprintf(a->out, "  %s\n", tr(a->s->lang, "has to be known"));
        else if (*reply != REPLY_GIVEN)
            done = true;
        else if (!strcmp(a->line.data, "?"))
            choices_show(&q->choices, NULL, a->out);
        else if (!take_answer(a, row, q, &done, e))
            return false;
    }
    return true;
}

/* ---- all of them ---- */

/* Of what was answered so far. */
static day day_of(const struct asking *a)
{
    for (size_t i = INC_RECEIVED_ON; i <= INC_PROSECUTED_ON; i++)
        if (a->row.slots[i].type == VALUE_INT)
            return (day)a->row.slots[i].as.i;
    return DAY_NONE;
}

static bool ask_column(struct asking *a, struct typed_row *row, struct question *q,
                       enum reply *reply, struct err *e)
{
    if (!choices_init(&q->choices, a->cells, q->slot, day_of(a), a->s->lang, e))
        return false;
    q->marks = calloc(q->choices.count + 1, sizeof *q->marks);
    bool ok = q->marks ? ask_again(a, row, q, reply, e) : err_memory(e);
    choices_free(&q->choices);
    free(q->marks);
    return ok;
}

static bool is_closed(const struct asking *a)
{
    const struct value *outcome = &a->row.slots[INC_OUTCOME];
    return outcome->type == VALUE_INT && outcome->as.i != OUTCOME_OPEN;
}

/* A case needs its place, its kind and a date; an outcome its day. */
static bool is_needed(const struct asking *a, size_t slot)
{
    return slot == INC_UNIT || slot == INC_CATEGORY ||
           (slot == INC_OCCURRED_ON && day_of(a) == DAY_NONE) ||
           (slot == INC_RESOLVED_ON && is_closed(a));
}

/* Nobody is asked for what the answers rule out. */
static bool is_idle(const struct asking *a, size_t slot)
{
    return (slot == INC_RESOLVED_ON && !is_closed(a)) ||
           (slot == INC_PROSECUTED_ON && is_closed(a) &&
            a->row.slots[INC_OUTCOME].as.i != OUTCOME_PROSECUTED);
}

bool add_ask_columns(struct asking *a, struct typed_row *row, struct err *e)
{
    bool stopped = false;
    fputs(tr(a->s->lang,
             "One case. Enter passes over what is not known, . over all that is left, Ctrl-D "
             "leaves without saving; * has to be known.\n"),
          a->out);
    for (size_t i = 0; i < ASKED; i++) {
        enum reply reply = REPLY_NONE;
        struct question q = {.slot = asked[i], .needed = is_needed(a, asked[i])};
        bool wanted = q.needed || (!stopped && !is_idle(a, q.slot));
        if (wanted && !ask_column(a, row, &q, &reply, e))
            return false;
        stopped |= reply == REPLY_STOP;
    }
    return true;
}

bool add_ask_id(struct asking *a, struct typed_row *row, const char *proposed, struct err *e)
{
    struct question q = {.slot = INC_CASE_ID};
    enum reply reply;
    struct buf label = {0};
    row->cells[INC_CASE_ID] = NULL;
    fprintf(a->out, tr(a->s->lang, "%s: Enter takes %s\n"),
            typed_label(&a->cells->kind->columns[INC_CASE_ID], a->s->lang, &label), proposed);
    buf_free(&label);
    if (!ask_column(a, row, &q, &reply, e))
        return false;
    if (!row->cells[INC_CASE_ID])
        row->cells[INC_CASE_ID] = proposed;
    return true;
}
