import Access
import Database
import Formats
import Foundation
import Jobs
import Kernel
import Registry
import TestSupport
import Testing
import Vault

/// Numbers of persons do not stand in the database.
@Suite
struct SealedRecordTests {
    private static let purpose = "Đối chiếu hồ sơ 12/2026"

    @Test(arguments: TestEngine.allCases)
    func `no number stands readable in any table, and each opens with its repair`(engine: TestEngine) async throws {
        try await RegistryWorld.with(engine) { world in
            var row = try person(
                "Nguyễn Thị Hoa", id: "031185001234", old: "030123456", code: "0118500123", phone: "0912345678",
                repairs: [Repair(.siCode, column: "C", .leadingZero, original: "118500123")])
            row.values[.remarks] = .text("số cũ 030 123 456")
            row.values[.address] = .text("Số 12 Lạch Tray")
            let delivered = row
            try await world.deliver(1, [delivered])
            let text = try await world.store.read { connection in
                try connection.tableNames().flatMap { table in
                    try connection.rows("SELECT * FROM \(table)").map { row in
                        row.values.map { value in
                            if case .bytes(let bytes) = value {
                                String(decoding: bytes, as: UTF8.self)
                            } else {
                                "\(value)"
                            }
                        }.joined(separator: "|")
                    }
                }.joined(separator: "\n")
            }
            for number in ["031185001234", "030123456", "0118500123", "118500123", "0912345678", "030 123 456"] {
                #expect(!text.contains(number), "\(number)")
            }
            #expect(text.contains("Lạch Tray"))
            let entity = EntityID(first: RecordPlace(delivery: 1, ordinal: 0))
            let records = try await world.store.read {
                try RegisterQueries.records(of: entity, within: .ofSystem, keys: world.keys, on: $0)
            }
            #expect(records.map(\.values) == [delivered.values])
            #expect(records.map(\.repairs) == [delivered.repairs])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `somebody is found by a number, within the scope alone`(engine: TestEngine) async throws {
        try await RegistryWorld.with(engine) { world in
            try await world.deliver(1, [person("Nguyễn Thị Hoa", id: "031185001234", commune: "11311")])
            let found = try await world.store.read { connection in
                try ["11311", "11329"].map { commune in
                    try RegisterQueries.entities(
                        with: PlainNumber(.personal, "031185001234"),
                        within: Self.viewer(.insuranceBase, [.openRecords], communes: [commune]).recordScope,
                        keys: world.keys, on: connection)
                }
            }
            #expect(found == [[EntityID(first: RecordPlace(delivery: 1, ordinal: 0))], []])
        }
    }

    private static func viewer(_ role: Role, _ rights: Set<Right>, communes: [String] = []) -> Viewer {
        Viewer(
            account: RecordID(at: Timestamp(secondsSinceEpoch: 0)), login: "a", name: "A", role: role, rights: rights,
            communes: communes.compactMap { CommuneCode($0) })
    }

    @Test(arguments: TestEngine.allCases)
    func `opening asks for a right, the area and a purpose, and is kept in the trail`(engine: TestEngine) async throws {
        try await RegistryWorld.with(engine) { world in
            try await world.deliver(1, [person("Nguyễn Thị Hoa", id: "031185001234", commune: "11311")])
            let entity = EntityID(first: RecordPlace(delivery: 1, ordinal: 0))
            func open(_ viewer: Viewer, _ purpose: String = Self.purpose, keys: NumberKeys?) async throws -> Int {
                let now = world.clock.now
                return try await world.store.write { connection in
                    try RegisterQueries.open(
                        entity, purpose: purpose, by: Submission(viewer: viewer), keys: keys, at: now, on: connection
                    ).count
                }
            }
            let province = Self.viewer(.insuranceProvince, [.openRecords, .openAllRecords])
            await expectRefusal(.forbidden) { _ = try await open(Self.viewer(.analyst, []), keys: world.keys) }
            await expectRefusal(.notFound) {
                _ = try await open(Self.viewer(.insuranceBase, [.openRecords], communes: ["11329"]), keys: world.keys)
            }
            await expectRefusal(.invalid) { _ = try await open(province, " ", keys: world.keys) }
            await expectRefusal(.notNow) { _ = try await open(province, keys: nil) }
            await expectRefusal(.notNow) { _ = try await open(province, keys: .ephemeral()) }
            #expect(try await open(province, keys: world.keys) == 1)
            let base = Self.viewer(.insuranceBase, [.openRecords], communes: ["11311"])
            #expect(try await open(base, keys: world.keys) == 1)
            let entries = try await world.store.read { try AuditTrail.entries(before: nil, limit: 10, on: $0) }
            #expect(entries.map(\.action) == ["registry.opened", "registry.opened"])
            #expect(entries.allSatisfy { $0.detail == Self.purpose })
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `after a turn every record is sealed anew, found and compared, and the old key can go`(engine: TestEngine)
        async throws
    {
        let folder = NSTemporaryDirectory() + "baophu-turn-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = folder + "/numbers.keys"
        let old = NumberKeys(try KeyFile.load(path, for: .numbers))
        try await RegistryWorld.with(engine) { world in
            try await world.deliver(
                1,
                (0..<250).map { try person("Trần Văn Bình", id: "031090000\(100 + $0)") }
                    + [employer("Sao Mai", unit: "HP0012A")], keys: old)
            let turned = NumberKeys(try KeyFile.rotate(path, for: .numbers))
            // Meanwhile both keys find.
            let during = try await world.deliver(2, [person("Trần Văn Bình", id: "031090000100")], keys: turned)
            #expect(during.matched == 1)
            let now = world.clock.now
            try await world.store.write { connection in
                _ = try JobService.add(
                    TurnKeys.name, NoParameters(), title: "x", key: nil, notBefore: now, at: now, on: connection)
            }
            let service = world.service(keys: turned)
            let job = try #require(try await service.claim(by: "test"))
            await service.perform(job)
            #expect(try await service.job(job.id).state == .done)
            let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").filter {
                !$0.hasPrefix("#")
            }
            let alone = NumberKeys(try KeyFile.ring(text: String(lines[0]), named: "x"))
            let after = try await world.deliver(
                3, [person("Trần Văn Bình", id: "031090000349"), employer("Sao Mai", unit: "HP0012A")], keys: alone)
            #expect(after == KeepRecords.Outcome(matched: 2, new: 0))
            let records = try await world.store.read { connection in
                try RegisterQueries.records(
                    of: EntityID(first: RecordPlace(delivery: 1, ordinal: 249)), within: .ofSystem, keys: alone,
                    on: connection)
            }
            #expect(records.compactMap { $0.values.text(.personalID) } == ["031090000349", "031090000349"])
        }
    }
}
