/* export indicators: what offices report of their own work (models, propaganda, rates that no case
 * row carries), as it came in. */
#include <stdio.h>
#include <string.h>

#include "cli/export.h"

static bool is_wanted(const struct export *x, const struct value *v, const char *source)
{
    return export_unit(x, v[IND_UNIT].as.i) != NO_ENTRY && (day)v[IND_FROM].as.i >= x->span.from &&
           (day)v[IND_TO].as.i <= x->span.to && (!x->source || !strcmp(x->source, source));
}

static bool write_indicator(void *context, const struct row *row, const struct row_info *info,
                            struct err *e)
{
    struct export *x = context;
    const struct directory *d = x->scope.directory;
    const struct value *v = row->slots;
    char from[11], to[11], days[32];
    if (!is_wanted(x, v, info->source))
        return true;
    day_text((day)v[IND_FROM].as.i, from);
    day_text((day)v[IND_TO].as.i, to);
    snprintf(days, sizeof days, "%s..%s", from, to);
    sheet_text(&x->sheet, v[IND_INDICATOR].as.s);
    sheet_text(&x->sheet, d->units[directory_unit_by_id(d, v[IND_UNIT].as.i)].code);
    sheet_text(&x->sheet, days); /* a name would be read by the reader's calendar */
    sheet_int(&x->sheet, v[IND_NUMERATOR].as.i);
    sheet_amount(&x->sheet, v[IND_DENOMINATOR].type == VALUE_INT ? v[IND_DENOMINATOR].as.i : -1);
    sheet_text(&x->sheet, buf_text(&x->office));
    return sheet_end_row(&x->sheet, e);
}

bool export_indicators(struct export *x, struct err *e)
{
    static const char *const heads[] = {"indicator", "unit",        "period",
                                        "numerator", "denominator", "source"};
    for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++)
        sheet_text(&x->sheet, heads[i]);
    return sheet_end_row(&x->sheet, e) && store_each_row(x->session.store, x->session.state,
                                                         KIND_INDICATORS, write_indicator, x, e);
}
