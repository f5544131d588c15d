public import Kernel

/// The maternity benefit of the voluntary scheme (Law on Social Insurance, articles 94, 95).
public struct VoluntaryMaternity: Sendable, Equatable {
    public struct Input: Codable, Sendable, Equatable {
        /// Born.
        public var children: Int
        /// Months contributed in the twelve before the birth, in the voluntary scheme or in both.
        public var monthsInLast12: Int
        public var on: Day
        /// Died in the womb or at birth, and at how many weeks.
        public var stillborn: Int?
        public var weeks: Int?
        /// The same person has the maternity benefit of the compulsory scheme: only that is paid (article 94.4).
        public var hasCompulsoryMaternity: Bool?
        /// The other parent draws this benefit: only one of the two does (article 94.3).
        public var otherParentDraws: Bool?
    }

    public let isEntitled: Bool
    /// Why there is none, in Vietnamese.
    public let refusal: String?
    public let amount: Dong
    public let used: [UsedParameter]

    public init(_ input: Input, _ table: ParameterTable, trace: inout some Tracing) throws {
        let stillborn = input.stillborn ?? 0
        guard (0...20).contains(input.children), (0...20).contains(stillborn), input.children + stillborn > 0 else {
            throw LegislationError.input(
                field: "children", reason: "số con sinh ra và số thai chết lưu, cộng lại từ 1 đến 20")
        }
        guard (0...12).contains(input.monthsInLast12) else {
            throw LegislationError.input(field: "monthsInLast12", reason: "từ 0 đến 12 tháng")
        }
        guard (0...45).contains(input.weeks ?? 0) else {
            throw LegislationError.input(field: "weeks", reason: "số tuần thai từ 0 đến 45")
        }
        var asked = Asked(table)
        let (least, each) = (try asked.value(.maternityMonths, on: input.on), try asked.value(.maternity, on: input.on))
        var counted = input.children
        if stillborn > 0 {
            let weeks = try asked.value(.stillbirthWeeks, on: input.on)
            let counts = input.weeks.map { $0 >= weeks } ?? true
            if counts { counted += stillborn }
            trace.step {
                .words(
                    "Thai chết trong tử cung, khi chuyển dạ", "từ \(weeks) tuần tuổi",
                    counts ? "\(stillborn) được tính" : "không được tính", "Luật BHXH 41/2024/QH15, Điều 95 khoản 1")
            }
        }
        let refusal: (words: String, article: String)? =
            if input.hasCompulsoryMaternity ?? false {
                ("đủ điều kiện hưởng chế độ thai sản bắt buộc: chỉ hưởng chế độ đó", "Điều 94 khoản 4")
            } else if input.otherParentDraws ?? false {
                ("cha hoặc mẹ kia đã hưởng trợ cấp này", "Điều 94 khoản 3")
            } else if input.monthsInLast12 < least {
                (
                    "mới đóng \(input.monthsInLast12) tháng trong 12 tháng trước khi sinh, cần \(least)",
                    "Điều 94 khoản 1"
                )
            } else if counted == 0 {
                ("thai chưa đủ tuần tuổi", "Điều 95 khoản 1")
            } else {
                nil
            }
        isEntitled = refusal == nil
        self.refusal = refusal?.words
        amount = refusal == nil ? each * counted : .zero
        trace.step {
            .words(
                "Điều kiện",
                refusal?.words
                    ?? "đóng từ đủ \(least) tháng trong 12 tháng trước khi sinh; đã đóng \(input.monthsInLast12)",
                refusal == nil ? "đủ" : "không đủ", "Luật BHXH 41/2024/QH15, \(refusal?.article ?? "Điều 94")")
        }
        let (given, number) = (amount, counted)
        trace.step {
            .money(
                "Trợ cấp thai sản", refusal == nil ? "\(each.grouped) × \(number)" : "không đủ điều kiện", given,
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
        /// What it comes to a month: where it is below the social pension the difference is paid.
        public var otherPension: Int?
    }

    public let isEntitled: Bool
    public let from: Day
    public let monthly: Dong
    /// With what the People's Council adds; nil while no resolution is entered for the day.
    public let monthlyInCity: Dong?
    public let used: [UsedParameter]

    public init(_ input: Input, _ table: ParameterTable, trace: inout some Tracing) throws {
        var asked = Asked(table)
        guard (0...1_000_000_000).contains(input.otherPension ?? 0) else {
            throw LegislationError.input(field: "otherPension", reason: "mức đang hưởng từ 0 đến 1.000.000.000 đồng")
        }
        guard input.birth.day <= input.on else {
            throw LegislationError.input(field: "birth", reason: "ngày sinh sau ngày xét")
        }
        let age =
            try (input.poor ?? false)
            ? asked.value(.socialPensionAgePoor, on: input.on) : asked.value(.socialPensionAge, on: input.on)
        let each = try asked.value(.socialPension, on: input.on)
        from = input.birth.reaching(months: age * 12)
        let local = try asked.awaited(.localSocialPension, on: input.on)
        // Another pension that is not said to be smaller leaves nothing.
        let other = input.otherPension.map { Dong($0) } ?? (input.hasOtherPension ?? false ? nil : .zero)
        let isOld = from <= input.on
        func left(_ amount: Dong) -> Dong { isOld ? other.map { max(amount - $0, .zero) } ?? .zero : .zero }
        monthly = left(each)
        let entitled = monthly > .zero
        isEntitled = entitled
        monthlyInCity = local.map { entitled ? left(max($0, each)) : .zero }
        let (day, given) = (from, monthly)
        trace.step {
            .words(
                "Đủ \(age) tuổi", "sinh \(input.birth.day.vietnamese)", day.vietnamese,
                "Luật BHXH 41/2024/QH15, Điều 21")
        }
        trace.step {
            .money(
                "Trợ cấp hưu trí xã hội một tháng",
                other.map { $0 > .zero ? "\(each.grouped) − \($0.grouped) đang hưởng" : "từ \(day.vietnamese)" }
                    ?? "đang hưởng chế độ khác", given, "Nghị định 176/2025/NĐ-CP")
        }
        if let local, let inCity = monthlyInCity {
            trace.step {
                .money(
                    "Theo mức của thành phố", "mức \(local.grouped)", inCity,
                    "Luật BHXH 41/2024/QH15, Điều 22 khoản 1")
            }
        }
        used = asked.used
    }
}
