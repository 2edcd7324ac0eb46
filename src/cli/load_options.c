#include "cli/load_options.h"

#include <stdlib.h>
#include <string.h>

#include "base/num.h"

bool load_read_pairs(const char *const *parts, size_t count, enum option_id id, struct arena *arena,
                     struct name_value **out, struct err *e)
{
    *out = calloc(count + 1, sizeof **out);
    if (!*out)
        return err_memory(e);
    for (size_t i = 0; i < count; i++) {
        const char *equal = strchr(parts[i], '=');
        if (!equal || equal == parts[i] || !equal[1])
            return err_set(e, ERR_USAGE, "--%s %s: write NAME=VALUE", options[id].name, parts[i]);
        (*out)[i].name = arena_copy(arena, parts[i], (size_t)(equal - parts[i]));
        (*out)[i].value = equal + 1;
        if (!(*out)[i].name)
            return err_memory(e);
    }
    return true;
}

bool load_hash_key(const struct request *r, const char **key, struct err *e)
{
    if (arg(r, OPT_HASH_IDS) && arg(r, OPT_MAKE_IDS))
        return err_set(e, ERR_USAGE,
                       "--hash-ids and --make-ids: are for different files: give one");
    *key = arg(r, OPT_HASH_IDS) ? getenv("KEOGIAM_HASH_KEY") : NULL;
    if (arg(r, OPT_HASH_IDS) && (!*key || strlen(*key) < 16))
        return err_set(e, ERR_USAGE,
                       "--hash-ids: set KEOGIAM_HASH_KEY to a secret of 16 characters or more");
    return true;
}

bool load_read_skip(const struct request *r, size_t *skip, struct err *e)
{
    const char *text = arg(r, OPT_SKIP_ROWS);
    int64_t n = 0;
    bool fractional;
    if (text && (!num_parse_int(text, strlen(text), &n, &fractional) || n < 0 || n > 1000))
        return err_set(e, ERR_USAGE, "--skip-rows %s: is no number of rows from 0 to 1000", text);
    *skip = (size_t)n;
    return true;
}
