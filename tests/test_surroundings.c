/* What lies about the units of a scope: neighbours, outlines, places, covariates. */
#include "fixtures_series.h"

#include "series/surroundings.h"

#define SQUARE "[[105,10],[106,10],[106,11],[105,11],[105,10]]"
#define FEATURE(unit, rings)                                                                       \
    "{\"type\":\"Feature\",\"properties\":{\"unit\":\"" unit "\"},\"geometry\":{"                  \
    "\"type\":\"Polygon\",\"coordinates\":[" rings "]}}"
#define COLLECTION(features) "{\"type\":\"FeatureCollection\",\"features\":[" features "]}"

/* A desk whose scope is all units, or those named. */
struct land {
    struct desk desk;
    struct scope scope;
};

static void land_of(struct land *l, const char *unit)
{
    size_t c = category_of(&l->desk.directory, "XHTE");
    size_t u = unit ? unit_of(&l->desk.directory, unit) : 0;
    assert_true(scope_init(&l->scope, &l->desk.directory, NULL, &u, unit != NULL, &c, 1, NULL));
}

static void land_free(struct land *l)
{
    scope_free(&l->scope);
    desk_free(&l->desk);
}

static size_t slot(const struct land *l, const char *unit)
{
    return l->scope.unit_slot[unit_of(&l->desk.directory, unit)];
}

static void neighbours_are_pairs_of_slots(void **state)
{
    (void)state;
    struct land l;
    struct touching t;
    desk_new(&l.desk);
    loads(&l.desk, "neighbours", "unit,neighbour\n30037,30040\n30040,30043\n");
    land_of(&l, NULL);
    assert_true(touching_read(&t, l.desk.store, STATE_NOW, &l.scope, NULL));
    assert_int_equal(t.count, 2);
    for (size_t i = 0; i < t.count; i++)
        assert_true(t.items[i].a == slot(&l, "30040") || t.items[i].b == slot(&l, "30040"));
    touching_free(&t);
    land_free(&l);
}

static void a_neighbour_outside_the_scope_is_none(void **state)
{
    (void)state;
    struct land l;
    struct touching t;
    desk_new(&l.desk);
    loads(&l.desk, "neighbours", "unit,neighbour\n30037,30040\n");
    land_of(&l, "30037");
    assert_true(touching_read(&t, l.desk.store, STATE_NOW, &l.scope, NULL));
    assert_int_equal(t.count, 0);
    touching_free(&t);
    land_free(&l);
}

static void outlines_stand_at_their_units(void **state)
{
    (void)state;
    struct land l;
    struct outlines o;
    desk_new(&l.desk);
    loads_with(&l.desk, "boundaries", COLLECTION(FEATURE("30040", SQUARE)),
               (struct options){.file = "a.geojson"});
    land_of(&l, NULL);
    assert_true(outlines_read(&o, l.desk.store, STATE_NOW, &l.scope, NULL));
    assert_int_equal(o.count, 1);
    assert_int_equal(o.items[slot(&l, "30040")].ring_count, 1);
    assert_int_equal(o.items[slot(&l, "30040")].points, 5);
    assert_int_equal(o.items[slot(&l, "30037")].ring_count, 0);
    outlines_free(&o);
    land_free(&l);
}

static void a_place_is_its_own_or_the_middle_of_its_outline(void **state)
{
    (void)state;
    struct land l;
    struct outlines o;
    double lat, lon;
    desk_new_in(&l.desk, "");
    loads(&l.desk, "units", "unit,name,lat,lon\nA,A,9,104\nB,B,,\nC,C,,\n");
    loads(&l.desk, "categories", CATEGORIES);
    loads_with(&l.desk, "boundaries", COLLECTION(FEATURE("A", SQUARE) "," FEATURE("B", SQUARE)),
               (struct options){.file = "a.geojson"});
    land_of(&l, NULL);
    assert_true(outlines_read(&o, l.desk.store, STATE_NOW, &l.scope, NULL));
    unit_place(&l.scope, &o, slot(&l, "A"), &lat, &lon);
    assert_true(lat == 9 && lon == 104);
    unit_place(&l.scope, &o, slot(&l, "B"), &lat, &lon);
    CHECK_NEAR(lat, 10.5, 1e-12, 0);
    CHECK_NEAR(lon, 105.5, 1e-12, 0);
    unit_place(&l.scope, NULL, slot(&l, "B"), &lat, &lon);
    assert_true(isnan(lat) && isnan(lon));
    unit_place(&l.scope, &o, slot(&l, "C"), &lat, &lon);
    assert_true(isnan(lat) && isnan(lon));
    const size_t units[] = {slot(&l, "C"), slot(&l, "B"), slot(&l, "A")};
    double lats[3], lons[3];
    assert_true(unit_places(l.desk.store, STATE_NOW, &l.scope, units, 3, lats, lons, NULL));
    assert_true(isnan(lats[0]) && isnan(lons[0]) && lats[2] == 9 && lons[2] == 104);
    CHECK_NEAR(lats[1], 10.5, 1e-12, 0);
    CHECK_NEAR(lons[1], 105.5, 1e-12, 0);
    outlines_free(&o);
    land_free(&l);
}

static double covariate(const struct land *l, const char *name, int year, const char *unit)
{
    double *values;
    bool found;
    assert_true(
        covariate_read(l->desk.store, STATE_NOW, &l->scope, name, year, &values, &found, NULL));
    double x = values[slot(l, unit)];
    assert_true(found || isnan(x));
    free(values);
    return x;
}

static void a_covariate_is_of_the_last_year_before(void **state)
{
    (void)state;
    struct land l;
    desk_new(&l.desk);
    loads(&l.desk, "covariates",
          "unit,year,name,value\n30037,2019,poor,0.1\n30037,2022,poor,0.2\n30037,2026,poor,0.3\n"
          "30040,2025,poor,4\n30040,2026,poor,5\n30037,2022,other,9\n");
    land_of(&l, NULL);
    assert_true(covariate(&l, "poor", 2024, "30037") == 0.2);
    assert_true(covariate(&l, "poor", 2022, "30037") == 0.2);
    assert_true(covariate(&l, "poor", 2021, "30037") == 0.1);
    assert_true(covariate(&l, "poor", 2010, "30037") == 0.1);
    assert_true(covariate(&l, "poor", 2030, "30037") == 0.3);
    assert_true(covariate(&l, "poor", 2024, "30040") == 4);
    assert_true(isnan(covariate(&l, "poor", 2024, "30043")));
    assert_true(isnan(covariate(&l, "unheard", 2024, "30037")));
    land_free(&l);
}

static void names_of_covariates_come_sorted_and_once(void **state)
{
    (void)state;
    struct land l;
    struct arena arena = {0};
    const char **names;
    size_t count;
    desk_new(&l.desk);
    land_of(&l, NULL);
    assert_true(covariate_names(l.desk.store, STATE_NOW, &arena, &names, &count, NULL));
    assert_int_equal(count, 0);
    loads(&l.desk, "covariates",
          "unit,year,name,value\n30037,2019,poor,0.1\n30040,2022,poor,0.2\n30037,2026,urban,0.3\n"
          "30040,2025,orphans,4\n30043,2026,poor,5\n");
    assert_true(covariate_names(l.desk.store, STATE_NOW, &arena, &names, &count, NULL));
    assert_int_equal(count, 3);
    assert_string_equal(names[0], "orphans");
    assert_string_equal(names[1], "poor");
    assert_string_equal(names[2], "urban");
    arena_free(&arena);
    land_free(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(neighbours_are_pairs_of_slots),
        cmocka_unit_test(a_neighbour_outside_the_scope_is_none),
        cmocka_unit_test(outlines_stand_at_their_units),
        cmocka_unit_test(a_place_is_its_own_or_the_middle_of_its_outline),
        cmocka_unit_test(a_covariate_is_of_the_last_year_before),
        cmocka_unit_test(names_of_covariates_come_sorted_and_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
