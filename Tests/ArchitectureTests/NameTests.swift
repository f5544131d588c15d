import Testing

/// Names say what a thing is: those that fit anything are taken by nothing.
@Suite
struct NameTests {
    /// Whether one of the words of a name is an empty one: `OtherPages`, not `Score`, nor a word of another's.
    static func isEmpty(_ name: Substring) -> Bool {
        // A workbook's own word for the texts that its cells share.
        guard name != "SharedStrings" else { return false }
        let words = name.matches(of: /[A-Z][a-z0-9]*/).map { String($0.0) }
        return words.contains { $0.wholeMatch(of: /Core|Common|Utils?|Shared|Other|Helpers?|Managers?/) != nil }
    }

    @Test
    func `empty words are told within names`() {
        for name in ["OtherPages", "Shared", "FileManager", "TestHelpers", "CoreTypes"] {
            #expect(Self.isEmpty(Substring(name)), "\(name)")
        }
        for name in ["ScorePages", "Another", "SharedStrings", "Commons2", "Corelation"] {
            #expect(!Self.isEmpty(Substring(name)), "\(name)")
        }
    }

    @Test
    func `no target, file or type has an empty name`() throws {
        let files = ["Sources", "Tests", "Benchmarks"].flatMap {
            Repository.files(under: $0, endingIn: ".swift", ".c", ".h")
        }
        #expect(files.count > 500)
        for file in files {
            for step in file.split(separator: "/") { #expect(!Self.isEmpty(step.prefix { $0 != "." }), "\(file)") }
            guard file.hasSuffix(".swift"), !file.hasSuffix("NameTests.swift") else { continue }
            let declared = try Repository.text(file).matches(
                of: /\b(?:struct|class|enum|protocol|actor|typealias)\s+([A-Z]\w*)/)
            for name in declared.map(\.1) { #expect(!Self.isEmpty(name), "\(file): \(name)") }
        }
    }
}
