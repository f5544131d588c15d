import Access
import Database
import Kernel
import PlanText
import Province
import TestPlans
import TestSupport
import TestWork
import Testing
import Work

/// From work given in common to work of each unit, and who sees and does it.
@Suite
struct UnitStorageTests {
    static let common = "II.2/2027-2028/bhxh-co-so"
    static let own = "II.2/2027-2028/bhxh-co-so:suoi-mau"
    static let other = "II.2/2027-2028/bhxh-co-so:ben-vi-du"

    /// Of one office, or of all of them.
    static func officer(of unit: AgencyUnitCode?) -> Viewer {
        Viewer(
            account: RecordID(at: Timestamp(secondsSinceEpoch: 0)), login: "office", name: "Cán bộ BHXH cơ sở",
            role: .insuranceBase, rights: StorageWorld.grants.rights(of: .insuranceBase),
            agency: AgencyCode("bhxh-co-so"), unit: unit, communes: ["90001"].compactMap { CommuneCode($0) })
    }

    static func ids(_ world: StorageWorld, for viewer: Viewer) async throws -> Set<String> {
        try await world.ids(for: viewer).filter { $0.hasPrefix("II.2/") }
    }

    @Test(arguments: TestEngine.allCases)
    func `work nobody began passes from the name to its units once they are known`(engine: TestEngine) async throws {
        try await StorageWorld.with(engine, plan: try OfficesPlan.load(units: nil)) { world in
            #expect(try await Self.ids(world, for: StorageWorld.auditor) == [Self.common])
            let known = world.under(try OfficesPlan.load(units: OfficesPlan.twoOffices))
            let result = try await known.work.syncInstances()
            #expect([result.added, result.moved, result.withdrawn] == [2, 0, 1])
            #expect(try await Self.ids(known, for: StorageWorld.auditor) == [Self.own, Self.other])
            let item = try await known.item(Self.own)
            #expect(item.lead.text == "bhxh-co-so:suoi-mau")
            #expect(item.superior?.text == "bhxh-tinh")
            #expect(try await known.item(Self.other).superior?.text == "so-noi-vu")
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `work begun in common keeps its history beside the units' own`(engine: TestEngine) async throws {
        try await StorageWorld.with(engine, plan: try OfficesPlan.load(units: nil)) { world in
            let officer = Self.officer(of: nil)
            try await world.work.addNote(Self.common, text: "Đã bắt đầu", by: .init(viewer: officer))
            let known = world.under(try OfficesPlan.load(units: OfficesPlan.twoOffices))
            let result = try await known.work.syncInstances()
            #expect([result.added, result.moved, result.withdrawn] == [2, 0, 0])
            #expect(try await Self.ids(known, for: StorageWorld.auditor) == [Self.common, Self.own, Self.other])
            #expect(try await known.events(Self.common) == [.noted])
            // The agency's own officer goes on with it.
            try await known.work.addNote(Self.common, text: "Làm tiếp", by: .init(viewer: officer))
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `officers of one unit see and do its work alone, the agency's see all`(engine: TestEngine) async throws {
        try await StorageWorld.with(engine, plan: try OfficesPlan.load(units: OfficesPlan.twoOffices)) { world in
            let officer = Self.officer(of: OfficesPlan.office)
            #expect(try await Self.ids(world, for: officer) == [Self.own])
            try await world.work.addNote(Self.own, text: "Đã bắt đầu", by: .init(viewer: officer))
            await expectRefusal(.notFound) {
                try await world.work.addNote(Self.other, text: "Không phải việc mình", by: .init(viewer: officer))
            }
            let whole = Self.officer(of: nil)
            #expect(try await Self.ids(world, for: whole) == [Self.own, Self.other])
            await expectRefusal(.forbidden) { try await world.work.submit(Self.own, by: .init(viewer: whole)) }
            // Who accepts the offices' work sees it, also where only one office is declared to be theirs.
            #expect(try await Self.ids(world, for: StorageWorld.insurance) == [Self.own, Self.other])
            let scope = WorkScope(officer, in: world.plan)
            #expect(scope.covers(task: "II.2", lead: try #require(UnitCode("bhxh-co-so:suoi-mau"))))
            #expect(!scope.covers(task: "II.2", lead: try #require(UnitCode("bhxh-co-so:ben-vi-du"))))
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `units stand in overviews behind their agency`(engine: TestEngine) async throws {
        try await StorageWorld.with(engine, plan: try OfficesPlan.load(units: OfficesPlan.twoOffices)) { world in
            let units = try await world.work.units(year: 2028, for: StorageWorld.auditor).map(\.unit.text)
            #expect(units.filter { $0.hasPrefix("bhxh-co-so") } == ["bhxh-co-so:suoi-mau", "bhxh-co-so:ben-vi-du"])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `the communes of a unit's officers follow the unit's area`(engine: TestEngine) async throws {
        try await StorageWorld.with(engine, plan: try OfficesPlan.load(units: OfficesPlan.twoOffices)) { world in
            let areas = world.plan.units.areas
            #expect(areas[try #require(OfficesPlan.office)]?.map(\.text) == ["90001", "90002"])
            let id = RecordID(at: world.clock.clock.now)
            try await world.store.write { connection in
                try connection.execute(
                    """
                    INSERT INTO account (id, login, display_name, role, agency, unit, created_at)
                    VALUES (?, 'co-so', 'Cán bộ', 'insurance-base', 'bhxh-co-so', 'bhxh-co-so:suoi-mau', ?)
                    """, id, world.clock.clock.now)
                try connection.execute("INSERT INTO account_commune (account, commune) VALUES (?, '90003')", id)
                #expect(try Accounts.follow(areas, on: connection) == 1)
                #expect(try Accounts.follow(areas, on: connection) == 0)
                let account = try Accounts.find(id, on: connection)
                #expect(account?.communes.map(\.text) == ["90001", "90002"])
                #expect(account?.viewer(StorageWorld.grants).unit == OfficesPlan.office)
            }
        }
    }
}
