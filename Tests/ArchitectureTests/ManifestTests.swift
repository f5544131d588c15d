import Testing

/// What `Package.swift` declares and what the sources import.
@Suite
struct ManifestTests {
    /// The modules that a Swift file imports.
    static func imports(of text: String) -> Set<String> {
        let kinds: Set<Substring> = [
            "struct", "enum", "class", "actor", "protocol", "func", "typealias", "let", "var",
        ]
        var found: Set<String> = []
        for line in text.split(separator: "\n") where line.contains("import ") {
            let words = line.split(whereSeparator: \.isWhitespace)
                .drop { $0.hasPrefix("@") || ["public", "package", "internal", "fileprivate", "private"].contains($0) }
            guard words.first == "import" else { continue }
            if let module = words.dropFirst().drop(while: kinds.contains).first?.split(separator: ".").first {
                found.insert(String(module))
            }
        }
        return found
    }

    @Test
    func `imports are read in every form`() {
        let text = """
            import Kernel
            public import struct Foundation.URL
            @testable import Plan
            @preconcurrency internal import NIOCore
                import FoundationEssentials
            // import Nothing
            """
        #expect(
            Self.imports(of: text) == ["Kernel", "Foundation", "Plan", "NIOCore", "FoundationEssentials"])
    }

    /// The build's own check of undeclared imports passes over those that something else below brings along.
    @Test
    func `every target imports what it declares, and declares what it imports`() throws {
        let manifest = try Manifest.current.get()
        var (superfluous, undeclared): ([String], [String]) = ([], [])
        for target in manifest.targets {
            let sources = target.sources
            // A target in C takes modules by their headers; this one's sources hold lines of import as samples.
            guard !sources.isEmpty, target.name != "ArchitectureTests" else { continue }
            let imported = try sources.reduce(into: Set<String>()) {
                $0.formUnion(Self.imports(of: try Repository.text($1)))
            }
            superfluous += target.dependencies.filter { !imported.contains($0) }.map { "\(target.name): \($0)" }
            undeclared += imported.subtracting(target.dependencies + [target.name]).filter {
                manifest.target($0) != nil
            }.map { "\(target.name): \($0)" }
        }
        #expect(superfluous.isEmpty, "take these out of Package.swift")
        #expect(undeclared.isEmpty, "put these into Package.swift")
    }

    @Test
    func `targets stand bottom-up: each above what it imports`() throws {
        var seen: Set<String> = []
        let manifest = try Manifest.current.get()
        for target in manifest.targets where !target.isTest {
            seen.insert(target.name)
            let later = target.dependencies.filter { manifest.target($0) != nil && !seen.contains($0) }
            #expect(later.isEmpty || later == ["TestSupport"], "\(target.name)")
        }
    }

    /// Tests that still stand on more than what they test. Take a name out once its tests do not; put none in.
    static let standingHigher: Set<String> = [
        "LawInForceTests", "FiguresTests", "LinkageTests", "ReportsTests", "SiteTests",
    ]

    @Test
    func `the tests of a target stand on nothing above it`() throws {
        let manifest = try Manifest.current.get()
        for tests in manifest.targets where tests.isTest {
            let allowed = manifest.closure(of: [String(tests.name.dropLast("Tests".count)), "TestSupport"])
            let above = tests.dependencies.filter { manifest.target($0) != nil && !allowed.contains($0) }
            if Self.standingHigher.contains(tests.name) {
                #expect(!above.isEmpty, "\(tests.name) can leave the list")
            } else {
                #expect(above.isEmpty, "\(tests.name)")
            }
        }
    }
}
