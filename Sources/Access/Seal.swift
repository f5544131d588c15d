import Crypto
import Foundation

/// The fingerprint of stored rows, written into the audit trail by the deed that stored them: rows changed behind the
/// program's back no longer fit it.
public struct Seal: Sendable, Equatable {
    private static let heading = "mã kiểm tra "

    /// 32 hexadecimal digits: the first half of a SHA-256.
    public let text: String

    /// - Parameter rows: in an order that the rows themselves tell; each value is preceded by its length, so that no two
    ///   different tables read alike.
    public init(_ rows: some Sequence<[String]>) {
        var hasher = SHA256()
        for row in rows {
            for value in row {
                hasher.update(data: Array("\(value.utf8.count):".utf8))
                hasher.update(data: Array(value.utf8))
            }
            hasher.update(data: [10])
        }
        text = hexadecimal(hasher.finalize().prefix(16))
    }

    /// As it stands at the end of an entry's detail; nil where an entry of an earlier release has none.
    public init?(in detail: String) {
        guard let found = detail.range(of: Self.heading, options: .backwards) else { return nil }
        let digits = detail[found.upperBound...].prefix(32)
        guard digits.count == 32, digits.allSatisfy(\.isHexDigit) else { return nil }
        text = String(digits)
    }

    /// What the deed adds to its entry's detail.
    public var words: String { Self.heading + text }
}
