import CXML

/// What a workbook (ECMA-376) says of its sheets: where their parts stand, which number formats show days, its strings.
///
/// Parts are found by their relations, as the packaging standard has it; by their usual names where a program left the
/// relations out.
struct Workbook {
    struct Sheet {
        let name: String
        let part: String
    }

    /// Those that are shown; all of them where none is.
    let sheets: [Sheet]
    /// The names of those that are passed over because they are hidden.
    let hidden: [String]
    /// By index of a cell's format: what it shows a number as.
    let shows: [NumberFormat.Shows]
    let countsFrom1904: Bool
    let strings: SharedStrings

    private struct Relation {
        /// The last word of its type: `worksheet`.
        let kind: Substring
        let target: String
    }

    init(_ archive: ZipArchive) throws(TableFileError) {
        let part =
            try Self.relations(of: "", in: archive).values.first { $0.kind == "officeDocument" }?.target
            ?? "xl/workbook.xml"
        try Self.checkKind(of: archive, part)
        var listed: [(name: String, relation: String, isHidden: Bool)] = []
        var countsFrom1904 = false
        try archive.parse(part) { element, _ in
            switch element.name {
            case "sheet":
                listed.append(
                    (
                        element["name"] ?? "", element["id"] ?? "",
                        element["state"].map { $0 != "visible" } ?? false
                    ))
            case "workbookPr": countsFrom1904 = ["1", "true"].contains(element["date1904"] ?? "")
            default: break
            }
        }
        self.countsFrom1904 = countsFrom1904
        let relations = try Self.relations(of: part, in: archive)
        let isAnyShown = listed.contains { !$0.isHidden }
        var sheets: [Sheet] = []
        for (index, sheet) in listed.enumerated() where !isAnyShown || !sheet.isHidden {
            let relation = relations[sheet.relation]
            // Chart sheets and macro sheets hold no table.
            if let kind = relation?.kind, kind != "worksheet" { continue }
            let part = relation?.target ?? "xl/worksheets/sheet\(index + 1).xml"
            if archive.contains(part) { sheets.append(Sheet(name: sheet.name, part: part)) }
        }
        guard !sheets.isEmpty else { throw .damaged("không có trang tính nào") }
        self.sheets = sheets
        hidden = isAnyShown ? listed.filter(\.isHidden).map(\.name) : []
        func found(_ kind: String, _ usual: String) -> String? {
            let named = relations.values.first { $0.kind == kind }?.target
            return [named, usual].compactMap(\.self).first { archive.contains($0) }
        }
        shows =
            try found("styles", "xl/styles.xml").map { part throws(TableFileError) in
                try Self.shows(in: part, of: archive)
            } ?? []
        strings = try SharedStrings(found("sharedStrings", "xl/sharedStrings.xml"), of: archive)
    }

    private static func relations(
        of part: String, in archive: ZipArchive
    ) throws(TableFileError) -> [String: Relation] {
        let name = PartName.relations(of: part)
        guard archive.contains(name) else { return [:] }
        var relations: [String: Relation] = [:]
        try archive.parse(name) { element, _ in
            guard element.name == "Relationship", let id = element["Id"], let target = element["Target"],
                element["TargetMode"] != "External"
            else { return }
            let kind = (element["Type"] ?? "").split(separator: "/").last ?? ""
            relations[id] = Relation(kind: kind, target: PartName.resolve(target, from: part))
        }
        return relations
    }

    private static func checkKind(of archive: ZipArchive, _ part: String) throws(TableFileError) {
        if part.hasSuffix(".bin") || archive.contains("xl/workbook.bin") {
            throw .otherOffice("Excel nhị phân (.xlsb)")
        }
        if archive.contains("word/document.xml") { throw .otherOffice("Word (.docx)") }
        if archive.contains("ppt/presentation.xml") { throw .otherOffice("PowerPoint (.pptx)") }
        guard archive.contains(part) else {
            throw .otherOffice(archive.contains("mimetype") ? "OpenDocument (.ods, .odt)" : "tệp nén (.zip)")
        }
    }

    private static func shows(in part: String, of archive: ZipArchive) throws(TableFileError) -> [NumberFormat.Shows] {
        var own: [Int: NumberFormat.Shows] = [:]
        var formats: [Int] = []
        try archive.parse(part) { element, parents in
            if element.name == "numFmt", let id = element["numFmtId"].flatMap({ Int($0) }) {
                own[id] = NumberFormat.shows(element["formatCode"] ?? "")
            }
            if element.name == "xf", parents.last == "cellXfs" {
                formats.append(element["numFmtId"].flatMap { Int($0) } ?? 0)
            }
        }
        return formats.map { own[$0] ?? NumberFormat.builtIn($0) }
    }
}

/// The codes of number formats (ECMA-376 part 1, 18.8.30 and 18.8.31).
enum NumberFormat {
    enum Shows: Sendable {
        case number, percent, day
    }

    /// The formats without a code of their own.
    static func builtIn(_ id: Int) -> Shows {
        switch id {
        case 9, 10: .percent
        case 14...17, 22, 27...36, 50...58: .day
        default: .number
        }
    }

    /// What a code shows a number as: its day, month or year, a share of a hundred, or itself. Letters that are quoted, escaped
    /// or in brackets say nothing, and `m` beside hours or seconds is minutes.
    static func shows(_ code: String) -> Shows {
        var isPercent = false
        // Positive numbers are shown by the first section.
        var tokens: [Character] = []
        var rest = code.lowercased()[...]
        reading: while let letter = rest.popFirst() {
            switch letter {
            case ";": break reading
            case "\"": rest = rest.firstIndex(of: "\"").map { rest[rest.index(after: $0)...] } ?? ""
            // The next letter is shown as it is, leaves its width, or fills.
            case "\\", "_", "*": rest = rest.dropFirst()
            case "[":
                guard let end = rest.firstIndex(of: "]") else { break reading }
                // `[h]`, `[mm]`: hours or minutes that count on past a day.
                if let first = rest.first, "hms".contains(first), rest[..<end].allSatisfy({ $0 == first }) {
                    tokens.append("h")
                }
                rest = rest[rest.index(after: end)...]
            case "g" where rest.hasPrefix("eneral"): rest = rest.dropFirst(6)
            // Between day and night, not a month.
            case "a" where rest.hasPrefix("m/pm"): rest = rest.dropFirst(4)
            case "a" where rest.hasPrefix("/p"): rest = rest.dropFirst(2)
            // An exponent, not the year of an era.
            case "e" where rest.first == "+" || rest.first == "-": break
            case "%": isPercent = true
            case "d", "y", "e": return .day
            case "m":
                let run = rest.prefix { $0 == "m" }
                rest = rest[run.endIndex...]
                // Three letters and more name a month.
                if run.count >= 3 { return .day }
                tokens.append("m")
            case "h", "s":
                rest = rest.drop { $0 == letter }
                tokens.append(letter)
            default: break
            }
        }
        let isMonth = tokens.indices.contains { index in
            tokens[index] == "m" && (index == 0 || tokens[index - 1] != "h")
                && (index + 1 == tokens.count || tokens[index + 1] != "s")
        }
        return isMonth ? .day : isPercent ? .percent : .number
    }
}

/// The texts that a workbook's cells share: one stretch of UTF-8 and where each ends. A string is made when one is asked for.
final class SharedStrings {
    private let store: OpaquePointer

    /// - Parameter part: nil for a workbook that has none.
    init(_ part: String?, of archive: ZipArchive) throws(TableFileError) {
        guard let store = baophu_strings_open() else { throw .tooLarge("máy chủ không đủ bộ nhớ để mở") }
        self.store = store
        guard let part else { return }
        let opened = try archive.open(part)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)
        defer { buffer.deallocate() }
        while try archive.feed(opened, buffer, { baophu_strings_feed(store, $0, $1, $2 ? 1 : 0) }) {}
    }

    deinit { baophu_strings_close(store) }

    /// Nil for a number that no string has.
    func text(_ index: Int) -> UnsafeRawBufferPointer? {
        guard index >= 0, index < baophu_strings_count(store), let ends = baophu_strings_ends(store) else { return nil }
        let start = index == 0 ? 0 : Int(ends[index - 1])
        return UnsafeRawBufferPointer(
            start: baophu_strings_bytes(store).map { UnsafeRawPointer($0 + start) }, count: Int(ends[index]) - start)
    }
}
