#include "plot/words.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/num.h"

/* ---- what is counted ---- */

static const struct {
    const char *token;
    struct counted words;
} kinds[] = {{"cases", {N_("Cases"), N_("%s case"), N_("%s cases")}},
             {"reports", {N_("Reports"), N_("%s report"), N_("%s reports")}},
             {"offenders", {N_("Offenders"), N_("%s offender"), N_("%s offenders")}},
             {"victims", {N_("Child victims"), N_("%s child"), N_("%s children")}}};

const struct prov *words_prov(const struct result *r, const char *key)
{
    for (size_t i = 0; i < r->prov_count; i++)
        if (!strcmp(r->provs[i].key, key))
            return &r->provs[i];
    return NULL;
}

const struct counted *words_counted(const struct result *r)
{
    const struct prov *prov = words_prov(r, "count");
    for (size_t i = 0; prov && i < sizeof kinds / sizeof kinds[0]; i++)
        if (!strcmp(prov->value, kinds[i].token))
            return &kinds[i].words;
    return &kinds[0].words;
}

void words_number(struct buf *b, double x, enum lang lang)
{
    num_add_human(b, x, x == floor(x) ? 0 : 1, lang);
}

void words_amount(struct buf *b, double x, const struct counted *c, enum lang lang)
{
    struct buf number = {0};
    words_number(&number, x, lang);
    /* The formats are literals of the table above, each with its one %s. */
    const char *format = tr(lang, fabs(x) == 1 ? c->one : c->many);
    const char *slot = strstr(format, "%s");
    buf_add(b, format, (size_t)(slot - format));
    buf_adds(b, buf_text(&number));
    /* A number is not left alone at the end of a line. */
    slot += 2;
    buf_adds(b, *slot == ' ' ? " " : "");
    buf_adds(b, *slot == ' ' ? slot + 1 : slot);
    b->failed |= number.failed;
    buf_free(&number);
}

/* ---- periods ---- */

static void add_half(struct buf *b, int year, int half, enum lang lang)
{
    if (half == 1)
        buf_addf(b, tr(lang, "H1 %d"), year);
    else
        buf_addf(b, tr(lang, "H2 %d"), year);
}

static void add_quarter(struct buf *b, int year, int quarter, enum lang lang)
{
    static const char *const roman[] = {"I", "II", "III", "IV"};
    if (lang == LANG_VI)
        buf_addf(b, "Q%s/%d", roman[quarter - 1], year);
    else
        buf_addf(b, "Q%d %d", quarter, year);
}

static bool in(int n, int low, int high)
{
    return n >= low && n <= high;
}

bool words_period(struct buf *b, const char *label, enum lang lang)
{
    int year = 0, n = 0, used = 0;
    size_t length = strlen(label);
#define READS(format, ...)                                                                         \
    (used = 0, sscanf(label, format, __VA_ARGS__, &used) > 0 && (size_t)used == length)
    if (READS("mean%2d%n", &n))
        buf_addf(b, tr(lang, "mean of %d yrs"), n);
    else if (READS("%4d%n", &year))
        buf_addf(b, "%d", year);
    else if (READS("%4dH%1d%n", &year, &n) && in(n, 1, 2))
        add_half(b, year, n, lang);
    else if (READS("%4dQ%1d%n", &year, &n) && in(n, 1, 4))
        add_quarter(b, year, n, lang);
    else if (READS("%4dM%2d%n", &year, &n) && in(n, 1, 12))
        buf_addf(b, tr(lang, "%dM/%d"), n, year);
    else if (READS("%4d-%2d%n", &year, &n) && in(n, 1, 12))
        buf_addf(b, tr(lang, "month %d/%d"), n, year);
    else if (READS("%4d..%4d%n", &year, &n))
        buf_addf(b, "%d–%d", year, n);
    else
        return false;
#undef READS
    return true;
}

/* ---- where it is from ---- */

void words_next(struct buf *b)
{
    if (b->len && b->data[b->len - 1] != '\n' && b->data[b->len - 1] != ' ')
        buf_addc(b, ' ');
}

void words_source(struct buf *b, const struct result *r)
{
    words_next(b);
    size_t start = b->len;
    for (size_t i = 0; i < r->prov_count; i++) {
        const struct prov *prov = &r->provs[i];
        if (!prov->label)
            continue;
        if (b->len > start)
            buf_adds(b, "; ");
        buf_addf(b, "%s: %s", tr(r->lang, prov->label), prov->shown ? prov->shown : prov->value);
    }
    if (b->len > start)
        buf_addc(b, '.');
}
