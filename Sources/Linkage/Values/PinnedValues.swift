/// The address of values that never move or change.
///
/// Sendable although a pointer is not: it is made only by ``PinnedValues``, which writes the memory once before anybody has
/// the address, never changes it, and is held by every ``Comparison`` whose tests read through it.
struct Address<Value: BitwiseCopyable & Sendable>: @unchecked Sendable {
    fileprivate let base: UnsafePointer<Value>

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
    let date: Address<Int32>?
    let number: Address<Double>?
    private let textEnds: Address<UInt32>
    private let textBytes: Address<UInt8>

    init(_ values: ColumnValues) {
        folded = Self.pin(values.folded)
        marked = Self.pin(values.marked)
        surname = values.surname.isEmpty ? nil : Self.pin(values.surname)
        given = values.given.isEmpty ? nil : Self.pin(values.given)
        ends = values.ends.isEmpty ? nil : Self.pin(values.ends)
        initials = values.initials.isEmpty ? nil : Self.pin(values.initials)
        date = values.date.isEmpty ? nil : Self.pin(values.date)
        number = values.number.isEmpty ? nil : Self.pin(values.number)
        textEnds = Self.pin((0...UInt32(values.texts.count)).map { UInt32(values.texts.range(of: $0).upperBound) })
        textBytes = values.texts.withBytes { Self.pin(Array($0)) }
    }

    deinit {
        for address in [folded, marked, surname, given, ends, initials, textEnds].compactMap(\.self) {
            address.base.deallocate()
        }
        date?.base.deallocate()
        number?.base.deallocate()
        textBytes.base.deallocate()
    }

    /// The folded texts, apart from the object that holds them.
    var texts: Texts { Texts(ends: textEnds, bytes: textBytes) }

    struct Texts: Sendable {
        fileprivate let ends: Address<UInt32>
        fileprivate let bytes: Address<UInt8>

        /// The bytes of a text by its code; none for code 0.
        @inline(__always)
        subscript(code: UInt32) -> UnsafeRawBufferPointer {
            let start = code == 0 ? 0 : Int(ends[code - 1])
            return UnsafeRawBufferPointer(start: bytes.base + start, count: code == 0 ? 0 : Int(ends[code]) - start)
        }
    }

    private static func pin<Value: BitwiseCopyable & Sendable>(_ values: [Value]) -> Address<Value> {
        let memory = UnsafeMutablePointer<Value>.allocate(capacity: max(values.count, 1))
        memory.initialize(from: values, count: values.count)
        return Address(base: UnsafePointer(memory))
    }
}
