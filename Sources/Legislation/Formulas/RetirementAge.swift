public import Kernel

/// A birth date as people give it: a day, a month or a year alone.
public struct BirthDate: Sendable, Equatable, Codable {
    /// Missing parts are the first (Decree 158/2025, article 12.2; Circular 11/2025/TT-BNV, article 5.7).
    public let day: Day
    public let isWhole: Bool

    /// `1965`, `1965-03`, `1965-03-09`.
    /// - Returns: nil for anything else, before 1900 or after 2100.
    public init?(_ text: some StringProtocol) {
        let text = String(text)
        let day: Day? =
            switch text.count {
            case 4: Day("\(text)-01-01")
            case 7: Day("\(text)-01")
            default: Day(text)
            }
        guard let day, (1_900...2_100).contains(day.year) else { return nil }
        self.day = day
        isWhole = text.count == 10
    }

    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let value = BirthDate(text) else {
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: decoder.codingPath,
                    debugDescription:
                        "“\(text)” không phải ngày sinh từ năm 1900 đến 2100 (yyyy, yyyy-MM hoặc yyyy-MM-dd)"))
        }
        self = value
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(day.description)
    }

    /// The day an age is reached; the month's last where the day does not exist in it.
    public func reaching(months: Int) -> Day {
        let month = Month(of: day).adding(months: months)
        return min(month.firstDay.adding(days: day.day - 1), month.lastDay)
    }
}

/// When a person may retire (Labour Code 45/2019, article 169.2; Decree 135/2020; before 2021 Labour
/// Code 10/2012, article 187).
public struct RetirementAge: Sendable, Equatable {
    public struct Input: Codable, Sendable, Equatable {
        public var sex: Sex
        public var birth: BirthDate
        /// First month in the voluntary scheme, and months contributed to it: with enough of them from before 2021 the age is
        /// that of before (article 141.9), unless the person wishes otherwise.
        public var voluntarySince: Month?
        public var voluntaryMonths: Int?
        /// Contributions go on after the age: the last month paid for.
        public var paidUntil: Month?
        /// When the missing years were paid in full at once.
        public var missingPaidOn: Day?

        public init(
            sex: Sex, birth: BirthDate, voluntarySince: Month? = nil, voluntaryMonths: Int? = nil,
            paidUntil: Month? = nil, missingPaidOn: Day? = nil
        ) {
            self.sex = sex
            self.birth = birth
            self.voluntarySince = voluntarySince
            self.voluntaryMonths = voluntaryMonths
            self.paidUntil = paidUntil
            self.missingPaidOn = missingPaidOn
        }
    }

    public let birth: Day
    public let months: Int
    public let reachedOn: Day
    /// First day of the first month of the pension, with years enough (article 101; for the compulsory scheme by the decision
    /// that ends the work, at the earliest this day).
    public let pensionFrom: Day
    public let used: [UsedParameter]

    /// `61y6m`
    public var text: String { "\(months / 12)y\(months % 12)m" }

    public var vietnamese: String { Self.words(months: months) }

    /// `đủ 61 tuổi 6 tháng`
    public static func words(months: Int) -> String {
        months % 12 == 0 ? "đủ \(months / 12) tuổi" : "đủ \(months / 12) tuổi \(months % 12) tháng"
    }

    public init(_ input: Input, _ table: ParameterTable, trace: inout some Tracing) throws {
        birth = input.birth.day
        let found = try Self.old(input, table, &trace) ?? Self.byTable(input, table, &trace)
        (months, reachedOn, used) = found
        pensionFrom = Self.start(input, found.reachedOn, &trace)
    }

    private typealias Found = (months: Int, reachedOn: Day, used: [UsedParameter])

    /// The age of who was in the voluntary scheme before 2021 and has enough years there.
    /// - Returns: nil for everybody else.
    private static func old(
        _ input: Input, _ table: ParameterTable, _ trace: inout some Tracing
    ) throws -> Found? {
        guard let since = input.voluntarySince, let months = input.voluntaryMonths else { return nil }
        guard (0...1_000).contains(months) else {
            throw LegislationError.input(field: "voluntaryMonths", reason: "số tháng từ 0 đến 1.000")
        }
        // The rule has no end: the day it is asked on is that from which it holds.
        var asked = Asked(table)
        guard let first = try table.parameter("retirement_age.voluntary_before_2021.years").values.first?.from else {
            return nil
        }
        let age = try asked.value(.oldRetirementAge(input.sex), on: first)
        let reached = input.birth.reaching(months: age)
        let years = try asked.value(.voluntaryOldYears, on: first)
        let before = try asked.value(.voluntaryOldJoined, on: first)
        guard since.firstDay < before, months >= years * 12 else { return nil }
        trace.step {
            .words(
                "Tuổi hưởng lương hưu",
                "tham gia BHXH tự nguyện trước \(before.vietnamese), từ đủ \(years) năm", "đủ \(age / 12) tuổi",
                "Luật BHXH 41/2024/QH15, Điều 141 khoản 9")
        }
        return (age, reached, asked.used)
    }

    private static func byTable(
        _ input: Input, _ table: ParameterTable, _ trace: inout some Tracing
    ) throws -> Found {
        let parameter = try table.parameter("retirement_age.\(input.sex.rawValue)")
        guard let first = parameter.values.first else {
            throw LegislationError.noValue(
                key: parameter.key, name: parameter.name, day: input.birth.day, awaits: parameter.awaits)
        }
        for value in parameter.values {
            guard case .count(let age) = value.value else { continue }
            let reached = input.birth.reaching(months: age)
            // The age that applies is that of the year it is reached in.
            guard value.to.map({ reached <= $0 }) ?? true else { continue }
            if reached < first.from {
                throw LegislationError.input(
                    field: "birth",
                    reason:
                        "đã đủ tuổi nghỉ hưu trước \(first.from.vietnamese): áp dụng quy định cũ, không có trong bảng tham số"
                )
            }
            // Who would have reached this year's age before the year began, but not last year's in that year, reaches it as it begins.
            let day = max(reached, value.from)
            let used = UsedParameter(key: parameter.key, name: parameter.name, unit: parameter.unit, value: value)
            let (born, words) = (input.birth.day, Self.words(months: age))
            trace.step {
                .words(
                    "Tuổi nghỉ hưu", "\(input.sex == .male ? "nam" : "nữ"), sinh \(born.vietnamese)", words,
                    value.source)
            }
            trace.step {
                .words(
                    "Ngày đủ tuổi", "\(born.vietnamese) + \(age) tháng", day.vietnamese, value.source)
            }
            return (age, day, [used])
        }
        throw LegislationError.noValue(
            key: parameter.key, name: parameter.name, day: input.birth.day, awaits: parameter.awaits)
    }

    /// The month after the one in which everything is there: the age, the last payment, the payment for missing years.
    private static func start(_ input: Input, _ reached: Day, _ trace: inout some Tracing) -> Day {
        let months = [Month(of: reached), input.paidUntil, input.missingPaidOn.map { Month(of: $0) }].compactMap(\.self)
        let last = months.max() ?? Month(of: reached)
        let first = last.adding(months: 1).firstDay
        let why =
            last == Month(of: reached)
            ? "tháng liền kề sau tháng đủ tuổi"
            : last == input.paidUntil
                ? "tháng liền kề sau tháng dừng đóng" : "tháng liền kề sau tháng đóng đủ cho thời gian thiếu"
        trace.step {
            .words("Tháng đầu hưởng lương hưu", why, first.vietnamese, "Luật BHXH 41/2024/QH15, Điều 69, Điều 101")
        }
        return first
    }
}
