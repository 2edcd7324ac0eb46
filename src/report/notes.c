#include "report/notes.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/near.h"
#include "base/text.h"
#include "report/notes_parts.h"

/* A heading of the document. */
struct place {
    struct doc_block *block;
    const char *text;
    const char *key, *marked; /* of the text without its number */
    size_t parent;            /* the heading above; NOTES_NONE */
};

struct placing {
    struct doc *d;
    const char *path;
    struct notes *notes;
    struct place *places;
    size_t place_count;
    size_t *found;            /* the place of each section; NOTES_NONE: it has none */
    struct doc_block **heads; /* the heading of each section in the document; NULL: none yet */
    bool *fits;               /* the places that the section at hand may mean */
    struct buf *unknown;
    enum lang lang; /* of messages: the terminal's, not the document's */
};

/* ---- the words of a heading ---- */

static bool is_roman(const char *text, size_t n)
{
    return n && n <= 6 && (strspn(text, "IVXLC") >= n || strspn(text, "ivxlc") >= n);
}

/* "II. ", "2. ", "1.2. ", "a) ", "đ/ ": what stands behind it. */
static const char *behind_number(const char *text)
{
    const char *at = text + strspn(text, "* ");
    for (;;) {
        size_t n = strcspn(at, ".)/ ");
        bool letter = n == 1 ? isalpha((unsigned char)*at) : n == 2 && (unsigned char)*at >= 0xc0;
        bool digits = n && n <= 3 && strspn(at, "0123456789") == n;
        if (!at[n] || at[n] == ' ' || !(letter || digits || is_roman(at, n)))
            return text;
        at += n + 1;
        if (*at == ' ')
            return at + 1;
    }
}

static const char *key_of(struct placing *p, const char *text, size_t n, bool marked)
{
    struct buf key = {0};
    bool made = marked ? text_key_marked(text, n, &key) : text_key(text, n, &key);
    const char *kept = made ? arena_text(&p->notes->arena, buf_text(&key)) : NULL;
    p->d->failed |= !kept || key.failed;
    buf_free(&key);
    return kept ? kept : "";
}

/* ---- the headings of the document ---- */

static bool is_heading(const struct doc_block *b)
{
    return b->type == DOC_HEADING || b->type == DOC_APPENDIX;
}

/* An appendix is a chapter. */
static int level_of(const struct doc_block *b)
{
    return b->type == DOC_APPENDIX ? 1 : b->level;
}

static void add_place(struct placing *p, struct doc_block *b)
{
    struct buf text = {0};
    size_t parent = p->place_count ? p->place_count - 1 : NOTES_NONE;
    while (parent != NOTES_NONE && level_of(p->places[parent].block) >= level_of(b))
        parent = p->places[parent].parent;
    doc_block_text(b, &text);
    const char *kept = arena_text(&p->notes->arena, buf_text(&text));
    p->d->failed |= !kept || text.failed;
    kept = kept ? kept : "";
    const char *words = behind_number(kept);
    p->places[p->place_count++] = (struct place){.block = b,
                                                 .text = kept,
                                                 .key = key_of(p, words, strlen(words), false),
                                                 .marked = key_of(p, words, strlen(words), true),
                                                 .parent = parent};
    buf_free(&text);
}

/* ---- which one is meant ---- */

struct wanted {
    const char *key, *marked; /* of the last words of the path */
    const char *above;        /* key of the words before them */
    size_t parent;            /* the place that the section above has */
};

static bool has_key(const struct placing *p, size_t place, const struct wanted *w)
{
    return !strcmp(p->places[place].key, w->key);
}

static bool has_marks(const struct placing *p, size_t place, const struct wanted *w)
{
    return !strcmp(p->places[place].marked, w->marked);
}

static bool is_below_words(const struct placing *p, size_t place, const struct wanted *w)
{
    size_t at = p->places[place].parent;
    while (at != NOTES_NONE && strcmp(p->places[at].key, w->above))
        at = p->places[at].parent;
    return at != NOTES_NONE;
}

static bool is_below_parent(const struct placing *p, size_t place, const struct wanted *w)
{
    size_t at = p->places[place].parent;
    while (at != NOTES_NONE && at != w->parent)
        at = p->places[at].parent;
    return at != NOTES_NONE;
}

typedef bool (*place_test)(const struct placing *, size_t, const struct wanted *);

/* Leaves those that pass, how many; where none does and not `always`, all stay. */
static size_t narrow(struct placing *p, const struct wanted *w, place_test test, bool always)
{
    size_t stay = 0, pass = 0;
    for (size_t i = 0; i < p->place_count; i++) {
        stay += p->fits[i];
        pass += p->fits[i] && test(p, i, w);
    }
    if (!pass && !always)
        return stay;
    for (size_t i = 0; i < p->place_count; i++)
        p->fits[i] = p->fits[i] && test(p, i, w);
    return pass;
}

/* Marks the places of that name; how many. `path`: "above / name". */
static size_t find_named(struct placing *p, struct wanted *w, const char *heading, bool path)
{
    const char *slash = path ? strrchr(heading, '/') : NULL;
    const char *name = behind_number(slash ? slash + 1 + strspn(slash + 1, " ") : heading);
    w->key = key_of(p, name, strlen(name), false);
    w->marked = key_of(p, name, strlen(name), true);
    for (size_t i = 0; i < p->place_count; i++)
        p->fits[i] = *w->key != '\0';
    size_t count = narrow(p, w, has_key, true);
    if (!slash || !count)
        return count;
    const char *above = behind_number(heading);
    w->above = key_of(p, above, (size_t)(slash - above), false);
    return narrow(p, w, is_below_words, true);
}

/* A name may have a slash of its own, so the whole is tried first. */
static size_t find_places(struct placing *p, size_t section)
{
    const struct note_section *s = &p->notes->sections[section];
    struct wanted w = {.parent = s->parent == NOTES_NONE ? NOTES_NONE : p->found[s->parent]};
    size_t count = find_named(p, &w, s->heading, false);
    if (!count && strchr(s->heading, '/'))
        count = find_named(p, &w, s->heading, true);
    if (count > 1)
        count = narrow(p, &w, has_marks, false);
    if (count > 1)
        count = narrow(p, &w, is_below_parent, false);
    return count;
}

/* ---- what is said of those that have no place ---- */

/* "FILE:LINE"; of what has no lines "FILE". */
static void begin_line(struct placing *p, const struct note_section *s)
{
    buf_adds(p->unknown, p->path);
    if (s->line)
        buf_addf(p->unknown, ":%zu", s->line);
    buf_adds(p->unknown, ": ");
}

static void say_many(struct placing *p, const struct note_section *s, size_t count)
{
    begin_line(p, s);
    buf_addf(p->unknown,
             tr(p->lang, "%zu headings are called '%s': its text stands at the end: write the "
                         "heading above before it: '… / %s'"),
             count, s->heading, s->heading);
    buf_addc(p->unknown, '\n');
}

static void say_unknown(struct placing *p, const struct note_section *s)
{
    const char *words = behind_number(s->heading);
    const char *key = key_of(p, words, strlen(words), false);
    struct near_word near = {0};
    for (size_t i = 0; i < p->place_count; i++)
        near_offer(&near, key, p->places[i].key, p->places[i].text, strlen(key) / 2);
    begin_line(p, s);
    if (near.word)
        buf_addf(p->unknown,
                 tr(p->lang, "no heading is called '%s': its text stands at the end: the nearest "
                             "is '%s'"),
                 s->heading, near.word);
    else
        buf_addf(p->unknown, tr(p->lang, "no heading is called '%s': its text stands at the end"),
                 s->heading);
    buf_addc(p->unknown, '\n');
}

static void find_section(struct placing *p, size_t section)
{
    size_t count = find_places(p, section), at = 0;
    p->found[section] = NOTES_NONE;
    if (count != 1) {
        if (count)
            say_many(p, &p->notes->sections[section], count);
        else
            say_unknown(p, &p->notes->sections[section]);
        return;
    }
    while (!p->fits[at])
        at++;
    p->found[section] = at;
    p->heads[section] = p->places[at].block;
}

/* ---- into the document ---- */

static size_t index_of(const struct doc *d, const struct doc_block *b)
{
    size_t at = 0;
    while (at < d->block_count && d->blocks[at] != b)
        at++;
    return at;
}

static bool is_last(const struct doc_block *b)
{
    return b->type == DOC_CLOSING || (b->type == DOC_PARAGRAPH && b->role == DOC_LAST);
}

/* Where the section that begins before `at` ends. */
static size_t section_end(const struct doc *d, size_t at)
{
    while (at < d->block_count && !is_heading(d->blocks[at]) && !is_last(d->blocks[at]))
        at++;
    return at;
}

/* Before the last sentence, and before the appendices where there is none. */
static size_t body_end(const struct doc *d)
{
    size_t at = 0;
    while (at < d->block_count && !is_last(d->blocks[at]) && d->blocks[at]->type != DOC_APPENDIX)
        at++;
    return at;
}

static void drop_prompts(struct doc *d, size_t at)
{
    for (size_t end = section_end(d, at); end-- > at;)
        if (d->blocks[end]->type == DOC_PARAGRAPH && d->blocks[end]->role == DOC_PROMPT)
            doc_remove(d, end);
}

/* The heading of a section without a place, below that of the section it is nested in where that
 * has no place either. */
static void add_head(struct placing *p, size_t section)
{
    const struct note_section *s = &p->notes->sections[section];
    int level = 1;
    if (s->parent != NOTES_NONE && p->found[s->parent] == NOTES_NONE) {
        if (!p->heads[s->parent])
            add_head(p, s->parent);
        level += p->heads[s->parent] ? p->heads[s->parent]->level : 0;
    }
    struct doc_block *b = doc_block_new(p->d, DOC_HEADING);
    p->heads[section] = b;
    if (!b)
        return;
    b->level = level < 3 ? level : 3;
    b->is_own = true;
    notes_add_runs(p->d, b, behind_number(s->heading));
    doc_insert(p->d, body_end(p->d), b);
}

static void add_text(struct doc *d, struct doc_block *b, const struct note_block *note)
{
    for (size_t i = 0; i < note->run_count; i++)
        doc_run(d, b, note->runs[i].text, note->runs[i].bold, note->runs[i].italic);
    if (!note->run_count && note->plain)
        doc_run(d, b, note->text, false, false);
    else if (!note->run_count)
        notes_add_runs(d, b, note->text);
}

/* The same words are own text of that section already: another file brought them. */
static bool stands_already(const struct doc *d, size_t at, const char *text)
{
    struct buf own = {0}, there = {0}, other = {0};
    bool found = false, ok = text_nfc(text, strlen(text), &own);
    for (size_t end = section_end(d, at); ok && !found && at < end; at++) {
        buf_clear(&there);
        doc_block_text(d->blocks[at], &there);
        found = d->blocks[at]->is_own && text_nfc(buf_text(&there), there.len, &other) &&
                !strcmp(buf_text(&own), buf_text(&other));
    }
    buf_free(&own);
    buf_free(&there);
    buf_free(&other);
    return found;
}

static void place_block(struct placing *p, const struct note_block *note)
{
    struct doc *d = p->d;
    size_t at = 0;
    if (note->section != NOTES_NONE) {
        if (!p->heads[note->section])
            add_head(p, note->section);
        at = index_of(d, p->heads[note->section]) + 1;
        if (d->failed)
            return;
        drop_prompts(d, at);
    }
    if (p->notes->once && stands_already(d, at, note->text))
        return;
    struct doc_block *b = doc_block_new(d, DOC_PARAGRAPH);
    if (!b)
        return;
    b->role = note->role;
    b->is_own = true;
    add_text(d, b, note);
    doc_insert(d, section_end(d, at), b);
}

/* ---- the whole ---- */

static bool make_room(struct placing *p, struct err *e)
{
    size_t blocks = p->d->block_count + 1, sections = p->notes->section_count + 1;
    p->places = calloc(blocks, sizeof *p->places);
    p->fits = calloc(blocks, sizeof *p->fits);
    p->found = calloc(sections, sizeof *p->found);
    p->heads = calloc(sections, sizeof *p->heads);
    return (p->places && p->fits && p->found && p->heads) || err_memory(e);
}

static void place_all(struct placing *p)
{
    for (size_t i = 0; i < p->d->block_count; i++)
        if (is_heading(p->d->blocks[i]))
            add_place(p, p->d->blocks[i]);
    for (size_t i = 0; i < p->notes->section_count; i++)
        find_section(p, i);
    for (size_t i = 0; i < p->notes->block_count; i++)
        place_block(p, &p->notes->blocks[i]);
}

bool notes_place(struct doc *d, struct notes *notes, const char *path, struct buf *unknown,
                 struct err *e)
{
    struct placing p = {
        .d = d, .notes = notes, .path = path, .unknown = unknown, .lang = e ? e->lang : LANG_EN};
    bool ok = make_room(&p, e);
    if (ok)
        place_all(&p);
    free(p.places);
    free(p.fits);
    free(p.found);
    free(p.heads);
    return ok && (!(d->failed || unknown->failed) || err_memory(e));
}

bool notes_apply(struct doc *d, const char *path, struct buf *unknown, struct err *e)
{
    struct notes notes;
    bool ok = notes_read(&notes, path, e) && notes_place(d, &notes, path, unknown, e);
    notes_free(&notes);
    return ok;
}
