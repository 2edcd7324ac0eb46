/* From records to checked rows and rejects. */
#include "fixtures_ingest.h"

#define INCIDENT_HEAD "case_id,unit,category,received_on,occurred_on,resolved_on,outcome\n"

/* ---- cases ---- */

static void a_case_comes_out_as_its_values(void **state)
{
    (void)state;
    assert_taken(INCIDENT_HEAD
                 "TM-1,Xã Phú Điền,XHTE.TD.DAMO,2024-05-03,01/05/2024,2024-06-01,khởi tố\n"
                 "TM-2,TT Mỹ An,Trộm cắp,3-5-2024,,,\n"
                 "TM-3,872,hiếp dâm trẻ em,2024-05-03,,,đang xác minh\n",
                 "2 case_id=TM-1 unit=30067 category=XHTE.TD.DAMO received_on=2024-05-03 "
                 "occurred_on=2024-05-01 resolved_on=2024-06-01 outcome=prosecuted\n"
                 "3 case_id=TM-2 unit=30037 category=U18.TROM received_on=2024-05-03\n"
                 "4! category: unknown category {}\n");
}

static void attributes_come_from_closed_lists(void **state)
{
    (void)state;
    assert_taken("case_id,unit,category,received_on,victim_age_band,victim_sex,online,severity,"
                 "factors,relation\n"
                 "1,30067,XHTE,2024-05-03,12 tuổi,Nữ,có,4,\"rượu bia; hộ nghèo, cận nghèo\",\n"
                 "2,30067,XHTE,2024-05-03,,,0,,,Nguyễn Văn A\n"
                 "3,30067,XHTE,2024-05-03,,,,5,,\n",
                 "2 case_id=1 unit=30067 category=XHTE received_on=2024-05-03 online=1 severity=4 "
                 "victim_age_band=6_12 victim_sex=female factors=768\n"
                 "3! relation: not in the list of relation; listed: parent, step_parent, "
                 "other_relative, caregiver_teacher, partner, friend, neighbour, "
                 "other_acquaintance, online_contact, stranger, unknown {}\n"
                 "4! severity: not from 1 to 4 {}\n");
}

static void a_case_may_have_one_category_a_root(void **state)
{
    (void)state;
    assert_taken(
        INCIDENT_HEAD "1,30067,XHTE.TD.HIEPDAM;U18.HIEPDAM,2024-05-03,,,\n"
                      "2,30067,U18.HIEPDAM + XHTE.TD.HIEPDAM,2024-05-03,,,\n"
                      "3,30067,Giết trẻ em; giết hoặc vứt bỏ con mới đẻ; Trộm,2024-05-03,,,\n"
                      "4,30067,XHTE.TD;XHTE.TD.DAMO,2024-05-03,,,\n"
                      "5,30067,XHTE;Lan,2024-05-03,,,\n",
        "2 case_id=1 unit=30067 category=XHTE.TD.HIEPDAM;U18.HIEPDAM "
        "received_on=2024-05-03\n"
        "3 case_id=2 unit=30067 category=XHTE.TD.HIEPDAM;U18.HIEPDAM "
        "received_on=2024-05-03\n"
        "4 case_id=3 unit=30067 category=XHTE.GIET;U18.TROM received_on=2024-05-03\n"
        "5! category: two categories of one root, XHTE.TD and XHTE.TD.DAMO: keep the graver "
        "one {}\n"
        "6! category: unknown category {}\n");
}

static void a_unit_is_looked_up_on_the_day_of_the_row(void **state)
{
    (void)state;
    assert_taken(INCIDENT_HEAD "1,Tháp Mười,XHTE,2025-06-30,,,\n"
                               "2,Tháp Mười,XHTE,2025-07-01,,,\n"
                               "3,Tháp Mười,XHTE,,2024-01-01,,\n"
                               "4,?,XHTE,2025-07-01,,,\n",
                 "2 case_id=1 unit=872/? category=XHTE received_on=2025-06-30\n"
                 "3 case_id=2 unit=30037 category=XHTE received_on=2025-07-01\n"
                 "4 case_id=3 unit=872/? category=XHTE occurred_on=2024-01-01\n"
                 "5 case_id=4 unit=82/? category=XHTE received_on=2025-07-01\n");
}

static void the_bad_input_of_the_issue_is_refused_with_line_and_column(void **state)
{
    (void)state;
    assert_taken(
        "case_id,unit,category,received_on,victims\n"
        "1,99999,XHTE,2024-05-03,1\n"
        "2,Mỹ An,XHTE,2024-05-03,1\n"
        "3,30067,XHTE,30/02/2024,1\n"
        "4,30067,XHTE,2026-02-01,1\n"
        "5,30067,XHTE,2024-05-03,-1\n"
        "6,30067,XHTE,2024-05-03,\"1,5\"\n"
        "7,30067,XHTE,2024-05-03\n"
        "8,30067,XHTE,2024-05-03,1,9\n"
        "9,Nguyễn Thị Lan,XHTE,2024-05-03,1\n"
        "10,LAN,XHTE,2024-05-03,1\n"
        "Lan Anh,30067,XHTE,2024-05-03,1\n"
        ",30067,XHTE,2024-05-03,1\n",
        "2! unit: unknown unit {99999}\n"
        "3! unit: ambiguous: Thị trấn Mỹ An (30037), Xã Mỹ An (30064) {}\n"
        "4! received_on: no such date {30/02/2024}\n"
        "5! received_on: date in the future {2026-02-01}\n"
        "6! victims: negative count {-1}\n"
        "7! victims: not a whole number {1,5}\n"
        "8! : wrong column count: 4, the head has 5 {}\n"
        "9! : wrong column count: 6, the head has 5 {}\n"
        "10! unit: unknown unit {}\n"
        "11! unit: unknown unit {}\n"
        "12! case_id: not a case id: letters, digits and / . _ -, at most 40; or load with "
        "--hash-ids {}\n"
        "13! case_id: empty {}\n");
}

static void dates_must_be_in_order(void **state)
{
    (void)state;
    assert_taken(
        "case_id,unit,category,Ngày tiếp nhận,occurred_on,prosecuted_on,resolved_on,outcome,"
        "tried_on\n"
        "1,30067,XHTE,2024-05-03,2024-05-04,,,,\n"
        "2,30067,XHTE,2024-05-03,,,2024-05-02,prosecuted,\n"
        "3,30067,XHTE,,2024-05-03,2024-05-02,,,\n"
        "4,30067,XHTE,2024-05-03,,,,,2024-05-01\n"
        "5,30067,XHTE,,,,,,2024-05-01\n"
        "6,30067,XHTE,2024-05-03,,,,prosecuted,\n"
        "7,30067,XHTE,2024-05-03,,,2024-05-04,,\n"
        "8,30067,XHTE,2024-05-03,,,2024-05-04,open,\n"
        "9,30067,XHTE,2024-05-03,2024-05-03,2024-05-03,2024-05-03,prosecuted,2024-05-03\n",
        "10 case_id=9 unit=30067 category=XHTE received_on=2024-05-03 "
        "occurred_on=2024-05-03 prosecuted_on=2024-05-03 resolved_on=2024-05-03 "
        "outcome=prosecuted tried_on=2024-05-03\n"
        "2! occurred_on: occurred_on is after received_on {}\n"
        "3! resolved_on: before received_on {}\n"
        "4! prosecuted_on: before occurred_on {}\n"
        "5! tried_on: before received_on {}\n"
        "6! : no date: give received_on, occurred_on or prosecuted_on {}\n"
        "7! resolved_on: empty, but the outcome is not open {}\n"
        "8! outcome: open or empty, but there is a resolved_on {}\n"
        "9! outcome: open or empty, but there is a resolved_on {}\n");
}

static void parts_are_not_more_than_their_whole(void **state)
{
    (void)state;
    assert_taken("case_id,unit,category,received_on,victims,victims_u16,victims_u18,"
                 "victims_supported,offenders,offenders_u18\n"
                 "1,30067,XHTE,2024-05-03,3,1,2,3,2,2\n"
                 "2,30067,XHTE,2024-05-03,3,2,1,,,\n"
                 "3,30067,XHTE,2024-05-03,1,2,,,,\n"
                 "4,30067,XHTE,2024-05-03,1,,,2,,\n"
                 "5,30067,XHTE,2024-05-03,,,,,1,2\n",
                 "2 case_id=1 unit=30067 category=XHTE received_on=2024-05-03 victims=3 "
                 "victims_u16=1 victims_u18=2 victims_supported=3 offenders=2 offenders_u18=2\n"
                 "3! victims_u16: more victims under 16 than under 18 {}\n"
                 "4! victims_u16: more than victims {}\n"
                 "5! victims_supported: more than victims {}\n"
                 "6! offenders_u18: more than offenders {}\n");
}

static void outcomes_are_judged_by_what_they_have(void **state)
{
    (void)state;
    assert_taken("case_id,outcome,resolved_on\n1,prosecuted,2024-05-03\n2,prosecuted,\n"
                 "3,open,\n4,open,2024-05-03\n",
                 "2 case_id=1 resolved_on=2024-05-03 outcome=prosecuted\n"
                 "3 case_id=2 outcome=prosecuted\n"
                 "4 case_id=3 outcome=open\n"
                 "5! outcome: open or empty, but there is a resolved_on {}\n");
}

static void ids_are_hashed_with_the_key(void **state)
{
    (void)state;
    struct ingest_options o = options_for(INCIDENT_HEAD "Nguyễn Văn A,30067,XHTE,2024-05-03,,,\n"
                                                        "what do ya want for nothing?,30067,XHTE,"
                                                        "2024-05-03,,,\n"
                                                        ",30067,XHTE,2024-05-03,,,\n");
    o.hash_key = "Jefe";
    struct world w;
    struct shown s = {0}, again = {0};
    world_init(&w);
    show_file(&s, &w, &o, LANG_EN);
    assert_null(strstr(buf_text(&s.text), "Nguyễn"));
    assert_non_null(strstr(buf_text(&s.text), "3 case_id=5bdcc146bf60754e6a042426089575c7 "));
    assert_non_null(strstr(buf_text(&s.text), "4! case_id: empty {}\n"));
    show_file(&again, &w, &o, LANG_EN);
    assert_string_equal(buf_text(&s.text), buf_text(&again.text));
    buf_free(&s.text);
    buf_free(&again.text);
    world_free(&w);
}

/* ---- counts ---- */

static void a_long_count_keeps_nought_and_unknown_apart(void **state)
{
    (void)state;
    assert_taken("unit,category,period,count,calendar\n"
                 "30067,XHTE,2024-05,0,\n"
                 "30067,XHTE,2024-06,,12-15\n"
                 "872,XHTE,T7/2024,3,12-15\n"
                 "Unknown,XHTE,2024-08,3,01-01\n"
                 "30067,XHTE,,3,\n"
                 "30067,XHTE,2027,3,\n"
                 "30067,XHTE,2024-05,x,1-1-1\n",
                 "2 unit=30067 category=XHTE period=2024-05-01 period_to=2024-05-31 count=0 "
                 "basis=received\n"
                 "3 unit=30067 category=XHTE period=2024-05-15 period_to=2024-06-14 basis=received "
                 "calendar=12-15\n"
                 "4 unit=872 category=XHTE period=2024-06-15 period_to=2024-07-14 count=3 "
                 "basis=received calendar=12-15\n"
                 "5 unit=872/? category=XHTE period=2024-08-01 period_to=2024-08-31 count=3 "
                 "basis=received calendar=01-01\n"
                 "6! period: empty {}\n"
                 "7! period: period in the future {2027}\n"
                 "8! calendar: not a calendar: write the day on which its year starts, 01-01 or "
                 "12-15 {1-1-1}\n");
}

static void each_cell_of_a_wide_file_is_a_row(void **state)
{
    (void)state;
    assert_taken("unit,category,202505,202506,T7/2025\n"
                 "Tháp Mười,XHTE,1,,0\n"
                 "30067,U18,-,\"1,5\",2\n"
                 "nowhere,U18,1,2,3\n",
                 "2 unit=872 category=XHTE period=2025-05-01 period_to=2025-05-31 count=1 "
                 "basis=received\n"
                 "2 unit=872 category=XHTE period=2025-06-01 period_to=2025-06-30 basis=received\n"
                 "2 unit=30037 category=XHTE period=2025-07-01 period_to=2025-07-31 count=0 "
                 "basis=received\n"
                 "3 unit=30067 category=U18 period=2025-07-01 period_to=2025-07-31 count=2 "
                 "basis=received\n"
                 "3! 202505: not a number {}\n"
                 "3! 202506: not a whole number {1,5}\n"
                 "4! unit: unknown unit {}\n");
}

static void heads_of_periods_are_read_in_the_calendar_given(void **state)
{
    (void)state;
    static const struct name_value consts[] = {{"calendar", "12-15"}};
    struct ingest_options o = options_for("unit,category,2024-01,2026-09\n30067,XHTE,1,\n");
    o.consts = consts;
    o.const_count = 1;
    assert_taken_with(&o,
                      "2 unit=30067 category=XHTE period=2023-12-15 period_to=2024-01-14 count=1 "
                      "basis=received calendar=12-15\n");
    o = options_for("unit,category,2024-01,calendar\n30067,XHTE,1,12-15\n");
    assert_taken_with(&o, "! a.csv: a file with one column a period has one calendar: leave "
                          "'calendar' out with --map 'calendar=-' and give --const calendar\n");
}

/* ---- reference files ---- */

static void reference_rows_are_checked_as_wholes(void **state)
{
    (void)state;
    assert_taken("unit,name,lat,lon,area_km2,valid_from,valid_to\n"
                 "1,a,91,0,1,,\n2,b,0,-181,1,,\n3,c,0,0,0,,\n4,d,0,0,1,2024-01-02,2024-01-01\n"
                 "5,,0,0,1,,\n",
                 "2! lat: not from -90 to 90 {}\n3! lon: not from -180 to 180 {}\n"
                 "4! area_km2: not above 0 {}\n5! valid_to: ends before it begins {}\n"
                 "6! name: empty {}\n");
    assert_taken("unit,year,population,population_u16,population_u18,population_14_17\n"
                 "30067,2019,100,20,30,10\n30067,2019,100,40,30,\n30067,2019,25,,30,\n"
                 "30067,2019,,,,\n30067,19,1,,,\n30067,2019,,,10,20\n",
                 "2 unit=30067 year=2019 population=100 population_u16=20 population_u18=30 "
                 "population_14_17=10\n"
                 "3! population_u16: more people under 16 than under 18 {}\n"
                 "4! population_u18: more than the population {}\n"
                 "5! : no population in the row {}\n"
                 "6! year: not a year from 1900 to 2200 {19}\n"
                 "7! population_14_17: more people of 14 to 17 than under 18 {}\n");
    assert_taken("unit,neighbour\n30067,Phú Điền\n30067,30064\n",
                 "3 unit=30067 neighbour=30064\n2! neighbour: the unit itself {}\n");
    assert_taken("intervention,unit,starts_on,ends_on\nA,30067,2024-05-03,2024-05-02\n"
                 "A,30067,2026-05-03,\nA,30067,2024-05-03,2030-01-01\n",
                 "4 intervention=A unit=30067 starts_on=2024-05-03 ends_on=2030-01-01\n"
                 "2! ends_on: ends before it begins {}\n3! starts_on: date in the future "
                 "{2026-05-03}\n");
}

static void a_succession_goes_from_the_day_before_to_the_day(void **state)
{
    (void)state;
    assert_taken("old_unit,new_unit,on,share\n"
                 "30046,30046,2025-07-01,1\n"
                 "30040,30046,2025-07-01,\"0,5\"\n"
                 "30067,30067,2025-07-01,1\n"
                 "30040,30046,2025-07-01,0\n"
                 "30040,30046,2025-07-01,1.1\n",
                 "2 old_unit=30046 new_unit=30046 on=2025-07-01 share=1\n"
                 "3 old_unit=30040 new_unit=30046 on=2025-07-01 share=0.5\n"
                 "4 old_unit=30067 new_unit=30067 on=2025-07-01 share=1\n"
                 "5! share: not above 0 and up to 1 {}\n"
                 "6! share: not above 0 and up to 1 {}\n");
}

/* 30082 is a commune of another district; 82 is a province, but not yet on the day before. */
static void an_old_unit_may_be_a_code_that_is_not_among_the_units(void **state)
{
    (void)state;
    assert_taken("old_unit,new_unit,on\n"
                 "30082,30046,2025-07-01\n"
                 "82,30046,2025-07-01\n"
                 "Mỹ Đông,Mỹ Quí,2025-07-01\n"
                 "Xã Tháp Mười,30046,2025-07-01\n"
                 "Xã Nơi Khác,30046,2025-07-01\n"
                 "Khac,30046,2025-07-01\n"
                 "123456789012345678901,30046,2025-07-01\n"
                 "30082,30099,2025-07-01\n",
                 "2 old_unit=30082 new_unit=30046 on=2025-07-01\n"
                 "3 old_unit=82 new_unit=30046 on=2025-07-01\n"
                 "4 old_unit=30058 new_unit=30055 on=2025-07-01\n"
                 "5! old_unit: 30037 has this name, but is not valid on 2025-06-30 {}\n"
                 "6! old_unit: unknown unit {}\n"
                 "7! old_unit: unknown unit {}\n"
                 "8! old_unit: unknown unit {}\n"
                 "9! new_unit: unknown unit {30099}\n");
}

static void a_target_has_an_op_and_a_threshold_or_neither(void **state)
{
    (void)state;
    assert_taken("plan,indicator,kind,op,threshold,category,numerator,denominator\n"
                 "2024,1,reduction,>=,3,XHTE,cases,cases\n"
                 "2024,3a,rate,>,95%,XHTE.TD,resolved,accepted\n"
                 "2024,4,count,,,,indicator,\n"
                 "2024,5,count,>,,,,\n"
                 "2024,6,count,,5,,,\n",
                 "2 plan=2024 indicator=1 kind=reduction op=>= threshold=3 category=XHTE "
                 "numerator=cases denominator=cases\n"
                 "3 plan=2024 indicator=3a kind=rate op=> threshold=95 category=XHTE.TD "
                 "numerator=resolved denominator=accepted\n"
                 "4 plan=2024 indicator=4 kind=count op=none numerator=indicator\n"
                 "5! threshold: empty, but there is an op {}\n"
                 "6! op: empty, but there is a threshold {}\n");
}

static void coverage_and_events_come_with_dates_or_periods(void **state)
{
    (void)state;
    assert_taken("unit,from,to,category,total\n30067,2024-01,2024-06,XHTE,3\n"
                 "872,01/01/2024,2024-12-31,,\n30067,2024-05,2024-04,,\n",
                 "2 unit=30067 from=2024-01-01 to=2024-06-30 category=XHTE total=3\n"
                 "3 unit=872 from=2024-01-01 to=2024-12-31\n"
                 "4! to: ends before it begins {}\n");
    assert_taken("date,label,action,unit\n2030-01-01,\"A \"\"law\"\"\",,\n2024-01-01,b,step,872\n",
                 "2 date=2030-01-01 label=A \"law\" action=mark\n"
                 "3 date=2024-01-01 label=b action=step unit=872\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_case_comes_out_as_its_values),
        cmocka_unit_test(attributes_come_from_closed_lists),
        cmocka_unit_test(a_case_may_have_one_category_a_root),
        cmocka_unit_test(a_unit_is_looked_up_on_the_day_of_the_row),
        cmocka_unit_test(the_bad_input_of_the_issue_is_refused_with_line_and_column),
        cmocka_unit_test(dates_must_be_in_order),
        cmocka_unit_test(parts_are_not_more_than_their_whole),
        cmocka_unit_test(outcomes_are_judged_by_what_they_have),
        cmocka_unit_test(ids_are_hashed_with_the_key),
        cmocka_unit_test(a_long_count_keeps_nought_and_unknown_apart),
        cmocka_unit_test(each_cell_of_a_wide_file_is_a_row),
        cmocka_unit_test(heads_of_periods_are_read_in_the_calendar_given),
        cmocka_unit_test(reference_rows_are_checked_as_wholes),
        cmocka_unit_test(a_succession_goes_from_the_day_before_to_the_day),
        cmocka_unit_test(an_old_unit_may_be_a_code_that_is_not_among_the_units),
        cmocka_unit_test(a_target_has_an_op_and_a_threshold_or_neither),
        cmocka_unit_test(coverage_and_events_come_with_dates_or_periods),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
