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
    /// How many communes opening and closing are of, of how many. Fewer than all where the flows are of the same communes too.
    public let communes: Int
    public let allCommunes: Int
    /// At the beginning and at the end of the month, as a form or table of movements states it.
    public var statedOpening: Int?
    public var statedClosing: Int?

    /// What opening and flows come to; nil unless all four are known. Without figures the opening that a file states counts.
    public var expected: Int? {
        guard let opening = opening ?? statedOpening, let joined, let returned, let stopped else { return nil }
        return opening + joined + returned - stopped
    }

    /// What the flows do not explain: people who moved to another commune, corrections, months reported late.
    public var remainder: Int? {
        expected.flatMap { expected in (closing ?? statedClosing).map { $0 - expected } }
    }

    /// Whether opening, flows and closing are of some communes of the place only.
    public var isOfPart: Bool { opening != nil && communes < allCommunes }

    /// Numbers of a place and scheme by measure.
    private typealias Numbers = [MovementMeasure: Int]
    private static let flows: [MovementMeasure] = [.joined, .returned, .stopped]

    private struct Key: Hashable {
        let place: MovementPlace
        let scheme: Scheme
    }

    /// The accounts of a month: of the province, of offices and communes that flows, opening or closing are known of.
    ///
    /// The province's flows are its own line. Where it has none, or where some communes lack a figure, they are the sum over
    /// the communes that have both figures and all three flows, as long as these are at least half.
    /// - Parameters:
    ///   - movements: what holds in the month.
    ///   - areas: the communes of each office that flows may be of.
    ///   - people: the figures that hold of a commune, scheme and month.
    public static func accounts(
        of month: Month, movements: [Movement], communes: [CommuneCode], areas: [AgencyUnitCode: [CommuneCode]],
        people: (CommuneCode, Scheme, Month) -> Int?
    ) -> [MovementBalance] {
        var numbers: [Key: Numbers] = [:]
        for movement in movements where (flows + [.opening, .participants]).contains(movement.key.measure) {
            guard movement.key.month == month, movement.key.block == nil, let scheme = movement.key.scheme else {
                continue
            }
            numbers[Key(place: movement.key.place, scheme: scheme), default: [:]][movement.key.measure] = movement.value
        }
        let before = month.adding(months: -1)
        func account(_ key: Key, _ numbers: Numbers, over area: [CommuneCode], of all: Int) -> MovementBalance {
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
                place: key.place, scheme: key.scheme, opening: isWhole ? opening : nil, joined: numbers[.joined],
                returned: numbers[.returned], stopped: numbers[.stopped], closing: isWhole ? closing : nil,
                communes: count, allCommunes: all, statedOpening: numbers[.opening],
                statedClosing: numbers[.participants])
        }
        var accounts: [MovementBalance] = []
        for scheme in Scheme.allCases {
            let key = Key(place: .province, scheme: scheme)
            var own = numbers.removeValue(forKey: key) ?? [:]
            let whole = communes.allSatisfy { people($0, scheme, before) != nil && people($0, scheme, month) != nil }
            let counted = communes.filter { commune in
                let known = numbers[Key(place: .commune(commune), scheme: scheme)] ?? [:]
                return people(commune, scheme, before) != nil && people(commune, scheme, month) != nil
                    && flows.allSatisfy { known[$0] != nil }
            }
            if !(whole && flows.allSatisfy { own[$0] != nil }), !counted.isEmpty, counted.count * 2 >= communes.count {
                for flow in flows {
                    own[flow] = counted.reduce(0) {
                        $0 + (numbers[Key(place: .commune($1), scheme: scheme)]?[flow] ?? 0)
                    }
                }
                accounts.append(account(key, own, over: counted, of: communes.count))
                continue
            }
            for flow in flows where own[flow] == nil {
                let values = communes.map { numbers[Key(place: .commune($0), scheme: scheme)]?[flow] }
                guard !values.isEmpty, !values.contains(nil) else { continue }
                own[flow] = values.compactMap(\.self).reduce(0, +)
            }
            if !own.isEmpty { accounts.append(account(key, own, over: communes, of: communes.count)) }
        }
        accounts += numbers.map { key, numbers in
            let area = key.place.communes(of: communes, areas)
            return account(key, numbers, over: area, of: area.count)
        }
        return accounts.sorted { ($0.place, $0.scheme) < ($1.place, $1.scheme) }
    }
}
