/* text.h: UTF-8 text: validity, NFC, keys for matching names, widths on a terminal.
 *
 * Inside the program text is valid UTF-8 in NFC. Built on utf8proc.
 */
#ifndef KEOGIAM_BASE_TEXT_H
#define KEOGIAM_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/* True if the n bytes are valid UTF-8; else *bad is the offset of the first bad byte. */
bool text_is_utf8(const char *text, size_t n, size_t *bad);

/* Replaces *out by the text in NFC, outer white space (any Unicode space, U+FEFF) trimmed, inner
 * runs of white space made one space. Pure ASCII takes a fast path. False: not UTF-8, or out of
 * memory. */
bool text_nfc(const char *text, size_t n, struct buf *out);

/* Replaces *out by the key under which names match: no case, no diacritics (đ -> d), letters and
 * digits only, words separated by one space. "TT. Mỹ  An" -> "tt my an". False as text_nfc. */
bool text_key(const char *text, size_t n, struct buf *out);

/* The same, keeping tone and vowel marks (NFC, lower case): tells "Mỹ Quý" from "Mỹ Quí". */
bool text_key_marked(const char *text, size_t n, struct buf *out);

/* Columns that the text takes on a terminal (combining marks 0, wide characters 2). */
size_t text_width(const char *text);

/* FNV-1a of n bytes. */
uint64_t text_hash(const char *text, size_t n);

#endif
