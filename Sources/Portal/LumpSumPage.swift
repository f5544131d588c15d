import Components
import Kernel
import Legislation

/// A one-off withdrawal: whether, and how much.
extension Portal {
    func lumpSumPage(_ given: Typed, _ today: Day) -> Answer {
        calculator(.lumpSum, Self.lumpSumFields(today), given, today) { typed in
            if typed["tu2014"].isEmpty { typed.refuse("tu2014", "Hãy nhập số tháng đã đóng từ năm 2014") }
            let later = typed.count("tu2014", "Số tháng từ năm 2014", in: 0...1_000, or: 0)
            let average = typed.dong("binhquan", "mức bình quân làm căn cứ đóng", most: Typed.mostDongMonthly)
            let before = typed.count("truoc2014", "Số tháng trước năm 2014", in: 0...1_000, or: 0)
            let support = typed.dong("hotro", "số tiền đã được hỗ trợ", isNeeded: false)
            let first = typed.month("tudau", "Tháng đầu tiên đóng BHXH", years: 1950...2100)
            let out = typed.count("nghi", "Số tháng đã nghỉ đóng", in: 0...1_000)
            let on = typed.day("ngay", "Ngày đề nghị") ?? today
            if later == 0, before == 0, !typed["tu2014"].isEmpty {
                typed.refuse("tu2014", "Chưa đóng tháng nào thì không có gì để rút")
            }
            let reason = LumpSum.Reason(rawValue: typed["lydo"]) ?? .age
            guard let later, let before, let average,
                let answer = ask(
                    "lump-sum",
                    [
                        "monthsBefore2014": before, "monthsFrom2014": later, "averageIncome": average,
                        "on": on.description, "supportReceived": support, "reason": reason.rawValue,
                        "scheme": typed["loai"].isEmpty ? Scheme.compulsory.rawValue : typed["loai"],
                        "firstContributed": first?.description, "monthsOut": out,
                    ],
                    from: [
                        "monthsBefore2014": "truoc2014", "monthsFrom2014": "tu2014", "averageIncome": "binhquan",
                        "supportReceived": "hotro", "on": "ngay", "firstContributed": "tudau", "monthsOut": "nghi",
                        "reason": "lydo",
                    ], &typed)
            else { return nil }
            let isEntitled = answer.isTrue("entitled")
            var result = LawPage.Result(
                isEntitled
                    ? "Rút một lần được khoảng \((answer.dong("amount") ?? .zero).vietnamese)"
                    : "Chưa đủ điều kiện rút một lần", of: answer,
                about:
                    "đã đóng \(before + later) tháng, bình quân \(Dong(average).vietnamese), lý do: \(Self.words(reason).lowercased())"
            )
            result.remarks = answer.text("refusal").map { [$0.prefix(1).uppercased() + $0.dropFirst() + "."] } ?? []
            result.remarks.append(
                "Rút một lần là mất thời gian đã đóng: không còn lương hưu và thẻ bảo hiểm y tế của người nghỉ hưu cho thời gian đó."
            )
            return result
        }
    }

    private static func words(_ reason: LumpSum.Reason) -> String {
        switch reason {
        case .age: "Đủ tuổi nghỉ hưu mà chưa đủ 15 năm đóng"
        case .abroad: "Ra nước ngoài định cư"
        case .illness: "Bệnh hiểm nghèo theo danh mục"
        case .disability: "Suy giảm khả năng lao động, khuyết tật đặc biệt nặng"
        case .out: "Nghỉ đóng 12 tháng, đã đóng từ trước 01/07/2025"
        case .discharged: "Quân nhân, công an xuất ngũ, thôi việc"
        }
    }

    private static func lumpSumFields(_ today: Day) -> [Field] {
        [
            Field("tu2014", "Đã đóng bao nhiêu tháng từ năm 2014", kind: .code, hint: "Ví dụ 75"),
            Field("binhquan", "Mức bình quân làm căn cứ đóng, mỗi tháng", hint: "Ví dụ 5.000.000"),
            Field("truoc2014", "Trước năm 2014, số tháng", kind: .code, value: "0", required: false),
            Field(
                "lydo", "Vì sao rút", kind: .select(LumpSum.Reason.allCases.map { .init($0.rawValue, words($0)) })),
            Field(
                "loai", "Loại hình",
                kind: .select([
                    .init("compulsory", Scheme.compulsory.title), .init("voluntary", Scheme.voluntary.title),
                ])
            ),
            Field(
                "hotro", "Số tiền Nhà nước đã hỗ trợ đóng tự nguyện", hint: "Được trừ lại; để trống nếu không có",
                required: false),
            Field("tudau", "Tháng đầu tiên đóng BHXH", hint: "Khi nghỉ đóng 12 tháng; ví dụ 3/2019", required: false),
            Field("nghi", "Đã nghỉ đóng bao nhiêu tháng", kind: .code, required: false),
            Field("ngay", "Đề nghị vào ngày", value: today.vietnamese, required: false),
        ]
    }
}
