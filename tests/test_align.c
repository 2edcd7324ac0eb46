/* Pairing what two documents say. */
#include "check.h"

#include <stdlib.h>
#include <string.h>

#include "report/align.h"

static void add(struct record *r, enum record_kind kind, const char *text)
{
    struct record_item *item = record_add(r, kind);
    assert_non_null(item);
    item->text = text;
}

static void add_row(struct record *r, const char *first, const char *second)
{
    record_add(r, RECORD_ROW);
    record_add_cell(r, first);
    record_add_cell(r, second);
}

/* Paragraphs of a text each, ended by NULL. */
static void add_all(struct record *r, const char *const *texts)
{
    for (; *texts; texts++)
        add(r, RECORD_TEXT, *texts);
}

/* "0 2 -": the partners of a's items; frees both. */
static void check_pairs(struct record *a, struct record *b, const char *pairs)
{
    size_t *match = calloc(a->count + 1, sizeof *match);
    struct buf shown = {0};
    struct err e = {0};
    assert_true(match && align_records(a, b, match, &e));
    for (size_t i = 0; i < a->count; i++) {
        buf_adds(&shown, i ? " " : "");
        if (match[i] == ALIGN_NONE)
            buf_adds(&shown, "-");
        else
            buf_addf(&shown, "%zu", match[i]);
    }
    assert_string_equal(buf_text(&shown), pairs);
    free(match);
    buf_free(&shown);
    record_free(a);
    record_free(b);
}

#define TEXTS(...)                                                                                 \
    (const char *const[])                                                                          \
    {                                                                                              \
        __VA_ARGS__, NULL                                                                          \
    }

static void nothing_pairs_with_nothing(void **state)
{
    (void)state;
    struct record a = {0}, b = {0};
    check_pairs(&a, &b, "");
    add_all(&a, TEXTS("một"));
    check_pairs(&a, &b, "-");
    add_all(&b, TEXTS("một"));
    check_pairs(&a, &b, "");
}

static void equal_documents_pair_one_by_one(void **state)
{
    (void)state;
    struct record a = {0}, b = {0};
    add_all(&a, TEXTS("một", "một", "hai", "một"));
    add_all(&b, TEXTS("một", "một", "hai", "một"));
    check_pairs(&a, &b, "0 1 2 3");
}

static void what_was_inserted_or_deleted_stands_alone(void **state)
{
    (void)state;
    struct record a = {0}, b = {0};
    add_all(&a, TEXTS("một", "hai", "ba", "bốn"));
    add_all(&b, TEXTS("mới", "một", "ba", "mới nữa", "bốn"));
    check_pairs(&a, &b, "1 - 2 4");
}

static void other_figures_are_the_same_sentence(void **state)
{
    (void)state;
    struct record a = {0}, b = {0};
    add_all(&a, TEXTS("Đạt 04 chỉ tiêu: 2, 3.", "131."));
    add_all(&b, TEXTS("Một câu khác hẳn.", "Đạt 05 chỉ tiêu: 2, 31.", "140."));
    check_pairs(&a, &b, "1 2");
}

/* Two of five words and three are common: 2·2/(5+5), 2·3/(5+5). */
static void a_sentence_with_too_few_words_left_is_another(void **state)
{
    (void)state;
    struct record a = {0}, b = {0};
    add_all(&a, TEXTS("a b c d e"));
    add_all(&b, TEXTS("a b x y z"));
    check_pairs(&a, &b, "-");
    add_all(&a, TEXTS("a b c d e"));
    add_all(&b, TEXTS("a b c y z"));
    check_pairs(&a, &b, "0");
}

static void a_sentence_that_much_was_added_to_is_the_same(void **state)
{
    (void)state;
    struct record a = {0}, b = {0};
    add_all(&a, TEXTS("a b c."));
    add_all(&b, TEXTS("a b c. Và mười hai mười ba mười bốn mười lăm chữ nữa ở sau."));
    check_pairs(&a, &b, "0");
}

static void kinds_never_mix(void **state)
{
    (void)state;
    struct record a = {0}, b = {0};
    add(&a, RECORD_HEADING, "Kết luận");
    add(&b, RECORD_TEXT, "Kết luận");
    check_pairs(&a, &b, "-");
}

static void own_text_pairs_with_nothing(void **state)
{
    (void)state;
    struct record a = {0}, b = {0};
    add_all(&a, TEXTS("một", "hai"));
    add_all(&b, TEXTS("một", "hai"));
    b.items[0].is_own = true;
    check_pairs(&a, &b, "- 1");
}

static void rows_pair_by_their_cells(void **state)
{
    (void)state;
    struct record a = {0}, b = {0};
    add_row(&a, "Mỹ An", "5");
    add_row(&a, "Mỹ Quý", "7");
    add_row(&b, "Mỹ An", "5");
    add_row(&b, "Mỹ Hòa", "1");
    add_row(&b, "Mỹ Quý", "9");
    check_pairs(&a, &b, "0 2");
}

static void a_picture_drawn_anew_is_the_same(void **state)
{
    (void)state;
    struct record a = {0}, b = {0};
    add(&a, RECORD_FIGURE, "7 vụ");
    add(&a, RECORD_TEXT, "Hình 1");
    add(&b, RECORD_FIGURE, "8 vụ");
    add(&b, RECORD_TEXT, "Hình 1");
    check_pairs(&a, &b, "0 1");
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_pairs_with_nothing),
        cmocka_unit_test(equal_documents_pair_one_by_one),
        cmocka_unit_test(what_was_inserted_or_deleted_stands_alone),
        cmocka_unit_test(other_figures_are_the_same_sentence),
        cmocka_unit_test(a_sentence_with_too_few_words_left_is_another),
        cmocka_unit_test(a_sentence_that_much_was_added_to_is_the_same),
        cmocka_unit_test(kinds_never_mix),
        cmocka_unit_test(own_text_pairs_with_nothing),
        cmocka_unit_test(rows_pair_by_their_cells),
        cmocka_unit_test(a_picture_drawn_anew_is_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
