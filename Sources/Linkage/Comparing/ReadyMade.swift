extension ComparisonSettings {
    /// The levels of a column when none are written: good enough that short settings are good settings. What the column's values
    /// never show is left out, so that no level stays unseen for that.
    static func levels(for values: ColumnValues) -> [LevelSettings] {
        switch values.kind {
        case .personName:
            [
                .init("exact", frequency: true), .init("folded", frequency: true), .init("contained", frequency: true),
                .init("jaro-winkler >= 0.94"), .init("jaro-winkler >= 0.88"), .init("given"),
            ]
        case .namePart:
            [
                .init("exact", frequency: true), .init("folded", frequency: true), .init("damerau <= 1"),
                .init("jaro-winkler >= 0.9"), .init("jaro-winkler >= 0.8"),
            ]
        case .organisation:
            [
                .init("folded", frequency: true), .init("jaro-winkler >= 0.95"), .init("contained"),
                .init("tokens >= 0.6"), .init("tokens >= 0.4"),
            ]
        case .text:
            [
                .init("exact", frequency: true), .init("folded", frequency: true), .init("tokens >= 0.6"),
                .init("jaro-winkler >= 0.9"),
            ]
        case .date:
            [.init("exact"), .init("swapped")]
                + (values.date.contains { $0 != 0 && $0 % 10_000 == 0 } ? [.init("year-only")] : [])
                + [
                    .init("damerau <= 1"), .init("year and (month or day)"), .init("year"), .init("years <= 1"),
                ]
        case .identifier:
            [.init("exact"), .init("damerau <= 1"), .init("damerau <= 2")]
                + (values.broken.contains(1) ? [.init("broken")] : []) + (hasLengths(values) ? [.init("shorter")] : [])
        case .phone: [.init("exact", frequency: true), .init("damerau <= 1")]
        case .email: [.init("exact"), .init("damerau <= 2"), .init("local")]
        case .code: [.init("exact", frequency: true), .init("damerau <= 1")]
        case .number: [.init("exact", frequency: true), .init("within <= 0.1")]
        case .category: [.init("exact", frequency: true)]
        case .list: [.init("exact", frequency: true), .init("tokens >= 0.5"), .init("shares")]
        case .commune: [.init("folded", frequency: true)]
        }
    }

    /// With what is known of areas: old names and neighbours count.
    static func levels(for values: ColumnValues, areas: AreaTests?) -> [LevelSettings] {
        let levels = levels(for: values)
        guard values.kind == .commune, let areas else { return levels }
        return levels + (areas.knowsSuccessors ? [.init("successor")] : [])
            + (areas.knowsNeighbours ? [.init("neighbour")] : [])
    }

    private static func hasLengths(_ values: ColumnValues) -> Bool {
        var lengths: Set<Int> = []
        for code in 1..<max(values.texts.count + 1, 1) {
            lengths.insert(values.texts.range(of: UInt32(code)).count)
            if lengths.count > 1 { return true }
        }
        return false
    }
}
