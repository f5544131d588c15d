public import Access
public import Database
import Jobs
public import Kernel
import Notices

/// Somebody takes the present that the machine's clock says for true.
public enum ClockConfirmation {
    /// Lets nothing dated behind the present stand in the way of the days to come. The audit trail keeps its entries as they
    /// are, and says who confirmed the clock.
    /// - Returns: how many rows were put right.
    @discardableResult
    public static func trust(_ now: Timestamp, by actor: Actor, on connection: any SQLConnection) throws -> Int {
        var changed = try JobService.forgetFuture(after: now, on: connection)
        changed += try NoticeBoard.forgetFuture(after: now, on: connection)
        changed += try ReminderService.forgetFuture(after: now.day, on: connection)
        return try changed + ClockState.trust(now, by: actor, on: connection)
    }

    /// The same on screen. Whoever confirms types the day by their own calendar: a click alone would confirm any clock.
    /// - Throws: a refusal where that is another day than the machine's.
    public static func confirm(
        today typed: String, by submission: Submission, at now: Timestamp, in store: any DataStore
    ) async throws {
        try submission.viewer.require(.manageAccounts)
        guard let day = Day(typed: typed) else {
            throw Refusal(fields: [
                .init(AccountField.day, "Hãy nhập ngày hôm nay theo lịch của bạn, ví dụ 05/10/2026.")
            ])
        }
        guard day == now.day else {
            throw Refusal(fields: [
                .init(
                    AccountField.day,
                    "Máy chủ đang ghi ngày \(now.day.vietnamese), khác ngày bạn nhập (\(day.vietnamese)). Nếu ngày của máy chủ sai thì chưa xác nhận được: hãy báo người vận hành chỉnh giờ máy chủ, rồi mở lại trang này."
                )
            ])
        }
        try await store.write { connection in
            let state = try ClockState.read(on: connection)
            // Sent twice, or the clock was put right meanwhile.
            guard state.isHeld || state.verdict(at: now) != .sound else { return }
            try trust(now, by: submission.actor, on: connection)
        }
    }
}
