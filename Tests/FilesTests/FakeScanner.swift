import Foundation

/// Stands in for `clamd`: takes one talk, reads what INSTREAM sends, and says what it is told to.
final class FakeScanner: Sendable {
    let path: String
    private let socket: Int32

    /// - Parameter answer: by what was sent.
    init(_ answer: @escaping @Sendable (_ command: String, _ content: Data) -> String) throws {
        path = NSTemporaryDirectory() + "clamd-\(UInt32.random(in: .min ... .max)).sock"
        let listening = Foundation.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        socket = listening
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listening, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard bound == 0, listen(listening, 4) == 0 else { throw CocoaError(.fileWriteUnknown) }
        DispatchQueue.global().async {
            let talk = accept(listening, nil, nil)
            guard talk >= 0 else { return }
            defer { close(talk) }
            func read(_ count: Int) -> Data {
                var bytes = Data()
                while bytes.count < count {
                    var buffer = [UInt8](repeating: 0, count: count - bytes.count)
                    let got = recv(talk, &buffer, buffer.count, 0)
                    guard got > 0 else { break }
                    bytes += buffer.prefix(got)
                }
                return bytes
            }
            var command = Data()
            while command.last != 0 {
                let next = read(1)
                if next.isEmpty { return }
                command += next
            }
            var content = Data()
            while true {
                let length = read(4).reduce(0) { $0 << 8 | Int($1) }
                guard length > 0 else { break }
                content += read(length)
            }
            let words = Array((answer(String(decoding: command.dropLast(), as: UTF8.self), content) + "\0").utf8)
            _ = send(talk, words, words.count, Int32(MSG_NOSIGNAL))
        }
    }

    deinit {
        close(socket)
        unlink(path)
    }
}
