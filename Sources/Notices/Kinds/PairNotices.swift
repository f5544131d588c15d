public import Access
public import Database
public import Kernel

extension NoticeKind {
    static let pairWaiting = NoticeKind(
        "pairs.waiting", "Việc chờ bạn xác nhận với tư cách người thứ hai", weight: .urgent)
    static let pairEnded = NoticeKind("pairs.ended", "Đề nghị của bạn đã được xác nhận, bị bác hoặc quá hạn")
    static let fileErased = NoticeKind("files.erased", "Tệp của đơn vị bị huỷ theo biên bản", weight: .urgent)
}

extension NoticeArea {
    /// Deeds that two people do, and what erasing files undoes.
    public static let pairs = NoticeArea("Việc hai người, huỷ tệp", [.pairWaiting, .pairEnded, .fileErased])
}

extension NoticeService {
    /// Tells those who may be the second person that one is needed, until somebody was or the proposal is over; and the
    /// proposer what became of it, unless it was the proposer's own doing.
    public static let tellOfPairs: PairTeller = { news, act, deed, now, connection in
        let what = act.title.prefix(1).lowercased() + act.title.dropFirst()
        let title: String
        let author: RecordID?
        switch news {
        case .proposed(let seconds):
            guard !seconds.isEmpty else { return }
            try NoticeBoard.post(
                [
                    Notice(
                        .pairWaiting, key: deed.id.text, to: seconds.map { .account($0.account) }, about: deed.subject,
                        "\(deed.proposedByName) đề nghị \(what), cần bạn xác nhận trước \(deed.until.vietnamese)",
                        detail: deed.words, until: deed.until.day, author: deed.proposedBy)
                ], at: now, on: connection)
            return
        case .confirmed(let second):
            (title, author) = ("\(second.name) đã xác nhận đề nghị của bạn: \(what)", second.account)
        case .withdrawn(let other):
            (title, author) = ("\(other.name) đã bỏ đề nghị của bạn: \(what)", other.account)
        case .replaced(let other):
            (title, author) = ("\(other.name) đã thay đề nghị của bạn bằng đề nghị khác: \(what)", other.account)
        case .lapsed:
            (title, author) = ("Đề nghị \(what) của bạn quá hạn, không ai xác nhận; cần thì đề nghị lại", nil)
        case .outdated:
            (title, author) = (
                "Đề nghị \(what) của bạn không còn khớp vì nội dung đã thay đổi; cần thì đề nghị lại", nil
            )
        }
        try NoticeBoard.resolve(.pairWaiting, keys: [deed.id.text], at: now, on: connection)
        guard author != deed.proposedBy else { return }
        try NoticeBoard.post(
            [
                Notice(
                    .pairEnded, key: deed.id.text, to: [.account(deed.proposedBy)], about: deed.subject, title,
                    detail: deed.words, until: now.day.adding(days: keptDays), author: author)
            ], at: now, on: connection)
    }
}

extension NoticeBoard {
    /// Tells that a file is gone on which something rested.
    /// - Parameters:
    ///   - title: what it was of and what follows, without a full stop.
    ///   - detail: which minutes, and why.
    ///   - author: the second of the two, who knows.
    public static func tellErased(
        _ file: RecordID, of subject: Subject, to addressees: [Addressee], _ title: String, detail: String,
        author: RecordID, at now: Timestamp, on connection: any SQLConnection
    ) throws {
        try post(
            [
                Notice(
                    .fileErased, key: "\(file)/\(subject.text)", to: addressees, about: subject, title, detail: detail,
                    until: now.day.adding(days: NoticeService.keptDays), author: author)
            ], at: now, on: connection)
    }
}
