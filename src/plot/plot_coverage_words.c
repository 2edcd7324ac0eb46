/* What the tile map of reports says. */
#include "base/lang.h"
#include "base/num.h"
#include "plot/coverage.h"
#include "plot/marks.h"

#define MOST_NAMED 3

static enum lang lang_of(const struct coverage *c)
{
    return c->result->lang;
}

/* ---- the finding ---- */

/* "A only to 9/2024", "B nothing". */
static void add_late(struct buf *b, const struct coverage *c, const struct coverage_unit *u)
{
    struct buf month = {0};
    if (u->reached == COVERAGE_NEVER) {
        buf_addf(b, tr(lang_of(c), "%s nothing"), u->name);
        return;
    }
    marks_add_month(&month, c->first + u->reached);
    buf_addf(b, tr(lang_of(c), "%s only to %s"), u->name, buf_text(&month));
    b->failed |= month.failed;
    buf_free(&month);
}

static void add_all_late(struct buf *b, const struct coverage *c)
{
    size_t named = c->late <= MOST_NAMED ? c->late : MOST_NAMED - 1, n = 0;
    for (size_t i = 0; i < c->count && n < named; i++) {
        if (!c->units[i].is_late)
            continue;
        buf_adds(b, n++ ? ", " : "; ");
        add_late(b, c, &c->units[i]);
    }
    if (c->late > named)
        buf_addf(b, tr(lang_of(c), " and %zu more units stay behind"), c->late - named);
}

static void add_title(struct buf *b, const struct coverage *c)
{
    enum lang lang = lang_of(c);
    struct buf month = {0};
    if (c->last == COVERAGE_NEVER) {
        buf_adds(b, tr(lang, "No month is known as a whole"));
        return;
    }
    marks_add_month(&month, c->first + c->last);
    buf_addf(b, tr(lang, "%zu of %zu units have reported up to %s"), c->count - c->late, c->count,
             buf_text(&month));
    if (c->late)
        add_all_late(b, c);
    if (c->gaps)
        buf_addf(b, tr(lang, "; with gaps before: %zu"), c->gaps);
    b->failed |= month.failed;
    buf_free(&month);
}

/* ---- beside the rows ---- */

void coverage_add_state(struct buf *b, const struct coverage *c, const struct coverage_unit *u)
{
    struct buf month = {0};
    enum lang lang = lang_of(c);
    if (!u->is_late) {
        buf_addf(b, "%zu/%zu", u->known, u->asked);
        return;
    }
    marks_add_month(&month, c->first + u->reached);
    if (u->reached == COVERAGE_NEVER)
        buf_addf(b, "▲ %s", tr(lang, "not reported yet"));
    else
        buf_addf(b, tr(lang, "▲ to %s"), buf_text(&month));
    b->failed |= month.failed;
    buf_free(&month);
}

/* ---- the notes ---- */

void coverage_add_words(struct coverage *c)
{
    enum lang lang = lang_of(c);
    struct draw_page *g = &c->page;
    add_title(&g->title, c);
    if (c->has_state)
        buf_adds(&g->notes, tr(lang, "At the right: months known as a whole, of those asked for."));
    words_source(&g->source, c->result);
}
