import PlanText
import Access
import LawInForce
import Allocation
public import Kernel
import Legislation
public import Targets
import Work
import Province

/// What the State's support of the voluntary target costs, month by month.
///
/// Who will join is not known, so the estimate counts everybody as “other” (the lowest rate), except in special zones, where
/// everybody has the highest (Decree 159/2025, article 5.1): the least it can cost. Participants are taken to grow evenly
/// from the last result to the target over the year; months already used up are not known and not taken off.
public struct SupportCost: Sendable, Equatable {
    public struct MonthCost: Sendable, Equatable {
        public let month: Month
        /// Participants of ordinary communes and of special zones in the month.
        public let ordinary: Int
        public let special: Int
        public let perOrdinary: Dong
        public let perSpecial: Dong
        public let local: Dong
        public let state: Dong
    }

    public let months: [MonthCost]
    /// Of the State's support; local support apart.
    public var total: Dong { months.reduce(.zero) { $0 + $1.state } }
    public var local: Dong { months.reduce(.zero) { $0 + $1.local } }
    public let assumption: String
}

extension DocumentService {
    /// - Returns: nil without the law's tables, without the last results, or for a year whose parameters are not known.
    public func supportCost(of scenario: AllocationScenario) async throws -> SupportCost? {
        guard let law, scenario.scope == .city else { return nil }
        let table = try await law.table()
        let allocation = try scenario.content.allocation()
        var ordinary = (last: 0, target: 0)
        var special = (last: 0, target: 0)
        for (row, unit) in zip(allocation.rows, scenario.content.units) {
            guard let last = unit.lastVoluntary else { return nil }
            let isSpecial = CommuneCode(row.code).flatMap { definition.communes[$0] }?.kind == .special
            if isSpecial {
                special = (special.last + last, special.target + row.voluntary)
            } else {
                ordinary = (ordinary.last + last, ordinary.target + row.voluntary)
            }
        }
        var months: [SupportCost.MonthCost] = []
        for number in 1...12 {
            guard let month = Month(year: scenario.year, month: number),
                let terms = try? VoluntaryTerms(table, on: month.firstDay),
                let usual = Self.support(terms, month, isSpecial: false),
                let high = Self.support(terms, month, isSpecial: true)
            else { return nil }
            func people(_ range: (last: Int, target: Int)) -> Int {
                range.last + (range.target - range.last) * number / 12
            }
            let (here, there) = (people(ordinary), people(special))
            months.append(
                .init(
                    month: month, ordinary: here, special: there, perOrdinary: usual.state, perSpecial: high.state,
                    local: usual.local * here + high.local * there, state: usual.state * here + high.state * there))
        }
        return SupportCost(
            months: months,
            assumption:
                "Ước mức thấp nhất: mọi người tham gia thuộc “đối tượng khác”, riêng đặc khu hưởng tỷ lệ cao nhất; số người tăng đều từ kết quả gần nhất đến chỉ tiêu; chưa trừ người đã hưởng đủ số tháng. Tham số theo Nghị định 159/2025/NĐ-CP, Điều 5."
        )
    }

    private static func support(_ terms: VoluntaryTerms, _ month: Month, isSpecial: Bool) -> (state: Dong, local: Dong)?
    {
        let payment = try? VoluntaryContribution(
            .init(
                income: terms.leastIncome.amount, cadence: .monthly, start: month, group: .other,
                specialZone: isSpecial, monthsSupported: 0), terms)
        return payment.map { ($0.support, $0.localSupport) }
    }
}
