/* kind_reference.c: columns of what counts are set against: areas, categories, people, plans,
 * events. */
#include "ingest/kind_tables.h"

const struct kind_column units_columns[UNIT_SLOTS] = {
    {"unit", "mã|mã đơn vị|mã xã|mã đvhc|code|unit code", SLOT_CODE, true, NULL},
    {"valid_from", "từ ngày|hiệu lực từ|có hiệu lực từ", SLOT_DATE, false, NULL},
    {"valid_to", "đến ngày|hiệu lực đến|hết hiệu lực", SLOT_DATE, false, NULL},
    {"name", "tên|tên đơn vị|tên xã|tên gọi|unit name", SLOT_NAME, true, NULL},
    {"parent", "cấp trên|đơn vị cấp trên|mã cấp trên|trực thuộc|mã huyện|parent code", SLOT_CODE,
     false, NULL},
    {"level", "cấp|cấp hành chính|loại|loại đơn vị|type", SLOT_NAME, false, NULL},
    {"lat", "vĩ độ|latitude", SLOT_REAL, false, NULL},
    {"lon", "kinh độ|longitude|lng", SLOT_REAL, false, NULL},
    {"area_km2", "diện tích|diện tích km2|area", SLOT_REAL, false, NULL},
};

const struct kind_column groups_columns[GRP_SLOTS] = {
    {"group", "nhóm|mã nhóm|khu vực|mã khu vực|cụm", SLOT_CODE, true, NULL},
    {"unit", UNIT_HEADS, SLOT_UNIT, true, NULL},
    {"name", "tên|tên nhóm|tên khu vực|group name", SLOT_NAME, false, NULL},
};

const struct kind_column successions_columns[SUC_SLOTS] = {
    {"old_unit", "đơn vị cũ|mã đơn vị cũ|xã cũ|mã xã cũ|mã cũ|old code", SLOT_OLD_UNIT, true, NULL},
    {"new_unit", "đơn vị mới|mã đơn vị mới|xã mới|mã xã mới|mã mới|new code", SLOT_UNIT, true,
     NULL},
    {"on", "ngày|từ ngày|ngày hiệu lực|hiệu lực từ|date", SLOT_DATE, true, NULL},
    {"share", "tỷ lệ|tỉ lệ|phần", SLOT_REAL, false, NULL},
};

const struct kind_column population_columns[POP_SLOTS] = {
    {"unit", UNIT_HEADS, SLOT_UNIT, true, NULL},
    {"year", "năm", SLOT_YEAR, true, NULL},
    {"population", POPULATION_HEADS, SLOT_COUNT, false, NULL},
    {"population_u16",
     "dân số dưới 16|dân số dưới 16 tuổi|trẻ em|số trẻ em|trẻ em dưới 16 tuổi|dưới 16 tuổi",
     SLOT_COUNT, false, NULL},
    {"population_u18", "dân số dưới 18|dân số dưới 18 tuổi|người dưới 18 tuổi|dưới 18 tuổi",
     SLOT_COUNT, false, NULL},
    {"population_14_17",
     "dân số 14-17|dân số 14-17 tuổi|dân số từ 14 đến 17 tuổi|từ 14 đến dưới 18 tuổi|"
     "dân số từ 14 đến dưới 18 tuổi",
     SLOT_COUNT, false, NULL},
    {"source", SOURCE_HEADS, SLOT_NAME, false, NULL},
};

const struct kind_column covariates_columns[COVAR_SLOTS] = {
    {"unit", UNIT_HEADS, SLOT_UNIT, true, NULL},
    {"year", "năm", SLOT_YEAR, true, NULL},
    {"name", "tên|chỉ số|tên chỉ số|biến|tên biến|covariate", SLOT_CODE, true, NULL},
    {"value", "giá trị|trị số", SLOT_REAL, true, NULL},
};

const struct kind_column neighbours_columns[NBR_SLOTS] = {
    {"unit", UNIT_HEADS, SLOT_UNIT, true, NULL},
    {"neighbour", "neighbor|giáp ranh|đơn vị giáp ranh|xã giáp ranh|lân cận|đơn vị lân cận",
     SLOT_UNIT, true, NULL},
};

const struct kind_column boundaries_columns[BND_SLOTS] = {
    {"unit", UNIT_HEADS "|code", SLOT_UNIT, true, NULL},
    {"geometry", "ranh giới|hình học", SLOT_NAME, true, NULL},
};

const struct kind_column categories_columns[CAT_SLOTS] = {
    {"category", "mã loại vụ việc|mã loại|mã hành vi|category code", SLOT_CODE, true, NULL},
    {"name", "tên|tên gọi|tên loại vụ việc|tên hành vi|category name", SLOT_NAME, true, NULL},
    {"parent", "loại cha|mã cha|thuộc|thuộc loại|parent code", SLOT_CODE, false, NULL},
    {"aliases", "tên khác|alias|cách gọi khác", SLOT_NAME, false, NULL},
    {"articles", "điều luật|điều|điều khoản|article", SLOT_NAME, false, NULL},
    {"iccs", "mã iccs", SLOT_NAME, false, NULL},
    {"weight", "trọng số|mức gây hại|harm weight", SLOT_REAL, false, NULL},
    {"valid_from", "từ ngày|hiệu lực từ|có hiệu lực từ", SLOT_DATE, false, NULL},
    {"valid_to", "đến ngày|hiệu lực đến|hết hiệu lực", SLOT_DATE, false, NULL},
};

const struct kind_column targets_columns[TGT_SLOTS] = {
    {"plan", "kế hoạch|mã kế hoạch", SLOT_CODE, true, NULL},
    {"indicator", "chỉ tiêu|mã chỉ tiêu", SLOT_CODE, true, NULL},
    {"kind", "loại|loại chỉ tiêu", SLOT_LIST, true, "target_kind"},
    {"op", "so sánh|phép so sánh|dấu so sánh", SLOT_LIST, true, "target_op"},
    {"threshold", "ngưỡng|mức|mức chỉ tiêu|mục tiêu", SLOT_REAL, true, NULL},
    {"unit", UNIT_HEADS, SLOT_UNIT, false, NULL},
    {"category", CATEGORY_HEADS, SLOT_CATEGORY, false, NULL},
    {"numerator", "tử số", SLOT_LIST, false, "rate_source"},
    {"denominator", "mẫu số", SLOT_LIST, false, "rate_source"},
    {"name", "tên|tên chỉ tiêu|nội dung", SLOT_NAME, false, NULL},
    {"quote", "nguyên văn|trích dẫn|trích", SLOT_NAME, false, NULL},
    {"note", "ghi chú", SLOT_NAME, false, NULL},
};

const struct kind_column indicators_columns[IND_SLOTS] = {
    {"indicator", "chỉ tiêu|mã chỉ tiêu", SLOT_CODE, true, NULL},
    {"unit", UNIT_HEADS, SLOT_UNIT, true, NULL},
    {"period", PERIOD_HEADS, SLOT_FROM, true, NULL},
    {"period_to", "đến kỳ", SLOT_TO, false, NULL},
    {"numerator", "tử số|kết quả|số thực hiện", SLOT_COUNT, true, NULL},
    {"denominator", "mẫu số", SLOT_COUNT, false, NULL},
    {"source", OFFICE_HEADS, SLOT_CODE, false, NULL},
};

const struct kind_column interventions_columns[ITV_SLOTS] = {
    {"intervention", "mô hình|mã mô hình|can thiệp|biện pháp|cao điểm", SLOT_NAME, true, NULL},
    {"unit", UNIT_HEADS, SLOT_UNIT, true, NULL},
    {"starts_on", "bắt đầu|ngày bắt đầu|từ ngày", SLOT_DATE, true, NULL},
    {"ends_on", "kết thúc|ngày kết thúc|đến ngày", SLOT_DATE, false, NULL},
    {"name", "tên|tên gọi|tên mô hình", SLOT_NAME, false, NULL},
};

const struct kind_column events_columns[EVT_SLOTS] = {
    {"date", "ngày", SLOT_DATE, true, NULL},
    {"label", "sự kiện|tên sự kiện|nội dung", SLOT_NAME, true, NULL},
    {"action", "cách xử lý|tác động", SLOT_LIST, false, "event_action"},
    {"unit", UNIT_HEADS, SLOT_UNIT, false, NULL},
};

const struct kind_column benchmarks_columns[BMK_SLOTS] = {
    {"name", "tên|nơi công bố|đơn vị công bố", SLOT_NAME, true, NULL},
    {"category", CATEGORY_HEADS, SLOT_CATEGORY, true, NULL},
    {"period", PERIOD_HEADS, SLOT_FROM, true, NULL},
    {"period_to", "đến kỳ", SLOT_TO, false, NULL},
    {"count", COUNT_HEADS, SLOT_COUNT, true, NULL},
    {"count_before", "kỳ trước|cùng kỳ|số vụ kỳ trước|số vụ cùng kỳ", SLOT_COUNT, false, NULL},
    {"population", POPULATION_HEADS, SLOT_COUNT, false, NULL},
    {"source", SOURCE_HEADS, SLOT_NAME, false, NULL},
};

/* The heads of FILE.aliases.csv (suggest_write.c) are among these. */
const struct kind_column aliases_columns[ALS_SLOTS] = {
    {"kind", "cột|danh mục|loại danh mục", SLOT_LIST, true, "alias_kind"},
    {"spelling", "cách ghi|cách ghi trong tệp|alias", SLOT_NAME, true, NULL},
    {"root", "nhánh", SLOT_CODE, false, NULL},
    {"code", "mã|mã đúng", SLOT_NAME, true, NULL},
};
