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
    }

    public struct Input: Codable, Sendable, Equatable {
        public var birth: BirthDate
        public var on: Day
        public var sex: Sex?
        public var vietnamese: Bool?
        public var contract: Contract?
        public var official: Bool?
        public var armedForces: Bool?
        public var conscript: Bool?
        public var householdOwner: Owner?
        public var salariedManager: Bool?
        public var unpaidManager: Bool?
        public var communeStaff: Bool?
        public var workerAbroad: Bool?
        public var spouseAtMission: Bool?
        /// Draws a pension or a monthly allowance.
        public var pensioner: Bool?
        public var foreigner: Foreigner?
    }

    /// Nil for who belongs to neither.
    public let scheme: Scheme?
    /// The one that counts when there are several (article 2.5).
    public let ground: Ground?
    public let grounds: [Ground]
    /// In Vietnamese: what counts, and what does not and why.
    public let reasons: [String]
    public let used: [UsedParameter]

    public init(_ input: Input, _ table: ParameterTable, trace: inout some Tracing) throws {
        var finder = Finder(input: input, asked: Asked(table), table: table)
        try finder.look()
        grounds = finder.grounds
        reasons = finder.reasons
        used = finder.asked.used
        scheme = finder.scheme
        ground = finder.scheme == .voluntary ? .voluntary : finder.grounds.first
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

    private struct Finder {
        let input: Input
        var asked: Asked
        let table: ParameterTable
        var grounds: [Ground] = []
        var reasons: [String] = []
        var scheme: Scheme?

        mutating func look() throws {
            let age = try asked.value(.voluntaryAge, on: input.on)
            guard input.birth.day <= input.on else {
                throw LegislationError.input(field: "birth", reason: "ngày sinh sau ngày xét")
            }
            if input.pensioner ?? false {
                reasons.append(
                    "Đang hưởng lương hưu hoặc trợ cấp hằng tháng: không thuộc diện tham gia (khoản 7 Điều 2).")
                return
            }
            if input.vietnamese ?? true { try lookAtVietnamese() } else { try lookAtForeigner() }
            if !grounds.isEmpty {
                scheme = .compulsory
                if grounds.count > 1 {
                    reasons.append("Có nhiều căn cứ: chỉ tham gia theo một căn cứ (khoản 5 Điều 2).")
                }
                return
            }
            guard input.vietnamese ?? true else { return }
            guard input.birth.reaching(months: age * 12) <= input.on else {
                reasons.append("Chưa đủ \(age) tuổi: chưa được tham gia BHXH tự nguyện (khoản 4 Điều 2).")
                return
            }
            scheme = .voluntary
            reasons.append(
                "Công dân Việt Nam từ đủ \(age) tuổi, không thuộc diện bắt buộc: được tham gia tự nguyện (khoản 4 Điều 2)."
            )
        }

        private mutating func take(_ ground: Ground, _ reason: String) {
            grounds.append(ground)
            reasons.append(reason)
        }

        private mutating func lookAtVietnamese() throws {
            var partTime = false
            if let contract = input.contract { partTime = try lookAt(contract) }
            if input.official ?? false { take(.b, "Cán bộ, công chức, viên chức (điểm b).") }
            if input.armedForces ?? false { take(.d, "Sĩ quan, quân nhân chuyên nghiệp, công an nhân dân (điểm d).") }
            if input.conscript ?? false { take(.đ, "Hạ sĩ quan, chiến sĩ, học viên hưởng phụ cấp (điểm đ, e).") }
            if input.workerAbroad ?? false {
                take(.g, "Người lao động đi làm việc ở nước ngoài theo hợp đồng (điểm g).")
            }
            if input.spouseAtMission ?? false { take(.h, "Vợ hoặc chồng đi theo tại cơ quan đại diện (điểm h).") }
            if input.salariedManager ?? false {
                take(.i, "Người quản lý doanh nghiệp, hợp tác xã hưởng lương (điểm i).")
            }
            if input.communeStaff ?? false {
                take(.k, "Người hoạt động không chuyên trách ở cấp xã, thôn, tổ dân phố (điểm k).")
            }
            if partTime {
                take(.l, "Làm việc không trọn thời gian, tiền lương từ mức thấp nhất làm căn cứ đóng (điểm l).")
            }
            if let owner = input.householdOwner { try lookAt(owner) }
            if input.unpaidManager ?? false {
                if try isAtRetirementAge() {
                    reasons.append(
                        "Người quản lý không hưởng lương đã đủ tuổi nghỉ hưu: không thuộc diện bắt buộc (khoản 7 Điều 2)."
                    )
                } else {
                    take(.n, "Người quản lý doanh nghiệp, hợp tác xã không hưởng lương (điểm n).")
                }
            }
        }

        /// - Returns: whether the person is a part-timer of point l.
        private mutating func lookAt(_ contract: Contract) throws -> Bool {
            if contract.domesticHelper ?? false {
                reasons.append("Người giúp việc gia đình: không thuộc diện bắt buộc (khoản 7 Điều 2).")
                return false
            }
            if contract.probationOnly ?? false {
                reasons.append(
                    "Hợp đồng chỉ thử việc: không thuộc diện bắt buộc (Nghị định 158/2025/NĐ-CP, Điều 3 khoản 5).")
                return false
            }
            let least = try asked.value(.contractMonths, on: input.on)
            if let months = contract.months, months < least {
                reasons.append("Hợp đồng \(months) tháng, dưới \(least) tháng: không thuộc điểm a.")
                return false
            }
            if contract.partTime ?? false {
                let floor = try asked.value(.referenceLevel, on: input.on)
                guard let pay = contract.monthlyPay else {
                    throw LegislationError.input(
                        field: "contract.monthlyPay", reason: "cần tiền lương tháng của người làm không trọn thời gian")
                }
                if Dong(pay) >= floor { return true }
                reasons.append(
                    "Làm không trọn thời gian, lương \(Dong(pay).vietnamese) thấp hơn \(floor.vietnamese): không thuộc điểm l."
                )
                return false
            }
            take(
                .a, "Hợp đồng lao động \(contract.months.map { "\($0) tháng" } ?? "không xác định thời hạn") (điểm a).")
            return false
        }

        private mutating func lookAt(_ owner: Owner) throws {
            guard owner.registered else {
                reasons.append("Hộ kinh doanh không đăng ký: không thuộc điểm m.")
                return
            }
            if try isAtRetirementAge() {
                reasons.append("Chủ hộ kinh doanh đã đủ tuổi nghỉ hưu: không thuộc diện bắt buộc (khoản 7 Điều 2).")
                return
            }
            let key = "coverage.household_owner.revenue_threshold"
            if try table.parameter(key).value(on: input.on) != nil {
                let threshold = try asked.value(.ownerRevenue, on: input.on)
                let year = input.on.year
                guard
                    let (taxYear, revenue) = [year, year - 1].lazy.compactMap({ year in
                        owner.revenue?["\(year)"].map { (year, $0) }
                    }).first
                else {
                    throw LegislationError.input(
                        field: "householdOwner.revenue", reason: "cần doanh thu kê khai năm \(year) hoặc \(year - 1)")
                }
                if Dong(revenue) > threshold {
                    take(.m, "Chủ hộ kinh doanh có doanh thu năm \(taxYear) trên \(threshold.vietnamese) (điểm m).")
                } else {
                    reasons.append(
                        "Doanh thu năm \(taxYear) không quá \(threshold.vietnamese): không thuộc điểm m, được vận động tham gia tự nguyện."
                    )
                }
                return
            }
            // Before the revenue test: by the way of paying tax (Decree 158/2025, article 3.2.a).
            _ = try asked.raw("coverage.household_owner.declaration_method", on: input.on)
            if owner.taxMethod == .declaration {
                take(.m, "Chủ hộ kinh doanh nộp thuế theo phương pháp kê khai (điểm m).")
            } else {
                reasons.append("Chủ hộ kinh doanh không nộp thuế theo phương pháp kê khai: chưa thuộc điểm m.")
            }
        }

        private mutating func isAtRetirementAge() throws -> Bool {
            guard let sex = input.sex else {
                throw LegislationError.input(field: "sex", reason: "cần giới tính để xét tuổi nghỉ hưu")
            }
            var none = NoTrace()
            do {
                return try RetirementAge(.init(sex: sex, birth: input.birth), table, trace: &none).reachedOn <= input.on
            } catch LegislationError.input {
                // Reached before the tables begin.
                return true
            }
        }

        private mutating func lookAtForeigner() throws {
            guard let foreigner = input.foreigner else {
                reasons.append("Người nước ngoài không có hợp đồng lao động tại Việt Nam: không thuộc diện bắt buộc.")
                return
            }
            let least = try asked.value(.foreignerMonths, on: input.on)
            if foreigner.intraCompany ?? false {
                reasons.append("Di chuyển trong nội bộ doanh nghiệp: không thuộc diện bắt buộc (khoản 2 Điều 2).")
            } else if foreigner.contractMonths < least {
                reasons.append("Hợp đồng dưới \(least) tháng: không thuộc diện bắt buộc (khoản 2 Điều 2).")
            } else if try isAtRetirementAge() {
                reasons.append("Đã đủ tuổi nghỉ hưu khi giao kết hợp đồng: không thuộc diện bắt buộc (khoản 2 Điều 2).")
            } else {
                take(.foreigner, "Người nước ngoài có hợp đồng từ đủ \(least) tháng (khoản 2 Điều 2).")
            }
        }
    }
}
