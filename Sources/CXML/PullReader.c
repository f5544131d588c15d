#include "Events.h"

#include <libxml/xmlreader.h>
#include <string.h>

baophu_xml_reader baophu_xml_open(baophu_xml_read read, void *context) {
    baophu_be_quiet();
    int options = XML_PARSE_NONET | XML_PARSE_COMPACT | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;
    return xmlReaderForIO(read, NULL, context, NULL, NULL, options);
}

void baophu_xml_close(baophu_xml_reader reader) { xmlFreeTextReader(reader); }

int baophu_xml_next(baophu_xml_reader reader) {
    baophu_be_quiet();
    return xmlTextReaderRead(reader);
}

int baophu_xml_kind(baophu_xml_reader reader) { return xmlTextReaderNodeType(reader); }

int baophu_xml_is_empty(baophu_xml_reader reader) { return xmlTextReaderIsEmptyElement(reader) == 1; }

const char *baophu_xml_name(baophu_xml_reader reader) { return (const char *)xmlTextReaderConstLocalName(reader); }

const char *baophu_xml_value(baophu_xml_reader reader) { return (const char *)xmlTextReaderConstValue(reader); }

const char *baophu_xml_attribute(baophu_xml_reader reader, const char *name) {
    const char *found = NULL;
    while (found == NULL && xmlTextReaderMoveToNextAttribute(reader) == 1) {
        const xmlChar *local = xmlTextReaderConstLocalName(reader);
        if (xmlTextReaderIsNamespaceDecl(reader) == 1) continue;
        if (local != NULL && strcmp((const char *)local, name) == 0) {
            // The value lives as long as the node: moving back to the element does not release it.
            found = (const char *)xmlTextReaderConstValue(reader);
        }
    }
    xmlTextReaderMoveToElement(reader);
    return found;
}
