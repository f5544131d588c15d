// What the readers of sheets and shared strings have in common. Seen within this target only.
#pragma once

#include "CXML.h"

#include <libxml/parser.h>
#include <stddef.h>

/// Keeps libxml2 from writing to standard error on this thread: not all of its errors heed the options of a parser. What is wrong
/// is told by what reading answers.
void baophu_be_quiet(void);

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

/// A parser and how far it came. The first member of whatever events are pushed to.
typedef struct {
    xmlParserCtxtPtr parser;
    /// Why it is read no further.
    int fault;
    int depth;
} baophu_events;

/// Makes the parser, which pushes its events to what `events` is the first member of; 0 when there is no memory.
int baophu_events_open(
    baophu_events *events, startElementNsSAX2Func start, endElementNsSAX2Func end, charactersSAXFunc characters);
void baophu_events_close(baophu_events *events);
/// Answers a fault.
int baophu_events_feed(baophu_events *events, const char *bytes, int count, int is_last);
/// Reads no further; the first fault stands.
void baophu_events_stop(baophu_events *events, int fault);
/// An element begins; 0 when there are too many within one another, which is a fault then.
int baophu_events_enter(baophu_events *events);
/// An element ends.
void baophu_events_leave(baophu_events *events);

/// An attribute of a start tag by its name without prefix: its bytes, not ended by zero.
const char *baophu_events_attribute(const xmlChar **attributes, int count, const char *name, size_t *length);
