import Access
public import Components
public import Foundation
import Hummingbird
import Kernel
public import WebDesk

/// Help: the users' guide by chapters and sections, and the words of the screens.
public struct GuidePages: PageArea {
    public static var templates: [URL] { [Bundle.module.bundleURL] }
    public static var pages: [any Page.Type] {
        [GuideIndexPage.self, GuideChapterPage.self, GuideSectionPage.self, GlossaryPage.self]
    }

    public let desk: Desk
    let book: GuideBook?

    /// - Parameter book: nil without the guide's files; then there is no help.
    public init(desk: Desk, book: GuideBook?) {
        self.desk = desk
        self.book = book
    }

    /// What all pages say of themselves.
    public static func help(of book: GuideBook) -> PageHelp {
        PageHelp(
            glossary: book.glossary, section: { HelpTable.section(of: $0, for: $1) },
            tour: { tour(of: $0, in: book) })
    }

    /// The three sentences of a role.
    static func tour(of role: Role, in book: GuideBook) -> [String] {
        let blocks = book.chapter(HelpTable.tours)?.sections.first { $0.title == role.title }?.blocks ?? []
        guard case .list(_, let items)? = blocks.first else { return [] }
        return items.map { $0.map(\.words).joined(separator: " ") }
    }

    public var routes: [Route] {
        guard let book else { return [] }
        return [
            .open(Addresses.guide) { request in try await indexPage(of: book, request) },
            .open(Addresses.glossary) { request in try await glossaryPage(of: book, request) },
            .open(Addresses.guideChapter) { request in try await chapterPage(of: book, request) },
            .open(Addresses.guideSection) { request in try await sectionPage(of: book, request) },
            .form(Addresses.putAwayTour, .member) { request in
                let away = !request.form[.putAway].isEmpty
                try await access.putAwayTour(away, by: request.viewer)
                return desk.firstPage(of: request.viewer).telling(away ? .tourPutAway : .tourCalledBack)
            } again: { request, _ in
                try page("Trợ giúp", index(of: book, for: request.viewer, request), for: request)
            },
        ]
    }

    private var access: AccessService { desk.access }

    /// The same page for a member and for a visitor.
    func page(_ title: String, _ model: some Page, for request: OpenRequest) async throws -> Response {
        guard let member = try await member(request) else { return try desk.page(title, model) }
        return try page(title, model, for: member)
    }

    /// The chapter that an address names, for who may read it.
    func chapter(of book: GuideBook, _ request: OpenRequest) async throws -> GuideBook.Chapter {
        let viewer = try await member(request)?.viewer
        guard let chapter = book.chapter(request.parameter("chapter")), HelpTable.isReadable(chapter.slug, for: viewer)
        else { throw Refusal(.notFound, "Không có phần trợ giúp này, hoặc phần này chỉ đọc được sau khi đăng nhập.") }
        return chapter
    }

    /// Where the reader came from.
    static func back(_ request: OpenRequest) -> String { OwnPath.checked(request.query[.back]) ?? "" }

    static func backLink(_ request: OpenRequest) -> Frame.Link? {
        let back = back(request)
        return back.isEmpty ? nil : Frame.Link("← Quay lại trang đang xem", back)
    }
}

extension QueryKey {
    static let putAway = QueryKey("cat")
}
