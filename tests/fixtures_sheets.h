/* fixtures_sheets.h: workbooks written by hand, shown as what becomes of their rows. */
#ifndef KEOGIAM_TESTS_FIXTURES_SHEETS_H
#define KEOGIAM_TESTS_FIXTURES_SHEETS_H

#include "fixtures_ingest.h"
#include "fixtures_xlsx.h"

static inline void assert_book_with(const struct book *b, const char *path, struct ingest_options o,
                                    const char *want)
{
    book_write(b, path);
    o.input = (struct reader_options){.path = path, .skip_rows = o.input.skip_rows};
    o.today = day_of(2026, 1, 31);
    o.calendar = CALENDAR_CIVIL;
    assert_taken_with(&o, want);
}

static inline void assert_book(const struct book *b, const char *want)
{
    assert_book_with(b, PATH, (struct ingest_options){0}, want);
}

static inline void assert_sheet(const char *text, const char *merges, const char *want)
{
    struct book b = {.sheets = {{.name = "T", .text = text, .merges = merges}}};
    assert_book(&b, want);
}

#define ROW(line, id)                                                                              \
    "1:" line " case_id=" id " unit=30067 category=XHTE.TD.DAMO received_on=2024-05-03\n"

#endif
