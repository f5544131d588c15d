import Access
import Allocation
import Charts
import Components
import Hummingbird
import Kernel
import PlanText
import Province
import Targets
import WebDesk

/// A scenario on the map, and beside another.
extension FigurePages {
    func allocationMapPage(_ request: MemberRequest) async throws -> Response {
        let (scenario, _) = try await allocations.scenario(try Self.scenarioID(request), for: request.viewer)
        let allocation = try scenario.content.allocation()
        var map: ChartModel?
        var titles: [AreaMap.Level: String] = [:]
        var members: [AreaMap.Level: [(growth: Double, unit: AllocationMapPage.Unit)]] = [:]
        if let layout, scenario.scope == .city {
            let growths = zip(allocation.rows, scenario.content.units).map { row, unit in
                unit.lastTotal.flatMap { $0 > 0 ? Double(row.total - $0) / Double($0) : nil }
            }
            let classes = GrowthClasses(growths.compactMap(\.self))
            var shades: [String: AreaMap.Shade] = [:]
            for ((row, unit), growth) in zip(zip(allocation.rows, scenario.content.units), growths) {
                let level = growth.map(classes.level) ?? .missing
                let words = Self.growth(row.total, unit.lastTotal)
                let address = Addresses.scenarioUnit(scenario.id, row.code).text
                shades[row.code] = .init(level: level, name: row.name, words: words, address: address)
                members[level, default: []].append(
                    (growth ?? 0, .init(name: row.name, address: address, growth: words)))
            }
            titles = classes.titles
            map = ChartModel(
                AreaMap(
                    id: "ban-do-tang", title: "Mức tăng yêu cầu so với kết quả gần nhất", layout: layout,
                    shades: shades, legend: "Mức tăng yêu cầu",
                    titles: titles
                ), caption: "Bấm vào đơn vị để xem vì sao. \(mapCaption)")
        }
        let model = AllocationMapPage(
            back: Frame.Link(scenario.name, Addresses.scenario(scenario.id)),
            heading: "Mức tăng yêu cầu, \(scenario.name) – năm \(scenario.year)", map: map, noMap: map == nil,
            classes: GrowthClasses.order.compactMap { level in
                members[level].map { units in
                    .init(
                        title: "\(titles[level] ?? ""): \(units.count) đơn vị",
                        units: units.sorted { $0.growth > $1.growth }.map(\.unit))
                }
            })
        return try page(model.heading, model, for: request)
    }

    func comparePage(_ request: MemberRequest) async throws -> Response {
        let (scenario, _) = try await allocations.scenario(try Self.scenarioID(request), for: request.viewer)
        let others = try await allocations.scenarios(scenario.scope, year: scenario.year, for: request.viewer).filter {
            $0.id != scenario.id
        }
        let asked = RecordID(request.query[.comparedWith])
        let other = others.first { $0.id == asked } ?? others.first
        let first = try scenario.content.allocation()
        let second = try other?.content.allocation()
        let byCode = Dictionary((second?.rows ?? []).map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        func grouped(_ number: Int?) -> String { number.map { VietnameseText.grouped($0) } ?? "–" }
        let moved = first.rows.reduce(0) { sum, row in sum + max(row.total - (byCode[row.code]?.total ?? row.total), 0)
        }
        let model = AllocationComparePage(
            back: Frame.Link(scenario.name, Addresses.scenario(scenario.id)),
            heading: "So sánh phương án năm \(scenario.year)",
            firstName: scenario.name, secondName: other?.name ?? "",
            summary:
                "\(first.rows.count { row in byCode[row.code].map { $0.total != row.total || $0.voluntary != row.voluntary } ?? true }) đơn vị khác nhau; \(VietnameseText.grouped(moved)) người chuyển từ đơn vị này sang đơn vị khác.",
            rows: first.rows.map { row in
                let twin = byCode[row.code]
                return .init(
                    name: row.name, first: grouped(row.total), second: grouped(twin?.total),
                    change: twin.map { FigureWords.signed(row.total - $0.total) } ?? "–",
                    firstVoluntary: grouped(row.voluntary), secondVoluntary: grouped(twin?.voluntary),
                    changeVoluntary: twin.map { FigureWords.signed(row.voluntary - $0.voluntary) } ?? "–")
            },
            others: others.map {
                Frame.Link(
                    $0.name, Addresses.scenarioComparison(scenario.id).with(.comparedWith, $0.id),
                    current: $0.id == other?.id)
            }, nothing: other == nil)
        return try page(model.heading, model, for: request)
    }
}
