/* The file is walked byte by byte for its brackets and strings; jansson reads a feature at a time
 * and, at the end, the frame that is left without them. So memory holds one feature, and its line
 * is known. */
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "ingest/reader_formats.h"

/* Where a feature keeps its unit's code: the first of these that the first feature has, whatever
 * its case; "" is the feature's own id. A name serves as code where the directory knows it. */
static const char *const code_properties[] = {"code",    "unit",   "ma",        "ma_xa", "maxa",
                                              "ma_dvhc", "madvhc", "ma_don_vi", "id",    "",
                                              "name",    "ten",    "ten_xa"};
enum { CODE_PROPERTIES = sizeof code_properties / sizeof *code_properties };

/* ---- from text to features ---- */

/* True if the frame ends with the key "features" and its colon. */
static bool geojson_at_features(const struct geojson *g)
{
    static const char key[] = "\"features\"";
    size_t n = g->frame.len, length = sizeof key - 1, colons = 0;
    for (; n > 0 && strchr(" \t\r\n:", g->frame.data[n - 1]); n--)
        colons += g->frame.data[n - 1] == ':';
    return colons == 1 && n >= length && !memcmp(g->frame.data + n - length, key, length);
}

static void geojson_open_bracket(struct geojson *g, char c)
{
    if (c == '[' && g->depth == 1 && geojson_at_features(g)) {
        g->in_features = true;
    } else if (c == '{' && g->depth == 2 && g->in_features) {
        g->in_feature = true;
        g->feature_at = g->at;
        buf_clear(&g->feature);
    }
    g->depth++;
}

static void geojson_close_bracket(struct geojson *g)
{
    g->depth -= g->depth > 0;
    if (g->depth == 1)
        g->in_features = false;
    if (g->depth != 2 || !g->in_feature)
        return;
    g->in_feature = false;
    g->count++;
    buf_addc(&g->frame, '0');
}

static void geojson_take_in_string(struct geojson *g, char c)
{
    g->in_string = c != '"' || g->escaped;
    g->escaped = c == '\\' && !g->escaped;
}

static void geojson_move(struct geojson *g, char c)
{
    bool line_end = (c == '\n' && !g->after_cr) || c == '\r';
    g->after_cr = c == '\r';
    g->at.line += line_end;
    bool begins_character = ((unsigned char)c & 0xC0) != 0x80;
    g->at.column = line_end || c == '\n' ? 1 : g->at.column + begins_character;
}

/* Takes one byte; true where it ends a feature. */
static bool geojson_take(struct geojson *g, char c)
{
    bool was_in_feature = g->in_feature;
    if (g->in_string)
        geojson_take_in_string(g, c);
    else if (c == '"')
        g->in_string = true;
    else if (c == '{' || c == '[')
        geojson_open_bracket(g, c);
    else if (c == '}' || c == ']')
        geojson_close_bracket(g);
    bool in_feature = was_in_feature || g->in_feature;
    buf_addc(in_feature ? &g->feature : &g->frame, c);
    geojson_move(g, c);
    return was_in_feature && !g->in_feature;
}

static bool fail_collection(const struct geojson *g, struct err *e)
{
    return err_set(e, ERR_INPUT,
                   "%s: JSON that is not a GeoJSON FeatureCollection: export the boundaries as "
                   "GeoJSON",
                   g->decoder->name);
}

static bool geojson_check_room(const struct geojson *g, struct err *e)
{
    if (g->frame.failed || g->feature.failed)
        return err_memory(e);
    if (g->frame.len > READER_RECORD_MAX)
        return fail_collection(g, e);
    if (g->feature.len > READER_RECORD_MAX)
        return err_set(e, ERR_INPUT,
                       "%s:%zu: a feature longer than %zu MB: simplify the boundaries",
                       g->decoder->name, g->feature_at.line, READER_RECORD_MAX >> 20);
    return true;
}

/* Reads on to the end of the next feature; *found = false at the end of the file. */
static bool geojson_read_feature(struct geojson *g, bool *found, struct err *e)
{
    for (*found = false; !*found;) {
        if (!g->left && !decoder_next(g->decoder, g->at, &g->text, &g->left, e))
            return false;
        if (!g->left)
            return true;
        while (g->left && !*found) {
            g->left--;
            *found = geojson_take(g, *g->text++);
        }
        if (!geojson_check_room(g, e))
            return false;
    }
    return true;
}

/* What is left of the file when its features are taken out. */
static bool geojson_check_frame(const struct geojson *g, struct err *e)
{
    if (g->in_string || g->depth > 0)
        return err_set(e, ERR_INPUT, "%s:%zu: the file ends inside a JSON object: is it whole?",
                       g->decoder->name, g->at.line);
    json_t *frame = json_loadb(buf_text(&g->frame), g->frame.len, 0, NULL);
    const char *type = json_string_value(json_object_get(frame, "type"));
    const json_t *features = json_object_get(frame, "features");
    bool good = type && !strcmp(type, "FeatureCollection") && json_is_array(features) &&
                json_array_size(features) == g->count;
    json_decref(frame);
    return good || fail_collection(g, e);
}

/* ---- from a feature to its code ---- */

static bool is_same_name(const char *key, const char *lower)
{
    for (; *key && *lower; key++, lower++) {
        char c = *key >= 'A' && *key <= 'Z' ? (char)(*key - 'A' + 'a') : *key;
        if (c != *lower)
            return false;
    }
    return *key == *lower;
}

static json_t *feature_property(json_t *feature, const char *name)
{
    if (!*name)
        return json_object_get(feature, "id");
    const char *key;
    json_t *value;
    json_object_foreach(json_object_get(feature, "properties"), key, value)
    {
        if (is_same_name(key, name))
            return value;
    }
    return NULL;
}

/* As text to be freed; NULL where it is no code. */
static char *code_text(const json_t *value)
{
    struct buf text = {0};
    double x = json_is_real(value) ? json_real_value(value) : NAN;
    if (json_is_string(value))
        buf_add(&text, json_string_value(value), json_string_length(value));
    else if (json_is_integer(value))
        buf_addf(&text, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
    else if (x == floor(x) && fabs(x) < 1e15)
        buf_addf(&text, "%.0f", x);
    if (text.failed || !text.len)
        buf_free(&text);
    return text.data;
}

static bool geojson_take_code(struct geojson *g, json_t *feature, struct err *e)
{
    for (size_t i = 0; !g->property && i < CODE_PROPERTIES; i++)
        if (feature_property(feature, code_properties[i]))
            g->property = code_properties[i];
    if (!g->property)
        return err_set(e, ERR_INPUT,
                       "%s:%zu: a feature without the code of its unit: give it a property named "
                       "code",
                       g->decoder->name, g->feature_at.line);
    g->unit = code_text(feature_property(feature, g->property));
    if (!g->unit)
        return err_set(e, ERR_INPUT,
                       "%s:%zu: a feature without the code of its unit: give every feature the "
                       "property %s",
                       g->decoder->name, g->feature_at.line, *g->property ? g->property : "id");
    return true;
}

/* ---- from a feature to its geometry ---- */

static bool is_position(const json_t *position)
{
    return json_array_size(position) >= 2 && json_is_number(json_array_get(position, 0)) &&
           json_is_number(json_array_get(position, 1));
}

/* Not asked: that it is closed, or has an area; simplified boundaries hold rings a, b, a. */
static bool is_ring(const json_t *ring)
{
    size_t n = json_array_size(ring);
    for (size_t i = 0; i < n; i++)
        if (!is_position(json_array_get(ring, i)))
            return false;
    return n >= 3;
}

static bool is_polygon(const json_t *polygon)
{
    size_t n = json_array_size(polygon);
    for (size_t i = 0; i < n; i++)
        if (!is_ring(json_array_get(polygon, i)))
            return false;
    return n > 0;
}

static bool is_multipolygon(const json_t *polygons)
{
    size_t n = json_array_size(polygons);
    for (size_t i = 0; i < n; i++)
        if (!is_polygon(json_array_get(polygons, i)))
            return false;
    return n > 0;
}

/* Of a checked Polygon or MultiPolygon: depth is 2 for a polygon, 1 for a ring, 0 for a position.
 */
static bool is_in_degrees(const json_t *coordinates, int depth)
{
    if (depth == 0)
        return fabs(json_number_value(json_array_get(coordinates, 0))) <= 180 &&
               fabs(json_number_value(json_array_get(coordinates, 1))) <= 90;
    for (size_t i = 0; i < json_array_size(coordinates); i++)
        if (!is_in_degrees(json_array_get(coordinates, i), depth - 1))
            return false;
    return true;
}

/* 15 digits: a decimal that was read comes out as it was written. */
static char *geometry_text(const char *type, json_t *coordinates)
{
    json_t *geometry = json_pack("{s:s,s:O}", "type", type, "coordinates", coordinates);
    char *text = geometry ? json_dumps(geometry, JSON_COMPACT | JSON_REAL_PRECISION(15)) : NULL;
    json_decref(geometry);
    return text;
}

static bool geojson_take_geometry(struct geojson *g, json_t *feature, struct err *e)
{
    const json_t *geometry = json_object_get(feature, "geometry");
    const char *type = json_string_value(json_object_get(geometry, "type"));
    json_t *coordinates = json_object_get(geometry, "coordinates");
    bool single = type && !strcmp(type, "Polygon");
    if (!single && !(type && !strcmp(type, "MultiPolygon")))
        return err_set(
            e, ERR_INPUT,
            "%s:%zu: a feature that is neither Polygon nor MultiPolygon: keep areas only",
            g->decoder->name, g->feature_at.line);
    if (!(single ? is_polygon(coordinates) : is_multipolygon(coordinates)))
        return err_set(e, ERR_INPUT,
                       "%s:%zu: a polygon whose rings are not lists of three or more positions: "
                       "export the boundaries again",
                       g->decoder->name, g->feature_at.line);
    if (!is_in_degrees(coordinates, single ? 2 : 3))
        return err_set(e, ERR_INPUT,
                       "%s:%zu: coordinates that are not degrees of longitude and latitude: export "
                       "the boundaries in WGS 84 (EPSG:4326)",
                       g->decoder->name, g->feature_at.line);
    g->geometry = geometry_text(type, coordinates);
    return g->geometry || err_memory(e);
}

/* ---- records ---- */

/* jansson counts from the feature's first byte. */
static bool fail_json(const struct geojson *g, const json_error_t *where, struct err *e)
{
    size_t line = g->feature_at.line + (size_t)where->line - 1, column = (size_t)where->column;
    if (where->line == 1)
        column += g->feature_at.column - 1;
    return err_set(e, ERR_INPUT, "%s:%zu: column %zu: not valid JSON: export the boundaries again",
                   g->decoder->name, line, column);
}

static bool geojson_take_feature(struct geojson *g, struct err *e)
{
    json_error_t where;
    json_t *feature = json_loadb(g->feature.data, g->feature.len, 0, &where);
    if (!feature)
        return fail_json(g, &where, e);
    bool taken = geojson_take_code(g, feature, e) && geojson_take_geometry(g, feature, e);
    json_decref(feature);
    return taken;
}

static void geojson_drop_record(struct geojson *g)
{
    free(g->unit);
    free(g->geometry);
    g->unit = g->geometry = NULL;
}

static void geojson_give(struct geojson *g, size_t line, const char *unit, const char *geometry,
                         struct record *rec)
{
    g->fields[0] = (struct field){unit, strlen(unit)};
    g->fields[1] = (struct field){geometry, strlen(geometry)};
    *rec = (struct record){.line = line, .count = 2, .fields = g->fields};
}

void geojson_init(struct geojson *g, struct decoder *d)
{
    *g = (struct geojson){.decoder = d, .at = {1, 1}};
}

bool geojson_next(struct geojson *g, struct record *rec, bool *more, struct err *e)
{
    geojson_drop_record(g);
    if (!g->head_given) {
        g->head_given = *more = true;
        geojson_give(g, 1, "unit", "geometry", rec);
        return true;
    }
    if (!geojson_read_feature(g, more, e))
        return false;
    if (!*more)
        return geojson_check_frame(g, e);
    if (!geojson_take_feature(g, e))
        return false;
    geojson_give(g, g->feature_at.line, g->unit, g->geometry, rec);
    return true;
}

void geojson_free(struct geojson *g)
{
    geojson_drop_record(g);
    buf_free(&g->frame);
    buf_free(&g->feature);
    *g = (struct geojson){0};
}
