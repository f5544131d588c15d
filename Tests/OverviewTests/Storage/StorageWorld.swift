import Access
import Database
import Files
import Figures
import Foundation
import Kernel
import Overview
import PlanText
import Targets
import Work
import TestSupport
import Testing

/// The work of the small plan of An Biên in a store, with the people who do it.
struct StorageWorld: Sendable {
    let store: any DataStore
    let clock: MutableClock
    let services: PlanServices

    var plan: PlanDefinition { services.definition }
    var work: WorkService { services.work }
    var amendments: PlanAmendmentService { services.amendments }
    var obstacles: ObstacleService { services.obstacles }
    var reminders: ReminderService { services.reminders }
    var targets: TargetService { services.targets }
    var allocations: AllocationService { services.allocations }
    var groups: GroupService { services.groups }
    var overview: OverviewService { services.overview }

    static let start = Day.known(2027, 1, 4)

    /// - Parameter synced: whether the plan's work is in the store already.
    static func with<T>(
        _ engine: TestEngine, on day: Day = start, synced: Bool = true, plan: PlanDefinition? = nil,
        _ body: (StorageWorld) async throws -> T
    ) async throws -> T {
        let definition = try plan ?? PlanFolder.load(PlanFolder.anBien)
        return try await engine.withStore { store in
            let clock = MutableClock(Timestamp(day: day, hour: 8))
            _ = try await Migrator(PlanFolder.migrations).migrate(store, at: clock.now)
            let services = PlanServices(store: store, clock: clock.ticking, definition: definition, grants: Self.grants)
            if synced { _ = try await services.work.syncInstances() }
            return try await body(StorageWorld(store: store, clock: clock, services: services))
        }
    }

    /// The plan of An Biên with some words of its files replaced; each must occur.
    static func plan(_ changes: (file: String, from: String, to: String)...) throws -> PlanDefinition {
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
    func under(_ plan: PlanDefinition) -> StorageWorld {
        StorageWorld(
            store: store, clock: clock, services: PlanServices(store: store, clock: clock.ticking, definition: plan, grants: Self.grants))
    }

    func go(to day: Day, hour: Int = 8) { clock.set(Timestamp(day: day, hour: hour)) }

    // MARK: People

    /// What roles may here: the work, figures and targets of An Biên.
    static let grants: Grants = {
        func all(_ parts: Set<Right>...) -> Set<Right> { parts.reduce(into: []) { $0.formUnion($1) } }
        let everybody: Set<Right> = [.viewWork, .viewFigures]
        let following = all(everybody, [.viewWholePlan, .openFigureFiles, .readGroups, .readScenarios])
        let working = all(everybody, [.handIn, .openFiles, .sendObstacle, .answerObstacles])
        let keeping: Set<Right> = [.acceptFigures, .withdrawFigures, .decideContests, .openFigureFiles, .readGroups]
        let steering: Set<Right> = [
            .review, .overrideDeadlines, .completePlan, .manageObstacles, .viewOutbox, .loadTargets, .allocateTargets,
        ]
        let commune = all(working, [.openPersonLists, .contestFigures, .proposeTargets, .keepGroups])
        let table: [Role: Set<Right>] = [
            .leader: all(following, [.review, .openFiles, .sendObstacle]),
            .analyst: all(following, working, keeping, steering), .agencyOfficer: working,
            .insuranceProvince: all(working, keeping, [.review, .openPersonLists, .openAllPersonLists]),
            .insuranceBase: all(working, [.openPersonLists]), .communeLeader: commune, .communeOfficer: commune,
            .groupHead: all(everybody, [.sendObstacle]), .inspector: all(following, working, [.openPersonLists]),
            .auditor: following, .administrator: all(following, [.viewOutbox]),
        ]
        return Grants(of: [.work, .figures, .targets], table)
    }()

    private static func person(
        _ login: String, _ role: Role, agency: String? = nil, communes: [String] = [], group: String? = nil
    ) -> Viewer {
        Viewer(
            account: RecordID(at: Timestamp(secondsSinceEpoch: 0)), login: login, name: "Người \(login)", role: role,
            rights: grants.rights(of: role), agency: agency.flatMap { AgencyCode($0) }, communes: communes.compactMap { CommuneCode($0) },
            residentialGroup: group)
    }

    /// Keeps the plan and reviews the communes and BHXH.
    static let analyst = person("analyst", .analyst, agency: "so-noi-vu")
    /// Reviews Sở Nội vụ.
    static let leader = person("leader", .leader, agency: "ubnd-tinh")
    static let insurance = person("insurance", .insuranceProvince, agency: "bhxh-tinh")
    static let inspector = person("inspector", .inspector, agency: "so-noi-vu")
    static let auditor = person("auditor", .auditor)
    static let administrator = person("administrator", .administrator)
    static let communes = ["90001", "90002", "90003"].map { person("commune-\($0)", .communeOfficer, communes: [$0]) }
    static let head = person("head", .groupHead, communes: ["90001"], group: "Tổ 3")

    static func base(_ communes: String...) -> Viewer {
        person("base", .insuranceBase, agency: "bhxh-tinh", communes: communes)
    }

    /// Who works on what a unit leads.
    static func worker(of lead: UnitCode) -> Viewer {
        switch lead.text {
        case "so-noi-vu": analyst
        case "bhxh-tinh": insurance
        default: communes.first { $0.communes.first?.text == lead.text } ?? auditor
        }
    }

    /// Who accepts or returns what a unit hands in.
    static func reviewer(of lead: UnitCode) -> Viewer { lead.text == "so-noi-vu" ? leader : analyst }

    // MARK: Work

    func item(_ id: String) async throws -> WorkItem { try await work.detail(id, for: Self.auditor).item }

    func status(_ id: String) async throws -> WorkStatus { try await item(id).status(on: clock.clock.today) }

    func events(_ id: String) async throws -> [InstanceEventKind] {
        try await work.detail(id, for: Self.auditor).events.reversed().map(\.kind)
    }

    func ids(for viewer: Viewer, _ filter: WorkFilter = WorkFilter()) async throws -> Set<String> {
        Set(try await work.items(filter, for: viewer, limit: 1_000).map(\.id))
    }

    /// What fits a slot; a file where one is due.
    func draft(for slot: ProductSlot, bytes: [UInt8] = Array("abc".utf8)) -> ProductDraft {
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
    func fill(_ id: String) async throws {
        let item = try await item(id)
        let slots = try #require(plan.task(item.task)).slots
        for (index, slot) in slots.enumerated() {
            try await work.addProduct(
                draft(for: slot), slot: index, instance: id, by: .init(viewer: Self.worker(of: item.lead)))
        }
    }

    /// Fills every slot and hands in.
    func handIn(_ id: String) async throws {
        try await fill(id)
        try await work.submit(id, by: .init(viewer: Self.worker(of: item(id).lead)))
    }

    func count(_ sql: String) async throws -> Int? { try await store.read { try $0.integer(sql) } }

    /// Action and subject of the audit trail's entries on subjects of this kind, oldest first.
    func trail(_ prefix: String) async throws -> [String] {
        try await store.read { connection in
            try AuditTrail.entries(before: nil, subjectPrefix: prefix, limit: 1_000, on: connection)
        }.map(\.action).reversed()
    }
}
