#include "cli/suggest.h"

#include "cli/output.h"
#include "report/show.h"

/* The analyst corrects `code`; what stands beside it is to be read. Heads as kind_reference.c knows
 * them. */
static const struct column english[] = {
    {"kind", "", COLUMN_TOKEN, 0},      {"spelling", "", COLUMN_TEXT, 0},
    {"count", "", COLUMN_COUNT, 0},     {"guess", "", COLUMN_TEXT, 0},
    {"guess_name", "", COLUMN_TEXT, 0}, {"code", "", COLUMN_TEXT, 0},
    {"candidates", "", COLUMN_TEXT, 0},
};
static const struct column vietnamese[] = {
    {"cột", "", COLUMN_TOKEN, 0},      {"cách ghi trong tệp", "", COLUMN_TEXT, 0},
    {"số lần", "", COLUMN_COUNT, 0},   {"gợi ý", "", COLUMN_TEXT, 0},
    {"tên gợi ý", "", COLUMN_TEXT, 0}, {"mã đúng", "", COLUMN_TEXT, 0},
    {"có thể là", "", COLUMN_TEXT, 0},
};
enum { COLUMNS = sizeof english / sizeof english[0] };

static const char *kind_name(const struct lists *l, int kind, enum lang lang)
{
    size_t count;
    const struct list_item *item = &lists_items(l, "alias_kind", &count)[kind];
    return lang == LANG_VI ? item->name_vi : item->code;
}

static bool fill(struct result *r, const struct suggestions *s, const struct lists *l,
                 struct err *e)
{
    for (size_t i = 0; i < s->count; i++) {
        const struct suggestion *x = &s->items[i];
        struct cell *cells = result_add_row(r, e);
        if (!cells)
            return false;
        const struct cell row[COLUMNS] = {cell_text(kind_name(l, x->kind, r->lang)),
                                          cell_text(x->spelling),
                                          cell_int(x->count),
                                          cell_text(x->code),
                                          cell_text(x->name),
                                          cell_text(x->code),
                                          cell_text(x->others)};
        for (size_t c = 0; c < COLUMNS; c++)
            cells[c] = row[c];
    }
    return true;
}

static bool write_file(const struct suggestions *s, const struct lists *l, const char *path,
                       struct err *e)
{
    struct result r;
    struct buf text = {0};
    struct output out;
    result_init(&r, "check", e->lang == LANG_VI ? vietnamese : english, COLUMNS, e->lang);
    bool ok = fill(&r, s, l, e) && (show_csv(&r, true, &text) || err_memory(e)) &&
              output_open(&out, path, true, e);
    if (ok) {
        ok = output_write(&out, buf_text(&text), text.len, e);
        ok = ok ? output_close(&out, e) : (output_abort(&out), false);
    }
    buf_free(&text);
    result_free(&r);
    return ok;
}

static void say_guess(const struct suggestion *x, FILE *talk, enum lang lang)
{
    if (*x->code)
        fprintf(talk, tr(lang, "  \"%s\" (%lld): %s %s?\n"), x->spelling, (long long)x->count,
                x->code, x->name);
    else if (*x->others)
        fprintf(talk, tr(lang, "  \"%s\" (%lld): one of %s?\n"), x->spelling, (long long)x->count,
                x->others);
    else
        fprintf(talk, tr(lang, "  \"%s\" (%lld): no guess\n"), x->spelling, (long long)x->count);
}

static void say_items(const struct suggestions *s, const char *file, const char *path, FILE *talk,
                      enum lang lang)
{
    enum { SHOWN = 5 };
    fprintf(talk, tr(lang, "%s: spellings that are not known: %zu (in %lld cells)\n"), file,
            s->count, (long long)s->cells);
    for (size_t i = 0; i < s->count && i < SHOWN; i++)
        say_guess(&s->items[i], talk, lang);
    if (s->count > SHOWN)
        fprintf(talk, tr(lang, "  … and %zu more\n"), s->count - SHOWN);
    fprintf(talk,
            tr(lang, "Now: open %s with Excel, correct the column 'code' (empty it where the "
                     "spelling is to stay refused), save, and type:\n"
                     "  keogiam load %s\n"
                     "It copies what was typed into the file: keep it as the file itself, and "
                     "delete it when it is loaded.\n"),
            path, path);
}

static void say_rest(const struct suggestions *s, const char *file, FILE *talk, enum lang lang)
{
    if (s->held)
        fprintf(talk,
                tr(lang, "%s: cells that read like a person's name or a long text, not copied: "
                         "%lld; look at them in the file\n"),
                file, (long long)s->held);
    if (s->several)
        fprintf(talk,
                tr(lang,
                   "%s: cells whose name fits several things: %lld, the first \"%s\"; of units "
                   "write xã or thị trấn before the name, or the code; of categories say "
                   "--within XHTE or --within U18\n"),
                file, (long long)s->several, buf_text(&s->example));
}

bool suggest_write(struct suggestions *s, const struct session *session, const struct lists *lists,
                   const char *file, FILE *talk, struct err *e)
{
    struct buf path = {0};
    buf_addf(&path, "%s.aliases.csv", file);
    bool ok = (!path.failed || err_memory(e)) &&
              suggestions_guess(s, &session->directory, lists, e->lang, e) &&
              (!s->count || write_file(s, lists, buf_text(&path), e));
    if (ok && talk && s->count)
        say_items(s, file, buf_text(&path), talk, e->lang);
    else if (ok && talk && !s->held && !s->several)
        fprintf(talk, tr(e->lang, "%s: every unit, category and value is known: nothing to do\n"),
                file);
    if (ok && talk)
        say_rest(s, file, talk, e->lang);
    buf_free(&path);
    return ok;
}
