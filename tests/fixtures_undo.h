/* fixtures_undo.h: taking loads back in a test's database, and two files to take back. */
#ifndef KEOGIAM_TESTS_FIXTURES_UNDO_H
#define KEOGIAM_TESTS_FIXTURES_UNDO_H

#include "fixtures_store.h"

static inline int64_t undo(struct desk *k, int64_t load)
{
    struct err e = {0};
    int64_t undone = 0, state = 0;
    if (!store_undo(k->store, load, &undone, &state, &e))
        fail_msg("%s", e.msg);
    if (load)
        assert_int_equal(undone, load);
    desk_read(k);
    return state;
}

static inline void assert_refused(struct desk *k, int64_t load, const char *want)
{
    struct err e = {0};
    int64_t undone, state;
    struct buf before = everything(k);
    assert_false(store_undo(k->store, load, &undone, &state, &e));
    assert_int_equal(e.code, ERR_INPUT);
    assert_string_equal(e.msg, want);
    assert_same(before, everything(k));
}

static inline void assert_rests(struct desk *k, int64_t load, int64_t on)
{
    char want[100];
    snprintf(want, sizeof want, "load %d: load %d rests on its rows: take that one back first",
             (int)load, (int)on);
    assert_refused(k, load, want);
}

/* The second changes a case of the first. */
#define FIRST CASES "A-1,30037,XHTE.TD,2024-01-05\nA-2,30040,XHTE;U18,2024-02-05\n"
#define SECOND CASES "A-2,30043,XHTE.BL,2024-02-06\nA-3,872/?,U18,2024-03-05\n"

#endif
