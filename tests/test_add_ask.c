/* The dialogue of `add`, its answers given. */
#include "fixtures_typed.h"

#include "cli/add_ask.h"

/* What was said and understood. */
struct talk {
    struct desk k;
    struct session s;
    struct request r;
    struct lists *lists;
    struct case_cells cells;
    struct arena texts;
    struct asking a;
    struct typed_row row;
    struct buf said;
    bool ok;
    struct err e;
};

static FILE *file_of(const char *text)
{
    FILE *f = tmpfile();
    assert_non_null(f);
    fputs(text, f);
    rewind(f);
    return f;
}

static void read_back(FILE *f, struct buf *b)
{
    int c;
    rewind(f);
    while ((c = getc(f)) != EOF)
        buf_addc(b, (char)c);
}

/* Asks for a case on the small district; the answers are lines. */
static void talk_start(struct talk *t, enum lang lang, const char *answers)
{
    *t = (struct talk){.e = {.lang = lang}};
    desk_new(&t->k);
    typed_start(&t->s, &t->r, &t->k, lang);
    assert_true(lists_new(&t->lists, &t->e));
    case_cells_init(&t->cells, &t->s.directory, t->lists);
    t->row.kind = kind_of(KIND_INCIDENTS);
    t->a = (struct asking){.s = &t->s,
                           .cells = &t->cells,
                           .in = file_of(answers),
                           .out = tmpfile(),
                           .texts = &t->texts};
    assert_non_null(t->a.out);
}

static void talk(struct talk *t, enum lang lang, const char *answers)
{
    talk_start(t, lang, answers);
    t->ok = add_ask_columns(&t->a, &t->row, &t->e);
    read_back(t->a.out, &t->said);
}

static void talk_end(struct talk *t)
{
    fclose(t->a.in);
    fclose(t->a.out);
    asking_free(&t->a);
    arena_free(&t->texts);
    buf_free(&t->said);
    lists_delete(t->lists);
    typed_end(&t->s);
    desk_free(&t->k);
}

static void assert_cell(const struct talk *t, size_t slot, const char *want)
{
    assert_non_null(t->row.cells[slot]);
    assert_string_equal(t->row.cells[slot], want);
}

static void assert_said(const struct talk *t, const char *part)
{
    if (!strstr(buf_text(&t->said), part))
        fail_msg("'%s' was not said:\n%s", part, buf_text(&t->said));
}

static void numbers_and_starts_of_names_are_answers(void **state)
{
    (void)state;
    struct talk t;
    talk(&t, LANG_EN, "03/05/2024\n\n3\nxhte.td\n2\n8\n.\n");
    assert_true(t.ok);
    assert_cell(&t, INC_RECEIVED_ON, "03/05/2024");
    assert_null(t.row.cells[INC_OCCURRED_ON]);
    assert_cell(&t, INC_UNIT, "30043");
    assert_cell(&t, INC_CATEGORY, "xhte.td");
    assert_cell(&t, INC_INTAKE, "report");
    assert_cell(&t, INC_OUTCOME, "open");
    assert_null(t.row.cells[INC_VICTIMS]);
    assert_said(&t, "  → Tình dục (XHTE.TD)\n");
    talk_end(&t);
}

static void a_wrong_answer_is_asked_again_saying_why(void **state)
{
    (void)state;
    struct talk t;
    talk(&t, LANG_EN,
         "31/02/2024\n01/01/2999\n03/05/2024\n04/05/2024\n\n\nqqq\nthanh l\nXHTE\n"
         "\n\n\n\n-1\n2\n.\n");
    assert_true(t.ok);
    assert_said(&t, "received_on: no such date\n");
    assert_said(&t, "received_on: date in the future\n");
    assert_said(&t, "occurred_on: occurred_on is after received_on\n");
    assert_said(&t, "has to be known\n");
    assert_cell(&t, INC_UNIT, "30040");
    assert_cell(&t, INC_VICTIMS, "2");
    talk_end(&t);
}

static void a_start_that_several_have_is_asked_again_naming_them(void **state)
{
    (void)state;
    struct talk t;
    talk(&t, LANG_VI, "03/05/2024\n\n1\nXHTE\n\nxu ly\n3\n20/05/2024\n.\n");
    assert_said(&t, "    2. Xử lý hành chính\n    3. Xử lý chuyển hướng\n");
    assert_cell(&t, INC_OUTCOME, "diverted");
    talk_end(&t);
}

/* "Không khởi tố" has the word too. */
static void the_name_that_begins_so_goes_before_those_that_have_it(void **state)
{
    (void)state;
    struct talk t;
    talk(&t, LANG_VI, "03/05/2024\n\n1\nXHTE\n\nkhoi\n20/05/2024\n.\n");
    assert_true(t.ok);
    assert_cell(&t, INC_OUTCOME, "prosecuted");
    talk_end(&t);
}

static void what_the_outcome_rules_out_is_not_asked(void **state)
{
    (void)state;
    static const struct {
        const char *outcome;
        bool asked;
    } outcomes[] = {{"prosecuted\n20/05/2024", true},
                    {"administrative\n20/05/2024", false},
                    {"open", true},
                    {"", true}};
    for (size_t i = 0; i < 4; i++) {
        struct talk t;
        char answers[200];
        snprintf(answers, sizeof answers, "03/05/2024\n\n1\nXHTE\n\n%s\n.\n", outcomes[i].outcome);
        talk(&t, LANG_EN, answers);
        assert_true(t.ok);
        assert_int_equal(strstr(buf_text(&t.said), "prosecuted_on (") != NULL, outcomes[i].asked);
        talk_end(&t);
    }
}

static void categories_on_two_axes_stand_behind_one_another(void **state)
{
    (void)state;
    struct talk t;
    talk(&t, LANG_EN, "03/05/2024\n\nmy an\nXHTE.BL; trat tu\n.\n");
    assert_true(t.ok);
    assert_cell(&t, INC_UNIT, "my an");
    assert_cell(&t, INC_CATEGORY, "XHTE.BL;trat tu");
    assert_said(&t, "Bạo lực (XHTE.BL)");
    assert_said(&t, "Trật tự (U18.TTXH)");
    talk_end(&t);
}

static void an_outcome_needs_its_day(void **state)
{
    (void)state;
    struct talk t;
    talk(&t, LANG_EN, "03/05/2024\n\n1\nXHTE\n\n1\n\n01/05/2024\n20/05/2024\n.\n");
    assert_true(t.ok);
    assert_cell(&t, INC_OUTCOME, "prosecuted");
    assert_cell(&t, INC_RESOLVED_ON, "20/05/2024");
    assert_said(&t, "resolved_on *");
    assert_said(&t, "resolved_on: before received_on\n");
    talk_end(&t);
}

/* An age of 5 is not the fifth band. */
static void an_age_is_no_number_in_the_list(void **state)
{
    (void)state;
    struct talk t;
    talk(&t, LANG_EN, "03/05/2024\n\n1\nXHTE\n\n\n\n\n\n\n\n\n\n\n\n5\n1\nb\n.\n");
    assert_true(t.ok);
    assert_cell(&t, INC_VICTIM_AGE_BAND, "5");
    assert_said(&t, "  → Under 6\n");
    assert_cell(&t, INC_VICTIM_SEX, "female");
    assert_cell(&t, INC_OFFENDER_AGE_BAND, "14_15");
    talk_end(&t);
}

static void without_a_date_of_receipt_the_act_needs_one(void **state)
{
    (void)state;
    struct talk t;
    talk(&t, LANG_EN, "\n\n03/05/2024\n1\nXHTE\n.\n");
    assert_true(t.ok);
    assert_said(&t, "occurred_on *");
    assert_cell(&t, INC_OCCURRED_ON, "03/05/2024");
    talk_end(&t);
}

static void at_the_end_of_the_input_nothing_is_given(void **state)
{
    (void)state;
    static const char *const inputs[] = {"", "03/05/2024\n", "03/05/2024\n\n1\nXHTE\n\n"};
    for (size_t i = 0; i < 3; i++) {
        struct talk t;
        talk(&t, LANG_EN, inputs[i]);
        assert_false(t.ok);
        assert_int_equal(t.e.code, ERR_FAILED);
        assert_string_equal(t.e.msg, "add: nothing was saved: the input ended");
        talk_end(&t);
    }
}

static void it_speaks_vietnamese(void **state)
{
    (void)state;
    struct talk t;
    talk(&t, LANG_VI, "03/05/2024\n\n1\nXHTE\n\nkhoi to\n20/05/2024\n.\n");
    assert_true(t.ok);
    assert_said(&t, "ngày tiếp nhận (ngày/tháng/năm): ");
    assert_said(&t, "    1. Khởi tố\n");
    assert_said(&t, "  → Khởi tố\n");
    talk_end(&t);
}

static void enter_takes_the_proposed_id(void **state)
{
    (void)state;
    static const struct {
        const char *answer, *want;
    } asked[] = {{"\n", "T-1"}, {"A 1\nA-1\n", "A-1"}};
    for (size_t i = 0; i < 2; i++) {
        struct talk t;
        talk_start(&t, LANG_EN, asked[i].answer);
        t.row.cells[INC_UNIT] = "30037";
        if (!add_ask_id(&t.a, &t.row, "T-1", &t.e))
            fail_msg("%s", t.e.msg);
        assert_cell(&t, INC_CASE_ID, asked[i].want);
        talk_end(&t);
    }
}

static void only_a_yes_is_a_yes(void **state)
{
    (void)state;
    static const struct {
        const char *answer;
        bool yes;
    } asked[] = {{"y\n", true}, {"C\n", true}, {"\n", false}, {"n\n", false}, {"", false}};
    for (size_t i = 0; i < 5; i++) {
        struct talk t;
        talk_start(&t, LANG_EN, asked[i].answer);
        assert_int_equal(add_ask_yes(&t.a, "?"), asked[i].yes);
        talk_end(&t);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_and_starts_of_names_are_answers),
        cmocka_unit_test(a_wrong_answer_is_asked_again_saying_why),
        cmocka_unit_test(a_start_that_several_have_is_asked_again_naming_them),
        cmocka_unit_test(the_name_that_begins_so_goes_before_those_that_have_it),
        cmocka_unit_test(what_the_outcome_rules_out_is_not_asked),
        cmocka_unit_test(categories_on_two_axes_stand_behind_one_another),
        cmocka_unit_test(an_outcome_needs_its_day),
        cmocka_unit_test(an_age_is_no_number_in_the_list),
        cmocka_unit_test(without_a_date_of_receipt_the_act_needs_one),
        cmocka_unit_test(at_the_end_of_the_input_nothing_is_given),
        cmocka_unit_test(it_speaks_vietnamese),
        cmocka_unit_test(enter_takes_the_proposed_id),
        cmocka_unit_test(only_a_yes_is_a_yes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
