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
        let found = try await comparison(
            try Self.scenarioID(request), with: RecordID(request.query[.comparedWith]), for: request.viewer)
        let (scenario, other) = (found.scenario, found.other)
        let moved = found.lines.reduce(0) { $0 + max($1.change ?? 0, 0) }
        let base = Addresses.scenarioComparison(scenario.id)
        let table = Self.comparisonList(scenario.name, other?.name ?? "")
        let query = try await query(table.outline, of: request)
        let model = AllocationComparePage(
            back: Frame.Link(scenario.name, Addresses.scenario(scenario.id)),
            heading: "So sánh phương án năm \(scenario.year)",
            firstName: scenario.name, secondName: other?.name ?? "",
            summary:
                "\(found.lines.count(where: \.isDifferent)) đơn vị khác nhau; \(VietnameseText.grouped(moved)) người chuyển từ đơn vị này sang đơn vị khác.",
            others: found.others.map {
                Frame.Link($0.name, base.with(.comparedWith, $0.id), current: $0.id == other?.id)
            },
            table: try other.map { other in
                try list(
                    table, of: found.lines, query, at: TablePlace(base, [(.comparedWith, other.id.text)]),
                    workbook: Addresses.comparisonWorkbook().with(.scenario, scenario.id))
            })
        return try page(model.heading, model, for: request)
    }
}
