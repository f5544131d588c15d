public import Access
import Database
public import Files
public import Kernel
import PlanText
import Province
public import Tabular

extension Right {
    public static let keepUnits = Right("units.keep", "Nạp danh sách đơn vị trực thuộc của các cơ quan")
}

/// The lists of agencies' many units, loaded as tables: looked at with all they change, then taken or given up.
public struct UnitListService: Sendable {
    private let work: WorkService

    public init(work: WorkService) { self.work = work }

    private var store: any DataStore { work.store }

    /// A table that was sent.
    public struct Loaded: Sendable, Equatable {
        public enum State: String, Sendable {
            /// Looked at, not taken yet.
            case draft
            case kept
            case dropped
        }

        public let id: RecordID
        public let state: State
        public let file: RecordID
        public let enteredAt: Timestamp
        public let enteredBy: String
        public let keptAt: Timestamp?
        /// What it changed, in words; empty until it was taken.
        public let summary: String

        init(_ row: SQLRow) throws {
            id = try row.recordID("id")
            state = try row.choice("state")
            file = try row.recordID("file")
            enteredAt = try row.timestamp("entered_at")
            enteredBy = try row.text("entered_by_name")
            keptAt = try row.optionalTimestamp("kept_at")
            summary = try row.text("summary")
        }
    }

    /// What came of sending a table.
    public enum Answer: Sendable {
        /// Kept aside, to be looked at.
        case draft(RecordID)
        /// Nothing was kept.
        case wrong([CellNote])
    }

    /// A table with what taking it would change.
    public struct Preview: Sendable {
        public let loaded: Loaded
        public let fileName: String
        public let changes: [UnitChange]
        /// Units of the table's agencies that stay as they are.
        public let unchanged: Int
        /// By the agencies whose lists the table holds, ended units too.
        let lists: [AgencyCode: [AgencyUnit]]
        /// Of all agencies, once it is taken.
        let after: AgencyUnits
        /// Communes that two units of one agency look after.
        public let shared: [(agency: AgencyCode, commune: CommuneCode)]
        public let effect: UnitWorkEffect
        /// Of the lists that it was compared with.
        public let version: Int
    }

    /// Sends a table. A wrong cell leaves the whole table out.
    public func enter(_ file: IncomingFile, by submission: Submission) async throws -> Answer {
        try submission.viewer.require(.keepUnits)
        let table = try read(try file.bytes())
        guard table.problems.isEmpty else { return .wrong(table.problems) }
        let id = RecordID(at: work.clock.now)
        let subject = try await store.once(
            submission, about: Subject(.unitList, id), with: file, at: work.clock.now
        ) { connection, now, sent in
            let stored = try sent?.keep(at: now, on: connection)
            try connection.execute(
                """
                INSERT INTO unit_list (id, state, file, entered_at, entered_by, entered_by_name, summary)
                VALUES (?, ?, ?, ?, ?, ?, '')
                """, id, Loaded.State.draft.rawValue, stored?.id, now, submission.viewer.account,
                submission.viewer.name)
        }
        // A form sent twice leads to what came of it first.
        return .draft(RecordID(subject.key) ?? id)
    }

    /// What taking a table would change now.
    public func preview(_ id: RecordID, for viewer: Viewer) async throws -> Preview {
        try viewer.require(.keepUnits)
        return try await store.read { connection in try self.preview(id, on: connection) }
    }

    private func preview(_ id: RecordID, on connection: any SQLConnection) throws -> Preview {
        let loaded = try find(id, on: connection)
        let table = try read(StoredFiles.content(of: loaded.file, on: connection))
        guard table.problems.isEmpty else { throw Self.outdated }
        let present = try work.plan.unitsInForce.read(on: connection)
        let lists = UnitChange.lists(taking: table.lists, over: present, on: work.clock.today)
        let changes = UnitChange.changes(to: lists, from: present)
        let changed = Set(changes.map(\.unit.code))
        let after = present.with(lists)
        let later = work.with(after)
        let scheduled = Schedule.instances(
            of: later.plan, amendments: try PlanAmendments.read(on: connection).deadlines)
        let shared = table.lists.keys.sorted().flatMap { agency -> [(agency: AgencyCode, commune: CommuneCode)] in
            let areas = (lists[agency] ?? []).filter { !$0.isFormer }.flatMap(\.communes)
            let often = Dictionary(grouping: areas, by: \.self).filter { $0.value.count > 1 }.keys
            return often.sorted().map { (agency, $0) }
        }
        return Preview(
            loaded: loaded, fileName: try StoredFiles.find(loaded.file, on: connection)?.name ?? "",
            changes: changes,
            unchanged: lists.values.flatMap(\.self).filter { !changed.contains($0.code) && !$0.isFormer }.count,
            lists: lists, after: after, shared: shared,
            effect: UnitWorkEffect(
                try later.steps(to: scheduled, on: connection), order: work.plan.tasks.map(\.code)),
            version: try version(on: connection))
    }

    /// Takes a table: the lists, the work that follows from them and the areas of accounts change together.
    /// - Parameter version: of the lists that the person looked at (``Preview/version``).
    public func keep(_ id: RecordID, version: Int?, by submission: Submission) async throws {
        try submission.viewer.require(.keepUnits)
        try await store.once(submission, about: Subject(.unitList, id), at: work.clock.now) { connection, now in
            let preview = try self.preview(id, on: connection)
            guard preview.loaded.state == .draft else { throw Self.settled }
            guard version == preview.version else {
                throw Refusal(
                    .stale,
                    "Danh sách đơn vị vừa được thay đổi sau khi bạn mở trang. Hãy xem lại những gì sẽ thay đổi rồi xác nhận."
                )
            }
            guard !preview.changes.isEmpty else {
                throw Refusal(.invalid, "Bảng không làm thay đổi gì, nên không có gì để lưu.")
            }
            for (agency, list) in preview.lists { try StoredUnits.replace(agency, by: list, on: connection) }
            let cause = DeadlineCause(
                words: "\(submission.viewer.name) cập nhật danh sách đơn vị trực thuộc.",
                author: submission.viewer.account)
            _ = try work.syncInstances(on: connection, at: now, because: cause)
            try Accounts.follow(preview.after.areas, on: connection)
            let summary = preview.words
            try connection.execute(
                "UPDATE unit_list SET state = ?, kept_at = ?, summary = ? WHERE id = ?", Loaded.State.kept.rawValue,
                now, summary, id)
            // Units are a part of the plan: pages made of the plan are made anew.
            try AuditTrail.append(
                AuditEvent("units.loaded", subject: Subject(.plan, "units"), detail: summary), by: submission.actor,
                at: now, on: connection)
        }
        try await work.plan.unitsInForce.refresh(from: store)
    }

    /// Gives up a table that was looked at.
    public func drop(_ id: RecordID, by submission: Submission) async throws {
        try submission.viewer.require(.keepUnits)
        try await store.once(submission, about: Subject(.unitList, id), at: work.clock.now) { connection, _ in
            guard try self.find(id, on: connection).state == .draft else { throw Self.settled }
            try connection.execute(
                "UPDATE unit_list SET state = ? WHERE id = ?", Loaded.State.dropped.rawValue, id)
        }
    }

    /// Tables that were taken, the latest first.
    public func history(for viewer: Viewer) async throws -> [Loaded] {
        try viewer.require(.keepUnits)
        return try await store.read { connection in
            try connection.rows(
                "SELECT * FROM unit_list WHERE state = ? ORDER BY kept_at DESC, id DESC LIMIT 50",
                Loaded.State.kept.rawValue
            ).map(Loaded.init)
        }
    }

    /// A table as it was sent.
    public func file(of id: RecordID, for viewer: Viewer) async throws -> StoredFile {
        try viewer.require(.keepUnits)
        return try await store.read { connection in
            guard let file = try StoredFiles.find(try self.find(id, on: connection).file, on: connection) else {
                throw Self.unknown
            }
            return file
        }
    }

    private func read(_ bytes: [UInt8]) throws -> UnitTable {
        do {
            let table = try UnitTable(bytes, agencies: work.plan.agencies, communes: work.plan.communes)
            // Each unit of a name that gathers many has work of its own, and stands in every list of units.
            for agency in work.plan.agencies {
                let (count, most) = (table.lists[agency.code]?.count ?? 0, agency.standsForUnits ? 300 : 2_000)
                guard count <= most else {
                    throw Refusal(fields: [
                        .init(
                            WorkField.file,
                            "\(VietnameseText.sentence(agency.name)): bảng có \(count) đơn vị, không quá \(VietnameseText.grouped(most)). Hãy kiểm tra lại bảng."
                        )
                    ])
                }
            }
            return table
        } catch let error as UnreadableUnitTable {
            throw Refusal(fields: [.init(WorkField.file, error.description)])
        }
    }

    private func find(_ id: RecordID, on connection: any SQLConnection) throws -> Loaded {
        guard let row = try connection.row("SELECT * FROM unit_list WHERE id = ?", id) else { throw Self.unknown }
        return try Loaded(row)
    }

    private func version(on connection: any SQLConnection) throws -> Int {
        try connection.integer("SELECT COUNT(*) FROM unit_list WHERE state = ?", Loaded.State.kept.rawValue) ?? 0
    }

    private static let unknown = Refusal(.notFound, "Không có bảng này.")
    private static let settled = Refusal(.stale, "Bảng này đã được lưu hoặc bỏ. Hãy mở lại trang đơn vị trực thuộc.")
    private static let outdated = Refusal(
        .stale, "Bảng này không còn khớp với danh sách cơ quan của kế hoạch. Hãy bỏ và gửi lại bảng mới.")
}

extension UnitListService.Preview {
    /// `BHXH cơ sở: 12 đơn vị mới, 1 đổi tên …`
    var words: String {
        func count(_ matches: (UnitChange.Kind) -> Bool) -> Int { changes.count { matches($0.kind) } }
        let parts: [(Int, String)] = [
            (count { $0 == .added }, "đơn vị mới"), (count { $0 == .back }, "hoạt động lại"),
            (count { if case .renamed = $0 { true } else { false } }, "đổi tên"),
            (count { if case .changed = $0 { true } else { false } }, "sửa thông tin"),
            (count { $0 == .ended }, "thôi hoạt động"),
        ]
        return lists.keys.sorted().map(\.text).joined(separator: ", ") + ": "
            + parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    }
}
