import Access
public import Components
public import Search

extension SearchGroup {
    /// Sections of the guide, titles first, and words of the glossary: each by who may read it.
    public static func guide(_ book: GuideBook) -> SearchGroup {
        struct Found: Sendable {
            let chapter: GuideBook.Chapter
            let section: GuideBook.Section
            let words: String
        }
        let sections = HelpTable.chapters.compactMap(book.chapter).flatMap { chapter in
            chapter.sections.map {
                Found(chapter: chapter, section: $0, words: $0.blocks.map(\.words).joined(separator: " "))
            }
        }
        return SearchGroup("tro-giup", "Trợ giúp") { words, viewer, skipping, limit in
            let terms = book.glossary.terms.filter { words.match([$0.word] + $0.alsoWritten) }
            let own = sections.filter { HelpTable.isReadable($0.chapter.slug, for: viewer) }
            let titled = own.filter { words.match([$0.section.title]) }
            let others = own.filter { found in
                !words.match([found.section.title])
                    && words.match([found.section.title, found.chapter.title, found.words])
            }
            let hits =
                terms.map { SearchHit(.word($0.slug), title: $0.word, detail: $0.meaning) }
                + (titled + others).map { found in
                    SearchHit(
                        .guide(found.chapter.slug, found.section.slug), title: found.section.title,
                        detail: found.chapter.title)
                }
            return Array(hits.dropFirst(skipping).prefix(limit))
        }
    }
}
