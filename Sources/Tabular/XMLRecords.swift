import CXML

/// Reads a file of XML as records, one element of a name after another: what each element in it says, by its name. Memory is
/// bounded by the longest record.
///
/// Document types are refused: no declaration has one, and entities could make much out of little.
public final class XMLRecords {
    /// The bytes that the reader asks for piece by piece.
    private final class Feed {
        let bytes: StoredBytes
        var position = 0

        init(_ bytes: StoredBytes) { self.bytes = bytes }

        func read(_ buffer: UnsafeMutablePointer<CChar>, _ length: Int) -> Int {
            bytes.withBytes { bytes in
                let count = min(length, bytes.count - position)
                guard count > 0, let base = bytes.baseAddress else { return 0 }
                UnsafeMutableRawPointer(buffer).copyMemory(from: base + position, byteCount: count)
                position += count
                return count
            }
        }
    }

    private let feed: Feed
    private let reader: baophu_xml_reader
    private let name: String
    private var open: [String] = []
    /// What elements outside of records say, as far as the file was read; the first of each name.
    public private(set) var outside: [String: String] = [:]
    /// Of the record found last, from 1.
    public private(set) var number = 0

    /// Text of one element beyond which nothing is kept.
    private static let mostText = 100_000

    /// - Parameter name: of the element that is a record, without prefix.
    public init(_ source: RowSource, record name: String) throws(TableFileError) {
        let feed = Feed(try source.stored())
        self.name = name
        self.feed = feed
        // The feed outlives the reader: it is freed after it.
        let context = Unmanaged.passUnretained(feed).toOpaque()
        let read: baophu_xml_read = { context, buffer, length in
            guard let context else { return -1 }
            return Int32(Unmanaged<Feed>.fromOpaque(context).takeUnretainedValue().read(buffer, Int(length)))
        }
        guard let reader = baophu_xml_open(read, context) else { throw .damaged("XML") }
        self.reader = reader
    }

    deinit { baophu_xml_close(reader) }

    /// Whether a file begins as XML does.
    public static func isXML(_ source: RowSource) throws(TableFileError) -> Bool {
        let stored = try source.stored()
        return stored.withBytes { bytes in
            let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
            return bytes.dropFirst(start).first { ![9, 10, 13, 32].contains($0) } == UInt8(ascii: "<")
        }
    }

    /// The next record: the text of each element in it by its name, the first of each.
    /// - Returns: nil behind the last one.
    public func next() throws(TableFileError) -> [String: String]? {
        var record: [String: String]?
        var text = ""
        while true {
            let status = baophu_xml_next(reader)
            guard status == 1 else {
                guard status == 0 else { throw .damaged("XML không đúng cú pháp") }
                return nil
            }
            switch baophu_xml_kind(reader) {
            case 1:
                let element = baophu_xml_name(reader).map { String(cString: $0) } ?? ""
                text = ""
                if element == name, record == nil {
                    number += 1
                    record = [:]
                    if baophu_xml_is_empty(reader) == 1 { return record }
                }
                if baophu_xml_is_empty(reader) != 1 { open.append(element) }
                guard open.count < 200 else { throw .damaged("XML lồng nhau quá sâu") }
            case 3, 4:
                if text.utf8.count < Self.mostText {
                    text += baophu_xml_value(reader).map { String(cString: $0) } ?? ""
                }
            case 10: throw .damaged("XML có khai báo DOCTYPE")
            case 15:
                let element = open.popLast() ?? ""
                if element == name, let record { return record }
                if !text.isEmpty {
                    if record != nil {
                        if record?[element] == nil { record?[element] = text }
                    } else if outside[element] == nil, outside.count < 2_000 {
                        outside[element] = text
                    }
                }
                text = ""
            default: break
            }
        }
    }
}
