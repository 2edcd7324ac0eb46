/* template_parts.h: what the parts of a template share; for template*.c alone. */
#ifndef KEOGIAM_REPORT_TEMPLATE_PARTS_H
#define KEOGIAM_REPORT_TEMPLATE_PARTS_H

#include "report/template.h"
#include "report/workbook_parts.h"

enum template_content { AS_ID, AS_UNIT, AS_CATEGORY, AS_DATE, AS_LIST, AS_COUNT, AS_YES, AS_GRADE };

/* A column of the sheet of cases. */
struct template_column {
    const char *head;
    enum template_content content;
    const char *list; /* AS_LIST: name of the closed list */
    size_t axis;      /* AS_CATEGORY */
    double width;
    int earliest; /* AS_DATE: years before the report's; */
    int latest;   /* days behind its end */
};

enum { TEMPLATE_COLUMNS = 24 + TEMPLATE_AXES };

/* Returns how many. Texts go into the arena; NULL heads where it is full. */
size_t template_columns(const struct template_book *t, struct template_column *columns,
                        struct arena *arena);

/* The rows of the sheet of cases. */
enum { ROW_TITLE, ROW_UNIT, ROW_PERIOD, ROW_NIL, ROW_NOTE, ROW_HEAD, ROW_FIRST };
/* Columns over which the label of a line above the head goes, and where its value begins. The first
 * column, repeated on every page, has nothing there. */
enum { LABEL_FIRST = 1, LABEL_LAST = 2, VALUE_FIRST = 3 };

/* Where the items of a list stand on the hidden sheet, as a formula; "" where there is none. */
struct template_range {
    char formula[64];
};

/* Checks while typing. `range` is of AS_UNIT, AS_CATEGORY and AS_LIST. */
void template_validate(struct book *w, const struct template_book *t,
                       const struct template_column *column, lxw_col_t at,
                       const struct template_range *range);
/* A cell that chooses from a list, or is ticked (range NULL). */
void template_validate_cell(struct book *w, const struct template_book *t, lxw_row_t row,
                            lxw_col_t at, const struct template_range *range);

#endif
