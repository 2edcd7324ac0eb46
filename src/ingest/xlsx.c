/* xlsx.c: what a package says of its sheets: names, order, parts. */
#include "ingest/xlsx.h"

#include <stdlib.h>
#include <string.h>

#include "ingest/office.h"

/* Where one part points: what Office calls relationships. */
struct link {
    const char *id, *type, *target;
};

struct links {
    struct xlsx *x;
    const char *folder; /* targets are relative to it */
    struct link *items;
    size_t count, cap;
    bool failed;
};

static bool ends_with(const char *text, const char *end)
{
    size_t n = strlen(text), m = strlen(end);
    return n >= m && !strcmp(text + n - m, end);
}

/* folder + target, ".." resolved; a target that begins with / is the whole. */
static const char *resolve(struct arena *a, const char *folder, const char *target)
{
    size_t n = strlen(folder);
    if (*target == '/')
        return arena_text(a, target + 1);
    while (!strncmp(target, "../", 3)) {
        target += 3;
        while (n > 0 && folder[--n] != '/') {
        }
        while (n > 0 && folder[n - 1] != '/')
            n--;
    }
    return arena_format(a, "%.*s%s", (int)n, folder, target);
}

static void on_link(void *context, const char *name, const char *const *attributes)
{
    struct links *l = context;
    const char *id = office_attribute(attributes, "Id");
    const char *type = office_attribute(attributes, "Type");
    const char *target = office_attribute(attributes, "Target");
    void *items = l->items;
    if (strcmp(name, "Relationship") || !id || !type || !target || l->failed)
        return;
    struct arena *a = &l->x->arena;
    struct link made = {arena_text(a, id), arena_text(a, type), resolve(a, l->folder, target)};
    l->failed = !made.id || !made.type || !made.target ||
                !array_grow(&items, &l->cap, l->count + 1, sizeof *l->items, NULL);
    l->items = items;
    if (!l->failed)
        l->items[l->count++] = made;
}

/* The links of a part; none where the package has no list of them. */
static bool read_links(struct links *l, const char *part, struct err *e)
{
    static const struct office_xml handlers = {.start = on_link};
    const char *slash = strrchr(part, '/');
    size_t folder = slash ? (size_t)(slash - part) + 1 : 0;
    l->folder = arena_copy(&l->x->arena, part, folder);
    const char *list =
        arena_format(&l->x->arena, "%.*s_rels/%s.rels", (int)folder, part, part + folder);
    if (!l->folder || !list)
        return err_memory(e);
    if (!office_has(l->x->office, list))
        return true;
    return office_read(l->x->office, list, &handlers, l, e) && (!l->failed || err_memory(e));
}

static const struct link *find_link(const struct links *l, const char *id, const char *type)
{
    for (size_t i = 0; i < l->count; i++)
        if (id ? !strcmp(l->items[i].id, id) : ends_with(l->items[i].type, type))
            return &l->items[i];
    return NULL;
}

/* ---- the workbook ---- */

static void add_sheet(struct links *l, const char *const *attributes)
{
    const char *name = office_attribute(attributes, "name");
    const char *state = office_attribute(attributes, "state");
    const char *id = office_attribute(attributes, "id");
    const struct link *link = id ? find_link(l, id, NULL) : NULL;
    struct xlsx *x = l->x;
    void *sheets = x->sheets;
    if (!name || !link || !ends_with(link->type, "/worksheet") || l->failed)
        return; /* sheets that are one chart hold no rows */
    l->failed = !array_grow(&sheets, &x->sheet_cap, x->sheet_count + 1, sizeof *x->sheets, NULL);
    x->sheets = sheets;
    const char *copy = arena_text(&x->arena, name);
    if (l->failed || !copy) {
        l->failed = true;
        return;
    }
    bool hidden = state && strcmp(state, "visible") != 0;
    x->sheets[x->sheet_count++] =
        (struct xlsx_sheet){.name = copy, .part = link->target, .is_hidden = hidden};
}

static void on_workbook(void *context, const char *name, const char *const *attributes)
{
    struct links *l = context;
    if (!strcmp(name, "sheet"))
        add_sheet(l, attributes);
    if (strcmp(name, "workbookPr"))
        return;
    const char *from_1904 = office_attribute(attributes, "date1904");
    l->x->from_1904 = from_1904 && (!strcmp(from_1904, "1") || !strcmp(from_1904, "true"));
}

static bool read_parts(struct xlsx *x, const struct links *l, struct err *e)
{
    const struct link *strings = find_link(l, NULL, "/sharedStrings");
    const struct link *styles = find_link(l, NULL, "/styles");
    bool has_strings = strings && office_has(x->office, strings->target);
    bool has_styles = styles && office_has(x->office, styles->target);
    return (!has_styles || xlsx_read_formats(x, styles->target, e)) &&
           (!has_strings || xlsx_read_strings(x, strings->target, e));
}

static bool read_workbook(struct xlsx *x, const char *part, struct err *e)
{
    static const struct office_xml handlers = {.start = on_workbook};
    struct links l = {.x = x};
    bool ok = read_links(&l, part, e) && office_read(x->office, part, &handlers, &l, e) &&
              (!l.failed || err_memory(e)) &&
              (x->sheet_count ||
               err_set(e, ERR_INPUT, "%s: the workbook has no sheet with rows", x->path)) &&
              read_parts(x, &l, e);
    free(l.items);
    return ok;
}

/* The package says which of its parts is the main one. */
static bool read_package(struct xlsx *x, struct err *e)
{
    struct links l = {.x = x};
    bool ok = read_links(&l, "", e);
    const struct link *main = ok ? find_link(&l, NULL, "/officeDocument") : NULL;
    bool is_book = main && ends_with(main->target, "workbook.xml");
    if (ok && !is_book)
        ok = err_set(e, ERR_INPUT,
                     "%s: a zip package, but no Excel workbook (.xlsx): open it and save the table "
                     "as .xlsx or as \"CSV UTF-8\"",
                     x->path);
    ok = ok && read_workbook(x, main->target, e);
    free(l.items);
    return ok;
}

bool xlsx_open(struct xlsx **out, const char *path, struct err *e)
{
    struct xlsx *x = calloc(1, sizeof *x);
    *out = NULL;
    if (!x)
        return err_memory(e);
    x->path = arena_text(&x->arena, path);
    if (!x->path || !office_open(&x->office, path, e) || !read_package(x, e)) {
        bool known = x->path;
        xlsx_close(x);
        return known ? false : err_memory(e);
    }
    *out = x;
    return true;
}

void xlsx_close(struct xlsx *x)
{
    if (!x)
        return;
    office_close(x->office);
    for (size_t i = 0; i < x->sheet_count; i++)
        free(x->sheets[i].merges);
    free(x->sheets);
    free(x->formats);
    free(x->strings);
    arena_free(&x->arena);
    free(x);
}
