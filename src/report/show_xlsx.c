/* A table as a workbook: of one sheet. */
#include <stdlib.h>

#include "report/show_parts.h"
#include "report/workbook.h"
#include "sys/sys.h"

/* 1980-01-01, the first day that a zip entry can carry. */
static const int64_t created_default = 315532800;

/* The same input gives the same bytes: without a date of its own a workbook carries the clock's. */
static int64_t created_time(void)
{
    if (!getenv("SOURCE_DATE_EPOCH"))
        return created_default;
    int64_t now = sys_now();
    return now > 0 ? now : created_default;
}

bool show_xlsx(const struct result *r, const char *path, struct err *e)
{
    struct workbook_sheet sheet = {.name = tr(r->lang, "Data"), .result = r, .total_row = SIZE_MAX};
    return workbook_write(path, &sheet, 1, NULL, 0, created_time(), e);
}
