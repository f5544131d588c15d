import Foundation
import NIOCore
import Synchronization

/// A list to hand over.
public struct PartnerList: Sendable {
    public let path: String
    /// As the receipt names the file.
    public let name: String
    /// `yyyy-MM`
    public let period: String
    public let isCorrection: Bool
    /// What the program calls this upload: the same once more goes on with it.
    public let idempotency: String

    public init(path: String, name: String, period: String, isCorrection: Bool = false, idempotency: String) {
        (self.path, self.name, self.period) = (path, name, period)
        (self.isCorrection, self.idempotency) = (isCorrection, idempotency)
    }
}

/// How much was handed to connections, whether or not it arrived.
final class SentBytes: Sendable {
    private let sum = Mutex(0)

    var count: Int { sum.withLock { $0 } }

    func add(_ bytes: Int) { sum.withLock { $0 += bytes } }
}

/// A stretch of a file as a body, read as it is sent.
struct FilePiece: AsyncSequence, Sendable {
    typealias Element = ByteBuffer

    let path: String
    let offset: Int
    let count: Int
    /// After how many bytes the connection breaks.
    let breaking: Int?
    let sent: SentBytes

    private static let chunk = 64 << 10

    struct AsyncIterator: AsyncIteratorProtocol {
        let piece: FilePiece
        var handle: FileHandle?
        var done = 0

        mutating func next() async throws -> ByteBuffer? {
            guard done < piece.count else {
                try handle?.close()
                handle = nil
                return nil
            }
            let end = Swift.min(piece.count, piece.breaking ?? piece.count)
            guard done < end else {
                try handle?.close()
                throw BrokenOnPurpose()
            }
            if handle == nil {
                let opened = try FileHandle(forReadingFrom: URL(fileURLWithPath: piece.path))
                try opened.seek(toOffset: UInt64(piece.offset))
                handle = opened
            }
            guard let data = try handle?.read(upToCount: Swift.min(FilePiece.chunk, end - done)), !data.isEmpty else {
                throw PartnerRefusal(status: 0, detail: "the file became shorter", retrySeconds: nil)
            }
            done += data.count
            piece.sent.add(data.count)
            return ByteBuffer(bytes: data)
        }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(piece: self) }
}
