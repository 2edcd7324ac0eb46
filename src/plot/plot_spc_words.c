/* Variation and assurance in words. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/lang.h"
#include "base/num.h"
#include "plot/cells.h"
#include "plot/marks.h"
#include "plot/spc_words.h"

static const char *text(const struct result *control, const char *column)
{
    return control ? cells_text(control, 0, column) : "";
}

static double number(const struct result *control, const char *column)
{
    return control ? cells_number(control, 0, column) : NAN;
}

/* ---- when, how many ---- */

void spc_add_when(struct buf *b, const char *when, enum lang lang)
{
    day d;
    bool impossible;
    int index;
    if (cells_read_month(when, &index))
        marks_add_month(b, index);
    else if (lang == LANG_VI && day_parse(when, strlen(when), &d, &impossible)) {
        struct date date = date_from_day(d);
        buf_addf(b, "%02d/%02d/%d", date.mday, date.month, date.year);
    } else
        buf_adds(b, when);
}

void spc_add_span(struct buf *b, const char *from, const char *to, enum lang lang)
{
    spc_add_when(b, from, lang);
    if (!strcmp(from, to))
        return;
    buf_adds(b, "–");
    spc_add_when(b, to, lang);
}

void spc_add_mean(struct buf *b, double mean, enum lang lang)
{
    num_add_human(b, mean, mean == floor(mean) ? 0 : mean < 1 ? 2 : 1, lang);
}

/* A border of the tokens is not rounded away, and certainty is not claimed. */
void spc_add_chance(struct buf *b, double p, enum lang lang)
{
    double pct = 100 * p;
    bool is_border = fabs(pct - 90) < 1 || fabs(pct - 10) < 1;
    struct buf number = {0};
    num_add_human(&number, pct, is_border, lang);
    if (pct < 1)
        buf_adds(b, tr(lang, "less than 1%"));
    else if (pct > 99)
        buf_adds(b, tr(lang, "more than 99%"));
    else
        buf_addf(b, tr(lang, "about %s%%"), buf_text(&number));
    b->failed |= number.failed;
    buf_free(&number);
}

/* ---- variation ---- */

static const char *conclusion(const struct result *control, enum lang lang)
{
    const struct {
        const char *token, *words;
    } all[] = {
        {"common", tr(lang, "within the usual variation")},
        {"improving", tr(lang, "a sign of fewer than the usual variation explains")},
        {"worsening", tr(lang, "a sign of more than the usual variation explains")},
        {"earlier", tr(lang, "within the usual variation for a year, with signs of change before")},
        {"too_few", tr(lang, "too few figures to judge the variation")}};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (!strcmp(text(control, "variation"), all[i].token))
            return all[i].words;
    return NULL;
}

void spc_add_conclusion(struct buf *b, const struct result *control, enum lang lang)
{
    const char *words = conclusion(control, lang);
    bool is_worse = !strcmp(text(control, "variation"), "worsening");
    if (words)
        buf_addf(b, "; %s%s", is_worse ? "▲ " : "", words);
}

/* The rule behind a signal. */
static const char *rule(const char *signal, enum lang lang)
{
    const struct {
        const char *token, *words;
    } all[] = {{"above", tr(lang, "above the upper limit")},
               {"below", tr(lang, "below the lower limit")},
               {"run_above", tr(lang, "one after another above the mean")},
               {"run_below", tr(lang, "one after another below the mean")},
               {"outer_above", tr(lang, "2 of 3 very high")},
               {"outer_below", tr(lang, "2 of 3 very low")},
               {"rising", tr(lang, "rising month after month")},
               {"falling", tr(lang, "falling month after month")},
               {"close", tr(lang, "cases unusually close together")},
               {"long", tr(lang, "unusually long without a case")},
               {"apart", tr(lang, "cases unusually far apart")}};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (!strcmp(signal, all[i].token))
            return all[i].words;
    return signal;
}

static void add_last_signal(struct buf *b, const struct result *control, enum lang lang)
{
    struct buf when = {0};
    if (!*text(control, "signal"))
        return;
    spc_add_span(&when, text(control, "signal_from"), text(control, "signal_to"), lang);
    buf_addc(b, ' ');
    buf_addf(b, tr(lang, "Last sign: %s, %s"), buf_text(&when),
             rule(text(control, "signal"), lang));
    if (number(control, "signals") > 1)
        buf_addf(b, tr(lang, " (one of %d)"), (int)number(control, "signals"));
    buf_addc(b, '.');
    b->failed |= when.failed;
    buf_free(&when);
}

/* ---- assurance ---- */

static void add_assurance(struct buf *b, const struct result *control,
                          const struct counted *counted, enum lang lang)
{
    const struct {
        const char *token, *words;
    } all[] = {{"meets", tr(lang, "likely to be met at the present level")},
               {"unsure", tr(lang, "may or may not be met at the present level")},
               {"fails", tr(lang, "unlikely to be met at the present level")}};
    struct buf target = {0}, chance = {0};
    words_amount(&target, number(control, "target"), counted, lang);
    spc_add_chance(&chance, number(control, "prob_within"), lang);
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (!strcmp(text(control, "assurance"), all[i].token)) {
            buf_addc(b, '\n');
            buf_addf(b, tr(lang, "Target, at most %s a year: %s (chance: %s)."), buf_text(&target),
                     all[i].words, buf_text(&chance));
        }
    b->failed |= target.failed || chance.failed;
    buf_free(&target);
    buf_free(&chance);
}

void spc_add_verdict(struct buf *b, const struct result *control, const struct counted *counted,
                     enum lang lang)
{
    const char *words = conclusion(control, lang);
    if (!words)
        return;
    buf_addf(b, tr(lang, "Variation: %s."), words);
    add_last_signal(b, control, lang);
    add_assurance(b, control, counted, lang);
}

void spc_add_caution(struct buf *b, const struct result *control, enum lang lang)
{
    words_next(b);
    if (!strcmp(text(control, "variation"), "earlier"))
        buf_adds(b, tr(lang, "In a long series single signs come up by chance."));
}
