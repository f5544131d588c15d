#include "Events.h"

#include <stdlib.h>
#include <string.h>

enum {
    MOST_STRINGS = 32 << 20,
};

struct baophu_strings {
    baophu_events events;
    baophu_bytes bytes;
    unsigned *ends;
    size_t count;
    size_t capacity;
    /// Where the string at hand begins.
    size_t start;
    int in_text;
    int in_phonetic;
};

static void stop(baophu_strings *strings, int fault) { baophu_events_stop(&strings->events, fault); }

static void start_element(
    void *reader, const xmlChar *name, const xmlChar *prefix, const xmlChar *space, int spaces, const xmlChar **declared,
    int count, int defaulted, const xmlChar **attributes) {
    baophu_strings *strings = reader;
    if (!baophu_events_enter(&strings->events)) return;
    if (name[0] == 't' && name[1] == 0) strings->in_text = !strings->in_phonetic;
    if (strcmp((const char *)name, "rPh") == 0) strings->in_phonetic = 1;
}

static void end_element(void *reader, const xmlChar *name, const xmlChar *prefix, const xmlChar *space) {
    baophu_strings *strings = reader;
    baophu_events_leave(&strings->events);
    if (name[0] == 't' && name[1] == 0) strings->in_text = 0;
    if (strcmp((const char *)name, "rPh") == 0) strings->in_phonetic = 0;
    if (strcmp((const char *)name, "si") != 0) return;
    if (strings->count == strings->capacity) {
        size_t capacity = strings->capacity == 0 ? 1024 : strings->capacity + strings->capacity / 2;
        unsigned *grown = realloc(strings->ends, capacity * sizeof(unsigned));
        if (grown == NULL) return stop(strings, BAOPHU_FAULT_MEMORY);
        strings->ends = grown;
        strings->capacity = capacity;
    }
    baophu_bytes_unescape(&strings->bytes, strings->start);
    strings->ends[strings->count++] = (unsigned)strings->bytes.count;
    strings->start = strings->bytes.count;
    if (strings->count > MOST_STRINGS) stop(strings, BAOPHU_FAULT_SIZE);
}

static void characters(void *reader, const xmlChar *text, int count) {
    baophu_strings *strings = reader;
    if (!strings->in_text) return;
    if (!baophu_bytes_append(&strings->bytes, (const char *)text, (size_t)count)) stop(strings, BAOPHU_FAULT_MEMORY);
    // Ends are kept in 32 bits.
    if (strings->bytes.count > 0xFFFFFFFFu) stop(strings, BAOPHU_FAULT_SIZE);
}

baophu_strings *baophu_strings_open(void) {
    baophu_strings *strings = calloc(1, sizeof *strings);
    if (strings != NULL && baophu_events_open(&strings->events, start_element, end_element, characters)) return strings;
    free(strings);
    return NULL;
}

void baophu_strings_close(baophu_strings *strings) {
    baophu_events_close(&strings->events);
    free(strings->bytes.bytes);
    free(strings->ends);
    free(strings);
}

int baophu_strings_feed(baophu_strings *strings, const char *bytes, int count, int is_last) {
    return baophu_events_feed(&strings->events, bytes, count, is_last);
}

long baophu_strings_count(const baophu_strings *strings) { return (long)strings->count; }
const char *baophu_strings_bytes(const baophu_strings *strings) { return strings->bytes.bytes; }
const unsigned *baophu_strings_ends(const baophu_strings *strings) { return strings->ends; }
