import City
import Foundation
import Kernel
import Testing

@Suite
struct CityFolderTests {
    private func write(seed: UInt64, workers: Int) async throws -> [String: Data] {
        let path = TestCity.path()
        defer { try? FileManager.default.removeItem(atPath: path) }
        let outcome = try await CityFolder(TestCity.plan(scale: 0.0004, seed: seed)).write(
            to: path, workers: workers
        ) { _, _, _ in }
        return try outcome.files.reduce(into: [:]) { files, file in
            files[file.name] = try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(file.name)"))
        }
    }

    @Test
    func `a seed makes one city, whatever the number of workers; another seed makes another`() async throws {
        let alone = try await write(seed: 3, workers: 1)
        let together = try await write(seed: 3, workers: 5)
        #expect(alone.keys.sorted() == together.keys.sorted())
        for (name, bytes) in alone { #expect(together[name] == bytes, "\(name)") }
        let another = try await write(seed: 4, workers: 2)
        #expect(another["truth/persons.csv"] != alone["truth/persons.csv"])
    }

    @Test
    func `files that are there already are left alone`() async throws {
        let path = TestCity.path()
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data("own".utf8).write(to: URL(fileURLWithPath: path + "/own.txt"))
        await #expect(throws: CityFault.self) {
            try await CityFolder(TestCity.plan(scale: 0.0004, seed: 3)).write(to: path, workers: 1) { _, _, _ in }
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: path) == ["own.txt"])
        #expect(!FileManager.default.fileExists(atPath: path + ".unfinished"))
    }

    @Test
    func `a city that is cancelled leaves nothing behind`() async throws {
        let path = TestCity.path()
        let plan = try TestCity.plan(scale: 0.0004, seed: 3)
        let work = Task {
            try await CityFolder(plan).write(to: path, workers: 1) { name, _, _ in
                // In the midst of the lists.
                if name.hasPrefix("cong-an") { withUnsafeCurrentTask { $0?.cancel() } }
            }
        }
        work.cancel()
        await #expect(throws: CancellationError.self) { try await work.value }
        #expect(!FileManager.default.fileExists(atPath: path))
        #expect(!FileManager.default.fileExists(atPath: path + ".unfinished"))
    }

    @Test(arguments: [
        ("list,dirt,per_mille,reason\n*,missing-id,1001,x\n", 2), ("list,dirt,per_mille,reason\n*,mud,1,x\n", 2),
        ("list,dirt,per_mille,reason\n*,missing-id,1,\n", 2), ("list,kind\n", 1),
        ("list,dirt,per_mille,reason\n*,missing-id,few,x\n", 2),
    ])
    func `a table of dirt with a fault is refused by its line`(_ table: String, _ line: Int) async throws {
        let path = TestCity.path()
        let plan = try TestCity.plan(scale: 0.0004, seed: 3)
        let fault = await #expect(throws: CityFault.self) {
            try await CityFolder(plan, dirt: [UInt8](table.utf8)).write(to: path, workers: 1) { _, _, _ in }
        }
        #expect(fault?.line == line)
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test
    func `no city is made of nothing`() throws {
        #expect(throws: CityFault.self) { try TestCity.plan(scale: 0, seed: 1) }
        #expect(throws: CityFault.self) {
            try CityPlan(
                scale: 1, seed: 1, lastMonth: try #require(Month("2026-09")), places: [], law: TestCity.law)
        }
    }
}
