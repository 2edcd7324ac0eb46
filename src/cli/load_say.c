#include "cli/load_say.h"

#include <string.h>

#include "cli/load_returned.h"

/* ---- cases that may be one ---- */

enum { NAMED_MAX = 5 };

struct finding {
    struct load_doubles *found;
    const char *const *sheets;
    enum lang lang;
};

static void add_side(struct buf *b, const struct duplicate_side *s, const char *const *sheets,
                     enum lang lang)
{
    size_t sheet = line_sheet(s->line);
    buf_adds(b, s->case_id);
    if (sheet && sheets)
        buf_addf(b, " (%s:%zu)", sheets[sheet - 1], line_number(s->line));
    else if (s->line)
        buf_addf(b, tr(lang, " (line %zu)"), line_number(s->line));
    else
        buf_adds(b, tr(lang, " (there before)"));
}

static bool take_pair(void *context, const struct duplicate_side *a, const struct duplicate_side *b,
                      struct err *e)
{
    struct finding *f = context;
    struct load_doubles *d = f->found;
    bool within = a->line && b->line;
    (void)e;
    d->within += within;
    d->against += !within;
    if (d->within + d->against > NAMED_MAX)
        return true;
    buf_adds(&d->named, "  ");
    add_side(&d->named, a, f->sheets, f->lang);
    buf_adds(&d->named, " – ");
    add_side(&d->named, b, f->sheets, f->lang);
    buf_addc(&d->named, '\n');
    return true;
}

bool load_doubles_find(struct load_doubles *d, struct load *l, const char *const *sheets,
                       struct err *e)
{
    struct finding f = {d, sheets, e->lang};
    return load_each_duplicate(l, take_pair, &f, e) && (!d->named.failed || err_memory(e));
}

static void say_doubles(const struct load_talk *t, enum lang lang)
{
    const struct load_doubles *d = t->doubles;
    int64_t all = d->within + d->against;
    if (!all)
        return;
    fprintf(t->out,
            tr(lang, "%s: pairs of cases that may be one (same unit, kind, victims, within 3 "
                     "days), to be compared: %lld in the file, %lld with what is there already:\n"),
            t->file, (long long)d->within, (long long)d->against);
    fputs(buf_text(&d->named), t->out);
    if (all > NAMED_MAX)
        fprintf(t->out, tr(lang, "  … and %lld more\n"), (long long)(all - NAMED_MAX));
    if (t->commit)
        fputs(tr(lang, "  all such pairs: keogiam status --duplicates\n"), t->out);
}

/* ---- the rest ---- */

/* One line for each span that was assumed. */
static void say_covers(const struct load_talk *t, enum lang lang)
{
    for (const char *line = buf_text(&t->summary->covers); *line;) {
        int n = (int)strcspn(line, "\n");
        fprintf(t->out, tr(lang, "%s: coverage is assumed; to declare it, load with: %.*s\n"),
                t->file, n, line);
        line += n + (line[n] == '\n');
    }
}

static void say_calendar(const struct load_talk *t, enum lang lang)
{
    if (!calendar_is_civil(t->calendar) && t->calendar_open)
        fprintf(t->out,
                tr(lang,
                   "%s: its periods were read by reporting years from %02d/%02d, months named "
                   "after their end\n"),
                t->file, t->calendar.mday, t->calendar.month);
}

static void say_counts(const struct load_talk *t, enum lang lang)
{
    const struct load_summary *s = t->summary;
    if (!s->load && t->commit)
        fprintf(t->out, tr(lang, "%s: %s: nothing new, the database is as it was\n"), t->file,
                t->kind);
    else if (t->commit)
        fprintf(
            t->out,
            tr(lang, "%s: load %lld, %s: %lld new, %lld changed, %lld withdrawn, %lld unchanged\n"),
            t->file, (long long)s->load, t->kind, (long long)s->added, (long long)s->changed,
            (long long)s->withdrawn, (long long)s->unchanged);
    else
        fprintf(
            t->out,
            tr(lang,
               "%s: can be loaded, %s: %lld new, %lld changed, %lld withdrawn, %lld unchanged\n"),
            t->file, t->kind, (long long)s->added, (long long)s->changed, (long long)s->withdrawn,
            (long long)s->unchanged);
    if (s->joined)
        fprintf(t->out, tr(lang, "%s: cases that now stand on a further axis: %lld\n"), t->file,
                (long long)s->joined);
}

void load_say(const struct load_talk *t, enum lang lang)
{
    say_counts(t, lang);
    if (t->rejected)
        fprintf(t->out, tr(lang, "%s: %zu bad rows were left out: see %s.rejects.csv\n"), t->file,
                t->rejected, t->name);
    say_calendar(t, lang);
    returned_say(t->returned, t->file, t->out, lang);
    say_covers(t, lang);
    fputs(buf_text(t->warnings), t->out);
    fputs(buf_text(&t->summary->warnings), t->out);
    say_doubles(t, lang);
}
