import Kernel

/// Looks at a person's facts one by one and gathers the grounds of article 2.
struct CoverageFinder {
    let input: Coverage.Input
    var asked: Asked
    let table: ParameterTable
    var grounds: [Coverage.Ground] = []
    var reasons: [String] = []
    private(set) var scheme: Scheme?
    private(set) var choice: Precedence.Choice?
    private(set) var contract: Int?
    private(set) var company: Int?

    init(input: Coverage.Input, asked: Asked, table: ParameterTable) {
        self.input = input
        self.asked = asked
        self.table = table
    }

    mutating func look() throws {
        let age = try asked.value(.voluntaryAge, on: input.on)
        guard input.birth.day <= input.on else {
            throw LegislationError.input(field: "birth", reason: "ngày sinh sau ngày xét")
        }
        if input.pensioner ?? false {
            reasons.append("Đang hưởng lương hưu hoặc trợ cấp hằng tháng: không thuộc diện tham gia (khoản 7 Điều 2).")
            return
        }
        try checkDays()
        if input.vietnamese ?? true { try lookAtVietnamese() } else { try lookAtForeigner() }
        let found = grounds
        grounds = Coverage.Ground.allCases.filter(found.contains)
        choice = Precedence.choice(among: grounds)
        if let choice {
            scheme = .compulsory
            try explain(choice)
            return
        }
        guard input.vietnamese ?? true else { return }
        guard input.birth.reaching(months: age * 12) <= input.on else {
            reasons.append("Chưa đủ \(age) tuổi: chưa được tham gia BHXH tự nguyện (khoản 4 Điều 2).")
            return
        }
        scheme = .voluntary
        reasons.append(
            "Công dân Việt Nam từ đủ \(age) tuổi, không thuộc diện bắt buộc: được tham gia tự nguyện (khoản 4 Điều 2).")
    }

    /// What begins after the day asked about is no ground on it.
    private func checkDays() throws {
        for (field, contract) in (input.contract.map { [("contract.signedOn", $0)] } ?? [])
            + (input.contracts ?? []).map({ ("contracts.signedOn", $0) })
        where contract.signedOn.map({ $0 > input.on }) ?? false {
            throw LegislationError.input(field: field, reason: "ngày giao kết hợp đồng sau ngày xét")
        }
        guard (input.companies ?? []).allSatisfy({ $0.since <= input.on }) else {
            throw LegislationError.input(field: "companies.since", reason: "ngày bắt đầu quản lý sau ngày xét")
        }
    }

    private mutating func explain(_ choice: Precedence.Choice) throws {
        guard grounds.count > 1 else { return }
        for key in Set(choice.rows.compactMap(\.parameter)) { _ = try asked.raw(key, on: input.on) }
        let points = grounds.map(\.rawValue).joined(separator: ", ")
        let articles = choice.rows.map(\.article).joined(separator: "; ")
        reasons.append(
            "Có nhiều căn cứ (điểm \(points)): chỉ tham gia theo điểm \(choice.ground.rawValue)"
                + (articles.isEmpty ? " (khoản 5 Điều 2)." : " (\(articles))."))
        if !choice.unsettled.isEmpty {
            let open = choice.unsettled.map(\.rawValue).joined(separator: ", ")
            reasons.append(
                "Khoản 5 Điều 2 không nêu thứ tự giữa các điểm \(open): đề xuất điểm \(choice.ground.rawValue), cơ quan BHXH quyết định."
            )
        }
    }

    mutating func take(_ ground: Coverage.Ground, _ reason: String) {
        if !grounds.contains(ground) { grounds.append(ground) }
        reasons.append(reason)
    }

    private mutating func lookAtVietnamese() throws {
        guard input.foreigner == nil else {
            throw LegislationError.input(
                field: "foreigner", reason: "chỉ dành cho người nước ngoài: đặt vietnamese là false, hoặc bỏ mục này")
        }
        try lookAtContracts()
        if input.official ?? false {
            if (input.suspended ?? false) && !(input.agreedToPay ?? false) {
                reasons.append(
                    "Hợp đồng làm việc đang tạm hoãn, không thỏa thuận đóng: không thuộc diện bắt buộc trong thời gian này (khoản 4 điểm b Điều 2)."
                )
            } else {
                take(.b, "Cán bộ, công chức, viên chức (điểm b).")
            }
        }
        if input.defenceWorker ?? false { take(.c, "Công nhân, viên chức quốc phòng, công nhân công an (điểm c).") }
        if input.armedForces ?? false { take(.d, "Sĩ quan, quân nhân chuyên nghiệp, công an nhân dân (điểm d).") }
        if input.conscript ?? false { take(.đ, "Hạ sĩ quan, binh sĩ, chiến sĩ nghĩa vụ, học viên (điểm đ).") }
        if input.militia ?? false { take(.e, "Dân quân thường trực (điểm e).") }
        if input.workerAbroad ?? false {
            take(.g, "Người lao động đi làm việc ở nước ngoài theo hợp đồng (điểm g).")
        }
        if input.spouseAtMission ?? false { take(.h, "Vợ hoặc chồng đi theo tại cơ quan đại diện (điểm h).") }
        if input.communeStaff ?? false {
            take(.k, "Người hoạt động không chuyên trách ở cấp xã, thôn, tổ dân phố (điểm k).")
        }
        if let owner = input.householdOwner { try lookAt(owner) }
        try lookAtCompanies()
    }

    // MARK: contracts

    private mutating func lookAtContracts() throws {
        let contracts = (input.contract.map { [$0] } ?? []) + (input.contracts ?? [])
        let isOne = contracts.count == 1
        var counting: [(number: Int, ground: Coverage.Ground, reason: String, signedOn: Day?)] = []
        for (index, contract) in contracts.enumerated() {
            let which = isOne ? "" : "Hợp đồng thứ \(index + 1): "
            if (contract.suspended ?? input.suspended ?? false)
                && !(contract.agreedToPay ?? input.agreedToPay ?? false)
            {
                reasons.append(
                    "\(which)Hợp đồng đang tạm hoãn, không thỏa thuận đóng: không thuộc diện bắt buộc trong thời gian này (khoản 4 điểm b Điều 2)."
                )
                continue
            }
            if let (ground, reason) = try ground(of: contract, which) {
                counting.append((index + 1, ground, reason, contract.signedOn))
            }
        }
        if counting.count > 1 {
            if counting.contains(where: { $0.signedOn == nil }) {
                throw LegislationError.input(
                    field: "contracts", reason: "có nhiều hợp đồng: cần ngày giao kết (signedOn) của từng hợp đồng")
            }
            counting.sort { ($0.signedOn ?? input.on, $0.number) < ($1.signedOn ?? input.on, $1.number) }
        }
        guard let first = counting.first else { return }
        take(first.ground, first.reason)
        guard !isOne else { return }
        contract = first.number
        for other in counting.dropFirst() {
            reasons.append(
                "Hợp đồng thứ \(other.number): giao kết sau hợp đồng thứ \(first.number), không làm căn cứ đóng BHXH (khoản 5 điểm a Điều 2); đơn vị vẫn đóng quỹ tai nạn lao động."
            )
        }
    }

    /// - Returns: nil for a contract that is no ground; its reason is told.
    private mutating func ground(
        of contract: Coverage.Contract, _ which: String
    ) throws -> (Coverage.Ground, String)? {
        if contract.domesticHelper ?? false {
            reasons.append("\(which)Người giúp việc gia đình: không thuộc diện bắt buộc (khoản 7 Điều 2).")
            return nil
        }
        if contract.probationOnly ?? false {
            reasons.append(
                "\(which)Hợp đồng chỉ thử việc: không thuộc diện bắt buộc (Nghị định 158/2025/NĐ-CP, Điều 3 khoản 5).")
            return nil
        }
        let least = try asked.value(.contractMonths, on: input.on)
        if let months = contract.months, months < least {
            reasons.append("\(which)Hợp đồng \(months) tháng, dưới \(least) tháng: không thuộc điểm a.")
            return nil
        }
        guard contract.partTime ?? false else {
            let term = contract.months.map { "\($0) tháng" } ?? "không xác định thời hạn"
            return (.a, "\(which)Hợp đồng lao động \(term) (điểm a).")
        }
        let floor = try asked.reference("coverage.parttime_min_monthly_pay", on: input.on)
        guard let pay = contract.monthlyPay else {
            throw LegislationError.input(
                field: "contract.monthlyPay", reason: "cần tiền lương tháng của người làm không trọn thời gian")
        }
        if Dong(pay) >= floor {
            return (
                .l, "\(which)Làm việc không trọn thời gian, tiền lương từ mức thấp nhất làm căn cứ đóng (điểm l)."
            )
        }
        reasons.append(
            "\(which)Làm không trọn thời gian, lương \(Dong(pay).vietnamese) thấp hơn \(floor.vietnamese): không thuộc điểm l."
        )
        return nil
    }

    // MARK: owners and managers

    private mutating func lookAtCompanies() throws {
        let companies = input.companies ?? []
        if input.salariedManager ?? false || companies.contains(where: \.salaried) {
            take(.i, "Người quản lý doanh nghiệp, hợp tác xã hưởng lương (điểm i).")
        }
        if input.unpaidManager ?? false || companies.contains(where: { !$0.salaried }) {
            if try isPast("Người quản lý không hưởng lương") {
                reasons.append(
                    "Người quản lý không hưởng lương đã đủ tuổi nghỉ hưu: không thuộc diện bắt buộc (khoản 7 Điều 2).")
            } else {
                take(.n, "Người quản lý doanh nghiệp, hợp tác xã không hưởng lương (điểm n).")
            }
        }
        guard companies.count > 1 else { return }
        let salaried = companies.contains(where: \.salaried)
        let first = companies.enumerated().filter { $0.element.salaried == salaried }
            .min { ($0.element.since, $0.offset) < ($1.element.since, $1.offset) }
        guard let first else { return }
        company = first.offset + 1
        reasons.append(
            "Quản lý nhiều doanh nghiệp, hợp tác xã: tham gia tại nơi đầu tiên, từ \(first.element.since.vietnamese) (khoản 5 điểm c Điều 2)."
        )
    }

    private mutating func lookAt(_ owner: Coverage.Owner) throws {
        guard owner.registered else {
            reasons.append("Hộ kinh doanh không đăng ký: không thuộc điểm m.")
            return
        }
        if try isPast("Chủ hộ kinh doanh") {
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

    /// At the retirement age and without so few months missing that they are paid on for (articles 2.7.c, 33.7).
    private mutating func isPast(_ who: String) throws -> Bool {
        guard try isAtRetirementAge(on: input.on) else { return false }
        guard let months = input.monthsContributed else { return true }
        let missing = try asked.value(.pensionYears, on: input.on) * 12 - months
        let most = try asked.value(.missingMonths, on: input.on)
        guard (1...most).contains(missing) else { return true }
        reasons.append(
            "\(who) đã đủ tuổi nghỉ hưu nhưng chỉ còn thiếu \(missing) tháng đóng, không quá \(most) tháng: vẫn tham gia (khoản 7 điểm c Điều 2, khoản 7 Điều 33)."
        )
        return false
    }

    func isAtRetirementAge(on day: Day) throws -> Bool {
        guard let sex = input.sex else {
            throw LegislationError.input(field: "sex", reason: "cần giới tính để xét tuổi nghỉ hưu")
        }
        var none = NoTrace()
        do {
            return try RetirementAge(.init(sex: sex, birth: input.birth), table, trace: &none).reachedOn <= day
        } catch LegislationError.input {
            // Reached before the tables begin.
            return true
        }
    }
}
