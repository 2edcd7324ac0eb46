/* report_book.h: the facts of a report as a workbook: every table in full. */
#ifndef KEOGIAM_CLI_REPORT_BOOK_H
#define KEOGIAM_CLI_REPORT_BOOK_H

#include "base/err.h"
#include "report/facts.h"

/* Writes path whole or not at all. created: seconds since 1970. */
bool report_book_write(const struct facts *f, int64_t created, const char *path, struct err *e);

#endif
