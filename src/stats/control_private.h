/* control_private.h: what the parts of control.c share. */
#ifndef KEOGIAM_STATS_CONTROL_PRIVATE_H
#define KEOGIAM_STATS_CONTROL_PRIVATE_H

#include "stats/control.h"

/* A signal of the segment in force, from its first to its last step: counted, and kept where it
 * ends later than the one that is kept. Of two that end together the first noted stays. */
void control_note(struct control_verdict *v, enum control_signal signal, size_t from, size_t to);

/* A segment of the series: known steps from `from` to before `to`. */
struct control_span {
    const struct time_series *series;
    struct control_point *points;
    size_t from, to;
    double phi;
};

/* Marks the points and notes each signal. */
void control_apply_rules(const struct control_span *s, struct control_verdict *v);

/* variation, prob_within, assurance from the rest of the verdict; is_recent: the last signal is. */
void control_judge(struct control_verdict *v, bool is_enough, bool is_recent, double phi,
                   struct control_target target);

#endif
