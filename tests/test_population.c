/* Person-years at risk. */
#include "fixtures_series.h"

#include "series/population.h"

struct people {
    struct desk desk;
    struct scope scope;
    struct population population;
};

/* A desk of its own with these rows; the population that fits the category. */
static void people_of(struct people *p, const char *rows, const char *category)
{
    desk_new(&p->desk);
    if (*rows)
        loads(&p->desk, "population", rows);
    size_t c = category_of(&p->desk.directory, category);
    assert_true(scope_init(&p->scope, &p->desk.directory, NULL, NULL, 0, &c, 1, NULL));
    assert_true(population_init(&p->population, p->desk.store, &p->scope, STATE_NOW, c, NULL));
}

static void people_free(struct people *p)
{
    population_free(&p->population);
    scope_free(&p->scope);
    desk_free(&p->desk);
}

static double years(struct people *p, const char *unit, const char *period)
{
    struct spans days = {0};
    assert_true(spans_add(&days, period_of(period).span, NULL));
    double sum = population_person_years(
        &p->population, p->scope.unit_slot[unit_of(&p->desk.directory, unit)], &days);
    spans_free(&days);
    return sum;
}

#define ALL_COLUMNS "unit,year,population,population_u16,population_u18,population_14_17\n"

static void each_root_takes_the_column_that_fits(void **state)
{
    (void)state;
    static const struct {
        const char *rows, *root, *column;
        bool is_proxy;
    } cases[] = {
        {ALL_COLUMNS "30037,2024,1000,300,350,90\n", "XHTE", "population_u16", false},
        {ALL_COLUMNS "30037,2024,1000,300,350,90\n", "U18", "population_14_17", false},
        {ALL_COLUMNS "30037,2024,1000,300,350,90\n", "MPS", "population", false},
        {"unit,year,population,population_u18\n30037,2024,1000,350\n", "XHTE", "population_u18",
         true},
        {"unit,year,population,population_u18\n30037,2024,1000,350\n", "U18", "population_u18",
         true},
        {"unit,year,population_14_17\n30037,2024,90\n", "XHTE", "population_14_17", true},
        {"unit,year,population\n30037,2024,1000\n", "U18", "population", true},
        {"", "XHTE", "", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct people p;
        desk_new(&p.desk);
        loads(&p.desk, "categories", "category,name\nMPS,Crime\n");
        if (*cases[i].rows)
            loads(&p.desk, "population", cases[i].rows);
        size_t c = category_of(&p.desk.directory, cases[i].root);
        assert_true(scope_init(&p.scope, &p.desk.directory, NULL, NULL, 0, &c, 1, NULL));
        assert_true(population_init(&p.population, p.desk.store, &p.scope, STATE_NOW, c, NULL));
        assert_string_equal(p.population.column, cases[i].column);
        assert_int_equal(p.population.is_proxy, cases[i].is_proxy);
        people_free(&p);
    }
}

static void a_year_is_a_year_whatever_its_days(void **state)
{
    (void)state;
    struct people p;
    people_of(&p, "unit,year,population_u16\n30037,2023,400\n30037,2024,400\n", "XHTE");
    CHECK_NEAR(years(&p, "30037", "2023"), 400, 1e-14, 0);
    CHECK_NEAR(years(&p, "30037", "2024"), 400, 1e-14, 0);
    CHECK_NEAR(years(&p, "30037", "2023..2024"), 800, 1e-14, 0);
    CHECK_NEAR(years(&p, "30037", "2024-02"), 400 * 29 / 366.0, 1e-14, 0);
    CHECK_NEAR(years(&p, "30037", "2023-12-31..2024-01-01"), 400 / 365.0 + 400 / 366.0, 1e-14, 0);
    assert_false(p.population.held);
    people_free(&p);
}

static void years_between_are_interpolated_and_years_beyond_held(void **state)
{
    (void)state;
    struct people p;
    people_of(&p, "unit,year,population_u16\n30037,2019,100\n30037,2024,200\n", "XHTE");
    CHECK_NEAR(years(&p, "30037", "2019"), 100, 1e-14, 0);
    assert_false(p.population.held);
    CHECK_NEAR(years(&p, "30037", "2021"), 140, 1e-14, 0);
    assert_true(p.population.held);
    CHECK_NEAR(years(&p, "30037", "2010"), 100, 1e-14, 0);
    CHECK_NEAR(years(&p, "30037", "2030"), 200, 1e-14, 0);
    people_free(&p);
}

static void a_unit_without_people_known_has_none_known(void **state)
{
    (void)state;
    struct people p;
    people_of(&p, ALL_COLUMNS "30037,2024,1000,,,\n30040,2024,1000,300,,\n", "XHTE");
    assert_true(isnan(years(&p, "30037", "2024")));
    assert_true(isnan(years(&p, "872", "2024")));
    CHECK_NEAR(years(&p, "30040", "2024"), 300, 1e-14, 0);
    people_free(&p);
}

static double mean_of(struct people *p, const char *unit, const char *period)
{
    return population_people(&p->population, p->scope.unit_slot[unit_of(&p->desk.directory, unit)],
                             period_of(period).span);
}

static void people_are_those_of_the_year_and_a_parent_has_its_units(void **state)
{
    (void)state;
    struct people p;
    people_of(&p, "unit,year,population_u16\n30037,2023,100\n30037,2024,200\n", "XHTE");
    CHECK_NEAR(mean_of(&p, "30037", "2024"), 200, 1e-12, 0);
    CHECK_NEAR(mean_of(&p, "30037", "2023"), 100, 1e-12, 0);
    CHECK_NEAR(mean_of(&p, "30037", "2023..2024"), 150, 1e-12, 0);
    CHECK_NEAR(mean_of(&p, "30037", "2024-02"), 200, 1e-12, 0);
    assert_true(isnan(mean_of(&p, "30040", "2024")));
    assert_true(isnan(mean_of(&p, "872", "2024"))); /* one of its units is not known */
    people_free(&p);
    people_of(&p, "unit,year,population_u16\n30037,2024,10\n30040,2024,20\n30043,2024,30\n",
              "XHTE");
    CHECK_NEAR(mean_of(&p, "872", "2024"), 60, 1e-12, 0);
    people_free(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_root_takes_the_column_that_fits),
        cmocka_unit_test(a_year_is_a_year_whatever_its_days),
        cmocka_unit_test(years_between_are_interpolated_and_years_beyond_held),
        cmocka_unit_test(a_unit_without_people_known_has_none_known),
        cmocka_unit_test(people_are_those_of_the_year_and_a_parent_has_its_units),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
