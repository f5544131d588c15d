import Access
import Database
import Kernel
import Legislation
import Notices
import Remarks
import Search
import TestSupport
import Testing

/// A store in which two communes are spoken of, with their people, an agency and a leader.
struct RemarksWorld: Sendable {
    let store: any DataStore
    let clock: MutableClock

    /// A Monday; working days are those of the week.
    static let start = Timestamp(day: Day.known(2027, 3, 1), hour: 9)
    static let kind = Subject.Kind("unit")

    static let office = AgencyCode("so-noi-vu").map(UnitCode.agency)
    static let names: [String: [String]] = [
        "90001": ["UBND phường An Biên", "phường An Biên", "An Biên"], "90002": ["UBND xã Suối Mẫu", "xã Suối Mẫu"],
        "so-noi-vu": ["Sở Nội vụ", "SNV"], "ubnd-tinh": ["UBND tỉnh"],
    ]

    static let officer = viewer("an.bien", .communeOfficer, communes: ["90001"], rights: [.writeRemarks])
    static let colleague = viewer("binh.bien", .communeOfficer, communes: ["90001"], rights: [.writeRemarks])
    static let neighbour = viewer("suoi.mau", .communeOfficer, communes: ["90002"], rights: [.writeRemarks])
    static let head = viewer("to.truong", .groupHead, communes: ["90001"], rights: [])
    static let analyst = viewer(
        "thuong.truc", .analyst, agency: "so-noi-vu", rights: [.writeRemarks, .readAllRemarks])
    static let leader = viewer(
        "lanh.dao", .leader, agency: "ubnd-tinh", rights: [.writeRemarks, .instruct, .readAllRemarks])
    static let deputy = viewer(
        "pho.chu.tich", .leader, agency: "ubnd-tinh", rights: [.writeRemarks, .instruct, .readAllRemarks])
    static let auditor = viewer("kiem.toan", .auditor, rights: [.readAllRemarks, .viewAudit])

    static func viewer(
        _ login: String, _ role: Role, agency: String? = nil, communes: [String] = [], rights: Set<Right>
    ) -> Viewer {
        Viewer(
            account: RecordID(at: start), login: login, name: "Người \(login)", role: role, rights: rights,
            agency: agency.flatMap { AgencyCode($0) }, communes: communes.compactMap { CommuneCode($0) })
    }

    static let here = Subject(kind, "90001")
    static let there = Subject(kind, "90002")
    static func unit(_ text: String) throws -> UnitCode { try #require(UnitCode(text)) }

    var service: RemarkService {
        let unitNames = UnitNames(
            agencies: { ["so-noi-vu", "ubnd-tinh"].compactMap { UnitCode($0) } },
            spellings: { Self.names[$0.text] ?? [$0.text] })
        let source = RemarkSource(
            Self.kind,
            topic: { key, _ in
                guard let unit = UnitCode(key), let name = Self.names[key]?.first else { return nil }
                return RemarkTopic(
                    Subject(Self.kind, key), "tình hình của \(name)", home: unit,
                    units: [Self.office].compactMap(\.self))
            },
            isOpen: { key, viewer, _ in
                viewer.may(.readAllRemarks) || viewer.ownUnits.contains { $0.text == key }
            })
        return RemarkService(
            store: store, clock: clock.ticking, calendar: WorkingCalendar(), names: unitNames, sources: [source])
    }

    static func with<T>(_ engine: TestEngine, _ body: (RemarksWorld) async throws -> T) async throws -> T {
        try await engine.withStore { store in
            let clock = MutableClock(start)
            _ = try await Migrator(
                AccessMigrations.all + NoticesMigrations.all + SearchMigrations.all + RemarksMigrations.all
            ).migrate(store, at: clock.now)
            return try await body(RemarksWorld(store: store, clock: clock))
        }
    }

    /// What somebody is told and has not read.
    func told(_ viewer: Viewer) async throws -> [ReceivedNotice] {
        try await NoticeService(store: store, clock: clock.clock, areas: [.remarks]).notices(
            unreadOnly: true, for: viewer)
    }

    func day(of viewer: Viewer) async throws -> DayList {
        try await DayService(store: store, clock: clock.clock, sources: [.instructions(service)]).list(of: viewer)
    }

    func remarks(for viewer: Viewer, _ subject: Subject = here) async throws -> [Remark] {
        (try await service.thread(of: subject, for: viewer, limit: 50)?.entries ?? []).compactMap {
            if case .remark(let remark) = $0 { remark } else { nil }
        }
    }

    /// The only instruction there is.
    func instruction(for viewer: Viewer) async throws -> Instruction {
        let found = try await service.instructions(for: viewer, limit: 10)
        #expect(found.count == 1)
        return try #require(found.first)
    }

    func trail() async throws -> [String] {
        try await store.read { try AuditTrail.entries(before: nil, limit: 50, on: $0).map(\.action).reversed() }
    }
}

extension Day {
    static func known(_ year: Int, _ month: Int, _ day: Int) -> Day {
        // Tests write real days only.
        guard let found = Day(year: year, month: month, day: day) else { preconditionFailure("no such day") }
        return found
    }
}
