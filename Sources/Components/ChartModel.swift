public import Charts
public import Mustache

/// A chart in its frame. Its SVG is drawn by `Charts` from escaped parts.
public struct ChartModel: Sendable, MustacheParent {
    public let svg: String
    public let caption: String
    /// Of a map: what its printed numbers stand for, from 1 on.
    public let key: [String]

    public init(_ chart: Chart, caption: String) {
        self.init(svg: chart.svg, caption: caption)
    }

    /// A map with its key.
    public init(_ map: AreaMap, caption: String) {
        self.init(svg: map.chart().svg, caption: caption, key: map.key)
    }

    init(svg: String, caption: String, key: [String] = []) {
        self.svg = svg
        self.caption = caption
        self.key = key
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "svg": svg
        case "caption": caption
        case "key": key
        case "isMap": !key.isEmpty
        default: nil
        }
    }
}
