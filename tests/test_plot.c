#include "plot_check.h"

#include "plot/draw.h"
#include "plot/words.h"

static bool draw_trend(const struct result *months, const struct plot_options *o, struct err *e)
{
    return plot_trend(months, NULL, o, e);
}

/* ---- quoting, texts, axes ---- */

static void quoted_text_holds_no_escape_of_its_own_and_no_command(void **state)
{
    (void)state;
    struct buf b = {0};
    plot_quote(&b, "a\"b\\c\nd`ls`\te");
    assert_string_equal(b.data, "\"a\\\"b\\\\c\\nd\\140ls\\140 e\"");
    buf_free(&b);
}

static void widths_are_those_of_the_font_and_of_vietnamese_letters(void **state)
{
    (void)state;
    /* 9 pt, thousandths of hmtx: S 667 + ố 556 + space 278 + v 500 + ụ 556. */
    CHECK_NEAR(draw_width(DRAW_LABEL, "Số vụ"), 2.557 * 9 * 25.4 / 72, 1e-12, 0);
    /* The horn of ư and ơ is wider than u and o, đ is as wide as d. */
    assert_true(draw_width(DRAW_LABEL, "ư") > draw_width(DRAW_LABEL, "u"));
    CHECK_NEAR(draw_width(DRAW_LABEL, "đ"), draw_width(DRAW_LABEL, "d"), 1e-12, 0);
    CHECK_NEAR(draw_width(DRAW_LABEL, ""), 0, 0, 0);
}

static void text_breaks_at_spaces_and_ends_in_dots_where_lines_run_out(void **state)
{
    (void)state;
    struct buf b = {0};
    double width = draw_width(DRAW_LABEL, "Đốc Binh ");
    assert_int_equal(draw_wrap(&b, DRAW_LABEL, "Đốc Binh Kiều", width, 3), 2);
    assert_string_equal(b.data, "Đốc Binh\nKiều");
    buf_clear(&b);
    assert_int_equal(draw_wrap(&b, DRAW_LABEL, "Đốc Binh Kiều", width, 1), 1);
    assert_non_null(strstr(b.data, "…"));
    assert_true(draw_width(DRAW_LABEL, b.data) <= width);
    buf_clear(&b);
    assert_int_equal(draw_wrap(&b, DRAW_LABEL, "a\nb", 100, 9), 2);
    buf_clear(&b);
    assert_true(draw_wrap(&b, DRAW_LABEL, "Llanfairpwllgwyngyll", 10, 99) > 2);
    buf_free(&b);
}

static void ticks_never_meet(void **state)
{
    (void)state;
    static const double highs[] = {1, 3, 7, 99, 1000, 98765, 100000};
    for (size_t i = 0; i < sizeof highs / sizeof *highs; i++) {
        for (int scale = DRAW_LINEAR; scale <= DRAW_SQRT; scale++) {
            struct draw_ticks t = {0};
            struct draw_axis a = {(enum draw_scale)scale, 0, highs[i], 20, 42};
            draw_ticks_count(&t, &a, LANG_VI);
            assert_true(t.count >= 2);
            for (size_t j = 0; j < t.count; j++)
                for (size_t k = 0; k < j; k++)
                    assert_true(fabs(t.at[j] - t.at[k]) > t.half[j] + t.half[k]);
            draw_ticks_free(&t);
        }
    }
}

static void periods_have_short_names(void **state)
{
    (void)state;
    static const char *const names[][3] = {{"2024", "2024", "2024"},
                                           {"2024H1", "6T/2024", "H1 2024"},
                                           {"2024Q2", "QII/2024", "Q2 2024"},
                                           {"2024M9", "9T/2024", "9M/2024"},
                                           {"2024-05", "T5/2024", "month 5/2024"},
                                           {"2021..2022", "2021–2022", "2021–2022"},
                                           {"mean3", "TB 3 năm", "mean of 3 yrs"},
                                           {"2024-01-01..2024-06-30", "", ""},
                                           {"2024Q7", "", ""},
                                           {"", "", ""}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct buf vi = {0}, en = {0};
        assert_int_equal(words_period(&vi, names[i][0], LANG_VI), *names[i][1] != 0);
        assert_string_equal(buf_text(&vi), names[i][1]);
        words_period(&en, names[i][0], LANG_EN);
        assert_string_equal(buf_text(&en), names[i][2]);
        buf_free(&vi);
        buf_free(&en);
    }
}

/* ---- files ---- */

static void suffix_that_is_no_picture_is_refused(void **state)
{
    (void)state;
    struct result r;
    struct err e = {0};
    struct plot_options o = {.path = path_of("chart.emf")};
    yoy_init(&r, LANG_EN);
    add_total(&r, 5, 4, 0.5);
    assert_false(plot_yoy(&r, &o, &e));
    assert_int_equal(e.code, ERR_USAGE);
    assert_non_null(strstr(e.msg, ".png, .svg or .pdf"));
    result_free(&r);
}

static void missing_gnuplot_is_said_and_the_target_left_alone(void **state)
{
    (void)state;
    struct result r;
    struct err e = {0};
    struct buf b = {0};
    struct plot_options o = {.path = path_of("kept.png")};
    FILE *f = fopen(o.path, "wb");
    assert_non_null(f);
    fputs("old", f);
    fclose(f);
    char *path = getenv("PATH"), *saved = malloc(strlen(path) + 1);
    assert_non_null(saved);
    strcpy(saved, path);
    setenv("PATH", folder.data, 1);
    yoy_init(&r, LANG_EN);
    add_total(&r, 5, 4, 0.5);
    bool ok = plot_yoy(&r, &o, &e);
    setenv("PATH", saved, 1);
    free(saved);
    assert_false(ok);
    assert_int_equal(e.code, ERR_FAILED);
    assert_non_null(strstr(e.msg, "apt-get install gnuplot-nox"));
    read_all(path_of("kept.png"), &b);
    assert_string_equal(b.data, "old");
    buf_free(&b);
    result_free(&r);
}

static void refused_script_is_kept_and_named(void **state)
{
    (void)state;
    if (!has_gnuplot())
        skip();
    struct plot p;
    struct err e = {0};
    struct plot_options o = {.path = path_of("bad.png")};
    plot_begin(&p, 100, 50, LANG_EN, false);
    buf_adds(&p.script, "plot nothing_of_that_name\n");
    assert_false(plot_end(&p, &o, &e));
    assert_int_equal(e.code, ERR_FAILED);
    assert_non_null(strstr(e.msg, "bad.png.gp"));
    assert_int_equal(sys_path_kind(path_of("bad.png")), SYS_MISSING);
    assert_int_equal(sys_path_kind(path_of("bad.png.gp")), SYS_FILE);
}

static void draw_into(chart *draw, const struct result *r, const char *name, struct buf *b)
{
    struct err e = {0};
    struct plot_options o = {.path = path_of(name)};
    if (!draw(r, &o, &e))
        fail_msg("%s", e.msg);
    read_all(o.path, b);
    assert_true(b->len > 1000);
}

static void same_result_is_the_same_bytes_in_every_format(void **state)
{
    (void)state;
    static const char *const names[] = {"biểu đồ 'một' \"hai\" `ba` $x.png", "b.svg", "c.PDF"};
    struct result yoy, months;
    struct buf first = {0}, second = {0};
    if (!has_gnuplot())
        skip();
    yoy_init(&yoy, LANG_VI);
    add_communes(&yoy);
    add_row(&yoy, "Z", "`touch x` \"a\\n\" _b^{c} @d & 50% #e", 1, 2);
    months_init(&months, LANG_VI);
    add_year(&months, 2023, 5);
    add_month(&months, "2024-02", 0, "known");
    for (size_t i = 0; i < 3; i++) {
        draw_into(plot_yoy, &yoy, names[i], &first);
        draw_into(plot_yoy, &yoy, names[i], &second);
        assert_int_equal(first.len, second.len);
        assert_memory_equal(first.data, second.data, first.len);
        draw_into(draw_trend, &months, names[i], &first);
        draw_into(draw_trend, &months, names[i], &second);
        assert_int_equal(first.len, second.len);
        assert_memory_equal(first.data, second.data, first.len);
    }
    buf_free(&first);
    buf_free(&second);
    result_free(&yoy);
    result_free(&months);
}

static void svg_names_fonts_that_windows_has_and_png_its_size(void **state)
{
    (void)state;
    struct result r;
    struct buf b = {0};
    if (!has_gnuplot())
        skip();
    yoy_init(&r, LANG_VI);
    add_communes(&r);
    draw_into(plot_yoy, &r, "fonts.svg", &b);
    assert_says(&b, "font-family=\"'Liberation Sans', Arial, sans-serif\" font-weight=\"bold\"");
    assert_silent(&b, "\"Liberation Sans");
    assert_silent(&b, "Gnuplot<");
    draw_into(plot_yoy, &r, "size.png", &b);
    assert_memory_equal(b.data + 37, "pHYs\0\0\x2E\x23", 8);
    buf_free(&b);
    result_free(&r);
}

static void result_without_a_mark_to_draw_is_still_a_picture(void **state)
{
    (void)state;
    struct result r;
    struct buf b = {0};
    if (!has_gnuplot())
        skip();
    yoy_init(&r, LANG_VI);
    add_total(&r, UNKNOWN, UNKNOWN, NAN);
    add_row(&r, "A", "A", UNKNOWN, UNKNOWN);
    draw_into(plot_yoy, &r, "empty.svg", &b);
    result_free(&r);
    months_init(&r, LANG_VI);
    add_month(&r, "2024-01", UNKNOWN, "unknown");
    draw_into(draw_trend, &r, "empty.svg", &b);
    buf_free(&b);
    result_free(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quoted_text_holds_no_escape_of_its_own_and_no_command),
        cmocka_unit_test(widths_are_those_of_the_font_and_of_vietnamese_letters),
        cmocka_unit_test(text_breaks_at_spaces_and_ends_in_dots_where_lines_run_out),
        cmocka_unit_test(ticks_never_meet),
        cmocka_unit_test(periods_have_short_names),
        cmocka_unit_test(suffix_that_is_no_picture_is_refused),
        cmocka_unit_test(missing_gnuplot_is_said_and_the_target_left_alone),
        cmocka_unit_test(refused_script_is_kept_and_named),
        cmocka_unit_test(same_result_is_the_same_bytes_in_every_format),
        cmocka_unit_test(svg_names_fonts_that_windows_has_and_png_its_size),
        cmocka_unit_test(result_without_a_mark_to_draw_is_still_a_picture),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
