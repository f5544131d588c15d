public import Kernel

/// A one-off withdrawal (Law on Social Insurance, articles 70, 102). An illustration: the agency decides.
public struct LumpSum: Sendable, Equatable {
    public struct Input: Codable, Sendable, Equatable {
        public var monthsBefore2014: Int
        public var monthsFrom2014: Int
        public var averageIncome: Int
        public var on: Day
        /// State support received, taken off in the voluntary scheme.
        public var supportReceived: Int?

        public init(
            monthsBefore2014: Int, monthsFrom2014: Int, averageIncome: Int, on: Day, supportReceived: Int? = nil
        ) {
            self.monthsBefore2014 = monthsBefore2014
            self.monthsFrom2014 = monthsFrom2014
            self.averageIncome = averageIncome
            self.on = on
            self.supportReceived = supportReceived
        }
    }

    public let amount: Dong
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
        let (before, from) = (
            try asked.value(.lumpSumBefore2014, on: input.on), try asked.value(.lumpSumFrom2014, on: input.on)
        )
        let average = Dong(input.averageIncome)
        func years(_ months: Int) -> Share { Share(months, of: 12) ?? .whole }
        // Odd months count in proportion: how the law rounds them is not in the tables.
        let factor = before * years(input.monthsBefore2014) + from * years(input.monthsFrom2014)
        let full = average * factor
        let support = Dong(input.supportReceived ?? 0)
        amount = max(full - support, .zero)
        let result = amount
        trace.step {
            .money(
                "Trợ cấp theo thời gian đóng",
                "\(before.double.formatted()) × \(average.grouped) × \(input.monthsBefore2014)/12 + \(from.double.formatted()) × \(average.grouped) × \(input.monthsFrom2014)/12",
                full, "Luật BHXH 41/2024/QH15, Điều 70 khoản 3, Điều 102 khoản 2")
        }
        trace.step { .words("Tháng lẻ", "tính theo tỷ lệ; bảng tham số chưa có quy định làm tròn", "–", "") }
        if support > .zero {
            trace.step {
                .money(
                    "Trừ phần Nhà nước đã hỗ trợ", "\(full.grouped) − \(support.grouped)", result,
                    "Luật BHXH 41/2024/QH15, Điều 102 khoản 2")
            }
        }
        used = asked.used
    }
}

extension Double {
    /// With a decimal comma and no more digits than needed.
    fileprivate func formatted() -> String {
        self == rounded() ? "\(Int(self))" : "\(self)".replacing(".", with: ",")
    }
}
