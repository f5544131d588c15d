import Foundation
import Testing

@testable import Charts

/// The map of the province the program is made for.
@Suite
struct HaiPhongMapTests {
    @Test
    func `every commune has a cell around its place`() throws {
        try #require(HaiPhong.areas.count == 114)
        CartogramTests.expectSound(HaiPhong.map, ids: HaiPhong.areas.map(\.id))
        #expect(HaiPhong.map.cells.filter(\.isInset).map(\.id) == [HaiPhong.farIsland])
    }

    @Test
    func `most neighbours touch and few others do`() throws {
        try #require(HaiPhong.neighbours.count > 250)
        let listed = Set(HaiPhong.neighbours.map { Cartogram.Touch($0.0, $0.1) })
        let touching = HaiPhong.map.touching()
        let share = Double(listed.intersection(touching).count) / Double(listed.count)
        #expect(share >= 0.85)
        #expect(touching.subtracting(listed).count <= listed.count / 10)
    }

    @Test
    func `cells do not overlap`() {
        let overlap = CartogramTests.overlap(HaiPhong.map.cells)
        #expect(overlap < 1, "of some hundred thousand square units")
    }

    @Test
    func `cells are as large as the communes are`() throws {
        var real: [String: Double] = [:]
        for area in HaiPhong.areas where area.id != HaiPhong.farIsland { real[area.id] = area.squareKilometres }
        let cells = HaiPhong.map.cells.filter { !$0.isInset }
        let drawn = cells.map(CartogramTests.size).reduce(0, +)
        let scale = drawn / real.values.reduce(0, +)
        let fitting = cells.filter { cell in
            guard let area = real[cell.id] else { return false }
            return abs(CartogramTests.size(cell) / (scale * area) - 1) < 0.2
        }
        #expect(fitting.count >= 105)
    }

    @Test
    func `the order of the files does not matter`() {
        let other = Cartogram(areas: HaiPhong.areas.reversed(), neighbours: HaiPhong.neighbours.reversed())
        let isSame = other.cells == HaiPhong.map.cells
        #expect(isSame)
    }

    @Test
    func `the map is small and leads to every commune once`() throws {
        var shades: [String: AreaMap.Shade] = [:]
        for (position, area) in HaiPhong.areas.enumerated() {
            let level = AreaMap.Level.allCases[position % AreaMap.Level.allCases.count]
            shades[area.id] = AreaMap.Shade(
                level: level, name: HaiPhong.names[area.id] ?? area.id,
                words: "12.345 người, chậm 1.234 người so với dự kiến", address: "/don-vi/\(area.id)",
                isContested: position % 20 == 0)
        }
        let chart = AreaMap(
            id: "ban-do", title: "Tiến độ của 114 đơn vị", layout: MapLayout(HaiPhong.map), shades: shades,
            legend: "Tiến độ so với lộ trình"
        ).chart()
        #expect(chart.svg.utf8.count < 32 * 1024)
        let links = try soundDrawing(of: chart).all("a").compactMap { $0.attributes["href"] }
        let isComplete = links.sorted() == HaiPhong.areas.map { "/don-vi/\($0.id)" }.sorted()
        #expect(isComplete)
        let areInWords = HaiPhong.areas.allSatisfy { chart.svg.components(separatedBy: $0.id).count == 2 }
        #expect(areInWords, "each id occurs once")
    }
}
