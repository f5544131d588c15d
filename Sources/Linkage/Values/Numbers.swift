import Kernel

/// Whether numbers pass the checks they carry.
enum IdentifierCheck {
    /// How many numbers with a check there are, of the lengths that carry it, and which of them fail it.
    struct Checked {
        var seen = 0
        var wrong: [Int] = []
    }

    /// By value: 1 for a tax code with a wrong check digit, or a personal number whose province or century cannot be. A check is
    /// made only where nine in ten of the column's values of that length pass it: others are numbers of another kind.
    static func broken(_ count: Int, _ checked: (tax: Checked, personal: Checked), by facts: ColumnFacts) -> [UInt8] {
        var results = [UInt8](repeating: 0, count: count)
        if facts.checksTaxCodes { for value in checked.tax.wrong { results[value] = 1 } }
        if facts.checksPersonalNumbers { for value in checked.personal.wrong { results[value] = 1 } }
        return results
    }

    static func checked(_ folded: [UInt32], _ texts: TextPool) -> (tax: Checked, personal: Checked) {
        (checked(folded, texts, [10, 13], isTaxCode), checked(folded, texts, [12], isPersonalNumber))
    }

    private static func checked(
        _ folded: [UInt32], _ texts: TextPool, _ lengths: [Int], _ passes: ([Int]) -> Bool
    ) -> Checked {
        var checked = Checked()
        texts.withBytes { all in
            for (value, code) in folded.enumerated() where code != 0 {
                let range = texts.range(of: code)
                guard lengths.contains(range.count) else { continue }
                let digits = all[range].map { Int($0) - 48 }
                guard digits.allSatisfy({ (0...9).contains($0) }) else { continue }
                checked.seen += 1
                if !passes(digits) { checked.wrong.append(value) }
            }
        }
        return checked
    }

    /// Of a column's distinct values: how many are numbers of ten digits, and how many of these tax codes.
    static func taxCodes(_ pool: TextPool) -> (seen: Int, right: Int) {
        var (seen, right) = (0, 0)
        pool.withBytes { all in
            for code in 1..<max(pool.count + 1, 1) {
                let value = all[pool.range(of: UInt32(code))]
                guard value.count >= 10, value.reduce(0, { $0 + ((48...57).contains($1) ? 1 : 0) }) == 10 else {
                    continue
                }
                seen += 1
                if isTaxCode(value.filter { (48...57).contains($0) }) { right += 1 }
            }
        }
        return (seen, right)
    }

    /// Of ten or thirteen digits as text.
    static func isTaxCode(_ text: [UInt8]) -> Bool {
        (text.count == 10 || text.count == 13) && text.allSatisfy { (48...57).contains($0) }
            && isTaxCode(text.map { Int($0) - 48 })
    }

    /// The tenth digit follows from the nine before it.
    private static func isTaxCode(_ digits: [Int]) -> Bool {
        let sum = zip([31, 29, 23, 19, 17, 13, 7, 5, 3], digits).reduce(0) { $0 + $1.0 * $1.1 }
        return digits[9] == 10 - sum % 11
    }

    /// A province of 001 to 096 and a century up to the twenty-second.
    private static func isPersonalNumber(_ digits: [Int]) -> Bool {
        (1...96).contains(digits[0] * 100 + digits[1] * 10 + digits[2]) && digits[3] <= 5
    }
}

/// Numbers in columns.
enum NumberValue {
    /// As people write them: `-30`, `1,5`, `1.000.000`, `1.234,5`; as programs do: `1e+20`.
    /// - Returns: nil for anything else.
    static func read(_ value: UnsafeRawBufferPointer) -> Double? {
        let text = String(decoding: value, as: UTF8.self)
        if let written = WrittenNumber(text, expecting: .quantity) { return written.double }
        guard text.utf8.contains(where: { $0 == 101 || $0 == 69 }), text.utf8.allSatisfy({ exponent.contains($0) })
        else {
            return nil
        }
        return Double(text).flatMap { $0.isFinite ? $0 : nil }
    }

    private static let exponent = Set("0123456789.eE+-".utf8)
}
