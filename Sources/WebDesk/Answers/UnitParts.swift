public import Components

/// What the area of figures shows on the page of a unit, which belongs to the area of work.
public struct UnitParts: Sendable {
    /// Rendered; nil for an agency, whose figures are the whole province's.
    public let figures: String?
    /// Rendered; nil where the plan scores nothing.
    public let score: String?
    /// What to do next.
    public let steps: [Frame.Link]

    public init(figures: String?, score: String?, steps: [Frame.Link]) {
        self.figures = figures
        self.score = score
        self.steps = steps
    }

    /// The same with what another area has to do next, first.
    public func adding(_ steps: [Frame.Link]) -> UnitParts {
        UnitParts(figures: figures, score: score, steps: steps + self.steps)
    }
}
