import Foundation

/// Areas laid out on a drawing: a ``Cartogram``, or their real outlines.
public struct MapLayout: Sendable {
    public struct Place: Sendable, Equatable {
        public let id: String
        /// Closed lines, outlines and holes alike; inside is what an odd number of them surrounds.
        public let rings: [[PlanePoint]]
        /// Where a mark of the area stands.
        public let centre: PlanePoint
        /// Drawn in a square apart from the map, because it lies too far away or its place is unknown.
        public let isInset: Bool
    }

    /// Ascending by id, one each.
    public let places: [Place]
    /// Of the drawing, which begins at 0, 0.
    public let width: Double
    /// 0 without areas.
    public let height: Double

    public init(_ cartogram: Cartogram) {
        places = cartogram.cells.map { (cell: Cartogram.Cell) -> Place in
            Place(id: cell.id, rings: [cell.points], centre: cell.centre, isInset: cell.isInset)
        }
        width = cartogram.width
        height = cartogram.height
    }
}

extension MapLayout {
    /// The outlines of an area of the earth.
    public struct Outline: Sendable {
        public let id: String
        /// Degrees north and east of each corner.
        public let rings: [[(latitude: Double, longitude: Double)]]

        public init(id: String, rings: [[(latitude: Double, longitude: Double)]]) {
            self.id = id
            self.rings = rings
        }
    }

    /// Real outlines, true to scale at the mean latitude. Areas far out at sea are drawn in squares at the lower right corner,
    /// each as large as its square allows.
    ///
    /// - Parameters:
    ///   - outlines: with three corners at least in the largest ring of each; one each
    ///   - neighbours: as of a ``Cartogram``: which areas are one body
    public init(outlines: [Outline], neighbours: [(String, String)], width: Double = 1000) {
        let sorted = outlines.filter { !$0.rings.joined().isEmpty }.sorted { $0.id < $1.id }
        let latitudes = sorted.flatMap { $0.rings.joined() }.map(\.latitude)
        let mean = latitudes.reduce(0, +) / Double(max(latitudes.count, 1))
        let shapes = sorted.map { (outline: Outline) -> [[PlanePoint]] in
            outline.rings.map { ring in
                ring.map {
                    PlanePoint(x: $0.longitude * 111.32 * cos(mean * Double.pi / 180), y: -$0.latitude * 111.32)
                }
            }
        }
        let centres = shapes.map(Self.middle)
        let members = Self.members(sorted, centres, neighbours)
        let main = sorted.indices.filter { members[$0] }
        let frame = MapFrame(corners: main.flatMap { shapes[$0].joined() }, width: width)
        var places = main.map { (index: Int) -> Place in
            Place(
                id: sorted[index].id, rings: shapes[index].map { $0.map(frame.placed) },
                centre: frame.placed(centres[index]), isInset: false)
        }
        let apart = sorted.indices.filter { !members[$0] }
        let row = InsetRow(
            count: apart.count, beside: places.flatMap { $0.rings.joined() }, width: width, height: frame.height)
        for (index, square) in zip(apart, row.squares) {
            places.append(
                Place(
                    id: sorted[index].id, rings: Self.fitted(shapes[index], into: square), centre: square.centre,
                    isInset: true))
        }
        self.places = places.sorted { $0.id < $1.id }
        self.width = width
        height = row.height
    }

    private static func members(
        _ outlines: [Outline], _ centres: [PlanePoint], _ neighbours: [(String, String)]
    ) -> [Bool] {
        let positions = Dictionary(
            outlines.enumerated().map { ($0.element.id, $0.offset) }, uniquingKeysWith: { first, _ in first })
        var links = outlines.map { (_: Outline) -> [Int] in [] }
        for (first, second) in neighbours {
            guard let one = positions[first], let other = positions[second], one != other else { continue }
            links[one].append(other)
            links[other].append(one)
        }
        return Mainland.members(of: centres, neighbours: links, spacing: Mainland.spacing(of: centres) ?? 1)
    }

    /// The middle of the widest stretch inside an area, half way up its largest ring: of a crescent too, a point within.
    static func middle(of rings: [[PlanePoint]]) -> PlanePoint {
        let largest = rings.max { abs(area($0)) < abs(area($1)) } ?? []
        guard let top = largest.map(\.y).min(), let bottom = largest.map(\.y).max() else {
            return PlanePoint(x: 0, y: 0)
        }
        let height = top + (bottom - top) * 0.501
        var crossings: [Double] = []
        for ring in rings {
            guard var before = ring.last else { continue }
            for after in ring {
                if (before.y > height) != (after.y > height) {
                    let share = (height - before.y) / (after.y - before.y)
                    crossings.append(before.x + share * (after.x - before.x))
                }
                before = after
            }
        }
        crossings.sort()
        let stretches = stride(from: 0, to: crossings.count - 1, by: 2).map { (crossings[$0], crossings[$0 + 1]) }
        guard let widest = stretches.max(by: { $0.1 - $0.0 < $1.1 - $1.0 }) else {
            return largest.first ?? PlanePoint(x: 0, y: 0)
        }
        return PlanePoint(x: (widest.0 + widest.1) / 2, y: height)
    }

    private static func area(_ ring: [PlanePoint]) -> Double {
        guard var before = ring.last else { return 0 }
        var doubled = 0.0
        for after in ring {
            doubled += before.x * after.y - after.x * before.y
            before = after
        }
        return doubled / 2
    }

    /// Scaled and moved to stand in the middle of a square.
    private static func fitted(_ rings: [[PlanePoint]], into square: InsetRow.Square) -> [[PlanePoint]] {
        let points = Array(rings.joined())
        guard let west = points.map(\.x).min(), let east = points.map(\.x).max(), let north = points.map(\.y).min(),
            let south = points.map(\.y).max(), let corner = square.corners.first
        else { return rings }
        let room = 2 * abs(square.centre.x - corner.x)
        let scale = room / max(east - west, south - north, 1e-9)
        return rings.map { ring in
            ring.map {
                PlanePoint(
                    x: square.centre.x + scale * ($0.x - (west + east) / 2),
                    y: square.centre.y + scale * ($0.y - (north + south) / 2))
            }
        }
    }
}
