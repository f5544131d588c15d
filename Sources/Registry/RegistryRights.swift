public import Access

extension RightArea {
    /// Records of persons and employers.
    public static let registry = RightArea(
        "Sổ đăng ký", [.openRecords, .openAllRecords, .decideDoubts, .trainLinks, .setRegisterBasis])
}
