import Foundation
import Kernel
import PlanText
import TestPlans
import Testing

/// What people change of the plan's deadlines, and what must stay as it was.
@Suite
struct ScheduleAmendmentTests {
    let plan: PlanDefinition
    let all: [ScheduledInstance]

    init() throws {
        plan = try PlanFolder.plan.get()
        all = try PlanFolder.schedule.get()
    }

    @Test
    func `an equal plan gives an equal schedule`() throws {
        let again = Schedule.instances(of: try PlanFolder.load(PlanFolder.haiPhong), amendments: DeadlineAmendments())
        #expect(again == all)
    }

    @Test
    func `the order of the communes in their file does not matter`() throws {
        let turned = try PlanLoader.load { name in
            guard let bytes = PlanFolder.bytes(PlanFolder.haiPhong.appending(path: name)) else { return nil }
            guard name == "communes.csv" else { return bytes }
            let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
            return Array((lines.prefix(1) + lines.dropFirst().reversed()).joined(separator: "\n").utf8)
        }
        #expect(Schedule.instances(of: turned) == all)
    }

    @Test
    func `a plan that takes effect in July has no work of the second quarter`() {
        let july = Day.known(2026, 7, 1)
        let moved = Schedule.instances(of: plan, amendments: DeadlineAmendments(effectiveFrom: july))
        let earlier: Set = ["2026-04-30", "2026-05-31", "2026-06-30"]
        #expect(moved.map(\.key) == all.filter { !earlier.contains($0.due?.description ?? "") }.map(\.key))
        #expect(!moved.contains { $0.task == "I.1" })
        #expect(moved.filter { $0.task == "I.6" }.prefix(3).map(\.period.text) == ["2026-Q3", "2026-Q4", "2027-Q1"])
        #expect(moved.filter { $0.task == "II.8" }.map(\.period.text) == ["2027-04", "2028-04", "2029-04", "2030-04"])
        #expect(moved.filter { $0.key == "I.2/2026/so-noi-vu" }.map(\.opensOn) == [july])
        #expect(moved.allSatisfy { $0.opensOn >= july })
    }

    @Test
    func `work due on the day the plan takes effect stays and work due before goes`() {
        let atEnd = Schedule.instances(of: plan, amendments: DeadlineAmendments(effectiveFrom: .known(2026, 6, 30)))
        #expect(atEnd.filter { $0.task == "I.1" }.count == 114)
        let dayLater = Schedule.instances(of: plan, amendments: DeadlineAmendments(effectiveFrom: .known(2026, 7, 1)))
        #expect(dayLater.filter { $0.task == "I.1" }.isEmpty)
    }

    @Test
    func `a plan that takes effect in 2027 drops the checkpoint of 2026`() {
        let moved = Schedule.instances(of: plan, amendments: DeadlineAmendments(effectiveFrom: .known(2027, 1, 1)))
        #expect(moved.filter { $0.task == "IV.3" }.map { $0.checkpoints.map(\.description) } == [[]])
        #expect(moved.filter { $0.task == "IV.5" }.map { $0.checkpoints.map(\.description) } == [["2027-12-31"]])
        #expect(moved.filter { $0.task == "II.9" }.map(\.period.text) == ["2027", "2028", "2029", "2030"])
    }

    @Test
    func `a rule put in the place of a phrase dates its task and no other`() throws {
        let rule = try #require(DeadlineRule(phrase: "Tháng 6 hằng năm"))
        let amended = Schedule.instances(of: plan, amendments: DeadlineAmendments(rules: ["II.9": rule]))
        let dated = amended.filter { $0.task == "II.9" }
        #expect(
            dated.map { $0.due?.description } == ["2026-06-30", "2027-06-30", "2028-06-30", "2029-06-30", "2030-06-30"])
        #expect(dated.map(\.key).first == "II.9/2026/cong-an-thanh-pho")
        #expect(amended.filter { $0.task != "II.9" } == all.filter { $0.task != "II.9" })
        #expect(plan.task("II.9")?.deadlinePhrase == "Theo kế hoạch")
    }

    @Test
    func `a rule for a task the plan does not have changes nothing`() {
        #expect(Schedule.instances(of: plan, amendments: DeadlineAmendments(rules: ["IX.9": .eachYear])) == all)
    }

    /// What would fall before the plan keeps the plan's own day, 30/04/2026.
    static let outside: [(phrase: String, dues: [String])] = [
        ("Năm 2025", []), ("Năm 2031", []), ("Quý I/2026", ["2026-04-30"]), ("Quý I/2031", []),
        ("Trước ngày 01/04/2026", ["2026-04-30"]), ("Trước ngày 02/04/2026", ["2026-04-01"]),
        ("Từ năm 2029 đến năm 2031", []),
        ("Năm 2028 và cập nhật hằng năm", ["2028-12-31", "2029-12-31", "2030-12-31"]),
        ("Tháng 2 hằng năm", ["2026-04-30", "2027-02-28", "2028-02-29", "2029-02-28", "2030-02-28"]),
        ("Trước ngày 01/03 hằng năm", ["2026-04-30", "2027-02-28", "2028-02-29", "2029-02-28", "2030-02-28"]),
    ]

    @Test(arguments: outside)
    func `an amended rule stays inside the plan`(phrase: String, dues: [String]) throws {
        let rule = try #require(DeadlineRule(phrase: phrase))
        let amended = Schedule.instances(of: plan, amendments: DeadlineAmendments(rules: ["II.8": rule]))
        #expect(amended.filter { $0.task == "II.8" }.map { $0.due?.description } == dues)
    }

    static let frequencies: [(task: String, phrase: String)] = [
        ("II.8", "Tháng 11 hằng năm"), ("II.8", "Hằng năm"), ("II.3", "Tháng 11 hằng năm"),
        ("II.3", "Trước ngày 15/11 hằng năm"), ("II.9", "Tháng 6 hằng năm"), ("VI.1", "Hằng năm"),
        ("I.1", "Quý IV/2027"), ("IV.5", "Năm 2029"), ("BS.1", "Quý III/2028"),
    ]

    @Test(arguments: frequencies)
    func `a rule that falls as often as the phrase dates the same work`(task: String, phrase: String) throws {
        let rule = try #require(DeadlineRule(phrase: phrase))
        let amended = Schedule.instances(of: plan, amendments: DeadlineAmendments(rules: [task: rule]))
        #expect(Set(amended.map(\.key)) == Set(all.map(\.key)))
        #expect(Set(amended.map(\.key)).count == amended.count)
        #expect(amended.filter { $0.task == task } != all.filter { $0.task == task })
    }

    @Test
    func `the work of a year stays the year's when it is due in a month, and other work is of its new time`() throws {
        let rules = try ["II.3": "Tháng 11 hằng năm", "II.8": "Tháng 5 hằng năm", "I.1": "Quý IV/2026"].mapValues {
            try #require(DeadlineRule(phrase: $0))
        }
        let amended = Schedule.instances(of: plan, amendments: DeadlineAmendments(rules: rules))
        func period(_ key: String) -> String? { amended.first { $0.key == key }?.period.text }
        #expect(period("II.3/2027/10507") == "2027")
        #expect(period("II.8/2027-04/thue-thanh-pho") == "2027-05")
        #expect(period("I.1/2026-Q2/10507") == "2026-Q4")
    }
}
