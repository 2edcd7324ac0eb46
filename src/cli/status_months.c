#include "cli/status_months.h"

#include <stdlib.h>

void month_list_free(struct month_list *m)
{
    free(m->items);
    *m = (struct month_list){0};
}

static bool add(struct month_list *m, struct month month, struct err *e)
{
    void *items = m->items;
    if (!array_grow(&items, &m->cap, m->count + 1, sizeof *m->items, e))
        return false;
    m->items = items;
    m->items[m->count++] = month;
    return true;
}

bool months_missing(struct calendar c, const struct spans *known, struct span all,
                    struct month_list *m, struct err *e)
{
    bool ok = true;
    for (struct span rest = all; ok && !span_is_empty(rest);) {
        struct month month;
        calendar_locate(c, rest.from, &month.year, &month.month);
        struct span need = span_intersect(calendar_month(c, month.year, month.month), rest);
        ok = spans_contain(known, need) || add(m, month, e);
        rest.from = need.to + 1;
    }
    return ok;
}

static int through(struct month m)
{
    return 12 * m.year + m.month;
}

size_t month_list_run(const struct month_list *m, size_t from)
{
    size_t n = 0;
    while (from + n < m->count && through(m->items[from + n]) == through(m->items[from]) + (int)n)
        n++;
    return n;
}

void month_add(struct buf *b, struct month m, enum lang lang)
{
    if (lang == LANG_VI)
        buf_addf(b, "%02d/%04d", m.month, m.year);
    else
        buf_addf(b, "%04d-%02d", m.year, m.month);
}

void month_list_add(struct buf *b, const struct month_list *m, enum lang lang)
{
    for (size_t i = 0, n; (n = month_list_run(m, i)) > 0; i += n) {
        buf_adds(b, i ? ", " : "");
        month_add(b, m->items[i], lang);
        if (n == 1)
            continue;
        buf_adds(b, lang == LANG_VI ? "–" : "..");
        month_add(b, m->items[i + n - 1], lang);
    }
}
