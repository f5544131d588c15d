/// Which ground counts where a person has several (Law on Social Insurance, article 2.5).
struct Precedence: Sendable, Equatable {
    /// Each of these goes before each of ``over``.
    let first: [Coverage.Ground]
    let over: [Coverage.Ground]
    /// In Vietnamese, as a reason cites it.
    let article: String
    /// What the law leaves to a decree that stands in the parameters; nil where the law says it itself.
    var parameter: String? = nil

    /// The rows of the article; no pair of grounds stands in two of them.
    static let rows: [Precedence] = [
        Precedence(first: [.b, .i], over: [.a, .l], article: "khoản 5 điểm b Điều 2"),
        Precedence(first: [.a, .i, .l], over: [.g, .k], article: "khoản 5 điểm d Điều 2"),
        Precedence(first: [.k], over: [.m, .n], article: "khoản 5 điểm đ Điều 2"),
        Precedence(first: [.e], over: [.k, .m], article: "khoản 5 điểm g Điều 2"),
        Precedence(
            first: [.a, .b, .c, .d, .đ, .g, .h, .i, .l], over: [.m, .n], article: "khoản 5 điểm e Điều 2",
            parameter: "coverage.precedence_m_n"),
        Precedence(first: [.e], over: [.n], article: "khoản 5 điểm e Điều 2", parameter: "coverage.precedence_m_n"),
    ]

    /// The row that settles a pair, and which of the two counts; nil where the article names no order.
    static func settling(_ one: Coverage.Ground, _ other: Coverage.Ground) -> (row: Precedence, first: Coverage.Ground)?
    {
        for row in rows {
            if row.first.contains(one), row.over.contains(other) { return (row, one) }
            if row.first.contains(other), row.over.contains(one) { return (row, other) }
        }
        return nil
    }

    /// The choice among grounds.
    struct Choice: Equatable {
        let ground: Coverage.Ground
        /// Rows by which others gave way.
        let rows: [Precedence]
        /// Grounds between which the article names no order, the chosen one among them; empty where it is settled.
        let unsettled: [Coverage.Ground]
    }

    /// Exactly one ground of any that are there: who gives way to another that is there does not count; of several left the
    /// first in the order of the law is proposed.
    /// - Returns: nil without a ground.
    static func choice(among grounds: [Coverage.Ground]) -> Choice? {
        let present = Coverage.Ground.allCases.filter(grounds.contains)
        var rows: [Precedence] = []
        let left = present.filter { ground in
            let over = present.lazy.filter { $0 != ground }.compactMap { other in
                settling(ground, other).flatMap { $0.first == other ? $0.row : nil }
            }.first
            if let over, !rows.contains(over) { rows.append(over) }
            return over == nil
        }
        guard let ground = left.first else { return nil }
        return Choice(ground: ground, rows: rows, unsettled: left.count > 1 ? left : [])
    }
}
