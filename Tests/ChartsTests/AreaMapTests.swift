import Testing

@testable import Charts

@Suite
struct AreaMapTests {
    static let cartogram = Cartogram(areas: CartogramTests.grid, neighbours: CartogramTests.gridNeighbours)

    /// A map of the grid; areas without a level have no shade.
    static func map(_ levels: [String: AreaMap.Level], contested: Set<String> = []) -> AreaMap {
        var shades: [String: AreaMap.Shade] = [:]
        for (id, level) in levels {
            shades[id] = AreaMap.Shade(
                level: level, name: "Xã \(id)", words: "đạt 50 người", address: "/don-vi/\(id)",
                isContested: contested.contains(id))
        }
        return AreaMap(id: "m", title: "Bản đồ", layout: MapLayout(cartogram), shades: shades, legend: "Tiến độ")
    }

    static func all(_ level: AreaMap.Level) -> [String: AreaMap.Level] {
        Dictionary(uniqueKeysWithValues: CartogramTests.grid.map { ($0.id, level) })
    }

    @Test
    func `every level is in the legend with its number of areas`() throws {
        var levels = Self.all(.onCourse)
        levels["0-0"] = .farBehind
        levels["0-1"] = .farBehind
        levels["0-2"] = .farAhead
        levels["0-3"] = nil
        let texts = try soundDrawing(of: Self.map(levels).chart()).texts
        let legend = ["Chậm nhiều: 2", "Chậm: 0", "Đúng tiến độ: 32", "Vượt: 0", "Vượt nhiều: 1", "Chưa có số liệu: 1"]
        let isComplete = legend.allSatisfy { texts.contains($0) }
        #expect(isComplete, "\(texts)")
        #expect(texts.contains("Tiến độ"))
    }

    @Test
    func `a map is read as a group of links with their names`() throws {
        let drawing = try soundDrawing(of: Self.map(Self.all(.behind)).chart())
        #expect(drawing.elements.first?.attributes["role"] == "group")
        #expect(drawing.all("a").count == 36)
        #expect(drawing.texts.filter { $0.hasSuffix(": đạt 50 người") }.count == 36)
        #expect(drawing.texts.contains("Xã 3-4: đạt 50 người"))
    }

    @Test
    func `an area that leads nowhere has its name as a browser shows it`() throws {
        let shade = AreaMap.Shade(level: .ahead, name: "Xã 0-0", words: "đạt")
        let map = AreaMap(id: "m", title: "m", layout: MapLayout(Self.cartogram), shades: ["0-0": shade], legend: "")
        let titles = try soundDrawing(of: map.chart()).all("title").map(\.text)
        #expect(titles.contains("Xã 0-0: đạt") && titles.count == 37)
    }

    @Test
    func `a printed map's numbers stand in the areas that its key names`() throws {
        let areas = CartogramTests.grid + [CartogramTests.area("3-4a", 19.5, 107.9)]
        let cartogram = Cartogram(areas: areas, neighbours: CartogramTests.gridNeighbours)
        let shades = Dictionary(
            uniqueKeysWithValues: areas.map {
                ($0.id, AreaMap.Shade(level: .ahead, name: "Xã \($0.id)", words: "đạt"))
            })
        let map = AreaMap(id: "m", title: "m", layout: MapLayout(cartogram), shades: shades, legend: "")
        let drawing = try soundDrawing(of: map.chart())
        let group = try #require(drawing.elements.firstIndex { $0.attributes["class"] == "numbers" })
        let numbers = drawing.elements[(group + 1)...].prefix { $0.attributes["font-size"] == nil }
        #expect(numbers.count == 36, "the inset bears its name")
        for number in numbers {
            let index = try #require(Int(number.text))
            let name = map.key[index - 1]
            let cell = try #require(cartogram.cells.first { "Xã \($0.id)" == name })
            let (x, y) = (try #require(number.number("x")), try #require(number.number("y")))
            #expect(Polygon(corners: cell.points).contains(PlanePoint(x: x, y: y - 5)), "\(name)")
        }
    }

    @Test
    func `long titles of the legend stand in one column`() throws {
        func places(_ titles: [AreaMap.Level: String]) throws -> Set<Double> {
            let map = AreaMap(
                id: "m", title: "m", layout: MapLayout(Self.cartogram), shades: [:], legend: "Mức tăng", titles: titles)
            let drawing = try soundDrawing(of: map.chart())
            return Set(drawing.all("rect").compactMap { $0.number("x") })
        }
        #expect(try places([:]).count == 2)
        #expect(try places([.behind: "từ +12,3 % đến +15,8 % so với năm trước"]).count == 1)
    }

    @Test
    func `areas without figures are hatched and those behind are dotted`() throws {
        var levels = Self.all(.behind)
        levels["0-0"] = .missing
        levels["0-1"] = .farBehind
        let drawing = try soundDrawing(of: Self.map(levels).chart())
        let patterns = drawing.all("pattern").compactMap { $0.attributes["id"] }
        #expect(patterns == ["m-0", "m-1", "m-2"])
        let fills = Set(drawing.all("g").compactMap { $0.attributes["fill"] })
        #expect(fills == ["url(#m-0)", "url(#m-1)", "url(#m-2)"])
        #expect(Set(AreaMap.Level.allCases.map(\.fill)).count == 6)
        #expect(Set(AreaMap.Level.allCases.map(\.title)).count == 6)
    }

    @Test
    func `an area that doubts its figures has a ring`() throws {
        let plain = Self.map(Self.all(.ahead)).chart()
        #expect(try soundDrawing(of: plain).all("circle").filter { $0.attributes["stroke"] == "#111" }.isEmpty)
        let marked = Self.map(Self.all(.ahead), contested: ["1-1", "2-2"]).chart()
        let rings = try soundDrawing(of: marked).all("circle").filter { $0.attributes["stroke"] == "#111" }
        #expect(rings.count == 3, "two areas and the legend")
        #expect(marked.alternative.hasSuffix("2 đơn vị có ý kiến về số liệu."))
    }

    @Test
    func `words count the levels and name the areas far behind`() {
        var levels = Self.all(.ahead)
        levels["0-0"] = .farBehind
        levels["5-5"] = .farBehind
        levels["2-2"] = nil
        let few = Self.map(levels).chart()
        let words = "Bản đồ 36 đơn vị: 2 chậm nhiều, 33 vượt, 1 chưa có số liệu. Chậm nhiều: Xã 0-0, Xã 5-5."
        #expect(few.alternative == words)
        let many = Self.map(Self.all(.farBehind)).chart()
        #expect(many.alternative.hasSuffix("Xã 1-0, Xã 1-1 và 28 đơn vị khác."))
    }

    @Test
    func `an inset has a frame and its name`() throws {
        let areas = CartogramTests.grid + [CartogramTests.area("z", 19.5, 107.9)]
        let cartogram = Cartogram(areas: areas, neighbours: CartogramTests.gridNeighbours)
        let island = AreaMap.Shade(level: .ahead, name: "Bạch Long Vĩ", words: "đạt")
        let map = AreaMap(id: "m", title: "m", layout: MapLayout(cartogram), shades: ["z": island], legend: "")
        let drawing = try soundDrawing(of: map.chart())
        #expect(drawing.texts.contains("Bạch Long Vĩ"))
        #expect(drawing.all("rect").filter { $0.attributes["fill"] == "none" }.count == 1)
        #expect(drawing.all("a").isEmpty, "no area has an address")
    }

    @Test
    func `a map without areas says so`() throws {
        let nothing = Cartogram(areas: [], neighbours: [])
        let chart = AreaMap(id: "m", title: "m", layout: MapLayout(nothing), shades: [:], legend: "").chart()
        #expect(try soundDrawing(of: chart).texts == ["Chưa có số liệu"])
    }

    @Test
    func `outlines are written in whole steps from corner to corner`() {
        let corners = [(10.2, 20.4), (15.0, 18.0), (15.1, 18.2), (12.0, 30.0)].map { PlanePoint(x: $0.0, y: $0.1) }
        #expect(AreaMapDrawing.outline(of: [corners]) == "M10 20l5-2-3 12z")
        let speck = corners.map { _ in PlanePoint(x: 1, y: 2) }
        #expect(AreaMapDrawing.outline(of: [speck]) == "M1 2l1 1z")
        #expect(
            AreaMapDrawing.outline(of: [speck, corners]) == "M10 20l5-2-3 12z", "an islet is lost beside an island")
    }
}
