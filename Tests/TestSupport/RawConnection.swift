import Foundation

/// One connection on which a test writes what no browser would.
public enum RawConnection {
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    /// Sends bytes in pieces and answers what came back, up to `enough` bytes of text that hold `until`.
    ///
    /// The server may answer and stop listening before everything is sent; that is no failure here.
    public static func exchange(port: Int, _ pieces: [[UInt8]], until mark: String) async throws -> String {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(with: Result { try exchangeNow(port: port, pieces, until: mark) })
            }
        }
    }

    /// A connection on which nothing was sent yet; to be closed by whoever opens it.
    public static func open(port: Int) throws -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw Failure(description: "no socket: \(errno)") }
        var limit = timeval(tv_sec: 20, tv_usec: 0)
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            setsockopt(descriptor, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size))
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(port).bigEndian)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else {
            close(descriptor)
            throw Failure(description: "no connection: \(errno)")
        }
        return descriptor
    }

    private static func exchangeNow(port: Int, _ pieces: [[UInt8]], until mark: String) throws -> String {
        let descriptor = try open(port: port)
        defer { close(descriptor) }
        return talk(on: descriptor, pieces, until: mark)
    }

    /// Sends and reads on a connection that stays open. Blocks.
    public static func talk(on descriptor: Int32, _ pieces: [[UInt8]], until mark: String) -> String {
        sending: for piece in pieces {
            var rest = piece[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
                guard count > 0 else { break sending }
                rest = rest.dropFirst(count)
            }
        }
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while !String(decoding: answer, as: UTF8.self).contains(mark) {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count > 0 else { break }
            answer += buffer.prefix(count)
        }
        return String(decoding: answer, as: UTF8.self)
    }
}
