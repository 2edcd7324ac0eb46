/* passphrase.h: what closes and opens a copy: $KEOGIAM_PASSPHRASE, else asked on the terminal.
 *
 * It is used in NFC with single spaces: the same words typed on another keyboard driver are the
 * same passphrase.
 */
#ifndef KEOGIAM_CLI_PASSPHRASE_H
#define KEOGIAM_CLI_PASSPHRASE_H

#include <stdbool.h>

#include "base/buf.h"

enum { PASSPHRASE_LEAST = 12, PASSPHRASE_DIFFERENT = 5 };

/* A new one: asked twice. Fails: ERR_INPUT under PASSPHRASE_LEAST letters or PASSPHRASE_DIFFERENT
 * different ones, saying why, not the same twice, no UTF-8; ERR_USAGE neither the variable nor a
 * terminal is there. passphrase_free in any case. */
bool passphrase_new(struct buf *p, struct err *e);
/* One that was chosen before: asked once, however short. */
bool passphrase_old(struct buf *p, struct err *e);
void passphrase_free(struct buf *p); /* takes it out of the memory */

#endif
