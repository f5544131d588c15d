import Foundation
import Kernel
import Tabular
import Testing

@testable import Documents

/// Documents as Word opens them: laid out by Decree 30/2020/NĐ-CP, annex I.
@Suite
struct WordTests {
    static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static func template(_ name: String) throws -> DocumentTemplate {
        try DocumentTemplate(
            String(contentsOf: repository.appendingPathComponent("templates/\(name).yaml"), encoding: .utf8))
    }

    static let data = DocumentData(
        fields: [
            "year": "2027", "lastYear": "2026", "documentYear": "2026", "place": "Hải Phòng",
            "provinceName": "thành phố Hải Phòng", "total": "1.250.000", "voluntary": "60.000", "unitCount": "114",
            "planCitation": "Kế hoạch số 1/KH-UBND", "compulsory": "1.190.000 người (suy ra từ tổng số)",
            "compulsoryTitle": "BHXH bắt buộc (suy ra từ tổng số)", "voluntaryTitle": "BHXH tự nguyện (tối thiểu)",
            "leastWord": "tối thiểu ", "resultsTitle": "Thực hiện đến 31/10/2026",
            "lawLocalGovernment": "Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025",
            "lawSocialInsurance": "Luật Bảo hiểm xã hội ngày 29 tháng 6 năm 2024", "signer": "Nguyễn Văn A",
            "unitName": "Ủy ban nhân dân thành phố Hải Phòng", "issuerBody": "Ủy ban nhân dân",
            "issuerName": "thành phố Hải Phòng", "organ": "UBND", "collective": "Ủy ban nhân dân",
            "headTitle": "Chủ tịch", "deputyTitle": "Phó Chủ tịch",
        ],
        tables: [
            "allocation": .init(
                columns: [
                    "code", "name", "lastTotal", "lastCompulsory", "lastVoluntary", "total", "compulsory", "voluntary",
                ],
                rows: (1...114).map {
                    [
                        .text("\(10_000 + $0)"), .text("Phường & xã <\($0)>"), .number(9_000 + $0), .number(8_700),
                        .number(300 + $0), .number(10_000 + $0), .number(9_500), .number(500 + $0),
                    ]
                }),
            "bases": .init(
                columns: ["citation"], rows: [[.text("Nghị quyết số 403/NQ-CP ngày 10/12/2025 của Chính phủ")]]),
        ])

    static func decision(number: Int? = nil, date: Day? = nil, signer: Signer = Signer(name: "Nguyễn Văn A")) throws
        -> OfficialDocument
    {
        try template("quyet-dinh-giao-chi-tieu").document(
            data, signer: signer, number: number.flatMap { DocumentNumber($0, symbol: "/QĐ-UBND") }, date: date)
    }

    /// A part of a package, as text.
    static func part(_ name: String, of bytes: [UInt8]) throws -> String {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("docx-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("a.zip")
        try Data(bytes).write(to: file)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/unzip")
        process.arguments = ["-p", file.path, name]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }

    @Test
    func `margins, paper and sizes are those of the decree`() throws {
        let text = try Self.part(
            "word/document.xml", of: try WordWriter.bytes(of: try Self.decision(), properties: .init(title: "Thử")))
        // A4; 20 mm above and below, 30 left, 20 right, in twentieths of a point.
        #expect(text.contains(#"<w:pgSz w:w="11906" w:h="16838"/>"#))
        #expect(text.contains(#"w:top="1134" w:right="1134" w:bottom="1134" w:left="1701""#))
        // Two sections, each numbered from 1 and without a number on its first page.
        #expect(text.components(separatedBy: "<w:titlePg/>").count == 3)
        #expect(text.components(separatedBy: #"<w:pgNumType w:start="1"/>"#).count == 3)
        #expect(text.contains("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") && text.contains("Độc lập - Tự do - Hạnh phúc"))
        #expect(text.contains("ỦY BAN NHÂN DÂN") && text.contains("THÀNH PHỐ HẢI PHÒNG"))
        // Names of units cannot break the markup.
        #expect(text.contains("Phường &amp; xã &lt;1&gt;"))
        #expect(text.contains("<w:tblHeader/>"))
    }

    @Test
    func `grounds end with semicolons and the last with a full stop; articles are numbered`() throws {
        let text = try Self.part(
            "word/document.xml", of: try WordWriter.bytes(of: try Self.decision(), properties: .init(title: "Thử")))
        #expect(text.contains("Căn cứ Luật Bảo hiểm xã hội ngày 29 tháng 6 năm 2024;"))
        #expect(text.contains("Căn cứ Nghị quyết số 403/NQ-CP ngày 10 tháng 12 năm 2025 của Chính phủ;"))
        #expect(text.contains("tại Tờ trình số ………… ngày …………."))
        #expect(text.contains("Điều 1. ") && text.contains("Điều 4. ") && !text.contains("Điều 5. "))
        #expect(text.contains("Điều 2. Tổ chức thực hiện") && text.contains(#"w:val="TenDieu""#))
        #expect(text.contains("Quyết định này có hiệu lực kể từ ngày ký."))
    }

    @Test(arguments: [
        (5, "2026-02-03", "Số: 05/QĐ-UBND", "Hải Phòng, ngày 03 tháng 02 năm 2026"),
        (512, "2026-12-15", "Số: 512/QĐ-UBND", "Hải Phòng, ngày 15 tháng 12 năm 2026"),
        (12, "2026-03-09", "Số: 12/QĐ-UBND", "Hải Phòng, ngày 09 tháng 3 năm 2026"),
    ])
    func `numbers below ten, days below ten and the months 1 and 2 get a leading zero`(
        number: Int, day: String, numberLine: String, dateLine: String
    ) throws {
        let document = try Self.decision(number: number, date: Day(day))
        #expect(document.numberLine == numberLine && document.dateLine == dateLine)
    }

    @Test
    func `what the clerk has not given yet is left open`() throws {
        let document = try Self.decision()
        #expect(document.numberLine == "Số:         /QĐ-UBND")
        #expect(document.dateLine == "Hải Phòng, ngày     tháng     năm 2026")
    }

    @Test
    func `a number entered later reaches the head and the line of each annex, and the year follows the day`() throws {
        let open = try Self.decision()
        #expect(
            open.annexes.first?.attachedTo
                == "Kèm theo Quyết định số         /QĐ-UBND ngày     tháng     năm 2026 của Ủy ban nhân dân thành phố Hải Phòng"
        )
        let issued = try Self.decision(number: 5, date: Day("2027-01-06"))
        #expect(
            issued.annexes.first?.attachedTo
                == "Kèm theo Quyết định số 05/QĐ-UBND ngày 06 tháng 01 năm 2027 của Ủy ban nhân dân thành phố Hải Phòng"
        )
        #expect(issued.numberLine == "Số: 05/QĐ-UBND" && issued.dateLine.hasSuffix("năm 2027"))
        #expect(
            try !Self.part("word/document.xml", of: WordWriter.bytes(of: issued, properties: .init(title: "T")))
                .contains("tháng     năm"))
    }

    @Test
    func `a regulation shares the number of its decision and has none of its own`() throws {
        let rules = try Self.template("quy-che-ban-chi-dao").document(
            .init(
                fields: ["communeName": "xã An Bình", "communeShort": "An Bình", "organ": "UBND", "place": "An Bình"],
                tables: [
                    "seats": .init(
                        columns: ["letter", "seat", "position", "mark"],
                        rows: [[.text("a"), .text("Trưởng ban"), .text("Chủ tịch Ủy ban nhân dân"), .text(".")]])
                ]),
            number: DocumentNumber(13, letter: "a", symbol: "/QĐ-UBND"), date: Day("2026-12-04"))
        #expect(rules.numberLine.isEmpty)
        #expect(
            rules.attachedTo
                == "Ban hành kèm theo Quyết định số 13A/QĐ-UBND ngày 04 tháng 12 năm 2026 của Chủ tịch Ủy ban nhân dân xã An Bình"
        )
        let text = try Self.part("word/document.xml", of: WordWriter.bytes(of: rules, properties: .init(title: "T")))
        #expect(text.contains("(\(rules.attachedTo))"))
        #expect(!text.contains("An Bình, ngày") && !text.contains("Số:"), "place, day and number are the decision's")
        // Chapter and title on two lines, articles with their titles in bold.
        for (style, words) in [
            ("Chuong", "Chương I"), ("TenChuong", "QUY ĐỊNH CHUNG"), ("Chuong", "Chương IV"),
            ("TenDieu", "Điều 1. Phạm vi điều chỉnh, đối tượng áp dụng"), ("TenDieu", "Điều 6. Thành viên"),
        ] {
            #expect(
                text.contains(
                    #"<w:pStyle w:val="\#(style)"/></w:pPr><w:r><w:t xml:space="preserve">\#(words)</w:t>"#), "\(words)"
            )
        }
        #expect(text.contains("a) Trưởng ban: Chủ tịch Ủy ban nhân dân."))
    }

    @Test(arguments: [
        (Signer(name: "A"), ["TM. Ủy ban nhân dân", "Chủ tịch"]),
        (Signer(name: "A", form: .acting), ["TM. Ủy ban nhân dân", "Q. Chủ tịch"]),
        (Signer(name: "A", form: .deputy), ["TM. Ủy ban nhân dân", "KT. Chủ tịch", "Phó Chủ tịch"]),
        (
            Signer(name: "A", form: .deputy, position: "Phó Chủ tịch thường trực"),
            ["TM. Ủy ban nhân dân", "KT. Chủ tịch", "Phó Chủ tịch thường trực"]
        ), (Signer(name: "A", form: .byOrder, position: "Chánh Văn phòng"), ["TL. Chủ tịch", "Chánh Văn phòng"]),
        (Signer(name: "A", form: .byAuthority, position: "Trưởng phòng"), ["TUQ. Chủ tịch", "Trưởng phòng"]),
    ])
    func `the signature says for whom and as what it is given`(signer: Signer, lines: [String]) throws {
        let document = try Self.decision(signer: signer)
        #expect(document.signature == lines && document.signer == "A")
        #expect(OutgoingMetadata(document).signerPosition == lines.last)
    }

    @Test
    func `a signature in an adapted template's own lines stands as it is`() throws {
        let template = try DocumentTemplate(
            "id: t\nname: T\ntype: BC\nsignature: [\"TM. Ban Chỉ đạo\", \"Trưởng ban\"]\nsigner: \"{{signer}}\"\n")
        let document = try template.document(.init(fields: ["signer": "Trần B"]))
        #expect(document.signature == ["TM. Ban Chỉ đạo", "Trưởng ban"] && document.signer == "Trần B")
        #expect(throws: TemplateError.self) {
            try DocumentTemplate("id: t\nname: T\ntype: BC\nsignature: {collective: UBND}\n")
        }
    }

    @Test
    func `the sums of a table are in the document and are formulas in the workbook`() throws {
        let document = try Self.decision()
        let grid = try #require(
            document.annexes.first?.body.compactMap { if case .table(let grid) = $0 { grid } else { nil } }.first)
        #expect(grid.sum(5) == .number((1...114).reduce(0) { $0 + 10_000 + $1 }))
        let book = try SheetBook.bytes(of: document)
        let sheet = try Self.part("xl/worksheets/sheet1.xml", of: book)
        #expect(sheet.contains("<f>SUM(F4:F117)</f>"))
        let table = try #require(try TableFile(book).tables.first)
        #expect(table.rows.last?[5] == .number(Double((1...114).reduce(0) { $0 + 10_000 + $1 })))
        #expect(sheet.contains("ySplit=\"3\""))
    }

    @Test
    func `columns stand under common words in Word, and are named in full in a workbook`() throws {
        let document = try Self.decision()
        let text = try Self.part(
            "word/document.xml", of: try WordWriter.bytes(of: document, properties: .init(title: "Thử")))
        // Two lines of titles, both on each page; a column of its own takes both.
        #expect(text.components(separatedBy: "<w:tblHeader/>").count == 3)
        #expect(text.components(separatedBy: #"<w:vMerge w:val="restart"/>"#).count == 3)
        #expect(text.components(separatedBy: #"<w:gridSpan w:val="3"/>"#).count == 3)
        let table = try #require(try TableFile(SheetBook.bytes(of: document)).tables.first)
        let title = "Thực hiện đến 31/10/2026: Tổng số"
        #expect(table.rows.contains { row in row.cells.indices.contains { row[$0] == .text(title) } })
    }

    @Test
    func `a body's name that takes two lines keeps the province's whole, and minutes reserve no hand below`() throws {
        let template = try DocumentTemplate(
            """
            id: t
            name: T
            type: BB
            agency: Bảo hiểm xã hội thành phố Hải Phòng
            symbol: "/BB-BHXH"
            body: [{text: Đầu}]
            recipients: [Các đơn vị]
            archive: "Lưu: VT, hồ sơ"
            """)
        let text = try Self.part(
            "word/document.xml",
            of: try WordWriter.bytes(of: try template.document(.init()), properties: .init(title: "T")))
        #expect(
            text.contains(
                #"BẢO HIỂM XÃ HỘI </w:t></w:r><w:r><w:br/></w:r><w:r><w:t xml:space="preserve">THÀNH PHỐ HẢI PHÒNG"#))
        #expect(text.contains("Nơi nhận:") && !text.contains(#"w:before="1300""#))
    }

    @Test
    func `a sum is written only where every row has its number`() throws {
        var data = Self.data
        data.tables["allocation"]?.rows[3][2] = .empty
        let document = try Self.template("quyet-dinh-giao-chi-tieu").document(data)
        let grid = try #require(
            document.annexes.first?.body.compactMap { if case .table(let grid) = $0 { grid } else { nil } }.first)
        #expect(grid.sum(2) == .empty && grid.sum(3) == .number(114 * 8_700))
        let sheet = try Self.part("xl/worksheets/sheet1.xml", of: try SheetBook.bytes(of: document))
        #expect(!sheet.contains("SUM(C") && sheet.contains("SUM(D"))
    }

    @Test
    func `the end of the body stays on the page of the signature`() throws {
        let template = try DocumentTemplate(
            """
            id: t
            name: T
            type: BC
            body: [{text: Đầu}, {items: [Một, Cuối]}]
            signature: {head: Giám đốc}
            """)
        let text = try Self.part(
            "word/document.xml",
            of: try WordWriter.bytes(of: try template.document(.init()), properties: .init(title: "T")))
        func keeps(_ words: String) -> Bool {
            text.contains(
                #"<w:pStyle w:val="NoiDung"/><w:keepNext/></w:pPr><w:r><w:t xml:space="preserve">\#(words)</w:t>"#)
        }
        #expect(keeps("- Cuối") && !keeps("- Một") && !keeps("Đầu"))
    }

    @Test
    func `equal data gives equal bytes, charts included`() throws {
        let template = try DocumentTemplate(
            """
            id: t
            name: T
            type: BC
            agency: A
            summary: B
            body:
              - chart: m
                title: C
                labels: name
                series: [{name: S, of: people}]
            """)
        let data = DocumentData(tables: [
            "m": .init(columns: ["name", "people"], rows: [[.text("T1"), .number(5)], [.text("T2"), .empty]])
        ])
        let first = try WordWriter.bytes(of: try template.document(data), properties: .init(title: "T"))
        let second = try WordWriter.bytes(of: try template.document(data), properties: .init(title: "T"))
        #expect(first == second)
        let chart = try Self.part("word/charts/chart1.xml", of: first)
        #expect(chart.contains("<c:v>5.0</c:v>") && chart.contains("<c:ptCount val=\"2\"/>"))
    }

    @Test
    func `the axes of a chart group thousands by points in every language, shares have a comma`() throws {
        let template = try DocumentTemplate(
            """
            id: t
            name: T
            type: BC
            agency: A
            body:
              - {chart: m, title: C, labels: name, series: [{name: S, of: people}], unit: người}
              - {chart: m, title: C, labels: name, series: [{name: S, of: people}], unit: "%"}
            """)
        let data = DocumentData(tables: [
            "m": .init(columns: ["name", "people"], rows: [[.text("T1"), .number(8_000)]])
        ])
        let bytes = try WordWriter.bytes(of: try template.document(data), properties: .init(title: "T"))
        let people = try Self.part("word/charts/chart1.xml", of: bytes)
        #expect(!people.contains("#,##0") && people.contains(#"[&gt;=1000]#&quot;.&quot;##0;0"#))
        #expect(people.contains(#"<c:lang val="vi-VN"/>"#))
        #expect(try Self.part("word/charts/chart2.xml", of: bytes).contains(#"formatCode="[$-42A]0.0""#))
    }

    @Test
    func `what stands before a signature stays on its page, a paragraph or the end of a table`() throws {
        func text(_ block: String) throws -> String {
            let template = try DocumentTemplate(
                """
                id: t
                name: T
                type: BC
                agency: A
                body:
                  - text: Đầu
                \(block)
                signature: {head: Chủ tịch}
                """)
            let data = DocumentData(tables: [
                "m": .init(columns: ["name"], rows: [[.text("Dòng một")], [.text("Dòng cuối")]])
            ])
            return try Self.part(
                "word/document.xml",
                of: try WordWriter.bytes(of: try template.document(data), properties: .init(title: "T")))
        }
        func kept(_ words: String, in text: String) -> Bool {
            text.components(separatedBy: "</w:p>").first { $0.contains(words) }?.components(separatedBy: "<w:p>").last?
                .contains("<w:keepNext/>") ?? false
        }
        let paragraph = try text("  - text: Trên đây là báo cáo")
        #expect(kept("Trên đây là báo cáo", in: paragraph) && !kept("Đầu", in: paragraph))
        let table = try text("  - {table: m, columns: [{title: Tên, of: name}]}")
        #expect(kept("Dòng cuối", in: table) && !kept("Dòng một", in: table))
        // The empty paragraph between them too.
        #expect(paragraph.contains(#"<w:pStyle w:val="SauBang"/><w:keepNext/>"#))
    }

    @Test
    func `figures say what they stand on, the narrowest place first, and old papers say nothing`() throws {
        let (day, later) = (try #require(Day("2026-06-30")), try #require(Day("2026-09-30")))
        var data = DocumentData(tables: ["m": .init(columns: ["a", "b"], rows: [[.number(1), .number(2)]])])
        data.put("total", "7.606", from: FigureOrigin(day, "Tệp A"))
        data.state(FigureOrigin(day, "Tệp A"), of: "m")
        data.state(FigureOrigin(later, "Tệp B"), of: "m/b")
        #expect(data.origin(of: "total")?.source == "Tệp A" && data.origin(of: "year") == nil)
        #expect(data.origin(of: "m", row: 1, column: "a")?.day == day)
        #expect(data.origin(of: "m", row: 1, column: "b")?.day == later)
        let back = try JSONDecoder().decode(DocumentData.self, from: JSONEncoder().encode(data))
        #expect(back == data)
        let old = try JSONDecoder().decode(DocumentData.self, from: Data(#"{"fields":{},"tables":{}}"#.utf8))
        #expect(old.origins == nil)
    }

    @Test
    func `columns of days take the room they need from columns of words`() {
        #expect(WordBody.widened([600, 4_000, 1_000], least: [0, 0, 1_350]) == [600, 3_650, 1_350])
        #expect(WordBody.widened([600, 4_000, 1_400], least: [0, 0, 1_350]) == [600, 4_000, 1_400])
        #expect(WordBody.widened([600, 700, 700], least: [0, 1_350, 1_350]) == [600, 700, 700], "no room to take")
    }

    @Test
    func `metadata bear the names of annex VI and lengths beyond it are told`() throws {
        var metadata = OutgoingMetadata(try Self.decision(number: 5, date: Day("2026-02-03")))
        #expect(
            metadata.xml.contains("<CodeNumber>5</CodeNumber>")
                && metadata.xml.contains("<CodeNotation>QĐ-UBND</CodeNotation>"))
        #expect(metadata.xml.contains("<IssuedDate>03/02/2026</IssuedDate>"))
        #expect(metadata.problems.isEmpty)
        metadata.subject = String(repeating: "a", count: 501)
        #expect(metadata.problems == ["trích yếu dài 501 ký tự, Phụ lục VI cho phép 500"])
    }
}
