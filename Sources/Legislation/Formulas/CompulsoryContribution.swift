public import Kernel

/// A month's contribution to the compulsory scheme, health and unemployment insurance.
public struct CompulsoryContribution: Sendable, Equatable {
    public struct Input: Codable, Sendable, Equatable {
        /// Monthly base before floor and ceiling; nil for conscripts, whose base follows from the year of service.
        public var salary: Int?
        public var month: Month
        public var group: CompulsoryGroup?
        /// Of minimum wages: I to IV; for the ceiling of unemployment insurance.
        public var region: String?
        /// Working days without pay in the month.
        public var unpaidDays: Int?
        public var unemploymentInsurance: Bool?
        /// A wage by the State's scale: unemployment insurance has another ceiling.
        public var stateSalary: Bool?
        /// Of the contract, nil without an end: short ones have no unemployment insurance.
        public var contractMonths: Int?
        /// Of a conscript: 1 for the first.
        public var serviceYear: Int?
        /// For part of a month: its working days, and those paid.
        public var workingDays: Int?
        public var paidDays: Int?
        /// The two sides agreed to pay for a month without pay, by the base of the last month (article 33.5).
        public var agreedToPay: Bool?
        public var lastBase: Int?
        /// Sick for most of the first month at work, or the first back: due all the same (article 33.6).
        public var firstMonthSick: Bool?

        public init(
            salary: Int?, month: Month, group: CompulsoryGroup? = nil, region: String? = nil, unpaidDays: Int? = nil,
            unemploymentInsurance: Bool? = nil, stateSalary: Bool? = nil, contractMonths: Int? = nil,
            serviceYear: Int? = nil, workingDays: Int? = nil, paidDays: Int? = nil, agreedToPay: Bool? = nil,
            lastBase: Int? = nil, firstMonthSick: Bool? = nil
        ) {
            self.salary = salary
            self.month = month
            self.group = group
            self.region = region
            self.unpaidDays = unpaidDays
            self.unemploymentInsurance = unemploymentInsurance
            self.stateSalary = stateSalary
            self.contractMonths = contractMonths
            self.serviceYear = serviceYear
            self.workingDays = workingDays
            self.paidDays = paidDays
            self.agreedToPay = agreedToPay
            self.lastBase = lastBase
            self.firstMonthSick = firstMonthSick
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
        let unpaid = try Self.unpaidDays(input)
        let salary = try Self.salary(input, group, &asked, &trace)
        let away = try Self.absence(input, group, unpaid, &asked, &trace)
        // A month that is paid for all the same is paid for by the base of the last one.
        let wage = away == .agreed ? Dong(input.lastBase ?? salary.amount) : salary
        base = try Self.bounded(wage, on: day, &asked, &trace)
        let base = base
        let isDue = away != .away
        var lines: [(Part.Payer, Part.Fund, Share, Dong, String)] = []
        func add(_ payer: Part.Payer, _ fund: Part.Fund, _ key: ParameterKey<Share>, _ base: Dong, _ article: String)
            throws
        {
            lines.append((payer, fund, try asked.value(key, on: day), base, article))
        }
        let law = "Luật BHXH 41/2024/QH15"
        let accident = "Luật ATVSLĐ 84/2015/QH13, Điều 43 (Luật BHXH Điều 139 khoản 1); Nghị định 58/2020/NĐ-CP"
        var unemploymentBase = Dong.zero
        switch group {
        case .employee, .communeStaff:
            if isDue {
                try add(.employee, .retirement, .employeeRetirement, base, "\(law), Điều 33 khoản 1")
                try add(.employer, .sickness, .employerSickness, base, "\(law), Điều 34 khoản 1")
                try add(.employer, .retirement, .employerRetirement, base, "\(law), Điều 34 khoản 1")
                if group == .employee { try add(.employer, .accident, .employerAccident, base, accident) }
            }
            if away == nil {
                try add(.employee, .health, .healthEmployee, base, "Nghị định 188/2025/NĐ-CP")
                try add(.employer, .health, .healthEmployer, base, "Nghị định 188/2025/NĐ-CP")
                if try Self.hasUnemployment(input, group, &asked, &trace) {
                    unemploymentBase = try min(salary, Self.unemploymentCeiling(input, &asked))
                    let article = "Luật Việc làm 74/2025/QH15, Điều 33 khoản 1"
                    try add(.employee, .unemployment, .unemploymentEmployee, unemploymentBase, article)
                    try add(.employer, .unemployment, .unemploymentEmployer, unemploymentBase, article)
                }
            }
        case .conscript:
            if isDue {
                try add(.employer, .retirement, .conscriptRetirement, base, "\(law), Điều 34 khoản 2")
                try add(.employer, .accident, .employerAccident, base, accident)
            }
        case .householdOwner, .unpaidManager:
            try add(.own, .sickness, .ownerSickness, base, "\(law), Điều 33 khoản 4")
            try add(.own, .retirement, .ownerRetirement, base, "\(law), Điều 33 khoản 4")
            try add(.own, .health, .healthTotal, base, "Nghị định 188/2025/NĐ-CP")
        case .abroad, .spouseAtMission:
            try add(.own, .retirement, .abroadRetirement, base, "\(law), Điều 33 khoản 2, 3")
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
