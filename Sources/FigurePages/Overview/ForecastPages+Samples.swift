import Components

// One of each model, complete: see ``Page/sample``.

extension ForecastPage {
    static let sample = ForecastPage(
        tabs: [.sample], heading: "Số liệu tháng 10/2026", lead: "UBND phường An Biên", measures: [.sample],
        city: "Nội dung", closing: ["Nội dung"], hasClosing: true, table: .sample, trials: [.sample],
        hasTrials: true, trialWords: "Nội dung", basis: "Nội dung")
}

extension ForecastPage.Trial {
    static let sample = ForecastPage.Trial(
        year: 2027, months: "10/2026", forecast: "Nội dung", came: "Nội dung", inside: "Nội dung")
}
