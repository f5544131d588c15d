import Testing

/// Rows that are alike in what they are sorted by come in any order the engine likes, another one on each page.
@Suite
struct ListOrderTests {
    /// The orders of work (`i`) and obstacles (`o`) in a text that do not end in what tells rows apart.
    static func loose(_ text: String) -> [String] {
        text.split(separator: "\n").flatMap { line -> [String] in
            // Groups are told apart by what they are grouped by.
            guard line.contains("ORDER BY"), !line.contains("GROUP BY") else { return [] }
            return line.matches(of: /ORDER BY ([io]\.[a-z_]+(?: DESC)?(?:, [io]\.[a-z_]+(?: DESC)?)*)/).map {
                String($0.1)
            }
            .filter { !$0.contains("i.id") && !$0.contains("o.id") }
        }
    }

    @Test
    func `lists of work and obstacles have one order, whatever the database`() throws {
        #expect(Self.loose("x ORDER BY i.due_key, i.task_order LIMIT ?") == ["i.due_key, i.task_order"])
        #expect(Self.loose("x ORDER BY o.at DESC, o.id DESC LIMIT ?").isEmpty)
        var seen = 0
        for path in Repository.files(under: "Sources", endingIn: ".swift") {
            let text = try Repository.text(path)
            guard text.contains("ORDER BY") else { continue }
            seen += text.matches(of: /ORDER BY [io]\./).count
            #expect(Self.loose(text) == [], "\(path)")
        }
        #expect(seen > 10)
    }
}
