import Components

// One of each model, complete: see ``Page/sample``.

extension UnitPage {
    static let sample = UnitPage(
        unitsNote: .sample, year: 2027, counts: .sample,
        missing: [.sample], nothingMissing: true, table: .sample, list: "/dia-chi", printAddress: "/dia-chi",
        committeeAddress: "/dia-chi", figures: "<p>Nội dung</p>", steps: [.sample], hasSteps: true, seesWork: true,
        score: "<p>Nội dung</p>")
}

extension UnitHead {
    static let sample = UnitHead(back: .sample, name: "Phường An Biên", role: "Nội dung")
}

extension UnitPage.Missing {
    static let sample = UnitPage.Missing(
        task: "I.5", address: "/dia-chi", product: "Nội dung", due: "15/01/2027", distance: "còn 5 ngày")
}

extension UnitPrint {
    static let sample = UnitPrint(
        name: "Phường An Biên", year: 2027, counts: .sample, missing: [.sample], nothingMissing: true, rows: [.sample],
        printed: "15/01/2027 09:30", illustrative: true)
}

extension UnitsPage {
    static let sample = UnitsPage(
        year: 2027, years: [.sample], table: .sample, communes: [.sample], hasCommunes: true,
        summary: "Nội dung")
}

extension UnitsPage.Light {
    static let sample = UnitsPage.Light(
        name: "Phường An Biên", address: "/dia-chi", light: "late", word: "2 quá hạn")
}
