import Components
import Kernel
import Legislation

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

    func retirementPage(_ given: Typed, _ today: Day) -> Answer {
        var typed = given
        var result: LawPage.Result?
        if !typed.isEmpty, let birth = typed.birth("ngaysinh", by: today) {
            var trace = Trace()
            do {
                let age = try RetirementAge(
                    .init(sex: typed["gioitinh"] == "nam" ? .male : .female, birth: birth), table, trace: &trace)
                let words = age.vietnamese
                var found = LawPage.Result(headline: "Bạn \(words) vào ngày \(age.reachedOn.vietnamese)")
                found.figures = [
                    .init(label: "tuổi nghỉ hưu", value: words.replacing("đủ ", with: "")),
                    .init(
                        label: age.reachedOn > today ? "còn lại" : "đã đủ tuổi từ",
                        value: Self.span(today, age.reachedOn)),
                ]
                if !birth.isWhole {
                    found.remarks = [
                        "Thiếu ngày hoặc tháng sinh: tính từ ngày \(age.birth.vietnamese) (Nghị định 158/2025/NĐ-CP, Điều 12)."
                    ]
                }
                found.steps = trace.steps
                found.used = age.used
                result = found
            } catch let error as LegislationError {
                typed.refuse("ngaysinh", Self.words(error))
            } catch {
                typed.refuse("ngaysinh", "Không tính được với ngày sinh này.")
            }
        }
        let page = LawPage(
            .retirement, lead: "Ngày bạn đủ tuổi nghỉ hưu trong điều kiện lao động bình thường.",
            fields: [
                Field(
                    "ngaysinh", "Ngày sinh", hint: "Ví dụ 15/03/1965; không nhớ ngày thì chỉ nhập năm",
                    autocomplete: "bday"),
                Field("gioitinh", "Giới tính", kind: .select([.init("nu", "Nữ"), .init("nam", "Nam")])),
                Field("lienhe", "Dòng liên hệ in trên tờ rơi", required: false),
            ], typed: typed, result: result, portal: self, today: today)
        return Answer(
            title: Subject.retirement.title, page: page, isRefused: page.hasProblems)
    }

    private static func span(_ today: Day, _ day: Day) -> String {
        guard day > today else { return day.vietnamese }
        let months = Month(of: today).months(to: Month(of: day))
        return months >= 12 ? "\(months / 12) năm \(months % 12) tháng" : "\(months) tháng"
    }
}
