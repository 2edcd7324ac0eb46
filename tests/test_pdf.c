#include "doc_check.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "report/writers.h"
#include "sys/sys.h"

/* Each test has a folder of its own, which is also the place of temporary files. */
static struct buf folder;
static char *path_before;

static int begin(void **state)
{
    (void)state;
    struct err e = {0};
    unsetenv("TMPDIR");
    path_before = strdup(getenv("PATH"));
    return path_before && sys_temp_folder(&folder, &e) && !setenv("TMPDIR", folder.data, 1) ? 0
                                                                                            : -1;
}

static int end(void **state)
{
    (void)state;
    setenv("PATH", path_before, 1);
    unsetenv("TMPDIR");
    unsetenv("KEOGIAM_TIMEOUT");
    free(path_before);
    sys_temp_remove(folder.data);
    buf_free(&folder);
    return 0;
}

static void file_of(char path[1024], const char *name)
{
    snprintf(path, 1024, "%s/%s", folder.data, name);
}

/* How many temporary folders a conversion has left. */
static int left_behind(void)
{
    int n = 0;
    DIR *d = opendir(getenv("TMPDIR"));
    assert_non_null(d);
    for (struct dirent *entry; (entry = readdir(d));)
        n += !strncmp(entry->d_name, "keogiam-", 8);
    closedir(d);
    return n;
}

static bool has(const char *program, const char *option)
{
    const char *const argv[] = {program, option, NULL};
    int status = 127;
    return sys_run(&(struct sys_program){.argv = argv, .seconds = 60}, &status, NULL) &&
           status != 127;
}

static void need_libreoffice(void)
{
    if (!has("soffice", "--version") || !has("pdftotext", "-v"))
        skip();
}

static void heard(struct buf *said, const char *const argv[])
{
    int status = -1;
    struct err e = {0};
    buf_clear(said);
    assert_true(sys_run(&(struct sys_program){.argv = argv, .said = said}, &status, &e));
    assert_int_equal(status, 0);
    assert_true(said->len > 0);
}

struct maker {
    enum doc_form form;
    struct buf *pdf;
    struct err e;
    bool ok;
};

static void make_in_thread(void *context)
{
    struct maker *m = context;
    struct doc d;
    sample_document(&d, m->form, LANG_VI);
    m->ok = pdf_write(&d, m->pdf, &m->e);
    doc_free(&d);
}

static void make(enum doc_form form, struct buf *pdf)
{
    struct maker m = {form, pdf, {0}, false};
    make_in_thread(&m);
    if (!m.ok)
        fail_msg("%s", m.e.msg);
    assert_int_equal(left_behind(), 0);
}

/* Made once for all tests that look at it. */
static const struct buf *made(enum doc_form form)
{
    static struct buf kept[2];
    if (!kept[form].len)
        make(form, &kept[form]);
    return &kept[form];
}

/* The same as the file `path`. */
static void make_file(enum doc_form form, char path[1024])
{
    struct err e = {0};
    const struct buf *pdf = made(form);
    file_of(path, "made.pdf");
    assert_true(sys_write_whole(path, pdf->data, pdf->len, &e));
}

/* ---- what the document says ---- */

/* Words apart by one blank, one before the first and behind the last; controls and letters of four
 * bytes, which no font of ours has, are left out. */
static void add_words(struct buf *b, const char *text)
{
    buf_addc(b, ' ');
    for (const unsigned char *p = (const unsigned char *)text; *p; p++) {
        if (p[0] == 0xC2 && p[1] == 0xA0)
            p++, buf_addc(b, ' ');
        else if (*p == ' ' || *p == '\n' || *p == '\f')
            buf_addc(b, ' ');
        else if (*p >= 0xF0)
            p += 3;
        else if (*p > ' ')
            buf_addc(b, (char)*p);
    }
    buf_addc(b, ' ');
}

static size_t count_word(const struct buf *b, const char *word, size_t n)
{
    size_t count = 0;
    for (const char *p = buf_text(b); (p = strchr(p, ' ')); p++)
        count += !strncmp(p + 1, word, n) && p[1 + n] == ' ';
    return count;
}

static void add_document(struct buf *b, const struct doc *d)
{
    for (size_t i = 0; i < d->block_count; i++) {
        const struct doc_block *block = d->blocks[i];
        struct buf text = {0};
        doc_block_text(block, &text);
        if (block->type != DOC_APPENDIX) /* set in capitals */
            add_words(b, buf_text(&text));
        buf_free(&text);
        const struct doc_table *t = block->table;
        for (size_t r = 0; t && r < t->row_count; r++)
            for (size_t c = 0; c < t->column_count; c++)
                add_words(b, t->rows[r].cells[c]);
        for (size_t c = 0; t && c < t->column_count; c++)
            add_words(b, t->columns[c].head);
        if (t && d->form == DOC_PAGES) /* a slide's title says it */
            add_words(b, t->caption);
    }
    add_words(b, d->subject);
}

/* Lines break elsewhere and cells stand in another order, but no word is lost or cut. */
static void assert_pdf_says_all(enum doc_form form)
{
    char path[1024];
    struct doc d;
    struct buf said = {0}, there = {0}, want = {0};
    make_file(form, path);
    heard(&said, (const char *const[]){"pdftotext", path, "-", NULL});
    add_words(&there, said.data);
    sample_document(&d, form, LANG_VI);
    add_document(&want, &d);
    for (const char *word = want.data; *word;) {
        size_t n = strcspn(word, " ");
        size_t wanted = count_word(&want, word, n), got = count_word(&there, word, n);
        if (n && got < wanted)
            fail_msg("'%.*s': %zu times of %zu", (int)n, word, got, wanted);
        word += n + (word[n] == ' ');
    }
    doc_free(&d);
    buf_free(&said);
    buf_free(&there);
    buf_free(&want);
}

static void the_pdf_says_every_word_of_the_document(void **state)
{
    (void)state;
    need_libreoffice();
    assert_pdf_says_all(DOC_PAGES);
    assert_pdf_says_all(DOC_SLIDES);
}

static bool has_bytes(const struct buf *b, const char *bytes)
{
    size_t n = strlen(bytes);
    for (size_t i = 0; i + n <= b->len; i++)
        if (!memcmp(b->data + i, bytes, n))
            return true;
    return false;
}

static void the_same_document_gives_the_same_bytes_and_no_clock(void **state)
{
    (void)state;
    need_libreoffice();
    for (int form = DOC_PAGES; form <= DOC_SLIDES; form++) {
        const struct buf *one = made((enum doc_form)form);
        struct buf other = {0};
        setenv("TZ", "Asia/Ho_Chi_Minh", 1);
        setenv("LC_ALL", "vi_VN.UTF-8", 1);
        make((enum doc_form)form, &other);
        unsetenv("TZ");
        unsetenv("LC_ALL");
        assert_int_equal(one->len, other.len);
        assert_memory_equal(one->data, other.data, other.len);
        assert_true(has_bytes(&other, "/CreationDate(D:20241231000000Z"));
        buf_free(&other);
    }
}

static void fonts_are_in_the_file_and_wide_appendices_lie(void **state)
{
    (void)state;
    char path[1024];
    struct buf said = {0};
    need_libreoffice();
    make_file(DOC_PAGES, path);
    heard(&said, (const char *const[]){"pdffonts", path, NULL});
    const char *emb = strstr(said.data, " emb ");
    assert_non_null(emb);
    size_t column = (size_t)(emb + 1 - said.data);
    int fonts = 0;
    for (char *line = said.data, *stop; (stop = strchr(line, '\n')); line = stop + 1) {
        if (line == said.data || *line == '-')
            continue;
        fonts++;
        assert_true((size_t)(stop - line) > column && !strncmp(line + column, "yes", 3));
    }
    assert_true(fonts >= 2);
    heard(&said, (const char *const[]){"pdfinfo", "-l", "9", path, NULL});
    assert_non_null(strstr(said.data, " 595.304 x 841.89"));
    assert_non_null(strstr(said.data, " 841.89 x 595.304"));
    buf_free(&said);
}

static void the_file_has_tags_for_a_screen_reader(void **state)
{
    (void)state;
    static const char *const tags[] = {"H1", "H2", "H3", "Table", "TR", "TH", "Figure"};
    char path[1024];
    struct buf said = {0};
    need_libreoffice();
    make_file(DOC_PAGES, path);
    heard(&said, (const char *const[]){"pdfinfo", "-struct-text", path, NULL});
    for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++)
        if (!strstr(said.data, tags[i]))
            fail_msg("no %s", tags[i]);
    assert_true(has_bytes(made(DOC_PAGES), "/Alt<FEFF005400681EA1006E0068")); /* "Thạnh" */
    buf_free(&said);
}

static void a_temporary_place_with_blanks_and_accents_is_none_the_worse(void **state)
{
    (void)state;
    char place[1024];
    struct err e = {0};
    struct buf pdf = {0};
    need_libreoffice();
    file_of(place, "tệp tạm #1 100%25");
    assert_true(sys_make_folder(place, &e));
    setenv("TMPDIR", place, 1);
    make(DOC_SLIDES, &pdf);
    assert_memory_equal(pdf.data, "%PDF-", 5);
    buf_free(&pdf);
}

static void two_at_once_do_not_meet(void **state)
{
    (void)state;
    struct buf one = {0}, other = {0};
    struct maker a = {DOC_SLIDES, &one, {0}, false}, b = {DOC_SLIDES, &other, {0}, false};
    need_libreoffice();
    struct sys_worker *w = sys_worker_start(make_in_thread, &a);
    assert_non_null(w);
    make_in_thread(&b);
    sys_worker_join(w);
    assert_true(a.ok && b.ok && one.len == other.len);
    assert_memory_equal(one.data, other.data, one.len);
    buf_free(&one);
    buf_free(&other);
}

/* ---- faults ---- */

/* A soffice that does what the script says ($out: where it was told to write to), and no other. */
static void pretend(const char *script)
{
    char path[1024], text[1024];
    struct err e = {0};
    file_of(path, "soffice");
    int n = snprintf(text, sizeof text,
                     "#!/bin/sh\nPATH=/usr/bin:/bin\nwhile [ \"$1\" != --outdir ]; do shift; "
                     "done\nout=$2\n%s\n",
                     script);
    assert_true(sys_write_whole(path, text, (size_t)n, &e));
    assert_int_equal(chmod(path, 0755), 0);
    assert_int_equal(setenv("PATH", folder.data, 1), 0);
}

static void assert_refused(enum doc_form form, const char *one, const char *other)
{
    struct doc d;
    struct err e = {0};
    struct buf pdf = {0};
    buf_adds(&pdf, "before");
    sample_document(&d, form, LANG_EN);
    assert_false(pdf_write(&d, &pdf, &e));
    assert_int_equal(e.code, ERR_FAILED);
    if (!strstr(e.msg, one) || !strstr(e.msg, other) || strchr(e.msg, '\n'))
        fail_msg("%s", e.msg);
    assert_string_equal(pdf.data, "before");
    assert_int_equal(left_behind(), 0);
    buf_free(&pdf);
    doc_free(&d);
}

static void without_libreoffice_the_package_is_named(void **state)
{
    (void)state;
    setenv("PATH", folder.data, 1);
    assert_refused(DOC_PAGES, "not installed", "apt-get install libreoffice-writer-nogui");
    assert_refused(DOC_SLIDES, "not installed", "apt-get install libreoffice-impress-nogui");
}

static void one_that_writes_nothing_and_is_content_is_not_believed(void **state)
{
    (void)state;
    pretend("exit 0");
    assert_refused(DOC_SLIDES, "wrote no file", "libreoffice-impress-nogui");
    pretend(": > \"$out/document.pdf\"");
    assert_refused(DOC_PAGES, "wrote no file", "libreoffice-writer-nogui");
}

static void one_that_hangs_is_stopped_with_its_children(void **state)
{
    (void)state;
    pretend("echo half > \"$out/document.pdf\"; sleep 60 & sleep 60");
    setenv("KEOGIAM_TIMEOUT", "1", 1);
    assert_refused(DOC_PAGES, "after 1 seconds", "KEOGIAM_TIMEOUT");
}

static void dates_and_identifiers_are_overwritten_in_place(void **state)
{
    (void)state;
    static const char want[] = "%PDF-1.6\n/CreationDate(D:20241231000000Z)\n"
                               "/CreationDate(D:2026)\n/ID [ <00000000> <0000> ]\n"
                               "/DocChecksum /00000000\n8A /ID [ <00";
    struct doc d;
    struct err e = {0};
    struct buf pdf = {0};
    pretend("printf '%%PDF-1.6\\n/CreationDate(D:20261126025800Z)\\n/CreationDate(D:2026)\\n"
            "/ID [ <12ABcdEF> <99FF> ]\\n/DocChecksum /7AF80011\\n8A /ID [ <12' "
            "> \"$out/document.pdf\"; exit 79");
    sample_document(&d, DOC_PAGES, LANG_EN);
    assert_true(pdf_write(&d, &pdf, &e));
    assert_string_equal(pdf.data, want);
    buf_free(&pdf);
    doc_free(&d);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_pdf_says_every_word_of_the_document),
        TEST(the_same_document_gives_the_same_bytes_and_no_clock),
        TEST(fonts_are_in_the_file_and_wide_appendices_lie),
        TEST(the_file_has_tags_for_a_screen_reader),
        TEST(a_temporary_place_with_blanks_and_accents_is_none_the_worse),
        TEST(two_at_once_do_not_meet),
        TEST(without_libreoffice_the_package_is_named),
        TEST(one_that_writes_nothing_and_is_content_is_not_believed),
        TEST(one_that_hangs_is_stopped_with_its_children),
        TEST(dates_and_identifiers_are_overwritten_in_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
