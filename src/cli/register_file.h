/* register_file.h: `targets --propose YEAR` shown: as a table, or as a document to be signed. */
#ifndef KEOGIAM_CLI_REGISTER_FILE_H
#define KEOGIAM_CLI_REGISTER_FILE_H

#include "cli/command.h"

/* -o FILE.docx, .html or .pdf, or --format docx, html, pdf: a document, which leaves an audit line;
 * else the table as session_show has it. Fails: as register_build, the letterhead and the writers
 * do. */
bool register_show(const struct request *r, struct err *e);

#endif
