import Foundation
import Testing

@testable import Linkage

@Suite
struct ConditionLanguageTests {
    /// Of up to so many tests, of every name there is.
    private static func random(_ generator: inout SplitMix, depth: Int) -> Condition {
        func draw(_ bound: Int) -> Int { Int(generator.next() % UInt64(bound)) }
        if depth > 0, draw(3) > 0 {
            let first = random(&generator, depth: depth - 1)
            switch draw(3) {
            case 0: return .not(first)
            case 1: return .and(first, random(&generator, depth: depth - 1))
            default: return .or(first, random(&generator, depth: depth - 1))
            }
        }
        let shares = [0, 0.05, 0.875, 0.9, 1]
        let tests: [ColumnTest] =
            ValuePart.allCases.map(ColumnTest.same) + DatePart.allCases.map(ColumnTest.sameDatePart)
            + DatePart.allCases.map { .apart($0, most: draw(400)) } + [
                .contained, .abbreviated, .cutOff, .jaroWinkler(least: shares[draw(5)]), .damerau(most: draw(9)),
                .tokens(least: shares[draw(5)]),
                .sharedWord, .samePrefix(1 + draw(64)), .sameSuffix(1 + draw(64)), .sameMailbox, .otherLength,
                .failsCheck, .dayAndMonthSwapped, .yearAlone, .within(share: shares[draw(5)]), .neighbours, .successors,
            ]
        let place = draw(tests.count + 1)
        return place == tests.count
            ? .swapped("họ", "tên_gọi") : .test(tests[place], of: [nil, "name", "c_2"][draw(3)])
    }

    @Test
    func `a condition printed reads as the same condition again`() throws {
        var generator = SplitMix(state: 19)
        var seen: Set<ConditionName> = []
        for _ in 0..<4_000 {
            let condition = Self.random(&generator, depth: 4)
            // The language takes no more; nobody writes so much.
            guard condition.description.utf8.count <= 1_000 else { continue }
            #expect(try Condition(condition.description) == condition, "\(condition)")
            let json = try JSONEncoder().encode([condition])
            #expect(try JSONDecoder().decode([Condition].self, from: json) == [condition])
            if case .test(let test, _) = condition { seen.insert(test.name) }
        }
        #expect(seen == Set(ConditionName.allCases), "every name was tried")
    }

    @Test(arguments: [
        ("damerau<=1 & not(exact)", "damerau <= 1 and not exact"),
        ("( year )and(month or day)", "year and (month or day)"),
        ("jaro-winkler( surname )>=0.880", "jaro-winkler(surname) >= 0.88"), ("a or b", nil),
        ("exact and (folded and given)", "exact and (folded and given)"),
        ("exact and folded and given", "exact and folded and given"),
        ("not (exact or folded)", "not (exact or folded)"), ("not not exact", "not not exact"),
        ("prefix(3)", "prefix(3)"), ("tokens >= 1", "tokens >= 1"), ("swapped(a,b)", "swapped(a, b)"),
    ])
    func `it is printed in one form, with the brackets that it needs`(text: String, printed: String?) {
        #expect((try? Condition(text))?.description == printed)
    }

    @Test
    func `each name reads its own example, and nothing that it does not take`() throws {
        for name in ConditionName.allCases {
            let condition = try Condition(name.form.example)
            #expect(condition.description == name.form.example)
            switch condition {
            case .test(let test, _): #expect(test.name == name)
            case .swapped: #expect(name == .swapped)
            default: Issue.record("\(name): \(condition)")
            }
            let word = name.rawValue
            if case .none = name.form.bound {
                #expect(throws: SettingsError.self) { try Condition("\(name.form.example) >= 1") }
            } else {
                #expect(throws: SettingsError.self, "without a bound") { try Condition(word) }
                #expect(throws: SettingsError.self, "a bound below all") { try Condition("\(word) >= -1") }
                #expect(throws: SettingsError.self, "not its sign") { try Condition("\(word) < 1") }
            }
            #expect(throws: SettingsError.self, "three arguments") { try Condition("\(word)(a, b, c)") }
        }
    }

    static let refusals: [(text: String, words: String)] = [
        ("exakt", "không có điều kiện “exakt”; có phải là “exact”?"),
        ("date_of_birth", "nếu đó là tên cột, hãy ghi điều kiện của cột, ví dụ exact(date_of_birth)"),
        ("jaro-winkler", "thiếu ngưỡng, ví dụ “jaro-winkler >= 0.9”"), ("tokens >= 1.5", "ngưỡng phải từ 0 đến 1"),
        ("damerau >= 1", "dùng dấu “<=”, không dùng “>=”"), ("damerau <= 1.5", "phải là số nguyên từ 0"),
        ("exact >= 1", "không có ngưỡng"), ("exact(a, b)", "chỉ nhận một cột"),
        ("suffix(a)", "số ký tự phải từ 1 đến 64"),
        ("prefix(a, 65)", "số ký tự phải từ 1 đến 64"), ("prefix", "cần một cột và số ký tự"),
        ("swapped(a, b, c)", "nhiều nhất hai cột"),
    ]

    @Test(arguments: refusals)
    func `what cannot be meant is refused with what is missing, wrong or near`(text: String, words: String) {
        #expect(
            performing: { _ = try Condition(text) },
            throws: { "\($0)".contains(words) && "\($0)".contains("“\(text)”") })
    }

    @Test
    func `the documents list every condition as the program has it`() throws {
        let document = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appending(path: "../../docs/linkage.md")
        let lines = try String(contentsOf: document, encoding: .utf8).components(separatedBy: "\n")
        let head = try #require(lines.firstIndex(of: "| condition | of columns of the kind | holds when |"))
        let rows = Array(lines[(head + 2)...].prefix { $0.hasPrefix("|") })
        #expect(
            rows
                == ConditionName.allCases.map { name in
                    let kinds =
                        name.form.kinds.map { $0.map(\.rawValue).joined(separator: ", ") }
                        ?? (name == .swapped ? "all; date alone" : "all")
                    return "| `\(name.form.example)` | \(kinds) | \(name.form.meaning) |"
                })
    }

    @Test
    func `each condition is told in Vietnamese, unlike the others`() throws {
        let words = try ConditionName.allCases.map { try Condition($0.form.example).vietnamese }
        #expect(Set(words).count == words.count)
        for (name, text) in zip(ConditionName.allCases, words) { #expect(!text.contains(name.rawValue)) }
    }
}
