/// A header's value of the form `token; name=value; name="value"`, as `Content-Disposition` (RFC 6266 section 4.1) and
/// `Content-Type` (RFC 9110 section 8.3) have it. Reads leniently: what has no `=` is passed over, and of two
/// parameters with one name the first counts.
struct HeaderValue {
    /// What stands before the first semicolon, lower case.
    let token: String
    private var parameters: [String: String] = [:]

    init(_ text: String) {
        var rest = text.utf8[...]
        token = Self.trimmed(Self.take(from: &rest) { $0 != UInt8(ascii: ";") }).lowercased()
        while rest.popFirst() != nil {
            let name = Self.trimmed(Self.take(from: &rest) { $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: "=") })
            guard rest.first == UInt8(ascii: "=") else { continue }
            rest.removeFirst()
            _ = Self.take(from: &rest, while: Self.isSpace)
            let value: String
            if rest.first == UInt8(ascii: "\"") {
                rest.removeFirst()
                value = Self.takeQuoted(from: &rest)
                _ = Self.take(from: &rest) { $0 != UInt8(ascii: ";") }
            } else {
                value = Self.trimmed(Self.take(from: &rest) { $0 != UInt8(ascii: ";") })
            }
            let key = name.lowercased()
            if parameters[key] == nil { parameters[key] = value }
        }
    }

    /// The parameter's value, quotes and escapes undone; `nil` when there is none. Names are compared without case.
    func parameter(_ name: String) -> String? {
        parameters[name]
    }

    /// The parameter in its extended form `name*=charset'language'percent-encoded` (RFC 2231 section 4, RFC 8187),
    /// and otherwise in its plain form. An extended value in a charset other than UTF-8 or ISO-8859-1, or one that
    /// does not decode, counts as absent.
    func extendedParameter(_ name: String) -> String? {
        parameters[name + "*"].flatMap(Self.decodedExtended) ?? parameters[name]
    }

    private static func decodedExtended(_ text: String) -> String? {
        let quote = UInt8(ascii: "'")
        let pieces = text.utf8.split(separator: quote, maxSplits: 2, omittingEmptySubsequences: false)
        guard pieces.count == 3, let bytes = percentDecoded(pieces[2]) else { return nil }
        switch Substring(pieces[0]).lowercased() {
        case "utf-8":
            return String(validating: bytes, as: UTF8.self)
        case "iso-8859-1":
            var result = ""
            for byte in bytes { result.unicodeScalars.append(Unicode.Scalar(byte)) }
            return result
        default:
            return nil
        }
    }

    private static func percentDecoded(_ text: Substring.UTF8View) -> [UInt8]? {
        var bytes: [UInt8] = []
        var rest = text
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap(hexDigit), let low = rest.popFirst().flatMap(hexDigit) else {
                return nil
            }
            bytes.append(high << 4 | low)
        }
        return bytes
    }

    private static func hexDigit(_ byte: UInt8) -> UInt8? {
        Character(Unicode.Scalar(byte)).hexDigitValue.map { UInt8($0) }
    }

    /// The rest of a quoted string after its opening quote. A backslash escapes a quote or another backslash; before
    /// anything else it stands for itself, because some senders put whole Windows paths here.
    private static func takeQuoted(from rest: inout Substring.UTF8View) -> String {
        var bytes: [UInt8] = []
        let (quote, backslash) = (UInt8(ascii: "\""), UInt8(ascii: "\\"))
        while let byte = rest.popFirst() {
            if byte == quote { break }
            if byte == backslash, let next = rest.first, next == quote || next == backslash {
                rest.removeFirst()
                bytes.append(next)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func take(
        from rest: inout Substring.UTF8View, while condition: (UInt8) -> Bool
    ) -> Substring.UTF8View {
        let taken = rest.prefix(while: condition)
        rest = rest[taken.endIndex...]
        return taken
    }

    private static func trimmed(_ text: Substring.UTF8View) -> String {
        var text = text.drop(while: isSpace)
        while let last = text.last, isSpace(last) { text.removeLast() }
        return String(decoding: text, as: UTF8.self)
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09
    }
}
