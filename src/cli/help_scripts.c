/* The tables of commands and options as a completion script for bash and as the README's tables. */
#include <string.h>

#include "cli/config.h"
#include "cli/help.h"

/* ---- bash ---- */

/* "a|b" as "a b". */
static void add_spaced(struct buf *b, const char *choices)
{
    for (; *choices; choices++)
        buf_addc(b, *choices == '|' ? ' ' : *choices);
}

static void add_option_pattern(struct buf *b, const struct option *o)
{
    buf_addf(b, "--%s", o->name);
    if (o->vi_name)
        buf_addf(b, "|--%s", o->vi_name);
    if (o->letter)
        buf_addf(b, "|-%c", o->letter);
}

static void add_command_pattern(struct buf *b, const struct command *c)
{
    buf_adds(b, c->name);
    if (c->vi_name)
        buf_addf(b, "|%s", c->vi_name);
}

/* "[N]" may be left out: then a word behind it is one of its own. */
static bool needs_value(const struct option *o)
{
    return o->value && *o->value != '[';
}

/* What may follow an option: its closed values; nothing of ours (then bash offers files). */
static void add_value_case(struct buf *b, const struct option *o)
{
    struct buf made = {0};
    const char *choices = help_choices(o, &made);
    if (!needs_value(o))
        return;
    buf_adds(b, "    ");
    add_option_pattern(b, o);
    buf_adds(b, ") words='");
    add_spaced(b, choices ? choices : "");
    buf_adds(b, "' ;;\n");
    buf_free(&made);
}

static void add_command_words(struct buf *b, const struct command *c)
{
    struct buf made = {0};
    const char *words = help_words(c, &made);
    if (words)
        add_spaced(b, words);
    for (size_t i = 0; c->run == command_help && i < command_count; i++)
        buf_addf(b, "%s%s", i ? " " : "", commands[i].name);
    for (size_t i = 0; c->run == command_config && i < setting_count; i++)
        buf_addf(b, "%s%s=", i ? " " : "", settings[i].key);
    b->failed |= made.failed;
    buf_free(&made);
}

static void add_command_case(struct buf *b, const struct command *c)
{
    buf_adds(b, "    ");
    add_command_pattern(b, c);
    buf_adds(b, ") words='");
    add_command_words(b, c);
    buf_adds(b, "' options='");
    for (size_t i = 0; i < c->option_count; i++)
        buf_addf(b, "--%s ", options[c->options[i]].name);
    buf_adds(b, "--db --lang --help' ;;\n");
}

/* Options that take a value, so that the value is not taken for the command. */
static void add_value_options(struct buf *b)
{
    const char *bar = "";
    for (int i = 0; i < OPT_TOTAL; i++) {
        if (!needs_value(&options[i]))
            continue;
        buf_adds(b, bar);
        add_option_pattern(b, &options[i]);
        bar = "|";
    }
}

static void add_all_commands(struct buf *b, const char *between)
{
    for (size_t i = 0; i < command_count; i++) {
        buf_adds(b, i ? between : "");
        buf_adds(b, commands[i].name);
    }
}

/* The word under the cursor is `current`, the option before it `before`; bash takes `--by=u` apart
 * at the equals sign. Where nothing of ours fits, -o default offers files. */
void help_completion(struct buf *b)
{
    buf_adds(b, "# bash completion for keogiam, made by: keogiam help --completion\n"
                "_keogiam()\n{\n"
                "    local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}\n"
                "    local command='' words='' options='--db --lang --help --version' i\n"
                "    [ \"$current\" = = ] && current=''\n"
                "    [ \"$before\" = = ] && before=${COMP_WORDS[COMP_CWORD - 2]}\n"
                "    case $before in\n");
    for (int i = 0; i < OPT_TOTAL; i++)
        add_value_case(b, &options[i]);
    buf_adds(b, "    *) before='' ;;\n    esac\n"
                "    if [ \"$before\" ]; then\n"
                "        COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
                "        return\n    fi\n"
                "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
                "        case ${COMP_WORDS[i]} in\n        ");
    add_value_options(b);
    buf_adds(b, ") ((i++)) ; [ \"${COMP_WORDS[i]}\" = = ] && ((i++)) ;;\n"
                "        -*) ;;\n"
                "        *) command=${COMP_WORDS[i]} ; break ;;\n"
                "        esac\n    done\n"
                "    case $command in\n    '') words='");
    add_all_commands(b, " ");
    buf_adds(b, "' ;;\n");
    for (size_t i = 0; i < command_count; i++)
        add_command_case(b, &commands[i]);
    buf_adds(b, "    esac\n"
                "    [[ $current == -* ]] && words=$options\n"
                "    COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
                "    [[ ${COMPREPLY[0]} == *= ]] && compopt -o nospace\n"
                "    return 0\n}\n"
                "complete -o default -F _keogiam keogiam\n");
}

/* ---- the README's tables ---- */

static void add_cell(struct buf *b, const char *text)
{
    for (; *text; text++) {
        if (*text == '|')
            buf_addc(b, '\\');
        buf_addc(b, *text);
    }
}

static void add_code(struct buf *b, const char *before, const char *text)
{
    buf_addf(b, "`%s", before);
    add_cell(b, text);
    buf_addc(b, '`');
}

static void add_option_row(struct buf *b, const struct option *o, enum lang lang)
{
    struct buf left = {0};
    buf_addf(&left, "%s%s%s", o->name, o->value ? " " : "", o->value ? o->value : "");
    buf_adds(b, "| ");
    add_code(b, "--", buf_text(&left));
    buf_adds(b, " | ");
    if (o->vi_name)
        add_code(b, "--", o->vi_name);
    buf_adds(b, " | ");
    add_cell(b, tr(lang, o->help));
    help_default(o, lang, b);
    buf_adds(b, " |\n");
    b->failed |= left.failed;
    buf_free(&left);
}

static void add_command_row(struct buf *b, const struct command *c, enum lang lang)
{
    struct buf name = {0};
    buf_addf(&name, "%s%s%s", c->name, *c->usage ? " " : "", c->usage);
    buf_adds(b, "| ");
    add_code(b, "", buf_text(&name));
    buf_adds(b, " | ");
    if (c->vi_name)
        add_code(b, "", c->vi_name);
    buf_adds(b, " | ");
    add_cell(b, tr(lang, c->summary));
    buf_adds(b, " |\n");
    b->failed |= name.failed;
    buf_free(&name);
}

void help_markdown(enum lang lang, struct buf *b)
{
    buf_addf(b, "| %s | %s | %s |\n|---|---|---|\n", tr(lang, "command"), tr(lang, "alias"),
             tr(lang, "does"));
    for (size_t i = 0; i < command_count; i++)
        add_command_row(b, &commands[i], lang);
    buf_adds(b, tr(lang, "\nEvery command takes `--db FILE`, `--lang vi|en` and `--help`.\n"));
    for (size_t i = 0; i < command_count; i++) {
        const struct command *c = &commands[i];
        if (!c->option_count)
            continue;
        buf_addf(b, "\n**%s**\n\n| %s | %s | %s |\n|---|---|---|\n", c->name, tr(lang, "option"),
                 tr(lang, "alias"), tr(lang, "does"));
        for (size_t k = 0; k < c->option_count; k++)
            add_option_row(b, &options[c->options[k]], lang);
    }
}
