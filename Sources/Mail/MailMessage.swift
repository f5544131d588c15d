/// One plain-text letter to one person, as the domain states it; ``rendered(from:)`` gives its form on the wire.
public struct MailMessage: Sendable, Equatable {
    /// `address@domain` or `Name <address@domain>`; the name may be Vietnamese, the address is ASCII.
    public var recipient: String
    /// One line of any Unicode text.
    public var subject: String
    /// Plain text of any length; any line ends.
    public var body: String
    /// When the letter was written, in seconds since 1970-01-01T00:00:00Z.
    public var date: Int64
    /// The left side of the Message-ID, or a whole `left@right`; unique per letter, so that a letter that is sent
    /// twice counts as one. ASCII letters, digits and ``!#$%&'*+-/=?^_`{|}~.`` only.
    public var identifier: String

    public init(recipient: String, subject: String, body: String, date: Int64, identifier: String) {
        self.recipient = recipient
        self.subject = subject
        self.body = body
        self.date = date
        self.identifier = identifier
    }
}

/// Why a letter did not leave. `description` is Vietnamese, for the person who set up or started the sending.
public enum MailError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The text is not an address that may go into an SMTP conversation.
    case invalidAddress(String)
    /// The named header field holds a line break or another control character, or a form the field cannot have.
    case invalidField(String)
    /// The server's URL is not `smtp://host[:port]` or `smtps://host[:port]`.
    case invalidServer(String)
    /// The server answered with an SMTP code of 400 or above: 4xx may pass later, 5xx will not.
    case refused(code: Int, message: String)
    /// The server accepted neither the user name nor the password.
    case loginRefused(message: String)
    /// No connection: the name is unknown or nothing listens there.
    case unreachable(String)
    /// The time limit passed; whether the letter left is unknown.
    case timedOut
    /// TLS is required and the server offers none, or its certificate does not hold.
    case notSecure(String)
    /// Anything else, in libcurl's words.
    case failed(String)

    public var description: String {
        switch self {
        case .invalidAddress(let address):
            "Địa chỉ thư điện tử “\(address)” không hợp lệ. Hãy kiểm tra và nhập lại theo dạng ten@tenmien.vn."
        case .invalidField(let name):
            "Trường “\(name)” của thư chứa ký tự không được phép (xuống dòng hoặc ký tự điều khiển)."
        case .invalidServer(let url):
            "Địa chỉ máy chủ thư “\(url)” không hợp lệ. Hãy dùng dạng smtp://máy-chủ:587 hoặc smtps://máy-chủ:465."
        case .refused(let code, let message):
            "Máy chủ thư từ chối thư (mã \(code)): \(message)"
        case .loginRefused(let message):
            "Máy chủ thư không chấp nhận tên đăng nhập hoặc mật khẩu: \(message)"
        case .unreachable(let reason):
            "Không kết nối được tới máy chủ thư: \(reason)"
        case .timedOut:
            "Máy chủ thư không trả lời trong thời gian cho phép. Hãy thử lại sau."
        case .notSecure(let reason):
            "Kết nối tới máy chủ thư không an toàn nên thư chưa được gửi: \(reason)"
        case .failed(let reason):
            "Gửi thư không thành công: \(reason)"
        }
    }
}
