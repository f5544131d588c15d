import Kernel

/// A first settings file from the data alone: which columns belong together, what they hold, and which blocking rules bring
/// together most of the pairs that could be one at a bearable cost.
public struct Suggestion: Sendable {
    public let settings: LinkSettings
    /// The settings as a file to read and change, with the reasons as comments.
    public private(set) var yaml = ""
    /// What should be looked at, such as columns left out.
    public let notes: [String]
    /// What a run by the settings is thought to come to; nil where it was not asked for.
    public let expectation: Expectation?
    /// The guesses whose answers would change the most.
    public let questions: [SuggestionQuestion]

    /// A column of the settings and where it stands in the files.
    struct Pairing: Sendable {
        let name: String
        let kind: ColumnKind
        let left: ColumnProfile
        let right: ColumnProfile?
        /// How sure it is that the two belong together (``Suggestion/likeness(_:_:_:_:)``).
        var likeness = 1.0
    }

    /// - Parameters:
    ///   - left: the first list, or the only one.
    ///   - right: the second; nil for settings that find the doubles of the first.
    ///   - id: the column of ids; nil looks for one.
    ///   - threads: cores to use.
    ///   - givesAccount: whether a run is made to tell what to expect and what to ask.
    /// - Throws: ``RecordFileError``, ``SettingsError``.
    public init(
        left: LinkList, right: LinkList?, id: String?, threads: Int, givesAccount: Bool = false
    ) async throws {
        let first = try await FileProfile(left, threads: threads)
        let second: FileProfile? = if let right { try await FileProfile(right, threads: threads) } else { nil }
        var notes: [String] = []
        let id = try Self.id(id, first, second, left.name, right?.name)
        if id == nil {
            notes.append("không thấy cột mã có ở cả hai tệp: dùng số thứ tự dòng; hãy nêu cột mã nếu có")
        }
        let pairings = Self.pairings(first, second, id: id, notes: &notes)
        guard !pairings.isEmpty else {
            throw SettingsError("không cột nào của các tệp có giá trị phân biệt được bản ghi")
        }
        var settings = LinkSettings(
            id: id,
            columns: Dictionary(
                uniqueKeysWithValues: pairings.map { pairing in
                    var column = ColumnSettings(kind: pairing.kind)
                    if let right = pairing.right, right.name != pairing.left.name {
                        column.left = pairing.left.name
                        column.right = right.name
                    } else if pairing.name != pairing.left.name {
                        column.column = pairing.left.name
                    }
                    return (pairing.name, column)
                }),
            blocking: [])
        let derived = DerivedColumns(first, pairings)
        settings.comparisons = derived.comparisons
        notes += derived.notes
        let data = try await LinkReading(settings: settings, threads: threads).read(
            [left] + [right].compactMap(\.self), within: false)
        let chosen = try BlockingChoice(data).rules()
        guard !chosen.isEmpty else {
            throw SettingsError(
                "không quy tắc gom khối nào giữ số cặp đủ ít; hãy tự ghi một quy tắc (docs/linkage.md)",
                at: [LinkSettings.CodingKeys.blocking.rawValue])
        }
        settings.blocking = chosen.map(\.rule)
        // Two lists whose ids are all different are mostly registers: each person or firm once.
        if right != nil { settings.oneToOne = true }
        self.settings = settings
        self.notes = notes
        if givesAccount {
            let lists = ProfiledLists(left: first, right: second)
            let questioning = Questioning(settings: settings, lists: lists, threads: threads)
            let outlook = try await questioning.outlook()
            expectation = outlook.expectation
            questions = try await questioning.questions(
                SuggestionDoubts(settings: settings, pairings: pairings, lists: lists).all(), outlook)
        } else {
            (expectation, questions) = (nil, [])
        }
        yaml = Self.yaml(settings, pairings, chosen, notes, account: account)
    }

    /// What to expect and what to ask, in Vietnamese, line by line; empty where it was not asked for.
    public var account: [String] {
        guard let expectation else { return [] }
        func tenths(_ share: Double) -> String { LevelWords.decimal(share * 100, 1) + " %" }
        var lines = [
            "Ước tính của chương trình: \(expectation.taken) cặp, trong đó \(tenths(expectation.precision)) đúng; tìm được \(tenths(expectation.recall)) số cặp đúng.",
            "Bỏ sót khoảng \(Int((expectation.passedOver).rounded())) cặp có so sánh nhưng chưa đủ bằng chứng, \(Int(expectation.unseen.rounded())) cặp không quy tắc gom khối nào đưa ra.",
        ]
        if !questions.isEmpty { lines.append("Câu hỏi đáng trả lời nhất:") }
        for (index, question) in questions.enumerated() {
            lines.append(
                "\(index + 1). \(question.text) Nếu khác với gợi ý: \(question.change); khoảng \(tenths(question.difference)) số cặp sẽ đổi."
            )
        }
        return lines
    }

    // MARK: Columns

    private static func id(
        _ asked: String?, _ first: FileProfile, _ second: FileProfile?, _ leftName: String, _ rightName: String?
    ) throws -> String? {
        if let asked {
            for (profile, name) in [(first, leftName)] + (second.map { [($0, rightName ?? "")] } ?? [])
            where !profile.columns.contains(where: { $0.name == asked }) {
                throw RecordFileError.missingColumn(
                    asked, file: name, nearest: Nearest.name(to: asked, among: profile.columns.map(\.name)))
            }
            return asked
        }
        let candidates = first.columns.filter { column in
            guard column.isUnique else { return false }
            return second?.columns.contains { $0.name == column.name && $0.isUnique } ?? true
        }
        func isNamed(_ column: ColumnProfile) -> Bool {
            let words = KindGuess.fold(column.name).split(separator: " ")
            return words.contains("id") || words.contains("stt") || words.contains("key") || words.first == "ma"
        }
        return candidates.first(where: isNamed)?.name
    }

    private static func pairings(
        _ first: FileProfile, _ second: FileProfile?, id: String?, notes: inout [String]
    ) -> [Pairing] {
        func isUsable(_ column: ColumnProfile) -> Bool {
            column.name != id && column.fill >= 0.02 && column.distinct > 1
        }
        let left = first.columns.filter(isUsable)
        for column in first.columns where column.name != id && !isUsable(column) {
            notes.append(
                "bỏ cột “\(column.name)”: \(column.distinct) giá trị khác nhau, \(percent(column.fill)) có giá trị"
            )
        }
        guard let second else {
            return named(left.map { ($0, nil, $0.kind, 1) })
        }
        let right = second.columns.filter(isUsable)
        var scores: [(left: Int, right: Int, score: Double)] = []
        for (i, one) in left.enumerated() {
            for (j, other) in right.enumerated() {
                let score = likeness(one, other, first, second)
                if score >= 0.5 { scores.append((i, j, score)) }
            }
        }
        scores.sort { ($1.score, $0.left, $0.right) < ($0.score, $1.left, $1.right) }
        var (takenLeft, takenRight): (Set<Int>, Set<Int>) = ([], [])
        var pairs: [(ColumnProfile, ColumnProfile?, ColumnKind, Double)] = []
        for score in scores where !takenLeft.contains(score.left) && !takenRight.contains(score.right) {
            takenLeft.insert(score.left)
            takenRight.insert(score.right)
            let (one, other) = (left[score.left], right[score.right])
            // Where the two look different, the fuller column knows better.
            pairs.append((one, other, one.filled >= other.filled ? one.kind : other.kind, score.score))
        }
        for (index, column) in left.enumerated() where !takenLeft.contains(index) {
            notes.append("cột “\(column.name)” của tệp bên trái không có cột tương ứng ở tệp bên phải")
        }
        for (index, column) in right.enumerated() where !takenRight.contains(index) {
            notes.append("cột “\(column.name)” của tệp bên phải không có cột tương ứng ở tệp bên trái")
        }
        let order = Dictionary(uniqueKeysWithValues: left.enumerated().map { ($1.name, $0) })
        return named(pairs.sorted { order[$0.0.name, default: 0] < order[$1.0.name, default: 0] })
    }

    /// Names that may stand in conditions: letters, digits and underscores of the column's folded name.
    private static func named(_ pairs: [(ColumnProfile, ColumnProfile?, ColumnKind, Double)]) -> [Pairing] {
        var used: Set<String> = []
        // More than thirteen cannot be compared: those with the fewest values say the least.
        let kept = Set(pairs.sorted { $0.0.collision < $1.0.collision }.prefix(13).map(\.0.name))
        return pairs.filter { kept.contains($0.0.name) }.map { left, right, kind, likeness in
            let name = name(of: left.name, butNot: used)
            used.insert(name)
            return Pairing(name: name, kind: kind, left: left, right: right, likeness: likeness)
        }
    }

    static func name(of column: String, butNot used: Set<String>) -> String {
        var name = String(KindGuess.fold(column).map { $0.isLetter && $0.isASCII || $0.isNumber ? $0 : "_" })
        if !(name.first?.isLetter ?? false) { name = "c_" + name }
        while used.contains(name) { name += "_2" }
        return name
    }

    /// 1 for a column of one name; otherwise how much the values of the two have in common, and whether they are of one kind.
    static func likeness(
        _ left: ColumnProfile, _ right: ColumnProfile, _ first: FileProfile, _ second: FileProfile
    ) -> Double {
        if KindGuess.fold(left.name) == KindGuess.fold(right.name) { return 1 }
        guard left.kind == right.kind,
            let one = first.file.header.firstIndex(of: left.name),
            let other = second.file.header.firstIndex(of: right.name)
        else { return 0 }
        // Values are compared as the kind reads them, from an even sample of the smaller side.
        let (small, large) =
            right.distinct <= left.distinct
            ? (second.file.pools[other], first.file.pools[one]) : (first.file.pools[one], second.file.pools[other])
        let known = ColumnValues(kind: left.kind, pool: large)
        let step = max(small.count / 2_000, 1)
        var (seen, common) = (0, 0)
        var sample = TextPool()
        for code in stride(from: 1, through: small.count, by: step) {
            small.withBytes { _ = sample.code(of: UnsafeRawBufferPointer(rebasing: $0[small.range(of: UInt32(code))])) }
        }
        let values = ColumnValues(kind: left.kind, pool: sample)
        for code in values.folded where code != 0 {
            seen += 1
            let isKnown = values.texts.withBytes { bytes in
                known.texts.known(UnsafeRawBufferPointer(rebasing: bytes[values.texts.range(of: code)])) != nil
            }
            if isKnown { common += 1 }
        }
        let overlap = seen == 0 ? 0 : Double(common) / Double(seen)
        // Categories of one kind share values by chance: M and F of two questions. The name must help there.
        let isSpecific = left.distinct > 50
        return overlap * (isSpecific ? 1 : 0.6)
    }

    static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }

    // MARK: The file

    private static func yaml(
        _ settings: LinkSettings, _ pairings: [Pairing], _ chosen: [BlockingChoice.Chosen], _ notes: [String],
        account: [String]
    ) -> String {
        var lines = ["# Gợi ý từ dữ liệu; hãy xem lại và sửa chỗ bạn biết rõ hơn (docs/linkage.md)."]
        lines += notes.map { "# Lưu ý: \($0)" }
        if let id = settings.id { lines.append("id: \(quoted(id))") }
        lines.append("columns:")
        for pairing in pairings {
            let column = settings.columns[pairing.name]
            var parts = ["kind: \(pairing.kind.rawValue)"]
            if let name = column?.column { parts.append("column: \(quoted(name))") }
            if let left = column?.left { parts.append("left: \(quoted(left))") }
            if let right = column?.right { parts.append("right: \(quoted(right))") }
            var about = "\(percent(pairing.left.fill)) có giá trị, \(pairing.left.distinct) giá trị khác nhau"
            if let right = pairing.right { about += "; bên phải \(percent(right.fill)), \(right.distinct)" }
            lines.append("  # \(about)")
            lines.append("  \(pairing.name): {\(parts.joined(separator: ", "))}")
        }
        if let comparisons = settings.comparisons {
            lines.append("# Cột lấy ra từ cột khác chỉ dùng để gom khối, không so sánh lần nữa.")
            lines.append("comparisons:")
            for comparison in comparisons {
                lines.append("  - {name: \(quoted(comparison.name)), column: \(quoted(comparison.column))}")
            }
        }
        lines.append("blocking:")
        for rule in chosen {
            lines.append("  # \(rule.pairs) cặp")
            lines.append("  - \(quoted(rule.rule))")
        }
        if settings.oneToOne == true {
            lines.append(
                "# Mỗi bản ghi ghép nhiều nhất một bản ghi; hãy bỏ dòng này nếu có danh sách ghi một người hai lần.")
            lines.append("one_to_one: true")
        }
        lines += account.map { "# \($0)" }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func quoted(_ text: String) -> String {
        let isPlain = text.unicodeScalars.allSatisfy {
            $0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == "_"
        }
        return isPlain && !text.isEmpty && Double(text) == nil
            && !["yes", "no", "true", "false", "null", "on", "off", "y", "n"].contains(text.lowercased())
            ? text : "\"" + escaped(text) + "\""
    }

    /// By scalars: a quote with a combining mark behind it is a letter of its own to a search for quotes.
    private static func escaped(_ text: String) -> String {
        text.unicodeScalars.map { $0 == "\\" || $0 == "\"" ? "\\\($0)" : "\($0)" }.joined()
    }
}
