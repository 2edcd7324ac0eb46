/* form_text.c: the words in the text of one string, cell or paragraph. A word may be cut over
 * several runs: what they hold is read as one text. */
#include <stdlib.h>
#include <string.h>

#include "report/form_parts.h"

/* A longer one is none. */
enum { TOKEN_BYTES = 200 };

void form_text_free(struct form_text *t)
{
    free(t->runs);
    buf_free(&t->joined);
}

void form_text_clear(struct form_text *t)
{
    t->count = 0;
    buf_clear(&t->joined);
}

bool form_text_add(struct form_text *t, const struct form_part *part, const struct xml_tag *tag,
                   size_t to, struct err *e)
{
    size_t from = tag->to;
    void *runs = t->runs;
    if (!array_grow(&runs, &t->cap, t->count + 1, sizeof *t->runs, e))
        return false;
    t->runs = runs;
    t->runs[t->count++] = (struct form_run){*tag, from, to, t->joined.len};
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
static bool next_token(const struct form_text *t, size_t *at, size_t *from, size_t *to)
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

bool form_edit_add(struct form_part *part, const struct form_edit *edit, struct err *e)
{
    void *edits = part->edits;
    if (!array_grow(&edits, &part->edit_cap, part->edit_count + 1, sizeof *part->edits, e))
        return false;
    part->edits = edits;
    part->edits[part->edit_count++] = *edit;
    return true;
}

/* A text that now begins or ends with a blank would lose it. */
static bool keep_blanks(struct form_part *part, const struct form_run *r,
                        const struct form_edit *cut, struct err *e)
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
    return form_edit_add(part, &edit, e);
}

/* The first run that has some of the token takes the value, the others lose what they have. */
static bool cut_token(struct form_part *part, const struct form_text *t, size_t from, size_t to,
                      size_t token, struct err *e)
{
    for (size_t i = 0; i < t->count; i++) {
        const struct form_run *r = &t->runs[i];
        size_t end = r->at + (r->to - r->from);
        size_t first = from > r->at ? from : r->at, last = to < end ? to : end;
        if (first >= last)
            continue;
        struct form_edit edit = {.from = r->from + (first - r->at),
                                 .to = r->from + (last - r->at),
                                 .token = token,
                                 .cell = NO_TOKEN};
        if (!form_edit_add(part, &edit, e) ||
            (token == NO_TOKEN && !keep_blanks(part, r, &edit, e)))
            return false;
        token = NO_TOKEN;
    }
    return true;
}

static bool is_alone(const struct form_text *t, size_t from, size_t to)
{
    const char *text = buf_text(&t->joined);
    size_t n = t->joined.len;
    trim(&text, &n);
    return text == buf_text(&t->joined) + from && n == to - from;
}

static bool keep(struct form_file *f, size_t token, struct err *e)
{
    void *items = f->in_strings;
    if (!array_grow(&items, &f->in_string_cap, f->in_string_count + 1, sizeof *f->in_strings, e))
        return false;
    f->in_strings = items;
    f->in_strings[f->in_string_count++] = token;
    return true;
}

bool form_text_take(struct form_file *f, struct form_part *part, const struct form_text *t,
                    struct form_found *found, struct err *e)
{
    size_t at = 0, from, to, token;
    *found = (struct form_found){.first = f->in_string_count, .alone = NO_TOKEN};
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

bool form_found_use(struct form_file *f, const struct form_found *found, const char *place,
                    struct err *e)
{
    for (size_t i = 0; i < found->count; i++)
        if (!note_use(f, f->in_strings[found->first + i], place, e))
            return false;
    return true;
}

/* ---- reading the texts of a part ---- */

/* The runs between a start tag, already read, and its end; phonetic runs are not shown. */
bool form_text_read(const struct form_part *part, size_t *at, const char *container,
                    struct form_text *t, struct xml_tag *end, struct err *e)
{
    bool phonetic = false;
    struct xml_tag start = {0};
    form_text_clear(t);
    while (xml_next(&part->bytes, at, end)) {
        if (end->is_end && xml_is(&part->bytes, end, container))
            return true;
        if (xml_is(&part->bytes, end, "rPh"))
            phonetic = !end->is_end && !end->is_empty;
        else if (xml_is(&part->bytes, end, "t") && !end->is_end)
            start = *end;
        else if (xml_is(&part->bytes, end, "t") && !phonetic &&
                 !form_text_add(t, part, &start, end->from, e))
            return false;
    }
    return true;
}
