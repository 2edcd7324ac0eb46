/* Chapters II to IV of the briefing. */
#include <string.h>

#include "report/briefing.h"
#include "report/compose.h"
#include "report/fact_cells.h"

void briefing_capital(struct buf *b)
{
    if (b->len)
        fact_capital(b, 0);
}

static void prompt(struct doc *d, const struct facts *f)
{
    doc_paragraph(d, DOC_PROMPT, tr(f->lang, "[To be added]"));
}

/* ---- II ---- */

/* "Công tác tuyên truyền: 131." of the indicators whose number begins with `digit`; where none is
 * known there is room to write. */
static void work_done(struct doc *d, const struct facts *f, char digit)
{
    const struct result *r = &f->targets;
    struct buf b = {0};
    for (size_t i = 0; digit && i < r->row_count; i++) {
        if (*cells_text(r, i, "indicator") != digit || !fact_is(r, i, "kind", "count") ||
            say_count(r, i, "numerator") < 0)
            continue;
        say_next(&b);
        buf_addf(&b, "%s: %s.", cells_text(r, i, "name"), cells_text(r, i, "result"));
    }
    if (!b.len)
        prompt(d, f);
    doc_paragraph_made(d, DOC_BODY, &b);
    buf_free(&b);
}

void briefing_work(struct doc *d, const struct facts *f)
{
    static const struct {
        const char *heading;
        char indicator;
    } parts[] = {
        {N_("Direction and management"), 0}, {N_("Information and education"), '4'},
        {N_("Prevention models"), '5'},      {N_("Fighting crime"), 0},
        {N_("Law and regulations"), 0},
    };
    doc_heading(d, 1, tr(f->lang, "RESULTS OF THE WORK"));
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        doc_heading(d, 2, tr(f->lang, parts[i].heading));
        work_done(d, f, parts[i].indicator);
    }
}

/* ---- III ---- */

static bool is_one_of(const struct result *r, size_t row, const char *const *tokens, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (fact_is(r, row, "verdict", tokens[i]))
            return true;
    return false;
}

static bool is_met(const struct result *r, size_t row)
{
    static const char *const tokens[] = {"met", "held_zero"};
    return is_one_of(r, row, tokens, 2);
}

static bool is_on_track(const struct result *r, size_t row)
{
    return fact_is(r, row, "verdict", "on_track");
}

static bool is_missed(const struct result *r, size_t row)
{
    static const char *const tokens[] = {"not_met", "new", "lost"};
    return is_one_of(r, row, tokens, 3);
}

static bool is_at_risk(const struct result *r, size_t row)
{
    return fact_is(r, row, "verdict", "at_risk");
}

static bool is_unmet(const struct result *r, size_t row)
{
    return is_missed(r, row) || is_at_risk(r, row);
}

typedef bool (*row_test)(const struct result *r, size_t row);

/* "Đạt 04 chỉ tiêu: 2, 3.0, 3b, 6b.", "Chưa đạt 01 chỉ tiêu: 1 (vượt 1 vụ).": what they are and
 * their results stand in the table. The sentence takes how many there are; nothing for none. */
static void add_list(struct buf *b, const struct facts *f, row_test wanted, const char *head)
{
    struct buf items = {0}, count = {0};
    int64_t n = 0;
    for (size_t i = 0; i < f->targets.row_count; i++) {
        const char *missing = cells_text(&f->targets, i, "missing");
        if (!wanted(&f->targets, i))
            continue;
        buf_addf(&items, "%s%s", n++ ? ", " : "", cells_text(&f->targets, i, "indicator"));
        if (*missing && is_unmet(&f->targets, i))
            buf_addf(&items, " (%s)", missing);
    }
    say_number(&count, n, f->lang);
    const char *at = strstr(head, "%s");
    if (n && at) {
        say_next(b);
        buf_add(b, head, (size_t)(at - head));
        buf_addf(b, "%s%s: %s.", buf_text(&count), at + 2, buf_text(&items));
    }
    b->failed |= items.failed || count.failed;
    buf_free(&items);
    buf_free(&count);
}

/* What is open in a rate that is not met, whether it is late, how much would do: the command's own
 * sentence, behind the indicator's number. NULL: there is none. */
static const char *open_of(const struct facts *f, size_t row)
{
    struct buf head = {0};
    const char *found = NULL;
    if (!is_unmet(&f->targets, row) || !fact_is(&f->targets, row, "kind", "rate"))
        return NULL;
    buf_addf(&head, tr(f->lang, "Indicator %s:"), cells_text(&f->targets, row, "indicator"));
    for (size_t i = 0; head.len && !found && i < f->targets.footer_count; i++)
        if (!strncmp(f->targets.footers[i], buf_text(&head), head.len))
            found = f->targets.footers[i] + head.len;
    buf_free(&head);
    return found;
}

static bool is_said(const struct facts *f, size_t row, const char *text)
{
    for (size_t i = 0; i < row; i++) {
        const char *other = open_of(f, i);
        if (other && !strcmp(other, text))
            return true;
    }
    return false;
}

/* Indicators of which the same is to be said share a sentence. */
static void add_open(struct buf *b, const struct facts *f, size_t row, const char *text)
{
    struct buf numbers = {0};
    for (size_t i = row; i < f->targets.row_count; i++) {
        const char *other = open_of(f, i);
        if (other && !strcmp(other, text))
            buf_addf(&numbers, "%s%s", numbers.len ? ", " : "",
                     cells_text(&f->targets, i, "indicator"));
    }
    say_next(b);
    buf_addf(b, tr(f->lang, "Indicator %s:"), buf_text(&numbers));
    buf_adds(b, text);
    b->failed |= numbers.failed;
    buf_free(&numbers);
}

static void open_rates(struct doc *d, const struct facts *f)
{
    struct buf b = {0};
    for (size_t i = 0; i < f->targets.row_count; i++) {
        const char *text = open_of(f, i);
        if (text && !is_said(f, i, text))
            add_open(&b, f, i, text);
    }
    doc_paragraph_made(d, DOC_BODY, &b);
    buf_free(&b);
}

static void good(struct doc *d, const struct facts *f)
{
    struct buf b = {0};
    add_list(&b, f, is_met, tr(f->lang, "%s indicators met"));
    add_list(&b, f, is_on_track, tr(f->lang, "%s indicators on track"));
    if (!b.len)
        buf_adds(&b, tr(f->lang, "No indicator is met."));
    doc_paragraph_made(d, DOC_BODY, &b);
    buf_free(&b);
}

static void bad(struct doc *d, const struct facts *f)
{
    struct buf b = {0};
    add_list(&b, f, is_missed, tr(f->lang, "%s indicators not met"));
    add_list(&b, f, is_at_risk, tr(f->lang, "%s indicators at risk"));
    if (!b.len)
        buf_adds(&b, tr(f->lang, "No indicator judged is missed."));
    doc_paragraph_made(d, DOC_BODY, &b);
    buf_free(&b);
}

void briefing_review(struct doc *d, const struct facts *f)
{
    bool has_targets = compose_has_targets(f);
    doc_heading(d, 1, tr(f->lang, "ASSESSMENT"));
    if (!has_targets)
        doc_paragraph(d, DOC_BODY, tr(f->lang, "No plan with targets is loaded for this period."));
    doc_heading(d, 2, tr(f->lang, "What went well"));
    if (has_targets)
        good(d, f);
    else
        prompt(d, f);
    doc_heading(d, 2, tr(f->lang, "What did not, and why"));
    if (has_targets)
        bad(d, f);
    open_rates(d, f);
    prompt(d, f);
}

/* ---- IV ---- */

static bool is_watched(const struct result *risk, size_t row)
{
    return fact_is(risk, row, "level", "high") || fact_is(risk, row, "level", "elevated");
}

/* Adds a name that is not there yet; frees it. */
static void add_once(struct buf *b, struct buf *name)
{
    if (name->len && !strstr(buf_text(b), buf_text(name)))
        buf_addf(b, "%s%s", b->len ? ", " : "", buf_text(name));
    b->failed |= name->failed;
    buf_free(name);
}

/* "xã A, thị trấn B" of the roots' units above the common level, each once. */
static void add_watched(struct buf *b, const struct facts *f)
{
    for (size_t i = 0; i < f->root_count; i++) {
        const struct facts_root *r = &f->roots[i];
        for (size_t k = 0; k < r->risk.row_count; k++) {
            struct buf name = {0};
            if (say_is_unit(f, &r->risk, k) && is_watched(&r->risk, k))
                say_unit(&name, cells_text(&r->risk, k, "unit_name"), f->lang);
            add_once(b, &name);
        }
    }
}

static void add_missed(struct buf *b, const struct facts *f)
{
    for (size_t i = 0; i < f->targets.row_count; i++)
        if (is_unmet(&f->targets, i) && fact_is(&f->targets, i, "kind", "rate"))
            buf_addf(b, "%s%s", b->len ? ", " : "", cells_text(&f->targets, i, "indicator"));
}

static void add_silent(struct buf *b, const struct facts *f)
{
    struct buf said = {0};
    const char *format =
        tr(f->lang, "Not in the totals compared, since not reported to the end: %s.");
    for (size_t i = 0; i < f->root_count && !said.len; i++)
        say_footer(&said, &f->roots[i].total, format);
    size_t from = strcspn(format, "%");
    if (said.len > from + 1)
        buf_add(b, said.data + from, said.len - from - 1);
    buf_free(&said);
}

/* "xã Mỹ Quý", each once, of the months above the usual. */
static void add_alarmed(struct buf *b, const struct facts *f)
{
    for (size_t i = 0; i < f->root_count; i++)
        for (size_t k = 0; k < f->roots[i].alerts.row_count; k++) {
            const struct result *r = &f->roots[i].alerts;
            struct buf name = {0};
            if (fact_is_alarm(r, k))
                say_unit(&name, cells_text(r, k, "unit_name"), f->lang);
            add_once(b, &name);
        }
}

typedef void (*fill)(struct buf *b, const struct facts *f);

/* The first %s of the sentence is what `fill` says; nothing where it says nothing. */
static void task(struct doc *d, const struct facts *f, const char *sentence, fill add)
{
    struct buf what = {0}, b = {0};
    const char *at = strstr(sentence, "%s");
    add(&what, f);
    if (what.len && at) {
        buf_add(&b, sentence, (size_t)(at - sentence));
        buf_adds(&b, buf_text(&what));
        buf_adds(&b, at + 2);
    }
    d->failed |= what.failed;
    doc_paragraph_made(d, DOC_BULLET, &b);
    buf_free(&what);
    buf_free(&b);
}

void briefing_next(struct doc *d, const struct facts *f)
{
    doc_heading(d, 1, tr(f->lang, "DIRECTIONS AND TASKS"));
    size_t before = d->block_count;
    task(d, f, tr(f->lang, "Look first at: %s; check what lies behind the numbers there."),
         add_watched);
    task(d, f, tr(f->lang, "Finish what these indicators lack: %s."), add_missed);
    task(d, f, tr(f->lang, "Check the cases of months above the usual: %s."), add_alarmed);
    task(d, f, tr(f->lang, "Have the figures that are missing sent in: %s."), add_silent);
    if (d->block_count == before)
        doc_paragraph(d, DOC_BULLET,
                      tr(f->lang, "Follow the counts by month; a change of a few cases is no "
                                  "trend."));
}
