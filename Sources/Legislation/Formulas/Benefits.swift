public import Kernel

/// The maternity benefit of the voluntary scheme (Law on Social Insurance, articles 94, 95).
public struct VoluntaryMaternity: Sendable, Equatable {
    public struct Input: Codable, Sendable, Equatable {
        public var children: Int
        /// Months contributed in the twelve before the birth.
        public var monthsInLast12: Int
        public var on: Day
    }

    public let isEntitled: Bool
    public let amount: Dong
    public let used: [UsedParameter]

    public init(_ input: Input, _ table: ParameterTable, trace: inout some Tracing) throws {
        guard (1...20).contains(input.children) else {
            throw LegislationError.input(field: "children", reason: "số con từ 1 đến 20")
        }
        guard (0...12).contains(input.monthsInLast12) else {
            throw LegislationError.input(field: "monthsInLast12", reason: "từ 0 đến 12 tháng")
        }
        var asked = Asked(table)
        let (least, each) = (try asked.value(.maternityMonths, on: input.on), try asked.value(.maternity, on: input.on))
        isEntitled = input.monthsInLast12 >= least
        amount = isEntitled ? each * input.children : .zero
        let (given, entitled) = (amount, isEntitled)
        trace.step {
            .words(
                "Điều kiện", "đóng từ đủ \(least) tháng trong 12 tháng trước khi sinh; đã đóng \(input.monthsInLast12)",
                entitled ? "đủ" : "không đủ", "Luật BHXH 41/2024/QH15, Điều 94")
        }
        trace.step {
            .money(
                "Trợ cấp thai sản", entitled ? "\(each.grouped) × \(input.children)" : "không đủ điều kiện", given,
                "Luật BHXH 41/2024/QH15, Điều 95")
        }
        used = asked.used
    }
}

/// The social pension of those without another (Law on Social Insurance, article 21; Decree 176/2025).
public struct SocialPension: Sendable, Equatable {
    public struct Input: Codable, Sendable, Equatable {
        public var birth: BirthDate
        public var on: Day
        /// A poor or near-poor household.
        public var poor: Bool?
        /// A pension or monthly social-insurance allowance.
        public var hasOtherPension: Bool?
    }

    public let isEntitled: Bool
    public let from: Day
    public let monthly: Dong
    public let used: [UsedParameter]

    public init(_ input: Input, _ table: ParameterTable, trace: inout some Tracing) throws {
        var asked = Asked(table)
        let age =
            try (input.poor ?? false)
            ? asked.value(.socialPensionAgePoor, on: input.on) : asked.value(.socialPensionAge, on: input.on)
        let each = try asked.value(.socialPension, on: input.on)
        from = input.birth.reaching(months: age * 12)
        isEntitled = from <= input.on && !(input.hasOtherPension ?? false)
        monthly = isEntitled ? each : .zero
        let (day, given) = (from, monthly)
        trace.step {
            .words(
                "Đủ \(age) tuổi", "sinh \(input.birth.day.vietnamese)", day.vietnamese,
                "Luật BHXH 41/2024/QH15, Điều 21")
        }
        trace.step {
            .money(
                "Trợ cấp hưu trí xã hội một tháng",
                input.hasOtherPension ?? false ? "đang hưởng chế độ khác" : "từ \(day.vietnamese)", given,
                "Nghị định 176/2025/NĐ-CP")
        }
        used = asked.used
    }
}
