#include "base/lang.h"

#include <stdlib.h>
#include <string.h>

static int compare_english(const void *key, const void *entry)
{
    return strcmp(key, ((const struct text_pair *)entry)->english);
}

const char *tr(enum lang lang, const char *english)
{
    if (lang == LANG_EN)
        return english;
    const struct text_pair *found =
        bsearch(english, text_pairs, text_pair_count, sizeof text_pairs[0], compare_english);
    return found ? found->vietnamese : english;
}

bool lang_parse(const char *name, enum lang *lang)
{
    if (!name || strlen(name) < 2 || (name[2] && name[2] != '_' && name[2] != '.'))
        return false;
    if (!strncmp(name, "vi", 2))
        *lang = LANG_VI;
    else if (!strncmp(name, "en", 2))
        *lang = LANG_EN;
    else
        return false;
    return true;
}
