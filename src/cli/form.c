/* form: the superior's own form with our figures in it, and the words that it may hold. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/form_private.h"
#include "cli/output.h"
#include "sys/sys.h"

struct work {
    const struct request *request;
    struct session s;
    struct form_desk desk;
    struct form_file *file; /* NULL: none was named */
    struct form_word *words;
    struct form_value *values;
    struct buf unknown; /* lines: what has no figure */
    size_t unknown_count;
};

/* ---- the words of a form ---- */

static bool fail_word(const struct work *x, const struct form_token *t, struct err *e)
{
    struct buf near = {0};
    const char *path = x->request->args.positional[1];
    form_word_near(&x->desk, t->text, &near);
    if (near.len)
        err_set(e, ERR_INPUT,
                "%s: %s: {{%s}} is no word that can be filled in; nearest: {{%s}}; all of them: "
                "keogiam form tokens",
                path, t->place, t->text, buf_text(&near));
    else
        err_set(e, ERR_INPUT,
                "%s: %s: {{%s}} is no word that can be filled in; all of them: keogiam form tokens",
                path, t->place, t->text);
    buf_free(&near);
    return false;
}

static bool read_words(struct work *x, struct err *e)
{
    size_t count = form_token_count(x->file);
    x->words = calloc(count + 1, sizeof *x->words);
    x->values = calloc(count + 1, sizeof *x->values);
    if (!x->words || !x->values)
        return err_memory(e);
    for (size_t i = 0; i < count; i++) {
        const struct form_token *t = form_token(x->file, i);
        if (!form_word_read(&x->desk, t->text, &x->words[i]))
            return fail_word(x, t, e);
    }
    return count || err_set(e, ERR_INPUT,
                            "%s: holds no word in double braces: write for example "
                            "{{XHTE.vu.kynay}} into the cells that are to be filled in; all words: "
                            "keogiam form tokens",
                            x->request->args.positional[1]);
}

static void note_unknown(struct work *x, const struct form_token *t, const struct form_figure *f)
{
    enum lang lang = x->s.talk;
    x->unknown_count += !f->known;
    buf_addf(&x->unknown,
             f->known ? tr(lang, "%s: {{%s}} is what is recorded so far: %s")
                      : tr(lang, "%s: {{%s}} is left open: %s"),
             t->place, t->text, f->why);
    buf_addc(&x->unknown, '\n');
}

static bool read_values(struct work *x, struct err *e)
{
    for (size_t i = 0; i < form_token_count(x->file); i++) {
        struct form_figure f;
        if (!form_figure(&x->desk, &x->words[i], &f, e))
            return false;
        x->values[i] = f.value;
        if (*f.why)
            note_unknown(x, form_token(x->file, i), &f);
    }
    return !x->unknown.failed || err_memory(e);
}

/* ---- fill ---- */

static bool check_output(const struct work *x, const char **path, struct err *e)
{
    const char *form = x->request->args.positional[1];
    *path = arg(x->request, OPT_OUTPUT);
    if (!*path)
        return err_set(e, ERR_USAGE, "form fill: name the file to be written with -o");
    return strcmp(*path, form) != 0 ||
           err_set(e, ERR_USAGE, "-o %s: is the form itself: name another file", *path);
}

static void leave_audit_line(struct work *x, const char *path)
{
    struct err unwritten = {0};
    struct buf line = {0};
    int64_t state = x->s.state;
    bool ok = state != STATE_NOW || store_last_load(x->s.store, &state, &unwritten);
    static const enum option_id asked[] = {OPT_AGAINST, OPT_PLAN, OPT_BASIS, OPT_UNITS_AS_OF,
                                           OPT_SPLIT};
    buf_addf(&line, "fill %s period=%s unit=%s calendar=%02d-%02d state=%lld",
             x->request->args.positional[1], x->desk.periods[FORM_NOW].label, x->desk.body,
             x->s.calendar.month, x->s.calendar.mday, (long long)state);
    for (size_t i = 0; i < sizeof asked / sizeof asked[0]; i++)
        if (arg(x->request, asked[i]))
            buf_addf(&line, " %s=%s", options[asked[i]].name, arg(x->request, asked[i]));
    buf_addf(&line, " words=%zu open=%zu to=%s", form_token_count(x->file), x->unknown_count, path);
    if (!ok || !session_audit(&x->s, "form", &line))
        output_say(tr(x->s.talk, "the database cannot be written: this form leaves no line "
                                 "in its audit table"));
    buf_free(&line);
}

static void say_filled(const struct work *x, const char *path)
{
    enum lang lang = x->s.talk;
    output_say(buf_text(&x->unknown));
    if (*form_left(x->file)) {
        struct buf line = {0};
        buf_addf(&line, tr(lang, "braces that were not filled in, look there: %s"),
                 form_left(x->file));
        output_say(buf_text(&line));
        buf_free(&line);
    }
    if (x->s.synthetic)
        output_say(tr(lang, "the figures are simulated: nothing in the form says so"));
    if (arg(x->request, OPT_QUIET))
        return;
    printf(tr(lang, "%s: written, words filled in: %zu, left open: %zu\n"), path,
           form_token_count(x->file) - x->unknown_count, x->unknown_count);
    if (form_has_formulas(x->file))
        printf(tr(lang, "%s: its formulas are worked out anew when it is opened\n"), path);
}

static bool fill(struct work *x, struct err *e)
{
    const char *path;
    struct buf whole = {0};
    bool ok = check_output(x, &path, e) && read_words(x, e) && read_values(x, e) &&
              form_fill(x->file, x->values, &whole, e) &&
              sys_write_whole(path, buf_text(&whole), whole.len, e);
    buf_free(&whole);
    if (ok) {
        leave_audit_line(x, path);
        say_filled(x, path);
    }
    return ok;
}

/* ---- tokens ---- */

static const struct column columns[] = {
    {"token", N_("Word"), COLUMN_TEXT, 0},      {"value", N_("Now stands for"), COLUMN_TEXT, 0},
    {"meaning", N_("Meaning"), COLUMN_TEXT, 0}, {"place", N_("Place"), COLUMN_TEXT, 0},
    {"note", N_("Note"), COLUMN_TEXT, 0},
};
static const struct view views[] = {
    {N_("Word"), VIEW_CELL, "token", NULL, NULL},
    {N_("Now stands for"), VIEW_CELL, "value", NULL, NULL},
    {N_("Meaning"), VIEW_CELL, "meaning", NULL, NULL},
    {N_("Place"), VIEW_CELL, "place", NULL, NULL},
};
enum { VIEWS = sizeof views / sizeof views[0] };

struct listing {
    struct work *x;
    struct result r;
    size_t *categories; /* told in full */
    size_t category_count;
};

static bool add_row(struct listing *l, const struct form_word *w, const char *place, struct err *e)
{
    struct buf b = {0};
    struct form_figure f;
    struct form_desk *d = &l->x->desk;
    if (!form_figure(d, w, &f, e))
        return false;
    struct cell *row = result_add_row(&l->r, e);
    if (!row)
        return false;
    buf_adds(&b, "{{");
    form_word_name(d, w, &b);
    buf_adds(&b, "}}");
    row[0] = cell_text(arena_text(&l->r.arena, buf_text(&b)));
    buf_clear(&b);
    form_word_meaning(d, w, &b);
    row[1] = cell_text(arena_text(&l->r.arena, f.value.text));
    row[2] = cell_text(arena_text(&l->r.arena, buf_text(&b)));
    row[3] = cell_text(arena_text(&l->r.arena, place));
    row[4] = cell_text(arena_text(&l->r.arena, f.why));
    bool ok = !b.failed && row[0].as.s && row[2].as.s;
    buf_free(&b);
    return ok || err_memory(e);
}

/* Of the categories named, else of the roots; of the others the cases of this period. */
static bool is_told(const struct listing *l, const struct form_word *w)
{
    const struct category *c = l->x->s.directory.categories;
    if (w->kind != WORD_FIGURE)
        return !l->category_count;
    for (size_t i = 0; i < l->category_count; i++)
        if (l->categories[i] == w->category)
            return true;
    if (l->category_count)
        return false;
    return c[w->category].root == w->category || (w->measure == FORM_CASES && w->span == FORM_NOW);
}

static bool add_word(void *context, const struct form_word *w, struct err *e)
{
    struct listing *l = context;
    return !is_told(l, w) || add_row(l, w, "", e);
}

static bool list_words(struct listing *l, struct err *e)
{
    struct work *x = l->x;
    if (!x->file)
        return session_categories(&x->s, OPT_CATEGORY, &l->categories, &l->category_count, e) &&
               form_each_word(&x->desk, add_word, l, e) &&
               result_add_footer(&l->r, e,
                                 tr(x->s.lang, "Every category takes every word (--category CODE "
                                               "lists them); of one unit: {{U:CODE.…}}."));
    if (!read_words(x, e))
        return false;
    for (size_t i = 0; i < form_token_count(x->file); i++)
        if (!add_row(l, &x->words[i], form_token(x->file, i)->place, e))
            return false;
    return true;
}

static bool tokens(struct work *x, struct err *e)
{
    struct listing l = {.x = x};
    result_init(&l.r, "form", columns, sizeof columns / sizeof columns[0], x->s.lang);
    l.r.views = views;
    l.r.view_count = x->file ? VIEWS : VIEWS - 1;
    l.r.synthetic = x->s.synthetic;
    bool ok = list_words(&l, e) && session_show(&x->s, &l.r, e);
    free(l.categories);
    result_free(&l.r);
    return ok;
}

/* ---- the command ---- */

static bool choose(const struct request *r, bool *is_fill, struct err *e)
{
    const struct args *a = &r->args;
    *is_fill = !strcmp(a->positional[0], "fill") || !strcmp(a->positional[0], "dien");
    if (!*is_fill && strcmp(a->positional[0], "tokens") && strcmp(a->positional[0], "tukhoa"))
        return err_set(e, ERR_USAGE,
                       "form %s: is nothing to do with a form: fill FILE -o FILE, or tokens [FILE]",
                       a->positional[0]);
    return !*is_fill || a->positional_count == 2 ||
           err_set(e, ERR_USAGE, "form fill: which form? form fill FILE -o FILE");
}

static bool open_session(struct work *x, bool is_fill, struct err *e)
{
    struct err unwritten;
    if (is_fill ? !session_open_any(&x->s, x->request, &unwritten, e)
                : !session_open(&x->s, x->request, STORE_READ, e))
        return false;
    session_speak_for_documents(&x->s);
    return true;
}

bool command_form(const struct request *r, struct err *e)
{
    struct work x = {.request = r};
    bool is_fill;
    const char *path = r->args.positional_count > 1 ? r->args.positional[1] : NULL;
    if (!choose(r, &is_fill, e) || !open_session(&x, is_fill, e))
        return false;
    bool ok = (!path || form_open(&x.file, path, e)) && form_desk_init(&x.desk, &x.s, e) &&
              (is_fill ? fill(&x, e) : tokens(&x, e));
    form_close(x.file);
    form_desk_free(&x.desk);
    free(x.words);
    free(x.values);
    buf_free(&x.unknown);
    session_close(&x.s);
    return ok;
}
