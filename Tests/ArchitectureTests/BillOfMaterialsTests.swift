import Foundation
import Testing

/// What `make sbom` writes.
@Suite
struct BillOfMaterialsTests {
    private static let validator = Repository.root.appendingPathComponent(".build/peers/bin/python").path

    /// One package that another needs too, as SwiftPM tells it, with a word before.
    private static let dependencies = """
        warning: something
        {"identity": "bao-phu", "name": "bao-phu", "url": "/work", "version": "unspecified", "dependencies": [
          {"identity": "alpha", "name": "Alpha", "url": "https://github.com/someone/alpha.git", "version": "1.2.0",
           "dependencies": [{"identity": "beta", "name": "beta", "url": "https://github.com/someone/beta",
             "version": "2.0.0", "dependencies": []}]},
          {"identity": "beta", "name": "beta", "url": "https://github.com/someone/beta", "version": "2.0.0",
           "dependencies": []}]}
        """

    struct Bill: Decodable {
        struct Component: Decodable {
            let type: String
            let name: String
            let version: String
            let purl: String
        }

        struct Dependency: Decodable {
            let ref: String
            let dependsOn: [String]
        }

        let bomFormat: String
        let specVersion: String
        let serialNumber: String
        let components: [Component]
        let dependencies: [Dependency]
    }

    /// The bill of a program that is everywhere.
    private static func bill() throws -> (bill: Bill, path: URL) {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("bill-\(UUID()).json")
        _ = try Repository.run(
            [
                "python3", "scripts/make-sbom", "--dependencies", "-", "--program", "/bin/bash", "--output", path.path,
            ], input: Data(dependencies.utf8))
        return (try JSONDecoder().decode(Bill.self, from: Data(contentsOf: path)), path)
    }

    @Test
    func `packages, the Debian libraries that are loaded, and who needs whom are told`() throws {
        let (bill, path) = try Self.bill()
        defer { try? FileManager.default.removeItem(at: path) }
        #expect(bill.bomFormat == "CycloneDX" && bill.specVersion == "1.6")
        let alpha = "pkg:swift/github.com/someone/alpha@1.2.0"
        let beta = "pkg:swift/github.com/someone/beta@2.0.0"
        #expect(bill.components.filter { $0.purl.hasPrefix("pkg:swift/") }.map(\.purl) == [alpha, beta])
        let libc = try #require(bill.components.first { $0.name == "libc6" })
        #expect(libc.type == "library" && libc.purl.hasPrefix("pkg:deb/debian/libc6@") && !libc.version.isEmpty)
        #expect(Set(bill.components.map(\.purl)).count == bill.components.count)
        let edges = Dictionary(uniqueKeysWithValues: bill.dependencies.map { ($0.ref, $0.dependsOn) })
        #expect(edges["bao-phu"]?.contains(alpha) == true && edges["bao-phu"]?.contains(libc.purl) == true)
        #expect(edges[alpha] == [beta] && edges[beta] == [])
        #expect(Set(edges.keys) == Set(bill.components.map(\.purl) + ["bao-phu"]))
    }

    @Test
    func `the same machine and commit make the same bill`() throws {
        let (first, second) = (try Self.bill(), try Self.bill())
        #expect(first.bill.serialNumber == second.bill.serialNumber)
        for path in [first.path, second.path] { try? FileManager.default.removeItem(at: path) }
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: validator)))
    func `the bill keeps to CycloneDX's own schema`() throws {
        let (_, path) = try Self.bill()
        defer { try? FileManager.default.removeItem(at: path) }
        let script = """
            import sys
            from cyclonedx.schema import SchemaVersion
            from cyclonedx.validation.json import JsonStrictValidator
            print(JsonStrictValidator(SchemaVersion.V1_6).validate_str(open(sys.argv[1]).read()))
            """
        let told = try Repository.run([Self.validator, "-c", script, path.path], input: Data())
        #expect(String(decoding: told, as: UTF8.self) == "None\n")
    }
}
