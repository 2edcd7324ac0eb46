/* table.h (inside store/): which table keeps a kind's rows, and the statements that write it.
 *
 * A table's columns are: an optional lead (source, or the identity of a unit or category), the
 * kind's slots in their order but for the file's own source (kind_source_slot), an optional
 * `declared`, then made_by, load_from, load_to.
 */
#ifndef KEOGIAM_STORE_TABLE_H
#define KEOGIAM_STORE_TABLE_H

#include "base/buf.h"
#include "ingest/kind.h"
#include "store/db.h"

enum table_lead { LEAD_NONE, LEAD_SOURCE, LEAD_UNIT, LEAD_CATEGORY };
enum table_value { TABLE_INT, TABLE_REAL, TABLE_TEXT };

struct table_column {
    const char *name;
    enum table_value type;
    bool is_key;
    bool is_unit, is_category; /* refers to unit(id), category(id) */
};

struct table {
    enum kind_id kind;
    const char *name;
    enum table_lead lead;
    bool has_declared;
    const struct table_column *columns; /* one a slot */
    size_t count;
};

/* All tables with versions, in an order in which later ones refer to earlier ones. */
extern const struct table tables[];
extern const size_t table_count;

const struct table *table_of(enum kind_id kind); /* outcomes: the incidents' */
/* "source", "unit", "category" or NULL. */
const char *table_lead_name(const struct table *t);

/* Appends the names of all columns before made_by, comma-separated, in their order. */
void table_add_columns(const struct table *t, struct buf *sql);

/* What a statement gives or takes: lead, slots, declared. */
struct table_row {
    int64_t lead;
    struct value slots[ROW_SLOTS];
    int declared;
};

/* INSERT INTO t(…, made_by, load_from) VALUES (?1, …). Parameters: the columns in order, then
 * made_by, load_from. */
bool table_prepare_insert(const struct table *t, struct db *db, struct stmt **s, struct err *e);
/* SELECT rowid, made_by, load_from, all columns of the current version with the given key. */
bool table_prepare_find(const struct table *t, struct db *db, struct stmt **s, struct err *e);
/* UPDATE t SET load_to = ?1 WHERE rowid = ?2. */
bool table_prepare_end(const struct table *t, struct db *db, struct stmt **s, struct err *e);

void table_bind_row(const struct table *t, struct stmt *s, const struct table_row *row);
void table_bind_key(const struct table *t, struct stmt *s, const struct table_row *row);
/* Reads a row whose first column is `first`. Texts live until the next step. */
void table_read_row(const struct table *t, struct stmt *s, int first, struct table_row *row);

/* The same in every slot; lead and declared are not looked at. */
bool table_same_row(const struct table *t, const struct table_row *a, const struct table_row *b);
/* The order of ORDER BY lead, key columns. */
int table_compare_keys(const struct table *t, const struct table_row *a, const struct table_row *b);

#endif
