import Kernel

extension CoverageFinder {
    /// Foreigners take part by a contract alone (article 2.2).
    mutating func lookAtForeigner() throws {
        let facts = [
            input.official, input.defenceWorker, input.armedForces, input.conscript, input.militia,
            input.salariedManager,
            input.unpaidManager, input.communeStaff, input.workerAbroad, input.spouseAtMission,
        ]
        let others =
            input.contract != nil || !(input.contracts ?? []).isEmpty || input.householdOwner != nil
            || !(input.companies ?? []).isEmpty
        guard !others, !facts.contains(true) else {
            throw LegislationError.input(
                field: "foreigner",
                reason: "người nước ngoài chỉ tham gia theo hợp đồng nêu ở mục này (khoản 2 Điều 2): bỏ các mục khác")
        }
        guard let foreigner = input.foreigner else {
            reasons.append("Người nước ngoài không có hợp đồng lao động tại Việt Nam: không thuộc diện bắt buộc.")
            return
        }
        let least = try asked.value(.foreignerMonths, on: input.on)
        let concluded = foreigner.concludedOn ?? input.on
        guard concluded <= input.on else {
            throw LegislationError.input(field: "foreigner.concludedOn", reason: "ngày giao kết sau ngày xét")
        }
        if foreigner.intraCompany ?? false {
            reasons.append("Di chuyển trong nội bộ doanh nghiệp: không thuộc diện bắt buộc (khoản 2 Điều 2).")
        } else if foreigner.treaty ?? false {
            reasons.append("Điều ước quốc tế có quy định khác: không thuộc diện bắt buộc (khoản 2 điểm c Điều 2).")
        } else if foreigner.contractMonths < least {
            reasons.append("Hợp đồng dưới \(least) tháng: không thuộc diện bắt buộc (khoản 2 Điều 2).")
        } else if try isAtRetirementAge(on: concluded) {
            reasons.append(
                "Đã đủ tuổi nghỉ hưu khi giao kết hợp đồng (\(concluded.vietnamese)): không thuộc diện bắt buộc (khoản 2 điểm b Điều 2)."
            )
        } else {
            take(.foreigner, "Người nước ngoài có hợp đồng từ đủ \(least) tháng (khoản 2 Điều 2).")
        }
    }
}
