import Components
import Kernel
import Legislation

/// What somebody typed into a form, read field by field; what cannot be read becomes a problem beside its field.
struct Typed {
    private let values: [String: String]
    private(set) var problems: [(field: String, message: String)] = []

    init(_ values: [String: String]) { self.values = values }

    /// Whether anything was sent at all.
    var isEmpty: Bool { values.isEmpty }

    subscript(name: String) -> String { VietnameseText.tidy(values[name] ?? "") }

    var all: [String: String] { values }

    mutating func refuse(_ field: String, _ message: String) { problems.append((field, message)) }

    /// What zero đồng says.
    enum Zero {
        /// Nothing anybody can mean.
        case refused
        /// That there is none, as leaving the field out does.
        case nothing
        /// An amount like any other.
        case counts
    }

    /// Money as people write it: `1.500.000`, `1500000`, `1,5 triệu`.
    /// - Parameters:
    ///   - what: the field, as its messages name it.
    ///   - isNeeded: whether leaving it out is a problem.
    ///   - most: more than anybody means.
    ///   - zero: refused where the amount is needed, left out where it is not.
    mutating func dong(
        _ name: String, _ what: String, isNeeded: Bool = true, most: Int = Self.mostDong, zero: Zero? = nil
    ) -> Int? {
        let text = self[name].lowercased()
        let (title, written) = (Self.title(what), "“\(self[name].prefix(40))”")
        guard !text.isEmpty else {
            if isNeeded { refuse(name, "Hãy nhập \(what)") }
            return nil
        }
        for (word, factor) in [
            ("triệu", 1_000_000), ("tr", 1_000_000), ("nghìn", 1_000), ("ngàn", 1_000), ("k", 1_000),
        ]
        where text.hasSuffix(word) {
            let number = WrittenNumber(text.dropLast(word.count), expecting: .quantity)
            if let value = number?.double, value >= 0, value < 1_000_000 {
                return within(most, Int((value * Double(factor)).rounded()), name, title)
            }
        }
        let plain = text.replacing("đồng", with: "").replacing("đ", with: "")
        guard let amount = WrittenNumber.count(plain, most: .max) else {
            // More digits than any amount has.
            let digits = plain.filter { $0 != "." && $0 != " " }
            refuse(
                name,
                !digits.isEmpty && digits.utf8.allSatisfy { (48...57).contains($0) } && digits.utf8.count > 13
                    ? "\(title): \(written) là quá lớn; nhập số tiền đến \(Dong(most).vietnamese)"
                    : "\(title): \(written) không phải số tiền; nhập như 1.500.000")
            return nil
        }
        guard amount > 0 else {
            switch zero ?? (isNeeded ? .refused : .nothing) {
            case .refused: refuse(name, "Hãy nhập \(what) lớn hơn 0")
            case .nothing: break
            case .counts: return 0
            }
            return nil
        }
        // Who types 8 means millions.
        guard amount >= Self.leastDong else {
            refuse(name, "\(title): \(written) là \(amount) đồng: nhập đủ số như 8.000.000, hoặc 8 triệu")
            return nil
        }
        return within(most, amount, name, title)
    }

    private mutating func within(_ most: Int, _ amount: Int, _ name: String, _ title: String) -> Int? {
        guard amount <= most else {
            refuse(
                name, "\(title): \(Dong(amount).vietnamese) là quá lớn; nhập số tiền đến \(Dong(most).vietnamese)")
            return nil
        }
        return amount
    }

    /// As a sentence begins.
    private static func title(_ what: String) -> String { what.prefix(1).uppercased() + what.dropFirst() }

    /// No sum that people ask about is smaller, or larger.
    private static let leastDong = 1_000
    static let mostDong = 9_999_999_999_999
    /// The same of a month's wage, income or pension.
    static let mostDongMonthly = 1_000_000_000

    mutating func count(_ name: String, _ what: String, in range: ClosedRange<Int>, or usual: Int) -> Int? {
        let text = self[name]
        guard !text.isEmpty else { return usual }
        // Digits alone: `Int` would also take a sign.
        guard text.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int(text), range.contains(number) else {
            refuse(
                name,
                "\(what) phải là số từ \(VietnameseText.grouped(range.lowerBound)) đến \(VietnameseText.grouped(range.upperBound))"
            )
            return nil
        }
        return number
    }

    /// A number that may be left out.
    mutating func count(_ name: String, _ what: String, in range: ClosedRange<Int>) -> Int? {
        self[name].isEmpty ? nil : count(name, what, in: range, or: 0)
    }

    /// Whether a question is answered with yes.
    func isYes(_ name: String) -> Bool { self[name] == Field.yes }

    /// One of a field's choices; the first where nothing was sent.
    mutating func check(_ field: Field) {
        let chosen = self[field.name]
        guard field.isSelect, !chosen.isEmpty, !field.options.contains(where: { $0.value == chosen }) else { return }
        refuse(field.name, "\(field.label): “\(chosen.prefix(40))” không có trong danh sách")
    }

    /// `15/03/1980`, `3/1980`, `1980`, or as programs write them.
    mutating func birth(_ name: String, by today: Day) -> BirthDate? {
        let text = self[name]
        // What could mean two days is asked for again.
        let written = WrittenDay(text).flatMap { [.dayFirst, .yearFirst, .words].contains($0.shape) ? $0 : nil }
        guard let birth = written.flatMap({ BirthDate($0.iso) }) else {
            refuse(
                name,
                text.isEmpty
                    ? "Hãy nhập ngày sinh"
                    : "Ngày sinh: “\(text.prefix(40))” không phải ngày sinh từ năm 1900; nhập như 15/03/1980 hoặc 1980")
            return nil
        }
        guard birth.day <= today else {
            refuse(name, "Ngày sinh sau hôm nay")
            return nil
        }
        return birth
    }

    /// - Parameters:
    ///   - what: the field, as its messages name it.
    ///   - years: that it can be of.
    mutating func month(
        _ name: String, _ what: String, or usual: Month, years: ClosedRange<Int> = Self.years
    ) -> Month? {
        self[name].isEmpty ? usual : month(name, what, years: years)
    }

    /// A month that may be left out.
    mutating func month(_ name: String, _ what: String, years: ClosedRange<Int> = Self.years) -> Month? {
        let text = self[name]
        guard !text.isEmpty else { return nil }
        guard let month = Month(typed: text) ?? Month(text) else {
            refuse(name, "\(what): “\(text.prefix(40))” không phải tháng; nhập như 10/2026")
            return nil
        }
        return isOf(years, month.year, name, what) ? month : nil
    }

    mutating func day(_ name: String, _ what: String) -> Day? {
        let text = self[name]
        guard !text.isEmpty else { return nil }
        guard let day = Day(typed: text) ?? Day(text) else {
            refuse(name, "\(what): “\(text.prefix(40))” không phải ngày; nhập như 15/03/2026")
            return nil
        }
        return isOf(Self.years, day.year, name, what) ? day : nil
    }

    /// Years that something people ask about can be of; a slip of the pen is asked for again.
    static let years = 1990...2060

    private mutating func isOf(_ years: ClosedRange<Int>, _ year: Int, _ name: String, _ what: String) -> Bool {
        guard !years.contains(year) else { return true }
        refuse(name, "\(what): năm \(year); nhập năm từ \(years.lowerBound) đến \(years.upperBound)")
        return false
    }
}

extension Field {
    static let yes = "co"

    /// A question that is answered with no until somebody says yes.
    static func question(_ name: String, _ label: String, hint: String? = nil) -> Field {
        Field(name, label, kind: .select([.init("khong", "Không"), .init(yes, "Có")]), hint: hint)
    }

    static func sex(_ hint: String? = nil) -> Field {
        Field("gioitinh", "Giới tính", kind: .select([.init("nu", "Nữ"), .init("nam", "Nam")]), hint: hint)
    }
}

extension Typed {
    var sex: Sex { self["gioitinh"] == "nam" ? .male : .female }
}
