/* monthly.h: for every place and month: how many cases, and who says so. What `status` looks at for
 * silences, and for jumps where the one who speaks changes.
 *
 * Receives: cases and counts rows one at a time, in one pass; coverage.
 * Hands on: a cell a topic x unit x month. Topics are the categories that coverage is given for
 *   (roots as a rule); units are directory indices, parents included; months those of the
 *   calendar's, from the first to the last that anybody speaks for, the last 240 at most.
 * A leaf's month is known where all its days are, by one source's case rows, or where counts rows
 * of whole months state it: these stand for it and all below. A parent's is known by counts rows of
 * its own, else where all its leaves that exist in the whole month are. Cases go by date of
 * receipt, counts rows of other bases are passed over; a counts row of several months has its
 * number in its last one. Of kinds below the topic the uppermost rows are added.
 * Checked: tests/test_monthly.c.
 */
#ifndef KEOGIAM_SERIES_MONTHLY_H
#define KEOGIAM_SERIES_MONTHLY_H

#include "series/stated.h"

/* Who speaks: VOICE_FIRST + 2 * source (index in the coverage) + 1 for counts rows. */
enum { VOICE_NONE, VOICE_MANY, VOICE_FIRST };

struct month_cell {
    int32_t count;
    uint16_t voice;
    bool continues; /* the counts row of the month before */
};

struct monthly_speaker {
    size_t source, next;
};

struct monthly {
    const struct directory *directory;
    const struct cover *cover;
    size_t n;
    struct span *months; /* [n] */
    struct span days;    /* of all */
    uint16_t *month_of;  /* by day - days.from */
    size_t *topics;      /* directory indices of categories */
    size_t topic_count;
    size_t *topic_of;         /* by category: index in topics, NO_ENTRY */
    bool *is_leaf;            /* by unit */
    struct month_cell *cells; /* [(topic * units + unit) * n + month] */
    size_t *speaking;         /* by unit: the sources that have cases there, NO_ENTRY */
    struct monthly_speaker *speakers;
    size_t speaker_count, speaker_cap;
};

/* n = 0 where nobody speaks. *m is to be freed in any case. */
bool monthly_init(struct monthly *m, const struct directory *d, const struct cover *cover,
                  struct calendar calendar, struct err *e);
void monthly_free(struct monthly *m); /* accepts zero */

/* A case received on a day. source: index in the coverage, NO_ENTRY. */
bool monthly_add(struct monthly *m, size_t unit, const struct category_set *set, day on,
                 size_t source, struct err *e);
/* After the last case: who speaks, counts rows, parents. */
bool monthly_finish(struct monthly *m, const struct stated *rows, struct err *e);

static inline struct month_cell *monthly_cells(const struct monthly *m, size_t topic, size_t unit)
{
    return &m->cells[(topic * m->directory->unit_count + unit) * m->n];
}

/* The unit exists in the whole month. */
static inline bool monthly_is_due(const struct monthly *m, size_t unit, size_t month)
{
    struct span valid = m->directory->units[unit].valid;
    return valid.from <= m->months[month].from && valid.to >= m->months[month].to;
}

/* A source (index in the coverage) has a case in the unit itself. */
bool monthly_has_cases(const struct monthly *m, size_t unit, size_t source);

/* The name of a voice's source, NULL where it is none or several. */
const char *monthly_source(const struct monthly *m, uint16_t voice);
static inline bool monthly_is_counts(uint16_t voice)
{
    return voice >= VOICE_FIRST && (voice - VOICE_FIRST) % 2;
}

#endif
