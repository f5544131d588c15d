import Kernel
import Tabular
import Testing

@testable import Documents

/// Marks that lead from a figure to its source.
@Suite
struct SourceMarkTests {
    @Test
    func `a text is parted at its marks, and what only looks like one stays text`() {
        let text = "Có 1.177.531\(SourceMark.reference(3)) người; ⟦không⟧ ⟦==4⟧ ⟦\(SourceMark.entry(12))"
        #expect(
            SourceMark.pieces(of: text) == [
                .text("Có 1.177.531"), .reference(3), .text(" người; ⟦không⟧ ⟦==4⟧ ⟦"), .entry(12),
            ])
        #expect(SourceMark.plain(text) == "Có 1.177.531 người; ⟦không⟧ ⟦==4⟧ ⟦12")
        #expect(SourceMark.pieces(of: "") == [] && SourceMark.pieces(of: "⟦7") == [.text("⟦7")])
    }

    @Test
    func `in Word a mark jumps to the entry of its number, in workbooks it is left out`() throws {
        let template = try DocumentTemplate(
            """
            id: thu
            name: Thử
            type: BC
            agency: Sở Nội vụ
            symbol: /BC-SNV
            place: Hải Phòng
            summary: Kết quả
            body:
              - text: "{{total}} người"
              - table: sources
                caption: "Nguồn{{mark}}"
                columns: [{title: Số, of: number}, {title: Nguồn, of: source}]
            """)
        let data = DocumentData(
            fields: ["total": "1.177.531\(SourceMark.reference(3))", "mark": SourceMark.reference(3)],
            tables: [
                "sources": .init(
                    columns: ["number", "source"], rows: [[.text(SourceMark.entry(3)), .text("Lô 12")]])
            ])
        let bytes = try WordWriter.bytes(of: try template.document(data), properties: .init(title: "Thử"))
        let xml = try WordTests.part("word/document.xml", of: bytes)
        #expect(xml.contains("<w:hyperlink w:anchor=\"nguon_3\""))
        #expect(xml.contains("<w:bookmarkStart w:id=\"3\" w:name=\"nguon_3\"/>") && !xml.contains("⟦"))
        let sheet = SheetBook.sheet(
            try #require(
                try template.document(data).body.compactMap { if case .table(let grid) = $0 { grid } else { nil } }
                    .first),
            name: "Bảng", title: "Kết quả", attachedTo: "", isLandscape: false)
        #expect(!"\(sheet.rows)".contains("⟦"))
        let bare = try template.document(data.withoutSourceMarks())
        #expect(bare.body.first == .text("1.177.531 người"))
    }
}
