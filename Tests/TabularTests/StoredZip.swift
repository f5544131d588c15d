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
        var archive = Bytes()
        var directory = Bytes()
        archive.all.reserveCapacity(parts.reduce(32) { $0 + $1.bytes.count + 2 * $1.name.utf8.count + 80 })
        for part in parts {
            let offset = archive.all.count
            let size = part.declaredSize ?? part.packed?.size ?? part.bytes.count
            var fields = Bytes()
            for number in [20, 0, part.packed == nil ? 0 : 8, 0, 0x21] { fields.two(number) }
            fields.four(Int(part.packed?.checksum ?? Self.checksum(part.bytes)))
            fields.four(part.bytes.count)
            fields.four(size)
            fields.two(part.name.utf8.count)
            fields.two(0)
            archive.four(0x0403_4B50)
            archive.all += fields.all
            archive.all += part.name.utf8
            archive.all += part.bytes
            directory.four(0x0201_4B50)
            directory.two(20)
            directory.all += fields.all
            for _ in 0..<3 { directory.two(0) }
            directory.four(0)
            directory.four(offset)
            directory.all += part.name.utf8
        }
        let start = archive.all.count
        archive.all += directory.all
        archive.four(0x0605_4B50)
        for number in [0, 0, parts.count, parts.count] { archive.two(number) }
        archive.four(directory.all.count)
        archive.four(start)
        archive.two(0)
        return archive.all
    }

    /// Numbers written one behind the other, the lowest byte first.
    private struct Bytes {
        var all: [UInt8] = []

        mutating func two(_ number: Int) {
            all.append(UInt8(number & 255))
            all.append(UInt8(number >> 8 & 255))
        }

        mutating func four(_ number: Int) {
            two(number & 0xFFFF)
            two(number >> 16 & 0xFFFF)
        }
    }

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
