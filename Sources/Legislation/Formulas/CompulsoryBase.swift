import Kernel

/// What a month is paid by: the base, and whether the month is due at all.
extension CompulsoryContribution {
    /// A month with fourteen working days without pay and more.
    enum Absence: Equatable {
        /// Nothing is due.
        case away
        /// Social insurance is, as the two sides agreed.
        case agreed
    }

    static func unpaidDays(_ input: Input) throws -> Int {
        let month = input.month
        let most = month.firstDay.days(to: month.lastDay) + 1
        if let days = input.unpaidDays {
            guard input.paidDays == nil else {
                throw LegislationError.input(
                    field: "paidDays", reason: "chỉ nhập số ngày được trả lương hoặc số ngày không hưởng lương")
            }
            guard (0...most).contains(days) else {
                throw LegislationError.input(
                    field: "unpaidDays", reason: "số ngày của tháng \(month.vietnamese) từ 0 đến \(most)")
            }
            return days
        }
        guard let paid = input.paidDays else { return 0 }
        guard let working = input.workingDays, (1...most).contains(working) else {
            throw LegislationError.input(
                field: "workingDays",
                reason: "cần số ngày làm việc của tháng, từ 1 đến \(most), khi có số ngày được trả lương"
            )
        }
        guard (0...working).contains(paid) else {
            throw LegislationError.input(field: "paidDays", reason: "số ngày được trả lương từ 0 đến \(working)")
        }
        return working - paid
    }

    /// The wage before floor and ceiling; of conscripts by the year of service (Decree 157/2025, article 6).
    static func salary(
        _ input: Input, _ group: CompulsoryGroup, _ asked: inout Asked, _ trace: inout some Tracing
    ) throws -> Dong {
        if let salary = input.salary {
            guard salary >= 0 else {
                throw LegislationError.input(field: "salary", reason: "mức lương không thể âm")
            }
            if group == .communeStaff { try Self.tellBaseOfCommuneStaff(input, &asked, &trace) }
            return Dong(salary)
        }
        guard group == .conscript else {
            throw LegislationError.input(field: "salary", reason: "cần tiền lương làm căn cứ đóng")
        }
        let day = input.month.firstDay
        let year = input.serviceYear ?? 1
        guard (1...20).contains(year) else {
            throw LegislationError.input(field: "serviceYear", reason: "năm phục vụ thứ 1 đến 20")
        }
        let reference = try asked.value(.referenceLevel, on: day)
        let (times, step) = (try asked.value(.conscriptTimes, on: day), try asked.value(.conscriptStep, on: day))
        let (from, most) = (try asked.value(.conscriptStepFrom, on: day), try asked.value(.conscriptMost, on: day))
        let steps = Share(max(year - from + 1, 0), of: 1) ?? .whole
        let factor = min(times + step * steps, most)
        let salary = reference * factor
        trace.step {
            .money(
                "Căn cứ đóng của hạ sĩ quan, binh sĩ, học viên",
                "năm thứ \(year): \(factor.factorText) × \(reference.grouped)", salary,
                "Nghị định 157/2025/NĐ-CP, Điều 6")
        }
        return salary
    }

    /// The Government sets the base of point k (article 31.1.c): what is entered counts, and that is told.
    private static func tellBaseOfCommuneStaff(
        _ input: Input, _ asked: inout Asked, _ trace: inout some Tracing
    ) throws {
        let rule = try asked.awaited(.baseOfCommuneStaff, on: input.month.firstDay)
        trace.step {
            .words(
                "Căn cứ đóng của nhóm k", rule ?? "do Chính phủ quy định; chưa có trong bảng tham số",
                "dùng mức đã nhập",
                "Luật BHXH 41/2024/QH15, Điều 31 khoản 1 điểm c")
        }
    }

    static func bounded(
        _ wage: Dong, on day: Day, _ asked: inout Asked, _ trace: inout some Tracing
    ) throws -> Dong {
        let floor = try asked.reference("compulsory.floor", on: day)
        let times = try asked.value(.ceilingTimes, on: day)
        let ceiling = try asked.value(.referenceLevel, on: day) * times
        let base = min(max(wage, floor), ceiling)
        trace.step {
            .money(
                "Tiền lương làm căn cứ đóng",
                base == wage
                    ? "trong khoảng \(floor.grouped) – \(ceiling.grouped)"
                    : wage < floor
                        ? "\(wage.grouped) thấp hơn mức tham chiếu"
                        : "\(wage.grouped) cao hơn \(times) × \(floor.grouped)",
                base, "Luật BHXH 41/2024/QH15, Điều 31 khoản 1")
        }
        return base
    }

    /// - Returns: nil for a month that is due as always. Groups without a wage have no days without pay.
    static func absence(
        _ input: Input, _ group: CompulsoryGroup, _ unpaid: Int, _ asked: inout Asked, _ trace: inout some Tracing
    ) throws -> Absence? {
        let day = input.month.firstDay
        let limit = try asked.value(.unpaidLeaveDays, on: day)
        guard unpaid >= limit else { return nil }
        switch group {
        case .householdOwner, .unpaidManager, .abroad, .spouseAtMission: return nil
        case .conscript, .communeStaff:
            // From how many days is the Government's to say (article 33.5): a gap while it is in no table.
            let own = try asked.value(.unpaidLeaveDaysOfConscripts, on: day)
            guard unpaid >= own else { return nil }
            trace.step {
                .words(
                    "Không làm việc \(unpaid) ngày làm việc", "từ \(own) ngày trở lên", "tháng này không đóng",
                    "Luật BHXH 41/2024/QH15, Điều 33 khoản 5")
            }
            return .away
        case .employee: break
        }
        let article = "Luật BHXH 41/2024/QH15, Điều 33 khoản 5"
        if input.firstMonthSick ?? false {
            trace.step {
                .words(
                    "Ốm đau trong tháng đầu làm việc hoặc trở lại", "\(unpaid) ngày làm việc", "vẫn đóng tháng này",
                    "Luật BHXH 41/2024/QH15, Điều 33 khoản 6")
            }
            return nil
        }
        if input.agreedToPay ?? false {
            guard (input.lastBase ?? 0) >= 0 else {
                throw LegislationError.input(field: "lastBase", reason: "căn cứ đóng tháng gần nhất không thể âm")
            }
            trace.step {
                .words(
                    "Không hưởng lương \(unpaid) ngày làm việc", "hai bên thỏa thuận đóng theo căn cứ tháng gần nhất",
                    "đóng BHXH, không đóng BHYT, BHTN", "\(article), Điều 34 khoản 3")
            }
            return .agreed
        }
        trace.step {
            .words(
                "Không hưởng lương \(unpaid) ngày làm việc", "từ \(limit) ngày trở lên",
                "tháng này không đóng BHXH, BHTN", article)
        }
        trace.step {
            .words(
                "Bảo hiểm y tế của tháng không hưởng lương", "người lao động tự đóng theo nhóm của mình", "–",
                "Luật BHYT (sửa đổi bởi Luật 51/2024/QH15), Điều 12 khoản 5 điểm c")
        }
        return .away
    }

    static func hasUnemployment(
        _ input: Input, _ group: CompulsoryGroup, _ asked: inout Asked, _ trace: inout some Tracing
    ) throws -> Bool {
        guard group == .employee, input.unemploymentInsurance ?? true else { return false }
        guard let months = input.contractMonths else { return true }
        guard months > 0 else {
            throw LegislationError.input(field: "contractMonths", reason: "thời hạn hợp đồng từ 1 tháng")
        }
        let least = try asked.value(.unemploymentContractMonths, on: input.month.firstDay)
        guard months < least else { return true }
        trace.step {
            .words(
                "Bảo hiểm thất nghiệp", "hợp đồng \(months) tháng, dưới \(least) tháng", "không tham gia",
                "Luật Việc làm 74/2025/QH15, Điều 31 khoản 1")
        }
        return false
    }

    static func unemploymentCeiling(_ input: Input, _ asked: inout Asked) throws -> Dong {
        let day = input.month.firstDay
        if input.stateSalary ?? false { return try asked.reference("bhtn.ceiling.state_salary", on: day) }
        guard let region = input.region, ["I", "II", "III", "IV"].contains(region) else {
            throw LegislationError.input(
                field: "region", reason: "cần vùng lương tối thiểu I, II, III hoặc IV để tính trần BHTN")
        }
        return try asked.reference("bhtn.ceiling", suffix: ".region_\(region)", on: day)
    }
}
