/* fixtures_reform.h: a province whose communes were merged and divided.
 *
 *   until 2025-06-30          since 2025-07-01
 *   district D: A, B          N1 = A + B
 *   district D: C             N2 = C + part of X
 *   district E: X, Y          N3 = part of X + Y
 *   and before 2022 A was A1 and A2.
 */
#ifndef KEOGIAM_TESTS_FIXTURES_REFORM_H
#define KEOGIAM_TESTS_FIXTURES_REFORM_H

#include "fixtures_series.h"

static const char reform_units[] = "unit,name,parent,level,area_km2,valid_from,valid_to\n"
                                   "P,Tỉnh,,province,,2010-01-01,\n"
                                   "D,Huyện D,P,district,,2010-01-01,2025-06-30\n"
                                   "E,Huyện E,P,district,,2010-01-01,2025-06-30\n"
                                   "A1,Xã A1,D,commune,,2010-01-01,2021-12-31\n"
                                   "A2,Xã A2,D,commune,,2010-01-01,2021-12-31\n"
                                   "A,Xã A,D,commune,,2022-01-01,2025-06-30\n"
                                   "B,Xã B,D,commune,,2010-01-01,2025-06-30\n"
                                   "C,Xã C,D,commune,,2010-01-01,2025-06-30\n"
                                   "X,Xã X,E,commune,,2010-01-01,2025-06-30\n"
                                   "Y,Xã Y,E,commune,,2010-01-01,2025-06-30\n"
                                   "N1,Xã N1,P,commune,30,2025-07-01,\n"
                                   "N2,Xã N2,P,commune,10,2025-07-01,\n"
                                   "N3,Xã N3,P,commune,40,2025-07-01,\n";

static const char reform_merges[] = "old_unit,new_unit,on,share\n"
                                    "A1,A,2022-01-01,1\nA2,A,2022-01-01,1\n"
                                    "A,N1,2025-07-01,1\nB,N1,2025-07-01,1\n"
                                    "C,N2,2025-07-01,1\nY,N3,2025-07-01,1\n";

#define DIVIDED "old_unit,new_unit,on\nX,N2,2025-07-01\nX,N3,2025-07-01\n"
#define SHARED "old_unit,new_unit,on,share\nX,N2,2025-07-01,0.6\nX,N3,2025-07-01,0.4\n"

struct reform {
    struct desk desk;
    struct lineage lineage;
};

/* how: what becomes of X; "" leaves it as it is. */
static inline void reform_new(struct reform *r, const char *how)
{
    *r = (struct reform){0};
    desk_new(&r->desk);
    loads(&r->desk, "units", reform_units);
    loads(&r->desk, "successions", reform_merges);
    if (*how)
        loads(&r->desk, "successions", how);
}

static inline void reform_on(struct reform *r, const char *on, enum split split)
{
    struct err e = {0};
    lineage_free(&r->lineage);
    if (!lineage_init(&r->lineage, r->desk.store, STATE_NOW, &r->desk.directory, day_of(on), split,
                      &e))
        fail_msg("%s", e.msg);
}

static inline void reform_free(struct reform *r)
{
    lineage_free(&r->lineage);
    desk_free(&r->desk);
}

static inline const struct lineage_unit *line_of(const struct reform *r, const char *code)
{
    return &r->lineage.units[unit_of(&r->desk.directory, code)];
}

/* "N2 0.6, N3 0.4"; a share that is not known is "?". */
static inline void assert_heirs(const struct reform *r, const char *code, const char *want)
{
    const struct lineage_unit *line = line_of(r, code);
    struct buf got = {0};
    for (size_t i = 0; i < line->heir_count; i++) {
        buf_addf(&got, "%s%s", i ? ", " : "", r->desk.directory.units[line->heirs[i].unit].code);
        if (isnan(line->heirs[i].share))
            buf_adds(&got, " ?");
        else
            buf_addf(&got, " %g", line->heirs[i].share);
    }
    assert_string_equal(buf_text(&got), want);
    buf_free(&got);
}

#endif
