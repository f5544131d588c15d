import Foundation

/// A file being written under a random name. Holds a descriptor: ends with ``close()`` or ``remove()``.
struct TemporaryFile {
    let path: String
    private(set) var size = 0
    private var descriptor: Int32

    /// Creates the file, readable and writable by this process's user only; never opens one that exists.
    ///
    /// - Throws: ``MultipartError/storage(code:)``.
    init(in directory: String) throws(MultipartError) {
        let name = (0..<2).map { _ in String(UInt64.random(in: .min ... .max), radix: 36) }.joined(separator: "-")
        path = "\(directory)/upload-\(name)"
        descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .storage(code: errno) }
    }

    /// Appends all of `bytes`.
    ///
    /// - Throws: ``MultipartError/storage(code:)``, as when the disk is full.
    mutating func append(_ bytes: ArraySlice<UInt8>) throws(MultipartError) {
        var rest = bytes
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 {
                size += count
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                throw .storage(code: errno)
            }
        }
    }

    /// Ends the writing; the file stays.
    ///
    /// - Throws: ``MultipartError/storage(code:)`` when the system only now tells that a write failed.
    mutating func close() throws(MultipartError) {
        guard closeDescriptor() == 0 else { throw .storage(code: errno) }
    }

    /// Ends the writing and removes the file.
    mutating func remove() {
        _ = closeDescriptor()
        unlink(path)
    }

    /// Gives the descriptor up once only: its number may belong to another file after that.
    private mutating func closeDescriptor() -> Int32 {
        guard descriptor >= 0 else { return 0 }
        defer { descriptor = -1 }
        return Foundation.close(descriptor)
    }
}
