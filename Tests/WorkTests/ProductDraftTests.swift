import Files
import Kernel
import TestPlans
import Testing

@testable import PlanText
@testable import Work

@Suite
struct ProductDraftTests {
    static let numbers: [(text: String, number: Double)] = [
        ("0", 0), ("7", 7), ("56", 56), ("1234", 1_234), ("1.234", 1_234), ("12.345", 12_345), ("999.999", 999_999),
        ("12.345.678", 12_345_678), ("1.551.009", 1_551_009), ("56,7", 56.7), ("0,5", 0.5), ("1.234,5", 1_234.5),
        ("99,125", 99.125), ("1,000001", 1.000001), ("100000000000", 100_000_000_000),
    ]

    @Test(arguments: numbers)
    func `a number is read as officers write it`(text: String, number: Double) {
        #expect(ProductDraft.number(text) == number)
    }

    @Test(arguments: [
        "", " ", "abc", "1a", "-3", "-", "+3", "1.23", "1.2345", "1.", ".5", ",5", "5,", ",", ".", "1..234", "1234.567",
        "1.234.56", "1,2,3", "1,234.5", "1,1234567", "1 234", " 7", "7 ", "1e3", "0x10", "inf", "nan", "１２", "٣", "½",
        "12 người", "56,7%", "1234567890123",
    ])
    func `what is no number is refused`(text: String) {
        #expect(ProductDraft.number(text) == nil)
    }

    static let today = Day.known(2027, 4, 30)
    static let file = IncomingFile(name: "a.pdf", mediaType: "application/pdf", bytes: [0x25])

    static func slot(_ kind: ProductSlot.Kind, unit: String = "") -> ProductSlot {
        ProductSlot(text: "Sản phẩm", kind: kind, unit: unit, personal: false)
    }

    /// A draft without problems for any slot.
    static func draft() -> ProductDraft {
        ProductDraft(
            numberSymbol: "125/QĐ-UBND", issuedOn: "30/04/2027", summary: "Về việc giao chỉ tiêu", figure: "1.234",
            source: "Dữ liệu BHXH", file: file)
    }

    static func fields(_ draft: ProductDraft, _ kind: ProductSlot.Kind) -> [String] {
        draft.problems(for: slot(kind), today: today).map(\.field)
    }

    @Test(arguments: ProductSlot.Kind.allCases)
    func `a complete draft has no problem`(kind: ProductSlot.Kind) {
        #expect(Self.fields(Self.draft(), kind) == [])
    }

    static let empty: [(kind: ProductSlot.Kind, fields: [String])] = [
        (.document, ["number", "summary", "day", "file"]), (.figure, ["day", "figure", "source"]),
        (.list, ["day", "file"]),
    ]

    @Test(arguments: empty)
    func `an empty draft tells all its problems at once`(kind: ProductSlot.Kind, fields: [String]) {
        let problems = ProductDraft().problems(for: Self.slot(kind), today: Self.today)
        #expect(problems.map(\.field) == fields)
        #expect(problems.allSatisfy { $0.message.hasPrefix("Hãy ") })
    }

    struct Change: Sendable, CustomTestStringConvertible {
        let name: String
        let kind: ProductSlot.Kind
        let fields: [String]
        let make: @Sendable (inout ProductDraft) -> Void

        init(
            _ name: String, _ kind: ProductSlot.Kind, _ fields: [String],
            _ make: @escaping @Sendable (inout ProductDraft) -> Void
        ) {
            (self.name, self.kind, self.fields, self.make) = (name, kind, fields, make)
        }

        var testDescription: String { "\(kind) \(name)" }
    }

    static let changes: [Change] = [
        Change("without number", .document, ["number"]) { $0.numberSymbol = "" },
        Change("with 61 characters of number", .document, ["number"]) {
            $0.numberSymbol = String(repeating: "ậ", count: 61)
        },
        Change("with 60 characters of number", .document, []) { $0.numberSymbol = String(repeating: "ậ", count: 60) },
        Change("without summary", .document, ["summary"]) { $0.summary = "" },
        Change("with 501 characters of summary", .document, ["summary"]) {
            $0.summary = String(repeating: "ậ", count: 501)
        },
        Change("with 500 characters of summary", .document, []) { $0.summary = String(repeating: "ậ", count: 500) },
        Change("without file", .document, ["file"]) { $0.file = nil },
        Change("without day", .document, ["day"]) { $0.issuedOn = "" },
        Change("of tomorrow", .document, ["day"]) { $0.issuedOn = "01/05/2027" },
        Change("of yesterday", .document, []) { $0.issuedOn = "29/04/2027" },
        Change("of an impossible day", .document, ["day"]) { $0.issuedOn = "31/04/2027" },
        Change("of no day", .document, ["day"]) { $0.issuedOn = "hôm qua" },
        Change("with a broken figure it does not need", .document, []) { $0.figure = "abc" },
        Change("without number", .list, []) { $0.numberSymbol = "" },
        Change("without summary", .list, []) { $0.summary = "" },
        Change("without file", .list, ["file"]) { $0.file = nil },
        Change("of tomorrow", .list, ["day"]) { $0.issuedOn = "01/05/2027" },
        Change("without number", .figure, []) { $0.numberSymbol = "" },
        Change("without file", .figure, []) { $0.file = nil },
        Change("without figure", .figure, ["figure"]) { $0.figure = "" },
        Change("with a word for a figure", .figure, ["figure"]) { $0.figure = "abc" },
        Change("with a figure grouped wrongly", .figure, ["figure"]) { $0.figure = "1.23" },
        Change("with a negative figure", .figure, ["figure"]) { $0.figure = "-3" },
        Change("without source", .figure, ["source"]) { $0.source = "" },
        Change("of an impossible day without source", .figure, ["day", "source"]) {
            $0.issuedOn = "29/02/2027"
            $0.source = ""
        },
    ]

    @Test(arguments: changes)
    func `one fault of a draft is one problem of its field`(change: Change) {
        var draft = Self.draft()
        change.make(&draft)
        #expect(Self.fields(draft, change.kind) == change.fields)
    }

    @Test
    func `a problem quotes what was typed and says what is wanted`() throws {
        var draft = Self.draft()
        draft.figure = "1.23"
        draft.issuedOn = "31/04/2027"
        let messages = draft.problems(for: Self.slot(.figure), today: Self.today).map(\.message)
        try #require(messages.count == 2)
        #expect(messages[0].contains("“31/04/2027”"))
        #expect(messages[1].contains("“1.23”"))
        draft.figure = ""
        let missing = draft.problems(for: Self.slot(.figure, unit: "người"), today: Self.today)
        #expect(missing.map(\.message).last == "Hãy nhập số liệu (người).")
    }
}
