public import Kernel

/// Administrative fines by the day of the act (Decrees 12/2022 and 283/2026). A range: the competent authority decides.
public struct Fine: Sendable, Equatable {
    public enum Offender: String, Codable, Sendable, CaseIterable {
        case individual, organisation
        case householdBusiness = "household-business"
    }

    public struct Input: Codable, Sendable, Equatable {
        public var act: Act
        public var on: Day
        /// The last day of an act that went on: it is judged by that day (Decree 283/2026, article 67.2).
        public var until: Day?
        /// Not registered, or those an act that is fined by worker concerns.
        public var workers: Int?
        /// Books pawned or bought.
        public var books: Int?
        public var amount: Int?
        public var offender: Offender?
        /// When the record of the breach is drawn up: for the limitation.
        public var recordedOn: Day?
        /// For the criminal limit of evasion.
        public var months: Int?
        public var finedBefore: Bool?

        public init(
            act: Act, on: Day, until: Day? = nil, workers: Int? = nil, books: Int? = nil, amount: Int? = nil,
            offender: Offender? = nil, recordedOn: Day? = nil, months: Int? = nil, finedBefore: Bool? = nil
        ) {
            self.act = act
            self.on = on
            self.until = until
            self.workers = workers
            self.books = books
            self.amount = amount
            self.offender = offender
            self.recordedOn = recordedOn
            self.months = months
            self.finedBefore = finedBefore
        }
    }

    public let from: Dong
    public let to: Dong
    public let isWarning: Bool
    public let decree: String
    /// Evasion that may reach the limit of article 216 of the Penal Code: a warning, no finding.
    public let mayBeCriminal: Bool
    /// Last day on which it can be fined; nil where the tables hold no limitation.
    public let limitationTo: Day?
    public let isOutOfTime: Bool
    public let used: [UsedParameter]

    /// Workers not registered, by the rows of the decree.
    private static let rows: [(ClosedRange<Int>, String)] = [
        (1...9, "1-9"), (10...49, "10-49"), (50...99, "50-99"), (100...299, "100-299"), (300...499, "300-499"),
        (500...699, "500-699"), (700...999, "700-999"), (1_000...Int.max, "1000-up"),
    ]

    public init(_ input: Input, _ table: ParameterTable, trace: inout some Tracing) throws {
        var asked = Asked(table)
        let day = input.until ?? input.on
        guard day >= input.on else {
            throw LegislationError.input(field: "until", reason: "ngày kết thúc trước ngày bắt đầu vi phạm")
        }
        guard input.recordedOn.map({ $0 >= input.on }) ?? true else {
            throw LegislationError.input(field: "recordedOn", reason: "ngày lập biên bản trước ngày vi phạm")
        }
        guard input.offender != .organisation || !input.act.isOfPerson else {
            throw LegislationError.input(
                field: "offender",
                reason:
                    "hành vi này chỉ của cá nhân (Nghị định 283/2026/NĐ-CP, Điều 48 khoản 2), không phạt như tổ chức")
        }
        if let until = input.until {
            trace.step {
                .words(
                    "Hành vi kéo dài", "từ \(input.on.vietnamese) đến \(until.vietnamese)",
                    "áp dụng văn bản có hiệu lực ngày \(until.vietnamese)", "Nghị định 283/2026/NĐ-CP, Điều 67 khoản 2")
            }
        }
        let key = try Self.key(input, on: day, table)
        let value = try asked.raw(key, on: day)
        let source = try table.dated(key, on: day).source
        decree = source
        let times = input.offender == .organisation ? try asked.value(.organisationTimes, on: day) : 1
        var (low, high) = (Dong.zero, Dong.zero)
        var isWarning = false
        switch value {
        case .dongRange(let first, let last):
            let count = try Self.count(input)
            (low, high) = (first * count, last * count)
            if input.act.counted != .once {
                let most = input.act == .accidentFund ? nil : try asked.value(.mostFine, on: day)
                if let most { (low, high) = (min(low, most), min(high, most)) }
                let (from, to) = (low, high)
                trace.step {
                    .words(
                        "Theo số lượng",
                        "\(first.grouped) – \(last.grouped) × \(count)\(most.map { "; cao nhất \($0.grouped)" } ?? "")",
                        "\(from.grouped) – \(to.vietnamese)", source)
                }
            }
        case .shareRange(let first, let last, let most):
            guard let amount = input.amount, amount > 0 else {
                throw LegislationError.input(
                    field: "amount", reason: "cần số tiền chậm đóng, trốn đóng hoặc chiếm giữ, lớn hơn 0")
            }
            let base = Dong(amount)
            (low, high) = (base * first, base * last)
            if let most { (low, high) = (min(low, most), min(high, most)) }
            if input.act == .lateUnpaid || input.act == .unemploymentLateUnpaid,
                let least = try asked.awaited(.warningBelow, on: day)
            {
                isWarning = base < least
            }
            let (from, to) = (low, high)
            trace.step {
                .words(
                    "Theo tỷ lệ của số tiền",
                    "\(first.percentText) – \(last.percentText) × \(base.grouped)\(most.map { "; cao nhất \($0.grouped)" } ?? "")",
                    "\(from.grouped) – \(to.vietnamese)", source)
            }
        default:
            throw LegislationError.problem(file: "sanctions", key: key, reason: "phải là khoảng tiền hoặc khoảng tỷ lệ")
        }
        if isWarning { (low, high) = (.zero, .zero) }
        (from, to) = (low * times, high * times)
        self.isWarning = isWarning
        let (first, last, warned) = (from, to, isWarning)
        trace.step {
            .words(
                "Mức phạt", times == 1 ? "cá nhân, hộ kinh doanh" : "tổ chức: \(times) lần cá nhân",
                warned ? "cảnh cáo" : "\(first.grouped) – \(last.vietnamese)", source)
        }
        let limit = try asked.awaited(.limitationMonths, on: day).map { Self.adding(months: $0, to: day) }
        limitationTo = limit
        isOutOfTime = limit.map { limit in input.recordedOn.map { $0 > limit } ?? false } ?? false
        if let limit {
            let out = isOutOfTime
            trace.step {
                .words(
                    "Thời hiệu xử phạt", "từ \(day.vietnamese)", out ? "đã hết" : "đến \(limit.vietnamese)",
                    "Nghị định 283/2026/NĐ-CP, Điều 3 khoản 4")
            }
        }
        mayBeCriminal = try Self.mayBeCriminal(input, on: day, &asked, &trace)
        used = asked.used
    }

    private static func key(_ input: Input, on day: Day, _ table: ParameterTable) throws -> String {
        // Decree 12/2022 fines evasion by one range, however it was done.
        let old = "sanction.evasion.decree_12"
        if input.act.isEvasion, try table.parameter(old).value(on: day) != nil { return old }
        let (name, isByWorkers) = input.act.key
        guard isByWorkers else { return name }
        guard let workers = input.workers, let row = rows.first(where: { $0.0.contains(workers) }) else {
            throw LegislationError.input(field: "workers", reason: "cần số người lao động chưa đăng ký, từ 1 trở lên")
        }
        return "\(name).\(row.1)"
    }

    private static func count(_ input: Input) throws -> Int {
        switch input.act.counted {
        case .once: return 1
        case .worker:
            guard let workers = input.workers, (1...1_000_000).contains(workers) else {
                throw LegislationError.input(
                    field: "workers", reason: "cần số người lao động liên quan, từ 1 đến 1.000.000")
            }
            return workers
        case .book:
            guard let books = input.books, (1...1_000_000).contains(books) else {
                throw LegislationError.input(field: "books", reason: "cần số sổ, từ 1 đến 1.000.000")
            }
            return books
        }
    }

    /// The same day so many months later; the month's last where that day does not exist in it.
    private static func adding(months: Int, to day: Day) -> Day {
        let month = Month(of: day).adding(months: months)
        return min(month.firstDay.adding(days: day.day - 1), month.lastDay)
    }

    private static func mayBeCriminal(
        _ input: Input, on day: Day, _ asked: inout Asked, _ trace: inout some Tracing
    ) throws -> Bool {
        guard input.act.isEvasion else { return false }
        let (amount, workers, months) = (
            try asked.value(.criminalAmount, on: day), try asked.value(.criminalWorkers, on: day),
            try asked.value(.criminalMonths, on: day)
        )
        let isLarge = input.amount.map { Dong($0) >= amount } ?? false || input.workers.map { $0 >= workers } ?? false
        guard isLarge, input.months.map({ $0 >= months }) ?? true, input.finedBefore ?? true else { return false }
        let isKnown = input.months != nil && input.finedBefore != nil
        trace.step {
            .words(
                "Giới hạn hình sự",
                "từ \(amount.vietnamese) hoặc \(workers) người, từ \(months) tháng, đã bị xử phạt mà còn vi phạm"
                    + (isKnown ? "" : "; chưa biết thời gian hoặc lần xử phạt trước"),
                "có thể phải chuyển cơ quan điều tra", "Bộ luật Hình sự, Điều 216")
        }
        return true
    }
}
