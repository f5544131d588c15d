public import Kernel

/// A month of one place and scheme as an account: who was in at its beginning, who came and went, who is in at its end, and
/// what these do not explain.
public struct MovementBalance: Sendable, Equatable {
    public let place: MovementPlace
    public let scheme: Scheme
    /// At the end of the month before: of the figures that hold, over the communes that have one in both months.
    public let opening: Int?
    public let joined: Int?
    public let returned: Int?
    public let stopped: Int?
    /// At the end of the month, of the same communes.
    public let closing: Int?
    /// How many communes opening and closing are of, of how many.
    public let communes: Int
    public let allCommunes: Int

    /// What opening and flows come to; nil unless all four are known.
    public var expected: Int? {
        guard let opening, let joined, let returned, let stopped else { return nil }
        return opening + joined + returned - stopped
    }

    /// What the flows do not explain: people who moved to another commune, corrections, months reported late.
    public var remainder: Int? { expected.flatMap { expected in closing.map { $0 - expected } } }

    /// The accounts of a month: of the province, of offices and communes that flows are known of.
    /// - Parameters:
    ///   - movements: what holds in the month.
    ///   - areas: the communes of each office that flows may be of.
    ///   - people: the figures that hold of a commune, scheme and month.
    public static func accounts(
        of month: Month, movements: [Movement], communes: [CommuneCode], areas: [AgencyUnitCode: [CommuneCode]],
        people: (CommuneCode, Scheme, Month) -> Int?
    ) -> [MovementBalance] {
        struct Key: Hashable {
            let place: MovementPlace
            let scheme: Scheme
        }
        var flows: [Key: [MovementMeasure: Int]] = [:]
        for movement in movements where [.joined, .returned, .stopped].contains(movement.key.measure) {
            guard movement.key.month == month, movement.key.block == nil, let scheme = movement.key.scheme else {
                continue
            }
            flows[Key(place: movement.key.place, scheme: scheme), default: [:]][movement.key.measure] = movement.value
        }
        // The province's own flows, or the sum of all communes where each has them.
        for scheme in Scheme.allCases {
            let key = Key(place: .province, scheme: scheme)
            for measure in [MovementMeasure.joined, .returned, .stopped] where flows[key]?[measure] == nil {
                let values = communes.map { flows[Key(place: .commune($0), scheme: scheme)]?[measure] }
                guard !values.isEmpty, !values.contains(nil) else { continue }
                flows[key, default: [:]][measure] = values.compactMap(\.self).reduce(0, +)
            }
        }
        let before = month.adding(months: -1)
        return flows.map { key, flows in
            let area: [CommuneCode] =
                switch key.place {
                case .province: communes
                case .commune(let commune): [commune]
                case .unit(let unit): areas[unit] ?? []
                }
            var (count, opening, closing) = (0, 0, 0)
            for commune in area {
                guard let old = people(commune, key.scheme, before), let new = people(commune, key.scheme, month) else {
                    continue
                }
                count += 1
                opening += old
                closing += new
            }
            // The flows of all explain nothing of a part.
            let isWhole = count == area.count && count > 0
            return MovementBalance(
                place: key.place, scheme: key.scheme, opening: isWhole ? opening : nil, joined: flows[.joined],
                returned: flows[.returned], stopped: flows[.stopped], closing: isWhole ? closing : nil,
                communes: count, allCommunes: area.count)
        }.sorted { ($0.place, $0.scheme) < ($1.place, $1.scheme) }
    }
}
