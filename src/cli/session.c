#include "cli/session.h"

#include <stdlib.h>
#include <string.h>

#include "base/num.h"
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

static bool read_lang(struct session *s, struct err *e)
{
    struct buf kept = {0};
    bool found = false;
    s->lang = s->request->lang;
    s->lang_chosen = s->request->lang_given;
    if (s->lang_chosen)
        return true;
    if (!store_config_get(s->store, "lang", &kept, &found, e))
        return false;
    if (found)
        s->lang_chosen = lang_parse(buf_text(&kept), &s->lang);
    buf_free(&kept);
    return true;
}

bool session_open(struct session *s, const struct request *r, enum store_mode mode, struct err *e)
{
    *s = (struct session){.request = r};
    if (store_open(&s->store, r->place, mode, e) && read_state(s, e) && read_lang(s, e) &&
        store_directory(s->store, s->state, &s->directory, e) &&
        cover_load(&s->cover, s->store, s->state, &s->directory, e) &&
        session_choose_calendar(s, e) && store_is_synthetic(s->store, s->state, &s->synthetic, e))
        return true;
    session_close(s);
    return false;
}

void session_close(struct session *s)
{
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

bool session_period(const struct session *s, struct period *p, struct err *e)
{
    const char *text = arg(s->request, OPT_PERIOD);
    if (text)
        return period_parse(text, strlen(text), s->calendar, p) ||
               err_set(e, ERR_USAGE,
                       "--period %s: is no period: write 2024, 2024H1, 2024Q2, 2024M9, 2024-05 or "
                       "2021..2022",
                       text);
    day last = DAY_NONE;
    for (size_t i = 0; i < s->cover.count; i++)
        last = s->cover.rows[i].span.to > last ? s->cover.rows[i].span.to : last;
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

static bool add_span(struct result *r, const char *key, const char *label, const struct period *p,
                     struct err *e)
{
    struct buf shown = {0}, value = {0};
    char from[11], to[11];
    day_text(p->span.from, from);
    day_text(p->span.to, to);
    buf_addf(&value, "%s %s..%s", p->label, from, to);
    buf_addf(&shown, "%s (", p->label);
    session_span(p->span, r->lang, &shown);
    buf_adds(&shown, ")");
    bool ok = !value.failed && !shown.failed
                  ? result_add_prov(r, key, label, value.data, shown.data, e)
                  : err_memory(e);
    buf_free(&shown);
    buf_free(&value);
    return ok;
}

static bool add_sources(const struct session *s, struct result *r, struct err *e)
{
    struct buf codes = {0}, names = {0};
    for (size_t i = 0; i < s->cover.source_count; i++) {
        const char *source = s->cover.sources[i];
        size_t unit = directory_unit_by_code(&s->directory, source, DAY_NONE);
        bool named = unit != NO_ENTRY && *s->directory.units[unit].name;
        buf_addf(&codes, "%s%s", i ? ", " : "", source);
        buf_addf(&names, "%s%s", i ? ", " : "", named ? s->directory.units[unit].name : source);
    }
    bool ok = codes.failed || names.failed ? err_memory(e)
                                           : result_add_prov(r, "source", N_("Source"),
                                                             buf_text(&codes), buf_text(&names), e);
    buf_free(&codes);
    buf_free(&names);
    return ok;
}

bool session_provenance(const struct session *s, const struct session_facts *f, struct result *r,
                        struct err *e)
{
    static const char *const bases[] = {N_("date of receipt"), N_("date of the act"),
                                        N_("date of prosecution")};
    static const char *const tokens[] = {"received", "occurred", "prosecuted"};
    static const char *const counts[] = {"cases", "reports", "offenders", "victims"};
    char end[11], end_shown[11], state[24];
    snprintf(state, sizeof state, "%lld", (long long)s->state);
    day_text(f->data_end, end);
    session_date(f->data_end, r->lang, end_shown);
    r->synthetic = s->synthetic;
    bool ok = add_sources(s, r, e) &&
              result_add_prov(r, "basis", N_("Basis"), tokens[f->basis],
                              tr(r->lang, bases[f->basis]), e) &&
              result_add_prov(r, "count", NULL, counts[f->count], NULL, e) &&
              session_add_calendar(s, r, e) &&
              (!f->period || add_span(r, "period", N_("Period"), f->period, e));
    for (size_t i = 0; ok && i < f->before_count; i++)
        ok = add_span(r, "against", N_("Against"), &f->before[i], e);
    if (ok && f->data_end != DAY_NONE)
        ok = result_add_prov(r, "data_end", N_("Data to"), end, end_shown, e);
    if (ok && f->population && *f->population)
        ok = result_add_prov(r, "population", N_("Population"), f->population,
                             tr(r->lang, f->population), e);
    if (ok && s->state != STATE_NOW)
        ok = result_add_prov(r, "state", N_("State after load"), state, NULL, e);
    return ok &&
           result_add_prov(r, "coverage", N_("Coverage"), f->assumed ? "assumed" : "declared",
                           tr(r->lang, f->assumed ? N_("assumed") : N_("declared")), e) &&
           result_add_prov(r, "synthetic", NULL, s->synthetic ? "1" : "0", NULL, e) &&
           result_add_prov(r, "version", N_("keogiam"), KEOGIAM_VERSION, NULL, e);
}
