import Access
import Database
import Files
import Foundation
import Kernel
import Province
import Synchronization
import Tabular
import TestSupport
import Testing

@testable import Figures

/// A file is read once, however often it is looked at.
@Suite
struct KeptFileTests {
    /// The world with a service that keeps what it read, and how many files it read.
    private static func with(_ engine: TestEngine, _ body: (FiguresWorld) async throws -> Void) async throws {
        try await FiguresWorld.with(engine) { world in
            let scratch = ScratchFolder(under: NSTemporaryDirectory() + "kept-\(UUID())")
            defer { scratch.remove() }
            let service = FigureService(
                store: world.store, clock: world.clock.ticking, directory: HaiPhong.directory,
                province: HaiPhong.province, readings: ReadingRoom(scratch: scratch))
            try await body(FiguresWorld(store: world.store, clock: world.clock, service: service))
        }
    }

    /// Understands a file that must have been read already.
    private static func known(
        _ file: IncomingFile, in world: FiguresWorld, acceptsJumps: Bool = false
    ) async throws -> UnderstoodFile {
        let bytes = try file.bytes()
        let sent = SentFile(
            name: file.name, sha256: StoredFiles.sha256(of: bytes), bytes: bytes.count, month: nil
        ) { throw ReadAgain() }
        return try await world.service.understood(sent, acceptsJumps: acceptsJumps)
    }

    private static func receive(_ file: IncomingFile, in world: FiguresWorld) async throws {
        _ = try await world.service.receive(file, month: nil, source: "", by: .init(viewer: FiguresWorld.insurance))
    }

    private struct ReadAgain: Error {}

    @Test(arguments: TestEngine.allCases)
    func `a file that was sent is not read again to be shown and accepted`(engine: TestEngine) async throws {
        try await Self.with(engine) { world in
            let file = FiguresWorld.file("09/2026", ["10507;100;10", "Lạ;1;1"])
            try await Self.receive(file, in: world)
            #expect(try await Self.known(file, in: world).reading.acceptedRows == 1)
            #expect(try await Self.known(file, in: world, acceptsJumps: true).comparison.added == 2)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `what is kept is compared anew once a batch came or went`(engine: TestEngine) async throws {
        try await Self.with(engine) { world in
            try await world.take("09/2026", "10525;200;20", name: "truoc.csv")
            let file = FiguresWorld.file("09/2026", ["10507;100;10"])
            try await Self.receive(file, in: world)
            #expect(try await Self.known(file, in: world).comparison.added == 2)
            try await world.take("09/2026", "10507;90;10", name: "khac.csv")
            #expect(try await Self.known(file, in: world).comparison.replaced.map(\.before) == [90])
            try await world.service.withdraw(batch: 2, reason: "nhầm", by: .init(viewer: FiguresWorld.insurance))
            #expect(try await Self.known(file, in: world).comparison.added == 2)
        }
    }

    @Test
    func `a reading is dropped on the next day`() async throws {
        try await Self.with(.sqlite) { world in
            let file = FiguresWorld.file("09/2026", ["10507;100;10"])
            try await Self.receive(file, in: world)
            world.clock.advance(seconds: 86_400)
            await #expect(throws: ReadAgain.self) { try await Self.known(file, in: world) }
        }
    }

    @Test
    func `only readings of the day are kept, the latest within a bound`() throws {
        let parent = NSTemporaryDirectory() + "kept-\(UUID())"
        defer { try? FileManager.default.removeItem(atPath: parent) }
        let scratch = ScratchFolder(under: parent)
        defer { scratch.remove() }
        let shelf = ReadingShelf(scratch: scratch, mostBytes: 4_000)
        func key(_ name: String, _ day: Day) -> ReadingKey {
            ReadingKey(sha256: name, fileName: "x.csv", month: nil, today: day, knownMonths: [.known(2026, 9)])
        }
        func rows(_ count: Int) -> FigureReader.ReadRows {
            var rows = FigureReader.ReadRows()
            for number in 0..<count {
                rows.rows.append(
                    FigureRow(
                        sheet: "", number: number, commune: .known("10507"), month: .known(2026, 9), formerName: nil))
            }
            return rows
        }
        let (first, second) = (Day.known(2026, 11, 24), Day.known(2026, 11, 25))
        shelf.keep(.success(rows(10)), as: key("a", first))
        #expect(try shelf.rows(of: key("a", first))?.rows.count == 10)
        shelf.keep(.success(rows(10)), as: key("b", second))
        #expect(try shelf.rows(of: key("a", first)) == nil)
        // Larger than all room there is; then as much as leaves no room for an earlier one.
        shelf.keep(.success(rows(200)), as: key("c", second))
        #expect(try shelf.rows(of: key("c", second)) == nil)
        #expect(try shelf.rows(of: key("b", second)) != nil)
        shelf.keep(.success(rows(70)), as: key("d", second))
        #expect(try shelf.rows(of: key("d", second))?.rows.count == 70)
        #expect(try shelf.rows(of: key("b", second)) == nil)
        // Why a file cannot be read is kept too; what may pass is not.
        shelf.keep(.failure(FigureFileError("không đọc được")), as: key("e", second))
        #expect(throws: FigureFileError("không đọc được")) { try shelf.rows(of: key("e", second)) }
        shelf.keep(.failure(ReadAgain()), as: key("f", second))
        #expect(try shelf.rows(of: key("f", second)) == nil)
        // A reading that the disk cut off is as none.
        let path = try scratch.path(of: "readings") + "/\(key("e", second).name)"
        try Data([1, 2, 3]).write(to: URL(fileURLWithPath: path))
        #expect(try shelf.rows(of: key("e", second)) == nil)
    }

    static let samples =
        (try? FileManager.default.contentsOfDirectory(
            atPath: HaiPhong.tests.appending(path: "Samples").path))?.filter {
            $0.hasSuffix(".csv") || $0.hasSuffix(".xlsx")
        }.sorted() ?? []

    @Test(arguments: samples)
    func `what is kept of a file says what its reading said`(name: String) throws {
        guard let table = try? TableFile(HaiPhong.sample(name)) else { return }
        let surroundings = FigureReader.Surroundings(today: HaiPhong.today)
        let rows: FigureReader.ReadRows
        do {
            rows = try HaiPhong.reader.rows(of: table, fileName: name, in: surroundings)
        } catch {
            let kept = try #require(ReadingCodec.encode(failure: error))
            #expect(throws: error) { try ReadingCodec.decode(kept) }
            return
        }
        let kept = try ReadingCodec.decode(ReadingCodec.encode(rows))
        #expect(kept.rows.count == rows.rows.count)
        let same =
            try HaiPhong.reader.assembled(kept, in: surroundings)
            == HaiPhong.reader.assembled(rows, in: surroundings)
        #expect(same)
    }

    @Test(arguments: TestEngine.allCases)
    func `blocks stored a row each are carried into one row`(engine: TestEngine) async throws {
        try await engine.withStore { store in
            let before =
                AccessMigrations.all + ProvinceMigrations.all + FilesMigrations.all + FiguresMigrations.all.prefix(1)
            _ = try await Migrator(before).migrate(store, at: Timestamp(day: HaiPhong.today, hour: 8))
            try await store.write { connection in
                for (commune, block, people) in [("10507", 1, 40), ("10507", 11, 0), ("10525", 4, 7)] {
                    try connection.execute(
                        "INSERT INTO figure_block (commune, month, batch, block, people) VALUES (?, '2026-09', 3, ?, ?)",
                        commune, block, people)
                }
            }
            _ = try await Migrator(
                AccessMigrations.all + ProvinceMigrations.all + FilesMigrations.all + FiguresMigrations.all
            ).migrate(
                store, at: Timestamp(day: HaiPhong.today, hour: 9))
            let rows = try await store.read { connection in
                try connection.rows("SELECT * FROM figure_breakdown ORDER BY commune").map { row in
                    "\(try row.text("commune")) \(try row.text("month")) \(try row.integer("batch")) "
                        + (try Block.people(row)).sorted { $0.key < $1.key }.map { "\($0.rawValue):\($1)" }
                        .joined(separator: " ")
                }
            }
            #expect(rows == ["10507 2026-09 3 1:40 11:0", "10525 2026-09 3 4:7"])
        }
    }
}
