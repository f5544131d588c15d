import Access
import Database
import Files
import Kernel
import Province
import Tabular
import TestSupport
import Testing

@testable import Figures

/// A file is read once, however often it is looked at.
@Suite
struct KeptFileTests {
    private struct ReadAgain: Error {}

    /// Understands a file that must be known already.
    private static func known(
        _ file: IncomingFile, in world: FiguresWorld, acceptsJumps: Bool = false
    ) async throws -> UnderstoodFile {
        let sha256 = StoredFiles.sha256(of: try file.bytes())
        let service = world.service
        return try await world.store.read { connection in
            try service.understand(
                sha256: sha256, fileName: file.name, month: nil, acceptsJumps: acceptsJumps, on: connection
            ) { throw ReadAgain() }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a file that was sent is not read again to be shown, accepted and returned`(engine: TestEngine) async throws {
        try await FiguresWorld.with(engine) { world in
            let file = FiguresWorld.file("09/2026", ["10507;100;10", "Lạ;1;1"])
            let id = try await world.service.receive(
                file, month: nil, source: "", by: .init(viewer: FiguresWorld.insurance))
            #expect(try await Self.known(file, in: world).reading.acceptedRows == 1)
            #expect(try await Self.known(file, in: world, acceptsJumps: true).comparison.added == 2)
            try await world.service.accept(id, acceptsJumps: false, by: .init(viewer: FiguresWorld.insurance))
            // Compared with what is stored by now, from the tables read first.
            #expect(try await Self.known(file, in: world).comparison.fresh.isEmpty)
            #expect(try await world.service.upload(id, for: FiguresWorld.analyst).1.unchanged == 2)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `what is kept is compared anew once a batch came or went`(engine: TestEngine) async throws {
        try await FiguresWorld.with(engine) { world in
            let file = FiguresWorld.file("09/2026", ["10507;100;10"])
            _ = try await world.service.preview(try file.bytes(), fileName: file.name)
            #expect(try await Self.known(file, in: world).comparison.added == 2)
            try await world.take("09/2026", "10507;90;10", name: "khac.csv")
            #expect(try await Self.known(file, in: world).comparison.replaced.map(\.before) == [90])
            try await world.service.withdraw(batch: 1, reason: "nhầm", by: .init(viewer: FiguresWorld.insurance))
            #expect(try await Self.known(file, in: world).comparison.added == 2)
        }
    }

    @Test
    func `only the files of a few million cells are kept, the latest ones`() async throws {
        try await FiguresWorld.with(.sqlite) { world in
            let files = (1...12).map { FiguresWorld.file("09/2026", ["10507;\(100 + $0);10"]) }
            for file in files { _ = try await world.service.preview(try file.bytes(), fileName: file.name) }
            await #expect(throws: ReadAgain.self) { try await Self.known(files[0], in: world) }
            #expect(try await Self.known(files[11], in: world).reading.acceptedRows == 1)
        }
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
