/* form_figures.c: what stands for each word. Percentages come with their counts, and what is not
 * wholly known is marked. */
#include <stdio.h>
#include <string.h>

#include "base/num.h"
#include "cli/form_private.h"
#include "cli/targets_table.h"
#include "report/say.h"
#include "sys/sys.h"

/* ---- the desk ---- */

/* From the first day of the reporting year in which a period ends. */
static void make_cumulative(const struct calendar c, const struct period *p, struct period *year)
{
    int number, month;
    char from[11], to[11];
    calendar_locate(c, p->span.to, &number, &month);
    year->span = (struct span){calendar_year(c, number).from, p->span.to};
    day_text(year->span.from, from);
    day_text(year->span.to, to);
    snprintf(year->label, sizeof year->label, "%s..%s", from, to);
}

static bool read_periods(struct form_desk *d, struct err *e)
{
    struct yoy_query q;
    if (!yoy_query_read(d->s, &q, e))
        return false;
    bool one = q.compare.before_count == 1;
    d->periods[FORM_NOW] = q.compare.period;
    d->periods[FORM_BEFORE] = q.compare.before[0];
    make_cumulative(d->s->calendar, &d->periods[FORM_NOW], &d->periods[FORM_YEAR]);
    make_cumulative(d->s->calendar, &d->periods[FORM_BEFORE], &d->periods[FORM_YEAR_BEFORE]);
    yoy_query_free(&q);
    return one || err_set(e, ERR_USAGE,
                          "--against %s: a form shows one period beside another: name a period",
                          arg(d->s->request, OPT_AGAINST));
}

static bool read_targets(struct form_desk *d, struct err *e)
{
    struct question x = d->question;
    question_ask(&x, OPT_AGAINST, NULL);
    bool ok = question_end(&x, targets_build(question_begin(&x), false, &d->targets, e));
    return question_or_none(&d->targets, ok, e);
}

bool form_desk_init(struct form_desk *d, struct session *s, struct err *e)
{
    *d = (struct form_desk){.s = s};
    if (!read_periods(d, e))
        return false;
    d->question = question_of(s);
    question_ask(&d->question, OPT_CATEGORY, NULL);
    question_ask(&d->question, OPT_PERIOD, d->periods[FORM_NOW].label);
    if (!question_body(&d->question, &d->periods[FORM_NOW], &d->arena, &d->body, e))
        return false;
    question_ask(&d->question, OPT_UNIT, d->body);
    size_t unit = question_unit(s, d->body);
    d->body_name = unit == NO_ENTRY ? d->body : s->directory.units[unit].name;
    return read_targets(d, e);
}

void form_desk_free(struct form_desk *d)
{
    form_sets_free(d);
    result_free(&d->targets);
    arena_free(&d->arena);
    *d = (struct form_desk){0};
}

/* ---- what a figure is ---- */

static bool put_text(struct form_desk *d, struct buf *b, struct form_figure *f, struct err *e)
{
    f->value.text = b->failed ? NULL : arena_text(&d->arena, buf_text(b));
    f->known = f->value.text != NULL;
    f->why = "";
    return f->known || err_memory(e);
}

static void put_unknown(const struct form_desk *d, struct form_figure *f, const char *why)
{
    *f = (struct form_figure){.why = why, .value.text = tr(d->s->lang, "(not enough data)")};
}

static bool put_number(struct form_desk *d, int64_t n, bool is_signed, struct form_figure *f,
                       struct err *e)
{
    struct buf b = {0};
    if (is_signed && n > 0)
        buf_addc(&b, '+');
    num_add_count(&b, n, d->s->lang);
    f->value.is_number = true;
    f->value.number = n;
    bool ok = put_text(d, &b, f, e);
    buf_free(&b);
    return ok;
}

/* "giảm 12,5% (7/8)": now and before. */
static bool put_reduction(struct form_desk *d, const struct form_pair *p, struct form_figure *f,
                          struct err *e)
{
    struct buf b = {0};
    enum lang lang = d->s->lang;
    int64_t now = p->now.count, before = p->before.count;
    int64_t by = now > before ? now - before : before - now;
    if (!before && now)
        buf_adds(&b, tr(lang, "no base"));
    else if (!by)
        buf_adds(&b, tr(lang, "unchanged"));
    else
        buf_adds(&b, now < before ? tr(lang, "down ") : tr(lang, "up "));
    if (before && by) {
        num_add_human(&b, 100.0 * (double)by / (double)before, 1, lang);
        buf_addc(&b, '%');
    }
    buf_adds(&b, " (");
    num_add_count(&b, now, lang);
    buf_addc(&b, '/');
    num_add_count(&b, before, lang);
    buf_addc(&b, ')');
    bool ok = put_text(d, &b, f, e);
    buf_free(&b);
    return ok;
}

/* "94,2% (49/52)"; of nothing there is no rate: "0/0". */
static bool put_rate(struct form_desk *d, const struct form_rate *r, struct form_figure *f,
                     struct err *e)
{
    struct buf b = {0};
    enum lang lang = d->s->lang;
    if (r->whole) {
        num_add_human(&b, 100.0 * (double)r->part / (double)r->whole, 1, lang);
        buf_adds(&b, "% (");
    }
    num_add_count(&b, r->part, lang);
    buf_addc(&b, '/');
    num_add_count(&b, r->whole, lang);
    if (r->whole)
        buf_addc(&b, ')');
    bool ok = put_text(d, &b, f, e);
    buf_free(&b);
    return ok;
}

/* ---- counts ---- */

/* Of two periods: both are to be known in full. */
static bool figure_of_both(struct form_desk *d, const struct form_word *w,
                           const struct form_pair *p, struct form_figure *f, struct err *e)
{
    const char *reasons[] = {p->now.why, p->now.late, p->before.why, p->before.late};
    for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++)
        if (reasons[i]) {
            put_unknown(d, f, reasons[i]);
            return true;
        }
    if (w->measure == FORM_PERCENT)
        return put_reduction(d, p, f, e);
    return put_number(d, p->now.count - p->before.count, true, f, e);
}

static bool figure_of_counts(struct form_desk *d, const struct form_word *w, struct form_figure *f,
                             struct err *e)
{
    struct form_pair p;
    bool before = w->span == FORM_BEFORE || w->span == FORM_YEAR_BEFORE;
    if (!form_pair(d, w, &p, e))
        return false;
    if (w->measure == FORM_CHANGE || w->measure == FORM_PERCENT)
        return figure_of_both(d, w, &p, f, e);
    const struct form_side *side = before ? &p.before : &p.now;
    if (side->why) {
        put_unknown(d, f, side->why);
        return true;
    }
    bool ok = put_number(d, side->count, false, f, e);
    f->why = side->late ? side->late : "";
    return ok;
}

/* ---- what became of the reports ---- */

static struct form_rate_of rate_of(enum form_measure m)
{
    if (m == FORM_SOLVED || m == FORM_SOLVED_RATE)
        return (struct form_rate_of){RATE_SOLVED, RATE_CASES};
    if (m == FORM_SUPPORTED || m == FORM_SUPPORTED_RATE)
        return (struct form_rate_of){RATE_SUPPORTED, RATE_VICTIMS};
    return (struct form_rate_of){RATE_RESOLVED, RATE_ACCEPTED};
}

static int64_t number_of(const struct form_rate *r, enum form_measure m)
{
    const struct flow *f = &r->flow;
    switch (m) {
    case FORM_ACCEPTED:
        return f->accepted;
    case FORM_CARRIED:
        return f->carried_over;
    case FORM_OPEN:
        return f->open_in_time + f->open_extended + f->overdue;
    case FORM_OVERDUE:
        return f->overdue;
    default:
        return r->part;
    }
}

static bool figure_of_flow(struct form_desk *d, const struct form_word *w, struct form_figure *f,
                           struct err *e)
{
    struct form_rate r;
    const struct form_rate_of of = rate_of(w->measure);
    if (!form_rate(d, w, &of, &r, e))
        return false;
    if (r.why) {
        put_unknown(d, f, r.why);
        return true;
    }
    bool rate = w->measure == FORM_RESOLVED_RATE || w->measure == FORM_SOLVED_RATE ||
                w->measure == FORM_SUPPORTED_RATE;
    return rate ? put_rate(d, &r, f, e) : put_number(d, number_of(&r, w->measure), false, f, e);
}

/* ---- targets and heads ---- */

/* Judged on days or units that are not all that there is. */
static bool is_partial(const struct form_desk *d, size_t row)
{
    static const char *const codes[] = {"left_out=", "lagging=", "unknown=", "coarse="};
    const struct cell *note = result_cell(&d->targets, row, "note");
    const struct cell *verdict = result_cell(&d->targets, row, "verdict");
    bool partial = verdict->type == CELL_TEXT && !strcmp(verdict->as.s, "incomplete");
    for (size_t i = 0; note->type == CELL_TEXT && i < sizeof codes / sizeof codes[0]; i++)
        partial |= strstr(note->as.s, codes[i]) != NULL;
    return partial;
}

static bool is_watched(const struct form_desk *d, size_t row)
{
    return result_cell(&d->targets, row, "threshold")->type == CELL_EMPTY;
}

static bool figure_of_target(struct form_desk *d, const struct form_word *w, struct form_figure *f,
                             struct err *e)
{
    static const char *const columns[] = {[FORM_NUMERATOR] = "numerator",
                                          [FORM_DENOMINATOR] = "denominator",
                                          [FORM_GOAL] = "target",
                                          [FORM_RESULT] = "result",
                                          [FORM_VERDICT] = "verdict"};
    struct buf b = {0};
    const struct cell *cell = result_cell(&d->targets, w->target, columns[w->part]);
    enum lang lang = d->s->lang;
    if (w->part == FORM_VERDICT && is_watched(d, w->target))
        cell = result_cell(&d->targets, w->target, "target"); /* "watched, not judged" */
    if (w->part != FORM_GOAL && is_partial(d, w->target))
        put_unknown(d, f, tr(lang, "not all units have reported (see: keogiam targets)"));
    else if (cell->type == CELL_EMPTY)
        put_unknown(d, f, tr(lang, "there is nothing to tell (see: keogiam targets)"));
    else if (cell->type == CELL_INT)
        return put_number(d, cell->as.i, false, f, e);
    if (cell->type != CELL_TEXT || f->why)
        return true;
    buf_adds(&b, w->part == FORM_VERDICT ? tr(lang, cell->as.s) : cell->as.s);
    bool ok = put_text(d, &b, f, e);
    buf_free(&b);
    return ok;
}

static void add_reported(const struct form_desk *d, struct buf *b)
{
    const struct period *p = &d->periods[FORM_NOW];
    struct buf from = {0}, to = {0}, name = {0};
    say_label(&name, p->label, p->span, d->s->lang);
    say_date(&from, p->span.from, d->s->lang);
    say_date(&to, p->span.to, d->s->lang);
    buf_addf(b, tr(d->s->lang, "%s (from %s to %s)"), buf_text(&name), buf_text(&from),
             buf_text(&to));
    b->failed |= name.failed || from.failed || to.failed;
    buf_free(&from);
    buf_free(&to);
    buf_free(&name);
}

static bool figure_of_head(struct form_desk *d, const struct form_word *w, struct form_figure *f,
                           struct err *e)
{
    struct buf b = {0};
    enum lang lang = d->s->lang;
    const struct period *p = &d->periods[FORM_NOW];
    switch (w->head) {
    case FORM_UNIT:
        buf_adds(&b, d->body_name);
        break;
    case FORM_PERIOD:
        say_label(&b, p->label, p->span, lang);
        break;
    case FORM_FROM:
        say_date(&b, p->span.from, lang);
        break;
    case FORM_TO:
        say_date(&b, p->span.to, lang);
        break;
    case FORM_REPORTED:
        add_reported(d, &b);
        break;
    default:
        say_date(&b, (day)(sys_now() / 86400), lang);
    }
    bool ok = put_text(d, &b, f, e);
    buf_free(&b);
    return ok;
}

bool form_figure(struct form_desk *d, const struct form_word *w, struct form_figure *f,
                 struct err *e)
{
    *f = (struct form_figure){0};
    if (w->kind == WORD_HEAD)
        return figure_of_head(d, w, f, e);
    if (w->kind == WORD_TARGET)
        return figure_of_target(d, w, f, e);
    return w->measure >= FORM_ACCEPTED ? figure_of_flow(d, w, f, e) : figure_of_counts(d, w, f, e);
}
