public import Kernel
import Tabular

/// What is told of a document inside its file.
public struct DocumentProperties: Sendable, Equatable {
    public var title: String
    public var creator: String
    /// Nil leaves the moment out, so that equal data gives equal bytes.
    public var made: Timestamp?
    /// Further properties by name: the snapshot's hash, the template, metadata.
    public var custom: [(name: String, value: String)]

    public init(
        title: String, creator: String = "", made: Timestamp? = nil, custom: [(name: String, value: String)] = []
    ) {
        self.title = title
        self.creator = creator
        self.made = made
        self.custom = custom
    }

    public static func == (left: Self, right: Self) -> Bool {
        left.title == right.title && left.creator == right.creator && left.made == right.made
            && left.custom.map(\.name) == right.custom.map(\.name)
            && left.custom.map(\.value) == right.custom.map(\.value)
    }
}

/// Writes documents as DOCX. Equal documents give equal bytes: one that was frozen can be made again and compared.
public enum WordWriter {
    // Annex I of Decree 30/2020/NĐ-CP: top and bottom 20–25 mm, left 30–35 mm, right 15–20 mm.
    static let margins = (top: 20.0, bottom: 20.0, left: 30.0, right: 20.0)
    static let paper = (width: 210.0, height: 297.0)

    static func room(isLandscape: Bool) -> Int {
        WordXML.twips((isLandscape ? paper.height : paper.width) - margins.left - margins.right)
    }

    public static func bytes(of document: OfficialDocument, properties: DocumentProperties) throws -> [UInt8] {
        var body = WordBody()
        var content = ""
        let portrait = room(isLandscape: false)
        let head = WordHead(document: document, room: portrait)
        if document.isPlainSheet {
            content += body.xml(document.body, room: portrait)
        } else {
            let bottom = head.bottom()
            content += head.top() + body.xml(document.body, room: portrait, keepsEnd: !bottom.isEmpty) + bottom
        }
        let annexes = document.annexes
        // A section's own look stands at its end; the last one's at the end of the body.
        var isLandscape = false
        for (index, annex) in annexes.enumerated() {
            // Body and sheets without a frame flow on as one when nothing parts them.
            if !(index == 0 && content.isEmpty) {
                content += WordXML.paragraph(
                    "", "<w:spacing w:line=\"20\" w:lineRule=\"exact\"/>" + section(isLandscape: isLandscape))
            }
            isLandscape = annex.isLandscape
            let room = room(isLandscape: isLandscape)
            if !annex.isBare {
                if !annex.label.isEmpty { content += WordXML.paragraph(WordXML.run(annex.label), style: "PhuLuc") }
                content += WordXML.paragraph(WordXML.run(annex.title.uppercased()), style: "PhuLuc")
                if !annex.attachedTo.isEmpty {
                    content += WordXML.paragraph(WordXML.run("(\(annex.attachedTo))"), style: "GhiChuGiua")
                }
                content += WordXML.line(length: room / 5, room: room)
            }
            content += body.xml(annex.body, room: room)
        }
        content += section(isLandscape: isLandscape)
        let charts = body.charts
        var parts: [ZipWriter.Part] = [
            .init("[Content_Types].xml", contentTypes(charts: charts.count)), .init("_rels/.rels", packageRelations),
            .init("docProps/core.xml", core(properties)), .init("docProps/custom.xml", custom(properties)),
            .init("docProps/app.xml", application),
            .init("word/document.xml", documentHead + content + "</w:body></w:document>"),
            .init("word/_rels/document.xml.rels", relations(charts: charts.count)),
            .init("word/styles.xml", WordStyles.xml),
            .init("word/settings.xml", settings), .init("word/header1.xml", header),
        ]
        for (index, chart) in charts.enumerated() {
            let number = index + 1
            parts.append(.init("word/charts/chart\(number).xml", WordChart.xml(chart)))
            parts.append(
                .init(
                    "word/charts/_rels/chart\(number).xml.rels",
                    relationList(
                        "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/package\" Target=\"../embeddings/chart\(number).xlsx\"/>"
                    )))
            parts.append(.init("word/embeddings/chart\(number).xlsx", try WordChart.workbook(chart)))
        }
        return try ZipWriter.bytes(of: parts)
    }

    // MARK: Parts

    private static let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    private static let namespaces =
        "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\""
    private static let documentHead = "\(declaration)<w:document \(namespaces)><w:body>"

    /// Page numbers begin anew in each section, centred in the top margin, not on its first page.
    private static func section(isLandscape: Bool) -> String {
        let x = WordXML.twips
        let (width, height) = isLandscape ? (paper.height, paper.width) : (paper.width, paper.height)
        return
            "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rIdHeader\"/><w:pgSz w:w=\"\(x(width))\" w:h=\"\(x(height))\"\(isLandscape ? " w:orient=\"landscape\"" : "")/><w:pgMar w:top=\"\(x(margins.top))\" w:right=\"\(x(margins.right))\" w:bottom=\"\(x(margins.bottom))\" w:left=\"\(x(margins.left))\" w:header=\"\(x(10))\" w:footer=\"\(x(10))\" w:gutter=\"0\"/><w:pgNumType w:start=\"1\"/><w:titlePg/></w:sectPr>"
    }

    private static let header =
        "\(declaration)<w:hdr \(namespaces)>\(WordXML.paragraph(WordXML.field("PAGE"), style: "Header"))</w:hdr>"

    private static let settings =
        "\(declaration)<w:settings xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:zoom w:percent=\"100\"/><w:defaultTabStop w:val=\"720\"/><w:characterSpacingControl w:val=\"doNotCompress\"/><w:compat><w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat><w:themeFontLang w:val=\"vi-VN\"/></w:settings>"

    private static let application =
        "\(declaration)<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\"><Application>Bao Phủ</Application></Properties>"

    private static func relationList(_ content: String) -> String {
        "\(declaration)<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\(content)</Relationships>"
    }

    private static let packageRelations = relationList(
        "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/><Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/><Relationship Id=\"rId3\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties\" Target=\"docProps/app.xml\"/><Relationship Id=\"rId4\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties\" Target=\"docProps/custom.xml\"/>"
    )

    private static func relations(charts: Int) -> String {
        let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        var content =
            "<Relationship Id=\"rIdStyles\" Type=\"\(office)/styles\" Target=\"styles.xml\"/><Relationship Id=\"rIdSettings\" Type=\"\(office)/settings\" Target=\"settings.xml\"/><Relationship Id=\"rIdHeader\" Type=\"\(office)/header\" Target=\"header1.xml\"/>"
        for number in 0..<charts {
            content +=
                "<Relationship Id=\"rIdChart\(number + 1)\" Type=\"\(office)/chart\" Target=\"charts/chart\(number + 1).xml\"/>"
        }
        return relationList(content)
    }

    private static func contentTypes(charts: Int) -> String {
        let word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
        var text =
            "\(declaration)<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Default Extension=\"xlsx\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet\"/><Override PartName=\"/word/document.xml\" ContentType=\"\(word).document.main+xml\"/><Override PartName=\"/word/styles.xml\" ContentType=\"\(word).styles+xml\"/><Override PartName=\"/word/settings.xml\" ContentType=\"\(word).settings+xml\"/><Override PartName=\"/word/header1.xml\" ContentType=\"\(word).header+xml\"/><Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/><Override PartName=\"/docProps/app.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.extended-properties+xml\"/><Override PartName=\"/docProps/custom.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.custom-properties+xml\"/>"
        for number in 0..<charts {
            text +=
                "<Override PartName=\"/word/charts/chart\(number + 1).xml\" ContentType=\"application/vnd.openxmlformats-officedocument.drawingml.chart+xml\"/>"
        }
        return text + "</Types>"
    }

    private static func core(_ properties: DocumentProperties) -> String {
        let made = properties.made.map {
            "<dcterms:created xsi:type=\"dcterms:W3CDTF\">\($0)</dcterms:created>"
        }
        return
            "\(declaration)<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>\(XMLText.escaped(properties.title))</dc:title><dc:creator>\(XMLText.escaped(properties.creator))</dc:creator><dc:language>vi-VN</dc:language>\(made ?? "")</cp:coreProperties>"
    }

    private static func custom(_ properties: DocumentProperties) -> String {
        let content = properties.custom.enumerated().map { index, one in
            "<property fmtid=\"{D5CDD505-2E9C-101B-9397-08002B2CF9AE}\" pid=\"\(index + 2)\" name=\"\(XMLText.escaped(one.name))\"><vt:lpwstr>\(XMLText.escaped(one.value))</vt:lpwstr></property>"
        }.joined()
        return
            "\(declaration)<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties\" xmlns:vt=\"http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes\">\(content)</Properties>"
    }
}
