#include "Events.h"

#include <stdlib.h>
#include <string.h>

enum {
    /// More elements within one another are no workbook.
    MOST_DEPTH = 200,
};

static void pass_over(void *context, xmlErrorPtr error) {}

void baophu_be_quiet(void) { xmlSetStructuredErrorFunc(NULL, pass_over); }

int baophu_bytes_append(baophu_bytes *bytes, const char *more, size_t count) {
    if (count > bytes->capacity - bytes->count) {
        size_t capacity = bytes->capacity < 4096 ? 4096 : bytes->capacity;
        while (capacity - bytes->count < count) capacity += capacity / 2;
        char *grown = realloc(bytes->bytes, capacity);
        if (grown == NULL) return 0;
        bytes->bytes = grown;
        bytes->capacity = capacity;
    }
    memcpy(bytes->bytes + bytes->count, more, count);
    bytes->count += count;
    return 1;
}

static int digit(char letter) {
    if (letter >= '0' && letter <= '9') return letter - '0';
    if (letter >= 'A' && letter <= 'F') return letter - 'A' + 10;
    if (letter >= 'a' && letter <= 'f') return letter - 'a' + 10;
    return -1;
}

/// The number in `_xHHHH_`; -1 where there is none.
static long escaped(const char *text, size_t left) {
    if (left < 7 || text[0] != '_' || text[1] != 'x' || text[6] != '_') return -1;
    long value = 0;
    for (int place = 2; place < 6; place++) {
        int found = digit(text[place]);
        if (found < 0) return -1;
        value = value * 16 + found;
    }
    return value;
}

void baophu_bytes_unescape(baophu_bytes *bytes, size_t start) {
    if (bytes->count - start < 7) return;
    char *text = bytes->bytes + start;
    size_t count = bytes->count - start;
    char *first = memchr(text, '_', count);
    if (first == NULL) return;
    size_t from = (size_t)(first - text), to = from;
    while (from < count) {
        long value = escaped(text + from, count - from);
        size_t taken = 7;
        if (value >= 0xD800 && value < 0xDC00) {
            long low = escaped(text + from + 7, count - from - 7);
            if (low >= 0xDC00 && low < 0xE000) {
                value = 0x10000 + ((value - 0xD800) << 10) + (low - 0xDC00);
                taken = 14;
            }
        }
        if (value < 0 || (value >= 0xD800 && value < 0xE000)) {
            text[to++] = text[from++];
            continue;
        }
        from += taken;
        // What no text may hold is left out.
        if (value < 0x20 && value != 9 && value != 10 && value != 13) continue;
        if (value < 0x80) {
            text[to++] = (char)value;
        } else if (value < 0x800) {
            text[to++] = (char)(0xC0 | value >> 6);
            text[to++] = (char)(0x80 | (value & 0x3F));
        } else if (value < 0x10000) {
            text[to++] = (char)(0xE0 | value >> 12);
            text[to++] = (char)(0x80 | (value >> 6 & 0x3F));
            text[to++] = (char)(0x80 | (value & 0x3F));
        } else {
            text[to++] = (char)(0xF0 | value >> 18);
            text[to++] = (char)(0x80 | (value >> 12 & 0x3F));
            text[to++] = (char)(0x80 | (value >> 6 & 0x3F));
            text[to++] = (char)(0x80 | (value & 0x3F));
        }
    }
    bytes->count = start + to;
}

static void document_type(void *reader, const xmlChar *name, const xmlChar *external, const xmlChar *system) {
    baophu_events_stop(reader, BAOPHU_FAULT_DOCTYPE);
}

int baophu_events_open(
    baophu_events *events, startElementNsSAX2Func start, endElementNsSAX2Func end, charactersSAXFunc characters) {
    xmlSAXHandler handler = {
        .initialized = XML_SAX2_MAGIC,
        .internalSubset = document_type,
        .startElementNs = start,
        .endElementNs = end,
        .characters = characters,
        .ignorableWhitespace = characters,
        .cdataBlock = characters,
    };
    baophu_be_quiet();
    events->parser = xmlCreatePushParserCtxt(&handler, events, NULL, 0, NULL);
    if (events->parser == NULL) return 0;
    xmlCtxtUseOptions(events->parser, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    return 1;
}

void baophu_events_close(baophu_events *events) {
    if (events->parser->myDoc != NULL) {
        xmlFreeDoc(events->parser->myDoc);
        events->parser->myDoc = NULL;
    }
    xmlFreeParserCtxt(events->parser);
}

int baophu_events_feed(baophu_events *events, const char *bytes, int count, int is_last) {
    baophu_be_quiet();
    int error = xmlParseChunk(events->parser, bytes, count, is_last);
    if (events->fault != BAOPHU_FAULT_NONE) return events->fault;
    return error != 0 || !events->parser->wellFormed ? BAOPHU_FAULT_MALFORMED : BAOPHU_FAULT_NONE;
}

void baophu_events_stop(baophu_events *events, int fault) {
    if (events->fault == BAOPHU_FAULT_NONE) events->fault = fault;
    xmlStopParser(events->parser);
}

int baophu_events_enter(baophu_events *events) {
    if (++events->depth <= MOST_DEPTH) return 1;
    baophu_events_stop(events, BAOPHU_FAULT_DEPTH);
    return 0;
}

void baophu_events_leave(baophu_events *events) { events->depth--; }

const char *baophu_events_attribute(const xmlChar **attributes, int count, const char *name, size_t *length) {
    for (int index = 0; index < count; index++) {
        const xmlChar **attribute = attributes + index * 5;
        if (strcmp((const char *)attribute[0], name) == 0) {
            *length = (size_t)(attribute[4] - attribute[3]);
            return (const char *)attribute[3];
        }
    }
    *length = 0;
    return NULL;
}
