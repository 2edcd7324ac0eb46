/* command.h: the tables of commands and options. Parsing, help, `--help`, shell completion and the
 * README's table of commands all come from them. A command is one file that exposes one function.
 */
#ifndef KEOGIAM_CLI_COMMAND_H
#define KEOGIAM_CLI_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/lang.h"

enum option_id {
    OPT_DB,
    OPT_LANG,
    OPT_HELP,
    OPT_PERIOD,
    OPT_AGAINST,
    OPT_FROM,
    OPT_TO,
    OPT_UNIT,
    OPT_UNITS,
    OPT_CATEGORY,
    OPT_BY,
    OPT_LEVEL,
    OPT_PLAN,
    OPT_TARGET,
    OPT_WHAT_IF,
    OPT_PROPOSE,
    OPT_PER,
    OPT_COUNT,
    OPT_BASIS,
    OPT_CALENDAR,
    OPT_STATE,
    OPT_UNITS_AS_OF,
    OPT_SPLIT,
    OPT_AS_OF,
    OPT_SHOW_CASES,
    OPT_EVERY,
    OPT_JOINPOINTS,
    OPT_BACKTEST,
    OPT_POOL,
    OPT_THRESHOLD,
    OPT_ADJUST,
    OPT_PEERS,
    OPT_MAX_CLUSTER,
    OPT_SEED,
    OPT_FORMAT,
    OPT_EXCEL,
    OPT_WIDE,
    OPT_FILES,
    OPT_NOTES,
    OPT_KEEP,
    OPT_LETTERHEAD,
    OPT_AUDIENCE,
    OPT_OFFICIAL,
    OPT_NUMBER,
    OPT_OUTPUT,
    OPT_QUIET,
    OPT_AS,
    OPT_MAP,
    OPT_CONST,
    OPT_SKIP_ROWS,
    OPT_SHEET,
    OPT_WITHIN,
    OPT_SOURCE,
    OPT_COVERS,
    OPT_FOR,
    OPT_OF,
    OPT_UPDATE,
    OPT_REPLACE,
    OPT_KEEP_GOOD,
    OPT_HASH_IDS,
    OPT_REASON,
    OPT_REPORTS,
    OPT_MAKE_IDS,
    OPT_DUPLICATES,
    OPT_SUGGEST,
    OPT_YES,
    OPT_DEMO,
    OPT_OVERWRITE,
    OPT_HANDOVER,
    OPT_REMIND,
    OPT_DEADLINE,
    OPT_SCRIPT,
    OPT_COMPLETION,
    OPT_MARKDOWN,
    OPT_VERSION,
    OPT_TOTAL
};

struct option {
    enum option_id id;
    const char *name;    /* "period": --period */
    const char *vi_name; /* alias without diacritics, or NULL */
    char letter;         /* -o, or 0 */
    const char *value;   /* what follows, for help ("P"); NULL: a flag; "[N]": a number may follow,
                            else the value is "" */
    const char *help;    /* English, through tr() */
};

/* The options as given. A repeated option keeps its last value, but for lists: --map, --const. */
struct args {
    const char *values[OPT_TOTAL]; /* NULL: not given; flags: "1" */
    const char **positional;
    size_t positional_count;
    const char **maps, **consts; /* "a=b" parts of --map and --const */
    size_t map_count, const_count;
    struct arena arena;
};

struct request {
    const struct command *command;
    struct args args;
    enum lang lang;    /* of the terminal */
    bool lang_given;   /* --lang, KEOGIAM_LANG: then charts follow it too */
    const char *place; /* database */
};

struct command {
    const char *name, *vi_name;
    const char *usage;             /* positional part: "FILE…", "" */
    const char *summary;           /* English, through tr() */
    const enum option_id *options; /* beside --db, --lang, --help */
    size_t option_count;
    size_t min_args, max_args; /* positional */
    bool (*run)(const struct request *r, struct err *e);
};

extern const struct command commands[];
extern const size_t command_count;
extern const struct option options[OPT_TOTAL]; /* by id */

/* By name or Vietnamese alias; NULL. */
const struct command *command_find(const char *name);
bool command_takes(const struct command *c, enum option_id id);

/* Reads the command line. Fails (ERR_USAGE): unknown command or option (the nearest is named), a
 * value missing, too many words. `help` is put in place of a missing command and of --help. */
bool request_read(struct request *r, int argc, char **argv, struct err *e);
void request_free(struct request *r);

static inline const char *arg(const struct request *r, enum option_id id)
{
    return r->args.values[id];
}

/* ---- the commands, one file each ---- */
bool command_init(const struct request *r, struct err *e);
bool command_config(const struct request *r, struct err *e);
bool command_load(const struct request *r, struct err *e);
bool command_check(const struct request *r, struct err *e);
bool command_add(const struct request *r, struct err *e);
bool command_set(const struct request *r, struct err *e);
bool command_withdraw(const struct request *r, struct err *e);
bool command_nil(const struct request *r, struct err *e);
bool command_undo(const struct request *r, struct err *e);
bool command_status(const struct request *r, struct err *e);
bool command_yoy(const struct request *r, struct err *e);
bool command_trend(const struct request *r, struct err *e);
bool command_forecast(const struct request *r, struct err *e);
bool command_risk(const struct request *r, struct err *e);
bool command_alert(const struct request *r, struct err *e);
bool command_targets(const struct request *r, struct err *e);
bool command_diff(const struct request *r, struct err *e);
bool command_plot(const struct request *r, struct err *e);
bool command_report(const struct request *r, struct err *e);
bool command_template(const struct request *r, struct err *e);
bool command_form(const struct request *r, struct err *e);
bool command_reports(const struct request *r, struct err *e);
bool command_export(const struct request *r, struct err *e);
bool command_backup(const struct request *r, struct err *e);
bool command_restore(const struct request *r, struct err *e);
bool command_help(const struct request *r, struct err *e);

#endif
