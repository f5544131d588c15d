public import Kernel

/// What is wrong with the parameters' files, or asked of them in vain; in Vietnamese.
public enum LegislationError: Error, Sendable, Equatable, CustomStringConvertible {
    case unreadable(file: String, reason: String)
    case problem(file: String, key: String, reason: String)
    case unknownKey(String, nearest: String?)
    case unknownClock(String, nearest: String?)
    /// A gap in the tables: never a zero. With the document that is waited for, where one is named.
    case noValue(key: String, name: String, day: Day, awaits: String?)
    /// An input a calculation cannot take: of the right form, and the law has no answer for it.
    case input(field: String, reason: String)
    /// What is not of the form that was asked for: an unknown or missing name, a value of another kind.
    case malformed(field: String, reason: String)
    case unknownCalculation(String, nearest: String?)

    public var description: String {
        switch self {
        case .unreadable(let file, let reason): "Tệp tham số \(file) không đọc được: \(reason)"
        case .problem(let file, let key, let reason): "Tệp tham số \(file), \(key): \(reason)"
        case .unknownKey(let key, let nearest):
            "Không có tham số “\(key)”" + (nearest.map { "; có phải là “\($0)”?" } ?? ".")
        case .unknownClock(let name, let nearest):
            "Không có thời hạn “\(name)”" + (nearest.map { "; có phải là “\($0)”?" } ?? ".")
        case .noValue(let key, let name, let day, let awaits):
            "Tham số “\(name)” (\(key)) chưa có giá trị vào ngày \(day.vietnamese)"
                + (awaits.map { ", chờ: \($0)" } ?? "") + "; quản trị viên cần bổ sung theo văn bản."
        case .input(let field, let reason), .malformed(let field, let reason): "“\(field)”: \(reason)"
        case .unknownCalculation(let name, let nearest):
            "Không có phép tính “\(name)”" + (nearest.map { "; có phải là “\($0)”?" } ?? ".")
        }
    }
}
