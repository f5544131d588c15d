public import Kernel

/// Health insurance of a household, by the order of its members (Decree 188/2025).
public struct HouseholdHealth: Sendable, Equatable {
    public struct Input: Codable, Sendable, Equatable {
        /// Who take part together.
        public var members: Int
        /// Paid for: 3, 6 or 12 months.
        public var months: Int?
        /// First month paid for.
        public var start: Month
    }

    /// Of the first member, the second …, for all the months.
    public let amounts: [Dong]
    public var total: Dong { amounts.reduce(.zero, +) }
    public let used: [UsedParameter]

    public init(_ input: Input, _ table: ParameterTable, trace: inout some Tracing) throws {
        guard (1...50).contains(input.members) else {
            throw LegislationError.input(field: "members", reason: "số thành viên từ 1 đến 50")
        }
        let months = input.months ?? 12
        guard [3, 6, 12].contains(months) else {
            throw LegislationError.input(field: "months", reason: "đóng 3, 6 hoặc 12 tháng một lần")
        }
        var asked = Asked(table)
        let day = input.start.firstDay
        let (level, rate) = (try asked.value(.referenceLevel, on: day), try asked.value(.healthTotal, on: day))
        let shares = try asked.value(.householdHealth, on: day)
        guard let last = shares.last else {
            throw LegislationError.problem(
                file: "health-insurance", key: "bhyt.household.member_order_rates", reason: "không có mức nào")
        }
        let first = level * rate
        trace.step {
            .money(
                "Mức đóng một tháng của người thứ nhất", "\(rate.percentText) × \(level.grouped)", first,
                "Nghị định 188/2025/NĐ-CP")
        }
        amounts = (0..<input.members).map { index in
            let share = index < shares.count ? shares[index] : last
            let amount = level * (rate * share) * months
            trace.step {
                .money(
                    "Người thứ \(index + 1)", "\(share.percentText) × \(first.grouped) × \(months) tháng", amount,
                    "Nghị định 188/2025/NĐ-CP", sum: "total")
            }
            return amount
        }
        used = asked.used
    }
}
