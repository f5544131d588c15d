import Kernel

/// Text and numbers as SVG takes them.
enum Markup {
    static func escaped(_ text: String) -> String { XMLText.escaped(text) }

    /// The text as an id that also stands in a list of ids and in `url(#…)`: other characters than letters, digits,
    /// `-` and `_` become `-`.
    static func identifier(_ text: String) -> String {
        var result = "c"
        for scalar in text.unicodeScalars {
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", "_": result.unicodeScalars.append(scalar)
            default: result += "-"
            }
        }
        // An id may not begin with a digit; those that begin with a letter stay as the caller knows them.
        guard let first = text.unicodeScalars.first, first.properties.isAlphabetic, first.isASCII else { return result }
        return String(result.dropFirst())
    }

    /// With one decimal at most: `12`, `12.5`.
    static func number(_ value: Double) -> String {
        guard value.isFinite, abs(value) < 1e12 else { return "0" }
        let tenths = Int((value * 10).rounded())
        let sign = tenths < 0 ? "-" : ""
        let whole = "\(sign)\(tenths.magnitude / 10)"
        let rest = tenths.magnitude % 10
        return rest == 0 ? whole : "\(whole).\(rest)"
    }

    /// An attribute with a number, after a space: ` x="12.5"`.
    static func attribute(_ name: String, _ value: Double) -> String { " \(name)=\"\(number(value))\"" }

    /// How much room a text takes, estimated for a sans-serif face; in the units of `size`.
    static func width(of text: String, size: Double) -> Double { Double(text.count) * 0.56 * size }

    /// The text, cut with an ellipsis when it has more than `limit` characters.
    static func shortened(_ text: String, to limit: Int) -> String {
        text.count > limit ? String(text.prefix(limit - 1)) + "…" : text
    }

    /// An address as a link's target; `nil` for one that is neither of this site nor secure, such as a script.
    static func target(_ address: String?) -> String? {
        // Browsers read a backslash as a slash, and two of them begin the name of another host.
        guard let address, !address.hasPrefix("//"), !address.hasPrefix("/\\") else { return nil }
        let isKnown = ["/", "#", "?", "https://"].contains { (start: String) -> Bool in address.hasPrefix(start) }
        return isKnown ? escaped(address) : nil
    }
}
