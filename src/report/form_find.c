/* form_find.c: where the words in braces stand. A word may be cut over several runs: what the runs
 * of one string, cell or paragraph hold is read as one text. */
#include <stdlib.h>
#include <string.h>

#include "report/form_parts.h"

/* A longer one is none. */
enum { TOKEN_BYTES = 200 };

/* The text of one string, cell or paragraph. */
struct run {
    struct xml_tag tag; /* <t> */
    size_t from, to;    /* of the part's bytes */
    size_t at;          /* in the text */
};
struct text {
    struct run *runs;
    size_t count, cap;
    struct buf joined;
};

static void text_free(struct text *t)
{
    free(t->runs);
    buf_free(&t->joined);
}

static void text_clear(struct text *t)
{
    t->count = 0;
    buf_clear(&t->joined);
}

static bool text_add(struct text *t, const struct form_part *part, const struct xml_tag *tag,
                     size_t to, struct err *e)
{
    size_t from = tag->to;
    void *runs = t->runs;
    if (!array_grow(&runs, &t->cap, t->count + 1, sizeof *t->runs, e))
        return false;
    t->runs = runs;
    t->runs[t->count++] = (struct run){*tag, from, to, t->joined.len};
    buf_add(&t->joined, part->bytes.data + from, to - from);
    return !t->joined.failed || err_memory(e);
}

/* ---- tokens ---- */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static void trim(const char **text, size_t *n)
{
    for (; *n && is_blank(**text); ++*text)
        --*n;
    while (*n && is_blank((*text)[*n - 1]))
        --*n;
}

static bool intern(struct form_file *f, const char *text, size_t n, size_t *token, struct err *e)
{
    void *tokens = f->tokens;
    trim(&text, &n);
    for (*token = 0; *token < f->token_count; ++*token)
        if (strlen(f->tokens[*token].text) == n && !memcmp(f->tokens[*token].text, text, n))
            return true;
    const char *copy = arena_copy(&f->arena, text, n);
    if (!copy)
        return err_memory(e);
    if (!array_grow(&tokens, &f->token_cap, f->token_count + 1, sizeof *f->tokens, e))
        return false;
    f->tokens = tokens;
    f->tokens[f->token_count++] = (struct form_token){.text = copy};
    return true;
}

static bool note_use(struct form_file *f, size_t token, const char *place, struct err *e)
{
    struct form_token *t = &f->tokens[token];
    t->uses++;
    if (!t->place)
        t->place = arena_text(&f->arena, place);
    return t->place || err_memory(e);
}

/* The next {{…}} from *at on: [*from, *to) with its braces. */
static bool next_token(const struct text *t, size_t *at, size_t *from, size_t *to)
{
    const char *text = buf_text(&t->joined), *open, *close;
    while ((open = strstr(text + *at, "{{")) != NULL) {
        close = strstr(open + 2, "}}");
        *from = (size_t)(open - text);
        *at = *from + 1;
        if (!close)
            return false;
        const char *again = strstr(open + 1, "{{");
        if ((again && again < close) || (size_t)(close - open) > TOKEN_BYTES)
            continue;
        *to = *at = (size_t)(close - text) + 2;
        return true;
    }
    return false;
}

/* ---- edits ---- */

static bool add_edit(struct form_part *part, const struct form_edit *edit, struct err *e)
{
    void *edits = part->edits;
    if (!array_grow(&edits, &part->edit_cap, part->edit_count + 1, sizeof *part->edits, e))
        return false;
    part->edits = edits;
    part->edits[part->edit_count++] = *edit;
    return true;
}

/* A text that now begins or ends with a blank would lose it. */
static bool keep_blanks(struct form_part *part, const struct run *r, const struct form_edit *cut,
                        struct err *e)
{
    const char *b = part->bytes.data;
    size_t start, from, to;
    bool begins = cut->from == r->from && cut->to < r->to && is_blank(b[cut->to]);
    bool ends = cut->to == r->to && cut->from > r->from && is_blank(b[cut->from - 1]);
    if (!(begins || ends) || xml_attribute(&part->bytes, &r->tag, "xml:space", &start, &from, &to))
        return true;
    const struct form_edit edit = {.from = r->tag.to - 1,
                                   .to = r->tag.to - 1,
                                   .token = NO_TOKEN,
                                   .cell = NO_TOKEN,
                                   .keeps_blanks = true};
    return add_edit(part, &edit, e);
}

/* The first run that has some of the token takes the value, the others lose what they have. */
static bool cut_token(struct form_part *part, const struct text *t, size_t from, size_t to,
                      size_t token, struct err *e)
{
    for (size_t i = 0; i < t->count; i++) {
        const struct run *r = &t->runs[i];
        size_t end = r->at + (r->to - r->from);
        size_t first = from > r->at ? from : r->at, last = to < end ? to : end;
        if (first >= last)
            continue;
        struct form_edit edit = {.from = r->from + (first - r->at),
                                 .to = r->from + (last - r->at),
                                 .token = token,
                                 .cell = NO_TOKEN};
        if (!add_edit(part, &edit, e) || (token == NO_TOKEN && !keep_blanks(part, r, &edit, e)))
            return false;
        token = NO_TOKEN;
    }
    return true;
}

static bool is_alone(const struct text *t, size_t from, size_t to)
{
    const char *text = buf_text(&t->joined);
    size_t n = t->joined.len;
    trim(&text, &n);
    return text == buf_text(&t->joined) + from && n == to - from;
}

/* What is found in one text. */
struct found {
    size_t first, count; /* in form_file.in_strings */
    size_t alone;
};

static bool keep(struct form_file *f, size_t token, struct err *e)
{
    void *items = f->in_strings;
    if (!array_grow(&items, &f->in_string_cap, f->in_string_count + 1, sizeof *f->in_strings, e))
        return false;
    f->in_strings = items;
    f->in_strings[f->in_string_count++] = token;
    return true;
}

static bool take_text(struct form_file *f, struct form_part *part, const struct text *t,
                      struct found *found, struct err *e)
{
    size_t at = 0, from, to, token;
    *found = (struct found){.first = f->in_string_count, .alone = NO_TOKEN};
    while (next_token(t, &at, &from, &to)) {
        if (!intern(f, t->joined.data + from + 2, to - from - 4, &token, e) || !keep(f, token, e) ||
            !cut_token(part, t, from, to, token, e))
            return false;
        found->count++;
        if (is_alone(t, from, to))
            found->alone = token;
    }
    return true;
}

static bool use_all(struct form_file *f, const struct found *found, const char *place,
                    struct err *e)
{
    for (size_t i = 0; i < found->count; i++)
        if (!note_use(f, f->in_strings[found->first + i], place, e))
            return false;
    return true;
}

/* ---- reading the texts of a part ---- */

/* The runs between a start tag, already read, and its end; phonetic runs are not shown. */
static bool read_runs(const struct form_part *part, size_t *at, const char *container,
                      struct text *t, struct xml_tag *end, struct err *e)
{
    bool phonetic = false;
    struct xml_tag start = {0};
    text_clear(t);
    while (xml_next(&part->bytes, at, end)) {
        if (end->is_end && xml_is(&part->bytes, end, container))
            return true;
        if (xml_is(&part->bytes, end, "rPh"))
            phonetic = !end->is_end && !end->is_empty;
        else if (xml_is(&part->bytes, end, "t") && !end->is_end)
            start = *end;
        else if (xml_is(&part->bytes, end, "t") && !phonetic &&
                 !text_add(t, part, &start, end->from, e))
            return false;
    }
    return true;
}

static bool add_string(struct form_file *f, const struct found *found, struct err *e)
{
    void *strings = f->strings;
    if (!array_grow(&strings, &f->string_cap, f->string_count + 1, sizeof *f->strings, e))
        return false;
    f->strings = strings;
    f->strings[f->string_count++] = (struct form_string){found->first, found->count, found->alone};
    return true;
}

static bool find_in_strings(struct form_file *f, struct form_part *part, struct err *e)
{
    struct text t = {0};
    struct xml_tag tag;
    struct found found;
    bool ok = true;
    for (size_t at = 0; ok && xml_next(&part->bytes, &at, &tag);) {
        if (tag.is_end || !xml_is(&part->bytes, &tag, "si"))
            continue;
        text_clear(&t);
        ok = (tag.is_empty || read_runs(part, &at, "si", &t, &tag, e)) &&
             take_text(f, part, &t, &found, e) && add_string(f, &found, e);
    }
    text_free(&t);
    return ok;
}

static bool end_paragraph(struct form_file *f, struct form_part *part, struct text *t,
                          struct err *e)
{
    struct found found;
    bool ok = take_text(f, part, t, &found, e) && use_all(f, &found, part->name, e);
    text_clear(t);
    return ok;
}

/* Paragraphs hold others (of text boxes): where any begins or ends, a text does. */
static bool find_in_text(struct form_file *f, struct form_part *part, struct err *e)
{
    struct text t = {0};
    struct xml_tag tag;
    bool ok = true;
    struct xml_tag start = {0};
    for (size_t at = 0; ok && xml_next(&part->bytes, &at, &tag);) {
        if (xml_is(&part->bytes, &tag, "p"))
            ok = end_paragraph(f, part, &t, e);
        else if (!xml_is(&part->bytes, &tag, "t"))
            continue;
        else if (!tag.is_end)
            start = tag;
        else
            ok = text_add(&t, part, &start, tag.from, e);
    }
    text_free(&t);
    return ok;
}

/* ---- cells ---- */

struct cell_reading {
    struct form_file *f;
    struct form_part *part;
    struct xml_tag start;
    struct text text;
    size_t type_from, type_to; /* the attribute's bytes; equal: none */
    bool is_shared, is_formula;
    struct buf place;
};

static bool add_cell(struct cell_reading *c, size_t token, size_t from, size_t to,
                     const struct xml_tag *inside, struct err *e)
{
    void *cells = c->part->cells;
    if (!array_grow(&cells, &c->part->cell_cap, c->part->cell_count + 1, sizeof *c->part->cells, e))
        return false;
    c->part->cells = cells;
    c->part->cells[c->part->cell_count++] =
        (struct form_cell){.token = token,
                           .type_from = c->type_from,
                           .type_to = c->type_to,
                           .from = from,
                           .to = to,
                           .is_inline = inside != NULL,
                           .prefix = c->start.name - c->start.prefix_n,
                           .prefix_n = c->start.prefix_n};
    return true;
}

static void start_cell(struct cell_reading *c, const struct xml_tag *tag)
{
    const struct buf *b = &c->part->bytes;
    size_t start, from, to;
    c->start = *tag;
    c->type_from = c->type_to = 0;
    c->is_shared = c->is_formula = false;
    if (xml_attribute(b, tag, "t", &start, &from, &to)) {
        c->type_from = start - 1; /* the blank before it */
        c->type_to = to + 1;
        c->is_shared = to - from == 1 && b->data[from] == 's';
    }
    buf_clear(&c->place);
    buf_addf(&c->place, "%s!", c->part->title ? c->part->title : c->part->name);
    if (xml_attribute(b, tag, "r", &start, &from, &to))
        buf_add(&c->place, b->data + from, to - from);
}

/* <v>12</v>: the number of a shared string. */
static bool take_shared(struct cell_reading *c, const struct xml_tag *v, struct err *e)
{
    const struct buf *b = &c->part->bytes;
    size_t at = v->to, number = 0;
    for (; at < b->len && b->data[at] >= '0' && b->data[at] <= '9'; at++)
        number = number < SIZE_MAX / 20 ? number * 10 + (size_t)(b->data[at] - '0') : number;
    if (!c->is_shared || at == v->to || number >= c->f->string_count)
        return true;
    const struct form_string *s = &c->f->strings[number];
    const struct found found = {s->first, s->count, s->alone};
    return use_all(c->f, &found, buf_text(&c->place), e) &&
           (s->alone == NO_TOKEN || add_cell(c, s->alone, v->to, at, NULL, e));
}

/* One token alone makes the cell; its edits then know it. */
static bool take_inline(struct cell_reading *c, size_t *at, const struct xml_tag *is, struct err *e)
{
    struct xml_tag end = *is;
    struct found found;
    size_t first = c->part->edit_count, cell = c->part->cell_count;
    if (!read_runs(c->part, at, "is", &c->text, &end, e) ||
        !take_text(c->f, c->part, &c->text, &found, e) ||
        !use_all(c->f, &found, buf_text(&c->place), e))
        return false;
    if (found.alone == NO_TOKEN)
        return true;
    for (size_t i = first; i < c->part->edit_count; i++)
        c->part->edits[i].cell = cell;
    return add_cell(c, found.alone, is->from, end.to, is, e);
}

/* What a formula showed is no longer so, and not every program works it out anew when told to. */
static bool drop_result(struct cell_reading *c, size_t *at, const struct xml_tag *v, struct err *e)
{
    struct xml_tag end = *v;
    while (!(end.is_end && xml_is(&c->part->bytes, &end, "v")) &&
           xml_next(&c->part->bytes, at, &end))
        ;
    const struct form_edit edit = {
        .from = v->from, .to = end.to, .token = NO_TOKEN, .cell = NO_TOKEN};
    return add_edit(c->part, &edit, e);
}

static bool take_value(struct cell_reading *c, size_t *at, const struct xml_tag *v, struct err *e)
{
    return c->is_formula ? drop_result(c, at, v, e) : take_shared(c, v, e);
}

static bool find_in_sheet(struct form_file *f, struct form_part *part, struct err *e)
{
    struct cell_reading c = {.f = f, .part = part};
    struct xml_tag tag;
    bool ok = true;
    for (size_t at = 0; ok && xml_next(&part->bytes, &at, &tag);) {
        if (tag.is_end)
            continue;
        if (xml_is(&part->bytes, &tag, "c"))
            start_cell(&c, &tag);
        else if (xml_is(&part->bytes, &tag, "v") && !tag.is_empty)
            ok = take_value(&c, &at, &tag, e);
        else if (xml_is(&part->bytes, &tag, "is") && !tag.is_empty)
            ok = take_inline(&c, &at, &tag, e);
        c.is_formula |= xml_is(&part->bytes, &tag, "f");
        part->has_formulas |= c.is_formula;
    }
    text_free(&c.text);
    buf_free(&c.place);
    return ok;
}

static int by_place(const void *a, const void *b)
{
    const struct form_edit *x = a, *y = b;
    return (x->from > y->from) - (x->from < y->from);
}

static bool find(struct form_file *f, struct form_part *part, struct err *e)
{
    switch (part->kind) {
    case FORM_STRINGS:
        return find_in_strings(f, part, e);
    case FORM_SHEET:
        return find_in_sheet(f, part, e);
    case FORM_TEXT:
        return find_in_text(f, part, e);
    default:
        return true;
    }
}

bool form_find(struct form_file *f, struct form_part *part, struct err *e)
{
    bool ok = find(f, part, e);
    if (part->edit_count)
        qsort(part->edits, part->edit_count, sizeof *part->edits, by_place);
    return ok;
}
