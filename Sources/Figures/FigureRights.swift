public import Access

extension RightArea {
    /// Monthly figures, what they came in, objections to them.
    public static let figures = RightArea(
        "Số liệu",
        [
            .viewFigures, .openFigureFiles, .acceptFigures, .withdrawFigures, .contestFigures, .decideContests,
            .setRegisterMonths,
        ])
}
