import Access
import Exchange
import Figures
import Files
import Jobs
import Kernel
import LawInForce
import Mail
import Notices
import Overview
import ReportBoards
import Reports
import Targets
import Work

/// What the system does by itself: every day, and when letters wait.
enum DailyWork {
    static let reminders = JobName<NoParameters>("work.reminders")
    static let groupTargets = JobName<NoParameters>("targets.groups")

    static let deeds =
        [
            DailyDeed(.forgetting, title: "Dọn việc chạy nền đã cũ", hour: 3),
            DailyDeed(.forgettingNotices, title: "Dọn thông báo đã cũ", hour: 3),
            DailyDeed(.forgettingSignIns, title: "Dọn phiên và lần đăng nhập đã cũ", hour: 3),
            DailyDeed(HeadNotes.name, title: HeadNotes.title, hour: 4),
            DailyDeed(.forgettingOld, title: "Dọn bản xem trước, dấu biểu mẫu và đề nghị quá hạn", hour: 3),
            DailyDeed(groupTargets, title: "Giao chỉ tiêu của tổ dân phố, thôn", hour: 6),
            DailyDeed(.destroyingDue, title: "Huỷ dữ liệu gốc đã hết hạn lưu", hour: 2),
            DailyDeed(.tellingMissing, title: "Báo dữ liệu theo thỏa thuận quá hạn", hour: 6),
            DailyDeed(.takingRegisterMonths, title: "Lấy số liệu tháng từ sổ đăng ký", hour: 4),
            DailyDeed(.fillingFigures, title: "Điền số liệu có sẵn vào việc", hour: 5),
            DailyDeed(.tellingLate, title: "Báo việc quá hạn", hour: 6),
            DailyDeed(.tellingObstacles, title: "Báo vướng mắc đến hạn trả lời", hour: 6),
            DailyDeed(.tellingBoards, title: "Báo phần báo cáo đến hạn gửi", hour: 6),
            DailyDeed(.tellingReplies, title: "Báo trả lời văn bản đến hạn", hour: 6),
            DailyDeed(.tellingLaw, title: "Báo tham số của pháp luật sắp hết hiệu lực", hour: 6),
            // Soon after offices open.
            DailyDeed(reminders, title: "Viết nhắc việc", hour: LetterRound.morning),
        ] + LetterRound.later.map { DailyDeed($0.name, title: "Viết thông báo gấp lúc \($0.hour) giờ", hour: $0.hour) }

    /// - Parameter mail: nil where no mail server is configured; people then read their letters on screen.
    static func kinds(
        access: AccessService, reminders service: ReminderService, notices: NoticeService, days: DayService,
        allocations: AllocationService, erasure: FileErasure, lapses: [JobKind.Forgetting], mail: (any MailSending)?
    ) -> [JobKind] {
        let sends = mail != nil
        let kinds: [JobKind] = [
            .forgetting, notices.forgetting, access.forgetting, .forgettingOld(erasure, lapses: lapses),
            JobKind(groupTargets, title: "Giao chỉ tiêu của tổ dân phố, thôn", right: nil) { _, run in
                try await give(allocations, run)
            },
            JobKind(reminders, title: "Viết nhắc việc", right: nil) { _, run in
                try await LetterRound(
                    notices: notices, reminders: service, days: days, reminds: true, sends: sends
                ).write(run)
            },
        ]
        let later = LetterRound.later.map { round in
            JobKind(round.name, title: "Viết thông báo gấp", right: nil) { _, run in
                try await LetterRound(
                    notices: notices, reminders: service, days: days, reminds: false, sends: sends
                ).write(run)
            }
        }
        return kinds + later + (mail.map { [.letters(notices.outbox, $0)] } ?? [])
    }

    /// Gives groups the targets of the year that has begun, one commune's decision in each chunk.
    private static func give(_ allocations: AllocationService, _ run: JobRun) async throws -> JobResult {
        let due = try await allocations.dueGroupTargets()
        for (index, scenario) in due.enumerated() {
            try await run.write(JobProgress(index + 1, of: due.count)) { connection in
                try allocations.giveGroupTargets(of: scenario, on: connection)
                return scenario.text
            }
        }
        return JobResult("Đã giao chỉ tiêu theo \(due.count) quyết định.")
    }
}
