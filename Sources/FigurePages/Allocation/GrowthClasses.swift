import Charts
import Kernel

/// The required growths of a scenario's units in classes for its map: by rank where they differ, one class where they do
/// not. Each class is called by the least and the greatest growth in it.
struct GrowthClasses {
    /// From the greatest growth to the least.
    static let order: [AreaMap.Level] = [.farBehind, .behind, .onCourse, .ahead, .farAhead, .missing]
    /// Growths closer together than so much show nothing but rounding.
    private static let least = 0.005
    /// Half of the last figure that is shown.
    private static let seen = 0.0005

    /// The least growth of each class, of the greatest first; classes without members are left out.
    private let floors: [(level: AreaMap.Level, floor: Double)]
    let titles: [AreaMap.Level: String]

    init(_ growths: [Double]) {
        let sorted = growths.sorted()
        func percent(_ share: Double) -> String {
            "\(share > 0 ? "+" : "")\(VietnameseText.oneDecimal(share * 100)) %".replacing("-", with: "−")
        }
        var floors: [(level: AreaMap.Level, floor: Double)] = []
        if let low = sorted.first, let high = sorted.last, high - low >= Self.least {
            func rank(_ share: Double) -> Double { sorted[min(Int(share * Double(sorted.count)), sorted.count - 1)] }
            // Above the ranks of the upper classes, from the ranks of the lower ones on: who is like the many is of the middle.
            let classes: [(AreaMap.Level, Double?)] = [
                (.farBehind, sorted.first { $0 > rank(0.9) + Self.seen }),
                (.behind, sorted.first { $0 > rank(0.7) + Self.seen }), (.onCourse, rank(0.3)), (.ahead, rank(0.1)),
                (.farAhead, low),
            ]
            for (level, floor) in classes {
                guard let floor, floors.last.map({ $0.floor - floor > Self.seen }) ?? true else { continue }
                floors.append((level, floor))
            }
            // Whoever lies a trifle below the last class belongs to it.
            if let last = floors.last { floors[floors.count - 1] = (last.level, low) }
        } else if let low = sorted.first {
            floors = [(.onCourse, low)]
        }
        var titles: [AreaMap.Level: String] = [.missing: "Chưa có kết quả"]
        for level in Self.order where level != .missing { titles[level] = "Không có đơn vị" }
        for (index, (level, floor)) in floors.enumerated() {
            let ceiling = index == 0 ? sorted.last : sorted.last { $0 < floors[index - 1].floor }
            let (from, to) = (percent(floor), percent(ceiling ?? floor))
            titles[level] = from == to ? from : "\(from) đến \(to)"
        }
        self.floors = floors
        self.titles = titles
    }

    func level(_ growth: Double) -> AreaMap.Level {
        floors.first { growth >= $0.floor }?.level ?? floors.last?.level ?? .missing
    }
}
