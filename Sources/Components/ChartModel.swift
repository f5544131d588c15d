public import Charts
public import Mustache

/// A chart in its frame. Its SVG is drawn by `Charts` from escaped parts.
public struct ChartModel: Sendable, MustacheParent {
    public let svg: String
    public let caption: String

    public init(_ chart: Chart, caption: String) {
        svg = chart.svg
        self.caption = caption
    }

    init(svg: String, caption: String) {
        self.svg = svg
        self.caption = caption
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "svg": svg
        case "caption": caption
        default: nil
        }
    }
}
