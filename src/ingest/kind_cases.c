/* kind_cases.c: columns of what is counted: cases, what changed of them, counts, coverage. */
#include "ingest/kind_tables.h"

/* An outcomes file has the columns of an incidents file and needs only the first.
 * clang-format measures these lines in bytes. */
/* clang-format off */
#define CASE_COLUMNS(needed) \
    {"case_id", \
     "mã vụ|mã vụ việc|mã vụ án|mã số vụ việc|mã hồ sơ|mã số hồ sơ|số hồ sơ|số hiệu hồ sơ|" \
     "mã tin báo|số tin báo|số thụ lý|" \
     "case|case number|case no", \
     SLOT_CASE_ID, true, NULL}, \
    {"unit", UNIT_HEADS, SLOT_UNIT, needed, NULL}, \
    {"category", CATEGORY_HEADS, SLOT_CATEGORIES, needed, NULL}, \
    {"received_on", \
     "ngày tiếp nhận|ngày nhận|ngày nhận tin|ngày nhận tin báo|ngày tiếp nhận tin báo|" \
     "ngày tiếp nhận nguồn tin|ngày tiếp nhận vụ việc|ngày, tháng tiếp nhận|" \
     "ngày, tháng, năm tiếp nhận|thời gian tiếp nhận|ngày thụ lý|" \
     "received|date received|date reported", \
     SLOT_DATE, false, NULL}, \
    {"occurred_on", \
     "ngày xảy ra|ngày xảy ra vụ việc|thời gian xảy ra|ngày, tháng xảy ra|ngày gây án|" \
     "ngày phạm tội|occurred|date occurred", \
     SLOT_DATE, false, NULL}, \
    {"prosecuted_on", "ngày khởi tố|ngày khởi tố vụ án|thời gian khởi tố|date prosecuted", \
     SLOT_DATE, false, NULL}, \
    {"intake", \
     "nguồn tin|loại nguồn tin|loại tin|hình thức tiếp nhận|nguồn tiếp nhận|" \
     "hình thức tin báo", \
     SLOT_LIST, false, "intake"}, \
    {"resolved_on", \
     "ngày giải quyết|ngày có kết quả|ngày ra kết quả|ngày kết thúc giải quyết|" \
     "ngày ra quyết định giải quyết", \
     SLOT_DATE, false, NULL}, \
    {"outcome", \
     "kết quả giải quyết|kết quả giải quyết vụ việc|kết quả|kết quả xử lý|hình thức xử lý|" \
     "tình trạng giải quyết", \
     SLOT_LIST, false, "outcome"}, \
    {"indicted_on", "ngày truy tố", SLOT_DATE, false, NULL}, \
    {"tried_on", "ngày xét xử|ngày xét xử sơ thẩm", SLOT_DATE, false, NULL}, \
    {"solved_on", "ngày khám phá|ngày làm rõ|ngày điều tra làm rõ|ngày điều tra khám phá", \
     SLOT_DATE, false, NULL}, \
    {"victims", "số nạn nhân|số bị hại|tổng số nạn nhân|tổng số bị hại", SLOT_COUNT, false, \
     NULL}, \
    {"victims_u16", \
     "số trẻ em|số trẻ em bị hại|số trẻ em bị xâm hại|số nạn nhân dưới 16 tuổi|" \
     "nạn nhân dưới 16 tuổi|số bị hại dưới 16 tuổi|bị hại dưới 16 tuổi", \
     SLOT_COUNT, false, NULL}, \
    {"victims_u18", \
     "số nạn nhân dưới 18 tuổi|nạn nhân dưới 18 tuổi|số bị hại dưới 18 tuổi|" \
     "bị hại dưới 18 tuổi", \
     SLOT_COUNT, false, NULL}, \
    {"victims_supported", \
     "số nạn nhân được hỗ trợ|nạn nhân được hỗ trợ|số trẻ em được hỗ trợ|" \
     "trẻ em được hỗ trợ|được hỗ trợ|số trẻ em được hỗ trợ chăm sóc sức khỏe", \
     SLOT_COUNT, false, NULL}, \
    {"offenders", "số đối tượng|tổng số đối tượng|số bị can|số người phạm tội", SLOT_COUNT, \
     false, NULL}, \
    {"offenders_u18", \
     "số đối tượng dưới 18 tuổi|đối tượng dưới 18 tuổi|số bị can dưới 18 tuổi", SLOT_COUNT, \
     false, NULL}, \
    {"online", "qua mạng|trên mạng|không gian mạng|trên không gian mạng|môi trường mạng", \
     SLOT_BOOL, false, NULL}, \
    {"severity", "mức độ|mức độ nghiêm trọng|mức nghiêm trọng", SLOT_COUNT, false, NULL}, \
    {"victim_age_band", \
     "nhóm tuổi nạn nhân|tuổi nạn nhân|độ tuổi nạn nhân|nhóm tuổi bị hại|tuổi bị hại|" \
     "độ tuổi bị hại|nhóm tuổi trẻ em|tuổi trẻ em|victim age", \
     SLOT_LIST, false, "victim_age_band"}, \
    {"victim_sex", "giới tính nạn nhân|giới tính bị hại|giới tính trẻ em|giới nạn nhân", \
     SLOT_LIST, false, "victim_sex"}, \
    {"offender_age_band", \
     "nhóm tuổi đối tượng|tuổi đối tượng|độ tuổi đối tượng|tuổi bị can|offender age", \
     SLOT_LIST, false, "offender_age_band"}, \
    {"relation", \
     "quan hệ|mối quan hệ|quan hệ với nạn nhân|mối quan hệ với nạn nhân|" \
     "quan hệ với bị hại|mối quan hệ với bị hại|quan hệ đối tượng với nạn nhân", \
     SLOT_LIST, false, "relation"}, \
    {"setting", "môi trường|môi trường xâm hại|bối cảnh|nơi xâm hại", SLOT_LIST, false, \
     "setting"}, \
    {"time_of_day", "khung giờ|buổi|thời điểm trong ngày|thời gian trong ngày", SLOT_LIST, \
     false, "time_of_day"}, \
    {"at_risk_group", \
     "nhóm nguy cơ|hoàn cảnh đặc biệt|nhóm hoàn cảnh đặc biệt|" \
     "trẻ em có hoàn cảnh đặc biệt", \
     SLOT_LIST, false, "at_risk_group"}, \
    {"factors", \
     "nguyên nhân|điều kiện|nguyên nhân, điều kiện|nguyên nhân và điều kiện|yếu tố|" \
     "yếu tố nguy cơ|factor", \
     SLOT_LISTS, false, "factors"}, \
    {"synthetic", SYNTHETIC_HEADS, SLOT_BOOL, false, NULL}
/* clang-format on */

const struct kind_column incidents_columns[INC_SLOTS] = {CASE_COLUMNS(true)};
const struct kind_column outcomes_columns[INC_SLOTS] = {CASE_COLUMNS(false)};

const struct kind_column counts_columns[CNT_SLOTS] = {
    {"unit", UNIT_HEADS, SLOT_UNIT, true, NULL},
    {"category", CATEGORY_HEADS, SLOT_CATEGORY, true, NULL},
    {"period", PERIOD_HEADS, SLOT_FROM, true, NULL},
    {"period_to", "đến kỳ", SLOT_TO, false, NULL},
    {"count", COUNT_HEADS, SLOT_COUNT, true, NULL},
    {"basis", "căn cứ|căn cứ tính|cơ sở tính", SLOT_LIST, false, "basis"},
    {"offenders", "đối tượng|số đối tượng|bị can|số bị can", SLOT_COUNT, false, NULL},
    {"victims",
     "nạn nhân|số nạn nhân|bị hại|số bị hại|trẻ em|số trẻ em|em|số trẻ em bị hại|"
     "số trẻ em bị xâm hại",
     SLOT_COUNT, false, NULL},
    {"accepted",
     "tiếp nhận|số tiếp nhận|đã tiếp nhận|số tin tiếp nhận|số tin báo tiếp nhận|thụ lý mới|"
     "mới thụ lý|mới",
     SLOT_COUNT, false, NULL},
    {"carried_over",
     "kỳ trước chuyển sang|số kỳ trước chuyển sang|chuyển kỳ trước|tồn kỳ trước|tồn đầu kỳ",
     SLOT_COUNT, false, NULL},
    {"transferred",
     "chuyển|chuyển đi|đã chuyển|số chuyển đi|chuyển cơ quan khác|chuyển đến cơ quan có thẩm quyền",
     SLOT_COUNT, false, NULL},
    {"resolved", "giải quyết|đã giải quyết|số đã giải quyết", SLOT_COUNT, false, NULL},
    {"overdue", "quá hạn|số quá hạn", SLOT_COUNT, false, NULL},
    {"solved", "khám phá|làm rõ|đã khám phá|số vụ khám phá|số vụ làm rõ", SLOT_COUNT, false, NULL},
    {"synthetic", SYNTHETIC_HEADS, SLOT_BOOL, false, NULL},
    {"calendar", "lịch|lịch báo cáo|niên độ", SLOT_CODE, false, NULL},
    {"supported", "được hỗ trợ|số được hỗ trợ|số trẻ em được hỗ trợ", SLOT_COUNT, false, NULL},
    {"suspended", "tạm đình chỉ|số tạm đình chỉ|đã tạm đình chỉ", SLOT_COUNT, false, NULL},
    {"source", OFFICE_HEADS, SLOT_CODE, false, NULL},
};

const struct kind_column coverage_columns[COV_SLOTS] = {
    {"unit", UNIT_HEADS, SLOT_UNIT, true, NULL},
    {"from", "từ|từ ngày|từ kỳ", SLOT_FROM, true, NULL},
    {"to", "đến|đến ngày|đến kỳ", SLOT_TO, true, NULL},
    {"category", CATEGORY_HEADS, SLOT_CATEGORY, false, NULL},
    {"total", "tổng|tổng số|" COUNT_HEADS, SLOT_COUNT, false, NULL},
    {"source", OFFICE_HEADS, SLOT_CODE, false, NULL},
};
