/// A mailbox: an ASCII address that is safe inside an SMTP command, and the name to show beside it.
///
/// The address is the `dot-atom "@" domain` of RFC 5322 section 3.4.1 within the lengths of RFC 5321 section 4.5.3.1;
/// quoted local parts, address literals and internationalised addresses (RFC 6531) are refused.
struct MailAddress: Equatable {
    let name: String
    let address: String

    /// Reads `address@domain` or `Name <address@domain>`.
    ///
    /// - Throws: ``MailError/invalidAddress(_:)`` with the whole text.
    init(_ text: String) throws(MailError) {
        guard !text.unicodeScalars.contains(where: MailAddress.isControl) else { throw .invalidAddress(text) }
        let address: Substring
        if text.hasSuffix(">") {
            guard let open = text.firstIndex(of: "<") else { throw .invalidAddress(text) }
            address = text[text.index(after: open)...].dropLast()
            name = MailAddress.unquoted(text[..<open])
        } else {
            address = text[...]
            name = ""
        }
        guard MailAddress.isValid(address) else { throw .invalidAddress(text) }
        self.address = String(address)
    }

    /// The part after the `@`.
    var domain: Substring {
        address.drop { $0 != "@" }.dropFirst()
    }

    /// C0 and C1 controls, DEL and the Unicode line ends: nothing of these may reach a header line.
    static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || scalar.value == 0x2028 || scalar.value == 0x2029
    }

    /// Whether every byte is `atext` of RFC 5322 section 3.2.3 and no dot stands first, last or beside another.
    static func isDotAtom(_ text: some StringProtocol) -> Bool {
        let atoms = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return atoms.allSatisfy { atom in !atom.isEmpty && atom.allSatisfy(isAtomText) }
    }

    private static func isAtomText(_ byte: UInt8) -> Bool {
        isLetterOrDigit(byte) || "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default:
            false
        }
    }

    private static func isValid(_ address: Substring) -> Bool {
        let parts = address.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard parts.count == 2, address.utf8.count <= 254 else { return false }
        let labels = parts[1].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return parts[0].count <= 64 && isDotAtom(Substring(parts[0])) && labels.allSatisfy(isHostLabel)
    }

    private static func isHostLabel(_ label: Substring.UTF8View.SubSequence) -> Bool {
        let hyphen = UInt8(ascii: "-")
        return (1...63).contains(label.count) && label.first != hyphen && label.last != hyphen
            && label.allSatisfy { byte in byte == hyphen || isLetterOrDigit(byte) }
    }

    private static func unquoted(_ text: Substring) -> String {
        var trimmed = text
        while trimmed.first == " " { trimmed.removeFirst() }
        while trimmed.last == " " { trimmed.removeLast() }
        if trimmed.count >= 2, trimmed.first == "\"", trimmed.last == "\"" {
            trimmed = trimmed.dropFirst().dropLast()
        }
        return String(trimmed)
    }
}
