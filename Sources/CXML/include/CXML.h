// What is used of libxml2's pull reader. Its own headers bring in ICU's, which clash with Foundation's, so Swift sees
// these functions instead.
#pragma once

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
