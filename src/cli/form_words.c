/* form_words.c: the words that a form may hold, read, named and told. */
#include <string.h>

#include "base/near.h"
#include "base/text.h"
#include "cli/form.h"
#include "cli/form_private.h"
#include "cli/targets_table.h"

/* Words are Vietnamese without marks, as the forms are. */
static const struct {
    const char *word, *meaning;
    bool has_before; /* asked of the periods before as well */
} measures[FORM_MEASURES] = {
    [FORM_CASES] = {"vu", N_("cases"), true},
    [FORM_REPORTS] = {"tin", N_("reports received, cases or not"), true},
    [FORM_OFFENDERS] = {"doituong", N_("offenders; of U18 those under 18"), true},
    [FORM_VICTIMS] = {"nannhan", N_("victims; of XHTE those under 16"), true},
    [FORM_CHILDREN] = {"treem", N_("children: victims under 16 of XHTE, offenders under 18 of U18"),
                       true},
    [FORM_CHANGE] = {"tanggiam", N_("cases more (+) or less (−) than in the same period"), false},
    [FORM_PERCENT] = {"tyle", N_("that change in %, with both counts"), false},
    [FORM_ACCEPTED] = {"tiepnhan", N_("reports received in the period"), true},
    [FORM_CARRIED] = {"chuyensang", N_("reports carried over from the period before"), true},
    [FORM_RESOLVED] = {"giaiquyet", N_("reports resolved"), true},
    [FORM_RESOLVED_RATE] = {"tylegiaiquyet", N_("rate of resolution, with both counts"), true},
    [FORM_OPEN] = {"conlai", N_("reports still open at the end"), true},
    [FORM_OVERDUE] = {"quahan", N_("reports open beyond the legal time"), true},
    [FORM_SOLVED] = {"khampha", N_("cases solved"), true},
    [FORM_SOLVED_RATE] = {"tylekhampha", N_("rate of cases solved, with both counts"), true},
    [FORM_SUPPORTED] = {"hotro", N_("victims supported"), true},
    [FORM_SUPPORTED_RATE] = {"tylehotro", N_("rate of victims supported, with both counts"), true},
};
static const struct {
    const char *word, *meaning;
} spans[FORM_SPANS] = {[FORM_NOW] = {"kynay", N_("this period")},
                       [FORM_BEFORE] = {"cungky", N_("the same period before")},
                       [FORM_YEAR] = {"luyke", N_("from the start of the year")},
                       [FORM_YEAR_BEFORE] = {"luykecungky", N_("the same, a year before")}},
  heads[FORM_HEADS] = {[FORM_UNIT] = {"donvi", N_("the unit that reports")},
                       [FORM_PERIOD] = {"ky", N_("the period in words")},
                       [FORM_FROM] = {"tungay", N_("its first day")},
                       [FORM_TO] = {"denngay", N_("its last day")},
                       [FORM_REPORTED] = {"kybaocao", N_("the period in words, with its days")},
                       [FORM_TODAY] = {"ngaylap", N_("today")}},
  parts[FORM_TARGET_PARTS] = {
      [FORM_NUMERATOR] = {"tuso", N_("numerator, or the count now")},
      [FORM_DENOMINATOR] = {"mauso", N_("denominator, or the count before")},
      [FORM_GOAL] = {"chitieu", N_("what the plan wants")},
      [FORM_RESULT] = {"ketqua", N_("result, with its counts")},
      [FORM_VERDICT] = {"danhgia", N_("verdict")}};

const char *form_word_part(enum form_group group, size_t i, const char **meaning)
{
    static const size_t counts[] = {FORM_MEASURES, FORM_SPANS, FORM_TARGET_PARTS, FORM_HEADS};
    if (i >= counts[group])
        return NULL;
    *meaning = group == FORM_MEASURE_WORDS  ? measures[i].meaning
               : group == FORM_SPAN_WORDS   ? spans[i].meaning
               : group == FORM_TARGET_WORDS ? parts[i].meaning
                                            : heads[i].meaning;
    return group == FORM_MEASURE_WORDS  ? measures[i].word
           : group == FORM_SPAN_WORDS   ? spans[i].word
           : group == FORM_TARGET_WORDS ? parts[i].word
                                        : heads[i].word;
}

/* ---- reading ---- */

static char small(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_same(const char *a, size_t n, const char *b)
{
    if (strlen(b) != n)
        return false;
    for (size_t i = 0; i < n; i++)
        if (small(a[i]) != small(b[i]))
            return false;
    return true;
}

/* Cuts ".last" off the text. */
static bool cut_last(const char *text, size_t *n, const char **last, size_t *last_n)
{
    size_t at = *n;
    while (at && text[at - 1] != '.')
        at--;
    if (at < 2)
        return false;
    *last = text + at;
    *last_n = *n - at;
    *n = at - 1;
    return true;
}

static bool find_category(const struct form_desk *d, const char *text, size_t n,
                          struct form_word *w)
{
    const struct directory *dir = &d->s->directory;
    for (w->category = 0; w->category < dir->category_count; w->category++)
        if (is_same(text, n, dir->categories[w->category].code))
            return true;
    return false;
}

static size_t find_unit(const struct form_desk *d, const char *text, size_t n)
{
    const struct directory *dir = &d->s->directory;
    day at = d->periods[FORM_NOW].span.to;
    for (size_t u = 0; u < dir->unit_count; u++)
        if (is_same(text, n, dir->units[u].code) && span_has(dir->units[u].valid, at))
            return u;
    return NO_ENTRY;
}

/* Codes of units and categories may hold dots: the first cut at which both are known. */
static bool find_place(const struct form_desk *d, const char *text, size_t n, struct form_word *w)
{
    w->unit = NO_ENTRY;
    if (n < 2 || small(text[0]) != 'u' || text[1] != ':')
        return find_category(d, text, n, w);
    for (size_t dot = 3; dot < n; dot++) {
        if (text[dot] != '.')
            continue;
        w->unit = find_unit(d, text + 2, dot - 2);
        if (w->unit != NO_ENTRY && find_category(d, text + dot + 1, n - dot - 1, w))
            return true;
    }
    return false;
}

static bool read_figure(const struct form_desk *d, const char *text, size_t n, struct form_word *w)
{
    const char *measure, *span;
    size_t measure_n, span_n, m = 0, s = 0;
    w->kind = WORD_FIGURE;
    if (!cut_last(text, &n, &span, &span_n) || !cut_last(text, &n, &measure, &measure_n))
        return false;
    while (m < FORM_MEASURES && !is_same(measure, measure_n, measures[m].word))
        m++;
    while (s < FORM_SPANS && !is_same(span, span_n, spans[s].word))
        s++;
    w->measure = (enum form_measure)m;
    w->span = (enum form_span)s;
    return m < FORM_MEASURES && s < FORM_SPANS &&
           (measures[m].has_before || s == FORM_NOW || s == FORM_YEAR) && find_place(d, text, n, w);
}

static const char *indicator_of(const struct form_desk *d, size_t row)
{
    return result_cell(&d->targets, row, "indicator")->as.s;
}

static bool read_target(const struct form_desk *d, const char *text, size_t n, struct form_word *w)
{
    const char *part;
    size_t part_n, p = 0;
    w->kind = WORD_TARGET;
    if (n < 4 || !is_same(text, 3, "ct:") || !cut_last(text, &n, &part, &part_n))
        return false;
    while (p < FORM_TARGET_PARTS && !is_same(part, part_n, parts[p].word))
        p++;
    w->part = (enum form_part_of_target)p;
    w->target = 0;
    while (w->target < d->targets.row_count &&
           !is_same(text + 3, n - 3, indicator_of(d, w->target)))
        w->target++;
    return p < FORM_TARGET_PARTS && w->target < d->targets.row_count;
}

static bool read_head(const char *text, size_t n, struct form_word *w)
{
    size_t h = 0;
    while (h < FORM_HEADS && !is_same(text, n, heads[h].word))
        h++;
    w->kind = WORD_HEAD;
    w->head = (enum form_head)h;
    return h < FORM_HEADS;
}

bool form_word_read(const struct form_desk *d, const char *text, struct form_word *w)
{
    size_t n = strlen(text);
    *w = (struct form_word){.unit = NO_ENTRY, .category = NO_ENTRY};
    return read_head(text, n, w) || read_target(d, text, n, w) || read_figure(d, text, n, w);
}

/* ---- naming ---- */

void form_word_name(const struct form_desk *d, const struct form_word *w, struct buf *b)
{
    const struct directory *dir = &d->s->directory;
    if (w->kind == WORD_HEAD) {
        buf_adds(b, heads[w->head].word);
    } else if (w->kind == WORD_TARGET) {
        buf_addf(b, "CT:%s.%s", indicator_of(d, w->target), parts[w->part].word);
    } else {
        if (w->unit != NO_ENTRY)
            buf_addf(b, "U:%s.", dir->units[w->unit].code);
        buf_addf(b, "%s.%s.%s", dir->categories[w->category].code, measures[w->measure].word,
                 spans[w->span].word);
    }
}

void form_word_meaning(const struct form_desk *d, const struct form_word *w, struct buf *b)
{
    enum lang lang = d->s->lang;
    const struct directory *dir = &d->s->directory;
    if (w->kind == WORD_HEAD) {
        buf_adds(b, tr(lang, heads[w->head].meaning));
    } else if (w->kind == WORD_TARGET) {
        buf_addf(b, tr(lang, "target %s: %s"), indicator_of(d, w->target),
                 tr(lang, parts[w->part].meaning));
    } else {
        if (w->unit != NO_ENTRY)
            buf_addf(b, "%s: ", dir->units[w->unit].name);
        buf_addf(b, "%s: %s, %s", dir->categories[w->category].name,
                 tr(lang, measures[w->measure].meaning), tr(lang, spans[w->span].meaning));
    }
}

/* ---- all of them ---- */

static bool each_head(form_word_fn fn, void *context, struct err *e)
{
    struct form_word w = {.kind = WORD_HEAD, .unit = NO_ENTRY, .category = NO_ENTRY};
    for (int h = 0; h < FORM_HEADS; h++) {
        w.head = (enum form_head)h;
        if (!fn(context, &w, e))
            return false;
    }
    return true;
}

static bool each_target(const struct form_desk *d, form_word_fn fn, void *context, struct err *e)
{
    struct form_word w = {.kind = WORD_TARGET, .unit = NO_ENTRY, .category = NO_ENTRY};
    for (w.target = 0; w.target < d->targets.row_count; w.target++)
        for (int p = 0; p < FORM_TARGET_PARTS; p++) {
            w.part = (enum form_part_of_target)p;
            if (!fn(context, &w, e))
                return false;
        }
    return true;
}

static bool each_span(struct form_word *w, form_word_fn fn, void *context, struct err *e)
{
    for (int s = 0; s < FORM_SPANS; s++) {
        w->span = (enum form_span)s;
        bool exists = measures[w->measure].has_before || s == FORM_NOW || s == FORM_YEAR;
        if (exists && !fn(context, w, e))
            return false;
    }
    return true;
}

static bool each_figure(const struct form_desk *d, form_word_fn fn, void *context, struct err *e)
{
    const struct directory *dir = &d->s->directory;
    struct form_word w = {.kind = WORD_FIGURE, .unit = NO_ENTRY};
    for (w.category = 0; w.category < dir->category_count; w.category++) {
        struct span valid = dir->categories[w.category].valid;
        if (span_is_empty(span_intersect(valid, d->periods[FORM_NOW].span)))
            continue;
        for (int m = 0; m < FORM_MEASURES; m++) {
            w.measure = (enum form_measure)m;
            if (!each_span(&w, fn, context, e))
                return false;
        }
    }
    return true;
}

bool form_each_word(const struct form_desk *d, form_word_fn fn, void *context, struct err *e)
{
    return each_head(fn, context, e) && each_target(d, fn, context, e) &&
           each_figure(d, fn, context, e);
}

/* ---- what was meant ---- */

struct nearest {
    const struct form_desk *d;
    const char *key; /* the text in small letters, without its unit */
    struct near_word near;
    struct form_word word;
    struct buf name;
};

static void lower(struct buf *b)
{
    for (size_t i = 0; i < b->len; i++)
        b->data[i] = small(b->data[i]);
}

static bool offer(void *context, const struct form_word *w, struct err *e)
{
    enum { FAR = 6 };
    struct nearest *n = context;
    const char *was = n->near.word;
    size_t distance = n->near.distance;
    (void)e;
    buf_clear(&n->name);
    form_word_name(n->d, w, &n->name);
    lower(&n->name);
    near_offer(&n->near, n->key, buf_text(&n->name), "", FAR);
    if (n->near.word && (!was || n->near.distance < distance))
        n->word = *w;
    return true;
}

/* A unit in front stays as it was written. */
void form_word_near(const struct form_desk *d, const char *text, struct buf *b)
{
    struct buf key = {0};
    struct nearest n = {.d = d};
    const char *dot = small(text[0]) == 'u' && text[1] == ':' ? strchr(text, '.') : NULL;
    const char *rest = dot ? dot + 1 : text;
    buf_adds(&key, rest);
    lower(&key);
    n.key = buf_text(&key);
    form_each_word(d, offer, &n, NULL);
    if (n.near.word) {
        buf_add(b, text, (size_t)(rest - text));
        form_word_name(d, &n.word, b);
    }
    buf_free(&key);
    buf_free(&n.name);
}
