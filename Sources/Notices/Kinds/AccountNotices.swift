public import Access
import Database
import Jobs
import Kernel

extension NoticeKind {
    static let accountLink = NoticeKind(
        "account.link", "Liên kết đăng nhập mới của tài khoản", weight: .urgent, mail: .always)
    static let accountChanged = NoticeKind(
        "account.changed", "Vai trò, phạm vi, mật khẩu, địa chỉ thư của tài khoản bị đổi", mail: .always)
}

extension NoticeKind {
    static let accountBrowser = NoticeKind(
        "account.browser", "Đăng nhập bằng thiết bị mới, thay đổi lớp xác thực thứ hai", weight: .urgent, mail: .always)
}

extension NoticeArea {
    /// One's own account.
    public static let accounts = NoticeArea("Tài khoản của bạn", [.accountLink, .accountChanged, .accountBrowser])
}

extension NoticeService {
    /// Tells the holder of an account what was done to it, on screen and by a letter that waits for no round: whoever did
    /// not ask for it must learn of it while there is time. A changed address is told to the old one.
    ///
    /// The link itself stands in no letter: it is handed over by whoever made it.
    /// - Parameter mails: whether letters are sent at all.
    public static func accountTeller(mails: Bool) -> AccountTeller {
        { news, account, now, connection in
            let words = AccountWords(news, account)
            if let kind = words.kind {
                try NoticeBoard.post(
                    [
                        Notice(
                            kind, key: RecordID(at: now).text, to: [.account(account.id)],
                            about: Subject(.account, account.login), words.title, detail: words.detail,
                            until: now.day.adding(days: keptDays))
                    ], at: now, on: connection)
            }
            guard let email = account.email else { return }
            try Outbox.writeAtOnce(
                words.letter, ["\(words.title).", words.detail], to: account, recipient: email, at: now,
                on: connection)
            try noteTold(of: account, at: now, on: connection)
            guard mails else { return }
            try JobService.add(
                .letters, NoParameters(), title: "Gửi thư về tài khoản \(account.login)", key: nil, notBefore: now,
                at: now, on: connection)
        }
    }

    /// The letter at once has told of it: no round need do so again.
    private static func noteTold(of account: Account, at now: Timestamp, on connection: any SQLConnection) throws {
        let told = try connection.rows(
            "SELECT id FROM notice WHERE subject = ? AND at = ?", Subject(.account, account.login).text, now
        ).map { try $0.recordID("id") }
        try noteTold(told, to: account.id, at: now, on: connection)
    }
}

/// What is said of an account's news.
private struct AccountWords {
    /// Nil for what is told by letter alone: nobody can sign in yet.
    let kind: NoticeKind?
    /// For the subject line.
    let letter: String
    let title: String
    let detail: String

    init(_ news: AccountNews, _ account: Account) {
        let unasked = "Nếu không phải bạn yêu cầu, hãy báo ngay quản trị hệ thống."
        switch news {
        case .invited(let until):
            kind = nil
            letter = "tài khoản mới của bạn"
            title = "Bạn được mời vào hệ thống với tên đăng nhập “\(account.login)”, vai trò “\(account.role.title)”"
            detail =
                "Quản trị hệ thống đưa cho bạn liên kết kích hoạt; liên kết dùng một lần, đến \(until.vietnamese)."
        case .linkRenewed(let until):
            kind = .accountLink
            letter = "liên kết đăng nhập mới"
            title = "Tài khoản “\(account.login)” được cấp liên kết đăng nhập mới; mật khẩu cũ hết hiệu lực"
            detail = "Quản trị hệ thống đưa cho bạn liên kết, dùng đến \(until.vietnamese). \(unasked)"
        case .postChanged(let old, let new, let reason):
            kind = .accountChanged
            letter = "vai trò, phạm vi tài khoản thay đổi"
            title =
                old.role == new.role
                ? "Phạm vi tài khoản của bạn thay đổi"
                : "Vai trò của bạn đổi từ “\(old.role.title)” sang “\(new.role.title)”"
            detail = "Lý do: \(reason)"
        case .emailChanged(let old, let new):
            kind = .accountChanged
            letter = "địa chỉ thư của tài khoản thay đổi"
            title =
                switch (old, new) {
                case (let old?, let new?): "Địa chỉ thư của bạn đổi từ \(old) sang \(new)"
                case (let old?, nil): "Địa chỉ thư \(old) của bạn đã được bỏ"
                case (nil, let new?): "Thư của bạn từ nay gửi đến \(new)"
                case (nil, nil): "Địa chỉ thư của bạn không đổi"
                }
            detail = unasked
        case .newBrowser(let device, let address):
            kind = .accountBrowser
            letter = "đăng nhập bằng thiết bị mới"
            title = "Tài khoản “\(account.login)” vừa đăng nhập bằng thiết bị, trình duyệt mới"
            detail =
                "Thiết bị: \(device.isEmpty ? "không rõ" : String(device.prefix(120))); địa chỉ mạng: \(address). Nếu không phải bạn, hãy đổi mật khẩu và báo ngay quản trị hệ thống."
        case .secondFactor(let change):
            kind = .accountBrowser
            (letter, title) = Self.words(of: change, account)
            detail = "Nếu không phải bạn, hãy đổi mật khẩu và báo ngay quản trị hệ thống."
        case .passwordChanged:
            kind = .accountChanged
            letter = "mật khẩu đã đổi"
            title = "Mật khẩu của tài khoản “\(account.login)” đã đổi"
            detail = unasked
        }
    }

    private static func words(of change: SecondFactorNews, _ account: Account) -> (letter: String, title: String) {
        switch change {
        case .turnedOn:
            ("bật lớp xác thực thứ hai", "Tài khoản “\(account.login)” đã bật lớp xác thực thứ hai")
        case .turnedOff:
            ("tắt lớp xác thực thứ hai", "Tài khoản “\(account.login)” đã tắt lớp xác thực thứ hai")
        case .changed:
            ("đổi điện thoại xác thực", "Tài khoản “\(account.login)” đã chuyển mã xác thực sang điện thoại khác")
        case .codesMade:
            ("tạo mã dự phòng mới", "Tài khoản “\(account.login)” đã tạo bộ mã dự phòng mới; các mã cũ hết hiệu lực")
        case .codeUsed(let left):
            (
                "dùng mã dự phòng",
                "Tài khoản “\(account.login)” vừa dùng một mã dự phòng thay cho điện thoại; còn \(left) mã"
            )
        case .codeReused(let address):
            (
                "dùng lại mã xác thực đã dùng",
                "Mã xác thực đã dùng của tài khoản “\(account.login)” vừa được nhập lại, từ địa chỉ \(address), và bị từ chối. Không phải bạn thì hãy đổi mật khẩu"
            )
        case .codeGuessed(let address):
            (
                "nhập sai mã xác thực nhiều lần",
                "Có người biết mật khẩu của tài khoản “\(account.login)” và nhập sai mã xác thực nhiều lần, từ địa chỉ \(address)"
            )
        }
    }
}
