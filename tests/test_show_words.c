/* What people read: comparisons, cells, views, the table. Vietnamese wording: domain.md section 8.
 */
#include "fixtures_show.h"

/* ---- comparisons ---- */

static const char *change_said(struct fixture *f, int64_t change, double reduction_pct,
                               int64_t before, enum lang lang)
{
    buf_clear(&f->b);
    show_change(&f->b, change, reduction_pct, before, lang);
    return text_of(f);
}

static void change_reads_as_vietnamese_reports_print_it(void **state)
{
    struct fixture *f = *state;
    assert_string_equal(change_said(f, -3, 12.5, 24, LANG_VI), "giảm 3 vụ (−12,5%)");
    assert_string_equal(change_said(f, 2, -40, 5, LANG_VI), "tăng 2 vụ (+40,0%)");
    assert_string_equal(change_said(f, 2, NAN, 0, LANG_VI),
                        "phát sinh 2 vụ (cùng kỳ không xảy ra)");
    assert_string_equal(change_said(f, 0, NAN, 0, LANG_VI), "không xảy ra");
    assert_string_equal(change_said(f, 0, 0, 4, LANG_VI), "bằng so với cùng kỳ");
    assert_string_equal(change_said(f, 1234, -12.34, 10000, LANG_VI), "tăng 1.234 vụ (+12,3%)");
    assert_string_equal(change_said(f, -3, NAN, 24, LANG_VI), "giảm 3 vụ");
}

static void change_reads_as_english_with_its_plurals(void **state)
{
    struct fixture *f = *state;
    assert_string_equal(change_said(f, -3, 12.5, 24, LANG_EN), "down 3 cases (−12.5%)");
    assert_string_equal(change_said(f, -1, 20, 5, LANG_EN), "down 1 case (−20.0%)");
    assert_string_equal(change_said(f, 1, -20, 5, LANG_EN), "up 1 case (+20.0%)");
    assert_string_equal(change_said(f, 2, -40, 5, LANG_EN), "up 2 cases (+40.0%)");
    assert_string_equal(change_said(f, 1, NAN, 0, LANG_EN), "1 new case (none in the same period)");
    assert_string_equal(change_said(f, 2, NAN, 0, LANG_EN),
                        "2 new cases (none in the same period)");
    assert_string_equal(change_said(f, 0, NAN, 0, LANG_EN), "none in either period");
    assert_string_equal(change_said(f, 0, 0, 4, LANG_EN), "unchanged");
}

static const char *interval_said(struct fixture *f, double low, double high, enum lang lang)
{
    buf_clear(&f->b);
    show_interval(&f->b, low, high, lang);
    return text_of(f);
}

static void interval_of_a_reduction_reads_in_rises_and_falls(void **state)
{
    struct fixture *f = *state;
    assert_string_equal(interval_said(f, -67.2, 55.8, LANG_VI), "từ tăng 67,2% đến giảm 55,8%");
    assert_string_equal(interval_said(f, 3.1, 20.4, LANG_VI), "giảm từ 3,1% đến 20,4%");
    assert_string_equal(interval_said(f, -80.1, -5, LANG_VI), "tăng từ 5,0% đến 80,1%");
    assert_string_equal(interval_said(f, NAN, 55.8, LANG_VI),
                        "từ tăng không giới hạn đến giảm 55,8%");
    assert_string_equal(interval_said(f, NAN, -80.1, LANG_VI), "tăng từ 80,1% trở lên");
    assert_string_equal(interval_said(f, -67.2, 55.8, LANG_EN), "from up 67.2% to down 55.8%");
    assert_string_equal(interval_said(f, NAN, NAN, LANG_VI), "");
}

/* 899.9 % more is still a percentage; 39 times is easier read than 3 810.7 %. */
static void a_rise_past_tenfold_is_told_in_times(void **state)
{
    struct fixture *f = *state;
    assert_string_equal(interval_said(f, -899.9, 10, LANG_VI), "từ tăng 899,9% đến giảm 10,0%");
    assert_string_equal(interval_said(f, -999.5, 10, LANG_VI),
                        "từ tăng gấp hơn 10 lần đến giảm 10,0%");
    assert_string_equal(interval_said(f, -3810.685, 100, LANG_EN),
                        "from up more than 39-fold to down 100.0%");
}

/* ---- cells and views ---- */

static const char *cell_said(struct fixture *f, size_t column, struct cell cell)
{
    if (!f->r.row_count)
        add_row(f, "a");
    f->r.cells[column] = cell;
    buf_clear(&f->b);
    show_cell(&f->r, 0, column, &f->b);
    return text_of(f);
}

static void cells_read_by_the_type_of_their_column(void **state)
{
    struct fixture *f = *state;
    assert_string_equal(cell_said(f, 1, cell_int(12345)), "12.345");
    assert_string_equal(cell_said(f, 1, cell_text("*")), "*");
    assert_string_equal(cell_said(f, 3, cell_int(3)), "+3");
    assert_string_equal(cell_said(f, 3, cell_int(-3)), "−3");
    assert_string_equal(cell_said(f, 3, cell_int(0)), "0");
    assert_string_equal(cell_said(f, 3, cell_real(-2.24)), "−2,2"); /* against a mean */
    assert_string_equal(cell_said(f, 4, cell_real(-12.54)), "−12,5%");
    assert_string_equal(cell_said(f, 9, cell_real(1.127)), "1,13");
    assert_string_equal(cell_said(f, 1, cell_text(NULL)), "–");
    assert_string_equal(cell_said(f, 0, cell_text(NULL)), "");
    assert_string_equal(cell_said(f, 0, cell_int(30046)), "30046");
}

static void p_and_chances_stop_short_of_none_and_certain(void **state)
{
    struct fixture *f = *state;
    assert_string_equal(cell_said(f, 7, cell_real(0.0316)), "0,032");
    assert_string_equal(cell_said(f, 7, cell_real(0.001)), "0,001");
    assert_string_equal(cell_said(f, 7, cell_real(0.00099)), "<0,001");
    assert_string_equal(cell_said(f, 7, cell_real(0)), "<0,001");
    assert_string_equal(cell_said(f, 7, cell_real(1)), "1,000");
    assert_string_equal(cell_said(f, 8, cell_real(0.45)), "45%");
    assert_string_equal(cell_said(f, 8, cell_real(0.0099)), "<1%");
    assert_string_equal(cell_said(f, 8, cell_real(0)), "<1%");
    assert_string_equal(cell_said(f, 8, cell_real(0.01)), "1%");
    assert_string_equal(cell_said(f, 8, cell_real(0.99)), "99%");
    assert_string_equal(cell_said(f, 8, cell_real(0.9901)), ">99%");
}

static void an_unknown_token_loses_its_underscores(void **state)
{
    struct fixture *f = *state;
    assert_string_equal(cell_said(f, 10, cell_text("not_judged_at_all")), "not judged at all");
}

static void notes_become_sentences_and_unknown_codes_stay(void **state)
{
    struct fixture *f = *state;
    assert_string_equal(cell_said(f, 11, cell_text("compared_units=12/13;overdue=2;")),
                        "trên cùng cơ sở so sánh (12/13 đơn vị); quá hạn: 2");
    assert_string_equal(cell_said(f, 11, cell_text("not_comparable=2025-03-01;")),
                        "không so sánh trực tiếp được: có thay đổi giữa hai kỳ (01/03/2025)");
    assert_string_equal(cell_said(f, 11, cell_text("rate_with_suspended=94.2%;")),
                        "tỷ lệ nếu tính cả tạm đình chỉ: 94,2%");
    assert_string_equal(cell_said(f, 11, cell_text("assumed=1;no_data;")),
                        "phạm vi số liệu do chương trình suy ra, chưa khai báo; không có số liệu");
    assert_string_equal(cell_said(f, 11, cell_text("negative_rest=-3;")),
                        "cộng chi tiết lớn hơn tổng số đã báo cáo: −3");
    assert_string_equal(cell_said(f, 11, cell_text("strange=a.b;overdue=;")),
                        "strange=a.b; overdue=");
    f->r.lang = LANG_EN;
    assert_string_equal(cell_said(f, 11, cell_text("not_comparable=2025-03-01;recorded=6")),
                        "not directly comparable: a change between the periods (2025-03-01); "
                        "recorded in all: 6");
}

static const char *view_said(struct fixture *f, size_t row, size_t view)
{
    buf_clear(&f->b);
    show_view(&f->r, row, &views[view], &f->b);
    return text_of(f);
}

static void views_join_the_numbers_that_belong_together(void **state)
{
    struct fixture *f = *state;
    add_my_an(f);
    assert_string_equal(view_said(f, 0, 0), "TT. Mỹ An");
    assert_string_equal(view_said(f, 0, 1), "5/8");
    assert_string_equal(view_said(f, 0, 2), "giảm 3 vụ (−37,5%)");
    assert_string_equal(view_said(f, 0, 3), "từ tăng 67,2% đến giảm 55,8%");
    assert_string_equal(view_said(f, 0, 4), "5/8 (37,5%)");
    assert_string_equal(view_said(f, 0, 5), "−67,2%–55,8%");
}

static void views_of_missing_numbers_say_so(void **state)
{
    struct fixture *f = *state;
    add_row(f, "a");
    assert_string_equal(view_said(f, 0, 1), "–/–");
    assert_string_equal(view_said(f, 0, 2), "–");
    assert_string_equal(view_said(f, 0, 3), "–");
    assert_string_equal(view_said(f, 0, 4), "–");
    assert_string_equal(view_said(f, 0, 5), "–");
    f->r.cells[1] = cell_int(5);
    f->r.cells[6] = cell_real(55.75);
    assert_string_equal(view_said(f, 0, 1), "5/–");
    assert_string_equal(view_said(f, 0, 4), "5");
    assert_string_equal(view_said(f, 0, 5), "…–55,8%");
}

/* A change against the mean of three years is no whole number. */
static void a_change_against_a_mean_keeps_a_decimal(void **state)
{
    struct fixture *f = *state;
    add_my_an(f);
    f->r.cells[3] = cell_real(-2.0 / 3);
    f->r.cells[4] = cell_real(11.8);
    assert_string_equal(view_said(f, 0, 2), "giảm 0,7 vụ (−11,8%)");
}

/* ---- table ---- */

static void table_lines_up_and_leaves_no_trailing_spaces(void **state)
{
    struct fixture *f = *state;
    small_start(f, LANG_EN);
    add_row(f, "TT. Mỹ An")[1] = cell_int(5);
    struct cell *row = add_row(f, "Tân Kiều");
    row[1] = cell_int(1234);
    row[2] = cell_text("no_data;");
    assert_true(show_table(&f->r, false, false, &f->b));
    assert_string_equal(text_of(f), "2024\nSIMULATED DATA\n\n"
                                    "unit       count  note\n"
                                    "─────────  ─────  ───────\n"
                                    "TT. Mỹ An      5\n"
                                    "Tân Kiều   1,234  no data\n"
                                    "\nFooter.\nbasis: tiếp nhận; period: 2024\n");
}

static void a_quiet_table_still_says_that_its_data_is_simulated(void **state)
{
    struct fixture *f = *state;
    small_start(f, LANG_VI);
    add_row(f, "a")[1] = cell_int(5);
    assert_true(show_table(&f->r, false, true, &f->b));
    assert_non_null(strstr(text_of(f), "SỐ LIỆU MÔ PHỎNG\n"));
    assert_null(strstr(text_of(f), "Footer."));
    assert_null(strstr(text_of(f), "tiếp nhận"));
}

static void a_table_of_no_rows_says_so(void **state)
{
    struct fixture *f = *state;
    small_start(f, LANG_VI);
    assert_true(show_table(&f->r, false, true, &f->b));
    assert_non_null(strstr(text_of(f), "────\nKhông có số liệu để hiển thị.\n"));
}

static void the_short_table_shows_views_and_the_wide_one_every_column(void **state)
{
    struct fixture *f = *state;
    add_my_an(f);
    assert_true(show_table(&f->r, false, false, &f->b));
    assert_non_null(strstr(text_of(f), "5/8"));
    assert_null(strstr(text_of(f), "0,032"));
    buf_clear(&f->b);
    assert_true(show_table(&f->r, true, false, &f->b));
    assert_null(strstr(text_of(f), "5/8"));
    assert_non_null(strstr(text_of(f), "−67,2%"));
}

static void a_name_cannot_steer_the_terminal(void **state)
{
    struct fixture *f = *state;
    small_start(f, LANG_VI);
    add_row(f, "a\x1b[2Jb\nc\xc2\x9b"
               "d");
    assert_true(show_table(&f->r, false, true, &f->b));
    assert_non_null(strstr(text_of(f), "a [2Jb c  d"));
    assert_null(strchr(text_of(f), '\x1b'));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(change_reads_as_vietnamese_reports_print_it),
        TEST(change_reads_as_english_with_its_plurals),
        TEST(interval_of_a_reduction_reads_in_rises_and_falls),
        TEST(a_rise_past_tenfold_is_told_in_times),
        TEST(cells_read_by_the_type_of_their_column),
        TEST(p_and_chances_stop_short_of_none_and_certain),
        TEST(an_unknown_token_loses_its_underscores),
        TEST(notes_become_sentences_and_unknown_codes_stay),
        TEST(views_join_the_numbers_that_belong_together),
        TEST(views_of_missing_numbers_say_so),
        TEST(a_change_against_a_mean_keeps_a_decimal),
        TEST(table_lines_up_and_leaves_no_trailing_spaces),
        TEST(a_quiet_table_still_says_that_its_data_is_simulated),
        TEST(a_table_of_no_rows_says_so),
        TEST(the_short_table_shows_views_and_the_wide_one_every_column),
        TEST(a_name_cannot_steer_the_terminal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
