import Kernel

/// Tells from its name and values what a column holds.
enum KindGuess {
    /// Distinct values looked at.
    private static let most = 5_000

    /// - Parameter usual: how many values make up all but one in a hundred of the rows that have one.
    static func kind(of name: String, _ pool: TextPool, filled: Int, usual: Int) -> ColumnKind {
        let title = fold(name)
        let words = Set(title.split(separator: " ").map(String.init))
        func named(_ names: String...) -> Bool {
            names.contains { $0.contains(" ") ? title.contains($0) : words.contains($0) }
        }
        let step = max(pool.count / most, 1)
        let values = stride(from: 1, through: pool.count, by: step).map { pool.text(of: UInt32($0)) }
        guard !values.isEmpty else { return .text }
        func share(_ test: (String) -> Bool) -> Double { Double(values.count(where: test)) / Double(values.count) }
        let folded = values.map(fold)
        func foldedShare(_ test: (String) -> Bool) -> Double {
            Double(folded.count(where: test)) / Double(folded.count)
        }
        let distinct = pool.count

        if share({ $0.contains("@") && $0.contains(".") }) > 0.8 { return .email }
        let days = values.map { WrittenDay($0, of: WrittenDay.yearsOfRecords) }
        func dayShare(_ test: (WrittenDay) -> Bool) -> Double {
            Double(days.count { $0.map(test) ?? false }) / Double(days.count)
        }
        // Digits alone that read as a date may be a number: the name of the column decides.
        let hasDateName = named("birth", "dob", "date", "ngay sinh", "nam sinh", "sinh", "ngay", "born")
        if dayShare({ _ in true }) > 0.85,
            hasDateName
                || dayShare({ $0.shape != .digits && $0.shape != .serial && ($0.month != 0 || $0.dayOfMonth != 0) })
                    > 0.5
        {
            return .date
        }
        let digits = share { text in text.utf8.allSatisfy { (48...57).contains($0) || $0 == 32 || $0 == 45 || $0 == 46 }
        }
        let length = values.reduce(0) { $0 + $1.utf8.count } / values.count
        if named("phone", "tel", "mobile", "sdt", "dien thoai", "dt", "di dong"), digits > 0.7 { return .phone }
        if named("cccd", "cmnd", "dinh danh", "mst", "ma so thue", "bhxh", "ssn", "soc", "passport", "ma so"),
            digits > 0.6
        {
            return .identifier
        }
        if share(isDecimal) > 0.3,
            share({ isDecimal($0) || $0.utf8.allSatisfy { (48...57).contains($0) } }) > 0.9
                || digits > 0.9
                    && named("amount", "price", "value", "sum", "so tien", "tien", "gia", "luong", "muc dong")
        {
            return .number
        }
        if digits > 0.9 {
            let mobile = share { text in
                let bytes = Array(text.utf8.filter { (48...57).contains($0) })
                return bytes.count == 10 && bytes[0] == 48 && [51, 53, 55, 56, 57].contains(bytes[1])
            }
            if mobile > 0.9 { return .phone }
            if length >= 7, Double(distinct) > 0.5 * Double(filled) { return .identifier }
            if distinct <= 30, filled > distinct * 20 { return .category }
            return length <= 8 ? .code : .identifier
        }
        if named("xa", "phuong", "commune", "ward")
            || foldedShare({ $0.hasPrefix("xa ") || $0.hasPrefix("phuong ") || $0.hasPrefix("thi tran ") }) > 0.7,
            distinct < 5_000, !named("address", "dia chi")
        {
            return .commune
        }
        if foldedShare({ text in forms.contains { text.contains($0) } }) > 0.3 { return .organisation }
        let letters = foldedShare { text in text.utf8.allSatisfy { (97...122).contains($0) || $0 == 32 } }
        let wordCount = folded.reduce(0.0) { $0 + Double($1.split(separator: " ").count) } / Double(folded.count)
        if letters > 0.9, wordCount < 6 {
            let isNamed = named(
                "name", "ho ten", "ho va ten", "ten", "surname", "given", "first", "last", "ho", "fullname", "nguoi",
                "forename", "fname", "lname", "firstname", "lastname", "vorname", "nachname", "prenom", "nom")
            if isNamed { return wordCount >= 1.7 ? .personName : .namePart }
            let hasSurname = foldedShare { text in
                text.split(separator: " ").first.map { surnames.contains(String($0)) } ?? false
            }
            if wordCount >= 1.7, hasSurname > 0.5, distinct > 60 { return .personName }
        }
        if named("postcode", "postal", "zip", "plz", "ma buu"), length <= 12 { return .code }
        if usual <= 60, filled > usual * 10, length < 30 { return .category }
        if share({ $0.contains(";") || $0.contains("|") }) > 0.3 { return .list }
        if length <= 10, share(isMixed) > 0.8 { return .code }
        if length <= 12, wordCount < 1.5, Double(distinct) < 0.5 * Double(max(filled, 1)),
            share({ $0.utf8.contains { (48...57).contains($0) } }) > 0.5
        {
            return .code
        }
        return .text
    }

    /// `593.25`, `-1,5`: one point or comma with a digit or two behind it.
    private static func isDecimal(_ text: String) -> Bool {
        let parts = text.utf8.split(omittingEmptySubsequences: false) { $0 == 44 || $0 == 46 }
        guard parts.count == 2, (1...2).contains(parts[1].count) else { return false }
        let whole = parts[0].first == 45 ? parts[0].dropFirst() : parts[0]
        return !whole.isEmpty && [whole, parts[1]].allSatisfy { $0.allSatisfy { (48...57).contains($0) } }
    }

    /// Letters and digits in a word or two, as in postcodes and numbers of cars.
    private static func isMixed(_ text: String) -> Bool {
        let bytes = text.utf8
        return bytes.contains { (48...57).contains($0) }
            && bytes.contains { (65...90).contains($0) || (97...122).contains($0) }
            && bytes.allSatisfy { $0 < 0x80 } && bytes.count { $0 == 32 } <= 1
    }

    static func fold(_ text: String) -> String {
        var folded: [UInt8] = []
        var marked: [UInt8] = []
        Array(text.replacing("_", with: " ").utf8).withUnsafeBytes {
            FoldTable.shared.read($0, folded: &folded, marked: &marked)
        }
        return String(decoding: folded, as: UTF8.self)
    }

    private static let forms = [
        "cong ty", "tnhh", "doanh nghiep", "hop tac xa", "chi nhanh", "company", " ltd", " inc", "corporation", " gmbh",
    ]
    /// The commonest surnames (reference/identifiers.md, section 9); they cover nine in ten people.
    private static let surnames: Set<String> = [
        "nguyen", "tran", "le", "pham", "hoang", "huynh", "phan", "vu", "vo", "dang", "bui", "do", "ho", "ngo", "duong",
        "ly", "dinh", "dao", "doan", "luong", "trinh", "mai", "to", "ha", "cao", "luu",
    ]
}
