/* The words of --remind. */
#include <stdio.h>
#include <string.h>

#include "base/num.h"
#include "cli/status_remind.h"
#include "report/say.h"
#include "report/show_parts.h"

/* ---- months ---- */

static void add_days(struct buf *b, struct calendar c, struct month first, struct month last,
                     enum lang lang)
{
    struct span days = {calendar_month(c, first.year, first.month).from,
                        calendar_month(c, last.year, last.month).to};
    buf_adds(b, " (");
    session_span(days, lang, b);
    buf_addc(b, ')');
}

/* "tháng 03/2024, từ tháng 10/2024 đến tháng 12/2024", with the days of police months. */
static void add_months(struct buf *b, const struct letters *l, const struct month_list *m)
{
    struct calendar c = l->st->session.calendar;
    for (size_t i = 0, n; (n = month_list_run(m, i)) > 0; i += n) {
        struct month first = m->items[i], last = m->items[i + n - 1];
        struct buf from = {0}, to = {0};
        month_add(&from, first, l->lang);
        month_add(&to, last, l->lang);
        buf_adds(b, i ? ", " : "");
        if (n == 1)
            buf_addf(b, tr(l->lang, "month %s"), buf_text(&from));
        else
            buf_addf(b, tr(l->lang, "months %s to %s"), buf_text(&from), buf_text(&to));
        if (!calendar_is_civil(c))
            add_days(b, c, first, last, l->lang);
        b->failed |= from.failed || to.failed;
        buf_free(&from);
        buf_free(&to);
    }
}

static bool same_months(const struct gap *a, const struct gap *b)
{
    return a->never == b->never && a->months.count == b->months.count &&
           !memcmp(a->months.items, b->months.items, a->months.count * sizeof *a->months.items);
}

/* Categories that lack the same months stand in one line: the first of them speaks. */
static bool is_spoken_for(const struct letter *x, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (same_months(x->gaps[i], x->gaps[at]))
            return true;
    return false;
}

static void add_categories(struct buf *b, const struct letters *l, const struct letter *x,
                           size_t at, bool names)
{
    const struct directory *d = &l->st->session.directory;
    for (size_t i = at; i < x->count; i++) {
        const struct category *c = &d->categories[x->gaps[i]->category];
        if (!same_months(x->gaps[at], x->gaps[i]))
            continue;
        buf_adds(b, i == at ? "" : names ? "; " : ", ");
        buf_adds(b, names && *c->name ? c->name : c->code);
    }
}

/* ---- the list ---- */

static bool add_place(struct letters *l, const struct letter *x, size_t number, struct err *e)
{
    const char *name = session_unit_name(&l->st->session, x->unit, l->found.to, &l->arena);
    if (!name)
        return err_memory(e);
    buf_addf(&l->text, "%zu. %s:", number, name);
    for (size_t i = 0; i < x->count; i++) {
        if (is_spoken_for(x, i))
            continue;
        buf_adds(&l->text, i ? "; " : " ");
        add_categories(&l->text, l, x, i, false);
        buf_addc(&l->text, ' ');
        month_list_add(&l->text, &x->gaps[i]->months, l->lang);
        buf_adds(&l->text, x->gaps[i]->never ? tr(l->lang, " (never reported)") : "");
    }
    buf_addc(&l->text, '\n');
    return true;
}

static bool is_gone(const struct letters *l, const struct letter *x)
{
    return l->st->session.directory.units[x->unit].valid.to < l->found.to;
}

/* "12-15: 2024-08 = 2024-07-15 – 2024-08-14" */
static void add_calendar(struct letters *l)
{
    struct calendar c = l->st->session.calendar;
    struct buf label = {0}, days = {0};
    struct month m;
    if (calendar_is_civil(c))
        return;
    buf_addc(&l->text, '\n');
    calendar_locate(c, l->found.to, &m.year, &m.month);
    month_add(&label, m, l->lang);
    session_span(calendar_month(c, m.year, m.month), l->lang, &days);
    buf_addf(&l->text, tr(l->lang, "Months of the reporting year: %s is %s."), buf_text(&label),
             buf_text(&days));
    buf_addc(&l->text, '\n');
    l->text.failed |= label.failed || days.failed;
    buf_free(&label);
    buf_free(&days);
}

static bool add_list(struct letters *l, struct err *e)
{
    char to[11];
    size_t places = 0, gone = 0, number = 0;
    struct letter x;
    for (size_t i = 0; (x = letters_at(l, i)).count; i += x.count) {
        places++;
        gone += is_gone(l, &x);
    }
    session_date(l->found.to, l->lang, to);
    buf_addf(&l->text, tr(l->lang, "HAVE NOT REPORTED (up to %s): %zu"), to, places);
    buf_adds(&l->text, "\n\n");
    for (size_t i = 0; (x = letters_at(l, i)).count; i += x.count)
        if (!add_place(l, &x, ++number, e))
            return false;
    add_calendar(l);
    if (gone)
        buf_addf(&l->text, "\n%s\n",
                 tr(l->lang, "Units that have ended get no letter: ask those that took over their "
                             "work."));
    return true;
}

/* ---- a letter ---- */

/* "Công an xã Láng Biển"; a hamlet is asked itself. */
static void add_addressee(struct buf *b, const struct letters *l, const struct letter *x)
{
    const struct unit *u = &l->st->session.directory.units[x->unit];
    struct buf name = {0};
    bool police = !strcmp(u->level, "commune") || !strcmp(u->level, "district") ||
                  !strcmp(u->level, "province");
    say_unit(&name, *u->name ? u->name : u->code, l->lang);
    buf_addf(b, police ? tr(l->lang, "the police of %s") : "%s", buf_text(&name));
    b->failed |= name.failed;
    buf_free(&name);
}

/* The body at the top of the place's tree, in the words of its letterhead. */
static bool read_sender(struct letters *l, const struct letter *x, struct err *e)
{
    const struct directory *d = &l->st->session.directory;
    size_t top = x->unit;
    while (d->units[top].parent != NO_ENTRY)
        top = d->units[top].parent;
    if (top == l->sender)
        return true;
    l->sender = top;
    bool itself = top == x->unit;
    const struct letterhead_unit unit = {itself ? "" : d->units[top].name,
                                         itself ? "" : d->units[top].level, l->found.to};
    return letterhead_read(&l->head, l->letterhead, &unit, &l->arena, e);
}

static void add_plea(struct letters *l, const char *to)
{
    char by[11];
    session_date(l->deadline, l->lang, by);
    if (l->deadline == DAY_NONE)
        buf_addf(&l->text,
                 tr(l->lang, "We ask %s to report at once; where nothing happened, please report "
                             "all the same and write \"nothing happened\"."),
                 to);
    else
        buf_addf(&l->text,
                 tr(l->lang, "We ask %s to report by %s; where nothing happened, please report "
                             "all the same and write \"nothing happened\"."),
                 to, by);
    buf_addc(&l->text, '\n');
}

static bool add_letter(struct letters *l, const struct letter *x, struct err *e)
{
    char up_to[11];
    struct buf to = {0};
    if (!read_sender(l, x, e))
        return false;
    session_date(l->found.to, l->lang, up_to);
    add_addressee(&to, l, x);
    buf_adds(&l->text, "\n----------------------------------------\n");
    buf_addf(&l->text, tr(l->lang, "To: %s"), buf_text(&to));
    buf_adds(&l->text, "\n\n");
    buf_addf(&l->text, tr(l->lang, "Up to %s, %s has received no report from %s of:"), up_to,
             l->head.body_name, buf_text(&to));
    for (size_t i = 0; i < x->count; i++) {
        if (is_spoken_for(x, i))
            continue;
        buf_adds(&l->text, "\n- ");
        add_categories(&l->text, l, x, i, true);
        buf_adds(&l->text, ": ");
        add_months(&l->text, l, &x->gaps[i]->months);
    }
    buf_addc(&l->text, '\n');
    add_plea(l, buf_text(&to));
    l->text.failed |= to.failed;
    buf_free(&to);
    return true;
}

static void add_nothing(struct letters *l)
{
    char to[11];
    session_date(l->found.to, l->lang, to);
    buf_addf(&l->text,
             tr(l->lang, "Nobody is to be reminded: every month up to %s is reported, where "
                         "reporting is declared."),
             to);
    buf_addc(&l->text, '\n');
}

bool letters_write(struct letters *l, struct err *e)
{
    struct letter x;
    bool ok = true;
    if (l->st->session.synthetic)
        buf_addf(&l->text, "%s\n", show_simulated(l->lang));
    if (!l->found.count)
        add_nothing(l);
    else
        ok = add_list(l, e);
    for (size_t i = 0; ok && (x = letters_at(l, i)).count; i += x.count)
        ok = is_gone(l, &x) || add_letter(l, &x, e);
    return ok && (!l->text.failed || err_memory(e));
}
