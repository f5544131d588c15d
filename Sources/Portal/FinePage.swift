import Components
import Kernel
import Legislation

/// The range of a fine by the day of the act.
extension Portal {
    func finePage(_ given: Typed, _ today: Day) -> Answer {
        calculator(.fine, Self.fineFields(today), given, today) { typed in
            let act = Fine.Act(rawValue: typed["hanhvi"]) ?? .lateUnregistered
            let on = typed.day("ngay", "Ngày vi phạm") ?? today
            let until = typed.day("den", "Ngày kết thúc")
            let workers = typed.count("nguoi", "Số người lao động", in: 1...1_000_000)
            let amount = typed.dong("sotien", "số tiền", isNeeded: false)
            let books = typed.count("so", "Số sổ", in: 1...1_000_000)
            let recorded = typed.day("bienban", "Ngày lập biên bản")
            let months = typed.count("thang", "Số tháng trốn đóng", in: 0...600)
            let said = Fine.Offender(rawValue: typed["doituong"]) ?? .organisation
            // The list begins with organisations; some acts are of persons alone.
            let offender = act.isOfPerson && said == .organisation ? .individual : said
            guard
                let answer = ask(
                    "fine",
                    [
                        "act": act.rawValue, "on": on.description, "until": until?.description, "workers": workers,
                        "amount": amount, "books": books, "offender": offender.rawValue,
                        "recordedOn": recorded?.description, "months": months,
                        "finedBefore": typed["daphat"] == "co" ? true : typed["daphat"] == "khong" ? false : nil,
                    ],
                    from: [
                        "workers": "nguoi", "amount": "sotien", "books": "so", "until": "den", "recordedOn": "bienban",
                        "on": "ngay",
                    ], &typed)
            else { return nil }
            let when = until.map { "từ \(on.vietnamese) đến \($0.vietnamese)" } ?? "ngày \(on.vietnamese)"
            var result = Self.fine(answer, about: "\(act.words), \(Self.words(offender).lowercased()), \(when)")
            if offender != said {
                result.remarks.insert("Hành vi này chỉ của cá nhân: tính theo mức phạt cá nhân.", at: 0)
            }
            return result
        }
    }

    private static func fine(_ answer: Calculation.Answer, about: String) -> LawPage.Result {
        let (from, to) = (answer.dong("from") ?? .zero, answer.dong("to") ?? .zero)
        var result = LawPage.Result(
            answer.isTrue("warning")
                ? "Phạt cảnh cáo" : "Phạt từ \(VietnameseText.grouped(from.amount)) đến \(to.vietnamese)", of: answer,
            about: about, figures: [.init(label: "căn cứ", value: answer.text("decree") ?? "–")])
        if let limit = answer.day("limitationTo") {
            result.figures.append(.init(label: "thời hiệu xử phạt đến hết", value: limit.vietnamese))
        }
        if answer.isTrue("outOfTime") { result.remarks.append("Lập biên bản sau khi hết thời hiệu xử phạt.") }
        if answer.isTrue("criminalWarning") {
            result.remarks.append(
                "Cảnh báo: trốn đóng ở mức này có thể phải chuyển cơ quan điều tra (Bộ luật Hình sự, Điều 216). Đây là lời nhắc, không phải kết luận."
            )
        }
        result.remarks.append(
            "Đây là khung phạt tiền; mức cụ thể, tình tiết và biện pháp khắc phục hậu quả do người có thẩm quyền quyết định."
        )
        return result
    }

    private static func words(_ offender: Fine.Offender) -> String {
        switch offender {
        case .individual: "Cá nhân"
        case .householdBusiness: "Hộ kinh doanh"
        case .organisation: "Tổ chức"
        }
    }

    private static func fineFields(_ today: Day) -> [Field] {
        [
            Field(
                "hanhvi", "Hành vi",
                kind: .select(
                    Fine.Act.allCases.map {
                        .init($0.rawValue, $0.words.prefix(1).uppercased() + $0.words.dropFirst())
                    })),
            Field(
                "ngay", "Ngày vi phạm, hoặc ngày bắt đầu", hint: "Ví dụ 15/08/2026", value: today.vietnamese),
            Field(
                "den", "Ngày kết thúc, nếu hành vi kéo dài",
                hint: "Hành vi kéo dài áp dụng văn bản có hiệu lực ngày kết thúc", required: false),
            Field(
                "doituong", "Ai vi phạm",
                kind: .select(
                    [Fine.Offender.organisation, .individual, .householdBusiness].map {
                        .init($0.rawValue, words($0))
                    })),
            Field(
                "nguoi", "Số người lao động", kind: .code, hint: "Chưa được đăng ký, hoặc liên quan", required: false),
            Field(
                "sotien", "Số tiền chậm đóng, trốn đóng, chiếm giữ", hint: "Ví dụ 120.000.000", required: false),
            Field("so", "Số sổ bị cầm cố, mua bán", kind: .code, required: false),
            Field("bienban", "Ngày lập biên bản", hint: "Để xét thời hiệu", required: false),
            Field("thang", "Trốn đóng bao nhiêu tháng", kind: .code, hint: "Để xét giới hạn hình sự", required: false),
            Field(
                "daphat", "Đã bị xử phạt về hành vi này",
                kind: .select([.init("", "Chưa biết"), .init("co", "Đã bị"), .init("khong", "Chưa bị")])),
        ]
    }
}
