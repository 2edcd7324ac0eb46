#include "report/record_styles.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

void record_styles_free(struct record_styles *s)
{
    free(s->styles);
    free(s->levels);
    free(s->lists);
    free(s->counters);
    arena_free(&s->arena);
    *s = (struct record_styles){0};
}

static const char *keep(struct record_styles *s, const char *text)
{
    const char *copy = text ? arena_text(&s->arena, text) : "";
    s->failed |= !copy;
    return copy ? copy : "";
}

/* ---- the package ---- */

static void relation_start(void *context, const char *name, const char *const *attributes)
{
    struct buf *part = context;
    const char *type = office_attribute(attributes, "Type");
    const char *target = office_attribute(attributes, "Target");
    const char *what = type ? strrchr(type, '/') : NULL;
    if (strcmp(name, "Relationship") || !what || strcmp(what, "/officeDocument") || !target)
        return;
    buf_clear(part);
    buf_adds(part, target + (*target == '/'));
}

bool record_main_part(struct office *o, struct buf *part, struct err *e)
{
    static const struct office_xml xml = {relation_start, NULL, NULL};
    buf_clear(part);
    return office_read(o, "_rels/.rels", &xml, part, e) && (!part->failed || err_memory(e));
}

/* ---- styles ---- */

/* "heading 2", "Heading2": the same without case and blanks; what stands behind it, or NULL. */
static const char *behind(const char *name, const char *word)
{
    for (; *word; name++) {
        if (*name == ' ')
            continue;
        if (tolower((unsigned char)*name) != *word++)
            return NULL;
    }
    return name + strspn(name, " ");
}

static void name_style(struct record_style *style, const char *name)
{
    const char *level = behind(name, "heading"), *bullet = behind(name, "listbullet");
    const char *appendix = behind(name, "appendix");
    if (level && *level >= '1' && *level <= '9' && !level[1])
        style->level = *level - '0';
    if (appendix && !*appendix)
        style->level = 1;
    style->is_bullet |= bullet != NULL;
    bool both = behind(name, "intenseemphasis") != NULL;
    style->bold |= both || behind(name, "strong") != NULL;
    style->italic |= both || behind(name, "emphasis") != NULL;
}

struct record_style record_style_of(const struct record_styles *s, const char *id)
{
    struct record_style own = {.id = id};
    for (size_t i = 0; s && i < s->style_count; i++)
        if (!strcmp(s->styles[i].id, id))
            return s->styles[i];
    name_style(&own, id);
    return own;
}

static void add_style(struct record_styles *s, const char *id)
{
    void *styles = s->styles;
    if (!array_grow(&styles, &s->style_cap, s->style_count + 1, sizeof *s->styles, NULL)) {
        s->failed = true;
        return;
    }
    s->styles = styles;
    struct record_style *style = &s->styles[s->style_count++];
    *style = (struct record_style){.id = keep(s, id)};
    name_style(style, style->id);
}

/* Names that our ids have lost count as well: LibreOffice calls our "Appendix" what it likes. */
static void style_start(void *context, const char *name, const char *const *attributes)
{
    struct record_styles *s = context;
    const char *value = office_attribute(attributes, "val");
    if (!strcmp(name, "style")) {
        add_style(s, office_attribute(attributes, "styleId"));
    } else if (s->style_count && !s->failed && value) {
        struct record_style *last = &s->styles[s->style_count - 1];
        if (!strcmp(name, "name"))
            name_style(last, value);
        else if (!strcmp(name, "numId"))
            last->numbering = keep(s, value);
    }
}

/* ---- lists ---- */

static void add_level(struct record_styles *s, const char *of, int level)
{
    void *levels = s->levels;
    if (!array_grow(&levels, &s->level_cap, s->level_count + 1, sizeof *s->levels, NULL)) {
        s->failed = true;
        return;
    }
    s->levels = levels;
    s->levels[s->level_count++] = (struct record_level){.of = of, .level = level};
}

static void add_list(struct record_styles *s, const char *id)
{
    void *lists = s->lists;
    if (!array_grow(&lists, &s->list_cap, s->list_count + 1, sizeof *s->lists, NULL)) {
        s->failed = true;
        return;
    }
    s->lists = lists;
    s->lists[s->list_count++] = (struct record_list){.id = keep(s, id), .of = ""};
}

static int mark_of(const char *format)
{
    if (!strcmp(format, "bullet"))
        return LIST_BULLET;
    if (!strcmp(format, "none"))
        return LIST_NONE;
    return strstr(format, "Letter") ? LIST_LETTER : LIST_NUMBER;
}

struct numbering_reading {
    struct record_styles *s;
    const char *abstract; /* the one being read; NULL: a w:num */
};

static void numbering_start(void *context, const char *name, const char *const *attributes)
{
    struct numbering_reading *x = context;
    struct record_styles *s = x->s;
    const char *value = office_attribute(attributes, "val");
    if (!strcmp(name, "abstractNum")) {
        x->abstract = keep(s, office_attribute(attributes, "abstractNumId"));
    } else if (!strcmp(name, "num")) {
        x->abstract = NULL;
        add_list(s, office_attribute(attributes, "numId"));
    } else if (!strcmp(name, "lvl") && x->abstract) {
        const char *level = office_attribute(attributes, "ilvl");
        add_level(s, x->abstract, level ? atoi(level) : 0);
    } else if (!strcmp(name, "numFmt") && x->abstract && value && s->level_count) {
        s->levels[s->level_count - 1].mark = mark_of(value);
    } else if (!strcmp(name, "abstractNumId") && s->list_count && value) {
        s->lists[s->list_count - 1].of = keep(s, value);
    }
}

bool record_styles_read(struct record_styles *s, struct office *o, struct err *e)
{
    static const struct office_xml styles = {style_start, NULL, NULL};
    static const struct office_xml numbering = {numbering_start, NULL, NULL};
    struct numbering_reading x = {.s = s};
    bool ok = !office_has(o, "word/styles.xml") || office_read(o, "word/styles.xml", &styles, s, e);
    ok = ok && (!office_has(o, "word/numbering.xml") ||
                office_read(o, "word/numbering.xml", &numbering, &x, e));
    return ok && (!s->failed || err_memory(e));
}

/* ---- counting ---- */

static int mark_at(const struct record_styles *s, const char *id, int level)
{
    const char *of = NULL;
    for (size_t i = 0; i < s->list_count; i++)
        if (!strcmp(s->lists[i].id, id))
            of = s->lists[i].of;
    for (size_t i = 0; of && i < s->level_count; i++)
        if (s->levels[i].level == level && !strcmp(s->levels[i].of, of))
            return s->levels[i].mark;
    return LIST_NONE;
}

/* Levels below begin anew. */
static int count_on(struct record_styles *s, const char *id, int level)
{
    struct record_counter *own = NULL;
    for (size_t i = 0; i < s->counter_count; i++) {
        struct record_counter *c = &s->counters[i];
        if (!strcmp(c->id, id) && c->level == level)
            own = c;
        else if (!strcmp(c->id, id) && c->level > level)
            c->n = 0;
    }
    if (own)
        return ++own->n;
    void *counters = s->counters;
    if (!array_grow(&counters, &s->counter_cap, s->counter_count + 1, sizeof *s->counters, NULL)) {
        s->failed = true;
        return 1;
    }
    s->counters = counters;
    s->counters[s->counter_count++] = (struct record_counter){keep(s, id), level, 1};
    return 1;
}

int record_list_next(struct record_styles *s, const char *id, int level, int *n)
{
    int mark = mark_at(s, id, level);
    if (mark == LIST_NUMBER || mark == LIST_LETTER)
        *n = count_on(s, id, level);
    return mark;
}
