import Access
import Allocation
import Charts
import Components
import Documents
import Hummingbird
import Kernel
import Overview
import PlanText
import Targets
import Work
import Reports
import Province
import WebDesk

/// What people change on the desk, and the desk's further pages.
extension FigurePages {
    /// Numbers typed into the grid: one that differs is held and the others re-balance; an emptied lock lets go.
    func changeNumbers(_ request: MemberRequest, _ id: RecordID) async throws -> Address {
        let (scenario, _) = try await allocations.scenario(id, for: request.viewer)
        let allocation = try scenario.content.allocation()
        let isCity = scenario.scope == .city
        let content = request.form
        // On a page that is out of date every number would look as if it had been typed.
        let version = Int(content["_version"])
        let seen = version ?? scenario.version
        if !content["all"].isEmpty { return try await lockAll(request, id, scenario, allocation) }
        var locks: [String: [String: Int]] = scenario.content.settings.locks
        var words: [String] = []
        var first: String?
        var problems: [Refusal.FieldProblem] = []
        for row in allocation.rows {
            let held = locks[row.code]
            let keeps = content["k-\(row.code)"] == "1"
            var numbers: [String: Int] = [:]
            for (column, now) in [("total", row.total), ("voluntary", row.voluntary)]
            where isCity || column == "voluntary" {
                let typed = content["\(column.prefix(1))-\(row.code)"]
                guard !typed.isEmpty else { continue }
                guard let number = AllocationService.people(typed) else {
                    problems.append(
                        .init(
                            "\(column.prefix(1))-\(row.code)",
                            "\(row.name), \(column == "total" ? "tổng số" : "tự nguyện"): “\(typed.prefix(30))” không phải số người; ghi như 12.345."
                        ))
                    continue
                }
                if number != now { numbers[column] = number }
            }
            if !isCity, let number = numbers["voluntary"] { numbers["total"] = number }
            if !numbers.isEmpty {
                locks[row.code] = (held ?? [:]).merging(numbers) { _, given in given }
                words.append("\(row.name): \(numbers.values.max().map { VietnameseText.grouped($0) } ?? "")")
                first = first ?? row.code
            } else if held != nil, !keeps {
                locks[row.code] = nil
                words.append("bỏ khóa \(row.name)")
                first = first ?? row.code
            } else if held == nil, keeps {
                locks[row.code] =
                    isCity
                    ? ["total": row.total, "voluntary": row.voluntary]
                    : ["total": row.voluntary, "voluntary": row.voluntary]
                words.append("khóa \(row.name)")
                first = first ?? row.code
            }
        }
        guard problems.isEmpty else { throw Refusal(fields: problems) }
        guard !words.isEmpty else { return Addresses.scenario(id) }
        let (held, said) = (locks, words.prefix(5).joined(separator: "; ") + (words.count > 5 ? " …" : ""))
        try await allocations.changeScenario(id, version: seen, by: request.submission) { content in
            content.settings.locks = held
            return said
        }
        return Addresses.scenario(id).telling(.rebalanced).at("dv-\(first ?? "")")
    }

    /// Holds every number as it is, or lets all go.
    private func lockAll(
        _ request: MemberRequest, _ id: RecordID, _ scenario: AllocationScenario, _ allocation: Allocation
    ) async throws -> Address {
        let holds = request.form[TargetField.all] == "khoa"
        let isCity = scenario.scope == .city
        let locks = Dictionary(
            holds
                ? allocation.rows.map {
                    ($0.code, ["total": isCity ? $0.total : $0.voluntary, "voluntary": $0.voluntary])
                } : [], uniquingKeysWith: { first, _ in first })
        try await allocations.changeScenario(id, by: request.submission) { content in
            content.settings.locks = locks
            return holds ? "khóa tất cả" : "bỏ khóa tất cả"
        }
        return Addresses.scenario(id).telling(.rebalanced)
    }

    func changeSettings(_ request: MemberRequest, _ id: RecordID) async throws -> Address {
        let (scenario, _) = try await allocations.scenario(id, for: request.viewer)
        let isCity = scenario.scope == .city
        let typed = request.form
        var problems: [Refusal.FieldProblem] = []
        func decimal(_ name: String, _ what: String) -> Double? {
            let text = typed[name].replacing(",", with: ".")
            guard !text.isEmpty else { return nil }
            guard let number = Double(text), number >= 0, number <= 10_000 else {
                problems.append(.init(name, "\(what): “\(typed[name])” không phải số từ 0 đến 10.000."))
                return nil
            }
            return number
        }
        func people(_ name: TargetField) -> Int? {
            guard let number = AllocationService.people(typed[name]), number > 0, number < 50_000_000 else {
                problems.append(.init(name, "“\(typed[name])” không phải số người."))
                return nil
            }
            return number
        }
        var settings = scenario.content.settings
        // A commune splits what the city gave: its sum is not its own to change.
        let total = isCity ? people(.total) : scenario.content.total
        let voluntary = isCity ? people(.voluntary) : scenario.content.voluntary
        for column in isCity ? AllocationColumn.allCases : [.voluntary] {
            var weights: [String: Double] = [:]
            for key in AllocationKey.allCases {
                if let weight = decimal("\(column.rawValue)-\(key.rawValue)", "Trọng số"), weight > 0 {
                    weights[key.rawValue] = weight
                }
            }
            settings.keys[column.rawValue] = weights
        }
        if !isCity { settings.keys["total"] = settings.keys["voluntary"] }
        settings.floorPercent = decimal(TargetField.floor.rawValue, "Sàn")
        settings.capPercent = decimal(TargetField.cap.rawValue, "Trần")
        if isCity {
            settings.capByPool = typed[TargetField.pool] != "khong"
            settings.allowsDecrease = typed[TargetField.last] == "giam"
        }
        var associations: [AllocationScenario.Association] = []
        for line in typed.exact(TargetField.associations).split(whereSeparator: \.isNewline) {
            let parts = line.split(separator: ";").map { VietnameseText.tidy($0) }
            guard parts.count == 2, let members = Int(parts[1].filter { $0 != "." }), members >= 0, !parts[0].isEmpty
            else {
                problems.append(.init(TargetField.associations, "“\(line.prefix(60))”: viết như “Hội Phụ nữ; 850”."))
                continue
            }
            guard
                !associations.contains(where: {
                    VietnameseText.comparisonKey($0.name) == VietnameseText.comparisonKey(parts[0])
                })
            else {
                problems.append(.init(TargetField.associations, "“\(parts[0])” có hai dòng."))
                continue
            }
            associations.append(.init(name: parts[0], members: members))
        }
        guard problems.isEmpty, let total, let voluntary else { throw Refusal(fields: problems) }
        let (kept, list, rule) = (settings, associations, CountingRule(rawValue: typed[TargetField.rule]))
        try await allocations.changeScenario(id, by: request.submission) { content in
            content.settings = kept
            content.total = total
            content.voluntary = voluntary
            if !isCity {
                content.associations = list
                content.rule = rule ?? content.rule
                content.settings.locks = content.settings.locks.filter { lock in
                    content.counting.contains { $0.code == lock.key }
                }
            }
            return "thiết lập cách chia"
        }
        return Addresses.scenario(id).telling(.rebalanced)
    }

    // MARK: One unit

    func allocationUnitPage(_ request: MemberRequest, failure: FormModel.Failure? = nil) async throws -> Response {
        let (scenario, changes) = try await allocations.scenario(try Self.scenarioID(request), for: request.viewer)
        let code = request.parameter("code")
        let allocation = try scenario.content.allocation()
        guard let row = allocation.rows.first(where: { $0.code == code }),
            let unit = scenario.content.counting.first(where: { $0.code == code })
        else { throw Refusal(.notFound, "Phương án không có đơn vị này.") }
        func words(_ number: Int?) -> String { number.map { VietnameseText.grouped($0) } ?? "chưa biết" }
        let last = scenario.content.lastTargets[code]
        let facts: [Fact] = [
            .init(label: "Giao tổng số", value: words(row.total), address: nil),
            .init(label: "Trong đó tự nguyện", value: words(row.voluntary), address: nil),
            .init(
                label: "Kết quả gần nhất", value: "\(words(unit.lastTotal)), tự nguyện \(words(unit.lastVoluntary))",
                address: nil),
            .init(
                label: "Chỉ tiêu trước",
                value: last.map { "\(words($0.first)), tự nguyện \(words($0.last))" } ?? "chưa có",
                address: nil),
            .init(label: "Lực lượng lao động (số dân)", value: words(unit.labourForce), address: nil),
            .init(label: "Số người chưa tham gia", value: words(unit.pool), address: nil),
            .init(
                label: "Đơn vị đề xuất",
                value: "\(words(unit.proposalTotal)), tự nguyện \(words(unit.proposalVoluntary))",
                address: nil),
        ]
        let open = scenario.actions(for: request.viewer, in: definition, after: changes)
        var message: String?
        var sheets: [Frame.Link] = []
        if scenario.scope != .city, let documents, request.viewer.allocates(scenario.scope, in: definition) {
            message = try await documents.groupSheets(of: scenario.id, contact: "", for: request.viewer)
                .first { $0.code == code }?.message
            sheets = [Frame.Link("Phiếu giao chỉ tiêu (Word)", Addresses.groupSheet(scenario.id, code, "docx"))]
            if PDFConverter.makesPictures {
                sheets.append(Frame.Link("Ảnh để gửi Zalo", Addresses.groupSheet(scenario.id, code, "png")))
            }
        }
        func typed(_ number: Int?) -> String { number.map { VietnameseText.grouped($0) } ?? "" }
        let model = AllocationUnitPage(
            back: Frame.Link(scenario.name, Addresses.scenario(scenario.id).at("dv-\(code)")), heading: row.name,
            facts: facts, reason: row.reason, condition: scenario.content.conditions[code],
            message: message, sheets: sheets, hasSheets: !sheets.isEmpty,
            form: open.contains(.change) && !scenario.content.isAssociation(code)
                ? form(
                    "don-vi", Addresses.scenarioUnit.asForm(scenario.id, code), "Lưu",
                    fields: [
                        Field(
                            TargetField.floorTotal, "Sàn tổng số", kind: .code, value: typed(unit.floorTotal),
                            required: false),
                        Field(
                            TargetField.capTotal, "Trần tổng số", kind: .code, value: typed(unit.capTotal),
                            required: false),
                        Field(
                            TargetField.floorVoluntary, "Sàn tự nguyện", kind: .code, value: typed(unit.floorVoluntary),
                            required: false),
                        Field(
                            TargetField.capVoluntary, "Trần tự nguyện", kind: .code, value: typed(unit.capVoluntary),
                            required: false),
                        Field(
                            TargetField.note, scenario.scope == .city ? "Ghi chú" : "Tổ trưởng, người phụ trách",
                            value: scenario.content.notes[code] ?? "", required: false),
                    ], for: request, failure: failure) : nil)
        return try page(row.name, model, for: request)
    }

    func changeUnit(_ request: MemberRequest) async throws -> Address {
        let id = try Self.scenarioID(request)
        let code = request.parameter("code")
        let typed = request.form
        var problems: [Refusal.FieldProblem] = []
        func bound(_ name: TargetField) -> Int? {
            guard !typed[name].isEmpty else { return nil }
            guard let number = AllocationService.people(typed[name]) else {
                problems.append(.init(name, "“\(typed[name])” không phải số người."))
                return nil
            }
            return number
        }
        let bounds = (bound(.floorTotal), bound(.capTotal), bound(.floorVoluntary), bound(.capVoluntary))
        let note = typed[TargetField.note]
        if note.count > 300 { problems.append(.init(TargetField.note, "Không quá 300 chữ.")) }
        guard problems.isEmpty else { throw Refusal(fields: problems) }
        try await allocations.changeScenario(id, by: request.submission) { content in
            guard let index = content.units.firstIndex(where: { $0.code == code }) else {
                throw Refusal(.notFound, "Phương án không có đơn vị này.")
            }
            (content.units[index].floorTotal, content.units[index].capTotal) = (bounds.0, bounds.1)
            (content.units[index].floorVoluntary, content.units[index].capVoluntary) = (bounds.2, bounds.3)
            content.notes[code] = note.isEmpty ? nil : note
            return "sàn, trần, ghi chú của \(content.units[index].name)"
        }
        return Addresses.scenarioUnit(id, code).telling(.saved)
    }

    // MARK: Map and comparison

    func allocationMapPage(_ request: MemberRequest) async throws -> Response {
        let (scenario, _) = try await allocations.scenario(try Self.scenarioID(request), for: request.viewer)
        let allocation = try scenario.content.allocation()
        var map: ChartModel?
        if let cartogram, scenario.scope == .city {
            let growths = zip(allocation.rows, scenario.content.units).compactMap { row, unit -> Double? in
                unit.lastTotal.flatMap { $0 > 0 ? Double(row.total - $0) / Double($0) : nil }
            }.sorted()
            func quantile(_ share: Double) -> Double {
                growths.isEmpty ? 0 : growths[min(Int(share * Double(growths.count)), growths.count - 1)]
            }
            func percent(_ share: Double) -> String {
                "\(share > 0 ? "+" : "")\(VietnameseText.oneDecimal(share * 100)) %".replacing("-", with: "−")
            }
            var shades: [String: AreaMap.Shade] = [:]
            for (row, unit) in zip(allocation.rows, scenario.content.units) {
                let growth = unit.lastTotal.flatMap { $0 > 0 ? Double(row.total - $0) / Double($0) : nil }
                // Where all grow alike, ranks would show nothing but rounding.
                let level: AreaMap.Level =
                    growth.map { value in
                        if quantile(0.9) - quantile(0.1) < 0.005 { return .onCourse }
                        if value > quantile(0.9) { return .farBehind }
                        if value > quantile(0.7) { return .behind }
                        if value >= quantile(0.3) { return .onCourse }
                        return value >= quantile(0.1) ? .ahead : .farAhead
                    } ?? .missing
                shades[row.code] = .init(
                    level: level, name: row.name, words: Self.growth(row.total, unit.lastTotal),
                    address: Addresses.scenarioUnit(scenario.id, row.code).text)
            }
            map = ChartModel(
                AreaMap(
                    id: "ban-do-tang", title: "Mức tăng yêu cầu so với kết quả gần nhất", cartogram: cartogram,
                    shades: shades, legend: "Mức tăng yêu cầu",
                    titles: [
                        .farBehind: "Trên \(percent(quantile(0.9)))", .behind: "Đến \(percent(quantile(0.9)))",
                        .onCourse: "Quanh mức giữa", .ahead: "Dưới \(percent(quantile(0.3)))",
                        .farAhead: "Dưới \(percent(quantile(0.1)))", .missing: "Chưa có kết quả",
                    ]
                ).chart(), caption: "Bản đồ lược giản; bấm vào đơn vị để xem vì sao")
        }
        let model = AllocationMapPage(
            back: Frame.Link(scenario.name, Addresses.scenario(scenario.id)),
            heading: "Mức tăng yêu cầu, \(scenario.name) – năm \(scenario.year)", map: map, noMap: map == nil)
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
