import PlanText
import Access
import LawInForce
import Allocation
public import Kernel
import Legislation
public import Targets
import Work
import Province

/// What the State's support of the voluntary target costs in a year: a range with what each end supposes.
///
/// Who will join, how each pays and who has used up the 120 supported months is not known; what the law gives is the support of a
/// month (Decree 159/2025, article 5.1), which stays what it was where a period was paid for before the poverty line changed
/// (article 5.5). Both ends count everybody as “other” (special zones have the highest rate) and every month of the year; they
/// differ in what those who take part already have paid ahead. What lies outside the range is told for a thousand people.
/// Participants are taken to grow evenly from the last result to the target over the year.
public struct SupportCost: Sendable, Equatable {
    public struct MonthCost: Sendable, Equatable {
        public let month: Month
        /// Participants of ordinary communes and of special zones in the month.
        public let ordinary: Int
        public let special: Int
        public let perOrdinary: Dong
        public let perSpecial: Dong
        public let local: Dong
        /// Where everybody pays at the month's own rates.
        public let state: Dong
        /// Where those who took part at the year's beginning have paid the year ahead, at the rates of before it.
        public let statePaidAhead: Dong
    }

    /// What the State's support changes by for each thousand people who are not as supposed.
    public struct PerThousand: Sendable, Equatable {
        /// Less: they stop in the middle of the year and nobody takes their place.
        public let stopped: Dong
        /// Less: their 120 months are used up.
        public let usedUp: Dong
        /// More: they live in a poor household.
        public let poor: Dong
    }

    public let months: [MonthCost]
    public let perThousand: PerThousand
    /// Of the State's support at the month's own rates; local support apart.
    public var total: Dong { months.reduce(.zero) { $0 + $1.state } }
    public var totalPaidAhead: Dong { months.reduce(.zero) { $0 + $1.statePaidAhead } }
    public var least: Dong { min(total, totalPaidAhead) }
    public var most: Dong { max(total, totalPaidAhead) }
    public var local: Dong { months.reduce(.zero) { $0 + $1.local } }

    /// `từ 82,1 tỷ đến 119,9 tỷ`, or one number where both ends are the same.
    public var range: String {
        least == most ? Self.about(most) : "từ \(Self.about(least)) đến \(Self.about(most))"
    }

    /// An estimate is no account: from ten billions on in tenths of a billion, `119,9 tỷ`.
    static func about(_ dong: Dong) -> String {
        guard dong.amount >= 10_000_000_000 else { return VietnameseText.grouped(dong.amount) }
        let tenths = (dong.amount + 50_000_000) / 100_000_000
        return "\(VietnameseText.grouped(tenths / 10)),\(tenths % 10) tỷ"
    }

    /// What the range supposes, in full sentences.
    public var assumption: String {
        func words(_ dong: Dong) -> String { VietnameseText.grouped(dong.amount) }
        let ahead =
            least == most
            ? "Mức hỗ trợ không đổi trong năm nên người đóng trước hay đóng hằng tháng đều được hỗ trợ như nhau."
            : "Đầu cao: mọi người đóng theo mức của từng tháng; đầu thấp: người đang tham gia đầu năm đã đóng trước cả năm, giữ mức hỗ trợ cũ."
        return
            "Số ước tính giả định: mỗi người đóng đủ 12 tháng, thuộc “đối tượng khác”, riêng đặc khu hưởng tỷ lệ cao nhất; số người tăng đều từ kết quả gần nhất đến chỉ tiêu. \(ahead) Ngoài khoảng này, cứ 1.000 người: dừng đóng từ giữa năm thì giảm \(words(perThousand.stopped)) đồng; đã hưởng đủ 120 tháng thì giảm \(words(perThousand.usedUp)) đồng; thuộc hộ nghèo thì tăng \(words(perThousand.poor)) đồng. Tham số theo Điều 5 Nghị định số 159/2025/NĐ-CP."
    }
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
        return Self.supportCost(year: scenario.year, ordinary: ordinary, special: special, table)
    }

    /// - Parameters:
    ///   - ordinary: voluntary participants by the last results, and the target.
    ///   - special: the same of special zones.
    static func supportCost(
        year: Int, ordinary: (last: Int, target: Int), special: (last: Int, target: Int), _ table: ParameterTable
    ) -> SupportCost? {
        guard let first = Month(year: year, month: 1),
            // What somebody paid for before the year began is priced by the month before it.
            let before = rates(table, first.adding(months: -1))
        else { return nil }
        var months: [SupportCost.MonthCost] = []
        var perThousand = (stopped: Dong.zero, whole: Dong.zero, poor: Dong.zero)
        for number in 1...12 {
            guard let month = Month(year: year, month: number), let now = rates(table, month) else { return nil }
            func people(_ range: (last: Int, target: Int)) -> Int {
                range.last + (range.target - range.last) * number / 12
            }
            let (here, there) = (people(ordinary), people(special))
            // Of those who take part, so many did when the year began.
            let (old, oldThere) = (min(here, ordinary.last), min(there, special.last))
            months.append(
                .init(
                    month: month, ordinary: here, special: there, perOrdinary: now.other.state,
                    perSpecial: now.zone.state, local: now.other.local * here + now.zone.local * there,
                    state: now.other.state * here + now.zone.state * there,
                    statePaidAhead: before.other.state * old + now.other.state * (here - old)
                        + before.zone.state * oldThere + now.zone.state * (there - oldThere)))
            perThousand.whole = perThousand.whole + now.other.state * 1_000
            perThousand.poor = perThousand.poor + (now.poor.state - now.other.state) * 1_000
            if number > 6 { perThousand.stopped = perThousand.stopped + now.other.state * 1_000 }
        }
        return SupportCost(
            months: months,
            perThousand: .init(
                stopped: perThousand.stopped, usedUp: perThousand.whole, poor: perThousand.poor))
    }

    private typealias Support = (state: Dong, local: Dong)

    /// The support of a month: of “other”, of a special zone, of a poor household.
    private static func rates(_ table: ParameterTable, _ month: Month) -> (
        other: Support, zone: Support, poor: Support
    )? {
        guard let terms = try? VoluntaryTerms(table, on: month.firstDay) else { return nil }
        func support(_ group: SupportGroup, isSpecial: Bool = false) -> Support? {
            let payment = try? VoluntaryContribution(
                .init(
                    income: terms.leastIncome.amount, cadence: .monthly, start: month, group: group,
                    specialZone: isSpecial, monthsSupported: 0), terms)
            return payment.map { ($0.support, $0.localSupport) }
        }
        guard let other = support(.other), let zone = support(.other, isSpecial: true), let poor = support(.poor)
        else { return nil }
        return (other, zone, poor)
    }
}
