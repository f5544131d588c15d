import Access
import Database
import Figures
import Files
import Jobs
import Kernel
import Notices
import Province
import TestSupport
import Testing
import Work

@testable import Targets

/// Decisions and targets of an earlier version, after the step that parts their numbers.
@Suite
struct SigningMigrationTests {
    @Test(arguments: TestEngine.allCases)
    func `decisions of before are parted, what cannot be stays whole, and targets keep their document`(
        engine: TestEngine
    ) async throws {
        let decisions: [(document: String?, day: String?, number: DocumentNumber?, citation: String?)] = [
            (
                "Quyết định 5012/QĐ-UBND ngày 20/11/2026", "2026-11-20", DocumentNumber(5012, symbol: "/QĐ-UBND"),
                "Quyết định 5012/QĐ-UBND ngày 20/11/2026"
            ),
            (
                "Quyết định 13a/QĐ-UBND ngày 21/11/2026", "2026-11-21",
                DocumentNumber(13, letter: "A", symbol: "/QĐ-UBND"), "Quyết định 13A/QĐ-UBND ngày 21/11/2026"
            ),
            (
                "Quyết định số 7 /QĐ ngày 22/11/2026", "2026-11-22", DocumentNumber(whole: "số 7 /QĐ"),
                "Quyết định số 7 /QĐ ngày 22/11/2026"
            ), (nil, nil, nil, nil),
        ]
        let ids = decisions.indices.map { RecordID(at: Timestamp(secondsSinceEpoch: Int64($0 + 1))) }
        let file = RecordID(at: Timestamp(secondsSinceEpoch: 100))
        try await engine.withStore { store in
            let moment = Timestamp(secondsSinceEpoch: 1)
            let lower =
                AccessMigrations.all + ProvinceMigrations.all + FilesMigrations.all + JobsMigrations.all
                + NoticesMigrations.all + FiguresMigrations.all
            let migrations = lower + WorkMigrations.all + TargetsMigrations.all
            let later = try #require(TargetsMigrations.all.firstIndex { $0.name == TargetsMigrations.signing })
            let names = Set(TargetsMigrations.all[later...].map(\.name))
            _ = try await Migrator(migrations.filter { !names.contains($0.name) }).migrate(store, at: moment)
            try await store.write { connection in
                try connection.execute(
                    """
                    INSERT INTO stored_file (id, sha256, name, media_type, size, added_at)
                    VALUES (?, 'x', 'qd.pdf', 'application/pdf', 1, 1)
                    """, file)
                for (id, one) in zip(ids, decisions) {
                    try connection.execute(
                        """
                        INSERT INTO allocation_scenario (id, scope, year, name, content, state, created_at,
                            created_by_name, version, document, signed_on, file)
                        VALUES (?, 'city', 2027, 'A', ?, ?, 1, 'A', 1, ?, ?, ?)
                        """, id, try AllocationScenario.json(.init(units: [], total: 0, voluntary: 0)),
                        one.document == nil ? "draft" : "decided", one.document, one.day,
                        one.document == nil ? nil : file)
                }
                for (version, document) in ["QĐ của thành phố", decisions[0].document ?? ""].enumerated() {
                    try connection.execute(
                        """
                        INSERT INTO commune_target (commune, year, version, total, voluntary, document, at, actor_name)
                        VALUES ('10507', 2027, ?, 9, 2, ?, 1, 'A')
                        """, version + 1, document)
                }
            }
            let applied = try await Migrator(migrations).migrate(store, at: moment)
            #expect(applied.map(\.name) == TargetsMigrations.all[later...].map(\.name))
            for (id, one) in zip(ids, decisions) {
                let scenario = try await store.read { try AllocationService.scenario(id, on: $0) }
                #expect(scenario.signing?.number == one.number && scenario.citation == one.citation)
                #expect(scenario.signing?.file == (one.document == nil ? nil : file))
            }
            let targets = try await store.read { connection in
                try connection.rows("SELECT \(CommuneTarget.columns) FROM commune_target t ORDER BY version").map(
                    CommuneTarget.init)
            }
            #expect(targets.map(\.document) == ["QĐ của thành phố", "Quyết định 5012/QĐ-UBND ngày 20/11/2026"])
            #expect(targets.map(\.signing?.number.number) == [nil, 5012])
            #expect(targets.map(\.signing?.file) == [nil, file])
            #expect(
                targets.map(\.compulsory) == [
                    .init(total: 9, voluntary: 2, .derived), .init(total: 9, voluntary: 2, .derived),
                ])
            await #expect(throws: (any Error).self, "targets take new rows only") {
                try await store.write { try $0.execute("UPDATE commune_target SET total = 1") }
            }
        }
    }
}
