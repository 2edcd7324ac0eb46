#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "report/record_reading.h"

/* ---- text ---- */

static const char *copy(struct reading *x, const char *text)
{
    const char *made = arena_text(&x->r->arena, text);
    x->r->failed |= !made;
    return made ? made : "";
}

static const char *tidy(struct reading *x, const char *text, size_t n)
{
    x->r->failed |= !text_nfc(text, n, &x->nfc);
    return copy(x, buf_text(&x->nfc));
}

void reading_text(struct reading *x, const char *bytes, size_t n)
{
    struct piece *last = x->piece_count ? &x->pieces[x->piece_count - 1] : NULL;
    x->is_own |= x->own > 0;
    x->was_prompt |= x->own > 0 && x->is_prompt;
    if (!last || last->bold != x->bold || last->italic != x->italic) {
        void *pieces = x->pieces;
        if (!array_grow(&pieces, &x->piece_cap, x->piece_count + 1, sizeof *x->pieces, NULL)) {
            x->r->failed = true;
            return;
        }
        x->pieces = pieces;
        last = &x->pieces[x->piece_count++];
        *last = (struct piece){.at = x->raw.len, .bold = x->bold, .italic = x->italic};
    }
    buf_add(&x->raw, bytes, n);
    last->n += n;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n';
}

/* The run in NFC: blanks at its ends count, since the next begins there. */
static const char *run_text(struct reading *x, const struct piece *p)
{
    struct buf out = {0};
    const char *at = buf_text(&x->raw) + p->at, *end = at + p->n;
    while (at < end) {
        const char *line = memchr(at, '\n', (size_t)(end - at));
        size_t n = (size_t)((line ? line : end) - at);
        x->r->failed |= !text_nfc(at, n, &x->nfc);
        buf_adds(&out, n && is_blank(*at) ? " " : "");
        buf_adds(&out, buf_text(&x->nfc));
        buf_adds(&out, x->nfc.len && is_blank(at[n - 1]) ? " " : "");
        buf_adds(&out, line ? "\n" : "");
        at += n + (line != NULL);
    }
    x->r->failed |= out.failed;
    const char *made = copy(x, buf_text(&out));
    buf_free(&out);
    return made;
}

/* ---- a paragraph ---- */

static void clear_paragraph(struct reading *x)
{
    buf_clear(&x->raw);
    buf_clear(&x->alt);
    x->piece_count = 0;
    x->has_picture = x->is_own = x->was_prompt = x->joins_next = false;
}

void reading_start_paragraph(struct reading *x)
{
    if (x->paragraphs++) {
        reading_text(x, " ", 1);
        return;
    }
    if (!x->joins_next)
        clear_paragraph(x);
    x->joins_next = false;
    x->style = (struct record_style){0};
    x->list = NULL;
    x->level = 0;
}

/* "1. ", "a) " where a list numbers it. */
static bool list_mark(struct reading *x, char *mark, size_t room)
{
    int n = 0, kind = LIST_NONE;
    const char *list = x->list ? x->list : x->style.numbering;
    *mark = '\0';
    if (list && x->styles)
        kind = record_list_next(x->styles, list, x->level, &n);
    if (kind == LIST_NUMBER || (kind == LIST_LETTER && n > 26))
        snprintf(mark, room, "%d. ", n);
    else if (kind == LIST_LETTER)
        snprintf(mark, room, "%c) ", 'a' + n - 1);
    bool none = x->list && !strcmp(x->list, "0");
    return kind == LIST_BULLET || (x->style.is_bullet && !none && kind == LIST_NONE);
}

static void add_runs(struct reading *x, struct record_item *item, const char *mark)
{
    size_t extra = *mark != '\0';
    struct doc_run *runs =
        arena_alloc(&x->r->arena, (x->piece_count + extra) * sizeof *runs + sizeof *runs);
    x->r->failed |= !runs;
    if (!runs)
        return;
    if (extra)
        runs[0].text = copy(x, mark);
    for (size_t i = 0; i < x->piece_count; i++)
        runs[i + extra] =
            (struct doc_run){run_text(x, &x->pieces[i]), x->pieces[i].bold, x->pieces[i].italic};
    item->runs = runs;
    item->run_count = x->piece_count + extra;
}

static void fill_item(struct reading *x, struct record_item *item, const char *text)
{
    char mark[16] = "";
    item->is_own = x->is_own;
    item->is_prompt = x->was_prompt;
    item->has_picture = x->has_picture;
    item->level = x->style.level;
    item->text = text;
    if (item->kind != RECORD_TEXT)
        return;
    item->is_bullet = list_mark(x, mark, sizeof mark);
    add_runs(x, item, mark);
    if (*mark) {
        x->r->failed |= x->raw.failed;
        char *whole = arena_format(&x->r->arena, "%s%s", mark, text);
        item->text = whole ? whole : text;
    }
}

static void add_paragraph(struct reading *x)
{
    const char *text = tidy(x, buf_text(&x->raw), x->raw.len);
    enum record_kind kind = x->style.level ? RECORD_HEADING : RECORD_TEXT;
    if (!*text && !x->has_picture)
        return;
    if (!*text) {
        kind = RECORD_FIGURE;
        text = tidy(x, buf_text(&x->alt), x->alt.len);
        x->is_own |= x->own > 0;
    }
    struct record_item *item = record_add(x->r, kind);
    if (item)
        fill_item(x, item, text);
}

void reading_end_paragraph(struct reading *x)
{
    if (--x->paragraphs)
        reading_text(x, " ", 1);
    if (x->paragraphs || x->joins_next)
        return;
    if (!x->tables) {
        add_paragraph(x);
    } else {
        buf_adds(&x->cell, " ");
        buf_add(&x->cell, buf_text(&x->raw), x->raw.len);
        x->row_has_picture |= x->has_picture;
    }
    clear_paragraph(x);
}

/* ---- a row ---- */

void reading_start_row(struct reading *x)
{
    struct record_item *item = record_add(x->r, RECORD_ROW);
    x->row = x->r->count - 1;
    x->in_row = item != NULL;
    x->row_deleted = x->row_is_head = x->row_has_picture = false;
    if (item)
        item->table = x->table;
}

void reading_end_cell(struct reading *x)
{
    if (x->r->failed)
        return;
    if (x->joins_next)
        buf_add(&x->cell, buf_text(&x->raw), x->raw.len);
    clear_paragraph(x);
    const char *text = tidy(x, buf_text(&x->cell), x->cell.len);
    for (int i = 0; i < x->span; i++)
        record_add_cell(x->r, text);
}

void reading_end_row(struct reading *x)
{
    x->in_row = false;
    if (x->r->failed)
        return;
    struct record_item *item = &x->r->items[x->row];
    bool empty = true;
    for (size_t i = 0; i < item->cell_count; i++)
        empty &= !*item->cells[i];
    item->is_head = x->row_is_head;
    item->is_own = x->own > 0;
    item->has_picture = x->row_has_picture;
    if (x->row_deleted || (empty && !item->has_picture)) {
        free(item->cells);
        x->r->count--;
    }
}
