public import Access

extension PairedAct {
    /// Makes a way of splitting targets the decision that holds.
    public static let decideTargets = PairedAct(
        "targets.decide", "Ghi quyết định giao chỉ tiêu",
        needs: [.init(.allocateTargets, isOfUnit: false), .init(.keepGroups, isOfUnit: true)])
}

extension RightArea {
    /// Targets, their allocation, residential groups.
    public static let targets = RightArea(
        "Chỉ tiêu, tổ dân phố",
        [.loadTargets, .readScenarios, .allocateTargets, .proposeTargets, .readGroups, .keepGroups, .countOwnGroup])
}
