import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A file that only its owner may read, written beside its place and put there whole.
struct PrivateFile {
    private let path: String
    private let draft: String
    private let handle: FileHandle

    /// Makes the draft, mode 0600 from its first moment; folders that are missing get mode 0700.
    init(for path: String) throws(VaultError) {
        let url = URL(fileURLWithPath: path)
        self.path = path
        draft =
            url.deletingLastPathComponent()
            .appendingPathComponent(".\(url.lastPathComponent).\(UUID().uuidString).part").path
        do {
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
        } catch {
            throw .file(path: path, problem: "its folder cannot be made: \(error.localizedDescription)")
        }
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .file(path: path, problem: String(cString: strerror(errno))) }
        handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }

    func append(_ bytes: some DataProtocol) throws(VaultError) {
        do {
            try handle.write(contentsOf: bytes)
        } catch {
            throw .file(path: path, problem: "it cannot be written: \(error.localizedDescription)")
        }
    }

    /// Puts the file in its place.
    /// - Parameter replacing: whether a file that is there already gives way; otherwise it is an error.
    func finish(replacing: Bool = false) throws(VaultError) {
        defer { discard() }
        do {
            try handle.synchronize()
            try handle.close()
        } catch {
            throw .file(path: path, problem: "it cannot be written: \(error.localizedDescription)")
        }
        // A link fails where a file is there already; a rename takes its place at once.
        guard (replacing ? rename(draft, path) : link(draft, path)) == 0 else {
            throw .file(path: path, problem: String(cString: strerror(errno)))
        }
    }

    /// Leaves nothing behind.
    func discard() { unlink(draft) }

    static func write(_ bytes: [UInt8], to path: String, replacing: Bool) throws(VaultError) {
        let file = try PrivateFile(for: path)
        do {
            try file.append(bytes)
        } catch {
            file.discard()
            throw error
        }
        try file.finish(replacing: replacing)
    }
}
