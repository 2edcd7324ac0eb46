/* The `note` of a target's row: fixed tokens, see series/notes.h for those of comparisons.
 *
 *   what_if       so much was added to the numerator, and behind / to the denominator: no data
 *   source        cases, counts, cases+counts or indicators; no_data=1 where there is none
 *   carried_over, accepted, suspended, transferred, open_in_time, open_extended, overdue
 *   rate_with_suspended   % resolved or suspended
 *   identity=broken       what came in is not what became of it
 *   not_stated    amounts that counts rows leave out, taken as 0
 *   unsolved_open         cases not solved and still open
 *   blank_victims, support_blank   cases without the number of victims, without a word on support
 *   lagging       units more than a month behind the others, at most five
 */
#include <string.h>

#include "base/num.h"
#include "cli/targets_private.h"

#define NAMED_MAX 5

/* ---- where it comes from ---- */

static void add_source(struct buf *b, bool cases, bool counts)
{
    if (cases || counts)
        buf_addf(b, "source=%s%s%s;", cases ? "cases" : "", cases && counts ? "+" : "",
                 counts ? "counts" : "");
}

static void add_compared_source(struct buf *b, const struct judged *j)
{
    const struct known *k = &j->set->compare.known;
    const struct scope *s = &j->set->compare.scope;
    size_t end = s->is_leaf[j->slot] ? j->slot + 1 : s->unit_count;
    bool cases = false, counts = false;
    for (size_t u = j->slot; u < end; u++) {
        /* of an unknown place nobody speaks: it is known where the units beside it are */
        bool unknown = s->directory->units[s->units[u]].is_unknown && u != j->slot;
        if (unknown || !scope_is_under(s, j->slot, u))
            continue;
        counts |= k->counts[u].count > 0;
        cases |= k->spans[u].count > 0 && !spans_equal(&k->spans[u], &k->counts[u]);
    }
    add_source(b, cases, counts);
}

/* ---- reports ---- */

static void add_resolution(struct buf *b, const struct flow *f)
{
    int64_t whole = flow_to_resolve(f);
    bool apart = !(f->lacks & FLOW_NO_SUSPENDED); /* suspended ones are told from open ones */
    notes_count(b, "carried_over", f->carried_over);
    notes_count(b, "accepted", f->accepted);
    if (apart)
        notes_count(b, "suspended", f->suspended);
    notes_count(b, "transferred", f->transferred);
    notes_count(b, "open_in_time", f->open_in_time);
    notes_count(b, "open_extended", f->open_extended);
    notes_count(b, "overdue", f->overdue);
    if (whole > 0 && apart) {
        buf_adds(b, "rate_with_suspended=");
        num_add_machine(b, 100 * ((double)(f->resolved + f->suspended) / (double)whole));
        buf_addc(b, ';');
    }
    if (!flow_is_balanced(f))
        buf_adds(b, "identity=broken;");
    bool carried = f->lacks & FLOW_NO_CARRIED, moved = f->lacks & FLOW_NO_MOVED;
    if (carried || moved)
        buf_addf(b, "not_stated=%s%s%s;", carried ? "carried_over" : "",
                 carried && moved ? "," : "", moved ? "transferred" : "");
}

static void add_flow(struct buf *b, const struct judged *j)
{
    const struct flow *f = j->flow;
    add_source(b, f->sources & FLOW_CASES, f->sources & FLOW_COUNTS);
    int numerator = j->target->numerator;
    if (numerator == RATE_RESOLVED || numerator == RATE_ACCEPTED)
        add_resolution(b, f);
    if (numerator == RATE_SOLVED && f->unsolved_open)
        notes_count(b, "unsolved_open", f->unsolved_open);
    bool victims = numerator == RATE_SUPPORTED || numerator == RATE_VICTIMS;
    if (victims && f->blank_victims)
        notes_count(b, "blank_victims", f->blank_victims);
    if (numerator == RATE_SUPPORTED && f->blank_support)
        notes_count(b, "support_blank", f->blank_support);
    if (f->undated)
        notes_count(b, "undated", f->undated);
}

/* ---- who has not reported ---- */

static void add_lagging(struct buf *b, const struct judged *j)
{
    const struct compare *c = &j->set->compare;
    size_t named = 0;
    for (size_t u = j->slot; u < c->scope.unit_count && named <= NAMED_MAX; u++) {
        if (!c->lagging[u] || !scope_is_under(&c->scope, j->slot, u))
            continue;
        buf_adds(b, named ? "," : "lagging=");
        buf_adds(b, named < NAMED_MAX ? c->scope.directory->units[c->scope.units[u]].code : "…");
        named++;
    }
    buf_adds(b, named ? ";" : "");
}

static void add_covered_to(struct buf *b, day to)
{
    char text[11];
    if (to == DAY_NONE)
        return;
    day_text(to, text);
    buf_addf(b, "covered_to=%s;", text);
}

static void add_coverage(struct buf *b, const struct judged *j)
{
    const struct compare *c = &j->set->compare;
    bool leaf = c->scope.is_leaf[j->slot];
    if (!leaf)
        add_lagging(b, j);
    else if (c->lagging[j->slot])
        add_covered_to(b, j->compared.covered_to);
    if (leaf ? c->known.assumed[j->slot] : c->assumed)
        buf_adds(b, "assumed=1;");
}

/* ---- the note ---- */

static void add_indicator(struct buf *b, const struct indicator_value *v)
{
    buf_adds(b, "source=indicators;");
    if (v->units_known < v->units)
        buf_addf(b, "compared_units=%zu/%zu;", v->units_known, v->units);
    if (!v->is_whole)
        add_covered_to(b, v->to);
}

void targets_add_note(struct buf *b, const struct targets_table *t, const struct judged *j)
{
    bool has_data = j->has_numerator || j->has_denominator;
    struct span row;
    if (j->supposed)
        targets_note_supposed(b, j->supposed);
    if (j->is_total)
        buf_adds(b, "total=1;");
    if (!has_data)
        buf_adds(b, "no_data=1;");
    notes_flag(b, "coarse",
               (!has_data && j->compared.marks & TALLY_COARSE) || targets_is_misfit(t, j, &row));
    if (j->indicator)
        add_indicator(b, j->indicator);
    if (j->flow)
        add_flow(b, j);
    if (j->flow && j->set)
        add_coverage(b, j);
    if (j->target->kind != TARGET_REDUCTION || j->indicator || !j->set || !has_data)
        return;
    add_compared_source(b, j);
    notes_compared(b, &j->set->compare, j->slot, 0, &j->compared, false);
    notes_compared_events(b, &t->events, &j->set->compare, j->slot);
}
