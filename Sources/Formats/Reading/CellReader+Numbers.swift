import Kernel
import Tabular

extension CellReader {
    // MARK: Amounts

    func money(_ cell: Cell, _ field: RecordField, bounds: Bool) -> CellReading {
        var (amount, repair): (Int, Repair.Kind?)
        switch cell {
        case .number(let number):
            guard number.magnitude < 9e15 else { return tooGreat }
            let scaled = number * Double(column.unit)
            amount = Int(scaled.rounded())
            // Sums of fractions leave a rest past the fifteenth digit.
            repair = abs(scaled - scaled.rounded()) > 0.001 ? .rounded : nil
        default:
            guard let (written, had) = number(cell.shown) else { return notANumber }
            repair = had ? .signs : nil
            if let whole = written.whole {
                let (product, overflow) = whole.multipliedReportingOverflow(by: column.unit)
                guard !overflow else { return tooGreat }
                amount = product
            } else {
                guard let double = written.double, double.magnitude * Double(column.unit) < 9e15 else {
                    return tooGreat
                }
                let scaled = double * Double(column.unit)
                // A few decimals of đồng are a coefficient, or a mistake.
                guard column.unit > 1 || scaled.magnitude >= 1_000 else {
                    return .fault(.wrongValue, words: "không phải số tiền nguyên đồng", remedy: "ghi số đồng")
                }
                amount = Int(scaled.rounded())
                if scaled != scaled.rounded() { repair = .rounded }
            }
        }
        if bounds, let wrong = outOfBounds(amount) { return wrong }
        return .value(field, .money(Dong(amount)), repair: repair)
    }

    func count(_ cell: Cell, _ field: RecordField, bounds: Bool) -> CellReading {
        let count: Int
        switch cell {
        case .number(let number):
            guard number == number.rounded(), number >= 0, number < 1e12 else {
                return .fault(.wrongValue, words: "không phải số đếm", remedy: "ghi số nguyên từ 0")
            }
            count = Int(number)
        default:
            guard let whole = number(cell.shown)?.number.whole, whole >= 0 else {
                return .fault(.wrongValue, words: "không phải số đếm", remedy: "ghi số nguyên từ 0")
            }
            count = whole
        }
        if bounds, let wrong = outOfBounds(count) { return wrong }
        return .value(field, .count(count), repair: nil)
    }

    func share(_ cell: Cell, _ field: RecordField, bounds: Bool) -> CellReading {
        var text = cell.shown
        var isPercent = column.isPercent
        switch cell {
        case .percent(let share):
            // As shown: 22 % is kept as 0.22 or a neighbour of it.
            text = WrittenNumber(String(share * 100), expecting: .fraction)?.plain ?? text
            if let rounded = Self.shortest(share * 100) { text = rounded }
            isPercent = true
        case .number(let number):
            // A column of per cent in which Excel keeps parts of one.
            if isPercent, number > 0, number < 1 { isPercent = false }
            text = Self.shortest(number) ?? text
        default:
            text = VietnameseText.tidy(text)
            if text.hasSuffix("%") {
                text = VietnameseText.tidy(text.dropLast())
                isPercent = true
            }
        }
        guard let written = WrittenNumber(text, expecting: .fraction), written.decimals.utf8.count <= 8,
            let digits = Int(written.digits + written.decimals), written.digits.utf8.count <= 9
        else { return notANumber }
        var denominator = isPercent ? 100 : 1
        for _ in 0..<written.decimals.utf8.count { denominator *= 10 }
        guard let share = Share(written.isNegative ? -digits : digits, of: denominator) else { return notANumber }
        if bounds, let least = column.least, share.double < Double(least) { return below(least) }
        if bounds, let most = column.most, share.double > Double(most) { return above(most) }
        return .value(field, .share(share), repair: nil)
    }

    /// With up to eight decimals, as a spreadsheet shows it.
    private static func shortest(_ number: Double) -> String? {
        guard number.magnitude < 1e9 else { return nil }
        let scaled = Int((number * 1e8).rounded())
        guard let share = Share(scaled, of: 100_000_000) else { return nil }
        var (whole, rest) = (share.numerator.magnitude / UInt(share.denominator), share.numerator.magnitude)
        rest -= whole * UInt(share.denominator)
        var text = (share.numerator < 0 ? "-" : "") + "\(whole)"
        if rest > 0 { text += "." }
        while rest > 0 {
            (whole, rest) = (rest * 10).quotientAndRemainder(dividingBy: UInt(share.denominator))
            text += "\(whole)"
        }
        return text
    }

    /// - Returns: the number, and whether signs stood around it: `5.310.000 đ`.
    private func number(_ text: String) -> (number: WrittenNumber, hadSigns: Bool)? {
        if let number = WrittenNumber(text) { return (number, false) }
        var folded = VietnameseText.fold(text)
        if folded.hasPrefix("'") { folded.removeFirst() }
        for sign in ["vnd", "dong", "d", "₫", "nguoi", "thang"] where folded.hasSuffix(sign) {
            folded.removeLast(sign.count)
            break
        }
        if let number = WrittenNumber(folded) { return (number, true) }
        // `5.31E+06`
        guard folded.contains("e"), let double = Double(folded), double.magnitude < 9e15 else { return nil }
        return WrittenNumber(Cell.number(double).shown).map { ($0, true) }
    }

    private func outOfBounds(_ number: Int) -> CellReading? {
        if let least = column.least, number < least { return below(least) }
        if let most = column.most, number > most { return above(most) }
        return nil
    }

    private func below(_ least: Int) -> CellReading {
        .fault(
            .wrongValue, words: "nhỏ hơn \(VietnameseText.grouped(least))", remedy: "kiểm tra lại số và đơn vị tính")
    }

    private func above(_ most: Int) -> CellReading {
        .fault(.wrongValue, words: "lớn hơn \(VietnameseText.grouped(most))", remedy: "kiểm tra lại số và đơn vị tính")
    }

    private var tooGreat: CellReading { .fault(.wrongValue, words: "quá lớn", remedy: "kiểm tra lại số") }

    private var notANumber: CellReading {
        .fault(.wrongValue, words: "không phải số", remedy: "chỉ ghi chữ số, ví dụ 5310000")
    }

    // MARK: Numbers that name

    /// Twelve digits, nine, ten: a value of another field's shape is no value of this one.
    func identifier(_ cell: Cell, _ field: RecordField) -> CellReading {
        var digits: String
        var repair: Repair.Kind?
        switch cell {
        case .number(let number):
            guard number >= 0, number < 1e15, number == number.rounded() else { return wrong(field) }
            digits = String(Int(number))
        default:
            (digits, repair) = Self.tidy(cell.shown, keepsHyphen: field.type == .taxCode)
        }
        if let value = RecordValue(digits, as: field.type) { return .value(field, value, repair: repair) }
        // The number of a health insurance card of before 2021: two letters and three digits before the code.
        if field.type == .siCode, digits.utf8.count == 15,
            digits.utf8.prefix(2).allSatisfy({ (65...90).contains($0 & ~32) }),
            let code = SICode(digits.suffix(10))
        {
            return .value(field, .siCode(code), repair: .signs)
        }
        if digits.contains(where: { "eE".contains($0) }), let double = Double(digits.replacing(",", with: ".")),
            double >= 1e7, double < 1e15, double == double.rounded()
        {
            (digits, repair) = (String(Int(double)), .exponent)
            if let value = RecordValue(digits, as: field.type) { return .value(field, value, repair: repair) }
        }
        guard let padded = padded(digits, field) else { return wrong(field) }
        return .value(field, padded, repair: .leadingZero)
    }

    /// Without signs that people put between digits, and without the apostrophe by which a cell is text.
    private static func tidy(_ text: String, keepsHyphen: Bool) -> (String, Repair.Kind?) {
        if text.utf8.allSatisfy({ (48...57).contains($0) }) { return (text, nil) }
        let trimmed = VietnameseText.tidy(text)
        let plain = String(
            trimmed.unicodeScalars.compactMap { scalar -> Character? in
                switch scalar {
                case " ", ".", "'", "’", "`", "\u{A0}": nil
                case "-": keepsHyphen ? "-" : nil
                // Full-width digits.
                case "\u{FF10}"..."\u{FF19}": Character(Unicode.Scalar(UInt8(scalar.value - 0xFF10 + 48)))
                default: Character(scalar)
                }
            })
        guard plain.utf8.contains(where: { (48...57).contains($0) }), plain != trimmed else { return (trimmed, nil) }
        // `3.1085E+10` keeps its point.
        if trimmed.contains(where: { "eE".contains($0) }) { return (trimmed, nil) }
        return (plain, .signs)
    }

    /// A number whose zeros at the beginning a spreadsheet dropped.
    private func padded(_ digits: String, _ field: RecordField) -> RecordValue? {
        guard digits.utf8.allSatisfy({ (48...57).contains($0) }), !digits.isEmpty else { return nil }
        func filled(_ count: Int) -> String { String(repeating: "0", count: count - digits.utf8.count) + digits }
        switch (field.type, digits.utf8.count) {
        case (.personalID, 10), (.personalID, 11):
            // Provinces have the codes 001 to 096: two zeros at most are lost.
            return PersonalID(filled(12)).flatMap { $0.isPlausible(today: today) ? .personalID($0) : nil }
        case (.oldPersonalID, 8): return OldPersonalID(filled(9)).map { .oldPersonalID($0) }
        case (.siCode, 8), (.siCode, 9): return SICode(filled(10)).map { .siCode($0) }
        case (.taxCode, 9): return TaxCode(filled(10)).flatMap { $0.passesCheck ? .taxCode($0) : nil }
        case (.taxCode, 11):
            return PersonalID(filled(12)).flatMap { $0.isPlausible(today: today) ? TaxCode($0.text) : nil }.map {
                .taxCode($0)
            }
        case (.phone, 9): return PhoneNumber("0" + digits).map { .phone($0) }
        default: return nil
        }
    }

    private func wrong(_ field: RecordField) -> CellReading {
        switch field.type {
        case .personalID:
            .fault(.wrongValue, words: "không phải số định danh 12 chữ số", remedy: "kiểm tra lại số CCCD/ĐDCN")
        case .oldPersonalID: .fault(.wrongValue, words: "không phải số CMND 9 chữ số", remedy: "kiểm tra lại số")
        case .siCode:
            .fault(.wrongValue, words: "không phải mã số BHXH 10 chữ số", remedy: "kiểm tra lại mã số BHXH")
        case .taxCode:
            .fault(.wrongValue, words: "không phải mã số thuế", remedy: "ghi 10, 13 (có gạch nối) hoặc 12 chữ số")
        default: .fault(.wrongValue, words: "không phải số điện thoại", remedy: "ghi 10 chữ số, bắt đầu bằng 0")
        }
    }
}
