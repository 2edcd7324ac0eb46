#include "fixtures_ingest.h"

#include "ingest/directory_index.h"

static struct world world;

static int setup(void **state)
{
    (void)state;
    world_init(&world);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    world_free(&world);
    return 0;
}

/* ---- building ---- */

static void parents_come_before_their_children(void **state)
{
    (void)state;
    const struct directory *d = &world.d;
    for (size_t i = 0; i < d->unit_count; i++) {
        const struct unit *u = &d->units[i];
        assert_int_equal(u->parent == NO_ENTRY, !*u->parent_code);
        if (u->parent == NO_ENTRY)
            continue;
        assert_true(u->parent < i);
        assert_string_equal(d->units[u->parent].code, u->parent_code);
        assert_int_equal(u->depth, d->units[u->parent].depth + 1);
    }
    for (size_t i = 0; i < d->category_count; i++) {
        const struct category *c = &d->categories[i];
        assert_true(c->parent == NO_ENTRY ||
                    (c->parent < i && d->categories[c->parent].has_children));
        assert_int_equal(c->root, c->parent == NO_ENTRY ? i : d->categories[c->parent].root);
    }
    size_t leaf = directory_category_by_code(d, "XHTE.TD.DAMO");
    assert_false(d->categories[leaf].has_children);
    assert_int_equal(d->categories[leaf].depth, 2);
}

static void a_parent_is_the_entry_of_the_same_days(void **state)
{
    (void)state;
    const struct directory *d = &world.d;
    size_t old = directory_unit_by_code(d, "30037", day_of(2024, 1, 1));
    size_t new = directory_unit_by_code(d, "30037", day_of(2025, 7, 1));
    assert_string_equal(d->units[d->units[old].parent].code, "872");
    assert_string_equal(d->units[d->units[new].parent].code, "82");
    assert_int_equal(directory_unit_by_code(d, "30037", DAY_NONE), new);
    assert_int_equal(directory_unit_by_code(d, "30040", day_of(2026, 1, 1)), NO_ENTRY);
    assert_int_equal(directory_unit_by_code(d, "none", DAY_NONE), NO_ENTRY);
}

static void entries_are_found_by_id(void **state)
{
    (void)state;
    const struct directory *d = &world.d;
    for (size_t i = 0; i < d->unit_count; i++)
        assert_int_equal(directory_unit_by_id(d, d->units[i].id), i);
    for (size_t i = 0; i < d->category_count; i++)
        assert_int_equal(directory_category_by_id(d, d->categories[i].id), i);
    assert_int_equal(directory_unit_by_id(d, 1), NO_ENTRY);
    assert_int_equal(directory_category_by_id(d, -1), NO_ENTRY);
}

static void a_tree_contains_itself_and_what_is_below(void **state)
{
    (void)state;
    const struct directory *d = &world.d;
    size_t root = directory_category_by_code(d, "XHTE");
    size_t leaf = directory_category_by_code(d, "XHTE.TD.DAMO");
    size_t other = directory_category_by_code(d, "U18");
    assert_true(directory_category_contains(d, root, root));
    assert_true(directory_category_contains(d, root, leaf));
    assert_false(directory_category_contains(d, leaf, root));
    assert_false(directory_category_contains(d, other, leaf));
    size_t huyen = directory_unit_by_code(d, "872", DAY_NONE);
    assert_true(directory_unit_contains(d, huyen, directory_unit_by_code(d, "872/?", DAY_NONE)));
    assert_false(
        directory_unit_contains(d, huyen, directory_unit_by_code(d, "30037", day_of(2025, 8, 1))));
}

static void an_empty_directory_finds_nothing(void **state)
{
    (void)state;
    struct directory d;
    struct buf why = {0};
    size_t found;
    directory_init(&d);
    assert_int_equal(directory_unit_by_id(&d, 1), NO_ENTRY);
    assert_true(directory_finish(&d, NULL));
    assert_int_equal(directory_unit_by_code(&d, "", DAY_NONE), NO_ENTRY);
    assert_false(directory_find_unit(&d, "x", 1, DAY_NONE, NO_ENTRY, false, LANG_EN, &found, &why));
    assert_string_equal(buf_text(&why), "unknown unit: load the units first");
    buf_free(&why);
    directory_free(&d);
}

static void check_failure(const char *code, const char *parent, const char *parent_of_parent,
                          const char *want)
{
    struct world w = {.lists = NULL};
    struct err e = {0};
    directory_init(&w.d);
    world_add_category(&w, code, "a", parent, "");
    world_add_category(&w, "B", "b", parent_of_parent, "");
    assert_false(directory_finish(&w.d, &e));
    assert_int_equal(e.code, ERR_INPUT);
    assert_string_equal(e.msg, want);
    directory_free(&w.d);
}

static void a_cycle_or_a_missing_parent_is_refused(void **state)
{
    (void)state;
    check_failure("A", "B", "A",
                  "category A is above itself: correct `parent` in the categories file");
    check_failure("A", "A", "",
                  "category A is above itself: correct `parent` in the categories file");
    check_failure("A", "C", "",
                  "category A: its parent C is not there: add the parent to the categories file");
    struct world w = {.lists = NULL};
    struct err e = {0};
    directory_init(&w.d);
    world_add_unit(&w, "1", "a", "2", DAY_MIN, DAY_MAX);
    assert_false(directory_finish(&w.d, &e));
    assert_string_equal(e.msg,
                        "unit 1: its parent 2 is not there: add the parent to the units file");
    directory_free(&w.d);
}

/* ---- finding ---- */

static void check_unit(const char *text, day at, const char *within, bool leaf_only,
                       const char *want_code, day want_from)
{
    struct buf why = {0};
    size_t found = NO_ENTRY;
    size_t inside = within ? directory_unit_by_code(&world.d, within, DAY_NONE) : NO_ENTRY;
    if (!directory_find_unit(&world.d, text, strlen(text), at, inside, leaf_only, LANG_EN, &found,
                             &why))
        fail_msg("'%s': %s", text, buf_text(&why));
    assert_string_equal(world.d.units[found].code, want_code);
    if (want_from != DAY_NONE)
        assert_int_equal(world.d.units[found].valid.from, want_from);
    buf_free(&why);
}

static void check_no_unit(const char *text, day at, const char *within, const char *want)
{
    struct buf why = {0};
    size_t found = 77;
    size_t inside = within ? directory_unit_by_code(&world.d, within, DAY_NONE) : NO_ENTRY;
    assert_false(directory_find_unit(&world.d, text, strlen(text), at, inside, false, LANG_EN,
                                     &found, &why));
    assert_string_equal(buf_text(&why), want);
    assert_int_equal(found, 77);
    buf_free(&why);
}

static void a_unit_is_found_by_code_on_its_days(void **state)
{
    (void)state;
    day old = day_of(2009, 4, 1), new = day_of(2025, 7, 1);
    check_unit("30046", day_of(2024, 5, 1), NULL, false, "30046", old);
    check_unit("30046", day_of(2025, 6, 30), NULL, false, "30046", old);
    check_unit("30046", day_of(2025, 7, 1), NULL, false, "30046", new);
    check_unit(" 30046 ", DAY_NONE, NULL, false, "30046", new);
    check_unit("30040", day_of(2026, 1, 1), NULL, false, "30040", old);
    check_unit("872/?", day_of(2024, 5, 1), NULL, false, "872/?", old);
}

static void a_unit_is_found_by_name_with_or_without_its_kind(void **state)
{
    (void)state;
    static const char *const names[] = {"Xã Phú Điền", "xã phú điền", "Phú Điền",   "phu dien",
                                        "X. Phú Điền", "PHÚ ĐIỀN",    "x phu dien", " Phú  Điền "};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        check_unit(names[i], day_of(2024, 5, 1), NULL, false, "30067", DAY_NONE);
    check_unit("Phu\xCC\x81 \xC4\x90ie\xCC\x82\xCC\x80n", day_of(2024, 5, 1), NULL, false, "30067",
               DAY_NONE);
    check_no_unit("Phường Phú Điền", day_of(2024, 5, 1), NULL,
                  "unknown unit; nearest: Xã Phú Điền (30067)");
}

static void a_name_of_two_units_needs_its_kind(void **state)
{
    (void)state;
    day at = day_of(2024, 5, 1);
    check_no_unit("Mỹ An", at, NULL, "ambiguous: Thị trấn Mỹ An (30037), Xã Mỹ An (30064)");
    check_no_unit("my an", at, NULL, "ambiguous: Thị trấn Mỹ An (30037), Xã Mỹ An (30064)");
    check_unit("Xã Mỹ An", at, NULL, false, "30064", DAY_NONE);
    check_unit("Thị trấn Mỹ An", at, NULL, false, "30037", DAY_NONE);
    check_unit("TT Mỹ An", at, NULL, false, "30037", DAY_NONE);
    check_unit("tt. my an", at, NULL, false, "30037", DAY_NONE);
}

static void y_and_i_are_one_where_they_sound_alike(void **state)
{
    (void)state;
    check_unit("Mỹ Quí", day_of(2024, 5, 1), NULL, false, "30055", day_of(2009, 4, 1));
    check_unit("Mỹ Quý", day_of(2024, 5, 1), NULL, false, "30055", day_of(2009, 4, 1));
    check_unit("Mỹ Quý", day_of(2025, 9, 1), NULL, false, "30055", day_of(2025, 7, 1));
    check_unit("mi qui", day_of(2025, 9, 1), NULL, false, "30055", day_of(2025, 7, 1));
}

static void an_old_name_stays_usable(void **state)
{
    (void)state;
    check_unit("Thạnh Lợi", day_of(2025, 9, 1), NULL, false, "30040", DAY_NONE);
    check_unit("Xã Mỹ An", day_of(2025, 9, 1), NULL, false, "30064", DAY_NONE);
    check_unit("Tháp Mười", day_of(2024, 9, 1), NULL, false, "872", DAY_NONE);
    check_unit("Tháp Mười", day_of(2025, 9, 1), NULL, false, "30037", DAY_NONE);
}

static void unknown_means_the_unknown_place_of_the_unit_meant(void **state)
{
    (void)state;
    static const char *const words[] = {"Unknown", "không rõ", "?", "Khong ro", "KHÔNG XÁC ĐỊNH"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        check_unit(words[i], day_of(2024, 5, 1), NULL, false, "872/?", DAY_NONE);
    check_unit("unknown", day_of(2025, 9, 1), NULL, false, "82/?", DAY_NONE);
    check_unit("unknown", day_of(2024, 5, 1), "872", false, "872/?", DAY_NONE);
    check_no_unit("unknown", DAY_NONE, NULL,
                  "unknown place, and it is not clear in which unit: name the unit with --within");
}

static void a_unit_with_parts_means_its_unknown_place_to_a_case(void **state)
{
    (void)state;
    check_unit("872", day_of(2024, 5, 1), NULL, true, "872/?", DAY_NONE);
    check_unit("Huyện Tháp Mười", day_of(2024, 5, 1), NULL, true, "872/?", DAY_NONE);
    check_unit("872", day_of(2024, 5, 1), NULL, false, "872", DAY_NONE);
    check_unit("30067", day_of(2024, 5, 1), NULL, true, "30067", DAY_NONE);
}

static void names_are_looked_up_inside_a_unit(void **state)
{
    (void)state;
    check_unit("Trường Xuân", DAY_NONE, "872", false, "30046", day_of(2009, 4, 1));
    check_unit("Trường Xuân", DAY_NONE, "82", false, "30046", day_of(2025, 7, 1));
    check_no_unit("Phú Điền", DAY_NONE, "82", "unknown unit");
    check_no_unit("30067", DAY_NONE, "82", "unknown unit");
}

static void an_unknown_unit_names_the_nearest(void **state)
{
    (void)state;
    day at = day_of(2024, 5, 1);
    check_no_unit("Trường Xuâm", at, NULL, "unknown unit; nearest: Xã Trường Xuân (30046)");
    check_no_unit("Mỹ Đôngg", at, NULL, "unknown unit; nearest: Xã Mỹ Đông (30058)");
    check_no_unit("Nguyễn Văn A", at, NULL, "unknown unit");
    check_no_unit("99999", at, NULL, "unknown unit");
    check_no_unit("...", at, NULL, "unknown unit");
}

static void a_vietnamese_reason_is_vietnamese_where_the_catalogue_has_it(void **state)
{
    (void)state;
    struct buf why = {0};
    size_t found;
    assert_false(directory_find_unit(&world.d, "Mỹ An", strlen("Mỹ An"), day_of(2024, 5, 1),
                                     NO_ENTRY, false, LANG_VI, &found, &why));
    assert_non_null(strstr(buf_text(&why), "Thị trấn Mỹ An (30037), Xã Mỹ An (30064)"));
    buf_free(&why);
}

static void check_category(const char *text, const char *within, const char *want)
{
    struct buf why = {0};
    size_t found;
    size_t inside = within ? directory_category_by_code(&world.d, within) : NO_ENTRY;
    bool ok = directory_find_category(&world.d, text, strlen(text), day_of(2024, 5, 1), inside,
                                      LANG_EN, &found, &why);
    assert_string_equal(ok ? world.d.categories[found].code : buf_text(&why), want);
    buf_free(&why);
}

static void a_category_is_found_by_code_name_and_alias(void **state)
{
    (void)state;
    check_category("XHTE.TD.DAMO", NULL, "XHTE.TD.DAMO");
    check_category("xhte.td.damo", NULL, "XHTE.TD.DAMO");
    check_category("Dâm ô đối với người dưới 16 tuổi", NULL, "XHTE.TD.DAMO");
    check_category("dam o tre em", NULL, "XHTE.TD.DAMO");
    check_category("XHTD", NULL, "XHTE.TD");
    check_category("Hiếp dâm", NULL,
                   "ambiguous: Hiếp dâm người dưới 16 tuổi (XHTE.TD.HIEPDAM), Hiếp dâm "
                   "(U18.HIEPDAM): write the code, or load with --within XHTE or --within U18");
    check_category("Hiếp dâm", "U18", "U18.HIEPDAM");
    check_category("Hiếp dâm (U18.HIEPDAM)", NULL, "U18.HIEPDAM");   /* as the message tells it */
    check_category("Dâm ô (U18.HIEPDAM)", NULL, "unknown category"); /* the name is another's */
    check_category("Trộm cắt", NULL, "unknown category; nearest: Trộm cắp tài sản (U18.TROM)");
    check_category("Khác", NULL, "unknown category");
}

static void the_inner_one_of_two_that_are_named_alike_is_found_inside_the_outer(void **state)
{
    (void)state;
    check_category("Fraud and forgery", "MPS.FRAUD", "MPS.FRAUD.FRAUD");
    check_category("Theft", "MPS.THEFT", "MPS.THEFT");
    check_category("Fraud and forgery", "MPS",
                   "ambiguous: FRAUD AND FORGERY (MPS.FRAUD), FRAUD AND FORGERY (MPS.FRAUD.FRAUD)");
    size_t found;
    struct buf why = {0};
    assert_true(directory_find_parent(&world.d, "Fraud and forgery", 17, DAY_NONE, NO_ENTRY,
                                      LANG_EN, &found, &why));
    assert_string_equal(world.d.categories[found].code, "MPS.FRAUD");
}

/* ---- sets ---- */

static void a_set_has_one_number_whatever_the_order(void **state)
{
    (void)state;
    struct directory *d = &world.d;
    size_t a = directory_category_by_code(d, "XHTE.TD.HIEPDAM");
    size_t b = directory_category_by_code(d, "U18.HIEPDAM");
    size_t both, again, one;
    assert_true(directory_set(d, (size_t[]){a, b}, 2, &both, NULL));
    assert_true(directory_set(d, (size_t[]){a}, 1, &one, NULL));
    assert_true(directory_set(d, (size_t[]){b, a, b}, 3, &again, NULL));
    assert_int_equal(both, again);
    assert_int_not_equal(both, one);
    assert_int_equal(d->set_count, 2);
    assert_int_equal(d->sets[both].count, 2);
    assert_true(d->sets[both].categories[0] < d->sets[both].categories[1]);
}

static void two_categories_of_one_root_are_no_set(void **state)
{
    (void)state;
    struct directory *d = &world.d;
    struct err e = {0};
    size_t set, count = d->set_count;
    size_t a = directory_category_by_code(d, "XHTE.TD.HIEPDAM");
    size_t b = directory_category_by_code(d, "XHTE.TD.DAMO");
    assert_false(directory_set(d, (size_t[]){a, b}, 2, &set, &e));
    assert_int_equal(e.code, ERR_INPUT);
    assert_string_equal(
        e.msg, "two categories of one root, XHTE.TD.HIEPDAM and XHTE.TD.DAMO: keep the graver one");
    assert_false(directory_set(d, NULL, 0, &set, NULL));
    assert_int_equal(d->set_count, count);
}

static void many_sets_keep_their_numbers(void **state)
{
    (void)state;
    struct directory *d = &world.d;
    for (int round = 0; round < 2; round++)
        for (size_t a = 0; a < d->category_count; a++)
            for (size_t b = 0; b < d->category_count; b++) {
                size_t set;
                if (d->categories[a].root == d->categories[b].root)
                    continue;
                assert_true(directory_set(d, (size_t[]){a, b}, 2, &set, NULL));
                assert_int_equal(d->sets[set].categories[0], a < b ? a : b);
                assert_int_equal(d->sets[set].categories[1], a < b ? b : a);
            }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parents_come_before_their_children),
        cmocka_unit_test(a_parent_is_the_entry_of_the_same_days),
        cmocka_unit_test(entries_are_found_by_id),
        cmocka_unit_test(a_tree_contains_itself_and_what_is_below),
        cmocka_unit_test(an_empty_directory_finds_nothing),
        cmocka_unit_test(a_cycle_or_a_missing_parent_is_refused),
        cmocka_unit_test(a_unit_is_found_by_code_on_its_days),
        cmocka_unit_test(a_unit_is_found_by_name_with_or_without_its_kind),
        cmocka_unit_test(a_name_of_two_units_needs_its_kind),
        cmocka_unit_test(y_and_i_are_one_where_they_sound_alike),
        cmocka_unit_test(an_old_name_stays_usable),
        cmocka_unit_test(unknown_means_the_unknown_place_of_the_unit_meant),
        cmocka_unit_test(a_unit_with_parts_means_its_unknown_place_to_a_case),
        cmocka_unit_test(names_are_looked_up_inside_a_unit),
        cmocka_unit_test(an_unknown_unit_names_the_nearest),
        cmocka_unit_test(a_vietnamese_reason_is_vietnamese_where_the_catalogue_has_it),
        cmocka_unit_test(a_category_is_found_by_code_name_and_alias),
        cmocka_unit_test(the_inner_one_of_two_that_are_named_alike_is_found_inside_the_outer),
        cmocka_unit_test(a_set_has_one_number_whatever_the_order),
        cmocka_unit_test(two_categories_of_one_root_are_no_set),
        cmocka_unit_test(many_sets_keep_their_numbers),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
