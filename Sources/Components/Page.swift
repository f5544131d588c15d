/// What is rendered as one: a model of ready texts and the template beside it.
public protocol Page: Sendable {
    static var template: PageTemplate { get }
    /// With all optionals filled and an entry in each list: tests hold template and model against each other by it.
    static var sample: Self { get }
}

/// The pages of this target, which no area owns: the frame, the page around one form, the page that says one thing, parts of lists.
public let framePages: [any Page.Type] = [
    Frame.self, FormPage.self, MessagePage.self, ListRow.self, TableTools.self,
]

/// A template by the name of its file.
public struct PageTemplate: Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
    public let name: String

    public init(stringLiteral name: String) { self.name = name }

    public var description: String { name }
}
