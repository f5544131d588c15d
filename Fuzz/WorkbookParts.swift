import Tabular

/// Workbooks: archives as they are, and sound archives whose parts are the input, so that inputs get past the checksums.
enum WorkbookParts {
    private static let names = [
        "xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml",
        "xl/_rels/workbook.xml.rels", "_rels/.rels", "xl/worksheets/sheet2.xml", "[Content_Types].xml",
    ]

    /// `#` and a digit at the beginning of a line say which part follows.
    static func read(_ input: UnsafeRawBufferPointer) {
        var parts: [StoredZip.Part] = []
        var start = input.startIndex
        while start < input.endIndex {
            let end = input[start...].firstIndex(of: 10) ?? input.endIndex
            let line = input[start..<end]
            start = end + 1
            if line.count >= 2, line[line.startIndex] == UInt8(ascii: "#"),
                (48..<56).contains(line[line.startIndex + 1])
            {
                parts.append(StoredZip.Part(names[Int(line[line.startIndex + 1]) - 48], []))
            } else if !parts.isEmpty, !line.isEmpty {
                parts[parts.count - 1].bytes += line
                parts[parts.count - 1].bytes.append(10)
            }
        }
        // Most inputs lack what every workbook has: no archive need be made to learn that.
        guard !parts.isEmpty else { return }
        Tables.read(StoredZip(parts).archive)
    }

    /// Whatever the first bytes, they say that it is an archive: of what else there is, `csv` makes more.
    static func readArchive(_ input: UnsafeRawBufferPointer) {
        guard input.count >= 4 else { return }
        var bytes = Array(input)
        bytes.replaceSubrange(0..<4, with: [0x50, 0x4B, input[2] % 2 == 0 ? 5 : 3, input[2] % 2 == 0 ? 6 : 4])
        Tables.read(bytes)
    }
}
