/* keep_check.h: documents edited as Word would: for the tests of records and of --keep. */
#ifndef KEOGIAM_TESTS_KEEP_CHECK_H
#define KEOGIAM_TESTS_KEEP_CHECK_H

#include "docx_check.h"

#include "report/package.h"
#include "report/record.h"
#include "sys/sys.h"

/* Two folders of its own: where files are, and what is said. */
struct folder {
    struct buf path, file;
    struct err e;
};

static inline int folder_setup(void **state)
{
    struct folder *f = calloc(1, sizeof *f);
    *state = f;
    return f && sys_temp_folder(&f->path, &f->e) ? 0 : -1;
}

static inline int folder_teardown(void **state)
{
    struct folder *f = *state;
    sys_temp_remove(buf_text(&f->path));
    buf_free(&f->path);
    buf_free(&f->file);
    free(f);
    return 0;
}

/* The path of a file in the folder; valid until the next call. */
static inline const char *in_folder(struct folder *f, const char *name)
{
    buf_clear(&f->file);
    buf_addf(&f->file, "%s/%s", buf_text(&f->path), name);
    return buf_text(&f->file);
}

static inline void write_file(struct folder *f, const char *name, const struct buf *bytes)
{
    struct err e = {0};
    if (!sys_write_whole(in_folder(f, name), buf_text(bytes), bytes->len, &e))
        fail_msg("%s", e.msg);
}

/* The first `from` becomes `to`. */
static inline void replace_first(struct buf *text, const char *from, const char *to)
{
    const char *at = strstr(buf_text(text), from);
    struct buf made = {0};
    if (!at)
        fail_msg("there is no '%s'", from);
    else {
        buf_add(&made, text->data, (size_t)(at - text->data));
        buf_adds(&made, to);
        buf_adds(&made, at + strlen(from));
    }
    buf_free(text);
    *text = made;
}

/* The DOCX with its document.xml changed: pairs of from and to, ended by NULL. */
static inline void edit_docx(struct buf *file, const char *const *pairs)
{
    struct package *p = package_new();
    struct err e = {0};
    zip_t *z = open_zip(file);
    assert_non_null(p);
    for (zip_int64_t i = 0; i < zip_get_num_entries(z, 0); i++) {
        const char *name = zip_get_name(z, (zip_uint64_t)i, 0);
        struct buf part = {0};
        read_part(file, name, &part);
        for (const char *const *at = pairs; !strcmp(name, "word/document.xml") && *at; at += 2)
            replace_first(&part, at[0], at[1]);
        package_add_made(p, name, &part);
        buf_free(&part);
    }
    zip_close(z);
    buf_clear(file);
    assert_true(package_finish(p, file, &e));
    package_delete(p);
}

#endif
