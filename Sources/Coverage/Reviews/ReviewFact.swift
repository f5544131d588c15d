public import Kernel

/// What a review asks of a worker or an employer before it says what to do: each with a short closed list of answers, so that
/// a decision table over them can be shown to be complete. Numbers become answers by dated parameters before they get here.
public enum ReviewFact: String, Codable, Sendable, CaseIterable, Comparable {
    // MARK: Of a worker whom a list names at an employer
    /// How sure it is who the row speaks of.
    case identity
    case life
    case nationality
    case residence
    /// Beside the pension age of the month (Labour Code, article 169).
    case age
    /// What the person draws each month.
    case benefit
    /// The employer in the register of units.
    case employer
    /// Where the person is insured compulsorily in the months looked at.
    case insured
    case role
    case contract
    case hours
    /// Insurance that the payer said was taken off the pay (05-1/BK, column 19 of Circular 80/2021).
    case deduction
    /// The base reported to BHXH beside the taxed income by the month.
    case base

    // MARK: Of an employer by itself
    /// What the tax office says of it.
    case activity
    /// Workers whom the payer declared with a contract, beside those insured.
    case workers

    // MARK: Of an owner or a manager
    /// Owners of household businesses are bound by their way of paying tax and their revenue (article 2.1.m), who manages
    /// without pay by article 2.1.n.
    case post

    public static func < (left: ReviewFact, right: ReviewFact) -> Bool { left.rawValue < right.rawValue }

    /// An answer, as files write it.
    public struct Answer: Sendable, Equatable {
        public let key: String
        /// In Vietnamese.
        public let words: String

        init(_ key: String, _ words: String) { (self.key, self.words) = (key, words) }
    }

    public var words: String {
        switch self {
        case .identity: "nhận diện"
        case .life: "còn sống"
        case .nationality: "quốc tịch"
        case .residence: "cư trú"
        case .age: "tuổi"
        case .benefit: "chế độ đang hưởng"
        case .employer: "đơn vị trong sổ BHXH"
        case .insured: "tham gia bắt buộc"
        case .role: "vai trò"
        case .contract: "hợp đồng"
        case .hours: "thời gian làm việc"
        case .deduction: "bảo hiểm được trừ"
        case .base: "căn cứ đóng so với thu nhập"
        case .activity: "hoạt động theo cơ quan thuế"
        case .workers: "lao động khai thuế so với đã tham gia"
        case .post: "chủ hộ, người quản lý"
        }
    }

    /// All answers there are, in the order that people read them.
    public var answers: [Answer] {
        switch self {
        case .identity:
            [Answer("sure", "chắc chắn"), Answer("doubtful", "nghi trùng"), Answer("faulty", "dữ liệu sai hoặc thiếu")]
        case .life: [Answer("alive", "còn sống"), Answer("dead", "đã chết")]
        case .nationality: [Answer("vietnamese", "Việt Nam"), Answer("foreign", "nước ngoài")]
        case .residence:
            [
                Answer("here", "trong địa bàn"), Answer("moved", "đã chuyển đi tỉnh khác"),
                Answer("abroad", "ở nước ngoài"),
            ]
        case .age: [Answer("within", "chưa đủ tuổi nghỉ hưu"), Answer("past", "đủ tuổi nghỉ hưu trở lên")]
        case .benefit:
            [
                Answer("none", "không"), Answer("pension", "lương hưu"),
                Answer("allowance", "trợ cấp BHXH hằng tháng"),
            ]
        case .employer:
            [
                Answer("insured", "đang tham gia"), Answer("unknown", "chưa có mã đơn vị"),
                Answer("stopped", "đã dừng đóng"),
            ]
        case .insured: [Answer("here", "tại đơn vị"), Answer("elsewhere", "tại đơn vị khác"), Answer("no", "không")]
        case .role: [Answer("worker", "người lao động"), Answer("contractor", "không theo hợp đồng lao động")]
        case .contract:
            [
                Answer("month", "từ 1 tháng trở lên"), Answer("short", "dưới 1 tháng"),
                Answer("probation", "chỉ thử việc"), Answer("unknown", "chưa rõ"),
            ]
        case .hours:
            [
                Answer("full", "trọn thời gian hoặc chưa rõ"),
                Answer("part-bound", "không trọn thời gian, lương từ căn cứ thấp nhất"),
                Answer("part-free", "không trọn thời gian, lương dưới căn cứ thấp nhất"),
            ]
        case .deduction: [Answer("some", "có"), Answer("zero", "bằng 0"), Answer("unknown", "không có số liệu")]
        case .base:
            [Answer("fits", "phù hợp"), Answer("under", "thấp hơn quá mức chênh"), Answer("unknown", "không so được")]
        case .activity:
            [Answer("active", "đang hoạt động"), Answer("paused", "tạm ngừng"), Answer("closed", "đã đóng mã số thuế")]
        case .workers:
            [
                Answer("none", "không khai lao động"), Answer("all", "đã tham gia đủ"),
                Answer("some", "tham gia một phần"),
                Answer("nobody", "chưa ai tham gia"),
            ]
        case .post:
            [
                Answer("owner-bound", "chủ hộ kinh doanh thuộc diện bắt buộc"),
                Answer("owner-free", "chủ hộ kinh doanh chưa thuộc diện"),
                Answer("owner-unknown", "chủ hộ kinh doanh chưa rõ cách nộp thuế hoặc doanh thu"),
                Answer("manager", "người quản lý không hưởng lương"),
            ]
        }
    }

    public func words(of answer: Int) -> String { answers[answer].words }

    /// By key; nil for a word that is no answer.
    public func answer(_ key: String) -> Int? { answers.firstIndex { $0.key == key } }
}

/// Facts of one worker or employer: an answer to each fact that its table asks for.
public struct ReviewFacts: Sendable, Equatable {
    /// Index into ``ReviewFact/answers``.
    public private(set) var answers: [ReviewFact: Int] = [:]

    public init() {}

    public subscript(_ fact: ReviewFact) -> Int? { answers[fact] }

    mutating func set(_ fact: ReviewFact, answer: Int) { answers[fact] = answer }

    /// In the words of officers: `nhận diện: chắc chắn; …`.
    public var words: String {
        answers.sorted { $0.key < $1.key }.map { "\($0.key.words): \($0.key.words(of: $0.value))" }
            .joined(separator: "; ")
    }
}
