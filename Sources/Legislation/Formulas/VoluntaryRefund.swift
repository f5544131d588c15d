import Foundation
public import Kernel

/// What a participant gets back of a payment for several months when the time insured ends before they are over: on
/// becoming a subject of the compulsory scheme, a one-off withdrawal, the pension or death (Decree 159/2025, article 8).
/// The months left are paid back as they were paid for, without the State's part.
public struct VoluntaryRefund: Sendable, Equatable {
    public struct Input: Codable, Sendable, Equatable {
        public var income: Int
        public var cadence: VoluntaryCadence
        public var start: Month
        /// The first month no longer insured in the voluntary scheme.
        public var endedFrom: Month
        public var paidOn: Day?
        public var years: Int?
        public var group: SupportGroup?
        public var specialZone: Bool?
        public var monthsSupported: Int?

        public init(
            income: Int, cadence: VoluntaryCadence, start: Month, endedFrom: Month, paidOn: Day? = nil,
            years: Int? = nil, group: SupportGroup? = nil, specialZone: Bool? = nil, monthsSupported: Int? = nil
        ) {
            self.income = income
            self.cadence = cadence
            self.start = start
            self.endedFrom = endedFrom
            self.paidOn = paidOn
            self.years = years
            self.group = group
            self.specialZone = specialZone
            self.monthsSupported = monthsSupported
        }
    }

    public let payment: VoluntaryContribution
    public let monthsLeft: Int
    /// What was paid for the months left, before support.
    public let paid: Dong
    /// State and local support of the months left: not the participant's.
    public let support: Dong
    public let refund: Dong
    /// Supported months that were not used and so do not count towards the most the State supports: our reading, for the law
    /// counts the time supported.
    public let supportMonthsReturned: Int
    public let used: [UsedParameter]

    /// - Throws: ``LegislationError`` for a payment that has no months to give back.
    public init(_ input: Input, _ table: ParameterTable, trace: inout some Tracing) throws {
        guard input.cadence != .monthly, input.cadence != .missing else {
            throw LegislationError.input(
                field: "cadence", reason: "đóng \(input.cadence.words) không có tháng đóng trước để hoàn trả")
        }
        let made = VoluntaryContribution.Input(
            income: input.income, cadence: input.cadence, start: input.start, paidOn: input.paidOn, years: input.years,
            group: input.group, specialZone: input.specialZone, monthsSupported: input.monthsSupported)
        let terms = try VoluntaryTerms(table, on: made.pricedOn)
        var asked = Asked(table)
        let interest = input.cadence == .ahead ? try asked.value(.monthlyInterest, on: made.pricedOn) : nil
        let payment = try VoluntaryContribution(made, terms, interest: interest)
        let gone = input.start.months(to: input.endedFrom)
        guard gone >= 0 else {
            throw LegislationError.input(field: "endedFrom", reason: "tháng thôi tham gia trước tháng bắt đầu đóng")
        }
        guard gone < payment.months else {
            throw LegislationError.input(
                field: "endedFrom",
                reason: "khoản đóng chỉ đến tháng \(input.start.adding(months: payment.months - 1).vietnamese)")
        }
        self.payment = payment
        let left = payment.months - gone
        monthsLeft = left
        if let interest {
            // The terms of the payment's own sum that stand for the months left.
            let monthly = Double(input.income) * terms.rate.double
            let sum = (gone..<payment.months).reduce(0.0) { $0 + monthly / pow(1 + interest.double, Double($1)) }
            paid = min(Dong(Int(sum.rounded(.toNearestOrAwayFromZero))), payment.total)
        } else {
            paid = payment.monthly * left
        }
        let supportedLeft = max(payment.supportedMonths - gone, 0)
        let local = terms.localSupport(input.group ?? .other, specialZone: input.specialZone ?? false)?.amount ?? .zero
        support = min((payment.supportPerMonth + local) * supportedLeft, paid)
        refund = paid - support
        supportMonthsReturned = supportedLeft
        used = terms.used + asked.used
        let result = self
        trace.steps {
            let decree = "Nghị định 159/2025/NĐ-CP, Điều 8"
            let perMonth = payment.supportPerMonth + local
            return [
                .words(
                    "Số tháng đã đóng mà không dùng", "\(payment.months) − \(gone)", "\(result.monthsLeft) tháng",
                    decree
                ),
                .money(
                    "Đã đóng cho các tháng đó",
                    interest == nil
                        ? "\(payment.monthly.grouped) × \(result.monthsLeft)"
                        : "các số hạng từ tháng thứ \(gone + 1) đến \(payment.months) của khoản đã đóng", result.paid,
                    decree),
                .money(
                    "Phần Nhà nước hỗ trợ của các tháng đó", "\(perMonth.grouped) × \(supportedLeft)", result.support,
                    decree, sum: "paidForMonthsLeft"),
                .money(
                    "Hoàn trả cho người tham gia", "\(result.paid.grouped) − \(result.support.grouped)", result.refund,
                    decree, sum: "paidForMonthsLeft"),
            ]
        }
    }
}
