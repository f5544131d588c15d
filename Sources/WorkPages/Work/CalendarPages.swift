import Access
import Components
import HTTPTypes
import Hummingbird
import Kernel
import Notices
import NIOCore
import Overview
import PlanText
import Targets
import Work
import WebDesk

struct CalendarPage: Page {
    static let template: PageTemplate = "calendar"

    struct Entry: Sendable {
        let text: String
        let address: String
        let late: Badge?
    }

    /// What is due on one day.
    struct DueDay: Sendable {
        let day: String
        let entries: [Entry]
    }

    /// A month, or several in a row of which none has anything due.
    struct Section: Sendable {
        let title: String
        let days: [DueDay]
        let empty: Bool
    }

    let year: Int
    let years: [Frame.Link]
    let months: [Section]
    let accountAddress: String
}

extension WorkPages {
    var calendarRoutes: [Route] {
        [
            .page(Addresses.calendar, .right(.viewWork)) { request in try await calendarPage(request) },
            // The secret in the address is the permission: calendar programs cannot sign in.
            .open(Addresses.calendarFeed) { request in try await calendarFeed(request) },
        ]
    }

    /// Work of the year gathered by due day and task: a day with 114 communes is one line.
    private func calendarPage(_ request: MemberRequest) async throws -> Response {
        let year = year(request)
        let lines = try await work.calendar(year: year, for: request.viewer)
        let model = CalendarPage(
            year: year, years: yearLinks(Addresses.calendar(), current: year), months: sections(of: lines, in: year),
            accountAddress: Addresses.ownAccount().text)
        return try page("Lịch năm \(year)", model, for: request)
    }

    /// Month by month; those in a row that have nothing due are told in one line.
    private func sections(of lines: [CalendarLine], in year: Int) -> [CalendarPage.Section] {
        let byMonth = Dictionary(grouping: lines) { Month(of: $0.day).month }
        var sections: [CalendarPage.Section] = []
        var month = 1
        while month <= 12 {
            guard let due = byMonth[month] else {
                let first = month
                while month < 12, byMonth[month + 1] == nil { month += 1 }
                sections.append(
                    .init(title: "Tháng \(first == month ? "\(first)" : "\(first)–\(month)")", days: [], empty: true))
                month += 1
                continue
            }
            let days = Dictionary(grouping: due, by: \.day).sorted { $0.key < $1.key }
            sections.append(
                .init(
                    title: "Tháng \(month)",
                    days: days.map { .init(day: $0.key.vietnamese, entries: $0.value.map { entry(of: $0, in: year) }) },
                    empty: false))
            month += 1
        }
        return sections
    }

    private func entry(of line: CalendarLine, in year: Int) -> CalendarPage.Entry {
        let full = definition.task(line.task)?.text ?? ""
        var text = "\(line.task) \(full.count > 90 ? full.prefix(88) + "…" : full[...])"
        if line.checkpoint { text = "Mốc kiểm tra: " + text }
        if line.counts.all > 1 { text += " – \(line.counts.all) đơn vị, \(line.counts.accepted) xong" }
        if line.counts.late > 0 { text += ", \(line.counts.late) quá hạn" }
        return CalendarPage.Entry(
            text: text,
            address: (line.checkpoint
                ? Addresses.task(line.task) : Addresses.workList().with(.year, year).with(.task, line.task))
                .text,
            late: line.counts.late > 0 ? Badge("quá hạn", look: "late") : nil)
    }

    private func calendarFeed(_ request: OpenRequest) async throws -> Response {
        let token = request.parameter("token")
        let bare = token.hasSuffix(".ics") ? String(token.dropLast(4)) : token
        guard let owner = try await desk.access.calendarOwner(token: bare) else {
            throw Refusal(
                .notFound, "Địa chỉ lịch này không đúng hoặc đã bị thu hồi. Hãy lấy địa chỉ mới ở trang Tài khoản.")
        }
        let items = try await work.calendarItems(of: owner)
        let events = items.compactMap { item -> CalendarEvent? in
            guard let due = item.due else { return nil }
            let task = definition.task(item.task)
            return CalendarEvent(
                uid: "\(item.id)@bao-phu", day: due, summary: "\(item.task) hạn nộp: \(task?.text ?? "")",
                details: "Kỳ: \(item.periodTitle). Sản phẩm: \(task?.productsPhrase ?? "")",
                url: "\(settings.publicURL)\(Addresses.work(item.id))")
        }
        // Of what was told, whatever has a day until which it concerns its reader: answers, parts of reports.
        let notices = try await desk.notices.notices(unreadOnly: false, for: owner).filter { $0.until != nil }
        let told = notices.compactMap { notice in
            notice.until.map { day in
                CalendarEvent(
                    uid: "thong-bao-\(notice.id)@bao-phu", day: day, summary: notice.title, details: notice.detail,
                    url: "\(settings.publicURL)\(Addresses.notice(notice.id))")
            }
        }
        // Of the day's list what neither the work above nor a notice says.
        let list = try await desk.days.list(of: owner)
        let known = Set(items.map { Subject(.instance, $0.id) } + notices.map(\.subject))
        let others = list.items.compactMap { item -> CalendarEvent? in
            guard let due = item.due, !known.contains(item.subject) else { return nil }
            return CalendarEvent(
                uid: "\(item.kind.rawValue)/\(item.subject)@bao-phu", day: due, summary: item.title,
                details: item.detail,
                url: desk.page(of: item.subject).map { "\(settings.publicURL)\($0)" })
        }
        let text = CalendarFeed.render(
            name: "Bao Phủ – \(owner.name)", events: events + told + others, stamp: clock.now.secondsSinceEpoch)
        return Response(
            status: .ok,
            headers: [.contentType: "text/calendar; charset=utf-8", .cacheControl: "private, max-age=3600"],
            body: .init(byteBuffer: ByteBuffer(string: text)))
    }
}
