import Access
import Database
import Files
import Jobs
import Province
import Kernel
import Notices
import Registry
import TestSupport

@testable import Figures

/// Figures of Hải Phòng's communes in a store, with the people who handle them.
struct FiguresWorld: Sendable {
    let store: any DataStore
    let clock: MutableClock
    let service: FigureService

    static func with<T>(
        _ engine: TestEngine, on day: Day = HaiPhong.today, _ body: (FiguresWorld) async throws -> T
    ) async throws -> T {
        try await engine.withStore { store in
            let clock = MutableClock(Timestamp(day: day, hour: 8))
            let migrations =
                AccessMigrations.all + ProvinceMigrations.all + FilesMigrations.all + JobsMigrations.all
                + NoticesMigrations.all + RegistryMigrations.all + FiguresMigrations.all
            _ = try await Migrator(migrations).migrate(store, at: clock.now)
            let service = FigureService(
                store: store, clock: clock.ticking, directory: HaiPhong.directory, province: HaiPhong.province)
            return try await body(FiguresWorld(store: store, clock: clock, service: service))
        }
    }

    // MARK: People

    /// What roles may here, where only figures count.
    static let grants: Grants = {
        let files: Set<Right> = [.viewFigures, .openFigureFiles]
        let keeping: Set<Right> = [
            .viewFigures, .openFigureFiles, .acceptFigures, .withdrawFigures, .decideContests,
            .setRegisterMonths,
        ]
        return Grants(
            of: [.figures],
            [
                .leader: files, .analyst: keeping, .agencyOfficer: [.viewFigures], .insuranceProvince: keeping,
                .insuranceBase: [.viewFigures], .communeLeader: [.viewFigures, .contestFigures],
                .communeOfficer: [.viewFigures, .contestFigures], .groupHead: [.viewFigures], .inspector: files,
                .auditor: files, .administrator: files,
            ])
    }()

    private static func person(
        _ login: String, _ role: Role, agency: String? = nil, communes: [String] = [], group: String? = nil
    ) -> Viewer {
        Viewer(
            account: RecordID(at: Timestamp(secondsSinceEpoch: 0)), login: login, name: "Người \(login)", role: role,
            rights: grants.rights(of: role), agency: agency.flatMap { AgencyCode($0) },
            communes: communes.map { .known($0) }, residentialGroup: group)
    }

    static let insurance = person("insurance", .insuranceProvince, agency: "bhxh-thanh-pho")
    static let analyst = person("analyst", .analyst, agency: "so-noi-vu")
    static let commune = person("commune", .communeOfficer, communes: ["10507"])
    static let neighbour = person("neighbour", .communeLeader, communes: ["10525"])

    /// One person of each role.
    static let everybody: [Viewer] = Role.allCases.map { role in
        let communes: [String] =
            switch role.bounds.communes {
            case .none: []
            case .one: ["10507"]
            case .several: ["10507", "10525"]
            }
        return person(
            role.rawValue, role, agency: role.bounds.agency ? "so-noi-vu" : nil, communes: communes,
            group: role.bounds.group ? "Tổ 1" : nil)
    }

    /// Those who may not do a thing; never nobody.
    static func without(_ right: Right) -> [Viewer] { everybody.filter { !$0.may(right) } }

    // MARK: Files

    /// A file of one month: a line a commune with both figures.
    static func file(
        _ month: String, _ lines: [String], name: String = "so lieu.csv", title: String = "BHXH thành phố"
    ) -> IncomingFile {
        let text = [title, "Tháng \(month)", "Mã xã;BHXH bắt buộc;BHXH tự nguyện"] + lines
        return IncomingFile(name: name, mediaType: "text/csv", bytes: Array(text.joined(separator: "\n").utf8))
    }

    @discardableResult
    func take(_ month: String, _ lines: String..., name: String = "so lieu.csv") async throws -> ImportOutcome {
        try await service.importFile(Self.file(month, lines, name: name), by: Actor(Self.insurance))
    }

    // MARK: What is stored

    func count(_ sql: String) async throws -> Int { try await store.read { try $0.integer(sql) ?? 0 } }

    /// The figures that hold: `10507 2026-09 compulsory 100 @1`.
    func holding() async throws -> [String] {
        try await store.read { connection in
            try connection.rows(
                "SELECT commune, month, scheme, people, batch FROM participant_figure ORDER BY commune, month, scheme"
            ).map { row in
                let key = "\(try row.text("commune")) \(try row.text("month")) \(try row.text("scheme"))"
                return "\(key) \(try row.integer("people")) @\(try row.integer("batch"))"
            }
        }
    }

    /// The same, worked out anew from every figure ever taken and the batches that were not undone.
    func recomputed() async throws -> [String] {
        try await store.read { connection in
            var withdrawn: Set<Int> = []
            for row in try connection.rows("SELECT number, withdrawn_at FROM figure_batch") {
                if try row.optionalInteger("withdrawn_at") != nil { withdrawn.insert(try row.integer("number")) }
            }
            var latest: [String: (people: Int, batch: Int)] = [:]
            for row in try connection.rows("SELECT commune, month, scheme, people, batch FROM figure_entry") {
                let batch = try row.integer("batch")
                let key = "\(try row.text("commune")) \(try row.text("month")) \(try row.text("scheme"))"
                if withdrawn.contains(batch) || (latest[key]?.batch ?? 0) > batch { continue }
                let people = try row.integer("people")
                latest[key] = (people: people, batch: batch)
            }
            return latest.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.people) @\($0.value.batch)" }
        }
    }

    /// Actions of the audit trail, oldest first.
    func trail(_ prefix: String = "") async throws -> [String] {
        try await store.read { connection in
            try AuditTrail.entries(before: nil, subjectPrefix: prefix, limit: 1_000, on: connection)
        }.map(\.action).reversed()
    }

    /// Rows of every table that a change could touch.
    func footprint() async throws -> [String: Int] {
        var rows: [String: Int] = [:]
        for table in [
            "figure_batch", "figure_entry", "figure_breakdown", "participant_figure", "figure_upload", "figure_contest",
            "stored_file", "stored_file_part", "audit_entry", "form_receipt",
        ] { rows[table] = try await count("SELECT COUNT(*) FROM \(table)") }
        return rows
    }
}

extension FigureService {
    /// A file that was sent, read whatever time it takes.
    func upload(
        _ id: RecordID, acceptsJumps: Bool = false, for viewer: Viewer
    ) async throws -> (FigureUpload, ImportOutcome) {
        let (upload, look) = try await look(at: id, acceptsJumps: acceptsJumps, for: viewer)
        guard case .read(let outcome) = look else { throw Refusal(.invalid, "\(look)") }
        return (upload, outcome)
    }

    /// Undoes a batch at once, whatever its size.
    func withdraw(batch: Int, reason: String, by submission: Submission) async throws {
        let jobs = JobService(store: store, clock: clock, kinds: jobKinds, grants: FiguresWorld.grants)
        let order = try await withdraw(
            batch: batch, reason: reason, mostAtOnce: .max, with: jobs, by: submission)
        guard order == .done else { throw Refusal(.invalid, "a job was started") }
    }
}
