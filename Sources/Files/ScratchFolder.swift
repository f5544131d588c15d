public import Foundation
import Synchronization

/// The folder of one process for files while they are worked on: uploads on their way in, readings of files. Readable by this
/// user only, made when first asked for; what processes that died left behind is removed then.
public final class ScratchFolder: Sendable {
    private enum Place: Sendable {
        case under(String)
        case given(String)
    }

    private struct Made {
        let path: String
        /// Held locked for as long as the process lives: whoever can lock it knows that its owner is dead.
        let lock: Int32
    }

    private let place: Place
    private let made = Mutex<Made?>(nil)

    /// - Parameter parent: where folders of processes stand beside one another.
    public init(under parent: String = NSTemporaryDirectory()) { place = .under(parent) }

    /// A folder that is there and that somebody else removes.
    public init(at path: String) { place = .given(path) }

    deinit { remove() }

    /// - Throws: `CocoaError` or `POSIXError` where the folder cannot be made.
    public func path() throws -> String {
        switch place {
        case .given(let path): return path
        case .under(let parent):
            return try made.withLock { made in
                if let made { return made.path }
                let new = try Self.make(in: parent)
                made = new
                return new.path
            }
        }
    }

    /// A folder inside it.
    public func path(of name: String) throws -> String {
        let path = try "\(path())/\(name)"
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw Self.fault }
        return path
    }

    /// Removes the folder with all that stands in it; asked for again, it is made anew.
    public func remove() {
        made.withLock { folder in
            guard let gone = folder else { return }
            try? FileManager.default.removeItem(atPath: gone.path)
            close(gone.lock)
            folder = nil
        }
    }

    private static var fault: POSIXError { POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }

    private static func make(in parent: String) throws -> Made {
        try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
        let prefix = "baophu-\(getuid())-"
        // Processes that start at the same time take turns, so that none takes another's new folder for a dead one's.
        let turn = open("\(parent)/\(prefix)lock", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard turn >= 0 else { throw fault }
        defer { close(turn) }
        guard flock(turn, LOCK_EX) == 0 else { throw fault }
        for name in try FileManager.default.contentsOfDirectory(atPath: parent)
        where name.hasPrefix(prefix + "scratch-") {
            removeIfDead("\(parent)/\(name)")
        }
        let path = "\(parent)/\(prefix)scratch-\(String(UInt64.random(in: .min ... .max), radix: 36))"
        guard mkdir(path, 0o700) == 0 else { throw fault }
        let lock = open("\(path)/lock", O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard lock >= 0, flock(lock, LOCK_EX | LOCK_NB) == 0 else { throw fault }
        return Made(path: path, lock: lock)
    }

    private static func removeIfDead(_ path: String) {
        var facts = stat()
        guard lstat(path, &facts) == 0, facts.st_uid == getuid(), facts.st_mode & S_IFMT == S_IFDIR else { return }
        let lock = open("\(path)/lock", O_RDWR | O_CLOEXEC | O_NOFOLLOW)
        defer { if lock >= 0 { close(lock) } }
        guard lock < 0 || flock(lock, LOCK_EX | LOCK_NB) == 0 else { return }
        try? FileManager.default.removeItem(atPath: path)
    }
}
