/// Where a plane of kilometres comes to lie on the drawing: as wide as the drawing allows, in the middle.
struct MapFrame: Sendable {
    /// Of the drawing up to the lower edge of the map, with a margin; 0 without corners.
    let height: Double
    private let scale: Double
    private let left: Double
    private let top: Double

    /// - Parameters:
    ///   - corners: everything that has to find room, in kilometres
    ///   - width: of the drawing
    init(corners: [PlanePoint], width: Double) {
        guard let first = corners.first else {
            height = 0
            scale = 1
            left = 0
            top = 0
            return
        }
        var west = first.x
        var east = first.x
        var north = first.y
        var south = first.y
        for corner in corners {
            west = min(west, corner.x)
            east = max(east, corner.x)
            north = min(north, corner.y)
            south = max(south, corner.y)
        }
        let margin = width / 200
        // A province that is long from north to south is not drawn wider than a screen can show its height.
        let byWidth = (width - 2 * margin) / max(east - west, 1e-9)
        let byHeight = 1.2 * width / max(south - north, 1e-9)
        scale = min(byWidth, byHeight)
        left = (width - scale * (east - west)) / 2 - scale * west
        top = margin - scale * north
        height = scale * (south - north) + 2 * margin
    }

    func placed(_ point: PlanePoint) -> PlanePoint {
        PlanePoint(x: left + scale * point.x, y: top + scale * point.y)
    }
}

/// Places for the areas that lie too far away: small squares in rows at the lower right corner, each with room for a
/// frame around it and a name under it.
struct InsetRow: Sendable {
    struct Square: Sendable {
        let centre: PlanePoint
        let corners: [PlanePoint]
    }

    let squares: [Square]
    /// Of the drawing with the rows.
    let height: Double

    /// - Parameters:
    ///   - points: what is drawn already; the rows stay clear of it
    ///   - height: of the drawing so far
    init(count: Int, beside points: [PlanePoint], width: Double, height: Double) {
        guard count > 0 else {
            squares = []
            self.height = height
            return
        }
        let perRow = min(count, 4)
        let rows = (count + perRow - 1) / perRow
        let slot = width * 0.25
        let rowHeight = width * 0.12
        let half = width * 0.03
        let left = width - slot * Double(perRow)
        var clear = 0.0
        for point in points where point.x >= left { clear = max(clear, point.y + width * 0.02) }
        let top = max(clear, height - rowHeight * Double(rows))

        squares = (0..<count).map { (index: Int) -> Square in
            let x = left + slot * (Double(index % perRow) + 0.5)
            let y = top + rowHeight * Double(index / perRow) + width * 0.045
            let corners = [
                PlanePoint(x: x - half, y: y - half), PlanePoint(x: x + half, y: y - half),
                PlanePoint(x: x + half, y: y + half), PlanePoint(x: x - half, y: y + half),
            ]
            return Square(centre: PlanePoint(x: x, y: y), corners: corners)
        }
        self.height = max(height, top + rowHeight * Double(rows))
    }
}
