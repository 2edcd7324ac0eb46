#include "report/said.h"

#include <string.h>

#include "base/num.h"
#include "report/say_private.h"
#include "report/show.h"

bool said_keep(struct said_line *l, struct arena *a)
{
    const char **texts[] = {&l->number,     &l->unit,      &l->place,         &l->then.figure,
                            &l->then.key,   &l->then.name, &l->then.category, &l->then.verdict,
                            &l->now.figure, &l->now.key,   &l->now.name,      &l->now.category,
                            &l->now.verdict};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (!*texts[i])
            continue;
        *texts[i] = arena_text(a, *texts[i]);
        if (!*texts[i])
            return false;
    }
    return true;
}

/* ---- reasons ---- */

static const char *const reason_words[CHANGE_KINDS] = {
    [CHANGE_LATE] = N_("reported late"),
    [CHANGE_ADDED] = N_("reported since"),
    [CHANGE_REINSTATED] = N_("taken up again"),
    [CHANGE_RECLASSIFIED_IN] = N_("reclassified"),
    [CHANGE_MOVED_IN] = N_("put in another place"),
    [CHANGE_REDATED_IN] = N_("put in another period"),
    [CHANGE_WITHDRAWN] = N_("taken out"),
    [CHANGE_RECLASSIFIED_OUT] = N_("reclassified"),
    [CHANGE_MOVED_OUT] = N_("put in another place"),
    [CHANGE_REDATED_OUT] = N_("put in another period"),
};

static void add_reason(struct buf *b, int64_t n, const char *words, enum lang lang)
{
    if (!n)
        return;
    buf_adds(b, b->len ? ", " : "");
    buf_adds(b, n > 0 ? "+" : "−");
    num_add_count(b, n > 0 ? n : -n, lang);
    buf_addf(b, " %s", tr(lang, words));
}

void said_reasons(struct buf *b, const struct said_why *w, enum lang lang)
{
    struct buf all = {0};
    if (!w->known)
        return;
    for (int i = 0; i < CHANGE_KINDS; i++)
        if (reason_words[i])
            add_reason(&all, change_sign((enum change_kind)i) * w->numbers[i], reason_words[i],
                       lang);
    add_reason(&all, w->stated, N_("by stated totals"), lang);
    add_reason(&all, w->compared, N_("since other units are compared"), lang);
    buf_adds(b, buf_text(&all));
    b->failed |= all.failed;
    buf_free(&all);
}

/* ---- values ---- */

void said_value(struct buf *b, const struct issued_figure *f, bool prose, enum lang lang)
{
    bool is_target = !strcmp(f->figure, "target");
    if (!f->has_count) {
        buf_adds(b, "…");
    } else if (!is_target && prose) {
        say_cases(b, f->count, lang);
    } else {
        num_add_count(b, f->count, lang);
        if (is_target && f->has_base) {
            buf_addc(b, '/');
            num_add_count(b, f->base, lang);
        }
    }
}

static void add_verdict(struct buf *b, const char *verdict, enum lang lang)
{
    if (*verdict)
        show_token(b, verdict, lang);
    else
        buf_adds(b, tr(lang, "none (not judged)"));
}

void said_verdict(struct buf *b, const struct said_line *l, enum lang lang)
{
    struct buf then = {0}, now = {0};
    if (!*l->then.verdict && !*l->now.verdict)
        return;
    add_verdict(&then, l->then.verdict, lang);
    add_verdict(&now, l->now.verdict, lang);
    if (!strcmp(l->then.verdict, l->now.verdict))
        buf_addf(b, tr(lang, "the conclusion stays: %s"), buf_text(&now));
    else
        buf_addf(b, tr(lang, "the conclusion changes from %s to %s"), buf_text(&then),
                 buf_text(&now));
    b->failed |= then.failed || now.failed;
    buf_free(&then);
    buf_free(&now);
}

/* ---- sentences ---- */

/* "Xâm hại trẻ em, cùng kỳ (năm 2023),", "Chỉ tiêu 3a" */
static void add_subject(struct buf *b, const struct said_line *l, enum lang lang)
{
    struct buf period = {0};
    if (!strcmp(l->then.figure, "target"))
        buf_addf(b, tr(lang, "Indicator %s"), l->then.key);
    else
        buf_adds(b, *l->then.name ? l->then.name : l->then.key);
    if (l->place)
        buf_addf(b, ", %s", l->place);
    say_label(&period, l->period.label, l->period.span, lang);
    if (l->which == SAID_BEFORE)
        buf_addf(b, tr(lang, ", same period (%s),"), buf_text(&period));
    else if (l->which == SAID_PART)
        buf_addf(b, ", %s,", buf_text(&period));
    b->failed |= period.failed;
    buf_free(&period);
}

/* Some line says of the category's cases what a reduction would say again. */
static bool is_explained(const struct said_line *l, const struct said_line *const *lines,
                         size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(lines[i]->then.figure, "target") && lines[i]->which == l->which &&
            !strcmp(lines[i]->then.key, l->then.category))
            return true;
    return false;
}

static void add_clause(struct buf *b, const struct said_line *l, bool explained, enum lang lang)
{
    struct buf then = {0}, now = {0}, why = {0};
    bool is_target = !strcmp(l->then.figure, "target");
    said_value(&then, &l->then, true, lang);
    said_value(&now, &l->now, true, lang);
    if (!is_target || !explained)
        said_reasons(&why, &l->why, lang);
    add_subject(b, l, lang);
    buf_addf(b, tr(lang, " reported %s, now %s"), buf_text(&then), buf_text(&now));
    if (why.len)
        buf_addf(b, " (%s)", buf_text(&why));
    if (is_target && strcmp(l->then.verdict, l->now.verdict)) {
        buf_adds(b, ", ");
        said_verdict(b, l, lang);
    }
    b->failed |= then.failed || now.failed || why.failed;
    buf_free(&then);
    buf_free(&now);
    buf_free(&why);
}

static bool is_of(const struct said_line *a, const struct said_line *b)
{
    return a->on == b->on && !strcmp(a->number, b->number);
}

static void add_report(struct buf *b, const struct said_line *first,
                       const struct said_line *const *lines, size_t count, enum lang lang)
{
    struct buf on = {0};
    say_date(&on, first->on, lang);
    say_next(b);
    buf_addf(b, tr(lang, "Report No. %s of %s"), first->number, buf_text(&on));
    buf_adds(b, ": ");
    for (size_t i = 0; i < count; i++) {
        if (!is_of(lines[i], first))
            continue;
        buf_adds(b, lines[i] == first ? "" : "; ");
        add_clause(b, lines[i], is_explained(lines[i], lines, count), lang);
    }
    buf_addc(b, '.');
    b->failed |= on.failed;
    buf_free(&on);
}

void said_sentences(struct buf *b, const struct said_line *const *lines, size_t count,
                    enum lang lang)
{
    for (size_t i = 0; i < count; i++) {
        size_t first = 0;
        while (!is_of(lines[first], lines[i]))
            first++;
        if (first == i)
            add_report(b, lines[i], lines, count, lang);
    }
}

/* ---- the report's own ---- */

static bool is_headline(const struct said_line *l)
{
    return !strcmp(l->then.figure, "total") ||
           (!strcmp(l->then.figure, "target") && l->which == SAID_PERIOD &&
            strcmp(l->then.verdict, l->now.verdict));
}

void say_said(struct buf *b, const struct facts *f)
{
    const struct said_line *lines[24];
    size_t count = 0;
    for (size_t i = 0; f->said && i < f->said->count && count < sizeof lines / sizeof lines[0]; i++)
        if (is_headline(&f->said->items[i]))
            lines[count++] = &f->said->items[i];
    if (!count)
        return;
    say_next(b);
    buf_adds(b, tr(f->lang, "Figures reported before that read otherwise now."));
    said_sentences(b, lines, count, f->lang);
}
