import Components
import Kernel
import Legislation

/// A household's health insurance.
extension Portal {
    func householdPage(_ given: Typed, _ today: Day) -> Answer {
        let fields = [
            Field("nguoi", "Số người trong hộ cùng tham gia", kind: .code, hint: "Ví dụ 4"),
            Field(
                "kydong", "Đóng mỗi lần cho",
                kind: .select([.init("12", "12 tháng"), .init("6", "6 tháng"), .init("3", "3 tháng")])),
            Field("thang", "Từ tháng", value: Month(of: today).vietnamese, required: false),
        ]
        return calculator(.household, fields, given, today) { typed in
            if typed["nguoi"].isEmpty { typed.refuse("nguoi", "Hãy nhập số người") }
            let members = typed.count("nguoi", "Số người", in: 1...50, or: 1)
            let months = Int(typed["kydong"]) ?? 12
            guard let members, let start = typed.month("thang", "Từ tháng", or: Month(of: today)),
                let answer = ask(
                    "household-health-insurance",
                    ["members": members, "months": months, "start": start.description],
                    from: ["members": "nguoi", "months": "kydong", "start": "thang"], &typed)
            else { return nil }
            var result = LawPage.Result(
                "Cả hộ đóng \((answer.dong("total") ?? .zero).vietnamese)", of: answer,
                about: "\(members) người, \(months) tháng từ tháng \(start.vietnamese)",
                figures: [.init(label: "người thứ nhất", value: answer.dong("first")?.vietnamese ?? "–")])
            if members > 1 {
                result.figures.append(
                    .init(label: "người cuối cùng", value: answer.dong("last")?.vietnamese ?? "–"))
            }
            return result
        }
    }
}
