public import Kernel

/// Administrative fines by the day of the act (Decree 283/2026). A range: the competent authority decides.
public struct Fine: Sendable, Equatable {
    public enum Act: String, Codable, Sendable, CaseIterable {
        case lateUnregistered = "late-unregistered"
        case lateUnpaid = "late-unpaid"
        case evasionUnregistered = "evasion-unregistered"
        case evasionUnpaid = "evasion-unpaid"
        case ownerNotRegistering = "owner-not-registering"
        case notSupplyingInformation = "not-supplying-information"
        case unlawfulDataAccess = "unlawful-data-access"
    }

    public enum Offender: String, Codable, Sendable, CaseIterable {
        case individual, organisation
        case householdBusiness = "household-business"
    }

    public struct Input: Codable, Sendable, Equatable {
        public var act: Act
        public var on: Day
        public var workers: Int?
        public var amount: Int?
        public var offender: Offender?
    }

    public let from: Dong
    public let to: Dong
    public let isWarning: Bool
    public let decree: String
    public let used: [UsedParameter]

    /// Workers not registered, by the rows of the decree.
    private static let rows: [(ClosedRange<Int>, String)] = [
        (1...9, "1-9"), (10...49, "10-49"), (50...99, "50-99"), (100...299, "100-299"), (300...499, "300-499"),
        (500...699, "500-699"), (700...999, "700-999"), (1_000...Int.max, "1000-up"),
    ]

    public init(_ input: Input, _ table: ParameterTable, trace: inout some Tracing) throws {
        var asked = Asked(table)
        let key: String
        switch input.act {
        case .lateUnregistered, .evasionUnregistered:
            guard let workers = input.workers, let row = Self.rows.first(where: { $0.0.contains(workers) }) else {
                throw LegislationError.input(
                    field: "workers", reason: "cần số người lao động chưa đăng ký, từ 1 trở lên")
            }
            key = "sanction.\(input.act == .lateUnregistered ? "late" : "evasion").unregistered.\(row.1)"
        case .lateUnpaid: key = "sanction.late.unpaid"
        case .evasionUnpaid: key = "sanction.evasion.unpaid_or_underdeclared"
        case .ownerNotRegistering: key = "sanction.owner_m_n_not_registering"
        case .notSupplyingInformation: key = "sanction.not_supplying_information"
        case .unlawfulDataAccess: key = "sanction.unlawful_access_or_provision_of_bhxh_data"
        }
        let value = try asked.raw(key, on: input.on)
        let dated = try table.dated(key, on: input.on)
        decree = dated.source
        let times = input.offender == .organisation ? try asked.value(.organisationTimes, on: input.on) : 1
        var (low, high) = (Dong.zero, Dong.zero)
        var isWarning = false
        switch value {
        case .dongRange(let first, let last): (low, high) = (first, last)
        case .shareRange(let first, let last, let most):
            guard let amount = input.amount, amount >= 0 else {
                throw LegislationError.input(field: "amount", reason: "cần số tiền chậm đóng hoặc trốn đóng")
            }
            let base = Dong(amount)
            (low, high) = (base * first, base * last)
            if let most { (low, high) = (min(low, most), min(high, most)) }
            if input.act == .lateUnpaid { isWarning = base < (try asked.value(.warningBelow, on: input.on)) }
            let (from, to) = (low, high)
            trace.step {
                .words(
                    "Theo tỷ lệ của số tiền",
                    "\(first.percentText) – \(last.percentText) × \(base.grouped)\(most.map { "; cao nhất \($0.grouped)" } ?? "")",
                    "\(from.grouped) – \(to.vietnamese)", dated.source)
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
                warned ? "cảnh cáo" : "\(first.grouped) – \(last.vietnamese)", dated.source)
        }
        used = asked.used
    }
}
