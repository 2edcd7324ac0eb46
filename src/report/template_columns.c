/* template_columns.c: the columns of the sheet of cases, and what may be typed into them. */
#include <stdio.h>
#include <string.h>

#include "ingest/kind.h"
#include "report/template_parts.h"

/* Heads are aliases that load knows; in English the columns' own names. */
static const struct {
    enum incident_slot slot;
    const char *head;
    enum template_content content;
    double width;
    int number; /* of a column that is there several times; 0: once */
    int earliest, latest;
} plan[] = {
    {INC_CASE_ID, "Mã vụ", AS_ID, 15, 0, 0, 0},
    {INC_UNIT, "Đơn vị", AS_UNIT, 18, 0, 0, 0},
    {INC_CATEGORY, "Loại vụ việc", AS_CATEGORY, 31, 0, 0, 0},
    {INC_RECEIVED_ON, "Ngày tiếp nhận", AS_DATE, 11.5, 0, 2, 0},
    {INC_OCCURRED_ON, "Ngày xảy ra", AS_DATE, 11.5, 0, 30, 0},
    {INC_INTAKE, "Nguồn tin", AS_LIST, 13, 0, 0, 0},
    {INC_OUTCOME, "Kết quả giải quyết", AS_LIST, 17, 0, 0, 0},
    {INC_RESOLVED_ON, "Ngày giải quyết", AS_DATE, 11.5, 0, 2, 31},
    {INC_PROSECUTED_ON, "Ngày khởi tố", AS_DATE, 11.5, 0, 2, 31},
    {INC_SOLVED_ON, "Ngày khám phá", AS_DATE, 11.5, 0, 2, 31},
    {INC_VICTIMS, "Số nạn nhân", AS_COUNT, 9, 0, 0, 0},
    {INC_VICTIMS_U16, "Số nạn nhân dưới 16 tuổi", AS_COUNT, 10, 0, 0, 0},
    {INC_VICTIMS_SUPPORTED, "Số nạn nhân được hỗ trợ", AS_COUNT, 10, 0, 0, 0},
    {INC_OFFENDERS, "Số đối tượng", AS_COUNT, 9, 0, 0, 0},
    {INC_OFFENDERS_U18, "Số đối tượng dưới 18 tuổi", AS_COUNT, 10, 0, 0, 0},
    {INC_SEVERITY, "Mức độ nghiêm trọng", AS_GRADE, 10, 0, 0, 0},
    {INC_VICTIM_AGE_BAND, "Nhóm tuổi nạn nhân", AS_LIST, 17, 0, 0, 0},
    {INC_VICTIM_SEX, "Giới tính nạn nhân", AS_LIST, 10, 0, 0, 0},
    {INC_OFFENDER_AGE_BAND, "Nhóm tuổi đối tượng", AS_LIST, 17, 0, 0, 0},
    {INC_RELATION, "Quan hệ với nạn nhân", AS_LIST, 17, 0, 0, 0},
    {INC_SETTING, "Môi trường", AS_LIST, 15, 0, 0, 0},
    {INC_ONLINE, "Qua mạng", AS_YES, 8, 0, 0, 0},
    {INC_TIME_OF_DAY, "Khung giờ", AS_LIST, 14, 0, 0, 0},
    {INC_AT_RISK_GROUP, "Nhóm nguy cơ", AS_LIST, 18, 0, 0, 0},
    {INC_FACTORS, "Nguyên nhân", AS_LIST, 17, 1, 0, 0},
    {INC_FACTORS, "Nguyên nhân", AS_LIST, 17, 2, 0, 0},
    {INC_FACTORS, "Nguyên nhân", AS_LIST, 17, 3, 0, 0},
};

/* ---- columns ---- */

static const char *head_of(const struct template_book *t, size_t i)
{
    return t->lang == LANG_VI ? plan[i].head : kind_of(KIND_INCIDENTS)->columns[plan[i].slot].name;
}

static struct template_column column_of(const struct template_book *t, size_t i, struct arena *a)
{
    const char *head = head_of(t, i);
    return (struct template_column){
        .head = plan[i].number ? arena_format(a, "%s %d", head, plan[i].number) : head,
        .content = plan[i].content,
        .list = kind_of(KIND_INCIDENTS)->columns[plan[i].slot].list,
        .width = plan[i].width,
        .earliest = plan[i].earliest,
        .latest = plan[i].latest};
}

size_t template_columns(const struct template_book *t, struct template_column *columns,
                        struct arena *arena)
{
    size_t count = 0;
    for (size_t i = 0; i < sizeof plan / sizeof plan[0]; i++) {
        struct template_column column = column_of(t, i, arena);
        size_t copies = column.content == AS_CATEGORY ? t->axis_count : 1;
        if (column.content == AS_UNIT && t->units.count == 1)
            continue;
        for (column.axis = 0; column.axis < copies; column.axis++) {
            columns[count] = column;
            if (copies > 1)
                columns[count].head = arena_format(arena, "%s %zu: %s", column.head,
                                                   column.axis + 1, t->axes[column.axis].name);
            count++;
        }
    }
    return count;
}

/* ---- what may be typed ---- */

static void validate(struct book *w, lxw_row_t from, lxw_row_t to, lxw_col_t at,
                     lxw_data_validation *v)
{
    book_check(w, worksheet_data_validation_range(w->sheet, from, at, to, at, v));
}

static lxw_datetime date_of(day d)
{
    struct date x = date_from_day(d);
    return (lxw_datetime){.year = x.year, .month = x.month, .day = x.mday};
}

/* From the first of January so many years ago. */
static void allow_dates(const struct template_book *t, const struct template_column *column,
                        lxw_data_validation *v)
{
    day last = t->span.to + column->latest;
    v->validate = LXW_VALIDATION_TYPE_DATE;
    v->criteria = LXW_VALIDATION_CRITERIA_BETWEEN;
    v->minimum_datetime = (lxw_datetime){
        .year = date_from_day(t->span.from).year - column->earliest, .month = 1, .day = 1};
    v->maximum_datetime = date_of(last);
    v->error_message = (char *)tr(
        t->lang, "Write a date as day/month/year, for example 05/10/2024: not before the first and "
                 "not after the last that this column takes (see the instructions).");
}

static void allow_list(const struct template_book *t, const struct template_range *range,
                       lxw_data_validation *v)
{
    v->validate = LXW_VALIDATION_TYPE_LIST_FORMULA;
    v->value_formula = (char *)range->formula;
    v->error_message =
        (char *)tr(t->lang, "Choose from the list: click the arrow beside the cell.");
}

static void allow_words(const struct template_book *t, char **words, lxw_data_validation *v)
{
    v->validate = LXW_VALIDATION_TYPE_LIST;
    v->value_list = words;
    v->error_message =
        (char *)tr(t->lang, "Choose from the list: click the arrow beside the cell.");
}

static void allow_counts(const struct template_book *t, lxw_data_validation *v)
{
    v->validate = LXW_VALIDATION_TYPE_INTEGER;
    v->criteria = LXW_VALIDATION_CRITERIA_BETWEEN;
    v->minimum_number = 0;
    v->maximum_number = 999;
    v->error_message = (char *)tr(t->lang, "Write a whole number; leave the cell empty where it is "
                                           "not known.");
}

/* One number twice in a sheet would be one case. */
static void allow_ids(const struct template_book *t, const char *formula, lxw_data_validation *v)
{
    v->validate = LXW_VALIDATION_TYPE_CUSTOM_FORMULA;
    v->value_formula = (char *)formula;
    v->input_title = (char *)tr(t->lang, "Case number");
    v->input_message =
        (char *)tr(t->lang, "A number of your own, each only once: letters without marks, digits, "
                            "and . / - without blanks. No names.");
    v->error_message =
        (char *)tr(t->lang, "This number stands in the sheet already, is longer than "
                            "40 characters or has a blank in it.");
}

static void prompt_axis(const struct template_book *t, lxw_data_validation *v)
{
    if (t->axis_count > 1)
        v->input_message = (char *)tr(t->lang, "A case that is of several columns is one row: "
                                               "choose in each of them.");
}

void template_validate(struct book *w, const struct template_book *t,
                       const struct template_column *column, lxw_col_t at,
                       const struct template_range *range)
{
    char *yes_no[] = {(char *)tr(t->lang, "Yes"), (char *)tr(t->lang, "No"), NULL};
    char *grades[] = {"1", "2", "3", "4", NULL};
    char formula[160];
    enum { FIRST = ROW_FIRST + 1, LAST = ROW_FIRST + TEMPLATE_ROWS };
    lxw_data_validation v = {.error_title = (char *)tr(t->lang, "Not taken")};
    snprintf(formula, sizeof formula,
             "=AND(COUNTIF($A$%d:$A$%d,A%d)=1,LEN(A%d)<=40,ISERROR(FIND(\" \",A%d)))", FIRST, LAST,
             FIRST, FIRST, FIRST);
    if (column->content == AS_ID)
        allow_ids(t, formula, &v);
    else if (column->content == AS_DATE)
        allow_dates(t, column, &v);
    else if (column->content == AS_COUNT)
        allow_counts(t, &v);
    else if (column->content == AS_YES)
        allow_words(t, yes_no, &v);
    else if (column->content == AS_GRADE)
        allow_words(t, grades, &v);
    else
        allow_list(t, range, &v);
    if (column->content == AS_CATEGORY)
        prompt_axis(t, &v);
    validate(w, ROW_FIRST, ROW_FIRST + TEMPLATE_ROWS - 1, at, &v);
}

void template_validate_cell(struct book *w, const struct template_book *t, lxw_row_t row,
                            lxw_col_t at, const struct template_range *range)
{
    char *tick[] = {"X", NULL};
    lxw_data_validation v = {.error_title = (char *)tr(t->lang, "Not taken")};
    if (range)
        allow_list(t, range, &v);
    else
        allow_words(t, tick, &v);
    validate(w, row, row, at, &v);
}
