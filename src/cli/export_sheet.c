#include "cli/export.h"

#include <inttypes.h>
#include <string.h>

enum { SHEET_BYTES = 1 << 16 };

bool sheet_open(struct sheet *s, const char *path, bool secret, bool excel, struct err *e)
{
    *s = (struct sheet){.separator = excel ? ';' : ',', .excel = excel, .rows = -1};
    if (excel)
        buf_adds(&s->text, "\xEF\xBB\xBF");
    return output_open(&s->out, path, secret, e);
}

static void begin_cell(struct sheet *s)
{
    if (s->in_row)
        buf_addc(&s->text, s->separator);
    s->in_row = true;
}

/* Cells are codes: of what needs quotes they can hold only the separator, in lists joined by `;`.
 */
void sheet_text(struct sheet *s, const char *text)
{
    bool quoted = strchr(text, s->separator) != NULL;
    begin_cell(s);
    if (quoted)
        buf_addc(&s->text, '"');
    buf_adds(&s->text, text);
    if (quoted)
        buf_addc(&s->text, '"');
}

void sheet_int(struct sheet *s, int64_t n)
{
    char text[24];
    snprintf(text, sizeof text, "%" PRId64, n);
    begin_cell(s);
    buf_adds(&s->text, text);
}

void sheet_amount(struct sheet *s, int64_t n)
{
    if (n < 0)
        begin_cell(s);
    else
        sheet_int(s, n);
}

void sheet_day(struct sheet *s, day d)
{
    char text[11];
    day_text(d, text);
    begin_cell(s);
    buf_adds(&s->text, text);
}

static bool write_out(struct sheet *s, struct err *e)
{
    bool ok =
        s->text.failed ? err_memory(e) : output_write(&s->out, buf_text(&s->text), s->text.len, e);
    buf_clear(&s->text);
    return ok;
}

bool sheet_end_row(struct sheet *s, struct err *e)
{
    buf_adds(&s->text, s->excel ? "\r\n" : "\n");
    s->in_row = false;
    s->rows++;
    return s->text.len < SHEET_BYTES || write_out(s, e);
}

bool sheet_close(struct sheet *s, struct err *e)
{
    bool ok = write_out(s, e) && output_close(&s->out, e);
    sheet_abort(s);
    return ok;
}

void sheet_abort(struct sheet *s)
{
    output_abort(&s->out);
    buf_free(&s->text);
}
