public import Access
public import Database
import Files
import Foundation
import Jobs
public import Kernel
public import Notices
public import PlanText
import Province
import TestPlans
public import TestSupport
import Testing
public import Work

/// The work of the small plan of An Biên in a store, with the people who do it.
public struct StorageWorld: Sendable {
    public let store: any DataStore
    public let clock: MutableClock
    public let plan: PlanDefinition

    public var work: WorkService { WorkService(store: store, clock: clock.ticking, plan: plan) }
    public var amendments: PlanAmendmentService { PlanAmendmentService(work: work) }
    public var unitLists: UnitListService { UnitListService(work: work) }
    public var obstacles: ObstacleService { ObstacleService(store: store, clock: clock.ticking, plan: plan) }
    public var reminders: ReminderService {
        ReminderService(store: store, clock: clock.ticking, plan: plan, grants: Self.grants)
    }

    public var notices: NoticeService {
        NoticeService(store: store, clock: clock.ticking, areas: [.work])
    }

    public static let start = Day.known(2027, 1, 4)

    /// - Parameters:
    ///   - synced: whether the plan's work is in the store already.
    ///   - migrations: tables of targets above, for tests of theirs.
    public static func with<T>(
        _ engine: TestEngine, on day: Day = start, synced: Bool = true, plan: PlanDefinition? = nil,
        migrations: [Migration] = [], _ body: (StorageWorld) async throws -> T
    ) async throws -> T {
        let definition = try plan ?? PlanFolder.load(PlanFolder.anBien)
        return try await engine.withStore { store in
            let clock = MutableClock(Timestamp(day: day, hour: 8))
            let own =
                AccessMigrations.all + ProvinceMigrations.all + FilesMigrations.all + JobsMigrations.all
                + NoticesMigrations.all + WorkMigrations.all
            _ = try await Migrator(own + migrations).migrate(store, at: clock.now)
            let world = StorageWorld(store: store, clock: clock, plan: definition)
            if synced { _ = try await world.work.syncInstances() }
            return try await body(world)
        }
    }

    /// The plan of An Biên with some words of its files replaced; each must occur.
    public static func plan(_ changes: (file: String, from: String, to: String)...) throws -> PlanDefinition {
        try PlanLoader.load { name in
            var text = String(decoding: PlanFolder.bytes(PlanFolder.anBien.appending(path: name)) ?? [], as: UTF8.self)
            for change in changes where change.file == name {
                guard text.contains(change.from) else { return nil }
                text = text.replacingOccurrences(of: change.from, with: change.to)
            }
            return Array(text.utf8)
        }
    }

    /// The same store and clock under another version of the plan's files.
    public func under(_ plan: PlanDefinition) -> StorageWorld { StorageWorld(store: store, clock: clock, plan: plan) }

    public func go(to day: Day, hour: Int = 8) { clock.set(Timestamp(day: day, hour: hour)) }

    /// Keys of what waits for a person, of one sort.
    public func waiting(_ kind: DayKind, for viewer: Viewer) async throws -> [String] {
        let days = DayService(store: store, clock: clock.clock, sources: [.work(work), .obstacles])
        return try await days.list(of: viewer).items.filter { $0.kind == kind }.map(\.subject.key)
    }

    // MARK: People

    /// What roles may here: the work, figures and targets of An Biên. Rights of figures and targets stand by their names, so
    /// that tests of work do not wait for them; tests of targets hold the names to those declared.
    public static let grants: Grants = {
        func all(_ parts: Set<Right>...) -> Set<Right> { parts.reduce(into: []) { $0.formUnion($1) } }
        func named(_ names: String...) -> Set<Right> { Set(names.map { Right($0, $0) }) }
        let everybody = all([.viewWork], named("figures.read"))
        let following = all(
            everybody, [.viewWholePlan], named("figures.open-files", "groups.read", "allocation.read"))
        let working = all(everybody, [.handIn, .openFiles, .sendObstacle, .answerObstacles])
        let keeping = named(
            "figures.accept", "figures.withdraw", "figures.decide-contests", "figures.open-files", "groups.read")
        let steering = all(
            [.review, .overrideDeadlines, .completePlan, .manageObstacles, .viewOutbox],
            named("targets.load", "allocation.make"))
        let commune = all(
            working, [.openPersonLists], named("figures.contest", "targets.propose", "groups.keep"))
        let table: [Role: Set<Right>] = [
            .leader: all(following, [.review, .openFiles, .sendObstacle]),
            .analyst: all(following, working, keeping, steering), .agencyOfficer: working,
            .insuranceProvince: all(working, keeping, [.review, .openPersonLists, .openAllPersonLists]),
            .insuranceBase: all(working, [.openPersonLists]), .communeLeader: commune, .communeOfficer: commune,
            .groupHead: all(everybody, [.sendObstacle], named("groups.count-own")),
            .inspector: all(following, working, [.openPersonLists]),
            .auditor: following,
            .administrator: all(
                following, [.viewOutbox, .keepUnits, .keepIdentities, .keepBoundaries, .setCountingDay]),
        ]
        return Grants(of: [.work, .notices], table)
    }()

    private static func person(
        _ login: String, _ role: Role, agency: String? = nil, communes: [String] = [], group: String? = nil
    ) -> Viewer {
        Viewer(
            account: RecordID(at: Timestamp(secondsSinceEpoch: 0)), login: login, name: "Người \(login)", role: role,
            rights: grants.rights(of: role), agency: agency.flatMap { AgencyCode($0) },
            communes: communes.compactMap { CommuneCode($0) },
            residentialGroup: group)
    }

    /// Keeps the plan and reviews the communes and BHXH.
    public static let analyst = person("analyst", .analyst, agency: "so-noi-vu")
    /// Reviews Sở Nội vụ.
    public static let leader = person("leader", .leader, agency: "ubnd-tinh")
    public static let insurance = person("insurance", .insuranceProvince, agency: "bhxh-tinh")
    public static let inspector = person("inspector", .inspector, agency: "so-noi-vu")
    public static let auditor = person("auditor", .auditor)
    public static let administrator = person("administrator", .administrator)
    public static let communes = ["90001", "90002", "90003"].map {
        person("commune-\($0)", .communeOfficer, communes: [$0])
    }
    public static let head = person("head", .groupHead, communes: ["90001"], group: "Tổ 3")

    public static func base(_ communes: String...) -> Viewer {
        person("base", .insuranceBase, agency: "bhxh-tinh", communes: communes)
    }

    /// Who works on what a unit leads.
    public static func worker(of lead: UnitCode) -> Viewer {
        switch lead.text {
        case "so-noi-vu": analyst
        case "bhxh-tinh": insurance
        default: communes.first { $0.communes.first?.text == lead.text } ?? auditor
        }
    }

    /// Who accepts or returns what a unit hands in.
    public static func reviewer(of lead: UnitCode) -> Viewer { lead.text == "so-noi-vu" ? leader : analyst }

    // MARK: Work

    public func item(_ id: String) async throws -> WorkItem { try await work.detail(id, for: Self.auditor).item }

    public func status(_ id: String) async throws -> WorkStatus { try await item(id).status(on: clock.clock.today) }

    public func events(_ id: String) async throws -> [InstanceEventKind] {
        try await work.detail(id, for: Self.auditor).events.reversed().map(\.kind)
    }

    public func ids(for viewer: Viewer, _ filter: WorkFilter = WorkFilter()) async throws -> Set<String> {
        Set(try await work.items(filter, for: viewer, limit: 1_000).map(\.id))
    }

    /// What fits a slot; a file where one is due.
    public func draft(for slot: ProductSlot, bytes: [UInt8] = Array("abc".utf8)) -> ProductDraft {
        let day = clock.clock.today.vietnamese
        switch slot.kind {
        case .document:
            return ProductDraft(
                numberSymbol: "125/QĐ-UBND", issuedOn: day, summary: "Về việc thử",
                file: IncomingFile(name: "văn bản.pdf", mediaType: "application/pdf", bytes: bytes))
        case .figure:
            return ProductDraft(issuedOn: day, figure: "1.234", source: "Sổ theo dõi")
        case .list:
            return ProductDraft(
                issuedOn: day, file: IncomingFile(name: "danh sách.csv", mediaType: "text/csv", bytes: bytes))
        }
    }

    /// Fills every slot of a piece of work, as its lead.
    public func fill(_ id: String) async throws {
        let item = try await item(id)
        let slots = try #require(plan.task(item.task)).slots
        for (index, slot) in slots.enumerated() {
            try await work.addProduct(
                draft(for: slot), slot: index, instance: id, by: .init(viewer: Self.worker(of: item.lead)))
        }
    }

    /// Fills every slot and hands in.
    public func handIn(_ id: String) async throws {
        try await fill(id)
        try await work.submit(id, by: .init(viewer: Self.worker(of: item(id).lead)))
    }

    public func count(_ sql: String) async throws -> Int? { try await store.read { try $0.integer(sql) } }

    /// Action and subject of the audit trail's entries on subjects of this kind, oldest first.
    public func trail(_ prefix: String) async throws -> [String] {
        try await store.read { connection in
            try AuditTrail.entries(before: nil, subjectPrefix: prefix, limit: 1_000, on: connection)
        }.map(\.action).reversed()
    }
}
