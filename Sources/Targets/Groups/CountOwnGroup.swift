public import Access
import Database
import Kernel
public import Province

extension Right {
    public static let countOwnGroup = Right("groups.count-own", "Nhập số đang tham gia của tổ dân phố, thôn mình")
}

extension Viewer {
    /// The commune and the name of the group this person heads; nil for all others.
    var headedGroup: (commune: CommuneCode, name: String)? {
        guard may(.countOwnGroup), let commune = communes.first, let name = residentialGroup else { return nil }
        return (commune, name)
    }
}

extension GroupService {
    /// The group that a person heads; nil where the commune's list has none of its name.
    public func ownGroup(of viewer: Viewer) async throws -> ResidentialGroup? {
        try viewer.require(.countOwnGroup)
        return try await store.read { try Self.headedGroup(of: viewer, on: $0) }
    }

    static func headedGroup(of viewer: Viewer, on connection: any SQLConnection) throws -> ResidentialGroup? {
        guard let headed = viewer.headedGroup else { return nil }
        let key = VietnameseText.comparisonKey(headed.name)
        return try ResidentialGroups.all(of: headed.commune, on: connection).first {
            VietnameseText.comparisonKey($0.name) == key
        }
    }

    /// The head of a group tells how many take part voluntarily, and on which day they were counted.
    /// - Parameter version: of the group, as the page showed it.
    public func countOwnGroup(
        people typed: String, countedOn typedDay: String, version: Int, by submission: Submission
    ) async throws {
        let viewer = submission.viewer
        try viewer.require(.countOwnGroup)
        guard let headed = viewer.headedGroup else { throw Self.noGroup }
        var problems: [Refusal.FieldProblem] = []
        let people = AllocationService.people(typed)
        if people == nil {
            problems.append(.init(TargetField.voluntaryNow, "“\(typed)” không phải số người, hãy nhập dạng 125."))
        }
        let day = Day(typed: typedDay)
        if let day {
            if day > clock.today {
                problems.append(
                    .init(TargetField.countedOn, "Ngày \(day.vietnamese) chưa đến; hãy nhập ngày đã đếm."))
            }
        } else {
            problems.append(
                .init(TargetField.countedOn, "“\(typedDay)” không phải ngày có thật, hãy nhập dạng 31/10/2026."))
        }
        guard problems.isEmpty, let people, let day else { throw Refusal(fields: problems) }
        try await store.once(submission, about: Subject(.groups, headed.commune), at: clock.now) { connection, now in
            guard let group = try Self.headedGroup(of: viewer, on: connection) else { throw Self.noGroup }
            guard version == group.version else { throw Self.groupMoved }
            if let known = group.people, people > known {
                throw Refusal(fields: [
                    .init(
                        TargetField.voluntaryNow,
                        "Tổ có \(VietnameseText.grouped(known)) người dân; số đang tham gia không thể lớn hơn.")
                ])
            }
            if let last = group.countedOn, day < last {
                throw Refusal(fields: [
                    .init(TargetField.countedOn, "Đã có số đếm ngày \(last.vietnamese); hãy nhập ngày sau đó.")
                ])
            }
            let draft = GroupDraft(
                name: group.name, households: group.households, people: group.people,
                voluntaryTarget: group.voluntaryTarget, voluntaryNow: people, countedOn: day)
            try ResidentialGroups.update(
                group.id, draft, year: group.year ?? day.year, by: viewer.name, at: now, on: connection)
            try AuditTrail.append(
                AuditEvent(
                    "groups.counted", subject: Subject(.groups, headed.commune), detail: "\(group.name): \(people)"),
                by: submission.actor, at: now, on: connection)
        }
    }

    private static let noGroup = Refusal(
        .notFound,
        "Danh sách tổ dân phố, thôn của đơn vị không có tổ của bạn. Hãy nhờ UBND xã, phường thêm tổ, đúng tên.")
}
