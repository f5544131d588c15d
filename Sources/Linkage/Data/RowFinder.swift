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
        names = data.isSelf ? ("danh sách", "danh sách") : ("danh sách bên trái", "danh sách bên phải")
    }

    /// - Throws: ``SettingsError`` naming an id that is not there.
    func rows(_ leftID: String, _ rightID: String) throws(SettingsError) -> (left: Int, right: Int) {
        guard let first = left[leftID] else {
            throw SettingsError("không có bản ghi “\(leftID)” trong \(names.0); hãy kiểm tra mã")
        }
        guard let second = right[rightID] else {
            throw SettingsError("không có bản ghi “\(rightID)” trong \(names.1); hãy kiểm tra mã")
        }
        return (first, second)
    }
}
