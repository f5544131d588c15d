/// A workbook of one sheet written by hand: its rows are the XML between `sheetData`, and its parts lie unpacked in the
/// archive. For what our writer does not write.
enum StoredWorkbook {
    static func archive(rows: String, merged: String? = nil) -> [UInt8] {
        let main = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
        let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        let package = "http://schemas.openxmlformats.org/package/2006/relationships"
        let merge = merged.map { "<mergeCells><mergeCell ref=\"\($0)\"/></mergeCells>" } ?? ""
        return archive(parts: [
            (
                "xl/workbook.xml",
                "<workbook \(main) xmlns:r=\"\(office)\"><sheets><sheet name=\"Biểu\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
            ),
            (
                "xl/_rels/workbook.xml.rels",
                "<Relationships xmlns=\"\(package)\"><Relationship Id=\"rId1\" Type=\"\(office)/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
            ), ("xl/worksheets/sheet1.xml", "<worksheet \(main)><sheetData>\(rows)</sheetData>\(merge)</worksheet>"),
        ])
    }

    /// PKWARE's APPNOTE 6.3: local headers with their parts, the central directory, its end.
    static func archive(parts: [(name: String, text: String)]) -> [UInt8] {
        var archive: [UInt8] = []
        var directory: [UInt8] = []
        for part in parts {
            let (name, bytes, offset) = (Array(part.name.utf8), Array(part.text.utf8), archive.count)
            let fields = joined(
                two(20), two(0), two(0), two(0), two(0x21), four(Int(checksum(bytes))), four(bytes.count),
                four(bytes.count), two(name.count), two(0))
            archive += joined(four(0x0403_4B50), fields, name, bytes)
            directory += joined(
                four(0x0201_4B50), two(20), fields, two(0), two(0), two(0), four(0), four(offset), name)
        }
        let start = archive.count
        return archive
            + joined(
                directory, four(0x0605_4B50), two(0), two(0), two(parts.count), two(parts.count), four(directory.count),
                four(start), two(0))
    }

    private static func joined(_ pieces: [UInt8]...) -> [UInt8] { Array(pieces.joined()) }
    private static func two(_ number: Int) -> [UInt8] { [UInt8(number & 255), UInt8(number >> 8 & 255)] }
    private static func four(_ number: Int) -> [UInt8] { two(number & 0xFFFF) + two(number >> 16 & 0xFFFF) }

    /// CRC-32 as zip uses it.
    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        var value: UInt32 = 0xFFFF_FFFF
        for byte in bytes {
            value ^= UInt32(byte)
            for _ in 0..<8 { value = value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
        }
        return value ^ 0xFFFF_FFFF
    }
}
