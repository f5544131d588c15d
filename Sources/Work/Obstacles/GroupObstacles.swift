public import Access
public import Database
public import Kernel
import PlanText

extension ObstacleService {
    /// The most obstacles that are put into a group at once.
    public static let groupedAtOnce = 200

    /// Groups that the report on difficulties usually has; others may be named. Ours.
    public static let usualGroups = [
        "Chỉ đạo, giao chỉ tiêu", "Đối tượng tham gia bắt buộc", "BHXH tự nguyện", "Dữ liệu, phối hợp",
        "Thủ tục, dịch vụ công",
    ]

    /// Puts obstacles into a group of the report on difficulties, or, with an empty name, out of theirs.
    public func groupObstacles(_ ids: [RecordID], as typed: String, by submission: Submission) async throws {
        try submission.viewer.require(.manageObstacles)
        let name = VietnameseText.tidy(typed)
        guard name.count <= 120 else {
            throw Refusal(fields: [.init(WorkField.group, "Tên nhóm không quá 120 chữ.")])
        }
        let ids = Set(ids)
        guard (1...Self.groupedAtOnce).contains(ids.count) else {
            throw Refusal(fields: [
                // The boxes stand in the list below the form: the words stand where the form is.
                .init(
                    WorkField.group, "Hãy đánh dấu từ 1 đến \(Self.groupedAtOnce) vướng mắc trong danh sách bên dưới.")
            ])
        }
        try await store.once(submission, about: Subject(.obstacle, "groups"), at: clock.now) { connection, now in
            for id in ids.sorted(by: { $0.text < $1.text }) {
                let obstacle = try Self.obstacle(id, for: submission.viewer, on: connection)
                guard obstacle.mergedInto == nil else {
                    throw Refusal(
                        .stale, "Vướng mắc “\(obstacle.title)” vừa được gộp vào vướng mắc khác. Hãy tải lại trang.")
                }
                guard obstacle.group != name else { continue }
                try connection.execute("UPDATE obstacle SET report_group = ? WHERE id = ?", name, id)
                try AuditTrail.append(
                    AuditEvent(
                        "obstacle.grouped", subject: Subject(.obstacle, id),
                        detail: name.isEmpty ? "bỏ khỏi nhóm" : name),
                    by: submission.actor, at: now, on: connection)
            }
        }
    }

    /// What the report on difficulties takes in for somebody, the oldest first.
    public func reported(for viewer: Viewer) async throws -> [Obstacle] {
        try await store.read { try Obstacles.reported(for: viewer, on: $0) }
    }
}

extension Obstacles {
    /// By obstacle the units that sent it or one that was merged into it.
    public static func units(of obstacles: [Obstacle], on connection: any SQLConnection) throws -> [RecordID: Set<
        UnitCode
    >] {
        var units = Dictionary(
            obstacles.map { ($0.id, Set([$0.unit].compactMap(\.self))) }, uniquingKeysWith: { first, _ in first })
        for row in try connection.rows("SELECT merged_into, unit FROM obstacle WHERE merged_into IS NOT NULL") {
            guard let id = try row.optionalRecordID("merged_into"), units[id] != nil,
                let unit = try row.optionalText("unit").flatMap({ UnitCode($0) })
            else { continue }
            units[id]?.insert(unit)
        }
        return units
    }
}
