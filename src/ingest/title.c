#include "ingest/title.h"

#include <string.h>

#include "base/text.h"
#include "ingest/directory_index.h"

/* ---- words ---- */

enum { WORDS_MAX = 80 };

struct words {
    const char *text;
    size_t from[WORDS_MAX], to[WORDS_MAX], count;
};

/* Bytes of what stands between words here; 0: none does. */
static size_t gap(const char *text)
{
    if (!strncmp(text, "\xC2\xA0", 2))
        return 2;
    if (!strncmp(text, "\xE2\x80\x93", 3))
        return 3;
    return *text && strchr(" \t\r\n_-.,;:()[]\"'", *text) ? 1 : 0;
}

static void split(struct words *w, const char *text)
{
    w->text = text;
    w->count = 0;
    for (size_t i = 0; text[i] && w->count < WORDS_MAX;) {
        size_t between = gap(text + i);
        if (between) {
            i += between;
            continue;
        }
        w->from[w->count] = i;
        while (text[i] && !gap(text + i))
            i++;
        w->to[w->count++] = i;
    }
}

static bool has_letter(const char *text, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if ((unsigned char)text[i] >= 'A')
            return true;
    return false;
}

/* ---- units ---- */

enum { UNITS_MAX = 16, NAME_WORDS = 7 };

struct named_units {
    const struct title_scope *s;
    size_t units[UNITS_MAX];
    struct said {
        const char *text;
        size_t n;
    } said[UNITS_MAX];
    size_t count;
    bool typed_only; /* a word for its kind stands before each of them */
};

/* "Độc lập - Tự do - Hạnh phúc" names three communes somewhere. */
static bool is_motto(const char *text)
{
    struct buf key = {0};
    bool motto = text_key(text, strlen(text), &key) &&
                 (strstr(buf_text(&key), "cong hoa xa hoi") || strstr(buf_text(&key), "doc lap"));
    buf_free(&key);
    return motto;
}

static bool is_typed(const char *text, size_t n)
{
    struct name_forms forms = {0};
    bool typed = name_forms_read(&forms, text, n, true) && forms.type;
    name_forms_free(&forms);
    return typed;
}

static bool has_children(const struct directory *d, size_t unit)
{
    for (size_t i = 0; i < d->unit_count; i++)
        if (d->units[i].parent == unit && !d->units[i].is_unknown)
            return true;
    return false;
}

static bool find_unit(const struct title_scope *s, const char *text, size_t n, size_t *unit)
{
    struct buf why = {0};
    bool found =
        has_letter(text, n) && directory_unit_named(s->d, text, n) &&
        directory_find_unit(s->d, text, n, s->today, s->within, false, LANG_EN, unit, &why);
    buf_free(&why);
    return found && !s->d->units[*unit].is_unknown;
}

static void note_unit(struct named_units *u, size_t unit, const char *text, size_t n)
{
    bool typed = is_typed(text, n);
    if (typed && !u->typed_only)
        u->count = 0;
    if (u->typed_only && !typed)
        return;
    u->typed_only = typed;
    for (size_t i = 0; i < u->count; i++)
        if (!strcmp(u->s->d->units[u->units[i]].code, u->s->d->units[unit].code))
            return;
    if (u->count == UNITS_MAX)
        return;
    u->units[u->count] = unit;
    u->said[u->count++] = (struct said){text, n};
}

/* Longest names first. A single word is a name only where it is all that is said. */
static void find_units(struct named_units *u, const struct words *w)
{
    for (size_t i = 0; i < w->count;) {
        size_t most = w->count - i < NAME_WORDS ? w->count - i : NAME_WORDS, step = 1;
        for (size_t words = most; words > (w->count > 1); words--) {
            const char *text = w->text + w->from[i];
            size_t n = w->to[i + words - 1] - w->from[i], unit;
            if (find_unit(u->s, text, n, &unit)) {
                note_unit(u, unit, text, n);
                step = words;
                break;
            }
        }
        i += step;
    }
}

/* What is said only to say where another lies. */
static bool is_above_another(const struct named_units *u, size_t i)
{
    for (size_t j = 0; j < u->count; j++)
        if (j != i && unit_is_inside(u->s->d, u->units[i], u->units[j]))
            return true;
    return false;
}

bool title_unit(const struct title_scope *s, const char *const *texts, size_t count,
                struct buf *name)
{
    struct named_units u = {.s = s};
    struct words w;
    size_t found = 0, last = 0;
    for (size_t i = 0; i < count; i++) {
        split(&w, texts[i]);
        if (w.count && !is_motto(texts[i]))
            find_units(&u, &w);
    }
    for (size_t i = 0; i < u.count; i++)
        if (!is_above_another(&u, i) && !(s->leaf && has_children(s->d, u.units[i]))) {
            found++;
            last = i;
        }
    if (found == 1)
        buf_add(name, u.said[last].text, u.said[last].n);
    return found == 1;
}

/* ---- periods ---- */

enum { PERIOD_WORDS = 7 };

struct named_periods {
    const struct title_scope *s;
    struct span days; /* "từ ngày … đến ngày …": goes before all names */
    struct period period;
    size_t count;
};

static bool says_to(const char *text)
{
    struct buf key = {0};
    bool says = text_key(text, strlen(text), &key) && strstr(buf_text(&key), " den ");
    buf_free(&key);
    return says;
}

/* From one date to another, where a text has exactly two. */
static bool find_days(struct named_periods *p, const char *text)
{
    static const char between[] = " \t\r\n,;:()";
    day found[2] = {0, 0};
    size_t count = 0;
    for (const char *at = text + strspn(text, between); *at; at += strspn(at, between)) {
        size_t n = strcspn(at, between);
        bool impossible;
        day d;
        if (day_parse(at, n, &d, &impossible) && strpbrk(at, "/-."))
            found[count++ < 1 ? 0 : 1] = d;
        at += n;
    }
    if (count != 2 || found[0] >= found[1] || !says_to(text))
        return false;
    p->days = (struct span){found[0], found[1]};
    return true;
}

static void note_period(struct named_periods *p, const struct period *found)
{
    if (p->count && p->period.span.from == found->span.from && p->period.span.to == found->span.to)
        return;
    p->period = *found;
    p->count++;
}

/* A year alone is one only as "năm 2024"; 5-2024 and 2024-05 are months unless a day stands
 * before. */
static bool is_said(const struct words *w, size_t first, size_t n, const struct period *found)
{
    const char *text = w->text + w->from[first];
    if (found->span.from == found->span.to)
        return false; /* the day on which a paper was signed */
    if (strlen(found->label) == 4)
        return has_letter(text, n);
    if (has_letter(text, n))
        return true;
    return first == 0 ||
           has_letter(w->text + w->from[first - 1], w->to[first - 1] - w->from[first - 1]);
}

/* Words as written, else with spaces between them ("thang_5_2024", "T5.2024"). */
static bool parse(const struct named_periods *p, const struct words *w, size_t first, size_t words,
                  struct period *found)
{
    const char *text = w->text + w->from[first];
    size_t n = w->to[first + words - 1] - w->from[first];
    if (period_parse(text, n, p->s->calendar, found))
        return is_said(w, first, n, found);
    struct buf spaced = {0};
    for (size_t i = first; i < first + words; i++)
        buf_addf(&spaced, "%s%.*s", i > first ? " " : "", (int)(w->to[i] - w->from[i]),
                 w->text + w->from[i]);
    bool ok = has_letter(text, n) && !spaced.failed &&
              period_parse(buf_text(&spaced), spaced.len, p->s->calendar, found) &&
              is_said(w, first, n, found);
    buf_free(&spaced);
    return ok;
}

static void find_periods(struct named_periods *p, const struct words *w)
{
    for (size_t i = 0; i < w->count;) {
        size_t most = w->count - i < PERIOD_WORDS ? w->count - i : PERIOD_WORDS, step = 1;
        for (size_t words = most; words > 0; words--) {
            struct period found;
            if (parse(p, w, i, words, &found)) {
                note_period(p, &found);
                step = words;
                break;
            }
        }
        i += step;
    }
}

bool title_period(const struct title_scope *s, const char *const *texts, size_t count,
                  struct buf *label)
{
    struct named_periods p = {.s = s};
    struct words w;
    for (size_t i = 0; i < count; i++) {
        if (find_days(&p, texts[i])) {
            char from[11], to[11];
            day_text(p.days.from, from);
            day_text(p.days.to, to);
            buf_addf(label, "%s..%s", from, to);
            return true;
        }
        split(&w, texts[i]);
        find_periods(&p, &w);
    }
    if (p.count == 1)
        buf_adds(label, p.period.label);
    return p.count == 1;
}
