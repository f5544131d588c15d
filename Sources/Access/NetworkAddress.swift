#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// An address on the network, of either family; an IPv4 address written as IPv6 (`::ffff:10.0.0.1`) is the IPv4 address.
public struct NetworkAddress: Sendable, Hashable, CustomStringConvertible {
    /// Four or sixteen.
    private let bytes: [UInt8]

    /// Reads `10.0.0.1`, `2001:db8::1`, `[2001:db8::1]` and either with a port behind it, as proxies write them.
    public init?(_ text: some StringProtocol) {
        var text = text.drop { $0 == " " || $0 == "\t" }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        if text.first == "[", let end = text.firstIndex(of: "]") {
            text = text[text.index(after: text.startIndex)..<end]
        } else if text.contains("."), let colon = text.lastIndex(of: ":"), text.firstIndex(of: ":") == colon {
            text = text[..<colon]
        }
        guard text.utf8.count <= 45 else { return nil }
        if let four = Self.parsed(String(text), AF_INET, count: 4) {
            bytes = four
        } else if let sixteen = Self.parsed(String(text), AF_INET6, count: 16) {
            let mapped = sixteen[..<10].allSatisfy { $0 == 0 } && sixteen[10] == 255 && sixteen[11] == 255
            bytes = mapped ? Array(sixteen[12...]) : sixteen
        } else {
            return nil
        }
    }

    private static func parsed(_ text: String, _ family: Int32, count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        return inet_pton(family, text, &bytes) == 1 ? bytes : nil
    }

    private var isShort: Bool { bytes.count == 4 }

    public var description: String {
        if isShort { return bytes.map(String.init).joined(separator: ".") }
        return Self.groups(bytes).joined(separator: ":")
    }

    /// Whom tries are counted by: an IPv4 address, or the 64 bits of an IPv6 address that a network gives to one customer,
    /// who chooses the rest at will.
    public var place: String {
        isShort ? description : Self.groups(Array(bytes[..<8])).joined(separator: ":") + "::/64"
    }

    /// ``place`` of an address as text; a text that is none stands for itself.
    public static func place(of text: String) -> String { NetworkAddress(text)?.place ?? String(text.prefix(80)) }

    private static func groups(_ bytes: [UInt8]) -> [String] {
        stride(from: 0, to: bytes.count, by: 2).map {
            String(UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]), radix: 16)
        }
    }

    /// A range of addresses: `10.0.0.0/8`, or one address.
    public struct Range: Sendable, Hashable {
        private let base: NetworkAddress
        private let bits: Int

        public init?(_ text: some StringProtocol) {
            let parts = text.split(separator: "/", omittingEmptySubsequences: false)
            guard parts.count <= 2, let base = NetworkAddress(parts[0]) else { return nil }
            let most = base.bytes.count * 8
            guard parts.count == 2 else {
                (self.base, bits) = (base, most)
                return
            }
            guard let bits = Int(parts[1]), (0...most).contains(bits) else { return nil }
            (self.base, self.bits) = (base, bits)
        }

        public func contains(_ address: NetworkAddress) -> Bool {
            guard address.bytes.count == base.bytes.count else { return false }
            return (0..<bits).allSatisfy { bit in
                let mask = UInt8(0x80) >> UInt8(bit % 8)
                return (address.bytes[bit / 8] ^ base.bytes[bit / 8]) & mask == 0
            }
        }
    }

    /// From where a request comes that proxies of ours may have handed on.
    ///
    /// Each proxy adds, at the right end of `X-Forwarded-For`, the address that it was asked from. So the list is read from
    /// its right end for as long as the one who handed it on is a proxy of ours; what stands further left, anybody can have
    /// written.
    /// - Parameters:
    ///   - peer: of the connection; nil where there is none (a local socket), which is trusted.
    ///   - forwarded: the header's fields in their order, joined with commas.
    public static func caller(peer: String?, forwarded: String, proxies: [Range]) -> String? {
        func isOurs(_ address: String) -> Bool {
            guard let known = NetworkAddress(address) else { return false }
            return proxies.contains { $0.contains(known) }
        }
        if let peer, !isOurs(peer) { return peer }
        var caller = peer
        for hop in forwarded.split(separator: ",", omittingEmptySubsequences: false).reversed() {
            guard let address = NetworkAddress(hop) else { break }
            caller = address.description
            if !isOurs(address.description) { break }
        }
        return caller
    }
}
