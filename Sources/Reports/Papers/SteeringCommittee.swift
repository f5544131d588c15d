public import Access
import Database
public import Kernel
import PlanText
import Province
import Targets
import Work

/// A seat of a commune's steering committee, and who holds or held it.
public struct SteeringMember: Sendable, Equatable {
    public let id: RecordID
    public let commune: CommuneCode
    /// `Trưởng ban`, `Phó Trưởng ban`, `Thành viên`
    public let seat: String
    public let name: String
    public let position: String
    /// For whoever calls: the commune itself, the coordinating agency, leaders.
    public let phone: Guarded<String>
    public let since: Day?
    /// The day the person left; nil for who is in.
    public let until: Day?

    init(_ row: SQLRow) throws {
        id = try row.recordID("id")
        let commune = try row.communeCode("commune")
        self.commune = commune
        seat = try row.text("seat")
        name = try row.text("name")
        position = try row.text("position")
        phone = Guarded(try row.text("phone"), by: .committeePhones(of: .commune(commune)))
        since = try row.optionalDay("since")
        until = try row.optionalDay("until")
    }
}

extension Right {
    public static let readCommitteePhones = Right(
        "committees.read-phones", "Xem điện thoại thành viên Ban Chỉ đạo của mọi đơn vị")
    public static let keepCommittee = Right("committees.keep", "Cập nhật Ban Chỉ đạo của đơn vị mình")
}

extension Guard {
    /// Before the telephone numbers of a commune's committee, wherever they stand.
    static func committeePhones(of unit: UnitCode) -> Guard {
        Guard(own: .keepCommittee, of: unit, everything: .readCommitteePhones)
    }
}

/// Committees as stored.
enum SteeringMembers {
    /// Those of a commune, who is in first, then who left.
    /// - Parameter scope: whose committees are open.
    static func all(
        of commune: CommuneCode, within scope: Scope, on connection: any SQLConnection
    ) throws -> [SteeringMember] {
        guard scope.covers(commune) else {
            throw Refusal(.forbidden, "Danh sách Ban Chỉ đạo chỉ mở cho đơn vị đó và các cơ quan theo dõi cả kế hoạch.")
        }
        return try connection.rows(
            "SELECT * FROM steering_member WHERE commune = ? ORDER BY CASE WHEN until IS NULL THEN 0 ELSE 1 END, id",
            commune
        ).map { try SteeringMember($0) }
    }
}

extension DocumentService {
    /// Seats offered to a commune that nobody holds yet: as the plan's data name them, the commune decides.
    public func freeSeats(of commune: CommuneCode, beside members: [SteeringMember]) -> [(
        seat: String, position: String
    )] {
        guard let kind = definition.communes[commune]?.kind else { return [] }
        let filled = Set(members.filter { $0.until == nil }.map { VietnameseText.fold($0.seat + $0.position) })
        return definition.steeringSeats.filter {
            $0.kinds.contains(kind) && !filled.contains(VietnameseText.fold($0.seat + $0.position))
        }.map { ($0.seat, $0.position) }
    }

    /// Who is and was in a commune's committee: for itself and those who follow the whole plan.
    public func steeringMembers(of commune: CommuneCode, for viewer: Viewer) async throws -> [SteeringMember] {
        let scope = viewer.committeeScope
        return try await store.read { try SteeringMembers.all(of: commune, within: scope, on: $0) }
    }

    private func requireKeeper(_ viewer: Viewer, of commune: CommuneCode) throws(Refusal) {
        guard viewer.keepsCommittee(of: commune) else {
            throw Refusal(.forbidden, "Chỉ đơn vị có Ban Chỉ đạo mới cập nhật thành viên của mình.")
        }
    }

    /// Adds a member.
    public func seatMember(
        _ commune: CommuneCode, seat: String, name: String, position: String, phone: String, since typed: String,
        by submission: Submission
    ) async throws {
        try requireKeeper(submission.viewer, of: commune)
        let (seat, name, position, phone) = (
            VietnameseText.tidy(seat), VietnameseText.tidy(name), VietnameseText.tidy(position),
            VietnameseText.tidy(phone)
        )
        var problems: [Refusal.FieldProblem] = []
        for (field, text, words) in [
            (CommitteeField.seat, seat, "chức danh trong Ban Chỉ đạo"), (.name, name, "họ tên"),
            (.position, position, "chức vụ"),
        ] where text.isEmpty || text.count > 120 {
            problems.append(.init(field, "Hãy ghi \(words) (không quá 120 chữ)."))
        }
        if !phone.isEmpty,
            phone.count > 20 || phone.count(where: \.isNumber) < 8
                || !phone.allSatisfy({ $0.isNumber || " .+()-".contains($0) })
        {
            problems.append(.init(CommitteeField.phone, "“\(phone.prefix(20))” không phải số điện thoại."))
        }
        let since = Day(typed: typed)
        if !typed.isEmpty, since == nil {
            problems.append(.init(CommitteeField.since, "“\(typed)” không phải ngày có thật."))
        }
        if let since, since > clock.today { problems.append(.init(CommitteeField.since, "Ngày tham gia chưa đến.")) }
        guard problems.isEmpty else { throw Refusal(fields: problems) }
        try await store.once(submission, about: Subject(.steering, commune), at: clock.now) { connection, now in
            let isHead = VietnameseText.fold(seat) == "truong ban"
            let heads = try connection.rows(
                "SELECT seat FROM steering_member WHERE commune = ? AND until IS NULL", commune
            ).filter { try VietnameseText.fold($0.text("seat")) == "truong ban" }
            guard !isHead || heads.isEmpty else {
                throw Refusal(fields: [
                    .init(CommitteeField.seat, "Ban Chỉ đạo đang có Trưởng ban; hãy ghi người cũ thôi tham gia trước.")
                ])
            }
            try connection.execute(
                """
                INSERT INTO steering_member (id, commune, seat, name, position, phone, since, at, actor_name)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """, RecordID(at: now), commune, seat, name, position, phone, since, now, submission.viewer.name)
            try AuditTrail.append(
                AuditEvent("steering.seated", subject: Subject(.steering, commune), detail: seat), by: submission.actor,
                at: now, on: connection)
        }
    }

    /// Somebody left: the seat shows as empty until the committee is completed.
    public func memberLeft(_ id: RecordID, of commune: CommuneCode, on typed: String, by submission: Submission)
        async throws
    {
        try requireKeeper(submission.viewer, of: commune)
        guard let day = Day(typed: typed), day <= clock.today else {
            throw Refusal(fields: [
                .init(CommitteeField.until, "“\(typed)” không phải ngày đến hôm nay, hãy nhập dạng 01/10/2026.")
            ])
        }
        try await store.once(submission, about: Subject(.steering, commune), at: clock.now) { connection, now in
            let changed = try connection.execute(
                "UPDATE steering_member SET until = ? WHERE id = ? AND commune = ? AND until IS NULL", day, id, commune)
            guard changed == 1 else {
                throw Refusal(
                    .stale, "Thành viên này không còn trong Ban Chỉ đạo. Hãy mở lại trang để xem danh sách hiện nay.")
            }
            try AuditTrail.append(
                AuditEvent("steering.left", subject: Subject(.steering, commune), detail: day.vietnamese),
                by: submission.actor, at: now, on: connection)
        }
    }
}

extension Viewer {
    /// Whose committees are open to the person.
    var committeeScope: Scope { scope(of: .viewWork, everything: .viewWholePlan) }

    /// Whether the person keeps the list of this commune's committee.
    public func keepsCommittee(of commune: CommuneCode) -> Bool {
        may(.keepCommittee) && ownUnits.contains(.commune(commune))
    }
}
