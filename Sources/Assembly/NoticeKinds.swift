public import Notices
import Exchange
import Figures
import LawInForce
import Remarks
import ReportBoards
import Reports
import Targets
import Work

extension [NoticeArea] {
    /// All kinds of notices there are, in the order screens show them.
    public static let ofAllParts: [NoticeArea] = [
        .work, .targets, .figures, .exchange, .papers, .boards, .remarks, .jobs, .law, .pairs, .accounts,
    ]
}
