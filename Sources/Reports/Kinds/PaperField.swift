public import Kernel
public import PlanText

/// A field of the form by which a paper is made.
public struct PaperField: Sendable, Equatable {
    public struct Option: Sendable, Equatable {
        public let value: String
        public let title: String
    }

    public enum Input: Sendable, Equatable {
        case line
        /// Several lines, kept as they are.
        case lines
        case paragraph
        case choice([Option])
        /// Given by the page that offers the paper.
        case given
    }

    public let key: String
    public let label: String
    public let hint: String
    public internal(set) var input: Input
    /// What stands in it at first.
    public var value: String
    public let isRequired: Bool

    init(
        _ key: String, _ label: String, _ input: Input = .line, hint: String = "", value: String = "",
        isRequired: Bool = false
    ) {
        self.key = key
        self.label = label
        self.hint = hint
        self.input = input
        self.value = value
        self.isRequired = isRequired
    }

    /// The names of fields that say what a paper is about.
    public enum Key {
        public static let scenario = "phuong-an"
        public static let year = "nam"
        /// `1` to `4`, ``firstHalf`` or ``wholeYear``.
        public static let quarter = "quy"
        public static let firstHalf = "sau-thang"
        public static let wholeYear = "ca-nam"
        public static let batch = "lo"
        public static let delivery = "lan-giao"
        /// A task's code, or ``noTask``.
        public static let task = "nhiem-vu"
        public static let noTask = "khong"
        /// A line for each unit that a paper goes to.
        public static let addressees = "units"
        /// The day by which they are to answer.
        public static let replyBy = "replyBy"
        public static let guests = "guests"

        /// Of a field of the template.
        public static func text(_ name: String) -> String { "f-\(name)" }
    }

    /// Characters a field takes.
    private var longest: Int {
        switch input {
        case .line, .choice, .given: 300
        case .paragraph: 4_000
        case .lines: 60_000
        }
    }

    /// What was typed, tidied as the field has it.
    /// - Throws: a problem at the field.
    func read(_ typed: String) throws(Refusal) -> String {
        let text = input == .lines ? typed : VietnameseText.tidy(typed)
        func problem(_ message: String) -> Refusal { Refusal(fields: [.init(key, message)]) }
        if isRequired, text.allSatisfy(\.isWhitespace) {
            throw input == .given
                ? Refusal(.notFound, "Hãy mở \(label) rồi chọn văn bản ở đó.") : problem("Hãy ghi: \(label).")
        }
        if text.count > longest { throw problem("“\(label)” quá dài (tối đa \(longest) chữ).") }
        if case .choice(let options) = input, !options.contains(where: { $0.value == text }) {
            throw problem("“\(label)”: hãy chọn trong danh sách.")
        }
        return text
    }
}

/// What a paper is to be about, read from its form.
public struct PaperRequest: Sendable {
    public let kind: PaperKind
    /// Whose paper it will be.
    public let unit: UnitCode
    public let about: About
    /// What was typed into the template's fields and the kind's own, by name.
    public let texts: [String: String]
    /// Who is to sign it.
    public let signer: Signer

    public enum About: Sendable, Hashable {
        case scenario(RecordID)
        case period(WorkPeriod)
        /// A task by its code; nil: none in particular.
        case task(String?, WorkPeriod)
        /// January to June of a year.
        case firstHalf(Int)
        case batch(Int)
        case delivery(Int)
        case today
    }

    public init(
        _ kind: PaperKind, unit: UnitCode, about: About, texts: [String: String] = [:], signer: Signer = Signer()
    ) {
        self.kind = kind
        self.unit = unit
        self.about = about
        self.texts = texts
        self.signer = signer
    }

    func text(_ name: String) -> String { texts[name] ?? "" }

    // What a kind's topic has settled: the form, or a test that makes a request by hand, cannot give another.

    func scenario() throws(Refusal) -> RecordID {
        guard case .scenario(let id) = about else { throw Refusal(.notFound, "Không có phương án này.") }
        return id
    }

    func period() throws(Refusal) -> WorkPeriod {
        switch about {
        case .period(let period), .task(_, let period): return period
        case .firstHalf(let year): return ReportSpan.firstHalf(year).workPeriod
        default: throw Refusal(.notFound, "Không có kỳ này.")
        }
    }

    /// The code of the task it is about; nil: none in particular.
    var task: String? { if case .task(let code, _) = about { code } else { nil } }

    /// What a commune reports on.
    func span() throws(Refusal) -> ReportSpan {
        switch about {
        case .period(.quarter(let quarter)): return .quarter(quarter)
        case .period(.year(let year)): return .year(year)
        case .firstHalf(let year): return .firstHalf(year)
        default: throw Refusal(.notFound, "Báo cáo của đơn vị chỉ theo quý, 6 tháng đầu năm hoặc năm.")
        }
    }

    func year() throws(Refusal) -> Int {
        guard case .year(let year) = try period() else { throw Refusal(.notFound, "Không có năm này.") }
        return year
    }

    func batch() throws(Refusal) -> Int {
        guard case .batch(let number) = about else { throw Refusal(.notFound, "Không có lô số liệu này.") }
        return number
    }

    func delivery() throws(Refusal) -> Int {
        guard case .delivery(let number) = about else { throw Refusal(.notFound, "Không có lần giao này.") }
        return number
    }

    func commune() throws(Refusal) -> CommuneCode {
        guard case .commune(let code) = unit else {
            throw Refusal(.forbidden, "Chỉ xã, phường, đặc khu soạn văn bản này.")
        }
        return code
    }
}
