import Kernel
import TestSupport
import Testing

/// The one reader of numbers.
@Suite
struct WrittenNumberTests {
    typealias Expectation = WrittenNumber.Expectation

    static let whole: [(text: String, number: Int?)] = [
        ("12345", 12_345), ("12.345", 12_345), ("12,345", 12_345), (" 1 551 009 ", 1_551_009), ("0", 0),
        ("12156,0", 12_156),
        ("12.156,00", 12_156), ("12,156.0", 12_156), ("-5", -5), ("−1.000", -1_000), ("1\u{A0}000", 1_000),
        ("1\u{202F}000", 1_000), ("12\u{AD}345", 12_345), ("1.5", nil), ("1.50.000", nil), ("5 người", nil), ("", nil),
        (".5", nil), ("5.", nil), ("١٢", nil), ("１２", nil), ("0.123", nil), ("1234.567", nil), ("12 156.5", nil),
        ("1.234,567.8", nil), ("1 234.567,0", nil), ("25%", nil), ("inf", nil), ("nan", nil), ("0x10", nil),
        ("1e3", nil),
        ("99999999999999999999", nil),
    ]

    @Test(arguments: whole)
    func `a whole number is read as people write it, and nothing else is one`(text: String, number: Int?) {
        #expect(WrittenNumber(text)?.whole == number)
    }

    static let others: [(text: String, expecting: Expectation, number: Double?)] = [
        ("12.156", .whole, 12_156), ("12.156", .quantity, 12_156), ("12.156", .fraction, 12.156),
        ("12,156", .whole, 12_156), ("12,156", .quantity, 12.156), ("12,156", .fraction, 12.156),
        ("1.234.567", .fraction, 1_234_567), ("1.234,5", .fraction, 1_234.5), ("1,234.5", .quantity, 1_234.5),
        ("0,31", .fraction, 0.31), ("22.5", .quantity, 22.5), ("0.123", .quantity, 0.123), ("1.12", .whole, 1.12),
        ("-30", .quantity, -30), ("+30", .quantity, 30), ("1234.567", .quantity, 1_234.567), ("1.2345", .whole, 1.2345),
        ("1..5", .quantity, nil), ("1,2,3", .quantity, nil), ("1 2", .fraction, nil), ("- 5", .quantity, nil),
    ]

    @Test(arguments: others.indices)
    func `one sign with three digits behind it means what its place has`(index: Int) {
        let (text, expecting, number) = Self.others[index]
        #expect(WrittenNumber(text, expecting: expecting)?.double == number)
    }

    @Test
    func `what is grouped reads back`() {
        for number in [0, 1, 999, 1_000, 999_999, 1_551_009, 50_000_000] {
            #expect(WrittenNumber(VietnameseText.grouped(number))?.whole == number)
        }
    }

    @Test
    func `a count is from 0 to the most that may be meant`() {
        #expect(WrittenNumber.count("1.000", most: 1_000) == 1_000)
        #expect(WrittenNumber.count("1.001", most: 1_000) == nil)
        #expect(WrittenNumber.count("-1", most: 1_000) == nil)
        #expect(WrittenNumber.count("1,5", most: 1_000) == nil)
    }

    @Test
    func `no digit is added, left out or moved`() {
        let signs = Array("0123456789.,- \u{A0}+%e")
        var generator = SeededGenerator(seed: 11)
        var read = 0
        for _ in 0..<20_000 {
            let text = String(
                (0..<Int.random(in: 1...9, using: &generator)).map { _ in
                    signs[Int.random(in: 0..<signs.count, using: &generator)]
                })
            for expecting in [Expectation.whole, .quantity, .fraction] {
                guard let number = WrittenNumber(text, expecting: expecting) else { continue }
                read += 1
                #expect(number.digits + number.decimals == text.filter(\.isNumber), "\(text)")
                #expect(number.isNegative == text.contains("-"), "\(text)")
            }
        }
        #expect(read > 5_000)
    }
}
