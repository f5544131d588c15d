import Access
import Database
import Kernel
public import Notices
import Province

extension NoticeKind {
    static let figureContested = NoticeKind("figures.contested", "Đơn vị đề nghị sửa số liệu")
    static let contestDecided = NoticeKind("figures.contest-decided", "Quyết định về đề nghị sửa số liệu của đơn vị")
}

extension NoticeArea {
    /// Monthly figures.
    public static let figures = NoticeArea("Số liệu", [.figureContested, .contestDecided])
}

extension FigureService {
    private func name(of commune: CommuneCode) -> String {
        directory[commune].map { VietnameseText.sentence($0.fullName) } ?? commune.text
    }

    /// Tells those who decide on objections.
    func tellContested(
        _ id: RecordID, _ draft: ContestDraft, stated: Int, proposed: Int, by submission: Submission,
        at now: Timestamp, on connection: any SQLConnection
    ) throws {
        try NoticeBoard.post(
            [
                Notice(
                    .figureContested, key: id.text, to: [.everybody(holding: .decideContests)],
                    about: Subject(.figureContest, id),
                    "\(name(of: draft.commune)) đề nghị sửa số người tham gia BHXH \(draft.scheme.word) tháng \(draft.month.vietnamese)",
                    detail:
                        "Đang dùng \(VietnameseText.grouped(stated)) người, đề nghị \(VietnameseText.grouped(proposed)) người.",
                    author: submission.viewer.account)
            ], at: now, on: connection)
    }

    /// Tells the commune what was decided; those who could decide need not any more.
    func tellDecided(
        _ contest: FigureContest, granted: Bool, note: String, by submission: Submission, at now: Timestamp,
        on connection: any SQLConnection
    ) throws {
        try NoticeBoard.resolve(
            [.figureContested], about: [Subject(.figureContest, contest.id)], at: now, on: connection)
        try NoticeBoard.post(
            [
                Notice(
                    .contestDecided, key: contest.id.text,
                    to: [.officers(of: .commune(contest.commune), holding: .contestFigures)],
                    about: Subject(.figure, "\(contest.commune)/\(contest.month)/\(contest.scheme.rawValue)"),
                    "Đề nghị sửa số người tham gia BHXH \(contest.scheme.word) tháng \(contest.month.vietnamese) \(granted ? "được chấp nhận" : "không được chấp nhận")",
                    detail: note, author: submission.viewer.account)
            ], at: now, on: connection)
    }
}
