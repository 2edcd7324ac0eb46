/* Spellings that people taught it, for whoever takes the desk over. */
#include "base/lang.h"
#include "cli/status.h"
#include "ingest/lists.h"

static const char *kind_text(const struct status *st, struct result *t, const struct list_item *k)
{
    const char *name = t->lang == LANG_VI ? k->name_vi : k->name_en;
    return arena_text(&t->arena, st->for_people ? name : k->code);
}

bool status_aliases(struct status *st, struct err *e)
{
    static const struct column columns[] = {{"item", N_("What"), COLUMN_TEXT, 0},
                                            {"value", N_("Spelling"), COLUMN_TEXT, 0},
                                            {"code", N_("Stands for"), COLUMN_TEXT, 0}};
    const struct directory *d = &st->session.directory;
    struct lists *lists = NULL;
    if (!d->alias_count)
        return true;
    struct result *t = status_section(st, "aliases", N_("Spellings taught"), columns, 3);
    bool ok = lists_new(&lists, e);
    size_t kinds = 0;
    const struct list_item *kind = ok ? lists_items(lists, "alias_kind", &kinds) : NULL;
    for (size_t i = 0; ok && i < d->alias_count; i++) {
        const struct alias *a = &d->aliases[i];
        struct cell *row = result_add_row(t, e);
        ok = row != NULL;
        if (ok) {
            row[0] = cell_text(kind_text(st, t, &kind[a->kind]));
            row[1] = cell_text(a->spelling);
            row[2] = cell_text(a->code);
        }
    }
    lists_delete(lists);
    return ok;
}
