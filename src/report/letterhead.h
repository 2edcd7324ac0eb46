/* letterhead.h: who issues a document, from where, to whom, and who signs: read from a small text
 * file (`--letterhead FILE`, the setting `letterhead`), else from the built-in one
 * (datasets/builtin/letterhead.txt). Nothing of the level, the body or the year is in the code.
 *
 * The file: UTF-8 (a BOM is passed over), one `key: value` a line, English or Vietnamese keys
 * without regard to case and diacritics; a key again adds a line; a line that begins with `#` is a
 * comment. In values {unit} stands for the unit's name as in a sentence ("huyện Tháp Mười"), {UNIT}
 * for it in capitals, {name} for it without its kind ("Tháp Mười"), {kind} and {KIND} for the kind
 * ("huyện"), {year} for the period's year.
 *
 * `[WHICH from DATE to DATE]` opens a section for the units whose level ("district") or kind
 * ("huyện", "thị trấn") is WHICH and for periods that end in those days (both ends included; from
 * and to may be left out). A key in a section replaces what stood above it.
 */
#ifndef KEOGIAM_REPORT_LETTERHEAD_H
#define KEOGIAM_REPORT_LETTERHEAD_H

#include "base/buf.h"
#include "base/date.h"
#include "base/err.h"
#include "base/lang.h"

/* "" where nothing is said; several lines have '\n' between them. */
struct letterhead {
    const char *superior;  /* "ỦY BAN NHÂN DÂN\nHUYỆN THÁP MƯỜI" */
    const char *body;      /* "BAN CHỈ ĐẠO 138" */
    const char *body_name; /* in a sentence: "Ban Chỉ đạo 138 huyện Tháp Mười" */
    const char *number;    /* behind the clerk's number: "/BC-BCĐ138" */
    const char *place;     /* "Tháp Mười" */
    const char *plan; /* "Kế hoạch số …/KH-BCĐ138 ngày … của Ban Chỉ đạo 138 huyện" */
    const char *recipients;  /* a line each, without dash and semicolon; the last is `Lưu: …` */
    const char *sign_for;    /* "TM. BAN CHỈ ĐẠO" */
    const char *sign_title;  /* "TRƯỞNG BAN" */
    const char *sign_office; /* "CHỦ TỊCH UBND HUYỆN" */
    const char *signer;      /* the name, or "" for room to write it */
    const char *subject;     /* of a briefing, before its period; "": the built-in words */
};

/* What the placeholders stand for. */
struct letterhead_unit {
    const char *name;  /* as loaded: "Huyện Tháp Mười" */
    const char *level; /* as loaded: "district", "commune", "province"; "" unknown */
    day on;            /* last day of the period */
};

/* path NULL: the built-in one; what a file does not say is asked for in brackets, what it says to
 * be nothing (`key:`) is nothing. Where the unit is a district and `on` lies after 2025-06-30, or
 * its level is not known, the built-in one names no body: prompts in brackets stand there. Texts go
 * to the arena. Fails: cannot be read; (ERR_INPUT) with FILE:LINE: no such key or placeholder, no
 * `key: value`, no such section, not UTF-8. */
bool letterhead_read(struct letterhead *l, const char *path, const struct letterhead_unit *unit,
                     struct arena *arena, struct err *e);

#endif
