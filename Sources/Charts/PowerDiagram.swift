import Foundation

/// Divides the plane among sites so that each cell contains its site and has nearly the area asked for.
///
/// A power diagram is a Voronoi diagram whose borders are shifted by weights: the border between two sites stands at
/// right angles to the line between them, nearer to the one with the smaller weight. Each cell is bounded by a disc
/// and by its coast besides, so that the map ends where the province does.
struct PowerDiagram: Sendable {
    private struct Rival: Sendable {
        let index: Int
        let distance: Double
        /// The unit vector towards it.
        let direction: PlanePoint
    }

    /// Corners of the polygon that stands for a disc.
    private static let corners = 24
    /// Of the way between two sites, the part by which their border may stray from the middle; at 1 it would pass
    /// through a site.
    private static let stray = 0.9
    /// How much of what a cell's area lacks is made good in a round.
    private static let damping = 0.3

    private let sites: [MapSite]
    /// Of the disc that bounds each cell.
    private let reaches: [Double]
    private let coasts: [[PlanePoint]]
    /// The sites whose discs overlap; no others can share a border.
    private let rivals: [[Rival]]
    /// How far the coast of each cell lies from its site.
    private var setbacks: [Double]
    private var weights: [Double]

    /// - Parameter sites: no two at the same point
    init(_ sites: [MapSite]) {
        let coasts = sites.indices.map { (index: Int) -> [PlanePoint] in
            Coast.directions(from: index, among: sites)
        }
        let reaches = sites.indices.map { (index: Int) -> Double in
            Self.reach(of: sites[index], among: sites, hasCoast: !coasts[index].isEmpty)
        }
        rivals = sites.indices.map { (index: Int) -> [Rival] in
            Self.rivals(of: index, among: sites, reaches: reaches)
        }
        self.sites = sites
        self.coasts = coasts
        self.reaches = reaches
        setbacks = sites.map { (site: MapSite) -> Double in site.radius }
        weights = sites.map { (site: MapSite) -> Double in site.radius * site.radius }
        restrain()
    }

    /// Large enough to meet the neighbours, small enough that an area at the edge does not swell into the void.
    private static func reach(of site: MapSite, among sites: [MapSite], hasCoast: Bool) -> Double {
        var farthest = 0.0
        for index in site.neighbours where site.isClose(to: sites[index]) {
            farthest = max(farthest, site.point.distance(to: sites[index].point))
        }
        let most = (hasCoast ? 1.6 : 3.0) * site.radius
        return max(1.35 * site.radius, min(farthest, most))
    }

    private static func rivals(of index: Int, among sites: [MapSite], reaches: [Double]) -> [Rival] {
        let point = sites[index].point
        var rivals: [Rival] = []
        for other in sites.indices where other != index {
            let distance = point.distance(to: sites[other].point)
            guard distance < reaches[index] + reaches[other] else { continue }
            guard let direction = point.direction(to: sites[other].point) else { continue }
            rivals.append(Rival(index: other, distance: distance, direction: direction))
        }
        return rivals
    }

    /// The cell of each site, in their order.
    var cells: [Polygon] { sites.indices.map { (index: Int) -> Polygon in cell(of: index) } }

    /// Shifts borders and coasts until the cells have nearly the areas of their sites.
    mutating func settle(rounds: Int = 30) {
        for _ in 0..<rounds {
            let areas = cells.map { (cell: Polygon) -> Double in cell.area }
            for index in sites.indices where areas[index] > 0 {
                let site = sites[index]
                let setback = setbacks[index] * pow(site.area / areas[index], Self.damping)
                setbacks[index] = min(max(setback, 0.75 * site.radius), 1.3 * site.radius)
                weights[index] += Self.damping * (site.area - areas[index]) / Double.pi
            }
            restrain()
        }
    }

    private func cell(of index: Int) -> Polygon {
        let site = sites[index]
        let reach = reaches[index]
        let disc = (0..<Self.corners).map { (count: Int) -> PlanePoint in
            let angle = 2 * Double.pi * Double(count) / Double(Self.corners)
            return PlanePoint(x: site.point.x + reach * cos(angle), y: site.point.y + reach * sin(angle))
        }
        var cell = Polygon(corners: disc)
        for direction in coasts[index] {
            cell = cell.clipped(to: HalfPlane(reaching: setbacks[index], from: site.point, towards: direction))
        }
        for rival in rivals[index] {
            let lead = (weights[index] - weights[rival.index]) / rival.distance
            let border = (rival.distance + lead) / 2
            if border >= reach { continue }
            cell = cell.clipped(to: HalfPlane(reaching: border, from: site.point, towards: rival.direction))
        }
        return cell
    }

    /// Lowers weights until every site lies in its own cell, so that no cell vanishes.
    ///
    /// Like Bellman and Ford's search for shortest paths: it comes to rest after at most as many passes as there are
    /// sites, whatever their order.
    private mutating func restrain() {
        for _ in weights.indices {
            var hasChanged = false
            for index in weights.indices {
                for rival in rivals[index] {
                    let most = weights[index] + Self.stray * rival.distance * rival.distance
                    if weights[rival.index] > most {
                        weights[rival.index] = most
                        hasChanged = true
                    }
                }
            }
            if !hasChanged { return }
        }
    }
}
