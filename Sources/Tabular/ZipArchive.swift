import CXML
import CZip
import Foundation

/// A zip archive whose parts are read while they unpack: neither a whole part nor a bomb is ever held.
final class ZipArchive {
    private let memory: UnsafeMutableRawPointer?
    private let archive: OpaquePointer
    /// By name as the packaging standard compares names (ECMA-376 part 2, 6.2.2): without regard to the letters' case.
    private let entries: [String: zip_uint64_t]
    private let limits: TableLimits
    private let packedBytes: Int
    private var unpacked = 0

    /// - Throws: damaged, or a bomb by what its directory already admits.
    init(_ source: RowSource, limits: TableLimits) throws(TableFileError) {
        self.limits = limits
        packedBytes = try source.stored().withBytes { $0.count }
        switch source.content {
        case .file(let path):
            memory = nil
            var code: Int32 = 0
            guard let opened = zip_open(path, ZIP_RDONLY, &code) else { throw .damaged("không mở được gói nén") }
            archive = opened
        case .bytes(let bytes): (memory, archive) = try Self.open(bytes.withUnsafeBytes { Self.copy($0) }, bytes.count)
        case .data(let data): (memory, archive) = try Self.open(data.withUnsafeBytes { Self.copy($0) }, data.count)
        }
        var entries: [String: zip_uint64_t] = [:]
        var declared: UInt64 = 0
        let count = zip_get_num_entries(archive, 0)
        for index in 0..<zip_uint64_t(min(max(count, 0), 10_000)) {
            var information = zip_stat_t()
            guard zip_stat_index(archive, index, 0, &information) == 0 else { continue }
            // Of two parts of one name the first counts.
            if let name = information.name.map({ PartName.key(String(cString: $0)) }), entries[name] == nil {
                entries[name] = index
            }
            declared = declared.addingReportingOverflow(information.size).partialValue
        }
        self.entries = entries
        if count > 10_000 || isBomb(Int(clamping: declared)) { throw .bomb }
    }

    deinit {
        zip_discard(archive)
        memory?.deallocate()
    }

    private static func copy(_ bytes: UnsafeRawBufferPointer) -> UnsafeMutableRawPointer {
        let memory = UnsafeMutableRawPointer.allocate(byteCount: max(bytes.count, 1), alignment: 16)
        if let start = bytes.baseAddress { memory.copyMemory(from: start, byteCount: bytes.count) }
        return memory
    }

    private static func open(
        _ memory: UnsafeMutableRawPointer, _ count: Int
    ) throws(TableFileError) -> (UnsafeMutableRawPointer, OpaquePointer) {
        var error = zip_error_t()
        zip_error_init(&error)
        defer { zip_error_fini(&error) }
        guard let source = zip_source_buffer_create(memory, zip_uint64_t(count), 0, &error) else {
            memory.deallocate()
            throw .damaged("không mở được gói nén")
        }
        guard let opened = zip_open_from_source(source, ZIP_RDONLY, &error) else {
            zip_source_free(source)
            memory.deallocate()
            throw .damaged("không mở được gói nén")
        }
        return (memory, opened)
    }

    func contains(_ part: String) -> Bool { entries[PartName.key(part)] != nil }

    private func isBomb(_ unpacked: Int) -> Bool {
        unpacked > limits.unpackedBytes
            || (unpacked > 20 << 20 && unpacked / max(packedBytes, 1) > limits.unpackedRatio)
    }

    // MARK: Parts as bytes

    /// A part's bytes as they unpack.
    final class Part {
        let name: String
        private let file: OpaquePointer
        private let archive: ZipArchive
        private(set) var isBomb = false

        fileprivate init(_ name: String, _ file: OpaquePointer, of archive: ZipArchive) {
            self.name = name
            self.file = file
            self.archive = archive
        }

        deinit { zip_fclose(file) }

        /// How many bytes came; 0 at the end, -1 for a part that is damaged or a bomb.
        func read(_ buffer: UnsafeMutableRawPointer, _ length: Int) -> Int {
            let count = Int(zip_fread(file, buffer, zip_uint64_t(max(length, 0))))
            guard count > 0 else { return count }
            archive.unpacked += count
            isBomb = archive.isBomb(archive.unpacked)
            return isBomb ? -1 : count
        }

        var damage: TableFileError { isBomb ? .bomb : .damaged(name) }
    }

    func open(_ part: String) throws(TableFileError) -> Part {
        guard let index = entries[PartName.key(part)], let file = zip_fopen_index(archive, index, 0) else {
            throw .damaged("thiếu phần \(part)")
        }
        return Part(part, file, of: self)
    }

    /// Reads a part in pieces, the last of them empty.
    /// - Parameter feed: takes a piece and answers one of CXML's faults.
    func feed(
        _ part: Part, _ buffer: UnsafeMutableRawBufferPointer, _ feed: (UnsafePointer<CChar>, Int32, Bool) -> Int32
    )
        throws(TableFileError) -> Bool
    {
        guard let start = buffer.baseAddress else { throw .damaged(part.name) }
        let count = part.read(start, buffer.count)
        guard count >= 0 else { throw part.damage }
        let fault = feed(start.assumingMemoryBound(to: CChar.self), Int32(count), count == 0)
        switch Int(fault) {
        case BAOPHU_FAULT_NONE: return count > 0
        case BAOPHU_FAULT_DOCTYPE: throw .damaged("\(part.name): có khai báo DOCTYPE")
        case BAOPHU_FAULT_DEPTH: throw .damaged("\(part.name): lồng nhau quá sâu")
        case BAOPHU_FAULT_SIZE: throw .tooLarge("một dòng hoặc một ô của \(part.name) dài bất thường")
        case BAOPHU_FAULT_MEMORY: throw .tooLarge("máy chủ không đủ bộ nhớ để mở")
        default: throw .damaged(part.name)
        }
    }

    // MARK: Short parts as elements

    /// One start tag.
    struct Element {
        /// Without prefix.
        let name: String
        fileprivate let reader: baophu_xml_reader

        /// An attribute by its name without prefix.
        subscript(attribute: String) -> String? {
            baophu_xml_attribute(reader, attribute).map { String(cString: $0) }
        }
    }

    /// Walks a part: `onStart` for each start tag with the names of the elements around it.
    func parse(
        _ name: String, onStart: (_ element: Element, _ parents: [String]) -> Void
    ) throws(TableFileError) {
        let part = try open(name)
        // The part outlives the reader: it is used below, after the reader is freed.
        let context = Unmanaged.passUnretained(part).toOpaque()
        let read: baophu_xml_read = { context, buffer, length in
            guard let context else { return -1 }
            return Int32(Unmanaged<Part>.fromOpaque(context).takeUnretainedValue().read(buffer, Int(length)))
        }
        var status: Int32 = 1
        var refusal: TableFileError?
        do {
            guard let reader = baophu_xml_open(read, context) else { throw TableFileError.damaged(name) }
            defer { baophu_xml_close(reader) }
            var open: [String] = []
            while refusal == nil {
                status = baophu_xml_next(reader)
                guard status == 1 else { break }
                switch baophu_xml_kind(reader) {
                case 1:
                    let element = baophu_xml_name(reader).map { String(cString: $0) } ?? ""
                    onStart(Element(name: element, reader: reader), open)
                    if baophu_xml_is_empty(reader) != 1 { open.append(element) }
                    if open.count >= 200 { refusal = .damaged("\(name): lồng nhau quá sâu") }
                case 15: _ = open.popLast()
                // No workbook declares a document type; entities could make much out of little.
                case 10: refusal = .damaged("\(name): có khai báo DOCTYPE")
                default: break
                }
            }
        }
        if part.isBomb { throw .bomb }
        if let refusal { throw refusal }
        guard status == 0 else { throw .damaged(name) }
    }
}

/// Names of the parts of a package (ECMA-376 part 2).
enum PartName {
    /// What two spellings of one part's name share.
    static func key(_ name: String) -> String {
        if isPlain(name) { return name.lowercased() }
        var segments: [Substring] = []
        for segment in name.split(whereSeparator: { $0 == "/" || $0 == "\\" }) {
            switch segment {
            case ".": break
            case "..": _ = segments.popLast()
            default: segments.append(segment)
            }
        }
        return segments.joined(separator: "/").lowercased()
    }

    /// Nearly every name only has its case changed: ASCII, no segment that leads elsewhere.
    private static func isPlain(_ name: String) -> Bool {
        var before = UInt8(ascii: "/")
        for byte in name.utf8 {
            switch byte {
            case UInt8(ascii: "\\"), 0x80...: return false
            case UInt8(ascii: "."), UInt8(ascii: "/"): if before == UInt8(ascii: "/") { return false }
            default: break
            }
            before = byte
        }
        return before != UInt8(ascii: "/")
    }

    /// The part that a relation of `source` names by `target`: from the package's root, or from the folder of `source`.
    static func resolve(_ target: String, from source: String) -> String {
        var target = target.replacing("\\", with: "/")
        target = unescaped(target)
        if let scheme = target.firstRange(of: "://") { target = "/" + target[scheme.upperBound...] }
        guard !target.hasPrefix("/") else { return key(target) }
        return key(folder(of: source) + target)
    }

    /// Where the relations of a part stand; of the package itself for no part.
    static func relations(of source: String) -> String {
        let file = source.split(separator: "/").last ?? ""
        return "\(folder(of: source))_rels/\(file).rels"
    }

    private static func folder(of name: String) -> String {
        let segments = name.split(separator: "/").dropLast()
        return segments.isEmpty ? "" : segments.joined(separator: "/") + "/"
    }

    /// `%31` → `1`
    private static func unescaped(_ text: String) -> String {
        guard text.contains("%") else { return text }
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2,
                let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(code)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
