import Testing

/// A kind of notice is declared beside the use case that tells it, and told to the choice of letters by its target's area.
@Suite
struct NoticeKindTests {
    static func kinds(_ pattern: Regex<(Substring, Substring)>, in text: String) -> Set<String> {
        Set(text.matches(of: pattern).map { String($0.1) })
    }

    @Test
    func `a declared kind stands in an area of its target, and is told somewhere there`() throws {
        var declared: [String: Set<String>] = [:]
        var listed: [String: Set<String>] = [:]
        var texts: [String: String] = [:]
        for source in try RightsTests.sources() {
            declared[source.target, default: []].formUnion(
                Self.kinds(/static let (\w+) = NoticeKind\(/, in: source.text))
            for area in source.text.matches(of: /= NoticeArea\(\s*"[^"]+",\s*\[([^\]]*)\]/) {
                listed[source.target, default: []].formUnion(Self.kinds(/\.(\w+)/, in: String(area.1)))
            }
            texts[source.target, default: ""] += source.text
        }
        declared = declared.filter { !$0.value.isEmpty }
        #expect(declared.values.map(\.count).reduce(0, +) >= 15)
        #expect(declared == listed)
        for (target, kinds) in declared {
            for kind in kinds {
                // Once in its area, and where a notice of it is made.
                let uses = texts[target, default: ""].matches(of: try Regex("\\.\(kind)\\b")).count
                #expect(uses >= 2, "\(target) tells no \(kind)")
            }
        }
    }
}
