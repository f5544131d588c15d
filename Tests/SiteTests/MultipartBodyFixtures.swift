import Foundation
import NIOCore

extension MultipartBodyTests {
    /// A body given buffer by buffer, and after the last one an error, if there is one.
    struct Chunks: AsyncSequence, Sendable {
        let chunks: [[UInt8]]
        var failure: Interrupted?

        struct AsyncIterator: AsyncIteratorProtocol {
            var rest: ArraySlice<[UInt8]>
            let failure: Interrupted?

            mutating func next() async throws -> ByteBuffer? {
                if let chunk = rest.popFirst() { return ByteBuffer(bytes: chunk) }
                if let failure { throw failure }
                return nil
            }
        }

        func makeAsyncIterator() -> AsyncIterator {
            AsyncIterator(rest: chunks[...], failure: failure)
        }
    }

    struct Interrupted: Error, Equatable {}

    /// A directory of its own that must be empty again when everything has been discarded.
    struct Directory {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("multipart-\(UUID())").path

        init() throws {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }

        func contents() throws -> [String] {
            try FileManager.default.contentsOfDirectory(atPath: path)
        }

        func remove() {
            try? FileManager.default.removeItem(atPath: path)
        }
    }
}
