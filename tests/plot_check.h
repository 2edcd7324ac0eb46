/* plot_check.h: results to draw, and what the charts make of them. For the tests of plot/. */
#ifndef KEOGIAM_TESTS_PLOT_CHECK_H
#define KEOGIAM_TESTS_PLOT_CHECK_H

#include "check.h"

#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "plot/plot.h"
#include "sys/sys.h"

/* ---- results to draw ---- */

static const struct column yoy_columns[] = {{"unit", "", COLUMN_TEXT, 0},
                                            {"unit_name", "", COLUMN_TEXT, 0},
                                            {"category", "", COLUMN_TEXT, 0},
                                            {"period", "", COLUMN_TEXT, 0},
                                            {"against", "", COLUMN_TEXT, 0},
                                            {"count", "", COLUMN_COUNT, 0},
                                            {"count_before", "", COLUMN_COUNT, 0},
                                            {"change", "", COLUMN_CHANGE, 0},
                                            {"reduction_pct", "", COLUMN_PERCENT, 0},
                                            {"ci_low", "", COLUMN_PERCENT, 0},
                                            {"ci_high", "", COLUMN_PERCENT, 0},
                                            {"prob_reduction", "", COLUMN_PROB, 0},
                                            {"target_pct", "", COLUMN_PERCENT, 0},
                                            {"verdict", "", COLUMN_TOKEN, 0},
                                            {"ci_low_phi", "", COLUMN_PERCENT, 0},
                                            {"ci_high_phi", "", COLUMN_PERCENT, 0},
                                            {"note", "", COLUMN_NOTE, 0}};

static const struct column month_columns[] = {
    {"unit", "", COLUMN_TEXT, 0},     {"unit_name", "", COLUMN_TEXT, 0},
    {"category", "", COLUMN_TEXT, 0}, {"category_name", "", COLUMN_TEXT, 0},
    {"month", "", COLUMN_TEXT, 0},    {"count", "", COLUMN_COUNT, 0},
    {"state", "", COLUMN_TOKEN, 0}};

#define UNKNOWN (-1)

static inline void put(struct result *r, const char *column, struct cell cell)
{
    r->cells[(r->row_count - 1) * r->column_count + result_column(r, column)] = cell;
}

static inline void yoy_init(struct result *r, enum lang lang)
{
    result_init(r, "yoy", yoy_columns, sizeof yoy_columns / sizeof *yoy_columns, lang);
    r->title = "Huyện Tháp Mười";
    assert_true(result_add_prov(r, "source", "Source", "số liệu thử", NULL, NULL));
}

/* One row; before and now may be UNKNOWN. The interval is a plain one around the ratio: what it is
 * made of is not the chart's matter. */
static inline void add_row(struct result *r, const char *unit, const char *name, int before,
                           int now)
{
    assert_non_null(result_add_row(r, NULL));
    put(r, "unit", cell_text(arena_text(&r->arena, unit)));
    put(r, "unit_name", cell_text(arena_text(&r->arena, name)));
    put(r, "category", cell_text("XHTE"));
    put(r, "period", cell_text("2024"));
    put(r, "against", cell_text("2023"));
    if (!strcmp(unit, "T"))
        put(r, "note", cell_text("basis=1;total=1;"));
    if (before != UNKNOWN)
        put(r, "count_before", cell_int(before));
    if (now != UNKNOWN)
        put(r, "count", cell_int(now));
    if (before == UNKNOWN || now == UNKNOWN)
        return;
    put(r, "change", cell_int(now - before));
    if (before == 0)
        return;
    double ratio = (double)now / before;
    put(r, "reduction_pct", cell_real(100 * (1 - ratio)));
    put(r, "ci_low", cell_real(100 * (1 - 3 * ratio - 0.1)));
    put(r, "ci_high", cell_real(100 * (1 - ratio / 3)));
}

static inline void add_total(struct result *r, int before, int now, double prob_reduction)
{
    add_row(r, "T", "Huyện Tháp Mười", before, now);
    put(r, "prob_reduction", cell_real(prob_reduction));
}

static inline void add_communes(struct result *r)
{
    add_total(r, 12, 11, 0.58);
    put(r, "target_pct", cell_real(3));
    add_row(r, "30046", "Trường Xuân", 1, 2);
    add_row(r, "30052", "TT. Mỹ An", 3, 1);
    add_row(r, "30058", "Thạnh Lợi", 0, 0);
    add_row(r, "30061", "Phú Điền", 1, 1);
    add_row(r, "30070", "Tân Kiều", 1, UNKNOWN);
    put(r, "verdict", cell_text("incomplete"));
    add_row(r, "30079", "Láng Biển", 0, 1);
    add_row(r, "30045/?", "", 1, 0);
    add_row(r, "30090", "Ấp mới", UNKNOWN, 4);
    r->synthetic = true;
}

static inline void months_init(struct result *r, enum lang lang)
{
    result_init(r, "trend", month_columns, sizeof month_columns / sizeof *month_columns, lang);
    r->title = "Huyện Tháp Mười";
}

static inline void add_month(struct result *r, const char *month, int count, const char *status)
{
    assert_non_null(result_add_row(r, NULL));
    put(r, "unit", cell_text("803"));
    put(r, "category", cell_text("U18"));
    put(r, "month", cell_text(arena_text(&r->arena, month)));
    put(r, "state", cell_text(status));
    if (count != UNKNOWN)
        put(r, "count", cell_int(count));
}

static inline void add_year(struct result *r, int year, int count)
{
    for (int month = 1; month <= 12; month++) {
        char label[24];
        snprintf(label, sizeof label, "%d-%02d", year, month);
        add_month(r, label, count, "known");
    }
}

/* ---- what comes out ---- */

static struct buf folder; /* of this test program */

static inline int make_folder(void **state)
{
    (void)state;
    return sys_temp_folder(&folder, NULL) ? 0 : -1;
}

static inline int remove_folder(void **state)
{
    (void)state;
    sys_temp_remove(folder.data);
    buf_free(&folder);
    return 0;
}

static inline void read_all(const char *path, struct buf *b)
{
    buf_clear(b);
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    for (int c; (c = fgetc(f)) != EOF;)
        buf_addc(b, (char)c);
    fclose(f);
}

static inline char *path_of(const char *name)
{
    static char path[400];
    snprintf(path, sizeof path, "%s/%s", folder.data, name);
    return path;
}

typedef bool chart(const struct result *r, const struct plot_options *o, struct err *e);

static inline void script_of(chart *draw, const struct result *r, struct buf *b)
{
    struct err e = {0};
    struct plot_options o = {.path = path_of("chart.gp"), .script = true};
    if (!draw(r, &o, &e))
        fail_msg("%s", e.msg);
    read_all(o.path, b);
}

/* Inside a document: no title, no higher than most_mm (0: as it likes). Returns the height. */
static inline double bare_script_of(chart *draw, const struct result *r, double most_mm,
                                    struct buf *b)
{
    struct err e = {0};
    struct plot_options o = {
        .path = path_of("bare.gp"), .script = true, .untitled = true, .most_mm = most_mm};
    if (!draw(r, &o, &e))
        fail_msg("%s", e.msg);
    read_all(o.path, b);
    const char *height = strstr(buf_text(b), "; H = ");
    assert_non_null(height);
    return strtod(height + 6, NULL);
}

static inline void assert_says(const struct buf *b, const char *words)
{
    if (!strstr(buf_text(b), words))
        fail_msg("the script does not say: %s", words);
}

static inline void assert_silent(const struct buf *b, const char *words)
{
    if (strstr(buf_text(b), words))
        fail_msg("the script says: %s", words);
}

/* A chart that would be higher becomes no higher than asked, and what the document says itself is
 * left to it. */
static inline void assert_fits(chart *draw, const struct result *r, double most_mm)
{
    struct buf b = {0};
    assert_true(bare_script_of(draw, r, 0, &b) > most_mm);
    double height = bare_script_of(draw, r, most_mm, &b);
    assert_true(height <= most_mm + 1e-3);
    assert_true(height > 0.9 * most_mm);
    assert_silent(&b, r->title ? r->title : "SIMULATED DATA");
    assert_silent(&b, tr(r->lang, "SIMULATED DATA"));
    buf_free(&b);
}

static inline void assert_order(const struct buf *b, const char *first, const char *second)
{
    const char *a = strstr(buf_text(b), first), *z = strstr(buf_text(b), second);
    assert_non_null(a);
    assert_non_null(z);
    assert_true(a < z);
}

static inline bool has_gnuplot(void)
{
    static const char *const argv[] = {"gnuplot", "--version", NULL};
    int status = 127;
    return sys_run(&(struct sys_program){.argv = argv}, &status, NULL) && status == 0;
}

/* NAME.png, .svg without a title and .pdf of a chart, where gnuplot is. */
static inline void assert_gnuplot_draws(chart *draw, const struct result *r, const char *name)
{
    static const char *const kinds[] = {"png", "svg", "pdf"};
    for (size_t i = 0; has_gnuplot() && i < 3; i++) {
        struct err e = {0};
        char file[64];
        snprintf(file, sizeof file, "%s.%s", name, kinds[i]);
        struct plot_options o = {.path = path_of(file), .untitled = i == 1};
        if (!draw(r, &o, &e))
            fail_msg("%s", e.msg);
        assert_int_equal(sys_path_kind(o.path), SYS_FILE);
    }
}

static inline void assert_refused(chart *draw, const struct result *r, const char *words)
{
    struct err e = {0};
    struct plot_options o = {.path = path_of("refused.gp"), .script = true};
    assert_false(draw(r, &o, &e));
    assert_int_equal(e.code, ERR_USAGE);
    assert_non_null(strstr(e.msg, words));
    assert_int_equal(sys_path_kind(o.path), SYS_MISSING);
}

#endif
