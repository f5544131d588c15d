import Foundation
import Kernel

/// Texts as hasty hands leave them.
enum DirtyText {
    /// Without any accent, letters as high as they were.
    static func flat(_ text: String) -> String {
        var plain = String.UnicodeScalarView()
        for scalar in text.decomposedStringWithCanonicalMapping.unicodeScalars where !(0x300...0x36F ~= scalar.value) {
            plain.append(scalar == "đ" ? "d" : scalar == "Đ" ? "D" : scalar)
        }
        return String(plain)
    }

    /// Without the words between surname and given name.
    static func withoutMiddle(_ name: String) -> String {
        let words = name.split(separator: " ")
        guard words.count > 2, let first = words.first, let last = words.last else { return name }
        return "\(first) \(last)"
    }

    /// The given name first.
    static func turned(_ name: String) -> String {
        let words = name.split(separator: " ")
        guard words.count > 1, let last = words.last else { return name }
        return ([last] + words.dropLast()).joined(separator: " ")
    }

    /// The tone on the other vowel, where both ways are met (identifiers.md 9.1); as it was where there is none.
    static func otherTone(_ name: String) -> String {
        name.split(separator: " ").map { word -> Substring in
            for (one, another) in pairs where word.hasSuffix(one) {
                // “quý” has its tone on the y alone.
                if one.hasPrefix("u"), word.lowercased().hasPrefix("q") { continue }
                return word.dropLast(one.count) + another
            }
            return word
        }.joined(separator: " ")
    }

    private static let pairs: [(String, String)] = [
        ("oà", "òa"), ("oá", "óa"), ("oả", "ỏa"), ("oã", "õa"), ("oạ", "ọa"), ("uỳ", "ùy"), ("uý", "úy"), ("uỷ", "ủy"),
        ("uỹ", "ũy"), ("uỵ", "ụy"), ("oè", "òe"), ("oé", "óe"), ("oẻ", "ỏe"), ("oẽ", "õe"), ("oẹ", "ọe"),
    ]

    /// One letter left out, doubled, or another's neighbour.
    static func typo(_ name: String, _ draws: inout Draws) -> String {
        var letters = Array(name)
        let places = letters.indices.dropFirst().filter { letters[$0].isLetter }
        guard places.count > 1 else { return name }
        let place = places[draws.below(places.count)]
        switch draws.below(3) {
        case 0: letters.remove(at: place)
        case 1: letters.insert(letters[place], at: place)
        default:
            let neighbours: [Character: Character] = [
                "n": "m", "m": "n", "h": "g", "g": "h", "i": "o", "a": "s", "t": "r", "u": "y", "o": "p", "c": "x",
            ]
            letters[place] = neighbours[letters[place]] ?? "e"
        }
        let changed = String(letters)
        return changed == name ? name + "h" : changed
    }

    /// One digit is another, never the first.
    static func digitTypo(_ number: String, _ draws: inout Draws) -> String {
        var bytes = Array(number.utf8)
        guard bytes.count > 2 else { return number }
        let place = 1 + draws.below(bytes.count - 1)
        bytes[place] = 48 + (bytes[place] - 48 + 1 + UInt8(draws.below(9))) % 10
        return String(decoding: bytes, as: UTF8.self)
    }
}
