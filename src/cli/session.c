#include "cli/session.h"

#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "cli/groups.h"
#include "sys/sys.h"

static bool read_state(struct session *s, struct err *e)
{
    const char *text = arg(s->request, OPT_STATE);
    int64_t last = 0;
    bool fractional;
    s->state = STATE_NOW;
    if (!text)
        return true;
    if (!num_parse_int(text, strlen(text), &s->state, &fractional) || s->state < 1)
        return err_set(e, ERR_USAGE, "--state %s: is not a load's number: see 'keogiam status'",
                       text);
    if (!store_last_load(s->store, &last, e))
        return false;
    return s->state <= last ||
           err_set(e, ERR_INPUT, "--state %s: the newest load is %lld: see 'keogiam status'", text,
                   (long long)last);
}

bool session_language(struct store *s, const struct request *r, enum lang *lang, bool *chosen,
                      struct err *e)
{
    struct buf kept = {0};
    bool found = false;
    *lang = r->lang;
    *chosen = r->lang_given;
    if (*chosen)
        return true;
    if (!store_config_get(s, "lang", &kept, &found, e))
        return false;
    if (found)
        *chosen = lang_parse(buf_text(&kept), lang);
    buf_free(&kept);
    e->lang = *lang;
    return true;
}

bool session_open(struct session *s, const struct request *r, enum store_mode mode, struct err *e)
{
    *s = (struct session){.request = r};
    if (store_open(&s->store, r->place, mode, e) &&
        session_language(s->store, r, &s->lang, &s->lang_chosen, e) && read_state(s, e) &&
        store_directory(s->store, s->state, &s->directory, e) &&
        groups_add(&s->directory, s->store, s->state, arg(r, OPT_UNIT), e) &&
        cover_load(&s->cover, s->store, s->state, &s->directory, e) &&
        session_choose_calendar(s, e) && session_read_as_of(s, e) &&
        store_is_synthetic(s->store, s->state, &s->synthetic, e) &&
        boundaries_new(&s->boundaries, r, e)) {
        s->talk = s->lang;
        s->writable = mode == STORE_WRITE;
        return true;
    }
    session_close(s);
    return false;
}

bool session_open_any(struct session *s, const struct request *r, struct err *unwritten,
                      struct err *e)
{
    *unwritten = (struct err){.lang = e->lang};
    if (!session_open(s, r, STORE_WRITE, unwritten))
        return session_open(s, r, STORE_READ, e);
    e->lang = s->talk;
    return true;
}

bool session_audit(const struct session *s, const char *action, const struct buf *line)
{
    struct err unwritten = {0};
    return s->writable && !line->failed &&
           store_audit(s->store, action, buf_text(line), &unwritten);
}

void session_speak_for_documents(struct session *s)
{
    if (!s->lang_chosen)
        s->lang = LANG_VI;
}

void session_close(struct session *s)
{
    boundaries_delete(s->boundaries);
    cover_free(&s->cover);
    directory_free(&s->directory);
    store_close(s->store);
    *s = (struct session){0};
}

/* ---- lists of names ---- */

struct lookup {
    const struct session *s;
    enum option_id option;
    day at;
    bool units;
};

static bool look_up(const struct lookup *l, const char *name, size_t n, size_t *found,
                    struct err *e)
{
    struct buf why = {0};
    const struct directory *d = &l->s->directory;
    if (l->units && (*found = groups_find(d, name, n)) != NO_ENTRY)
        return true;
    bool ok = l->units
                  ? directory_find_unit(d, name, n, l->at, NO_ENTRY, false, e->lang, found, &why)
                  : directory_find_category(d, name, n, DAY_NONE, NO_ENTRY, e->lang, found, &why);
    if (!ok)
        err_set(e, ERR_INPUT, "--%s %.*s: %s", options[l->option].name, (int)n, name,
                buf_text(&why));
    buf_free(&why);
    return ok;
}

static bool read_list(const struct lookup *l, size_t **items, size_t *count, struct err *e)
{
    const char *text = arg(l->s->request, l->option);
    *items = NULL;
    *count = 0;
    size_t cap = 0;
    while (text && *text) {
        const char *comma = strchr(text, ',');
        size_t n = comma ? (size_t)(comma - text) : strlen(text), found;
        void *grown = *items;
        if (!look_up(l, text, n, &found, e) ||
            !array_grow(&grown, &cap, *count + 1, sizeof **items, e)) {
            free(*items);
            *items = NULL;
            return false;
        }
        *items = grown;
        (*items)[(*count)++] = found;
        text = comma ? comma + 1 : text + n;
    }
    return true;
}

bool session_units(const struct session *s, enum option_id id, day at, size_t **items,
                   size_t *count, struct err *e)
{
    struct lookup l = {s, id, at, true};
    return read_list(&l, items, count, e);
}

bool session_categories(const struct session *s, enum option_id id, size_t **items, size_t *count,
                        struct err *e)
{
    struct lookup l = {s, id, DAY_NONE, false};
    return read_list(&l, items, count, e);
}

/* ---- periods ---- */

day session_last_known(const struct session *s)
{
    day last = DAY_NONE;
    for (size_t i = 0; i < s->cover.count; i++)
        last = s->cover.rows[i].span.to > last ? s->cover.rows[i].span.to : last;
    return last;
}

bool session_lineage(const struct session *s, day at, const struct lineage **l, struct err *e)
{
    day on = at == DAY_NONE || at == DAY_MAX ? session_last_known(s) : at;
    return boundaries_lineage(s->boundaries, s->store, s->state, &s->directory, on, l, e);
}

bool session_period(const struct session *s, struct period *p, struct err *e)
{
    const char *text = arg(s->request, OPT_PERIOD);
    if (text)
        return period_parse(text, strlen(text), s->calendar, p) ||
               err_set(e, ERR_USAGE,
                       "--period %s: is no period: write 2024, 2024H1, 2024Q2, 2024M9, 2024-05 or "
                       "2021..2022",
                       text);
    day last = session_last_known(s);
    if (last == DAY_NONE)
        return err_set(e, ERR_INPUT,
                       "%s: nothing is loaded yet: load units and cases with 'keogiam load'",
                       s->request->place);
    int year, month;
    calendar_locate(s->calendar, last, &year, &month);
    snprintf(p->label, sizeof p->label, "%d", year);
    p->span = calendar_year(s->calendar, year);
    return true;
}

bool session_month(const struct session *s, enum option_id id, bool end, day *bound, struct err *e)
{
    const char *text = arg(s->request, id);
    struct period p;
    if (text && !period_parse(text, strlen(text), s->calendar, &p))
        return err_set(e, ERR_USAGE, "--%s %s: is no month: write 2024-05", options[id].name, text);
    if (text)
        *bound = end ? p.span.to : p.span.from;
    return true;
}

bool session_roots(const struct session *s, size_t **roots, size_t *count, struct err *e)
{
    const struct directory *d = &s->directory;
    bool *covered = calloc(d->category_count + 1, sizeof *covered);
    *roots = malloc((d->category_count + 1) * sizeof **roots);
    *count = 0;
    if (!covered || !*roots) {
        free(covered);
        return err_memory(e);
    }
    for (size_t i = 0; i < s->cover.count; i++)
        covered[d->categories[s->cover.rows[i].category].root] = true;
    for (size_t c = 0; c < d->category_count; c++)
        if (covered[c])
            (*roots)[(*count)++] = c;
    free(covered);
    return true;
}

bool session_number(const struct request *r, enum option_id id, double low, double high, double *x,
                    struct err *e)
{
    const char *text = arg(r, id);
    if (!text)
        return true;
    return (num_parse_real(text, strlen(text), x) && *x > low && *x <= high) ||
           err_set(e, ERR_USAGE, "--%s %s: is no number over %g and up to %g", options[id].name,
                   text, low, high);
}

bool session_choice(const struct request *r, enum option_id id, int missing, int *choice,
                    struct err *e)
{
    const char *text = arg(r, id), *word = options[id].value;
    *choice = missing;
    if (!text)
        return true;
    size_t n = strlen(text);
    for (int i = 0; word; i++) {
        size_t k = strcspn(word, "|");
        if (k == n && !strncmp(word, text, n)) {
            *choice = i;
            return true;
        }
        word = word[k] ? word + k + 1 : NULL;
    }
    return err_set(e, ERR_USAGE, "--%s %s: is none of %s", options[id].name, text,
                   options[id].value);
}

/* ---- showing ---- */

const char *session_unit_name(const struct session *s, size_t unit, day at, struct arena *arena)
{
    const struct unit *u = &s->directory.units[unit];
    if (u->is_unknown)
        return tr(s->lang, "(place unknown)");
    const char *name = *u->name ? u->name : u->code;
    day asked = boundaries_asked(s->boundaries);
    at = asked == DAY_NONE ? at : asked;
    return span_has(u->valid, at) ? name : arena_format(arena, "%s %s", name, tr(s->lang, "(old)"));
}

static bool has_suffix(const char *path, const char *suffix)
{
    size_t n = strlen(path), k = strlen(suffix);
    return n > k && !strcmp(path + n - k, suffix);
}

static bool choose_format(const struct request *r, struct show *how, struct err *e)
{
    int format = FORMAT_TABLE;
    if (!session_choice(r, OPT_FORMAT, -1, &format, e))
        return false;
    if (format < 0 && how->path)
        format = has_suffix(how->path, ".csv")    ? FORMAT_CSV
                 : has_suffix(how->path, ".json") ? FORMAT_JSON
                 : has_suffix(how->path, ".xlsx") ? FORMAT_XLSX
                                                  : FORMAT_TABLE;
    how->format = format < 0 ? (how->excel ? FORMAT_CSV : FORMAT_TABLE) : (enum format)format;
    return true;
}

bool session_show(const struct session *s, const struct result *r, struct err *e)
{
    const struct request *q = s->request;
    struct show how = {.wide = arg(q, OPT_WIDE) != NULL,
                       .excel = arg(q, OPT_EXCEL) != NULL,
                       .quiet = arg(q, OPT_QUIET) != NULL,
                       .path = arg(q, OPT_OUTPUT)};
    return choose_format(q, &how, e) && show_result(r, &how, e);
}

const char *session_counted(enum count_unit count, enum lang lang)
{
    static const char *const words[] = {N_("cases"), N_("reports"), N_("offenders"), N_("victims")};
    return tr(lang, words[count]);
}

void session_amount(struct buf *b, const char *number, bool many, enum count_unit count,
                    enum lang lang)
{
    switch (count) {
    case COUNT_CASES:
        buf_addf(b, many ? tr(lang, "%s cases") : tr(lang, "%s case"), number);
        break;
    case COUNT_REPORTS:
        buf_addf(b, many ? tr(lang, "%s reports") : tr(lang, "%s report"), number);
        break;
    case COUNT_OFFENDERS:
        buf_addf(b, many ? tr(lang, "%s offenders") : tr(lang, "%s offender"), number);
        break;
    case COUNT_VICTIMS:
        buf_addf(b, many ? tr(lang, "%s children") : tr(lang, "%s child"), number);
        break;
    }
}

void session_add_count(struct buf *b, int64_t n, enum count_unit count, enum lang lang)
{
    struct buf number = {0};
    num_add_count(&number, n, lang);
    session_amount(b, buf_text(&number), n != 1, count, lang);
    b->failed |= number.failed;
    buf_free(&number);
}

void session_add_month(struct buf *b, const char *label, size_t n, enum lang lang)
{
    if (lang == LANG_VI && n == 7 && label[4] == '-')
        buf_addf(b, "%.2s/%.4s", label + 5, label);
    else
        buf_add(b, label, n);
}

void session_date(day d, enum lang lang, char text[11])
{
    if (lang == LANG_EN || d == DAY_NONE) {
        day_text(d, text);
        return;
    }
    struct date x = date_from_day(d);
    snprintf(text, 11, "%02u/%02u/%04u", (unsigned)x.mday % 100, (unsigned)x.month % 100,
             (unsigned)x.year % 10000);
}

void session_span(struct span span, enum lang lang, struct buf *b)
{
    char from[11], to[11];
    session_date(span.from, lang, from);
    session_date(span.to, lang, to);
    buf_addf(b, "%s – %s", from, to);
}
