/* CSV for machines. A big table repeats its numbers (equal counts give equal intervals), and %.15g
 * costs more than everything else together: a small memo keeps the text of the numbers seen. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "report/show.h"

enum { MEMO_BITS = 13, MEMO_PROBES = 4, MEMO_COUNT = (1 << MEMO_BITS) + MEMO_PROBES };

struct memo {
    uint64_t bits;        /* of the number */
    unsigned char length; /* 0: unused */
    char text[23];        /* %.15g takes at most 22 bytes */
};

struct csv {
    struct buf *out;
    struct buf scratch;
    struct memo *memos;
    bool excel;
    char separator;
    bool is_special[256]; /* bytes for which a field is quoted */
};

static bool csv_init(struct csv *w, bool excel, struct buf *out)
{
    *w = (struct csv){.out = out, .excel = excel, .separator = excel ? ';' : ','};
    w->is_special['"'] = w->is_special['\r'] = w->is_special['\n'] = true;
    w->is_special[(unsigned char)w->separator] = true;
    w->memos = calloc(MEMO_COUNT, sizeof *w->memos);
    return w->memos != NULL;
}

static void csv_free(struct csv *w)
{
    free(w->memos);
    buf_free(&w->scratch);
}

static void memo_fill(struct csv *w, struct memo *m, double x, uint64_t bits)
{
    buf_clear(&w->scratch);
    num_add_machine(&w->scratch, x);
    size_t n = w->scratch.len < sizeof m->text ? w->scratch.len : 0;
    m->length = (unsigned char)n;
    m->bits = bits;
    memcpy(m->text, buf_text(&w->scratch), n);
    char *point = w->excel ? memchr(m->text, '.', n) : NULL;
    if (point)
        *point = ',';
}

/* Fibonacci hashing: the upper bits of the product depend on all bits of the number. Where its four
 * places are taken by others the first gives way. */
static const struct memo *memo_find(struct csv *w, double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    struct memo *first = &w->memos[(bits * UINT64_C(0x9E3779B97F4A7C15)) >> (64 - MEMO_BITS)];
    struct memo *m = first;
    while (m < first + MEMO_PROBES && m->length && m->bits != bits)
        m++;
    if (m == first + MEMO_PROBES)
        m = first;
    if (!m->length || m->bits != bits)
        memo_fill(w, m, x, bits);
    return m;
}

static void add_real(struct csv *w, double x)
{
    if (!isfinite(x))
        return;
    const struct memo *m = memo_find(w, x);
    buf_add(w->out, m->text, m->length);
}

static void add_int(struct csv *w, int64_t n)
{
    char text[20];
    char *start = text + sizeof text;
    uint64_t rest = n < 0 ? -(uint64_t)n : (uint64_t)n;
    do
        *--start = (char)('0' + rest % 10);
    while (rest /= 10);
    if (n < 0)
        *--start = '-';
    buf_add(w->out, start, (size_t)(text + sizeof text - start));
}

static void add_quoted(struct csv *w, const char *text)
{
    buf_addc(w->out, '"');
    for (const char *quote; (quote = strchr(text, '"')); text = quote + 1) {
        buf_add(w->out, text, (size_t)(quote - text) + 1);
        buf_addc(w->out, '"');
    }
    buf_adds(w->out, text);
    buf_addc(w->out, '"');
}

/* A spreadsheet runs such text as a formula; names come from files that others wrote. */
static bool is_formula(const char *text)
{
    return *text && strchr("=+-@\t\r", *text);
}

static void add_text(struct csv *w, const char *text)
{
    if (w->excel && is_formula(text)) {
        buf_clear(&w->scratch);
        buf_addc(&w->scratch, '\'');
        buf_adds(&w->scratch, text);
        text = buf_text(&w->scratch);
    }
    bool special = false;
    size_t n = 0;
    for (; text[n]; n++)
        special |= w->is_special[(unsigned char)text[n]];
    if (special)
        add_quoted(w, text);
    else
        buf_add(w->out, text, n);
}

static void add_cell(struct csv *w, const struct cell *cell)
{
    if (cell->type == CELL_INT)
        add_int(w, cell->as.i);
    else if (cell->type == CELL_REAL)
        add_real(w, cell->as.x);
    else if (cell->type == CELL_TEXT)
        add_text(w, cell->as.s);
}

static void add_line_end(struct csv *w)
{
    buf_adds(w->out, w->excel ? "\r\n" : "\n");
}

static void add_head(struct csv *w, const struct result *r)
{
    if (w->excel)
        buf_adds(w->out, "\xEF\xBB\xBF");
    for (size_t i = 0; i < r->column_count; i++) {
        if (i)
            buf_addc(w->out, w->separator);
        add_text(w, r->columns[i].name);
    }
    add_line_end(w);
}

bool show_csv(const struct result *r, bool excel, struct buf *b)
{
    struct csv w;
    if (!csv_init(&w, excel, b))
        return !(b->failed = true);
    add_head(&w, r);
    const struct cell *cell = r->cells;
    for (size_t row = 0; row < r->row_count; row++) {
        for (size_t i = 0; i < r->column_count; i++) {
            if (i)
                buf_addc(b, w.separator);
            add_cell(&w, cell++);
        }
        add_line_end(&w);
    }
    b->failed |= w.scratch.failed;
    csv_free(&w);
    return !b->failed;
}
