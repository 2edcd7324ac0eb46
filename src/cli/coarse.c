#include "cli/coarse.h"

#include <stdio.h>
#include <string.h>

#include "cli/export.h"

void coarse_look(struct coarse *c, const struct tally *t)
{
    if (!t->coarse.source || c->source.len)
        return;
    buf_adds(&c->source, t->coarse.source);
    c->days = t->coarse.days;
}

void coarse_free(struct coarse *c)
{
    buf_free(&c->source);
}

/* Why the row does not fit. */
struct misfit {
    char from[11], to[11];    /* its days, as read by people */
    char starts[6], asked[6]; /* first days of the years of its calendar and of the one asked for */
    const char *own;          /* its calendar as --calendar takes it */
    char label[32];           /* of its days in its own calendar: "2024", "2024Q1" */
    bool other_calendar;      /* whole months of another calendar than the one asked for */
};

/* "15/12" */
static void first_day(struct calendar c, char text[6])
{
    snprintf(text, 6, "%02u/%02u", (unsigned)c.mday % 100, (unsigned)c.month % 100);
}

static struct misfit misfit_of(const struct coarse *c, const struct session *s, enum lang lang)
{
    struct misfit m = {0};
    struct calendar own = CALENDAR_CIVIL;
    bool whole = calendar_from_span(c->days, &own);
    m.other_calendar = whole && !calendar_is_same(own, s->calendar);
    session_date(c->days.from, lang, m.from);
    session_date(c->days.to, lang, m.to);
    first_day(own, m.starts);
    first_day(s->calendar, m.asked);
    m.own = calendar_name(own);
    export_period(c->days, own, m.label);
    return m;
}

bool coarse_refuse(const struct coarse *c, const struct session *s, bool by_steps, struct err *e)
{
    struct misfit m = misfit_of(c, s, e ? e->lang : LANG_EN);
    const char *source = buf_text(&c->source);
    if (c->source.failed)
        return err_memory(e);
    if (m.other_calendar)
        return err_set(e, ERR_INPUT,
                       "source %s: its counts are of reporting years from %s (such as %s – %s) and "
                       "are not cut anew into years from %s: ask with --calendar %s, or load the "
                       "cases",
                       source, m.starts, m.from, m.to, m.asked, m.own);
    if (by_steps)
        return err_set(e, ERR_INPUT,
                       "source %s: has one count for the whole of %s – %s, which is not divided: "
                       "ask for longer steps, or load finer counts or the cases",
                       source, m.from, m.to);
    return err_set(e, ERR_INPUT,
                   "source %s: has one count for the whole of %s – %s, which is not divided: ask "
                   "for a period that holds all of it, such as --period %s, or load finer counts "
                   "or the cases",
                   source, m.from, m.to, m.label);
}

static bool say(const struct coarse *c, const struct session *s, struct result *r, struct err *e)
{
    struct misfit m = misfit_of(c, s, r->lang);
    const char *source = buf_text(&c->source);
    const char *line =
        m.other_calendar
            ? arena_format(&r->arena,
                           tr(r->lang,
                              "The counts of source %s are of reporting years from %s and "
                              "are not cut anew: what would need it is left empty, or out of "
                              "the totals."),
                           source, m.starts)
            : arena_format(&r->arena,
                           tr(r->lang,
                              "Source %s has counts for longer spans (such as %s – %s), "
                              "which are not divided: what would need it is left empty, or "
                              "out of the totals."),
                           source, m.from, m.to);
    return line && !c->source.failed ? result_add_footer(r, e, line) : err_memory(e);
}

/* Its own figure, or that of units that its total leaves out for it. */
static bool is_coarse(const struct result *r, size_t row)
{
    const struct cell *note = result_cell(r, row, "note");
    return note->type == CELL_TEXT && note->as.s &&
           (strstr(note->as.s, "coarse=1;") || strstr(note->as.s, "left_out="));
}

/* A series of no step has a total of 0. */
static bool has_figure(const struct result *r, size_t row, size_t column)
{
    const struct cell *cell = &r->cells[row * r->column_count + column];
    return cell->type != CELL_EMPTY && (strcmp(r->columns[column].name, "n") || cell->as.i > 0);
}

/* A forecast says itself of which months it learnt: only what it cannot tell is lacking. */
static bool is_lacking(const struct result *r, size_t row, size_t column)
{
    if (!is_coarse(r, row))
        return false;
    return strcmp(r->command, "forecast") != 0 || !has_figure(r, row, column) ||
           result_cell(r, row, "count_before")->type == CELL_EMPTY;
}

/* Series in time are not helped by another period. */
static bool is_by_steps(const struct result *r)
{
    return !strcmp(r->command, "trend") || !strcmp(r->command, "alert") ||
           !strcmp(r->command, "forecast");
}

bool coarse_judge(const struct coarse *c, const struct session *s, size_t column, struct result *r,
                  struct err *e)
{
    bool any = false, lacking = false;
    for (size_t i = 0; c->source.len && i < r->row_count; i++) {
        any |= has_figure(r, i, column);
        lacking |= is_lacking(r, i, column);
    }
    if (!lacking)
        return true;
    return any ? say(c, s, r, e) : coarse_refuse(c, s, is_by_steps(r), e);
}
