public import Kernel

/// Which scheme a person belongs to (Law on Social Insurance, article 2; Decree 158/2025, article 3). A proposal from facts: the
/// agency decides.
public struct Coverage: Sendable, Equatable {
    /// Points of article 2.1, in the order of the law.
    public enum Ground: String, Codable, Sendable, CaseIterable {
        case a, b, c, d
        case đ, e, g, h, i, k, l, m, n
        case foreigner = "2.2"
        case voluntary = "2.4"
    }

    public struct Contract: Codable, Sendable, Equatable {
        /// Nil without an end.
        public var months: Int?
        public var partTime: Bool?
        public var monthlyPay: Int?
        public var probationOnly: Bool?
        public var domesticHelper: Bool?
        /// Of several contracts the first signed counts (article 2.5.a).
        public var signedOn: Day?
        /// Put off without an agreement to pay on (articles 2.4.b, 2.5.a).
        public var suspended: Bool?
        /// The two sides agreed to pay while it is suspended.
        public var agreedToPay: Bool?
    }

    /// An enterprise or cooperative that the person manages.
    public struct Company: Codable, Sendable, Equatable {
        public var since: Day
        /// With a wage: point i, else point n.
        public var salaried: Bool
    }

    public struct Owner: Codable, Sendable, Equatable {
        public enum TaxMethod: String, Codable, Sendable { case declaration, other }

        public var registered: Bool
        public var taxMethod: TaxMethod?
        /// Declared revenue by year.
        public var revenue: [String: Int]?
    }

    public struct Foreigner: Codable, Sendable, Equatable {
        public var contractMonths: Int
        public var intraCompany: Bool?
        /// When the contract was concluded: the age of that day counts (article 2.2.b).
        public var concludedOn: Day?
        /// A treaty says otherwise (article 2.2.c).
        public var treaty: Bool?
    }

    public struct Input: Codable, Sendable, Equatable {
        public var birth: BirthDate
        public var on: Day
        public var sex: Sex?
        public var vietnamese: Bool?
        public var contract: Contract?
        /// With several employers, in any order.
        public var contracts: [Contract]?
        public var official: Bool?
        /// The official's work contract is put off (article 2.4.b).
        public var suspended: Bool?
        public var agreedToPay: Bool?
        public var defenceWorker: Bool?
        public var armedForces: Bool?
        public var conscript: Bool?
        public var militia: Bool?
        public var householdOwner: Owner?
        public var salariedManager: Bool?
        public var unpaidManager: Bool?
        public var companies: [Company]?
        public var communeStaff: Bool?
        public var workerAbroad: Bool?
        public var spouseAtMission: Bool?
        /// Draws a pension or a monthly allowance.
        public var pensioner: Bool?
        public var foreigner: Foreigner?
        /// So far, in both schemes: who owns or manages without a wage and lacks few months at the age goes on (article 2.7.c).
        public var monthsContributed: Int?
    }

    /// Nil for who belongs to neither.
    public let scheme: Scheme?
    /// The one that counts when there are several (article 2.5).
    public let ground: Ground?
    public let grounds: [Ground]
    /// Which of several contracts, or of several companies, counts: 1 for the first written; nil where there is one.
    public let contract: Int?
    public let company: Int?
    /// Grounds between which the law names no order.
    public let unsettled: [Ground]
    /// In Vietnamese: what counts, and what does not and why.
    public let reasons: [String]
    public let used: [UsedParameter]

    public init(_ input: Input, _ table: ParameterTable, trace: inout some Tracing) throws {
        var finder = CoverageFinder(input: input, asked: Asked(table), table: table)
        try finder.look()
        grounds = finder.grounds
        reasons = finder.reasons
        used = finder.asked.used
        scheme = finder.scheme
        ground = finder.scheme == .voluntary ? .voluntary : finder.choice?.ground
        contract = finder.contract
        company = finder.company
        unsettled = finder.choice?.unsettled ?? []
        for reason in finder.reasons { trace.step { .words("Căn cứ", reason, "", "Luật BHXH 41/2024/QH15, Điều 2") } }
        let verdict = Self.words(scheme)
        trace.step { .words("Kết luận", "", verdict, "Luật BHXH 41/2024/QH15, Điều 2") }
    }

    private static func words(_ scheme: Scheme?) -> String {
        switch scheme {
        case .compulsory: Scheme.compulsory.title
        case .voluntary: "có thể tham gia BHXH tự nguyện"
        case nil: "không thuộc diện tham gia"
        }
    }
}
