/// The Statistics Office's code of a commune-level unit (xã, phường, đặc khu): five digits, leading zeros kept
/// (Decision 19/2025/QĐ-TTg and its later lists).
public struct CommuneCode: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let text: String

    /// Nil unless the text is exactly five ASCII digits.
    public init?(_ text: some StringProtocol) {
        guard text.utf8.count == 5, text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        self.text = String(text)
    }

    /// A code as a cell holds it: zeros at its beginning may be lost where it was kept as a number.
    public init?(typed text: some StringProtocol) {
        let digits = VietnameseText.tidy(text)
        guard (1...5).contains(digits.utf8.count) else { return nil }
        self.init(String(repeating: "0", count: 5 - digits.utf8.count) + digits)
    }

    public var description: String { text }

    public static func < (left: CommuneCode, right: CommuneCode) -> Bool { left.text < right.text }
}

extension CommuneCode: Codable {
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let code = CommuneCode(text) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "not a commune code of five digits: \(text)"))
        }
        self = code
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
