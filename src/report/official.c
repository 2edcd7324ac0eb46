#include "report/official.h"

#include <string.h>

#include "base/date.h"
#include "report/say.h"

void official_number(struct buf *b, const struct doc *d)
{
    if (d->issued)
        buf_addf(b, tr(d->lang, "No.\u00a0%s"), d->issued);
    else
        buf_addf(b, tr(d->lang, "No.\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0%s"), d->head.number);
}

void official_date(struct buf *b, const struct doc *d)
{
    struct date on = date_from_day((day)(d->created / 86400));
    const char *zero = on.month <= 2 ? "0" : "";
    if (d->issued)
        buf_addf(b, tr(d->lang, "%s, %02d/%s%d/%d"), d->head.place, on.mday, zero, on.month,
                 on.year);
    else
        buf_addf(b, tr(d->lang, "%s, \u00a0\u00a0\u00a0\u00a0\u00a0\u00a0/%s%d/%d"), d->head.place,
                 zero, on.month, on.year);
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
    struct buf on = {0};
    const char *body = *d->head.body_name ? d->head.body_name : "…";
    say_date(&on, (day)(d->created / 86400), d->lang);
    if (d->issued)
        buf_addf(b, tr(d->lang, "(Attached to Report No. %s of %s by %s)"), d->issued,
                 buf_text(&on), body);
    else
        buf_addf(b, tr(d->lang, "(Attached to Report No. …%s of … by %s)"), d->head.number, body);
    b->failed |= on.failed;
    buf_free(&on);
}
