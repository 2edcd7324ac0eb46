#include "cli/cover_part.h"

#include <stdlib.h>
#include <string.h>

bool cover_part_init(struct cover *out, const struct cover *c, int left_out, const char *source,
                     struct err *e)
{
    *out = (struct cover){
        .directory = c->directory, .sources = c->sources, .source_count = c->source_count};
    out->rows = malloc((c->count + 1) * sizeof *out->rows);
    out->first = malloc((c->directory->unit_count + 1) * sizeof *out->first);
    if (!out->rows || !out->first) {
        cover_part_free(out);
        return err_memory(e);
    }
    for (size_t u = 0; u < c->directory->unit_count; u++)
        out->first[u] = NO_ENTRY;
    for (size_t i = 0; i < c->count; i++) {
        if (c->rows[i].declared == left_out ||
            (source && strcmp(source, c->sources[c->rows[i].source])))
            continue;
        struct cover_row *row = &out->rows[out->count];
        *row = c->rows[i];
        row->next = out->first[row->unit];
        out->first[row->unit] = out->count++;
    }
    return true;
}

void cover_part_free(struct cover *out)
{
    free(out->rows);
    free(out->first);
    *out = (struct cover){0};
}
