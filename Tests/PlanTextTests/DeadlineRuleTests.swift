import Foundation
import Kernel
import PlanText
import TestPlans
import Testing

@Suite
struct DeadlineRuleTests {
    static let quarters2026 = Quarter.all(of: 2026)

    static let phrases: [(phrase: String, rule: DeadlineRule)] = [
        ("Quý I/2026", .quarter(quarters2026[0])), ("Quý II/2026", .quarter(quarters2026[1])),
        ("Quý III/2026", .quarter(quarters2026[2])), ("Quý IV/2026", .quarter(quarters2026[3])),
        ("Tháng 1 hằng năm", .monthEachYear(1)), ("Tháng 4 hằng năm", .monthEachYear(4)),
        ("Tháng 5 hằng năm", .monthEachYear(5)), ("Tháng 12 hằng năm", .monthEachYear(12)),
        ("Hằng năm", .eachYear),
        ("Thường xuyên", .eachQuarter),
        ("Năm 2026", .year(2026)),
        ("Năm 2026 và cập nhật hằng năm", .yearThenEachYear(2026)),
        ("Năm 2026, năm 2027", .overYears(first: 2026, last: 2027)),
        ("Năm 2026, năm 2027, năm 2028", .overYears(first: 2026, last: 2028)),
        ("Từ năm 2026 đến năm 2028", .overYears(first: 2026, last: 2028)),
        ("Theo kế hoạch", .setByLead(withUnplanned: false)),
        ("Theo kế hoạch và đột xuất", .setByLead(withUnplanned: true)),
        ("Theo lộ trình", .setByLead(withUnplanned: false)),
        ("Định kỳ, trước ngày 25/12 hằng năm", .beforeDayEachYear(month: 12, day: 25)),
        ("Trước ngày 25/12 hằng năm", .beforeDayEachYear(month: 12, day: 25)),
        ("Trước ngày 31/01/2031", .before(.known(2031, 1, 31))),
        ("Trước ngày 31/07/2028", .before(.known(2028, 7, 31))),
        ("Trước ngày 29/02/2028", .before(.known(2028, 2, 29))),
    ]

    @Test(arguments: phrases)
    func `a phrase of the grammar has one meaning`(phrase: String, rule: DeadlineRule) {
        #expect(DeadlineRule(phrase: phrase) == rule)
    }

    @Test(arguments: phrases)
    func `case and white space and composition do not matter`(phrase: String, rule: DeadlineRule) {
        #expect(DeadlineRule(phrase: phrase.uppercased()) == rule)
        #expect(DeadlineRule(phrase: phrase.lowercased()) == rule)
        #expect(DeadlineRule(phrase: "\n " + phrase.replacingOccurrences(of: " ", with: "\n\t ") + " ") == rule)
        #expect(DeadlineRule(phrase: phrase.replacingOccurrences(of: " ", with: "\u{A0}")) == rule)
        #expect(DeadlineRule(phrase: phrase.decomposedStringWithCanonicalMapping) == rule)
    }

    static let hangPhrases: [(phrase: String, rule: DeadlineRule)] = [
        ("Hàng năm", .eachYear), ("Tháng 4 hàng năm", .monthEachYear(4)),
        ("Năm 2026 và cập nhật hàng năm", .yearThenEachYear(2026)),
        ("Định kỳ, trước ngày 25/12 hàng năm", .beforeDayEachYear(month: 12, day: 25)),
    ]

    @Test(arguments: hangPhrases)
    func `both spellings of every year are read`(phrase: String, rule: DeadlineRule) {
        #expect(DeadlineRule(phrase: phrase) == rule)
    }

    @Test(arguments: [
        "", " ", "Khi nào tiện", "Năm", "Tháng", "Quý", "Từ năm 2026", "Trước ngày", "Định kỳ", "Định kỳ,",
        "Tháng 13 hằng năm", "Tháng 0 hằng năm", "Tháng 4", "Tháng tư hằng năm", "Tháng 4/2027 hằng năm",
        "Quý V/2026", "Quý 0/2026", "Quý 5/2026", "Quý II", "Quý II 2026", "Quý IIII/2026", "Quý II/26",
        "Quý II/2026 và 2027",
        "Trước ngày 31/02/2027", "Trước ngày 31/04/2027", "Trước ngày 29/02/2027", "Trước ngày 32/01/2027",
        "Trước ngày 31/13/2027", "Trước ngày 31/01", "Trước ngày 31/02 hằng năm", "Trước ngày 29/02 hằng năm",
        "Trước ngày 31/01/2031 hằng năm", "ngày 31/01/2031", "Định kỳ, 25/12 hằng năm",
        "Từ năm 2028 đến năm 2026", "Từ năm 2026 đến năm 2026", "Từ năm 2026 đến", "Từ 2026 đến 2028",
        "Năm 2026, năm 2029", "Năm 2027, năm 2026", "Năm 2026, năm 2026", "Năm 2026,", "Năm 2026, 2027", "Năm 26",
        "2026",
        "Hằng", "Hằng năm 2026", "Hằng tháng", "Thường", "Thường xuyên và đột xuất", "Theo kế hoạch và",
        "Theo lộ trình và đột xuất",
        "Đột xuất", "Năm 2026 và cập nhật", "Hang nam", "Thuong xuyen",
    ])
    func `a phrase outside the grammar has no meaning`(phrase: String) {
        #expect(DeadlineRule(phrase: phrase) == nil)
    }

    static let explanations: [(rule: DeadlineRule, words: String)] = [
        (.quarter(quarters2026[1]), "30/06/2026"), (.monthEachYear(4), "cuối tháng 4"), (.eachYear, "31/12"),
        (.eachQuarter, "Mỗi quý một lần"), (.year(2026), "31/12/2026"), (.yearThenEachYear(2026), "31/12/2026"),
        (.overYears(first: 2026, last: 2028), "31/12/2028"), (.setByLead(withUnplanned: true), "đột xuất"),
        (.beforeDayEachYear(month: 12, day: 25), "liền trước ngày 25/12"), (.before(.known(2031, 1, 31)), "30/01/2031"),
    ]

    @Test(arguments: explanations)
    func `an explanation names the day that counts`(rule: DeadlineRule, words: String) {
        #expect(rule.explanation.contains(words))
    }

    @Test
    func `only work that may come unplanned speaks of it`() {
        #expect(!DeadlineRule.setByLead(withUnplanned: false).explanation.contains("đột xuất"))
    }
}
