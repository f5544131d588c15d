public import Kernel

/// The special groups of the voluntary scheme, by State support (Decree 159/2025, article 5.1).
public enum SupportGroup: String, Codable, Sendable, CaseIterable {
    case poor
    case nearPoor = "near-poor"
    case ethnicMinority = "ethnic-minority"
    case other

    public var words: String {
        switch self {
        case .poor: "hộ nghèo"
        case .nearPoor: "hộ cận nghèo"
        case .ethnicMinority: "người dân tộc thiểu số"
        case .other: "đối tượng khác"
        }
    }
}

/// What the law says of the voluntary scheme on a day: asked for once, used for any number of people.
/// A class, for it is handed over for each of millions of payments: a struct of this size would be copied each time.
public final class VoluntaryTerms: Sendable, Equatable {
    /// The day asked for; the terms are the same for every day of ``holds(on:)``.
    public let day: Day
    let rate: Share
    let floor: Dong
    let ceiling: Dong
    let povertyLine: Dong
    let supportMonths: Int
    let mostMonthsAhead: Int
    /// Monthly support by group, and for island communes and special zones.
    private let support: (poor: Dong, nearPoor: Dong, minority: Dong, other: Dong)
    private let shares: (poor: Share, nearPoor: Share, minority: Share, other: Share)
    /// What the People's Council adds for one month (Decree 159/2025, article 5 lets it); nil while no resolution is entered.
    private let local: (poor: LocalSupport?, nearPoor: LocalSupport?, minority: LocalSupport?, other: LocalSupport?)
    public let used: [UsedParameter]
    private let from: Day
    private let to: Day?

    /// - Throws: ``LegislationError/noValue(key:name:day:awaits:)`` for a day before the tables.
    public init(_ table: ParameterTable, on day: Day) throws {
        var asked = Asked(table)
        self.day = day
        rate = try asked.value(.voluntaryRate, on: day)
        floor = try asked.value(.voluntaryFloor, on: day)
        ceiling = try asked.value(.referenceLevel, on: day) * asked.value(.ceilingTimes, on: day)
        povertyLine = try asked.value(.povertyLine, on: day)
        supportMonths = try asked.value(.supportMonths, on: day)
        mostMonthsAhead = try asked.value(.mostMonthsAhead, on: day)
        shares = (
            try asked.value(.supportHighest, on: day), try asked.value(.supportNearPoor, on: day),
            try asked.value(.supportMinority, on: day), try asked.value(.supportOther, on: day)
        )
        let base = povertyLine
        let rate = rate
        func amount(_ share: Share) -> Dong { base * (rate * share) }
        support = (amount(shares.poor), amount(shares.nearPoor), amount(shares.minority), amount(shares.other))
        func local(_ key: ParameterKey<Share>) throws -> LocalSupport? {
            try asked.awaited(key, on: day).map { LocalSupport(share: $0, amount: amount($0)) }
        }
        self.local = (
            try local(.localSupportPoor), try local(.localSupportNearPoor), try local(.localSupportMinority),
            try local(.localSupportOther)
        )
        used = asked.used
        from = used.map(\.value.from).max() ?? day
        to = used.compactMap(\.value.to).min()
    }

    /// The least and the most income that may be chosen.
    public var leastIncome: Dong { floor }
    public var mostIncome: Dong { ceiling }
    /// Months the State supports in all.
    public var mostSupportedMonths: Int { supportMonths }

    /// Whether the terms are those of another day too.
    public func holds(on other: Day) -> Bool { from <= other && (to.map { other <= $0 } ?? true) }

    /// The State's share for one month; living in an island commune or special zone counts as much as a poor household.
    func support(_ group: SupportGroup, specialZone: Bool) -> (share: Share, amount: Dong) {
        if specialZone { return (shares.poor, support.poor) }
        switch group {
        case .poor: return (shares.poor, support.poor)
        case .nearPoor: return (shares.nearPoor, support.nearPoor)
        case .ethnicMinority: return (shares.minority, support.minority)
        case .other: return (shares.other, support.other)
        }
    }

    /// A locality's part of one month.
    struct LocalSupport {
        let share: Share
        let amount: Dong
    }

    /// What the locality adds for one month; nil while no resolution gives any.
    func localSupport(_ group: SupportGroup, specialZone: Bool) -> LocalSupport? {
        if specialZone { return local.poor }
        switch group {
        case .poor: return local.poor
        case .nearPoor: return local.nearPoor
        case .ethnicMinority: return local.minority
        case .other: return local.other
        }
    }

    public static func == (left: VoluntaryTerms, right: VoluntaryTerms) -> Bool {
        left.day == right.day && left.used == right.used
    }
}
