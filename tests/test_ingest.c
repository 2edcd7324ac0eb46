/* From a head to a plan: kinds, aliases, --as, --map, --const, --within. */
#include "fixtures_ingest.h"

/* ---- recognising ---- */

static enum kind_id kind_of_head(const char *head)
{
    struct world w;
    struct err e = {0};
    struct ingest *in = NULL;
    struct ingest_options o = options_for(head);
    world_init(&w);
    if (!ingest_open(&in, &o, &w.d, w.lists, &e))
        fail_msg("%s", e.msg);
    enum kind_id kind = ingest_kind(in);
    ingest_close(in);
    world_free(&w);
    return kind;
}

static void each_kind_is_recognised_from_its_required_columns(void **state)
{
    (void)state;
    assert_int_equal(kind_of_head("case_id,unit,category,received_on\n"), KIND_INCIDENTS);
    assert_int_equal(kind_of_head("case_id,unit,category,occurred_on\n"), KIND_INCIDENTS);
    assert_int_equal(kind_of_head("case_id,outcome,resolved_on\n"), KIND_OUTCOMES);
    assert_int_equal(kind_of_head("unit,category,period,count\n"), KIND_COUNTS);
    assert_int_equal(kind_of_head("unit,category,202401,T2/2024,2023\n"), KIND_COUNTS);
    assert_int_equal(kind_of_head("unit,from,to\n"), KIND_COVERAGE);
    assert_int_equal(kind_of_head("unit,from,to,category,total\n"), KIND_COVERAGE);
    assert_int_equal(kind_of_head("unit,name\n"), KIND_UNITS);
    assert_int_equal(kind_of_head("code,name,type,province_code,province,lat,lon,area_km2\n"),
                     KIND_UNITS);
    assert_int_equal(kind_of_head("group,unit,name\n"), KIND_GROUPS);
    assert_int_equal(kind_of_head("old_unit,new_unit,on\n"), KIND_SUCCESSIONS);
    assert_int_equal(kind_of_head("unit,year,population_u16\n"), KIND_POPULATION);
    assert_int_equal(kind_of_head("unit,year,name,value\n"), KIND_COVARIATES);
    assert_int_equal(kind_of_head("unit,neighbour\n"), KIND_NEIGHBOURS);
    assert_int_equal(kind_of_head("unit,geometry\n"), KIND_BOUNDARIES);
    assert_int_equal(kind_of_head("category,name\n"), KIND_CATEGORIES);
    assert_int_equal(kind_of_head("plan,indicator,kind,op,threshold\n"), KIND_TARGETS);
    assert_int_equal(kind_of_head("indicator,unit,period,numerator\n"), KIND_INDICATORS);
    assert_int_equal(kind_of_head("intervention,unit,starts_on\n"), KIND_INTERVENTIONS);
    assert_int_equal(kind_of_head("date,label\n"), KIND_EVENTS);
    assert_int_equal(kind_of_head("name,category,period,count\n"), KIND_BENCHMARKS);
}

static void vietnamese_heads_are_known_with_and_without_their_marks(void **state)
{
    (void)state;
    assert_int_equal(kind_of_head("Mã vụ;Đơn vị;Hành vi;Ngày tiếp nhận;Kết quả giải quyết\n"),
                     KIND_INCIDENTS);
    assert_int_equal(kind_of_head("MA VU,XA,TOI DANH,NGAY KHOI TO\n"), KIND_INCIDENTS);
    assert_int_equal(kind_of_head("Địa bàn\tLoại vụ việc\tKỳ\tSố vụ\n"), KIND_COUNTS);
    assert_int_equal(kind_of_head("xã,hành vi,Tháng 1/2024,Quý II/2010\n"), KIND_COUNTS);
    assert_int_equal(kind_of_head("xã,năm,dân số,dân số dưới 16 tuổi\n"), KIND_POPULATION);
    assert_int_equal(kind_of_head("đơn vị cũ,đơn vị mới,ngày\n"), KIND_SUCCESSIONS);
}

static void a_head_that_fits_no_kind_is_told_the_nearest_one(void **state)
{
    (void)state;
    assert_taken(
        "unit,category,count\n1,2,3\n",
        "! a.csv: its head fits no kind of file; the nearest is counts, which lacks period: "
        "name the columns with --map, or the kind with --as\n");
    assert_taken("case_id,unit,category\n1,2,3\n",
                 "! a.csv: its head fits no kind of file; the nearest is incidents, which lacks "
                 "received_on|occurred_on|prosecuted_on: name the columns with --map, or the kind "
                 "with --as\n");
    assert_taken("foo,bar\n1,2\n",
                 "! a.csv: knows none of its columns: is its head in the first row (--skip-rows)? "
                 "Name columns with --map\n");
}

static void as_forces_a_kind_and_says_what_it_lacks(void **state)
{
    (void)state;
    struct ingest_options o = options_for("unit,name\n30067,x\n");
    o.as = "population";
    assert_taken_with(&o,
                      "! a.csv: as population it lacks the columns year, "
                      "population|population_u16|population_u18|population_14_17: name them with "
                      "--map, or fill them with --const\n");
    o.as = "people";
    assert_taken_with(&o, "! --as people: no such kind: see 'keogiam help load'\n");
    o = options_for("case_id,unit,outcome,resolved_on\nTM-1,30067,khởi tố,2024-05-03\n");
    o.as = "outcomes";
    assert_taken_with(&o, "2 case_id=TM-1 unit=30067 resolved_on=2024-05-03 outcome=prosecuted\n");
}

static void unknown_columns_are_listed_and_not_stored(void **state)
{
    (void)state;
    assert_taken("họ tên,unit,name,,địa chỉ,\nLan,1,a,x,y,\n",
                 "2 unit=1 valid_from=1582-10-15 valid_to=9999-12-31 name=a\n"
                 "a.csv: columns that are not stored: họ tên, (4), địa chỉ\n");
}

static void a_column_twice_is_an_error(void **state)
{
    (void)state;
    assert_taken("xã,đơn vị,category,period,count\n1,2,3,4,5\n",
                 "! a.csv: 'xã' and 'đơn vị' are both the column unit: leave one out with --map "
                 "'đơn vị=-', or rename it\n");
    assert_taken("unit,category,2024,Năm 2024\n1,2,3,4\n",
                 "! a.csv: '2024' and 'Năm 2024' are the same period: leave one out with --map "
                 "'Năm 2024=-'\n");
}

/* ---- --map and --const ---- */

static void map_names_columns_and_leaves_them_out(void **state)
{
    (void)state;
    static const struct name_value maps[] = {{"Wo", "unit"},
                                             {"was", "category"},
                                             {"wann", "period"},
                                             {"wieviel", "count"},
                                             {"count", "-"}};
    struct ingest_options o = options_for("wo,was,wann,wieviel,count\n30067,XHTE,2023,4,x\n");
    o.maps = maps;
    o.map_count = 5;
    assert_taken_with(&o,
                      "2 unit=30067 category=XHTE period=2023-01-01 period_to=2023-12-31 count=4 "
                      "basis=received\n");
}

static void a_name_that_map_or_const_cannot_place_is_an_error(void **state)
{
    (void)state;
    static const struct name_value no_head[] = {{"Wo", "unit"}}, no_column[] = {{"unit", "place"}},
                                   no_const[] = {{"place", "30067"}}, twice[] = {{"unit", "30067"}};
    struct ingest_options o = options_for("unit,category,period,count\n30067,XHTE,2023,4\n");
    o.maps = no_head;
    o.map_count = 1;
    assert_taken_with(
        &o, "! a.csv: --map Wo=unit: the file has no column of that name: look at its head\n");
    o.as = "neighbours";
    o.maps = no_column;
    assert_taken_with(&o, "! a.csv: --map unit=place: neighbours has no such column: it has unit, "
                          "neighbour\n");
    o.map_count = 0;
    o.consts = no_const;
    o.const_count = 1;
    assert_taken_with(&o,
                      "! a.csv: --const place=30067: neighbours has no such column: it has unit, "
                      "neighbour\n");
    o.as = NULL;
    o.consts = twice;
    assert_taken_with(&o,
                      "! a.csv: --const unit: the file has the column already, as 'unit': leave "
                      "it out with --map 'unit=-'\n");
}

static void const_fills_what_the_file_lacks(void **state)
{
    (void)state;
    static const struct name_value consts[] = {
        {"unit", "Xã Phú Điền"}, {"basis", "occurred"}, {"mô phỏng", "1"}};
    struct ingest_options o = options_for("category,period,count\nXHTE,2023,4\nU18,2023,5\n");
    o.consts = consts;
    o.const_count = 3;
    assert_taken_with(&o,
                      "2 unit=30067 category=XHTE period=2023-01-01 period_to=2023-12-31 count=4 "
                      "basis=occurred synthetic=1\n"
                      "3 unit=30067 category=U18 period=2023-01-01 period_to=2023-12-31 count=5 "
                      "basis=occurred synthetic=1\n");
}

static void a_const_that_is_bad_in_itself_is_an_error(void **state)
{
    (void)state;
    static const struct name_value basis[] = {{"basis", "yesterday"}}, from[] = {{"valid_on", "x"}},
                                   calendar[] = {{"calendar", "32-13"}};
    struct ingest_options o = options_for("unit,category,period,count\n30067,XHTE,2023,4\n");
    o.const_count = 1;
    o.consts = basis;
    assert_taken_with(&o, "! a.csv: --const basis: not in the list of basis; listed: received, "
                          "occurred, prosecuted\n");
    o.consts = from;
    assert_taken_with(&o,
                      "! a.csv: --const valid_on: not a date: write 2024-05-03 or 03/05/2024\n");
    o.consts = calendar;
    assert_taken_with(&o,
                      "! a.csv: --const calendar: not a calendar: write the day on which its year "
                      "starts, 01-01 or 12-15\n");
}

static void a_file_without_dates_is_of_a_day_on_which_its_codes_are_valid(void **state)
{
    (void)state;
    assert_taken(
        "unit,neighbour\n30037,30046\n30040,30046\n",
        "2 unit=30037 neighbour=30046\n3 unit=30040 neighbour=30046\n"
        "a.csv: has no dates: its units are taken as of 2025-06-30; another day with --const "
        "valid_on\n");
    assert_taken(
        "unit,neighbour\n30037,30046\nTháp Mười,30055\n",
        "2 unit=30037 neighbour=30046\n3 unit=30037 neighbour=30055\n"
        "a.csv: has no dates: its units are taken as of 2025-07-01; another day with --const "
        "valid_on\n");
    assert_taken("unit,neighbour\n30067,30064\n", "2 unit=30067 neighbour=30064\n");
}

/* The day chosen is the day of the area: the town of 2024, not the commune of 2025. */
static void valid_on_is_the_day_of_the_area(void **state)
{
    (void)state;
    static const struct name_value consts[] = {{"valid_on", "2024-12-31"}};
    struct ingest_options o = options_for("unit,neighbour\nThị trấn Mỹ An,Mỹ Quí\n");
    o.consts = consts;
    o.const_count = 1;
    assert_taken_with(&o, "2 unit=30037 neighbour=30055\n");
}

static void slots_that_the_file_has_are_known(void **state)
{
    (void)state;
    static const struct name_value consts[] = {{"basis", "received"}};
    struct world w;
    struct ingest *in = NULL;
    struct ingest_options o = options_for("unit,category,202401,202402\n");
    o.consts = consts;
    o.const_count = 1;
    world_init(&w);
    assert_true(ingest_open(&in, &o, &w.d, w.lists, NULL));
    static const size_t has[] = {CNT_UNIT, CNT_CATEGORY, CNT_FROM, CNT_TO, CNT_COUNT, CNT_BASIS};
    for (size_t i = 0; i < sizeof has / sizeof has[0]; i++)
        assert_true(ingest_has_slot(in, has[i]));
    assert_false(ingest_has_slot(in, CNT_VICTIMS));
    assert_false(ingest_has_slot(in, ROW_SLOTS));
    ingest_close(in);
    world_free(&w);
}

/* ---- --within and parents ---- */

static void names_are_looked_up_inside_within_and_the_parent(void **state)
{
    (void)state;
    static const struct name_value maps[] = {
        {"BoroughName", "unit"}, {"MinorText", "category"}, {"MajorText", "parent"}};
    struct ingest_options o = options_for("MajorText,MinorText,BoroughName,period,count\n"
                                          "FRAUD AND FORGERY,FRAUD AND FORGERY,Unknown,2023,1\n"
                                          "THEFT,OTHER THEFT,30067,2023,2\n"
                                          "THEFT,FRAUD AND FORGERY,30067,2023,3\n"
                                          "ROBBERY,OTHER THEFT,30067,2023,4\n");
    o.maps = maps;
    o.map_count = 3;
    o.within = "MPS";
    assert_taken_with(
        &o, "2 unit=872/? category=MPS.FRAUD.FRAUD period=2023-01-01 period_to=2023-12-31 count=1 "
            "basis=received\n"
            "3 unit=30067 category=MPS.THEFT.OTHER period=2023-01-01 period_to=2023-12-31 count=2 "
            "basis=received\n"
            "4! MinorText: unknown category {}\n"
            "5! MajorText: unknown category {}\n");
    o.within = "nowhere";
    assert_taken_with(&o, "! --within nowhere: unknown unit; unknown category\n");
}

static void a_parent_is_a_column_of_its_own_where_the_kind_has_one(void **state)
{
    (void)state;
    static const struct name_value maps[] = {{"huyện", "parent"}};
    struct ingest_options o = options_for("mã,tên,huyện\n1,a,872\n");
    o.maps = maps;
    o.map_count = 1;
    assert_taken_with(&o, "2 unit=1 valid_from=1582-10-15 valid_to=9999-12-31 name=a parent=872\n");
}

/* ---- files with nothing in them ---- */

static void a_file_without_rows_is_an_error(void **state)
{
    (void)state;
    assert_taken("unit,name\n", "! a.csv: has no rows below its head: nothing to load\n");
    assert_taken("unit,name\n,\n , \n", "! a.csv: has no rows below its head: nothing to load\n");
    struct ingest_options o = options_for("unit,name\n1,a\n");
    o.hash_key = "";
    assert_taken_with(&o, "! $KEOGIAM_HASH_KEY is empty: set it to a secret that only this office "
                          "has\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_kind_is_recognised_from_its_required_columns),
        cmocka_unit_test(vietnamese_heads_are_known_with_and_without_their_marks),
        cmocka_unit_test(a_head_that_fits_no_kind_is_told_the_nearest_one),
        cmocka_unit_test(as_forces_a_kind_and_says_what_it_lacks),
        cmocka_unit_test(unknown_columns_are_listed_and_not_stored),
        cmocka_unit_test(a_column_twice_is_an_error),
        cmocka_unit_test(map_names_columns_and_leaves_them_out),
        cmocka_unit_test(a_name_that_map_or_const_cannot_place_is_an_error),
        cmocka_unit_test(const_fills_what_the_file_lacks),
        cmocka_unit_test(a_const_that_is_bad_in_itself_is_an_error),
        cmocka_unit_test(a_file_without_dates_is_of_a_day_on_which_its_codes_are_valid),
        cmocka_unit_test(valid_on_is_the_day_of_the_area),
        cmocka_unit_test(slots_that_the_file_has_are_known),
        cmocka_unit_test(names_are_looked_up_inside_within_and_the_parent),
        cmocka_unit_test(a_parent_is_a_column_of_its_own_where_the_kind_has_one),
        cmocka_unit_test(a_file_without_rows_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
