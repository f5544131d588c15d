/// The address of values that stay where they are.
///
/// Sendable although a pointer is not: it is made only by ``PinnedValues``, which writes the memory before anybody has the
/// address, and is held by everything that reads through it. What is written later lies beyond the values there were, and is
/// written and read only by the actor that owns them (``RecordIndex``).
struct Address<Value: BitwiseCopyable & Sendable>: @unchecked Sendable {
    fileprivate let base: UnsafeMutablePointer<Value>

    @inline(__always)
    subscript(code: UInt32) -> Value { base[Int(code)] }

    @inline(__always)
    func stretch(from start: Int, count: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: base + start, count: count * MemoryLayout<Value>.stride)
    }
}

/// Values at an address of their own.
final class Pinned<Value: BitwiseCopyable & Sendable>: Sendable {
    let address: Address<Value>

    init(_ values: [Value]) { address = PinnedValues.pin(values, spare: 0) }

    deinit { address.base.deallocate() }
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
            func text(_ code: UInt32) -> UnsafeRawBufferPointer {
                UnsafeRawBufferPointer(rebasing: bytes[values.texts.range(of: code)])
            }
            return Texts(
                entries: pin(
                    values.folded.map {
                        Texts.Entry(
                            text($0), at: values.texts.range(of: $0).lowerBound, isNumeric: values.kind.isNumeric)
                    }),
                bytes: Self.pin(Array(bytes), spare: isOpen ? Self.spare.bytes : 0),
                words: values.kind.hasWords ? pin(values.folded.map { StringDistance.wordMask(text($0)) }) : nil)
        }
    }

    deinit {
        if marked.base != folded.base { marked.base.deallocate() }
        for address in [folded, surname, given, ends, initials, letters].compactMap(\.self) {
            address.base.deallocate()
        }
        date?.base.deallocate()
        number?.base.deallocate()
        broken?.base.deallocate()
        texts.bytes.base.deallocate()
        texts.entries.base.deallocate()
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
                for place in values.texts.range(of: UInt32(code)) { texts.bytes.base[place] = bytes[place] }
            }
            for value in first..<max(values.folded.count, first) {
                let range = values.texts.range(of: values.folded[value])
                let text = UnsafeRawBufferPointer(rebasing: bytes[range])
                texts.entries.base[value] = Texts.Entry(text, at: range.lowerBound, isNumeric: values.kind.isNumeric)
                texts.words?.base[value] = StringDistance.wordMask(text)
            }
        }
    }

    fileprivate static func pin<Value: BitwiseCopyable & Sendable>(_ values: [Value], spare: Int) -> Address<Value> {
        let memory = UnsafeMutablePointer<Value>.allocate(capacity: max(values.count + spare, 1))
        LargePages.advise(memory, bytes: values.count * MemoryLayout<Value>.stride)
        memory.initialize(from: values, count: values.count)
        return Address(base: memory)
    }
}
