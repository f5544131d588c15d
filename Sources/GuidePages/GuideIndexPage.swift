import Access
import Components
import Hummingbird
import WebDesk

/// The guide's first page: chapters for the reader's role, then the others.
struct GuideIndexPage: Page {
    static let template: PageTemplate = "guide-index"

    struct Chapter: Sendable {
        let title: String
        let address: String
        let sections: [Frame.Link]
    }

    let back: Frame.Link?
    let lead: String
    let own: [Chapter]
    let ownTitle: String
    let others: [Chapter]
    let glossary: Frame.Link
    /// The first tour's sentences; empty for a visitor.
    let tour: [String]
    let hasTour: Bool
    /// Calls the tour back to the first page.
    let callBack: FormModel?
}

extension GuidePages {
    func indexPage(of book: GuideBook, _ request: OpenRequest) async throws -> Response {
        guard let member = try await member(request) else {
            return try desk.page("Trợ giúp", index(of: book, back: Self.backLink(request), for: nil, form: nil))
        }
        return try page("Trợ giúp", index(of: book, for: member.viewer, member), for: member)
    }

    func index(of book: GuideBook, for viewer: Viewer, _ request: MemberRequest) -> GuideIndexPage {
        index(
            of: book, back: Self.backLink(request.base), for: viewer,
            form: form(
                "goi-gioi-thieu", Addresses.putAwayTour(), "Hiện lại ở trang đầu", look: "secondary", for: request))
    }

    private func index(
        of book: GuideBook, back: Frame.Link?, for viewer: Viewer?, form: FormModel?
    ) -> GuideIndexPage {
        let readable = HelpTable.chapters.filter { HelpTable.isReadable($0, for: viewer) }
        let own = viewer.map { HelpTable.own($0.role) } ?? []
        func listed(_ slugs: [String]) -> [GuideIndexPage.Chapter] {
            slugs.compactMap(book.chapter).map { chapter in
                GuideIndexPage.Chapter(
                    title: chapter.title, address: Addresses.guideChapter(chapter.slug).text,
                    sections: chapter.sections.map {
                        Frame.Link($0.title, Addresses.guideSection(chapter.slug, $0.slug))
                    })
            }
        }
        let tour = viewer.map { Self.tour(of: $0.role, in: book) } ?? []
        return GuideIndexPage(
            back: back,
            lead: viewer == nil
                ? "Đăng nhập để đọc phần dành cho vai trò của bạn."
                : "“Trợ giúp” ở đầu mỗi trang mở thẳng phần nói về trang đó. Tìm trong trợ giúp: gõ vào ô “Tìm”.",
            own: listed(readable.filter(own.contains)),
            ownTitle: viewer.map { "Dành cho \($0.role.title)" } ?? "",
            others: listed(readable.filter { !own.contains($0) }),
            glossary: Frame.Link("Từ trên màn hình", Addresses.glossary()), tour: tour, hasTour: !tour.isEmpty,
            callBack: tour.isEmpty ? nil : form)
    }
}

// One of each model, complete: see ``Page/sample``.

extension GuideIndexPage {
    static let sample = GuideIndexPage(
        back: .sample, lead: "Đăng nhập để đọc thêm.", own: [.sample], ownTitle: "Dành cho Cán bộ UBND cấp xã",
        others: [.sample], glossary: .sample, tour: ["“Việc của tôi” cho biết hôm nay phải làm gì."], hasTour: true,
        callBack: .sample)
}

extension GuideIndexPage.Chapter {
    static let sample = GuideIndexPage.Chapter(
        title: "Hướng dẫn cán bộ xã", address: "/dia-chi", sections: [.sample])
}
