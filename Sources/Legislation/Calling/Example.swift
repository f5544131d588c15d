import Foundation
public import Kernel

/// A small case by which the effect of another value shows: what came of it before, and what comes now.
public struct Example: Sendable {
    /// In Vietnamese: whose case it is.
    public let words: String
    public let calculation: Calculation
    public let input: [String: any Sendable]

    /// What the case comes to.
    /// - Returns: nil where the table cannot answer.
    public func answer(_ table: ParameterTable) -> Calculation.Answer? { try? result(table).get() }

    /// What the case comes to, or why not.
    func result(_ table: ParameterTable) -> Result<Calculation.Answer, any Error> {
        Result { try calculation.answer(try JSONSerialization.data(withJSONObject: input), table) }
    }

    /// Cases of every calculation, placed so that they ask for the parameters of a day. Amounts and ages are those of
    /// invented people; none of them is the law's.
    /// - Parameters:
    ///   - day: that the cases ask about.
    ///   - table: whose least income one of the cases chooses, and whose clocks are started.
    public static func all(on day: Day, _ table: ParameterTable? = nil) -> [Example] {
        let month = Month(of: day)
        func example(_ name: String, _ words: String, _ input: [String: any Sendable]) -> Example? {
            (try? Calculation.named(name)).map { Example(words: words, calculation: $0, input: input) }
        }
        let first = month.firstDay.description
        let on = day.description
        var examples: [Example?] = []
        for group in SupportGroup.allCases {
            examples.append(
                example(
                    "voluntary-contribution", "\(group.words), chọn 5.000.000 đồng, đóng hằng tháng",
                    ["income": 5_000_000, "cadence": "monthly", "start": month.description, "group": group.rawValue]))
        }
        if let least = table.flatMap({ try? VoluntaryTerms($0, on: day) })?.leastIncome.amount {
            examples.append(
                example(
                    "voluntary-contribution", "chọn mức thấp nhất hiện nay \(VietnameseText.grouped(least)) đồng",
                    ["income": least, "cadence": "monthly", "start": month.description]))
        }
        examples += [
            example(
                "voluntary-contribution", "chọn 5.000.000 đồng, đóng một lần cho 5 năm về sau",
                ["income": 5_000_000, "cadence": "ahead", "years": 5, "start": month.description, "paidOn": on]),
            example(
                "voluntary-refund", "đã đóng 12 tháng, sau 3 tháng sang đóng bắt buộc",
                [
                    "income": 5_000_000, "cadence": "12-months", "start": month.description,
                    "endedFrom": month.adding(months: 3).description,
                ]),
        ]
        // Of a table each clock is started, so that each length has a case that shows its change.
        for clock in table?.clocks.map(\.name) ?? ["book-issue"] {
            examples.append(
                example("deadline", "thời hạn \(clock) kể từ \(day.vietnamese)", ["clock": clock, "from": on]))
        }
        for group in CompulsoryGroup.allCases {
            for salary in [1_000_000, 10_000_000, 500_000_000] {
                examples.append(
                    example(
                        "compulsory-contribution", "\(group.words), lương tháng \(VietnameseText.grouped(salary)) đồng",
                        ["salary": salary, "month": month.description, "group": group.rawValue, "region": "I"]))
            }
        }
        for year in [1, 4, 12] {
            examples.append(
                example(
                    "compulsory-contribution", "hạ sĩ quan, binh sĩ, năm phục vụ thứ \(year)",
                    ["month": month.description, "group": "conscript", "serviceYear": year]))
        }
        examples += [
            example(
                "compulsory-contribution", "lương theo thang bảng lương Nhà nước 60.000.000 đồng, hợp đồng 2 tháng",
                ["salary": 60_000_000, "month": month.description, "stateSalary": true, "contractMonths": 2]),
            example(
                "compulsory-contribution", "lương theo thang bảng lương Nhà nước 60.000.000 đồng",
                ["salary": 60_000_000, "month": month.description, "stateSalary": true]),
            example(
                "compulsory-contribution", "nghỉ không lương 14 ngày làm việc",
                ["salary": 10_000_000, "month": month.description, "region": "I", "unpaidDays": 14]),
            example(
                "several-contracts", "hai hợp đồng, 8.000.000 và 12.000.000 đồng",
                [
                    "month": month.description, "region": "I",
                    "contracts": [
                        ["salary": 12_000_000, "signedOn": "2025-03-01"],
                        ["salary": 8_000_000, "signedOn": "2024-03-01"],
                    ] as [[String: any Sendable]],
                ]),
            example(
                "missing-months", "còn thiếu 3 tháng, căn cứ đóng 7.000.000 đồng",
                ["base": 7_000_000, "on": on, "monthsContributed": 177]),
            example(
                "household-health-insurance", "hộ 6 người, đóng 12 tháng",
                ["members": 6, "months": 12, "start": month.description]),
        ]
        for kind in ["unpaid", "underdeclared"] {
            examples.append(
                example(
                    "late-payment", "nợ 100.000.000 đồng của tháng \(month.adding(months: -4).vietnamese)",
                    [
                        "kind": kind, "amount": 100_000_000, "month": month.adding(months: -4).description, "asOf": on,
                        "remindedOn": day.adding(days: -20).description,
                    ]))
        }
        examples.append(
            example(
                "late-payment", "không đăng ký cho người lao động từ 90 ngày trước",
                [
                    "kind": "unregistered", "amount": 10_000_000, "asOf": on,
                    "subjectFrom": day.adding(days: -90).description,
                ]))
        // Two have no range today: one is of the decree before, of the other the text was not read.
        for act in Fine.Act.allCases where act != .notPayingForAll && act != .unemploymentOther {
            examples.append(
                example(
                    "fine", "vi phạm của \(act.isOfPerson ? "cá nhân" : "tổ chức") vào ngày \(day.vietnamese)",
                    [
                        "act": act.rawValue, "on": on, "workers": 60, "books": 2, "amount": 50_000_000,
                        "offender": act.isOfPerson ? "individual" : "organisation",
                    ]))
        }
        for sex in Sex.allCases {
            let whose = sex == .male ? "nam" : "nữ"
            examples.append(
                example(
                    "pension", "\(whose), đóng 22 năm 4 tháng, bình quân 6.000.000 đồng",
                    ["sex": sex.rawValue, "monthsContributed": 268, "averageIncome": 6_000_000, "on": on]))
            examples.append(
                example(
                    "pension", "\(whose), đóng 21 năm, bắt buộc, bình quân 2.000.000 đồng, nghỉ sớm 1 năm",
                    [
                        "sex": sex.rawValue, "monthsContributed": 252, "averageIncome": 2_000_000, "on": on,
                        "monthsEarly": 12, "scheme": "compulsory", "incapacityPercent": 65,
                    ]))
            examples.append(
                example(
                    "retirement-allowance", "\(whose), đóng 38 năm, trong đó 1 năm sau tuổi nghỉ hưu",
                    [
                        "sex": sex.rawValue, "monthsContributed": 456, "monthsAfterAge": 12,
                        "averageIncome": 6_000_000, "on": on,
                    ]))
            examples.append(
                example(
                    "monthly-allowance", "\(whose), 65 tuổi, đóng 9 năm",
                    [
                        "sex": sex.rawValue, "birth": "\(day.year - 65)-01-15", "on": on, "monthsContributed": 108,
                        "total": 60_000_000,
                    ]))
            for years in sex == .male ? [57, 60, 62] : [55, 57, 58] {
                examples.append(
                    example(
                        "retirement-age", "\(whose), sinh năm \(day.year - years)",
                        ["sex": sex.rawValue, "birth": "\(day.year - years)-06-15"]))
            }
        }
        examples += [
            example(
                "lump-sum", "đóng 3 năm trước 2014 và 10 năm từ 2014, bình quân 6.000.000 đồng",
                ["monthsBefore2014": 36, "monthsFrom2014": 120, "averageIncome": 6_000_000, "on": on]),
            example(
                "lump-sum", "đóng 7 tháng, bình quân 6.000.000 đồng",
                ["monthsBefore2014": 0, "monthsFrom2014": 7, "averageIncome": 6_000_000, "on": on]),
            example(
                "lump-sum", "đóng 10 năm, đã thôi đóng 13 tháng, tự nguyện",
                [
                    "monthsBefore2014": 0, "monthsFrom2014": 120, "averageIncome": 6_000_000, "on": on,
                    "scheme": "voluntary", "reason": "out", "firstContributed": "2014-01", "monthsOut": 13,
                ]),
            example(
                "retirement-age", "nữ, đóng tự nguyện 21 năm từ năm 2008",
                [
                    "sex": "female", "birth": "\(day.year - 55)-01-15", "voluntarySince": "2008-01",
                    "voluntaryMonths": 252,
                ]),
            example(
                "maternity-voluntary", "sinh một con, đã đóng 7 tháng",
                ["children": 1, "monthsInLast12": 7, "on": on]),
            example(
                "maternity-voluntary", "thai 24 tuần chết trong tử cung, đã đóng 7 tháng",
                ["children": 0, "stillborn": 1, "weeks": 24, "monthsInLast12": 7, "on": on]),
            example(
                "social-pension", "72 tuổi, hộ nghèo", ["birth": "\(day.year - 72)-01-01", "on": on, "poor": true]),
            example("social-pension", "76 tuổi", ["birth": "\(day.year - 76)-01-01", "on": on]),
            example(
                "who-must-join", "chủ hộ kinh doanh kê khai, doanh thu 700 triệu đồng",
                [
                    "birth": "1985-01-01", "on": on, "sex": "female",
                    "householdOwner": [
                        "registered": true, "taxMethod": "declaration",
                        "revenue": ["\(day.year)": 700_000_000, "\(day.year - 1)": 700_000_000],
                    ] as [String: any Sendable],
                ]),
            example(
                "who-must-join", "hợp đồng 2 tháng, làm không trọn thời gian",
                [
                    "birth": "1985-01-01", "on": first,
                    "sex": "female",
                    "contract": ["months": 2, "partTime": true, "monthlyPay": 2_500_000] as [String: any Sendable],
                ]),
            example(
                "who-must-join", "hợp đồng 12 tháng, đồng thời là chủ hộ kinh doanh",
                [
                    "birth": "1985-01-01", "on": on, "sex": "female",
                    "contract": ["months": 12] as [String: any Sendable],
                    "householdOwner": [
                        "registered": true, "taxMethod": "declaration",
                        "revenue": ["\(day.year)": 2_000_000_000, "\(day.year - 1)": 2_000_000_000],
                    ] as [String: any Sendable],
                ]),
            example(
                "who-must-join", "chủ hộ kinh doanh đã đủ tuổi nghỉ hưu, còn thiếu 4 tháng đóng",
                [
                    "birth": "\(day.year - 64)-01-01", "on": on, "sex": "male", "monthsContributed": 176,
                    "householdOwner": [
                        "registered": true, "taxMethod": "declaration",
                        "revenue": ["\(day.year)": 2_000_000_000, "\(day.year - 1)": 2_000_000_000],
                    ] as [String: any Sendable],
                ]),
            example("who-must-join", "16 tuổi, chưa đi làm", ["birth": "\(day.year - 16)-01-01", "on": on]),
            example(
                "who-must-join", "người nước ngoài, hợp đồng 12 tháng",
                [
                    "birth": "1985-01-01", "on": on, "sex": "male", "vietnamese": false,
                    "foreigner": ["contractMonths": 12, "intraCompany": false] as [String: any Sendable],
                ]),
        ]
        return examples.compactMap(\.self)
    }
}
