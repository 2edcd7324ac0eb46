/* What our own tables say of the categories that others publish figures of. */
#include <stdlib.h>
#include <string.h>

#include "cli/benchmarks_table.h"

static bool has_code(const char *note, const char *code, const char **value)
{
    const char *hit = note;
    size_t n = strlen(code);
    while ((hit = strstr(hit, code)) && hit != note && hit[-1] != ';')
        hit += n;
    *value = hit ? hit + n : NULL;
    return hit != NULL;
}

static const char *text_at(const struct result *r, size_t row, const char *column)
{
    const struct cell *c = result_cell(r, row, column);
    return c->type == CELL_TEXT ? c->as.s : "";
}

/* What is recorded stands in the note where it is more than what is compared. */
static void take_count(const struct result *r, size_t row, struct benchmark_own *own)
{
    const struct cell *count = result_cell(r, row, "count");
    const char *note = text_at(r, row, "note"), *value;
    own->has_count = count->type == CELL_INT;
    own->count = own->has_count ? count->as.i : 0;
    if (has_code(note, "recorded=", &value))
        own->count = strtoll(value, NULL, 10);
    own->incomplete = has_code(note, "compared_units=", &value) ||
                      !strcmp(text_at(r, row, "verdict"), "incomplete");
}

static struct benchmark_own *find(struct benchmark_own *own, size_t count, size_t category)
{
    size_t i = 0;
    while (i < count && own[i].category != category)
        i++;
    return &own[i];
}

/* By unit the total stands for the whole; else each row does. */
static bool is_whole(const struct result *r, size_t row, bool by_unit)
{
    const char *value;
    return !by_unit || has_code(text_at(r, row, "note"), "total=", &value);
}

static bool has_totals(const struct result *r)
{
    const char *value;
    for (size_t i = 0; i < r->row_count; i++)
        if (has_code(text_at(r, i, "note"), "total=", &value))
            return true;
    return false;
}

bool benchmarks_own_of_yoy(const struct session *s, const struct result *yoy, bool running,
                           struct benchmark_own **own, size_t *count, size_t *unit, struct err *e)
{
    const struct directory *d = &s->directory;
    bool by_unit = has_totals(yoy), several = false;
    const char *whole = NULL;
    *count = 0;
    *unit = NO_ENTRY;
    *own = calloc(yoy->row_count + 1, sizeof **own);
    if (!*own)
        return err_memory(e);
    for (size_t i = 0; i < yoy->row_count; i++) {
        size_t category = directory_category_by_code(d, text_at(yoy, i, "category"));
        struct benchmark_own *x = find(*own, *count, category);
        if (category == NO_ENTRY)
            continue;
        if (x == *own + *count)
            (*own)[(*count)++] = (struct benchmark_own){.category = category};
        if (!is_whole(yoy, i, by_unit))
            continue;
        several |= whole && strcmp(whole, text_at(yoy, i, "unit"));
        whole = text_at(yoy, i, "unit");
        if (!running)
            take_count(yoy, i, x);
    }
    if (whole && !several)
        *unit = directory_unit_by_code(d, whole, DAY_NONE);
    return true;
}

bool benchmarks_say_yoy(struct session *s, const struct period *period, bool running,
                        struct result *yoy, struct err *e)
{
    struct benchmarks all;
    struct benchmarks_ask ask = {.s = s, .all = &all, .period = period};
    struct benchmark_own *own = NULL;
    bool ok = benchmarks_read(&all, s->store, s->state, &s->directory, e);
    if (ok && all.count) {
        ok = benchmarks_own_of_yoy(s, yoy, running, &own, &ask.own_count, &ask.unit, e);
        ask.own = own;
        ok = ok && benchmarks_say(&ask, yoy, e);
        free(own);
    }
    benchmarks_free(&all);
    return ok;
}
