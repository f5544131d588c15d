import Access
import Components
import Hummingbird
import Kernel
import Notices
import WebDesk

struct NoticeListPage: Page {
    static let template: PageTemplate = "notices"
    /// The value of ``QueryKey/view`` for all notices.
    static let everything = "tat-ca"

    struct Tab: Sendable {
        let label: String
        let address: String
        let number: String
        let current: Bool
    }

    struct Row: Sendable {
        let title: String
        let address: String
        let detail: String
        let day: String
        let kind: String
        let badge: Badge?
        let read: FormModel?
    }

    struct Choices: Sendable {
        struct Area: Sendable {
            let title: String
            let kinds: [Kind]
        }

        struct Kind: Sendable {
            let id: String
            let name: String
            let label: String
            let wanted: Bool
        }

        let form: FormModel
        let areas: [Area]
    }

    let tabs: [Tab]
    let rows: [Row]
    /// What is said instead of rows.
    let nothing: String?
    let readAll: FormModel?
    let pager: Pager
    /// All unread notices of the page as one text, for Zalo; nil when there are none.
    let text: String?
    let letters: String
    let choices: Choices
}

extension NoticePages {
    /// Where a form of the list goes back to.
    static func list(_ request: MemberRequest) -> Address {
        let everything = request.form[QueryKey.view] == NoticeListPage.everything
        return Addresses.notices().with(.view, everything ? NoticeListPage.everything : nil)
    }

    static func seen(_ request: MemberRequest) -> Timestamp? {
        Int64(request.form[NoticeField.seen]).map(Timestamp.init(secondsSinceEpoch:))
    }

    /// Leads to what the notice is about.
    func open(_ request: MemberRequest) async throws -> Response {
        let notice = try await notices.open(try Self.id(request), by: request.viewer)
        return .redirect(to: (desk.page(of: notice.subject) ?? Addresses.notices()).text, type: .normal)
    }

    func listPage(_ request: MemberRequest) async throws -> Response {
        let viewer = request.viewer
        // A form that was refused says by a field of its own which list it stood on.
        let everything =
            [request.query[QueryKey.view], request.form[QueryKey.view]].contains(NoticeListPage.everything)
        let unread = try await notices.unread(for: viewer)
        let all = try await notices.count(unreadOnly: false, for: viewer)
        let count = everything ? all : unread
        let pages = max(1, (count + NoticeService.pageLength - 1) / NoticeService.pageLength)
        let number = min(max(Int(request.query[.page]) ?? 1, 1), pages)
        let shown = try await notices.notices(
            unreadOnly: !everything, for: viewer, skipping: (number - 1) * NoticeService.pageLength)
        let view = everything ? NoticeListPage.everything : nil
        let hidden = view.map { [FormModel.Hidden(QueryKey.view, $0)] } ?? []
        let seen = FormModel.Hidden(NoticeField.seen, clock.now.secondsSinceEpoch)
        let waiting = shown.filter { !$0.isRead }
        let model = NoticeListPage(
            tabs: [
                .init(
                    label: "Chưa đọc", address: Addresses.notices().text, number: VietnameseText.grouped(unread),
                    current: !everything),
                .init(
                    label: "Tất cả", address: Addresses.notices().with(.view, NoticeListPage.everything).text,
                    number: VietnameseText.grouped(all), current: everything),
            ],
            rows: shown.map { row($0, hidden: hidden, for: request) },
            nothing: shown.isEmpty ? (everything ? "Chưa có thông báo nào." : "Bạn đã đọc hết thông báo.") : nil,
            readAll: unread > 1
                ? form(
                    "da-doc-het", Addresses.readAllNotices(), "Đánh dấu tất cả \(unread) thông báo là đã đọc",
                    look: "secondary", hidden: hidden + [seen], for: request) : nil,
            pager: Pager(page: number, pages: pages) {
                Addresses.notices().with(.view, view).with(.page, $0).text
            },
            text: waiting.isEmpty
                ? nil
                : (["Thông báo từ hệ thống Bao Phủ, \(today.vietnamese):"] + waiting.map { "- \($0.sentence)" })
                    .joined(separator: "\n"),
            letters: Addresses.outbox().text, choices: try await choices(request))
        return try page("Thông báo", model, for: request)
    }

    private func row(
        _ notice: ReceivedNotice, hidden: [FormModel.Hidden], for request: MemberRequest
    ) -> NoticeListPage.Row {
        let badge: Badge? =
            switch (notice.isRead, notice.weight) {
            case (true, _): Badge("Đã đọc", look: "plain")
            case (false, .urgent): Badge("Cần xử lý", look: "late")
            case (false, .plain), (false, .light): nil
            }
        let until = notice.until.map {
            $0.days(to: notice.day) <= -NoticeService.keptDays ? "" : " · đến \($0.vietnamese)"
        }
        return NoticeListPage.Row(
            title: notice.title, address: Addresses.notice(notice.id).text, detail: notice.detail,
            day: notice.day.vietnamese + (until ?? ""), kind: notices.title(ofKind: notice.kind), badge: badge,
            read: notice.isRead
                ? nil
                : form(
                    "da-doc-\(notice.id)", Addresses.readNotice(notice.id), "Đã đọc", look: "link", hidden: hidden,
                    for: request))
    }

    private func choices(_ request: MemberRequest) async throws -> NoticeListPage.Choices {
        let wanted = Dictionary(
            try await notices.letterChoices(of: request.viewer).map { ($0.kind, $0.wanted) },
            uniquingKeysWith: { first, _ in first })
        let areas = notices.areas.map { area in
            NoticeListPage.Choices.Area(
                title: area.title,
                kinds: area.kinds.compactMap { kind in
                    wanted[kind].map { wanted in
                        .init(
                            id: "thu-" + kind.name.replacing(".", with: "-"), name: kind.name, label: kind.title,
                            wanted: wanted)
                    }
                })
        }.filter { !$0.kinds.isEmpty }
        return NoticeListPage.Choices(
            form: form("thu", Addresses.chooseLetters(), "Lưu lựa chọn", look: "secondary", for: request), areas: areas)
    }
}
