#include "cli/report_audience.h"

#include <string.h>

static bool find_unit(struct facts *f, const struct session *s, const char *name, struct err *e)
{
    struct buf why = {0};
    size_t unit = NO_ENTRY;
    bool ok =
        directory_find_unit(&s->directory, name, strlen(name), boundaries_asked(s->boundaries),
                            NO_ENTRY, false, e->lang, &unit, &why) ||
        err_set(e, ERR_USAGE, "--audience unit:%s: %s", name, buf_text(&why));
    buf_free(&why);
    if (ok)
        f->audience = arena_text(&f->arena, s->directory.units[unit].code);
    return ok && (f->audience || err_memory(e));
}

/* Keeps the rows of the whole and of the one unit. Texts live in the result's arena. */
static bool keep_rows(const struct facts *f, struct result *r)
{
    size_t kept = 0, unit = result_column(r, "unit");
    r->footer_count = 0;
    for (size_t i = 0; i < r->row_count; i++) {
        struct cell *row = &r->cells[i * r->column_count];
        const char *code =
            unit < r->column_count && row[unit].type == CELL_TEXT ? row[unit].as.s : f->unit;
        if (!strcmp(code, f->unit) || !strcmp(code, f->audience))
            memmove(&r->cells[kept++ * r->column_count], row, r->column_count * sizeof *row);
    }
    r->row_count = kept;
    return result_drop_note(r, "left_out") && result_drop_note(r, "lagging");
}

static bool keep_all(struct facts *f)
{
    bool ok = keep_rows(f, &f->targets);
    for (size_t i = 0; i < f->root_count; i++) {
        struct facts_root *r = &f->roots[i];
        struct result *named[] = {&r->total,     &r->mean,     &r->units, &r->kinds,
                                  &r->offenders, &r->victims,  &r->risk,  &r->trend,
                                  &r->alerts,    &r->forecast, &r->states};
        for (size_t k = 0; k < sizeof named / sizeof named[0]; k++)
            ok &= keep_rows(f, named[k]);
        r->shapes = NULL;
    }
    return ok;
}

static bool apply(struct facts *f, const struct session *s, const char *audience, struct err *e)
{
    if (!strcmp(audience, "command"))
        return true;
    if (!strcmp(audience, "public"))
        return err_set(e, ERR_USAGE,
                       "--audience public: small numbers must be suppressed for the public, which "
                       "this version cannot do yet: write it for the command or for a unit");
    if (strncmp(audience, "unit:", 5))
        return err_set(e, ERR_USAGE, "--audience %s: is none of command, unit:U, public", audience);
    if (!find_unit(f, s, audience + 5, e))
        return false;
    return keep_all(f) || err_memory(e);
}

bool report_audience(struct facts *f, const struct session *s, struct err *e)
{
    struct buf kept = {0};
    bool found = false, ok = true;
    const char *audience = arg(s->request, OPT_AUDIENCE);
    if (!audience)
        ok = store_config_get(s->store, "audience", &kept, &found, e);
    if (ok)
        ok = apply(f, s, audience ? audience : found ? buf_text(&kept) : "command", e);
    buf_free(&kept);
    return ok;
}
