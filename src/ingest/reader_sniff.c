#include <string.h>

#include "ingest/reader_formats.h"

enum { SNIFF_RECORDS = 20, CANDIDATES = 4 };

static const char candidates[] = ",;\t|";

static const char *skip_space(const char *at, const char *end)
{
    while (at < end && (*at == ' ' || *at == '\t' || *at == '\n' || *at == '\r'))
        at++;
    return at;
}

bool sniff_is_json(const char *text, size_t n)
{
    const char *end = text + n, *at = skip_space(text, end);
    if (at < end && *at == '[') {
        at = skip_space(at + 1, end);
        return at < end && (*at == '{' || *at == '[');
    }
    return at < end && *at == '{';
}

bool sniff_separator_line(const char *text, size_t n, char *delimiter)
{
    if (n < 5 || memcmp(text, "sep=", 4) || !text[4] || !strchr(candidates, text[4]))
        return false;
    if (n > 5 && text[5] != '\n' && text[5] != '\r')
        return false;
    *delimiter = text[4];
    return true;
}

/* How often each candidate stands outside quotes, a record each. */
struct tally {
    size_t counts[SNIFF_RECORDS][CANDIDATES];
    size_t records;
};

/* The length of the record at text with its line end; *blank: nothing before it. */
static size_t tally_record(const char *text, size_t n, size_t counts[CANDIDATES], bool *blank)
{
    bool quoted = false;
    size_t i = 0;
    for (; i < n && (quoted || (text[i] != '\n' && text[i] != '\r')); i++) {
        const char *found = text[i] ? strchr(candidates, text[i]) : NULL;
        if (text[i] == '"')
            quoted = !quoted;
        else if (found && !quoted)
            counts[found - candidates]++;
    }
    *blank = i == 0;
    size_t line_end = i + 1 < n && text[i] == '\r' && text[i + 1] == '\n' ? 2 : i < n;
    return i + line_end;
}

static void tally_fill(struct tally *t, const char *text, size_t n, size_t skip_rows)
{
    while (n > 0 && t->records < SNIFF_RECORDS) {
        size_t counts[CANDIDATES] = {0};
        bool blank;
        size_t used = tally_record(text, n, counts, &blank);
        text += used;
        n -= used;
        if (skip_rows > 0)
            skip_rows--;
        else if (!blank)
            memcpy(t->counts[t->records++], counts, sizeof counts);
    }
}

/* Of how many records a candidate makes the same number of fields, > 1, at best; *count of that
 * best. */
static size_t tally_agreement(const struct tally *t, size_t candidate, size_t *count)
{
    size_t best = 0;
    *count = 0;
    for (size_t i = 0; i < t->records; i++) {
        size_t wanted = t->counts[i][candidate], agree = 0;
        for (size_t j = 0; wanted && j < t->records; j++)
            agree += t->counts[j][candidate] == wanted;
        if (agree > best || (agree == best && wanted > *count)) {
            best = agree;
            *count = wanted;
        }
    }
    return best;
}

char sniff_delimiter(const char *text, size_t n, size_t skip_rows)
{
    struct tally t = {.records = 0};
    tally_fill(&t, text, n, skip_rows);
    size_t chosen = 0, most = 0, fields = 0;
    for (size_t k = 0; k < CANDIDATES; k++) {
        size_t count, agree = tally_agreement(&t, k, &count);
        if (agree > most || (agree == most && count > fields)) {
            chosen = k;
            most = agree;
            fields = count;
        }
    }
    return candidates[chosen];
}
