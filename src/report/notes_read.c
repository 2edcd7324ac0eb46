/* notes_read.c: the lines of the file as sections and blocks. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "report/notes_parts.h"
#include "report/text_file.h"

enum kind { NOTHING, PARAGRAPH, BULLET, TABLE, CODE };

struct reading {
    struct notes *notes;
    struct text_file file;
    enum kind kind;  /* of the block being read */
    struct buf text; /* its text so far */
    struct buf line; /* the line in NFC */
    bool failed;     /* out of memory */
};

void notes_free(struct notes *n)
{
    free(n->sections);
    free(n->blocks);
    arena_free(&n->arena);
    *n = (struct notes){0};
}

/* ---- what is kept ---- */

static const char *keep(struct reading *r, const struct buf *text)
{
    const char *copy = arena_copy(&r->notes->arena, buf_text(text), text->len);
    r->failed |= !copy || text->failed;
    return copy;
}

static void end_block(struct reading *r)
{
    struct notes *n = r->notes;
    void *blocks = n->blocks;
    enum kind kind = r->kind;
    r->kind = NOTHING;
    while (r->text.len && r->text.data[r->text.len - 1] == '\n')
        r->text.data[--r->text.len] = '\0';
    if (!r->text.len)
        return;
    if (!array_grow(&blocks, &n->block_cap, n->block_count + 1, sizeof *n->blocks, NULL)) {
        r->failed = true;
        return;
    }
    n->blocks = blocks;
    n->blocks[n->block_count++] =
        (struct note_block){.role = kind == BULLET ? DOC_BULLET : DOC_BODY,
                            .plain = kind == TABLE || kind == CODE,
                            .text = keep(r, &r->text),
                            .section = n->section_count ? n->section_count - 1 : NOTES_NONE};
    buf_clear(&r->text);
}

static void begin_block(struct reading *r, enum kind kind)
{
    end_block(r);
    r->kind = kind;
}

/* A line of the block being read. */
static void add_line(struct reading *r, const char *line)
{
    r->failed |= !text_nfc(line, strlen(line), &r->line);
    bool lines = r->kind == TABLE || r->kind == CODE;
    if (!lines && r->text.len)
        buf_addc(&r->text, ' ');
    buf_adds(&r->text, buf_text(&r->line));
    if (lines)
        buf_addc(&r->text, '\n');
}

static size_t parent_of(const struct notes *n, int depth)
{
    size_t at = n->section_count ? n->section_count - 1 : NOTES_NONE;
    while (at != NOTES_NONE && n->sections[at].depth >= depth)
        at = n->sections[at].parent;
    return at;
}

static void begin_section(struct reading *r, const char *heading, int depth)
{
    struct notes *n = r->notes;
    void *sections = n->sections;
    end_block(r);
    r->failed |= !text_nfc(heading, strlen(heading), &r->line);
    if (!array_grow(&sections, &n->section_cap, n->section_count + 1, sizeof *n->sections, NULL)) {
        r->failed = true;
        return;
    }
    n->sections = sections;
    n->sections[n->section_count] = (struct note_section){.heading = keep(r, &r->line),
                                                          .line = r->file.line,
                                                          .depth = depth,
                                                          .parent = parent_of(n, depth)};
    n->section_count++;
}

/* ---- lines ---- */

/* "```" or, where it opens, "```sh". */
static bool is_fence(const char *line, bool opens)
{
    if (strncmp(line, "```", 3))
        return false;
    line += strspn(line, "`");
    while (opens && isalnum((unsigned char)*line))
        line++;
    return !line[strspn(line, " \t")];
}

/* "## Heading ##"; the closing marks are taken off. NULL: none. */
static const char *read_heading(char *line, int *depth)
{
    size_t marks = strspn(line, "#");
    char *text = line + marks + strspn(line + marks, " \t"), *end = text + strlen(text);
    while (end > text && strchr(" \t#", end[-1]))
        end--;
    if (!marks || end == text)
        return NULL;
    *end = '\0';
    *depth = (int)marks;
    return text;
}

/* "1. ", "12) ", "a) ": no list of ours, but a paragraph begins. */
static bool is_numbered(const char *line)
{
    size_t digits = strspn(line, "0123456789");
    if (digits)
        return digits <= 2 && strchr(".)", line[digits]) && line[digits + 1] == ' ';
    return *line >= 'a' && *line <= 'z' && line[1] == ')' && line[2] == ' ';
}

static void read_plain_line(struct reading *r, const char *line)
{
    bool is_table = *line == '|';
    if (*line && strchr("-*+", *line) && (line[1] == ' ' || line[1] == '\t')) {
        begin_block(r, BULLET);
        line += 2;
    } else if (is_table != (r->kind == TABLE) || r->kind == NOTHING || is_numbered(line)) {
        begin_block(r, is_table ? TABLE : PARAGRAPH);
    }
    add_line(r, line);
}

static void read_line(struct reading *r, char *line)
{
    int depth = 0;
    char *text = line + strspn(line, " \t");
    const char *heading;
    if (is_fence(text, r->kind != CODE))
        begin_block(r, r->kind == CODE ? NOTHING : CODE);
    else if (r->kind == CODE)
        add_line(r, text);
    else if (!*text)
        end_block(r);
    else if ((heading = read_heading(text, &depth)))
        begin_section(r, heading, depth);
    else
        read_plain_line(r, text);
}

bool notes_read(struct notes *n, const char *path, struct err *e)
{
    struct reading r = {.notes = n};
    *n = (struct notes){0};
    bool ok = text_file_open(&r.file, path, NULL, 0, e);
    for (char *line; ok && (line = text_file_next(&r.file));)
        read_line(&r, line);
    end_block(&r);
    r.failed |= r.text.failed || r.line.failed;
    buf_free(&r.text);
    buf_free(&r.line);
    text_file_free(&r.file);
    return ok && (!r.failed || err_memory(e));
}
