#include "cli/case_id.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What stands in a form for the unit's code and for the year. */
enum { UNIT_MARK = '\1', YEAR_MARK = '\2' };
enum { ID_BYTES = 41, FORMS_MAX = 64, DIGITS_MAX = 9 };

struct form {
    char text[ID_BYTES];
    size_t count;
    int width; /* digits of the last id that has it */
};

struct proposal {
    const struct directory *directory;
    const char *source;
    struct form forms[FORMS_MAX]; /* in the order in which they came */
    size_t form_count, names;     /* names: ids of the source */
    const char *prefix;           /* second reading: ids that begin so … */
    long top;                     /* … have numbers up to this one */
};

/* The bytes before the running number at the end; the id's length where there is none. */
static size_t prefix_of(const char *id)
{
    size_t n = strlen(id), at = n;
    while (at > 0 && n - at < DIGITS_MAX && isdigit((unsigned char)id[at - 1]))
        at--;
    return at;
}

/* Puts the mark in the place of a part that stands by itself; bytes left. */
static size_t mark_part(char *text, size_t n, const char *part, char mark)
{
    size_t k = strlen(part);
    for (size_t i = 0; k && i + k <= n; i++) {
        bool begins = i == 0 || !isalnum((unsigned char)text[i - 1]);
        bool ends = i + k == n || !isalnum((unsigned char)text[i + k]);
        if (!begins || !ends || strncmp(text + i, part, k))
            continue;
        text[i] = mark;
        memmove(text + i + 1, text + i + k, n - i - k);
        return n - k + 1;
    }
    return n;
}

static void year_text(day on, char text[12])
{
    snprintf(text, 12, "%d", date_from_day(on).year);
}

/* False: the id has no running number. */
static bool form_of(const struct proposal *p, const struct case_name *name, char form[ID_BYTES],
                    int *width)
{
    size_t unit = directory_unit_by_id(p->directory, name->unit);
    size_t length = strlen(name->case_id), n = prefix_of(name->case_id);
    char year[12];
    if (n == length || length >= ID_BYTES)
        return false;
    *width = (int)(length - n);
    memcpy(form, name->case_id, n);
    year_text(name->on, year);
    if (unit != NO_ENTRY)
        n = mark_part(form, n, p->directory->units[unit].code, UNIT_MARK);
    n = mark_part(form, n, year, YEAR_MARK);
    form[n] = '\0';
    return true;
}

static bool take_form(void *context, const struct case_name *name, struct err *e)
{
    struct proposal *p = context;
    char text[ID_BYTES];
    int width;
    size_t i = 0;
    (void)e;
    if (strcmp(name->source, p->source))
        return true;
    p->names++;
    if (!form_of(p, name, text, &width))
        return true;
    while (i < p->form_count && strcmp(p->forms[i].text, text))
        i++;
    if (i == FORMS_MAX)
        return true;
    if (i == p->form_count) {
        p->form_count++;
        snprintf(p->forms[i].text, ID_BYTES, "%s", text);
    }
    p->forms[i].count++;
    p->forms[i].width = width;
    return true;
}

static bool take_number(void *context, const struct case_name *name, struct err *e)
{
    struct proposal *p = context;
    size_t n = strlen(p->prefix);
    (void)e;
    if (strcmp(name->source, p->source) || prefix_of(name->case_id) != n ||
        strncmp(name->case_id, p->prefix, n))
        return true;
    long number = strtol(name->case_id + n, NULL, 10);
    p->top = number > p->top ? number : p->top;
    return true;
}

/* The one that half of the ids have. */
static const struct form *common_form(const struct proposal *p)
{
    static const struct form usual = {{UNIT_MARK, '-', YEAR_MARK, '-', '\0'}, 0, 3};
    for (size_t i = 0; i < p->form_count; i++)
        if (2 * p->forms[i].count >= p->names)
            return &p->forms[i];
    return &usual;
}

/* An unknown place has no code of its own that an id could have. */
static const char *code_of(const struct directory *d, size_t unit)
{
    return d->units[unit].is_unknown ? d->units[unit].parent_code : d->units[unit].code;
}

static void fill_form(const struct form *f, const char *code, day on, struct buf *prefix)
{
    char year[12];
    year_text(on, year);
    for (const char *at = f->text; *at; at++) {
        if (*at == UNIT_MARK)
            buf_adds(prefix, code);
        else if (*at == YEAR_MARK)
            buf_adds(prefix, year);
        else
            buf_addc(prefix, *at);
    }
}

bool case_id_propose(struct session *s, const char *source, size_t unit, day on, struct buf *id,
                     struct err *e)
{
    struct proposal p = {.directory = &s->directory, .source = source};
    struct buf prefix = {0};
    bool ok = store_each_case_name(s->store, take_form, &p, e);
    const struct form *form = common_form(&p);
    fill_form(form, code_of(&s->directory, unit), on, &prefix);
    p.prefix = buf_text(&prefix);
    ok = ok && (!prefix.failed || err_memory(e)) &&
         store_each_case_name(s->store, take_number, &p, e);
    if (ok)
        buf_addf(id, "%s%0*ld", p.prefix, form->width, p.top + 1);
    buf_free(&prefix);
    return ok && (!id->failed || err_memory(e));
}
