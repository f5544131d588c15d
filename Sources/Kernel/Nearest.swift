/// The name most like another, for messages.
public enum Nearest {
    public static func name(to wanted: String, among names: [String]) -> String? {
        let limit = max(2, wanted.count / 3)
        return names.compactMap { name in
            EditDistance.between(wanted.lowercased(), name.lowercased(), atMost: limit).map {
                (distance: $0, name: name)
            }
        }.min { $0 < $1 }?.name
    }
}

/// The least number of letters added, left out or changed between two short texts.
public enum EditDistance {
    /// Nil when it is more than `limit`.
    public static func between(_ left: String, _ right: String, atMost limit: Int) -> Int? {
        let (left, right) = (Array(left.unicodeScalars), Array(right.unicodeScalars))
        guard abs(left.count - right.count) <= limit else { return nil }
        var row = Array(0...right.count)
        for (i, scalar) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for j in right.indices {
                let change = diagonal + (scalar == right[j] ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(change, min(row[j], row[j + 1]) + 1)
            }
        }
        return row[right.count] <= limit ? row[right.count] : nil
    }
}
