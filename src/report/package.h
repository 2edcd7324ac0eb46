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

/* Text into XML: & < > " ' as entities, control characters that XML forbids dropped. Append. */
void package_escape(struct buf *b, const char *text);

#endif
