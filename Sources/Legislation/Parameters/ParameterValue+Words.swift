import Kernel

extension ParameterValue {
    /// For programs: numbers with a decimal point.
    public var plain: String {
        switch self {
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
            let isFactor = unit == .factor || unit == .months || unit == .times
            number = Self.decimal(isFactor ? Share(share.numerator, of: share.denominator * 100) ?? share : share, ",")
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
        case .text(let text): return text
        case .reference(let key, let times): return times == 1 ? "bằng \(key)" : "\(times) lần \(key)"
        }
        return unit.words.isEmpty ? number : "\(number) \(unit.words)"
    }

    /// As a percentage without its sign.
    private static func decimal(_ share: Share, _ point: String) -> String {
        String(share.percentText.dropLast(2)).replacing(",", with: point)
    }
}
