public import Access
import Database
public import Kernel

/// A difficulty that a unit reported, as a report of some days tells it.
public struct ReportedObstacle: Sendable {
    public let obstacle: Obstacle
    /// Nil where there was no answer by the last day.
    public let answer: (text: String, day: Day, legalBasis: String)?

    /// - Parameter answering: itself, or the one it was merged into.
    fileprivate init?(_ obstacle: Obstacle, answering: Obstacle, in days: ClosedRange<Day>) {
        let answeredOn = answering.answeredAt?.day
        // Reported by then, and not answered before.
        guard obstacle.at.day <= days.upperBound, answeredOn.map({ $0 >= days.lowerBound }) ?? true else { return nil }
        self.obstacle = obstacle
        answer = answeredOn.flatMap { day in
            day <= days.upperBound ? answering.answer.map { ($0, day, answering.legalBasis ?? "") } : nil
        }
    }
}

extension ObstacleService {
    /// What units reported until the last of some days and had no answer to before they began, the oldest first: each unit's
    /// to its own officers and to whoever keeps all.
    /// - Parameter unit: nil for every unit the viewer writes reports of, in one read.
    public func reported(
        by unit: UnitCode? = nil, in days: ClosedRange<Day>, for viewer: Viewer
    ) async throws -> [UnitCode: [ReportedObstacle]] {
        @Sendable func isOpen(_ unit: UnitCode) -> Bool {
            viewer.may(.manageObstacles) || viewer.ownUnits.contains(unit)
        }
        if let unit, !isOpen(unit) {
            throw Refusal(.forbidden, "Vướng mắc của đơn vị chỉ mở cho chính đơn vị và cơ quan thường trực kế hoạch.")
        }
        return try await store.read { connection in
            let all = try connection.rows(
                "SELECT o.* FROM obstacle o WHERE \(unit == nil ? "o.unit IS NOT NULL" : "o.unit = ?") ORDER BY o.at, o.id",
                unit.map { [$0.text.sqlValue] } ?? []
            ).map(Obstacle.init)
            let wholes = Set(all.compactMap(\.mergedInto))
            var merged: [RecordID: Obstacle] = [:]
            for id in wholes {
                merged[id] = try connection.row("SELECT o.* FROM obstacle o WHERE o.id = ?", id).map(Obstacle.init)
            }
            var reported: [UnitCode: [ReportedObstacle]] = [:]
            for obstacle in all {
                guard let unit = obstacle.unit, isOpen(unit) else { continue }
                let answering = obstacle.mergedInto.flatMap { merged[$0] } ?? obstacle
                if let one = ReportedObstacle(obstacle, answering: answering, in: days) {
                    reported[unit, default: []].append(one)
                }
            }
            return reported
        }
    }
}
