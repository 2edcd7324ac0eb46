/* report_facts.h: the facts of a report, gathered from the commands' own tables. */
#ifndef KEOGIAM_CLI_REPORT_FACTS_H
#define KEOGIAM_CLI_REPORT_FACTS_H

#include "cli/risk_shapes.h"
#include "cli/said_lines.h"
#include "cli/session.h"
#include "report/facts.h"

struct report_facts {
    struct facts facts;
    struct risk_shapes *shapes; /* [root] */
    struct said_lines said;
};

/* Of the request's period and unit (without --unit: the sole top that has data). The session sees
 * nothing behind the period's end afterwards. Fails (ERR_INPUT, ERR_USAGE): as the commands do;
 * several bodies and none named. *x is to be freed in any case. */
bool report_facts_read(struct report_facts *x, struct session *s, struct err *e);
/* Period and unit (a code) alone, without tables. */
bool report_facts_frame(struct report_facts *x, struct session *s, const char *unit, struct err *e);
void report_facts_free(struct report_facts *x); /* accepts zero */

#endif
