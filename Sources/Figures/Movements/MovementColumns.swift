import Kernel
import Tabular

/// What a column of a file of movements holds.
enum MovementRole: Hashable {
    case ordinal, code, name, scheme, block
    /// What a row is of, in a form whose rows are lines: “Chỉ tiêu”.
    case line
    case measure(MovementMeasure, Scheme?)

    var measure: MovementMeasure? {
        if case .measure(let measure, _) = self { measure } else { nil }
    }

    /// What a heading says, from its words and those above it; nil for a column to leave alone.
    init?(path: [String]) {
        let parts = path.map { VietnameseWords($0) }.filter { !$0.isEmpty && Int($0.text) == nil }
        guard let leaf = parts.last else { return nil }
        let whole = VietnameseWords(path.joined(separator: " "))
        if ["stt", "tt", "so tt", "so thu tu"].contains(leaf.text) {
            self = .ordinal
        } else if ["ghi chu", "ly do"].contains(where: { leaf.begins(with: $0) }) {
            return nil
        } else if let measure = Self.measure(whole, leaf: leaf) {
            guard !Self.foreign.contains(where: { whole.has($0) }) else { return nil }
            // Of the year so far; who stopped and did not come back is counted by the year.
            if measure != .stoppedOpen, Self.summed.contains(where: { whole.has($0) }) { return nil }
            self = .measure(measure, measure.isOfScheme ? Self.scheme(of: whole) : nil)
        } else if leaf.text == "chi tieu" || leaf.text == "noi dung" {
            self = .line
        } else if leaf.begins(with: "ma") {
            self = .code
        } else if ["khoi", "khoi loai hinh", "ten khoi", "nhom khoi"].contains(leaf.text) {
            self = .block
        } else if ["loai hinh", "loai hinh bhxh", "loai hinh tham gia", "loai"].contains(leaf.text) {
            self = .scheme
        } else if ["tinh tp", "tinh thanh pho"].contains(leaf.text) {
            self = .name
        } else if Self.names.contains(where: { leaf.begins(with: $0) }) {
            self = .name
        } else {
            return nil
        }
    }

    private static let names = [
        "ten don vi", "don vi", "ten xa", "xa phuong", "dia ban", "bhxh co so", "ten bhxh", "ten to chuc", "phuong xa",
        "ten dia ban",
    ]

    /// Other insurances, sums over time, shares, and comparisons other than with the month before: never read as a month's.
    private static let foreign = [
        "bhyt", "y te", "bhtn", "that nghiep", "bhtnld", "bnn", "tai nan", "luy ke", "cam ket", "duoc giao",
        "dat ty le",
        "31 12", "cung ky", "nam truoc", "so ke hoach", "%", "ty le", "nsnn",
    ]

    private static let summed = ["dau nam", "trong nam", "ca nam", "trong quy", "tu dau", "tinh den"]

    private static func measure(_ words: VietnameseWords, leaf: VietnameseWords) -> MovementMeasure? {
        func has(_ phrases: String...) -> Bool { phrases.contains { words.has($0) } }
        if has("tiem nang") {
            if leaf.has("don vi") { return .potentialUnits }
            return leaf.has("so nguoi") || leaf.has("nguoi") ? .potentialPeople : nil
        }
        if leaf.has("ke hoach thu") || has("so thu") && leaf.has("so kh") { return .collectionPlan }
        if has("cham dong tinh lai") { return .lateWithInterest }
        if has("cham dong", "tron dong") { return has("tien") ? .late : nil }
        if has("phai phat trien") { return .toDevelop }
        // Titles speak of it, too.
        if leaf.has("luc luong lao dong") { return .labourForce }
        if has("chua tham gia lai", "chua quay lai", "chua tro lai") { return .stoppedOpen }
        if leaf.has("chua tham gia"), !leaf.has("don vi") { return .uninsured }
        if has("tham gia lai", "quay lai", "tro lai", "tai tham gia") { return .returned }
        if has("tiep tuc tham gia", "tai tuc") { return .continued }
        if has("tang moi", "tham gia moi", "phat trien moi", "moi tham gia") { return .joined }
        if has("dung tham gia", "dung dong", "ngung tham gia", "ngung dong", "bao giam", "roi khoi") { return .stopped }
        if has("dau thang", "dau ky") { return .opening }
        if has("cuoi thang", "cuoi ky", "so nguoi tham gia trong thang") { return .participants }
        return nil
    }

    private static func scheme(of words: VietnameseWords) -> Scheme? {
        switch (words.has("bat buoc"), words.has("tu nguyen")) {
        case (true, false): .compulsory
        case (false, true): .voluntary
        default: nil
        }
    }

    /// The scheme that a cell names; nil for none, and for the voluntary part of another insurance.
    static func scheme(named text: String) -> Scheme? {
        let words = VietnameseWords(text)
        guard !["bhtnld", "bhyt", "bhtn", "y te", "that nghiep", "tai nan"].contains(where: { words.has($0) }) else {
            return nil
        }
        return scheme(of: words)
    }
}

/// Where a table's heading stands, what form it is and what each column under it holds.
struct MovementColumns {
    let form: MovementForm
    let heading: Heading
    let roles: [Int: MovementRole]
    let ignored: [String]

    func column(_ role: MovementRole) -> Int? { roles.filter { $0.value == role }.keys.min() }

    var measures: [(column: Int, measure: MovementMeasure, scheme: Scheme?)] {
        roles.compactMap { column, role in
            if case .measure(let measure, let scheme) = role { (column, measure, scheme) } else { nil }
        }.sorted { $0.column < $1.column }
    }

    /// Two columns that say the same of themselves: reading either would be a guess.
    var doubled: [Int]? {
        Dictionary(grouping: roles.keys.sorted(), by: { roles[$0] ?? .ordinal })
            .filter { $0.key.measure != nil && $0.value.count > 1 }.map(\.value).min { $0[0] < $1[0] }
    }

    /// The heading that says most; nil where no row names units and numbers of movements.
    static func find(in table: Table) -> MovementColumns? {
        // The same cells are looked at as parts of several headings.
        var known: [[String]: MovementRole?] = [:]
        func role(_ path: [String]) -> MovementRole? {
            if let role = known[path] { return role }
            let role = MovementRole(path: path)
            known[path] = .some(role)
            return role
        }
        return Heading.find(in: table, depths: 1...4) { heading in
            MovementColumns(heading, in: table, role: role).map { columns in
                (columns, Set(columns.measures.map(\.column)).count * 4 + Set(columns.roles.values).count)
            }
        }?.meaning
    }

    private init?(_ heading: Heading, in table: Table, role: ([String]) -> MovementRole?) {
        var roles: [Int: MovementRole] = [:]
        for (column, path) in heading.paths.enumerated() where !path.isEmpty {
            if let role = role(path) { roles[column] = role }
        }
        // The last row must say something itself, or it is data already.
        guard heading.depth == 1 || heading.own.contains(where: { !$0.isEmpty && Int($0) == nil }),
            !heading.own.contains(where: { Double($0) != nil && ($0.count > 2) })
        else { return nil }
        self.heading = heading
        let kinds = Set(roles.values)
        let measures = Set(kinds.compactMap(\.measure))
        let words = VietnameseWords(
            (table.rows[..<heading.first].flatMap { $0.cells.map(\.shown) } + [table.name]).joined(separator: " "))
        if kinds.contains(.line), !measures.isDisjoint(with: [.potentialUnits, .potentialPeople, .participants]) {
            form = .b16a
        } else if measures.contains(.continued), kinds.contains(.name),
            words.text.contains("b15")
                || heading.paths.contains(where: { VietnameseWords($0.joined(separator: " ")).has("to chuc") })
        {
            form = .b15
        } else if measures.contains(.lateWithInterest), kinds.contains(.name) {
            form = .b16b
        } else if words.has("c21b") || words.has("chua tham gia lai"), kinds.contains(.name) || kinds.contains(.code) {
            // Its columns say the schemes alone: what they count stands in the title.
            form = .c21b
            for (column, path) in heading.paths.enumerated() where roles[column] == nil && !path.isEmpty {
                guard let scheme = MovementRole.scheme(named: path.joined(separator: " ")) else { continue }
                roles[column] = .measure(.stoppedOpen, scheme)
            }
        } else {
            form = .table
        }
        self.roles = roles
        let known = roles
        ignored = heading.paths.indices.filter { known[$0] == nil && !heading.own[$0].isEmpty }.map {
            heading.title($0)
        }
        let found = roles.values.contains { $0.measure != nil }
        let hasPlace = kinds.contains(.name) || kinds.contains(.code) || form == .b16a
        guard found, hasPlace else { return nil }
    }
}
