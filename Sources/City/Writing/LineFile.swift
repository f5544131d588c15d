import Foundation

/// A file written from its beginning to its end, in pieces of a megabyte.
final class LineFile {
    private let handle: FileHandle
    private var buffer: [UInt8] = []
    let path: String

    init(path: String) throws {
        guard FileManager.default.createFile(atPath: path, contents: nil),
            let handle = FileHandle(forWritingAtPath: path)
        else { throw CityFault(file: path, line: 0, reason: "cannot be written") }
        self.handle = handle
        self.path = path
        buffer.reserveCapacity(1 << 20 + 4_096)
    }

    func add(_ text: String) throws {
        buffer.append(contentsOf: text.utf8)
        if buffer.count >= 1 << 20 { try flush() }
    }

    private func flush() throws {
        do {
            try handle.write(contentsOf: buffer)
        } catch {
            throw CityFault(file: path, line: 0, reason: "cannot be written whole: \(error)")
        }
        buffer.removeAll(keepingCapacity: true)
    }

    func close() throws {
        try flush()
        try handle.close()
    }

    /// A field as CSV holds it.
    static func field(_ text: String, separator: UInt8 = UInt8(ascii: ",")) -> String {
        let isPlain = text.utf8.allSatisfy { $0 != separator && $0 != UInt8(ascii: "\"") && $0 != 10 && $0 != 13 }
        return isPlain ? text : "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
