/* report_files.h: what `report` can make: the kinds of document, the files of each, as the command
 * line asks for them.
 */
#ifndef KEOGIAM_CLI_REPORT_FILES_H
#define KEOGIAM_CLI_REPORT_FILES_H

#include "cli/command.h"

enum file_format { FILE_DOCX, FILE_PDF, FILE_HTML, FILE_PPTX, FILE_XLSX, FILE_FORMATS };
extern const char *const report_suffixes[FILE_FORMATS]; /* ".docx" … */

struct report_kind {
    const char *name, *vi_name;
    const char *stem; /* of the file, before the period */
    bool slides, one_unit, correction;
};

struct report_files {
    const struct report_kind *kind;
    bool formats[FILE_FORMATS];
    struct buf stem; /* path without suffix; "": -o was not given */
};

/* The kind and the files. Fails (ERR_USAGE): no such kind; a format that it does not have; a number
 * (--official, --number) for what carries none. stem is to be freed in any case. */
bool report_files_read(struct report_files *x, const struct request *r, struct err *e);

/* A document is asked for; else the workbook of tables. */
bool report_files_wants(const struct report_files *x, bool document);

#endif
