/* keep_say.c: what was typed over. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "report/keep_parts.h"

/* ---- numbers in a text ---- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Bytes of the number that begins here: digits, and a sign between two of them ("1.234,5",
 * "31/12/2024"); 0: none. */
static size_t number_length(const char *text)
{
    size_t n = 0;
    while (is_digit(text[n]) || (n && text[n] && strchr(".,/", text[n]) && is_digit(text[n + 1])))
        n++;
    return n;
}

/* Bytes before the next number. */
static size_t words_length(const char *text)
{
    size_t n = 0;
    while (text[n] && !is_digit(text[n]))
        n++;
    return n;
}

/* The two say the same but for their numbers, as far as `a` goes; *rest: what b says more. */
static bool same_words(const char *a, const char *b, const char **rest)
{
    while (*a) {
        size_t n = words_length(a);
        if (strncmp(a, b, n))
            return false;
        a += n;
        b += n;
        if (!*a)
            break;
        if (!is_digit(*b))
            return false;
        a += number_length(a);
        b += number_length(b);
    }
    *rest = b;
    return true;
}

static const char *next_number(const char *text, size_t *n)
{
    text += words_length(text);
    *n = number_length(text);
    return text;
}

static bool same_numbers(const char *a, const char *b)
{
    for (;;) {
        size_t n, m;
        a = next_number(a, &n);
        b = next_number(b, &m);
        if (n != m || strncmp(a, b, n))
            return false;
        if (!n)
            return true;
        a += n;
        b += m;
    }
}

bool keep_split(const char *was, const char *typed, size_t *before, const char **behind)
{
    const char *found;
    *before = 0;
    if (same_words(was, typed, behind))
        return !**behind || **behind == ' ';
    if (strlen(was) < 15 || !(found = strstr(typed, was)))
        return false;
    *before = (size_t)(found - typed);
    *behind = found + strlen(was);
    return true;
}

/* ---- lines ---- */

void keep_begin_line(struct keeping *k, const char *place)
{
    buf_addf(k->said, "%s: %s: ", k->path, place);
}

void keep_add_quoted(struct buf *b, const char *text)
{
    enum { MOST = 90 };
    size_t n = strlen(text);
    bool cut = n > MOST;
    if (cut)
        for (n = MOST; n && text[n] != ' ';)
            n--;
    if (!n)
        n = strlen(text);
    buf_addc(b, '"');
    buf_add(b, text, n);
    buf_adds(b, cut ? "…\"" : "\"");
}

void keep_add_heading(const struct keeping *k, size_t i, struct buf *b)
{
    while (i && k->was.items[i].kind != RECORD_HEADING)
        i--;
    buf_adds(b, k->was.items[i].kind == RECORD_HEADING ? k->was.items[i].text
                                                       : tr(k->lang, "text of the document"));
}

/* One difference. A NULL now: the new edition no longer says it. */
struct change {
    const char *place, *was, *typed, *now;
    bool is_form; /* letterhead, signatures: filled in by hand */
};

static void say_change(struct keeping *k, const struct change *c)
{
    bool figure = !c->is_form && !same_numbers(c->was, c->typed);
    keep_begin_line(k, c->place);
    buf_addf(k->said,
             figure ? tr(k->lang, "figure typed over: was \"%s\", typed \"%s\"")
                    : tr(k->lang, "wording changed, not carried over: was \"%s\", typed \"%s\""),
             c->was, c->typed);
    if (figure && c->now)
        buf_addf(k->said, tr(k->lang, ", now \"%s\""), c->now);
    else if (figure)
        buf_adds(k->said, tr(k->lang, ", no longer there now"));
    buf_addc(k->said, '\n');
    k->figures += figure;
}

/* ---- a paragraph ---- */

/* Some words on both sides of what stands at `at`. Append. */
static void add_around(struct buf *b, const char *text, const char *at, size_t n)
{
    const char *from = at, *to = at + n;
    for (int words = 0; from > text && words < 7; words += *from == ' ')
        from--;
    for (int words = 0; *to && words < 4; words += *to == ' ')
        to++;
    from += *from == ' ';
    while (to > at + n && to[-1] == ' ')
        to--;
    buf_addf(b, "\"%s%.*s%s\"", from > text ? "…" : "", (int)(to - from), from, *to ? "…" : "");
}

/* The number of index `at`; an empty one where there are not so many. */
static char *number_at(const char *text, size_t at)
{
    size_t n = 0;
    const char *number = next_number(text, &n);
    for (; at; at--)
        number = next_number(number + n, &n);
    char *copy = calloc(n + 1, 1);
    return copy ? memcpy(copy, number, n) : NULL;
}

/* The same sentence with other numbers: each of them. */
static void say_numbers(struct keeping *k, const char *heading, const char *was, const char *typed,
                        const char *now)
{
    const char *rest = "x", *at = was;
    bool comparable = now && same_words(was, now, &rest) && !*rest;
    size_t n;
    for (size_t i = 0; *(at = next_number(at, &n)); i++, at += n) {
        struct buf place = {0};
        char *own = number_at(was, i), *other = number_at(typed, i);
        char *new = comparable ? number_at(now, i) : NULL;
        buf_addf(&place, "%s: ", heading);
        add_around(&place, was, at, n);
        if (own && other && strcmp(own, other))
            say_change(k, &(struct change){buf_text(&place), own, other, new ? new : now, false});
        k->said->failed |= !own || !other || place.failed;
        free(own);
        free(other);
        free(new);
        buf_free(&place);
    }
}

/* A word begins at `at`, or none may before it. */
static bool is_start(const char *text, size_t at, size_t least)
{
    return at <= least || text[at - 1] == ' ';
}

/* Where the words of the two part, and where they meet again. */
static void trim_words(const char *a, const char *b, size_t *from, size_t *a_to, size_t *b_to)
{
    size_t n = 0, end = 0, alen = strlen(a), blen = strlen(b);
    while (a[n] && a[n] == b[n])
        n++;
    while (!is_start(a, n, 0))
        n--;
    while (end < alen - n && end < blen - n && a[alen - end - 1] == b[blen - end - 1])
        end++;
    while (end && !(is_start(a, alen - end, n) && is_start(b, blen - end, n)))
        end--;
    *from = n;
    *a_to = alen - end - (alen - end > n && a[alen - end - 1] == ' ');
    *b_to = blen - end - (blen - end > n && b[blen - end - 1] == ' ');
}

static void say_rewritten(struct keeping *k, const char *heading, const char *was,
                          const char *typed, const char *now)
{
    size_t from, was_to, typed_to;
    trim_words(was, typed, &from, &was_to, &typed_to);
    struct buf own = {0}, other = {0}, place = {0};
    buf_add(&own, was + from, was_to - from);
    buf_add(&other, typed + from, typed_to - from);
    buf_addf(&place, "%s: ", heading);
    add_around(&place, was, was + from, was_to - from);
    say_change(k, &(struct change){buf_text(&place), buf_text(&own), buf_text(&other), now, false});
    k->said->failed |= own.failed || other.failed || place.failed;
    buf_free(&own);
    buf_free(&other);
    buf_free(&place);
}

/* Its alt text is another's. */
static void say_figure(struct keeping *k, const char *heading)
{
    keep_begin_line(k, heading);
    buf_adds(k->said, tr(k->lang, "a picture was replaced by hand: it is drawn anew"));
    buf_addc(k->said, '\n');
}

static void say_text(struct keeping *k, size_t i, const char *typed)
{
    const char *was = k->was.items[i].text, *behind;
    const char *now = k->now_of[i] == ALIGN_NONE ? NULL : k->now.items[k->now_of[i]].text;
    size_t before;
    struct buf heading = {0};
    keep_add_heading(k, i, &heading);
    if (k->was.items[i].kind == RECORD_FIGURE)
        say_figure(k, buf_text(&heading));
    else if (keep_split(was, typed, &before, &behind) &&
             (k->was.items[i].kind == RECORD_TEXT || !(before || *behind)))
        say_numbers(k, buf_text(&heading), was, typed + before, now);
    else
        say_rewritten(k, buf_text(&heading), was, typed, now);
    k->said->failed |= heading.failed;
    buf_free(&heading);
}

/* ---- a row ---- */

static const char *cell_of(const struct record_item *row, size_t column)
{
    return column < row->cell_count ? row->cells[column] : "";
}

/* The row's name: the first cell that has words. */
static const char *row_name(const struct record_item *row)
{
    for (size_t i = 0; i < row->cell_count; i++) {
        const char *text = row->cells[i];
        size_t letters = 0;
        for (; *text; text++)
            letters += isalpha((unsigned char)*text) != 0;
        if (letters > 1)
            return row->cells[i];
    }
    return cell_of(row, 0);
}

/* The lowest head above the cell that is not empty. */
static const char *column_name(const struct keeping *k, size_t i, size_t column)
{
    const struct record_item *row = &k->was.items[i];
    while (i-- && k->was.items[i].kind == RECORD_ROW && k->was.items[i].table == row->table) {
        const char *head = cell_of(&k->was.items[i], column);
        if (k->was.items[i].is_head && *head)
            return head;
    }
    return "";
}

/* "Bảng 1" of the caption above; a table without one is the letterhead or the signatures. */
static bool add_table_name(const struct keeping *k, size_t i, struct buf *b)
{
    int table = k->was.items[i].table;
    while (i && k->was.items[i].kind == RECORD_ROW && k->was.items[i].table == table)
        i--;
    if (k->was.items[i + 1].kind != RECORD_ROW || !k->was.items[i + 1].is_head)
        return false;
    const char *caption = k->was.items[i].text, *stop = strstr(caption, ". ");
    buf_add(b, caption, stop ? (size_t)(stop - caption) : strlen(caption));
    return true;
}

static void say_cell(struct keeping *k, size_t i, size_t column, const char *typed)
{
    const struct record_item *row = &k->was.items[i];
    const char *now =
        k->now_of[i] == ALIGN_NONE ? NULL : cell_of(&k->now.items[k->now_of[i]], column);
    struct buf place = {0}, table = {0};
    bool is_form = !add_table_name(k, i, &table);
    if (!is_form) {
        keep_add_heading(k, i, &place);
        buf_addf(&place, ": %s, %s", buf_text(&table), row_name(row));
        const char *head = column_name(k, i, column);
        buf_addf(&place, *head ? ", %s" : "%s", head);
    } else {
        buf_adds(&place, tr(k->lang, "head or end of the document (see --letterhead)"));
    }
    say_change(k, &(struct change){buf_text(&place), cell_of(row, column), typed, now, is_form});
    k->said->failed |= place.failed || table.failed;
    buf_free(&place);
    buf_free(&table);
}

/* A cell over several columns stands several times, and is said once. */
static void say_row(struct keeping *k, size_t i, const struct record_item *typed)
{
    const struct record_item *was = &k->was.items[i];
    size_t n = was->cell_count > typed->cell_count ? was->cell_count : typed->cell_count;
    for (size_t c = 0; c < n; c++) {
        bool again = c && !strcmp(cell_of(was, c), cell_of(was, c - 1)) &&
                     !strcmp(cell_of(typed, c), cell_of(typed, c - 1));
        if (!again && strcmp(cell_of(was, c), cell_of(typed, c)))
            say_cell(k, i, c, cell_of(typed, c));
    }
}

/* ---- what was deleted ---- */

static bool is_deleted(const struct keeping *k, size_t i)
{
    return !k->was.items[i].is_own && k->typed_of[i] == ALIGN_NONE && k->now_of[i] != ALIGN_NONE;
}

/* Neighbours are said together; how many they are. */
static size_t say_deleted(struct keeping *k, size_t i)
{
    const struct record_item *item = &k->was.items[i];
    struct buf heading = {0};
    size_t n = 1;
    while (i + n < k->was.count && is_deleted(k, i + n) &&
           k->was.items[i + n].kind != RECORD_HEADING)
        n++;
    keep_add_heading(k, i, &heading);
    keep_begin_line(k, buf_text(&heading));
    buf_addf(k->said, tr(k->lang, "deleted by hand, written again (%zu): "), n);
    keep_add_quoted(k->said, item->kind == RECORD_ROW ? row_name(item) : item->text);
    buf_addc(k->said, '\n');
    k->said->failed |= heading.failed;
    buf_free(&heading);
    return n;
}

void keep_say_changes(struct keeping *k)
{
    for (size_t i = 0; i < k->was.count; i++) {
        const struct record_item *was = &k->was.items[i], *typed;
        if (is_deleted(k, i)) {
            i += say_deleted(k, i) - 1;
            continue;
        }
        if (k->typed_of[i] == ALIGN_NONE)
            continue;
        typed = &k->typed.items[k->typed_of[i]];
        if (was->kind == RECORD_ROW)
            say_row(k, i, typed);
        else if (strcmp(was->text, typed->text))
            say_text(k, i, typed->text);
    }
}
