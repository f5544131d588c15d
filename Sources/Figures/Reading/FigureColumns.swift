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
    let heading: Heading
    /// Index into the table's rows of the first row of data.
    var firstRow: Int { heading.firstRow }
    /// Index of the first row of the heading.
    var headingRow: Int { heading.first }
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
        return Heading.find(
            in: table, depths: 1...3,
            readable: { LegacyEncoding.looksLikeTCVN3($0) ? LegacyEncoding.decodeTCVN3(shown: $0) : $0 },
            isData: isData, endsWhenFound: true
        ) { heading in
            FigureColumns(heading).map { columns in
                // Kinds of columns, not columns: a merged heading over many says less than the row under it.
                let kinds = Set(columns.roles.values)
                return (columns, kinds.filter(\.isFigure).count * 4 + kinds.count)
            }
        }?.meaning
    }

    private init?(_ heading: Heading) {
        var roles: [Int: ColumnRole] = [:]
        var headings: [Int: String] = [:]
        var ignored: [String] = []
        for (column, path) in heading.paths.enumerated() where !path.isEmpty {
            headings[column] = heading.title(column)
            if let role = ColumnRole(path: path) {
                roles[column] = role
            } else if !heading.own[column].isEmpty {
                ignored.append(heading.title(column))
            }
        }
        // The last row must carry a heading of its own, or it is data already.
        guard heading.depth == 1 || heading.own.contains(where: { !$0.isEmpty && ColumnRole(path: [$0]) != nil }) else {
            return nil
        }
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
        self.heading = heading
        self.roles = roles
        self.headings = headings
        self.ignored = ignored
    }
}
