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
                    debugDescription: "“\(text)” không phải ngày sinh (yyyy, yyyy-MM hoặc yyyy-MM-dd)"))
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

/// When a person may retire (Labour Code 45/2019, article 169.2; Decree 135/2020).
public struct RetirementAge: Sendable, Equatable {
    public struct Input: Codable, Sendable, Equatable {
        public var sex: Sex
        public var birth: BirthDate

        public init(sex: Sex, birth: BirthDate) {
            self.sex = sex
            self.birth = birth
        }
    }

    public let birth: Day
    public let months: Int
    public let reachedOn: Day
    public let used: [UsedParameter]

    /// `61y6m`
    public var text: String { "\(months / 12)y\(months % 12)m" }

    public var vietnamese: String {
        months % 12 == 0 ? "đủ \(months / 12) tuổi" : "đủ \(months / 12) tuổi \(months % 12) tháng"
    }

    public init(_ input: Input, _ table: ParameterTable, trace: inout some Tracing) throws {
        let parameter = try table.parameter("retirement_age.\(input.sex.rawValue)")
        birth = input.birth.day
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
            months = age
            // Who would have reached this year's age before the year began, but not last year's in that year, reaches it as it begins.
            reachedOn = max(reached, value.from)
            used = [UsedParameter(key: parameter.key, name: parameter.name, unit: parameter.unit, value: value)]
            let (born, day, words) = (input.birth.day, reachedOn, vietnamese)
            trace.step {
                .words(
                    "Tuổi nghỉ hưu", "\(input.sex == .male ? "nam" : "nữ"), sinh \(born.vietnamese)", words,
                    "Bộ luật Lao động 45/2019/QH14, Điều 169 khoản 2")
            }
            trace.step {
                .words(
                    "Ngày đủ tuổi", "\(born.vietnamese) + \(age) tháng", day.vietnamese,
                    "Nghị định 135/2020/NĐ-CP, Phụ lục I")
            }
            return
        }
        throw LegislationError.noValue(
            key: parameter.key, name: parameter.name, day: input.birth.day, awaits: parameter.awaits)
    }
}
