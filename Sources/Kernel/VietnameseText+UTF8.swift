/// The common case of reading text, byte by byte: ASCII, the letters of Vietnamese, and the dashes and quotation marks of
/// documents. Tables hold hundreds of thousands of such texts, and walking them by characters costs ten times as much.
extension VietnameseText {
    /// By the scalar's value: the byte that a letter of Vietnamese folds to, 0 for all else.
    static let foldedBytes: [UInt8] = {
        var table = [UInt8](repeating: 0, count: 0x1F00)
        for (scalar, base) in folded where scalar.value < 0x1F00 { table[Int(scalar.value)] = UInt8(base.value) }
        for (stranger, letter) in lookalikes {
            if let base = folded[letter] { table[Int(stranger.value)] = UInt8(base.value) }
        }
        return table
    }()

    /// ``fold(_:)`` of a text that has nothing unusual; nil for one that has.
    static func foldedPlain(_ utf8: UnsafeBufferPointer<UInt8>) -> String? {
        var isPlain = true
        // Nothing grows.
        let result = String(unsafeUninitializedCapacity: utf8.count) { room in
            guard let count = fold(utf8, into: room) else {
                isPlain = false
                return 0
            }
            return count
        }
        return isPlain ? result : nil
    }

    private static func fold(
        _ utf8: UnsafeBufferPointer<UInt8>, into room: UnsafeMutableBufferPointer<UInt8>
    ) -> Int? {
        let table = foldedBytes
        var count = 0
        var pendingSpace = false
        func put(_ byte: UInt8) {
            if pendingSpace {
                room[count] = 32
                count += 1
                pendingSpace = false
            }
            room[count] = byte
            count += 1
        }
        var place = 0
        while place < utf8.count {
            let byte = utf8[place]
            place += 1
            switch byte {
            case 32, 9...13: pendingSpace = count > 0
            case 65...90: put(byte + 32)
            case ..<128: put(byte)
            // A no-break space.
            case 0xC2 where utf8[place] == 0xA0:
                pendingSpace = count > 0
                place += 1
            // Marks over, under and through letters: U+0300 to U+036F.
            case 0xCC, 0xCD:
                guard byte == 0xCC || utf8[place] < 0xB0 else { return nil }
                place += 1
            case 0xC2...0xDF:
                let base = table[Int(byte & 0x1F) << 6 | Int(utf8[place] & 0x3F)]
                guard base != 0 else { return nil }
                put(base)
                place += 1
            case 0xE1:
                let value = 0x1000 | Int(utf8[place] & 0x3F) << 6 | Int(utf8[place + 1] & 0x3F)
                guard value < table.count, table[value] != 0 else { return nil }
                put(table[value])
                place += 2
            // Dashes, quotation marks, bullets, the ellipsis: U+2010 to U+2027.
            case 0xE2:
                guard utf8[place] == 0x80, (0x90...0xA7).contains(utf8[place + 1]) else { return nil }
                put(byte)
                put(0x80)
                put(utf8[place + 1])
                place += 2
            default: return nil
            }
        }
        return count
    }

    /// Whether ``tidy(_:)`` has nothing to do, told at a glance: false for whatever needs a closer look.
    static func isPlainlyTidy(_ utf8: UnsafeBufferPointer<UInt8>) -> Bool {
        var isBehindSpace = true
        var place = 0
        while place < utf8.count {
            let byte = utf8[place]
            place += 1
            switch byte {
            case 33...127, 0...8, 14...31: isBehindSpace = false
            case 32:
                if isBehindSpace { return false }
                isBehindSpace = true
            case 0xC3...0xCB:
                isBehindSpace = false
                place += 1
            // Marks behind a space are one character with it.
            case 0xCC, 0xCD:
                if isBehindSpace { return false }
                place += 1
            // Letters of Vietnamese: U+1E80 to U+1EFF.
            case 0xE1:
                guard utf8[place] == 0xBA || utf8[place] == 0xBB else { return false }
                isBehindSpace = false
                place += 2
            // Dashes, quotation marks, bullets, the ellipsis: U+2010 to U+2027.
            case 0xE2:
                guard utf8[place] == 0x80, (0x90...0xA7).contains(utf8[place + 1]) else { return false }
                isBehindSpace = false
                place += 2
            default: return false
            }
        }
        return utf8.isEmpty || !isBehindSpace
    }
}
