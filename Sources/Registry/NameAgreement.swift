import Kernel

/// Whether two names of records that share a number are one person's. A shared number says nearly everything: what is left
/// are numbers of a parent that stand at a child, and rows that slipped. So names may differ as far as writing them down
/// differs, and no further.
public enum NameAgreement {
    /// The form that names are compared in: without accents, in small letters, one blank between words.
    public static func key(_ name: String) -> String { VietnameseText.fold(name) }

    /// - Parameters:
    ///   - left: as ``key(_:)`` writes it. Employers' records have none: their numbers alone say who they are.
    public static func agree(_ left: String, _ right: String) -> Bool {
        if left == right { return true }
        if left.isEmpty || right.isEmpty { return false }
        // A slip of the keyboard; two in a long name.
        if EditDistance.between(left, right, atMost: min(left.utf8.count, right.utf8.count) < 12 ? 1 : 2) != nil {
            return true
        }
        let (words, others) = (left.split(separator: " "), right.split(separator: " "))
        let (short, long) = words.count <= others.count ? (words, others) : (others, words)
        // Words in another order: given name first.
        if short.count == long.count { return short.sorted() == long.sorted() }
        // Middle names left out: surname and given name stay.
        guard short.count >= 2, short.first == long.first, short.last == long.last else { return false }
        var rest = long[...]
        return short.allSatisfy { word in
            guard let place = rest.firstIndex(of: word) else { return false }
            rest = rest[(place + 1)...]
            return true
        }
    }
}
