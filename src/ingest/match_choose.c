/* match_choose.c: which kind a file is. */
#include <stdlib.h>
#include <string.h>

#include "ingest/match.h"

/* Without --as a file with places or categories is one of cases, whose other columns it must have.
 */
static bool is_candidate(const struct match *m, struct buf *missing)
{
    buf_clear(missing);
    match_missing(m, missing);
    bool fits = m->maps_fit && !missing->len;
    return fits &&
           !(m->kind->id == KIND_OUTCOMES && (m->filled[INC_UNIT] || m->filled[INC_CATEGORY]));
}

static size_t missing_count(const struct match *m)
{
    size_t count = 0;
    for (size_t i = 0; i < m->kind->column_count; i++)
        count += m->kind->columns[i].required && !m->filled[i];
    return count;
}

/* How near a kind is that does not fit: columns found, less twice those that are missing. */
static long nearness(const struct match *m)
{
    return (long)m->matched - 2 * (long)(missing_count(m) + !m->maps_fit);
}

/* Names in --map and --const that the kind, or every kind, lacks. */
static const struct name_value *bad_name(const struct head *h, const struct match *m, bool *is_map)
{
    const struct ingest_options *o = h->options;
    for (size_t i = 0; i < o->map_count; i++) {
        *is_map = true;
        if (column_names_find(m->names, o->maps[i].value) == ROLE_UNKNOWN)
            return &o->maps[i];
    }
    for (size_t i = 0; i < o->const_count; i++) {
        int role = column_names_find(m->names, o->consts[i].name);
        *is_map = false;
        if ((role == ROLE_UNKNOWN || role == ROLE_LEFT_OUT) &&
            strcmp(o->consts[i].name, "valid_on") != 0)
            return &o->consts[i];
    }
    return NULL;
}

static bool fail_names(const struct head *h, const struct match *m, struct err *e)
{
    const struct kind *k = m->kind;
    bool is_map;
    struct buf names = {0};
    const struct name_value *bad = bad_name(h, m, &is_map);
    for (size_t i = 0; i < k->column_count; i++)
        buf_addf(&names, "%s%s", i ? ", " : "", k->columns[i].name);
    err_set(e, ERR_INPUT, "%s: %s %s=%s: %s has no such column: it has %s", h->file,
            is_map ? "--map" : "--const", bad->name, bad->value, k->name, buf_text(&names));
    buf_free(&names);
    return false;
}

static bool fail_missing(const struct head *h, const struct match *m, bool forced, struct err *e)
{
    struct buf missing = {0};
    match_missing(m, &missing);
    if (m->kind->id == KIND_INCIDENTS && !strcmp(buf_text(&missing), "case_id"))
        err_set(e, ERR_INPUT,
                h->options->make_ids
                    ? N_("%s: has neither case_id nor a column STT of running numbers, from which "
                         "--make-ids makes one: number the rows in a column STT")
                    : N_("%s: lacks the column case_id: name it with --map; a sheet that only "
                         "numbers its rows (STT) loads with --make-ids"),
                h->file);
    else if (forced)
        err_set(
            e, ERR_INPUT,
            "%s: as %s it lacks the columns %s: name them with --map, or fill them with --const",
            h->file, m->kind->name, buf_text(&missing));
    else
        err_set(e, ERR_INPUT,
                "%s: its head fits no kind of file; the nearest is %s, which lacks %s: name the "
                "columns "
                "with --map, or the kind with --as",
                h->file, m->kind->name, buf_text(&missing));
    buf_free(&missing);
    return false;
}

static bool match_forced(const struct head *h, const struct kind *k, struct match *best,
                         struct err *e)
{
    struct buf missing = {0};
    if (!match_init(best, h, k, e))
        return false;
    bool named = best->maps_fit;
    match_missing(best, &missing);
    bool fits = !missing.len;
    buf_free(&missing);
    if (named && fits)
        return true;
    if (named)
        fail_missing(h, best, true, e);
    else
        fail_names(h, best, e);
    match_free(best);
    return false;
}

/* The best of all kinds, by whether they fit and then by the columns found; *others: kinds that fit
 * as well. */
struct choice {
    struct match best;
    bool fits;
    struct buf names; /* of the kinds that fit best */
    size_t equals;
};

static bool is_better(const struct choice *c, const struct match *m, bool fits)
{
    if (!c->best.kind || fits != c->fits)
        return !c->best.kind || fits;
    return fits ? m->matched > c->best.matched : nearness(m) > nearness(&c->best);
}

static void choice_take(struct choice *c, struct match *m, bool fits)
{
    if (is_better(c, m, fits)) {
        match_free(&c->best);
        c->best = *m;
        c->fits = fits;
        c->equals = 1;
        buf_clear(&c->names);
        buf_adds(&c->names, m->kind->name);
        return;
    }
    if (fits && c->fits && m->matched == c->best.matched) {
        c->equals++;
        buf_addf(&c->names, ", %s", m->kind->name);
    }
    match_free(m);
}

static bool choose_all(const struct head *h, struct choice *c, struct err *e)
{
    struct buf missing = {0};
    bool ok = true;
    for (size_t k = 0; ok && k < KIND_TOTAL; k++) {
        struct match m;
        ok = match_init(&m, h, kind_of((enum kind_id)k), e);
        if (ok)
            choice_take(c, &m, is_candidate(&m, &missing));
    }
    buf_free(&missing);
    return ok;
}

static bool judge(const struct head *h, const struct choice *c, struct err *e)
{
    if (c->fits && c->equals == 1)
        return true;
    if (c->fits)
        return err_set(e, ERR_INPUT, "%s: may be any of %s: name the kind with --as", h->file,
                       buf_text(&c->names));
    if (!c->best.matched)
        return err_set(e, ERR_INPUT,
                       "%s: knows none of its columns: is its head in the first row (--skip-rows)? "
                       "Name columns with --map",
                       h->file);
    if (!c->best.maps_fit)
        return fail_names(h, &c->best, e);
    return fail_missing(h, &c->best, false, e);
}

bool match_rate(const struct head *h, struct match_rating *rating, struct err *e)
{
    const struct kind *forced = kind_find(h->options->as);
    struct choice c = {.fits = false};
    struct buf missing = {0};
    bool ok = forced ? match_init(&c.best, h, forced, e) : choose_all(h, &c, e);
    if (ok && forced) {
        match_missing(&c.best, &missing);
        c.fits = c.best.maps_fit && !missing.len;
    }
    if (ok)
        *rating = (struct match_rating){c.best.kind, c.fits,
                                        (long)c.best.matched - 2 * (long)c.best.doubles};
    match_free(&c.best);
    buf_free(&missing);
    buf_free(&c.names);
    return ok;
}

bool match_choose(const struct head *h, bool geojson, struct match *best, struct err *e)
{
    const struct kind *forced = geojson ? kind_of(KIND_BOUNDARIES) : kind_find(h->options->as);
    if (h->options->as && !kind_find(h->options->as))
        return err_set(e, ERR_INPUT, "--as %s: no such kind: see 'keogiam help load'",
                       h->options->as);
    if (forced)
        return match_forced(h, forced, best, e);
    struct choice c = {.fits = false};
    bool ok = choose_all(h, &c, e) && judge(h, &c, e);
    buf_free(&c.names);
    if (ok)
        *best = c.best;
    else
        match_free(&c.best);
    return ok;
}
