import Access
import Components
import Exchange
import Hummingbird
import Kernel
import PlanText
import WebDesk

/// Which sender delivered which list for which months.
struct DeliveryCalendarPage: Page {
    static let template: PageTemplate = "delivery-calendar"

    let back: Frame.Link?
    let year: Int
    let years: [Frame.Link]
    let missing: String?
    let table: TableModel
}

/// A sender's list as a line of the calendar.
struct CalendarLine: Sendable {
    let sender: String
    let format: String
    let line: DeliveryCalendar.Line
}

extension RegistryPages {
    static let calendarReaders: RouteAccess = .right(.readDeliveryCalendar, .readDeliveries)

    static let calendarList = ListTable<CalendarLine>(
        "lich-giao", "Ai đã giao tháng nào", usualRows: 100,
        columns: [
            .init("danh-sach", "Danh sách", choice: true, width: 40, value: { .text($0.format) }),
            .init("ben-giao", "Bên giao", choice: true, width: 30, value: { .text($0.sender) }),
        ]
            + (0..<12).map { place in
                .init(
                    "thang-\(place + 1)", "T\(place + 1)", number: true, sorted: false, width: 9,
                    cell: { TableCell(words($0.line.months[place]), strong: strong($0.line.months[place])) },
                    value: { TableValue(words($0.line.months[place]) + (strong($0.line.months[place]) ?? "")) })
            } + [.init("con-thieu", "Tháng thiếu", number: true, value: { .number($0.line.missing) })])

    private static func words(_ state: DeliveryCalendar.State) -> String {
        switch state {
        case .delivered(1): "có"
        case .delivered(let count): "\(count) lần"
        case .missing, .none: ""
        }
    }

    private static func strong(_ state: DeliveryCalendar.State) -> String? { state == .missing ? "thiếu" : nil }

    private func lines(_ calendar: DeliveryCalendar) -> [CalendarLine] {
        calendar.lines.map {
            CalendarLine(sender: definition.name(of: $0.sender), format: formatTitle($0.format), line: $0)
        }
    }

    var calendarWorkbook: ListWorkbook {
        ListWorkbook(Self.calendarList.outline, of: Subject(.delivery), Self.calendarReaders) { reader in
            let year = year(reader.query[.year])
            let calendar = try await deliveries.calendar(year: year, for: reader.viewer)
            return reader.sheet(Self.calendarList, of: lines(calendar), narrowed: ["năm \(year)"])
        }
    }

    func calendarPage(_ request: MemberRequest) async throws -> Response {
        let year = year(request.query[.year])
        let calendar = try await deliveries.calendar(year: year, for: request.viewer)
        let query = try await query(Self.calendarList.outline, of: request)
        let missing = calendar.lines.reduce(0) { $0 + $1.missing }
        let model = DeliveryCalendarPage(
            back: request.viewer.may(.readDeliveries) ? Frame.Link("Giao danh sách", Addresses.deliveries()) : nil,
            year: year,
            years: (year - 1...year + 1).map {
                Frame.Link("Năm \($0)", Addresses.deliveryCalendar().with(.year, $0), current: $0 == year)
            },
            missing: missing > 0
                ? "Còn thiếu \(VietnameseText.grouped(missing)) lần giao của các tháng đã qua." : nil,
            table: try list(
                Self.calendarList, of: lines(calendar), query,
                at: TablePlace(Addresses.deliveryCalendar(), [(.year, "\(year)")]),
                workbook: Addresses.deliveryCalendar.workbook(),
                nothing: "Chưa có danh sách nào được giao cho năm \(year) trở về trước."))
        return try page("Ai đã giao tháng nào", model, for: request)
    }
}
