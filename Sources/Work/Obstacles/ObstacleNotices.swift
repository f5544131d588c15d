import Access
import Database
import Kernel
import Notices

extension NoticeKind {
    static let obstacleAssigned = NoticeKind(
        "obstacles.assigned", "Vướng mắc giao cơ quan bạn trả lời", weight: .urgent)
    static let obstacleAnswered = NoticeKind("obstacles.answered", "Vướng mắc bạn gửi đã được trả lời")
}

extension ObstacleService {
    /// Asks the officers of an agency for an answer; another agency asked before need not give one any more.
    static func tellAssigned(
        _ obstacle: Obstacle, to agency: AgencyCode, until due: Day, by submission: Submission, at now: Timestamp,
        on connection: any SQLConnection
    ) throws {
        let subject = Subject(.obstacle, obstacle.id)
        try NoticeBoard.resolve([.obstacleAssigned, .obstacleDue], about: [subject], at: now, on: connection)
        try NoticeBoard.post(
            [
                Notice(
                    .obstacleAssigned, key: "\(obstacle.id)/\(agency)",
                    to: [.everybody(of: agency, holding: .answerObstacles)], about: subject,
                    "Cơ quan bạn được giao trả lời vướng mắc “\(obstacle.title)”",
                    detail: "Trả lời đến hết ngày \(due.vietnamese).", author: submission.viewer.account)
            ], at: now, on: connection)
    }

    /// An obstacle that was put under another is answered there, at once when the other has its answer.
    static func tellMerged(
        _ obstacle: Obstacle, into other: Obstacle, by submission: Submission, at now: Timestamp,
        on connection: any SQLConnection
    ) throws {
        try NoticeBoard.resolve(
            [.obstacleAssigned, .obstacleDue], about: [Subject(.obstacle, obstacle.id)], at: now, on: connection)
        guard other.answer != nil else { return }
        try NoticeBoard.post(
            [answered(other, key: "\(other.id)/\(obstacle.id)", to: [obstacle.account], by: submission)], at: now,
            on: connection)
    }

    /// Tells the sender, and those whose obstacles were merged into this one.
    static func tellAnswered(
        _ obstacle: Obstacle, by submission: Submission, at now: Timestamp, on connection: any SQLConnection
    ) throws {
        let subject = Subject(.obstacle, obstacle.id)
        let senders = try connection.rows(
            "SELECT DISTINCT account FROM obstacle WHERE id = ? OR merged_into = ?", obstacle.id, obstacle.id
        ).map { try $0.recordID("account") }
        try NoticeBoard.resolve(
            [.obstacleAssigned, .obstacleDue, .obstacleAnswered], about: [subject], at: now, on: connection)
        try NoticeBoard.post(
            [answered(obstacle, key: "\(obstacle.id)/\(obstacle.version)", to: senders, by: submission)], at: now,
            on: connection)
    }

    private static func answered(
        _ obstacle: Obstacle, key: String, to senders: [RecordID], by submission: Submission
    ) -> Notice {
        Notice(
            .obstacleAnswered, key: key, to: senders.map { .account($0) }, about: Subject(.obstacle, obstacle.id),
            "Vướng mắc “\(obstacle.title)” đã được trả lời", author: submission.viewer.account)
    }
}
