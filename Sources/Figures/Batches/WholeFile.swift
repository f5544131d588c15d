import Access
public import Kernel

/// How a file moves the whole of a scheme: sums over the communes that both sides know, so that a commune that is missing on
/// one side moves nothing.
///
/// A digit lost in one row is found by the jump of that row; a file of the wrong month, of half the people, or with another
/// way of counting moves every row a little and the whole a lot.
public struct WholeMove: Sendable, Equatable {
    /// What the file is compared with.
    public enum Reference: Sendable, Equatable {
        /// What holds in an earlier month: the latest one with enough communes.
        case month(Month)
        /// What holds in the same month, and would be replaced.
        case held
    }

    public let month: Month
    public let scheme: Scheme
    public let reference: Reference
    /// Communes with a figure on both sides.
    public let communes: Int
    public let before: Int
    /// With what the file changes.
    public let after: Int

    /// The move beyond which somebody has to say why before the file is taken. Ours, not the law's: voluntary participants
    /// swell at the year's end and fall over the new year, when yearly payments run out; within a year a fall is no season's.
    public var mostShare: Double {
        switch (scheme, reference) {
        case (.compulsory, _): 0.05
        case (.voluntary, _) where after >= before: 0.2
        case (.voluntary, .month(let earlier)) where earlier.year < month.year: 0.2
        case (.voluntary, _): 0.1
        }
    }

    /// Fewer people may move as they like: a few of them are a large share.
    static let smallest = 10_000

    /// The change as a share of what was.
    public var share: Double { before == 0 ? 0 : Double(after - before) / Double(before) }

    public var isLarge: Bool { abs(share) > mostShare }

    /// How the figures that a file changes move the sums of their months.
    /// - Parameters:
    ///   - units: the communes of the province; a sum of less than half of them says nothing of the whole.
    ///   - fresh: what the file changes.
    ///   - held: what holds, of the file's months and of the year before.
    static func moves(
        of fresh: [ReadFigure], over held: StoredFigures, communes units: [CommuneCode]
    ) -> [WholeMove] {
        struct Key: Hashable {
            let month: Month
            let scheme: Scheme
        }
        var changed: [Key: [CommuneCode: Int]] = [:]
        for figure in fresh {
            changed[Key(month: figure.month, scheme: figure.scheme), default: [:]][figure.commune] = figure.people
        }
        func after(_ commune: CommuneCode, _ key: Key) -> Int? {
            changed[key]?[commune] ?? held.people(commune, key.scheme, in: key.month)
        }
        func sums(_ key: Key, _ reference: Reference, _ before: (CommuneCode) -> Int?) -> WholeMove? {
            var (count, sumBefore, sumAfter) = (0, 0, 0)
            for commune in units {
                guard let old = before(commune), let new = after(commune, key) else { continue }
                count += 1
                sumBefore += old
                sumAfter += new
            }
            guard count * 2 >= units.count, max(sumBefore, sumAfter) >= smallest else { return nil }
            return WholeMove(
                month: key.month, scheme: key.scheme, reference: reference, communes: count, before: sumBefore,
                after: sumAfter)
        }
        var moves: [WholeMove] = []
        for key in changed.keys.sorted(by: { ($0.month, $0.scheme) < ($1.month, $1.scheme) }) {
            for back in 1...12 {
                let month = key.month.adding(months: -back)
                let earlier = Key(month: month, scheme: key.scheme)
                if let move = sums(key, .month(month), { after($0, earlier) }) {
                    moves.append(move)
                    break
                }
            }
            if let move = sums(key, .held, { held.people($0, key.scheme, in: key.month) }), move.before != move.after {
                moves.append(move)
            }
        }
        return moves
    }

    /// In Vietnamese, for screens, the command line and the refusal.
    public var sentence: String {
        let difference = after - before
        let words = difference < 0 ? "giảm" : "tăng"
        let against =
            switch reference {
            case .month(let month): "so với tháng \(month.vietnamese)"
            case .held: "so với số đang có của chính tháng này"
            }
        return
            "Tháng \(month.vietnamese), \(scheme.title): \(VietnameseText.grouped(after)) người, \(words) \(VietnameseText.grouped(abs(difference))) người (\(VietnameseText.oneDecimal(abs(share) * 100)) %) \(against) (\(VietnameseText.grouped(before)), cùng \(communes) đơn vị)"
    }
}

extension UnderstoodFile {
    private var doubts: [String] { moves.filter(\.isLarge).map(\.sentence) }

    /// - Throws: a refusal of the field `whole` when a sum moves much and nobody said why.
    func require(_ whole: String) throws {
        try WholeReason.require(
            whole, for: doubts, hint: "Hãy kiểm tra tệp đúng kỳ, đủ đơn vị, đúng cách đếm")
    }

    /// The reason as the audit trail keeps it; nil when no sum moves much.
    func confirmation(_ whole: String) -> String? { WholeReason.confirmation(whole, for: doubts) }
}

/// What somebody has to say before a file is taken that moves much as a whole.
enum WholeReason {
    /// Letters; shorter is no reason.
    private static let least = 10
    /// Of a file with many doubts so many are told.
    private static let mostTold = 6

    /// - Throws: a refusal of the field `whole` when there are doubts and nobody said why they are right.
    static func require(_ reason: String, for doubts: [String], hint: String) throws {
        guard !doubts.isEmpty, VietnameseText.tidy(reason).count < least else { return }
        throw Refusal(fields: [
            .init(
                FigureField.whole,
                "Chưa nhận: \(told(doubts)). \(hint); nếu đúng, ghi lý do (ít nhất \(least) chữ) rồi nhận.")
        ])
    }

    /// The doubts with the reason, as the audit trail keeps them; nil without a doubt.
    static func confirmation(_ reason: String, for doubts: [String]) -> String? {
        doubts.isEmpty ? nil : "\(told(doubts)). Lý do: \(VietnameseText.tidy(reason))"
    }

    private static func told(_ doubts: [String]) -> String {
        doubts.prefix(mostTold).joined(separator: "; ")
            + (doubts.count > mostTold ? "; và \(doubts.count - mostTold) chỗ khác" : "")
    }
}
