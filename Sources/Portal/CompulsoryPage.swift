import Components
import Kernel
import Legislation

/// What is paid each month where insurance is compulsory, and by whom.
extension Portal {
    func compulsoryPage(_ given: Typed, _ today: Day) -> Answer {
        calculator(.compulsory, Self.compulsoryFields(today), given, today) { typed in
            let group = CompulsoryGroup(rawValue: typed["nhom"]) ?? .employee
            let salary = typed.dong(
                "luong", "tiền lương làm căn cứ đóng", isNeeded: group != .conscript, most: Typed.mostDongMonthly)
            let month = typed.month("thang", "Tháng", or: Month(of: today))
            let unpaid = typed.count("nghi", "Số ngày nghỉ không lương", in: 0...31, or: 0)
            let working = typed.count("ngaylam", "Số ngày làm việc của tháng", in: 1...31)
            let paid = typed.count("ngaytra", "Số ngày được trả lương", in: 0...31)
            let last = typed.dong("cancu", "căn cứ đóng tháng gần nhất", isNeeded: false, most: Typed.mostDongMonthly)
            let contract = typed.count("hopdong", "Thời hạn hợp đồng", in: 1...600)
            let year = typed.count("namphucvu", "Năm phục vụ", in: 1...20, or: 1)
            guard let month,
                let answer = ask(
                    "compulsory-contribution",
                    [
                        "salary": salary, "month": month.description, "group": group.rawValue,
                        "region": typed["vung"].isEmpty ? "I" : typed["vung"],
                        // The days paid say it too, and more exactly.
                        "unpaidDays": paid == nil ? unpaid : nil, "workingDays": working, "paidDays": paid,
                        "agreedToPay": typed.isYes("thoathuan"), "lastBase": last,
                        "firstMonthSick": typed.isYes("omdau"), "stateSalary": typed.isYes("bangluong"),
                        "contractMonths": contract, "serviceYear": year,
                    ],
                    from: [
                        "salary": "luong", "region": "vung", "unpaidDays": "nghi", "workingDays": "ngaylam",
                        "paidDays": "ngaytra", "lastBase": "cancu", "serviceYear": "namphucvu", "month": "thang",
                        "contractMonths": "hopdong",
                    ], &typed)
            else { return nil }
            let wage = salary.map { "mức \(Dong($0).vietnamese), " } ?? ""
            var result = Self.bill(answer, about: "\(group.words), \(wage)tháng \(month.vietnamese)")
            if let salary, let base = answer.dong("base"), base > .zero, base.amount != salary,
                !typed.isYes("thoathuan"), !result.figures.isEmpty
            {
                result.remarks = [
                    salary < base.amount
                        ? "Mức đã nhập thấp hơn mức thấp nhất làm căn cứ đóng: tính theo \(base.vietnamese)."
                        : "Mức đã nhập cao hơn mức cao nhất làm căn cứ đóng: tính theo \(base.vietnamese)."
                ]
            }
            return result
        }
    }

    private static func compulsoryFields(_ today: Day) -> [Field] {
        [
            Field(
                "luong", "Tiền lương hoặc mức chọn làm căn cứ đóng, mỗi tháng",
                hint: "Ví dụ 8.000.000; hạ sĩ quan, binh sĩ để trống thì tính theo năm phục vụ"),
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
            .question(
                "bangluong", "Hưởng lương theo thang, bảng lương của Nhà nước",
                hint: "Trần bảo hiểm thất nghiệp tính khác"),
            Field(
                "hopdong", "Thời hạn hợp đồng, số tháng", kind: .code, hint: "Để trống nếu không xác định thời hạn",
                required: false),
            Field("nghi", "Số ngày làm việc không hưởng lương trong tháng", kind: .code, value: "0", required: false),
            Field(
                "ngaytra", "Vào làm hoặc nghỉ giữa tháng: số ngày được trả lương", kind: .code,
                hint: "Thay cho số ngày không hưởng lương", required: false),
            Field("ngaylam", "Số ngày làm việc của tháng đó", kind: .code, required: false),
            .question("thoathuan", "Hai bên thỏa thuận đóng cho tháng không hưởng lương"),
            Field("cancu", "Căn cứ đóng tháng gần nhất, khi có thỏa thuận", required: false),
            .question("omdau", "Ốm đau ngay tháng đầu làm việc hoặc trở lại làm việc"),
            Field("namphucvu", "Năm phục vụ thứ mấy của hạ sĩ quan, binh sĩ", kind: .code, value: "1", required: false),
            Field("thang", "Tháng", value: Month(of: today).vietnamese, required: false),
        ]
    }

    private static func bill(_ answer: Calculation.Answer, about: String) -> LawPage.Result {
        let total = answer.dong("total") ?? .zero
        var result = LawPage.Result(
            total == .zero ? "Tháng này không phải đóng" : "Tổng cộng mỗi tháng \(total.vietnamese)", of: answer,
            about: about)
        // Of a month that is not due the reason is told, and not what it would be paid by.
        guard total > .zero else {
            result.remarks = answer.steps.filter { $0.amount == nil }.map {
                "\($0.label): \($0.working)\($0.result == "–" ? "" : ", \($0.result)") (\($0.article))."
            }
            return result
        }
        for (output, label) in [
            ("employeeTotal", "người lao động đóng"), ("employerTotal", "người sử dụng lao động đóng"),
            ("selfTotal", "người tham gia tự đóng"), ("base", "căn cứ đóng"),
        ] {
            guard let amount = answer.dong(output), amount > .zero else { continue }
            result.figures.append(.init(label: label, value: amount.vietnamese))
        }
        return result
    }
}
