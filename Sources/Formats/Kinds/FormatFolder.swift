public import Kernel

/// All formats of a folder.
public struct FormatFolder: Sendable {
    /// By key.
    public private(set) var formats: [String: Format] = [:]
    public private(set) var faults: [DataFault] = []

    /// - Parameters:
    ///   - names: of the folder's files.
    ///   - read: the bytes of one. The edge of the program knows disks.
    public static func load(_ names: [String], _ read: (String) -> [UInt8]?) -> FormatFolder {
        var folder = FormatFolder()
        let files = names.filter { $0.hasSuffix(".yaml") && !$0.hasPrefix(".") }.sorted()
        if files.isEmpty {
            folder.faults.append(DataFault(file: "formats", line: 0, reason: "thư mục không có tệp .yaml nào"))
        }
        for name in files {
            guard let bytes = read(name) else {
                folder.faults.append(DataFault(file: name, line: 0, reason: "không đọc được tệp"))
                continue
            }
            let found = FormatFile.read(bytes, name: name, key: String(name.dropLast(5)))
            folder.faults += found.faults
            if let format = found.format { folder.formats[format.key] = format }
        }
        return folder
    }

    /// In the order of their keys.
    public var all: [Format] { formats.values.sorted { $0.key < $1.key } }
}
