extension ComparisonSettings {
    /// The levels of a kind when none are written: good enough that short settings are good settings.
    static func levels(for kind: ColumnKind) -> [LevelSettings] {
        switch kind {
        case .personName:
            [
                .init("exact", frequency: true), .init("folded", frequency: true), .init("contained", frequency: true),
                .init("jaro-winkler >= 0.94"), .init("jaro-winkler >= 0.88"), .init("given"),
            ]
        case .namePart:
            [
                .init("exact", frequency: true), .init("folded", frequency: true), .init("damerau <= 1"),
                .init("jaro-winkler >= 0.9"),
                .init("jaro-winkler >= 0.8"),
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
            [
                .init("exact"), .init("swapped"), .init("year-only"), .init("damerau <= 1"),
                .init("year and (month or day)"), .init("year"), .init("years <= 1"),
            ]
        case .identifier: [.init("exact"), .init("damerau <= 1"), .init("damerau <= 2"), .init("shorter")]
        case .phone: [.init("exact"), .init("damerau <= 1")]
        case .code: [.init("exact", frequency: true), .init("damerau <= 1")]
        case .number: [.init("exact", frequency: true), .init("within <= 0.1")]
        case .category: [.init("exact", frequency: true)]
        }
    }
}
