/// Zip archives made by hand, so that a test can hold what no writer would write.
struct StoredZip {
    struct Part {
        var name: String
        var bytes: [UInt8]
        /// What the archive says the part unpacks to; nil for the truth.
        var declaredSize: Int?
        /// `bytes` are packed (method 8) and unpack to this many bytes of this checksum.
        var packed: (size: Int, checksum: UInt32)?

        init(_ name: String, _ bytes: [UInt8], declaredSize: Int? = nil, packed: (size: Int, checksum: UInt32)? = nil) {
            self.name = name
            self.bytes = bytes
            self.declaredSize = declaredSize
            self.packed = packed
        }
    }

    var parts: [Part]

    init(_ parts: [Part]) {
        self.parts = parts
    }

    /// PKWARE's APPNOTE 6.3: local headers with their parts, the central directory, its end.
    var archive: [UInt8] {
        var archive: [UInt8] = []
        var directory: [UInt8] = []
        for part in parts {
            let offset = archive.count
            let name = Array(part.name.utf8)
            let size = part.declaredSize ?? part.packed?.size ?? part.bytes.count
            let fields = Self.joined(
                Self.two(20), Self.two(0), Self.two(part.packed == nil ? 0 : 8), Self.two(0), Self.two(0x21),
                Self.four(Int(part.packed?.checksum ?? Self.checksum(part.bytes))), Self.four(part.bytes.count),
                Self.four(size), Self.two(name.count), Self.two(0))
            archive += Self.joined(Self.four(0x0403_4B50), fields, name, part.bytes)
            directory += Self.joined(
                Self.four(0x0201_4B50), Self.two(20), fields, Self.two(0), Self.two(0), Self.two(0), Self.four(0),
                Self.four(offset), name)
        }
        let start = archive.count
        archive += Self.joined(
            directory, Self.four(0x0605_4B50), Self.two(0), Self.two(0), Self.two(parts.count), Self.two(parts.count),
            Self.four(directory.count), Self.four(start), Self.two(0))
        return archive
    }

    private static func joined(_ pieces: [UInt8]...) -> [UInt8] { Array(pieces.joined()) }
    private static func two(_ number: Int) -> [UInt8] { [UInt8(number & 255), UInt8(number >> 8 & 255)] }
    private static func four(_ number: Int) -> [UInt8] { two(number & 0xFFFF) + two(number >> 16 & 0xFFFF) }

    private static let checksums: [UInt32] = (0..<256).map { index in
        var value = UInt32(index)
        for _ in 0..<8 { value = value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
        return value
    }

    /// CRC-32 as zip uses it.
    static func checksum(_ bytes: some Sequence<UInt8>) -> UInt32 {
        var value: UInt32 = 0xFFFF_FFFF
        for byte in bytes { value = checksums[Int((value ^ UInt32(byte)) & 255)] ^ (value >> 8) }
        return value ^ 0xFFFF_FFFF
    }

    /// A text followed by one byte so many times over, as a single block of deflate with its fixed codes (RFC 1951,
    /// 3.2.6): a hundred and fifty times smaller.
    static func packed(_ text: String, then byte: UInt8, runs: Int) -> (bytes: [UInt8], size: Int, checksum: UInt32) {
        var bits: [UInt8] = [1, 1, 0]
        func code(_ value: Int, _ count: Int) {
            for shift in (0..<count).reversed() { bits.append(UInt8(value >> shift & 1)) }
        }
        // ASCII alone: the codes of other bytes are longer.
        for literal in Array(text.utf8) + [byte] { code(0x30 + Int(literal), 8) }
        for _ in 0..<runs {
            // 258 bytes from one byte back.
            code(0xC5, 8)
            code(0, 5)
        }
        code(0, 7)
        while bits.count % 8 != 0 { bits.append(0) }
        var bytes: [UInt8] = []
        for start in stride(from: 0, to: bits.count, by: 8) {
            var byte: UInt8 = 0
            for place in 0..<8 { byte |= bits[start + place] << UInt8(place) }
            bytes.append(byte)
        }
        let count = 1 + 258 * runs
        let unpacked = Array(text.utf8) + [UInt8](repeating: byte, count: count)
        return (bytes, unpacked.count, checksum(unpacked))
    }
}
