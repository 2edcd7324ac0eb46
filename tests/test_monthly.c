/* What is known of every place and month, and by whom; what is stated beside the case rows. Read as
 * `status` reads it. */
#include "fixtures_series.h"

#include "cli/status.h"
#include "series/disagree.h"

#define COUNTS "unit,category,period,count\n"
#define COVERAGE "unit,from,to,category,total\n"

struct reading {
    struct session session;
    struct status_facts facts;
    struct disagreements found;
};

static void read_all(struct reading *r, struct desk *k)
{
    struct err e = {0};
    *r = (struct reading){.session = {.store = k->store,
                                      .directory = k->directory,
                                      .calendar = CALENDAR_CIVIL,
                                      .state = STATE_NOW}};
    if (!cover_load(&r->session.cover, k->store, STATE_NOW, &r->session.directory, &e) ||
        !status_facts_read(&r->facts, &r->session, &e))
        fail_msg("%s", e.msg);
    const struct disagree_scene scene = {&r->facts.stated, &r->session.cover, &r->facts.monthly};
    assert_true(disagree_find(&r->found, &scene, &e));
}

static void reading_free(struct reading *r)
{
    disagree_free(&r->found);
    status_facts_free(&r->facts);
    cover_free(&r->session.cover);
}

/* "A:1 A:0 -:0 A+:3 *:2": who speaks (+ totals, * several, - nobody) and the count, month by month;
 * ~ before a month that continues a row. Of nobody's months the count says nothing. */
static void check_months(struct reading *r, const char *unit, const char *category,
                         const char *want)
{
    const struct monthly *m = &r->facts.monthly;
    size_t topic = m->topic_of[category_of(m->directory, category)];
    struct buf got = {0};
    assert_true(topic != NO_ENTRY);
    const struct month_cell *cells = monthly_cells(m, topic, unit_of(m->directory, unit));
    for (size_t i = 0; i < m->n; i++) {
        const char *source = monthly_source(m, cells[i].voice);
        buf_addf(&got, "%s%s%s%s", i ? " " : "", cells[i].continues ? "~" : "",
                 cells[i].voice == VOICE_NONE   ? "-"
                 : cells[i].voice == VOICE_MANY ? "*"
                                                : source,
                 monthly_is_counts(cells[i].voice) ? "+" : "");
        if (cells[i].voice != VOICE_NONE)
            buf_addf(&got, ":%d", (int)cells[i].count);
    }
    assert_string_equal(buf_text(&got), want);
    buf_free(&got);
}

#define WITH(name) ((struct options){.source = (name)})

/* ---- months ---- */

static void months_of_cases_are_known_where_they_are_covered(void **state)
{
    (void)state;
    struct desk k;
    struct reading r;
    desk_new(&k);
    loads_with(&k, "coverage",
               COVERAGE "30037,2024-01-01,2024-03-31,XHTE,\n30040,2024-02-01,"
                        "2024-03-15,XHTE,\n",
               WITH("A"));
    loads_with(&k, "incidents",
               CASES "1,30037,XHTE.TD,2024-01-31\n2,30037,XHTE,2024-03-01\n"
                     "3,30040,XHTE,2024-03-02\n",
               WITH("A"));
    read_all(&r, &k);
    check_months(&r, "30037", "XHTE", "A:1 A:0 A:1");
    check_months(&r, "30040", "XHTE", "- A:0 -");
    reading_free(&r);
    desk_free(&k);
}

static void what_is_assumed_speaks_where_its_source_has_cases(void **state)
{
    (void)state;
    struct desk k;
    struct reading r;
    desk_new(&k);
    loads_with(&k, "incidents", CASES "1,30037,XHTE,2024-01-05\n2,30037,XHTE,2024-02-05\n",
               WITH("A"));
    loads_with(&k, "incidents", CASES "1,30040,XHTE,2024-02-05\n", WITH("B"));
    read_all(&r, &k);
    check_months(&r, "30037", "XHTE", "A:1 A:1");
    check_months(&r, "30040", "XHTE", "B:0 B:1");
    reading_free(&r);
    desk_free(&k);
}

static void totals_of_a_month_stand_for_its_cases(void **state)
{
    (void)state;
    struct desk k;
    struct reading r;
    desk_new(&k);
    loads_with(&k, "incidents", CASES "1,30037,XHTE,2024-01-05\n2,30037,XHTE,2024-02-05\n",
               WITH("A"));
    loads_with(&k, "counts", COUNTS "30037,XHTE,2024-02,7\n30037,XHTE.TD,2024-02,5\n", WITH("A"));
    read_all(&r, &k);
    check_months(&r, "30037", "XHTE", "A:1 A+:7");
    reading_free(&r);
    desk_free(&k);
}

static void kinds_are_added_where_their_total_is_not_stated(void **state)
{
    (void)state;
    struct desk k;
    struct reading r;
    desk_new(&k);
    loads_with(&k, "counts",
               COUNTS "30037,XHTE.TD,2024-01,2\n30037,XHTE.BL,2024-01,3\n"
                      "30037,XHTE.TD,2024-02,1\n",
               WITH("A"));
    read_all(&r, &k);
    check_months(&r, "30037", "XHTE", "A+:5 A+:1");
    reading_free(&r);
    desk_free(&k);
}

/* A quarter's number stands in its last month; where months are known too they go before it. */
static void longer_rows_end_in_their_last_month(void **state)
{
    (void)state;
    struct desk k;
    struct reading r;
    desk_new(&k);
    loads_with(&k, "counts",
               COUNTS "30037,XHTE,2024Q1,6\n30037,XHTE,2024-04,1\n"
                      "30037,XHTE,2024Q2,9\n30037,XHTE.TD,2024H1,2\n",
               WITH("A"));
    read_all(&r, &k);
    check_months(&r, "30037", "XHTE", "A+:0 ~A+:0 ~A+:6 A+:1 - -");
    reading_free(&r);
    desk_free(&k);
}

static void a_parent_is_known_where_all_its_places_are(void **state)
{
    (void)state;
    struct desk k;
    struct reading r;
    desk_new_in(&k, "");
    loads(&k, "categories", CATEGORIES);
    loads(&k, "units", "unit,name,parent,valid_to\nP,Tỉnh,,\na,a,P,\nb,b,P,\nc,c,P,2024-01-31\n");
    loads_with(&k, "counts", COUNTS "P,XHTE,2023-12,9\n", WITH("P"));
    loads_with(&k, "coverage",
               COVERAGE "a,2024-01-01,2024-03-31,XHTE,\nb,2024-01-01,2024-02-29,"
                        "XHTE,\nc,2024-01-01,2024-01-31,XHTE,\n",
               WITH("P"));
    loads_with(&k, "incidents",
               CASES "1,a,XHTE,2024-01-05\n2,b,XHTE,2024-01-05\n3,P/?,XHTE,"
                     "2024-02-05\n4,c,XHTE,2024-01-09\n",
               WITH("P"));
    read_all(&r, &k);
    check_months(&r, "P", "XHTE", "P+:9 P:3 P:1 -");
    reading_free(&r);
    desk_free(&k);
}

static void an_empty_database_has_no_months(void **state)
{
    (void)state;
    struct desk k;
    struct reading r;
    desk_new(&k);
    read_all(&r, &k);
    assert_int_equal(r.facts.monthly.n, 0);
    assert_int_equal(r.found.count, 0);
    reading_free(&r);
    desk_free(&k);
}

/* ---- what differs ---- */

/* "kind unit category stated/other source other_source" a line. */
static void check_found(struct reading *r, const char *want)
{
    static const char *const kinds[] = {"reports", "cases",   "places", "kinds",
                                        "parts",   "assumed", "num",    "den"};
    const struct directory *d = &r->session.directory;
    struct buf got = {0};
    for (size_t i = 0; i < r->found.count; i++) {
        const struct disagreement *x = &r->found.items[i];
        buf_addf(&got, "%s %s %s %d/%d %s %s\n", kinds[x->kind], d->units[x->unit].code,
                 d->categories[x->category].code, (int)x->stated, (int)x->other, x->source,
                 x->other_source ? x->other_source : "*");
    }
    assert_string_equal(buf_text(&got), want);
    buf_free(&got);
}

static void totals_of_reports_are_set_against_the_reports_of_their_source(void **state)
{
    (void)state;
    struct desk k;
    struct reading r;
    desk_new(&k);
    loads_with(&k, "coverage",
               COVERAGE "30037,2024-01-01,2024-03-31,XHTE,2\n30040,2024-01-01,"
                        "2024-03-31,XHTE,1\n30043,2024-01-01,2024-03-31,XHTE,0\n",
               WITH("A"));
    loads_with(&k, "incidents", CASES "1,30037,XHTE,2024-01-05\n2,30040,XHTE.TD,2024-03-31\n",
               WITH("A"));
    read_all(&r, &k);
    check_found(&r, "reports 30037 XHTE 2/1 A A\n");
    reading_free(&r);
    desk_free(&k);
}

static void totals_without_any_reports_are_not_set_against_nothing(void **state)
{
    (void)state;
    struct desk k;
    struct reading r;
    desk_new(&k);
    loads_with(&k, "coverage", COVERAGE "30037,2024-01-01,2024-03-31,XHTE,2\n", WITH("A"));
    loads_with(&k, "counts", COUNTS "30037,XHTE,2024-01,5\n", WITH("A"));
    read_all(&r, &k);
    check_found(&r, "");
    reading_free(&r);
    desk_free(&k);
}

/* Fewer cases than stated count only where case files speak for all days. */
static void totals_are_set_against_cases(void **state)
{
    (void)state;
    struct desk k;
    struct reading r;
    desk_new(&k);
    loads_with(&k, "coverage", COVERAGE "30037,2024-01-01,2024-02-29,XHTE,\n", WITH("A"));
    loads_with(&k, "incidents", CASES "1,30037,XHTE,2024-01-05\n2,30037,XHTE,2024-02-05\n",
               WITH("A"));
    loads_with(&k, "counts",
               COUNTS "30037,XHTE,2024-01,3\n30037,XHTE,2024-02,0\n"
                      "30037,XHTE,2024-03,4\n",
               WITH("A"));
    read_all(&r, &k);
    check_found(&r, "cases 30037 XHTE 3/1 A A\ncases 30037 XHTE 0/1 A A\n");
    reading_free(&r);
    desk_free(&k);
}

/* Less than its places is one; more is one only where all of them have a row. */
static void totals_are_set_against_their_places(void **state)
{
    (void)state;
    struct desk k;
    struct reading r;
    desk_new_in(&k, "");
    loads(&k, "categories", CATEGORIES);
    loads(&k, "units", "unit,name,parent\nP,Tỉnh,\na,a,P\nb,b,P\n");
    loads_with(&k, "counts",
               COUNTS "a,XHTE,2024-01,3\nb,XHTE,2024-01,3\na,XHTE,2024-02,2\n"
                      "a,XHTE,2024-03,2\na,XHTE,2024-04,2\nb,XHTE,2024-04,1\n",
               WITH("A"));
    loads_with(&k, "counts",
               COUNTS "P,XHTE,2024-01,7\nP,XHTE,2024-02,5\nP,XHTE,2024-03,1\n"
                      "P,XHTE,2024-04,3\n",
               WITH("B"));
    read_all(&r, &k);
    check_found(&r, "places P XHTE 7/6 B A\nplaces P XHTE 1/2 B A\n");
    reading_free(&r);
    desk_free(&k);
}

static void totals_are_set_against_their_kinds_and_shorter_periods(void **state)
{
    (void)state;
    struct desk k;
    struct reading r;
    desk_new(&k);
    loads_with(&k, "counts",
               COUNTS "30037,XHTE,2024H1,4\n30037,XHTE.TD,2024H1,5\n"
                      "30037,U18,2024H1,9\n30037,U18,2024Q1,5\n30037,U18,2024Q2,3\n"
                      "30040,U18,2024H1,9\n30040,U18,2024Q1,5\n",
               WITH("A"));
    read_all(&r, &k);
    check_found(&r, "kinds 30037 XHTE 4/5 A A\nparts 30037 U18 9/8 A A\n");
    reading_free(&r);
    desk_free(&k);
}

/* A is assumed to know the whole district, and has no case in 30040; B has two. */
static void what_is_assumed_is_set_against_the_cases_of_others(void **state)
{
    (void)state;
    struct desk k;
    struct reading r;
    desk_new(&k);
    loads_with(&k, "incidents", CASES "1,30037,XHTE,2024-01-05\n2,30037,XHTE,2024-02-05\n",
               WITH("A"));
    loads_with(&k, "coverage", COVERAGE "30040,2024-01-01,2024-03-31,XHTE,\n", WITH("B"));
    loads_with(&k, "incidents",
               CASES "1,30040,XHTE,2024-01-05\n2,30040,XHTE.TD,2024-02-05\n"
                     "3,30040,XHTE,2024-03-05\n",
               WITH("B"));
    read_all(&r, &k);
    check_found(&r, "assumed 872 XHTE 0/2 A B\n");
    reading_free(&r);
    desk_free(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(months_of_cases_are_known_where_they_are_covered),
        cmocka_unit_test(what_is_assumed_speaks_where_its_source_has_cases),
        cmocka_unit_test(totals_of_a_month_stand_for_its_cases),
        cmocka_unit_test(kinds_are_added_where_their_total_is_not_stated),
        cmocka_unit_test(longer_rows_end_in_their_last_month),
        cmocka_unit_test(a_parent_is_known_where_all_its_places_are),
        cmocka_unit_test(an_empty_database_has_no_months),
        cmocka_unit_test(totals_of_reports_are_set_against_the_reports_of_their_source),
        cmocka_unit_test(totals_without_any_reports_are_not_set_against_nothing),
        cmocka_unit_test(totals_are_set_against_cases),
        cmocka_unit_test(totals_are_set_against_their_places),
        cmocka_unit_test(totals_are_set_against_their_kinds_and_shorter_periods),
        cmocka_unit_test(what_is_assumed_is_set_against_the_cases_of_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
