/* Appendix: every kind of act with its cases, offenders and children (domain.md 9); those without a
 * case are named below the table. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/compose.h"
#include "report/situation.h"

enum {
    KND_NUMBER,
    KND_NAME,
    KND_CASES,
    KND_OFFENDERS,
    KND_VICTIMS,
    KND_CASES_BEFORE,
    KND_OFFENDERS_BEFORE,
    KND_VICTIMS_BEFORE,
    KND_CHANGE,
    KND_PERCENT,
    KND_NOTE,
    KND_COLUMNS
};

struct kinds {
    struct doc *d;
    struct doc_table *table;
    const struct facts_root *r;
    size_t *parents; /* by row of r->kinds: NO_ROW for the root */
    bool *done;
    struct buf silent; /* names of what has no case */
};

/* ---- the tree, from the codes ---- */

static bool is_below(const char *code, const char *above)
{
    size_t n = strlen(above);
    return !strncmp(code, above, n) && code[n] == '.';
}

static void find_parents(struct kinds *k)
{
    const struct result *r = &k->r->kinds;
    size_t root = NO_ROW;
    for (size_t i = 0; i < r->row_count; i++)
        if (fact_is(r, i, "category", k->r->code))
            root = i;
    for (size_t i = 0; i < r->row_count; i++) {
        size_t best = i == root ? NO_ROW : root, length = 0;
        for (size_t j = 0; j < r->row_count; j++) {
            const char *above = cells_text(r, j, "category");
            if (is_below(cells_text(r, i, "category"), above) && strlen(above) >= length) {
                best = j;
                length = strlen(above);
            }
        }
        k->parents[i] = best;
    }
}

/* Most cases first; of the same number those that had most. */
static bool comes_before(const struct result *r, size_t a, size_t b)
{
    static const char *const columns[] = {"count", "count_before"};
    for (size_t i = 0; i < 2; i++) {
        int64_t x = say_count(r, a, columns[i]), y = say_count(r, b, columns[i]);
        if (x != y)
            return x > y;
    }
    return strcmp(cells_text(r, a, "category"), cells_text(r, b, "category")) < 0;
}

static size_t next_child(const struct kinds *k, size_t parent)
{
    size_t best = NO_ROW;
    for (size_t i = 0; i < k->r->kinds.row_count; i++)
        if (!k->done[i] && k->parents[i] == parent &&
            (best == NO_ROW || comes_before(&k->r->kinds, i, best)))
            best = i;
    return best;
}

/* ---- rows ---- */

/* None where some case leaves the number blank is not known to be none. */
static void add_count(const struct kinds *k, size_t column, const struct result *r, size_t row,
                      const char *name)
{
    int64_t n = row == NO_ROW ? -1 : say_count(r, row, name);
    bool unknown = n == 0 && cells_has_note(r, row, "blank");
    situation_count(k->d, k->table, column, unknown ? -1 : n);
}

static size_t row_of_category(const struct result *r, const char *code)
{
    for (size_t i = 0; i < r->row_count; i++)
        if (fact_is(r, i, "category", code))
            return i;
    return NO_ROW;
}

static void add_counts(const struct kinds *k, size_t row)
{
    const struct facts_root *r = k->r;
    const char *code = cells_text(&r->kinds, row, "category");
    size_t offenders = row_of_category(&r->offenders, code);
    size_t victims = row_of_category(&r->victims, code);
    add_count(k, KND_CASES, &r->kinds, row, "count");
    add_count(k, KND_OFFENDERS, &r->offenders, offenders, "count");
    add_count(k, KND_VICTIMS, &r->victims, victims, "count");
    add_count(k, KND_CASES_BEFORE, &r->kinds, row, "count_before");
    add_count(k, KND_OFFENDERS_BEFORE, &r->offenders, offenders, "count_before");
    add_count(k, KND_VICTIMS_BEFORE, &r->victims, victims, "count_before");
}

/* What is recorded, where that is more than what is compared: "ghi nhận 57/62". */
static void add_note(const struct kinds *k, size_t row)
{
    const struct result *r = &k->r->kinds;
    int64_t now = fact_recorded(r, row), before = fact_recorded_before(r, row);
    struct buf text = {0};
    if (now != say_count(r, row, "count") || before != say_count(r, row, "count_before"))
        buf_addf(&text, tr(k->d->lang, "recorded %lld/%lld"), (long long)now, (long long)before);
    doc_cell_made(k->d, k->table, KND_NOTE, &text);
    buf_free(&text);
}

static void add_row(const struct kinds *k, size_t row, const char *number, bool strong)
{
    doc_row(k->d, k->table, strong);
    doc_cell(k->d, k->table, KND_NUMBER, number);
    doc_cell(k->d, k->table, KND_NAME, cells_text(&k->r->kinds, row, "category_name"));
    add_counts(k, row);
    situation_change(k->d, k->table, &k->r->kinds, row, KND_CHANGE, KND_PERCENT);
    add_note(k, row);
}

static bool is_silent(const struct kinds *k, size_t row)
{
    const struct facts_root *r = k->r;
    const struct result *all[] = {&r->kinds, &r->offenders, &r->victims};
    const char *code = cells_text(&r->kinds, row, "category");
    bool known = false;
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        size_t at = row_of_category(all[i], code);
        if (at == NO_ROW)
            continue;
        int64_t now = say_count(all[i], at, "count"),
                before = say_count(all[i], at, "count_before");
        if (now > 0 || before > 0)
            return false;
        known |= now == 0 || before == 0;
    }
    return known;
}

/* "2", below it "2.1": parts behind what they are part of. What a silent kind consists of is as
 * silent. */
static void add_children(struct kinds *k, size_t parent, const char *above)
{
    size_t child, n = 0;
    while ((child = next_child(k, parent)) != NO_ROW) {
        char number[32];
        k->done[child] = true;
        if (is_silent(k, child)) {
            buf_addf(&k->silent, "%s%s", k->silent.len ? "; " : "",
                     cells_text(&k->r->kinds, child, "category_name"));
            continue;
        }
        snprintf(number, sizeof number, "%.20s%s%zu", above, *above ? "." : "", ++n);
        add_row(k, child, number, false);
        add_children(k, child, number);
    }
}

static void add_rows(struct kinds *k)
{
    size_t root;
    find_parents(k);
    while ((root = next_child(k, NO_ROW)) != NO_ROW) {
        k->done[root] = true;
        add_row(k, root, "", true);
        add_children(k, root, "");
    }
}

/* ---- the table ---- */

static struct doc_table *kinds_table(struct doc *d, const struct facts *f,
                                     const struct facts_root *r)
{
    enum lang lang = f->lang;
    const char *now = tr(lang, "Now"), *before = tr(lang, "A year before");
    const char *change = tr(lang, "Up (+), down (−)");
    const struct doc_column columns[KND_COLUMNS] = {
        [KND_NUMBER] = {tr(lang, "No."), NULL, 13, DOC_LEFT},
        [KND_NAME] = {tr(lang, "Item (act)"), NULL, 70, DOC_LEFT},
        [KND_CASES] = {tr(lang, "cases"), now, 14, DOC_CENTRE},
        [KND_OFFENDERS] = {tr(lang, "offenders"), now, 21, DOC_CENTRE},
        [KND_VICTIMS] = {tr(lang, "children"), now, 15, DOC_CENTRE},
        [KND_CASES_BEFORE] = {tr(lang, "cases"), before, 14, DOC_CENTRE},
        [KND_OFFENDERS_BEFORE] = {tr(lang, "offenders"), before, 21, DOC_CENTRE},
        [KND_VICTIMS_BEFORE] = {tr(lang, "children"), before, 15, DOC_CENTRE},
        [KND_CHANGE] = {tr(lang, "cases"), change, 18, DOC_CENTRE},
        [KND_PERCENT] = {"%", change, 20, DOC_CENTRE},
        [KND_NOTE] = {tr(lang, "Note"), NULL, 30, DOC_LEFT},
    };
    const struct doc_column *kept = situation_columns(d, columns, KND_COLUMNS);
    const char *caption = arena_format(&d->arena, tr(lang, "%s, by kind of act"), r->name);
    d->failed |= !caption;
    return kept && caption ? doc_table(d, caption, kept, KND_COLUMNS) : NULL;
}

static void add_base(struct doc *d, const struct facts *f, const struct facts_root *r)
{
    struct buf base = {0}, text = {0};
    if (say_base(&base, r, f->lang))
        buf_addf(&text,
                 tr(f->lang, "Compared on %s; the note has all cases recorded, now/in the "
                             "same period, where they are more."),
                 buf_text(&base));
    text.failed |= base.failed;
    doc_paragraph_made(d, DOC_SOURCE, &text);
    buf_free(&base);
    buf_free(&text);
}

static void add_silent(struct doc *d, const struct kinds *k)
{
    struct buf text = {0};
    if (k->silent.len)
        buf_addf(&text, tr(d->lang, "No case is recorded of: %s."), buf_text(&k->silent));
    text.failed |= k->silent.failed;
    doc_paragraph_made(d, DOC_SOURCE, &text);
    buf_free(&text);
}

static void add_root(struct doc *d, const struct facts *f, const struct facts_root *r)
{
    size_t n = r->kinds.row_count;
    struct kinds k = {.d = d, .table = kinds_table(d, f, r), .r = r};
    k.parents = calloc(n + 1, sizeof *k.parents);
    k.done = calloc(n + 1, sizeof *k.done);
    d->failed |= !k.parents || !k.done;
    if (k.parents && k.done && k.table)
        add_rows(&k);
    add_silent(d, &k);
    add_base(d, f, r);
    compose_source(d, f, &r->kinds);
    free(k.parents);
    free(k.done);
    buf_free(&k.silent);
}

/* Each root begins a page; they are one appendix. */
static void open_page(struct doc *d, bool first, const char *title)
{
    if (first) {
        doc_appendix(d, title, true);
        return;
    }
    struct doc_block *b = doc_add(d, DOC_APPENDIX);
    if (b) {
        b->number = d->appendices;
        b->landscape = true;
    }
    doc_run(d, b, title, false, false);
    doc_run(d, b, tr(d->lang, " (CONTINUED)"), false, false);
}

void situation_kinds(struct doc *d, const struct facts *f)
{
    bool first = true;
    for (size_t i = 0; i < f->root_count; i++) {
        if (!f->roots[i].kinds.row_count)
            continue;
        open_page(d, first, tr(f->lang, "Figures by kind of act"));
        add_root(d, f, &f->roots[i]);
        first = false;
    }
}
