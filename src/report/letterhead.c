#include "report/letterhead.h"

#include <stdio.h>
#include <string.h>

#include "base/builtin.h"
#include "base/near.h"
#include "base/text.h"
#include "report/letterhead_unit.h"
#include "report/text_file.h"

static const char builtin_name[] = "letterhead.txt";

enum field {
    SUPERIOR,
    BODY,
    BODY_NAME,
    NUMBER,
    PLACE,
    PLAN,
    RECIPIENTS,
    SIGN_FOR,
    SIGN_TITLE,
    SIGN_OFFICE,
    SIGNER,
    SUBJECT,
    FIELDS
};

/* As text_key makes them; the first is the one that messages name. */
static const struct {
    enum field field;
    const char *key, *shown;
} keys[] = {
    {SUPERIOR, "co quan chu quan", "cơ quan chủ quản"},
    {SUPERIOR, "superior", "superior"},
    {BODY, "co quan ban hanh", "cơ quan ban hành"},
    {BODY, "body", "body"},
    {BODY_NAME, "ten trong cau", "tên trong câu"},
    {BODY_NAME, "body name", "body name"},
    {NUMBER, "so", "số"},
    {NUMBER, "number", "number"},
    {PLACE, "noi", "nơi"},
    {PLACE, "dia danh", "địa danh"},
    {PLACE, "place", "place"},
    {PLAN, "ke hoach", "kế hoạch"},
    {PLAN, "plan", "plan"},
    {RECIPIENTS, "noi nhan", "nơi nhận"},
    {RECIPIENTS, "recipients", "recipients"},
    {SIGN_FOR, "thay mat", "thay mặt"},
    {SIGN_FOR, "sign for", "sign for"},
    {SIGN_TITLE, "chuc danh", "chức danh"},
    {SIGN_TITLE, "sign title", "sign title"},
    {SIGN_OFFICE, "chuc vu", "chức vụ"},
    {SIGN_OFFICE, "sign office", "sign office"},
    {SIGNER, "nguoi ky", "người ký"},
    {SIGNER, "signer", "signer"},
    {SUBJECT, "trich yeu", "trích yếu"},
    {SUBJECT, "subject", "subject"},
};
enum { KEYS = sizeof keys / sizeof keys[0] };

struct reading {
    struct text_file file;
    const struct letterhead_unit *unit;
    struct unit_words words;
    struct buf values[FIELDS];
    int given_in[FIELDS]; /* the section that a value is from; 0: none yet */
    int section;          /* of the line being read, from 1 */
    bool applies;         /* that section is for this unit */
    struct buf key, text; /* of the line being read */
};

static bool memory_held(const struct reading *r, struct err *e)
{
    bool failed = r->key.failed || r->text.failed;
    for (int i = 0; i < FIELDS; i++)
        failed |= r->values[i].failed;
    return !failed || err_memory(e);
}

/* ---- sections ---- */

/* The day behind "from " or "to " at *at, which then stands behind it. */
static bool read_day(struct reading *r, char **at, const char *word, day *out, struct err *e)
{
    size_t n = strlen(word);
    bool impossible;
    if (strncmp(*at, word, n))
        return true;
    char *text = *at + n;
    size_t length = strcspn(text, " ");
    if (!day_parse(text, length, out, &impossible))
        return err_set(e, ERR_INPUT, "%s:%zu: '%.*s' is no date: write 2025-06-30", r->file.name,
                       r->file.line, (int)length, text);
    *at = text + length;
    *at += **at == ' ';
    return true;
}

/* Where "from " or "to " begins, or the end. */
static char *find_days(char *text)
{
    char *from = strstr(text, " from "), *to = strstr(text, " to ");
    char *first = from && (!to || from < to) ? from : to;
    return first ? first : text + strlen(text);
}

/* `text` is what stands between the brackets. */
static bool open_section(struct reading *r, char *text, struct err *e)
{
    day first = DAY_MIN, last = DAY_MAX;
    char *days = find_days(text);
    if (!text_key(text, (size_t)(days - text), &r->key))
        return err_memory(e);
    days += *days == ' ';
    if (!read_day(r, &days, "from ", &first, e) || !read_day(r, &days, "to ", &last, e))
        return false;
    const char *which = buf_text(&r->key);
    const struct letterhead_unit *u = r->unit;
    bool of_level = *which && !strcmp(which, u->level);
    if (*days || !(of_level || unit_which_known(which)))
        return err_set(e, ERR_INPUT,
                       "%s:%zu: [%s]: write a level (province, district, commune) or a kind of "
                       "unit, and the days: [district to 2025-06-30]",
                       r->file.name, r->file.line, text);
    bool of_kind = *which && *u->name && !strcmp(which, r->words.kind_key);
    r->applies = (of_level || of_kind) && u->on >= first && u->on <= last;
    r->section++;
    return true;
}

/* ---- lines ---- */

static bool fail_key(const struct reading *r, const char *written, struct err *e)
{
    struct near_word near = {0};
    for (size_t i = 0; i < KEYS; i++)
        near_offer(&near, buf_text(&r->key), keys[i].key, keys[i].shown, KEYS);
    return err_set(e, ERR_INPUT, "%s:%zu: no key is called '%s': the nearest is '%s'", r->file.name,
                   r->file.line, written, near.word ? near.word : keys[0].shown);
}

static bool find_key(struct reading *r, const char *written, enum field *field, struct err *e)
{
    if (!text_key(written, strlen(written), &r->key))
        return err_memory(e);
    for (size_t i = 0; i < KEYS; i++)
        if (!strcmp(keys[i].key, buf_text(&r->key))) {
            *field = keys[i].field;
            return true;
        }
    return fail_key(r, written, e);
}

/* Appends the value with its placeholders filled to r->text. */
static bool fill_value(struct reading *r, const char *value, struct err *e)
{
    buf_clear(&r->text);
    for (const char *at = value; *at;) {
        size_t plain = strcspn(at, "{");
        buf_add(&r->text, at, plain);
        at += plain;
        if (!*at)
            break;
        size_t n = strcspn(at, "}");
        const char *word = at[n] ? unit_word(&r->words, at + 1, n - 1) : NULL;
        if (!word)
            return err_set(e, ERR_INPUT,
                           "%s:%zu: '%.*s': write one of {unit} {UNIT} {name} {kind} {KIND} {year}",
                           r->file.name, r->file.line, (int)n + (at[n] != '\0'), at);
        buf_adds(&r->text, word);
        at += n + 1;
    }
    return true;
}

/* r->text as a line of the field. */
static bool add_value(struct reading *r, enum field field, struct err *e)
{
    struct buf *value = &r->values[field];
    bool again = r->given_in[field] == r->section;
    if (!again)
        buf_clear(value);
    r->given_in[field] = r->section;
    if (!text_nfc(buf_text(&r->text), r->text.len, &r->key))
        return err_memory(e);
    if (again && value->len)
        buf_addc(value, '\n');
    buf_add(value, buf_text(&r->key), r->key.len);
    return true;
}

static bool read_value(struct reading *r, char *line, struct err *e)
{
    enum field field = FIELDS;
    char *colon = strchr(line, ':');
    if (!colon)
        return err_set(e, ERR_INPUT, "%s:%zu: no colon: write 'key: value'", r->file.name,
                       r->file.line);
    *colon = '\0';
    return find_key(r, line, &field, e) && fill_value(r, colon + 1, e) &&
           (!r->applies || add_value(r, field, e));
}

static bool read_line(struct reading *r, char *line, struct err *e)
{
    line += strspn(line, " \t");
    size_t n = strlen(line);
    while (n && strchr(" \t", line[n - 1]))
        line[--n] = '\0';
    if (!*line || *line == '#')
        return true;
    if (*line != '[' || line[n - 1] != ']')
        return read_value(r, line, e);
    line[n - 1] = '\0';
    return open_section(r, line + 1, e);
}

/* ---- the whole ---- */

static bool open_file(struct reading *r, const char *path, struct err *e)
{
    if (path)
        return text_file_open(&r->file, path, NULL, 0, e);
    const struct builtin_file *b = builtin_files;
    while (b->name && strcmp(b->name, builtin_name))
        b++;
    if (!b->name)
        return err_set(e, ERR_FAILED, "%s: is not in this program: build it anew", builtin_name);
    return text_file_open(&r->file, builtin_name, b->data, b->size, e);
}

static bool read_file(struct reading *r, const char *path, struct err *e)
{
    bool ok = open_file(r, path, e);
    r->section++;
    r->applies = true;
    for (char *line; ok && (line = text_file_next(&r->file));)
        ok = read_line(r, line, e);
    text_file_free(&r->file);
    return ok;
}

static bool keep(struct reading *r, struct letterhead *l, struct arena *arena, struct err *e)
{
    const char *texts[FIELDS];
    for (int i = 0; i < FIELDS; i++) {
        texts[i] = arena_text(arena, buf_text(&r->values[i]));
        if (!texts[i])
            return err_memory(e);
    }
    *l = (struct letterhead){.superior = texts[SUPERIOR],
                             .body = texts[BODY],
                             .body_name = texts[BODY_NAME],
                             .number = texts[NUMBER],
                             .place = texts[PLACE],
                             .plan = texts[PLAN],
                             .recipients = texts[RECIPIENTS],
                             .sign_for = texts[SIGN_FOR],
                             .sign_title = texts[SIGN_TITLE],
                             .sign_office = texts[SIGN_OFFICE],
                             .signer = texts[SIGNER],
                             .subject = texts[SUBJECT]};
    return true;
}

bool letterhead_read(struct letterhead *l, const char *path, const struct letterhead_unit *unit,
                     struct arena *arena, struct err *e)
{
    static const struct letterhead_unit nobody = {.name = "", .level = ""};
    struct reading r = {.unit = path ? &nobody : unit};
    bool ok = unit_words_init(&r.words, unit, e) && read_file(&r, NULL, e);
    r.unit = unit;
    ok = ok && (!path || read_file(&r, path, e)) && memory_held(&r, e) && keep(&r, l, arena, e);
    for (int i = 0; i < FIELDS; i++)
        buf_free(&r.values[i]);
    buf_free(&r.key);
    buf_free(&r.text);
    unit_words_free(&r.words);
    return ok;
}
