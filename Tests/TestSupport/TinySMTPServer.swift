import Foundation
import Synchronization

/// An SMTP server of a few lines on 127.0.0.1: takes one connection after another on a thread of its own, remembers
/// what it is told and answers by `behaviour`. For tests only; speaks no TLS.
public final class TinySMTPServer: Sendable {
    public enum Behaviour: Sendable {
        case accept
        /// Takes its time over every message.
        case acceptSlowly
        case refuseRecipient
        case refuseMessage
        /// Greets and never answers again.
        case fallSilent
    }

    public struct Received: Sendable {
        public var commands: [String] = []
        /// Every finished message, dot-stuffing undone, lines ended by CRLF.
        public var messages: [String] = []
    }

    public struct SocketError: Error {
        let code: Int32
    }

    public let port: UInt16
    private let behaviour: Behaviour
    private let listener: Int32
    private let record = Mutex(Received())

    public var url: String { "smtp://127.0.0.1:\(port)" }
    public var received: Received { record.withLock { $0 } }

    public init(_ behaviour: Behaviour = .accept) throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard listener >= 0 else { throw SocketError(code: errno) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let failed = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { raw in
                bind(listener, raw, length) != 0 || listen(listener, 64) != 0
                    || getsockname(listener, raw, &length) != 0
            }
        }
        guard !failed else {
            let code = errno
            close(listener)
            throw SocketError(code: code)
        }
        self.listener = listener
        self.behaviour = behaviour
        port = UInt16(bigEndian: address.sin_port)
    }

    /// Serves until ``stop()``.
    public func start() {
        Thread.detachNewThread { [self] in
            while true {
                let connection = accept(listener, nil, nil)
                guard connection >= 0 else { break }
                serve(connection)
                close(connection)
            }
            close(listener)
        }
    }

    /// Wakes the thread out of `accept`; it closes the listener and ends.
    public func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
    }

    private func serve(_ connection: Int32) {
        var pending: [UInt8] = []
        var letter: [String]?
        say("220 tiny", to: connection)
        while let line = nextLine(from: connection, pending: &pending) {
            if behaviour == .fallSilent { continue }
            if var lines = letter {
                if line == "." {
                    letter = nil
                    if behaviour == .acceptSlowly { usleep(300_000) }
                    let text = lines.map { $0 + "\r\n" }.joined()
                    record.withLock { $0.messages.append(text) }
                    say(behaviour == .refuseMessage ? "554 5.7.1 thu rac" : "250 ok", to: connection)
                } else {
                    lines.append(line.hasPrefix(".") ? String(line.dropFirst()) : line)
                    letter = lines
                }
                continue
            }
            record.withLock { $0.commands.append(line) }
            switch line.prefix(4).uppercased() {
            case "EHLO": say("250-tiny\r\n250 8BITMIME", to: connection)
            case "RCPT" where behaviour == .refuseRecipient:
                say("550-5.1.1 khong co\r\n550 5.1.1 nguoi nay", to: connection)
            case "MAIL", "RCPT": say("250 ok", to: connection)
            case "DATA":
                letter = []
                say("354 go on", to: connection)
            case "QUIT":
                say("221 bye", to: connection)
                return
            default: say("500 unknown", to: connection)
            }
        }
    }

    private func say(_ reply: String, to connection: Int32) {
        let bytes = Array((reply + "\r\n").utf8)
        _ = send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    private func nextLine(from connection: Int32, pending: inout [UInt8]) -> String? {
        while true {
            if let end = pending.firstIndex(of: 0x0A) {
                let line = pending[..<end].filter { $0 != 0x0D }
                pending.removeSubrange(...end)
                return String(decoding: line, as: UTF8.self)
            }
            var chunk = [UInt8](repeating: 0, count: 4096)
            let count = recv(connection, &chunk, chunk.count, 0)
            guard count > 0 else { return nil }
            pending += chunk[..<count]
        }
    }
}
