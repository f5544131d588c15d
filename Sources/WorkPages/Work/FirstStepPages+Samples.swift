import Components

// One of each model, complete: see ``Page/sample``.

extension FirstStepsPage {
    static let sample = FirstStepsPage(lead: "Nội dung", steps: [.sample])
}

extension FirstStepsPage.Step {
    static let sample = FirstStepsPage.Step(
        title: "Nội dung", state: .sample, words: "Nội dung", who: "Nội dung", link: .sample)
}
