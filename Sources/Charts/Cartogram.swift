import Foundation

/// A map made of centre points, areas and a list of neighbours, without the real borders.
///
/// Each area becomes a convex cell at its place, nearly as large as it is, that meets most of its neighbours. Areas far
/// out at sea become small squares at the lower right corner. The same areas give the same map, in whatever order they
/// come.
public struct Cartogram: Sendable {
    /// An area of the earth, as far as it is known.
    public struct Area: Sendable {
        public let id: String
        /// Degrees north, of a point in the middle of the area.
        public let latitude: Double
        /// Degrees east.
        public let longitude: Double
        /// `nil` when unknown: drawn like the median of the others.
        public let squareKilometres: Double?

        public init(id: String, latitude: Double, longitude: Double, squareKilometres: Double?) {
            self.id = id
            self.latitude = latitude
            self.longitude = longitude
            self.squareKilometres = squareKilometres
        }
    }

    /// An area of the map.
    public struct Cell: Sendable, Equatable {
        public let id: String
        /// The corners of a convex polygon, at least three, turning from the x axis towards the y axis.
        public let points: [PlanePoint]
        /// Where the area really lies, always inside the cell; of an inset, the middle of its square.
        public let centre: PlanePoint
        /// Drawn as a square apart from the map, because it lies too far away or its place is unknown.
        public let isInset: Bool
    }

    /// Ascending by id, one each.
    public let cells: [Cell]
    /// Of the drawing, in the units of `points`; the drawing begins at 0, 0.
    public let width: Double
    /// 0 without areas.
    public let height: Double

    /// Kilometres a degree of latitude.
    private static let degree = 111.32

    /// - Parameters:
    ///   - areas: of several with the same id, one is taken
    ///   - neighbours: pairs of ids in either order; pairs with an id that no area has are passed over
    ///   - width: of the whole drawing
    public init(areas: [Area], neighbours: [(String, String)], width: Double = 1000) {
        self.width = width.isFinite ? min(max(width, 10), 100_000) : 1000
        let known = Self.distinct(areas)
        let placed = known.filter(\.hasPlace)
        let points = Self.projected(placed)
        let links = Self.links(between: placed, pairs: neighbours)
        let typicalArea = Mainland.median(of: known.compactMap(\.usableArea))
        let spacing = Mainland.spacing(of: points) ?? (typicalArea ?? 1).squareRoot()

        let isMember = Mainland.members(of: points, neighbours: links, spacing: spacing)
        let main = placed.indices.filter { (index: Int) -> Bool in isMember[index] }
        let mainPoints = Mainland.separated(main.map { (index: Int) -> PlanePoint in points[index] }, by: spacing / 20)
        let renumbered = Dictionary(zip(main, main.indices), uniquingKeysWith: { (first: Int, _: Int) -> Int in first })
        let sites = main.indices.map { (position: Int) -> MapSite in
            let index = main[position]
            let area = placed[index].usableArea ?? typicalArea ?? spacing * spacing
            return MapSite(
                point: mainPoints[position], area: area, neighbours: links[index].compactMap { renumbered[$0] })
        }
        var diagram = PowerDiagram(sites)
        diagram.settle()
        let polygons = diagram.cells

        let frame = MapFrame(corners: polygons.flatMap(\.corners), width: self.width)
        var cells: [Cell] = []
        for position in main.indices {
            cells.append(
                Cell(
                    id: placed[main[position]].id, points: polygons[position].corners.map(frame.placed),
                    centre: frame.placed(mainPoints[position]), isInset: false))
        }
        let drawn = Set(cells.map(\.id))
        let apart = known.filter { (area: Area) -> Bool in !drawn.contains(area.id) }
        let row = InsetRow(count: apart.count, beside: cells.flatMap(\.points), width: self.width, height: frame.height)
        for (area, square) in zip(apart, row.squares) {
            cells.append(Cell(id: area.id, points: square.corners, centre: square.centre, isInset: true))
        }
        height = row.height
        self.cells = cells.sorted { (left: Cell, right: Cell) -> Bool in left.id < right.id }
    }

    /// The areas by id, one each.
    private static func distinct(_ areas: [Area]) -> [Area] {
        let sorted = areas.sorted { (left: Area, right: Area) -> Bool in
            (left.id, left.latitude, left.longitude, left.squareKilometres ?? 0)
                < (right.id, right.latitude, right.longitude, right.squareKilometres ?? 0)
        }
        var distinct: [Area] = []
        for area in sorted where distinct.last?.id != area.id { distinct.append(area) }
        return distinct
    }

    /// Kilometres east and south, true to scale at the mean latitude; good for a province.
    private static func projected(_ areas: [Area]) -> [PlanePoint] {
        let sum = areas.reduce(0.0) { (sum: Double, area: Area) -> Double in sum + area.latitude }
        let mean = sum / Double(max(areas.count, 1))
        let narrowing = cos(mean * Double.pi / 180)
        return areas.map { (area: Area) -> PlanePoint in
            PlanePoint(x: area.longitude * degree * narrowing, y: -area.latitude * degree)
        }
    }

    /// The neighbours of each area as indices, ascending.
    private static func links(between areas: [Area], pairs: [(String, String)]) -> [[Int]] {
        var positions: [String: Int] = [:]
        for (position, area) in areas.enumerated() { positions[area.id] = position }
        var links = areas.map { (_: Area) -> Set<Int> in [] }
        for (first, second) in pairs {
            guard let one = positions[first], let other = positions[second], one != other else { continue }
            links[one].insert(other)
            links[other].insert(one)
        }
        return links.map { (neighbours: Set<Int>) -> [Int] in neighbours.sorted() }
    }
}

extension Cartogram.Area {
    fileprivate var hasPlace: Bool { (-90...90).contains(latitude) && (-180...180).contains(longitude) }

    fileprivate var usableArea: Double? {
        guard let squareKilometres, squareKilometres.isFinite, squareKilometres > 0 else { return nil }
        return squareKilometres
    }
}
