/// The name most like another, for messages.
public enum Nearest {
    public static func name(to wanted: String, among names: [String]) -> String? {
        let close = names.map {
            (name: $0, distance: distance(Array(wanted.lowercased().utf8), Array($0.lowercased().utf8)))
        }
        .min { ($0.distance, $0.name) < ($1.distance, $1.name) }
        return close.flatMap { $0.distance <= max(2, wanted.utf8.count / 3) ? $0.name : nil }
    }

    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var row = Array(0...right.count)
        for (i, byte) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for j in right.indices {
                let change = diagonal + (byte == right[j] ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(change, min(row[j], row[j + 1]) + 1)
            }
        }
        return row[right.count]
    }
}
