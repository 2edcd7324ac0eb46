/* fixtures_xlsx.h: workbooks written by hand, as other programs and strangers make them: each part
 * is the text that a test gives it. */
#ifndef KEOGIAM_TESTS_FIXTURES_XLSX_H
#define KEOGIAM_TESTS_FIXTURES_XLSX_H

#include "check.h"

#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include "base/buf.h"

#define BOOK_MAX 8

/* A sheet: what stands in its element `worksheet`; or rows of text, `|` between cells, where `text`
 * is given: a number is a number, d:45415 a number shown as a date, =A1 a formula without a result,
 * all else text. */
struct book_sheet {
    const char *name, *xml, *text, *merges; /* merges: "A1:C1 A2:A3" */
    bool is_hidden;
};

struct book {
    struct book_sheet sheets[BOOK_MAX];
    const char *strings; /* the items of sharedStrings.xml; NULL: no such part */
    const char *formats; /* the numFmts and xfs of styles.xml; NULL: style 1 is a date */
    bool from_1904;
    const char *main; /* of the package's links; NULL: xl/workbook.xml */
};

static inline void book_add(zip_t *z, struct arena *a, const char *part, const char *text)
{
    const char *copy = arena_text(a, text);
    assert_true(zip_file_add(z, part, zip_source_buffer(z, copy, strlen(copy), 0), 0) >= 0);
}

static inline void book_cell(struct buf *xml, size_t column, size_t line, const char *text)
{
    if (!*text)
        return;
    buf_addf(xml, "<c r='%c%zu'", (char)('A' + column), line);
    if (!strncmp(text, "d:", 2))
        buf_addf(xml, " s='1'><v>%s</v></c>", text + 2);
    else if (*text == '=')
        buf_addf(xml, "><f>%s</f></c>", text + 1);
    else if (strspn(text, "0123456789.") == strlen(text))
        buf_addf(xml, "><v>%s</v></c>", text);
    else
        buf_addf(xml, " t='inlineStr'><is><t>%s</t></is></c>", text);
}

static inline void book_row(struct buf *xml, size_t line, char *text)
{
    size_t column = 0;
    buf_addf(xml, "<row r='%zu'>", line);
    for (char *at = text; at; column++) {
        char *bar = strchr(at, '|'), *end = bar ? bar : at + strlen(at);
        while (*at == ' ')
            at++;
        while (end > at && end[-1] == ' ')
            end--;
        *end = '\0';
        book_cell(xml, column, line, at);
        at = bar ? bar + 1 : NULL;
    }
    buf_adds(xml, "</row>");
}

/* Lines that begin with a dot are empty rows. */
static inline void book_rows(struct buf *xml, const char *text)
{
    char line[1000];
    size_t number = 1;
    buf_adds(xml, "<sheetData>");
    for (; *text; number++) {
        size_t n = strcspn(text, "\n");
        assert_true(n < sizeof line);
        memcpy(line, text, n);
        line[n] = '\0';
        if (*line != '.')
            book_row(xml, number, line);
        text += n + (text[n] == '\n');
    }
    buf_adds(xml, "</sheetData>");
}

static inline void book_merges(struct buf *xml, const char *merges)
{
    buf_adds(xml, "<mergeCells>");
    while (merges && *merges) {
        int n = (int)strcspn(merges, " ");
        buf_addf(xml, "<mergeCell ref=\"%.*s\"/>", n, merges);
        merges += n + (merges[n] == ' ');
    }
    buf_adds(xml, "</mergeCells>");
}

static inline void book_add_sheets(zip_t *z, struct arena *a, const struct book *b,
                                   struct buf *tabs, struct buf *links)
{
    for (size_t i = 0; i < BOOK_MAX && b->sheets[i].name; i++) {
        const struct book_sheet *s = &b->sheets[i];
        size_t part = BOOK_MAX - i; /* the last tab's part has the first name */
        char name[40];
        struct buf xml = {0};
        buf_adds(&xml, "<?xml version='1.0'?><worksheet>");
        if (s->text)
            book_rows(&xml, s->text);
        else
            buf_adds(&xml, s->xml);
        if (s->merges)
            book_merges(&xml, s->merges);
        buf_adds(&xml, "</worksheet>");
        snprintf(name, sizeof name, "xl/worksheets/sheet%zu.xml", part);
        book_add(z, a, name, buf_text(&xml));
        buf_free(&xml);
        buf_addf(tabs, "<sheet name='%s' sheetId='%zu' r:id='r%zu'%s/>", s->name, i + 1, i,
                 s->is_hidden ? " state='veryHidden'" : "");
        buf_addf(links,
                 "<Relationship Id='r%zu' Type='x/worksheet' Target='worksheets/sheet%zu.xml'/>", i,
                 part);
    }
}

static inline void book_write(const struct book *b, const char *path)
{
    int code;
    struct arena a = {NULL};
    struct buf tabs = {0}, links = {0}, text = {0};
    zip_t *z = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, &code);
    assert_non_null(z);
    buf_addf(
        &text,
        "<Relationships><Relationship Id='a' Type='x/officeDocument' Target='%s'/></Relationships>",
        b->main ? b->main : "xl/workbook.xml");
    book_add(z, &a, "_rels/.rels", buf_text(&text));
    book_add_sheets(z, &a, b, &tabs, &links);
    buf_clear(&text);
    buf_addf(&text, "<workbook xmlns:r='r'><workbookPr%s/><sheets>%s</sheets></workbook>",
             b->from_1904 ? " date1904='1'" : "", buf_text(&tabs));
    book_add(z, &a, "xl/workbook.xml", buf_text(&text));
    buf_clear(&text);
    buf_addf(
        &text,
        "<Relationships>%s<Relationship Id='s' Type='x/styles' Target='/xl/styles.xml'/>"
        "<Relationship Id='t' Type='x/sharedStrings' Target='../xl/strings.xml'/></Relationships>",
        buf_text(&links));
    book_add(z, &a, "xl/_rels/workbook.xml.rels", buf_text(&text));
    buf_clear(&text);
    buf_addf(&text, "<styleSheet>%s</styleSheet>",
             b->formats ? b->formats : "<cellXfs><xf numFmtId='0'/><xf numFmtId='14'/></cellXfs>");
    book_add(z, &a, "xl/styles.xml", buf_text(&text));
    buf_clear(&text);
    if (b->strings) {
        buf_addf(&text, "<sst>%s</sst>", b->strings);
        book_add(z, &a, "xl/strings.xml", buf_text(&text));
    }
    assert_int_equal(zip_close(z), 0);
    buf_free(&tabs);
    buf_free(&links);
    buf_free(&text);
    arena_free(&a);
}

#endif
