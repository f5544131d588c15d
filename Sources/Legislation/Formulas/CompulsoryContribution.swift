public import Kernel

/// Whose contribution the compulsory scheme takes (Law on Social Insurance, article 2.1).
public enum CompulsoryGroup: String, Codable, Sendable, CaseIterable {
    /// Contract workers, officials and the others of article 33.1.
    case employee
    /// Conscripts, cadets: the employer pays all.
    case conscript
    case householdOwner = "household-owner"
    case unpaidManager = "unpaid-manager"
    case abroad
    case spouseAtMission = "spouse-at-mission"

    public var words: String {
        switch self {
        case .employee: "người lao động"
        case .conscript: "hạ sĩ quan, chiến sĩ, học viên"
        case .householdOwner: "chủ hộ kinh doanh"
        case .unpaidManager: "người quản lý không hưởng lương"
        case .abroad: "người lao động đi làm việc ở nước ngoài"
        case .spouseAtMission: "vợ hoặc chồng không hưởng lương tại cơ quan đại diện"
        }
    }
}

/// A month's contribution to the compulsory scheme, health and unemployment insurance.
public struct CompulsoryContribution: Sendable, Equatable {
    public struct Input: Codable, Sendable, Equatable {
        /// Monthly base before floor and ceiling.
        public var salary: Int
        public var month: Month
        public var group: CompulsoryGroup?
        /// Of minimum wages: I to IV; for the ceiling of unemployment insurance.
        public var region: String?
        /// Working days without pay in the month.
        public var unpaidDays: Int?
        public var unemploymentInsurance: Bool?

        public init(
            salary: Int, month: Month, group: CompulsoryGroup? = nil, region: String? = nil, unpaidDays: Int? = nil,
            unemploymentInsurance: Bool? = nil
        ) {
            self.salary = salary
            self.month = month
            self.group = group
            self.region = region
            self.unpaidDays = unpaidDays
            self.unemploymentInsurance = unemploymentInsurance
        }
    }

    /// One line of the bill.
    public struct Part: Sendable, Equatable {
        public enum Payer: String, Sendable { case employee, employer, own = "self" }
        public enum Fund: String, Sendable { case sickness, retirement, accident, health, unemployment }

        public let payer: Payer
        public let fund: Fund
        public let share: Share
        public let amount: Dong
    }

    public let base: Dong
    /// Zero without unemployment insurance.
    public let unemploymentBase: Dong
    public let parts: [Part]
    public let used: [UsedParameter]

    public func amount(_ payer: Part.Payer, _ fund: Part.Fund? = nil) -> Dong {
        parts.filter { $0.payer == payer && (fund == nil || $0.fund == fund) }.reduce(.zero) { $0 + $1.amount }
    }

    public var total: Dong { parts.reduce(.zero) { $0 + $1.amount } }

    public init(_ input: Input, _ table: ParameterTable, trace: inout some Tracing) throws {
        let day = input.month.firstDay
        let group = input.group ?? .employee
        var asked = Asked(table)
        guard input.salary >= 0 else { throw LegislationError.input(field: "salary", reason: "mức lương không thể âm") }
        let unpaid = input.unpaidDays ?? 0
        guard (0...31).contains(unpaid) else {
            throw LegislationError.input(field: "unpaidDays", reason: "số ngày từ 0 đến 31")
        }
        let (floor, times) = (try asked.value(.referenceLevel, on: day), try asked.value(.ceilingTimes, on: day))
        let ceiling = floor * times
        let salary = Dong(input.salary)
        let base = min(max(salary, floor), ceiling)
        self.base = base
        trace.step {
            .money(
                "Tiền lương làm căn cứ đóng",
                base == salary
                    ? "trong khoảng \(floor.grouped) – \(ceiling.grouped)"
                    : salary < floor
                        ? "\(salary.grouped) thấp hơn mức tham chiếu"
                        : "\(salary.grouped) cao hơn \(times) × \(floor.grouped)",
                base, "Luật BHXH 41/2024/QH15, Điều 31 khoản 1")
        }
        // Fourteen working days without pay: no social insurance that month, health insurance goes on (articles 33.5, 33.4 of
        // the Employment Law).
        let limit = try asked.value(.unpaidLeaveDays, on: day)
        // Groups without a wage have no days without pay.
        let isAway = unpaid >= limit && (group == .employee || group == .conscript)
        if isAway {
            trace.step {
                .words(
                    "Không hưởng lương \(unpaid) ngày làm việc", "từ \(limit) ngày trở lên",
                    "tháng này không đóng BHXH, BHTN", "Luật BHXH 41/2024/QH15, Điều 33 khoản 5")
            }
        }
        var lines: [(Part.Payer, Part.Fund, Share, Dong, String)] = []
        func add(_ payer: Part.Payer, _ fund: Part.Fund, _ key: ParameterKey<Share>, _ base: Dong, _ article: String)
            throws
        {
            lines.append((payer, fund, try asked.value(key, on: day), base, article))
        }
        let law = "Luật BHXH 41/2024/QH15"
        var unemploymentBase = Dong.zero
        switch group {
        case .employee:
            if !isAway {
                try add(.employee, .retirement, .employeeRetirement, base, "\(law), Điều 33 khoản 1")
                try add(.employer, .sickness, .employerSickness, base, "\(law), Điều 34 khoản 1")
                try add(.employer, .retirement, .employerRetirement, base, "\(law), Điều 34 khoản 1")
                try add(.employer, .accident, .employerAccident, base, "Nghị định 58/2020/NĐ-CP")
            }
            try add(.employee, .health, .healthEmployee, base, "Nghị định 188/2025/NĐ-CP")
            try add(.employer, .health, .healthEmployer, base, "Nghị định 188/2025/NĐ-CP")
            if input.unemploymentInsurance ?? true, !isAway {
                unemploymentBase = try Self.unemploymentBase(salary, input.region, times: &asked, on: day)
                let article = "Luật Việc làm 74/2025/QH15, Điều 33 khoản 1"
                try add(.employee, .unemployment, .unemploymentEmployee, unemploymentBase, article)
                try add(.employer, .unemployment, .unemploymentEmployer, unemploymentBase, article)
            }
        case .conscript:
            if !isAway { try add(.employer, .retirement, .conscriptRetirement, base, "\(law), Điều 34 khoản 2") }
        case .householdOwner, .unpaidManager:
            if !isAway {
                try add(.own, .sickness, .ownerSickness, base, "\(law), Điều 33 khoản 4")
                try add(.own, .retirement, .ownerRetirement, base, "\(law), Điều 33 khoản 4")
            }
            try add(.own, .health, .healthTotal, base, "Nghị định 188/2025/NĐ-CP")
        case .abroad, .spouseAtMission:
            if !isAway { try add(.own, .retirement, .abroadRetirement, base, "\(law), Điều 33 khoản 2, 3") }
        }
        self.unemploymentBase = unemploymentBase
        parts = lines.map { payer, fund, share, base, article in
            let amount = base * share
            trace.step {
                .money(Self.words(payer, fund), "\(share.percentText) × \(base.grouped)", amount, article, sum: "total")
            }
            return Part(payer: payer, fund: fund, share: share, amount: amount)
        }
        used = asked.used
    }

    private static func unemploymentBase(
        _ salary: Dong, _ region: String?, times asked: inout Asked, on day: Day
    ) throws -> Dong {
        guard let region, ["I", "II", "III", "IV"].contains(region) else {
            throw LegislationError.input(
                field: "region", reason: "cần vùng lương tối thiểu I, II, III hoặc IV để tính trần BHTN")
        }
        guard case .reference(let key, let times) = try asked.raw("bhtn.ceiling", on: day) else {
            throw LegislationError.problem(
                file: "unemployment-insurance", key: "bhtn.ceiling", reason: "phải dẫn đến lương tối thiểu vùng")
        }
        return min(salary, try asked.value(.dong("\(key).region_\(region)"), on: day) * times)
    }

    static func words(_ payer: Part.Payer, _ fund: Part.Fund) -> String {
        let who =
            switch payer {
            case .employee: "Người lao động"
            case .employer: "Người sử dụng lao động"
            case .own: "Người tham gia"
            }
        let what =
            switch fund {
            case .sickness: "ốm đau, thai sản"
            case .retirement: "hưu trí, tử tuất"
            case .accident: "tai nạn lao động, bệnh nghề nghiệp"
            case .health: "bảo hiểm y tế"
            case .unemployment: "bảo hiểm thất nghiệp"
            }
        return "\(who) – \(what)"
    }
}
