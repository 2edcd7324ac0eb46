/* help: the commands and one command, from the tables. */
#include "cli/help.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cli/config.h"
#include "cli/form.h"
#include "cli/output.h"
#include "cli/typed.h"
#include "ingest/kind.h"

enum { WIDTH = 80, GAP = 2 };

/* ---- layout ---- */

static void add_spaces(struct buf *b, size_t n)
{
    for (; n; n--)
        buf_addc(b, ' ');
}

/* Words of text from column `at`, broken at WIDTH and begun again at `indent`. */
static void add_wrapped(struct buf *b, const char *text, size_t at, size_t indent)
{
    struct buf word = {0};
    for (bool first = true; *text; first = false) {
        size_t n = strcspn(text, " ");
        buf_clear(&word);
        buf_add(&word, text, n);
        size_t width = text_width(buf_text(&word));
        if (!first && at + 1 + width > WIDTH) {
            buf_addc(b, '\n');
            add_spaces(b, indent);
            at = indent;
        } else if (!first) {
            buf_addc(b, ' ');
            at++;
        }
        buf_adds(b, buf_text(&word));
        at += width;
        text += n + (text[n] == ' ');
    }
    buf_addc(b, '\n');
    buf_free(&word);
}

/* "  left   right", right at column `indent`; on a line of its own where left is too long. */
static void add_pair(struct buf *b, const char *left, const char *right, size_t indent)
{
    size_t at = GAP + text_width(left);
    add_spaces(b, GAP);
    buf_adds(b, left);
    if (at + GAP > indent) {
        buf_addc(b, '\n');
        at = 0;
    }
    add_spaces(b, indent - at);
    add_wrapped(b, right, indent, indent);
}

/* ---- what the tables say ---- */

const char *help_choices(const struct option *o, struct buf *made)
{
    if (o->id == OPT_AS) {
        for (int k = 0; k < KIND_TOTAL; k++)
            buf_addf(made, "%s%s", k ? "|" : "", kind_of((enum kind_id)k)->name);
        return buf_text(made);
    }
    return o->value && strchr(o->value, '|') ? o->value : NULL;
}

const char *help_words(const struct command *c, struct buf *made)
{
    const char *from = c->usage + (*c->usage == '[');
    if (!strchr(from, '|'))
        return NULL;
    buf_add(made, from, strcspn(from, "]"));
    return buf_text(made);
}

/* The first of the closed values, unless the help itself says it, and but for the language, which
 * the terminal decides. */
void help_default(const struct option *o, enum lang lang, struct buf *b)
{
    if (!o->value || !strchr(o->value, '|') || o->id == OPT_LANG || strstr(o->help, "(default"))
        return;
    int n = (int)strcspn(o->value, "|");
    buf_addc(b, ' ');
    buf_addf(b, tr(lang, "(default: %.*s)"), n, o->value);
}

static void add_option_names(struct buf *b, const struct option *o)
{
    if (o->letter)
        buf_addf(b, "-%c, ", o->letter);
    buf_addf(b, "--%s", o->name);
    if (o->vi_name)
        buf_addf(b, ", --%s", o->vi_name);
    if (o->value)
        buf_addf(b, " %s", o->value);
}

static void add_option(struct buf *b, const struct option *o, enum lang lang)
{
    enum { INDENT = 26 };
    struct buf names = {0}, text = {0};
    add_option_names(&names, o);
    buf_adds(&text, tr(lang, o->help));
    help_default(o, lang, &text);
    add_pair(b, buf_text(&names), buf_text(&text), INDENT);
    b->failed |= names.failed || text.failed;
    buf_free(&names);
    buf_free(&text);
}

/* ---- keogiam help ---- */

static size_t longest_name(void)
{
    size_t longest = 0;
    for (size_t i = 0; i < command_count; i++) {
        size_t n =
            strlen(commands[i].name) + GAP + strlen(commands[i].vi_name ? commands[i].vi_name : "");
        longest = n > longest ? n : longest;
    }
    return longest;
}

static void add_commands(struct buf *b, enum lang lang)
{
    struct buf names = {0};
    size_t indent = GAP + longest_name() + GAP;
    for (size_t i = 0; i < command_count; i++) {
        buf_clear(&names);
        buf_adds(&names, commands[i].name);
        if (commands[i].vi_name)
            buf_addf(&names, ", %s", commands[i].vi_name);
        add_pair(b, buf_text(&names), tr(lang, commands[i].summary), indent);
    }
    b->failed |= names.failed;
    buf_free(&names);
}

static void add_overview(struct buf *b, enum lang lang)
{
    buf_addf(b, "keogiam %s: ", KEOGIAM_VERSION);
    buf_adds(b, tr(lang,
                   "are child-abuse cases going down, where not, and will the target be met?\n\n"));
    buf_adds(b, tr(lang, "Usage: keogiam [--db FILE] [--lang vi|en] COMMAND [OPTIONS]\n\n"));
    add_commands(b, lang);
    buf_adds(b, tr(lang, "\nTo start:\n"));
    enum { INDENT = 34 };
    add_pair(b, "keogiam init --demo", tr(lang, "a database with the demonstration district"),
             INDENT);
    add_pair(b, "keogiam yoy --by unit", tr(lang, "change against the same period, by commune"),
             INDENT);
    add_pair(b, "keogiam help yoy", tr(lang, "what a command does, with its options"), INDENT);
}

/* ---- keogiam help COMMAND ---- */

static void add_columns(struct buf *b, const struct kind *k)
{
    struct buf names = {0};
    for (int required = 1; required >= 0; required--)
        for (size_t i = 0; i < k->column_count; i++)
            if (k->columns[i].required == (required == 1))
                buf_addf(&names, "%s%s%s", names.len ? " " : "", k->columns[i].name,
                         required ? "*" : "");
    add_pair(b, k->name, buf_text(&names), 17);
    b->failed |= names.failed;
    buf_free(&names);
}

static void add_kinds(struct buf *b, enum lang lang)
{
    buf_adds(
        b,
        tr(lang,
           "\nKinds of file and their columns (*: required; Vietnamese heads are known too):\n"));
    for (int k = 0; k < KIND_TOTAL; k++)
        add_columns(b, kind_of((enum kind_id)k));
}

/* What is typed in one by one: each column under both its names. */
static void add_case_columns(struct buf *b, enum lang lang)
{
    const struct kind *k = kind_of(KIND_INCIDENTS);
    struct buf label = {0};
    buf_adds(b, tr(lang, "\nColumns, under either name:\n"));
    for (size_t i = 0; i < k->column_count; i++)
        add_pair(b, k->columns[i].name, typed_label(&k->columns[i], LANG_VI, &label), 21);
    buf_adds(b, tr(lang, "\nExample: keogiam add unit=\"Láng Biển\" category=XHTE.TD "
                         "received_on=03/05/2024 victims=1\n"));
    b->failed |= label.failed;
    buf_free(&label);
}

static void add_settings(struct buf *b, enum lang lang)
{
    struct buf left = {0};
    buf_adds(b, tr(lang, "\nSettings:\n"));
    for (size_t i = 0; i < setting_count; i++) {
        buf_clear(&left);
        buf_addf(&left, "%s=%s", settings[i].key, settings[i].values);
        add_pair(b, buf_text(&left), tr(lang, settings[i].meaning), 26);
    }
    b->failed |= left.failed;
    buf_free(&left);
}

static void add_words(struct buf *b, enum lang lang)
{
    static const char *const titles[] = {
        N_("\nWords: {{CATEGORY.MEASURE.SPAN}}, of one unit {{U:CODE.CATEGORY.MEASURE.SPAN}}; "
           "MEASURE:\n"),
        N_("SPAN:\n"), N_("Of the plan's targets {{CT:INDICATOR.PART}}; PART:\n"),
        N_("Of the head, alone:\n")};
    const char *word, *meaning;
    for (size_t g = 0; g < sizeof titles / sizeof titles[0]; g++) {
        buf_adds(b, tr(lang, titles[g]));
        for (size_t i = 0; (word = form_word_part((enum form_group)g, i, &meaning)) != NULL; i++)
            add_pair(b, word, tr(lang, meaning), 17);
    }
}

static void add_command(struct buf *b, const struct command *c, enum lang lang)
{
    buf_addf(b, "keogiam %s", c->name);
    if (c->vi_name)
        buf_addf(b, " (%s)", c->vi_name);
    buf_addf(b, ": %s\n\n", tr(lang, c->summary));
    buf_addf(b, tr(lang, "Usage: keogiam %s [OPTIONS] %s"), c->name, c->usage);
    while (b->len && b->data[b->len - 1] == ' ')
        b->len--;
    buf_adds(b, tr(lang, "\n\nOptions:\n"));
    for (size_t i = 0; i < c->option_count; i++)
        add_option(b, &options[c->options[i]], lang);
    add_option(b, &options[OPT_DB], lang);
    add_option(b, &options[OPT_LANG], lang);
    add_option(b, &options[OPT_HELP], lang);
    if (c->run == command_load || c->run == command_check)
        add_kinds(b, lang);
    if (c->run == command_add || c->run == command_set)
        add_case_columns(b, lang);
    if (c->run == command_config)
        add_settings(b, lang);
    if (c->run == command_form)
        add_words(b, lang);
    if (c->run == command_backup || c->run == command_restore)
        buf_adds(b, tr(lang, "\nThe passphrase is asked on the terminal, or taken from "
                             "$KEOGIAM_PASSPHRASE.\nWithout it nobody can open the copy, its "
                             "maker neither.\n"));
}

/* The parser knows the nearest command: it is asked to read the word as one. */
static bool no_such_command(const struct request *r, const char *word, struct err *e)
{
    char program[] = "keogiam", option[] = "--lang", vi[] = "vi", en[] = "en", dashes[] = "--";
    char *asked = malloc(strlen(word) + 1);
    if (!asked)
        return err_memory(e);
    char *argv[] = {program, option, r->lang == LANG_VI ? vi : en, dashes, strcpy(asked, word),
                    NULL};
    struct request parsed;
    request_read(&parsed, 5, argv, e);
    request_free(&parsed);
    free(asked);
    return false;
}

bool command_help(const struct request *r, struct err *e)
{
    const char *word = r->args.positional_count ? r->args.positional[0] : NULL;
    const struct command *asked = word ? command_find(word) : NULL;
    if (word && !asked)
        return no_such_command(r, word, e);
    struct buf b = {0};
    if (arg(r, OPT_COMPLETION))
        help_completion(&b);
    else if (arg(r, OPT_MARKDOWN))
        help_markdown(r->lang, &b);
    else if (asked)
        add_command(&b, asked, r->lang);
    else
        add_overview(&b, r->lang);
    bool ok = output_text(&b, NULL, e);
    buf_free(&b);
    return ok;
}
