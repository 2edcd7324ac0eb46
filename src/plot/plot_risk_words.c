/* The sentences that the charts of places share. */
#include <math.h>

#include "base/lang.h"
#include "base/num.h"
#include "plot/draw.h"
#include "plot/risk.h"

#define MOST_NAMES 4

static enum lang lang_of(const struct risk *k)
{
    return k->result->lang;
}

/* ---- numbers ---- */

void risk_add_expected(struct buf *b, double expected, enum lang lang)
{
    num_add_human(b, expected, expected < 99.95, lang);
}

void risk_add_ratio(struct buf *b, double ratio, enum lang lang)
{
    double tenths = 10 * ratio;
    int decimals = fabs(ratio - round(ratio)) < 1e-9     ? 0
                   : fabs(tenths - round(tenths)) < 1e-9 ? 1
                                                         : 2;
    num_add_human(b, ratio, decimals, lang);
}

/* ---- levels ---- */

const char *risk_mark(enum risk_level level)
{
    return level == RISK_HIGH ? "▲ " : level == RISK_ELEVATED ? "◊ " : "";
}

void risk_add_levels(struct buf *b, const struct risk *k)
{
    enum lang lang = lang_of(k);
    if (k->by_level[RISK_HIGH]) {
        words_next(b);
        buf_adds(b,
                 tr(lang, "▲\u00a0high: above the overall level with a chance of at least 95%."));
    }
    if (k->by_level[RISK_ELEVATED]) {
        words_next(b);
        buf_adds(b, tr(lang, "◊\u00a0to be watched: with a chance of at least 80%."));
    }
}

/* ---- the finding ---- */

/* A name is not broken, unless it is as long as a line. */
static void add_name(struct buf *b, const char *name)
{
    static const double line_mm = 80;
    bool is_short = draw_width(DRAW_TITLE, name) < line_mm;
    for (; *name; name++)
        if (*name == ' ' && is_short)
            buf_adds(b, "\u00a0");
        else
            buf_addc(b, *name);
}

void risk_add_names(struct buf *b, const struct risk *k, size_t n)
{
    size_t shown = n <= MOST_NAMES ? n : MOST_NAMES - 1;
    for (size_t i = 0; i < shown; i++) {
        buf_adds(b, i ? ", " : "");
        add_name(b, k->names[i]->name);
    }
    if (n > shown) {
        buf_adds(b, " ");
        buf_addf(b, tr(lang_of(k), "and %zu more"), n - shown);
    }
}

static void add_level_names(struct buf *b, const struct risk *k, enum risk_level level)
{
    size_t n = 0;
    for (size_t i = 0; i < k->count; i++)
        if (k->rows[i].level == level)
            k->names[n++] = &k->rows[i];
    risk_add_names(b, k, n);
}

void risk_add_title(struct buf *b, const struct risk *k)
{
    enum lang lang = lang_of(k);
    if (k->estimated < 2) {
        buf_adds(b, tr(lang, "Too few figures to compare places"));
        return;
    }
    if (k->by_level[RISK_HIGH]) {
        buf_adds(b, tr(lang, "▲ Above the overall level (at least 95% likely): "));
        add_level_names(b, k, RISK_HIGH);
    } else
        buf_adds(b, tr(lang, "No place is above the overall level with certainty"));
    if (k->by_level[RISK_ELEVATED]) {
        buf_adds(b, tr(lang, "; to be\u00a0watched: "));
        add_level_names(b, k, RISK_ELEVATED);
    }
}

/* ---- what stands below ---- */

void risk_add_closing(struct buf *b, const struct risk *k)
{
    enum lang lang = lang_of(k);
    size_t places = 0;
    struct buf number = {0};
    for (size_t i = 0; i < k->count; i++)
        places += k->rows[i].group != RISK_NO_PLACE;
    words_next(b);
    buf_adds(b, "n\u00a0=\u00a0");
    words_amount(b, k->total, k->counted, lang);
    words_number(&number, (double)places, lang);
    buf_addf(b, tr(lang, "; places: %s."), buf_text(&number));
    b->failed |= number.failed;
    buf_free(&number);
    words_source(b, k->result);
    buf_addf(b, "\n%s",
             tr(lang, "Not for ranking units in competitions; a rise may come "
                      "from better detection and reporting."));
}
