/* config.h: the settings that the database keeps, as `config` and `help config` name them. */
#ifndef KEOGIAM_CLI_CONFIG_H
#define KEOGIAM_CLI_CONFIG_H

#include "cli/session.h"

struct setting {
    const char *key, *vi_key;
    const char *values;  /* what it takes, for help */
    const char *missing; /* where it is not set; "" where that depends */
    const char *meaning; /* English, through tr() */
    /* Puts what is kept into *kept. Fails (ERR_USAGE): no value of this setting. */
    bool (*check)(const struct session *s, const char *value, struct buf *kept, struct err *e);
};

extern const struct setting settings[];
extern const size_t setting_count;

#endif
