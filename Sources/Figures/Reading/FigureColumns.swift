import Kernel
import Tabular

/// What a column of a file of figures holds.
enum ColumnRole: Hashable {
    case ordinal, code, name, month, year, scheme, block, people, total
    case participants(Scheme)
    case blockParticipants(Block)

    /// Whether the column holds numbers of participants.
    var isFigure: Bool {
        switch self {
        case .people, .total, .participants, .blockParticipants: true
        default: false
        }
    }

    /// What a heading says, from the words of its lowest row and of those above it; nil for a column to leave alone.
    init?(path: [String]) {
        let parts = path.map { VietnameseWords($0) }.filter { !$0.isEmpty && Int($0.text) == nil && $0.text.count > 1 }
        guard let leaf = parts.last else { return nil }
        let whole = VietnameseWords(path.joined(separator: " "))
        if leaf.text == "don vi tinh" || ["ghi chu", "ly do", "nguoi lap"].contains(where: { leaf.has($0) }) {
            return nil
        }
        if ["stt", "tt", "so tt", "so thu tu", "no"].contains(leaf.text) {
            self = .ordinal
        } else if leaf.begins(with: "ma") || leaf.text == "code" {
            self = .code
        } else if ["khoi", "khoi loai hinh", "khoi tham gia", "nhom khoi", "ten khoi"].contains(leaf.text) {
            self = .block
        } else if ["loai hinh", "loai hinh bhxh", "loai", "loai bhxh", "hinh thuc", "hinh thuc tham gia"].contains(
            leaf.text)
        {
            self = .scheme
        } else if Self.isName(leaf) {
            self = .name
        } else if ["thang", "ky", "ky bao cao", "thang nam", "ky so lieu", "thang bao cao"].contains(leaf.text) {
            self = .month
        } else if leaf.text == "nam" {
            self = .year
        } else if Self.foreign.contains(where: { whole.has($0) }) {
            return nil
        } else if let block = Block.named(leaf.text), Int(leaf.text) == nil {
            self = .blockParticipants(block)
        } else if let scheme = Self.scheme(of: leaf) {
            self = .participants(scheme)
        } else if Self.plain.contains(leaf.text) {
            if let scheme = parts.dropLast().reversed().lazy.compactMap({ Self.scheme(of: $0) }).first {
                self = .participants(scheme)
            } else {
                self = leaf.has("tong") || leaf.has("cong") ? .total : .people
            }
        } else {
            return nil
        }
    }

    /// Words of figures that stand beside the ones wanted: of other times, rates, money, debts, flows, other insurances. A
    /// column that has one is never read as participants.
    private static let foreign = [
        "chi tieu", "ke hoach", "ty le", "ti le", "%", "thang truoc", "nam truoc", "cung ky", "so voi", "tang", "giam",
        "luy ke",
        "tien", "so thu", "da thu", "phai thu", "no", "trieu dong", "cham dong", "tron dong", "dung dong", "ngung dong",
        "dung tham gia", "quay lai", "bhyt", "y te", "bhtn", "that nghiep", "so don vi", "nu", "tiem nang",
        "phat trien", "moi",
        "dan so", "luc luong lao dong",
    ]

    private static let plain = [
        "cong", "tong", "tong so", "tong cong", "so nguoi", "so luong", "nguoi", "so nguoi tham gia", "tong so nguoi",
        "tong so nguoi tham gia", "so tham gia", "gia tri", "cong chung",
    ]

    private static func scheme(of words: VietnameseWords) -> Scheme? {
        if words.has("bat buoc") || words.has("bb") || words.has("bhxhbb") { return .compulsory }
        if words.has("tu nguyen") || words.has("tn") || words.has("bhxhtn") { return .voluntary }
        return nil
    }

    /// The scheme that a cell names.
    static func scheme(named text: String) -> Scheme? { scheme(of: VietnameseWords(text)) }

    private static func isName(_ words: VietnameseWords) -> Bool {
        [
            "ten xa", "xa phuong", "ten don vi", "dia ban", "dia phuong", "ten dia ban", "don vi hanh chinh",
            "phuong xa", "ten phuong", "ten",
        ]
        .contains { words.has($0) } || ["don vi", "xa", "phuong", "ten xa phuong dac khu"].contains(words.text)
    }
}

/// Where a table's heading stands and what each column under it holds.
struct FigureColumns {
    /// Index into the table's rows of the first row of data.
    let firstRow: Int
    /// Index of the first row of the heading.
    let headingRow: Int
    /// By column index.
    let roles: [Int: ColumnRole]
    /// The heading of each column, its parts joined.
    let headings: [Int: String]
    /// Columns that hold something and are left alone, by their headings.
    let ignored: [String]

    func column(_ role: ColumnRole) -> Int? { roles.first { $0.value == role }?.key }

    /// Two columns that say the same of themselves: reading either would be a guess.
    var doubled: (role: ColumnRole, columns: [Int])? {
        let groups = Dictionary(grouping: roles.keys.sorted(), by: { roles[$0] ?? .ordinal })
        return groups.filter { $0.key.isFigure || $0.key == .name || $0.key == .code }
            .filter { $0.value.count > 1 }.map { ($0.key, $0.value) }.min { $0.1[0] < $1.1[0] }
    }

    /// Finds the heading within the first rows; nil when no row has a unit's column and a column of figures.
    /// - Parameter isUnit: whether a cell names a commune: a row with one is data, not heading.
    static func find(in table: Table, isUnit: (Cell) -> Bool) -> FigureColumns? {
        // A title may name a unit too; a row of data has a number beside it.
        func isData(_ row: TableRow) -> Bool {
            row.cells.prefix(6).contains(where: isUnit)
                && row.cells.contains { cell in
                    switch PeopleCell(cell) {
                    case .people, .repaired: true
                    case .missing, .wrong: false
                    }
                }
        }
        var best: (columns: FigureColumns, score: Int)?
        for first in table.rows.indices.prefix(40) {
            if isData(table.rows[first]) { break }
            for depth in 1...3 where first + depth <= table.rows.count {
                if depth > 1, isData(table.rows[first + depth - 1]) { break }
                guard let columns = FigureColumns(table, headingRow: first, depth: depth) else { continue }
                // Kinds of columns, not columns: a merged heading over many says less than the row under it.
                let kinds = Set(columns.roles.values)
                let score = kinds.filter(\.isFigure).count * 4 + kinds.count
                // Of equal readings the one with fewer rows: a title line above is no part of the heading.
                let lean =
                    score == best?.score
                    && columns.firstRow - columns.headingRow
                        < (best.map { $0.columns.firstRow - $0.columns.headingRow } ?? 0)
                if score > best?.score ?? 0 || lean { best = (columns, score) }
            }
            // A heading found, the rows below are data.
            if let best, first > best.columns.firstRow { break }
        }
        return best?.columns
    }

    private init?(_ table: Table, headingRow: Int, depth: Int) {
        let rows = Array(table.rows[headingRow..<headingRow + depth])
        // Rows of a heading stand together; a gap of blank rows ends it.
        for (row, next) in zip(rows, rows.dropFirst()) where next.number - row.number > 1 { return nil }
        let width = min(rows.map(\.cells.count).max() ?? 0, 200)
        var roles: [Int: ColumnRole] = [:]
        var headings: [Int: String] = [:]
        var ignored: [String] = []
        let spread = rows.enumerated().map { index, row in
            Self.spread(row, below: index + 1 < rows.count ? rows[index + 1] : nil, merged: table.merged, width: width)
        }
        for column in 0..<width {
            var path: [String] = []
            for row in spread where !row[column].isEmpty && row[column] != path.last { path.append(row[column]) }
            guard !path.isEmpty else { continue }
            headings[column] = path.joined(separator: " / ")
            if let role = ColumnRole(path: path) {
                roles[column] = role
            } else if rows.last.map({ !$0[column].isBlank }) ?? false {
                ignored.append(path.joined(separator: " / "))
            }
        }
        // The last row must carry a heading of its own, or it is data already.
        let own = rows.last.map { row in
            (0..<width).contains { !row[$0].isBlank && ColumnRole(path: [row[$0].shown]) != nil }
        }
        guard depth == 1 || own == true else { return nil }
        let kinds = Set(roles.values)
        let hasUnit = kinds.contains(.name) || kinds.contains(.code)
        let hasScheme = kinds.contains { role in
            switch role {
            case .participants, .blockParticipants: true
            default: false
            }
        }
        let isLong =
            (kinds.contains(.people) || kinds.contains(.total)) && (kinds.contains(.scheme) || kinds.contains(.block))
        guard hasUnit, hasScheme || isLong else { return nil }
        self.roles = roles
        self.headings = headings
        self.ignored = ignored
        self.headingRow = headingRow
        firstRow = headingRow + depth
    }

    /// A heading row with merged cells written into each column they cover. A text file has no merged cells: there an empty
    /// cell continues the one before it, when the row below has a heading.
    private static func spread(_ row: TableRow, below: TableRow?, merged: [CellRange], width: Int) -> [String] {
        var texts = (0..<width).map { column -> String in
            let text = row[column].shown
            return VietnameseText.tidy(
                LegacyEncoding.looksLikeTCVN3(text) ? LegacyEncoding.decodeTCVN3(shown: text) : text)
        }
        let ranges = merged.filter { $0.rows.contains(row.number) }
        for range in ranges where range.rows.lowerBound == row.number && range.columns.lowerBound < width {
            for column in range.columns where column < width { texts[column] = texts[range.columns.lowerBound] }
        }
        guard merged.isEmpty, let below else { return texts }
        for column in texts.indices.dropFirst()
        where texts[column].isEmpty && !texts[column - 1].isEmpty && !below[column].isBlank
            && !below[column - 1].isBlank
        {
            texts[column] = texts[column - 1]
        }
        return texts
    }
}
