/* Reading the command line by the tables. Parsing decides nothing but which command and options
 * were meant. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/near.h"
#include "cli/command.h"

const struct command *command_find(const char *name)
{
    for (size_t i = 0; i < command_count; i++)
        if (!strcmp(commands[i].name, name) ||
            (commands[i].vi_name && !strcmp(commands[i].vi_name, name)))
            return &commands[i];
    return NULL;
}

bool command_takes(const struct command *c, enum option_id id)
{
    if (id == OPT_DB || id == OPT_LANG || id == OPT_HELP)
        return true;
    for (size_t i = 0; i < c->option_count; i++)
        if (c->options[i] == id)
            return true;
    return false;
}

/* More than three slips make another word. */
static void offer(struct near_word *near, const char *word, const char *name)
{
    if (name)
        near_offer(near, word, name, name, 3);
}

static const char *nearest_command(const char *word)
{
    struct near_word near = {0};
    for (size_t i = 0; i < command_count; i++) {
        offer(&near, word, commands[i].name);
        offer(&near, word, commands[i].vi_name);
    }
    return near.word;
}

static const char *nearest_option(const struct command *c, const char *word)
{
    struct near_word near = {0};
    for (int i = 0; i < OPT_TOTAL; i++)
        if (!c || command_takes(c, options[i].id)) {
            offer(&near, word, options[i].name);
            offer(&near, word, options[i].vi_name);
        }
    return near.word ? near.word : "help";
}

/* Is it "--name", "--name=value" or "-o"? *value points behind '='. */
static bool is_option(const struct option *o, const char *word, const char **value)
{
    *value = NULL;
    if (word[1] != '-' && o->letter && word[1] == o->letter && !word[2])
        return true;
    const char *const names[] = {o->name, o->vi_name};
    for (int k = 0; k < 2 && word[1] == '-'; k++) {
        size_t n = names[k] ? strlen(names[k]) : 0;
        if (!n || strncmp(word + 2, names[k], n) || (word[2 + n] && word[2 + n] != '='))
            continue;
        *value = word[2 + n] == '=' ? word + 3 + n : NULL;
        return true;
    }
    return false;
}

/* The option, or NULL. --format is of tables or of documents, --yes of loads or of copies: the one
 * that the command takes. */
static const struct option *match_option(const struct command *c, const char *word,
                                         const char **value)
{
    const struct option *found = NULL;
    for (int i = 0; i < OPT_TOTAL; i++) {
        const char *behind;
        if (!is_option(&options[i], word, &behind) ||
            (found && !(c && command_takes(c, options[i].id))))
            continue;
        found = &options[i];
        *value = behind;
    }
    return found;
}

/* Adds the comma-separated a=b parts. */
static bool add_pairs(struct args *a, const char ***list, size_t *count, const char *value,
                      struct err *e)
{
    char *copy = arena_text(&a->arena, value);
    if (!copy)
        return err_memory(e);
    for (char *part = strtok(copy, ","); part; part = strtok(NULL, ",")) {
        const char **grown = realloc(*list, (*count + 1) * sizeof *grown);
        if (!grown)
            return err_memory(e);
        *list = grown;
        grown[(*count)++] = part;
    }
    return true;
}

static bool take_value(struct args *a, const struct option *o, const char *value, struct err *e)
{
    a->values[o->id] = value;
    if (o->id == OPT_MAP)
        return add_pairs(a, &a->maps, &a->map_count, value, e);
    if (o->id == OPT_CONST)
        return add_pairs(a, &a->consts, &a->const_count, value, e);
    return true;
}

/* "[N]": the word behind it where that is a number; else "". */
static const char *optional_value(int argc, char **argv, int *i)
{
    bool follows = *i + 1 < argc && isdigit((unsigned char)*argv[*i + 1]);
    return follows ? argv[++*i] : "";
}

static bool take_option(struct request *r, int argc, char **argv, int *i, struct err *e)
{
    const char *value, *word = argv[*i];
    const struct option *o = match_option(r->command, word, &value);
    if (!o)
        return err_set(e, ERR_USAGE, "%s: is no option: did you mean --%s?", word,
                       nearest_option(r->command, word + 1 + (word[1] == '-')));
    if (!o->value && value)
        return err_set(e, ERR_USAGE, "--%s: takes no value: leave out '=%s'", o->name, value);
    if (!o->value)
        return take_value(&r->args, o, "1", e);
    if (!value && *o->value == '[')
        value = optional_value(argc, argv, i);
    if (!value && *i + 1 >= argc)
        return err_set(e, ERR_USAGE, "--%s: needs a value: --%s %s", o->name, o->name, o->value);
    return take_value(&r->args, o, value ? value : argv[++*i], e);
}

static bool take_word(struct request *r, const char *word, struct err *e)
{
    if (!r->command) {
        r->command = command_find(word);
        if (r->command)
            return true;
        const char *near = nearest_command(word);
        return near ? err_set(e, ERR_USAGE, "%s: is no command: did you mean '%s'?", word, near)
                    : err_set(e, ERR_USAGE, "%s: is no command: see 'keogiam help'", word);
    }
    r->args.positional[r->args.positional_count++] = word;
    return true;
}

static bool check_options(const struct request *r, struct err *e)
{
    for (int i = 0; i < OPT_TOTAL; i++)
        if (r->args.values[i] && options[i].id != OPT_VERSION &&
            !command_takes(r->command, options[i].id))
            return err_set(e, ERR_USAGE, "--%s: is no option of '%s': see 'keogiam help %s'",
                           options[i].name, r->command->name, r->command->name);
    size_t n = r->args.positional_count;
    if (n < r->command->min_args)
        return err_set(e, ERR_USAGE, "%s: needs %s: see 'keogiam help %s'", r->command->name,
                       r->command->usage, r->command->name);
    if (n > r->command->max_args)
        return err_set(e, ERR_USAGE, "%s: is one word too many: see 'keogiam help %s'",
                       r->args.positional[r->command->max_args], r->command->name);
    return true;
}

/* --help anywhere, and a missing command, ask for help. */
static void turn_to_help(struct request *r)
{
    const struct command *asked = r->command;
    r->command = command_find("help");
    r->args.positional_count = 0;
    if (asked && asked != r->command)
        r->args.positional[r->args.positional_count++] = asked->name;
    for (int i = 0; i < OPT_TOTAL; i++)
        if (!command_takes(r->command, options[i].id) && options[i].id != OPT_VERSION)
            r->args.values[i] = NULL;
}

static bool settle(struct request *r, struct err *e)
{
    const char *lang = arg(r, OPT_LANG);
    if (lang && !lang_parse(lang, &r->lang))
        return err_set(e, ERR_USAGE, "--lang %s: is not a language: vi or en", lang);
    r->lang_given = lang != NULL;
    e->lang = r->lang;
    r->place = arg(r, OPT_DB);
    if (!r->place)
        r->place = getenv("KEOGIAM_DB");
    if (!r->place || !*r->place)
        r->place = "keogiam.db";
    return check_options(r, e);
}

/* The language of messages before and without --lang: LC_ALL, LC_MESSAGES, LANG, the first that is
 * set. */
static enum lang environment_lang(void)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    enum lang lang = LANG_EN;
    for (size_t i = 0; i < 3; i++) {
        const char *value = getenv(names[i]);
        if (value && *value) {
            lang_parse(value, &lang);
            break;
        }
    }
    return lang;
}

bool request_read(struct request *r, int argc, char **argv, struct err *e)
{
    *r = (struct request){.lang = environment_lang()};
    e->lang = r->lang;
    for (int i = 1; i + 1 < argc; i++) /* so that errors of the parsing itself are in it */
        if (!strcmp(argv[i], "--lang") && lang_parse(argv[i + 1], &r->lang))
            e->lang = r->lang;
    r->args.positional = calloc((size_t)argc + 2, sizeof *r->args.positional);
    if (!r->args.positional)
        return err_memory(e);
    bool only_words = false;
    for (int i = 1; i < argc; i++) {
        bool is_option = !only_words && argv[i][0] == '-' && argv[i][1];
        if (is_option && !strcmp(argv[i], "--"))
            only_words = true;
        else if (is_option ? !take_option(r, argc, argv, &i, e) : !take_word(r, argv[i], e))
            return false;
    }
    if (!r->command || arg(r, OPT_HELP))
        turn_to_help(r);
    return settle(r, e);
}

void request_free(struct request *r)
{
    free(r->args.positional);
    free(r->args.maps);
    free(r->args.consts);
    arena_free(&r->args.arena);
}
