public import Access

extension RightArea {
    /// Work, the plan, obstacles.
    public static let work = RightArea(
        "Công việc, kế hoạch, vướng mắc",
        [
            .viewWork, .viewWholePlan, .handIn, .review, .openFiles, .openPersonLists, .openAllPersonLists,
            .overrideDeadlines, .completePlan, .keepUnits, .keepIdentities, .keepBoundaries, .setCountingDay,
            .sendObstacle,
            .answerObstacles, .manageObstacles,
        ])
}
