/* fixtures_typed.h: a session on a test's database, as commands have it that take what is typed. */
#ifndef KEOGIAM_TESTS_FIXTURES_TYPED_H
#define KEOGIAM_TESTS_FIXTURES_TYPED_H

#include "fixtures_store.h"

#include "cli/typed.h"

static const struct command typed_add = {.name = "add", .vi_name = "them"};

/* Closed by typed_end; the desk must not load meanwhile. */
static inline void typed_start(struct session *s, struct request *r, const struct desk *k,
                               enum lang lang)
{
    struct err e = {0};
    *r = (struct request){.command = &typed_add, .lang = lang};
    *s =
        (struct session){.request = r, .lang = lang, .store = k->store, .calendar = CALENDAR_CIVIL};
    if (!store_directory(k->store, STATE_NOW, &s->directory, &e))
        fail_msg("%s", e.msg);
}

static inline void typed_end(struct session *s)
{
    directory_free(&s->directory);
}

#endif
