import Testing

@testable import Kernel

@Suite
struct RecordIDTests {
    static let alphabet = "0123456789abcdefghjkmnpqrstvwxyz"

    /// Gives the same word for ever.
    struct Constant: RandomNumberGenerator {
        let word: UInt64
        mutating func next() -> UInt64 { word }
    }

    @Test
    func `an identifier has 26 characters of Crockford's alphabet`() {
        for second in [Int64(0), 1, 1_795_417_509, 4_102_444_800] {
            let id = RecordID(at: Timestamp(secondsSinceEpoch: second))
            #expect(id.text.utf8.count == 26)
            #expect(id.text.allSatisfy { Self.alphabet.contains($0) })
            #expect(RecordID(id.text) == id)
            #expect(id.description == id.text)
        }
    }

    /// 1 795 417 509 000 milliseconds in base 32, by Python.
    @Test(arguments: [(UInt64(0), "01m81fp0m8"), (1, "01m81fp0m9"), (999, "01m81fp1kf"), (1_000, "01m81fp1kf")])
    func `the first ten characters are the moment and its count`(count: UInt64, prefix: String) {
        var generator = Constant(word: 0)
        let id = RecordID(at: Timestamp(secondsSinceEpoch: 1_795_417_509), count: count, using: &generator)
        #expect(id.text == prefix + "0000000000000000")
    }

    @Test
    func `the earlier made sorts first whatever its random part`() {
        var high = Constant(word: .max)
        var low = Constant(word: 0)
        let moment = Timestamp(secondsSinceEpoch: 1_795_417_509)
        for count in UInt64(0)..<999 {
            let earlier = RecordID(at: moment, count: count, using: &high)
            let later = RecordID(at: moment, count: count + 1, using: &low)
            #expect(earlier < later)
        }
        let lastOfSecond = RecordID(at: moment, count: 5_000, using: &high)
        #expect(lastOfSecond < RecordID(at: moment.adding(seconds: 1), count: 0, using: &low))
    }

    /// Other tests of the process make identifiers at the same time, so a batch may be disturbed, but not all of them.
    @Test
    func `identifiers of one second sort in the order of their making`() {
        let moment = Timestamp(secondsSinceEpoch: 4_000_000_000)
        let batches = (0..<20).map { _ in (0..<40).map { _ in RecordID(at: moment) } }
        #expect(batches.contains { $0 == $0.sorted() })
    }

    @Test
    func `no two identifiers are the same`() {
        let moment = Timestamp(secondsSinceEpoch: 1_795_417_509)
        let made = (0..<3_000).map { _ in RecordID(at: moment) }
        #expect(Set(made).count == 3_000)
    }

    @Test(arguments: [
        "", "01m81fp0m8000000000000000", "01m81fp0m800000000000000000", "01M81FP0M80000000000000000", "01m81fp0m8i000000000000000",
        "01m81fp0m8l000000000000000", "01m81fp0m8o000000000000000", "01m81fp0m8u000000000000000", "01m81fp0m8-000000000000000",
        "01m81fp0m8 000000000000000", "01m81fp0m8ơ0000000000000000",
    ])
    func `a text of another shape is no identifier`(text: String) {
        #expect(RecordID(text) == nil)
    }
}
