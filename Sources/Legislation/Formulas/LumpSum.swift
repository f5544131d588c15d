public import Kernel

/// A one-off withdrawal (Law on Social Insurance, articles 5.6, 70, 102). An illustration: the agency decides.
public struct LumpSum: Sendable, Equatable {
    /// Why it is asked for (articles 70.1, 102.1).
    public enum Reason: String, Codable, Sendable, CaseIterable {
        /// At the age with less than the years for a pension (a).
        case age
        case abroad
        case illness, disability
        /// Out of both schemes for so many months (đ): only with time before the law.
        case out
        /// Soldiers and police discharged (e).
        case discharged
    }

    public struct Input: Codable, Sendable, Equatable {
        public var monthsBefore2014: Int
        public var monthsFrom2014: Int
        public var averageIncome: Int
        public var on: Day
        /// State support received, taken off in the voluntary scheme.
        public var supportReceived: Int?
        public var scheme: Scheme?
        public var reason: Reason?
        /// First month contributed for, and months since the last one: for ``Reason/out``.
        public var firstContributed: Month?
        public var monthsOut: Int?

        public init(
            monthsBefore2014: Int, monthsFrom2014: Int, averageIncome: Int, on: Day, supportReceived: Int? = nil,
            scheme: Scheme? = nil, reason: Reason? = nil, firstContributed: Month? = nil, monthsOut: Int? = nil
        ) {
            self.monthsBefore2014 = monthsBefore2014
            self.monthsFrom2014 = monthsFrom2014
            self.averageIncome = averageIncome
            self.on = on
            self.supportReceived = supportReceived
            self.scheme = scheme
            self.reason = reason
            self.firstContributed = firstContributed
            self.monthsOut = monthsOut
        }
    }

    public let amount: Dong
    /// Nil where no reason was given, so that the conditions were not looked at.
    public let isEntitled: Bool?
    /// Why the reason given does not hold, in Vietnamese; nil where it does, or none was given.
    public let refusal: String?
    public let used: [UsedParameter]

    public init(_ input: Input, _ table: ParameterTable, trace: inout some Tracing) throws {
        for (field, months) in [("monthsBefore2014", input.monthsBefore2014), ("monthsFrom2014", input.monthsFrom2014)]
        where !(0...1_000).contains(months) {
            throw LegislationError.input(field: field, reason: "số tháng từ 0 đến 1.000")
        }
        guard (0...1_000_000_000_000).contains(input.averageIncome) else {
            throw LegislationError.input(
                field: "averageIncome", reason: "mức bình quân không thể là \(input.averageIncome)")
        }
        var asked = Asked(table)
        let months = input.monthsBefore2014 + input.monthsFrom2014
        let full =
            months < 12
            ? try Self.underOneYear(input, months, &asked, &trace) : try Self.byYears(input, &asked, &trace)
        let refusal = try Self.refusal(input, months, &asked)
        self.refusal = refusal
        isEntitled = input.reason == nil ? nil : refusal == nil
        if let refusal {
            trace.step {
                .words("Điều kiện", refusal, "không đủ", "Luật BHXH 41/2024/QH15, Điều 70 khoản 1, Điều 102 khoản 1")
            }
        }
        // Who is gravely ill or disabled keeps the State's part (articles 70.4, 102.3).
        let keeps = input.reason == .illness || input.reason == .disability
        let support = keeps ? Dong.zero : Dong(input.supportReceived ?? 0)
        let result = refusal == nil ? max(full - support, .zero) : .zero
        amount = result
        if support > .zero, refusal == nil {
            trace.step {
                .money(
                    "Trừ phần Nhà nước đã hỗ trợ", "\(full.grouped) − \(support.grouped)", result,
                    "Luật BHXH 41/2024/QH15, Điều 70 khoản 3, Điều 102 khoản 3")
            }
        }
        used = asked.used
    }

    /// What was paid, and no more than so many months' average (articles 70.3.c, 102.2.c).
    private static func underOneYear(
        _ input: Input, _ months: Int, _ asked: inout Asked, _ trace: inout some Tracing
    ) throws -> Dong {
        let rate =
            input.scheme == .voluntary
            ? try asked.value(.voluntaryRate, on: input.on)
            : try asked.value(.employeeRetirement, on: input.on) + asked.value(.employerRetirement, on: input.on)
        let most = try asked.value(.lumpSumShortMost, on: input.on)
        let average = Dong(input.averageIncome)
        let paid = average * (rate * (Share(months, of: 1) ?? .whole))
        let result = min(paid, average * most)
        trace.step {
            .money(
                "Chưa đủ một năm: số tiền đã đóng",
                "\(rate.percentText) × \(average.grouped) × \(months) tháng; không quá \(most.factorText) × \(average.grouped)",
                result, "Luật BHXH 41/2024/QH15, Điều 70 khoản 3 điểm c, Điều 102 khoản 2 điểm c")
        }
        return result
    }

    private static func byYears(
        _ input: Input, _ asked: inout Asked, _ trace: inout some Tracing
    ) throws -> Dong {
        let (before, from) = (
            try asked.value(.lumpSumBefore2014, on: input.on), try asked.value(.lumpSumFrom2014, on: input.on)
        )
        let average = Dong(input.averageIncome)
        // With time on both sides of 2014 the odd months before it move on (articles 70.3.a, 102.2.a).
        let moved = input.monthsFrom2014 > 0 ? input.monthsBefore2014 % 12 : 0
        let early = HalfYears(months: input.monthsBefore2014 - moved)
        let late = HalfYears(months: input.monthsFrom2014 + moved)
        if moved > 0 {
            trace.step {
                .words(
                    "Tháng lẻ trước năm 2014", "chuyển sang thời gian từ năm 2014", "\(moved) tháng",
                    "Luật BHXH 41/2024/QH15, Điều 70 khoản 3 điểm a, Điều 102 khoản 2 điểm a")
            }
        }
        trace.step {
            .words(
                "Số năm tính hưởng", "tháng lẻ 1–6 tính nửa năm, 7–11 tính một năm",
                "\(early.text) năm trước 2014, \(late.text) năm từ 2014", "Luật BHXH 41/2024/QH15, Điều 5 khoản 6")
        }
        let full = average * (before * early.share + from * late.share)
        trace.step {
            .money(
                "Mức hưởng theo thời gian đóng",
                "\(before.factorText) × \(average.grouped) × \(early.text) + \(from.factorText) × \(average.grouped) × \(late.text)",
                full, "Luật BHXH 41/2024/QH15, Điều 70 khoản 3, Điều 102 khoản 2")
        }
        return full
    }

    /// Why the reason given does not hold.
    private static func refusal(_ input: Input, _ months: Int, _ asked: inout Asked) throws -> String? {
        guard months > 0 || input.reason == nil else { return "chưa đóng tháng nào" }
        switch input.reason {
        case .age:
            let years = try asked.value(.pensionYears, on: input.on)
            return months < years * 12 ? nil : "đã đóng từ đủ \(years) năm: hưởng lương hưu"
        case .out:
            let (years, least, before) = (
                try asked.value(.lumpSumYearsBelow, on: input.on), try asked.value(.lumpSumMonthsOut, on: input.on),
                try asked.value(.lumpSumContributed, on: input.on)
            )
            guard let first = input.firstContributed else {
                throw LegislationError.input(field: "firstContributed", reason: "cần tháng đầu tiên đã đóng")
            }
            guard let out = input.monthsOut else {
                throw LegislationError.input(field: "monthsOut", reason: "cần số tháng từ khi thôi đóng")
            }
            if first.firstDay >= before { return "không có thời gian đóng trước ngày \(before.vietnamese)" }
            if out < least { return "mới thôi đóng \(out) tháng, cần \(least) tháng" }
            return months < years * 12 ? nil : "đã đóng từ đủ \(years) năm"
        case .abroad, .illness, .disability, .discharged, nil: return nil
        }
    }
}
