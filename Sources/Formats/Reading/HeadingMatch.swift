import Kernel

/// Which column of a file is which of a format.
struct HeadingMatch {
    /// By column of the format: column of the file.
    let columns: [Int: Int]
    /// Columns that could be one of the format's as well as another: the format's column with the file's.
    let doubled: [(column: Int, places: [Int])]
    /// Columns of the format that every file must have and this one has not.
    let missing: [Int]
    let score: Int

    /// Of a column that somebody explained.
    private static let explained = 100

    /// - Parameters:
    ///   - paths: folded words over each column of the file, from the upmost down.
    ///   - numbers: what stands under the heading, where that is a row of the form's own column numbers.
    init?(paths: [[String]], _ names: ColumnNames, numbers: [String]? = nil) {
        let format = names.format
        var claims: [(score: Int, column: Int, place: Int)] = []
        for (place, path) in paths.enumerated() where !path.isEmpty {
            // What a person said goes before what the names say.
            if let said = names.format.explained[path] {
                if let column = said { claims.append((Self.explained, column, place)) }
                continue
            }
            for (column, found) in names.scores(of: path) {
                var score = found
                if let number = format.columns[column].number, let numbers, numbers.indices.contains(place),
                    numbers[place] == number
                {
                    score += 4
                }
                claims.append((score, column, place))
            }
        }
        // The surest first; of equals from left to right, in the form's own order.
        claims.sort { ($1.score, $0.column, $0.place) < ($0.score, $1.column, $1.place) }
        var columns: [Int: Int] = [:]
        var taken: Set<Int> = []
        var sum = 0
        for claim in claims where columns[claim.column] == nil && !taken.contains(claim.place) {
            columns[claim.column] = claim.place
            taken.insert(claim.place)
            sum += claim.score
        }
        guard !columns.isEmpty else { return nil }
        var doubled: [(column: Int, places: [Int])] = []
        for (column, place) in columns {
            guard let best = claims.first(where: { $0.column == column && $0.place == place })?.score else { continue }
            let rivals = claims.filter { $0.column == column && $0.score == best && !taken.contains($0.place) }
            if !rivals.isEmpty { doubled.append((column, [place] + rivals.map(\.place))) }
        }
        self.columns = columns
        self.doubled = doubled.sorted { $0.column < $1.column }
        missing = format.columns.indices.filter { format.columns[$0].isNeeded && columns[$0] == nil }
        score = sum - missing.count * 12
    }
}

/// The names of a format's columns, looked up by what stands in a file's heading.
struct ColumnNames {
    let format: Format
    /// By the lowest words of a name: its column and all its words.
    private var byLeaf: [String: [(column: Int, name: [String])]] = [:]
    /// By all words of a name in one.
    private var byWhole: [String: [Int]] = [:]
    /// Long enough to mean something at the beginning of a heading.
    private let beginnings: [(leaf: String, column: Int, name: [String])]

    init(_ format: Format) {
        self.format = format
        var beginnings: [(leaf: String, column: Int, name: [String])] = []
        for (column, wanted) in format.columns.enumerated() {
            for name in wanted.paths {
                guard let leaf = name.last else { continue }
                byLeaf[leaf, default: []].append((column, name))
                byWhole[name.joined(separator: " "), default: []].append(column)
                if leaf.utf8.count >= 6 { beginnings.append((leaf, column, name)) }
            }
        }
        self.beginnings = beginnings
    }

    /// By column: how well a heading's path means it, its lowest words alike and the parts above in it.
    func scores(of path: [String]) -> [Int: Int] {
        guard let leaf = path.last else { return [:] }
        var scores: [Int: Int] = [:]
        func claim(_ column: Int, _ score: Int) { scores[column] = max(scores[column] ?? 0, score) }
        func parents(_ name: [String]) -> Int { name.dropLast().count { path.dropLast().contains($0) } }
        for (column, name) in byLeaf[leaf] ?? [] {
            let above = parents(name)
            // A name under another means little without it: “BHXH” may stand under anything.
            let isUnder = name.count == 1 || above > 0
            claim(column, isUnder ? 12 + above * 2 : path.count == 1 && leaf.utf8.count > 8 ? 9 : 5)
        }
        // The whole name in one cell: “Tiền lương đóng BHXH”.
        for column in byWhole[path.count == 1 ? leaf : path.joined(separator: " ")] ?? [] { claim(column, 12) }
        // `Họ và tên (chữ in hoa)`, `Số CCCD/ĐDCN`.
        for (wanted, column, name) in beginnings
        where leaf.utf8.count > wanted.utf8.count && VietnameseWords(leaf).begins(with: wanted) {
            let above = parents(name)
            if name.count == 1 || above > 0 { claim(column, 7 + above) }
        }
        return scores
    }
}
