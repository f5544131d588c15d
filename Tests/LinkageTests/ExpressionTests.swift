import Testing

@testable import Linkage

@Suite
struct ExpressionTests {
    @Test
    func `and binds closer than or, not closest`() throws {
        let a = Expression.test("a", arguments: [], bound: nil)
        let b = Expression.test("b", arguments: ["x", "3"], bound: nil)
        let c = Expression.test("c", arguments: [], bound: .init(sign: ">=", number: 0.9))
        #expect(try Expression("a or b(x, 3) and not c >= 0.9") == .or(a, .and(b, .not(c))))
        #expect(try Expression("(a or b(x,3)) & c>=0.9") == .and(.or(a, b), c))
        #expect(try Expression("a & b(x, 3) & c >= 0.9").conjuncts == [a, b, c])
    }

    @Test(arguments: [
        "", "a and", "(a", "a b", "a(", "a()", "a >= x", "& a", ") a", "not", "a or or b", "a(b", "1", "a >=",
        "a <= 1e300", "a <= nan", "a <= inf", String(repeating: "(", count: 5_000), ",",
    ])
    func `what is no condition is refused in words`(text: String) {
        #expect(throws: SettingsError.self) { try Expression(text) }
    }

    @Test
    func `any text at all is a condition or refused`() {
        var generator = SplitMix(state: 3)
        let pieces = [
            "a", "and", "or", "not", "(", ")", ",", "&", "<=", ">=", "<", "0.5", "é", "\u{0}", " ", "=", "damerau",
        ]
        for _ in 0..<3_000 {
            let text = (0..<Int(generator.next() % 12)).map { _ in
                pieces[Int(generator.next() % UInt64(pieces.count))]
            }.joined(separator: generator.next() % 2 == 0 ? " " : "")
            _ = try? Expression(text)
        }
    }
}
