/* rejects.c: the rows that were refused.
 *
 * A value is kept only where it reads as a code, a date or a number and cannot be, or hold, a name:
 * names and identity numbers get typed into wrong columns. The rule, value_is_safe, is stricter
 * than codes need: at most 40 bytes, all of them ASCII letters, digits, spaces or . , : / _ - + %;
 * every word (run of letters and digits) has a digit and at most one letter (2024H1, T5/2024, A12,
 * but neither LAN-2009 nor Lan2009); at most eight digits in all, which a date has and a telephone
 * or identity number exceeds.
 */
#include <stdlib.h>
#include <string.h>

#include "ingest/ingest.h"
#include "sys/sys.h"

void rejects_init(struct rejects *r)
{
    *r = (struct rejects){0};
}

void rejects_free(struct rejects *r)
{
    free(r->items);
    arena_free(&r->arena);
    *r = (struct rejects){0};
}

static bool is_ascii_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Bytes of the word at text, 0 where none begins; counts its letters and digits. */
static size_t read_word(const char *text, size_t n, size_t *letters, size_t *digits)
{
    size_t bytes = 0;
    *letters = *digits = 0;
    for (; bytes < n && (is_ascii_letter(text[bytes]) || is_digit(text[bytes])); bytes++) {
        *letters += is_ascii_letter(text[bytes]);
        *digits += is_digit(text[bytes]);
    }
    return bytes;
}

static bool value_is_safe(const char *text, size_t n)
{
    enum { BYTES_MAX = 40, LETTERS_MAX = 1, DIGITS_MAX = 8 };
    size_t all_digits = 0;
    for (size_t i = 0; i < n && i <= BYTES_MAX;) {
        size_t letters, digits, bytes = read_word(text + i, n - i, &letters, &digits);
        if (letters > LETTERS_MAX || (bytes && !digits))
            return false;
        if (!bytes && (!text[i] || !strchr(" .,:/_-+%", text[i])))
            return false;
        all_digits += digits;
        i += bytes ? bytes : 1;
    }
    return n <= BYTES_MAX && all_digits >= 1 && all_digits <= DIGITS_MAX;
}

bool rejects_add(struct rejects *r, size_t line, const char *column, const char *reason,
                 const char *value, size_t value_bytes, struct err *e)
{
    void *items = r->items;
    if (r->count == REJECTS_KEPT) {
        r->total++;
        return true;
    }
    bool safe = value && value_is_safe(value, value_bytes);
    struct reject made = {line, arena_text(&r->arena, column), arena_text(&r->arena, reason),
                          safe ? arena_copy(&r->arena, value, value_bytes) : NULL};
    if (!made.column || !made.reason || (safe && !made.value))
        return err_memory(e);
    if (!array_grow(&items, &r->cap, r->count + 1, sizeof *r->items, e))
        return false;
    r->items = items;
    r->items[r->count++] = made;
    r->total++;
    return true;
}

/* By line; those of one line stay in the order in which they were found (merge sort). */
static void sort_by_line(struct reject *items, struct reject *work, size_t n)
{
    if (n < 2)
        return;
    size_t half = n / 2, a = 0, b = half;
    sort_by_line(items, work, half);
    sort_by_line(items + half, work, n - half);
    if (items[half - 1].line <= items[half].line)
        return;
    for (size_t i = 0; i < n; i++) {
        bool left = a < half && (b == n || items[a].line <= items[b].line);
        work[i] = items[left ? a++ : b++];
    }
    memcpy(items, work, n * sizeof *items);
}

/* Quoted where it needs to be (RFC 4180). */
static void write_cell(FILE *f, const char *text)
{
    if (!strpbrk(text, ",\"\r\n")) {
        fputs(text, f);
        return;
    }
    fputc('"', f);
    for (; *text; text++) {
        if (*text == '"')
            fputc('"', f);
        fputc(*text, f);
    }
    fputc('"', f);
}

static void write_reject(FILE *f, const struct rejects *all, const struct reject *r)
{
    fprintf(f, "%zu,", line_number(r->line));
    write_cell(f, r->column);
    fputc(',', f);
    write_cell(f, r->reason);
    fputc(',', f);
    write_cell(f, r->value ? r->value : "");
    if (all->sheets) {
        fputc(',', f);
        write_cell(f, line_sheet(r->line) ? all->sheets[line_sheet(r->line) - 1] : "");
    }
    fputc('\n', f);
}

bool rejects_write(struct rejects *r, const char *path, struct err *e)
{
    struct sys_output out;
    struct reject *work = malloc((r->count + 1) * sizeof *work);
    if (!work)
        return err_memory(e);
    sort_by_line(r->items, work, r->count);
    free(work);
    if (!sys_output_open(&out, path, true, e))
        return false;
    fprintf(out.file, "line,column,reason,value%s\n", r->sheets ? ",sheet" : "");
    for (size_t i = 0; i < r->count; i++)
        write_reject(out.file, r, &r->items[i]);
    return sys_output_commit(&out, e);
}
