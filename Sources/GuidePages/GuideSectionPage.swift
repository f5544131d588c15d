import Components
import Hummingbird
import Kernel
import WebDesk

/// A chapter's lead and contents.
struct GuideChapterPage: Page {
    static let template: PageTemplate = "guide-chapter"

    let back: Frame.Link?
    let index: Frame.Link
    let title: String
    /// HTML of the guide's Markdown.
    let leadHTML: String
    let sections: [Frame.Link]
}

/// One section of the guide.
struct GuideSectionPage: Page {
    static let template: PageTemplate = "guide-section"

    let back: Frame.Link?
    let chapter: Frame.Link
    let title: String
    /// HTML of the guide's Markdown.
    let bodyHTML: String
    let previous: Frame.Link?
    let next: Frame.Link?
    /// The other sections of the chapter.
    let sections: [Frame.Link]
}

extension GuidePages {
    func chapterPage(of book: GuideBook, _ request: OpenRequest) async throws -> Response {
        let chapter = try await chapter(of: book, request)
        let back = Self.back(request)
        let model = GuideChapterPage(
            back: Self.backLink(request), index: Frame.Link("Trợ giúp", Addresses.guide().with(.back, back)),
            title: chapter.title, leadHTML: book.html(chapter.lead, of: chapter, back: back),
            sections: links(chapter, back))
        return try await page(chapter.title, model, for: request)
    }

    func sectionPage(of book: GuideBook, _ request: OpenRequest) async throws -> Response {
        let chapter = try await chapter(of: book, request)
        guard let place = chapter.sections.firstIndex(where: { $0.slug == request.parameter("section") }) else {
            throw Refusal(.notFound, "Không có phần trợ giúp này.")
        }
        let section = chapter.sections[place]
        let back = Self.back(request)
        let links = links(chapter, back)
        let model = GuideSectionPage(
            back: Self.backLink(request),
            chapter: Frame.Link(chapter.title, Addresses.guideChapter(chapter.slug).with(.back, back)),
            title: section.title, bodyHTML: book.html(section.blocks, of: chapter, back: back),
            previous: place > 0 ? links[place - 1] : nil, next: place + 1 < links.count ? links[place + 1] : nil,
            sections: links.enumerated().map { Frame.Link($1.label, $1.address, current: $0 == place) })
        return try await page(section.title, model, for: request)
    }

    private func links(_ chapter: GuideBook.Chapter, _ back: String) -> [Frame.Link] {
        chapter.sections.map {
            Frame.Link($0.title, Addresses.guideSection(chapter.slug, $0.slug).with(.back, back))
        }
    }
}

// One of each model, complete: see ``Page/sample``.

extension GuideChapterPage {
    static let sample = GuideChapterPage(
        back: .sample, index: .sample, title: "Hướng dẫn cán bộ xã", leadHTML: "<p>Dành cho cán bộ.</p>",
        sections: [.sample])
}

extension GuideSectionPage {
    static let sample = GuideSectionPage(
        back: .sample, chapter: .sample, title: "Nộp sản phẩm", bodyHTML: "<p>Mở việc.</p>", previous: .sample,
        next: .sample, sections: [.sample])
}
