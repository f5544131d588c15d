public import Foundation

/// A scanner that runs beside the system: `clamd`, asked by its own protocol (clamd(8), INSTREAM) over a local or a TCP
/// socket.
public struct VirusScanner: Sendable, Equatable {
    public enum Place: Sendable, Equatable {
        /// The path of a socket: `/run/clamav/clamd.ctl`.
        case local(String)
        case network(host: String, port: Int)
    }

    public enum Verdict: Sendable, Equatable {
        case clean
        /// What the scanner calls it.
        case infected(String)
    }

    public struct Failure: Error, Sendable, Equatable, CustomStringConvertible {
        public let description: String
    }

    public let place: Place
    /// Seconds that the whole talk may take.
    public let patience: Int

    public init(_ place: Place, patience: Int = 60) {
        self.place = place
        self.patience = patience
    }

    /// `unix:/run/clamav/clamd.ctl`, a bare path, or `tcp:127.0.0.1:3310`; nil for anything else.
    public init?(_ text: String) {
        if text.hasPrefix("tcp:") {
            let parts = text.dropFirst(4).split(separator: ":")
            guard parts.count == 2, let port = Int(parts[1]), (1...65_535).contains(port) else { return nil }
            self.init(.network(host: String(parts[0]), port: port))
        } else {
            let path = text.hasPrefix("unix:") ? String(text.dropFirst(5)) : text
            // What a socket's address has room for.
            guard path.hasPrefix("/"), path.utf8.count < 108 else { return nil }
            self.init(.local(path))
        }
    }

    private static let chunkBytes = 1 << 18

    /// Sends the content and waits for the answer; blocks meanwhile.
    public func scan(_ content: Data) throws(Failure) -> Verdict {
        let deadline = ContinuousClock.now + .seconds(patience)
        let socket = try connected(by: deadline)
        defer { close(socket) }
        try send(Data("zINSTREAM\0".utf8), to: socket, by: deadline)
        var place = content.startIndex
        while place < content.endIndex {
            let end = min(place + Self.chunkBytes, content.endIndex)
            try send(Self.length(end - place) + content[place..<end], to: socket, by: deadline)
            place = end
        }
        try send(Self.length(0), to: socket, by: deadline)
        let answer = try answer(from: socket, by: deadline)
        // `stream: OK`, `stream: Eicar-Test-Signature FOUND`, `INSTREAM size limit exceeded. ERROR`
        if answer.hasSuffix(" OK") { return .clean }
        guard answer.hasSuffix(" FOUND") else { throw Failure(description: "clamd answered “\(answer)”") }
        return .infected(String(answer.dropFirst(answer.hasPrefix("stream: ") ? 8 : 0).dropLast(6)))
    }

    /// Four bytes, the largest first.
    private static func length(_ bytes: Int) -> Data {
        Data([24, 16, 8, 0].map { UInt8(truncatingIfNeeded: bytes >> $0) })
    }

    private func connected(by deadline: ContinuousClock.Instant) throws(Failure) -> Int32 {
        let type = Int32(SOCK_STREAM.rawValue)
        switch place {
        case .local(let path):
            let socket = socket(AF_UNIX, type | O_CLOEXEC, 0)
            guard socket >= 0 else { throw fault("socket") }
            do { try limit(socket, to: deadline) } catch {
                close(socket)
                throw error
            }
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix(107)) }
            let result = withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    connect(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
                }
            }
            guard result == 0 else {
                let failure = fault(path)
                close(socket)
                throw failure
            }
            return socket
        case .network(let host, let port):
            var (hints, found): (addrinfo, UnsafeMutablePointer<addrinfo>?) = (addrinfo(), nil)
            hints.ai_socktype = type
            guard getaddrinfo(host, String(port), &hints, &found) == 0 else {
                throw Failure(description: "\(host) is no known address")
            }
            defer { freeaddrinfo(found) }
            var next = found
            while let info = next?.pointee {
                let socket = socket(info.ai_family, info.ai_socktype | O_CLOEXEC, info.ai_protocol)
                if socket >= 0 {
                    do { try limit(socket, to: deadline) } catch {
                        close(socket)
                        throw error
                    }
                    if connect(socket, info.ai_addr, info.ai_addrlen) == 0 { return socket }
                    close(socket)
                }
                next = info.ai_next
            }
            throw fault("\(host):\(port)")
        }
    }

    /// The next wait on the socket ends with the talk.
    private func limit(_ socket: Int32, to deadline: ContinuousClock.Instant) throws(Failure) {
        let left = (deadline - .now) / .microseconds(1)
        // Zero would wait without an end.
        guard left >= 1 else { throw Failure(description: "clamd took longer than \(patience) seconds") }
        var time = timeval(tv_sec: Int(left) / 1_000_000, tv_usec: Int(left) % 1_000_000)
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            setsockopt(socket, SOL_SOCKET, option, &time, socklen_t(MemoryLayout<timeval>.size))
        }
    }

    private func send(_ bytes: Data, to socket: Int32, by deadline: ContinuousClock.Instant) throws(Failure) {
        var place = 0
        while place < bytes.count {
            try limit(socket, to: deadline)
            let count = bytes.withUnsafeBytes { buffer in
                // A local socket waits anew for each buffer of the kernel's: no more than one a time.
                Foundation.send(
                    socket, buffer.baseAddress?.advanced(by: place), min(buffer.count - place, 1 << 15),
                    Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw fault("sending") }
            place += count
        }
    }

    private func answer(from socket: Int32, by deadline: ContinuousClock.Instant) throws(Failure) -> String {
        var (answer, buffer): ([UInt8], [UInt8]) = ([], Array(repeating: 0, count: 1_024))
        while answer.last != 0, answer.count < 4_096 {
            try limit(socket, to: deadline)
            let count = recv(socket, &buffer, buffer.count, 0)
            guard count >= 0 else { throw fault("its answer") }
            guard count > 0 else { break }
            answer += buffer.prefix(count)
        }
        return String(decoding: answer.prefix { $0 != 0 }, as: UTF8.self).trimmingCharacters(
            in: .whitespacesAndNewlines)
    }

    private func fault(_ what: String) -> Failure {
        Failure(description: "clamd, \(what): \(String(cString: strerror(errno)))")
    }
}
