/// The address of values that stay where they are.
///
/// Sendable although a pointer is not: it is made only by ``PinnedValues``, which writes the memory before anybody has the
/// address, and is held by everything that reads through it. What is written later lies beyond the values there were, and is
/// written and read only by the actor that owns them (``RecordIndex``).
struct Address<Value: BitwiseCopyable & Sendable>: @unchecked Sendable {
    fileprivate let base: UnsafeMutablePointer<Value>

    @inline(__always)
    subscript(code: UInt32) -> Value { base[Int(code)] }
}

/// A column's values at fixed addresses, for the tests that run hundreds of millions of times: reading an array there would
/// count references, and two cores that count the same references wait for each other.
final class PinnedValues: Sendable {
    let folded: Address<UInt32>
    let marked: Address<UInt32>
    let surname: Address<UInt32>?
    let given: Address<UInt32>?
    let ends: Address<UInt32>?
    let initials: Address<UInt32>?
    let letters: Address<UInt32>?
    let date: Address<Int32>?
    let number: Address<Double>?
    /// 1 for an identifier that fails its own checks.
    let broken: Address<UInt8>?
    let areas: AreaTests?
    let texts: Texts
    /// How many values and bytes of text may still be written (``write(_:from:)``).
    static let spare = (values: 64, bytes: 1 << 16)

    /// - Parameter isOpen: leaves room for values that come later, one record at a time.
    init(_ values: ColumnValues, areas: AreaTests? = nil, isOpen: Bool = false) {
        let spare = isOpen ? Self.spare.values : 0
        func pin<Value: BitwiseCopyable & Sendable>(_ array: [Value]) -> Address<Value> {
            Self.pin(array, spare: spare)
        }
        func optional<Value: BitwiseCopyable & Sendable>(_ array: [Value]) -> Address<Value>? {
            array.isEmpty ? nil : pin(array)
        }
        folded = pin(values.folded)
        // Where nothing bears marks the two are one.
        marked = values.kind.isMarked ? pin(values.marked) : folded
        surname = optional(values.surname)
        given = optional(values.given)
        ends = optional(values.ends)
        initials = optional(values.initials)
        letters = optional(values.letters)
        date = optional(values.date)
        number = optional(values.number)
        broken = optional(values.broken)
        self.areas = areas
        texts = values.texts.withBytes { bytes in
            Texts(
                ends: pin((0...UInt32(values.texts.count)).map { UInt32(values.texts.range(of: $0).upperBound) }),
                bytes: Self.pin(Array(bytes), spare: isOpen ? Self.spare.bytes : 0),
                letters: pin(
                    (0...UInt32(values.texts.count)).map {
                        Texts.letters(
                            UnsafeRawBufferPointer(rebasing: bytes[values.texts.range(of: $0)]),
                            isNumeric: values.kind.isNumeric)
                    }),
                words: values.kind.hasWords
                    ? pin(
                        (0...UInt32(values.texts.count)).map {
                            StringDistance.wordMask(UnsafeRawBufferPointer(rebasing: bytes[values.texts.range(of: $0)]))
                        }) : nil)
        }
    }

    deinit {
        if marked.base != folded.base { marked.base.deallocate() }
        for address in [folded, surname, given, ends, initials, letters, texts.ends].compactMap(\.self) {
            address.base.deallocate()
        }
        date?.base.deallocate()
        number?.base.deallocate()
        broken?.base.deallocate()
        texts.bytes.base.deallocate()
        texts.letters.base.deallocate()
        texts.words?.base.deallocate()
    }

    /// Writes values that were added behind the ones there were, into the room left for them. Only the actor that owns the
    /// values may call it, while nothing reads.
    func write(valuesFrom first: Int, textsFrom firstText: Int, of values: ColumnValues) {
        func copy<Value>(_ array: [Value], _ address: Address<Value>?) {
            guard let address else { return }
            for index in first..<max(array.count, first) { address.base[index] = array[index] }
        }
        copy(values.folded, folded)
        copy(values.marked, marked)
        copy(values.surname, surname)
        copy(values.given, given)
        copy(values.ends, ends)
        copy(values.initials, initials)
        copy(values.letters, letters)
        copy(values.date, date)
        copy(values.number, number)
        copy(values.broken, broken)
        values.texts.withBytes { bytes in
            for code in firstText..<max(values.texts.count + 1, firstText) {
                let range = values.texts.range(of: UInt32(code))
                texts.ends.base[code] = UInt32(range.upperBound)
                for place in range { texts.bytes.base[place] = bytes[place] }
                let text = UnsafeRawBufferPointer(rebasing: bytes[range])
                texts.letters.base[code] = Texts.letters(text, isNumeric: values.kind.isNumeric)
                texts.words?.base[code] = StringDistance.wordMask(text)
            }
        }
    }

    private static func pin<Value: BitwiseCopyable & Sendable>(_ values: [Value], spare: Int) -> Address<Value> {
        let memory = UnsafeMutablePointer<Value>.allocate(capacity: max(values.count + spare, 1))
        memory.initialize(from: values, count: values.count)
        return Address(base: memory)
    }
}

/// The folded texts of a column by their codes, apart from the object that holds them.
struct Texts: Sendable {
    fileprivate let ends: Address<UInt32>
    fileprivate let bytes: Address<UInt8>
    /// Which letters a text has, so that most pairs of unlike texts are told apart without reading them (``letters(_:)``).
    fileprivate let letters: Address<UInt64>
    /// Of kinds whose words are compared, which words a text has (``StringDistance/wordMask(_:)``).
    fileprivate let words: Address<UInt64>?

    fileprivate init(
        ends: Address<UInt32>, bytes: Address<UInt8>, letters: Address<UInt64>, words: Address<UInt64>?
    ) {
        self.ends = ends
        self.bytes = bytes
        self.letters = letters
        self.words = words
    }

    /// The bytes of a text by its code; none for code 0.
    @inline(__always)
    subscript(code: UInt32) -> UnsafeRawBufferPointer {
        let start = code == 0 ? 0 : Int(ends[code - 1])
        return UnsafeRawBufferPointer(start: bytes.base + start, count: code == 0 ? 0 : Int(ends[code]) - start)
    }

    @inline(__always)
    private func length(_ code: UInt32) -> Int { code == 0 ? 0 : Int(ends[code] - ends[code - 1]) }

    /// Two bits for each of 29 classes of bytes, the first for one such byte, the second for two; or, of columns of numbers, five
    /// for each digit. How many more bytes there are stands above. Only the first 64 count, as in the distances.
    fileprivate static func letters(_ text: UnsafeRawBufferPointer, isNumeric: Bool) -> UInt64 {
        var letters: UInt64 = 0
        var more: UInt64 = 0
        for byte in text.prefix(64) {
            let (kind, width): (UInt64, UInt64)
            switch byte {
            case 48...57: (kind, width) = isNumeric ? (UInt64(byte - 48), 5) : (26 + UInt64(byte & 1), 2)
            case 97...122 where !isNumeric: (kind, width) = (UInt64(byte - 97), 2)
            default: (kind, width) = isNumeric ? (10, 5) : (28, 2)
            }
            var bit = UInt64(1) << (kind * width)
            let end = bit << width
            while bit < end, letters & bit != 0 { bit <<= 1 }
            if bit < end { letters |= bit } else { more += 1 }
        }
        return letters | min(more, 63) << 58
    }

    /// At most so many bytes of the two can be paired with an equal one.
    @inline(__always)
    private func mostCommon(_ first: UInt32, _ second: UInt32) -> Int {
        let (left, right) = (letters[first], letters[second])
        let common = (left & right & (1 << 58 - 1)).nonzeroBitCount
        return common + Int(min(left >> 58, right >> 58))
    }

    /// False when the Jaro–Winkler similarity is surely below the bound.
    @inline(__always)
    func mayBeSimilar(_ first: UInt32, _ second: UInt32, least: Double) -> Bool {
        let (n, m) = (min(length(first), 64), min(length(second), 64))
        guard n > 0, m > 0 else { return true }
        let common = Double(min(mostCommon(first, second), n, m))
        let jaro = (common / Double(n) + common / Double(m) + 1) / 3
        let isSameStart = self[first][0] == self[second][0]
        return (isSameStart ? jaro + 0.4 * (1 - jaro) : jaro) >= least - 1e-9
    }

    /// False when more edits than the bound part the two for sure.
    @inline(__always)
    func mayBeNear(_ first: UInt32, _ second: UInt32, most: Int) -> Bool {
        let (n, m) = (length(first), length(second))
        guard abs(n - m) <= most else { return false }
        return min(max(n, m), 64) - mostCommon(first, second) <= most
    }

    /// False when the words in common are surely a smaller share than the bound.
    @inline(__always)
    func mayShare(_ first: UInt32, _ second: UInt32, least: Double) -> Bool {
        guard let words else { return true }
        let (left, right) = (words[first], words[second])
        let bits = left ^ right
        // A bit that only one of them has stands for one of its words, or several, that the other lacks.
        let (n, m) = (Int(left >> 58), Int(right >> 58))
        let common = min(
            n - (left & bits & (1 << 58 - 1)).nonzeroBitCount, m - (right & bits & (1 << 58 - 1)).nonzeroBitCount)
        return Double(common) >= least * Double(n + m - common) - 1e-9
    }
}
