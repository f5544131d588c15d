import Kernel
import Tabular
import TestSupport
import Testing

/// Numbers of people as cells give them.
@Suite
struct PeopleCellTests {
    static let texts: [(text: String, people: Int)] = [
        ("0", 0), ("938", 938), ("12156", 12_156), ("50000000", 50_000_000), ("007", 7),
    ]

    @Test(arguments: texts)
    func `digits are a number of people`(text: String, people: Int) {
        #expect(PeopleCell(.text(text)) == .people(people))
    }

    static let repaired: [(text: String, people: Int)] = [
        ("12.156", 12_156), ("1.234.567", 1_234_567), ("12,156", 12_156), ("1,234,567", 1_234_567), ("12 156", 12_156),
        ("12\u{A0}156", 12_156), ("12\u{202F}156", 12_156), (" 938 ", 938), ("'12156", 12_156), ("12156 người", 12_156),
        ("12.156 NGƯỜI", 12_156), ("12156 nguoi", 12_156), ("12156,0", 12_156), ("12156.0", 12_156),
        ("12.156,0", 12_156),
        ("12,156.00", 12_156), ("938\n", 938), ("1000.0000000000001", 1_000), ("1009.99999999999989", 1_010),
        ("12.000", 12_000), ("12,000", 12_000),
    ]

    @Test(arguments: repaired)
    func `a number written with signs is read, and how it was read is said`(text: String, people: Int) {
        #expect(
            PeopleCell(.text(text))
                == .repaired(people, note: "đọc là \(VietnameseText.grouped(people))"))
    }

    @Test(arguments: ["", " ", "\u{A0}", "\t\n", "\u{200B}", "\u{AD}\u{2060}"])
    func `nothing is missing, not zero`(text: String) {
        #expect(PeopleCell(.text(text)) == .missing)
        #expect(PeopleCell(.empty) == .missing)
    }

    static let wrong: [(text: String, word: String)] = [
        ("N/A", "là chữ"), ("chưa có", "là chữ"), ("không", "là chữ"), ("-", "không rõ là 0"), ("–", "không rõ là 0"),
        ("...", "không rõ là 0"), ("x", "không rõ là 0"), ("-15", "số âm"), ("(15)", "số âm"),
        ("12,5", "phần thập phân"),
        ("12.5", "phần thập phân"), ("1.2345", "phần thập phân"), ("1.23.456", "phần thập phân"),
        ("1.234,567", "phần thập phân"), ("1,234.567", "phần thập phân"), ("12..156", "phần thập phân"),
        (".156", "phần thập phân"), ("1234.567", "phần thập phân"), ("12a", "chữ lẫn"), ("1e3", "chữ lẫn"),
        ("12156 người lao động", "chữ lẫn"), ("12/2026", "chữ lẫn"), ("+5", "chữ lẫn"), ("=A1+B1", "công thức"),
        ("50000001", "lớn bất thường"), ("999.999.999", "lớn bất thường"), ("99999999999999999999", ""),
        ("１２", "là chữ"),
        ("½", "là chữ"), ("25%", "phần trăm"), ("25 %", "phần trăm"), ("inf", "là chữ"), ("nan", "là chữ"),
        ("12.156,5", "phần thập phân"), ("1000.00000000001", "phần thập phân"),
    ]

    @Test(arguments: wrong)
    func `anything else is told apart with what to do`(text: String, word: String) throws {
        guard case .wrong(let message) = PeopleCell(.text(text)) else {
            Issue.record("\(text) was read as \(PeopleCell(.text(text)))")
            return
        }
        #expect(message.contains(word))
        #expect(message.contains("hãy") || message.contains("phải"))
    }

    static let numbers: [(number: Double, people: Int?)] = [
        (0, 0), (-0.0, 0), (12_156, 12_156), (50_000_000, 50_000_000), (-15, nil), (12.5, nil), (50_000_001, nil),
        (1e300, nil), (-1e300, nil), (0.0001, nil),
    ]

    @Test(arguments: numbers)
    func `a number of a workbook is a whole number of people or wrong`(number: Double, people: Int?) {
        switch PeopleCell(.number(number)) {
        case .people(let found): #expect(found == people)
        case .wrong: #expect(people == nil)
        default: Issue.record("\(number) was repaired")
        }
    }

    static let others: [(cell: Cell, word: String)] = [
        (.day(Day(daysSinceEpoch: 20_726)), "định dạng ngày tháng (30/09/2026)"), (.truth(true), "số nguyên"),
        (.percent(1), "phần trăm"),
        (.failed("#REF!"), "#REF!"), (.uncomputed("SUM(A1:A3)"), "công thức chưa có kết quả"),
    ]

    @Test(arguments: others)
    func `days, truths, errors and formulas without a result are wrong`(cell: Cell, word: String) {
        guard case .wrong(let message) = PeopleCell(cell) else {
            Issue.record("\(cell) was read")
            return
        }
        #expect(message.contains(word))
        #expect(message.contains("hãy"))
    }

    /// Neither is how anybody groups thousands: reading them as whole numbers would invent people.
    @Test(arguments: ["0.123", "0,938", "00.156", "123 4567", "938 12", "1 2", "12 156 78"])
    func `a group of thousands begins with no zero and has three digits, also behind spaces`(text: String) {
        guard case .wrong = PeopleCell(.text(text)) else {
            Issue.record("\(text) was read as \(PeopleCell(.text(text)))")
            return
        }
    }

    @Test
    func `whatever is written, a number read is never below zero nor beyond what a province has`() {
        let signs = Array("0123456789.,- ()'xe=+%người\u{A0}")
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<5_000 {
            let text = String(
                (0..<Int.random(in: 0...12, using: &generator)).map { _ in
                    signs[Int.random(in: 0..<signs.count, using: &generator)]
                })
            switch PeopleCell(.text(text)) {
            case .people(let people), .repaired(let people, _):
                #expect((0...PeopleCell.most).contains(people), "\(text)")
                #expect(String(people).allSatisfy { text.contains($0) }, "\(text) was read as \(people)")
            case .missing, .wrong: break
            }
        }
    }
}
