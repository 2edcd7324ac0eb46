#include "report/text_file.h"

#include <string.h>

#include "base/text.h"
#include "sys/sys.h"

/* A NUL would end a line before its end. */
static bool check_bytes(const struct text_file *f, struct err *e)
{
    const struct buf *b = &f->bytes;
    size_t bad = 0, line = 1;
    const char *nul = memchr(buf_text(b), 0, b->len);
    if (nul)
        bad = (size_t)(nul - b->data);
    else if (text_is_utf8(buf_text(b), b->len, &bad))
        return true;
    for (size_t i = 0; i < bad; i++)
        line += b->data[i] == '\n';
    return err_set(e, ERR_INPUT, "%s:%zu: not a text in UTF-8: save the file as plain text, UTF-8",
                   f->name, line);
}

bool text_file_open(struct text_file *f, const char *path, const void *memory, size_t n,
                    struct err *e)
{
    *f = (struct text_file){.name = path};
    if (memory)
        buf_add(&f->bytes, memory, n);
    else if (!sys_read_whole(path, &f->bytes, e))
        return false;
    if (f->bytes.failed)
        return err_memory(e);
    if (!strncmp(buf_text(&f->bytes), "\xEF\xBB\xBF", 3))
        f->at = 3;
    return check_bytes(f, e);
}

void text_file_free(struct text_file *f)
{
    buf_free(&f->bytes);
    *f = (struct text_file){0};
}

char *text_file_next(struct text_file *f)
{
    if (f->at >= f->bytes.len)
        return NULL;
    char *line = f->bytes.data + f->at, *end = strchr(line, '\n');
    f->at = end ? (size_t)(end - f->bytes.data) + 1 : f->bytes.len;
    f->line++;
    if (!end)
        end = f->bytes.data + f->bytes.len;
    if (end > line && end[-1] == '\r')
        end--;
    *end = '\0';
    return line;
}
