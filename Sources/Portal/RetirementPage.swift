import Components
import Kernel
import Legislation

/// The day somebody reaches the age of retirement, and the first month of the pension.
extension Portal {
    func retirementPage(_ given: Typed, _ today: Day) -> Answer {
        let fields = [
            Field(
                "ngaysinh", "Ngày sinh", hint: "Ví dụ 15/03/1965; không nhớ ngày thì chỉ nhập năm",
                autocomplete: "bday"),
            .sex(),
            Field(
                "tunguyen", "Tháng đầu tiên đóng BHXH tự nguyện",
                hint: "Ai tham gia trước năm 2021 và đóng từ đủ 20 năm có tuổi khác; ví dụ 6/2010", required: false),
            Field("thangtunguyen", "Số tháng đã đóng tự nguyện", kind: .code, required: false),
            Field(
                "dongden", "Tháng cuối cùng còn đóng sau khi đủ tuổi", hint: "Để trống nếu không đóng tiếp",
                required: false),
            Field(
                "dongbu", "Ngày đóng một lần cho những năm còn thiếu", hint: "Để trống nếu không thiếu", required: false
            ),
        ]
        return calculator(.retirement, fields, given, today) { typed in
            let birth = typed.birth("ngaysinh", by: today)
            let since = typed.month("tunguyen", "Tháng đầu tiên đóng BHXH tự nguyện", years: 2000...2100)
            let voluntary = typed.count("thangtunguyen", "Số tháng đã đóng tự nguyện", in: 0...600)
            if (since == nil) != (voluntary == nil), typed.problems.isEmpty {
                typed.refuse(
                    since == nil ? "tunguyen" : "thangtunguyen",
                    "Cần cả tháng đầu tiên và số tháng đã đóng tự nguyện, hoặc để trống cả hai")
            }
            let until = typed.month("dongden", "Tháng cuối cùng còn đóng", years: 1990...2100)
            let missing = typed.day("dongbu", "Ngày đóng cho những năm còn thiếu")
            guard let birth,
                let answer = ask(
                    "retirement-age",
                    [
                        "sex": typed.sex.rawValue, "birth": birth.iso, "voluntarySince": since?.description,
                        "voluntaryMonths": voluntary, "paidUntil": until?.description,
                        "missingPaidOn": missing?.description,
                    ], from: ["birth": "ngaysinh", "voluntaryMonths": "thangtunguyen"], &typed),
                let reached = answer.day("reachedOn"), let age = answer.count("ageMonths")
            else { return nil }
            let words = RetirementAge.words(months: age)
            var result = LawPage.Result(
                "Bạn \(words) vào ngày \(reached.vietnamese)", of: answer,
                about: "\(typed.sex.words), sinh \(birth.words)",
                figures: [
                    .init(label: "tuổi nghỉ hưu", value: words.replacing("đủ ", with: "")),
                    .init(
                        label: reached > today ? "còn lại" : "đã đủ tuổi từ", value: Self.span(today, reached)),
                    .init(
                        label: "tháng đầu hưởng lương hưu, nếu đủ năm đóng",
                        value: answer.day("pensionFrom").map { Month(of: $0).vietnamese } ?? "–"),
                ])
            if !birth.isWhole {
                result.remarks = [
                    "Thiếu ngày hoặc tháng sinh: tính từ ngày \(birth.day.vietnamese) (Nghị định 158/2025/NĐ-CP, Điều 12)."
                ]
            }
            return result
        }
    }

    private static func span(_ today: Day, _ day: Day) -> String {
        guard day > today else { return day.vietnamese }
        let months = Month(of: today).months(to: Month(of: day))
        return months >= 12 ? "\(months / 12) năm \(months % 12) tháng" : "\(months) tháng"
    }
}
