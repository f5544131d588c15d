import Components
import Hummingbird
import WebDesk

/// The words of the screens with their meanings.
struct GlossaryPage: Page {
    static let template: PageTemplate = "guide-words"

    struct Entry: Sendable {
        let id: String
        let word: String
        /// Other headings that mean the same.
        let also: String?
        let meaning: String
    }

    let back: Frame.Link?
    let index: Frame.Link
    let entries: [Entry]
}

extension GuidePages {
    func glossaryPage(of book: GuideBook, _ request: OpenRequest) async throws -> Response {
        let model = GlossaryPage(
            back: Self.backLink(request),
            index: Frame.Link("Trợ giúp", Addresses.guide().with(.back, Self.back(request))),
            entries: book.glossary.terms.map { term in
                GlossaryPage.Entry(
                    id: term.slug, word: term.word,
                    also: term.alsoWritten.isEmpty ? nil : "cũng ghi: \(term.alsoWritten.joined(separator: ", "))",
                    meaning: term.meaning)
            })
        return try await page("Từ trên màn hình", model, for: request)
    }
}

// One of each model, complete: see ``Page/sample``.

extension GlossaryPage {
    static let sample = GlossaryPage(back: .sample, index: .sample, entries: [.sample])
}

extension GlossaryPage.Entry {
    static let sample = GlossaryPage.Entry(
        id: "ky-vong", word: "Kỳ vọng", also: "cũng ghi: mức cần có", meaning: "số người cần có đến tháng này")
}
