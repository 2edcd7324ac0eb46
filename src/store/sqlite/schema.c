/* Migrations are numbered by their place: a database at version n has run the first n. Never edit
 * one that was released; append. Dates are whole days since 1970-01-01; the views give ISO dates
 * (SQLite >= 3.37). */
#include "store/sqlite/schema.h"

#include <stdio.h>

/* "kgm1": tells our files from other SQLite databases. */
enum { application_id = 0x6b676d31 };

/* Who made a row version and who ended it: state N is what load_from <= N < load_to gives.
 * `made_by` is the load whose data the version carries; after an undo that is older than load_from.
 */
#define VERSION_COLUMNS                                                                            \
    "made_by INTEGER NOT NULL REFERENCES load(id),"                                                \
    "load_from INTEGER NOT NULL REFERENCES load(id),"                                              \
    "load_to INTEGER REFERENCES load(id)"

/* SQL stands as it reads. */
/* clang-format off */
static const char *const sql_bookkeeping =
    "CREATE TABLE config(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;"
    "CREATE TABLE source(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;"
    "CREATE TABLE load(id INTEGER PRIMARY KEY, action TEXT NOT NULL CHECK(action IN"
    " ('load','undo')),"
    " kind TEXT NOT NULL, source INTEGER REFERENCES source(id), file TEXT NOT NULL, at INTEGER"
    " NOT NULL,"
    " added INTEGER NOT NULL, changed INTEGER NOT NULL, ended INTEGER NOT NULL,"
    " rejected INTEGER NOT NULL, undoes INTEGER REFERENCES load(id),"
    " undone_by INTEGER REFERENCES load(id)) STRICT;"
    /* a load that left rows of another as they were, since its file had the same */
    "CREATE TABLE load_rests(load INTEGER NOT NULL REFERENCES load(id),"
    " on_load INTEGER NOT NULL REFERENCES load(id), PRIMARY KEY(load, on_load))"
    " STRICT, WITHOUT ROWID;"
    "CREATE TABLE audit(id INTEGER PRIMARY KEY, at INTEGER NOT NULL, who TEXT NOT NULL,"
    " action TEXT NOT NULL, detail TEXT NOT NULL) STRICT;"
    "CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit"
    " BEGIN SELECT raise(ABORT, 'the audit table is append-only'); END;"
    "CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit"
    " BEGIN SELECT raise(ABORT, 'the audit table is append-only'); END;"
    /* INSERT OR REPLACE deletes without the trigger above */
    "CREATE TRIGGER audit_no_replace BEFORE INSERT ON audit"
    " WHEN EXISTS (SELECT 1 FROM audit WHERE id = new.id)"
    " BEGIN SELECT raise(ABORT, 'the audit table is append-only'); END;"
    "CREATE TABLE list_item(list TEXT NOT NULL, item INTEGER NOT NULL, code TEXT NOT NULL,"
    " name_vi TEXT NOT NULL, name_en TEXT NOT NULL, PRIMARY KEY(list, item)) STRICT, WITHOUT"
    " ROWID;";

static const char *const sql_places_and_kinds =
    "CREATE TABLE unit(id INTEGER PRIMARY KEY, code TEXT NOT NULL, valid_from INTEGER NOT NULL,"
    " UNIQUE(code, valid_from)) STRICT;"
    "CREATE TABLE unit_version(unit INTEGER NOT NULL REFERENCES unit(id), code TEXT NOT NULL,"
    " valid_from INTEGER NOT NULL, valid_to INTEGER NOT NULL, name TEXT, parent TEXT, level TEXT,"
    " lat REAL, lon REAL, area_km2 REAL, " VERSION_COLUMNS ", CHECK(valid_from <= valid_to))"
    " STRICT;"
    "CREATE UNIQUE INDEX unit_version_key ON unit_version(code, valid_from) WHERE load_to IS NULL;"
    "CREATE INDEX unit_version_parent ON unit_version(parent) WHERE load_to IS NULL;"
    "CREATE TABLE category(id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE) STRICT;"
    "CREATE TABLE category_version(category INTEGER NOT NULL REFERENCES category(id),"
    " code TEXT NOT NULL, name TEXT, parent TEXT, aliases TEXT, articles TEXT, iccs TEXT,"
    " weight REAL, valid_from INTEGER, valid_to INTEGER, " VERSION_COLUMNS ") STRICT;"
    "CREATE UNIQUE INDEX category_version_key ON category_version(code) WHERE load_to IS NULL;"
    "CREATE TABLE category_set(id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE) STRICT;"
    "CREATE TABLE category_set_member(category_set INTEGER NOT NULL REFERENCES category_set(id),"
    " category INTEGER NOT NULL REFERENCES category(id), PRIMARY KEY(category_set, category))"
    " STRICT, WITHOUT ROWID;";

static const char *const sql_incident =
    "CREATE TABLE incident(id INTEGER PRIMARY KEY, source INTEGER NOT NULL REFERENCES source(id),"
    " case_id TEXT NOT NULL, unit INTEGER NOT NULL REFERENCES unit(id),"
    " category_set INTEGER NOT NULL REFERENCES category_set(id) DEFERRABLE INITIALLY DEFERRED,"
    " received_on INTEGER, occurred_on INTEGER, prosecuted_on INTEGER, intake INTEGER,"
    " resolved_on INTEGER, outcome INTEGER, indicted_on INTEGER, tried_on INTEGER, solved_on"
    " INTEGER,"
    " victims INTEGER, victims_u16 INTEGER, victims_u18 INTEGER, victims_supported INTEGER,"
    " offenders INTEGER, offenders_u18 INTEGER, online INTEGER, severity INTEGER,"
    " victim_age_band INTEGER, victim_sex INTEGER, offender_age_band INTEGER, relation INTEGER,"
    " setting INTEGER, time_of_day INTEGER, at_risk_group INTEGER, factors INTEGER,"
    " synthetic INTEGER, " VERSION_COLUMNS ","
    " CHECK(received_on IS NOT NULL OR occurred_on IS NOT NULL OR prosecuted_on IS NOT NULL))"
    " STRICT;"
    "CREATE UNIQUE INDEX incident_key ON incident(source, case_id) WHERE load_to IS NULL;"
    "CREATE INDEX incident_received ON incident(received_on, unit, category_set, outcome, load_to)"
    " WHERE load_to IS NULL;"
    "CREATE INDEX incident_synthetic ON incident(load_from) WHERE synthetic = 1;";

static const char *const sql_counts =
    "CREATE TABLE count_row(source INTEGER NOT NULL REFERENCES source(id),"
    " unit INTEGER NOT NULL REFERENCES unit(id), category INTEGER NOT NULL REFERENCES category(id),"
    " day_from INTEGER NOT NULL, day_to INTEGER NOT NULL, count INTEGER CHECK(count >= 0),"
    " basis INTEGER NOT NULL, offenders INTEGER, victims INTEGER, accepted INTEGER,"
    " carried_over INTEGER, transferred INTEGER, resolved INTEGER, overdue INTEGER, solved INTEGER,"
    " synthetic INTEGER, calendar TEXT, " VERSION_COLUMNS ", CHECK(day_from <= day_to)) STRICT;"
    "CREATE UNIQUE INDEX count_row_key ON count_row(source, unit, category, day_from, day_to,"
    " basis)"
    " WHERE load_to IS NULL;"
    "CREATE INDEX count_row_synthetic ON count_row(load_from) WHERE synthetic = 1;"
    /* declared: 0 assumed at a load, 1 said by the office, 2 the span of a counts file's rows */
    "CREATE TABLE coverage(source INTEGER NOT NULL REFERENCES source(id),"
    " unit INTEGER NOT NULL REFERENCES unit(id), day_from INTEGER NOT NULL, day_to INTEGER NOT"
    " NULL,"
    " category INTEGER NOT NULL REFERENCES category(id), total INTEGER,"
    " declared INTEGER NOT NULL CHECK(declared IN (0, 1, 2)), " VERSION_COLUMNS ","
    " CHECK(day_from <= day_to)) STRICT;"
    "CREATE UNIQUE INDEX coverage_key ON coverage(source, unit, category, day_from, day_to,"
    " declared)"
    " WHERE load_to IS NULL;"
    "CREATE TABLE indicator_value(source INTEGER NOT NULL REFERENCES source(id),"
    " indicator TEXT NOT NULL, unit INTEGER NOT NULL REFERENCES unit(id), day_from INTEGER NOT"
    " NULL,"
    " day_to INTEGER NOT NULL, numerator INTEGER NOT NULL, denominator INTEGER, " VERSION_COLUMNS
    ") STRICT;"
    "CREATE UNIQUE INDEX indicator_value_key ON indicator_value(source, indicator, unit,"
    " day_from, day_to)"
    " WHERE load_to IS NULL;";

static const char *const sql_reference =
    "CREATE TABLE group_member(code TEXT NOT NULL, unit INTEGER NOT NULL REFERENCES unit(id),"
    " name TEXT, " VERSION_COLUMNS ") STRICT;"
    "CREATE UNIQUE INDEX group_member_key ON group_member(code, unit) WHERE load_to IS NULL;"
    "CREATE TABLE succession(old_unit INTEGER NOT NULL REFERENCES unit(id),"
    " new_unit INTEGER NOT NULL REFERENCES unit(id), day INTEGER NOT NULL, share REAL, "
    VERSION_COLUMNS ") STRICT;"
    "CREATE UNIQUE INDEX succession_key ON succession(old_unit, new_unit, day) WHERE load_to IS"
    " NULL;"
    "CREATE TABLE population(unit INTEGER NOT NULL REFERENCES unit(id), year INTEGER NOT NULL,"
    " population INTEGER, population_u16 INTEGER, population_u18 INTEGER, population_14_17 INTEGER,"
    " source TEXT, " VERSION_COLUMNS ") STRICT;"
    "CREATE UNIQUE INDEX population_key ON population(unit, year) WHERE load_to IS NULL;"
    "CREATE TABLE covariate(unit INTEGER NOT NULL REFERENCES unit(id), year INTEGER NOT NULL,"
    " name TEXT NOT NULL, value REAL NOT NULL, " VERSION_COLUMNS ") STRICT;"
    "CREATE UNIQUE INDEX covariate_key ON covariate(unit, year, name) WHERE load_to IS NULL;"
    "CREATE TABLE neighbour(unit INTEGER NOT NULL REFERENCES unit(id),"
    " neighbour INTEGER NOT NULL REFERENCES unit(id), " VERSION_COLUMNS ") STRICT;"
    "CREATE UNIQUE INDEX neighbour_key ON neighbour(unit, neighbour) WHERE load_to IS NULL;"
    "CREATE TABLE boundary(unit INTEGER NOT NULL REFERENCES unit(id), geometry TEXT NOT NULL, "
    VERSION_COLUMNS ") STRICT;"
    "CREATE UNIQUE INDEX boundary_key ON boundary(unit) WHERE load_to IS NULL;";

static const char *const sql_plans =
    "CREATE TABLE target(plan TEXT NOT NULL, indicator TEXT NOT NULL, kind INTEGER NOT NULL, op"
    " INTEGER,"
    " threshold REAL, unit INTEGER REFERENCES unit(id), category INTEGER REFERENCES category(id),"
    " numerator INTEGER, denominator INTEGER, name TEXT, quote TEXT, note TEXT, " VERSION_COLUMNS
    ") STRICT;"
    "CREATE UNIQUE INDEX target_key ON target(plan, indicator, ifnull(unit, 0)) WHERE load_to IS"
    " NULL;"
    "CREATE TABLE intervention(intervention TEXT NOT NULL, unit INTEGER NOT NULL REFERENCES"
    " unit(id),"
    " starts_on INTEGER NOT NULL, ends_on INTEGER, name TEXT, " VERSION_COLUMNS ") STRICT;"
    "CREATE UNIQUE INDEX intervention_key ON intervention(intervention, unit, starts_on)"
    " WHERE load_to IS NULL;"
    "CREATE TABLE event(day INTEGER NOT NULL, label TEXT NOT NULL, action INTEGER,"
    " unit INTEGER REFERENCES unit(id), " VERSION_COLUMNS ") STRICT;"
    "CREATE UNIQUE INDEX event_key ON event(day, label, ifnull(unit, 0)) WHERE load_to IS NULL;"
    "CREATE TABLE benchmark(name TEXT NOT NULL, category INTEGER NOT NULL REFERENCES category(id),"
    " day_from INTEGER NOT NULL, day_to INTEGER NOT NULL, count INTEGER NOT NULL, count_before"
    " INTEGER,"
    " population INTEGER, source TEXT, " VERSION_COLUMNS ") STRICT;"
    "CREATE UNIQUE INDEX benchmark_key ON benchmark(name, category, day_from, day_to)"
    " WHERE load_to IS NULL;";

#define ISO(column) "date(" column " * 86400, 'unixepoch')"
#define ITEM(list, column)                                                                         \
    "(SELECT code FROM list_item WHERE list = '" list "' AND item = " column ")"

static const char *const sql_views =
    "CREATE VIEW analysis_incidents AS SELECT i.case_id, s.name AS source, u.code AS unit,"
    " (SELECT v.name FROM unit_version v WHERE v.unit = u.id AND v.load_to IS NULL) AS unit_name,"
    " (SELECT group_concat(c.code, ';') FROM category_set_member m JOIN category c ON c.id ="
    " m.category"
    "  WHERE m.category_set = i.category_set) AS category,"
    " " ISO("i.received_on") " AS received_on, " ISO("i.occurred_on") " AS occurred_on,"
    " " ISO("i.prosecuted_on") " AS prosecuted_on, " ITEM("intake", "i.intake") " AS intake,"
    " " ISO("i.resolved_on") " AS resolved_on, " ITEM("outcome", "i.outcome") " AS outcome,"
    " " ISO("i.indicted_on") " AS indicted_on, " ISO("i.tried_on") " AS tried_on,"
    " " ISO("i.solved_on") " AS solved_on, i.victims, i.victims_u16, i.victims_u18,"
    " i.victims_supported, i.offenders, i.offenders_u18, i.online, i.severity,"
    " " ITEM("victim_age_band", "i.victim_age_band") " AS victim_age_band,"
    " " ITEM("victim_sex", "i.victim_sex") " AS victim_sex,"
    " " ITEM("offender_age_band", "i.offender_age_band") " AS offender_age_band,"
    " " ITEM("relation", "i.relation") " AS relation, " ITEM("setting", "i.setting") " AS setting,"
    " " ITEM("time_of_day", "i.time_of_day") " AS time_of_day,"
    " " ITEM("at_risk_group", "i.at_risk_group") " AS at_risk_group,"
    " (SELECT group_concat(code, ';') FROM list_item WHERE list = 'factors'"
    "  AND (i.factors >> item) & 1) AS factors,"
    " ifnull(i.synthetic, 0) AS synthetic, i.made_by AS load"
    " FROM incident i JOIN source s ON s.id = i.source JOIN unit u ON u.id = i.unit"
    " WHERE i.load_to IS NULL;"
    /* One row a unit x category (each ancestor too) x month of receipt for cases, and the counts
     * rows as they were given. Never add rows of a category to rows of its ancestors, nor the two
     * origins. */
    "CREATE VIEW analysis_cells AS WITH RECURSIVE up(category, ancestor) AS ("
    "  SELECT id, id FROM category UNION ALL"
    "  SELECT up.category, p.id FROM up JOIN category c ON c.id = up.ancestor"
    "  JOIN category_version v ON v.category = c.id AND v.load_to IS NULL"
    "  JOIN category p ON p.code = v.parent)"
    " SELECT 'cases' AS origin, u.code AS unit, a.code AS category,"
    " date(i.received_on * 86400, 'unixepoch', 'start of month') AS day_from,"
    " date(i.received_on * 86400, 'unixepoch', 'start of month', '+1 month', '-1 day') AS day_to,"
    " sum(ifnull(i.outcome, 7) NOT IN (4, 6)) AS count, count(*) AS reports"
    " FROM incident i JOIN unit u ON u.id = i.unit"
    " JOIN category_set_member m ON m.category_set = i.category_set"
    " JOIN up ON up.category = m.category JOIN category a ON a.id = up.ancestor"
    " WHERE i.load_to IS NULL AND i.received_on IS NOT NULL GROUP BY 2, 3, 4"
    " UNION ALL SELECT 'counts', u.code, c.code, " ISO("r.day_from") ", " ISO("r.day_to") ","
    " r.count, NULL FROM count_row r JOIN unit u ON u.id = r.unit JOIN category c ON c.id ="
    " r.category"
    " WHERE r.load_to IS NULL;";

/* An old unit is named by its code, since it may be one that is not among the units. */
static const char *const sql_old_unit_codes =
    "ALTER TABLE succession RENAME TO succession_by_id;"
    "CREATE TABLE succession(old_unit TEXT NOT NULL,"
    " new_unit INTEGER NOT NULL REFERENCES unit(id), day INTEGER NOT NULL, share REAL, "
    VERSION_COLUMNS ") STRICT;"
    "INSERT INTO succession(rowid, old_unit, new_unit, day, share, made_by, load_from, load_to)"
    " SELECT s.rowid, u.code, s.new_unit, s.day, s.share, s.made_by, s.load_from, s.load_to"
    " FROM succession_by_id s JOIN unit u ON u.id = s.old_unit ORDER BY s.rowid;"
    "DROP TABLE succession_by_id;"
    "CREATE UNIQUE INDEX succession_key ON succession(old_unit, new_unit, day) WHERE load_to IS"
    " NULL;";

/* What went out under a number stays as it was: append-only, as the audit table is. */
#define APPEND_ONLY(table, is_same)                                                                \
    "CREATE TRIGGER " table "_no_update BEFORE UPDATE ON " table                                   \
    " BEGIN SELECT raise(ABORT, 'the table " table " is append-only'); END;"                       \
    "CREATE TRIGGER " table "_no_delete BEFORE DELETE ON " table                                   \
    " BEGIN SELECT raise(ABORT, 'the table " table " is append-only'); END;"                       \
    "CREATE TRIGGER " table "_no_replace BEFORE INSERT ON " table                                  \
    " WHEN EXISTS (SELECT 1 FROM " table " WHERE " is_same ")"                                     \
    " BEGIN SELECT raise(ABORT, 'the table " table " is append-only'); END;"

static const char *const sql_issued =
    "CREATE TABLE issued_report(id INTEGER PRIMARY KEY, year INTEGER NOT NULL, number TEXT NOT"
    " NULL,"
    " at INTEGER NOT NULL, kind TEXT NOT NULL, period TEXT NOT NULL, day_from INTEGER NOT NULL,"
    " day_to INTEGER NOT NULL, unit TEXT NOT NULL, body TEXT NOT NULL, plan TEXT NOT NULL,"
    " basis TEXT NOT NULL,"
    " calendar TEXT NOT NULL, as_of TEXT NOT NULL, units_as_of TEXT NOT NULL, split TEXT NOT NULL,"
    " audience TEXT NOT NULL, state INTEGER NOT NULL REFERENCES load(id), data_end INTEGER,"
    " corrects INTEGER REFERENCES issued_report(id), command TEXT NOT NULL,"
    " UNIQUE(year, number)) STRICT;"
    "CREATE TABLE issued_figure(report INTEGER NOT NULL REFERENCES issued_report(id),"
    " place INTEGER NOT NULL, figure TEXT NOT NULL, key TEXT NOT NULL, category TEXT NOT NULL,"
    " name TEXT NOT NULL, count INTEGER, base INTEGER, verdict TEXT NOT NULL,"
    " PRIMARY KEY(report, place)) STRICT, WITHOUT ROWID;"
    APPEND_ONLY("issued_report", "id = new.id OR (year = new.year AND number = new.number)")
    APPEND_ONLY("issued_figure", "report = new.report AND place = new.place");
/* clang-format on */

static bool migrate_to_1(struct db *db, struct err *e)
{
    return db_exec(db, sql_bookkeeping, e) && db_exec(db, sql_places_and_kinds, e) &&
           db_exec(db, sql_incident, e) && db_exec(db, sql_counts, e) &&
           db_exec(db, sql_reference, e) && db_exec(db, sql_plans, e) && db_exec(db, sql_views, e);
}

static bool migrate_to_2(struct db *db, struct err *e)
{
    return db_exec(db, sql_old_unit_codes, e);
}

/* What an office that keeps its case rows says of its victims' support and suspended reports. */
static bool migrate_to_3(struct db *db, struct err *e)
{
    return db_exec(db,
                   "ALTER TABLE count_row ADD COLUMN supported INTEGER;"
                   "ALTER TABLE count_row ADD COLUMN suspended INTEGER",
                   e);
}

/* What spellings stand for, by code: kind is the item's number in the closed list alias_kind. */
static bool migrate_to_4(struct db *db, struct err *e)
{
    return db_exec(db,
                   "CREATE TABLE alias(kind INTEGER NOT NULL, spelling TEXT NOT NULL,"
                   " root TEXT NOT NULL, code TEXT NOT NULL, " VERSION_COLUMNS ") STRICT;"
                   "CREATE UNIQUE INDEX alias_key ON alias(kind, spelling, root)"
                   " WHERE load_to IS NULL",
                   e);
}

/* What official reports said. */
static bool migrate_to_5(struct db *db, struct err *e)
{
    return db_exec(db, sql_issued, e);
}

static bool (*const migrations[])(struct db *db, struct err *e) = {
    migrate_to_1, migrate_to_2, migrate_to_3, migrate_to_4, migrate_to_5};
static const int64_t newest = sizeof migrations / sizeof migrations[0];

/* The version is asked behind the lock: another program may have brought the file up to date. */
static bool migrate(struct db *db, struct err *e)
{
    int64_t version = 0;
    bool ok =
        db_exec(db, "BEGIN IMMEDIATE", e) && db_ask_int(db, "PRAGMA user_version", 0, &version, e);
    for (int64_t v = version; ok && v < newest; v++)
        ok = migrations[v](db, e);
    char sql[80];
    snprintf(sql, sizeof sql, "PRAGMA user_version = %d; PRAGMA application_id = %d", (int)newest,
             (int)application_id);
    ok = ok && db_exec(db, sql, e) && db_exec(db, "COMMIT", e);
    if (!ok)
        db_exec(db, "ROLLBACK", NULL);
    return ok;
}

bool schema_prepare(struct db *db, const char *place, bool create, bool read_only, struct err *e)
{
    if (create)
        return migrate(db, e);
    int64_t id = 0, version = 0;
    if (!db_ask_int(db, "PRAGMA application_id", 0, &id, e) ||
        !db_ask_int(db, "PRAGMA user_version", 0, &version, e))
        return false;
    if (id != application_id || version < 1)
        return err_set(
            e, ERR_INPUT,
            "%s: is not a keogiam database: make one with 'keogiam init' or give another with --db",
            place);
    if (version > newest)
        return err_set(e, ERR_INPUT, "%s: was made by a newer keogiam: install that version",
                       place);
    if (version == newest)
        return true;
    return read_only
               ? err_set(e, ERR_FAILED,
                         "%s: was made by an older keogiam: open it once where it can be written",
                         place)
               : migrate(db, e);
}
