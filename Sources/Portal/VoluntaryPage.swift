import Charts
import Components
import Kernel
import Legislation

extension Portal {
    func voluntaryPage(_ given: Typed, _ today: Day) -> Answer {
        let first = Month(of: today)
        let terms = try? VoluntaryTerms(table, on: today)
        let least = terms.map { VietnameseText.grouped($0.leastIncome.amount) } ?? ""
        return calculator(.voluntary, voluntaryFields(first, least: least), given, today) { typed in
            let birth = typed.birth("ngaysinh", by: today)
            let income = typed.dong("muc", "mức thu nhập chọn đóng")
            let start = typed.month("thang", "Bắt đầu đóng từ tháng", or: first)
            if let start, start < first {
                typed.refuse("thang", "Tháng \(start.vietnamese) đã qua; chọn từ tháng \(first.vietnamese)")
            }
            let months = typed.count("dadong", "Số tháng đã đóng", in: 0...600, or: 0)
            let supported = typed.count("dahotro", "Số tháng đã được hỗ trợ", in: 0...600, or: 0)
            let group = SupportGroup(rawValue: typed["doituong"]) ?? .other
            guard typed.problems.isEmpty, let birth, let income, let start, let months, let supported else {
                return nil
            }
            let input = VoluntaryOutlook.Input(
                sex: typed.sex, birth: birth, income: income, group: group, specialZone: typed.isYes("dackhu"),
                monthsContributed: months, monthsSupported: supported, start: start)
            do {
                return try voluntaryResult(input, today)
            } catch let error as LegislationError {
                typed.refuse(
                    Self.field(
                        of: error,
                        ["income": "muc", "birth": "ngaysinh", "monthsContributed": "dadong", "start": "thang"]),
                    words(error))
            } catch {
                typed.refuse("muc", "Không tính được với những gì đã nhập.")
            }
            return nil
        }
    }

    private func voluntaryFields(_ month: Month, least: String) -> [Field] {
        [
            Field(
                "ngaysinh", "Ngày sinh", hint: "Ví dụ 15/03/1980; không nhớ ngày thì chỉ nhập năm", autocomplete: "bday"
            ),
            Field(
                "muc", "Mức thu nhập chọn để đóng, mỗi tháng",
                hint: "Thấp nhất \(least) đồng; bạn tự chọn và có thể đổi", value: least),
            .sex(),
            Self.supportGroup, Self.specialZone,
            Field(
                "dadong", "Đã đóng BHXH bao nhiêu tháng", kind: .code,
                hint: "Cả bắt buộc và tự nguyện; chưa đóng thì để 0",
                value: "0", required: false),
            Field(
                "dahotro", "Trong đó đã được Nhà nước hỗ trợ bao nhiêu tháng", kind: .code, value: "0", required: false),
            Field("thang", "Bắt đầu đóng từ tháng", value: month.vietnamese, required: false),
        ]
    }

    private func voluntaryResult(_ input: VoluntaryOutlook.Input, _ today: Day) throws -> LawPage.Result {
        var trace = Trace()
        let outlook = try VoluntaryOutlook(input, table, trace: &trace)
        let monthly = outlook.monthly
        let about =
            "\(input.sex == .male ? "nam" : "nữ"), sinh \(input.birth.isWhole ? input.birth.day.vietnamese : "năm \(input.birth.day.year)"), \(input.specialZone ? "sống ở xã đảo hoặc đặc khu" : input.group.words), đã đóng \(input.monthsContributed) tháng (được hỗ trợ \(input.monthsSupported)), chọn mức \(Dong(input.income).vietnamese) từ tháng \(input.start.vietnamese)"
        if outlook.way == .enough, outlook.monthsAhead == 0 {
            // Nothing is left to pay for.
            var ready = LawPage.Result(headline: "Bạn đã đủ tuổi và đủ 15 năm đóng")
            ready.about = about
            ready.figures = [
                .init(label: "lương hưu mỗi tháng, theo giá trị hôm nay", value: outlook.pension.amount.vietnamese)
            ]
            ready.remarks = [
                "Đủ tuổi từ ngày \(outlook.retirement.reachedOn.vietnamese): liên hệ cơ quan BHXH để làm hồ sơ hưởng lương hưu."
            ]
            ready.steps = trace.steps
            ready.used = outlook.used
            return ready
        }
        var result = LawPage.Result(headline: "Mỗi tháng bạn đóng \(monthly.payable.vietnamese)")
        result.about = about
        result.figures = [
            .init(label: "Nhà nước hỗ trợ mỗi tháng", value: monthly.support.vietnamese),
            .init(label: "tháng còn được hỗ trợ", value: "\(outlook.supportedMonths)"),
            .init(label: "lương hưu mỗi tháng, theo giá trị hôm nay", value: outlook.pension.amount.vietnamese),
            .init(label: "đủ điều kiện từ tháng", value: Month(of: outlook.pensionFrom).vietnamese),
        ]
        result.charts = [ChartModel(Self.course(outlook), caption: "Từ nay đến tuổi già, nếu đóng đều.")]
        result.remarks = remarks(outlook)
        result.tables = [try levels(outlook), try cadences(outlook)]
        result.steps = trace.steps
        result.used = outlook.used
        return result
    }

    private static func course(_ outlook: VoluntaryOutlook) -> Chart {
        let born = Month(of: outlook.retirement.birth)
        func age(_ day: Day) -> Double { Double(born.months(to: Month(of: day))) / 12 }
        let (start, retired) = (age(outlook.input.start.firstDay), age(outlook.retirement.reachedOn))
        let pension = age(outlook.pensionFrom)
        var stretches: [LifeCourse.Stretch] = []
        if outlook.monthsAhead > 0 {
            stretches.append(
                .init(
                    label: "Đóng \(outlook.monthsAhead) tháng",
                    detail:
                        "bạn đóng \(outlook.ownTotal.vietnamese), Nhà nước hỗ trợ \((outlook.supportTotal + outlook.localTotal).vietnamese)",
                    from: start, to: retired, look: .given))
        }
        switch outlook.way {
        case .enough: break
        case .payMissing(let months):
            stretches.append(
                .init(
                    label: "Đóng một lần \(months) tháng còn thiếu", detail: "khi đủ tuổi nghỉ hưu",
                    from: max(retired, start), to: max(retired, start) + 0.2, look: .open))
        case .goOn(let months):
            stretches.append(
                .init(
                    label: "Đóng tiếp \(months) tháng", detail: "sau tuổi nghỉ hưu, cho đủ 15 năm",
                    from: max(retired, start), to: pension, look: .open))
        }
        stretches.append(
            .init(
                label: "Lương hưu",
                detail: "\(outlook.pension.amount.vietnamese) mỗi tháng, đến hết đời, kèm thẻ bảo hiểm y tế",
                from: max(pension, stretches.last?.to ?? pension), to: max(pension + 15, 80), look: .received))
        return LifeCourse(id: "cuoc-doi", title: "Đóng và nhận theo tuổi", stretches: stretches).chart()
    }

    private func remarks(_ outlook: VoluntaryOutlook) -> [String] {
        var remarks: [String] = []
        let start = outlook.input.start.firstDay
        // A floor that is known to rise above the chosen income.
        if let floor = try? table.parameter("voluntary.floor"),
            let later = floor.values.first(where: { $0.from > start }), case .dong(let least) = later.value,
            least.amount > outlook.input.income, let terms = try? VoluntaryTerms(table, on: later.from),
            let payment = try? VoluntaryContribution(
                .init(
                    income: least.amount, cadence: .monthly, start: Month(of: later.from), group: outlook.input.group,
                    specialZone: outlook.input.specialZone), terms)
        {
            remarks.append(
                "Từ \(later.from.vietnamese) mức chọn thấp nhất là \(least.vietnamese): mức bạn chọn không dùng được nữa. Khi đó mỗi tháng đóng ít nhất \(payment.payable.vietnamese), Nhà nước hỗ trợ \(payment.support.vietnamese). Các con số dưới đây giữ nguyên mức hôm nay."
            )
        }
        let reached = outlook.retirement.reachedOn
        remarks.append(
            outlook.monthsAhead > 0
                ? "Bạn \(outlook.retirement.vietnamese) vào ngày \(reached.vietnamese); khi đó đã đóng \(outlook.monthsAtRetirement) tháng."
                : "Bạn đã đủ tuổi nghỉ hưu từ ngày \(reached.vietnamese); đến nay đã đóng \(outlook.monthsAtRetirement) tháng."
        )
        if outlook.supportedMonths > 0, outlook.supportedMonths < outlook.monthsAhead {
            remarks.append(
                "Sau \(outlook.supportedMonths) tháng hết hỗ trợ: tự đóng \(outlook.monthly.monthly.vietnamese) mỗi tháng."
            )
        }
        switch outlook.way {
        case .enough: break
        case .payMissing(let months):
            remarks.append(
                "Còn thiếu \(months) tháng cho đủ 15 năm: được đóng một lần cho thời gian còn thiếu, rồi nhận lương hưu."
            )
        case .goOn(let months):
            remarks.append(
                "Còn thiếu \(months) tháng, quá 60 tháng nên chưa thể đóng một lần: đóng tiếp sau tuổi nghỉ hưu cho đến khi chỉ còn thiếu 60 tháng hoặc cho đủ 15 năm."
            )
        }
        remarks.append(
            "Nếu dừng đóng: thời gian đã đóng được bảo lưu, đóng tiếp lúc nào cũng được. Người đóng lần đầu sau ngày 01/07/2025 không được rút một lần chỉ vì nghỉ đóng 12 tháng (Luật BHXH 41/2024/QH15, Điều 70, Điều 102)."
        )
        remarks.append(
            "Rút một lần chỉ được khi luật cho phép: đủ tuổi mà chưa đủ 15 năm và không đóng tiếp; ra nước ngoài định cư; bệnh theo danh mục; hoặc đã đóng trước 01/07/2025, chưa đủ 20 năm và nghỉ đóng 12 tháng. Nếu được rút \(outlook.monthsAtRetirement) tháng (tính như đóng từ năm 2014, chưa trừ phần hỗ trợ đã nhận trước đây) thì khoảng \(outlook.lumpSum.amount.vietnamese); nhận lương hưu \(outlook.monthsToEqualLumpSum) tháng là đã bằng số đó, lương hưu còn được điều chỉnh, có thẻ bảo hiểm y tế và chế độ tử tuất."
        )
        if outlook.monthly.supportMonthsLeft == 0, outlook.monthly.support == .zero {
            remarks.append("Bạn đã được hỗ trợ đủ số tháng theo quy định; từ nay tự đóng toàn bộ.")
        }
        remarks.append(
            outlook.monthly.localSupport == .zero
                ? "Địa phương có thể hỗ trợ thêm theo nghị quyết của Hội đồng nhân dân: hãy hỏi Ủy ban nhân dân xã, phường, đặc khu hoặc cơ quan BHXH. Các con số ở đây chưa tính phần đó."
                : "Địa phương hỗ trợ thêm mỗi tháng \(outlook.monthly.localSupport.vietnamese), trong những tháng Nhà nước hỗ trợ; đã trừ vào số bạn đóng."
        )
        remarks.append("Lương hưu minh họa lấy mức chọn đóng làm bình quân, chưa tính hệ số điều chỉnh hằng năm.")
        return remarks
    }

    /// Between the incomes that collection organisations offer, in đồng.
    private static let incomeStep = 50_000

    /// What other incomes would cost and give.
    private func levels(_ outlook: VoluntaryOutlook) throws -> LawPage.Table {
        let terms = try VoluntaryTerms(table, on: outlook.input.start.firstDay)
        let (least, most) = (terms.leastIncome.amount, terms.mostIncome.amount)
        var incomes = [least, outlook.input.income]
        // Incomes are chosen in steps above the least.
        for factor in [4, 6, 10] {
            let above = (least * factor / 3 - least) / Self.incomeStep * Self.incomeStep
            incomes.append(min(least + above, most))
        }
        let rows = try Set(incomes).sorted().map { income -> [String] in
            var input = outlook.input
            input.income = income
            var none = NoTrace()
            let other = try VoluntaryOutlook(input, table, trace: &none)
            return [
                VietnameseText.grouped(income) + (income == outlook.input.income ? " (bạn chọn)" : ""),
                VietnameseText.grouped(other.monthly.payable.amount),
                VietnameseText.grouped(other.monthly.support.amount),
                VietnameseText.grouped(other.pension.amount.amount),
            ]
        }
        return .init(
            "Chọn mức khác thì sao (đồng mỗi tháng)", ["Mức chọn", "Bạn đóng", "Nhà nước hỗ trợ", "Lương hưu"], rows)
    }

    private func cadences(_ outlook: VoluntaryOutlook) throws -> LawPage.Table {
        let input = outlook.input
        let day = input.start.firstDay
        let terms = try VoluntaryTerms(table, on: day)
        let interest = try? table.dated("voluntary.interest_r", on: day)
        let share: Share? = if case .share(let share)? = interest?.value { share } else { nil }
        let ways: [(VoluntaryCadence, Int?)] = [
            (.monthly, nil), (.threeMonths, nil), (.sixMonths, nil), (.twelveMonths, nil), (.ahead, 2), (.ahead, 5),
        ]
        let rows = try ways.map { cadence, years -> [String] in
            if years != nil, share == nil {
                return [
                    cadence.words + (years.map { " (\($0) năm)" } ?? ""), "chưa công bố lãi suất", "–", "khi đăng ký",
                ]
            }
            let payment = try VoluntaryContribution(
                .init(
                    income: input.income, cadence: cadence, start: input.start, paidOn: day, years: years,
                    group: input.group,
                    specialZone: input.specialZone, monthsSupported: input.monthsSupported), terms, interest: share)
            return [
                cadence.words + (years.map { " (\($0) năm)" } ?? ""), VietnameseText.grouped(payment.payable.amount),
                VietnameseText.grouped(payment.support.amount),
                years == nil ? payment.due.vietnamese : "khi đăng ký",
            ]
        }
        return .init(
            "Đóng theo cách nào (đồng mỗi lần, từ tháng \(input.start.vietnamese))",
            ["Cách đóng", "Bạn đóng", "Nhà nước hỗ trợ", "Chậm nhất ngày"], rows)
    }
}
