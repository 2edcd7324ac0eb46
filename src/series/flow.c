#include "series/flow.h"

#define DAYS_IN_TIME 20
#define MONTHS_COMPLICATED 2
#define MONTHS_EXTENDED 4

/* ---- the law's terms ---- */

day flow_due(day received_on)
{
    return received_on + DAYS_IN_TIME;
}

static day months_later(day received_on, int months)
{
    struct date d = date_from_day(received_on);
    int through = 12 * d.year + d.month - 1 + months;
    struct date due = {through / 12, through % 12 + 1, d.mday};
    int last = date_month_days(due.year, due.month);
    day on;
    due.mday = due.mday < last ? due.mday : last;
    return day_from_date(due, &on) ? on : DAY_MAX;
}

day flow_due_complicated(day received_on)
{
    return months_later(received_on, MONTHS_COMPLICATED);
}

day flow_due_extended(day received_on)
{
    return months_later(received_on, MONTHS_EXTENDED);
}

/* ---- one report ---- */

static bool is_closed(const struct flow_report *r)
{
    return r->outcome != OUTCOME_NONE && r->outcome != OUTCOME_OPEN && r->resolved_on != DAY_NONE;
}

enum flow_stage flow_stage(const struct flow_report *r, day at)
{
    if (is_closed(r) && r->resolved_on <= at)
        return FLOW_CLOSED;
    if (at <= flow_due(r->received_on))
        return FLOW_IN_TIME;
    return at <= flow_due_extended(r->received_on) ? FLOW_EXTENDED : FLOW_OVERDUE;
}

static void add_stage(struct flow *f, enum flow_stage stage)
{
    f->open_in_time += stage == FLOW_IN_TIME;
    f->open_extended += stage == FLOW_EXTENDED;
    f->overdue += stage == FLOW_OVERDUE;
}

static void add_outcome(struct flow *f, int outcome)
{
    if (outcome == OUTCOME_SUSPENDED)
        f->suspended++;
    else if (outcome == OUTCOME_TRANSFERRED)
        f->transferred++;
    else
        f->resolved++;
}

static void add_victims(struct flow *f, const struct flow_report *r)
{
    if (r->victims < 0) {
        f->blank_victims++;
        return;
    }
    f->victims += r->victims;
    if (r->supported >= 0) {
        f->supported += r->supported < r->victims ? r->supported : r->victims;
    } else if (r->victims > 0) {
        f->blank_support++;
        f->blank_support_of += r->victims;
    }
}

static void add_case(struct flow *f, enum flow_stage stage, const struct flow_report *r)
{
    f->cases++;
    if (r->solved_on != DAY_NONE) {
        f->solved++;
    } else {
        f->unsolved_open += stage != FLOW_CLOSED;
        f->unsolved_late += stage == FLOW_OVERDUE;
    }
    add_victims(f, r);
}

void flow_add(struct flow *f, struct span span, const struct flow_report *r)
{
    bool before = r->received_on < span.from;
    if (span_is_empty(span) || r->received_on > span.to ||
        (before && is_closed(r) && r->resolved_on < span.from))
        return;
    enum flow_stage stage = flow_stage(r, span.to);
    f->carried_over += before;
    f->accepted += !before;
    add_stage(f, stage);
    if (stage == FLOW_CLOSED && r->resolved_on >= span.from)
        add_outcome(f, r->outcome);
    if (!before && r->outcome != OUTCOME_UNFOUNDED && r->outcome != OUTCOME_TRANSFERRED)
        add_case(f, stage, r);
}

void flow_report_as_of(struct flow_report *r, day as_of)
{
    if (as_of == DAY_NONE)
        return;
    if (r->resolved_on > as_of)
        r->resolved_on = DAY_NONE;
    if (r->solved_on > as_of)
        r->solved_on = DAY_NONE;
}

/* ---- sums ---- */

void flow_add_flow(struct flow *f, const struct flow *part)
{
    f->carried_over += part->carried_over;
    f->accepted += part->accepted;
    f->resolved += part->resolved;
    f->suspended += part->suspended;
    f->transferred += part->transferred;
    f->open_in_time += part->open_in_time;
    f->open_extended += part->open_extended;
    f->overdue += part->overdue;
    f->cases += part->cases;
    f->solved += part->solved;
    f->unsolved_open += part->unsolved_open;
    f->unsolved_late += part->unsolved_late;
    f->victims += part->victims;
    f->supported += part->supported;
    f->blank_victims += part->blank_victims;
    f->blank_support += part->blank_support;
    f->blank_support_of += part->blank_support_of;
    f->undated += part->undated;
    f->lacks |= part->lacks;
    f->sources |= part->sources;
}

bool flow_is_balanced(const struct flow *f)
{
    int64_t open = f->open_in_time + f->open_extended + f->overdue;
    return f->carried_over + f->accepted == f->resolved + f->suspended + f->transferred + open;
}

int64_t flow_to_resolve(const struct flow *f)
{
    return f->carried_over + f->accepted - f->transferred;
}
