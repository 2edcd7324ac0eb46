/* checker_axis.c: a sheet that is called after an axis speaks of that axis. The sheets XHTE and U18
 * of one workbook both say "Hiếp dâm" and "Đ.142" and mean two categories: what is named in both
 * roots is taken for the one whose code the tab's name holds, else the file's. Whoever says
 * --within is asked instead. */
#include <string.h>

#include "base/text.h"
#include "ingest/checker.h"

static bool has_word(const char *words, const char *word)
{
    size_t n = strlen(word);
    for (const char *at = words; n && (at = strstr(at, word)); at += n)
        if ((at == words || at[-1] == ' ') && (!at[n] || at[n] == ' '))
            return true;
    return false;
}

/* The only root whose code is a word of the name; NO_ENTRY. */
static size_t root_named(const struct directory *d, const char *name)
{
    struct buf words = {0}, code = {0};
    size_t found = NO_ENTRY, count = 0;
    bool ok = text_key(name, strlen(name), &words);
    for (size_t c = 0; ok && c < d->category_count; c++) {
        const struct category *k = &d->categories[c];
        if (k->parent == NO_ENTRY && text_key(k->code, strlen(k->code), &code) &&
            has_word(buf_text(&words), buf_text(&code))) {
            found = c;
            count++;
        }
    }
    buf_free(&words);
    buf_free(&code);
    return count == 1 ? found : NO_ENTRY;
}

/* "a/FILE", "a/FILE[SHEET]". */
void checker_find_axis(struct checker *c)
{
    const char *slash = strrchr(c->file, '/'), *name = slash ? slash + 1 : c->file;
    const char *sheet = strrchr(name, '[');
    c->axis = sheet ? root_named(c->directory, sheet) : NO_ENTRY;
    if (c->axis == NO_ENTRY)
        c->axis = root_named(c->directory, name);
    c->axis_of = c->file;
    c->axis_said = false;
}

/* Said once a sheet, where it decided. */
static void note_choice(struct checker *c, const char *text, size_t n, size_t found)
{
    struct buf why = {0};
    size_t other;
    bool alone =
        directory_find_category(c->directory, text, n, c->at, NO_ENTRY, c->lang, &other, &why);
    if (!c->axis_said && !(alone && other == found)) {
        buf_addf(&c->said,
                 tr(c->lang, "%s: what several axes name was taken for a category of %s, as the "
                             "sheet is called; else say --within\n"),
                 c->file, c->directory->categories[c->axis].code);
        c->axis_said = true;
    }
    buf_free(&why);
}

/* Elsewhere than on the sheet's axis a code or a name is enough, but no alias: that was given for
 * the sheets of its own axis. */
static bool find_elsewhere(struct checker *c, const char *text, size_t n, size_t *found)
{
    struct buf why = {0};
    bool ok = directory_category_named(c->directory, text, n, NO_ENTRY) &&
              directory_find_category(c->directory, text, n, c->at, NO_ENTRY, c->lang, found, &why);
    buf_free(&why);
    return ok;
}

bool checker_find_category(struct checker *c, const char *text, size_t n, size_t *found)
{
    bool by_axis = c->axis != NO_ENTRY && c->within_category == NO_ENTRY && c->parent == c->axis;
    bool ok =
        directory_find_category(c->directory, text, n, c->at, c->parent, c->lang, found, &c->why);
    if (ok && by_axis)
        note_choice(c, text, n, *found);
    if (ok || !by_axis || !find_elsewhere(c, text, n, found))
        return ok;
    buf_clear(&c->why);
    return true;
}
