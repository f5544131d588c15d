/// One figure against where it began, where it should be by now and where it shall be: a bar for a line of a table.
///
/// The bar runs from the left end to the figure, so that what is short of a mark ends before it, also below where it began.
/// Nothing is cut off: whatever lies beyond the target is drawn beyond it.
public struct BulletBar: Sendable {
    private static let width = 360.0
    private static let height = 46.0
    private static let left = 10.0
    private static let right = 350.0
    /// Of the bar.
    private static let top = 17.0
    private static let thickness = 16.0

    let id: String
    let title: String
    let start: Int?
    let now: Int?
    let expected: Int?
    let target: Int?
    let unit: String

    /// - Parameters:
    ///   - id: of the picture, unique on its page
    ///   - title: plain text
    ///   - start: where the figure began; without it the scale begins at 0
    ///   - expected: where it should be by now
    ///   - unit: of all four
    public init(
        id: String, title: String, start: Int?, now: Int?, expected: Int?, target: Int?, unit: String = "người"
    ) {
        self.id = id
        self.title = title
        self.start = start
        self.now = now
        self.expected = expected
        self.target = target
        self.unit = unit
    }

    public func chart() -> Chart {
        let key = Markup.identifier(id)
        var pen = Pen()
        pen.rectangle(
            x: Self.left, y: Self.top, width: Self.right - Self.left, height: Self.thickness,
            look: "fill=\"\(Palette.track)\" stroke=\"\(Palette.outline)\"")
        if now == nil {
            let words = start == nil && expected == nil && target == nil ? Wording.noFigures : "?"
            pen.write(
                words, at: PlanePoint(x: Self.left + 8, y: Self.top + 13), size: 14, fill: Palette.ink)
        }
        drawNow(key: key, with: &pen)
        drawExpected(with: &pen)
        drawTarget(with: &pen)
        return Chart(
            id: key, title: title, width: Self.width, height: Self.height, alternative: alternative,
            drawing: pen.drawing)
    }

    /// Where a figure stands on a scale from the least of all figures to the greatest.
    private func x(_ figure: Int) -> Double {
        let figures = [start ?? 0] + [now, expected, target].compactMap { (figure: Int?) -> Int? in figure }
        let high = Double(figures.max() ?? 0)
        var low = Double(figures.min() ?? 0)
        guard high > low else { return Self.left }
        // The least of all leaves a bar to be seen, unless it stands where it began.
        if let now, now == figures.min(), now != (start ?? 0) { low -= (high - low) / 8 }
        return Self.left + (Self.right - Self.left) * (Double(figure) - low) / (high - low)
    }

    private func drawNow(key: String, with pen: inout Pen) {
        guard let now else { return }
        let length = max(x(now) - Self.left, 1)
        var look = "fill=\"\(Palette.blue)\""
        if now < start ?? 0 {
            let ground = "<path d=\"M0 0h6v6H0z\" fill=\"\(Palette.orange)\"/>"
            let stripe = "<path d=\"M3 0v6\" stroke=\"\(Palette.deepOrange)\" stroke-width=\"2\"/>"
            pen.put(
                """
                <defs><pattern id="\(key)-h" width="6" height="6" patternUnits="userSpaceOnUse" \
                patternTransform="rotate(45)">\(ground)\(stripe)</pattern></defs>
                """)
            look = "fill=\"url(#\(key)-h)\" stroke=\"\(Palette.deepOrange)\""
        }
        pen.rectangle(x: Self.left, y: Self.top + 3, width: length, height: Self.thickness - 6, look: look)
    }

    /// A tick across the bar, light around dark, so that it shows on any ground.
    private func drawExpected(with pen: inout Pen) {
        guard let expected else { return }
        let place = x(expected)
        let above = PlanePoint(x: place, y: Self.top - 4)
        let below = PlanePoint(x: place, y: Self.top + Self.thickness + 4)
        pen.line(from: above, to: below, look: "stroke=\"#fff\" stroke-width=\"6\"")
        pen.line(from: above, to: below, look: "stroke=\"\(Palette.ink)\" stroke-width=\"3\"")
    }

    /// A flag on a pole; near the right end it flies to the left.
    private func drawTarget(with pen: inout Pen) {
        guard let target else { return }
        let place = x(target)
        let foot = Self.top + Self.thickness
        let fliesLeft = place > Self.right - 20
        let pennant = fliesLeft ? "h-14l4 5-4 5h14" : "h14l-4 5 4 5h-14"
        pen.path(
            "M\(Markup.number(place)) \(Markup.number(foot))V2\(pennant)",
            "fill=\"\(Palette.deepOrange)\" stroke=\"\(Palette.deepOrange)\" stroke-width=\"2\"")
    }
}

extension BulletBar {
    /// All four figures, and how far the figure is from the target.
    var alternative: String {
        let words = [
            Self.told("Đầu kỳ", start, unit), Self.told("hiện nay", now, unit),
            Self.told("dự kiến đến nay", expected, unit), Self.told("chỉ tiêu", target, unit),
        ]
        let sentence = words.joined(separator: "; ") + "."
        guard let now, let target else { return sentence }
        let surplus = Wording.difference(now, target)
        if surplus == 0 { return "\(sentence) Đạt chỉ tiêu." }
        let distance = "\(Wording.size(surplus)) \(unit)"
        return surplus > 0 ? "\(sentence) Vượt chỉ tiêu \(distance)." : "\(sentence) Còn thiếu \(distance)."
    }

    private static func told(_ name: String, _ figure: Int?, _ unit: String) -> String {
        guard let figure else { return "\(name): chưa có số liệu" }
        return "\(name): \(Wording.amount(figure, unit))"
    }
}
