import Formats
import Foundation
import Kernel
import Tabular
import Testing

/// The formats that stand in the repository, and small files read by them.
enum TestFormats {
    static let today = Day(daysSinceEpoch: 20_786)

    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static let folder = load(root.appendingPathComponent("formats"))

    static func load(_ place: URL) -> FormatFolder {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: place.path)) ?? []
        return FormatFolder.load(names) { name in
            (try? Data(contentsOf: place.appendingPathComponent(name))).map { [UInt8]($0) }
        }
    }

    static func format(_ key: String) throws -> Format { try #require(folder.formats[key]) }

    /// One format from its text.
    static func format(text: String, key: String = "thu") throws -> Format {
        let folder = faults(of: text, key: key)
        try #require(folder.faults.isEmpty, "\(folder.faults)")
        return try #require(folder.formats[key])
    }

    static func faults(of text: String, key: String = "thu") -> FormatFolder {
        FormatFolder.load(["\(key).yaml"]) { _ in [UInt8](text.utf8) }
    }

    struct Read {
        var taken: [DeliveredRow] = []
        var returned: [ReturnedRow] = []
        var summary = ReadingSummary()
    }

    static func read(
        _ bytes: [UInt8], by format: Format, accepted: OldEncoding? = nil
    ) throws -> Read {
        let context = ReadingContext(today: today, accepted: accepted)
        let reader = try FormatReader(RowSource(bytes), format: format, context: context)
        var read = Read()
        while let outcome = try reader.next() {
            switch outcome {
            case .taken(let row): read.taken.append(row)
            case .returned(let row): read.returned.append(row)
            }
        }
        read.summary = reader.summary
        return read
    }

    static func read(_ text: String, by format: Format, accepted: OldEncoding? = nil) throws -> Read {
        try read([UInt8](text.utf8), by: format, accepted: accepted)
    }
}
