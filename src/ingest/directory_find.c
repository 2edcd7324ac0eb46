/* directory_find.c: from a cell to a unit or category: by code, then by name, the better match
 * first. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "ingest/directory_index.h"

/* What units and categories have in common for a look-up. */
struct side {
    const struct name_index *index;
    bool typed; /* names begin with a kind of area */
    struct span (*valid)(const struct directory *d, size_t entry);
    const char *(*code)(const struct directory *d, size_t entry);
    const char *(*name)(const struct directory *d, size_t entry);
    bool (*inside)(const struct directory *d, size_t within, size_t entry);
    void (*nearest)(const struct directory *d, const char *plain, day at, size_t within,
                    const char *lead, struct buf *why);
};

static struct span unit_valid(const struct directory *d, size_t entry)
{
    return d->units[entry].valid;
}

static const char *unit_code(const struct directory *d, size_t entry)
{
    return d->units[entry].code;
}

static const char *unit_name(const struct directory *d, size_t entry)
{
    return d->units[entry].name;
}

static struct span category_valid(const struct directory *d, size_t entry)
{
    return d->categories[entry].valid;
}

static const char *category_code(const struct directory *d, size_t entry)
{
    return d->categories[entry].code;
}

static const char *category_name(const struct directory *d, size_t entry)
{
    return d->categories[entry].name;
}

bool unit_is_inside(const struct directory *d, size_t within, size_t unit)
{
    if (within == NO_ENTRY)
        return true;
    while (unit != NO_ENTRY && unit != within &&
           strcmp(d->units[unit].code, d->units[within].code) != 0)
        unit = d->units[unit].parent;
    return unit != NO_ENTRY;
}

bool category_is_inside(const struct directory *d, size_t within, size_t category)
{
    return within == NO_ENTRY || directory_category_contains(d, within, category);
}

static struct side unit_side(const struct directory *d)
{
    return (struct side){&d->index->units, true,           unit_valid,   unit_code,
                         unit_name,        unit_is_inside, nearest_units};
}

static struct side category_side(const struct directory *d)
{
    return (struct side){&d->index->categories, false,         category_valid,
                         category_code,         category_name, category_is_inside,
                         nearest_categories};
}

/* ---- candidates ---- */

#define CANDIDATES_MAX 64

struct search {
    const struct directory *d;
    struct side side;
    day at;
    size_t within;
    size_t found[CANDIDATES_MAX];
    size_t count;
    bool by_alias;
};

static bool is_valid(const struct search *s, size_t entry)
{
    return s->at == DAY_NONE || span_has(s->side.valid(s->d, entry), s->at);
}

/* Days between `at` and the entry's validity; without a day, the later the entry the nearer. */
static int64_t distance(const struct search *s, size_t entry)
{
    struct span valid = s->side.valid(s->d, entry);
    if (s->at == DAY_NONE)
        return -(int64_t)valid.from;
    return s->at < valid.from ? (int64_t)valid.from - s->at
           : s->at > valid.to ? (int64_t)s->at - valid.to
                              : 0;
}

/* Of entries with one code only the one nearest in time stays. */
static void search_add(struct search *s, size_t entry)
{
    if (!s->side.inside(s->d, s->within, entry))
        return;
    for (size_t i = 0; i < s->count; i++)
        if (!strcmp(s->side.code(s->d, s->found[i]), s->side.code(s->d, entry))) {
            if (distance(s, entry) < distance(s, s->found[i]))
                s->found[i] = entry;
            return;
        }
    if (s->count < CANDIDATES_MAX)
        s->found[s->count++] = entry;
}

static void search_code(struct search *s, const char *code)
{
    size_t first, count = name_table_find(&s->side.index->codes, code, &first);
    s->count = 0;
    for (size_t i = first; i < first + count; i++)
        search_add(s, s->side.index->codes.keys[i].entry);
}

static void search_key(struct search *s, const struct name_table *t, const char *key,
                       name_type type, bool valid_only)
{
    size_t first, count = *key ? name_table_find(t, key, &first) : 0;
    for (size_t i = 0; i < count; i++) {
        const struct name_key *k = &t->keys[first + i];
        bool same_type = !type || !k->type || k->type == type;
        if (same_type && (!valid_only || is_valid(s, k->entry)))
            search_add(s, k->entry);
    }
}

/* The order in which matches are believed: a name spelt right goes before one that lacks its marks,
 * and among those spelt alike one that is valid on the day before others. */
static const struct step {
    enum name_stage stage;
    bool valid_only;
} steps[] = {
    {NAME_MARKED, true},  {NAME_FOLDED, true}, {NAME_MARKED, false},
    {NAME_FOLDED, false}, {NAME_PLAIN, true},  {NAME_PLAIN, false},
};

static void search_names(struct search *s, const struct name_table *names,
                         const struct name_forms *f)
{
    s->count = 0;
    for (size_t i = 0; i < sizeof steps / sizeof steps[0] && !s->count; i++) {
        const struct name_table *t = &names[steps[i].stage];
        search_key(s, t, f->full[steps[i].stage], 0, steps[i].valid_only);
        if (f->type)
            search_key(s, t, f->base[steps[i].stage], f->type, steps[i].valid_only);
    }
}

/* `within` itself goes where another fits. */
static void drop_within(struct search *s)
{
    size_t kept = 0;
    for (size_t i = 0; i < s->count && s->count > 1; i++)
        if (s->found[i] != s->within)
            s->found[kept++] = s->found[i];
    if (kept)
        s->count = kept;
}

/* What lies under another candidate goes. */
static void keep_uppermost(struct search *s)
{
    struct search all = *s;
    s->count = 0;
    for (size_t i = 0; i < all.count; i++) {
        bool under = false;
        for (size_t j = 0; j < all.count; j++)
            under = under || (j != i && s->side.inside(s->d, all.found[j], all.found[i]));
        if (!under)
            s->found[s->count++] = all.found[i];
    }
}

/* ---- why not ---- */

/* Categories of different roots: a file, or a sheet, is mostly of one of them. */
static void say_roots(const struct search *s, enum lang lang, struct buf *why)
{
    const struct category *all = s->d->categories, *first = &all[all[s->found[0]].root];
    for (size_t i = 1; i < s->count; i++) {
        const struct category *root = &all[all[s->found[i]].root];
        if (root != first) {
            buf_addf(why, tr(lang, ": write the code, or load with --within %s or --within %s"),
                     first->code, root->code);
            return;
        }
    }
}

static void say_ambiguous(const struct search *s, enum lang lang, struct buf *why)
{
    enum { NAMED_MAX = 5 };
    buf_adds(why, tr(lang, "ambiguous:"));
    for (size_t i = 0; i < s->count && i < NAMED_MAX; i++)
        buf_addf(why, "%s %s (%s)", i ? "," : "", s->side.name(s->d, s->found[i]),
                 s->side.code(s->d, s->found[i]));
    if (s->count > NAMED_MAX)
        buf_adds(why, " …");
    if (!s->side.typed)
        say_roots(s, lang, why);
}

static void say_unknown(const struct search *s, const struct name_forms *f, const char *unknown,
                        enum lang lang, struct buf *why)
{
    buf_adds(why, unknown);
    s->side.nearest(s->d, f->base[NAME_PLAIN], s->at, s->within, tr(lang, "; nearest:"), why);
}

/* ---- the look-ups ---- */

struct query {
    const char *text;
    size_t n;
    enum lang lang;
    const char *unknown; /* what to say where nothing fits */
    bool uppermost;      /* of nested candidates the upper one is meant */
    bool no_aliases;
};

/* "Hiếp dâm (U18.TTXH.HIEPDAM)": as ambiguous names are told, the code says which is meant. */
static void search_code_behind(struct search *s, struct buf *text)
{
    char *open = text->len && text->data[text->len - 1] == ')' ? strrchr(text->data, '(') : NULL;
    struct buf said = {0}, name = {0};
    if (!open)
        return;
    text->data[text->len - 1] = '\0';
    search_code(s, open + 1);
    const char *meant = s->count ? s->side.name(s->d, s->found[0]) : "";
    if (!text_key(text->data, (size_t)(open - text->data), &said) ||
        !text_key(meant, strlen(meant), &name) || strcmp(buf_text(&said), buf_text(&name)) != 0)
        s->count = 0;
    buf_free(&said);
    buf_free(&name);
}

/* By code, else by name, else by alias: names are indexed only when the first is looked up. */
static bool search_all(struct search *s, const struct query *q, struct name_forms *forms)
{
    struct buf code = {0};
    bool ok =
        text_nfc(q->text, q->n, &code) && name_forms_read(forms, q->text, q->n, s->side.typed);
    if (ok)
        search_code(s, buf_text(&code));
    if (ok && !s->count)
        search_code_behind(s, &code);
    buf_free(&code);
    if (!ok || s->count)
        return ok;
    ok = directory_prepare_names(s->d, NULL);
    if (ok)
        search_names(s, s->side.index->names, forms);
    if (ok && !s->count && !q->no_aliases) {
        search_names(s, s->side.index->aliases, forms);
        s->by_alias = true;
    }
    return ok;
}

static bool find_entry(struct search *s, const struct query *q, size_t *found, struct buf *why)
{
    struct name_forms forms = {0};
    bool ok = search_all(s, q, &forms);
    if (ok) {
        drop_within(s);
        if (q->uppermost)
            keep_uppermost(s);
        if (s->count > 1)
            say_ambiguous(s, q->lang, why);
        else if (!s->count && directory_prepare_names(s->d, NULL))
            say_unknown(s, &forms, q->unknown, q->lang, why);
    } else {
        buf_adds(why, tr(q->lang, "out of memory: close other programs and try again"));
    }
    ok = ok && s->count == 1;
    if (ok)
        *found = s->found[0];
    name_forms_free(&forms);
    return ok;
}

bool directory_find_unit(const struct directory *d, const char *text, size_t n, day at,
                         size_t within, bool leaf_only, enum lang lang, size_t *found,
                         struct buf *why)
{
    if (!d->unit_count) {
        buf_adds(why, tr(lang, "unknown unit: load the units first"));
        return false;
    }
    if (directory_says_unknown(text, n))
        return directory_find_unknown(d, at, within, lang, found, why);
    struct search s = {.d = d, .side = unit_side(d), .at = at, .within = within};
    struct query q = {text, n, lang, tr(lang, "unknown unit"), false, false};
    if (!find_entry(&s, &q, found, why))
        return false;
    size_t place = leaf_only && !d->units[*found].is_unknown
                       ? directory_unknown_place(d, *found, at)
                       : NO_ENTRY;
    if (place != NO_ENTRY)
        *found = place;
    return true;
}

static const char *code_named(struct search *s, const char *text, size_t n)
{
    struct name_forms forms = {0};
    struct query q = {.text = text, .n = n, .no_aliases = true};
    bool has = search_all(s, &q, &forms) && s->count;
    name_forms_free(&forms);
    return has ? s->side.code(s->d, s->found[0]) : NULL;
}

const char *directory_unit_named(const struct directory *d, const char *text, size_t n)
{
    if (!d->unit_count)
        return NULL;
    struct search s = {.d = d, .side = unit_side(d), .at = DAY_NONE, .within = NO_ENTRY};
    return code_named(&s, text, n);
}

static bool find_category(const struct directory *d, struct query *q, day at, size_t within,
                          size_t *found, struct buf *why)
{
    if (!d->category_count) {
        buf_adds(why, tr(q->lang, "unknown category: load the categories first"));
        return false;
    }
    struct search s = {.d = d, .side = category_side(d), .at = at, .within = within};
    q->unknown = tr(q->lang, "unknown category");
    if (!find_entry(&s, q, found, why))
        return false;
    size_t other = s.by_alias && within == NO_ENTRY
                       ? directory_article_elsewhere(d, q->text, q->n, *found)
                       : NO_ENTRY;
    if (other == NO_ENTRY)
        return true;
    s.found[s.count++] = other;
    say_ambiguous(&s, q->lang, why);
    return false;
}

bool directory_find_category(const struct directory *d, const char *text, size_t n, day at,
                             size_t within, enum lang lang, size_t *found, struct buf *why)
{
    struct query q = {text, n, lang, NULL, false, false};
    return find_category(d, &q, at, within, found, why);
}

bool directory_find_parent(const struct directory *d, const char *text, size_t n, day at,
                           size_t within, enum lang lang, size_t *found, struct buf *why)
{
    struct query q = {text, n, lang, NULL, true, false};
    return find_category(d, &q, at, within, found, why);
}

const char *directory_category_named(const struct directory *d, const char *text, size_t n,
                                     size_t within)
{
    if (!d->category_count)
        return NULL;
    struct search s = {.d = d, .side = category_side(d), .at = DAY_NONE, .within = within};
    return code_named(&s, text, n);
}
