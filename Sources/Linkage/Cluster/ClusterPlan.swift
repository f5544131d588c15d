/// What every worker of a run on a cluster knows: the settings with all levels written out, and what follows from all records
/// together. It grows from step to step (``ClusterDriver``) and is a value: a worker holds nothing else, so that a partition that
/// failed can be computed again anywhere.
public struct ClusterPlan: Codable, Sendable {
    /// A column by its name in the settings, and what it is called in the lists.
    public struct Column: Codable, Sendable {
        let name: String
        let kind: ColumnKind
        let left: String
        let right: String
        /// Whether its distinct values are looked through first (``ClusterStage/facts``).
        let wantsFacts: Bool
    }

    /// A part of a column whose values are counted.
    struct Counted: Codable, Sendable {
        let column: Int
        let part: String
        /// Whether the counts go with the records; otherwise the sums alone are wanted.
        let weighs: Bool

        var place: CountedPart? { ValuePart(rawValue: part).map { CountedPart(column: column, part: $0) } }
    }

    public internal(set) var settings: LinkSettings
    public let columns: [Column]
    /// One list for its doubles.
    public let isSelf: Bool
    public internal(set) var areas: [[[String]]]?
    /// By column; empty before they were counted.
    var facts: [ColumnFacts] = []
    var counted: [Counted] = []
    /// Of ``counted``.
    var summaries: [PartSummary] = []
    var leftRows = 0
    var rightRows = 0
    public internal(set) var model: LinkModel?
    /// Pairs of less weight are let go at once, and before the chances are shared out.
    var leastWeighed = 0.0
    var leastShared = 0.0
    /// Of a one-to-one run, when the pairs were weighed without it: what to add to their weights.
    var shiftToAdd: Double?

    public var isOneToOne: Bool { (settings.oneToOne ?? false) && !isSelf }

    /// - Parameters:
    ///   - settings: checked.
    ///   - isSelf: for the doubles of one list.
    ///   - areas: what the settings' files say.
    ///   - model: a trained one.
    /// - Throws: ``SettingsError`` for what a cluster cannot do yet.
    public init(
        _ settings: LinkSettings, isSelf: Bool, areas: AreaKnowledge? = nil, model: LinkModel? = nil
    ) throws(SettingsError) {
        var settings = settings
        if isSelf { settings.oneToOne = false }
        if let model { settings.comparisons = model.settings.comparisons }
        try settings.check()
        guard settings.id != nil else {
            throw SettingsError(
                "cụm máy không có thứ tự dòng để đánh số; hãy ghi cột mã bản ghi",
                at: [LinkSettings.CodingKeys.id.rawValue])
        }
        guard settings.prior == nil else {
            throw SettingsError(
                "chưa dùng được trên cụm máy; hãy bỏ khoá này (học từ dữ liệu) hoặc dùng mô hình đã huấn luyện",
                at: [LinkSettings.CodingKeys.prior.rawValue])
        }
        self.settings = settings
        self.isSelf = isSelf
        self.model = model
        self.areas = areas.map { known in
            [known.neighbours, known.successors].map { $0.map { [$0.0, $0.1] } }
        }
        columns = settings.columns.sorted { $0.key < $1.key }.map { name, column in
            Column(
                name: name, kind: column.kind, left: column.name(name, inList: 0, of: isSelf ? 1 : 2),
                right: column.name(name, inList: 1, of: 2),
                wantsFacts: column.kind.hasFacts)
        }
    }

    var areaKnowledge: AreaKnowledge? {
        guard let areas, areas.count == 2 else { return nil }
        func pairs(_ table: [[String]]) -> [(String, String)] {
            table.compactMap { $0.count == 2 ? ($0[0], $0[1]) : nil }
        }
        return AreaKnowledge(neighbours: pairs(areas[0]), successors: pairs(areas[1]))
    }

    /// Column values read as all records together say.
    func column(_ index: Int, _ pool: TextPool) -> LinkData.Column {
        var pool = pool
        let column = columns[index]
        let areas = column.kind == .commune ? areaKnowledge : nil
        areas?.addNames(to: &pool)
        let values = ColumnValues(kind: column.kind, pool: pool, knowing: facts.isEmpty ? nil : facts[index])
        return LinkData.Column(name: column.name, values: values, pool: pool, areas: areas)
    }
}

extension AreaKnowledge {
    /// Names are known even where the lists do not hold them: a record that comes later may.
    func addNames(to pool: inout TextPool) {
        for (first, second) in neighbours + successors {
            _ = pool.code(of: Array(first.utf8))
            _ = pool.code(of: Array(second.utf8))
        }
    }
}

/// What went wrong between the parts of a run on a cluster.
public struct ClusterFault: Error, Sendable, CustomStringConvertible {
    public let description: String

    public init(_ description: String) { self.description = description }
}
