import Kernel

extension ParameterValue {
    /// For programs: numbers with a decimal point.
    public func plain(_ unit: ParameterUnit) -> String {
        switch self {
        case .share(let share) where Self.isNumber(unit): Self.decimal(Self.number(share), ".")
        case .dong(let dong): "\(dong.amount)"
        case .share(let share): Self.decimal(share, ".")
        case .count(let count): "\(count)"
        case .dongRange(let low, let high): "\(low.amount)-\(high.amount)"
        case .shareRange(let low, let high, let most):
            "\(Self.decimal(low, "."))-\(Self.decimal(high, "."))" + (most.map { "; max \($0.amount)" } ?? "")
        case .shares(let shares): shares.map { Self.decimal($0, ".") }.joined(separator: ";")
        case .day(let day): day.description
        case .dayOfYear(let text), .text(let text): text
        case .reference(let key, let times): times == 1 ? key : "\(times) x \(key)"
        }
    }

    /// For people, with the unit: `1.500.000 đồng/tháng`, `0,03 %/ngày`.
    public func vietnamese(_ unit: ParameterUnit) -> String {
        let number: String
        switch self {
        case .dong(let dong): number = VietnameseText.grouped(dong.amount)
        case .share(let share):
            number = Self.decimal(Self.isNumber(unit) ? Self.number(share) : share, ",")
        case .count(let months) where unit == .ageMonths:
            return months % 12 == 0 ? "\(months / 12) tuổi" : "\(months / 12) tuổi \(months % 12) tháng"
        case .count(let count): number = VietnameseText.grouped(count)
        case .dongRange(let low, let high):
            number = "\(VietnameseText.grouped(low.amount)) – \(VietnameseText.grouped(high.amount))"
        case .shareRange(let low, let high, let most):
            return "\(Self.decimal(low, ",")) – \(Self.decimal(high, ",")) %"
                + (most.map { ", không quá \(VietnameseText.grouped($0.amount)) đồng" } ?? "")
        case .shares(let shares): number = shares.map { Self.decimal($0, ",") }.joined(separator: "; ")
        case .day(let day): return day.vietnamese
        case .dayOfYear(let text):
            let parts = text.split(separator: "-")
            return parts.count == 2 ? "\(parts[1])/\(parts[0])" : text
        case .text(let text): return unit == .lastDayRule ? LastDayRule(rawValue: text)?.words ?? text : text
        case .reference(let key, let times):
            return times == 1 ? "bằng \(Self.name(of: key))" : "\(times) lần \(Self.name(of: key))"
        }
        return unit.words.isEmpty ? number : "\(number) \(unit.words)"
    }

    /// What references lead to, as people call it.
    private static func name(of key: String) -> String {
        switch key {
        case "reference_level": "mức tham chiếu"
        case "min_wage.monthly": "lương tối thiểu tháng của vùng"
        default: key
        }
    }

    /// Whether a share stands for a number rather than a percentage.
    private static func isNumber(_ unit: ParameterUnit) -> Bool { unit == .factor || unit == .months || unit == .times }

    private static func number(_ share: Share) -> Share { Share(share.numerator, of: share.denominator * 100) ?? share }

    /// As a percentage without its sign.
    private static func decimal(_ share: Share, _ point: String) -> String {
        String(share.percentText.dropLast(2)).replacing(",", with: point)
    }
}
