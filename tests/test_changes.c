/* What happened between two data states, case by case and in its identity: then + in - out + other
 * = now, where then and now come from the tally of each state by itself. */
#include "fixtures_series.h"

#include "series/changes.h"

struct between {
    struct directory directories[2];
    struct cover covers[2];
    struct changes_query q;
    struct period periods[4];
    struct changes c;
};

/* Between two states, below a category, in periods separated by spaces. */
static void look(struct between *b, struct desk *k, int64_t then, int64_t now, const char *category,
                 const char *periods)
{
    struct err e = {0};
    const int64_t states[2] = {then, now};
    *b = (struct between){.q = {.list_cases = true}};
    while (*periods) {
        char text[40];
        size_t n = strcspn(periods, " ");
        snprintf(text, sizeof text, "%.*s", (int)n, periods);
        b->periods[b->q.period_count++] = period_of(text);
        periods += n + (periods[n] == ' ');
    }
    b->q.periods = b->periods;
    for (int i = THEN; i <= NOW; i++) {
        if (!store_directory(k->store, states[i], &b->directories[i], &e) ||
            !cover_load(&b->covers[i], k->store, states[i], &b->directories[i], &e))
            fail_msg("%s", e.msg);
        b->q.states[i] = (struct changes_state){
            .state = states[i], .directory = &b->directories[i], .cover = &b->covers[i]};
        b->q.roots[i] = directory_category_by_code(&b->directories[i], category);
    }
    if (!changes_init(&b->c, k->store, &b->q, &e))
        fail_msg("%s", e.msg);
}

static void look_away(struct between *b)
{
    changes_free(&b->c);
    for (int i = THEN; i <= NOW; i++) {
        cover_free(&b->covers[i]);
        directory_free(&b->directories[i]);
    }
}

static size_t place_of(const struct between *b, const char *code, bool unit)
{
    const struct changes *c = &b->c;
    size_t count = unit ? c->unit_count : c->category_count;
    for (size_t i = 0; i < count; i++) {
        const struct changes_place *p = unit ? &c->units[i] : &c->categories[i];
        int side = p->slot[NOW] != NO_ENTRY ? NOW : THEN;
        const struct scope *s = &c->scopes[side];
        const char *is = unit ? s->directory->units[s->units[p->slot[side]]].code
                              : s->directory->categories[s->categories[p->slot[side]]].code;
        if (!strcmp(is, code))
            return i;
    }
    fail_msg("no %s", code);
    return 0;
}

static struct changed cell_of(const struct between *b, const char *unit, const char *category,
                              size_t period)
{
    struct changed row;
    changes_row(&b->c, place_of(b, unit, true), place_of(b, category, false), period, &row);
    return row;
}

/* "then>now late=1 …", numbers that are 0 left out; "-": not known. */
static const char *told(const struct between *b, const char *unit, const char *category,
                        size_t period)
{
    static const char *const names[CHANGE_KINDS] = {
        [CHANGE_LATE] = "late",
        [CHANGE_ADDED] = "added",
        [CHANGE_REINSTATED] = "reinstated",
        [CHANGE_RECLASSIFIED_IN] = "reclassified_in",
        [CHANGE_MOVED_IN] = "moved_in",
        [CHANGE_REDATED_IN] = "redated_in",
        [CHANGE_WITHDRAWN] = "withdrawn",
        [CHANGE_RECLASSIFIED_OUT] = "reclassified_out",
        [CHANGE_MOVED_OUT] = "moved_out",
        [CHANGE_REDATED_OUT] = "redated_out",
        [CHANGE_OUTCOME] = "outcome",
        [CHANGE_COUNTS_ADDED] = "counts_added",
        [CHANGE_COUNTS_CHANGED] = "counts_changed",
        [CHANGE_COUNTS_WITHDRAWN] = "counts_withdrawn",
    };
    static char text[400];
    struct changed row = cell_of(b, unit, category, period);
    text[0] = '\0';
    for (int i = THEN; i <= NOW; i++) {
        if (row.known[i])
            add_text(text, sizeof text, "%d", (int)row.counts[i]);
        add_text(text, sizeof text, "%s", row.known[i] ? "" : "-");
        add_text(text, sizeof text, "%s", i == THEN ? ">" : "");
    }
    for (int k = 0; k < CHANGE_KINDS; k++)
        if (row.numbers[k])
            add_text(text, sizeof text, " %s=%d", names[k], (int)row.numbers[k]);
    if (row.other)
        add_text(text, sizeof text, " other=%d", (int)row.other);
    return text;
}

#define CHECK_TOLD(b, unit, category, period, want)                                                \
    assert_string_equal(told(b, unit, category, period), want)

static const struct options update = {.update = true};
static const struct options year = {.covers = "2024"};

#define OUTCOMES "case_id,unit,category,received_on,outcome,resolved_on\n"

static void a_new_case_is_late_on_days_that_had_been_reported_and_new_on_others(void **state)
{
    (void)state;
    struct desk k;
    struct between b;
    desk_new(&k);
    int64_t then = loads_with(&k, "incidents", CASES "A-1,30037,XHTE.TD,2024-01-05\n", year);
    int64_t now =
        loads(&k, "incidents", CASES "A-2,30037,XHTE.TD,2024-03-05\nA-3,30040,XHTE,2025-01-05\n");
    look(&b, &k, then, now, "XHTE", "2024 2025");
    CHECK_TOLD(&b, "872", "XHTE", 0, "1>2 late=1");
    CHECK_TOLD(&b, "30037", "XHTE.TD", 0, "1>2 late=1");
    CHECK_TOLD(&b, "30040", "XHTE", 0, "0>0");
    CHECK_TOLD(&b, "30040", "XHTE", 1, "->1 added=1");
    CHECK_TOLD(&b, "872", "XHTE", 1, "->1 added=1");
    assert_int_equal(cell_of(&b, "30040", "XHTE", 1).days_added, 31);
    assert_int_equal(cell_of(&b, "872", "XHTE", 1).days_added,
                     31 * 3); /* of the unknown place nothing is asked */
    assert_int_equal(cell_of(&b, "872", "XHTE", 0).days_added, 0);
    look_away(&b);
    desk_free(&k);
}

static void a_case_leaves_a_cell_for_the_first_reason_that_fits(void **state)
{
    (void)state;
    struct desk k;
    struct between b;
    desk_new(&k);
    int64_t then = loads_with(&k, "incidents",
                              CASES "A-1,30037,XHTE.TD,2024-01-05\nA-2,30037,XHTE.TD,2024-01-05\n"
                                    "A-3,30037,XHTE.TD,2024-01-05\nA-4,30037,XHTE,2024-01-05\n",
                              year);
    int64_t now = loads_with(&k, "incidents",
                             CASES "A-1,30040,XHTE.BL,2023-01-05\nA-2,30037,XHTE.BL,2023-01-05\n"
                                   "A-3,30037,XHTE.TD,2023-01-05\nA-4,30037,U18,2024-01-05\n",
                             update);
    look(&b, &k, then, now, "XHTE", "2024 2023");
    CHECK_TOLD(&b, "30037", "XHTE.TD", 0, "3>0 reclassified_out=1 moved_out=1 redated_out=1");
    CHECK_TOLD(&b, "30037", "XHTE", 0, "4>0 reclassified_out=1 moved_out=1 redated_out=2");
    CHECK_TOLD(&b, "872", "XHTE", 0, "4>0 reclassified_out=1 redated_out=3");
    CHECK_TOLD(&b, "30040", "XHTE.BL", 1, "->1 moved_in=1");
    CHECK_TOLD(&b, "30037", "XHTE.BL", 1, "->1 reclassified_in=1");
    CHECK_TOLD(&b, "30037", "XHTE.TD", 1, "->1 redated_in=1");
    look_away(&b);
    look(&b, &k, then, now, "U18", "2024");
    CHECK_TOLD(&b, "30037", "U18", 0, "->1 reclassified_in=1");
    look_away(&b);
    desk_free(&k);
}

static void a_case_is_withdrawn_when_it_ends_or_proves_none_and_reinstated_after(void **state)
{
    (void)state;
    struct desk k;
    struct between b;
    desk_new(&k);
    int64_t first =
        loads_with(&k, "incidents",
                   OUTCOMES "A-1,30037,XHTE,2024-01-05,,\nA-2,30037,XHTE,2024-01-06,,\n"
                            "A-3,30040,XHTE,2024-01-07,,\nA-4,30040,XHTE,2024-01-08,,\n",
                   year);
    int64_t second = loads_with(&k, "incidents",
                                OUTCOMES "A-1,30037,XHTE,2024-01-05,unfounded,2024-02-01\n"
                                         "A-3,30040,XHTE,2024-01-07,prosecuted,2024-02-01\n"
                                         "A-4,30040,XHTE,2024-01-08,,\n",
                                (struct options){.replace = true, .covers = "2024"});
    int64_t third = loads_with(&k, "incidents",
                               OUTCOMES "A-1,30037,XHTE,2024-01-05,prosecuted,2024-02-01\n"
                                        "A-2,30037,XHTE,2024-01-06,,\n",
                               update);
    look(&b, &k, first, second, "XHTE", "2024");
    CHECK_TOLD(&b, "30037", "XHTE", 0, "2>0 withdrawn=2");
    CHECK_TOLD(&b, "30040", "XHTE", 0, "2>2 outcome=1");
    look_away(&b);
    look(&b, &k, second, third, "XHTE", "2024");
    CHECK_TOLD(&b, "30037", "XHTE", 0, "0>2 reinstated=2");
    look_away(&b);
    look(&b, &k, first, third, "XHTE", "2024");
    CHECK_TOLD(&b, "30037", "XHTE", 0, "2>2 outcome=1");
    look_away(&b);
    desk_free(&k);
}

static void what_was_taken_back_is_no_change_and_the_cases_are_listed_by_reason(void **state)
{
    (void)state;
    struct desk k;
    struct between b;
    struct err e = {0};
    int64_t undone, undo;
    desk_new(&k);
    int64_t then = loads_with(&k, "incidents",
                              CASES "A-1,30037,XHTE,2024-01-05\nA-2,30037,XHTE,2024-01-06\n", year);
    int64_t now = loads_with(&k, "incidents",
                             CASES "A-2,30040,XHTE,2024-01-06\nA-3,30037,XHTE,2024-01-07\n"
                                   "A-0,30037,XHTE,2024-01-08\n",
                             update);
    assert_true(store_undo(k.store, 0, &undone, &undo, &e));
    look(&b, &k, then, undo, "XHTE", "2024");
    CHECK_TOLD(&b, "872", "XHTE", 0, "2>2");
    assert_int_equal(b.c.listed_count, 0);
    look_away(&b);
    look(&b, &k, then, now, "XHTE", "2024");
    size_t cell = changes_cell(&b.c, place_of(&b, "30037", true), 0, 0), i = 0;
    while (b.c.listed[i].cell != cell)
        i++;
    assert_string_equal(b.c.listed[i].id, "A-0");
    assert_int_equal(b.c.listed[i].kind, CHANGE_LATE);
    assert_string_equal(b.c.listed[i + 1].id, "A-3");
    assert_string_equal(b.c.listed[i + 2].id, "A-2");
    assert_int_equal(b.c.listed[i + 2].kind, CHANGE_MOVED_OUT);
    look_away(&b);
    desk_free(&k);
}

static void count_rows_are_numbered_and_account_for_what_no_case_does(void **state)
{
    (void)state;
    static const char head[] = "unit,category,period,count\n";
    struct desk k;
    struct between b;
    char csv[200];
    desk_new(&k);
    snprintf(csv, sizeof csv, "%s30037,XHTE,2024-01,3\n30037,XHTE,2024-02,1\n", head);
    int64_t then = loads(&k, "counts", csv);
    snprintf(csv, sizeof csv, "%s30037,XHTE,2024-02,5\n30037,XHTE,2024-03,2\n", head);
    int64_t now = loads_with(&k, "counts", csv, update);
    look(&b, &k, then, now, "XHTE", "2024");
    CHECK_TOLD(&b, "30037", "XHTE", 0, "4>10 counts_added=1 counts_changed=1 other=6");
    look_away(&b);
    desk_free(&k);
}

static void units_that_are_gone_now_keep_their_rows(void **state)
{
    (void)state;
    struct desk k;
    struct between b;
    struct err e = {0};
    int64_t undone, undo;
    desk_new(&k);
    loads(&k, "units", "unit,name,parent\n30099,Xã Mới,872\n");
    int64_t then = loads_with(&k, "incidents", CASES "A-1,30099,XHTE,2024-01-05\n", year);
    assert_true(store_undo(k.store, 0, &undone, &undo, &e));
    assert_true(store_undo(k.store, 0, &undone, &undo, &e));
    look(&b, &k, then, undo, "XHTE", "2024");
    CHECK_TOLD(&b, "30099", "XHTE", 0, "1>- withdrawn=1");
    CHECK_TOLD(&b, "872", "XHTE", 0, "1>- withdrawn=1");
    look_away(&b);
    look(&b, &k, 1, undo, "XHTE", "2024"); /* the categories were not there yet */
    CHECK_TOLD(&b, "872", "XHTE", 0, "->-");
    look_away(&b);
    desk_free(&k);
}

static void what_moves_with_its_unit_in_the_tree_is_no_case_that_moved(void **state)
{
    (void)state;
    struct desk k;
    struct between b;
    desk_new(&k);
    loads(&k, "units", "unit,name,parent\n873,Huyện Cao Lãnh,\n");
    int64_t then = loads_with(&k, "incidents", CASES "A-1,30043,XHTE,2024-01-05\n", year);
    int64_t now = loads_with(&k, "units", "unit,name,parent\n30043,Hưng Thạnh,873\n", update);
    look(&b, &k, then, now, "XHTE", "2024");
    CHECK_TOLD(&b, "872", "XHTE", 0, "1>0 other=-1");
    CHECK_TOLD(&b, "873", "XHTE", 0, "->1 other=1");
    CHECK_TOLD(&b, "30043", "XHTE", 0, "1>1");
    look_away(&b);
    desk_free(&k);
}

static unsigned draw(unsigned *seed, unsigned n)
{
    *seed = *seed * 1103515245U + 12345U;
    return *seed / 65536U % n;
}

/* One load of a few cases, new or changed. */
static void load_some(struct desk *k, unsigned *seed)
{
    static const char *const units[] = {"30037", "30040", "30043", "872/?", "872"};
    static const char *const kinds[] = {"XHTE", "XHTE.TD", "XHTE.BL;U18", "U18.TTXH", "XHTE.TD"};
    static const char *const outcomes[] = {",", "unfounded,2026-01-01", "prosecuted,2026-01-01"};
    char csv[1000] = OUTCOMES;
    bool named[12] = {false};
    for (int i = 0; i < 5; i++) {
        unsigned id = draw(seed, 12);
        if (named[id])
            continue;
        named[id] = true;
        add_text(csv, sizeof csv, "B-%u,%s,%s,%u-%02u-15,%s\n", id, units[draw(seed, 5)],
                 kinds[draw(seed, 5)], 2023 + draw(seed, 2), 1 + draw(seed, 12),
                 outcomes[draw(seed, 3)]);
    }
    assert_true(load_text(k, "incidents", csv,
                          (struct options){.update = true, .replace = draw(seed, 4) == 0})
                    .ok);
}

static void check_identity(struct desk *k, int64_t then, int64_t now, const char *root)
{
    struct between b;
    struct counted counted[2];
    const int64_t states[2] = {then, now};
    look(&b, k, then, now, root, "2023 2024");
    for (int i = THEN; i <= NOW; i++) {
        const struct tally_query q = {.state = states[i], .as_of = DAY_NONE};
        assert_true(count_periods(&counted[i], k, root, "2023 2024", &q));
    }
    size_t categories = b.c.category_count, cells = b.c.unit_count * categories * 2;
    for (size_t i = 0; i < cells; i++) {
        size_t unit = i / 2 / categories, category = i / 2 % categories, at;
        struct changed row;
        changes_row(&b.c, unit, category, i % 2, &row);
        int64_t sum = row.counts[THEN];
        for (int kind = 0; kind < CHANGE_KINDS; kind++)
            sum += change_sign((enum change_kind)kind) * row.numbers[kind];
        assert_int_equal(sum, row.counts[NOW]);
        assert_int_equal(row.other, 0);
        for (int side = THEN; side <= NOW; side++) {
            at = tally_at(&counted[side].tally, unit, category, i % 2); /* the same trees */
            assert_int_equal(row.counts[side], counted[side].tally.counts[at]);
        }
    }
    counted_free(&counted[THEN]);
    counted_free(&counted[NOW]);
    look_away(&b);
}

static void then_with_in_less_out_is_now_in_every_cell_of_any_two_states(void **state)
{
    (void)state;
    struct desk k;
    struct err e = {0};
    int64_t undone, undo, last = 0;
    unsigned seed = 20240101;
    desk_new(&k);
    for (int i = 0; i < 30; i++) {
        load_some(&k, &seed);
        if (draw(&seed, 5) == 0)
            assert_true(store_undo(k.store, 0, &undone, &undo, &e));
        desk_read(&k);
    }
    assert_true(store_last_load(k.store, &last, &e));
    assert_true(last > 20);
    for (int i = 0; i < 60; i++) {
        int64_t a = 3 + (int64_t)draw(&seed, (unsigned)last - 2),
                b = 3 + (int64_t)draw(&seed, (unsigned)last - 2);
        check_identity(&k, a < b ? a : b, a < b ? b : a, draw(&seed, 2) ? "XHTE" : "U18");
    }
    desk_free(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_case_is_late_on_days_that_had_been_reported_and_new_on_others),
        cmocka_unit_test(a_case_leaves_a_cell_for_the_first_reason_that_fits),
        cmocka_unit_test(a_case_is_withdrawn_when_it_ends_or_proves_none_and_reinstated_after),
        cmocka_unit_test(what_was_taken_back_is_no_change_and_the_cases_are_listed_by_reason),
        cmocka_unit_test(count_rows_are_numbered_and_account_for_what_no_case_does),
        cmocka_unit_test(units_that_are_gone_now_keep_their_rows),
        cmocka_unit_test(what_moves_with_its_unit_in_the_tree_is_no_case_that_moved),
        cmocka_unit_test(then_with_in_less_out_is_now_in_every_cell_of_any_two_states),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
