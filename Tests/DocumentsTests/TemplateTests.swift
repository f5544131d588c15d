import Foundation
import Testing

@testable import Documents

/// Templates as people write them.
@Suite
struct TemplateTests {
    static let head = "id: t\nname: T\ntype: BC\n"

    static func filled(_ body: String, _ data: DocumentData = .init()) throws -> [OfficialDocument.Block] {
        try DocumentTemplate(head + body).document(data).body
    }

    @Test
    func `fields are filled, missing ones stay open, nothing is escaped for a page`() throws {
        let data = DocumentData(fields: ["name": "A & B <C>"])
        #expect(try Self.filled("body: [{text: \"{{name}}, {{ other }}\"}]", data) == [.text("A & B <C>, …………")])
    }

    @Test(arguments: [
        ("Triển khai kế hoạch", "Nội dung: Triển khai kế hoạch."),
        ("Triển khai kế hoạch.", "Nội dung: Triển khai kế hoạch."),
        ("Triển khai;", "Nội dung: Triển khai."), ("Đóng bao nhiêu?", "Nội dung: Đóng bao nhiêu?"),
        ("Cân, đo v.v.", "Nội dung: Cân, đo v.v."), ("Cân, đo...", "Nội dung: Cân, đo..."),
    ])
    func `a sentence that somebody typed ends with one mark`(typed: String, printed: String) throws {
        let data = DocumentData(fields: ["content": typed])
        #expect(try Self.filled("body: [{text: \"Nội dung: {{content}}.\"}]", data) == [.text(printed)])
        let end = try Self.filled("body: [{text: \"{{content}}./.\"}]", .init(fields: ["content": "Hết."]))
        #expect(end == [.text("Hết./.")])
    }

    @Test(arguments: [
        ("CV", "/SNV-LĐVL", "Lưu: VT", "Lưu: VT, LĐVL"), ("CV", "/SNV-…………", "Lưu: VT", "Lưu: VT, …………"),
        ("BC", "/BC-SNV", "Lưu: VT", "Lưu: VT, …………"), ("QĐ", "/QĐ-UBND", "Lưu: VT, NV", "Lưu: VT, NV"),
    ])
    func `the drafting division stands behind the clerk's office`(
        type: String, symbol: String, archive: String, printed: String
    ) throws {
        let template = try DocumentTemplate(
            "id: t\nname: T\ntype: \(type)\nsymbol: \"\(symbol)\"\narchive: \"\(archive)\"\n")
        #expect(try template.document(.init()).archive == printed)
    }

    @Test
    func `a block is kept only when its field has a value`() throws {
        let body = "body: [{text: a, when: x}, {text: b, when: \"!x\"}]"
        #expect(try Self.filled(body, .init(fields: ["x": "1"])) == [.text("a")])
        #expect(try Self.filled(body) == [.text("b")])
    }

    @Test
    func `the last line has a share of two sums where both are known`() throws {
        let body = """
            body:
              - table: rows
                total: Cộng
                columns:
                  - {title: Có, of: now, sum: true}
                  - {title: Cần, of: goal, sum: true}
                  - {title: Đạt, of: percent, share: [now, goal]}

            """
        func last(_ second: DocumentData.Value) throws -> [DocumentData.Value] {
            let table = DocumentData.Table(
                columns: ["now", "goal", "percent"],
                rows: [[.number(90), .number(100), .empty], [second, .number(60), .empty]])
            let blocks = try Self.filled(body, .init(tables: ["rows": table]))
            guard case .table(let grid)? = blocks.first else { return [] }
            return grid.columns.indices.map { grid.sum($0) }
        }
        #expect(try last(.number(60)) == [.number(150), .number(160), .decimal(93.8, places: 1)])
        #expect(try last(.empty) == [.empty, .number(160), .empty])
    }

    @Test
    func `what older data had not yet comes out empty where that is asked for, anything else is refused`() throws {
        let body = """
            body:
              - {table: rows, columns: [{title: Tên, of: name}, {title: Mới, of: added}]}
              - {each: later, body: [{text: "{{x}}"}]}
              - {chart: rows, labels: name, series: [{name: Mới, of: added}]}

            """
        let template = try DocumentTemplate(Self.head + body)
        #expect(template.tables == ["rows": ["name", "added"], "later": []])
        let old = DocumentData(tables: ["rows": .init(columns: ["name"], rows: [[.text("A")]])])
        #expect(throws: TemplateError.self) { try template.document(old) }
        let blocks = try template.document(old, lacking: template.tables).body
        guard case .table(let grid)? = blocks.first else {
            Issue.record("no table")
            return
        }
        #expect(grid.rows == [[.text("A"), .empty]] && blocks.count == 2)
        #expect(throws: TemplateError.self) { try template.document(old, lacking: ["rows": ["name"]]) }
    }

    @Test
    func `each repeats its blocks with the row's columns as fields`() throws {
        let data = DocumentData(tables: [
            "rows": .init(columns: ["name", "people"], rows: [[.text("A"), .number(1_500)], [.text("B"), .empty]])
        ])
        let blocks = try Self.filled("body: [{each: rows, body: [{text: \"{{name}}: {{people}}\"}]}]", data)
        #expect(blocks == [.text("A: 1.500"), .text("B: …………")])
    }

    @Test
    func `a list has a line for each row, and none without rows`() throws {
        let body = "body: [{items: [A, {each: rows, text: \"{{name}}: {{people}}\"}]}]"
        let rows = DocumentData.Table(columns: ["name", "people"], rows: [[.text("B"), .number(1_500)]])
        #expect(try Self.filled(body, .init(tables: ["rows": rows])) == [.items(["A", "B: 1.500"])])
        #expect(try Self.filled(body, .init(tables: ["rows": .init(columns: ["name", "people"])])) == [.items(["A"])])
        #expect(throws: TemplateError.self) { try Self.filled(body) }
    }

    @Test
    func `nobody gets a paper twice, and its issuer gets none`() throws {
        let text = """
            agency: Sở Nội vụ
            addressees: [Bảo hiểm xã hội thành phố Hải Phòng]
            recipients: [Như trên, "Sở Nội vụ, Bảo hiểm xã hội thành phố, Sở Y tế (để phối hợp)", Sở Nội vụ (để tổng hợp), Lãnh đạo Sở Nội vụ]
            body: []

            """
        let paper = try DocumentTemplate(Self.head + text).document(.init())
        #expect(paper.recipients == ["Như trên", "Sở Y tế (để phối hợp)", "Lãnh đạo Sở Nội vụ"])
    }

    @Test
    func `what is still to be written is counted, in the text and in cells`() throws {
        let body = """
            grounds: ["Căn cứ Kế hoạch số {{number}} ngày {{day}}"]
            body:
              - text: "{{name}}"
              - complete: Nêu lý do
              - {table: m, columns: [{title: Tên, of: name}]}
            annexes:
              - {label: Phụ lục, title: T, attached_to: "Kèm theo {{numberAndDate}}", body: [{text: "{{other}}"}]}
            """
        let data = DocumentData(
            fields: ["name": "A"],
            tables: ["m": .init(columns: ["name"], rows: [[.text("B")], [.text(DocumentTemplate.open)]])])
        let paper = try DocumentTemplate(Self.head + body).document(data)
        #expect(paper.unfinished.paragraphs == 1 && paper.unfinished.gaps == 4)
        #expect(try DocumentTemplate(Self.head + "body: [{text: Hết}]").document(.init()).unfinished.isEmpty)
    }

    @Test(arguments: [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV")])
    func `chapters are numbered in Roman numerals`(number: Int, letters: String) {
        #expect(OfficialDocument.roman(number) == letters)
    }

    @Test(arguments: [
        ("bdy: []", "bdy"), ("body: [{txt: a}]", "khối 1"), ("body: [{text: a, article: b}]", "khối 1"),
        ("body: [{table: x}]", "columns"), ("body: [{text: a, wen: b}]", "wen"), ("body: [a]", "khối 1"),
    ])
    func `what cannot be meant is refused with its place`(body: String, place: String) {
        let error = #expect(throws: TemplateError.self) { try DocumentTemplate(Self.head + body) }
        #expect(error?.description.contains(place) ?? false, "\(error.map(String.init(describing:)) ?? "")")
    }

    @Test
    func `a table or column that the data lacks is named, with what is near`() throws {
        let data = DocumentData(tables: ["rows": .init(columns: ["name"], rows: [])])
        for (body, words) in [
            ("body: [{table: row, columns: [{title: A, of: name}]}]", "“rows”"),
            ("body: [{table: rows, columns: [{title: A, of: nam}]}]", "name"),
        ] {
            let error = #expect(throws: TemplateError.self) { try Self.filled(body, data) }
            #expect(error?.description.contains(words) ?? false)
        }
    }

    @Test
    func `every template of the installation can be read and asks only for blocks that exist`() throws {
        let folder = WordTests.repository.appendingPathComponent("templates")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".yaml") }
        #expect(names.count >= 15)
        for name in names {
            let template = try DocumentTemplate(
                String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8))
            #expect("\(template.id).yaml" == name)
        }
    }

    @Test(arguments: [
        (DocumentData.Value.decimal(12.345, places: 1), "12,3"), (.decimal(-0.04, places: 1), "0,0"),
        (.decimal(1234.5, places: 2), "1.234,50"), (.number(-1200), "-1.200"), (.decimal(99.96, places: 1), "100,0"),
    ])
    func `numbers are written the Vietnamese way`(value: DocumentData.Value, words: String) {
        #expect(value.words == words)
    }
}
