/* The two tables. A new command is an entry here and a file beside this one. */
#include "cli/command.h"

const struct option options[OPT_TOTAL] = {
    [OPT_DB] = {OPT_DB, "db", "csdl", 0, "FILE",
                N_("database file (else $KEOGIAM_DB, else ./keogiam.db)")},
    [OPT_LANG] = {OPT_LANG, "lang", "ngonngu", 0, "vi|en", N_("language of what people read")},
    [OPT_HELP] = {OPT_HELP, "help", "trogiup", 'h', NULL, N_("explain the command")},
    [OPT_PERIOD] =
        {OPT_PERIOD, "period", "ky", 0, "P",
         N_("period: 2024, 2024H1, 2024Q2, 2024M9, 2024-05, 2021..2022 "
            "(default: the latest year with coverage; of places: the last three; of diff: each)")},
    [OPT_AGAINST] =
        {OPT_AGAINST, "against", "sovoi", 0, "P",
         N_("compare with this period, mean3 or mean5 (default: the same period a year before)")},
    [OPT_FROM] = {OPT_FROM, "from", "tu", 0, "YYYY-MM", N_("first month")},
    [OPT_TO] = {OPT_TO, "to", "den", 0, "YYYY-MM", N_("last month")},
    [OPT_UNIT] = {OPT_UNIT, "unit", "donvi", 0, "U[,U]", N_("only these units (codes or names)")},
    [OPT_UNITS] = {OPT_UNITS, "units", "cacdonvi", 0, "U[,U]|all",
                   N_("who is to report: units, those under them, or all (default: all)")},
    [OPT_CATEGORY] = {OPT_CATEGORY, "category", "loai", 0, "C[,C]",
                      N_("these categories (default: each root that has coverage)")},
    [OPT_BY] = {OPT_BY, "by", "theo", 0, "total|unit|category|unit,category",
                N_("what a row is (default: total; of places, alerts and diff: unit)")},
    [OPT_LEVEL] = {OPT_LEVEL, "level", "cap", 0, "L",
                   N_("level of the units (default: the lowest)")},
    [OPT_PLAN] = {OPT_PLAN, "plan", "kehoach", 0, "P",
                  N_("plan of targets (default: the one of the period's year)")},
    [OPT_TARGET] = {OPT_TARGET, "target", "chitieu", 0, "PCT",
                    N_("judge against this reduction in %")},
    [OPT_WHAT_IF] = {OPT_WHAT_IF, "what-if", "giasu", 0, "I:+N[,I:-N]",
                     N_("suppose so many more or fewer: 6:+2, 3a:+2/+3 of the whole")},
    [OPT_PROPOSE] = {OPT_PROPOSE, "propose", "dexuat", 0, "YEAR",
                     N_("the register of targets for that year (-o FILE.docx: to be signed)")},
    [OPT_PER] = {OPT_PER, "per", "tren", 0, "cases|days|population",
                 N_("what counts are divided by (default: cases; of trends: days; of places: "
                    "population)")},
    [OPT_COUNT] = {OPT_COUNT, "count", "dem", 0, "cases|reports|offenders|victims",
                   N_("what is counted")},
    [OPT_BASIS] = {OPT_BASIS, "basis", "moc", 0, "received|occurred|prosecuted",
                   N_("the date that decides the period")},
    [OPT_CALENDAR] = {OPT_CALENDAR, "calendar", "lich", 0, "MM-DD",
                      N_("day on which the reporting year starts: 01-01 or 12-15")},
    [OPT_STATE] = {OPT_STATE, "state", "trangthai", 0, "N",
                   N_("the data as they stood after load N")},
    [OPT_UNITS_AS_OF] = {OPT_UNITS_AS_OF, "units-as-of", "diagioi", 0, "DATE",
                         N_("tell history on the boundaries of this day (default: the period's "
                            "last)")},
    [OPT_SPLIT] =
        {OPT_SPLIT, "split", "chia", 0, "population|area|equal",
         N_("guess how divided units are shared out where no share is loaded (default: no guess)")},
    [OPT_AS_OF] = {OPT_AS_OF, "as-of", "tinhden", 0, "DATE",
                   N_("only what was received by that day, and by the same day of their years in "
                      "the periods before")},
    [OPT_SHOW_CASES] = {OPT_SHOW_CASES, "show-cases", "hienvu", 0, NULL,
                        N_("name the cases behind each number")},
    [OPT_EVERY] = {OPT_EVERY, "every", "nhip", 0, "month|quarter|year",
                   N_("length of the steps (default: months, where they are known)")},
    [OPT_JOINPOINTS] = {OPT_JOINPOINTS, "joinpoints", "diemgay", 0, "0|1|2",
                        N_("look for at most so many changes of trend (default: 2)")},
    [OPT_BACKTEST] = {OPT_BACKTEST, "backtest", "kiemnghiem", 0, NULL,
                      N_("score the forecasts on the past instead")},
    [OPT_POOL] = {OPT_POOL, "pool", "gop", 0, NULL,
                  N_("borrow strength: season and trend shrunk towards those of all units")},
    [OPT_THRESHOLD] = {OPT_THRESHOLD, "threshold", "nguong", 0, "RR",
                       N_("relative risk to be exceeded (default: 1)")},
    [OPT_ADJUST] = {OPT_ADJUST, "adjust", "hieuchinh", 0, "NAME[,NAME]",
                    N_("allow for these covariates of places")},
    [OPT_PEERS] = {OPT_PEERS, "peers", "tuongdong", 0, "[N]",
                   N_("--unit among its N most alike units (default: 10)")},
    [OPT_MAX_CLUSTER] = {OPT_MAX_CLUSTER, "max-cluster", "cumtoida", 0, "PCT",
                         N_("largest cluster reported, % of the population (default: 50)")},
    [OPT_SEED] = {OPT_SEED, "seed", "hat", 0, "N", N_("start of what is random (default: 1)")},
    [OPT_FORMAT] = {OPT_FORMAT, "format", "dang", 0, "table|csv|json|xlsx",
                    N_("form of the output")},
    [OPT_EXCEL] = {OPT_EXCEL, "excel", NULL, 0, NULL,
                   N_("CSV that Excel opens: BOM, semicolons, decimal commas")},
    [OPT_WIDE] = {OPT_WIDE, "wide", "rong", 0, NULL, N_("the table with all columns")},
    [OPT_FILES] = {OPT_FILES, "format", "dang", 0, "docx,pdf,html,pptx,xlsx",
                   N_("files to make (default: docx, of slides pptx)")},
    [OPT_NOTES] = {OPT_NOTES, "notes", "ghichu", 0, "FILE",
                   N_("paragraphs of your own, Markdown under the document's headings")},
    [OPT_KEEP] = {OPT_KEEP, "keep", "giu", 0, "FILE.docx",
                  N_("carry over what was typed into this edition in Word; list figures typed "
                     "over")},
    [OPT_LETTERHEAD] = {OPT_LETTERHEAD, "letterhead", "tieude", 0, "FILE",
                        N_("issuing body, place, recipients, signer (default: as configured)")},
    [OPT_AUDIENCE] = {OPT_AUDIENCE, "audience", "nguoidoc", 0, "command|unit:U|public",
                      N_("who reads it: everything; one unit and totals; the public")},
    [OPT_OFFICIAL] = {OPT_OFFICIAL, "official", "banhanh", 0, NULL,
                      N_("issue it: freeze its figures and its data state under its number")},
    [OPT_NUMBER] = {OPT_NUMBER, "number", "so", 0, "N",
                    N_("number of the document (default: the next of the year)")},
    [OPT_OUTPUT] = {OPT_OUTPUT, "output", "ra", 'o', "FILE", N_("write to this file")},
    [OPT_QUIET] = {OPT_QUIET, "quiet", "im", 'q', NULL, N_("only what was asked for")},
    [OPT_AS] = {OPT_AS, "as", "nhu", 0, "KIND",
                N_("kind of the file, where its head does not tell")},
    [OPT_MAP] = {OPT_MAP, "map", "cot", 0, "HEAD=COLUMN[,…]",
                 N_("columns of a file with heads of its own")},
    [OPT_CONST] = {OPT_CONST, "const", "hangso", 0, "COLUMN=VALUE[,…]",
                   N_("a value for a column that the file lacks")},
    [OPT_SKIP_ROWS] = {OPT_SKIP_ROWS, "skip-rows", "boqua", 0, "N",
                       N_("pass over N title rows above the head")},
    [OPT_SHEET] = {OPT_SHEET, "sheet", "trang", 0, "NAME",
                   N_("the sheet of a workbook; all: every one that can be loaded")},
    [OPT_WITHIN] = {OPT_WITHIN, "within", "trong", 0, "PARENT",
                    N_("look names up inside this unit or category")},
    [OPT_SOURCE] = {OPT_SOURCE, "source", "nguon", 0, "NAME",
                    N_("the office that speaks (default: the only top unit)")},
    [OPT_COVERS] = {OPT_COVERS, "covers", "phamvi", 0, "A..B",
                    N_("days of which the file knows every case")},
    [OPT_FOR] = {OPT_FOR, "for", "cho", 0, "U[,U]", N_("with --covers: for these units")},
    [OPT_OF] = {OPT_OF, "of", "cua", 0, "C[,C]",
                N_("of these categories (of load: with --covers)")},
    [OPT_UPDATE] = {OPT_UPDATE, "update", "capnhat", 0, NULL,
                    N_("rows that are there with other values are updated")},
    [OPT_REPLACE] =
        {OPT_REPLACE, "replace", "thaythe", 0, NULL,
         N_("the file is the whole truth for its coverage: what it lacks is withdrawn")},
    [OPT_KEEP_GOOD] = {OPT_KEEP_GOOD, "keep-good", "giudong", 0, NULL,
                       N_("load the good rows of a file that has bad ones")},
    [OPT_HASH_IDS] = {OPT_HASH_IDS, "hash-ids", "bamma", 0, NULL,
                      N_("turn case ids into codes under $KEOGIAM_HASH_KEY")},
    [OPT_REPORTS] = {OPT_REPORTS, "reports", "sotin", 0, "N",
                     N_("the unit has reported in full: so many reports, which are all there")},
    [OPT_REASON] = {OPT_REASON, "reason", "lydo", 0, "R",
                    N_("why: duplicate, mistake or elsewhere (not a case of this office)")},
    [OPT_MAKE_IDS] = {OPT_MAKE_IDS, "make-ids", "taoso", 0, NULL,
                      N_("sheets that only number their rows (STT): case ids made as "
                         "UNIT-YEAR-MONTH-AXIS-NUMBER, like 30046-2024-05-XHTE-003; a row put in "
                         "between moves the ids of those behind it")},
    [OPT_DUPLICATES] = {OPT_DUPLICATES, "duplicates", "trung", 0, NULL,
                        N_("the pairs of cases that may be one, to be compared")},
    [OPT_SUGGEST] = {OPT_SUGGEST, "suggest", "goiy", 0, NULL,
                     N_("write the spellings it does not know, with guesses, to FILE.aliases.csv "
                        "(it copies what was typed there: keep it as the file itself)")},
    [OPT_YES] = {OPT_YES, "yes", "dongy", 'y', NULL, N_("do not ask")},
    [OPT_DEMO] = {OPT_DEMO, "demo", "mau", 0, NULL,
                  N_("with the demonstration district (simulated cases)")},
    [OPT_OVERWRITE] = {OPT_OVERWRITE, "yes", "dongy", 'y', NULL, N_("replace what is there")},
    [OPT_HANDOVER] = {OPT_HANDOVER, "handover", "bangiao", 0, NULL,
                      N_("for whoever takes the desk over: settings, open reports with their legal "
                         "deadlines, reports made, copies")},
    [OPT_REMIND] = {OPT_REMIND, "remind", "nhacbaocao", 0, NULL,
                    N_("who has not reported which months, as letters to send")},
    [OPT_DEADLINE] = {OPT_DEADLINE, "deadline", "han", 0, "DATE",
                      N_("with --remind: the day by which they are asked to report")},
    [OPT_SCRIPT] = {OPT_SCRIPT, "script", "kichban", 0, NULL,
                    N_("write the gnuplot script instead of the picture")},
    [OPT_COMPLETION] = {OPT_COMPLETION, "completion", NULL, 0, NULL,
                        N_("print the shell's completion rules")},
    [OPT_MARKDOWN] = {OPT_MARKDOWN, "markdown", NULL, 0, NULL,
                      N_("print the table of commands as in the README")},
    [OPT_VERSION] = {OPT_VERSION, "version", "phienban", 'V', NULL, N_("print the version")},
};

#define SHOW OPT_FORMAT, OPT_EXCEL, OPT_WIDE, OPT_OUTPUT, OPT_QUIET
#define BOUNDARIES OPT_UNITS_AS_OF, OPT_SPLIT
#define ASK                                                                                        \
    OPT_PERIOD, OPT_UNIT, OPT_CATEGORY, OPT_BASIS, OPT_COUNT, OPT_CALENDAR, OPT_STATE, OPT_AS_OF,  \
        BOUNDARIES
#define READ                                                                                       \
    OPT_AS, OPT_MAP, OPT_CONST, OPT_SKIP_ROWS, OPT_SHEET, OPT_WITHIN, OPT_SOURCE, OPT_COVERS,      \
        OPT_FOR, OPT_OF, OPT_UPDATE, OPT_REPLACE, OPT_KEEP_GOOD, OPT_HASH_IDS, OPT_MAKE_IDS,       \
        OPT_CALENDAR, OPT_QUIET

static const enum option_id init_options[] = {OPT_LEVEL, OPT_DEMO, OPT_QUIET};
static const enum option_id load_options[] = {READ, OPT_YES};
static const enum option_id check_options[] = {READ, OPT_SUGGEST};
static const enum option_id add_options[] = {OPT_SOURCE, OPT_HASH_IDS, OPT_QUIET, OPT_YES};
static const enum option_id set_options[] = {OPT_SOURCE, OPT_HASH_IDS, OPT_QUIET};
static const enum option_id withdraw_options[] = {OPT_REASON, OPT_SOURCE, OPT_HASH_IDS, OPT_QUIET};
static const enum option_id nil_options[] = {OPT_REPORTS, OPT_OF, OPT_SOURCE, OPT_CALENDAR,
                                             OPT_QUIET};
static const enum option_id undo_options[] = {OPT_QUIET};
static const enum option_id status_options[] = {
    OPT_HANDOVER, OPT_REMIND,   OPT_UNIT,  OPT_CATEGORY, OPT_FROM,       OPT_TO,
    OPT_DEADLINE, OPT_CALENDAR, OPT_STATE, OPT_AS_OF,    OPT_DUPLICATES, SHOW};
static const enum option_id yoy_options[] = {
    ASK, OPT_AGAINST, OPT_BY, OPT_LEVEL, OPT_PER, OPT_PLAN, OPT_TARGET, OPT_SHOW_CASES, SHOW};
static const enum option_id trend_options[] = {
    ASK, OPT_FROM, OPT_TO, OPT_BY, OPT_LEVEL, OPT_PER, OPT_EVERY, OPT_JOINPOINTS, SHOW};
static const enum option_id forecast_options[] = {
    ASK, OPT_FROM, OPT_TO, OPT_BY, OPT_LEVEL, OPT_PLAN, OPT_TARGET, OPT_POOL, OPT_BACKTEST, SHOW};
static const enum option_id risk_options[] = {ASK,           OPT_BY,     OPT_LEVEL,       OPT_PER,
                                              OPT_THRESHOLD, OPT_ADJUST, OPT_MAX_CLUSTER, OPT_SEED,
                                              SHOW,          OPT_PEERS};
static const enum option_id alert_options[] = {ASK,       OPT_FROM, OPT_TO, OPT_BY,
                                               OPT_LEVEL, OPT_SEED, SHOW};
static const enum option_id targets_options[] = {
    OPT_PERIOD, OPT_PLAN,  OPT_BY,     OPT_UNIT, OPT_LEVEL,   OPT_BASIS,   OPT_CALENDAR,
    OPT_STATE,  OPT_AS_OF, BOUNDARIES, SHOW,     OPT_WHAT_IF, OPT_PROPOSE, OPT_LETTERHEAD};
static const enum option_id diff_options[] = {OPT_PERIOD, OPT_UNIT,       OPT_CATEGORY,
                                              OPT_BASIS,  OPT_CALENDAR,   OPT_BY,
                                              OPT_LEVEL,  OPT_SHOW_CASES, SHOW};
static const enum option_id plot_options[] = {
    ASK,        OPT_AGAINST,     OPT_FROM,       OPT_TO,     OPT_LEVEL,  OPT_PER,
    OPT_PLAN,   OPT_TARGET,      OPT_JOINPOINTS, OPT_POOL,   OPT_BY,     OPT_THRESHOLD,
    OPT_ADJUST, OPT_MAX_CLUSTER, OPT_SEED,       OPT_SCRIPT, OPT_OUTPUT, OPT_QUIET};
static const enum option_id report_options[] = {
    OPT_PERIOD,     OPT_UNIT,     OPT_PLAN,     OPT_BASIS,  OPT_CALENDAR, OPT_STATE,
    OPT_AS_OF,      OPT_SEED,     BOUNDARIES,   OPT_FILES,  OPT_NOTES,    OPT_KEEP,
    OPT_LETTERHEAD, OPT_AUDIENCE, OPT_OFFICIAL, OPT_NUMBER, OPT_OUTPUT,   OPT_QUIET};
static const enum option_id reports_options[] = {SHOW};
static const enum option_id template_options[] = {OPT_UNITS,    OPT_UNIT,   OPT_PERIOD,
                                                  OPT_CALENDAR, OPT_OUTPUT, OPT_QUIET};
static const enum option_id form_options[] = {OPT_PERIOD, OPT_AGAINST, OPT_UNIT,     OPT_CATEGORY,
                                              OPT_PLAN,   OPT_BASIS,   OPT_CALENDAR, OPT_STATE,
                                              BOUNDARIES, SHOW};
static const enum option_id export_options[] = {OPT_SOURCE,   OPT_FROM,   OPT_TO,       OPT_UNIT,
                                                OPT_CATEGORY, OPT_BASIS,  OPT_CALENDAR, OPT_STATE,
                                                OPT_EXCEL,    OPT_OUTPUT, OPT_QUIET};
static const enum option_id backup_options[] = {OPT_OUTPUT, OPT_OVERWRITE, OPT_QUIET};
static const enum option_id restore_options[] = {OPT_OVERWRITE, OPT_QUIET};
static const enum option_id help_options[] = {OPT_COMPLETION, OPT_MARKDOWN};

#define OPTIONS(o) o, sizeof o / sizeof o[0]

const struct command commands[] = {
    {"init", "khoitao", "",
     N_("make a new database with the built-in categories and the targets of the 2024 plan"),
     OPTIONS(init_options), 0, 0, command_init},
    {"config", "caidat", "[KEY=VALUE…]", N_("show or change the settings kept in the database"),
     NULL, 0, 0, 64, command_config},
    {"load", "nap", "FILE…", N_("load files: all or nothing a file"), OPTIONS(load_options), 1,
     1000, command_load},
    {"check", "kiemtra", "FILE…", N_("the checks of load, writing nothing to the database"),
     OPTIONS(check_options), 1, 1000, command_check},
    {"add", "them", "[COLUMN=VALUE…]",
     N_("type in one case; on a terminal it asks, column by column"), OPTIONS(add_options), 0, 64,
     command_add},
    {"set", "sua", "CASE COLUMN=VALUE…", N_("change columns of one case; COLUMN= empties one"),
     OPTIONS(set_options), 2, 64, command_set},
    {"withdraw", "rut", "CASE", N_("take one case out of the data"), OPTIONS(withdraw_options), 1,
     1, command_withdraw},
    {"nil", "khongphatsinh", "UNIT PERIOD", N_("a nil return: the unit had no case in the period"),
     OPTIONS(nil_options), 2, 2, command_nil},
    {"undo", "hoantac", "[LOAD]", N_("take the last load back, or the one named"),
     OPTIONS(undo_options), 0, 1, command_undo},
    {"status", "tinhtrang", "", N_("what is loaded: sources, spans, gaps, loads"),
     OPTIONS(status_options), 0, 0, command_status},
    {"yoy", "cungky", "", N_("change against the same period, per unit or category"),
     OPTIONS(yoy_options), 0, 0, command_yoy},
    {"trend", "xuhuong", "", N_("trend, season and change points of each series"),
     OPTIONS(trend_options), 0, 0, command_trend},
    {"forecast", "dubao", "", N_("the rest of the period, and the chance of meeting the target"),
     OPTIONS(forecast_options), 0, 0, command_forecast},
    {"risk", "diaban", "", N_("which places have more cases than the common level explains"),
     OPTIONS(risk_options), 0, 0, command_risk},
    {"alert", "canhbao", "", N_("the latest months that are higher than expected"),
     OPTIONS(alert_options), 0, 0, command_alert},
    {"targets", "chitieu", "", N_("every indicator of a plan: value, target, verdict"),
     OPTIONS(targets_options), 0, 0, command_targets},
    {"diff", "sosanh", "[LOAD [LOAD]]",
     N_("what changed between two states of the data; without one, in the last report's figures"),
     OPTIONS(diff_options), 0, 2, command_diff},
    {"plot", "bieudo",
     "yoy|trend|forecast|targets|seasonal|spc|gaps|risk|funnel|map|alert|coverage",
     N_("draw one chart: PNG, SVG or PDF"), OPTIONS(plot_options), 1, 1, command_plot},
    {"report", "baocao", "briefing|situation|slides|unit|correction [WHICH]",
     N_("write a document: briefing, situation assessment, slides, a unit's page, a correction"),
     OPTIONS(report_options), 1, 2, command_report},
    {"template", "bieumau", "",
     N_("make the Excel sheet in which communes report their cases (of the next month)"),
     OPTIONS(template_options), 0, 0, command_template},
    {"form", "dienmau", "fill|tokens [FILE]",
     N_("fill in the superior's own form (.xlsx, .docx), or list the words it may hold"),
     OPTIONS(form_options), 1, 2, command_form},
    {"reports", "dabaocao", "",
     N_("the reports issued: what they said, and whether they would say otherwise today"),
     OPTIONS(reports_options), 0, 0, command_reports},
    {"export", "xuat", "[cells|incidents|coverage|indicators]",
     N_("write what is loaded as CSV that load reads back"), OPTIONS(export_options), 0, 1,
     command_export},
    {"backup", "saoluu", "",
     N_("write a copy of the whole database into one file, closed by a passphrase"),
     OPTIONS(backup_options), 0, 0, command_backup},
    {"restore", "phuchoi", "FILE", N_("make the database of such a copy, when all of it is right"),
     OPTIONS(restore_options), 1, 1, command_restore},
    {"help", "trogiup", "[COMMAND]", N_("explain a command"), OPTIONS(help_options), 0, 1,
     command_help},
};
const size_t command_count = sizeof commands / sizeof commands[0];
