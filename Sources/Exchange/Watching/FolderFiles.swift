import Files
import Foundation
import Kernel

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A file in a watched folder, as the disk tells of it.
struct DroppedFile: Sendable, Equatable {
    let path: String
    let name: String
    let size: Int
    /// What makes it this file and no other, in no other state: device, number on it, size, the moment of its last write.
    let mark: String
    /// Seconds since 1970 of the last change of content, name or rights: unlike the moment of the last write nobody can set it.
    let changedAt: Int64

    /// Nil for whatever is no plain file of its own: folders, links (whose target may be anybody's), files with a second name.
    init?(path: String, name: String) {
        var found = stat()
        guard lstat(path, &found) == 0, found.st_mode & S_IFMT == S_IFREG, found.st_nlink == 1 else { return nil }
        self.path = path
        self.name = name
        size = Int(found.st_size)
        mark = "\(found.st_dev):\(found.st_ino):\(found.st_size):\(found.st_mtim.tv_sec).\(found.st_mtim.tv_nsec)"
        changedAt = Int64(max(found.st_mtim.tv_sec, found.st_ctim.tv_sec))
    }

    func isSettled(_ rules: WatchRules, at now: Timestamp) -> Bool {
        size > 0 && now.secondsSinceEpoch - changedAt >= Int64(rules.settledSeconds)
    }

    /// The file to be handed over. It is opened as the plain file that was seen: one that another took the place of is refused.
    var incoming: IncomingFile {
        IncomingFile(name: name, mediaType: "application/octet-stream", size: size) { [path, mark, name] in
            let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
            guard descriptor >= 0 else { throw CocoaError(.fileReadNoSuchFile) }
            let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
            guard DroppedFile(path: path, name: name)?.mark == mark else {
                throw Refusal(.stale, "Tệp \(name) thay đổi trong khi được đọc.")
            }
            return { try handle.read(upToCount: 1 << 20).flatMap { $0.isEmpty ? nil : Array($0) } }
        }
    }
}

/// Looking into folders and moving files within them.
enum FolderFiles {
    /// Files of a folder by name; those that are being written, and whatever is no plain file, are passed over.
    static func files(in path: String) throws -> [DroppedFile] {
        try FileManager.default.contentsOfDirectory(atPath: path).sorted()
            .filter { !DropName.isUnfinished($0) }
            .compactMap { DroppedFile(path: "\(path)/\($0)", name: $0) }
    }

    static func makeOwn(of folder: WatchedFolder) throws {
        for path in folder.own {
            if !exists(path) {
                try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
            }
            // Whoever may write into the folder could lay a link there that leads elsewhere.
            var found = stat()
            guard lstat(path, &found) == 0, found.st_mode & S_IFMT == S_IFDIR else {
                throw Refusal(
                    .invalid,
                    "\(path) phải là thư mục thật, không phải liên kết hay tệp; hãy xóa rồi để hệ thống tự tạo")
            }
        }
    }

    static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    /// Within one folder's file system: the name changes in one step, or not at all.
    static func move(_ from: String, to: String) throws {
        guard rename(from, to) == 0 else { throw CocoaError(.fileWriteUnknown) }
    }

    /// Writes a text that is there whole or not at all.
    static func write(_ text: String, to path: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    }
}
