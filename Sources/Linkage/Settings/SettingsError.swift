import Kernel

/// Settings, a model or ids that cannot be worked with: what, where, and what to do, in Vietnamese for the person who keeps the
/// file.
public struct SettingsError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The way to the value from the top of the settings, items of a list counted from 1: `comparisons`, `2`, `levels`, `1`.
    /// Empty where no single value is to blame.
    public let path: [String]
    public let reason: String

    public var description: String { path.isEmpty ? reason : "\(path.joined(separator: ".")): \(reason)" }

    public init(_ reason: String, at path: [String] = []) {
        self.path = path
        self.reason = reason
    }

    /// The same, standing deeper in the settings.
    func under(_ path: String...) -> SettingsError { SettingsError(reason, at: path + self.path) }

    /// - Parameter place: what stands before the words.
    static func noColumn(_ name: String, among columns: some Sequence<String>, in place: String = "") -> SettingsError {
        let names = columns.sorted()
        return SettingsError(
            "\(place)không có cột “\(name)”"
                + (Nearest.name(to: name, among: names).map { "; có phải là “\($0)”?" }
                    ?? "; các cột: \(names.joined(separator: ", "))"))
    }
}
