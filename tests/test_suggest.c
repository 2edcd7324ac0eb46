/* What a file's unknown spellings may mean. */
#include "fixtures_ingest.h"

#include "ingest/suggest_private.h"

/* ---- scores ---- */

static void abbreviations_are_near_what_they_shorten(void **state)
{
    (void)state;
    assert_int_equal(suggest_score("truong xuan", "truong xuan", false), 100);
    assert_in_range(suggest_score("tr xuan", "truong xuan", false), SCORE_STRONG, 99);
    assert_in_range(suggest_score("trg xuan", "truong xuan", false), SCORE_STRONG, 99);
    assert_in_range(suggest_score("t x", "truong xuan", false), SCORE_STRONG, 99);
    assert_in_range(suggest_score("tx", "truong xuan", false), SCORE_STRONG, 99);
    assert_in_range(suggest_score("hd te", "hiep dam tre em", false), SCORE_STRONG, 99);
    assert_in_range(suggest_score("hdte", "hiep dam tre em", false), SCORE_STRONG, 99);
    assert_in_range(suggest_score("hd tre em", "hiep dam tre em", false), SCORE_STRONG, 99);
}

static void what_shortens_something_else_is_not(void **state)
{
    (void)state;
    assert_int_equal(suggest_score("tr xuan", "truong thanh", false), 0);
    assert_int_equal(suggest_score("t", "truong", false), 0);
    assert_int_equal(suggest_score("hdt", "hiep dam tre em", false), 0);
    assert_int_equal(suggest_score("truong xuan an", "truong xuan", false), 0);
    assert_int_equal(suggest_score("", "truong xuan", false), 0);
    assert_int_equal(suggest_score("tu xuan", "truong xuan", false), 0);
}

static void a_typo_in_a_long_name_is_near_and_in_a_short_one_not(void **state)
{
    (void)state;
    assert_in_range(suggest_score("truog xuan", "truong xuan", false), SCORE_STRONG, 99);
    assert_int_equal(suggest_score("mi en", "mi an", false), 93);
    assert_int_equal(suggest_score("an", "am", false), 0);
}

static void words_in_common_count_only_where_they_may(void **state)
{
    (void)state;
    const char *a = "hiep dam tre em duoi 16 tuoi", *b = "hiep dam nguoi duoi 16 tuoi";
    assert_in_range(suggest_score(a, b, true), SCORE_GOOD, 79);
    assert_int_equal(suggest_score(a, b, false), 0);
    assert_int_equal(suggest_score("lua dao", "dam o", true), 0);
}

static void usual_abbreviations_are_written_out(void **state)
{
    (void)state;
    struct buf out = {0};
    assert_true(suggest_expand("hd te", &out));
    assert_string_equal(buf_text(&out), "hiep dam tre em");
    assert_true(suggest_expand("toi cigtt", &out));
    assert_string_equal(buf_text(&out), "toi co i gai thuong tich");
    assert_false(suggest_expand("hiep dam", &out));
    buf_free(&out);
}

/* ---- articles ---- */

static void assert_articles(const char *text, const char *want)
{
    struct articles a;
    struct buf key = {0}, got = {0};
    assert_true(suggest_key(text, strlen(text), &key));
    articles_read(buf_text(&key), &a);
    for (size_t i = 0; i < a.count; i++)
        buf_addf(&got, "%s ", a.items[i]);
    assert_string_equal(buf_text(&got), want);
    buf_free(&key);
    buf_free(&got);
}

static void articles_are_read_as_sheets_write_them(void **state)
{
    (void)state;
    static const char *const spellings[] = {"Đ.142",
                                            "Đ142",
                                            "Điều 142",
                                            "142 BLHS",
                                            "142",
                                            "khoản 1 Điều 142",
                                            "k1, Đ.142 BLHS 2015",
                                            "điểm b khoản 2 Điều 142 Bộ luật Hình sự"};
    for (size_t i = 0; i < sizeof spellings / sizeof spellings[0]; i++)
        assert_articles(spellings[i], "142 ");
    assert_articles("Điều 327, 328", "327 328 ");
    assert_articles("Đ.256a", "256a ");
}

static void other_numbers_are_no_articles(void **state)
{
    (void)state;
    assert_articles("khoản 1", "");
    assert_articles("Điều 12", "");
    assert_articles("Điều 999", "");
    assert_articles("dưới 16 tuổi", "");
    assert_articles("vụ 142", "");
    assert_articles("", "");
}

static void categories_meet_in_an_article(void **state)
{
    (void)state;
    struct articles a;
    articles_read("d 142", &a);
    assert_true(articles_meet(&a, "141;142"));
    assert_true(articles_meet(&a, "142 (khoan 1)"));
    assert_false(articles_meet(&a, "1420;14"));
    assert_false(articles_meet(&a, ""));
}

/* ---- names of people ---- */

static void names_of_people_are_told(void **state)
{
    (void)state;
    static const char *const names[] = {"Nguyễn Văn A",      "NGUYỄN THỊ BÉ", "nguyen van an",
                                        "Lê Hồng",           "Trần T. B",     "Vo Van Tam",
                                        "cháu Phạm Thị Lan", "trần văn bảy"};
    static const char *const others[] = {
        "Trường Xuân", "Hiếp dâm", "GIAO CẤU VỚI TRẺ EM", "Đ.142",
        "bố nuôi",     "Hồ",       "do mâu thuẫn",        "Cố Ý Gây Thương Tích"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (!suggest_is_person(names[i]))
            fail_msg("%s", names[i]);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (suggest_is_person(others[i]))
            fail_msg("%s", others[i]);
    assert_true(suggest_is_number("0912 345 678"));
    assert_false(suggest_is_number("Điều 142 BLHS 2015"));
}

/* ---- whole files ---- */

static void add_articles(struct world *w)
{
    for (size_t i = 0; i < w->d.category_count; i++) {
        struct category *c = &w->d.categories[i];
        if (!strcmp(c->code, "XHTE.TD.HIEPDAM"))
            c->articles = "142";
        if (!strcmp(c->code, "U18.HIEPDAM"))
            c->articles = "141;142";
    }
}

/* "KIND SPELLING COUNT CODE [OTHERS]\n" each, then "held H several S". */
static struct buf suggested(const char *csv, const char *name, const char *within)
{
    struct world w;
    struct err e = {0};
    struct ingest *in = NULL;
    struct suggestions s;
    struct buf text = {0};
    world_init(&w);
    add_articles(&w);
    struct ingest_options o = {.input = {.path = name, .memory = csv, .memory_bytes = strlen(csv)},
                               .within = within,
                               .calendar = CALENDAR_CIVIL,
                               .today = DAY_NONE};
    suggestions_init(&s);
    if (!ingest_open(&in, &o, &w.d, w.lists, &e) || !ingest_suggest(in, &s, &e) ||
        !suggestions_guess(&s, &w.d, w.lists, LANG_VI, &e))
        fail_msg("%s", e.msg);
    for (size_t i = 0; i < s.count; i++)
        buf_addf(&text, "%d %s %lld %s [%s]\n", s.items[i].kind, s.items[i].spelling,
                 (long long)s.items[i].count, s.items[i].code, s.items[i].others);
    buf_addf(&text, "held %lld several %lld", (long long)s.held, (long long)s.several);
    suggestions_free(&s);
    ingest_close(in);
    world_free(&w);
    return text;
}

static void assert_suggested(const char *csv, const char *name, const char *within,
                             const char *want)
{
    struct buf got = suggested(csv, name, within);
    assert_string_equal(buf_text(&got), want);
    buf_free(&got);
}

#define HEAD "case_id,unit,category,received_on,outcome,factors\n"

static void a_file_that_is_all_known_suggests_nothing(void **state)
{
    (void)state;
    assert_suggested(HEAD "1,30046,XHTE,2024-01-01,,\nCộng,,,,,\n", "a", NULL, "held 0 several 0");
}

static void each_spelling_stands_once_with_its_count(void **state)
{
    (void)state;
    assert_suggested(HEAD "1,Tr. Xuân,dam o te,2024-01-01,,\n2,TR XUÂN,XHTE,2024-01-01,KT,\n"
                          "3,P. Điền,XHTE,no date,kt,\nTổng,Tr. Xuân,,,,\n",
                     "a", NULL,
                     "0 Tr. Xuân 2 30046 []\n0 P. Điền 1 30067 []\n"
                     "1 dam o te 1 XHTE.TD.DAMO []\n3 KT 2 prosecuted []\nheld 0 several 0");
}

static void several_categories_in_a_cell_are_looked_at_one_by_one(void **state)
{
    (void)state;
    assert_suggested(HEAD "1,30046,XHTE.TD;trom cap ts,2024-01-01,,\n", "a", NULL,
                     "1 trom cap ts 1 U18.TROM []\nheld 0 several 0");
}

static void an_article_of_two_roots_is_settled_by_the_sheet(void **state)
{
    (void)state;
    const char *alone = HEAD "1,30046,Đ.142,2024-01-01,,\n",
               *beside = HEAD "1,30046,Đ.142,2024-01-01,,\n2,30046,Trộm,2024-01-01,,\n";
    assert_suggested(alone, "a", NULL,
                     "1 Đ.142 1  [XHTE.TD.HIEPDAM Hiếp dâm người dưới 16 tuổi; U18.HIEPDAM Hiếp "
                     "dâm]\nheld 0 several 0");
    assert_suggested(alone, "bieu XHTE thang 5.csv", NULL,
                     "1 Đ.142 1 XHTE.TD.HIEPDAM []\nheld 0 several 0");
    assert_suggested(alone, "a", "U18", "1 Đ.142 1 U18.HIEPDAM []\nheld 0 several 0");
    assert_suggested(beside, "a", NULL, "1 Đ.142 1 U18.HIEPDAM []\nheld 0 several 0");
}

static void a_name_that_fits_several_things_is_counted_and_not_listed(void **state)
{
    (void)state;
    assert_suggested(HEAD "1,Mỹ An,hiếp dâm,2024-01-01,,\n", "a", NULL, "held 0 several 2");
    assert_suggested(HEAD "1,30046,hiếp dâm,2024-01-01,,\n", "a", "XHTE", "held 0 several 0");
}

static void names_of_people_are_counted_and_not_copied(void **state)
{
    (void)state;
    assert_suggested(HEAD "1,Nguyễn Văn A,Trần Thị B,2024-01-01,Lê Văn C,\n"
                          "2,0912345678,--,2024-01-01,,\n",
                     "a", NULL, "held 5 several 0");
}

static void of_a_column_of_strange_words_only_what_is_near_is_copied(void **state)
{
    (void)state;
    struct buf csv = {0};
    buf_adds(&csv, HEAD "0,Tr. Xuân,XHTE,2024-01-01,,\n");
    for (int i = 0; i < 51; i++)
        buf_addf(&csv, "%d,Zq%c%c,XHTE,2024-01-01,,\n", i + 1, 'a' + i / 26, 'a' + i % 26);
    assert_suggested(csv.data, "a", NULL, "0 Tr. Xuân 1 30046 []\nheld 51 several 0");
    buf_free(&csv);
}

static void what_is_near_nothing_has_no_guess(void **state)
{
    (void)state;
    assert_suggested(HEAD "1,Sao Hỏa,lừa đảo,2024-01-01,,\n", "a", NULL,
                     "0 Sao Hỏa 1  []\n1 lừa đảo 1  []\nheld 0 several 0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(abbreviations_are_near_what_they_shorten),
        cmocka_unit_test(what_shortens_something_else_is_not),
        cmocka_unit_test(a_typo_in_a_long_name_is_near_and_in_a_short_one_not),
        cmocka_unit_test(words_in_common_count_only_where_they_may),
        cmocka_unit_test(usual_abbreviations_are_written_out),
        cmocka_unit_test(articles_are_read_as_sheets_write_them),
        cmocka_unit_test(other_numbers_are_no_articles),
        cmocka_unit_test(categories_meet_in_an_article),
        cmocka_unit_test(names_of_people_are_told),
        cmocka_unit_test(a_file_that_is_all_known_suggests_nothing),
        cmocka_unit_test(each_spelling_stands_once_with_its_count),
        cmocka_unit_test(several_categories_in_a_cell_are_looked_at_one_by_one),
        cmocka_unit_test(an_article_of_two_roots_is_settled_by_the_sheet),
        cmocka_unit_test(a_name_that_fits_several_things_is_counted_and_not_listed),
        cmocka_unit_test(names_of_people_are_counted_and_not_copied),
        cmocka_unit_test(of_a_column_of_strange_words_only_what_is_near_is_copied),
        cmocka_unit_test(what_is_near_nothing_has_no_guess),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
