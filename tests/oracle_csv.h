/* oracle_csv.h: reads the reference tables of tests/data/oracle for tests: a head row, then
 * comma-separated rows without quotes; an empty cell is NAN. A file or column that is not there
 * fails the test. Tests run in the project's folder; -DORACLE_DIR names another place. */
#ifndef KEOGIAM_TESTS_ORACLE_CSV_H
#define KEOGIAM_TESTS_ORACLE_CSV_H

#include "check.h"

#include <stdlib.h>
#include <string.h>

#ifndef ORACLE_DIR
#define ORACLE_DIR "tests/data/oracle/"
#endif

enum { ORACLE_COLUMNS = 64, ORACLE_LINE = 4096 };

struct oracle {
    FILE *file;
    char head[ORACLE_LINE];
    char line[ORACLE_LINE];
    const char *name[ORACLE_COLUMNS];
    const char *cell[ORACLE_COLUMNS];
    int columns;
    int row; /* 1 for the first row under the head */
};

static inline int oracle_split(char *line, const char **part)
{
    int n = 0;
    line[strcspn(line, "\r\n")] = '\0';
    for (char *at = line; at && n < ORACLE_COLUMNS; n++) {
        part[n] = at;
        at = strchr(at, ',');
        if (at)
            *at++ = '\0';
    }
    return n;
}

static inline void oracle_open(struct oracle *o, const char *file)
{
    char path[512];
    snprintf(path, sizeof path, "%s%s", ORACLE_DIR, file);
    memset(o, 0, sizeof *o);
    o->file = fopen(path, "r");
    if (!o->file || !fgets(o->head, sizeof o->head, o->file))
        fail_msg("cannot read %s", path);
    o->columns = oracle_split(o->head, o->name);
}

/* The next row; at the end closes the file and returns false. */
static inline bool oracle_next(struct oracle *o)
{
    if (!fgets(o->line, sizeof o->line, o->file)) {
        fclose(o->file);
        o->file = NULL;
        return false;
    }
    o->row++;
    if (oracle_split(o->line, o->cell) != o->columns)
        fail_msg("row %d has not the columns of its head", o->row);
    return true;
}

static inline const char *oracle_text(const struct oracle *o, const char *name)
{
    for (int i = 0; i < o->columns; i++)
        if (strcmp(o->name[i], name) == 0)
            return o->cell[i];
    fail_msg("no column %s", name);
    return "";
}

static inline double oracle_number(const struct oracle *o, const char *name)
{
    const char *text = oracle_text(o, name);
    return *text ? strtod(text, NULL) : NAN;
}

/* Fails unless got is the cell: both missing, or within rel of it or abs_tol. */
static inline void oracle_check(const struct oracle *o, const char *name, double got, double rel,
                                double abs_tol)
{
    double want = oracle_number(o, name);
    bool same = isnan(want) ? isnan(got) : check_is_near(got, want, rel, abs_tol);
    if (!same)
        fail_msg("row %d, %s: %.17g, expected %.17g", o->row, name, got, want);
}

#endif
