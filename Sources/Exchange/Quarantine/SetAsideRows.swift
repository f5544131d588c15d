public import Access
import Database
public import Formats
public import Kernel

extension Right {
    public static let settleReturnedRows = Right(
        "exchange.set-aside", "Bỏ qua dòng trả lại kèm lý do, của danh sách cơ quan mình giao")
    public static let settleAllReturnedRows = Right(
        "exchange.set-aside-all", "Bỏ qua dòng trả lại kèm lý do, của mọi cơ quan")
}

/// Which returned rows of a delivery somebody settles.
public enum ReturnedChoice: Sendable, Equatable {
    case one(Int)
    /// All that wait, of one reason or of any.
    case all(ReturnedRow.Reason?)
}

extension Viewer {
    /// Of whose deliveries a person may settle what was returned.
    public var settlingScope: Scope { scope(of: .settleReturnedRows, everything: .settleAllReturnedRows) }
}

extension DeliveryService {
    /// Says that nothing is to be done about returned rows.
    /// - Returns: how many had waited.
    @discardableResult
    public func setAside(
        _ choice: ReturnedChoice, of number: Int, reason: String, by submission: Submission
    ) async throws -> Int {
        try submission.viewer.require(.settleReturnedRows)
        let words = VietnameseText.tidy(reason)
        guard !words.isEmpty else {
            throw Refusal(fields: [.init(DeliveryField.reason, "Hãy ghi vì sao không cần làm gì với dòng này.")])
        }
        guard words.count <= Self.longestReason else {
            throw Refusal(fields: [.init(DeliveryField.reason, "Lý do quá dài (tối đa \(Self.longestReason) ký tự).")])
        }
        let delivery = try await store.read { connection in
            guard let delivery = try Deliveries.find(number, on: connection),
                submission.viewer.settlingScope.covers(delivery.sender)
            else { throw Self.noReturnedRow }
            return delivery
        }
        var sum = 0
        while true {
            let count = try await store.write { connection in
                let now = clock.now
                let positions = try Self.positions(choice, of: number, on: connection)
                let count = try ReturnedRows.settle(
                    of: number, positions, as: .setAside, words: words, by: submission.actor.name, at: now,
                    on: connection)
                if count > 0 {
                    try AuditTrail.append(
                        AuditEvent(
                            "delivery.set-aside", subject: Subject(.delivery, number), detail: "\(count) dòng: \(words)"
                        ), by: submission.actor, at: now, on: connection)
                }
                return count
            }
            sum += count
            if count < ReturnedRows.mostAtOnce { break }
        }
        if sum == 0, case .one = choice {
            throw Refusal(.stale, "Dòng này của phiếu \(delivery.receipt) không còn chờ xử lý.")
        }
        return sum
    }

    static let longestReason = 500

    /// Nil for all.
    private static func positions(
        _ choice: ReturnedChoice, of number: Int, on connection: any SQLConnection
    ) throws -> [Int]? {
        switch choice {
        case .one(let position): [position]
        case .all(nil): nil
        case .all(let reason?):
            try connection.rows(
                """
                SELECT position FROM returned_row WHERE delivery = ? AND state = ? AND reason = ? ORDER BY position
                LIMIT \(ReturnedRows.mostAtOnce)
                """, number, QuarantinedRow.State.open.rawValue, reason.rawValue
            ).map { try $0.integer("position") }
        }
    }
}
