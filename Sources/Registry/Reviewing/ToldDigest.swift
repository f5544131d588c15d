import Formats
import Kernel

/// A number that follows from what records tell: each thing that is told counts once, with the record that told it first, so that a
/// list that tells the same again changes nothing. The same on every machine (FNV-1a).
struct ToldDigest {
    private var hash = Self.basis

    private static let basis: UInt64 = 0xcbf2_9ce4_8422_2325
    private static let prime: UInt64 = 0x0000_0100_0000_01b3

    /// Nothing is told where it is 0.
    var value: Int64 { hash == 0 ? 1 : Int64(bitPattern: hash) }

    /// - Parameter fields: as they were chosen of the records.
    init(_ fields: [RecordField: Derived<String>], _ records: [MemberRecord]) {
        for (field, value) in fields.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            add(field.rawValue)
            add(value.value)
        }
        var first: [UInt64: Int64] = [:]
        for record in records {
            let told = Self.told(record)
            first[told] = min(first[told] ?? .max, record.place.number)
        }
        for (told, place) in first.sorted(by: { $0.value < $1.value }) {
            add(told)
            add(UInt64(bitPattern: place))
        }
    }

    mutating func add(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* Self.prime }
        // Where one ends and another begins counts.
        hash = (hash ^ 0xff) &* Self.prime
    }

    mutating func add(_ text: String) { add(text.utf8) }

    private mutating func add(_ number: UInt64) {
        for shift in stride(from: 0, to: 64, by: 8) { hash = (hash ^ (number >> UInt64(shift) & 0xff)) &* Self.prime }
    }

    /// What one record tells, without its row's number, and without its month where the list comes every month.
    private static func told(_ record: MemberRecord) -> UInt64 {
        var sum: UInt64 = 0
        for (field, value) in record.fields where field != .number && field != .month {
            var one = ToldDigest()
            one.add(field.rawValue)
            one.add(value)
            // Fields stand in no order.
            sum &+= one.hash
        }
        var all = ToldDigest()
        all.add(record.kind.rawValue)
        if record.kind == .taxedWorker { all.add(record.month?.description ?? "") }
        for number in record.numbers { all.add(number.bytes) }
        all.add(sum)
        return all.hash
    }

    private init() {}
}
