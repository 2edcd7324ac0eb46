#include "cli/status_months.h"

struct month {
    int year, month;
};

static void add_month(struct buf *b, struct month m, enum lang lang)
{
    if (lang == LANG_VI)
        buf_addf(b, "%02d/%04d", m.month, m.year);
    else
        buf_addf(b, "%04d-%02d", m.year, m.month);
}

static void add_run(struct buf *b, struct month first, struct month last, enum lang lang,
                    bool is_first)
{
    buf_adds(b, is_first ? "" : ", ");
    add_month(b, first, lang);
    if (first.year == last.year && first.month == last.month)
        return;
    buf_adds(b, lang == LANG_VI ? "–" : "..");
    add_month(b, last, lang);
}

int64_t months_missing(struct calendar c, const struct spans *known, struct span all,
                       enum lang lang, struct buf *labels)
{
    struct month first = {0}, last = {0};
    int64_t missing = 0, run = 0, runs = 0;
    struct span rest = all;
    while (!span_is_empty(rest)) {
        struct month m;
        calendar_locate(c, rest.from, &m.year, &m.month);
        struct span need = span_intersect(calendar_month(c, m.year, m.month), rest);
        bool lacks = !spans_contain(known, need);
        if (lacks && !run)
            first = m;
        if (!lacks && run)
            add_run(labels, first, last, lang, !runs++);
        run = lacks ? run + 1 : 0;
        missing += lacks;
        last = m;
        rest.from = need.to + 1;
    }
    if (run)
        add_run(labels, first, last, lang, !runs);
    return missing;
}
