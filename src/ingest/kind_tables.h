/* kind_tables.h: the column tables behind kind.c, one array a kind, in the order of the slots.
 * Internal.
 *
 * Heads that mean two things in one kind are in none of its aliases: "đối tượng" in a case file may
 * hold a name, so only "số đối tượng" is a count there.
 */
#ifndef KEOGIAM_INGEST_KIND_TABLES_H
#define KEOGIAM_INGEST_KIND_TABLES_H

#include "ingest/kind.h"

/* Heads of the columns that many kinds have. clang-format measures these lines in bytes. */
/* clang-format off */
#define UNIT_HEADS \
    "đơn vị|xã|xã phường|xã, phường, thị trấn|xã, thị trấn|phường, xã|địa bàn|" \
    "địa bàn xảy ra|địa phương|nơi xảy ra|nơi xảy ra vụ việc|mã đơn vị|mã xã|tên đơn vị|tên xã|" \
    "tên xã, phường|tên xã, thị trấn|đơn vị hành chính|mã đvhc|ấp|khóm, ấp|ấp, khóm|" \
    "unit code|unit name|commune|borough"
#define CATEGORY_HEADS \
    "loại vụ việc|loại vụ|loại án|loại tội phạm|loại hành vi|hành vi|hành vi vi phạm|" \
    "hành vi phạm tội|nội dung hành vi|tội danh|tội danh, hành vi|hành vi, tội danh|" \
    "mã loại vụ việc|mã hành vi|offence|offense|crime type|category code"
#define PERIOD_HEADS "kỳ|kỳ báo cáo|kỳ số liệu|thời kỳ|thời gian|tháng|quý|năm|month|quarter|year"
#define COUNT_HEADS \
    "số vụ|vụ|số vụ việc|tổng số vụ|số vụ phát hiện|số vụ xảy ra|số vụ tiếp nhận|số lượng|" \
    "số vụ trong kỳ|số vụ kỳ này|số vụ trong tháng|cases"
#define SYNTHETIC_HEADS "mô phỏng|số liệu mô phỏng|dữ liệu mô phỏng|simulated"
#define OFFICE_HEADS "mã nguồn|đơn vị báo cáo|cơ quan báo cáo"
#define SOURCE_HEADS "nguồn|nguồn số liệu|nguồn dữ liệu"
#define POPULATION_HEADS "dân số|tổng dân số|số dân"
/* clang-format on */

extern const struct kind_column incidents_columns[INC_SLOTS];
extern const struct kind_column outcomes_columns[INC_SLOTS];
extern const struct kind_column counts_columns[CNT_SLOTS];
extern const struct kind_column coverage_columns[COV_SLOTS];
extern const struct kind_column units_columns[UNIT_SLOTS];
extern const struct kind_column categories_columns[CAT_SLOTS];
extern const struct kind_column targets_columns[TGT_SLOTS];

/* Slots that only ingest/ speaks of by name. */
enum group_slot { GRP_GROUP, GRP_UNIT, GRP_NAME, GRP_SLOTS };
/* A succession's old unit is the one that has the code on the day before SUC_ON. There may be none:
 * an area that is not among the units, without which what follows it is incomplete. */
enum succession_slot { SUC_OLD_UNIT, SUC_NEW_UNIT, SUC_ON, SUC_SHARE, SUC_SLOTS };
enum population_slot {
    POP_UNIT,
    POP_YEAR,
    POP_POPULATION,
    POP_U16,
    POP_U18,
    POP_14_17,
    POP_SOURCE,
    POP_SLOTS
};
enum covariate_slot { COVAR_UNIT, COVAR_YEAR, COVAR_NAME, COVAR_VALUE, COVAR_SLOTS };
enum neighbour_slot { NBR_UNIT, NBR_NEIGHBOUR, NBR_SLOTS };
enum boundary_slot { BND_UNIT, BND_GEOMETRY, BND_SLOTS };
enum intervention_slot {
    ITV_INTERVENTION,
    ITV_UNIT,
    ITV_STARTS_ON,
    ITV_ENDS_ON,
    ITV_NAME,
    ITV_SLOTS
};
enum event_slot { EVT_DATE, EVT_LABEL, EVT_ACTION, EVT_UNIT, EVT_SLOTS };
enum benchmark_slot {
    BMK_NAME,
    BMK_CATEGORY,
    BMK_FROM,
    BMK_TO,
    BMK_COUNT,
    BMK_COUNT_BEFORE,
    BMK_POPULATION,
    BMK_SOURCE,
    BMK_SLOTS
};

extern const struct kind_column groups_columns[GRP_SLOTS];
extern const struct kind_column successions_columns[SUC_SLOTS];
extern const struct kind_column population_columns[POP_SLOTS];
extern const struct kind_column covariates_columns[COVAR_SLOTS];
extern const struct kind_column neighbours_columns[NBR_SLOTS];
extern const struct kind_column boundaries_columns[BND_SLOTS];
extern const struct kind_column indicators_columns[IND_SLOTS];
extern const struct kind_column interventions_columns[ITV_SLOTS];
extern const struct kind_column events_columns[EVT_SLOTS];
extern const struct kind_column benchmarks_columns[BMK_SLOTS];
extern const struct kind_column aliases_columns[ALS_SLOTS];

#endif
