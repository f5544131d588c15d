import Access
import Database
import Kernel
public import Notices
import Province

extension DaySource {
    /// Figures for those who keep them: objections to decide on, and the month whose file has not come.
    public static func figures(_ service: FigureService) -> DaySource {
        DaySource(
            [.figure, .figureBatch, .figureContest], isFor: { $0.may(.decideContests) || $0.may(.acceptFigures) }
        ) { viewer, today, connection in
            try service.contestsToDecide(for: viewer, on: connection)
                + service.missingMonth(for: viewer, today: today, on: connection)
        }
    }
}

extension FigureService {
    fileprivate func contestsToDecide(for viewer: Viewer, on connection: any SQLConnection) throws -> [DayItem] {
        guard viewer.may(.decideContests) else { return [] }
        return try Self.contests(within: viewer.contestScope, openOnly: true, on: connection)
            .prefix(DayService.most).map { contest in
                let name = directory[contest.commune].map { VietnameseText.sentence($0.fullName) }
                return DayItem(
                    .contest, Subject(.figureContest, contest.id),
                    "\(name ?? contest.commune.text): số người tham gia BHXH \(contest.scheme.word) tháng \(contest.month.vietnamese)",
                    detail:
                        "đang dùng \(VietnameseText.grouped(contest.stated)), đề nghị \(VietnameseText.grouped(contest.proposed)), gửi \(contest.at.day.vietnamese)"
                )
            }
    }

    /// The month that has ended, while communes lack figures of it. A system without any figure has its first steps instead.
    fileprivate func missingMonth(
        for viewer: Viewer, today: Day, on connection: any SQLConnection
    ) throws -> [DayItem] {
        guard viewer.may(.acceptFigures),
            try connection.row("SELECT month FROM participant_figure LIMIT 1") != nil
        else { return [] }
        let present = Month(of: today)
        let month = present.adding(months: -1)
        let known =
            try connection.integer(
                """
                SELECT COUNT(*) FROM (SELECT commune FROM participant_figure WHERE month = ?
                    GROUP BY commune HAVING COUNT(DISTINCT scheme) = ?) counted
                """, month, Scheme.allCases.count) ?? 0
        let all = directory.communes.count
        guard known < all else {
            return [
                DayItem(
                    .coming, Subject(.figureMonth, present), "Số liệu tháng \(present.vietnamese)",
                    due: present.adding(months: 1).firstDay)
            ]
        }
        return [
            DayItem(
                .figures, Subject(.figureMonth, month), "Số liệu tháng \(month.vietnamese)",
                detail: known == 0
                    ? "chưa có đơn vị nào" : "còn thiếu \(all - known) trong \(all) xã, phường, đặc khu")
        ]
    }
}
