/* risk_table.h: which places have more cases than their population lets one expect (contract 4,
 * `risk`); its charts take the same rows.
 */
#ifndef KEOGIAM_CLI_RISK_TABLE_H
#define KEOGIAM_CLI_RISK_TABLE_H

#include "cli/session.h"

enum risk_column {
    RSK_RANK,
    RSK_UNIT,
    RSK_UNIT_NAME,
    RSK_CATEGORY,
    RSK_PERIOD,
    RSK_COUNT,
    RSK_POPULATION, /* person-years of the days known, or days */
    RSK_EXPECTED,
    RSK_SMR,
    RSK_SMR_LOW,
    RSK_SMR_HIGH,
    RSK_RR,
    RSK_RR_LOW,
    RSK_RR_HIGH,
    RSK_PROB_EXCESS,
    RSK_RANK_LOW,
    RSK_RANK_HIGH,
    RSK_FUNNEL_Z,
    RSK_Q_VALUE,
    RSK_LOCAL_G,
    RSK_CLUSTER,
    RSK_CLUSTER_P,
    RSK_PERSISTENCE,
    RSK_LEVEL,
    RSK_NOTE,
    RSK_CLUSTER_P_GUMBEL,
    RSK_CLUSTER_CERTAINTY, /* how sure it is that the unit belongs to the cluster */
    RSK_CATEGORY_NAME,
    RSK_DISTANCE, /* --peers: how unlike the unit asked for, see risk/peers.h */
    RSK_COLUMNS
};

bool risk_build(struct session *s, struct result *r, struct err *e);

/* For `plot funnel`: the rows, and the control limits along expected counts (columns expected,
 * low_95, high_95, low_998, high_998, note). For the charts one category: fails (ERR_USAGE) if
 * the options name several. */
bool risk_build_funnel(struct session *s, struct result *r, struct result *limits, struct err *e);
bool risk_build_one(struct session *s, struct result *r, struct err *e);

#endif
