// What is used of libxml2. Its own headers bring in ICU's, which clash with Foundation's, so Swift sees these functions
// instead. Long parts of a workbook are read by its event interface here: a call of Swift for each cell would cost more than
// the reading.
#pragma once

// MARK: The pull reader, for short parts

typedef struct _xmlTextReader *baophu_xml_reader;
typedef int (*baophu_xml_read)(void *_Nullable context, char *_Nonnull buffer, int length);

/// A reader over the bytes that `read` hands out (their count, 0 at the end, -1 on failure). No network, no entities
/// replaced. NULL when there is no memory.
baophu_xml_reader _Nullable baophu_xml_open(baophu_xml_read _Nonnull read, void *_Nullable context);
void baophu_xml_close(baophu_xml_reader _Nonnull reader);
/// 1 at the next node, 0 at the end, -1 when the text is no well-formed XML.
int baophu_xml_next(baophu_xml_reader _Nonnull reader);
/// As libxml2 numbers them: 1 start, 3 text, 4 CDATA, 10 document type, 13 and 14 white space, 15 end.
int baophu_xml_kind(baophu_xml_reader _Nonnull reader);
int baophu_xml_is_empty(baophu_xml_reader _Nonnull reader);
/// Valid until the next call of `baophu_xml_next`.
const char *_Nullable baophu_xml_name(baophu_xml_reader _Nonnull reader);
const char *_Nullable baophu_xml_value(baophu_xml_reader _Nonnull reader);
/// An attribute of the start tag at hand by its name without prefix; valid until the next call of any function.
const char *_Nullable baophu_xml_attribute(baophu_xml_reader _Nonnull reader, const char *_Nonnull name);

// MARK: Events, for sheets and shared strings

/// Why a part is read no further.
enum {
    BAOPHU_FAULT_NONE = 0,
    /// No well-formed XML.
    BAOPHU_FAULT_MALFORMED = 1,
    /// A document type is declared: no workbook does, and entities could make much out of little.
    BAOPHU_FAULT_DOCTYPE = 2,
    BAOPHU_FAULT_DEPTH = 3,
    BAOPHU_FAULT_MEMORY = 4,
    /// A row, or the shared strings, of more than anybody's sheet has.
    BAOPHU_FAULT_SIZE = 5,
};

/// What the text of a cell is.
enum {
    BAOPHU_CELL_NUMBER = 0,
    /// The number of a shared string.
    BAOPHU_CELL_SHARED = 1,
    BAOPHU_CELL_INLINE = 2,
    BAOPHU_CELL_TRUTH = 3,
    BAOPHU_CELL_ERROR = 4,
    /// A formula's result that is a text.
    BAOPHU_CELL_RESULT = 5,
    /// A day in ISO 8601.
    BAOPHU_CELL_DAY = 6,
    /// A formula without a result: the text is the formula.
    BAOPHU_CELL_FORMULA = 7,
    /// No cell: the row that the cells before belong to is over.
    BAOPHU_ROW_END = 8,
    /// No cell: a rectangle of merged cells, `A1:B2`.
    BAOPHU_MERGED = 9,
};

/// A cell that holds something, where a row ends, or merged cells.
typedef struct {
    /// Of a row's end: its number from 1.
    unsigned row;
    /// The index of its format.
    unsigned style;
    /// In the texts.
    unsigned start;
    unsigned length;
    /// From 0, at most 16,383.
    unsigned short column;
    unsigned char kind;
} baophu_cell;

/// Reads a sheet's part as it unpacks.
typedef struct baophu_sheet baophu_sheet;

/// NULL when there is no memory.
baophu_sheet *_Nullable baophu_sheet_open(void);
void baophu_sheet_close(baophu_sheet *_Nonnull sheet);
/// Takes the next bytes of the part, the last of them with `is_last`, and answers a fault. The cells of whole rows handed out
/// before are gone then.
int baophu_sheet_feed(baophu_sheet *_Nonnull sheet, const char *_Nonnull bytes, int count, int is_last);
/// How many entries stand ready; they end with the end of a row.
long baophu_sheet_count(const baophu_sheet *_Nonnull sheet);
const baophu_cell *_Nullable baophu_sheet_cells(const baophu_sheet *_Nonnull sheet);
/// UTF-8, a zero byte behind each text.
const char *_Nullable baophu_sheet_texts(const baophu_sheet *_Nonnull sheet);

/// The shared strings of a workbook: one stretch of UTF-8.
typedef struct baophu_strings baophu_strings;

baophu_strings *_Nullable baophu_strings_open(void);
void baophu_strings_close(baophu_strings *_Nonnull strings);
int baophu_strings_feed(baophu_strings *_Nonnull strings, const char *_Nonnull bytes, int count, int is_last);
long baophu_strings_count(const baophu_strings *_Nonnull strings);
const char *_Nullable baophu_strings_bytes(const baophu_strings *_Nonnull strings);
/// Where each string ends in the bytes; the next begins there.
const unsigned *_Nullable baophu_strings_ends(const baophu_strings *_Nonnull strings);
