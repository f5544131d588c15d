import Foundation
public import Kernel

/// How often a participant of the voluntary scheme pays (Law on Social Insurance, article 36.2).
public enum VoluntaryCadence: String, Codable, Sendable, CaseIterable {
    case monthly
    case threeMonths = "3-months"
    case sixMonths = "6-months"
    case twelveMonths = "12-months"
    /// Two to five years ahead, discounted.
    case ahead
    /// Months missing for a pension, with interest.
    case missing

    /// Months of a regular payment; nil where they are asked for.
    public var months: Int? {
        switch self {
        case .monthly: 1
        case .threeMonths: 3
        case .sixMonths: 6
        case .twelveMonths: 12
        case .ahead, .missing: nil
        }
    }

    public var words: String {
        switch self {
        case .monthly: "hằng tháng"
        case .threeMonths: "3 tháng một lần"
        case .sixMonths: "6 tháng một lần"
        case .twelveMonths: "12 tháng một lần"
        case .ahead: "một lần cho nhiều năm về sau"
        case .missing: "một lần cho những năm còn thiếu"
        }
    }
}

/// One payment into the voluntary scheme: what it costs, what the State adds, until when it is to be paid.
public struct VoluntaryContribution: Sendable, Equatable {
    public struct Input: Codable, Sendable, Equatable {
        /// The income chosen as base, a month.
        public var income: Int
        public var cadence: VoluntaryCadence
        /// The first month paid for.
        public var start: Month
        /// The day of payment; the first day of ``start`` when left out.
        public var paidOn: Day?
        /// Of ``VoluntaryCadence/ahead``: 2 to 5.
        public var years: Int?
        /// Of ``VoluntaryCadence/missing``: 1 to 60.
        public var months: Int?
        public var group: SupportGroup?
        /// Lives in an island commune or a special zone.
        public var specialZone: Bool?
        /// Months the State has supported so far.
        public var monthsSupported: Int?

        public init(
            income: Int, cadence: VoluntaryCadence, start: Month, paidOn: Day? = nil, years: Int? = nil,
            months: Int? = nil, group: SupportGroup? = nil, specialZone: Bool? = nil, monthsSupported: Int? = nil
        ) {
            self.income = income
            self.cadence = cadence
            self.start = start
            self.paidOn = paidOn
            self.years = years
            self.months = months
            self.group = group
            self.specialZone = specialZone
            self.monthsSupported = monthsSupported
        }

        /// The day whose parameters price the payment.
        public var pricedOn: Day {
            cadence == .ahead || cadence == .missing ? paidOn ?? start.firstDay : start.firstDay
        }
    }

    /// Months paid for.
    public let months: Int
    /// The contribution of one month before support.
    public let monthly: Dong
    /// Before support.
    public let total: Dong
    public let supportShare: Share
    public let supportPerMonth: Dong
    public let supportedMonths: Int
    public let support: Dong
    /// What the locality adds for the same months, by a resolution of its People's Council.
    public let localSupport: Dong
    public let payable: Dong
    /// The last day to pay.
    public let due: Day
    /// Months of support left afterwards.
    public let supportMonthsLeft: Int

    /// - Parameters:
    ///   - input: who pays how.
    ///   - terms: of ``Input/pricedOn``.
    ///   - interest: the fund's monthly return, for payments ahead and missing months.
    /// - Throws: ``LegislationError/input(field:reason:)``.
    public init(_ input: Input, _ terms: VoluntaryTerms, interest: Share? = nil) throws(LegislationError) {
        var trace = NoTrace()
        try self.init(input, terms, interest: interest, trace: &trace)
    }

    public init<Told: Tracing>(
        _ input: Input, _ terms: VoluntaryTerms, interest: Share? = nil, trace: inout Told
    ) throws(LegislationError) {
        let income = Dong(input.income)
        guard income >= terms.floor else {
            throw .input(
                field: "income",
                reason:
                    "mức thu nhập chọn \(income.vietnamese) thấp hơn mức thấp nhất \(terms.floor.vietnamese) (chuẩn hộ nghèo nông thôn)"
            )
        }
        guard income <= terms.ceiling else {
            throw .input(
                field: "income",
                reason:
                    "mức thu nhập chọn \(income.vietnamese) cao hơn mức cao nhất \(terms.ceiling.vietnamese) (20 lần mức tham chiếu)"
            )
        }
        let used = input.monthsSupported ?? 0
        guard (0...10_000).contains(used) else {
            throw .input(field: "monthsSupported", reason: "số tháng không thể là \(used)")
        }
        months = try Self.months(input, terms)
        monthly = income * terms.rate
        if let interest, input.cadence == .ahead || input.cadence == .missing {
            total = Self.presentValue(input.cadence, Double(input.income) * terms.rate.double, months, interest)
        } else {
            guard input.cadence != .ahead, input.cadence != .missing else {
                throw .input(field: "paidOn", reason: "chưa có lãi suất đầu tư quỹ bình quân tháng cho ngày đóng")
            }
            total = monthly * months
        }
        (supportShare, supportPerMonth) = terms.support(input.group ?? .other, specialZone: input.specialZone ?? false)
        supportedMonths = min(months, max(terms.supportMonths - used, 0))
        support = min(supportPerMonth * supportedMonths, total)
        let local = terms.localSupport(input.group ?? .other, specialZone: input.specialZone ?? false)?.amount ?? .zero
        localSupport = min(local * supportedMonths, total - support)
        payable = total - support - localSupport
        supportMonthsLeft = max(terms.supportMonths - used - supportedMonths, 0)
        due = Self.due(input)
        if Told.isKept {
            let result = self
            trace.steps { result.steps(input, terms, interest) }
        }
    }

    private func steps(_ input: Input, _ terms: VoluntaryTerms, _ interest: Share?) -> [TraceStep] {
        let law = "Luật BHXH 41/2024/QH15"
        let decree = "Nghị định 159/2025/NĐ-CP"
        let group = input.specialZone ?? false ? "sống tại xã đảo, đặc khu" : (input.group ?? .other).words
        var steps: [TraceStep] = [
            .money(
                "Mức đóng một tháng", "\(terms.rate.percentText) × \(Dong(input.income).grouped)", monthly,
                "\(law), Điều 36 khoản 1")
        ]
        if let interest, input.cadence == .ahead {
            steps.append(
                .money(
                    "Tổng mức đóng \(months) tháng về sau",
                    "tổng của \(monthly.grouped) / (1 + \(interest.percentText))^(i − 1), i = 1…\(months)", total,
                    "\(decree), Điều 6 khoản 2"))
        } else if let interest, input.cadence == .missing {
            steps.append(
                .money(
                    "Tổng mức đóng \(months) tháng còn thiếu",
                    "tổng của \(monthly.grouped) × (1 + \(interest.percentText))^i, i = 1…\(months)", total,
                    "\(decree), Điều 7 khoản 2"))
        } else if months > 1 {
            steps.append(
                .money(
                    "Tổng mức đóng \(months) tháng", "\(monthly.grouped) × \(months)", total, "\(law), Điều 36 khoản 2")
            )
        }
        let used = input.monthsSupported ?? 0
        steps += [
            .money(
                "Nhà nước hỗ trợ một tháng (\(group))",
                "\(supportShare.percentText) × \(terms.rate.percentText) × \(terms.povertyLine.grouped)",
                supportPerMonth,
                "\(decree), Điều 5 khoản 1"),
            .money(
                "Nhà nước hỗ trợ \(supportedMonths) tháng",
                "\(supportPerMonth.grouped) × \(supportedMonths)"
                    + (supportedMonths < months ? " (đã hỗ trợ \(used) trong \(terms.supportMonths) tháng)" : ""),
                support,
                "\(decree), Điều 5 khoản 2", sum: "total"),
        ]
        if let local = terms.localSupport(input.group ?? .other, specialZone: input.specialZone ?? false) {
            steps.append(
                .money(
                    "Địa phương hỗ trợ thêm \(supportedMonths) tháng",
                    "\(local.share.percentText) × \(terms.rate.percentText) × \(terms.povertyLine.grouped) × \(supportedMonths)",
                    localSupport, "nghị quyết của Hội đồng nhân dân (\(decree), Điều 5)", sum: "total"))
        }
        steps += [
            .money(
                "Người tham gia đóng",
                "\(total.grouped) − \(support.grouped)" + (localSupport == .zero ? "" : " − \(localSupport.grouped)"),
                payable, "\(decree), Điều 5", sum: "total"),
            .words(
                "Hạn đóng", "đóng \(input.cadence.words), từ tháng \(input.start.month)/\(input.start.year)",
                due.vietnamese,
                "\(law), Điều 36 khoản 3"),
        ]
        return steps
    }

    private static func months(_ input: Input, _ terms: VoluntaryTerms) throws(LegislationError) -> Int {
        if let months = input.cadence.months { return months }
        if input.cadence == .ahead {
            guard let years = input.years, years >= 2, years * 12 <= terms.mostMonthsAhead else {
                throw .input(
                    field: "years",
                    reason: "đóng một lần cho nhiều năm về sau: từ 2 đến \(terms.mostMonthsAhead / 12) năm")
            }
            return years * 12
        }
        // Article 36.2.e allows as many months as five years hold, as paying ahead does.
        guard let months = input.months, months >= 1, months <= terms.mostMonthsAhead else {
            throw .input(
                field: "months", reason: "đóng cho thời gian còn thiếu: từ 1 đến \(terms.mostMonthsAhead) tháng")
        }
        return months
    }

    /// Rounded once at the end. Sums of sixty terms of doubles are exact to far less than a đồng.
    private static func presentValue(_ cadence: VoluntaryCadence, _ monthly: Double, _ months: Int, _ interest: Share)
        -> Dong
    {
        var sum = 0.0
        let growth = 1 + interest.double
        for index in 1...months {
            sum +=
                cadence == .ahead
                ? monthly / pow(growth, Double(index - 1))
                : monthly * pow(growth, Double(index))
        }
        return Dong(Int(sum.rounded(.toNearestOrAwayFromZero)))
    }

    private static func due(_ input: Input) -> Day {
        switch input.cadence {
        case .monthly: input.start.lastDay
        case .threeMonths: input.start.adding(months: 2).lastDay
        case .sixMonths: input.start.adding(months: 3).lastDay
        case .twelveMonths: input.start.adding(months: 6).lastDay
        case .ahead, .missing: input.pricedOn
        }
    }
}
