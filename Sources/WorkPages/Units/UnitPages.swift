import Access
import Components
import Hummingbird
import Kernel
import Overview
import PlanText
import Province
import Remarks
import Targets
import Work
import Province
import WebDesk

struct UnitsPage: Page {
    static let template: PageTemplate = "units"

    /// A commune as a coloured field.
    struct Light: Sendable {
        let name: String
        let address: String
        let light: String
        let word: String
    }

    let year: Int
    let years: [Frame.Link]
    let table: TableModel
    let communes: [Light]
    let hasCommunes: Bool
    let summary: String
}

/// The name of a unit above what its page keeps.
struct UnitHead: Page {
    static let template: PageTemplate = "unit-head"

    let back: Frame.Link
    let name: String
    let role: String?
}

struct UnitPage: Page {
    static let template: PageTemplate = "unit"

    struct Missing: Sendable {
        let task: String
        let address: String
        let product: String
        let due: String
        let distance: String
    }

    /// What a name that gathers many units says while they are not known.
    let unitsNote: UnitsNote?
    let year: Int
    let counts: CountFigures
    let missing: [Missing]
    let nothingMissing: Bool
    /// The unit's work of the year.
    let table: TableModel
    let list: String
    let printAddress: String
    /// The commune's steering committee; nil for agencies.
    let committeeAddress: String?
    /// Rendered by the area of figures; nil for an agency, whose figures are the whole province's.
    let figures: String?
    let steps: [Frame.Link]
    let hasSteps: Bool
    /// Whether the unit's work lies within the viewer's scope, in part at least.
    let seesWork: Bool
    let score: String?
}

/// The same for paper.
struct UnitPrint: Page {
    static let template: PageTemplate = "unit-print"

    let name: String
    let year: Int
    let counts: CountFigures
    let missing: [UnitPage.Missing]
    let nothingMissing: Bool
    let rows: [WorkRow]
    let printed: String
    let illustrative: Bool
}

extension WorkPages {
    private static let rowsOfUnit = 200

    var unitRoutes: [Route] {
        [
            .page(Addresses.units, .right(.viewWork)) { request in try await unitsPage(request) },
            unitsWorkbook.route(Addresses.units.workbook, on: desk),
            .page(Addresses.unit, .right(.viewWork)) { request in
                try await unitPage(request)
            },
            .page(Addresses.unitPrint, .right(.viewWork)) { request in
                try await unitPrint(request)
            },
        ]
    }

    func year(_ request: MemberRequest) -> Int { year(request.query) }

    func yearLinks(_ address: Address, current: Int) -> [Frame.Link] {
        definition.years.map { Frame.Link("Năm \($0)", address.with(.year, $0), current: $0 == current) }
    }

    private func unitsPage(_ request: MemberRequest) async throws -> Response {
        let year = year(request)
        var lines = try await unitLines(year: year, for: request.viewer)
        let said = try await remarks.counts(lines.map { Subject(.unit, $0.overview.unit.text) }, request.viewer)
        for index in lines.indices { lines[index].said = said[Subject(.unit, lines[index].overview.unit.text)] ?? 0 }
        let communes = lines.filter(\.isCommune)
        let lateUnits = lines.count { $0.counts.late > 0 }
        let late = lines.reduce(0) { $0 + $1.counts.late }
        let model = UnitsPage(
            year: year, years: yearLinks(Addresses.units(), current: year),
            table: try list(
                Self.unitTable, of: lines, try await query(Self.unitTable.outline, of: request),
                at: TablePlace(Addresses.units(), [(.year, "\(year)")]), workbook: Addresses.units.workbook()),
            communes: communes.map(Self.light), hasCommunes: !communes.isEmpty,
            summary: late == 0
                ? "Không đơn vị nào bạn xem được có việc quá hạn."
                : "\(lateUnits) trong \(lines.count) đơn vị bạn xem được có việc quá hạn, tổng cộng \(VietnameseText.grouped(late)) việc."
        )
        return try page("Đơn vị", model, for: request)
    }

    private static func light(_ line: UnitLine) -> UnitsPage.Light {
        let counts = line.counts
        let (light, word) =
            if counts.late > 0 {
                ("late", "\(counts.late) quá hạn")
            } else if counts.returned + counts.submitted > 0 {
                ("wait", "\(counts.returned + counts.submitted) chờ duyệt hoặc bị trả")
            } else if counts.accepted > 0 {
                ("good", "\(counts.accepted)/\(counts.all) xong")
            } else {
                ("quiet", "chưa có việc xong")
            }
        return UnitsPage.Light(
            name: line.name, address: Addresses.unit(line.overview.unit).with(.year, line.year).text, light: light,
            word: word)
    }

    private func knownUnit(_ request: MemberRequest) throws -> UnitCode {
        guard let unit = UnitCode(request.parameter("unit")), isKnown(unit) else {
            throw Refusal(.notFound, "Không có đơn vị này trong kế hoạch.")
        }
        return unit
    }

    private func unitPage(_ request: MemberRequest) async throws -> Response {
        let unit = try knownUnit(request)
        let viewer = request.viewer
        let year = year(request)
        // The page has no forms, so whoever may see the same sees the same page; what is offered follows from the role.
        let sight =
            "\(work.scope(of: viewer))|\(viewer.role)|\(viewer.communes)|\(viewer.ownUnits)"
        let query = try await query(Self.unitWorkTable.outline, of: request)
        let main = try await kept(
            "don-vi|\(unit)|\(year)|\(today)|\(sight)", query,
            revision: request.revisions.of([.instance, .task, .plan] + remarks.kinds + unitPartKinds)
        ) {
            try renderer.render(try await unitModel(unit, year: year, query, request))
        }
        // Forms are each person's own and stand around what is kept.
        let head = try renderer.render(unitHead(unit, year: year))
        let said = try await remarks.split(Subject(.unit, unit), request)
        return try page(
            definition.name(of: unit), rendered: head + said.panel + main + said.thread, for: request)
    }

    private func unitHead(_ unit: UnitCode, year: Int) -> UnitHead {
        let role: String? =
            switch unit {
            case .agency(let code): definition.agency(code)?.role
            case .agencyUnit(let code): definition.units[code].map { VietnameseText.sentence($0.kind) }
            case .commune: nil
            }
        return UnitHead(
            back: Frame.Link("Đơn vị", Addresses.units().with(.year, year)), name: definition.name(of: unit),
            role: role.flatMap { $0.isEmpty ? nil : $0 })
    }

    /// A printed summary says when it was made, so it is made each time.
    private func unitPrint(_ request: MemberRequest) async throws -> Response {
        let unit = try knownUnit(request)
        let year = year(request)
        let page = try await unitModel(
            unit, year: year, try await query(Self.unitWorkTable.outline, of: request), request)
        let items = try await work.items(
            WorkFilter(year: year, lead: unit), for: request.viewer, limit: Self.rowsOfUnit)
        let model = UnitPrint(
            name: definition.name(of: unit), year: page.year, counts: page.counts, missing: page.missing,
            nothingMissing: page.nothingMissing,
            rows: items.map { WorkRow($0, plan: definition, today: today) }, printed: clock.now.vietnamese,
            illustrative: settings.illustrative)
        return try self.page(definition.name(of: unit), model, for: request)
    }

    private func unitModel(
        _ unit: UnitCode, year: Int, _ query: TableQuery, _ request: MemberRequest
    ) async throws -> UnitPage {
        let today = today
        let filter = WorkFilter(year: year, lead: unit)
        let counts = try await work.counts(filter, for: request.viewer)
        // Figures and scores are counts of public bodies; the unit's work shows only within the viewer's scope.
        let seesWork = counts.all > 0 || request.viewer.may(.viewWholePlan) || request.viewer.ownUnits.contains(unit)
        guard seesWork || request.viewer.seesFigures else {
            throw Refusal(.notFound, "Không có đơn vị này, hoặc đơn vị không thuộc phạm vi của bạn.")
        }
        let (_, found) = try await workPage(filter, query, for: request.viewer)
        let horizon =
            year == today.year ? today.adding(days: 31) : min(Day.lastDay(ofYear: year), today.adding(days: 31))
        let missing = try await work.missingProducts(of: unit, until: horizon, for: request.viewer)
        let parts = try await unitParts(unit, year, request)
        return UnitPage(
            unitsNote: unitsNote(unit, for: request.viewer), year: year,
            counts: CountFigures("Năm \(year)", counts) { status in
                Addresses.workList().with(.year, year).with(.unit, unit).with(.status, status?.slug)
            },
            missing: missing.map { missing in
                let row = WorkRow(missing.item, plan: definition, today: today)
                return UnitPage.Missing(
                    task: missing.item.task, address: row.address, product: VietnameseText.sentence(missing.slot.text),
                    due: row.due,
                    distance: row.distance)
            },
            nothingMissing: missing.isEmpty,
            table: try list(
                Self.unitWorkTable, found, query, at: TablePlace(Addresses.unit(unit), [(.year, "\(year)")]),
                workbook: Addresses.unitWorkbook().with(.unit, unit)),
            list: Addresses.workList().with(.year, year).with(.unit, unit).text,
            printAddress: Addresses.unitPrint(unit).with(.year, year).text,
            committeeAddress: hasDocuments ? committee(unit, request) : nil,
            figures: parts.figures,
            steps: parts.steps,
            hasSteps: !parts.steps.isEmpty && seesWork, seesWork: seesWork, score: parts.score)
    }

    /// Open to the commune itself and to those who follow the whole plan.
    private func committee(_ unit: UnitCode, _ request: MemberRequest) -> String? {
        guard case .commune(let code) = unit,
            request.viewer.follows(unit)
        else { return nil }
        return Addresses.steering(code).text
    }

    func isKnown(_ unit: UnitCode) -> Bool {
        switch unit {
        case .agency(let code): definition.agency(code) != nil
        case .agencyUnit(let code): definition.units[code] != nil
        case .commune(let code): definition.communes[code] != nil
        }
    }
}
