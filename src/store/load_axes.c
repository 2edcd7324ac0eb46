/* load_axes.c: one case on two axes. The sheet of children harmed and the sheet of offenders under
 * 18 name the same case, each with a category of its own root and with the columns that its axis
 * asks for. A row on one axis says nothing of the other: a row that only adds a root and fills
 * blanks is joined to the case, and one that repeats its own root takes no other away. Only a file
 * that has rows of both says by a case's lack of one that it is not of it. */
#include <stdlib.h>

#include "store/load_private.h"

void load_axes_free(struct load *l)
{
    free(l->cases.items);
    free(l->cases.slots);
}

/* ---- what the file has said of each case ---- */

/* The slot of the row, or the free one where it belongs. slot_count is a power of two. */
static size_t *case_slot(const struct named_cases *c, int64_t rowid)
{
    uint64_t hash = (uint64_t)rowid * UINT64_C(0x9E3779B97F4A7C15);
    size_t at = (size_t)(hash >> 32) & (c->slot_count - 1);
    while (c->slots[at] && c->items[c->slots[at] - 1].rowid != rowid)
        at = (at + 1) & (c->slot_count - 1);
    return &c->slots[at];
}

static bool slots_grow(struct named_cases *c, struct err *e)
{
    if (c->slot_count > 2 * c->count)
        return true;
    struct named_cases bigger = *c;
    bigger.slot_count = c->slot_count ? 2 * c->slot_count : 1024;
    bigger.slots = calloc(bigger.slot_count, sizeof *bigger.slots);
    if (!bigger.slots)
        return err_memory(e);
    for (size_t i = 0; i < c->count; i++)
        *case_slot(&bigger, c->items[i].rowid) = i + 1;
    free(c->slots);
    *c = bigger;
    return true;
}

static bool case_put(struct load *l, const struct named_case *named, struct err *e)
{
    struct named_cases *c = &l->cases;
    void *items = c->items;
    if (!slots_grow(c, e) || !array_grow(&items, &c->cap, c->count + 1, sizeof *c->items, e))
        return false;
    c->items = items;
    size_t *slot = case_slot(c, named->rowid);
    if (*slot) {
        c->items[*slot - 1] = *named;
        return true;
    }
    c->items[c->count++] = *named;
    *slot = c->count;
    return true;
}

/* What the file has said of the row; false: nothing. Rows of a bulk load are their own record. */
static bool case_find(const struct load *l, int64_t rowid, int64_t made_by,
                      const struct table_row *old, struct named_case *named)
{
    size_t slot = l->cases.count ? *case_slot(&l->cases, rowid) : 0;
    if (slot) {
        *named = l->cases.items[slot - 1];
        return true;
    }
    if (!l->bulk || made_by != l->id)
        return false;
    *named = (struct named_case){rowid, load_bulk_line(l, rowid), load_row_set(old),
                                 load_row_filled(old), false};
    return true;
}

size_t load_axes_line(const struct load *l, int64_t rowid)
{
    size_t slot = l->cases.count ? *case_slot(&l->cases, rowid) : 0;
    if (slot)
        return l->cases.items[slot - 1].line;
    return l->bulk && rowid >= l->first_new && rowid < l->first_new + l->inserted
               ? load_bulk_line(l, rowid)
               : 0;
}

size_t load_row_set(const struct table_row *row)
{
    return (size_t)row->slots[INC_CATEGORY].as.i - 1;
}

uint64_t load_row_filled(const struct table_row *row)
{
    uint64_t filled = 0;
    for (size_t i = 0; i < INC_SLOTS; i++)
        filled |= (uint64_t)(row->slots[i].type != VALUE_NONE) << i;
    return filled;
}

bool load_axes_note(struct load *l, int64_t rowid, size_t line, const struct table_row *row,
                    struct err *e)
{
    const struct named_case named = {rowid, line, load_row_set(row), load_row_filled(row), false};
    return l->q.kind->id != KIND_INCIDENTS || l->bulk || case_put(l, &named, e);
}

/* ---- sets ---- */

static size_t root_of(const struct load *l, size_t category)
{
    return l->q.directory->categories[category].root;
}

/* The member of the set in that root; NO_ENTRY. */
static size_t member_in(const struct load *l, size_t set, size_t root)
{
    const struct category_set *s = &l->q.directory->sets[set];
    for (size_t i = 0; i < s->count; i++)
        if (root_of(l, s->categories[i]) == root)
            return s->categories[i];
    return NO_ENTRY;
}

/* Does `a` have a root that `b` lacks? */
static bool has_more(const struct load *l, size_t a, size_t b)
{
    const struct category_set *s = &l->q.directory->sets[a];
    for (size_t i = 0; i < s->count; i++)
        if (member_in(l, b, root_of(l, s->categories[i])) == NO_ENTRY)
            return true;
    return false;
}

static bool share_root(const struct load *l, size_t a, size_t b)
{
    const struct category_set *s = &l->q.directory->sets[a];
    for (size_t i = 0; i < s->count; i++)
        if (member_in(l, b, root_of(l, s->categories[i])) != NO_ENTRY)
            return true;
    return false;
}

/* In the roots that both have they name the same. */
static bool agree_in_roots(const struct load *l, size_t a, size_t b)
{
    const struct category_set *s = &l->q.directory->sets[a];
    for (size_t i = 0; i < s->count; i++) {
        size_t other = member_in(l, b, root_of(l, s->categories[i]));
        if (other != NO_ENTRY && other != s->categories[i])
            return false;
    }
    return true;
}

/* The row's categories, and those of the old one in other roots but these (NULL: in all). */
static bool join_sets(struct load *l, size_t row, size_t old, const bool *except, size_t *joined,
                      struct err *e)
{
    size_t members[2 * CATEGORY_SET_MAX], count = 0;
    const struct directory *d = l->q.directory;
    for (size_t i = 0; i < d->sets[row].count; i++)
        members[count++] = d->sets[row].categories[i];
    for (size_t i = 0; i < d->sets[old].count; i++) {
        size_t category = d->sets[old].categories[i], root = root_of(l, category);
        if (member_in(l, row, root) == NO_ENTRY && !(except && except[root]))
            members[count++] = category;
    }
    return directory_set(l->q.directory, members, count, joined, e);
}

/* ---- a row meets its case ---- */

struct meeting {
    struct load *l;
    const struct load_met *met;
    struct table_row merged;
    struct named_case said; /* by the file before; valid where `twice` */
    bool twice, gains;      /* gains: the row has a root that the case lacks */
    size_t differs;         /* the first column that both fill, otherwise; INC_SLOTS: none */
    struct err *e;
};

/* A blank says nothing; what both have is the row's. */
static void fill_from_old(struct meeting *m)
{
    const struct table_row *old = &m->met->old;
    m->differs = INC_SLOTS;
    for (size_t i = 0; i < INC_SLOTS; i++) {
        struct value *v = &m->merged.slots[i];
        bool both = v->type != VALUE_NONE && old->slots[i].type != VALUE_NONE;
        if (v->type == VALUE_NONE)
            *v = old->slots[i];
        else if (both && i != INC_CASE_ID && i != INC_CATEGORY && v->as.i != old->slots[i].as.i &&
                 m->differs == INC_SLOTS)
            m->differs = i;
    }
}

static bool reject_at(struct meeting *m, const char *reason)
{
    const char *column = m->l->q.kind->columns[m->differs].name;
    return load_reject(m->l, m->met->line, column, reason, m->e);
}

/* FILE:LINE, FILE[SHEET]:LINE. */
static void add_place(const struct load *l, size_t line, struct buf *place)
{
    size_t sheet = line_sheet(line);
    buf_adds(place, l->q.file);
    if (sheet && l->q.rejects->sheets)
        buf_addf(place, "[%s]", l->q.rejects->sheets[sheet - 1]);
    buf_addf(place, ":%zu", line_number(line));
}

static bool reject_line(struct meeting *m)
{
    struct buf why = {0}, place = {0};
    add_place(m->l, m->said.line, &place);
    buf_addf(&why,
             tr(m->e->lang, "%s has the same case on another axis with another value: correct "
                            "one of the two"),
             buf_text(&place));
    bool ok = why.failed || place.failed ? err_memory(m->e) : reject_at(m, why.data);
    buf_free(&why);
    buf_free(&place);
    return ok;
}

static bool reject_load(struct meeting *m)
{
    struct buf why = {0}, file = {0};
    bool ok = load_file_of(m->l->s, m->met->made_by, &file, m->e);
    buf_addf(&why,
             tr(m->e->lang, "load %lld (%s) has the same case on another axis with another value: "
                            "correct one of the two, or load with --update"),
             (long long)m->met->made_by, buf_text(&file));
    ok = ok && (why.failed ? err_memory(m->e) : reject_at(m, why.data));
    buf_free(&why);
    buf_free(&file);
    return ok;
}

static bool is_own(const struct meeting *m)
{
    return m->met->made_by == m->l->id && m->met->load_from == m->l->id;
}

/* A version of this load was never seen by anybody: it is written anew. */
static bool put_merged(struct meeting *m)
{
    struct load *l = m->l;
    bool own = is_own(m);
    l->unchanged -= !own && m->twice;
    l->changed += !own;
    l->joined += m->gains;
    if (!(own ? load_delete_case(l, m->met->rowid, m->e) : load_end_row(l, m->met->rowid, m->e)))
        return false;
    return load_insert_row(l, &m->merged, l->id, m->e);
}

/* Notes what the file has now said of the case, whose row is `rowid`. */
static bool note_said(struct meeting *m, int64_t rowid)
{
    const struct table_row *row = m->met->row;
    struct named_case named = {rowid, m->met->line, load_row_set(row), load_row_filled(row), false};
    if (m->twice) {
        named.filled |= m->said.filled;
        if (!join_sets(m->l, named.set, m->said.set, NULL, &named.set, m->e))
            return false;
    }
    named.kept = has_more(m->l, load_row_set(&m->merged), named.set);
    return case_put(m->l, &named, m->e);
}

/* The file itself must agree; what was there before may be updated. A row that is not allowed is
 * rejected. */
static bool judge(struct meeting *m, bool *allowed)
{
    const struct load *l = m->l;
    bool filled = m->differs < INC_SLOTS;
    bool said = m->twice && filled && (m->said.filled >> m->differs & 1);
    bool same = !filled && agree_in_roots(l, load_row_set(m->met->row), load_row_set(&m->met->old));
    *allowed = !said && ((same && (m->gains || m->twice)) || l->q.update || l->q.replace);
    if (*allowed)
        return load_merged_holds(m->l, &m->merged, m->met->line, allowed, m->e);
    if (said)
        return reject_line(m);
    return m->gains && filled ? reject_load(m) : load_reject_other_values(m->l, m->met->line, m->e);
}

static bool join(struct meeting *m)
{
    struct load *l = m->l;
    size_t joined;
    bool allowed = true;
    if (!join_sets(l, load_row_set(m->met->row), load_row_set(&m->met->old), NULL, &joined, m->e))
        return false;
    m->merged.slots[INC_CATEGORY].as.i = (int64_t)joined + 1;
    if (table_same_row(l->t, &m->met->old, &m->merged))
        return (m->twice || load_agree(l, m->met, m->e)) && note_said(m, m->met->rowid);
    if (!judge(m, &allowed))
        return false;
    return !allowed || (put_merged(m) && note_said(m, db_last_id(l->s->db)));
}

bool load_axes_meet(struct load *l, const struct load_met *met, bool *done, struct err *e)
{
    struct meeting m = {.l = l, .met = met, .merged = *met->row, .e = e};
    size_t old = load_row_set(&met->old), set = load_row_set(met->row);
    m.twice = case_find(l, met->rowid, met->made_by, &met->old, &m.said);
    m.gains = has_more(l, set, old);
    *done = m.twice ? !share_root(l, set, m.said.set) : m.gains || has_more(l, old, set);
    if (!*done)
        return true;
    fill_from_old(&m);
    return id_set_add(&l->named, met->rowid, e) && join(&m);
}

/* ---- what the whole file says ---- */

static bool drop_axes(struct load *l, const struct named_case *c, struct table_row *row, size_t set,
                      struct err *e)
{
    bool own = c->rowid >= l->first_new;
    row->slots[INC_CATEGORY].as.i = (int64_t)set + 1;
    l->changed += !own;
    l->unchanged -= !own;
    return (own ? load_delete_case(l, c->rowid, e) : load_end_row(l, c->rowid, e)) &&
           load_insert_row(l, row, l->id, e);
}

/* Says which category the case would lose. */
static bool reject_loss(struct load *l, const struct named_case *c, size_t old, size_t set,
                        struct err *e)
{
    const struct directory *d = l->q.directory;
    const struct category_set *s = &d->sets[old];
    struct buf why = {0};
    size_t lost = 0;
    while (lost + 1 < s->count && member_in(l, set, root_of(l, s->categories[lost])) != NO_ENTRY)
        lost++;
    buf_addf(&why,
             tr(e->lang, "is there also as %s, of which this file has rows, but not of this case: "
                         "add the row, or load with --update to take it away"),
             d->categories[s->categories[lost]].code);
    bool ok = why.failed ? err_memory(e) : load_reject(l, c->line, "category", why.data, e);
    buf_free(&why);
    return ok;
}

/* A root of the case that the file speaks of, but not of this case. */
static bool settle(struct load *l, const struct named_case *c, const bool *roots, struct err *e)
{
    struct table_row row;
    size_t set;
    char case_id[CASE_ID_BYTES];
    if (!load_read_case(l, c->rowid, &row, case_id, e) ||
        !join_sets(l, c->set, load_row_set(&row), roots, &set, e))
        return false;
    if (set == load_row_set(&row))
        return true;
    return l->q.update || l->q.replace ? drop_axes(l, c, &row, set, e)
                                       : reject_loss(l, c, load_row_set(&row), set, e);
}

bool load_axes_finish(struct load *l, const bool *roots, struct err *e)
{
    bool ok = true;
    for (size_t i = 0; ok && i < l->cases.count; i++)
        ok = !l->cases.items[i].kept || settle(l, &l->cases.items[i], roots, e);
    return ok;
}
