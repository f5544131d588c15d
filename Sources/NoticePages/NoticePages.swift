import Access
public import Components
public import Foundation
import Kernel
import Notices
public import WebDesk

/// What a person must know: the list, letters by mail or Zalo, which kinds stand in them.
public struct NoticePages: PageArea {
    public static var templates: [URL] { [Bundle.module.bundleURL] }
    public static var pages: [any Page.Type] { [NoticeListPage.self, LettersPage.self] }

    public let desk: Desk
    var notices: NoticeService { desk.notices }

    public init(desk: Desk) {
        self.desk = desk
    }

    public var routes: [Route] {
        [
            .page(Addresses.notices, .member) { request in try await listPage(request) },
            .page(Addresses.notice, .member) { request in try await open(request) },
            .form(Addresses.readNotice, .member) { request in
                try await notices.markRead(try Self.id(request), by: request.viewer)
                return Self.list(request)
            } again: { request, _ in
                try await listPage(request)
            },
            .form(Addresses.readAllNotices, .member) { request in
                try await notices.markAllRead(until: Self.seen(request), by: request.viewer)
                return Self.list(request)
            } again: { request, _ in
                try await listPage(request)
            },
            .form(Addresses.chooseLetters, .member) { request in
                try await notices.chooseLetters(Set(request.form.all(NoticeField.kind)), by: request.viewer)
                return Addresses.notices().telling(.lettersChosen)
            } again: { request, _ in
                try await listPage(request)
            },
            .page(Addresses.outbox, .member) { request in try await lettersPage(request) },
        ]
    }

    static func id(_ request: MemberRequest) throws -> RecordID {
        try request.recordID(missing: "Không có thông báo này.")
    }
}
