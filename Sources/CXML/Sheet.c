#include "Events.h"

#include <stdlib.h>
#include <string.h>

enum {
    MOST_COLUMNS = 16384,
    MOST_ROWS = 1048576,
    // Of a row, which is held whole: no sheet has more cells in one, and none so long a text.
    MOST_CELLS = 100000,
    MOST_TEXT = 64 << 20,
};

enum into { NOWHERE, VALUE, FORMULA };

struct baophu_sheet {
    baophu_events events;
    baophu_cell *cells;
    size_t count;
    size_t capacity;
    /// Entries up to here are of whole rows.
    size_t whole;
    baophu_bytes texts;
    /// Where the first entry of a row that is not whole has its text.
    size_t whole_text;
    baophu_bytes formula;

    int in_row;
    long row;
    int in_cell;
    long column;
    baophu_cell cell;
    int has_value;
    int has_formula;
    int in_phonetic;
    enum into into;
};

static void stop(baophu_sheet *sheet, int fault) { baophu_events_stop(&sheet->events, fault); }

static void append(baophu_sheet *sheet, baophu_bytes *bytes, const char *text, size_t count) {
    if (!baophu_bytes_append(bytes, text, count)) return stop(sheet, BAOPHU_FAULT_MEMORY);
    if (bytes->count > MOST_TEXT) stop(sheet, BAOPHU_FAULT_SIZE);
}

/// Adds the entry at hand; its text ends where the texts end.
static void add(baophu_sheet *sheet, baophu_cell cell) {
    if (sheet->count - sheet->whole > MOST_CELLS) return stop(sheet, BAOPHU_FAULT_SIZE);
    if (sheet->count == sheet->capacity) {
        size_t capacity = sheet->capacity == 0 ? 1024 : sheet->capacity * 2;
        baophu_cell *grown = realloc(sheet->cells, capacity * sizeof(baophu_cell));
        if (grown == NULL) return stop(sheet, BAOPHU_FAULT_MEMORY);
        sheet->cells = grown;
        sheet->capacity = capacity;
    }
    cell.length = (unsigned)(sheet->texts.count - cell.start);
    append(sheet, &sheet->texts, "", 1);
    sheet->cells[sheet->count++] = cell;
}

static void row_is_whole(baophu_sheet *sheet) {
    sheet->whole = sheet->count;
    sheet->whole_text = sheet->texts.count;
}

/// Forgets what came of a row that is not over.
static void forget_row(baophu_sheet *sheet) {
    sheet->count = sheet->whole;
    sheet->texts.count = sheet->whole_text;
}

/// Digits and nothing else; -1 otherwise, or when past `most`.
static long number(const char *text, size_t length, long most) {
    if (text == NULL || length == 0) return -1;
    long value = 0;
    for (size_t index = 0; index < length; index++) {
        if (text[index] < '0' || text[index] > '9') return -1;
        value = value * 10 + (text[index] - '0');
        if (value > most) return -1;
    }
    return value;
}

/// The column of `AB12`, from 0; -1 for what no sheet has.
static long column_of(const char *text, size_t length) {
    long column = 0;
    size_t index = 0;
    while (index < length && text[index] >= 'A' && text[index] <= 'Z') {
        column = column * 26 + (text[index] - 'A' + 1);
        if (column > MOST_COLUMNS) return -1;
        index++;
    }
    if (column == 0 || number(text + index, length - index, MOST_ROWS) < 1) return -1;
    return column - 1;
}

static unsigned char kind_of(const char *text, size_t length) {
    if (text == NULL) return BAOPHU_CELL_NUMBER;
    if (length == 1) {
        switch (text[0]) {
        case 's': return BAOPHU_CELL_SHARED;
        case 'b': return BAOPHU_CELL_TRUTH;
        case 'e': return BAOPHU_CELL_ERROR;
        case 'd': return BAOPHU_CELL_DAY;
        }
    }
    if (length == 3 && memcmp(text, "str", 3) == 0) return BAOPHU_CELL_RESULT;
    if (length == 9 && memcmp(text, "inlineStr", 9) == 0) return BAOPHU_CELL_INLINE;
    return BAOPHU_CELL_NUMBER;
}

static void begin_row(baophu_sheet *sheet, const xmlChar **attributes, int count) {
    size_t length;
    const char *text = baophu_events_attribute(attributes, count, "r", &length);
    long given = number(text, length, MOST_ROWS);
    // A number that no sheet has is no number.
    sheet->row = given > 0 ? given : sheet->row < MOST_ROWS ? sheet->row + 1 : MOST_ROWS;
    forget_row(sheet);
    sheet->in_row = 1;
    sheet->column = 0;
    // A row within a cell ends it: where its text began is gone.
    sheet->in_cell = 0;
    sheet->into = NOWHERE;
}

static void begin_cell(baophu_sheet *sheet, const xmlChar **attributes, int count) {
    sheet->in_cell = 1;
    sheet->has_value = sheet->has_formula = sheet->in_phonetic = 0;
    sheet->into = NOWHERE;
    sheet->formula.count = 0;
    memset(&sheet->cell, 0, sizeof sheet->cell);
    sheet->cell.start = (unsigned)sheet->texts.count;
    for (int index = 0; index < count; index++) {
        const xmlChar **attribute = attributes + index * 5;
        if (attribute[0][1] != 0) continue;
        const char *text = (const char *)attribute[3];
        size_t length = (size_t)(attribute[4] - attribute[3]);
        switch (attribute[0][0]) {
        case 'r': {
            long column = column_of(text, length);
            if (column >= 0) sheet->column = column;
            break;
        }
        case 's': {
            long style = number(text, length, 1 << 20);
            sheet->cell.style = style < 0 ? 0 : (unsigned)style;
            break;
        }
        case 't': sheet->cell.kind = kind_of(text, length); break;
        }
    }
}

static void end_cell(baophu_sheet *sheet) {
    if (!sheet->in_cell) return;
    sheet->in_cell = 0;
    sheet->into = NOWHERE;
    long column = sheet->column++;
    baophu_cell cell = sheet->cell;
    if (cell.kind == BAOPHU_CELL_INLINE || cell.kind == BAOPHU_CELL_RESULT) {
        baophu_bytes_unescape(&sheet->texts, cell.start);
    }
    if (sheet->texts.count == cell.start) {
        // A text that is a formula's result may be empty; a number, a truth or a day may not.
        int is_result = cell.kind == BAOPHU_CELL_RESULT && sheet->has_value;
        if (sheet->has_formula && !is_result && cell.kind != BAOPHU_CELL_ERROR) {
            cell.kind = BAOPHU_CELL_FORMULA;
            append(sheet, &sheet->texts, sheet->formula.bytes, sheet->formula.count);
        } else if (cell.kind != BAOPHU_CELL_ERROR) {
            return;
        }
    }
    if (column >= MOST_COLUMNS) {
        sheet->texts.count = cell.start;
        return;
    }
    cell.column = (unsigned short)column;
    add(sheet, cell);
}

static void start_element(
    void *reader, const xmlChar *name, const xmlChar *prefix, const xmlChar *space, int spaces, const xmlChar **declared,
    int count, int defaulted, const xmlChar **attributes) {
    baophu_sheet *sheet = reader;
    if (!baophu_events_enter(&sheet->events)) return;
    if (name[1] == 0) {
        switch (name[0]) {
        case 'c':
            // Elsewhere it is no cell, and what stands between rows would move its text away.
            if (sheet->in_row) begin_cell(sheet, attributes, count);
            break;
        case 'v':
            if (sheet->in_cell && sheet->cell.kind != BAOPHU_CELL_INLINE) sheet->into = VALUE;
            sheet->has_value = 1;
            break;
        case 't':
            if (sheet->in_cell && sheet->cell.kind == BAOPHU_CELL_INLINE && !sheet->in_phonetic) sheet->into = VALUE;
            break;
        case 'f':
            if (sheet->in_cell) sheet->into = FORMULA;
            sheet->has_formula = 1;
            break;
        }
    } else if (strcmp((const char *)name, "row") == 0) {
        begin_row(sheet, attributes, count);
    } else if (strcmp((const char *)name, "rPh") == 0) {
        sheet->in_phonetic = 1;
    } else if (strcmp((const char *)name, "mergeCell") == 0 && !sheet->in_row) {
        size_t length;
        const char *text = baophu_events_attribute(attributes, count, "ref", &length);
        if (text == NULL || length > 64) return;
        baophu_cell merged = {.kind = BAOPHU_MERGED, .start = (unsigned)sheet->texts.count};
        append(sheet, &sheet->texts, text, length);
        add(sheet, merged);
        row_is_whole(sheet);
    }
}

static void end_element(void *reader, const xmlChar *name, const xmlChar *prefix, const xmlChar *space) {
    baophu_sheet *sheet = reader;
    baophu_events_leave(&sheet->events);
    if (name[1] == 0) {
        switch (name[0]) {
        case 'c': end_cell(sheet); break;
        case 'v':
        case 't':
        case 'f': sheet->into = NOWHERE; break;
        }
    } else if (strcmp((const char *)name, "row") == 0) {
        sheet->in_cell = 0;
        if (sheet->in_row && sheet->count > sheet->whole) {
            baophu_cell end = {.kind = BAOPHU_ROW_END, .row = (unsigned)sheet->row, .start = (unsigned)sheet->texts.count};
            add(sheet, end);
            row_is_whole(sheet);
        }
        sheet->in_row = 0;
    } else if (strcmp((const char *)name, "rPh") == 0) {
        sheet->in_phonetic = 0;
    }
}

static void characters(void *reader, const xmlChar *text, int count) {
    baophu_sheet *sheet = reader;
    switch (sheet->into) {
    case NOWHERE: break;
    case VALUE: append(sheet, &sheet->texts, (const char *)text, (size_t)count); break;
    case FORMULA: append(sheet, &sheet->formula, (const char *)text, (size_t)count); break;
    }
}

baophu_sheet *baophu_sheet_open(void) {
    baophu_sheet *sheet = calloc(1, sizeof *sheet);
    if (sheet != NULL && baophu_events_open(&sheet->events, start_element, end_element, characters)) return sheet;
    free(sheet);
    return NULL;
}

void baophu_sheet_close(baophu_sheet *sheet) {
    baophu_events_close(&sheet->events);
    free(sheet->cells);
    free(sheet->texts.bytes);
    free(sheet->formula.bytes);
    free(sheet);
}

/// Forgets whole rows: the rest of one that is not over moves to the front.
static void forget_whole(baophu_sheet *sheet) {
    size_t rest = sheet->count - sheet->whole;
    size_t shift = sheet->whole_text;
    if (sheet->whole == 0 && shift == 0) return;
    memmove(sheet->cells, sheet->cells + sheet->whole, rest * sizeof(baophu_cell));
    memmove(sheet->texts.bytes, sheet->texts.bytes + shift, sheet->texts.count - shift);
    for (size_t index = 0; index < rest; index++) sheet->cells[index].start -= (unsigned)shift;
    sheet->cell.start -= (unsigned)shift;
    sheet->count = rest;
    sheet->texts.count -= shift;
    sheet->whole = 0;
    sheet->whole_text = 0;
}

int baophu_sheet_feed(baophu_sheet *sheet, const char *bytes, int count, int is_last) {
    forget_whole(sheet);
    return baophu_events_feed(&sheet->events, bytes, count, is_last);
}

long baophu_sheet_count(const baophu_sheet *sheet) { return (long)sheet->whole; }
const baophu_cell *baophu_sheet_cells(const baophu_sheet *sheet) { return sheet->cells; }
const char *baophu_sheet_texts(const baophu_sheet *sheet) { return sheet->texts.bytes; }
