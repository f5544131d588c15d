import Files
import Foundation
import Kernel

/// What the reading of a file depends on.
struct ReadingKey: Hashable, Sendable {
    let sha256: String
    let fileName: String
    let month: Month?
    let today: Day
    /// The months that figures were stored for: a month that a file names without its year is guessed by them.
    let knownMonths: Set<Month>

    /// A name for a file: the day, for dropping it after, and a hash of the rest.
    var name: String {
        let parts = [sha256, fileName, month?.description ?? ""] + knownMonths.sorted().map(\.description)
        return "\(today)-\(StoredFiles.sha256(of: Array(parts.joined(separator: "\u{0}").utf8)))"
    }
}

/// Readings on disk, in the scratch folder: those of the day, the latest within a bound.
struct ReadingShelf: Sendable {
    let scratch: ScratchFolder
    /// Of all readings together.
    var mostBytes = 256 << 20

    func holds(_ key: ReadingKey) -> Bool {
        (try? path(of: key)).map { FileManager.default.fileExists(atPath: $0) } ?? false
    }

    /// - Throws: why the file could not be read, when that was kept.
    func rows(of key: ReadingKey) throws -> FigureReader.ReadRows? {
        guard let path = try? path(of: key), let data = FileManager.default.contents(atPath: path) else { return nil }
        do {
            return try ReadingCodec.decode(data)
        } catch let failure as FigureFileError {
            throw failure
        } catch {
            // Cut off by a full disk, for example: read again.
            try? FileManager.default.removeItem(atPath: path)
            return nil
        }
    }

    /// Keeps a reading, or why there is none. A disk that takes nothing is no reason to fail: the file is read again.
    func keep(_ outcome: Result<FigureReader.ReadRows, any Error>, as key: ReadingKey) {
        let data: Data?
        switch outcome {
        case .success(let rows): data = try? ReadingCodec.encode(rows)
        case .failure(let error): data = ReadingCodec.encode(failure: error)
        }
        guard let data, data.count <= mostBytes, let path = try? path(of: key) else { return }
        do {
            try makeRoom(for: data.count, today: key.today)
            try data.write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            try? FileManager.default.removeItem(atPath: path)
        }
    }

    private func path(of key: ReadingKey) throws -> String { "\(try scratch.path(of: "readings"))/\(key.name)" }

    private func makeRoom(for bytes: Int, today: Day) throws {
        let folder = URL(fileURLWithPath: try scratch.path(of: "readings"))
        var kept: [(url: URL, bytes: Int, at: Date)] = []
        for url in try FileManager.default.contentsOfDirectory(
            at: folder, includingPropertiesForKeys: [.fileSizeKey, .contentModificationDateKey])
        {
            let facts = try? url.resourceValues(forKeys: [.fileSizeKey, .contentModificationDateKey])
            // Another day's reading is never asked for again.
            guard url.lastPathComponent.hasPrefix("\(today)-"), let facts else {
                try? FileManager.default.removeItem(at: url)
                continue
            }
            kept.append((url, facts.fileSize ?? 0, facts.contentModificationDate ?? .distantPast))
        }
        var sum = kept.reduce(bytes) { $0 + $1.bytes }
        for oldest in kept.sorted(by: { $0.at < $1.at }) where sum > mostBytes {
            try? FileManager.default.removeItem(at: oldest.url)
            sum -= oldest.bytes
        }
    }
}
