/// Where labels stand in a drawing, so that none stands on another, nor so close that two read as one.
struct LabelRoom {
    /// One of the places where a label may stand: the end of its base line that the anchor names.
    struct Place {
        let point: PlanePoint
        let anchor: Pen.Anchor
    }

    private struct Box {
        let left: Double
        let right: Double
        let top: Double
        let bottom: Double

        /// How much of two boxes lies on each other; 0 for two apart.
        func shared(with other: Box) -> Double {
            max(min(right, other.right) - max(left, other.left), 0)
                * max(min(bottom, other.bottom) - max(top, other.top), 0)
        }
    }

    /// Left free around each label.
    private static let margin = 5.0

    private let size: Double
    /// Nothing stands above, or left of, or right of, these.
    private let bounds: Box
    private var taken: [Box] = []

    /// - Parameter size: of the labels' letters.
    init(size: Double, left: Double, right: Double, top: Double, bottom: Double) {
        self.size = size
        bounds = Box(left: left, right: right, top: top, bottom: bottom)
    }

    /// Takes a place that is settled.
    mutating func take(_ words: String, at place: Place) { taken.append(box(of: words, at: place)) }

    /// Takes the first of some places that is free and inside; where none is, the one that covers least.
    /// - Parameter places: at least one, the best first.
    mutating func place(_ words: String, at places: [Place]) -> Place? {
        var best: (place: Place, box: Box, cost: Double)?
        for place in places {
            let box = box(of: words, at: place)
            let outside =
                max(bounds.left - box.left, 0) + max(box.right - bounds.right, 0) + max(bounds.top - box.top, 0)
                + max(box.bottom - bounds.bottom, 0)
            let cost = taken.reduce(outside * size) { $0 + $1.shared(with: box) }
            if best.map({ cost < $0.cost }) ?? true { best = (place, box, cost) }
            if cost == 0 { break }
        }
        guard let best else { return nil }
        taken.append(best.box)
        return best.place
    }

    private func box(of words: String, at place: Place) -> Box {
        let width = Markup.width(of: words, size: size)
        let left =
            switch place.anchor {
            case .start: place.point.x
            case .middle: place.point.x - width / 2
            case .end: place.point.x - width
            }
        // Digits stand on the base line and reach three quarters of the letters' size.
        return Box(
            left: left - Self.margin, right: left + width + Self.margin,
            top: place.point.y - size * 0.75 - Self.margin, bottom: place.point.y + Self.margin)
    }
}
