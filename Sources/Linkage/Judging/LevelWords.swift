import Foundation

/// Levels in the words of people who read the result.
public enum LevelWords {
    /// - Parameter condition: as a model holds it: a condition, or `else`; nil for a missing value.
    public static func vietnamese(_ condition: String?) -> String {
        guard let condition else { return "một bên trống" }
        if condition == "else" { return "khác nhau" }
        // A model of another program may hold words of its own.
        return (try? Condition(condition))?.vietnamese ?? condition
    }

    static func decimal(_ value: Double, _ digits: Int) -> String { withComma(PairFile.decimals(value, digits)) }

    fileprivate static func withComma(_ number: String) -> String { number.replacingOccurrences(of: ".", with: ",") }
}

extension Condition {
    /// In the words of people who read the result.
    public var vietnamese: String { words(inside: 0) }

    /// - Parameter level: as in ``description``.
    private func words(inside level: Int) -> String {
        switch self {
        case .test(let test, let column): return test.vietnamese + (column.map { " (\($0))" } ?? "")
        case .swapped(let first, let second): return "đảo chỗ (\(first), \(second))"
        case .and(let left, let right):
            let text = "\(left.words(inside: 1)) và \(right.words(inside: 2))"
            return level > 1 ? "(\(text))" : text
        case .or(let left, let right):
            let text = "\(left.words(inside: 0)) hoặc \(right.words(inside: 1))"
            return level > 0 ? "(\(text))" : text
        case .not(let inner): return "không " + inner.words(inside: 2)
        }
    }
}

extension ColumnTest {
    fileprivate var vietnamese: String {
        func shown(_ number: Double) -> String { LevelWords.withComma(Self.plain(number)) }
        return switch self {
        case .same(.exact): "giống hoàn toàn"
        case .same(.folded): "giống khi bỏ dấu"
        case .same(.given): "cùng tên gọi"
        case .same(.surname): "cùng họ"
        case .same(.ends): "cùng họ và tên gọi"
        case .same(.initials): "cùng chữ cái đầu"
        case .same(.letters): "cùng các chữ cái (đảo, nối hoặc tách từ)"
        case .abbreviated: "viết tắt họ, tên đệm"
        case .cutOff: "bị cắt phần cuối"
        case .contained: "thiếu tên đệm hoặc từ ở giữa"
        case .jaroWinkler(let least): "gần giống (≥ \(shown(least)))"
        case .damerau(let most): "khác nhiều nhất \(most) ký tự"
        case .tokens(let least): "chung nhiều từ (≥ \(shown(least)))"
        case .sharedWord: "có phần chung"
        case .samePrefix(let length): "cùng \(length) ký tự đầu"
        case .sameSuffix(let length): "cùng \(length) ký tự cuối"
        case .sameMailbox: "cùng tên hộp thư"
        case .otherLength: "số cũ và số mới (độ dài khác nhau)"
        case .failsCheck: "một bên sai số kiểm tra"
        case .dayAndMonthSwapped: "đảo ngày và tháng"
        case .sameDatePart(.year): "cùng năm"
        case .sameDatePart(.month): "cùng tháng"
        case .sameDatePart(.day): "cùng ngày"
        case .yearAlone: "một bên chỉ có năm"
        case .apart(.year, let most): "cách nhau nhiều nhất \(most) năm"
        case .apart(.month, let most): "cách nhau nhiều nhất \(most) tháng"
        case .apart(.day, let most): "cách nhau nhiều nhất \(most) ngày"
        case .within(let share): "chênh nhau nhiều nhất \(shown(share)) lần"
        case .neighbours: "địa bàn giáp nhau"
        case .successors: "địa bàn cũ và mới"
        }
    }
}
