/// The names of the fields of forms, declared once by the domain whose use cases read them: what a page asks for, what it
/// reads and what a refusal speaks of are one value.
public protocol FormKey: RawRepresentable<String>, Sendable, Hashable {}
