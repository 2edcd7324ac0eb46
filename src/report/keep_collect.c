/* keep_collect.c: own paragraphs under the headings that they stand under, as notes. */
#include <stdlib.h>
#include <string.h>

#include "report/keep_parts.h"

/* The headings above, outermost first. */
enum { DEEPEST = 9 };
struct above {
    const char *text;
    int level;
    bool is_own;
    size_t section; /* in the notes; NOTES_NONE: not there yet */
};

struct collecting {
    struct keeping *k;
    struct above above[DEEPEST];
    size_t depth;
    bool follows_own; /* what stands right before is own and in a field */
    int table;        /* the own one whose lines were added last; 0: another thing was */
    bool failed;
};

static const char *copy(struct collecting *c, const char *text)
{
    const char *made = arena_text(&c->k->notes.arena, text);
    c->failed |= !made;
    return made ? made : "";
}

/* ---- headings ---- */

/* As the new edition calls it, where it still has it. */
static const char *heading_now(const struct keeping *k, size_t i)
{
    size_t now = k->now_of[i];
    return now == ALIGN_NONE ? k->was.items[i].text : k->now.items[now].text;
}

static size_t section_of(struct collecting *c, size_t depth)
{
    struct notes *n = &c->k->notes;
    struct above *at = depth ? &c->above[depth - 1] : NULL;
    if (!at || at->section != NOTES_NONE)
        return at ? at->section : NOTES_NONE;
    size_t parent = section_of(c, depth - 1);
    void *sections = n->sections;
    if (!array_grow(&sections, &n->section_cap, n->section_count + 1, sizeof *n->sections, NULL)) {
        c->failed = true;
        return NOTES_NONE;
    }
    n->sections = sections;
    n->sections[n->section_count] =
        (struct note_section){.heading = copy(c, at->text), .depth = at->level, .parent = parent};
    return at->section = n->section_count++;
}

static void begin_line(struct collecting *c)
{
    keep_begin_line(c->k, c->depth ? c->above[c->depth - 1].text
                                   : tr(c->k->lang, "text of the document"));
}

/* ---- blocks ---- */

static struct note_block *add_block(struct collecting *c, enum doc_role role)
{
    struct notes *n = &c->k->notes;
    size_t section = section_of(c, c->depth);
    void *blocks = n->blocks;
    c->table = 0;
    if (!array_grow(&blocks, &n->block_cap, n->block_count + 1, sizeof *n->blocks, NULL)) {
        c->failed = true;
        return NULL;
    }
    n->blocks = blocks;
    n->blocks[n->block_count] = (struct note_block){.role = role, .text = "", .section = section};
    return &n->blocks[n->block_count++];
}

static void add_plain(struct collecting *c, enum doc_role role, const char *text)
{
    struct note_block *b = add_block(c, role);
    if (!b)
        return;
    b->plain = true;
    b->text = copy(c, text);
}

/* The runs live in the record of the edited edition, which outlives the placing. */
static void add_runs(struct collecting *c, const struct record_item *item)
{
    struct note_block *b = add_block(c, item->is_bullet ? DOC_BULLET : DOC_BODY);
    if (!b)
        return;
    b->text = item->text;
    b->runs = item->runs;
    b->run_count = item->run_count;
}

static void say_kept(struct collecting *c, const char *text)
{
    begin_line(c);
    buf_adds(c->k->said, tr(c->k->lang, "typed outside of the fields for own text, kept at the end "
                                        "of this part: "));
    keep_add_quoted(c->k->said, text);
    buf_addc(c->k->said, '\n');
}

/* One's own heading under which nothing stands is a paragraph of the part above. */
static void leave_headings(struct collecting *c, int level)
{
    while (c->depth && c->above[c->depth - 1].level >= level) {
        const struct above left = c->above[--c->depth];
        if (!left.is_own || left.section != NOTES_NONE)
            continue;
        add_plain(c, DOC_BODY, left.text);
        say_kept(c, left.text);
    }
}

static void enter_heading(struct collecting *c, const char *text, int level, bool is_own)
{
    leave_headings(c, level);
    if (c->depth < DEEPEST)
        c->above[c->depth++] = (struct above){text, level, is_own, NOTES_NONE};
    c->follows_own = is_own;
    c->table = 0;
}

/* ---- paragraphs ---- */

/* The prompt that the text begins with, or NULL. */
static const char *prompt_of(const struct keeping *k, const char *text)
{
    for (size_t i = 0; i < k->was.count; i++) {
        const struct record_item *item = &k->was.items[i];
        size_t n = strlen(item->text);
        if (item->is_prompt && !strncmp(item->text, text, n) && (!text[n] || text[n] == ' '))
            return item->text;
    }
    return NULL;
}

/* "Click or tap here to enter text.": what Word shows in a field that was emptied. */
static bool is_of_word(const char *text)
{
    static const char *const ends[] = {"enter text.", "nhập văn bản."};
    size_t n = strlen(text);
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
        if (n >= strlen(ends[i]) && !strcmp(text + n - strlen(ends[i]), ends[i]))
            return true;
    return false;
}

static void collect_own(struct collecting *c, const struct record_item *item)
{
    const char *prompt = prompt_of(c->k, item->text), *text = item->text;
    c->follows_own |= item->is_own || prompt;
    if (prompt)
        text += strlen(prompt) + (text[strlen(prompt)] == ' ');
    if (!*text || (item->is_prompt && is_of_word(text)))
        return;
    if (prompt)
        add_plain(c, item->is_bullet ? DOC_BULLET : DOC_BODY, text);
    else
        add_runs(c, item);
    if (!c->follows_own)
        say_kept(c, text);
}

static void collect_added(struct collecting *c, const char *text, size_t n)
{
    struct buf added = {0};
    while (n && *text == ' ')
        text++, n--;
    while (n && text[n - 1] == ' ')
        n--;
    buf_add(&added, text, n);
    if (n) {
        add_plain(c, DOC_BODY, buf_text(&added));
        say_kept(c, buf_text(&added));
    }
    c->failed |= added.failed;
    buf_free(&added);
}

/* Before and behind a paragraph of ours. */
static void collect_around(struct collecting *c, const char *was, const char *typed)
{
    size_t before;
    const char *behind;
    if (!keep_split(was, typed, &before, &behind))
        return;
    collect_added(c, typed, before);
    collect_added(c, behind, strlen(behind));
}

/* ---- tables and pictures ---- */

/* Lines with bars, as --notes keeps a table; the rows of one are one block. */
static void collect_row(struct collecting *c, const struct record_item *row)
{
    struct notes *n = &c->k->notes;
    struct buf line = {0};
    bool goes_on = c->table == row->table && n->block_count;
    buf_addf(&line, "%s%s", goes_on ? n->blocks[n->block_count - 1].text : "", goes_on ? "\n" : "");
    for (size_t i = 0; i < row->cell_count; i++)
        buf_addf(&line, "%s%s", i ? " | " : "", row->cells[i]);
    if (goes_on) {
        n->blocks[n->block_count - 1].text = copy(c, buf_text(&line));
    } else {
        add_plain(c, DOC_BODY, buf_text(&line));
        begin_line(c);
        buf_adds(c->k->said, tr(c->k->lang, "a table or row that was typed in is kept as lines of "
                                            "text: "));
        keep_add_quoted(c->k->said, buf_text(&line));
        buf_addc(c->k->said, '\n');
    }
    c->table = row->table;
    c->failed |= line.failed;
    buf_free(&line);
}

static void say_picture(struct collecting *c)
{
    begin_line(c);
    buf_adds(c->k->said, tr(c->k->lang, "a picture cannot be kept: paste it into the new "
                                        "document"));
    buf_addc(c->k->said, '\n');
}

/* ---- all ---- */

static void collect_ours(struct collecting *c, size_t i, const struct record_item *typed)
{
    const struct record_item *was = &c->k->was.items[i];
    c->follows_own = false;
    c->table = 0;
    if (was->kind == RECORD_HEADING)
        enter_heading(c, heading_now(c->k, i), was->level, false);
    if (was->kind == RECORD_TEXT)
        collect_around(c, was->text, typed->text);
    if (was->kind != RECORD_FIGURE && typed->has_picture)
        say_picture(c);
}

static void collect_theirs(struct collecting *c, const struct record_item *typed)
{
    if (typed->kind == RECORD_HEADING)
        enter_heading(c, typed->text, typed->level, true);
    if (typed->kind == RECORD_TEXT)
        collect_own(c, typed);
    if (typed->kind == RECORD_ROW)
        collect_row(c, typed);
    if (typed->has_picture)
        say_picture(c);
}

static void say_left_out(struct keeping *k, size_t n, const char *what)
{
    if (n)
        buf_addf(k->said, "%s: %s: %zu\n", k->path, what, n);
}

void keep_collect(struct keeping *k)
{
    struct collecting c = {.k = k};
    k->notes.once = true;
    for (size_t j = 0; j < k->typed.count; j++) {
        if (k->was_of[j] != ALIGN_NONE)
            collect_ours(&c, k->was_of[j], &k->typed.items[j]);
        else
            collect_theirs(&c, &k->typed.items[j]);
    }
    leave_headings(&c, 0);
    say_left_out(k, k->typed.comments, tr(k->lang, "comments that are not kept"));
    say_left_out(k, k->typed.footnotes, tr(k->lang, "footnotes that are not kept"));
    k->said->failed |= c.failed;
}
