#include "plot/cells.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/num.h"

/* ---- whole cells ---- */

static const struct cell *cell_at(const struct result *r, size_t row, const char *column)
{
    static const struct cell empty = {0};
    bool is_there = r && row < r->row_count && result_column(r, column) < r->column_count;
    return is_there ? result_cell(r, row, column) : &empty;
}

const char *cells_text(const struct result *r, size_t row, const char *column)
{
    const struct cell *cell = cell_at(r, row, column);
    return cell->type == CELL_TEXT ? cell->as.s : "";
}

double cells_number(const struct result *r, size_t row, const char *column)
{
    const struct cell *cell = cell_at(r, row, column);
    if (cell->type == CELL_INT)
        return (double)cell->as.i;
    return cell->type == CELL_REAL ? cell->as.x : NAN;
}

bool cells_has_note(const struct result *r, size_t row, const char *code)
{
    const char *note = cells_text(r, row, "note");
    size_t n = strlen(code);
    for (const char *hit = note; (hit = strstr(hit, code)); hit++)
        if (hit[n] == '=' && (hit == note || hit[-1] == ';' || hit[-1] == ' '))
            return true;
    return false;
}

/* ---- parts ---- */

size_t cells_parts(const struct result *r, size_t row, const char *column)
{
    const char *text = cells_text(r, row, column);
    size_t parts = *text != '\0';
    for (; *text; text++)
        parts += *text == ';';
    return parts;
}

/* The part and its length; NULL where it is not there. */
static const char *part_of(const char *text, size_t part, size_t *n)
{
    for (; part > 0; part--) {
        text += strcspn(text, ";");
        if (!*text++)
            return NULL;
    }
    *n = strcspn(text, ";");
    return text;
}

double cells_part_number(const struct result *r, size_t row, const char *column, size_t part)
{
    size_t n = 0;
    double x = NAN;
    const char *text = part_of(cells_text(r, row, column), part, &n);
    return text && num_parse_real(text, n, &x) ? x : NAN;
}

bool cells_read_month(const char *label, int *index)
{
    int year = 0, month = 0, used = 0;
    if (sscanf(label, "%4d-%2d%n", &year, &month, &used) != 2 || label[used] || month < 1 ||
        month > 12)
        return false;
    *index = year * 12 + month - 1;
    return true;
}

bool cells_part_month(const struct result *r, size_t row, const char *column, size_t part,
                      int *index)
{
    size_t n = 0;
    char label[16] = "";
    const char *text = part_of(cells_text(r, row, column), part, &n);
    if (!text || n >= sizeof label)
        return false;
    memcpy(label, text, n);
    return cells_read_month(label, index);
}
