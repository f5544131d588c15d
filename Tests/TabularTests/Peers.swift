import Foundation

/// Other people's readers of tables: one Python process reads a whole folder (scripts/install-packages test makes its
/// environment).
enum Peers {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Peers")
    static let python = folder.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: ".build/peers/bin/python").path

    static var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: python) }

    struct Sheet: Decodable {
        let name: String
        /// By `row,column`, the row from 1 and the column from 0.
        let cells: [String: String]
    }

    private struct Failure: Decodable { let error: String }

    enum Found<Value: Decodable>: Decodable {
        case value(Value)
        case refused(String)

        init(from decoder: any Decoder) throws {
            if let failure = try? Failure(from: decoder) {
                self = .refused(failure.error)
            } else {
                self = .value(try Value(from: decoder))
            }
        }
    }

    struct Reading: Decodable {
        let file: String
        let openpyxl: Found<[Sheet]>?
        let calamine: Found<[Sheet]>?
        let csv: Found<[[String]]>?
    }

    /// What they find in these files, by name.
    static func read(_ files: [(name: String, bytes: [UInt8])]) throws -> [String: Reading] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "baophu-peers-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for file in files { try Data(file.bytes).write(to: folder.appending(path: file.name)) }
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: python)
        process.arguments = [Self.folder.appending(path: "read.py").path, folder.path]
        process.standardOutput = output
        try process.run()
        let text = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        let decoder = JSONDecoder()
        let readings = try text.split(separator: 10).map { try decoder.decode(Reading.self, from: Data($0)) }
        return Dictionary(readings.map { ($0.file, $0) }, uniquingKeysWith: { first, _ in first })
    }
}
