public import Components
public import Foundation
public import Kernel
public import Legislation

/// Pages that anybody may read without signing in. Keeps nothing of what is typed.
public struct Portal: Sendable {
    public let table: ParameterTable

    public init(table: ParameterTable) { self.table = table }

    public static var templates: [URL] { [Bundle.module.bundleURL] }
    public static var pages: [any Page.Type] { [LawPage.self, ParametersPage.self] }

    /// A page ready to be put into its frame.
    public struct Answer: Sendable {
        public let title: String
        public let page: any Page
        /// Whether what was typed could not be used.
        public let isRefused: Bool
    }

    /// The pages.
    public enum Subject: CaseIterable, Sendable {
        case voluntary, compulsory, late, retirement, parameters

        public var place: FixedPlace {
            switch self {
            case .voluntary: Addresses.voluntary
            case .compulsory: Addresses.compulsory
            case .late: Addresses.latePayment
            case .retirement: Addresses.retirement
            case .parameters: Addresses.parameters
            }
        }

        public var title: String {
            switch self {
            case .voluntary: "Tôi đóng bao nhiêu, được gì"
            case .compulsory: "Mức đóng BHXH bắt buộc"
            case .late: "Chậm đóng, trốn đóng"
            case .retirement: "Tuổi nghỉ hưu của tôi"
            case .parameters: "Văn bản và tham số"
            }
        }
    }

    /// - Parameters:
    ///   - query: as typed.
    ///   - today: for what is left out.
    public func page(_ subject: Subject, query: [String: String], today: Day) -> Answer {
        switch subject {
        case .voluntary: voluntaryPage(Typed(query), today)
        case .compulsory: compulsoryPage(Typed(query), today)
        case .late: latePage(Typed(query), today)
        case .retirement: retirementPage(Typed(query), today)
        case .parameters: parametersPage(Typed(query), today)
        }
    }
}

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

    /// Money as people write it: `1.500.000`, `1500000`, `1,5 triệu`.
    mutating func dong(_ name: String, _ what: String) -> Int? {
        let text = self[name].lowercased()
        guard !text.isEmpty else {
            refuse(name, "Hãy nhập \(what)")
            return nil
        }
        for (word, factor) in [
            ("triệu", 1_000_000), ("tr", 1_000_000), ("nghìn", 1_000), ("ngàn", 1_000), ("k", 1_000),
        ]
        where text.hasSuffix(word) {
            let number = WrittenNumber(text.dropLast(word.count), expecting: .quantity)
            if let value = number?.double, value >= 0, value < 1_000_000 {
                return Int((value * Double(factor)).rounded())
            }
        }
        let plain = text.replacing("đồng", with: "").replacing("đ", with: "")
        guard let amount = WrittenNumber.count(plain, most: 9_999_999_999_999) else {
            refuse(name, "“\(self[name].prefix(40))” không phải số tiền; nhập như 1.500.000")
            return nil
        }
        guard amount > 0 else {
            refuse(name, "Hãy nhập \(what) lớn hơn 0")
            return nil
        }
        return amount
    }

    mutating func count(_ name: String, _ what: String, in range: ClosedRange<Int>, or usual: Int) -> Int? {
        let text = self[name]
        guard !text.isEmpty else { return usual }
        guard let number = Int(text), range.contains(number) else {
            refuse(name, "\(what) phải là số từ \(range.lowerBound) đến \(range.upperBound)")
            return nil
        }
        return number
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
                    ? "Hãy nhập ngày sinh" : "“\(text.prefix(40))” không phải ngày sinh; nhập như 15/03/1980 hoặc 1980")
            return nil
        }
        guard birth.day <= today else {
            refuse(name, "Ngày sinh sau hôm nay")
            return nil
        }
        return birth
    }

    mutating func month(_ name: String, or usual: Month) -> Month? {
        let text = self[name]
        guard !text.isEmpty else { return usual }
        guard let month = Month(typed: text) ?? Month(text) else {
            refuse(name, "“\(text)” không phải tháng; nhập như 10/2026")
            return nil
        }
        return month
    }

    mutating func day(_ name: String, _ what: String) -> Day? {
        let text = self[name]
        guard !text.isEmpty else { return nil }
        guard let day = Day(typed: text) ?? Day(text) else {
            refuse(name, "\(what): “\(text)” không phải ngày; nhập như 15/03/2026")
            return nil
        }
        return day
    }
}
