/* register.h: "Bảng đăng ký chỉ tiêu": the rows of `targets --propose` as a page to be signed.
 *
 * On a signed page stands no probability by row: what is allowed in whole cases, in the remarks how
 * far the number would have to fall to be sure enough, with both counts, and once that small
 * numbers swing (report/LAYOUT.md 0).
 */
#ifndef KEOGIAM_REPORT_REGISTER_H
#define KEOGIAM_REPORT_REGISTER_H

#include "base/result.h"
#include "report/doc.h"

struct register_page {
    const struct result *rows; /* columns of cli/register_table.h */
    int year;                  /* signed for */
    const char *plan;          /* name of the plan that the indicators are of */
};

/* Fills an initialised doc whose head and created are set. Fails: out of memory. */
bool compose_register(struct doc *d, const struct register_page *page, struct err *e);

#endif
