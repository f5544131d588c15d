import Access
import Components
import Hummingbird
import Kernel
import Mustache
import Overview
import PlanText
import Province
import Targets
import Work
import Province
import WebDesk

struct WorkListPage: Page, MustacheParent {
    static let template: PageTemplate = "work-list"

    struct Chip: Sendable, MustacheParent {
        let label: String
        let number: String
        let address: String
        let current: Bool

        func child(named name: String) -> Any? {
            switch name {
            case "label": label
            case "number": number
            case "address": address
            case "current": current
            default: nil
            }
        }
    }

    struct Column: Sendable, MustacheParent {
        let title: String
        let number: String
        let rows: [WorkRow]
        let address: String
        let more: String?

        func child(named name: String) -> Any? {
            switch name {
            case "title": title
            case "number": number
            case "rows": rows
            case "address": address
            case "more": more
            default: nil
            }
        }
    }

    let heading: String
    let chips: [Chip]
    /// The form of choices of the board; that of the list is the table's.
    let filters: String
    let board: Bool
    let otherView: Frame.Link
    /// Nil on the board.
    let table: TableModel?
    let columns: [Column]
    let total: String

    func child(named name: String) -> Any? {
        switch name {
        case "heading": heading
        case "chips": chips
        case "filters": filters
        case "board": board
        case "otherView": otherView
        case "table": table
        case "columns": columns
        case "total": total
        default: nil
        }
    }
}

/// The filter of a list, as the address carries it.
struct WorkAddress {
    /// What stands for all years, for work without a due day, and for the view by status.
    static let everyYear = "tat-ca"
    static let undated = "chua-an-dinh"
    private static let boardView = "bang"

    var filter: WorkFilter
    var board: Bool

    init(_ query: FormContent, plan: PlanDefinition, today: Day) {
        let year = Int(query[.year]).flatMap { (1990...2200).contains($0) ? $0 : nil }
        // Without a year in the address: the year at hand, kept inside the plan.
        let standing = min(max(today.year, plan.years.lowerBound), plan.years.upperBound)
        filter = WorkFilter(
            year: query[.year] == Self.everyYear ? nil : year ?? standing, status: WorkStatus(slug: query[.status]),
            undated: query[.status] == Self.undated, lead: UnitCode(query[.unit]),
            task: plan.task(query[.task])?.code,
            group: plan.groups.first { $0.code == query[.group] }?.code, superior: AgencyCode(query[.superior]))
        board = query[.view] == Self.boardView
    }

    /// The list's place with this selection, or another status or view.
    func place(status: WorkStatus?? = nil, undated: Bool? = nil, board: Bool? = nil) -> TablePlace {
        let status = status ?? filter.status
        let isUndated = undated ?? (filter.undated && status == nil)
        let year: String = filter.year.map { "\($0)" } ?? Self.everyYear
        let state: String = isUndated ? Self.undated : status?.slug ?? ""
        let view: String = board ?? self.board ? Self.boardView : ""
        let values: [(QueryKey, String)] = [
            (.year, year), (.status, state), (.unit, filter.lead?.text ?? ""), (.task, filter.task ?? ""),
            (.group, filter.group ?? ""), (.superior, filter.superior?.text ?? ""), (.view, view),
        ]
        return TablePlace(Addresses.workList(), values)
    }
}

extension WorkPages {
    var workListRoutes: [Route] {
        [
            .page(Addresses.workList, .right(.viewWork)) { request in try await workListPage(request) },
            listWorkbook.route(Addresses.workList.workbook, on: desk),
            unitWorkbook.route(Addresses.unitWorkbook, on: desk),
            taskWorkbook.route(Addresses.taskWorkbook, on: desk),
        ]
    }

    private func workListPage(_ request: MemberRequest) async throws -> Response {
        let today = today
        let address = WorkAddress(request.query, plan: definition, today: today)
        let query = try await query(Self.workTable.outline, of: request)
        if address.board { return try await workBoard(request, address, query) }
        let scope = work.scope(of: request.viewer)
        let main = try await kept(
            "viec|\(today)|\(address.place().address)|\(scope)", query,
            revision: request.revisions.of([.instance, .task, .plan] + remarks.kinds)
        ) {
            try renderer.render(try await workList(request, address, query))
        }
        return try page("Danh sách việc", rendered: main, for: request)
    }

    private func workList(
        _ request: MemberRequest, _ address: WorkAddress, _ query: TableQuery
    ) async throws -> WorkListPage {
        let (found, page) = try await workPage(address.filter, query, for: request.viewer)
        return WorkListPage(
            heading: "Danh sách việc", chips: chips(found.counts, address, query), filters: "", board: false,
            otherView: Frame.Link("Xem dạng bảng theo trạng thái", address.place(board: true).address),
            table: try list(
                Self.workTable, page, query, at: address.place(), tools: try await tools(address, query, request),
                workbook: Addresses.workList.workbook(), nothing: "Không có việc nào khớp với lựa chọn này."),
            columns: [],
            total: VietnameseText.grouped(found.total))
    }

    private func workBoard(
        _ request: MemberRequest, _ address: WorkAddress, _ query: TableQuery
    ) async throws -> Response {
        var filter = address.filter
        filter.status = nil
        filter.undated = false
        filter.words = query.words
        let counts = try await work.counts(filter, for: request.viewer)
        var columns: [WorkListPage.Column] = []
        for status in WorkStatus.pressing where counts[status] > 0 {
            filter.status = status
            let items = try await work.items(filter, for: request.viewer, limit: 12)
            let rest = counts[status] - items.count
            columns.append(
                .init(
                    title: status.title, number: VietnameseText.grouped(counts[status]),
                    rows: items.map { WorkRow($0, plan: definition, today: today) },
                    address: address.place(status: status, board: false).address.text,
                    more: rest > 0 ? "Còn \(VietnameseText.grouped(rest)) việc nữa" : nil))
        }
        let model = WorkListPage(
            heading: "Bảng việc", chips: [], filters: try await tools(address, query, request), board: true,
            otherView: Frame.Link("Xem dạng danh sách", address.place(board: false).address), table: nil,
            columns: columns, total: VietnameseText.grouped(counts.all))
        return try page("Bảng việc", model, for: request)
    }

    private func chips(
        _ counts: WorkCounts, _ address: WorkAddress, _ query: TableQuery
    ) -> [WorkListPage.Chip] {
        func chip(_ label: String, _ number: Int, _ place: TablePlace, current: Bool) -> WorkListPage.Chip {
            WorkListPage.Chip(
                label: label, number: VietnameseText.grouped(number), address: query.selection(place.address).text,
                current: current)
        }
        let all = chip(
            "Tất cả", counts.all, address.place(status: .some(nil), undated: false),
            current: address.filter.status == nil && !address.filter.undated)
        let statuses = [WorkStatus.late, .returned, .submitted, .open, .extended, .notDue, .accepted, .beforeUse].filter
        {
            counts[$0] > 0 || $0 == address.filter.status
        }.map { status in
            chip(
                status.title, counts[status], address.place(status: status), current: address.filter.status == status)
        }
        guard counts.undated > 0 else { return [all] + statuses }
        return [all] + statuses + [
            chip(
                "Chưa ấn định hạn", counts.undated, address.place(status: .some(nil), undated: true),
                current: address.filter.undated)
        ]
    }

    /// The form does not depend on stored work, so it is kept beyond its changes.
    private func tools(_ address: WorkAddress, _ query: TableQuery, _ request: MemberRequest) async throws -> String {
        let place = address.place()
        var first = query
        first.page = 1
        return try await kept(
            "loc|\(place.address)|\(work.scope(of: request.viewer))", first,
            revision: request.revisions.of([.plan])
        ) {
            try renderer.render(Self.workTable.tools(query, at: place, own: filterFields(address, request)))
        }
    }

    private func filterFields(_ address: WorkAddress, _ request: MemberRequest) -> [Field] {
        let filter = address.filter
        let lastYear = definition.tasks.reduce(definition.years.upperBound) { last, task in
            if case .before(let day) = task.deadline { max(last, day.year) } else { last }
        }
        let years =
            [Field.Option(WorkAddress.everyYear, "Mọi năm", selected: filter.year == nil)]
            + (definition.years.lowerBound...lastYear).map { year in
                Field.Option(String(year), "Năm \(year)", selected: filter.year == year)
            }
        let tasks =
            [Field.Option("", "Mọi nhiệm vụ", selected: filter.task == nil)]
            + definition.tasks.map { task in
                Field.Option(task.code, "\(task.code) \(task.text.prefix(48))", selected: filter.task == task.code)
            }
        return [
            Field(QueryKey.year.name, "Năm", kind: .select(years)),
            Field(QueryKey.task.name, "Nhiệm vụ", kind: .select(tasks)),
            Field(
                QueryKey.unit.name, "Đơn vị chủ trì",
                kind: .select(unitOptions(for: request.viewer, selected: filter.lead))),
        ]
    }

    /// The units whose work a person may see, for choosing one.
    func unitOptions(for viewer: Viewer, selected: UnitCode?, blank: String = "Mọi đơn vị") -> [Field.Option] {
        let scope = work.scope(of: viewer)
        let agencies = definition.bodies.filter { unit in
            let agency: AgencyCode? =
                switch unit {
                case .agency(let code): code == definition.communesAgency?.code ? nil : code
                case .agencyUnit(let code): definition.agency(code.agency)?.standsForUnits == true ? code.agency : nil
                case .commune: nil
                }
            guard let agency else { return false }
            return definition.tasks.contains {
                $0.leads.contains(agency) && scope.covers(task: $0.code, lead: unit)
            }
        }.map { Field.Option($0.text, definition.name(of: $0), selected: selected == $0) }
        let communal = definition.tasks.filter { task in
            task.leads.contains { definition.agency($0)?.kind == .communes }
        }
        let communes = definition.communes.communes.filter { commune in
            communal.contains { scope.covers(task: $0.code, lead: .commune(commune.code)) }
        }.map { Field.Option($0.code.text, $0.committeeName, selected: selected == .commune($0.code)) }
        return [Field.Option("", blank, selected: selected == nil)] + agencies + communes
    }
}
