/* --what-if 6:+2,1:-1,3a:+2/+3: indicators as if their figures were so much more or less. The rows
 * are judged by the same code as figures that are data; what is said of them says that they are
 * not. */
#include <stdlib.h>
#include <string.h>

#include "base/near.h"
#include "base/num.h"
#include "cli/listing.h"
#include "cli/targets_private.h"

/* ---- reading ---- */

/* "+2", "-1" or "−1" at *text, which moves behind it. */
static bool read_change(const char **text, int64_t *change)
{
    static const char minus[] = "−";
    const char *at = *text;
    bool less = *at == '-', typeset = !strncmp(at, minus, strlen(minus)), fractional;
    if (*at != '+' && !less && !typeset)
        return false;
    at += typeset ? strlen(minus) : 1;
    size_t n = strspn(at, "0123456789");
    if (!n || n > 12 || !num_parse_int(at, n, change, &fractional))
        return false;
    *change = less || typeset ? -*change : *change;
    *text = at + n;
    return true;
}

static bool read_amounts(struct supposition *x, const char *text)
{
    if (!read_change(&text, &x->numerator))
        return false;
    x->has_denominator = *text == '/';
    text += x->has_denominator;
    return (!x->has_denominator || read_change(&text, &x->denominator)) && !*text;
}

static bool refuse_indicator(const struct targets_table *t, const char *indicator, struct err *e)
{
    struct near_word nearest = {0};
    struct buf all = {0};
    for (size_t i = 0; i < t->plan.count; i++) {
        const char *known = t->plan.targets[i].indicator;
        buf_addf(&all, "%s%s", i ? ", " : "", known);
        near_offer(&nearest, indicator, known, known, strlen(indicator) > 1);
    }
    if (nearest.word)
        err_set(e, ERR_INPUT, "--what-if %s: plan %s has no such indicator; the nearest is %s",
                indicator, t->plan.name, nearest.word);
    else
        err_set(e, ERR_INPUT, "--what-if %s: plan %s has no such indicator: it has %s", indicator,
                t->plan.name, buf_text(&all));
    buf_free(&all);
    return false;
}

static const struct target *find_target(const struct targets_table *t, const char *indicator)
{
    for (size_t i = 0; i < t->plan.count; i++)
        if (!strcmp(t->plan.targets[i].indicator, indicator))
            return &t->plan.targets[i];
    return NULL;
}

static bool fill(const struct targets_table *t, struct supposition *x, char *text, struct err *e)
{
    char *colon = strrchr(text, ':');
    if (!colon || colon == text || !read_amounts(x, colon + 1))
        return err_set(e, ERR_USAGE,
                       "--what-if %s: is no supposition: write INDICATOR:+N, as 6:+2 or 3a:+2/+3",
                       text);
    *colon = '\0';
    x->target = find_target(t, text);
    if (!x->target)
        return refuse_indicator(t, text, e);
    if (x->has_denominator && x->target->kind != TARGET_RATE)
        return err_set(e, ERR_USAGE,
                       "--what-if %s: is no rate: only its own number can be supposed: write %s:+N",
                       text, text);
    for (const struct supposition *other = t->supposed.items; other < x; other++)
        if (other->target == x->target)
            return err_set(e, ERR_USAGE, "--what-if %s: is supposed twice: once is enough", text);
    return true;
}

bool targets_read_supposed(struct targets_table *t, struct err *e)
{
    struct suppositions *all = &t->supposed;
    const char *text = arg(t->s->request, OPT_WHAT_IF);
    if (!text)
        return true;
    if (t->by_unit)
        return err_set(e, ERR_USAGE,
                       "--what-if: supposes the figures of one unit as a whole: "
                       "leave out --by unit, or name the unit with --unit");
    all->items = calloc(strlen(text) + 1, sizeof *all->items);
    if (!all->items)
        return err_memory(e);
    do {
        size_t n = strcspn(text, ",");
        char *item = arena_copy(&all->arena, text, n);
        if (!item)
            return err_memory(e);
        if (!fill(t, &all->items[all->count], item, e))
            return false;
        all->count++;
        text += n;
    } while (*text++);
    return true;
}

struct supposition *targets_supposed(const struct targets_table *t, const struct target *target)
{
    for (size_t i = 0; i < t->supposed.count; i++)
        if (t->supposed.items[i].target == target)
            return &t->supposed.items[i];
    return NULL;
}

/* ---- judging ---- */

static bool refuse_amount(const struct judged *j, struct err *e)
{
    const struct supposition *x = j->supposed;
    const char *indicator = j->target->indicator;
    long long recorded = (long long)(j->numerator - x->numerator);
    long long whole = (long long)(j->denominator - x->denominator);
    if (j->numerator < 0)
        return err_set(e, ERR_INPUT, "--what-if %s: %lld are recorded, %lld less is below 0",
                       indicator, recorded, -(long long)x->numerator);
    if (j->target->kind != TARGET_RATE || !j->has_denominator)
        return true;
    if (j->denominator < 0)
        return err_set(e, ERR_INPUT, "--what-if %s: of %lld recorded, %lld less is below 0",
                       indicator, whole, -(long long)x->denominator);
    return j->numerator <= j->denominator ||
           err_set(e, ERR_INPUT,
                   "--what-if %s: %lld of %lld are recorded; %lld would be more than the %lld that "
                   "they are part of",
                   indicator, recorded, whole, (long long)j->numerator, (long long)j->denominator);
}

bool targets_check_supposed(const struct judged *j, struct err *e)
{
    struct supposition *x = j->supposed;
    if (!x)
        return true;
    if (x->is_used)
        return err_set(e, ERR_USAGE,
                       "--what-if %s: there are several units: name one of them with --unit",
                       j->target->indicator);
    x->is_used = true;
    if (!j->has_numerator || (x->has_denominator && !j->has_denominator))
        return err_set(e, ERR_INPUT,
                       "--what-if %s: nothing is known of this indicator in the period, so that "
                       "nothing can be added to it: load its figures first",
                       j->target->indicator);
    return refuse_amount(j, e);
}

/* ---- words ---- */

static void add_change(struct buf *b, int64_t change, enum lang lang)
{
    buf_adds(b, change < 0 ? "" : "+");
    num_add_count(b, change, lang);
}

void targets_add_supposed(struct buf *b, const struct supposition *x, enum lang lang)
{
    add_change(b, x->numerator, lang);
    if (!x->has_denominator)
        return;
    buf_addc(b, '/');
    add_change(b, x->denominator, lang);
}

void targets_note_supposed(struct buf *b, const struct supposition *x)
{
    buf_addf(b, "what_if=%+lld", (long long)x->numerator);
    if (x->has_denominator)
        buf_addf(b, "/%+lld", (long long)x->denominator);
    buf_addc(b, ';');
}

static void add_figures(struct buf *b, const struct judged *j, int64_t less, int64_t less_whole,
                        enum lang lang)
{
    num_add_count(b, j->numerator - less, lang);
    if (j->target->kind != TARGET_RATE || !j->has_denominator)
        return;
    buf_addc(b, '/');
    num_add_count(b, j->denominator - less_whole, lang);
}

static void add_one(struct buf *b, const struct judged *j, enum lang lang)
{
    struct buf now = {0}, recorded = {0};
    add_figures(&now, j, 0, 0, lang);
    add_figures(&recorded, j, j->supposed->numerator, j->supposed->denominator, lang);
    buf_addf(b, tr(lang, "indicator %s: %s instead of %s recorded"), j->target->indicator,
             buf_text(&now), buf_text(&recorded));
    b->failed |= now.failed || recorded.failed;
    buf_free(&now);
    buf_free(&recorded);
}

bool targets_say_supposed(const struct targets_table *t, struct err *e)
{
    enum lang lang = t->r->lang;
    struct buf list = {0}, b = {0};
    for (size_t i = 0; i < t->head_count; i++) {
        if (!t->heads[i].supposed)
            continue;
        buf_adds(&list, list.len ? "; " : "");
        add_one(&list, &t->heads[i], lang);
    }
    if (!t->supposed.count)
        return true;
    buf_addf(&b, tr(lang, "This is a supposition, not data: %s."), buf_text(&list));
    b.failed |= list.failed;
    buf_free(&list);
    return footer_say_made(t->r, &b, e) &&
           footer_say(t->r,
                      tr(lang, "Other indicators that count the same cases or reports stay as "
                               "recorded: they are not changed with it."),
                      e) &&
           result_add_prov(t->r, "what_if", N_("Supposed"), arg(t->s->request, OPT_WHAT_IF), NULL,
                           e);
}

void targets_free_supposed(struct suppositions *x)
{
    free(x->items);
    arena_free(&x->arena);
}
