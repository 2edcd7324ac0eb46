/* What every output says of where its numbers come from (contract 4). */
#include "cli/session.h"

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

/* The day whose boundaries are meant: a line for people where they ever changed. */
static bool add_boundaries(const struct session *s, struct result *r, struct err *e)
{
    static const char *const splits[] = {"", "population", "area", "equal"};
    const struct lineage *l = boundaries_last(s->boundaries);
    char on[11], shown[11];
    if (!l)
        return true;
    day_text(l->on, on);
    session_date(l->on, r->lang, shown);
    return result_add_prov(r, "units_as_of", l->any ? N_("Boundaries of") : NULL, on, shown, e) &&
           (!l->guessed || result_add_prov(r, "split", N_("Divided units guessed by"),
                                           splits[l->split], tr(r->lang, splits[l->split]), e));
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
    ok = ok && add_boundaries(s, r, e);
    if (ok && f->population && *f->population)
        ok = result_add_prov(r, "population", N_("Population"), f->population,
                             tr(r->lang, f->population), e);
    if (ok && s->state != STATE_NOW)
        ok = result_add_prov(r, "state", N_("State after load"), state, NULL, e);
    return ok && session_add_as_of(s, f->before_count > 0, r, e) &&
           result_add_prov(r, "coverage", N_("Coverage"), f->assumed ? "assumed" : "declared",
                           tr(r->lang, f->assumed ? N_("assumed") : N_("declared")), e) &&
           result_add_prov(r, "synthetic", NULL, s->synthetic ? "1" : "0", NULL, e) &&
           result_add_prov(r, "version", N_("keogiam"), KEOGIAM_VERSION, NULL, e);
}
