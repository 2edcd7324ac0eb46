#include "cli/places.h"

#include <stdlib.h>
#include <string.h>

static bool read_choices(const struct session *s, struct places *p, struct err *e)
{
    int basis, count;
    if (!session_choice(s->request, OPT_BASIS, BASIS_RECEIVED, &basis, e) ||
        !session_choice(s->request, OPT_COUNT, COUNT_CASES, &count, e))
        return false;
    p->tally = (struct tally_query){.state = s->state,
                                    .basis = (enum basis)basis,
                                    .count = (enum count_unit)count,
                                    .as_of = s->as_of};
    return true;
}

/* Categories of one root come together, else in the order asked for. */
static void gather_by_root(const struct directory *d, struct places *p)
{
    for (size_t i = 1; i < p->category_count; i++) {
        size_t moved = p->categories[i], root = d->categories[moved].root, to = i;
        while (to > 0 && d->categories[p->categories[to - 1]].root != root)
            to--;
        if (to == 0)
            continue; /* the first of its root stays where it is */
        memmove(&p->categories[to + 1], &p->categories[to], (i - to) * sizeof moved);
        p->categories[to] = moved;
    }
}

static bool read_categories(const struct session *s, struct places *p, struct err *e)
{
    if (!session_categories(s, OPT_CATEGORY, &p->categories, &p->category_count, e))
        return false;
    if (p->category_count)
        return true;
    free(p->categories);
    p->categories = NULL;
    return session_roots(s, &p->categories, &p->category_count, e) &&
           (p->category_count > 0 ||
            err_set(e, ERR_INPUT,
                    "%s: no cases or counts are loaded yet: load them with 'keogiam load'",
                    s->request->place));
}

bool places_read(const struct session *s, day at, struct places *p, struct err *e)
{
    *p = (struct places){0};
    if (!read_choices(s, p, e) || !session_lineage(s, at, &p->tally.lineage, e) ||
        !session_units(s, OPT_UNIT, p->tally.lineage->on, &p->tops, &p->top_count, e) ||
        !read_categories(s, p, e))
        return false;
    gather_by_root(&s->directory, p);
    return true;
}

void places_free(struct places *p)
{
    free(p->tops);
    free(p->categories);
    *p = (struct places){0};
}

static bool root_is_covered_whole(const struct session *s, size_t root)
{
    const struct directory *d = &s->directory;
    for (size_t i = 0; i < s->cover.count; i++) {
        size_t c = s->cover.rows[i].category;
        if (d->categories[c].root == root && c != root)
            return false;
    }
    return true;
}

size_t places_group(const struct session *s, const struct places *p, size_t first)
{
    const struct category *c = s->directory.categories;
    size_t root = c[p->categories[first]].root, n = 1;
    while (first + n < p->category_count && c[p->categories[first + n]].root == root &&
           root_is_covered_whole(s, root))
        n++;
    return n;
}

bool places_by(const struct request *r, bool *by_unit, bool *by_category, struct err *e)
{
    const char *text = arg(r, OPT_BY);
    *by_unit = *by_category = false;
    if (!text || !strcmp(text, "total"))
        return true;
    *by_unit =
        !strcmp(text, "unit") || !strcmp(text, "unit,category") || !strcmp(text, "category,unit");
    *by_category = !strcmp(text, "category") || (*by_unit && strcmp(text, "unit"));
    return *by_unit || *by_category ||
           err_set(e, ERR_USAGE, "--by %s: is none of %s", text, options[OPT_BY].value);
}

const char *places_subject(const struct session *s, const struct places *p, enum lang lang)
{
    const struct category *c = &s->directory.categories[p->categories[0]];
    if (p->category_count > 1)
        return tr(lang, "by category root");
    return *c->name ? c->name : c->code;
}

bool places_views(const struct places *p, bool by_unit, bool by_category, const struct view *views,
                  size_t count, struct result *r, struct err *e)
{
    struct view *shown = arena_alloc(&r->arena, count * sizeof *shown);
    bool one_category = !by_category && p->category_count == 1;
    bool one_unit = !by_unit && p->top_count <= 1;
    if (!shown)
        return err_memory(e);
    for (size_t i = 0; i < count; i++)
        if (!(i == 0 && one_unit && !one_category) && !(i == 1 && one_category))
            shown[r->view_count++] = views[i];
    r->views = shown;
    return true;
}
