import TestSupport
import Testing

@testable import Charts

/// A cartogram of areas made up for the test.
@Suite
struct CartogramTests {
    static func area(_ id: String, _ latitude: Double, _ longitude: Double, _ size: Double? = 25) -> Cartogram.Area {
        Cartogram.Area(id: id, latitude: latitude, longitude: longitude, squareKilometres: size)
    }

    /// Six by six areas, five kilometres apart, each with 25 square kilometres.
    static let grid: [Cartogram.Area] = (0..<36).map { index -> Cartogram.Area in
        let row = Double(index / 6)
        let column = Double(index % 6)
        return area("\(index / 6)-\(index % 6)", 20.8 + 0.0449 * row, 106.5 + 0.0481 * column)
    }

    static let gridNeighbours: [(String, String)] = (0..<36).flatMap { index -> [(String, String)] in
        let row = index / 6
        let column = index % 6
        var pairs: [(String, String)] = []
        if column < 5 { pairs.append(("\(row)-\(column)", "\(row)-\(column + 1)")) }
        if row < 5 { pairs.append(("\(row)-\(column)", "\(row + 1)-\(column)")) }
        return pairs
    }

    static func size(_ cell: Cartogram.Cell) -> Double { Polygon(corners: cell.points).area }

    /// What holds for every cell of every map.
    static func expectSound(
        _ map: Cartogram, ids: [String], sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let isComplete = map.cells.map(\.id) == ids.sorted()
        #expect(isComplete, "every area once, by id", sourceLocation: sourceLocation)
        for cell in map.cells {
            #expect(cell.points.count >= 3, "\(cell.id)", sourceLocation: sourceLocation)
            let holdsSite = Polygon(corners: cell.points).contains(cell.centre)
            #expect(holdsSite, "\(cell.id) does not hold its site", sourceLocation: sourceLocation)
            let isInside = cell.points.allSatisfy { point in
                point.x >= 0 && point.x <= map.width && point.y >= 0 && point.y <= map.height
            }
            #expect(isInside, "\(cell.id) leaves the drawing", sourceLocation: sourceLocation)
        }
    }

    @Test
    func `no areas give an empty map`() {
        let map = Cartogram(areas: [], neighbours: [("1", "2")])
        #expect(map.cells.isEmpty)
        #expect(map.height == 0)
    }

    @Test(arguments: [1, 2, 3])
    func `few areas give as many cells`(count: Int) {
        let areas = (0..<count).map { Self.area("\($0)", 20.8, 106.5 + 0.05 * Double($0)) }
        let map = Cartogram(areas: areas, neighbours: [])
        Self.expectSound(map, ids: areas.map(\.id))
        #expect(map.cells.allSatisfy { !$0.isInset })
        #expect(map.touching().count == count - 1)
    }

    @Test
    func `areas at the same place each keep a cell`() {
        let areas = (0..<7).map { Self.area("\($0)", 20.8, 106.5) } + [Self.area("x", 20.85, 106.5, nil)]
        Self.expectSound(Cartogram(areas: areas, neighbours: [("0", "1")]), ids: areas.map(\.id))
        let alone = Array(areas.prefix(2))
        Self.expectSound(Cartogram(areas: alone, neighbours: []), ids: alone.map(\.id))
    }

    @Test(arguments: [true, false])
    func `equal areas get equal cells`(isListed: Bool) throws {
        let map = Cartogram(areas: Self.grid, neighbours: isListed ? Self.gridNeighbours : [])
        Self.expectSound(map, ids: Self.grid.map(\.id))
        let inner = map.cells.filter { cell in
            !cell.id.hasPrefix("0") && !cell.id.hasPrefix("5") && !cell.id.hasSuffix("0") && !cell.id.hasSuffix("5")
        }
        try #require(inner.count == 16)
        let sizes = inner.map(Self.size)
        let least = try #require(sizes.min())
        let most = try #require(sizes.max())
        #expect(most < 1.2 * least)
        let touching = map.touching()
        let isWhole = Self.gridNeighbours.allSatisfy { touching.contains(Cartogram.Touch($0.0, $0.1)) }
        #expect(isWhole, "neighbours of the grid touch")
    }

    @Test
    func `a larger area gets a larger cell`() throws {
        var areas = Self.grid
        areas[14] = Self.area("2-2", areas[14].latitude, areas[14].longitude, 40)
        areas[21] = Self.area("3-3", areas[21].latitude, areas[21].longitude, 15)
        let map = Cartogram(areas: areas, neighbours: Self.gridNeighbours)
        Self.expectSound(map, ids: areas.map(\.id))
        let large = try #require(map.cells.first { $0.id == "2-2" })
        let small = try #require(map.cells.first { $0.id == "3-3" })
        let ratio = Self.size(large) / Self.size(small)
        #expect(ratio > 1.8)
        #expect(ratio < 3.2)
    }

    @Test
    func `an area of unknown size is drawn like the others`() throws {
        var areas = Self.grid
        areas[14] = Self.area("2-2", areas[14].latitude, areas[14].longitude, nil)
        areas[15] = Self.area("2-3", areas[15].latitude, areas[15].longitude, -3)
        let unknown = Cartogram(areas: areas, neighbours: Self.gridNeighbours)
        let known = Cartogram(areas: Self.grid, neighbours: Self.gridNeighbours)
        let isSame = unknown.cells == known.cells
        #expect(isSame)
    }

    @Test
    func `the order of the input does not matter`() {
        var generator = SeededGenerator(seed: 3)
        let map = Cartogram(areas: Self.grid, neighbours: Self.gridNeighbours)
        let turned = Self.gridNeighbours.shuffled(using: &generator).map { ($0.1, $0.0) }
        let doubled = turned + Self.gridNeighbours + [("0-0", "0-0"), ("0-0", "không có")]
        let other = Cartogram(areas: Self.grid.shuffled(using: &generator) + [Self.grid[5]], neighbours: doubled)
        let isSame = map.cells == other.cells && map.height == other.height
        #expect(isSame)
    }

    @Test
    func `areas far away or at no place become insets`() throws {
        let away = [Self.area("z1", 19.5, 107.9), Self.area("z2", .nan, 106), Self.area("z3", 20.8, 900)]
        let map = Cartogram(areas: Self.grid + away, neighbours: Self.gridNeighbours)
        Self.expectSound(map, ids: (Self.grid + away).map(\.id))
        #expect(map.cells.filter(\.isInset).map(\.id) == ["z1", "z2", "z3"])
        let lowest = map.cells.filter { !$0.isInset }.flatMap(\.points).map(\.y).max() ?? 0
        let isApart = map.cells.filter(\.isInset).flatMap(\.points).allSatisfy { $0.y > lowest }
        #expect(isApart, "the grid reaches to the corner, so the insets stand under it")
    }

    @Test
    func `areas anywhere give cells that do not overlap`() {
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<5 {
            let areas = (0..<25).map { index in
                Self.area(
                    "\(index)", Double.random(in: 20.5...21.2, using: &generator),
                    Double.random(in: 106...107, using: &generator), Double.random(in: 1...120, using: &generator))
            }
            let map = Cartogram(areas: areas, neighbours: [])
            Self.expectSound(map, ids: areas.map(\.id))
            #expect(Self.overlap(map.cells) < 1, "of about half a million square units")
        }
    }

    /// The area that cells have in common, in square units of the drawing.
    static func overlap(_ cells: [Cartogram.Cell]) -> Double {
        var overlap = 0.0
        for (position, cell) in cells.enumerated() {
            for other in cells[(position + 1)...] {
                var common = Polygon(corners: cell.points)
                for side in Polygon(corners: other.points).sides where !common.corners.isEmpty {
                    common = common.clipped(to: side)
                }
                overlap += common.area
            }
        }
        return overlap
    }
}
