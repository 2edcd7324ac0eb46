/* xml_lex.h: the XML of a sheet's rows, which is nearly all of a workbook, told in a third of the
 * time that expat takes for it. Internal to ingest/.
 *
 * Takes well-formed UTF-8 and refuses all else: tags that do not match, entities but the five of
 * XML and numbers, control characters, a DOCTYPE. What it leaves unchecked does no harm: doubled
 * attributes, letters that names may not have, bytes in attributes that nobody asks for. Comments
 * and processing instructions are passed over, CDATA is text.
 */
#ifndef KEOGIAM_INGEST_XML_LEX_H
#define KEOGIAM_INGEST_XML_LEX_H

#include <stdint.h>

#include "ingest/office.h"

#define XML_DEPTH_MAX 32

struct xml_lexer {
    const struct office_xml *x; /* as of office_part; names without their prefix */
    void *context;
    struct buf waiting;           /* a tag or text that the last piece cut */
    uint64_t open[XML_DEPTH_MAX]; /* the elements that are open: names, shortened */
    size_t depth;
    bool began, stopped;
};
void xml_lexer_free(struct xml_lexer *l); /* accepts zero */

/* The next piece; the last one is empty. False: it is not right, or memory ran out
 * (waiting.failed). */
bool xml_lex(struct xml_lexer *l, const char *bytes, size_t n);

#endif
