extension Cartogram {
    /// Two areas with a common border, the smaller id first.
    struct Touch: Sendable, Hashable {
        let first: String
        let second: String

        init(_ one: String, _ other: String) {
            first = min(one, other)
            second = max(one, other)
        }
    }

    /// The pairs of cells of the map that share more than a corner; insets touch nothing.
    ///
    /// - Parameter tolerance: how far apart the edges may be, in the units of the drawing; a common border is at least
    ///   twice as long
    func touching(tolerance: Double = 0.25) -> Set<Touch> {
        let main = cells.filter { (cell: Cell) -> Bool in !cell.isInset }
        var touching: Set<Touch> = []
        for (position, cell) in main.enumerated() {
            for other in main[(position + 1)...] where Self.share(cell.points, other.points, tolerance: tolerance) {
                touching.insert(Touch(cell.id, other.id))
            }
        }
        return touching
    }

    private static func share(_ one: [PlanePoint], _ other: [PlanePoint], tolerance: Double) -> Bool {
        guard var start = one.last else { return false }
        for end in one {
            if let along = start.direction(to: end) {
                let length = start.distance(to: end)
                let common = longest(of: other, along: along, from: start, length: length, tolerance: tolerance)
                if common >= 2 * tolerance { return true }
            }
            start = end
        }
        return false
    }

    /// The longest part of an edge that an edge of a polygon also covers.
    private static func longest(
        of polygon: [PlanePoint], along: PlanePoint, from start: PlanePoint, length: Double, tolerance: Double
    ) -> Double {
        guard var before = polygon.last else { return 0 }
        var longest = 0.0
        for after in polygon {
            let (near, nearAside) = position(of: before, along: along, from: start)
            let (far, farAside) = position(of: after, along: along, from: start)
            if abs(nearAside) <= tolerance, abs(farAside) <= tolerance {
                let common = min(length, max(near, far)) - max(0, min(near, far))
                longest = max(longest, common)
            }
            before = after
        }
        return longest
    }

    /// How far a point lies along a line and beside it.
    private static func position(
        of point: PlanePoint, along: PlanePoint, from start: PlanePoint
    ) -> (ahead: Double, aside: Double) {
        let across = point.x - start.x
        let down = point.y - start.y
        return (across * along.x + down * along.y, across * along.y - down * along.x)
    }
}
