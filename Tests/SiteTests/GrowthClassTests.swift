import Charts
import Kernel
import Testing

@testable import FigurePages

/// The colours of a scenario's map.
@Suite
struct GrowthClassTests {
    @Test
    func `growths that differ only by rounding are one class, called by them`() {
        let classes = GrowthClasses([0.075, 0.0751, 0.0762, 0.0759])
        #expect(Set([0.075, 0.0751, 0.0762, 0.0759].map(classes.level)) == [.onCourse])
        #expect(classes.titles[.onCourse] == "+7,5 % đến +7,6 %")
        #expect(classes.titles[.farBehind] == "Không có đơn vị")
    }

    @Test
    func `one that stands out has a colour of its own, and no two classes read alike`() {
        let growths = Array(repeating: 0.075, count: 113) + [0.158]
        let classes = GrowthClasses(growths)
        #expect(classes.level(0.158) != classes.level(0.075))
        let named = GrowthClasses.order.compactMap { level in
            growths.contains { classes.level($0) == level } ? classes.titles[level] : nil
        }
        #expect(Set(named).count == named.count && named.count == 2, "\(named)")
        #expect(named.first == "+15,8 %" && named.last == "+7,5 %")
    }

    @Test
    func `growths that spread are parted by rank and called by their own least and greatest`() {
        let growths = (0..<100).map { Double($0) / 1_000 }
        let classes = GrowthClasses(growths)
        let counts = GrowthClasses.order.map { level in growths.count { classes.level($0) == level } }
        #expect(counts == [9, 20, 41, 20, 10, 0])
        #expect(classes.titles[.farBehind] == "+9,1 % đến +9,9 %" && classes.titles[.farAhead] == "0 % đến +0,9 %")
    }

    @Test
    func `without results there is nothing but missing`() {
        #expect(GrowthClasses([]).level(0.1) == .missing)
    }
}
