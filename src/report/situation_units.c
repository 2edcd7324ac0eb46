/* Appendix: every unit's cases against the same period, two roots beside each other; no order of
 * merit. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/compose.h"
#include "report/situation.h"

enum { ROOTS_MAX = 2 }; /* beside each other */
enum { UNT_NUMBER, UNT_NAME, UNT_ROOTS };
enum { CNT_NOW, CNT_BEFORE, CNT_CHANGE, CNT_PERCENT, CNT_COLUMNS };

struct units {
    struct doc *d;
    const struct facts *f;
    const struct facts_root *roots;
    size_t count; /* of roots */
    struct doc_table *table;
};

/* ---- order: as the units are listed, the unknown place behind them, the total last ---- */

/* The n-th unit that some root has a row of: roots may have other units (the unknown place). */
struct unit_list {
    const char **codes;
    size_t count;
};

enum { RANK_UNIT, RANK_UNKNOWN, RANK_TOTAL };

static int rank_of(const struct facts *f, const char *unit)
{
    size_t n = strlen(unit);
    if (!strcmp(unit, f->unit))
        return RANK_TOTAL;
    return n > 1 && !strcmp(unit + n - 2, "/?") ? RANK_UNKNOWN : RANK_UNIT;
}

static bool comes_before(const struct facts *f, const char *a, const char *b)
{
    int x = rank_of(f, a), y = rank_of(f, b);
    return x != y ? x < y : strcmp(a, b) < 0;
}

static bool has(const struct unit_list *l, const char *unit)
{
    for (size_t i = 0; i < l->count; i++)
        if (!strcmp(l->codes[i], unit))
            return true;
    return false;
}

static void insert(const struct facts *f, struct unit_list *l, const char *unit)
{
    size_t at = l->count++;
    for (; at && comes_before(f, unit, l->codes[at - 1]); at--)
        l->codes[at] = l->codes[at - 1];
    l->codes[at] = unit;
}

static bool list_units(const struct units *u, struct unit_list *l)
{
    size_t most = 0;
    for (size_t i = 0; i < u->count; i++)
        most += u->roots[i].units.row_count;
    *l = (struct unit_list){calloc(most + 1, sizeof *l->codes), 0};
    for (size_t i = 0; l->codes && i < u->count; i++)
        for (size_t row = 0; row < u->roots[i].units.row_count; row++) {
            const char *unit = cells_text(&u->roots[i].units, row, "unit");
            if (!has(l, unit))
                insert(u->f, l, unit);
        }
    return l->codes;
}

/* ---- rows ---- */

static void add_note(const struct units *u, const struct result *r, size_t row, struct buf *text)
{
    struct buf value = {0}, end = {0};
    if (!text->len && say_note(r, row, "compared_units", &value)) {
        buf_addf(text, tr(u->d->lang, "%s units"), buf_text(&value));
    } else if (!text->len && say_note(r, row, "covered_to", &value)) {
        fact_add_day(&end, buf_text(&value), u->d->lang);
        buf_addf(text, tr(u->d->lang, "reported to %s"), buf_text(&end));
    }
    text->failed |= value.failed || end.failed;
    buf_free(&value);
    buf_free(&end);
}

static void add_root(const struct units *u, size_t root, const char *unit, struct buf *note)
{
    const struct result *r = &u->roots[root].units;
    size_t row = fact_row(r, unit), at = UNT_ROOTS + root * CNT_COLUMNS;
    if (row == NO_ROW)
        return;
    doc_cell(u->d, u->table, UNT_NAME, cells_text(r, row, "unit_name"));
    situation_count(u->d, u->table, at + CNT_NOW, say_count(r, row, "count"));
    situation_count(u->d, u->table, at + CNT_BEFORE, say_count(r, row, "count_before"));
    situation_change(u->d, u->table, r, row, at + CNT_CHANGE, at + CNT_PERCENT);
    add_note(u, r, row, note);
}

static void add_rows(const struct units *u)
{
    struct unit_list l;
    struct buf note = {0};
    u->d->failed |= !list_units(u, &l);
    for (size_t i = 0; i < l.count; i++) {
        char number[24] = "";
        int rank = rank_of(u->f, l.codes[i]);
        doc_row(u->d, u->table, rank == RANK_TOTAL);
        if (rank == RANK_UNIT)
            snprintf(number, sizeof number, "%zu", i + 1);
        doc_cell(u->d, u->table, UNT_NUMBER, number);
        for (size_t root = 0; root < u->count; root++)
            add_root(u, root, l.codes[i], &note);
        doc_cell_made(u->d, u->table, UNT_ROOTS + u->count * CNT_COLUMNS, &note);
    }
    free(l.codes);
    buf_free(&note);
}

/* ---- the table ---- */

static struct doc_table *units_table(const struct units *u)
{
    enum lang lang = u->d->lang;
    struct doc_column columns[UNT_ROOTS + ROOTS_MAX * CNT_COLUMNS + 1] = {
        [UNT_NUMBER] = {tr(lang, "No."), NULL, 11, DOC_CENTRE},
        [UNT_NAME] = {tr(lang, "Unit"), NULL, 50, DOC_LEFT},
    };
    size_t n = UNT_ROOTS;
    for (size_t i = 0; i < u->count; i++) {
        const char *group = u->roots[i].name;
        columns[n++] = (struct doc_column){tr(lang, "Now"), group, 18, DOC_CENTRE};
        columns[n++] = (struct doc_column){tr(lang, "A year before"), group, 18, DOC_CENTRE};
        columns[n++] = (struct doc_column){"+/−", group, 15, DOC_CENTRE};
        columns[n++] = (struct doc_column){"%", group, 20, DOC_CENTRE};
    }
    columns[n++] = (struct doc_column){tr(lang, "Note"), NULL, 42, DOC_LEFT};
    const struct doc_column *kept = situation_columns(u->d, columns, n);
    return kept ? doc_table(u->d, tr(lang, "Cases by unit"), kept, n) : NULL;
}

static void add_base(struct doc *d, const struct facts *f, const struct facts_root *r)
{
    struct buf base = {0}, text = {0};
    if (say_base(&base, r, f->lang))
        buf_addf(&text, tr(f->lang, "The total holds %s that reported both periods to the end."),
                 buf_text(&base));
    text.failed |= base.failed;
    doc_paragraph_made(d, DOC_SOURCE, &text);
    buf_free(&base);
    buf_free(&text);
}

static void add_table(struct doc *d, const struct facts *f, size_t first, size_t count)
{
    struct units u = {.d = d, .f = f, .roots = &f->roots[first], .count = count};
    u.table = units_table(&u);
    add_rows(&u);
    add_base(d, f, u.roots);
    doc_paragraph(d, DOC_SOURCE,
                  tr(f->lang, "Not for ranking offices: more cases recorded may mean better "
                              "detection and reporting."));
    compose_source(d, f, &u.roots->units);
}

void situation_units(struct doc *d, const struct facts *f)
{
    bool some = false;
    for (size_t i = 0; i < f->root_count; i++)
        some |= f->roots[i].units.row_count > 1;
    if (!some)
        return;
    doc_appendix(d, tr(f->lang, "Figures by unit"), true);
    for (size_t i = 0; i < f->root_count; i += ROOTS_MAX)
        add_table(d, f, i, f->root_count - i < ROOTS_MAX ? f->root_count - i : ROOTS_MAX);
}
