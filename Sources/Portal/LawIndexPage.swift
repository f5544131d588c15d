import Components

/// All calculators, by what people look for.
struct LawIndexPage: Page {
    static let template: PageTemplate = "law-index"

    struct Group: Sendable {
        let title: String
        let entries: [Entry]
    }

    struct Entry: Sendable {
        let title: String
        let address: String
        let lead: String
    }

    let groups: [Group]
}

extension Portal {
    /// The way to every page.
    public static var index: Answer {
        Answer(
            title: "Tra cứu pháp luật",
            page: LawIndexPage(
                groups: Group.allCases.map { group in
                    .init(
                        title: group.title,
                        entries: group.subjects.map {
                            .init(title: $0.title, address: $0.place().text, lead: $0.lead)
                        })
                }), isRefused: false)
    }
}
