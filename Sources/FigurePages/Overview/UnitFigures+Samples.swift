import Components

// One of each model, complete: see ``Page/sample``.

extension UnitFiguresView {
    static let sample = UnitFiguresView(
        figureYear: 2027, figureSource: "Nội dung", panels: [.sample], courseCharts: [.sample], picture: .sample,
        targetLine: "Nội dung", targetAddress: "/dia-chi", contests: [.sample],
        hasContests: true, groupLine: "Nội dung", groupAddress: "/dia-chi", figureLinks: [.sample])
}
