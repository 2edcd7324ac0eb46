/* From the cells of the months to what the control chart draws. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "plot/cells.h"
#include "plot/spc.h"
#include "plot/spc_words.h"

/* Has a list "above,run_above" this token? */
static bool has_token(const char *list, const char *token)
{
    size_t n = strlen(token);
    while (*list) {
        size_t length = strcspn(list, ",");
        if (length == n && !strncmp(list, token, n))
            return true;
        list += length + (list[length] == ',');
    }
    return false;
}

/* Level before pace: a month that rises while still low is drawn as low. */
static enum spc_mark mark_of_signal(const char *signals)
{
    static const struct {
        const char *token;
        enum spc_mark mark;
    } all[] = {{"above", SPC_UP},       {"below", SPC_DOWN},     {"run_above", SPC_UP},
               {"run_below", SPC_DOWN}, {"outer_above", SPC_UP}, {"outer_below", SPC_DOWN},
               {"rising", SPC_UP},      {"falling", SPC_DOWN}};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (has_token(signals, all[i].token))
            return all[i].mark;
    return SPC_PLAIN;
}

static enum spc_mark mark_of(const struct month *month, const char *signals)
{
    if (isnan(month->count))
        return SPC_NONE;
    if (month->excluded)
        return SPC_EXCLUDED;
    enum spc_mark mark = mark_of_signal(signals);
    return mark == SPC_PLAIN && month->partial ? SPC_PARTIAL : mark;
}

static void read_month(struct spc *s, size_t i)
{
    struct spc_month *month = &s->months[i];
    const char *signals = months_text(&s->m, i, "signal");
    double segment = months_number(&s->m, i, "segment");
    month->centre = months_number(&s->m, i, "centre");
    month->lower = months_number(&s->m, i, "lower");
    month->upper = months_number(&s->m, i, "upper");
    month->segment = segment >= 1 && segment <= MONTHS_MOST ? (int)segment : 0;
    month->mark = mark_of(&s->m.months[i], signals);
    month->is_beyond = has_token(signals, "above") || has_token(signals, "below");
    s->has[month->mark] = true;
    s->has_beyond |= month->is_beyond;
    s->has_limits |= !isnan(month->upper);
    s->has_lower |= month->lower > 0;
    s->segments = month->segment > s->segments ? month->segment : s->segments;
    s->most = fmax(s->most, fmax(month->upper, s->m.months[i].count));
    s->least = fmin(s->least, fmin(month->lower, s->m.months[i].count));
}

bool spc_read(struct spc *s, const struct result *months, const struct result *control,
              struct err *e)
{
    *s = (struct spc){
        .control = control && control->row_count ? control : NULL, .least = INFINITY, .most = 1};
    if (!months_read(&s->m, months, e))
        return false;
    s->months = arena_alloc(&s->arena, s->m.count * sizeof *s->months);
    if (!s->months)
        return err_memory(e);
    for (size_t i = 0; i < s->m.count; i++)
        read_month(s, i);
    s->least = isfinite(s->least) ? s->least : 0;
    return marks_add_events(&s->marks, &s->m, e);
}

void spc_free(struct spc *s)
{
    marks_free(&s->marks);
    months_free(&s->m);
    arena_free(&s->arena);
}

/* ---- segments in words ---- */

static void add_segment(struct buf *b, const struct spc *s, size_t from, size_t to)
{
    enum lang lang = s->m.result->lang;
    struct buf span = {0}, total = {0};
    double sum = 0;
    int known = 0;
    for (size_t i = from; i < to; i++) {
        bool is_used = s->months[i].mark != SPC_NONE && s->months[i].mark != SPC_EXCLUDED;
        sum += is_used ? s->m.months[i].count : 0;
        known += is_used;
    }
    marks_add_month(&span, s->m.first + (int)from);
    buf_adds(&span, "–");
    marks_add_month(&span, s->m.first + (int)to - 1);
    words_amount(&total, sum, s->m.counted, lang);
    buf_addf(b, "%s: ", buf_text(&span));
    buf_addf(b, tr(lang, "%s in %d months"), buf_text(&total), known);
    buf_addc(b, '.');
    b->failed |= span.failed || total.failed;
    buf_free(&span);
    buf_free(&total);
}

void spc_add_segments(struct buf *b, const struct spc *s)
{
    size_t from = 0;
    for (size_t i = 1; s->segments > 1 && i <= s->m.count; i++) {
        if (i < s->m.count && s->months[i].segment == s->months[from].segment)
            continue;
        if (b->len)
            buf_addc(b, '\n');
        add_segment(b, s, from, i);
        from = i;
    }
}
