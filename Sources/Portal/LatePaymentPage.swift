import Components
import Kernel
import Legislation

/// From which day a payment is late or evaded, and what is paid on top.
extension Portal {
    func latePage(_ given: Typed, _ today: Day) -> Answer {
        calculator(.late, Self.lateFields(today), given, today) { typed in
            let amount = typed.dong("sotien", "số tiền chậm đóng")
            let kind = LatePayment.Kind(rawValue: typed["loai"]) ?? .unpaid
            if kind != .unregistered, typed["thang"].isEmpty { typed.refuse("thang", "Hãy nhập tháng phải đóng") }
            let month = kind == .unregistered ? nil : typed.month("thang", "Tháng phải đóng")
            let subject = typed.day("tungay", "Ngày thuộc diện tham gia")
            let reminded = typed.day("dondoc", "Ngày văn bản đôn đốc")
            let paid = typed.day("danop", "Ngày đã nộp")
            let asOf = typed.day("denngay", "Tính đến ngày") ?? today
            if let month, let paid, paid < month.firstDay {
                typed.refuse("danop", "Ngày đã nộp \(paid.vietnamese) ở trước tháng phải đóng \(month.vietnamese)")
            }
            if kind == .unregistered, let subject, let paid, paid < subject {
                typed.refuse("danop", "Ngày đã nộp \(paid.vietnamese) ở trước ngày thuộc diện tham gia")
            }
            guard let amount,
                let answer = ask(
                    "late-payment",
                    [
                        "kind": kind.rawValue, "amount": amount, "asOf": asOf.description, "month": month?.description,
                        "subjectFrom": subject?.description, "remindedOn": reminded?.description,
                        "paidOn": paid?.description, "excused": typed.isYes("batkhakhang"),
                    ], from: ["amount": "sotien", "month": "thang", "subjectFrom": "tungay", "asOf": "denngay"], &typed)
            else { return nil }
            let when =
                month.map { "tháng \($0.vietnamese)" }
                ?? subject.map { "người thuộc diện tham gia từ \($0.vietnamese)" } ?? ""
            return lateResult(
                answer, about: "\(Dong(amount).vietnamese) của \(when), tính đến \(asOf.vietnamese)")
        }
    }

    private func lateResult(_ answer: Calculation.Answer, about: String) -> LawPage.Result {
        let (days, interest) = (answer.count("lateDays") ?? 0, answer.dong("interest") ?? .zero)
        let status = answer.text("status").flatMap { LatePayment.Status(rawValue: $0) }
        let (becomes, counted) = (answer.day("becomesEvasionOn"), answer.day("evasionFrom"))
        var result = LawPage.Result(
            days == 0 ? "Không chậm" : "Chậm \(days) ngày, nộp thêm \(interest.vietnamese)", of: answer, about: about,
            figures: [
                .init(label: "hạn", value: answer.day("deadline")?.vietnamese ?? "–"),
                .init(label: "trạng thái đề xuất", value: status?.words ?? "–"),
                .init(
                    label: becomes == nil ? "chưa có ngày thành trốn đóng" : "thành trốn đóng từ ngày",
                    value: becomes?.vietnamese ?? "–"),
            ])
        if let counted, counted != becomes {
            result.figures.append(.init(label: "số ngày trốn đóng tính từ", value: counted.vietnamese))
        }
        if let moved = answer.day("deadlineIfMoved") {
            result.remarks.append(
                "Ngày cuối của hạn là ngày nghỉ, chưa có văn bản nói có dời hay không: tính theo ngày sớm hơn. Nếu được dời, hạn là \(moved.vietnamese)."
            )
        }
        result.remarks.append("Hệ thống chỉ đề xuất trạng thái; Giám đốc cơ quan BHXH trực tiếp quản lý quyết định.")
        return result
    }

    private static func lateFields(_ today: Day) -> [Field] {
        [
            Field("sotien", "Số tiền phải đóng, cả hai phần", hint: "Ví dụ 25.000.000"),
            Field(
                "thang", "Tháng phải đóng",
                hint: "Ví dụ 9/2026; đóng theo 3 hoặc 6 tháng: tháng cuối của kỳ; chưa đăng ký thì để trống"),
            Field(
                "loai", "Việc chưa làm",
                kind: .select([
                    .init("unpaid", "Đã đăng ký nhưng chưa đóng"),
                    .init("unregistered", "Chưa đăng ký cho người lao động"),
                    .init("underdeclared", "Đăng ký tiền lương thấp hơn quy định"),
                ])),
            Field(
                "tungay", "Ngày người lao động thuộc diện tham gia", hint: "Chỉ khi chưa đăng ký; ví dụ 15/03/2026",
                required: false),
            Field("dondoc", "Ngày của văn bản đôn đốc", hint: "Để trống nếu chưa có", required: false),
            Field("danop", "Ngày đã nộp", hint: "Để trống nếu chưa nộp", required: false),
            Field("denngay", "Tính đến ngày", value: today.vietnamese, required: false),
            .question("batkhakhang", "Có căn cứ bất khả kháng được công bố"),
        ]
    }
}
