/// Số, ký hiệu of an official document: what the clerk's register gives and what stands behind it are two things,
/// printed together (Decree 30/2020/NĐ-CP, annex I, II.3).
public struct DocumentNumber: Sendable, Hashable {
    /// Of the register of outgoing documents; nil for an entry that could not be parted, whose `symbol` holds it whole.
    public let number: Int?
    /// `A` of `13A`, a number slipped in later; usually empty.
    public let letter: String
    /// `/QĐ-UBND`, with its stroke; empty for texts without one.
    public let symbol: String

    /// What a register can give: more digits than annex VI has room for are a mistake.
    public static let range = 1...99_999_999
    /// Characters of a symbol, its stroke included (annex VI: 30 without it).
    static let longestSymbol = 31

    /// Nil for a number out of ``range``, a letter that is none, or a symbol that does not begin with a stroke, has
    /// spaces or is too long.
    public init?(_ number: Int, letter: String = "", symbol: String) {
        guard Self.range.contains(number), letter.isEmpty || (letter.count == 1 && letter.allSatisfy(\.isLetter)),
            Self.isSymbol(symbol) || symbol.isEmpty
        else { return nil }
        self.number = number
        self.letter = letter.uppercased()
        self.symbol = symbol
    }

    /// An entry that could not be parted, as it stands.
    public init(whole text: String) {
        number = nil
        letter = ""
        symbol = text
    }

    /// As an officer types it: `5012/QĐ-UBND`, `13A/BB-ĐTT72`, or `5012` beside the symbol the paper has.
    /// - Parameter symbol: for a number typed alone; what is typed whole goes before it.
    public init?(typed text: String, symbol: String = "") {
        let tidied = VietnameseText.tidy(text)
        let digits = tidied.prefix { $0.isASCII && $0.isNumber }
        let rest = tidied.dropFirst(digits.count)
        let letter = rest.prefix { $0 != "/" }
        let own = rest.dropFirst(letter.count)
        guard digits.count <= 8, let number = Int(digits) else { return nil }
        self.init(number, letter: String(letter), symbol: own.isEmpty ? symbol : String(own))
    }

    static func isSymbol(_ text: String) -> Bool {
        text.hasPrefix("/") && text.count > 1 && text.count <= longestSymbol
            && !text.contains { $0.isWhitespace || "<>\"'`;{}\\".contains($0) }
    }

    /// Without the symbol: `05`, `512`, `13A`; empty where the entry could not be parted.
    public var ordinal: String {
        guard let number else { return "" }
        return "\(number < 10 ? "0" : "")\(number)\(letter)"
    }
}

extension DocumentNumber: CustomStringConvertible {
    /// `05/QĐ-UBND`, below 10 with a leading zero.
    public var description: String { ordinal + symbol }
}
