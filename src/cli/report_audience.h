/* report_audience.h: who reads a report. */
#ifndef KEOGIAM_CLI_REPORT_AUDIENCE_H
#define KEOGIAM_CLI_REPORT_AUDIENCE_H

#include "cli/session.h"
#include "report/facts.h"

/* --audience, else the setting `audience`: takes out of the facts what the reader is not to see. Of
 * unit:U the other units' rows, the sentences that may name them, the map. Fails (ERR_USAGE): no
 * such audience; the public, for whom small numbers must be suppressed: that part is not built. */
bool report_audience(struct facts *f, const struct session *s, struct err *e);

#endif
