/* The head of every script, quoting, and gnuplot. */
#include "plot/plot.h"

#include <stdio.h>
#include <string.h>

#include "sys/sys.h"

/* ---- the script ---- */

/* pngcairo and svg count in 1/96 inch, and take 1 pt for 1.333 and for 1 of them; pdfcairo takes 1
 * pt for 1.333 pt: the scales below make the three print alike. Without `noenhanced` a name's _ or
 * ^ would be markup. */
static const char terminals[] =
    "if (FMT eq 'png') set terminal pngcairo noenhanced size int(W/25.4*300),int(H/25.4*300) "
    "font FONT.',9' fontscale 300/96. linewidth 300/96. pointscale 300/96. background '#FFFFFF'\n"
    "if (FMT eq 'svg') set terminal svg noenhanced size int(W/25.4*96),int(H/25.4*96) fixed "
    "font FONT.',9' fontscale 96/72. linewidth 1 background '#FFFFFF'\n"
    "if (FMT eq 'pdf') set terminal pdfcairo noenhanced size (W/10.)cm,(H/10.)cm "
    "font FONT.',9' fontscale 0.75 linewidth 0.75 background '#FFFFFF'\n"
    "set output OUT\n";

/* The palette of report/LAYOUT.md section 6: its colours differ in lightness too. */
static const char look[] =
    "INK = '#1F2933'; MUTED = '#5B6770'; FAINT = '#C9D1D8'; GRID = '#E6EAED'\n"
    "NOW = '#12436D'; BEFORE = '#9AA7B2'; UP = '#D4500B'; GOAL = '#801650'\n"
    "HATCH = '#8A959E'; ZERO = '#7B8794'; DENSE = '#3B76AE'\n"
    "F_TITLE = FONT.':Bold,12'; F_SUB = FONT.',9.5'\n"
    "F_LAB = FONT.',9'; F_BOLD = FONT.':Bold,9'\n"
    "set border 0\n"
    "unset key\n"
    "unset xtics\n"
    "unset ytics\n"
    "set style arrow 1 head filled size screen 1.5/W,22 fixed lw 1.2 lc rgb variable\n";

void plot_begin(struct plot *p, double width_mm, double height_mm, enum lang lang, bool titled)
{
    *p =
        (struct plot){.width_mm = width_mm, .height_mm = height_mm, .lang = lang, .titled = titled};
    buf_addf(&p->script, "W = %.5g; H = %.5g # mm\n", width_mm, height_mm);
    buf_adds(&p->script, "set encoding utf8\nFONT = 'Liberation Sans'\n");
    buf_adds(&p->script, terminals);
    buf_adds(&p->script, look);
}

void plot_free(struct plot *p)
{
    buf_free(&p->script);
}

/* gnuplot reads escapes in double quotes, and runs what stands between backquotes as a shell
 * command: the octal escape stops that. Other control characters would be drawn as boxes. */
void plot_quote(struct buf *b, const char *text)
{
    buf_addc(b, '"');
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        if (c == '"' || c == '\\')
            buf_addf(b, "\\%c", c);
        else if (c == '\n')
            buf_adds(b, "\\n");
        else if (c == '`')
            buf_adds(b, "\\140");
        else if (c < 0x20 || c == 0x7F)
            buf_addc(b, ' ');
        else
            buf_addc(b, (char)c);
    }
    buf_addc(b, '"');
}

/* ---- the three formats ---- */

static void insert(struct buf *b, size_t at, const char *bytes, size_t n)
{
    struct buf rest = {0};
    buf_add(&rest, b->data + at, b->len - at);
    b->len = at;
    buf_add(b, bytes, n);
    buf_add(b, buf_text(&rest), rest.len);
    b->failed |= rest.failed;
    buf_free(&rest);
}

/* gnuplot does not say how large a pixel is, and Word would take 96 to the inch. The chunk pHYs
 * with 11811 pixels a metre, its checksum included, stands behind the head (8 + 25 bytes). */
static void finish_png(struct buf *b)
{
    static const char size[] = "\0\0\0\x09pHYs\0\0\x2E\x23\0\0\x2E\x23\x01\x78\xA5\x3F\x76";
    if (b->len > 33)
        insert(b, 33, size, sizeof size - 1);
}

static char *find(struct buf *b, size_t from, const char *text)
{
    size_t n = strlen(text);
    for (size_t i = from; i + n <= b->len; i++)
        if (b->data[i] == text[0] && !memcmp(b->data + i, text, n))
            return b->data + i;
    return NULL;
}

static void replace_all(struct buf *b, const char *one, const char *other)
{
    struct buf done = {0};
    size_t at = 0;
    for (char *hit; (hit = find(b, at, one)); at = (size_t)(hit - b->data) + strlen(one)) {
        buf_add(&done, b->data + at, (size_t)(hit - b->data) - at);
        buf_adds(&done, other);
    }
    buf_add(&done, buf_text(b) + at, b->len - at);
    done.failed |= b->failed;
    buf_free(b);
    *b = done;
}

/* Windows has Arial only, which is as wide. Outside enhanced mode gnuplot takes ":Bold" for a part
 * of the font's name, and it titles every picture "Gnuplot", which browsers show. */
static void finish_svg(struct buf *b)
{
    replace_all(b, "font-family=\"Liberation Sans\"",
                "font-family=\"'Liberation Sans', Arial, sans-serif\"");
    replace_all(b, "font-family=\"Liberation Sans:Bold\"",
                "font-family=\"'Liberation Sans', Arial, sans-serif\" font-weight=\"bold\"");
    replace_all(b, "<title>Gnuplot</title>\n", "");
}

/* cairo writes the clock into the file: same input would not be same bytes. */
static void finish_pdf(struct buf *b)
{
    static const char key[] = "/CreationDate (D:", fixed[] = "19800101000000";
    char *hit = find(b, 0, key);
    if (hit && (size_t)(hit - b->data) + strlen(key) + strlen(fixed) < b->len)
        memcpy(hit + strlen(key), fixed, strlen(fixed));
}

static const struct format {
    const char *suffix;
    void (*finish)(struct buf *b);
} formats[] = {{"png", finish_png}, {"svg", finish_svg}, {"pdf", finish_pdf}};

/* Where the suffix starts behind its dot; the end of the path where it has none. */
static const char *path_suffix(const char *path)
{
    const char *name = strrchr(path, '/'), *dot = strrchr(name ? name : path, '.');
    return dot ? dot + 1 : path + strlen(path);
}

static bool is_suffix(const char *suffix, const char *lower)
{
    for (; *suffix && *lower; suffix++, lower++)
        if ((*suffix | 0x20) != *lower)
            return false;
    return !*suffix && !*lower;
}

static const struct format *format_find(const char *path)
{
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++)
        if (is_suffix(path_suffix(path), formats[i].suffix))
            return &formats[i];
    return NULL;
}

/* ---- files ---- */

/* The name of a file without its folder and its suffix: a script draws into the folder it is run
 * in. */
static void add_stem(struct buf *b, const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    const char *end = path_suffix(path);
    if (end > name && end[-1] == '.')
        end--;
    buf_add(b, name, (size_t)(end - name));
}

/* The script as a file of its own: `gnuplot -e "FMT='svg'" FILE` asks for another format. */
static bool write_script(const struct plot *p, const char *path, const char *format, struct err *e)
{
    struct buf head = {0}, stem = {0};
    add_stem(&stem, path);
    buf_addf(&head, "if (!exists(\"FMT\")) FMT = '%s'\nif (!exists(\"OUT\")) OUT = ", format);
    plot_quote(&head, buf_text(&stem));
    buf_adds(&head, ".'.'.FMT\n");
    buf_add(&head, buf_text(&p->script), p->script.len);
    bool ok =
        head.failed || stem.failed ? err_memory(e) : sys_write_whole(path, head.data, head.len, e);
    buf_free(&head);
    buf_free(&stem);
    return ok;
}

/* ---- gnuplot ---- */

/* gnuplot repeats the command, points at it, and says at last what is wrong with it. */
static void add_last_line(struct buf *b, const char *said)
{
    const char *last = "";
    size_t n = 0;
    while (*said) {
        size_t length = strcspn(said, "\n");
        if (strspn(said, " \t^") < length) {
            last = said;
            n = length;
        }
        said += length + (said[length] == '\n');
    }
    buf_add(b, last, n < 200 ? n : 200);
}

/* Keeps the script beside its target, so that it can be looked at and sent. */
static bool keep_refused(const struct plot *p, const char *path, const struct format *format,
                         const char *said, struct err *e)
{
    struct buf kept = {0}, line = {0};
    struct err ignored = {0};
    buf_addf(&kept, "%s.gp", path);
    add_last_line(&line, said);
    if (!kept.failed && write_script(p, kept.data, format->suffix, &ignored))
        err_set(e, ERR_FAILED, "%s: gnuplot refused the script, kept in %s: it said: %s", path,
                kept.data, buf_text(&line));
    else
        err_set(e, ERR_FAILED, "%s: gnuplot refused the script: it said: %s", path,
                buf_text(&line));
    buf_free(&kept);
    buf_free(&line);
    return false;
}

static bool run_gnuplot(const struct plot *p, const char *picture, const char *path,
                        const struct format *format, struct err *e)
{
    static const char *const argv[] = {"gnuplot", "-d", NULL}; /* -d: no settings of the user's */
    struct buf script = {0}, said = {0};
    int status = 0;
    buf_addf(&script, "FMT = '%s'\nOUT = ", format->suffix);
    plot_quote(&script, picture);
    buf_addc(&script, '\n');
    buf_add(&script, buf_text(&p->script), p->script.len);
    struct sys_program gnuplot = {.argv = argv,
                                  .input = script.data,
                                  .input_bytes = script.len,
                                  .seconds = sys_program_seconds(60),
                                  .said = &said};
    bool ok = script.failed ? err_memory(e) : sys_run(&gnuplot, &status, e);
    if (ok && status == SYS_TIMED_OUT)
        ok = err_set(e, ERR_FAILED,
                     "%s: gnuplot was stopped, not ready after %d seconds: try again, or give it "
                     "more time with KEOGIAM_TIMEOUT=SECONDS",
                     path, gnuplot.seconds);
    else if (ok && status == 127)
        ok =
            err_set(e, ERR_FAILED,
                    "%s: gnuplot is not installed: install it (apt-get install gnuplot-nox)", path);
    else if (ok && (status != 0 || sys_path_kind(picture) != SYS_FILE))
        ok = keep_refused(p, path, format, buf_text(&said), e);
    buf_free(&script);
    buf_free(&said);
    return ok;
}

/* gnuplot draws into a folder of its own. path: what messages name, and beside it a script that is
 * refused is kept. */
static bool draw_bytes(const struct plot *p, const char *path, const struct format *format,
                       struct buf *bytes, struct err *e)
{
    struct buf folder = {0}, picture = {0};
    if (!sys_temp_folder(&folder, e)) {
        buf_free(&folder);
        return false;
    }
    buf_addf(&picture, "%s/chart.%s", buf_text(&folder), format->suffix);
    bool ok = !picture.failed || err_memory(e);
    ok = ok && run_gnuplot(p, picture.data, path, format, e) &&
         sys_read_whole(picture.data, bytes, e);
    if (ok)
        format->finish(bytes);
    if (ok && bytes->failed)
        ok = err_memory(e);
    sys_temp_remove(folder.data);
    buf_free(&folder);
    buf_free(&picture);
    return ok;
}

/* The path that was asked for sees the finished file only. */
static bool draw_file(const struct plot *p, const char *path, struct err *e)
{
    const struct format *format = format_find(path);
    struct buf bytes = {0};
    if (!format)
        return err_set(e, ERR_USAGE, "%s: not a kind of picture: name the file .png, .svg or .pdf",
                       path);
    bool ok = draw_bytes(p, path, format, &bytes, e) &&
              sys_write_whole(path, buf_text(&bytes), bytes.len, e);
    buf_free(&bytes);
    return ok;
}

bool plot_end(struct plot *p, const struct plot_options *o, struct err *e)
{
    bool ok = !p->script.failed || err_memory(e);
    if (ok && o->keep) {
        *o->keep = *p;
        *p = (struct plot){0};
        return true;
    }
    if (ok && o->script)
        ok = write_script(p, o->path, "png", e);
    else if (ok)
        ok = draw_file(p, o->path, e);
    plot_free(p);
    return ok;
}

/* ---- the pictures of a document ---- */

/* Even tasks are PNGs, odd ones SVGs. */
static bool draw_task(const struct plot_picture *picture, size_t task, struct err *e)
{
    bool svg = task % 2;
    const struct format *format = &formats[svg];
    char name[48];
    snprintf(name, sizeof name, "keogiam-%zu.%s", task / 2 + 1, format->suffix);
    return draw_bytes(picture->plot, name, format, svg ? picture->svg : picture->png, e);
}

bool plot_draw(const struct plot_picture *pictures, size_t count, struct err *e)
{
    struct err first = {0};
    size_t first_task = SIZE_MAX;
    enum lang lang = e ? e->lang : LANG_EN;
#pragma omp parallel for schedule(dynamic)
    for (size_t task = 0; task < 2 * count; task++) {
        struct err own = {.lang = lang};
        if (draw_task(&pictures[task / 2], task, &own))
            continue;
#pragma omp critical
        if (task < first_task) {
            first = own;
            first_task = task;
        }
    }
    if (first.code != ERR_NONE && e && e->code == ERR_NONE)
        *e = first;
    return first.code == ERR_NONE;
}

bool plot_has_font(void)
{
    static const char *const as_wide[] = {"Liberation Sans", "Arial", "Arimo", NULL};
    return sys_has_font("Liberation Sans", as_wide);
}
