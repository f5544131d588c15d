extension Calculation {
    /// What it answers, in Vietnamese, for a screen.
    public var summaryWords: String { Self.words[name] ?? summary }

    private static let words = [
        "who-must-join": "Ai phải tham gia BHXH", "compulsory-contribution": "Mức đóng BHXH bắt buộc, BHYT, BHTN",
        "voluntary-contribution": "Mức đóng BHXH tự nguyện và hỗ trợ",
        "voluntary-refund": "Hoàn trả tiền đóng tự nguyện",
        "late-payment": "Chậm đóng, trốn đóng", "fine": "Xử phạt vi phạm hành chính",
        "retirement-age": "Tuổi nghỉ hưu", "pension": "Lương hưu", "lump-sum": "BHXH một lần",
        "several-contracts": "Nhiều hợp đồng lao động", "missing-months": "Đóng tiếp các tháng còn thiếu",
        "household-health-insurance": "BHYT hộ gia đình", "retirement-allowance": "Trợ cấp một lần khi nghỉ hưu",
        "monthly-allowance": "Trợ cấp hằng tháng khi chưa có lương hưu",
        "maternity-voluntary": "Trợ cấp thai sản tự nguyện", "social-pension": "Trợ cấp hưu trí xã hội",
        "deadline": "Thời hạn theo luật",
    ]

    /// An output as a screen names it.
    public static func words(ofOutput name: String) -> String { outputWords[name] ?? name }

    private static let outputWords = [
        "monthly": "mức đóng một tháng", "total": "tổng số", "supportPercent": "tỷ lệ hỗ trợ",
        "supportPerMonth": "hỗ trợ một tháng", "support": "Nhà nước hỗ trợ", "localSupport": "địa phương hỗ trợ",
        "payable": "người tham gia đóng", "due": "hạn đóng", "supportMonthsLeft": "số tháng còn được hỗ trợ",
        "monthsLeft": "số tháng còn lại", "paidForMonthsLeft": "đã đóng cho các tháng còn lại",
        "supportOfMonthsLeft": "hỗ trợ của các tháng còn lại",
        "refund": "hoàn trả", "base": "căn cứ đóng", "employeeRetirement": "người lao động, hưu trí",
        "employeeHealth": "người lao động, BHYT", "employeeUnemployment": "người lao động, BHTN",
        "employeeTotal": "người lao động, cộng", "employerSickness": "đơn vị, ốm đau thai sản",
        "employerRetirement": "đơn vị, hưu trí", "employerAccident": "đơn vị, TNLĐ-BNN",
        "employerHealth": "đơn vị, BHYT", "employerUnemployment": "đơn vị, BHTN", "employerTotal": "đơn vị, cộng",
        "selfSickness": "tự đóng, ốm đau thai sản", "selfRetirement": "tự đóng, hưu trí", "selfHealth": "tự đóng, BHYT",
        "selfTotal": "tự đóng, cộng", "unemploymentBase": "căn cứ đóng BHTN", "deadline": "hạn đóng",
        "deadlineIfMoved": "hạn nếu được dời", "lateFrom": "chậm từ ngày", "lateDays": "số ngày chậm",
        "evasionFrom": "trốn đóng tính từ ngày",
        "becomesEvasionOn": "thành trốn đóng từ ngày",
        "evasionDays": "số ngày trốn đóng", "status": "xếp loại", "interest": "tiền chậm đóng",
        "age": "tuổi nghỉ hưu", "ageMonths": "tuổi nghỉ hưu (tháng)", "reachedOn": "ngày đủ tuổi",
        "ratePercent": "tỷ lệ hưởng", "amount": "mức hưởng", "raisedToMinimum": "nâng lên mức thấp nhất",
        "from": "từ", "to": "đến", "warning": "cảnh cáo", "entitled": "được hưởng", "scheme": "loại hình",
        "ground": "căn cứ", "years": "số năm", "months": "số tháng", "contract": "hợp đồng làm căn cứ",
        "company": "nơi tham gia",
        "otherEmployersAccident": "đơn vị khác, TNLĐ-BNN", "first": "người thứ nhất", "last": "người cuối cùng",
        "yearsToAge": "số năm cao hơn đến tuổi nghỉ hưu", "yearsAfterAge": "số năm cao hơn sau tuổi nghỉ hưu",
        "allowance": "trợ cấp một lần khi nghỉ hưu", "pensionFrom": "tháng đầu hưởng lương hưu",
        "monthsPaid": "số tháng được hưởng", "missing": "số tiền còn thiếu", "monthlyInCity": "theo mức của thành phố",
        "criminalWarning": "có thể đến giới hạn hình sự", "limitationTo": "thời hiệu đến ngày",
        "outOfTime": "hết thời hiệu",
        "day": "ngày", "calendarDay": "ngày theo lịch", "dayIfMoved": "ngày nếu được dời",
        "skippedDays": "số ngày nghỉ không tính", "provisional": "tạm tính", "unsettled": "căn cứ chưa có thứ tự",
        "decree": "căn cứ pháp lý", "refusal": "lý do không được hưởng",
    ]
}
