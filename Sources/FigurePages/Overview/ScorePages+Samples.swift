import Components

// One of each model, complete: see ``Page/sample``.

extension ScoreView {
    static let sample = ScoreView(
        score: "Nội dung", scoreMonth: "Nội dung", place: "dòng 7", similar: "Nội dung", knownNote: "Nội dung",
        contestedNote: "Nội dung", parts: [.sample], scoreNote: "Nội dung")
}

extension ScoreView.Part {
    static let sample = ScoreView.Part(
        partTitle: "Nội dung", partPoints: "1.234", weight: "Nội dung", words: "Nội dung")
}

extension ScoresPage {
    static let sample = ScoresPage(
        tabs: [.sample], month: "10/2026", months: [.sample], dayLine: "Nội dung", scoringNote: "Nội dung",
        groups: [.sample], table: .sample, agencies: .sample, noRules: true)
}

extension ScoresPage.Group {
    static let sample = ScoresPage.Group(groupTitle: "Nội dung", members: [.sample])
}

extension ScoresPage.Member {
    static let sample = ScoresPage.Member(
        name: "Phường An Biên", address: "/dia-chi", points: "1.234", groupRank: "Nội dung", contested: true)
}
