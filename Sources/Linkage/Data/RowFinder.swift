/// Finds rows by the ids people know.
struct RowFinder {
    private let left: [String: Int]
    private let right: [String: Int]
    private let names: (String, String)

    init(_ data: LinkData) {
        func rows(_ ids: TextList) -> [String: Int] {
            Dictionary((0..<ids.count).map { (ids[$0], $0) }, uniquingKeysWith: { first, _ in first })
        }
        left = rows(data.leftIDs)
        right = data.isSelf ? left : rows(data.rightIDs)
        names = ("left", data.isSelf ? "left" : "right")
    }

    /// - Throws: ``SettingsError`` naming an id that is not there.
    func rows(_ leftID: String, _ rightID: String) throws(SettingsError) -> (left: Int, right: Int) {
        guard let first = left[leftID] else {
            throw SettingsError("there is no record “\(leftID)” in the \(names.0) list")
        }
        guard let second = right[rightID] else {
            throw SettingsError("there is no record “\(rightID)” in the \(names.1) list")
        }
        return (first, second)
    }
}
