/* What was said and what is now: comparing figures, reasons, sentences. */
#include "check.h"

#include <string.h>

#include "cli/figures.h"
#include "report/said.h"

static struct issued_figure figure(const char *what, const char *key, int64_t count, int64_t base,
                                   const char *verdict)
{
    return (struct issued_figure){what, key, key, key, true, true, count, base, verdict};
}

/* ---- figures_each_changed ---- */

struct heard {
    char text[256];
};

static bool hear(void *context, const struct issued_figure *then, const struct issued_figure *now,
                 struct err *e)
{
    struct heard *h = context;
    size_t n = strlen(h->text);
    (void)e;
    snprintf(h->text + n, sizeof h->text - n, "%s%s ", then ? then->key : "-",
             now ? now->key : "-");
    return true;
}

static void assert_changed(const struct issued_figure *then, size_t then_count,
                           struct issued_figure *now, size_t now_count, const char *want,
                           size_t compared)
{
    struct heard h = {0};
    struct err e = {0};
    struct figures f = {.items = now, .count = now_count};
    size_t n = 99;
    assert_true(figures_each_changed(then, then_count, &f, hear, &h, &n, &e));
    assert_string_equal(h.text, want);
    assert_int_equal(n, compared);
}

static void a_figure_is_changed_where_a_count_its_base_or_its_verdict_is(void **state)
{
    (void)state;
    const struct issued_figure then[] = {figure("total", "A", 22, 26, "met")};
    struct issued_figure same[] = {figure("total", "A", 22, 26, "met")},
                         count[] = {figure("total", "A", 23, 26, "met")},
                         base[] = {figure("total", "A", 22, 25, "met")},
                         verdict[] = {figure("total", "A", 22, 26, "not_met")}, unknown[1];
    unknown[0] = same[0];
    unknown[0].has_base = false;
    unknown[0].base = 0;
    assert_changed(then, 1, same, 1, "", 1);
    assert_changed(then, 1, count, 1, "AA ", 1);
    assert_changed(then, 1, base, 1, "AA ", 1);
    assert_changed(then, 1, verdict, 1, "AA ", 1);
    assert_changed(then, 1, unknown, 1, "AA ", 1);
}

static void what_only_one_side_has_is_changed(void **state)
{
    (void)state;
    const struct issued_figure then[] = {figure("total", "A", 1, 1, ""),
                                         figure("target", "1", 1, 1, "met")};
    struct issued_figure now[] = {figure("target", "1", 1, 1, "met"),
                                  figure("kind", "A", 1, 1, "")};
    assert_changed(then, 2, now, 2, "A- -A ", 3);
    assert_changed(then, 2, now, 0, "A- 1- ", 2);
    assert_changed(then, 0, now, 2, "-1 -A ", 2);
    assert_changed(then, 0, now, 0, "", 0);
}

/* ---- words ---- */

static const struct span year = {19723, 20088};

static struct said_line line_of(const struct issued_figure *then, const struct issued_figure *now)
{
    struct said_line l = {
        .number = "15/BC", .on = 20077, .unit = "872", .then = *then, .now = *now};
    l.period.span = year;
    strcpy(l.period.label, "2024");
    return l;
}

static void assert_reasons(const struct said_why *why, enum lang lang, const char *want)
{
    struct buf b = {0};
    said_reasons(&b, why, lang);
    assert_string_equal(buf_text(&b), want);
    buf_free(&b);
}

static void reasons_have_the_sign_of_what_they_add(void **state)
{
    (void)state;
    struct said_why why = {.known = true};
    why.numbers[CHANGE_LATE] = 1;
    why.numbers[CHANGE_RECLASSIFIED_IN] = 2;
    why.numbers[CHANGE_WITHDRAWN] = 3;
    why.numbers[CHANGE_OUTCOME] = 9; /* adds nothing */
    assert_reasons(&why, LANG_VI, "+1 tin muộn, +2 đổi tội danh, −3 rút ra");
    why.compared = -4;
    why.stated = 5;
    why.numbers[CHANGE_LATE] = why.numbers[CHANGE_RECLASSIFIED_IN] = 0;
    assert_reasons(&why, LANG_EN,
                   "−3 taken out, +5 by stated totals, −4 since other units are compared");
}

static void reasons_that_are_not_known_are_not_told(void **state)
{
    (void)state;
    struct said_why why = {0};
    why.numbers[CHANGE_LATE] = 1;
    assert_reasons(&why, LANG_EN, "");
    assert_reasons(&(struct said_why){.known = true}, LANG_EN, "");
}

static void assert_sentences(const struct said_line *a, const struct said_line *b, enum lang lang,
                             const char *want)
{
    const struct said_line *lines[] = {a, b};
    struct buf text = {0};
    said_sentences(&text, lines, b ? 2 : 1, lang);
    assert_string_equal(buf_text(&text), want);
    buf_free(&text);
}

static void a_count_reads_as_cases_a_target_as_a_fraction(void **state)
{
    (void)state;
    struct issued_figure total = figure("total", "XHTE", 22, 26, ""), total_now = total,
                         target = figure("target", "3a", 9, 10, "not_met"), target_now = target;
    total_now.count = 24;
    target_now.count = target_now.base = 11;
    target_now.verdict = "met";
    struct said_line a = line_of(&total, &total_now), b = line_of(&target, &target_now);
    a.why.known = true;
    a.why.numbers[CHANGE_LATE] = a.why.numbers[CHANGE_RECLASSIFIED_IN] = 1;
    assert_sentences(&a, NULL, LANG_VI,
                     "Báo cáo số 15/BC ngày 20/12/2024: XHTE đã báo cáo 22 vụ, nay 24 vụ "
                     "(+1 tin muộn, +1 đổi tội danh).");
    assert_sentences(&b, NULL, LANG_VI,
                     "Báo cáo số 15/BC ngày 20/12/2024: Chỉ tiêu 3a đã báo cáo 9/10, nay 11/11, "
                     "kết luận thay đổi từ chưa đạt sang đạt.");
}

static void each_report_has_its_sentence_and_says_of_which_days(void **state)
{
    (void)state;
    struct issued_figure then = figure("total", "XHTE", 1, 0, ""), now = then;
    now.count = 2;
    struct said_line a = line_of(&then, &now), b = a;
    a.which = SAID_BEFORE;
    b.which = SAID_PART;
    b.number = "7/BC";
    strcpy(b.period.label, "2024H1");
    assert_sentences(&a, &b, LANG_EN,
                     "Report No. 15/BC of 2024-12-20: XHTE, same period (the year 2024), reported "
                     "1 case, now 2 cases. Report No. 7/BC of 2024-12-20: XHTE, the first 6 months "
                     "of 2024, reported 1 case, now 2 cases.");
    b.number = "15/BC";
    b.which = SAID_PERIOD;
    b.place = "Xã B";
    assert_sentences(&a, &b, LANG_EN,
                     "Report No. 15/BC of 2024-12-20: XHTE, same period (the year 2024), reported "
                     "1 case, now 2 cases; XHTE, Xã B reported 1 case, now 2 cases.");
}

static void a_reduction_does_not_repeat_the_reasons_of_its_category(void **state)
{
    (void)state;
    struct issued_figure total = figure("total", "XHTE", 5, 5, ""), total_now = total,
                         target = figure("target", "1", 5, 5, "not_met"), target_now = target;
    total_now.count = target_now.count = 6;
    target.category = target_now.category = "XHTE";
    struct said_line a = line_of(&total, &total_now), b = line_of(&target, &target_now);
    a.why.known = b.why.known = true;
    a.why.numbers[CHANGE_LATE] = b.why.numbers[CHANGE_LATE] = 1;
    assert_sentences(&a, &b, LANG_EN,
                     "Report No. 15/BC of 2024-12-20: XHTE reported 5 cases, now 6 cases "
                     "(+1 reported late); Indicator 1 reported 5/5, now 6/5.");
    assert_sentences(&b, NULL, LANG_EN,
                     "Report No. 15/BC of 2024-12-20: Indicator 1 reported 5/5, now 6/5 "
                     "(+1 reported late).");
}

static void what_was_not_known_is_a_gap(void **state)
{
    (void)state;
    struct issued_figure then = figure("total", "XHTE", 0, 0, ""),
                         now = figure("total", "XHTE", 3, 0, "");
    then.has_count = then.has_base = false;
    struct said_line a = line_of(&then, &now);
    assert_sentences(&a, NULL, LANG_EN,
                     "Report No. 15/BC of 2024-12-20: XHTE reported …, now 3 cases.");
}

static void a_verdict_stays_changes_or_was_none(void **state)
{
    (void)state;
    struct issued_figure then = figure("target", "1", 1, 1, "met"), now = then;
    struct said_line l = line_of(&then, &now);
    struct buf b = {0};
    said_verdict(&b, &l, LANG_VI);
    assert_string_equal(buf_text(&b), "kết luận không thay đổi: đạt");
    buf_clear(&b);
    l.then.verdict = "";
    said_verdict(&b, &l, LANG_VI);
    assert_string_equal(buf_text(&b), "kết luận thay đổi từ chưa đánh giá sang đạt");
    buf_clear(&b);
    l.now.verdict = "";
    said_verdict(&b, &l, LANG_VI);
    assert_string_equal(buf_text(&b), "");
    buf_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_figure_is_changed_where_a_count_its_base_or_its_verdict_is),
        cmocka_unit_test(what_only_one_side_has_is_changed),
        cmocka_unit_test(reasons_have_the_sign_of_what_they_add),
        cmocka_unit_test(reasons_that_are_not_known_are_not_told),
        cmocka_unit_test(a_count_reads_as_cases_a_target_as_a_fraction),
        cmocka_unit_test(each_report_has_its_sentence_and_says_of_which_days),
        cmocka_unit_test(a_reduction_does_not_repeat_the_reasons_of_its_category),
        cmocka_unit_test(what_was_not_known_is_a_gap),
        cmocka_unit_test(a_verdict_stays_changes_or_was_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
