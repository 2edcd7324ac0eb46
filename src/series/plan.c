#include "series/plan.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *copy_text(struct arena *a, const struct value *v, bool *ok)
{
    const char *copy = arena_text(a, v->type == VALUE_TEXT ? v->as.s : "");
    *ok = *ok && copy;
    return copy;
}

static int item_or(const struct value *v, int missing)
{
    return v->type == VALUE_INT ? (int)v->as.i : missing;
}

/* ---- which plan ---- */

/* The last year that the label names: of 2021..2022 the second. */
static bool period_year(const struct period *p, char year[5])
{
    const char *dots = strstr(p->label, "..");
    const char *text = dots ? dots + 2 : p->label;
    for (size_t i = 0; i < 4; i++)
        if (!isdigit((unsigned char)text[i]))
            return false;
    memcpy(year, text, 4);
    year[4] = '\0';
    return true;
}

struct naming {
    struct plan *p;
    const struct directory *d;
    struct buf last;  /* the plan seen last: rows come by plan */
    const char *year; /* wanted, "" */
    const char *asked, *set;
    bool has_asked, has_year, has_set;
};

static void note_wanted(struct naming *n, const struct value *v)
{
    if (item_or(&v[TGT_KIND], TARGET_COUNT) != TARGET_REDUCTION ||
        v[TGT_CATEGORY].type != VALUE_INT)
        return;
    size_t category = directory_category_by_id(n->d, v[TGT_CATEGORY].as.i);
    if (category != NO_ENTRY)
        buf_addf(&n->p->wanted, "%s;", n->d->categories[category].code);
}

static bool see_plan(void *context, const struct row *row, const struct row_info *info,
                     struct err *e)
{
    struct naming *n = context;
    const char *plan = row->slots[TGT_PLAN].as.s;
    (void)info;
    note_wanted(n, row->slots);
    if (n->last.len && !strcmp(buf_text(&n->last), plan))
        return true;
    buf_clear(&n->last);
    buf_adds(&n->last, plan);
    buf_addf(&n->p->others, "%s%s", n->p->others.len ? ", " : "", plan);
    n->has_asked |= n->asked && !strcmp(plan, n->asked);
    n->has_year |= !strcmp(plan, n->year);
    n->has_set |= !strcmp(plan, n->set);
    return (!n->last.failed && !n->p->others.failed && !n->p->wanted.failed) || err_memory(e);
}

static bool choose_name(struct naming *n, struct err *e)
{
    const char *name = n->has_set ? n->set : n->has_year ? n->year : "";
    name = n->asked ? n->asked : name;
    if (n->asked && !n->has_asked)
        return n->p->others.len
                   ? err_set(e, ERR_INPUT, "--plan %s: is not loaded: choose one of %s", n->asked,
                             buf_text(&n->p->others))
                   : err_set(e, ERR_INPUT,
                             "--plan %s: no plan is loaded: load a file of targets first",
                             n->asked);
    n->p->name = arena_text(&n->p->arena, name);
    return n->p->name || err_memory(e);
}

static bool find_name(struct plan *p, struct store *s, int64_t state, const struct directory *d,
                      const char *asked, const struct period *period, struct err *e)
{
    struct buf set = {0};
    bool found = false, ok = store_config_get(s, "plan", &set, &found, e);
    period_year(period, p->year);
    struct naming n = {
        .p = p, .d = d, .year = p->year, .asked = asked, .set = found ? buf_text(&set) : ""};
    ok = ok && store_each_row(s, state, KIND_TARGETS, see_plan, &n, e) && choose_name(&n, e);
    buf_free(&n.last);
    buf_free(&set);
    return ok;
}

/* ---- its targets ---- */

struct reading {
    struct plan *p;
    const struct directory *d;
};

static double real_or_nan(const struct value *v)
{
    return v->type == VALUE_REAL ? v->as.x : v->type == VALUE_INT ? (double)v->as.i : NAN;
}

static bool fill_target(const struct reading *r, const struct value *v, struct target *t)
{
    struct arena *a = &r->p->arena;
    bool ok = true;
    *t = (struct target){
        .indicator = copy_text(a, &v[TGT_INDICATOR], &ok),
        .name = copy_text(a, &v[TGT_NAME], &ok),
        .quote = copy_text(a, &v[TGT_QUOTE], &ok),
        .note = copy_text(a, &v[TGT_NOTE], &ok),
        .kind = (enum target_kind)item_or(&v[TGT_KIND], TARGET_COUNT),
        .op = (enum target_op)item_or(&v[TGT_OP], OP_NONE),
        .threshold = real_or_nan(&v[TGT_THRESHOLD]),
        .unit = NO_ENTRY,
        .category = NO_ENTRY,
        .numerator = item_or(&v[TGT_NUMERATOR], -1),
        .denominator = item_or(&v[TGT_DENOMINATOR], -1),
    };
    if (v[TGT_UNIT].type == VALUE_INT)
        t->unit = directory_unit_by_id(r->d, v[TGT_UNIT].as.i);
    if (v[TGT_CATEGORY].type == VALUE_INT)
        t->category = directory_category_by_id(r->d, v[TGT_CATEGORY].as.i);
    if (t->op == OP_NONE)
        t->threshold = NAN;
    return ok;
}

static bool add_target(void *context, const struct row *row, const struct row_info *info,
                       struct err *e)
{
    struct reading *r = context;
    struct plan *p = r->p;
    void *targets = p->targets;
    (void)info;
    if (strcmp(row->slots[TGT_PLAN].as.s, p->name))
        return true;
    if (!array_grow(&targets, &p->cap, p->count + 1, sizeof *p->targets, e))
        return false;
    p->targets = targets;
    if (!fill_target(r, row->slots, &p->targets[p->count]))
        return err_memory(e);
    p->count++;
    return true;
}

/* Numbers inside codes by their value: 3a < 3b < 10. */
static int code_compare(const char *a, const char *b)
{
    while (*a && *b) {
        if (isdigit((unsigned char)*a) && isdigit((unsigned char)*b)) {
            char *a_end, *b_end;
            unsigned long long x = strtoull(a, &a_end, 10), y = strtoull(b, &b_end, 10);
            if (x != y)
                return x < y ? -1 : 1;
            a = a_end;
            b = b_end;
        } else if (*a != *b) {
            return (unsigned char)*a < (unsigned char)*b ? -1 : 1;
        } else {
            a++;
            b++;
        }
    }
    return (*a != '\0') - (*b != '\0');
}

/* The plan's own target before those of single units. */
static int by_indicator(const void *a, const void *b)
{
    const struct target *x = a, *y = b;
    int order = code_compare(x->indicator, y->indicator);
    if (order || x->unit == y->unit)
        return order ? order : (x->category > y->category) - (x->category < y->category);
    if (x->unit == NO_ENTRY || y->unit == NO_ENTRY)
        return x->unit == NO_ENTRY ? -1 : 1;
    return x->unit < y->unit ? -1 : 1;
}

bool plan_read(struct plan *p, struct store *s, int64_t state, const struct directory *d,
               const char *asked, const struct period *period, struct err *e)
{
    *p = (struct plan){.name = ""};
    struct reading r = {p, d};
    bool ok = find_name(p, s, state, d, asked, period, e) &&
              (!*p->name || store_each_row(s, state, KIND_TARGETS, add_target, &r, e));
    if (ok && p->count)
        qsort(p->targets, p->count, sizeof *p->targets, by_indicator);
    if (!ok)
        plan_free(p);
    return ok;
}

void plan_free(struct plan *p)
{
    free(p->targets);
    buf_free(&p->others);
    buf_free(&p->wanted);
    arena_free(&p->arena);
    *p = (struct plan){0};
}

bool plan_is_missed(const struct plan *p, const char *category)
{
    size_t n = strlen(category);
    if (*p->name)
        return false;
    for (const char *code = buf_text(&p->wanted); *code; code += strcspn(code, ";") + 1)
        if (strcspn(code, ";") == n && !strncmp(code, category, n))
            return true;
    return false;
}

double plan_reduction_target(const struct plan *p, size_t category)
{
    for (size_t i = 0; i < p->count; i++) {
        const struct target *t = &p->targets[i];
        if (t->kind == TARGET_REDUCTION && t->category == category && t->unit == NO_ENTRY)
            return t->threshold;
    }
    return NAN;
}
