extension AreaMap {
    /// How far an area has come, measured against its way to the target.
    public enum Level: Int, Sendable, CaseIterable {
        case missing
        case farBehind
        case behind
        case onCourse
        case ahead
        case farAhead

        /// As the legend names it.
        public var title: String {
            switch self {
            case .missing: "Chưa có số liệu"
            case .farBehind: "Chậm nhiều"
            case .behind: "Chậm"
            case .onCourse: "Đúng tiến độ"
            case .ahead: "Vượt"
            case .farAhead: "Vượt nhiều"
            }
        }

        /// The colour of the area, orange for behind and blue for ahead. Areas behind are dotted and those without
        /// figures hatched besides, so that grey print tells them from the others.
        public var fill: String {
            switch self {
            case .missing: "#ffffff"
            case .farBehind: "#b35806"
            case .behind: "#fdb863"
            case .onCourse: "#eef1f3"
            case .ahead: "#92c5de"
            case .farAhead: "#2166ac"
            }
        }

        /// In the order of the legend.
        static let inLegend: [Level] = [.farBehind, .behind, .onCourse, .ahead, .farAhead, .missing]

        /// What is drawn on the colour, as elements of a tile of 12 by 12 units; `nil` for a plain colour.
        private var figure: String? {
            switch self {
            case .missing: "<path d=\"M6 0v12\" stroke=\"#8a949c\" stroke-width=\"3\"/>"
            case .farBehind: "<circle cx=\"6\" cy=\"6\" r=\"2.4\" fill=\"#fff\"/>"
            case .behind: "<circle cx=\"6\" cy=\"6\" r=\"1.6\" fill=\"#7a3a00\"/>"
            case .onCourse, .ahead, .farAhead: nil
            }
        }

        /// A `<pattern>` with the level's figure; `nil` for a plain colour.
        ///
        /// - Parameter id: of the map, ready for an attribute
        func pattern(id: String) -> String? {
            guard let figure else { return nil }
            return """
                <pattern id="\(id)-\(rawValue)" width="12" height="12" patternUnits="userSpaceOnUse" \
                patternTransform="rotate(45)"><path d="M0 0h12v12H0z" fill="\(fill)"/>\(figure)</pattern>
                """
        }

        /// The value of a `fill` attribute: the colour, or the map's pattern.
        func paint(id: String) -> String { figure == nil ? fill : "url(#\(id)-\(rawValue))" }
    }
}
