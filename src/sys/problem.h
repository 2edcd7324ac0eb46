/* problem.h: within sys/: one wording of what went wrong with a path. */
#ifndef KEOGIAM_SYS_PROBLEM_H
#define KEOGIAM_SYS_PROBLEM_H

#include "base/err.h"

/* Says that path cannot be written; problem is an errno. Returns false. */
bool sys_fail_write(const char *path, int problem, struct err *e);

#endif
