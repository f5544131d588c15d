import Components
import Kernel
import Legislation

/// The day somebody reaches the age of retirement.
extension Portal {
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
