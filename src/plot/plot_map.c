/* The map: areas shaded by class, outlines of high places and of clusters, words, key, scale. */
#include <math.h>

#include "base/lang.h"
#include "plot/map.h"

/* Of the palette in report/LAYOUT.md section 6, light to dark. */
const char *const map_shades[MAP_CLASSES] = {"#EEF3F8", "#C3D7E9", "#84AFD3", "#3B76AE", "#12436D"};

/* ---- shapes ---- */

bool map_is_high(const struct map_place *place)
{
    return place->row && place->row->level == RISK_HIGH;
}

/* All rings as one path: from the first point of the first ring to each further ring and back, so
 * that fills that go by winding number leave the holes free. */
static void add_path(struct buf *b, const struct polygon *p)
{
    const double *xy = p->xy;
    for (size_t r = 0; r < p->rings; xy += 2 * p->sizes[r++]) {
        for (size_t i = 0; i <= p->sizes[r]; i++)
            buf_addf(b, "%.2f %.2f\n", xy[2 * (i % p->sizes[r])], xy[2 * (i % p->sizes[r]) + 1]);
        if (r > 0)
            buf_addf(b, "%.2f %.2f\n", p->xy[0], p->xy[1]);
    }
    buf_addc(b, '\n');
}

/* Past the first point again, so that its corner is joined too. */
static void add_rings(struct buf *b, const struct polygon *p)
{
    const double *xy = p->xy;
    for (size_t r = 0; r < p->rings; xy += 2 * p->sizes[r++]) {
        for (size_t i = 0; i <= p->sizes[r] + 1; i++)
            buf_addf(b, "%.2f %.2f\n", xy[2 * (i % p->sizes[r])], xy[2 * (i % p->sizes[r]) + 1]);
        buf_addc(b, '\n');
    }
}

void map_add_block(struct plot *p, const char *name, struct buf *rows)
{
    buf_addf(&p->script, "$%s << EOD\n%sEOD\n", name, buf_text(rows));
    p->script.failed |= rows->failed;
    buf_clear(rows);
}

static bool is_area(const struct map_place *place)
{
    return place->outline.rings > 0;
}

bool map_is_clustered(const struct map_place *place)
{
    return place->row && *place->row->cluster;
}

void map_start_page(struct plot *p)
{
    draw_panel(p, 0, 0, p->width_mm, p->height_mm);
    buf_addf(&p->script, "set xrange [0:%.5g]; set yrange [%.5g:0]\n", p->width_mm, p->height_mm);
}

/* ---- areas ---- */

static void fill_areas(struct plot *p, const struct map *m, bool clustered_only)
{
    struct buf rows = {0};
    for (int class = MAP_UNKNOWN; class < MAP_CLASSES; class ++) {
        for (size_t i = 0; i < m->count; i++) {
            const struct map_place *place = &m->places[i];
            if (is_area(place) && place->class == class &&
                (!clustered_only || map_is_clustered(place)))
                add_path(&rows, &place->outline);
        }
        if (rows.len == 0)
            continue;
        map_add_block(p, "areas", &rows);
        buf_addf(&p->script, "plot $areas with filledcurves closed fs solid noborder lc rgb '%s'\n",
                 class == MAP_UNKNOWN ? "#FFFFFF" : map_shades[class]);
    }
    buf_free(&rows);
}

static bool hatch_unknown(struct plot *p, const struct map *m, struct err *e)
{
    struct buf rows = {0};
    bool ok = true;
    for (size_t i = 0; ok && i < m->count; i++)
        if (is_area(&m->places[i]) && m->places[i].class == MAP_UNKNOWN)
            ok = polygon_hatch(&rows, &m->places[i].outline, e);
    draw_lines(p, &rows, "lc rgb HATCH lw 0.5");
    buf_free(&rows);
    return ok;
}

/* The outlines of those that `wants` asks for; false: there are none. */
static bool add_outlines(struct plot *p, const struct map *m,
                         bool (*wants)(const struct map_place *place))
{
    struct buf rows = {0};
    for (size_t i = 0; i < m->count; i++)
        if (is_area(&m->places[i]) && wants(&m->places[i]))
            add_rings(&rows, &m->places[i].outline);
    bool has_any = rows.len > 0;
    if (has_any)
        map_add_block(p, "rings", &rows);
    buf_free(&rows);
    return has_any;
}

/* Black, white, black around all members; what of it lies inside them is filled over again, so that
 * only the outer side stays, whether or not the borders of neighbours are the same points. */
static void outline_clusters(struct plot *p, const struct map *m)
{
    if (!add_outlines(p, m, map_is_clustered))
        return;
    double unit = m->areas <= MAP_MOST_NAMED ? 1 : 0.6;
    buf_addf(&p->script,
             "plot $rings with lines lc rgb INK lw %.2g, $rings with lines lc rgb '#FFFFFF' "
             "lw %.2g, $rings with lines lc rgb INK lw %.2g\n",
             6 * unit, 3.9 * unit, 1.9 * unit);
    fill_areas(p, m, true);
}

static bool draw_areas(struct plot *p, const struct map *m, struct err *e)
{
    if (m->areas == 0)
        return true;
    fill_areas(p, m, false);
    if (!hatch_unknown(p, m, e))
        return false;
    outline_clusters(p, m);
    if (add_outlines(p, m, is_area))
        buf_addf(&p->script, "plot $rings with lines lc rgb MUTED lw %.2g\n",
                 m->areas <= MAP_MOST_NAMED ? 0.6 : 0.25);
    if (add_outlines(p, m, map_is_high))
        buf_addf(&p->script, "plot $rings with lines lc rgb INK lw %.2g\n",
                 m->areas <= MAP_MOST_NAMED ? 2.4 : 1.2);
    return true;
}

/* ---- circles ---- */

void map_add_circle(struct plot *p, double x, double y, double radius, const char *look)
{
    buf_addf(&p->script, "set object circle at first %.2f,%.2f size first %.2f %s\n", x, y, radius,
             look);
}

/* One circle: a double ring of its cluster, its shade, thick where it is high. */
static void draw_circle(struct plot *p, const struct map_place *place)
{
    struct buf look = {0};
    if (map_is_clustered(place)) {
        map_add_circle(p, place->x, place->y, place->radius + 1.1,
                       "fs solid 1 border lc rgb '#1F2933' lw 1 fc rgb '#FFFFFF'");
        map_add_circle(p, place->x, place->y, place->radius + 0.5,
                       "fs solid 1 border lc rgb '#1F2933' lw 1 fc rgb '#FFFFFF'");
    }
    buf_addf(&look, "fs solid 1 border lc rgb '#1F2933' lw %.2g fc rgb '%s'",
             map_is_high(place) ? 2.4 : 0.6,
             place->class == MAP_UNKNOWN ? "#FFFFFF" : map_shades[place->class]);
    map_add_circle(p, place->x, place->y, place->radius, buf_text(&look));
    p->script.failed |= look.failed;
    buf_free(&look);
}

/* The largest first: small ones lie on them. */
static void draw_circles(struct plot *p, const struct map *m)
{
    double above = INFINITY;
    while (above > 0) {
        double next = 0;
        for (size_t i = 0; i < m->count; i++) {
            double radius = m->places[i].radius;
            if (radius == above)
                draw_circle(p, &m->places[i]);
            else if (radius < above)
                next = fmax(next, radius);
        }
        above = next;
    }
    if (m->circles)
        buf_adds(&p->script, "plot NaN\nunset object\n");
}

/* The lower the map, the more of its names are numbers in the key: how high all becomes is seen
 * from the layout only. Where it is too high, it is laid out again with a lower map; where the key
 * beside it alone is, no lower map helps, and the page is as high as the key. */
static bool lay_out(struct map *m, const struct result *risk, const struct map_shapes *shapes,
                    const struct plot_options *o, struct err *e)
{
    static const double step_mm = 2, least_mm = 40;
    struct plot_options within = *o;
    double most_mm = o->most_mm > 0 ? o->most_mm : INFINITY;
    for (;;) {
        if (!map_read(m, risk, shapes, e) || !map_layout(m, &within, most_mm, e))
            return false;
        if (m->page.height <= m->page.most_mm || most_mm < least_mm)
            return true;
        if (m->is_key_high && within.most_mm <= o->most_mm)
            most_mm = within.most_mm = m->page.height;
        else
            most_mm = fmin(most_mm, m->frame) - step_mm;
        map_free(m);
    }
}

bool plot_map(const struct result *risk, const struct map_shapes *shapes,
              const struct plot_options *o, struct err *e)
{
    struct map m = {0};
    struct plot p = {0};
    bool ok = lay_out(&m, risk, shapes, o, e);
    if (ok) {
        draw_page_begin(&p, &m.page);
        buf_adds(&p.script, "set multiplot\n");
        map_start_page(&p);
        ok = draw_areas(&p, &m, e);
        draw_circles(&p, &m);
        map_draw_key(&p, &m);
        map_draw_texts(&p, &m);
        buf_adds(&p.script, "unset multiplot\nset output\n");
        ok = ok && plot_end(&p, o, e);
        plot_free(&p);
    }
    map_free(&m);
    return ok;
}
