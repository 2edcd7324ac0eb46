#include "report/keep.h"

#include <stdlib.h>
#include <string.h>

#include "report/docx.h"
#include "report/keep_parts.h"

static bool check_name(const char *path, struct err *e)
{
    size_t n = strlen(path);
    return (n > 5 && !strcmp(path + n - 5, ".docx")) ||
           err_set(e, ERR_INPUT,
                   "--keep %s: is no Word document (.docx): open it in Word and save it as .docx",
                   path);
}

static bool check_origin(const struct keeping *k, bool found, struct err *e)
{
    const char *of = k->d->of ? k->d->of : "";
    if (!found)
        return err_set(e, ERR_INPUT,
                       "--keep %s: does not say what keogiam wrote in it: it is of another "
                       "program, or older than --keep: put your paragraphs into a text file and "
                       "give it with --notes",
                       k->path);
    return !strcmp(k->was.of, of) ||
           err_set(e, ERR_INPUT,
                   "--keep %s: is an edition of 'report %s', not of 'report %s': its paragraphs "
                   "belong there",
                   k->path, k->was.of, of);
}

static bool read_edited(struct keeping *k, struct err *e)
{
    struct office *o;
    bool found = false;
    if (!check_name(k->path, e) || !office_open(&o, k->path, e))
        return false;
    bool ok = record_read(&k->was, o, &found, e) && check_origin(k, found, e) &&
              record_read_document(&k->typed, o, k->path, e);
    office_close(o);
    return ok;
}

/* What the writer would write: its own paragraphs are marked as such. */
static bool read_new(struct keeping *k, struct err *e)
{
    struct docx x = {.d = k->d};
    docx_document(&x);
    bool ok = (!x.xml.failed || err_memory(e)) && record_read_written(&k->now, &x.xml, e);
    buf_free(&x.xml);
    return ok;
}

static bool align_all(struct keeping *k, struct err *e)
{
    k->typed_of = calloc(k->was.count + 1, sizeof *k->typed_of);
    k->now_of = calloc(k->was.count + 1, sizeof *k->now_of);
    k->was_of = calloc(k->typed.count + 1, sizeof *k->was_of);
    if (!k->typed_of || !k->now_of || !k->was_of)
        return err_memory(e);
    if (!align_records(&k->was, &k->typed, k->typed_of, e) ||
        !align_records(&k->was, &k->now, k->now_of, e))
        return false;
    for (size_t j = 0; j < k->typed.count; j++)
        k->was_of[j] = ALIGN_NONE;
    for (size_t i = 0; i < k->was.count; i++)
        if (k->typed_of[i] != ALIGN_NONE)
            k->was_of[k->typed_of[i]] = i;
    return true;
}

static void say_total(struct keeping *k)
{
    buf_addf(k->said, tr(k->lang, "%s: own paragraphs kept: %zu; figures typed over: %zu"), k->path,
             k->notes.block_count, k->figures);
    buf_addc(k->said, '\n');
}

static bool carry_over(struct keeping *k, struct err *e)
{
    keep_say_changes(k);
    keep_collect(k);
    if (!notes_place(k->d, &k->notes, k->path, k->said, e))
        return false;
    say_total(k);
    return !k->said->failed || err_memory(e);
}

bool keep_apply(struct doc *d, const char *path, struct buf *said, struct err *e)
{
    struct keeping k = {.d = d, .path = path, .said = said, .lang = e ? e->lang : LANG_EN};
    bool ok = read_edited(&k, e) && read_new(&k, e) && align_all(&k, e) && carry_over(&k, e);
    free(k.typed_of);
    free(k.now_of);
    free(k.was_of);
    record_free(&k.was);
    record_free(&k.typed);
    record_free(&k.now);
    notes_free(&k.notes);
    return ok;
}
