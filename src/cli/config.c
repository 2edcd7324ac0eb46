/* config: settings kept in the database. All assignments are checked before any is set. */
#include "cli/config.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "sys/sys.h"

/* ---- what each setting takes ---- */

static bool check_calendar(const struct session *s, const char *value, struct buf *kept,
                           struct err *e)
{
    struct calendar c;
    (void)s;
    if (!calendar_parse(value, &c))
        return err_set(e, ERR_USAGE, "calendar=%s: is no start of a reporting year: 01-01 or 12-15",
                       value);
    buf_adds(kept, calendar_name(c));
    return true;
}

static bool check_lang(const struct session *s, const char *value, struct buf *kept, struct err *e)
{
    enum lang lang;
    (void)s;
    if (!lang_parse(value, &lang))
        return err_set(e, ERR_USAGE, "lang=%s: is not a language: vi or en", value);
    buf_adds(kept, lang == LANG_VI ? "vi" : "en");
    return true;
}

static bool check_letterhead(const struct session *s, const char *value, struct buf *kept,
                             struct err *e)
{
    (void)s;
    if (sys_path_kind(value) != SYS_FILE)
        return err_set(e, ERR_USAGE,
                       "letterhead=%s: there is no such file: check its name and folder", value);
    buf_adds(kept, value);
    return true;
}

struct plan_search {
    const char *wanted;
    bool found;
    struct buf known; /* names so far, comma-separated */
    struct buf last;
};

/* Targets come in the order of their plans. */
static bool look_at_plan(void *context, const struct row *row, const struct row_info *info,
                         struct err *e)
{
    struct plan_search *p = context;
    const char *plan = row->slots[TGT_PLAN].as.s;
    (void)info;
    (void)e;
    if (!strcmp(buf_text(&p->last), plan))
        return true;
    p->found |= !strcmp(plan, p->wanted);
    buf_addf(&p->known, "%s%s", p->known.len ? ", " : "", plan);
    buf_clear(&p->last);
    buf_adds(&p->last, plan);
    return true;
}

static bool check_plan(const struct session *s, const char *value, struct buf *kept, struct err *e)
{
    struct plan_search p = {.wanted = value};
    bool ok = store_each_row(s->store, STATE_NOW, KIND_TARGETS, look_at_plan, &p, e);
    if (ok && !p.found && p.known.len)
        ok =
            err_set(e, ERR_USAGE, "plan=%s: is no plan that is loaded (%s): load its targets first",
                    value, buf_text(&p.known));
    else if (ok && !p.found)
        ok = err_set(e, ERR_USAGE, "plan=%s: no plan is loaded: load its targets first", value);
    if (ok)
        buf_adds(kept, value);
    buf_free(&p.known);
    buf_free(&p.last);
    return ok;
}

/* What a unit means, and the words by which people name it (keys of text_key). */
static const struct unit_meaning {
    const char *token, *key;
} unit_meanings[] = {
    {"place_of_act", "place of act"},       {"place_of_act", "place of the act"},
    {"place_of_act", "noi xay ra"},         {"place_of_act", "noi xay ra vu viec"},
    {"child_home", "child home"},           {"child_home", "home of the child"},
    {"child_home", "noi o cua tre em"},     {"child_home", "noi tre em cu tru"},
    {"child_home", "noi cu tru"},           {"child_home", "noi cu tru cua tre em"},
    {"handling_police", "handling police"}, {"handling_police", "cong an thu ly"},
    {"handling_police", "don vi thu ly"},   {"handling_police", "co quan thu ly"},
};

static bool check_unit_meaning(const struct session *s, const char *value, struct buf *kept,
                               struct err *e)
{
    struct buf key = {0};
    (void)s;
    text_key(value, strlen(value), &key);
    for (size_t i = 0; !kept->len && i < sizeof unit_meanings / sizeof unit_meanings[0]; i++)
        if (!strcmp(unit_meanings[i].key, buf_text(&key)))
            buf_adds(kept, unit_meanings[i].token);
    buf_free(&key);
    return kept->len ||
           err_set(e, ERR_USAGE,
                   "unit_meaning=%s: is none of place_of_act (where it happened), child_home "
                   "(where the child lives), handling_police (who handles it)",
                   value);
}

static bool check_audience(const struct session *s, const char *value, struct buf *kept,
                           struct err *e)
{
    struct buf why = {0};
    size_t unit = NO_ENTRY;
    bool named = !strncmp(value, "unit:", 5), ok = true;
    if (!named && strcmp(value, "command") && strcmp(value, "public"))
        return err_set(e, ERR_USAGE, "audience=%s: is none of command, unit:U, public", value);
    if (named)
        ok = directory_find_unit(&s->directory, value + 5, strlen(value + 5), DAY_NONE, NO_ENTRY,
                                 false, e->lang, &unit, &why) ||
             err_set(e, ERR_USAGE, "audience=%s: %s", value, buf_text(&why));
    if (ok && named)
        buf_addf(kept, "unit:%s", s->directory.units[unit].code);
    else if (ok)
        buf_adds(kept, value);
    buf_free(&why);
    return ok;
}

const struct setting settings[] = {
    {"calendar", "lich", "01-01|12-15", "01-01",
     N_("day on which the reporting year starts; 12-15: police years, months named after their "
        "end"),
     check_calendar},
    {"plan", "kehoach", "PLAN", "", N_("plan of targets (else the one of the period's year)"),
     check_plan},
    {"lang", "ngonngu", "vi|en", "",
     N_("language of tables, charts and reports (else the terminal's, Vietnamese for charts and "
        "reports)"),
     check_lang},
    {"letterhead", "tieude", "FILE", "",
     N_("file with the issuing body and signatures for official reports"), check_letterhead},
    {"unit_meaning", "ynghiadonvi", "place_of_act|child_home|handling_police", "",
     N_("what the unit of a case is: where it happened, where the child lives, who handles it"),
     check_unit_meaning},
    {"audience", "nguoidoc", "command|unit:U|public", "command",
     N_("who reads reports: everything; one unit and totals; the public, small numbers suppressed"),
     check_audience},
};
const size_t setting_count = sizeof settings / sizeof settings[0];

/* ---- KEY=VALUE ---- */

struct assignment {
    const struct setting *setting;
    struct buf kept;
};

static const struct setting *setting_find(const char *key, size_t n)
{
    for (size_t i = 0; i < setting_count; i++) {
        const char *const names[] = {settings[i].key, settings[i].vi_key};
        for (size_t k = 0; k < 2; k++)
            if (strlen(names[k]) == n && !strncmp(names[k], key, n))
                return &settings[i];
    }
    return NULL;
}

static bool unknown_key(const char *word, size_t n, struct err *e)
{
    struct buf known = {0};
    for (size_t i = 0; i < setting_count; i++)
        buf_addf(&known, "%s%s", i ? ", " : "", settings[i].key);
    err_set(e, ERR_USAGE, "%.*s: is no setting: the settings are %s", (int)n, word,
            buf_text(&known));
    buf_free(&known);
    return false;
}

static bool read_assignment(const struct session *s, const char *word, struct assignment *a,
                            struct err *e)
{
    size_t n = strcspn(word, "=");
    a->setting = setting_find(word, n);
    if (!a->setting)
        return unknown_key(word, n, e);
    if (!word[n] || !word[n + 1])
        return err_set(e, ERR_USAGE, "%s: write it as %s=%s", word, a->setting->key,
                       a->setting->values);
    if (!a->setting->check(s, word + n + 1, &a->kept, e))
        return false;
    return !a->kept.failed || err_memory(e);
}

static bool keep_all(const struct session *s, const struct assignment *a, size_t count,
                     struct err *e)
{
    struct buf line = {0};
    bool ok = true;
    for (size_t i = 0; ok && i < count; i++) {
        ok = store_config_set(s->store, a[i].setting->key, buf_text(&a[i].kept), e);
        buf_addf(&line, "%s%s=%s", i ? " " : "", a[i].setting->key, buf_text(&a[i].kept));
    }
    ok = ok && (!line.failed || err_memory(e)) &&
         store_audit(s->store, "config", buf_text(&line), e);
    buf_free(&line);
    return ok;
}

static bool set_all(const struct session *s, struct err *e)
{
    const struct args *args = &s->request->args;
    size_t count = args->positional_count;
    struct assignment *a = calloc(count + 1, sizeof *a);
    bool ok = a || err_memory(e);
    for (size_t i = 0; ok && i < count; i++)
        ok = read_assignment(s, args->positional[i], &a[i], e);
    ok = ok && keep_all(s, a, count, e);
    for (size_t i = 0; a && i < count; i++)
        buf_free(&a[i].kept);
    free(a);
    return ok;
}

/* ---- the table ---- */

static const struct column columns[] = {
    {"key", N_("Setting"), COLUMN_TEXT, 0},
    {"value", N_("Value"), COLUMN_TEXT, 0},
    {"origin", N_("Origin"), COLUMN_TOKEN, 0},
    {"meaning", N_("Meaning"), COLUMN_TEXT, 0},
};
enum { COLUMN_TOTAL = sizeof columns / sizeof columns[0] };

static bool add_setting(const struct session *s, const struct setting *setting, struct result *t,
                        struct err *e)
{
    struct buf kept = {0};
    bool found = false;
    struct cell *row = result_add_row(t, e);
    bool ok = row && store_config_get(s->store, setting->key, &kept, &found, e);
    const char *value =
        ok ? arena_text(&t->arena, found ? buf_text(&kept) : setting->missing) : NULL;
    buf_free(&kept);
    if (!ok || !value)
        return err_memory(e);
    row[0] = cell_text(setting->key);
    row[1] = cell_text(value);
    row[2] = cell_text(found ? N_("set") : N_("default"));
    row[3] = cell_text(tr(t->lang, setting->meaning));
    return true;
}

static bool show_all(const struct session *s, struct err *e)
{
    struct result t;
    result_init(&t, "config", columns, COLUMN_TOTAL, s->lang);
    bool ok = true;
    for (size_t i = 0; ok && i < setting_count; i++)
        ok = add_setting(s, &settings[i], &t, e);
    ok = ok && session_show(s, &t, e);
    result_free(&t);
    return ok;
}

static bool with_session(const struct request *r, enum store_mode mode,
                         bool (*act)(const struct session *s, struct err *e), struct err *e)
{
    struct session s;
    if (!session_open(&s, r, mode, e))
        return false;
    bool ok = act(&s, e);
    session_close(&s);
    return ok;
}

/* Shown from the database again, so that a language just set is the table's. */
bool command_config(const struct request *r, struct err *e)
{
    return (!r->args.positional_count || with_session(r, STORE_WRITE, set_all, e)) &&
           with_session(r, STORE_READ, show_all, e);
}
