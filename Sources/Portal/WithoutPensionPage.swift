import Components
import Kernel
import Legislation

/// What who has no pension, or a small one, gets: the social pension, and before its age the monthly allowance from the own
/// contributions.
extension Portal {
    func withoutPensionPage(_ given: Typed, _ today: Day) -> Answer {
        calculator(.withoutPension, Self.withoutPensionFields(today), given, today) { typed in
            let birth = typed.birth("ngaysinh", by: today)
            let months = typed.count("dadong", "Số tháng đã đóng", in: 0...1_000, or: 0)
            let other = typed.dong(
                "danghuong", "lương hưu, trợ cấp đang hưởng", isNeeded: false, most: Typed.mostDongMonthly)
            let total = typed.dong("tong", "tổng số tiền", isNeeded: false)
            let on = typed.day("ngay", "Ngày xét") ?? today
            let isPoor = typed.isYes("ngheo")
            guard let birth, let months,
                let social = ask(
                    "social-pension",
                    [
                        "birth": birth.iso, "on": on.description, "poor": isPoor, "hasOtherPension": other != nil,
                        "otherPension": other,
                    ], from: ["birth": "ngaysinh", "otherPension": "danghuong", "on": "ngay"], &typed)
            else { return nil }
            let about =
                "\(typed.sex.words), sinh \(birth.words), đã đóng \(months) tháng"
                + (other.map { ", đang hưởng \(Dong($0).vietnamese)" } ?? "") + ", xét vào \(on.vietnamese)"
            var result = Self.social(social, about: about)
            // With a pension, or at the age of the social one, there is no allowance before it.
            guard months > 0, other == nil, !social.isTrue("entitled") else { return result }
            do {
                let allowance = try answer(
                    "monthly-allowance",
                    [
                        "sex": typed.sex.rawValue, "birth": birth.iso, "on": on.description,
                        "monthsContributed": months,
                        "total": total, "poor": isPoor,
                    ])
                Self.add(allowance, to: &result)
            } catch let error as LegislationError {
                result.remarks.append("Trợ cấp hằng tháng từ phần đã đóng (Điều 23): \(unknown(error))")
            } catch {
                result.remarks.append("Trợ cấp hằng tháng từ phần đã đóng (Điều 23): không tính được.")
            }
            return result
        }
    }

    /// The conditions are met, and the amount cannot be told.
    private func unknown(_ error: LegislationError) -> String {
        if case .noValue = error {
            return
                "đủ điều kiện, chưa tính được mức hưởng. \(words(error)) Nhập tổng số tiền do cơ quan BHXH tính để xem."
        }
        return words(error)
    }

    private static func social(_ answer: Calculation.Answer, about: String) -> LawPage.Result {
        let isEntitled = answer.isTrue("entitled")
        let from = answer.day("from")?.vietnamese ?? "–"
        let city = answer.dong("monthlyInCity")
        var result = LawPage.Result(
            isEntitled
                ? "Trợ cấp hưu trí xã hội mỗi tháng \((city ?? answer.dong("monthly") ?? .zero).vietnamese)"
                : "Chưa có trợ cấp hưu trí xã hội", of: answer, about: about,
            figures: [.init(label: "đủ tuổi hưởng hưu trí xã hội", value: from)])
        if isEntitled, let national = answer.dong("monthly"), let city, city != national {
            result.figures.append(.init(label: "theo mức chung cả nước", value: national.vietnamese))
            result.figures.append(.init(label: "theo mức của thành phố", value: city.vietnamese))
        }
        return result
    }

    private static func add(_ allowance: Calculation.Answer, to result: inout LawPage.Result) {
        result.add(allowance)
        let (from, to) = (allowance.day("from")?.vietnamese ?? "–", allowance.day("to")?.vietnamese ?? "–")
        guard allowance.isTrue("entitled") else {
            result.remarks.append(
                "Trợ cấp hằng tháng từ phần đã đóng (Điều 23): chưa đủ điều kiện; chỉ từ khi đủ tuổi nghỉ hưu (\(from)) đến trước tuổi hưu trí xã hội (\(to)), và khi chưa đủ năm đóng để có lương hưu."
            )
            return
        }
        let monthly = allowance.dong("monthly") ?? .zero
        result.headline = "Trợ cấp hằng tháng \(monthly.vietnamese)"
        result.figures.append(.init(label: "số tháng được hưởng", value: "\(allowance.count("monthsPaid") ?? 0)"))
        result.remarks.append(
            "Từ phần đã đóng (Điều 23), từ khi đủ tuổi nghỉ hưu \(from) đến trước tuổi hưu trí xã hội \(to).")
        if let missing = allowance.dong("missing"), missing > .zero {
            result.remarks.append(
                "Tổng số tiền không đủ cho cả thời gian: có thể đóng một lần thêm \(missing.vietnamese) để hưởng đến khi có hưu trí xã hội."
            )
        }
    }

    private static func withoutPensionFields(_ today: Day) -> [Field] {
        [
            Field(
                "ngaysinh", "Ngày sinh", hint: "Ví dụ 15/03/1951; không nhớ ngày thì chỉ nhập năm", autocomplete: "bday"
            ),
            Field(
                "dadong", "Đã đóng BHXH bao nhiêu tháng", kind: .code, hint: "Chưa đóng thì để 0", value: "0",
                required: false),
            .sex(),
            .question("ngheo", "Hộ nghèo, hộ cận nghèo"),
            Field(
                "danghuong", "Lương hưu, trợ cấp hằng tháng đang hưởng",
                hint: "Thấp hơn hưu trí xã hội thì được phần chênh lệch; để trống nếu không có", required: false),
            Field(
                "tong", "Tổng số tiền cơ quan BHXH tính từ phần đã đóng", hint: "Cho trợ cấp hằng tháng của Điều 23",
                required: false),
            Field("ngay", "Xét vào ngày", value: today.vietnamese, required: false),
        ]
    }
}
