public import Kernel

/// What a file of movements says that can hardly be: taken only with a reason. A file of another month, of another unit of
/// counting or with a column moved is well formed row by row.
public struct MovementDoubt: Sendable, Equatable {
    public enum Kind: Sendable, Equatable {
        /// So many came or went, of so many who take part.
        case flow(MovementMeasure, people: Int)
        /// The form's own number at the month's end, against the figures that hold of a month.
        case closing(figures: Int, of: Month)
    }

    public let place: MovementPlace
    public let scheme: Scheme
    public let month: Month
    public let kind: Kind
    /// What the file states.
    public let value: Int

    /// The share of all participants of a place beyond which flows of one month are asked about. Ours.
    public static let mostFlow = 0.5
    /// Fewer people come and go as they like.
    static let smallest = 50

    /// In Vietnamese, for screens and the refusal.
    /// - Parameter name: how a place is called.
    public func sentence(_ name: (MovementPlace) -> String) -> String {
        let head = "\(name(place)), \(scheme.word), tháng \(month.vietnamese): "
        switch kind {
        case .flow(let measure, let people):
            return head
                + "\(measure.title.lowercased()) \(VietnameseText.grouped(value)) người, quá một nửa số đang tham gia (\(VietnameseText.grouped(people)))"
        case .closing(let figures, let other):
            let share = figures == 0 ? 0 : abs(Double(value - figures)) / Double(figures) * 100
            return head
                + "cuối tháng \(VietnameseText.grouped(value)) người, \(value < figures ? "kém" : "hơn") \(VietnameseText.oneDecimal(share)) % so với số liệu \(other == month ? "của chính tháng này" : "tháng \(other.vietnamese)") (\(VietnameseText.grouped(figures)))"
        }
    }

    /// - Parameters:
    ///   - movements: what the file states.
    ///   - people: the participants of a place and scheme at a month's end; nil where not all of its communes have a figure.
    static func doubts(
        of movements: [ReadMovement], people: (MovementPlace, Scheme, Month) -> Int?
    ) -> [MovementDoubt] {
        struct Account: Hashable {
            let place: MovementPlace
            let scheme: Scheme
        }
        var stated: [Account: [MovementMeasure: Int]] = [:]
        for movement in movements where movement.key.block == nil {
            guard let scheme = movement.key.scheme else { continue }
            stated[Account(place: movement.key.place, scheme: scheme), default: [:]][movement.key.measure] =
                movement.value
        }
        var doubts: [MovementDoubt] = []
        for movement in movements {
            guard let scheme = movement.key.scheme else { continue }
            let (place, month) = (movement.key.place, movement.key.month)
            let own = stated[Account(place: place, scheme: scheme)]
            func doubt(_ kind: Kind) {
                doubts.append(
                    MovementDoubt(place: place, scheme: scheme, month: month, kind: kind, value: movement.value))
            }
            switch movement.key.measure {
            case .joined, .returned, .stopped, .joinedThroughOrganisations:
                guard movement.value >= smallest,
                    let all = people(place, scheme, month.adding(months: -1)) ?? people(place, scheme, month)
                        ?? own?[.opening] ?? own?[.participants],
                    Double(movement.value) > Double(all) * mostFlow
                else { continue }
                doubt(.flow(movement.key.measure, people: all))
            case .participants where movement.key.block == nil:
                for other in [month, month.adding(months: -1)] {
                    guard let figures = people(place, scheme, other) else { continue }
                    let move = WholeMove(
                        month: month, scheme: scheme, reference: other == month ? .held : .month(other), communes: 0,
                        before: figures, after: movement.value)
                    if max(figures, movement.value) >= smallest, move.isLarge || figures == 0 {
                        doubt(.closing(figures: figures, of: other))
                    }
                    break
                }
            default: continue
            }
        }
        return doubts
    }
}
