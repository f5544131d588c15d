import CXML
import CZip

/// A zip archive in memory whose parts are parsed as XML while they unpack: neither a whole part nor a bomb is ever held.
final class ZipArchive {
    private let memory: UnsafeMutableRawPointer
    private let archive: OpaquePointer
    private let names: Set<String>
    private let limits: TableLimits
    private let packedBytes: Int
    private var unpacked = 0
    private var isOpen = true

    /// - Throws: damaged, or a bomb by what its directory already admits.
    init(_ bytes: [UInt8], limits: TableLimits) throws(TableFileError) {
        self.limits = limits
        packedBytes = bytes.count
        let memory = UnsafeMutableRawPointer.allocate(byteCount: max(bytes.count, 1), alignment: 16)
        bytes.withUnsafeBytes {
            if let start = $0.baseAddress { memory.copyMemory(from: start, byteCount: bytes.count) }
        }
        self.memory = memory
        var error = zip_error_t()
        zip_error_init(&error)
        defer { zip_error_fini(&error) }
        guard let source = zip_source_buffer_create(memory, zip_uint64_t(bytes.count), 0, &error) else {
            memory.deallocate()
            throw .damaged("không mở được gói nén")
        }
        guard let opened = zip_open_from_source(source, ZIP_RDONLY, &error) else {
            zip_source_free(source)
            memory.deallocate()
            throw .damaged("không mở được gói nén")
        }
        archive = opened
        var names: Set<String> = []
        var declared: UInt64 = 0
        let count = zip_get_num_entries(opened, 0)
        for index in 0..<min(max(count, 0), 10_000) {
            var information = zip_stat_t()
            guard zip_stat_index(opened, zip_uint64_t(index), 0, &information) == 0 else { continue }
            if let name = information.name { names.insert(String(cString: name)) }
            declared = declared.addingReportingOverflow(information.size).partialValue
        }
        self.names = names
        if count > 10_000 || Self.isBomb(Int(clamping: declared), packed: bytes.count, limits) {
            close()
            throw .bomb
        }
    }

    /// Releases the archive; must be called once, by whoever made it.
    func close() {
        guard isOpen else { return }
        isOpen = false
        zip_discard(archive)
        memory.deallocate()
    }

    func contains(_ name: String) -> Bool { names.contains(name) }

    private static func isBomb(_ unpacked: Int, packed: Int, _ limits: TableLimits) -> Bool {
        unpacked > limits.unpackedBytes || (unpacked > 20 << 20 && unpacked / max(packed, 1) > limits.unpackedRatio)
    }

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

    private final class Feed {
        let file: OpaquePointer
        var read = 0
        var isBomb = false
        let admits: (Int) -> Bool

        init(_ file: OpaquePointer, admits: @escaping (Int) -> Bool) {
            self.file = file
            self.admits = admits
        }
    }

    /// Walks a part: `onStart` for each start tag with the names of the elements around it, `onText` for text inside an
    /// element, `onEnd` for each end, empty elements too.
    func parse(
        _ part: String, onText: (_ element: String, _ text: String) -> Void = { _, _ in },
        onEnd: (_ element: String) -> Void = { _ in }, onStart: (_ element: Element, _ parents: [String]) -> Void
    ) throws(TableFileError) {
        guard let file = zip_fopen(archive, part, 0) else { throw .damaged("thiếu phần \(part)") }
        defer { zip_fclose(file) }
        let (before, packed, limits) = (unpacked, packedBytes, limits)
        let feed = Feed(file) { !Self.isBomb(before + $0, packed: packed, limits) }
        defer { unpacked += feed.read }
        // The context outlives the reader: `feed` is used below, after the reader is freed.
        let context = Unmanaged.passUnretained(feed).toOpaque()
        let read: baophu_xml_read = { context, buffer, length in
            guard let context else { return -1 }
            let feed = Unmanaged<Feed>.fromOpaque(context).takeUnretainedValue()
            let count = zip_fread(feed.file, buffer, zip_uint64_t(max(length, 0)))
            guard count >= 0 else { return -1 }
            feed.read += Int(count)
            guard feed.admits(feed.read) else {
                feed.isBomb = true
                return -1
            }
            return Int32(count)
        }
        guard let reader = baophu_xml_open(read, context) else { throw .damaged(part) }
        defer { baophu_xml_close(reader) }
        var open: [String] = []
        var status = baophu_xml_next(reader)
        while status == 1 {
            switch baophu_xml_kind(reader) {
            case 1:
                let name = Self.name(reader)
                let isEmpty = baophu_xml_is_empty(reader) == 1
                onStart(Element(name: name, reader: reader), open)
                if isEmpty { onEnd(name) } else { open.append(name) }
                guard open.count < 200 else { throw .damaged("\(part): lồng nhau quá sâu") }
            case 3, 4, 13, 14:
                if let element = open.last, let text = baophu_xml_value(reader) {
                    onText(element, String(cString: text))
                }
            case 15:
                if let name = open.popLast() { onEnd(name) }
            case 10:
                // No workbook declares a document type; entities could make much out of little.
                throw .damaged("\(part): có khai báo DOCTYPE")
            default: break
            }
            status = baophu_xml_next(reader)
        }
        if feed.isBomb { throw .bomb }
        guard status == 0 else { throw .damaged(part) }
    }

    /// Names repeat without end; the usual ones are not made anew.
    private static func name(_ reader: baophu_xml_reader) -> String {
        guard let local = baophu_xml_name(reader) else { return "" }
        switch (local[0], local[1]) {
        case (CChar(UInt8(ascii: "c")), 0): return "c"
        case (CChar(UInt8(ascii: "v")), 0): return "v"
        case (CChar(UInt8(ascii: "t")), 0): return "t"
        default: return String(cString: local)
        }
    }
}
