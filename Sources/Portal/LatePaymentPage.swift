import Components
import Kernel
import Legislation

/// From which day a payment is late or evaded, and what is paid on top.
extension Portal {
    func latePage(_ given: Typed, _ today: Day) -> Answer {
        var typed = given
        var result: LawPage.Result?
        if !typed.isEmpty {
            let amount = typed.dong("sotien", "số tiền chậm đóng")
            let kind = LatePayment.Kind(rawValue: typed["loai"]) ?? .unpaid
            if kind != .unregistered, typed["thang"].isEmpty { typed.refuse("thang", "Hãy nhập tháng phải đóng") }
            let month = kind == .unregistered ? nil : typed.month("thang", or: Month(of: today))
            let subject = typed.day("tungay", "Ngày thuộc diện tham gia")
            let reminded = typed.day("dondoc", "Ngày văn bản đôn đốc")
            let paid = typed.day("danop", "Ngày đã nộp")
            let asOf = typed.day("denngay", "Tính đến ngày") ?? today
            if typed.problems.isEmpty, let amount {
                var trace = Trace()
                do {
                    let late = try LatePayment(
                        .init(
                            kind: kind, amount: amount, asOf: asOf, month: month, cadence: nil, subjectFrom: subject,
                            remindedOn: reminded, paidOn: paid, excused: typed["batkhakhang"] == "co"), table,
                        trace: &trace)
                    var found = LawPage.Result(
                        headline: late.lateDays == 0
                            ? "Không chậm" : "Chậm \(late.lateDays) ngày, nộp thêm \(late.interest.vietnamese)")
                    found.figures = [
                        .init(label: "hạn", value: late.deadline.vietnamese),
                        .init(label: "trạng thái đề xuất", value: late.status.words),
                        .init(
                            label: late.evasionFrom == nil
                                ? "chưa có ngày bắt đầu trốn đóng" : "bắt đầu tính trốn đóng",
                            value: late.evasionFrom?.vietnamese ?? "–"),
                    ]
                    found.remarks = [
                        "Hệ thống chỉ đề xuất trạng thái; Giám đốc cơ quan BHXH trực tiếp quản lý quyết định."
                    ]
                    found.steps = trace.steps
                    found.used = late.used
                    result = found
                } catch let error as LegislationError {
                    typed.refuse(
                        Self.field(of: error, ["amount": "sotien", "month": "thang", "subjectFrom": "tungay"]),
                        Self.words(error))
                } catch {
                    typed.refuse("sotien", "Không tính được với những gì đã nhập.")
                }
            }
        }
        let page = LawPage(
            .late, lead: "Từ ngày nào là chậm đóng, từ ngày nào là trốn đóng, phải nộp thêm bao nhiêu.",
            fields: [
                Field("sotien", "Số tiền phải đóng, cả hai phần", hint: "Ví dụ 25.000.000"),
                Field(
                    "thang", "Tháng phải đóng",
                    hint: "Ví dụ 9/2026; đóng theo 3 hoặc 6 tháng: tháng cuối của kỳ; không cần khi chưa đăng ký",
                    required: false),
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
                Field(
                    "batkhakhang", "Có căn cứ bất khả kháng được công bố",
                    kind: .select([.init("khong", "Không"), .init("co", "Có")])),
                Field("lienhe", "Dòng liên hệ in trên tờ rơi", required: false),
            ], typed: typed, result: result, portal: self, today: today)
        return Answer(title: Subject.late.title, page: page, isRefused: page.hasProblems)
    }
}
