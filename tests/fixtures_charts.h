/* fixtures_charts.h: months with what the model makes of them, and the one row beside them. For the
 * tests of plot_trend, plot_forecast and plot_seasonal. */
#ifndef KEOGIAM_TESTS_FIXTURES_CHARTS_H
#define KEOGIAM_TESTS_FIXTURES_CHARTS_H

#include "plot_check.h"

static const struct column chart_month_columns[] = {{"unit", "", COLUMN_TEXT, 0},
                                                    {"unit_name", "", COLUMN_TEXT, 0},
                                                    {"category", "", COLUMN_TEXT, 0},
                                                    {"category_name", "", COLUMN_TEXT, 0},
                                                    {"month", "", COLUMN_TEXT, 0},
                                                    {"count", "", COLUMN_COUNT, 0},
                                                    {"state", "", COLUMN_TOKEN, 0},
                                                    {"fitted", "", COLUMN_REAL, 3},
                                                    {"fitted_low", "", COLUMN_REAL, 3},
                                                    {"fitted_high", "", COLUMN_REAL, 3},
                                                    {"segment", "", COLUMN_COUNT, 0},
                                                    {"event", "", COLUMN_TEXT, 0},
                                                    {"action", "", COLUMN_TOKEN, 0},
                                                    {"cumulative", "", COLUMN_COUNT, 0},
                                                    {"cumulative_before", "", COLUMN_COUNT, 0},
                                                    {"expected", "", COLUMN_REAL, 3},
                                                    {"pi_low", "", COLUMN_REAL, 3},
                                                    {"pi_high", "", COLUMN_REAL, 3},
                                                    {"wide_low", "", COLUMN_REAL, 3},
                                                    {"wide_high", "", COLUMN_REAL, 3}};

static const struct column chart_row_columns[] = {{"annual_change_pct", "", COLUMN_PERCENT, 0},
                                                  {"ci_low", "", COLUMN_PERCENT, 0},
                                                  {"ci_high", "", COLUMN_PERCENT, 0},
                                                  {"season_p", "", COLUMN_P, 0},
                                                  {"season_peak", "", COLUMN_COUNT, 0},
                                                  {"joinpoints", "", COLUMN_TEXT, 0},
                                                  {"segment_change_pct", "", COLUMN_TEXT, 0},
                                                  {"segment_low", "", COLUMN_TEXT, 0},
                                                  {"segment_high", "", COLUMN_TEXT, 0},
                                                  {"segment_total", "", COLUMN_TEXT, 0},
                                                  {"segment_months", "", COLUMN_TEXT, 0},
                                                  {"period", "", COLUMN_TEXT, 0},
                                                  {"observed", "", COLUMN_COUNT, 0},
                                                  {"observed_to", "", COLUMN_TEXT, 0},
                                                  {"expected", "", COLUMN_REAL, 1},
                                                  {"allowance", "", COLUMN_COUNT, 0},
                                                  {"left", "", COLUMN_CHANGE, 0},
                                                  {"prob_total", "", COLUMN_PROB, 0},
                                                  {"note", "", COLUMN_NOTE, 0}};

/* The row that the charts of this test take beside their months. */
static struct result row;

static inline void charts_init(struct result *months, enum lang lang)
{
    result_init(months, "trend", chart_month_columns,
                sizeof chart_month_columns / sizeof *chart_month_columns, lang);
    months->title = "Huyện Tháp Mười";
    result_init(&row, "trend", chart_row_columns,
                sizeof chart_row_columns / sizeof *chart_row_columns, lang);
    assert_non_null(result_add_row(&row, NULL));
}

static inline void charts_free(struct result *months)
{
    result_free(months);
    result_free(&row);
}

static inline void put_fit(struct result *r, double fitted, double low, double high)
{
    put(r, "fitted", cell_real(fitted));
    put(r, "fitted_low", cell_real(low));
    put(r, "fitted_high", cell_real(high));
}

static inline void put_event(struct result *r, const char *event, const char *action)
{
    put(r, "event", cell_text(event));
    put(r, "action", cell_text(action));
}

/* The texts of the script one behind the other: a sentence that is broken into lines is whole. */
static inline void read_texts(const struct buf *script, struct buf *texts)
{
    static const char set[] = "set label \"";
    buf_clear(texts);
    for (const char *at = buf_text(script); (at = strstr(at, set)); at++) {
        const char *text = at + strlen(set);
        buf_add(texts, text, strcspn(text, "\""));
        buf_addc(texts, ' ');
    }
}

static inline void assert_tells(const struct buf *script, const char *words)
{
    struct buf texts = {0};
    read_texts(script, &texts);
    if (!strstr(buf_text(&texts), words))
        fail_msg("the chart does not tell \"%s\" but %s", words, buf_text(&texts));
    buf_free(&texts);
}

static inline void assert_keeps_quiet(const struct buf *script, const char *words)
{
    struct buf texts = {0};
    read_texts(script, &texts);
    if (strstr(buf_text(&texts), words))
        fail_msg("the chart tells \"%s\": %s", words, buf_text(&texts));
    buf_free(&texts);
}

static inline void assert_vietnamese(const struct buf *script)
{
    static const char *const english[] = {" cases", "month ", " year", "Line:",    "Bars:",
                                          "band",   "trend",  "Since", "forecast", "Highest"};
    for (size_t i = 0; i < sizeof english / sizeof *english; i++)
        assert_keeps_quiet(script, english[i]);
}

#endif
