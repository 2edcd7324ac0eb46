/* office.h: reading the zip packages of Office (.xlsx, .docx): parts by name, their XML streamed.
 *
 * What an unknown file may do to us is bounded here: sizes are capped before anything is unpacked,
 * a part that unpacks to more than the package says is refused, and so is a DOCTYPE (entities that
 * grow). Memory does not grow with a part. Packages are written in report/package.h.
 */
#ifndef KEOGIAM_INGEST_OFFICE_H
#define KEOGIAM_INGEST_OFFICE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

/* Most bytes that a part, and all parts together, may have unpacked. */
#define OFFICE_PART_MAX ((size_t)1 << 30)
#define OFFICE_TOTAL_MAX ((size_t)2 << 30)

struct office;

/* Fails (ERR_INPUT, naming the path): missing, unreadable, no zip package or a damaged one, a
 * package under a password, too large unpacked. */
bool office_open(struct office **o, const char *path, struct err *e);
void office_close(struct office *o); /* accepts NULL */

/* Names of the parts, in the package's order. */
size_t office_count(const struct office *o);
const char *office_name(const struct office *o, size_t i);
/* "xl/workbook.xml"; capitals matter. */
bool office_has(const struct office *o, const char *part);
/* Appends the part's bytes as they are. Fails: no such part, damaged, out of memory. */
bool office_bytes(struct office *o, const char *part, struct buf *bytes, struct err *e);

/* The part's bytes piece by piece, at most OFFICE_PIECE, the last one empty. Fails as
 * office_bytes. */
#define OFFICE_PIECE ((size_t)1 << 16)
struct office_stream;
bool office_stream_open(struct office_stream **s, struct office *o, const char *part,
                        struct err *e);
void office_stream_close(struct office_stream *s); /* accepts NULL */
bool office_stream_next(struct office_stream *s, const char **bytes, size_t *n, struct err *e);

/* What is told of a part's XML, in its order. Names come without their prefix ("row", "t"), text in
 * UTF-8 and in pieces. A handler that fails sets its context's own error and asks for no more by
 * office_part_stop. Any may be NULL. */
struct office_xml {
    void (*start)(void *context, const char *name, const char *const *attributes);
    void (*end)(void *context, const char *name);
    void (*text)(void *context, const char *bytes, size_t n);
};
/* An attribute of a start, whatever its prefix ("id" finds r:id); NULL without. */
const char *office_attribute(const char *const *attributes, const char *name);

struct office_part;

/* x and context must outlive the part, and the part not the package. Fails: no such part. */
bool office_part_open(struct office_part **p, struct office *o, const char *part,
                      const struct office_xml *x, void *context, struct err *e);
void office_part_close(struct office_part *p); /* accepts NULL */

/* Hands the next piece of the part on to the handlers, at most 64 KiB of XML; *more = false behind
 * the last and after a stop. Fails (ERR_INPUT, naming path and part): damaged, not XML, a DOCTYPE,
 * larger than it says. */
bool office_part_next(struct office_part *p, bool *more, struct err *e);
void office_part_stop(struct office_part *p);
/* Lines of the part's XML so far, 1-based, for messages. */
size_t office_part_line(const struct office_part *p);

/* All of a part. */
bool office_read(struct office *o, const char *part, const struct office_xml *x, void *context,
                 struct err *e);
/* The same of XML in memory, called `name` in messages; n must fit an int. */
bool office_read_bytes(const char *name, const char *bytes, size_t n, const struct office_xml *x,
                       void *context, struct err *e);

#endif
