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
            #expect(later.allSatisfy { manifest.target($0)?.isSupport == true }, "\(target.name)")
        }
    }

    /// Tests that stand on more than what they test, and why. Put none in without a reason as good.
    static let standingHigher = [
        "LinkageTests": "the page that judges a run is tested with the run",
        "ReportsTests": "its people hold the rights that roles are granted",
        "SiteTests": "pages are asked over HTTP of the whole system",
    ]

    @Test
    func `the tests of a target stand on nothing above it`() throws {
        let manifest = try Manifest.current.get()
        let support = manifest.targets.filter { $0.isSupport }.map(\.name)
        for tests in manifest.targets where tests.isTest {
            let below = manifest.closure(of: [String(tests.name.dropLast("Tests".count)), "TestSupport"])
            let above = manifest.closure(of: tests.dependencies).subtracting(below).subtracting(support)
            if Self.standingHigher[tests.name] != nil {
                #expect(!above.isEmpty, "\(tests.name) can leave the list")
            } else {
                #expect(above.isEmpty, "\(tests.name)")
            }
        }
    }
}
