/// Stretches of a life one after another, by age.
public struct LifeCourse: Sendable {
    public struct Stretch: Sendable {
        public enum Look: Sendable {
            /// What is given: money goes out.
            case given
            /// What comes back.
            case received
            /// What must still be done.
            case open
        }

        public let label: String
        public let detail: String
        /// In years of age.
        public let from: Double
        public let to: Double
        public let look: Look

        public init(label: String, detail: String, from: Double, to: Double, look: Look) {
            self.label = label
            self.detail = detail
            self.from = from
            self.to = to
            self.look = look
        }
    }

    /// Narrow, so that its texts of 14 have 12 pixels on a screen of 360.
    private static let width = 376.0
    private static let left = 16.0
    private static let right = 16.0

    let id: String
    let title: String
    let stretches: [Stretch]

    public init(id: String, title: String, stretches: [Stretch]) {
        self.id = id
        self.title = title
        self.stretches = stretches.filter { $0.to > $0.from }
    }

    public func chart() -> Chart {
        let key = Markup.identifier(id)
        guard let first = stretches.map(\.from).min(), let last = stretches.map(\.to).max() else {
            return .empty(id: key, title: title, width: Self.width, height: 120)
        }
        func x(_ age: Double) -> Double {
            Self.left + (age - first) / (last - first) * (Self.width - Self.left - Self.right)
        }
        var pen = Pen()
        let bar = 30.0
        for stretch in stretches {
            let (start, end) = (x(stretch.from), x(stretch.to))
            let look =
                switch stretch.look {
                case .given: "fill=\"\(Palette.orange)\""
                case .received: "fill=\"\(Palette.blue)\""
                case .open: "fill=\"#fff\" stroke=\"\(Palette.deepOrange)\" stroke-width=\"2\" stroke-dasharray=\"6 4\""
                }
            pen.rectangle(x: start, y: bar, width: end - start, height: 34, look: look)
        }
        var ages: [Double] = []
        for age in stretches.flatMap({ [$0.from, $0.to] }) where !ages.contains(where: { abs($0 - age) < 0.01 }) {
            ages.append(age)
        }
        var taken = -100.0
        for age in ages.sorted() {
            let place = x(age)
            pen.line(
                from: PlanePoint(x: place, y: bar - 6), to: PlanePoint(x: place, y: bar + 40),
                look: "stroke=\"\(Palette.ink)\" stroke-width=\"1.5\"")
            guard place - taken > 76 else { continue }
            taken = place
            let anchor: Pen.Anchor = place < 60 ? .start : place > Self.width - 60 ? .end : .middle
            pen.write(
                Self.words(age), at: PlanePoint(x: place, y: bar - 11), size: 14, anchor: anchor, fill: Palette.quiet)
        }
        // What each stretch is stands below, a line each: a short stretch has no room for words.
        var y = bar + 62
        for stretch in stretches {
            let look =
                switch stretch.look {
                case .given: "fill=\"\(Palette.orange)\""
                case .received: "fill=\"\(Palette.blue)\""
                case .open: "fill=\"#fff\" stroke=\"\(Palette.deepOrange)\" stroke-width=\"2\""
                }
            pen.rectangle(x: Self.left, y: y - 13, width: 16, height: 16, look: look)
            pen.write(stretch.label, at: PlanePoint(x: Self.left + 26, y: y), size: 16)
            y += 21
            for line in Self.lines(stretch.detail) {
                pen.write(line, at: PlanePoint(x: Self.left + 26, y: y), size: 15, fill: Palette.quiet)
                y += 20
            }
            y += 8
        }
        return Chart(
            id: key, title: title, width: Self.width, height: y, alternative: alternative, drawing: pen.drawing)
    }

    /// Words in lines that fit the picture.
    private static func lines(_ text: String) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            let longer = line.isEmpty ? String(word) : line + " " + word
            if Markup.width(of: longer, size: 15) > width - left - right - 30, !line.isEmpty {
                lines.append(line)
                line = String(word)
            } else {
                line = longer
            }
        }
        return lines + (line.isEmpty ? [] : [line])
    }

    private static func words(_ age: Double) -> String {
        let months = Int((age * 12).rounded())
        return months % 12 == 0 ? "\(months / 12) tuổi" : "\(months / 12)t \(months % 12)th"
    }

    private var alternative: String {
        stretches.map { "\($0.label), từ \(Self.words($0.from)) đến \(Self.words($0.to)): \($0.detail)." }.joined(
            separator: " ")
    }
}
