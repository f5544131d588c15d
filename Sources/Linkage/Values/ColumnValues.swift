import Kernel

/// What the distinct values of a column read as, worked out once each: comparisons and blocking look it up by code.
struct ColumnValues: Sendable {
    let kind: ColumnKind
    /// Distinct folded texts; ``folded`` holds codes of it.
    private(set) var texts = TextPool()
    /// Folded text of each value; 0 where the value is missing or has no letter or digit.
    private(set) var folded: [UInt32] = [0]
    /// The same with shapes and tones, apart only from the place of a tone. Where nothing bears marks the two are one.
    var marked: [UInt32] { kind.isMarked ? ownMarked : folded }
    private var ownMarked: [UInt32] = [0]
    /// Of names: first word, last word, and both together; codes of a pool of their own.
    private(set) var surname: [UInt32] = []
    private(set) var given: [UInt32] = []
    private(set) var ends: [UInt32] = []
    /// Of dates: year × 10,000 + month × 100 + day; only the year where month and day are not known; 0 where nothing is.
    private(set) var date: [Int32] = []
    /// Of dates: how they were written; nil where nothing is read.
    private(set) var dateShape: [WrittenDay.Shape?] = []
    /// Of names: the first letters of the words.
    private(set) var initials: [UInt32] = []
    /// Of names: the letters in the order of the alphabet.
    private(set) var letters: [UInt32] = []
    /// Of numbers.
    private(set) var number: [Double] = []

    private var markedPool = TextPool()
    /// What holds of the column as a whole.
    private(set) var facts = ColumnFacts()
    /// Of names: what keyboards left in them.
    private var keystrokes = Keystrokes()
    private var partPool = TextPool()
    private var letterPool = TextPool()

    /// Of identifiers: 1 where the check digit or the form is wrong, in a column where nearly all are right; empty for other kinds.
    private(set) var broken: [UInt8] = []

    /// - Parameters:
    ///   - pool: the distinct values, of all files.
    ///   - known: what holds of the column where the pool is only a part of its values.
    init(kind: ColumnKind, pool: TextPool, knowing known: ColumnFacts? = nil) {
        self.kind = kind
        folded.reserveCapacity(pool.count + 1)
        if kind.isMarked { ownMarked.reserveCapacity(pool.count + 1) }
        // Of numbers most values are texts of their own.
        if kind == .identifier || kind == .phone { texts = TextPool(capacity: pool.count + 1) }
        if kind.isName {
            surname = [0]
            given = [0]
            ends = [0]
            initials = [0]
            letters = [0]
        }
        if kind == .date {
            date = [0]
            dateShape = [nil]
        }
        if kind == .number { number = [.nan] }
        if let known {
            facts = known
        } else if kind == .identifier {
            facts.holdsTaxCodes = FactCounts.areTaxCodes(IdentifierCheck.taxCodes(pool))
        }
        var text: [UInt8] = []
        var marks: [UInt8] = []
        if kind.isName { keystrokes = known.map { Keystrokes(mending: $0.mends) } ?? Keystrokes(seenIn: pool) }
        pool.withBytes { all in
            for code in 1..<max(pool.count + 1, 1) {
                read(UnsafeRawBufferPointer(rebasing: all[pool.range(of: UInt32(code))]), &text, &marks)
                if waitingEnds.count == Self.waiting { flush() }
            }
        }
        flush()
        let checked = kind == .identifier ? IdentifierCheck.checked(folded, texts) : nil
        if known == nil { facts = ColumnFacts(FactCounts(self, checked), holdsTaxCodes: facts.holdsTaxCodes) }
        if let checked { broken = IdentifierCheck.broken(folded.count, checked, by: facts) }
    }

    /// How many values there are, the missing one among them, and how many texts: what ``forget(to:)`` goes back to.
    var size: Size {
        Size(
            values: folded.count, texts: texts.count, marked: markedPool.count, parts: partPool.count,
            letters: letterPool.count)
    }

    struct Size {
        fileprivate let values, texts, marked, parts, letters: Int
    }

    /// Adds the next value.
    mutating func read(_ value: UnsafeRawBufferPointer) {
        var text: [UInt8] = []
        var marks: [UInt8] = []
        read(value, &text, &marks)
        flush()
    }

    /// Texts that wait for their codes, so that memory is waited for once.
    private static let waiting = 64
    private var waitingBytes: [UInt8] = []
    private var waitingEnds: [Int] = []

    private mutating func flush() {
        guard !waitingEnds.isEmpty else { return }
        texts.codes(of: waitingEnds, in: waitingBytes, into: &folded)
        waitingBytes.removeAll(keepingCapacity: true)
        waitingEnds.removeAll(keepingCapacity: true)
    }

    /// Gives back what is only needed for values that come later.
    mutating func settle() {
        texts.settle()
        markedPool.settle()
        partPool.settle()
        letterPool.settle()
    }

    /// - Parameters: the two buffers serve for the next value again.
    private mutating func read(_ value: UnsafeRawBufferPointer, _ text: inout [UInt8], _ marks: inout [UInt8]) {
        switch kind {
        case .identifier, .phone, .code:
            readCode(value, into: &text)
            append(text, text)
        case .date:
            let written = WrittenDay(value, of: WrittenDay.yearsOfRecords)
            let day = written.map(Self.date) ?? 0
            date.append(day)
            dateShape.append(written?.shape)
            text.removeAll(keepingCapacity: true)
            if day != 0 { Self.append(Int(day), to: &text) }
            append(text, text)
        case .email:
            text = value.filter { $0 > 32 }.map { (65...90).contains($0) ? $0 + 32 : $0 }
            append(text, text)
        case .list:
            (text, marks) = ListValue.read(value)
            append(text, marks)
        case .organisation:
            FoldTable.shared.read(value, folded: &text, marked: &marks)
            text = OrganisationName.core(of: text)
            append(text, marks)
        case .commune:
            FoldTable.shared.read(value, folded: &text, marked: &marks)
            text = CommuneName.core(of: text)
            append(text, CommuneName.core(of: marks))
        case .personName, .namePart:
            FoldTable.shared.read(value, folded: &text, marked: &marks)
            if keystrokes.mend(&text) { marks = text }
            if PersonName.needsChange(text, isWhole: kind == .personName) {
                text = PersonName.core(of: text, isWhole: kind == .personName)
                marks = PersonName.core(of: marks, isWhole: kind == .personName)
            }
            append(text, marks)
            appendParts(text)
        case .number:
            let found = NumberValue.read(value)
            number.append(found ?? .nan)
            text = found.map { Array("\($0)".utf8) } ?? []
            append(text, text)
        case .text, .category:
            FoldTable.shared.read(value, folded: &text, marked: &marks)
            append(text, marks)
        }
        if !broken.isEmpty { broken.append(0) }
    }

    /// Takes back the values added since.
    mutating func forget(to size: Size) {
        func cut<Value>(_ array: inout [Value]) {
            if array.count > size.values { array.removeLast(array.count - size.values) }
        }
        cut(&folded)
        cut(&ownMarked)
        cut(&surname)
        cut(&given)
        cut(&ends)
        cut(&initials)
        cut(&letters)
        cut(&date)
        cut(&dateShape)
        cut(&number)
        cut(&broken)
        texts.forget(to: size.texts)
        markedPool.forget(to: size.marked)
        partPool.forget(to: size.parts)
        letterPool.forget(to: size.letters)
    }

    private mutating func append(_ text: [UInt8], _ marks: [UInt8]) {
        guard kind.isMarked else {
            waitingBytes += text
            waitingEnds.append(waitingBytes.count)
            return
        }
        folded.append(texts.code(of: text))
        ownMarked.append(markedPool.code(of: marks))
    }

    private mutating func appendParts(_ text: [UInt8]) {
        let first = text.firstIndex(of: 32) ?? text.count
        let last = text.lastIndex(of: 32).map { $0 + 1 } ?? 0
        text.withUnsafeBytes { bytes in
            let (head, tail) = (
                UnsafeRawBufferPointer(rebasing: bytes[..<first]), UnsafeRawBufferPointer(rebasing: bytes[last...])
            )
            surname.append(partPool.code(of: head))
            given.append(partPool.code(of: tail))
            withUnsafeTemporaryAllocation(byteCount: text.count * 2 + 1, alignment: 1) { both in
                var count = 0
                func put(_ part: UnsafeRawBufferPointer) {
                    for byte in part {
                        both[count] = byte
                        count += 1
                    }
                }
                put(head)
                both[count] = 32
                count += 1
                put(tail)
                ends.append(partPool.code(of: UnsafeRawBufferPointer(rebasing: both[..<count])))
                count = 0
                for (index, byte) in text.enumerated() where index == 0 || text[index - 1] == 32 {
                    both[count] = byte
                    count += 1
                }
                initials.append(partPool.code(of: UnsafeRawBufferPointer(rebasing: both[..<count])))
                letters.append(letterPool.code(of: Self.sorted(text, into: both)))
            }
        }
    }

    /// The letters of a text in the order of their bytes, without spaces: counted, since names are many.
    private static func sorted(
        _ text: [UInt8], into room: UnsafeMutableRawBufferPointer
    ) -> UnsafeRawBufferPointer {
        withUnsafeTemporaryAllocation(of: UInt16.self, capacity: 256) { counts in
            counts.initialize(repeating: 0)
            for byte in text { counts[Int(byte)] += 1 }
            counts[32] = 0
            var count = 0
            for byte in 0..<256 {
                for _ in 0..<counts[byte] {
                    room[count] = UInt8(byte)
                    count += 1
                }
            }
            return UnsafeRawBufferPointer(rebasing: room[..<count])
        }
    }

    /// Letters and digits only, letters small: `GD4 01-0120` and `gd4010120` are one code. A lost leading zero of a personal
    /// id (eleven digits) is put back; the prefix +84 of a phone becomes 0.
    private func readCode(_ value: UnsafeRawBufferPointer, into text: inout [UInt8]) {
        text.removeAll(keepingCapacity: true)
        for byte in value {
            switch byte {
            case 48...57, 97...122: text.append(byte)
            case 65...90: text.append(byte + 32)
            default: break
            }
        }
        if kind == .identifier, text.count == 11, text.allSatisfy({ (48...57).contains($0) }) { text.insert(48, at: 0) }
        if facts.holdsTaxCodes, text.count == 9 || text.count == 12, IdentifierCheck.isTaxCode([48] + text) {
            text.insert(48, at: 0)
        }
        if kind == .phone {
            if text.starts(with: [56, 52]), text.count == 11 { text.replaceSubrange(0..<2, with: [48]) }
            if text.count == 9, text.first != 48 { text.insert(48, at: 0) }
        }
    }

    private static func append(_ number: Int, to text: inout [UInt8]) { text.append(contentsOf: String(number).utf8) }

    /// Year × 10,000 + month × 100 + day, as far as it is said. The first of January is a year alone: it stands for unknown days.
    static func date(_ written: WrittenDay) -> Int32 {
        var (month, day) = (Int32(written.month), Int32(written.dayOfMonth))
        if month == 1, day == 1 || day == 0 { (month, day) = (0, 0) }
        guard (0...31).contains(day), (0...31).contains(month) else { return Int32(written.year) * 10_000 }
        return Int32(written.year) * 10_000 + month * 100 + day
    }

    private func pool(of part: ValuePart) -> TextPool {
        switch part {
        case .folded: texts
        case .exact: kind.isMarked ? markedPool : texts
        case .given, .surname, .ends, .initials: partPool
        case .letters: letterPool
        }
    }

    /// A part of a value as text; empty for none.
    func text(of part: ValuePart, at value: Int) -> String {
        let codes = self.part(part)
        guard codes.indices.contains(value) else { return "" }
        return pool(of: part).text(of: codes[value])
    }

    /// A number that follows from the text of a part of a value alone, the same on every machine; 0 for none.
    func hash(of part: ValuePart, at value: Int) -> UInt64 {
        let codes = self.part(part)
        guard codes.indices.contains(value), codes[value] != 0 else { return 0 }
        let pool = pool(of: part)
        return pool.withBytes { StableHash.of(UnsafeRawBufferPointer(rebasing: $0[pool.range(of: codes[value])])) | 1 }
    }
}
