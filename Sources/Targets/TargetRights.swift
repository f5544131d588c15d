public import Access

extension RightArea {
    /// Targets, their allocation, residential groups.
    public static let targets = RightArea(
        "Chỉ tiêu, tổ dân phố",
        [.loadTargets, .readScenarios, .allocateTargets, .proposeTargets, .readGroups, .keepGroups])
}
