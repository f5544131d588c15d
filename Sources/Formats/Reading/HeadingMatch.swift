import Kernel
import Tabular

/// Which column of a file is which of a format.
struct HeadingMatch {
    /// By column of the format: column of the file.
    let columns: [Int: Int]
    /// Columns that could be one of the format's as well as another: the format's column with the file's.
    let doubled: [(column: Int, places: [Int])]
    /// Columns of the format that every file must have and this one has not.
    let missing: [Int]
    let score: Int

    /// - Parameter numbers: what stands under the heading, where that is a row of the form's own column numbers.
    init?(_ heading: Heading, _ format: Format, numbers: [String]? = nil) {
        self.init(paths: heading.paths.map { $0.map { VietnameseWords($0).text } }, format, numbers: numbers)
    }

    init?(paths: [[String]], _ format: Format, numbers: [String]? = nil) {
        var claims: [(score: Int, column: Int, place: Int)] = []
        for (place, path) in paths.enumerated() where !path.isEmpty {
            for (column, wanted) in format.columns.enumerated() {
                var score = wanted.paths.map { Self.score(path, $0) }.max() ?? 0
                guard score > 0 else { continue }
                if let number = wanted.number, let numbers, numbers.indices.contains(place), numbers[place] == number {
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

    /// How well a heading's path means a name: its lowest words alike, and the parts above in their order.
    static func score(_ path: [String], _ name: [String]) -> Int {
        guard let leaf = path.last, let wanted = name.last else { return 0 }
        let parents = name.dropLast().reduce(0) { $0 + (path.dropLast().contains($1) ? 1 : 0) }
        let isUnder = name.count == 1 || parents > 0
        if leaf == wanted {
            // A name under another means little without it: “BHXH” may stand under anything.
            return isUnder ? 12 + parents * 2 : path.count == 1 && leaf.utf8.count > 8 ? 9 : 5
        }
        // The whole name in one cell: “Tiền lương đóng BHXH”.
        let whole = path.joined(separator: " ")
        if whole == name.joined(separator: " ") { return 12 }
        // `Họ và tên (chữ in hoa)`, `Số CCCD/ĐDCN`.
        if wanted.utf8.count >= 6, VietnameseWords(leaf).begins(with: wanted), isUnder { return 7 + parents }
        return 0
    }
}
