/* package.h: the zip file that DOCX and PPTX are, made in memory: entries in the order they are
 * added, each dated 1980-01-01, so that the same parts are the same bytes.
 */
#ifndef KEOGIAM_REPORT_PACKAGE_H
#define KEOGIAM_REPORT_PACKAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "report/doc.h"

struct package;

/* NULL when out of memory. */
struct package *package_new(void);
void package_delete(struct package *p); /* accepts NULL */

/* Adds an entry ("word/document.xml"; [Content_Types].xml must be the first), copying its bytes.
 * What goes wrong is said by package_finish. */
void package_add(struct package *p, const char *name, const char *bytes, size_t n);
/* The same of a text put together; empties it. */
void package_add_made(struct package *p, const char *name, struct buf *text);

/* Adds docProps/core.xml: title, who wrote it, language, and when: the document's own date. */
void package_add_properties(struct package *p, const struct doc *d);

/* Appends the whole file to *file. Fails: out of memory, libzip. */
bool package_finish(struct package *p, struct buf *file, struct err *e);

/* A part of a package that is to hold other bytes. */
struct package_change {
    const char *name;
    const char *bytes;
    size_t n;
};
/* Appends the package `old` with some parts changed: the others stay as they are packed, all in
 * their order, with their dates. `path` is for messages. Fails (ERR_FAILED): out of memory, libzip.
 */
bool package_change(const struct buf *old, const struct package_change *changes, size_t count,
                    const char *path, struct buf *file, struct err *e);

/* Text into XML: & < > " ' as entities, control characters that XML forbids dropped. Append. */
void package_escape(struct buf *b, const char *text);

#endif
