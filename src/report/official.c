#include "report/official.h"

#include <string.h>

#include "base/date.h"

void official_number(struct buf *b, const struct doc *d)
{
    buf_addf(b, tr(d->lang, "No.\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0%s"), d->head.number);
}

void official_date(struct buf *b, const struct doc *d)
{
    struct date on = date_from_day((day)(d->created / 86400));
    buf_addf(b, tr(d->lang, "%s, \u00a0\u00a0\u00a0\u00a0\u00a0\u00a0/%s%d/%d"), d->head.place,
             on.month <= 2 ? "0" : "", on.month, on.year);
}

bool official_recipient(struct buf *b, const char **rest)
{
    size_t n = strcspn(*rest, "\n");
    if (!**rest)
        return false;
    buf_add(b, *rest, n);
    *rest += n;
    buf_addc(b, **rest ? ';' : '.');
    *rest += **rest == '\n';
    return true;
}

void official_roman(struct buf *b, int number)
{
    static const struct {
        int value;
        const char *sign;
    } signs[] = {{100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"},
                 {9, "IX"},  {5, "V"},   {4, "IV"}, {1, "I"}};
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
        for (; number >= signs[i].value; number -= signs[i].value)
            buf_adds(b, signs[i].sign);
}

void official_heading_number(struct buf *b, int level, int number)
{
    if (level == 1) {
        official_roman(b, number);
        buf_adds(b, ". ");
    } else if (level == 2) {
        buf_addf(b, "%d. ", number);
    } else {
        buf_addf(b, "%c) ", 'a' + (number - 1) % 26);
    }
}

void official_appendix(struct buf *b, const struct doc *d, int number)
{
    buf_addf(b, "%s ", tr(d->lang, "Appendix"));
    official_roman(b, number);
}

void official_attached(struct buf *b, const struct doc *d)
{
    buf_addf(b, tr(d->lang, "(Attached to Report No. …%s of … by %s)"), d->head.number,
             *d->head.body_name ? d->head.body_name : "…");
}
