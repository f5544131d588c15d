import Access
import Assembly
import Documents
import Files
import Kernel
import Overview
import PlanText
import Province
import ReportBoards
import Targets
import Testing
import Work

@testable import Reports

/// Drafts of reports from their boards, over the demonstration's data.
@Suite
struct BoardPaperTests {
    static func draft(
        _ kind: PaperKind, _ documents: DocumentService, for viewer: Viewer, _ more: [String: String] = [:]
    ) async throws -> DocumentService.Draft {
        let values = [PaperField.Key.year: "2026", PaperField.Key.quarter: "3"].merging(more) { $1 }
        return try await documents.draft(
            try await documents.read(kind, { values[$0] ?? "" }, for: viewer), for: viewer)
    }

    /// All texts of a draft's data.
    static func texts(_ data: DocumentData) -> [String] {
        Array(data.fields.values)
            + data.tables.values.flatMap { table in
                table.rows.flatMap { $0.compactMap { if case .text(let text) = $0 { text } else { nil } } }
            }
    }

    static func marks(in data: DocumentData) -> (references: Set<Int>, entries: Set<Int>) {
        var (references, entries): (Set<Int>, Set<Int>) = ([], [])
        for piece in texts(data).flatMap(SourceMark.pieces) {
            switch piece {
            case .reference(let number): references.insert(number)
            case .entry(let number): entries.insert(number)
            case .text: break
            }
        }
        return (references, entries)
    }

    static func paragraphs(_ name: String, of data: DocumentData) -> [String] {
        data.tables[name]?.values(of: "paragraph")?.map(\.words).filter { !$0.isEmpty } ?? []
    }

    @Test
    func `the year's draft is the Committee's to both ministries, of locked figures and what agencies handed in`()
        async throws
    {
        try await PapersTests.with { system, documents, viewers in
            let analyst = try #require(viewers[.analyst])
            let insurance = try #require(viewers[.insuranceProvince])
            let span = try #require(BoardSpan(.year, .year(2026)))
            let cutoff = try #require(Day("2026-10-31"))
            let boards = documents.boards
            let opened = try #require(try await boards.board(of: span, for: analyst)).head
            let id = opened.id
            try await boards.setDays(of: id, cutoff: cutoff, due: opened.due, by: .init(viewer: analyst))
            let part = try #require(
                try await boards.board(id, for: insurance).parts.first { $0.section == "muc-tieu-1" })
            try await boards.write(
                part.id, "Đã tổ chức vận động.\nĐạt kết quả.", handsIn: true, by: .init(viewer: insurance))
            try await boards.lock(id, by: .init(viewer: analyst))
            let draft = try await Self.draft(.ministryReport, documents, for: analyst)
            #expect(draft.cutoff == cutoff && draft.period == .year(2026) && draft.subject == Subject(.reportBoard, id))
            let paper = try #require(documents.folder.templates[draft.template]).document(draft.data)
            let committee = try #require(documents.provinceCommittee)
            #expect(paper.addressees == ["Bộ Nội vụ", "Bộ Tài chính"])
            #expect(draft.data.fields["unitName"] == documents.definition.name(of: committee))
            #expect(paper.symbol == "/BC-UBND")

            // What is told is what the system has, to the cut-off day.
            let figures = try await boards.count(span, to: cutoff, for: analyst)
            let total = try #require(figures["total.now"])
            let dashboard = try await system.overview.dashboard(year: 2026, for: analyst)
            let month = try #require(Month(year: 2026, month: 10))
            #expect(total.value == dashboard.courses[.total]?.people[month] && total.day == cutoff)
            let results = Self.paragraphs("objectiveLines", of: draft.data)
            #expect(results.contains { $0.contains("\(total.words)\(SourceMark.reference(total.number)) người") })
            #expect(results.contains("Đã tổ chức vận động.") && results.contains { $0.hasPrefix("Đạt kết quả.⟦") })
            #expect(draft.data.fields["cutoff"] == total.day.vietnamese)
            #expect(draft.data.tables["units"]?.rows.count == documents.definition.communes.communes.count)

            // Every mark leads to an entry; every entry says where it comes from.
            let marks = Self.marks(in: draft.data)
            #expect(marks.references.count > 12 && marks.references.isSubset(of: marks.entries))
            let sources = try #require(draft.data.tables["sources"])
            #expect(sources.values(of: "source")?.allSatisfy { !$0.words.isEmpty } ?? false)
            let bare = try await Self.draft(.ministryReport, documents, for: analyst, ["nguon": "khong"])
            #expect(Self.marks(in: bare.data).references.isEmpty && bare.data.fields["withSources"] == "")
            let shortened = try #require(documents.folder.templates[bare.template]).document(bare.data)
            #expect(shortened.annexes.count == paper.annexes.count - 1)
        }
    }

    @Test
    func `issued with its signed copy, it is the product of the task that asks for it`() async throws {
        try await PapersTests.with { system, documents, viewers in
            let analyst = try #require(viewers[.analyst])
            let by = Submission(viewer: analyst)
            let id = try await documents.keep(
                try await Self.draft(.ministryReport, documents, for: analyst), by: by)
            try await documents.issue(
                id, PapersTests.signed("120", "26/11/2026"),
                file: .init(name: "bc.pdf", mediaType: "application/pdf", bytes: Array("%PDF".utf8)), by: by)
            let work = try await system.work.detail("VI.1/2026/so-noi-vu", for: analyst)
            #expect(work.products.map(\.numberSymbol) == ["120/BC-UBND"])
        }
    }

    @Test
    func `a report says the day its figures are of, not a later one that they are asked for`() async throws {
        try await PapersTests.with { _, documents, viewers in
            let analyst = try #require(viewers[.analyst])
            let span = try #require(BoardSpan(.year, .year(2026)))
            let head = try #require(try await documents.boards.board(of: span, for: analyst)).head
            let asked = try #require(Day("2026-11-30"))
            try await documents.boards.setDays(of: head.id, cutoff: asked, due: head.due, by: .init(viewer: analyst))
            let figures = try await documents.boards.count(span, to: asked, for: analyst)
            let total = try #require(figures["total.now"])
            let draft = try await Self.draft(.ministryReport, documents, for: analyst)
            #expect(total.day < asked && draft.data.fields["cutoff"] == total.day.vietnamese)
            #expect(draft.data.fields["workDay"] == "26/11/2026", "what falls due later is not due yet")
            let numbers = try documents.written(draft).figures.filter { $0.place.hasPrefix("units/") }
            #expect(!numbers.isEmpty && numbers.allSatisfy { $0.day <= total.day })
        }
    }

    @Test
    func `without a board a draft has the figures, and says what is missing`() async throws {
        try await PapersTests.with { _, documents, viewers in
            let analyst = try #require(viewers[.analyst])
            let note = try await Self.draft(.periodNote, documents, for: analyst)
            #expect(note.data.fields["span"] == "quý III năm 2026" && note.period?.text == "2026-Q3")
            #expect(note.data.fields["unitName"] == documents.definition.name(of: note.unit))
            let missing = note.data.tables["groupLines"]?.values(of: "missing")?.map(\.words) ?? []
            #expect(missing.contains { $0.hasPrefix("Chờ phần viết của") })
            let notes = Self.paragraphs("objectiveLines", of: note.data)
            #expect(!notes.contains { $0.contains("-") || $0.contains("Đến 3") }, "signs are said in words, days named")
            let voluntary = try #require(notes.firstIndex { $0.contains("BHXH tự nguyện: ") && $0.contains("lượt") })
            let compulsory = try #require(notes.firstIndex { $0.contains("BHXH bắt buộc: ") && $0.contains("lượt") })
            #expect(voluntary < compulsory, "each beside the objective that speaks of it")
            #expect(notes.contains { $0.contains("lực lượng lao động trong độ tuổi") })
            #expect(notes.contains { $0.hasPrefix("Số tiền chậm đóng") && $0.contains("% kế hoạch thu cả năm") })
            #expect(notes.contains { $0.contains("so với ngày 30/06/2026") && $0.contains("cùng kỳ năm trước") })
            #expect(notes.contains { $0.contains("đến ngày 30/09/2026 để cuối năm đạt chỉ tiêu") })
            let half = try await Self.draft(
                .periodNote, documents, for: analyst, [PaperField.Key.quarter: PaperField.Key.firstHalf])
            #expect(half.data.fields["span"] == "6 tháng đầu năm 2026" && half.period?.text == "2026-Q2")
            let review = try await Self.draft(.midTermReview, documents, for: analyst)
            #expect(review.data.tables["years"]?.rows.count == 3 && review.period == nil)
            #expect(review.data.fields["unfinished"]?.contains("chưa có số liệu năm 2027, 2028") == true)
            #expect(review.data.tables["years"]?.values(of: "asOf")?.last?.words == "chưa có số liệu")
            let letter = try await Self.draft(.policyProposals, documents, for: analyst)
            let said = Self.texts(letter.data)
            #expect(!said.contains { $0.contains("Phụ lục I)") } && !said.contains { $0.contains(", lô ") })
            #expect(!Self.paragraphs("proposalLines", of: letter.data).contains { $0.contains("vướng mắc") })
            let summing = try await Self.draft(.finalReport, documents, for: analyst)
            #expect(summing.data.tables["years"]?.rows.count == 5)
            #expect(summing.data.tables["lessonLines"]?.rows.isEmpty == false)
            let whole = try documents.written(summing)
            #expect(whole.figures.contains { $0.place.hasPrefix("sources/") && !$0.source.isEmpty })
        }
    }
}
