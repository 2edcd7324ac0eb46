/* nil: a unit reports that nothing happened: a row of coverage whose stated total is 0; or, with
 * --reports, that what was typed in is all there was. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "cli/listing.h"
#include "cli/typed.h"
#include "sys/sys.h"

struct nil {
    struct session s;
    size_t unit;
    struct period period;
    size_t *categories; /* --of; none: all */
    size_t category_count;
    struct buf source;
    int64_t reports; /* that the unit says it had */
};

/* ---- what is meant ---- */

static const char *unit_name(const struct nil *n)
{
    const struct unit *u = &n->s.directory.units[n->unit];
    return *u->name ? u->name : u->code;
}

static bool read_unit(struct nil *n, const char *text, struct err *e)
{
    struct buf why = {0};
    bool ok = directory_find_unit(&n->s.directory, text, strlen(text), n->period.span.from,
                                  NO_ENTRY, false, e->lang, &n->unit, &why) ||
              err_set(e, ERR_INPUT, "%s: %s", text, buf_text(&why));
    buf_free(&why);
    return ok;
}

static bool check_calendar(const struct nil *n, struct err *e)
{
    return !n->s.calendar_is_mixed ||
           err_set(e, ERR_INPUT,
                   "nil: the database has counts of two calendars: say by which the period is "
                   "named: --calendar 01-01 or --calendar 12-15");
}

/* What comes after a unit's end is another unit's to report. */
static bool check_valid(const struct nil *n, struct err *e)
{
    const struct unit *u = &n->s.directory.units[n->unit];
    char from[11], to[11];
    if (!span_is_empty(span_intersect(u->valid, n->period.span)))
        return true;
    session_date(u->valid.from == DAY_MIN ? DAY_NONE : u->valid.from, e->lang, from);
    session_date(u->valid.to == DAY_MAX ? DAY_NONE : u->valid.to, e->lang, to);
    return err_set(e, ERR_INPUT, "nil: %s (%s) has none of these days: it is valid %s–%s",
                   unit_name(n), u->code, from, to);
}

/* Nobody can report of days that are not over. */
static bool check_past(const struct nil *n, struct err *e)
{
    day today = (day)(sys_now() / 86400);
    char to[11], first[11], last[11];
    if (n->period.span.to < today)
        return true;
    session_date(n->period.span.to, e->lang, to);
    if (n->period.span.from >= today)
        return err_set(e, ERR_INPUT, "nil %s: is not over: it ends on %s", n->period.label, to);
    day_text(n->period.span.from, first);
    day_text(today - 1, last);
    return err_set(e, ERR_INPUT,
                   "nil %s: is not over: it ends on %s; of the days so far: nil UNIT %s..%s",
                   n->period.label, to, first, last);
}

static bool read_reports(struct nil *n, const struct request *r, struct err *e)
{
    const char *text = arg(r, OPT_REPORTS);
    bool fractional;
    return !text ||
           (num_parse_int(text, strlen(text), &n->reports, &fractional) && n->reports >= 0) ||
           err_set(e, ERR_USAGE, "--reports %s: is no number of reports: write it as 3", text);
}

static bool read_words(struct nil *n, const struct request *r, struct err *e)
{
    const char *text = r->args.positional[1];
    if (!period_parse(text, strlen(text), n->s.calendar, &n->period))
        return err_set(e, ERR_USAGE, "nil: %s: is no period: write 2026-10 or 2026H1", text);
    return read_reports(n, r, e) && check_calendar(n, e) &&
           read_unit(n, r->args.positional[0], e) && check_valid(n, e) && check_past(n, e) &&
           session_categories(&n->s, OPT_OF, &n->categories, &n->category_count, e) &&
           typed_source(&n->s, &n->source, e);
}

/* ---- what is recorded ---- */

struct recorded {
    const struct nil *n;
    struct listing ids;
};

static bool is_meant(const struct nil *n, const struct case_name *name)
{
    const struct directory *d = &n->s.directory;
    size_t unit = directory_unit_by_id(d, name->unit);
    const struct category_set *set = &d->sets[name->set];
    bool found = !n->category_count;
    if (name->ended_by || name->received == DAY_NONE || unit == NO_ENTRY ||
        !span_has(n->period.span, name->received) || !directory_unit_contains(d, n->unit, unit))
        return false;
    for (size_t i = 0; i < n->category_count && !found; i++)
        for (size_t k = 0; k < set->count && !found; k++)
            found = directory_category_contains(d, n->categories[i], set->categories[k]);
    return found;
}

static bool take_name(void *context, const struct case_name *name, struct err *e)
{
    struct recorded *r = context;
    (void)e;
    if (is_meant(r->n, name) && listing_take(&r->ids))
        buf_adds(&r->ids.b, name->case_id);
    return true;
}

static bool refuse_recorded(const struct recorded *r, struct err *e)
{
    const struct nil *n = r->n;
    if (n->reports)
        return err_set(e, ERR_INPUT,
                       "%s: reports recorded of these days: %zu (%s), the unit says %lld: first "
                       "add what is missing, or correct what is wrong (set, withdraw)",
                       unit_name(n), r->ids.count, buf_text(&r->ids.b), (long long)n->reports);
    return err_set(e, ERR_INPUT,
                   "%s: reports recorded of these days: %zu (%s): correct them first (set, "
                   "withdraw); where they are all that there was: --reports %zu",
                   unit_name(n), r->ids.count, buf_text(&r->ids.b), r->ids.count);
}

static bool check_recorded(struct nil *n, struct err *e)
{
    struct recorded r = {.n = n};
    bool ok = store_each_case_name(n->s.store, take_name, &r, e) &&
              (!r.ids.b.failed || err_memory(e)) &&
              ((int64_t)r.ids.count == n->reports || refuse_recorded(&r, e));
    buf_free(&r.ids.b);
    return ok;
}

/* ---- the load ---- */

static void fill_row(const struct nil *n, struct typed_row *row, const char *from, const char *to,
                     size_t category)
{
    const struct directory *d = &n->s.directory;
    *row = (struct typed_row){.kind = kind_of(KIND_COVERAGE)};
    row->cells[COV_UNIT] = d->units[n->unit].code;
    row->cells[COV_FROM] = from;
    row->cells[COV_TO] = to;
    if (!n->reports) /* of several roots the total is not each one's */
        row->cells[COV_TOTAL] = "0";
    if (category != NO_ENTRY)
        row->cells[COV_CATEGORY] = d->categories[category].code;
}

/* "Xã Láng Biển, XHTE, 01/10/2026 – 31/10/2026" */
static void add_subject(const struct nil *n, struct buf *b)
{
    buf_addf(b, "%s, ", unit_name(n));
    for (size_t i = 0; i < n->category_count; i++)
        buf_addf(b, "%s, ", n->s.directory.categories[n->categories[i]].code);
    session_span(n->period.span, n->s.lang, b);
}

static void say(const struct nil *n, const struct typed_done *done)
{
    struct buf b = {0};
    enum lang lang = n->s.lang;
    add_subject(n, &b);
    fputs(buf_text(&done->warnings), stdout);
    if (n->reports && done->load)
        printf(tr(lang, "%s: reported in full, reports: %lld (load %lld); to take it back: keogiam "
                        "undo %lld\n"),
               buf_text(&b), (long long)n->reports, (long long)done->load, (long long)done->load);
    else if (n->reports)
        printf(tr(lang, "%s: that it reported in full is recorded already\n"), buf_text(&b));
    else if (done->load)
        printf(tr(lang, "%s: no case (load %lld); to take it back: keogiam undo %lld\n"),
               buf_text(&b), (long long)done->load, (long long)done->load);
    else
        printf(tr(lang, "%s: that there was no case is recorded already\n"), buf_text(&b));
    buf_free(&b);
}

static bool make(struct nil *n, struct err *e)
{
    struct typed_done done = {0};
    char from[11], to[11];
    size_t count = n->category_count ? n->category_count : 1;
    struct typed_row *rows = calloc(count, sizeof *rows);
    if (!rows)
        return err_memory(e);
    day_text(n->period.span.from, from);
    day_text(n->period.span.to, to);
    for (size_t i = 0; i < count; i++)
        fill_row(n, &rows[i], from, to, n->category_count ? n->categories[i] : NO_ENTRY);
    const struct typed_change c = {.name = LOAD_NIL,
                                   .source = buf_text(&n->source),
                                   .rows = rows,
                                   .row_count = count,
                                   .update = true};
    bool ok = typed_make(&n->s, &c, &done, e);
    if (ok && !arg(n->s.request, OPT_QUIET))
        say(n, &done);
    typed_done_free(&done);
    free(rows);
    return ok;
}

bool command_nil(const struct request *r, struct err *e)
{
    struct nil n = {0};
    bool ok =
        typed_open(&n.s, r, e) && read_words(&n, r, e) && check_recorded(&n, e) && make(&n, e);
    free(n.categories);
    buf_free(&n.source);
    session_close(&n.s);
    return ok;
}
