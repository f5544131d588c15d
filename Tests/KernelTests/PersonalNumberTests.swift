import Kernel
import Testing

/// Numbers of persons in texts, and what only looks like them.
@Suite
struct PersonalNumberTests {
    private static let today = Day(year: 2026, month: 11, day: 28)

    private static func found(_ text: String) throws -> [String] {
        PersonalNumbers.found(in: text, today: try #require(today)).map { "\($0.kind) \($0.digits)" }
    }

    @Test(arguments: [
        ("Bà Lan, CCCD 031185012345, chưa tham gia", "identity 031185012345"),
        ("031085012345", "identity 031085012345"), ("031 085 012345.", "identity 031085012345"),
        ("(031.085.012.345)", "identity 031085012345"), ("030 2 05 123456", "identity 030205123456"),
        ("０３１０８５０１２３４５", "identity 031085012345"), ("0310850\u{200B}12345", "identity 031085012345"),
        ("gọi 0912345678 nhé", "phone 0912345678"), ("ĐT: 0912 345 678", "phone 0912345678"),
        ("0912.345.678, gặp A", "phone 0912345678"), ("+84 912 345 678", "phone 84912345678"),
        ("84912345678", "phone 84912345678"), ("0912-345-678", "phone 0912345678"),
        ("cũ 01234 567 890", "phone 01234567890"), ("số 12 0912345678", "phone 0912345678"),
        ("0912 345 678 2026", "phone 0912345678"),
    ])
    func `a number of a person is found however it is written`(text: String, number: String) throws {
        #expect(try Self.found(text) == [number])
    }

    @Test(arguments: [
        "", "Đã giao 12.345 người", "1.098.765.432 đồng", "098.765.432.100", "Quyết định 5012/QĐ-UBND ngày 20/11/2026",
        "03.05.2026 12:30", "03-05-2026-12", "MST 0312345678", "mã số thuế: 0912345678", "ĐT 0225 3842 123",
        // No such province; born in 2085; thirteen digits; inside a hash and a code.
        "003085012345", "031285012345", "0310850123456", "a031085012345", "HD0912345678", "0912345678901",
        "3f0912345678ab", "031085012345abc", "2026-2027, 10507, 10525, 11302", "0,0912345678",
    ])
    func `days, sums, codes and numbers of offices are no numbers of persons`(text: String) throws {
        #expect(try Self.found(text) == [])
    }

    @Test
    func `all of a text are found, each once`() throws {
        #expect(
            try Self.found("A 031085012345 - 0912345678; B: 030185000001, 0987 654 321") == [
                "identity 031085012345", "phone 0912345678", "identity 030185000001", "phone 0987654321",
            ])
    }
}
