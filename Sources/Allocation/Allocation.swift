public import Kernel

/// A year's target of every unit: how it was split, why each got what it got, what was missing.
public struct Allocation: Sendable, Equatable {
    public struct Row: Sendable, Equatable {
        public let code: String
        public let name: String
        public let total: Int
        public let voluntary: Int
        /// By the keys alone, before bounds and rounding.
        public let fairTotal: Double
        public let fairVoluntary: Double
        /// Why these numbers, in Vietnamese.
        public let reason: String
        /// The same in a few words, for a narrow column.
        public let brief: String
        /// Whether a bound holds the number where it is.
        public let isBound: Bool
    }

    /// In the order of the units given.
    public let rows: [Row]
    /// Σ w·((x − f)/f)² of both columns in whole people, and the least that any split of parts of people could reach.
    public let objective: [Measure: Double]
    public let leastObjective: [Measure: Double]
    /// What the method did without, in Vietnamese.
    public let remarks: [String]
    /// The keys that counted, with their weight in per cent and how many units have them.
    public let keys: [Measure: [(key: AllocationKey, percent: Double, units: Int)]]

    public static func == (left: Self, right: Self) -> Bool {
        left.rows == right.rows && left.objective == right.objective && left.remarks == right.remarks
    }

    /// Splits a year's total and, within it, its voluntary part.
    ///
    /// The total is split first, as the figure the plan gives; the voluntary part within what each unit got. Where the
    /// voluntary part cannot fit below the totals, those floors of the totals rise that it needs.
    /// - Parameters:
    ///   - units: each code once.
    ///   - total: all participants.
    ///   - voluntary: those of them in the voluntary scheme.
    ///   - settings: keys, bounds and locks.
    ///   - previous: the targets of the year before, which a later year is not below unless the settings allow it.
    /// - Throws: ``AllocationError`` in Vietnamese, naming the bounds to blame.
    public init(
        _ units: [AllocationUnit], total: Int, voluntary: Int, settings: AllocationSettings = .init(),
        previous: [String: (total: Int, voluntary: Int)] = [:]
    ) throws(AllocationError) {
        try settings.check()
        guard !units.isEmpty else { throw .input("Không có đơn vị nào để phân bổ.") }
        guard voluntary >= 0, voluntary <= total else {
            throw .input(
                "Chỉ tiêu tự nguyện (\(VietnameseText.grouped(voluntary))) phải từ 0 đến chỉ tiêu tổng số (\(VietnameseText.grouped(total)))."
            )
        }
        // Equal inputs give equal results whatever the order of the rows.
        let sorted = units.sorted { $0.code < $1.code }
        for (one, other) in zip(sorted, sorted.dropFirst()) where one.code == other.code {
            throw .input("Đơn vị \(one.code) (\(one.name)) có hai dòng.")
        }
        for code in settings.locks.keys.sorted() where !sorted.contains(where: { $0.code == code }) {
            throw .settings("locks: không có đơn vị “\(code)”")
        }
        let shares = (
            total: FairShare(sorted, .total, settings), voluntary: FairShare(sorted, .voluntary, settings)
        )
        var bounds = (
            total: sorted.map { Bounds($0, .total, settings, previous[$0.code]?.total) },
            voluntary: sorted.map { Bounds($0, .voluntary, settings, previous[$0.code]?.voluntary) }
        )
        for index in sorted.indices {
            // Whoever takes part voluntarily takes part.
            bounds.total[index].raise(bounds.voluntary[index].floor, .voluntaryFloor)
        }
        var totals = try Self.split(total, sorted, .total, bounds.total, shares.total)
        func within(_ totals: [Int]) -> [Bounds] {
            zip(bounds.voluntary, totals).map { $0.capped($1, .total) }
        }
        if within(totals).reduce(0, { $0 + ($1.cap ?? 0) }) < voluntary {
            let alone = try Self.split(voluntary, sorted, .voluntary, bounds.voluntary, shares.voluntary)
            for index in sorted.indices { bounds.total[index].raise(alone[index], .voluntaryFloor) }
            totals = try Self.split(total, sorted, .total, bounds.total, shares.total)
        }
        let inner = within(totals)
        let voluntaries = try Self.split(voluntary, sorted, .voluntary, inner, shares.voluntary)

        let quotas = (Self.quotas(bounds.total, shares.total), Self.quotas(inner, shares.voluntary))
        objective = [
            .total: Apportionment.objective(totals.map(Double.init), total: total, quotas.0),
            .voluntary: Apportionment.objective(voluntaries.map(Double.init), total: voluntary, quotas.1),
        ]
        let whole = (try? Apportionment.continuous(total, quotas.0), try? Apportionment.continuous(voluntary, quotas.1))
        leastObjective = [
            .total: whole.0.map { Apportionment.objective($0.parts, total: total, quotas.0) } ?? 0,
            .voluntary: whole.1.map { Apportionment.objective($0.parts, total: voluntary, quotas.1) } ?? 0,
        ]
        keys = [.total: shares.total.counted, .voluntary: shares.voluntary.counted]
        remarks = Self.remarks(sorted, shares.total, shares.voluntary)
        let fair = (Self.fair(total, shares.total), Self.fair(voluntary, shares.voluntary))
        let levels = (whole.0?.level ?? 1, whole.1?.level ?? 1)
        var byCode: [String: Row] = [:]
        for (index, unit) in sorted.enumerated() {
            let words = [
                Self.reason(.total, totals[index], fair.0[index], bounds.total[index], shares.total, index, levels.0),
                Self.reason(
                    .voluntary, voluntaries[index], fair.1[index], inner[index], shares.voluntary, index, levels.1),
            ]
            byCode[unit.code] = Row(
                code: unit.code, name: unit.name, total: totals[index], voluntary: voluntaries[index],
                fairTotal: fair.0[index], fairVoluntary: fair.1[index], reason: words.joined(separator: " "),
                brief: Self.brief(
                    (totals[index], bounds.total[index], fair.0[index]),
                    (voluntaries[index], inner[index], fair.1[index])),
                isBound: bounds.total[index].holds(totals[index]) || inner[index].holds(voluntaries[index]))
        }
        rows = units.compactMap { byCode[$0.code] }
    }

    /// Several years in a row: each is not below the one before unless the settings allow it.
    public static func years(
        _ units: [AllocationUnit], _ targets: [(total: Int, voluntary: Int)], settings: AllocationSettings = .init()
    ) throws(AllocationError) -> [Allocation] {
        var years: [Allocation] = []
        var previous: [String: (total: Int, voluntary: Int)] = [:]
        for target in targets {
            let year = try Allocation(
                units, total: target.total, voluntary: target.voluntary, settings: settings, previous: previous)
            previous = Dictionary(
                year.rows.map { ($0.code, (total: $0.total, voluntary: $0.voluntary)) }, uniquingKeysWith: { $1 })
            years.append(year)
        }
        return years
    }

    private static func quotas(_ bounds: [Bounds], _ share: FairShare) -> [Quota] {
        zip(bounds, share.weights).map { Quota(weight: $1, floor: $0.floor, cap: $0.cap) }
    }

    private static func fair(_ total: Int, _ share: FairShare) -> [Double] {
        let sum = Double(share.weights.reduce(0, +))
        return share.weights.map { Double(total) * Double($0) / sum }
    }

    private static func split(
        _ total: Int, _ units: [AllocationUnit], _ column: Measure, _ bounds: [Bounds], _ share: FairShare
    ) throws(AllocationError) -> [Int] {
        do {
            return try Apportionment.solve(total, quotas(bounds, share))
        } catch {
            throw .bounds(Self.words(error, units, column, bounds))
        }
    }
}
