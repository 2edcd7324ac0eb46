/* form_private.h: shared by the files of `form`: the words (form_words.c), their figures
 * (form_figures.c, form_flows.c), the command (form.c).
 *
 * A word is CATEGORY.MEASURE.SPAN (XHTE.TD.vu.kynay), the same of one unit (U:30046.XHTE.vu.kynay),
 * a target's (CT:3a.ketqua), or one of the head (donvi). Capitals do not matter.
 */
#ifndef KEOGIAM_CLI_FORM_PRIVATE_H
#define KEOGIAM_CLI_FORM_PRIVATE_H

#include "base/result.h"
#include "cli/report_private.h"
#include "cli/yoy_query.h"
#include "report/form_file.h"
#include "series/flow.h"

enum form_measure {
    FORM_CASES,
    FORM_REPORTS,
    FORM_OFFENDERS,
    FORM_VICTIMS,
    FORM_CHILDREN,
    FORM_CHANGE,  /* cases now less before */
    FORM_PERCENT, /* that in %, with both counts */
    FORM_ACCEPTED,
    FORM_CARRIED,
    FORM_RESOLVED,
    FORM_RESOLVED_RATE, /* with both counts */
    FORM_OPEN,
    FORM_OVERDUE,
    FORM_SOLVED,
    FORM_SOLVED_RATE,
    FORM_SUPPORTED,
    FORM_SUPPORTED_RATE,
    FORM_MEASURES
};
enum form_span { FORM_NOW, FORM_BEFORE, FORM_YEAR, FORM_YEAR_BEFORE, FORM_SPANS };
enum form_head {
    FORM_UNIT,
    FORM_PERIOD,
    FORM_FROM,
    FORM_TO,
    FORM_REPORTED,
    FORM_TODAY,
    FORM_HEADS
};
enum form_part_of_target {
    FORM_NUMERATOR,
    FORM_DENOMINATOR,
    FORM_GOAL,
    FORM_RESULT,
    FORM_VERDICT,
    FORM_TARGET_PARTS
};

enum form_kind_of_word { WORD_HEAD, WORD_FIGURE, WORD_TARGET };

struct form_word {
    enum form_kind_of_word kind;
    enum form_head head;
    size_t unit, category; /* directory indices; unit NO_ENTRY: the body that reports */
    enum form_measure measure;
    enum form_span span;
    size_t target; /* row of desk.targets */
    enum form_part_of_target part;
};

struct form_set; /* what was counted for one unit, category and pair of periods */

struct form_desk {
    struct session *s;
    struct question question; /* of the body that reports */
    struct period periods[FORM_SPANS];
    const char *body, *body_name;
    struct result targets;
    struct form_set **sets;
    size_t set_count, set_cap;
    struct arena arena;
};

/* The periods, the body, the plan's targets. Fails (ERR_USAGE, ERR_INPUT): as the options say. */
bool form_desk_init(struct form_desk *d, struct session *s, struct err *e);
void form_desk_free(struct form_desk *d); /* accepts zero */

/* ---- form_words.c ---- */

/* False: no such word. */
bool form_word_read(const struct form_desk *d, const char *text, struct form_word *w);
/* Appends the word, and what it means. */
void form_word_name(const struct form_desk *d, const struct form_word *w, struct buf *b);
void form_word_meaning(const struct form_desk *d, const struct form_word *w, struct buf *b);
/* Calls fn for every word of the body (not those of single units); stops where it returns false. */
typedef bool (*form_word_fn)(void *context, const struct form_word *w, struct err *e);
bool form_each_word(const struct form_desk *d, form_word_fn fn, void *context, struct err *e);
/* The word that was probably meant, into *b; nothing where none is near. */
void form_word_near(const struct form_desk *d, const char *text, struct buf *b);

/* ---- form_figures.c ---- */

/* A word's figure: text for people, the number where it is one; not known: the mark that says so,
 * and why. Texts live as long as the desk. */
struct form_figure {
    bool known;
    const char *why; /* "" where it is known; of what is only recorded so far: who is missing */
    struct form_value value;
};
bool form_figure(struct form_desk *d, const struct form_word *w, struct form_figure *f,
                 struct err *e);

/* ---- form_sets.c ---- */

/* The comparison behind a word: now and before, each wholly known or not. A total of units of which
 * only some have reported is what is recorded: late says who is missing. */
struct form_side {
    int64_t count;
    const char *late; /* NULL: all have reported */
    const char *why;  /* what else is missing; NULL: nothing */
};
struct form_pair {
    struct form_side now, before;
};
bool form_pair(struct form_desk *d, const struct form_word *w, struct form_pair *p, struct err *e);
/* What became of the reports; why NULL where nothing is missing. */
struct form_rate_of {
    int part, whole; /* enum rate_source */
};
struct form_rate {
    int64_t part, whole;
    struct flow flow;
    const char *why;
};
bool form_rate(struct form_desk *d, const struct form_word *w, const struct form_rate_of *of,
               struct form_rate *r, struct err *e);
void form_sets_free(struct form_desk *d);

#endif
