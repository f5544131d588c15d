import Components
import Kernel
import Legislation

/// The pension, what is paid once at retirement, and the last months that are missing for one.
extension Portal {
    func pensionPage(_ given: Typed, _ today: Day) -> Answer {
        calculator(.pension, Self.pensionFields(today), given, today) { typed in
            if typed["dadong"].isEmpty { typed.refuse("dadong", "Hãy nhập số tháng đã đóng") }
            let months = typed.count("dadong", "Số tháng đã đóng", in: 0...1_000, or: 0)
            let average = typed.dong("binhquan", "mức bình quân làm căn cứ đóng", most: Typed.mostDongMonthly)
            let on = typed.day("ngay", "Ngày nghỉ hưu") ?? today
            let last = typed.dong("cancu", "căn cứ đóng tháng cuối", isNeeded: false, most: Typed.mostDongMonthly)
            let scheme = Scheme(rawValue: typed["loai"]) ?? .compulsory
            let early = typed.count("som", "Số tháng nghỉ sớm", in: 0...240, or: 0)
            let compulsory = typed.count("batbuoc", "Số tháng đóng bắt buộc", in: 0...1_000)
            let after = typed.count("sautuoi", "Số tháng đóng sau tuổi nghỉ hưu", in: 0...600, or: 0)
            let incapacity = typed.count("suygiam", "Mức suy giảm", in: 0...100)
            let first = typed.month("tudau", "Tháng đầu tiên đóng BHXH", years: 1950...2100)
            guard typed.problems.isEmpty, let months, let average else { return nil }
            let about =
                "\(typed.sex.words), đã đóng \(months) tháng, bình quân \(Dong(average).vietnamese), nghỉ từ \(on.vietnamese)"
            if let last, scheme == .compulsory, let short = missing(months, last, on) {
                return Self.missing(short, about: about)
            }
            let answer = ask(
                "pension",
                [
                    "sex": typed.sex.rawValue, "monthsContributed": months, "averageIncome": average,
                    "on": on.description, "scheme": scheme.rawValue, "monthsEarly": early,
                    "compulsoryMonths": compulsory, "incapacityPercent": incapacity,
                    "hardWork": typed.isYes("nangnhoc"), "monthsAfterAge": after,
                    "group": typed["nhom"].isEmpty ? "a" : typed["nhom"], "firstContributed": first?.description,
                ],
                from: [
                    "monthsContributed": "dadong", "averageIncome": "binhquan", "monthsEarly": "som",
                    "compulsoryMonths": "batbuoc", "incapacityPercent": "suygiam", "monthsAfterAge": "sautuoi",
                    "on": "ngay",
                ], &typed)
            return answer.map { Self.pension($0, about: about) }
        }
    }

    private static func pension(_ answer: Calculation.Answer, about: String) -> LawPage.Result {
        var result = LawPage.Result(
            "Lương hưu mỗi tháng \((answer.dong("amount") ?? .zero).vietnamese)", of: answer, about: about,
            figures: [
                .init(label: "tỷ lệ hưởng", value: "\(answer.number("ratePercent")) %"),
                .init(label: "số năm tính tỷ lệ", value: answer.number("years")),
            ])
        if let once = answer.dong("allowance"), once > .zero {
            result.figures.append(.init(label: "trợ cấp một lần khi nghỉ hưu", value: once.vietnamese))
        }
        if answer.isTrue("raisedToMinimum") {
            result.remarks.append("Lương hưu tính được thấp hơn mức thấp nhất: được nâng lên bằng mức tham chiếu.")
        }
        result.remarks.append(
            "Mức bình quân là bình quân tiền lương, thu nhập làm căn cứ đóng, đã điều chỉnh theo hệ số hằng năm; cơ quan BHXH tính."
        )
        return result
    }

    /// - Returns: nil where no months are missing, or too many to be paid at once.
    private func missing(_ months: Int, _ base: Int, _ on: Day) -> Calculation.Answer? {
        try? answer("missing-months", ["base": base, "on": on.description, "monthsContributed": months])
    }

    private static func missing(_ answer: Calculation.Answer, about: String) -> LawPage.Result {
        let months = answer.count("months") ?? 0
        var result = LawPage.Result(
            "Còn thiếu \(months) tháng: đóng một lần \((answer.dong("amount") ?? .zero).vietnamese)", of: answer,
            about: about, figures: [.init(label: "mỗi tháng", value: answer.dong("monthly")?.vietnamese ?? "–")])
        result.remarks = [
            "Đóng tiếp những tháng còn thiếu sau khi nghỉ việc, vào quỹ hưu trí và tử tuất, cả phần của người sử dụng lao động. Đóng đủ rồi nhập lại số tháng để xem lương hưu."
        ]
        return result
    }

    private static func pensionFields(_ today: Day) -> [Field] {
        let points = Coverage.Ground.allCases.filter { $0 != .voluntary }.map {
            Field.Option($0.rawValue, $0 == .foreigner ? "Người nước ngoài (khoản 2)" : "Điểm \($0.rawValue)")
        }
        return [
            Field("dadong", "Đã đóng BHXH bao nhiêu tháng", kind: .code, hint: "Cả hai loại hình; 15 năm là 180 tháng"),
            Field("binhquan", "Mức bình quân làm căn cứ đóng, mỗi tháng", hint: "Ví dụ 7.000.000"),
            .sex(),
            Field(
                "loai", "Loại hình khi nghỉ hưu",
                kind: .select([
                    .init("compulsory", Scheme.compulsory.title), .init("voluntary", Scheme.voluntary.title),
                ])
            ),
            Field(
                "batbuoc", "Trong đó đóng BHXH bắt buộc bao nhiêu tháng", kind: .code,
                hint: "Để trống nếu chỉ có một loại hình", required: false),
            Field("sautuoi", "Trong đó đóng sau khi đủ tuổi nghỉ hưu", kind: .code, value: "0", required: false),
            Field("som", "Nghỉ trước tuổi bao nhiêu tháng", kind: .code, value: "0", required: false),
            Field(
                "suygiam", "Suy giảm khả năng lao động, %", kind: .code, hint: "Chỉ khi nghỉ trước tuổi",
                required: false
            ),
            .question("nangnhoc", "Từ đủ 15 năm làm việc đặc biệt nặng nhọc, độc hại, nguy hiểm"),
            Field(
                "nhom", "Tham gia theo điểm nào của khoản 1 Điều 2", kind: .select(points),
                hint: "Quyết định có mức lương hưu thấp nhất hay không"),
            Field(
                "tudau", "Tháng đầu tiên đóng BHXH", hint: "Ví dụ 5/1998; để trống: tính lùi từ số tháng đã đóng",
                required: false),
            Field(
                "cancu", "Căn cứ đóng tháng cuối trước khi nghỉ việc",
                hint: "Khi còn thiếu không quá 6 tháng: tính số tiền đóng một lần", required: false),
            Field("ngay", "Nghỉ hưu từ ngày", value: today.vietnamese, required: false),
        ]
    }
}
