/* fixtures_files.h: a fresh folder for each test, with names for two files in it. */
#ifndef KEOGIAM_TESTS_FIXTURES_FILES_H
#define KEOGIAM_TESTS_FIXTURES_FILES_H

#include "check.h"

#include <string.h>

#include "sys/sys.h"

static struct buf folder; /* a fresh one for each test */
static char path[512], path_b[1024];

static inline int folder_make(void **state)
{
    (void)state;
    struct err e = {0};
    if (!sys_temp_folder(&folder, &e))
        return -1;
    snprintf(path, sizeof path, "%s/a.csv", folder.data);
    snprintf(path_b, sizeof path_b, "%s/b", folder.data);
    return 0;
}

static inline int folder_remove(void **state)
{
    (void)state;
    sys_temp_remove(folder.data);
    bool gone = sys_path_kind(folder.data) == SYS_MISSING;
    buf_free(&folder);
    return gone ? 0 : -1;
}

static inline void write_file(const char *name, const char *text)
{
    FILE *f = fopen(name, "wb");
    assert_non_null(f);
    fputs(text, f);
    assert_int_equal(fclose(f), 0);
}

static inline void assert_content(const char *name, const char *want)
{
    char got[256] = "";
    struct err e = {0};
    FILE *f = sys_open_read(name, &e);
    assert_non_null(f);
    got[fread(got, 1, sizeof got - 1, f)] = '\0';
    fclose(f);
    assert_string_equal(got, want);
}

#endif
