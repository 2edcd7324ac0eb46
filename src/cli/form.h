/* form.h: the parts of the words that a form may hold, for help. */
#ifndef KEOGIAM_CLI_FORM_H
#define KEOGIAM_CLI_FORM_H

#include <stddef.h>

enum form_group { FORM_MEASURE_WORDS, FORM_SPAN_WORDS, FORM_TARGET_WORDS, FORM_HEAD_WORDS };

/* The i-th word of a group and, in English, what it means; NULL behind the last. */
const char *form_word_part(enum form_group group, size_t i, const char **meaning);

#endif
