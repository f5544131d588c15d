import Components
import Kernel
import Legislation

/// What is paid each month where insurance is compulsory, and by whom.
extension Portal {
    func compulsoryPage(_ given: Typed, _ today: Day) -> Answer {
        var typed = given
        var result: LawPage.Result?
        if !typed.isEmpty {
            let salary = typed.dong("luong", "tiền lương làm căn cứ đóng")
            let month = typed.month("thang", or: Month(of: today))
            let unpaid = typed.count("nghi", "Số ngày nghỉ không lương", in: 0...31, or: 0)
            if let salary, let month, let unpaid {
                var trace = Trace()
                do {
                    let bill = try CompulsoryContribution(
                        .init(
                            salary: salary, month: month, group: CompulsoryGroup(rawValue: typed["nhom"]) ?? .employee,
                            region: typed["vung"].isEmpty ? "I" : typed["vung"], unpaidDays: unpaid), table,
                        trace: &trace)
                    result = Self.bill(bill, trace)
                } catch let error as LegislationError {
                    typed.refuse(
                        Self.field(of: error, ["salary": "luong", "region": "vung", "unpaidDays": "nghi"]),
                        Self.words(error))
                } catch {
                    typed.refuse("luong", "Không tính được với những gì đã nhập.")
                }
            }
        }
        let page = LawPage(
            .compulsory,
            lead: "Mỗi tháng người lao động, người sử dụng lao động hoặc chủ hộ kinh doanh đóng bao nhiêu.",
            fields: [
                Field("luong", "Tiền lương hoặc mức chọn làm căn cứ đóng, mỗi tháng", hint: "Ví dụ 8.000.000"),
                Field(
                    "nhom", "Bạn tính cho ai",
                    kind: .select(
                        CompulsoryGroup.allCases.map {
                            .init($0.rawValue, $0.words.prefix(1).uppercased() + $0.words.dropFirst())
                        })),
                Field(
                    "vung", "Vùng lương tối thiểu",
                    kind: .select(["I", "II", "III", "IV"].map { .init($0, "Vùng \($0)") }),
                    hint: "Chỉ để tính trần bảo hiểm thất nghiệp của người lao động"),
                Field(
                    "nghi", "Số ngày làm việc không hưởng lương trong tháng", kind: .code, value: "0", required: false),
                Field("thang", "Tháng", value: Month(of: today).vietnamese, required: false),
                Field("lienhe", "Dòng liên hệ in trên tờ rơi", required: false),
            ], typed: typed, result: result, portal: self, today: today)
        return Answer(
            title: Subject.compulsory.title, page: page, isRefused: page.hasProblems)
    }

    private static func bill(_ bill: CompulsoryContribution, _ trace: Trace) -> LawPage.Result {
        var result = LawPage.Result(headline: "Tổng cộng mỗi tháng \(bill.total.vietnamese)")
        for (payer, label) in [
            (CompulsoryContribution.Part.Payer.employee, "người lao động đóng"),
            (.employer, "người sử dụng lao động đóng"), (.own, "người tham gia tự đóng"),
        ] {
            let amount = bill.amount(payer)
            if amount > .zero { result.figures.append(.init(label: label, value: amount.vietnamese)) }
        }
        result.figures.append(.init(label: "căn cứ đóng", value: bill.base.vietnamese))
        result.steps = trace.steps
        result.used = bill.used
        return result
    }
}
