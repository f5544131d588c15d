import Foundation
import Testing

/// The fuzzing harness is built by a script of its own: what it stands on must not move away unseen.
@Suite
struct FuzzTests {
    @Test
    func `each target has a corpus, a row of the table and a place in the script`() throws {
        let source = try Repository.text("Fuzz/Fuzzing.swift")
        let cases = try #require(source.firstMatch(of: /enum Target[^\n]*\n\s*case ([a-z, ]+)\n/)).1
        let targets = cases.split(separator: ",").map { $0.filter { $0 != " " } }
        #expect(targets.contains("csv"))
        let corpora = Set(
            Repository.files(under: "Fuzz/corpus", endingIn: "").compactMap { path in
                let parts = path.split(separator: "/")
                return parts.count == 4 ? String(parts[2]) : nil
            })
        #expect(corpora == Set(targets))
        let rows = try Repository.text("Fuzz/README.md").matches(of: /\n\| `([a-z]+)` \|/).map { String($0.1) }
        #expect(rows == targets)
        let script = try Repository.text("scripts/fuzz")
        let offered = try #require(script.firstMatch(of: /\ntargets="([^"]*)"/)).1.split(separator: " ").map(
            String.init)
        #expect(offered == targets)
    }

    @Test
    func `what the harness takes in beside its own files is there and stands on Kernel alone`() throws {
        let script = try Repository.text("scripts/fuzz")
        let beside = script.matches(of: /(?:Sources|Tests)\/[A-Za-z\/]+\.swift/).map { String($0.0) }
        #expect(beside.count >= 6)
        for path in beside {
            #expect(Repository.exists(path), "\(path)")
            guard Repository.exists(path) else { continue }
            let imports = ManifestTests.imports(of: try Repository.text(path))
            #expect(imports.isSubset(of: ["Foundation", "Kernel"]), "\(path)")
        }
    }

    /// Nothing else compiles it: without this a renamed member of a reader breaks it unseen.
    @Test
    func `the harness compiles against the readers, and the check sees when it does not`() throws {
        let files = FileManager.default
        let copy = files.temporaryDirectory.appending(path: "fuzz-\(UUID().uuidString)")
        defer { try? files.removeItem(at: copy) }
        try files.createDirectory(at: copy.appending(path: "scripts"), withIntermediateDirectories: true)
        for path in ["Fuzz", "scripts/fuzz"] {
            try files.copyItem(at: Repository.root.appending(path: path), to: copy.appending(path: path))
        }
        for path in ["Sources", "Tests"] {
            try files.createSymbolicLink(
                at: copy.appending(path: path), withDestinationURL: Repository.root.appending(path: path))
        }
        let check = ["env", "-u", "BAOPHU_FUZZ_FOLDER", copy.appending(path: "scripts/fuzz").path, "check"]
        _ = try Repository.run(check)

        let harness = copy.appending(path: "Fuzz/TextTable.swift")
        let source = try String(contentsOf: harness, encoding: .utf8)
        #expect(source.contains("scanner.next("))
        try Data(source.replacing("scanner.next(", with: "scanner.gone(").utf8).write(to: harness)
        let failure = try #require(throws: Repository.Failure.self) { try Repository.run(check) }
        #expect(failure.description.contains("'gone'"))
    }
}
