import Crypto
import Foundation

/// Where an upload stands.
public struct PartnerUpload: Codable, Sendable {
    public let id: String
    public let state: String
    public let offset: Int
    public let length: Int
    public let problem: String?
    public let delivery: Int?
}

/// What became of a list.
public struct PartnerDelivery: Codable, Sendable {
    public let number: Int
    public let receipt: String
    public let state: String
    public let words: String
    public let sha256: String
    public let rows: Int
    public let accepted: Int
    public let returned: Int
}

public struct PartnerDeliveries: Codable, Sendable {
    public let deliveries: [PartnerDelivery]
    public let next: Int?
}

public struct PartnerQuality: Codable, Sendable {
    public let rows: Int
    public let accepted: Int
    public let repaired: Int
    public let repairs: [String: Int]
    public let doubts: [String: Int]
    public let returned: [String: Int]
    public let matched: Int
    public let new: Int
}

/// Rows that were returned: where, why.
public struct PartnerReturned: Codable, Sendable {
    public struct Row: Codable, Sendable {
        public let position: Int
        public let sheet: String
        public let row: Int
        public let column: String
        public let heading: String
        public let reason: String
        public let words: String
    }

    public let rows: [Row]
    public let next: Int?
}

public struct PartnerAggregates: Codable, Sendable {
    public struct Line: Codable, Sendable {
        public let commune: String
        public let count: Int?
    }

    public let period: String
    public let communes: [Line]
    public let sum: Int?
    public let leastShown: Int
}

/// Lines of the signed journal about a delivery.
public struct PartnerReceipt: Codable, Sendable {
    public struct Entry: Codable, Sendable {
        public let number: Int
        public let at: String
        public let kind: String
        public let sender: String
        public let receiver: String
        public let subject: String
        public let content: String
        public let words: String
        public let previous: String
        public let hash: String
        public let key: String
        public let signature: String
    }

    public let receipt: String
    public let sha256: String
    public let entries: [Entry]
    /// Public keys by name, hexadecimal.
    public let keys: [String: String]

    /// Whether it says that the file with this hash was received, and each of its lines is signed by one of its keys.
    public func holds(for sha256: String) -> Bool {
        !entries.isEmpty && self.sha256 == sha256 && entries.contains { $0.content == sha256 && $0.kind == "delivered" }
            && entries.allSatisfy(isSigned)
    }

    private func isSigned(_ entry: Entry) -> Bool {
        guard let digest = entry.digest, digest == entry.hash, let text = keys[entry.key],
            let key = try? Curve25519.Signing.PublicKey(rawRepresentation: Self.bytes(text))
        else { return false }
        return key.isValidSignature(Self.bytes(entry.signature), for: Data(entry.hash.utf8))
    }

    static func bytes(_ hexadecimal: String) -> Data {
        let digits = Array(hexadecimal)
        return Data(
            stride(from: 0, to: digits.count - digits.count % 2, by: 2).compactMap {
                UInt8(String(digits[$0...$0 + 1]), radix: 16)
            })
    }
}

extension PartnerReceipt.Entry {
    /// The hash that its words give, as the documentation says it is made; nil where its time cannot be read.
    var digest: String? {
        guard let moment = try? Date(at, strategy: .iso8601) else { return nil }
        let parts = [
            "\(number)", "\(Int(moment.timeIntervalSince1970))", kind, sender, receiver, subject, content, words,
            previous, key,
        ]
        let whole = parts.map { "\($0.utf8.count):\($0)" }.joined(separator: "\n")
        return SHA256.hash(data: Data(whole.utf8)).map { String(format: "%02x", $0) }.joined()
    }
}
