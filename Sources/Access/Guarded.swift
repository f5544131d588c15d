public import Kernel

/// Who may see what is not for everybody who sees the thing it stands in: whoever has one right and works for the unit, or
/// another right for all units. Screens, documents, exports and files of the same thing all ask the same guard.
public struct Guard: Sendable, Hashable {
    /// Names of rights.
    private let own: String
    private let everything: String
    private let unit: UnitCode

    public init(own: Right, of unit: UnitCode, everything: Right) {
        self.own = own.name
        self.everything = everything.name
        self.unit = unit
    }

    /// Of a stored text; nil for one that is no guard.
    public init?(_ text: String) {
        let parts = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, let unit = UnitCode(parts[2]) else { return nil }
        (own, everything, self.unit) = (parts[0], parts[1], unit)
    }

    /// As stored.
    public var text: String { "\(own) \(everything) \(unit.text)" }

    public func opens(to viewer: Viewer) -> Bool {
        viewer.rights.contains { $0.name == everything }
            || viewer.ownUnits.contains(unit) && viewer.rights.contains { $0.name == own }
    }
}

/// A value behind a guard. It can be read only by naming who reads it, and does not print itself.
public struct Guarded<Value: Sendable>: Sendable, CustomStringConvertible, CustomReflectable {
    private let value: Value
    public let by: Guard

    public init(_ value: Value, by guarding: Guard) {
        self.value = value
        by = guarding
    }

    /// The value, for whom its guard opens; otherwise nil.
    public func shown(to viewer: Viewer) -> Value? { by.opens(to: viewer) ? value : nil }

    public var description: String { GuardedWords.masked }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

extension Guarded: Equatable where Value: Equatable {}

public enum GuardedWords {
    /// What stands in the place of a value that is not shown.
    public static let masked = "(được che)"
}
