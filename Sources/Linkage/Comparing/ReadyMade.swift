extension ComparisonSettings {
    /// The levels of a column when none are written: good enough that short settings are good settings. What the column's values
    /// never show is left out, so that no level stays unseen for that.
    static func levels(for values: ColumnValues) -> [LevelSettings] {
        switch values.kind {
        case .personName:
            [
                .init(.same(.exact), frequency: true), .init(.same(.folded), frequency: true),
                .init(.contained, frequency: true), .init(.same(.letters), frequency: true), .init(.abbreviated),
                .init(.jaroWinkler(least: 0.94)), .init(.jaroWinkler(least: 0.88)), .init(.same(.given)),
            ]
        case .namePart:
            [
                .init(.same(.exact), frequency: true), .init(.same(.folded), frequency: true), .init(.damerau(most: 1)),
                .init(.jaroWinkler(least: 0.9)), .init(.jaroWinkler(least: 0.8)),
            ]
        case .organisation:
            [
                .init(.same(.folded), frequency: true), .init(.jaroWinkler(least: 0.95)), .init(.contained),
                .init(.tokens(least: 0.6)), .init(.tokens(least: 0.4)),
            ]
        case .text:
            [
                .init(.same(.exact), frequency: true), .init(.same(.folded), frequency: true),
                .init(.cutOff, frequency: true), .init(.tokens(least: 0.6)),
                .init(.jaroWinkler(least: 0.9)),
            ]
        case .date where values.facts.isOfEvents:
            [
                .init(.same(.exact)), .init(.apart(.day, most: 1)), .init(.apart(.day, most: 3)),
                .init(.apart(.day, most: 7)), .init(.apart(.day, most: 14)), .init(.apart(.day, most: 31)),
                .init(.dayAndMonthSwapped), .init(.damerau(most: 1)),
            ]
        case .date:
            // Some days are written far more often than others: the first of January where the day is not known.
            [.init(.same(.exact), frequency: true), .init(.dayAndMonthSwapped)]
                + (values.facts.hasYearsAlone ? [.init(.yearAlone)] : [])
                + [
                    .init(.damerau(most: 1)),
                    .init(
                        .and(.test(.sameDatePart(.year)), .or(.test(.sameDatePart(.month)), .test(.sameDatePart(.day))))
                    ), .init(.sameDatePart(.year)), .init(.apart(.year, most: 1)),
                ]
        case .identifier:
            [.init(.same(.exact)), .init(.damerau(most: 1)), .init(.damerau(most: 2))]
                + (values.facts.hasBroken ? [.init(.failsCheck)] : [])
                + (values.facts.hasLengths ? [.init(.otherLength)] : [])
        case .phone: [.init(.same(.exact), frequency: true), .init(.damerau(most: 1))]
        case .email: [.init(.same(.exact)), .init(.damerau(most: 2)), .init(.sameMailbox)]
        case .code:
            [.init(.same(.exact), frequency: true), .init(.damerau(most: 1))]
                + (values.facts.isLong ? [.init(.samePrefix(3))] : [])
        case .number:
            [
                .init(.same(.exact), frequency: true), .init(.within(share: 0.01)), .init(.within(share: 0.03)),
                .init(.within(share: 0.1)), .init(.within(share: 0.3)),
            ]
        case .category: [.init(.same(.exact), frequency: true)]
        case .list: [.init(.same(.exact), frequency: true), .init(.tokens(least: 0.5)), .init(.sharedWord)]
        case .commune: [.init(.same(.folded), frequency: true)]
        }
    }

    /// With what is known of areas: old names and neighbours count.
    static func levels(for values: ColumnValues, areas: AreaTests?) -> [LevelSettings] {
        let levels = levels(for: values)
        guard values.kind == .commune, let areas else { return levels }
        return levels + (areas.knowsSuccessors ? [.init(.successors)] : [])
            + (areas.knowsNeighbours ? [.init(.neighbours)] : [])
    }
}
