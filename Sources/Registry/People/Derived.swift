public import Formats
public import Kernel

/// A value of a person or employer, with the record that says so.
public struct Derived<Value: Sendable & Equatable>: Sendable, Equatable {
    public let value: Value
    /// Whose delivery and row it stands in.
    public let place: RecordPlace
    public let kind: RecordKind
    /// The month that the record speaks of; nil where nobody said.
    public let month: Month?
    /// Whether the list of residents says the same; nil where it says nothing of the field.
    public let isConfirmed: Bool?

    public init(_ value: Value, place: RecordPlace, kind: RecordKind, month: Month?, isConfirmed: Bool?) {
        (self.value, self.place, self.kind, self.month, self.isConfirmed) = (value, place, kind, month, isConfirmed)
    }

    func map<Other: Sendable & Equatable>(_ other: Other) -> Derived<Other> {
        Derived<Other>(other, place: place, kind: kind, month: month, isConfirmed: isConfirmed)
    }
}
