public import Kernel
public import Province

/// The decision tables of a review: of workers, of employers, of owners and managers.
public struct ReviewTables: Sendable {
    public let workers: ReviewTable
    public let employers: ReviewTable
    public let posts: ReviewTable
    /// The same where the files are the same.
    public let fingerprint: String

    public static let names = ["lao-dong", "don-vi", "chu-ho-quan-ly"]

    public var all: [ReviewTable] { [employers, workers, posts] }

    /// - Parameters:
    ///   - clocks: names of the clocks in the law's tables.
    ///   - read: the bytes of a file of the folder; nil where there is none.
    /// - Throws: `DataFaults` of the files.
    public init(clocks: Set<String>, read: (String) -> [UInt8]?) throws {
        var tables: [ReviewTable] = []
        var faults: [DataFault] = []
        var texts: [String] = []
        for name in Self.names {
            let file = "\(name).yaml"
            guard let bytes = read(file) else {
                faults.append(DataFault(file: file, line: 0, reason: "thiếu bảng quyết định của rà soát"))
                continue
            }
            let outcome = ReviewTableFile.read(bytes, name: file, key: name, clocks: clocks)
            faults += outcome.faults
            if let table = outcome.table { tables.append(table) }
            texts.append(String(decoding: bytes, as: UTF8.self))
        }
        guard faults.isEmpty, tables.count == 3 else { throw DataFaults(faults) }
        (workers, employers, posts) = (tables[0], tables[1], tables[2])
        // A comment changes nothing.
        fingerprint = StableHash.text(
            texts.flatMap { $0.split(separator: "\n").filter { !$0.hasPrefix("#") } }.joined(separator: "\n"))
    }

    public func table(_ key: String) -> ReviewTable? { all.first { $0.key == key } }

    public func result(_ key: String, of table: String) -> ReviewTable.Class? {
        self.table(table)?.classes.first { $0.key == key }
    }
}
