#include "ingest/lists.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/builtin.h"
#include "base/text.h"
#include "ingest/reader.h"

/* ---- the technical lists, in the order of their enums ---- */

struct technical {
    const char *list, *code, *name_vi, *name_en, *aliases;
};

static const struct technical technicals[] = {
    {"basis", "received", "Ngày tiếp nhận", "Date of receipt", "tiếp nhận"},
    {"basis", "occurred", "Ngày xảy ra", "Date of the act", "xảy ra"},
    {"basis", "prosecuted", "Ngày khởi tố", "Date of prosecution", "khởi tố"},
    {"target_kind", "reduction", "Kéo giảm", "Reduction", "giảm"},
    {"target_kind", "rate", "Tỷ lệ", "Rate", "tỉ lệ"},
    {"target_kind", "count", "Số lượng", "Count", "số"},
    {"target_op", ">", "Trên", "More than", "greater;lớn hơn;hơn"},
    {"target_op", ">=", "Từ", "At least", "≥;=>;at_least;ít nhất;từ trở lên;không dưới"},
    {"target_op", "none", "Không có", "None", "không"},
    {"rate_source", "cases", "Số vụ", "Cases", "vụ"},
    {"rate_source", "accepted", "Tiếp nhận", "Accepted", "thụ lý"},
    {"rate_source", "resolved", "Giải quyết", "Resolved", "đã giải quyết"},
    {"rate_source", "solved", "Khám phá", "Solved", "làm rõ"},
    {"rate_source", "victims", "Nạn nhân", "Victims", "bị hại;trẻ em"},
    {"rate_source", "supported", "Được hỗ trợ", "Supported", "hỗ trợ"},
    {"rate_source", "indicator", "Số liệu chỉ tiêu", "Indicator", "chỉ tiêu"},
    {"event_action", "mark", "Đánh dấu", "Mark", ""},
    {"event_action", "step", "Thay đổi mức", "Step", "bậc"},
    {"event_action", "exclude", "Loại trừ", "Exclude", "loại"},
    {"alias_kind", "unit", "Đơn vị", "Unit", "xã"},
    {"alias_kind", "category", "Loại vụ việc", "Category", "hành vi;tội danh"},
    {"alias_kind", "intake", "Nguồn tin", "Intake", ""},
    {"alias_kind", "outcome", "Kết quả giải quyết", "Outcome", "kết quả"},
    {"alias_kind", "victim_age_band", "Nhóm tuổi nạn nhân", "Victim's age band", ""},
    {"alias_kind", "victim_sex", "Giới tính nạn nhân", "Victim's sex", ""},
    {"alias_kind", "offender_age_band", "Nhóm tuổi đối tượng", "Offender's age band", ""},
    {"alias_kind", "relation", "Quan hệ", "Relation", ""},
    {"alias_kind", "setting", "Môi trường", "Setting", ""},
    {"alias_kind", "time_of_day", "Khung giờ", "Time of day", ""},
    {"alias_kind", "at_risk_group", "Nhóm nguy cơ", "At-risk group", ""},
    {"alias_kind", "factors", "Nguyên nhân, điều kiện", "Factors", "nguyên nhân"},
};

/* ---- the structure ---- */

struct list_name {
    const char *text; /* as written, for names that have no key: >= */
    const char *key;
    int item;
    bool learnt; /* an alias that the office gave: after the names */
};

struct list {
    const char *name;
    struct list_item *items;
    size_t count, cap;
    struct list_name *names;
    size_t name_count, name_cap;
};

struct lists {
    struct list *lists;
    size_t count, cap;
    struct arena arena;
};

static struct list *list_find(const struct lists *l, const char *name)
{
    for (size_t i = 0; i < l->count; i++)
        if (!strcmp(l->lists[i].name, name))
            return &l->lists[i];
    return NULL;
}

static struct list *list_need(struct lists *l, const char *name, struct err *e)
{
    struct list *found = list_find(l, name);
    void *lists = l->lists;
    if (found)
        return found;
    if (!array_grow(&lists, &l->cap, l->count + 1, sizeof *l->lists, e))
        return NULL;
    l->lists = lists;
    found = &l->lists[l->count];
    *found = (struct list){.name = arena_text(&l->arena, name)};
    if (!found->name) {
        err_memory(e);
        return NULL;
    }
    l->count++;
    return found;
}

/* A name that another item has already stays the other's. */
static bool add_name(struct lists *l, struct list *list, const char *text, size_t n, int item,
                     struct err *e)
{
    struct buf trimmed = {0}, key = {0};
    void *names = list->names;
    bool ok = (text_nfc(text, n, &trimmed) && text_key(text, n, &key)) || err_memory(e);
    if (ok && trimmed.len) {
        struct list_name name = {arena_text(&l->arena, buf_text(&trimmed)),
                                 arena_text(&l->arena, buf_text(&key)), item, false};
        ok = (name.text && name.key) || err_memory(e);
        ok = ok && array_grow(&names, &list->name_cap, list->name_count + 1, sizeof name, e);
        list->names = names;
        if (ok)
            list->names[list->name_count++] = name;
    }
    buf_free(&trimmed);
    buf_free(&key);
    return ok;
}

static bool add_names(struct lists *l, struct list *list, const struct technical *t, int item,
                      struct err *e)
{
    bool ok = add_name(l, list, t->code, strlen(t->code), item, e) &&
              add_name(l, list, t->name_vi, strlen(t->name_vi), item, e) &&
              add_name(l, list, t->name_en, strlen(t->name_en), item, e);
    for (const char *alias = t->aliases; ok && *alias;) {
        size_t n = strcspn(alias, ";");
        ok = add_name(l, list, alias, n, item, e);
        alias += n + (alias[n] == ';');
    }
    return ok;
}

static bool add_item(struct lists *l, const struct technical *t, struct err *e)
{
    struct list *list = list_need(l, t->list, e);
    void *items = list ? list->items : NULL;
    if (!list || !array_grow(&items, &list->cap, list->count + 1, sizeof *list->items, e))
        return false;
    list->items = items;
    struct list_item item = {arena_text(&l->arena, t->code), arena_text(&l->arena, t->name_vi),
                             arena_text(&l->arena, t->name_en)};
    if (!item.code || !item.name_vi || !item.name_en)
        return err_memory(e);
    list->items[list->count++] = item;
    return add_names(l, list, t, (int)list->count - 1, e);
}

/* ---- datasets/builtin/lists.csv ---- */

static const struct builtin_file *lists_file(void)
{
    const struct builtin_file *f = builtin_files;
    while (f->name && strcmp(f->name, "lists.csv") != 0)
        f++;
    return f->name ? f : NULL;
}

static bool read_items(struct lists *l, struct reader *r, struct err *e)
{
    struct record rec;
    bool more = false;
    if (!reader_next(r, &rec, &more, e)) /* the head: list,code,name_vi,name_en,aliases */
        return false;
    while (more) {
        if (!reader_next(r, &rec, &more, e))
            return false;
        if (!more)
            break;
        if (rec.count != 5)
            return err_set(e, ERR_FAILED, "%s:%zu: not five columns: build the program again",
                           reader_name(r), rec.line);
        struct technical t = {rec.fields[0].text, rec.fields[1].text, rec.fields[2].text,
                              rec.fields[3].text, rec.fields[4].text};
        if (!add_item(l, &t, e))
            return false;
    }
    return true;
}

static bool read_file(struct lists *l, struct err *e)
{
    const struct builtin_file *f = lists_file();
    struct reader *r = NULL;
    if (!f)
        return err_set(e, ERR_FAILED, "the built-in lists are missing: build the program again");
    struct reader_options o = {
        .path = f->name, .memory = (const char *)f->data, .memory_bytes = f->size};
    if (!reader_open(&r, &o, e))
        return false;
    bool ok = read_items(l, r, e);
    reader_close(r);
    return ok;
}

bool lists_learn(struct lists *l, const char *list, const char *spelling, const char *code,
                 struct err *e)
{
    struct list *found = list_find(l, list);
    size_t item = 0;
    while (found && item < found->count && strcmp(found->items[item].code, code))
        item++;
    if (!found || item == found->count)
        return true;
    size_t names = found->name_count;
    if (!add_name(l, found, spelling, strlen(spelling), (int)item, e))
        return false;
    for (; names < found->name_count; names++)
        found->names[names].learnt = true;
    return true;
}

bool lists_new(struct lists **out, struct err *e)
{
    struct lists *l = calloc(1, sizeof *l);
    if (!l)
        return err_memory(e);
    bool ok = true;
    for (size_t i = 0; ok && i < sizeof technicals / sizeof technicals[0]; i++)
        ok = add_item(l, &technicals[i], e);
    if (!ok || !read_file(l, e)) {
        lists_delete(l);
        return false;
    }
    *out = l;
    return true;
}

void lists_delete(struct lists *l)
{
    if (!l)
        return;
    for (size_t i = 0; i < l->count; i++) {
        free(l->lists[i].items);
        free(l->lists[i].names);
    }
    free(l->lists);
    arena_free(&l->arena);
    free(l);
}

const struct list_item *lists_items(const struct lists *l, const char *list, size_t *count)
{
    const struct list *found = list_find(l, list);
    *count = found ? found->count : 0;
    return found ? found->items : NULL;
}

size_t lists_count(const struct lists *l)
{
    return l->count;
}

const char *lists_name(const struct lists *l, size_t i)
{
    return l->lists[i].name;
}

/* ---- looking up ---- */

/* Names by their keys, those of the program or those learnt. */
static int find_key(const struct list *list, const char *key, bool learnt)
{
    for (size_t i = 0; *key && i < list->name_count; i++)
        if (list->names[i].learnt == learnt && !strcmp(list->names[i].key, key))
            return list->names[i].item;
    return -1;
}

static int find_name(const struct list *list, const char *text, const char *key)
{
    for (size_t i = 0; i < list->name_count; i++)
        if (!list->names[i].learnt && !strcmp(list->names[i].text, text))
            return list->names[i].item;
    return find_key(list, key, false);
}

/* "12", "12 tuoi", "12 years": the age; -1 for anything else. `key` is a key. */
static int exact_age(const char *key)
{
    static const char *const tails[] = {"", " tuoi", " t", " years", " years old"};
    size_t digits = strspn(key, "0123456789");
    if (digits < 1 || digits > 3)
        return -1;
    for (size_t i = 0; i < sizeof tails / sizeof tails[0]; i++)
        if (!strcmp(key + digits, tails[i]))
            return atoi(key);
    return -1;
}

/* Codes of bands: under_6, 6_12, 18_plus. */
static bool band_has(const char *code, int age)
{
    if (!strncmp(code, "under_", 6))
        return age < atoi(code + 6);
    if (!isdigit((unsigned char)*code))
        return false;
    const char *behind = strchr(code, '_');
    bool open = behind && !strcmp(behind, "_plus");
    return behind && age >= atoi(code) && (open || age <= atoi(behind + 1));
}

static int find_band(const struct list *list, const char *key)
{
    int age = exact_age(key);
    for (size_t i = 0; age >= 0 && age <= 120 && i < list->count; i++)
        if (band_has(list->items[i].code, age))
            return (int)i;
    return -1;
}

static int find(const struct lists *l, const char *list, const char *text, size_t n, bool learnt)
{
    const struct list *found = list_find(l, list);
    struct buf trimmed = {0}, key = {0};
    int item = -1;
    if (found && text_nfc(text, n, &trimmed) && text_key(text, n, &key)) {
        size_t tail = strlen(list) > 9 ? strlen(list) - 9 : 0;
        item = find_name(found, buf_text(&trimmed), buf_text(&key));
        bool number = isdigit((unsigned char)*buf_text(&trimmed)); /* the key of -3 is 3 */
        if (item < 0 && number && !strcmp(list + tail, "_age_band"))
            item = find_band(found, buf_text(&key));
        if (item < 0 && learnt)
            item = find_key(found, buf_text(&key), true);
    }
    buf_free(&trimmed);
    buf_free(&key);
    return item;
}

int lists_find(const struct lists *l, const char *list, const char *text, size_t n)
{
    return find(l, list, text, n, true);
}

int lists_named(const struct lists *l, const char *list, const char *text, size_t n)
{
    return find(l, list, text, n, false);
}

bool lists_each_name(const struct lists *l, const char *list,
                     bool (*fn)(void *context, int item, const char *key), void *context)
{
    const struct list *found = list_find(l, list);
    for (size_t i = 0; found && i < found->name_count; i++)
        if (!fn(context, found->names[i].item, found->names[i].key))
            return false;
    return true;
}
