/* report_private.h: shared by report_facts.c (the whole) and report_root.c (one axis): the
 * commands' tables, asked for as if each had been called with further options.
 */
#ifndef KEOGIAM_CLI_REPORT_PRIVATE_H
#define KEOGIAM_CLI_REPORT_PRIVATE_H

#include "cli/report_facts.h"

struct question {
    struct session *s;
    const struct request *asked;
    struct request q;
};

struct question question_of(struct session *s);
/* value NULL: as if the option had not been given. */
void question_ask(struct question *x, enum option_id id, const char *value);

/* The session's request points into the question while a table is built: question_end(&x,
 * yoy_build(question_begin(&x), …)) puts the old one back and returns what the table did. */
struct session *question_begin(struct question *x);
bool question_end(struct question *x, bool ok);

/* What a table cannot give (ERR_INPUT, ERR_USAGE) is no failure of the report: it has no rows then.
 */
bool question_or_none(struct result *r, bool ok, struct err *e);

/* The code of the body that reports: --unit, else the only top unit with data, in the arena; x
 * holds the period. Fails: ERR_USAGE there are several; ERR_INPUT nothing is known of it. */
bool question_body(struct question *x, const struct period *period, struct arena *arena,
                   const char **unit, struct err *e);
/* Its directory index; NO_ENTRY. A group has no days, a unit those of the boundaries. */
size_t question_unit(const struct session *s, const char *body);

/* The root of index i from the category (a directory index); the question holds the whole's
 * period and unit. */
bool report_root_read(struct report_facts *x, struct question q, size_t category, size_t i,
                      struct err *e);

#endif
