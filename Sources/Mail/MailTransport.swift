import CCurl
import Dispatch

/// Where letters leave from, and in whose name.
public struct MailServer: Sendable, Equatable {
    /// `smtp://host:port` (plain, or STARTTLS when ``requireTLS``) or `smtps://host:port` (TLS from the first byte).
    public var url: String
    /// With ``password``, the login of SMTP AUTH (RFC 4954); `nil` for a server that asks for none.
    public var username: String?
    public var password: String?
    /// `address@domain` or `Name <address@domain>`; the address is also the envelope's sender.
    public var sender: String
    /// For `smtp://`: `true` sends neither password nor letter before STARTTLS has given a checked connection;
    /// `false` stays in clear text, for a relay on this machine or in a private network only.
    public var requireTLS: Bool

    public init(url: String, username: String?, password: String?, sender: String, requireTLS: Bool) {
        self.url = url
        self.username = username
        self.password = password
        self.sender = sender
        self.requireTLS = requireTLS
    }
}

/// Sends letters. A test gives a list to append to; the program gives ``SMTPMailTransport``.
public protocol MailSending: Sendable {
    /// Returns when the next server has taken responsibility for the letter (RFC 5321 section 6.1).
    ///
    /// - Throws: ``MailError``.
    func send(_ message: MailMessage) async throws
}

/// Sends through one SMTP server by libcurl: one connection per letter, one letter at a time.
///
/// libcurl's call blocks, so it runs on the transport's own serial queue; the cooperative pool never waits for a
/// server. A send that has begun is not cancelled: it ends within the total time limit.
public struct SMTPMailTransport: MailSending {
    private let server: MailServer
    private let connectMilliseconds: Int32
    private let totalMilliseconds: Int32
    private let queue: DispatchQueue

    /// - Parameters:
    ///   - connectMilliseconds: the limit until the connection stands, TLS included.
    ///   - totalMilliseconds: the limit for a whole delivery.
    public init(server: MailServer, connectMilliseconds: Int32 = 10_000, totalMilliseconds: Int32 = 30_000) {
        self.server = server
        self.connectMilliseconds = connectMilliseconds
        self.totalMilliseconds = totalMilliseconds
        queue = DispatchQueue(label: "mail.smtp")
    }

    public func send(_ message: MailMessage) async throws {
        let envelope = Envelope(
            sender: try MailAddress(server.sender).address,
            recipient: try MailAddress(message.recipient).address,
            bytes: Array(try message.rendered(from: server.sender).utf8))
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            queue.async {
                continuation.resume(with: Result { try deliver(envelope) })
            }
        }
    }

    private struct Envelope {
        let sender: String
        let recipient: String
        let bytes: [UInt8]
    }

    /// `curl_global_init`, once for the process.
    private static let started: Int32 = ccurl_start()

    private func deliver(_ envelope: Envelope) throws(MailError) {
        guard Self.started == CCURL_OK, let delivery = ccurl_delivery_new() else {
            throw .failed("libcurl")
        }
        defer { ccurl_delivery_free(delivery) }
        var codes = [
            ccurl_delivery_set_url(delivery, server.url),
            ccurl_delivery_set_time_limits(delivery, connectMilliseconds, totalMilliseconds),
            ccurl_delivery_set_sender(delivery, envelope.sender),
            ccurl_delivery_add_recipient(delivery, envelope.recipient),
        ]
        if let username = server.username {
            codes.append(ccurl_delivery_set_credentials(delivery, username, server.password ?? ""))
        }
        if server.requireTLS {
            codes.append(ccurl_delivery_require_tls(delivery))
        }
        guard codes.allSatisfy({ $0 == CCURL_OK }) else { throw .failed("libcurl: \(codes)") }
        let code = envelope.bytes.withUnsafeBufferPointer { bytes in
            let set = ccurl_delivery_set_message(delivery, bytes.baseAddress, bytes.count)
            return set == CCURL_OK ? ccurl_delivery_perform(delivery) : set
        }
        guard code == CCURL_OK else { throw error(code, of: delivery) }
    }

    private func error(_ code: Int32, of delivery: OpaquePointer) -> MailError {
        let reply = String(cString: ccurl_delivery_reply_text(delivery))
        let replyCode = ccurl_delivery_reply_code(delivery)
        let given = String(cString: ccurl_delivery_error_text(delivery))
        let reason = given.isEmpty ? "libcurl \(code)" : given
        switch code {
        case CCURL_UNSUPPORTED_PROTOCOL, CCURL_MALFORMED_URL:
            return .invalidServer(server.url)
        case CCURL_HOST_NOT_RESOLVED, CCURL_NOT_CONNECTED:
            return .unreachable(reason)
        case CCURL_TIMED_OUT:
            return .timedOut
        case CCURL_TLS_NOT_OFFERED, CCURL_TLS_HANDSHAKE_FAILED, CCURL_CERTIFICATE_REFUSED:
            return .notSecure(reason)
        case CCURL_LOGIN_DENIED:
            return .loginRefused(message: reply.isEmpty ? reason : reply)
        default:
            return replyCode >= 400 ? .refused(code: Int(replyCode), message: reply) : .failed(reason)
        }
    }
}
