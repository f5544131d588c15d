import Components

// One of each model, complete: see ``Page/sample``.

extension ForecastPage {
    static let sample = ForecastPage(
        tabs: [.sample], heading: "Số liệu tháng 10/2026", lead: "UBND phường An Biên", measures: [.sample],
        city: "Nội dung", closing: ["Nội dung"], hasClosing: true, rows: [.sample], nothing: true, trials: [.sample],
        hasTrials: true, trialWords: "Nội dung", basis: "Nội dung")
}

extension ForecastPage.Row {
    static let sample = ForecastPage.Row(
        name: "Phường An Biên", address: "/dia-chi", now: "1.234", end: "1.234", range: "Nội dung", target: "1.234",
        chance: "Nội dung", gap: "1.234", method: "biến động", look: .sample)
}

extension ForecastPage.Trial {
    static let sample = ForecastPage.Trial(
        year: 2027, months: "10/2026", forecast: "Nội dung", came: "Nội dung", inside: "Nội dung")
}
