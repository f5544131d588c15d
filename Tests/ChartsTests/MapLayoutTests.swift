import Testing

@testable import Charts

/// Real outlines on a drawing.
@Suite
struct MapLayoutTests {
    private static func square(_ id: String, _ latitude: Double, _ longitude: Double, _ size: Double = 0.1)
        -> MapLayout.Outline
    {
        MapLayout.Outline(
            id: id,
            rings: [
                [
                    (latitude, longitude), (latitude, longitude + size), (latitude + size, longitude + size),
                    (latitude + size, longitude),
                ]
            ])
    }

    private static func inside(_ point: PlanePoint, _ rings: [[PlanePoint]]) -> Bool {
        var isInside = false
        for ring in rings {
            guard var before = ring.last else { continue }
            for after in ring {
                if (before.y > point.y) != (after.y > point.y),
                    point.x < before.x + (point.y - before.y) / (after.y - before.y) * (after.x - before.x)
                {
                    isInside.toggle()
                }
                before = after
            }
        }
        return isInside
    }

    @Test
    func `outlines keep their shape and their place to each other`() throws {
        let layout = MapLayout(
            outlines: [Self.square("b", 20, 106.1), Self.square("a", 20, 106), Self.square("c", 20.1, 106)],
            neighbours: [("a", "b"), ("a", "c")])
        #expect(layout.places.map(\.id) == ["a", "b", "c"] && layout.places.allSatisfy { !$0.isInset })
        let (a, b, c) = (layout.places[0], layout.places[1], layout.places[2])
        #expect(b.centre.x > a.centre.x && abs(b.centre.y - a.centre.y) < 1)
        #expect(c.centre.y < a.centre.y && abs(c.centre.x - a.centre.x) < 1)
        // A degree of longitude is shorter than one of latitude, and the same line is drawn at the same place.
        let ring = try #require(a.rings.first)
        let wide = (ring.map(\.x).max() ?? 0) - (ring.map(\.x).min() ?? 0)
        let high = (ring.map(\.y).max() ?? 0) - (ring.map(\.y).min() ?? 0)
        #expect(abs(wide / high - 0.94) < 0.01)
        #expect(!Set(ring).isDisjoint(with: Set(b.rings.joined())))
        let points = layout.places.flatMap { $0.rings.joined() }
        #expect(points.allSatisfy { (0...layout.width).contains($0.x) && (0...layout.height).contains($0.y) })
    }

    @Test
    func `an island far out stands in a square of its own`() throws {
        let grid = (0..<9).map { Self.square("\($0)", 20 + 0.1 * Double($0 / 3), 106 + 0.1 * Double($0 % 3)) }
        let layout = MapLayout(outlines: grid + [Self.square("z", 19, 110, 0.01)], neighbours: [])
        let island = try #require(layout.places.last)
        #expect(island.isInset && layout.places.filter(\.isInset).count == 1)
        let wide = island.rings.joined().map(\.x)
        #expect((wide.max() ?? 0) - (wide.min() ?? 0) > 20, "large enough to be seen")
    }

    @Test
    func `a mark stands inside its area, also of a crescent and beside a hole`() {
        let crescent = [(0, 0), (10, 0), (10, 10), (0, 10), (0, 8), (8, 8), (8, 2), (0, 2)].map {
            PlanePoint(x: $0.0, y: $0.1)
        }
        let outer = [(0, 0), (10, 0), (10, 10), (0, 10)].map { PlanePoint(x: $0.0, y: $0.1) }
        let hole = [(2, 2), (9, 2), (9, 9), (2, 9)].map { PlanePoint(x: $0.0, y: $0.1) }
        for rings in [[crescent], [outer, hole]] {
            #expect(Self.inside(MapLayout.middle(of: rings), rings))
        }
    }

    @Test
    func `no outlines give an empty map`() {
        #expect(MapLayout(outlines: [], neighbours: []).places.isEmpty)
    }
}
