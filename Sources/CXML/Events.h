// What the readers of sheets and shared strings have in common. Seen within this target only.
#pragma once

#include "CXML.h"

#include <libxml/parser.h>
#include <stddef.h>

/// Bytes that grow.
typedef struct {
    char *bytes;
    size_t count;
    size_t capacity;
} baophu_bytes;

/// 0 when there is no memory.
int baophu_bytes_append(baophu_bytes *bytes, const char *more, size_t count);

/// Replaces `_xHHHH_` from `start` on by the letter it stands for (ECMA-376 part 1, 22.9.2.19), in place.
void baophu_bytes_unescape(baophu_bytes *bytes, size_t start);

/// A parser that pushes events of `handler` to `reader`.
xmlParserCtxtPtr baophu_events_open(xmlSAXHandler *handler, void *reader);
void baophu_events_close(xmlParserCtxtPtr parser);
/// Answers a fault.
int baophu_events_feed(xmlParserCtxtPtr parser, const char *bytes, int count, int is_last, const int *fault);

/// An attribute of a start tag by its name without prefix: its bytes, not ended by zero.
const char *baophu_events_attribute(const xmlChar **attributes, int count, const char *name, size_t *length);

/// More elements within one another are no workbook.
enum { BAOPHU_MOST_DEPTH = 200 };
