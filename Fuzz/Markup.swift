import CXML

/// XML as it reaches the readers of sheets, of shared strings and of short parts.
///
/// The first byte says which, the second into which pieces the rest is cut.
enum Markup {
    static func read(_ input: UnsafeRawBufferPointer) {
        guard input.count > 2 else { return }
        let text = UnsafeRawBufferPointer(rebasing: input[2...])
        // libxml2 tells the encoding by the first piece.
        let size = 16 + Int(input[1])
        switch input[0] % 3 {
        case 0:
            promise(agree(sheet(text, size: text.count), sheet(text, size: size)), "a sheet read otherwise in pieces")
        case 1:
            promise(
                agree(strings(text, size: text.count), strings(text, size: size)), "strings read otherwise in pieces")
        default: pull(text, size: size)
        }
    }

    private struct Entry: Equatable {
        let row: UInt32
        let column: UInt16
        let style: UInt32
        let kind: UInt8
        let text: [UInt8]
    }

    /// Nil stands for what was refused, which may happen sooner or later.
    private static func agree<Value: Equatable>(_ one: Value?, _ other: Value?) -> Bool {
        guard let one, let other else { return true }
        return one == other
    }

    /// Feeds a text in pieces and the end behind it; false at a fault.
    private static func feed(
        _ text: UnsafeRawBufferPointer, size: Int, _ take: (UnsafePointer<CChar>, Int32, Int32) -> Int32
    ) -> Bool {
        guard let start = text.baseAddress?.assumingMemoryBound(to: CChar.self) else { return true }
        for place in stride(from: 0, to: text.count, by: size) {
            guard take(start + place, Int32(min(size, text.count - place)), 0) == 0 else { return false }
        }
        return take(start, 0, 1) == 0
    }

    private static func sheet(_ text: UnsafeRawBufferPointer, size: Int) -> [Entry]? {
        guard let sheet = baophu_sheet_open() else { return nil }
        defer { baophu_sheet_close(sheet) }
        var entries: [Entry] = []
        let isSound = feed(text, size: size) { start, count, isLast in
            let fault = baophu_sheet_feed(sheet, start, count, isLast)
            guard fault == 0, let cells = baophu_sheet_cells(sheet), let texts = baophu_sheet_texts(sheet) else {
                return fault
            }
            for index in 0..<baophu_sheet_count(sheet) {
                let cell = cells[index]
                let bytes = UnsafeRawBufferPointer(start: texts + Int(cell.start), count: Int(cell.length))
                promise(texts[Int(cell.start) + bytes.count] == 0, "a text without its end")
                promise(cell.column < 16_384 && cell.row <= 1_048_576, "a cell outside of every sheet")
                entries.append(
                    Entry(row: cell.row, column: cell.column, style: cell.style, kind: cell.kind, text: Array(bytes)))
            }
            return 0
        }
        return isSound ? entries : nil
    }

    private static func strings(_ text: UnsafeRawBufferPointer, size: Int) -> [[UInt8]]? {
        guard let store = baophu_strings_open() else { return nil }
        defer { baophu_strings_close(store) }
        guard feed(text, size: size, { baophu_strings_feed(store, $0, $1, $2) }) else { return nil }
        guard baophu_strings_count(store) > 0, let ends = baophu_strings_ends(store) else { return [] }
        var start = 0
        return (0..<baophu_strings_count(store)).map { index in
            defer { start = Int(ends[index]) }
            promise(Int(ends[index]) >= start, "strings that overlap")
            return baophu_strings_bytes(store).map { bytes in
                Array(UnsafeRawBufferPointer(start: bytes + start, count: Int(ends[index]) - start))
            } ?? []
        }
    }

    private final class Rest {
        var text: UnsafeRawBufferPointer
        let size: Int

        init(_ text: UnsafeRawBufferPointer, size: Int) { (self.text, self.size) = (text, size) }

        func take(_ buffer: UnsafeMutablePointer<CChar>, _ length: Int) -> Int {
            let piece = text.prefix(min(length, size))
            UnsafeMutableRawBufferPointer(start: buffer, count: length).copyBytes(from: piece)
            text = UnsafeRawBufferPointer(rebasing: text.dropFirst(piece.count))
            return piece.count
        }
    }

    private static func pull(_ text: UnsafeRawBufferPointer, size: Int) {
        let rest = Rest(text, size: size)
        withExtendedLifetime(rest) {
            let read: baophu_xml_read = { context, buffer, length in
                guard let context else { return -1 }
                return Int32(Unmanaged<Rest>.fromOpaque(context).takeUnretainedValue().take(buffer, Int(length)))
            }
            guard let reader = baophu_xml_open(read, Unmanaged.passUnretained(rest).toOpaque()) else { return }
            defer { baophu_xml_close(reader) }
            while baophu_xml_next(reader) == 1, baophu_xml_kind(reader) != 10 {
                _ = baophu_xml_name(reader).map { String(cString: $0) }
                guard baophu_xml_kind(reader) == 1 else { continue }
                for name in ["name", "id", "Target"] {
                    _ = baophu_xml_attribute(reader, name).map { String(cString: $0) }
                }
                promise(baophu_xml_kind(reader) == 1, "lost its element")
                _ = baophu_xml_is_empty(reader)
            }
        }
    }
}
