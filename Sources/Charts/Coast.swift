import Foundation

/// An area as the map is computed with it, in a plane of kilometres.
struct MapSite: Sendable {
    let point: PlanePoint
    /// Square kilometres, positive.
    let area: Double
    /// Indices of the areas it borders on, ascending, itself left out.
    let neighbours: [Int]
    /// Of a disc of the same area.
    let radius: Double

    init(point: PlanePoint, area: Double, neighbours: [Int]) {
        self.point = point
        self.area = area
        self.neighbours = neighbours
        radius = (area / Double.pi).squareRoot()
    }

    /// Whether the areas lie near enough for their cells to meet: neighbours across a strait do not.
    func isClose(to other: MapSite) -> Bool {
        point.distance(to: other.point) < 1.7 * (radius + other.radius)
    }
}

/// Where an area ends without another area beginning: at the sea, or at the border of the province.
///
/// Nothing is known of the real border, but the list of neighbours tells where there is none: between two neighbours
/// that do not touch each other and stand far apart as seen from the area.
enum Coast {
    private static let degree = Double.pi / 180
    /// Neighbours nearer to each other than this leave no room for a coast, even if they meet only in a corner.
    private static let least = 100 * degree
    /// Neighbours that touch each other close the space between them, unless the area looks out over their far side.
    private static let leastBetweenNeighbours = 185 * degree
    /// How far a coast line turns away from the direction of a neighbour: less would cut off the common border.
    private static let turn = 50 * degree
    private static let step = 40 * degree

    private struct Bearing {
        let index: Int
        let angle: Double
    }

    /// The directions, as unit vectors, in which the coast of an area lies; none for an area surrounded by others.
    static func directions(from index: Int, among sites: [MapSite]) -> [PlanePoint] {
        let site = sites[index]
        let vectors = angles(around: site, among: sites).map { (angle: Double) -> PlanePoint in
            PlanePoint(x: cos(angle), y: sin(angle))
        }
        return vectors.filter { (vector: PlanePoint) -> Bool in
            // A list with a pair left out must not tear a hole into the middle of the map.
            let probe = site.point.moved(by: 1.8 * site.radius, along: vector)
            return !sites.indices.contains { (other: Int) -> Bool in
                other != index && probe.distance(to: sites[other].point) < 1.2 * sites[other].radius
            }
        }
    }

    private static func angles(around site: MapSite, among sites: [MapSite]) -> [Double] {
        let close = site.neighbours.filter { (index: Int) -> Bool in site.isClose(to: sites[index]) }
        var bearings = close.map { (index: Int) -> Bearing in
            let other = sites[index].point
            return Bearing(index: index, angle: atan2(other.y - site.point.y, other.x - site.point.x))
        }
        bearings.sort { (left: Bearing, right: Bearing) -> Bool in
            (left.angle, left.index) < (right.angle, right.index)
        }
        guard let first = bearings.first else {
            return (0..<9).map { (turns: Int) -> Double in Double(turns) * step }
        }

        var angles: [Double] = []
        for (position, bearing) in bearings.enumerated() {
            let isLast = position + 1 == bearings.count
            let next = isLast ? first : bearings[position + 1]
            let round = isLast ? 2 * Double.pi : 0
            let gap = next.angle - bearing.angle + round
            let meet = sites[bearing.index].neighbours.contains(next.index)
            if gap < (meet ? leastBetweenNeighbours : least) { continue }
            let span = gap - 2 * turn
            let steps = Int((span / step).rounded(.up))
            for count in 0...max(steps, 0) {
                let part = steps > 0 ? span * Double(count) / Double(steps) : 0
                angles.append(bearing.angle + turn + part)
            }
        }
        return angles
    }
}
