import Components
import Kernel
import Legislation

/// The maternity benefit of the voluntary scheme.
extension Portal {
    func maternityPage(_ given: Typed, _ today: Day) -> Answer {
        let fields = [
            Field("con", "Số con sinh ra", kind: .code, value: "1"),
            Field("thangdong", "Số tháng đã đóng trong 12 tháng trước khi sinh", kind: .code, hint: "Ví dụ 8"),
            Field("thai", "Số thai chết trong tử cung hoặc khi chuyển dạ", kind: .code, value: "0", required: false),
            Field("tuan", "Thai đó bao nhiêu tuần tuổi", kind: .code, required: false),
            .question("batbuoc", "Đủ điều kiện hưởng thai sản của BHXH bắt buộc"),
            .question("nguoikia", "Cha hoặc mẹ kia đã hưởng trợ cấp này"),
            Field("ngay", "Ngày sinh con", value: today.vietnamese, required: false),
        ]
        return calculator(.maternity, fields, given, today) { typed in
            if typed["thangdong"].isEmpty { typed.refuse("thangdong", "Hãy nhập số tháng đã đóng") }
            let children = typed.count("con", "Số con", in: 0...20, or: 1)
            let months = typed.count("thangdong", "Số tháng đã đóng", in: 0...12, or: 0)
            let stillborn = typed.count("thai", "Số thai", in: 0...20, or: 0)
            let weeks = typed.count("tuan", "Số tuần tuổi", in: 0...45)
            let on = typed.day("ngay", "Ngày sinh con") ?? today
            guard let children, let months, let stillborn,
                let answer = ask(
                    "maternity-voluntary",
                    [
                        "children": children, "monthsInLast12": months, "on": on.description, "stillborn": stillborn,
                        "weeks": weeks, "hasCompulsoryMaternity": typed.isYes("batbuoc"),
                        "otherParentDraws": typed.isYes("nguoikia"),
                    ], from: ["children": "con", "monthsInLast12": "thangdong", "weeks": "tuan", "on": "ngay"], &typed)
            else { return nil }
            let isEntitled = answer.isTrue("entitled")
            var result = LawPage.Result(
                isEntitled
                    ? "Trợ cấp thai sản \((answer.dong("amount") ?? .zero).vietnamese)"
                    : "Chưa được trợ cấp thai sản tự nguyện", of: answer,
                about: [children > 0 ? "\(children) con" : nil, stillborn > 0 ? "\(stillborn) thai chết" : nil]
                    .compactMap(\.self).joined(separator: ", ")
                    + ", đã đóng \(months) tháng trong 12 tháng trước khi sinh, ngày \(on.vietnamese)")
            result.remarks = answer.text("refusal").map { [$0.prefix(1).uppercased() + $0.dropFirst() + "."] } ?? []
            return result
        }
    }
}
