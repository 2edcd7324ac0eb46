#include "fixtures_reader.h"

#define RING "[[105,10],[106,10],[106,11],[105,10]]"
#define AREA "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[" RING "]}"
#define FEATURE(properties) "{\"type\":\"Feature\",\"properties\":{" properties "}," AREA "}"
#define COLLECTION(features) "{\"type\":\"FeatureCollection\",\"features\":[" features "]}"
#define SHAPE "{\"type\":\"Polygon\",\"coordinates\":[" RING "]}"

static void features_come_as_units_and_compact_geometries(void **state)
{
    (void)state;
    assert_file_read(READER_DIR "boundaries.geojson",
                     "1:unit|geometry\n"
                     "4:30037|{\"type\":\"Polygon\",\"coordinates\":[[[105.6,10.5],[105.7,10.5],"
                     "[105.7,10.6],[105.6,10.5]]]}\n"
                     "6:30046|{\"type\":\"MultiPolygon\",\"coordinates\":[[" RING "]]}\n");
}

static void the_members_of_a_collection_come_in_any_order(void **state)
{
    (void)state;
    assert_text_read(
        "{\n\"crs\": {\"features\": [1]},\n\"features\"\n : [\n" FEATURE(
            "\"code\":\"a\"") "\n],\"name\":\"\\\"[{\",\"type\":\"FeatureCollection\"}",
        "1:unit|geometry\n5:a|" SHAPE "\n");
    assert_text_read(COLLECTION(""), "1:unit|geometry\n");
}

static void brackets_in_texts_are_text(void **state)
{
    (void)state;
    assert_text_read(COLLECTION(FEATURE("\"n\":\"}]\\\\\\\"}\",\"code\":\"a\\\"b\"")),
                     "1:unit|geometry\n1:a\"b|" SHAPE "\n");
}

static void a_json_file_says_that_it_is_one(void **state)
{
    (void)state;
    struct reader_options o = {.path = READER_DIR "boundaries.geojson"};
    struct reader *r = NULL;
    struct err e = {0};
    assert_true(reader_open(&r, &o, &e));
    assert_true(reader_is_geojson(r));
    assert_int_equal(reader_delimiter(r), ',');
    assert_string_equal(reader_name(r), o.path);
    reader_close(r);
}

static void assert_code(const char *json, const char *want)
{
    struct buf expected = {0};
    buf_addf(&expected, "1:unit|geometry\n1:%s|" SHAPE "\n", want);
    assert_text_read(json, expected.data);
    buf_free(&expected);
}

static void the_code_is_the_first_property_of_the_list(void **state)
{
    (void)state;
    assert_code(COLLECTION(FEATURE("\"name\":\"x\",\"id\":3,\"MA_XA\":\"y\",\"unit\":\"u\"")), "u");
    assert_code(COLLECTION(FEATURE("\"name\":\"x\",\"id\":3,\"MA_XA\":\"y\"")), "y");
    assert_code(COLLECTION(FEATURE("\"name\":\"x\",\"id\":3")), "3");
    assert_code(COLLECTION(FEATURE("\"name\":\"Xã x\"")), "Xã x");
    assert_code(COLLECTION(FEATURE("\"code\":30046.0")), "30046");
    assert_code(COLLECTION("{\"id\":\"own\",\"properties\":null," AREA "}"), "own");
}

#define NO_CODE "a feature without the code of its unit: give "

static void features_without_a_code_are_refused(void **state)
{
    (void)state;
    assert_text_read(COLLECTION("\n" FEATURE("\"area\":3")),
                     "1:unit|geometry\n! a.csv:2: " NO_CODE "it a property named code\n");
    assert_text_read(COLLECTION(FEATURE("\"Code\":\"a\"") ",\n" FEATURE("\"unit\":\"b\"")),
                     "1:unit|geometry\n1:a|" SHAPE "\n! a.csv:2: " NO_CODE
                     "every feature the property code\n");
    assert_text_read(COLLECTION(FEATURE("\"code\":\"\"")),
                     "1:unit|geometry\n! a.csv:1: " NO_CODE "every feature the property code\n");
    assert_text_read(COLLECTION(FEATURE("\"code\":1.5")),
                     "1:unit|geometry\n! a.csv:1: " NO_CODE "every feature the property code\n");
}

static void assert_geometry_refused(const char *geometry, const char *why)
{
    struct buf json = {0}, want = {0};
    buf_addf(&json, "{\"features\":[{\"id\":1,\"geometry\":%s}],\"type\":\"FeatureCollection\"}",
             geometry);
    buf_addf(&want, "1:unit|geometry\n! a.csv:1: %s\n", why);
    assert_text_read(json.data, want.data);
    buf_free(&json);
    buf_free(&want);
}

static void what_is_no_area_is_refused(void **state)
{
    (void)state;
    const char *why = "a feature that is neither Polygon nor MultiPolygon: keep areas only";
    assert_geometry_refused("{\"type\":\"Point\",\"coordinates\":[1,2]}", why);
    assert_geometry_refused("null", why);
    why = "a polygon whose rings are not lists of three or more positions: export the boundaries "
          "again";
    assert_geometry_refused("{\"type\":\"Polygon\",\"coordinates\":[]}", why);
    assert_geometry_refused("{\"type\":\"Polygon\"}", why);
    assert_geometry_refused("{\"type\":\"Polygon\",\"coordinates\":[[[1,2],[3,4]]]}", why);
    assert_geometry_refused("{\"type\":\"Polygon\",\"coordinates\":[[[1,2],[3],[1,2]]]}", why);
    assert_geometry_refused("{\"type\":\"MultiPolygon\",\"coordinates\":[" RING "]}", why);
}

static void metres_are_refused(void **state)
{
    (void)state;
    assert_geometry_refused(
        "{\"type\":\"Polygon\",\"coordinates\":[[[560000,1160000],[1,2],[3,4]]]}",
        "coordinates that are not degrees of longitude and latitude: export the boundaries in "
        "WGS 84 (EPSG:4326)");
}

#define NO_COLLECTION                                                                              \
    "! a.csv: JSON that is not a GeoJSON FeatureCollection: export the boundaries as GeoJSON\n"

static void other_json_is_refused(void **state)
{
    (void)state;
    assert_text_read("{\"type\":\"Topology\",\"objects\":{}}", "1:unit|geometry\n" NO_COLLECTION);
    assert_text_read(FEATURE("\"code\":\"a\""), "1:unit|geometry\n" NO_COLLECTION);
    assert_text_read("[{\"a\":1}]", "1:unit|geometry\n" NO_COLLECTION);
    assert_text_read(COLLECTION("null"), "1:unit|geometry\n" NO_COLLECTION);
}

static void broken_json_is_refused_with_its_line(void **state)
{
    (void)state;
    assert_text_read("{\"type\":\"FeatureCollection\",\n\"features\":[\n {\"id\": 1,\n",
                     "1:unit|geometry\n! a.csv:4: the file ends inside a JSON object: is it "
                     "whole?\n");
    assert_text_read("{\"type\":\"FeatureCollection\",\n\"features\":[ {\"id\": 1 2} ]}",
                     "1:unit|geometry\n! a.csv:2: column 23: not valid JSON: export the "
                     "boundaries again\n");
}

static void a_feature_longer_than_a_record_is_refused(void **state)
{
    (void)state;
    struct buf json = {0}, shown = {0};
    buf_adds(&json, "{\"features\":[\n{\"x\":\"");
    while (json.len < READER_RECORD_MAX + 2 * DECODER_CHUNK)
        buf_adds(&json, "xxxxxxxxxxxxxxxx");
    struct reader_options o = {.path = "a", .memory = json.data, .memory_bytes = json.len};
    shown_read(&shown, &o, DECODER_CHUNK);
    assert_string_equal(shown.data, "1:unit|geometry\n! a:2: a feature longer than 4 MB: simplify "
                                    "the boundaries\n");
    buf_free(&json);
    buf_free(&shown);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(features_come_as_units_and_compact_geometries),
        cmocka_unit_test(the_members_of_a_collection_come_in_any_order),
        cmocka_unit_test(brackets_in_texts_are_text),
        cmocka_unit_test(a_json_file_says_that_it_is_one),
        cmocka_unit_test(the_code_is_the_first_property_of_the_list),
        cmocka_unit_test(features_without_a_code_are_refused),
        cmocka_unit_test(what_is_no_area_is_refused),
        cmocka_unit_test(metres_are_refused),
        cmocka_unit_test(other_json_is_refused),
        cmocka_unit_test(broken_json_is_refused_with_its_line),
        cmocka_unit_test(a_feature_longer_than_a_record_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
