import Kernel
import PlanText
import Province
import TestPlans
import Testing

/// The schedule of Hải Phòng's plan, checked against days worked out by hand from the annex and the rules.
@Suite
struct ScheduleTests {
    let plan: PlanDefinition
    let all: [ScheduledInstance]

    init() throws {
        plan = try PlanFolder.plan.get()
        all = try PlanFolder.schedule.get()
    }

    func of(_ task: String) -> [ScheduledInstance] { all.filter { $0.task == task } }

    static let yearEnds = ["2026-12-31", "2027-12-31", "2028-12-31", "2029-12-31", "2030-12-31"]
    /// Three quarters of 2026, four of each later year.
    static let quarterEnds = [
        "2026-06-30", "2026-09-30", "2026-12-31", "2027-03-31", "2027-06-30", "2027-09-30", "2027-12-31", "2028-03-31",
        "2028-06-30", "2028-09-30", "2028-12-31", "2029-03-31", "2029-06-30", "2029-09-30", "2029-12-31", "2030-03-31",
        "2030-06-30", "2030-09-30", "2030-12-31",
    ]
    static func each(_ day: String) -> [String] { (2026...2030).map { "\($0)-\(day)" } }
    /// A default day that lies before the plan takes effect: the first year keeps its phrase's.
    static func afterFirst(_ day: String) -> [String] { ["2026-12-31"] + (2027...2030).map { "\($0)-\(day)" } }
    static let communeTasks = ["I.1", "I.3", "I.5", "II.3", "II.4", "II.5", "III.5", "III.11"]

    /// The due days of every lead of every task of the plan; `nil` is "chưa ấn định".
    static let dues: [String: [String?]] = {
        var dues: [String: [String?]] = [
            "I.1": ["2026-06-30"], "I.3": ["2027-01-31", "2028-01-31", "2029-01-31", "2030-01-31"],
            "II.2": ["2026-12-31"],
            "II.8": each("04-30"), "II.9": Array(repeating: nil, count: 5), "III.7": yearEnds, "III.8": ["2026-12-31"],
            "III.12": each("06-30"), "I.4": each("11-30"),
            "I.2": afterFirst("01-15"), "II.4": afterFirst("01-31"), "III.1": afterFirst("01-31"),
            "III.6": afterFirst("01-31"), "IV.1": Array(repeating: nil, count: 5), "IV.3": ["2027-12-31"],
            "IV.5": ["2028-12-31"],
            "V.5": Array(repeating: nil, count: 5), "VI.1": each("12-24"), "VI.2": ["2031-01-30"],
            "BS.1": ["2028-07-30"],
        ]
        for task in [
            "II.1", "II.3", "II.6", "II.7", "III.9", "V.1", "V.2", "V.3", "V.4", "V.6",
        ] { dues[task] = yearEnds }
        for task in [
            "I.5", "I.6", "I.7", "II.5", "III.2", "III.3", "III.4", "III.5", "III.10", "III.11", "IV.2", "IV.4", "V.7",
        ] { dues[task] = quarterEnds }
        return dues
    }()

    @Test
    func `the annex has forty-two tasks and one more is added`() {
        let sizes = [("I", 7), ("II", 9), ("III", 12), ("IV", 5), ("V", 7), ("VI", 2)]
        let annex = sizes.flatMap { group, count in (1...count).map { "\(group).\($0)" } }
        #expect(annex.count == 42)
        #expect(plan.tasks.filter { $0.origin == .annex }.map(\.code) == annex)
        #expect(plan.tasks.map(\.code) == annex + ["BS.1"])
        #expect(Set(Self.dues.keys) == Set(annex + ["BS.1"]))
    }

    @Test(arguments: dues.keys.sorted())
    func `each lead of a task has the due days of its phrase and its course`(task: String) throws {
        let expected = try #require(Self.dues[task])
        let byLead = Dictionary(grouping: of(task), by: \.lead)
        #expect(!byLead.isEmpty)
        for (lead, instances) in byLead {
            #expect(instances.map { $0.due?.description } == expected, "\(lead)")
        }
    }

    @Test
    func `the communes lead eight tasks and each commune its own instance`() throws {
        #expect(plan.tasks.filter { $0.leads.map(\.text) == ["ubnd-cap-xa"] }.map(\.code) == Self.communeTasks)
        #expect(plan.communes.communes.count == 114)
        for code in Self.communeTasks {
            let task = try #require(plan.task(code))
            #expect(Schedule.leads(of: task, in: plan) == plan.communes.codes.map { .commune($0) })
            #expect(Set(of(code).map(\.lead)).count == 114)
        }
        let led = Set(all.filter { if case .commune = $0.lead { true } else { false } }.map(\.task))
        #expect(led == Set(Self.communeTasks))
    }

    /// 15 a commune in 2026 (one of a quarter, two of the year, four times three quarters), 19 in each later year.
    @Test(arguments: [(2026, 1_710), (2027, 2_166), (2028, 2_166), (2029, 2_166), (2030, 2_166), (2025, 0), (2031, 0)])
    func `the communes have their number of instances a year`(year: Int, count: Int) {
        let communes = all.filter { if case .commune = $0.lead { $0.year == year } else { false } }
        #expect(communes.count == count)
    }

    /// Agencies: 190 quarterly, 75 yearly, 56 others, of which 25 without a day.
    @Test
    func `the whole plan has 10695 instances`() {
        #expect(all.count == 10_695)
        #expect(all.filter { if case .agency = $0.lead { true } else { false } }.count == 321)
        #expect(all.filter { $0.due == nil }.count == 25)
    }

    static let severalLeads: [(task: String, leads: Set<String>)] = [
        ("II.6", ["so-xay-dung", "cac-ban-quan-ly-du-an"]), ("III.12", ["bhxh-thanh-pho", "bhxh-co-so"]),
        ("IV.2", ["bhxh-thanh-pho", "bhxh-co-so"]), ("V.2", ["so-noi-vu", "bhxh-thanh-pho"]),
        ("V.5", ["thanh-tra-thanh-pho", "bhxh-thanh-pho", "so-noi-vu"]),
    ]

    @Test(arguments: severalLeads)
    func `several leads of a task have an instance each`(task: String, leads: Set<String>) {
        let leadsByPeriod = Dictionary(grouping: of(task), by: \.period).mapValues { $0.map(\.lead.text).sorted() }
        #expect(!leadsByPeriod.isEmpty)
        for (period, found) in leadsByPeriod { #expect(found == leads.sorted(), "\(period.text)") }
    }

    @Test
    func `every other task has one lead`() {
        let several = Set(Self.severalLeads.map(\.task)).union(Self.communeTasks)
        for task in plan.tasks where !several.contains(task.code) {
            #expect(Set(of(task.code).map(\.lead)).count == 1, "\(task.code)")
        }
    }

    static let checkpoints: [(task: String, days: [String])] = [
        ("IV.3", ["2026-12-31"]), ("IV.5", ["2026-12-31", "2027-12-31"]),
    ]

    @Test(arguments: checkpoints)
    func `work over years is looked at when each earlier year ends`(task: String, days: [String]) {
        #expect(of(task).map { $0.checkpoints.map(\.description) } == [days])
    }

    @Test
    func `no other work has checkpoints`() {
        #expect(Set(all.filter { !$0.checkpoints.isEmpty }.map(\.task)) == ["IV.3", "IV.5"])
    }

    /// Half a year (182 days) before a single named day; not before the plan takes effect.
    static let openings: [(key: String, opensOn: String)] = [
        ("II.8/2026-04/thue-thanh-pho", "2026-04-01"), ("II.8/2027-04/thue-thanh-pho", "2027-04-01"),
        ("I.2/2026/so-noi-vu", "2026-04-01"), ("I.2/2027/so-noi-vu", "2026-11-01"),
        ("III.12/2027-05/bhxh-thanh-pho", "2027-04-01"), ("I.4/2027/so-noi-vu", "2027-01-01"),
        ("VI.1/2028/so-noi-vu", "2028-01-01"),
        ("I.6/2026-Q2/so-xay-dung", "2026-04-01"), ("I.6/2026-Q3/so-xay-dung", "2026-07-01"),
        ("IV.5/2026-2028/bhxh-thanh-pho", "2026-04-01"), ("II.9/2026/cong-an-thanh-pho", "2026-04-01"),
        ("II.9/2030/cong-an-thanh-pho", "2030-01-01"), ("VI.2/2031/so-noi-vu", "2030-08-01"),
        ("BS.1/2028/so-noi-vu", "2028-01-30"),
        ("I.1/2026-Q2/10507", "2026-04-01"), ("I.3/2027-01/10507", "2027-01-01"),
    ]

    @Test(arguments: openings)
    func `work opens with its period and has a speaking key`(key: String, opensOn: String) {
        #expect(all.filter { $0.key == key }.map(\.opensOn.description) == [opensOn])
    }

    @Test
    func `nothing is due outside the plan but its final report`() {
        let outside = all.filter { instance in
            instance.due.map { $0 < .known(2026, 4, 1) || $0 > .known(2030, 12, 31) } ?? false
        }
        #expect(outside.map(\.key) == ["VI.2/2031/so-noi-vu"])
        #expect(all.allSatisfy { $0.opensOn >= .known(2026, 4, 1) })
    }

    @Test
    func `work opens before it is due`() {
        let closed = all.filter { instance in instance.due.map { instance.opensOn >= $0 } ?? false }
        #expect(closed.isEmpty)
    }

    @Test
    func `instances stand in the order of their due days and those without one last`() {
        let dues = all.map { $0.due?.description ?? "9999" }
        #expect(dues == dues.sorted())
        #expect(dues.first == "2026-04-30")
        #expect(dues.last == "9999")
        let order = Dictionary(uniqueKeysWithValues: plan.tasks.enumerated().map { ($1.code, $0) })
        let sameDay = all.filter { $0.due?.description == "2026-06-30" }.compactMap { order[$0.task] }
        #expect(sameDay == sameDay.sorted())
        #expect(sameDay.first == 0)
    }

    @Test
    func `no two instances have the same key`() {
        #expect(Set(all.map(\.key)).count == all.count)
    }

    @Test
    func `every task of "Hằng năm" says with a reason what that means, and moved days say why`() {
        let open = plan.tasks.filter { $0.deadlinePhrase == "Hằng năm" }
        #expect(open.count == 15)
        #expect(open.allSatisfy { !($0.course?.reason ?? "").isEmpty })
        #expect(plan.tasks.compactMap(\.course).allSatisfy { !$0.reason.isEmpty })
        #expect(plan.task("II.4")?.deadlinePhrase == "Hằng năm", "the plan's words stay")
    }

    @Test
    func `work that another needs is due no later in any year, and stays of its phrase's period`() throws {
        func dues(_ code: String) -> [Int: Day] {
            of(code).reduce(into: [:]) { dues, instance in dues[instance.period.year] = instance.due }
        }
        let order = plan.tasks.flatMap { task in (task.course?.before ?? []).map { (task.code, $0) } }
        #expect(order.map(\.0) == ["I.2", "I.2"])
        for (first, second) in order {
            let (needed, needing) = (dues(first), dues(second))
            for year in Set(needed.keys).intersection(needing.keys) {
                let (early, late) = (try #require(needed[year]), try #require(needing[year]))
                #expect(early <= late, "\(first) before \(second) in \(year)")
            }
        }
        #expect(of("III.12").map(\.period.text).first == "2026-05")
        #expect(of("I.4").map(\.period.text).last == "2030")
        let plan = try #require(self.plan.task("III.12")?.slots.first)
        #expect(plan.due(in: 2027) == .known(2027, 4, 30))
    }

    @Test
    func `every product of the plan says what makes it`() {
        let silent = plan.tasks.filter { task in
            task.slots.contains { $0.papers.isEmpty && $0.held == nil && $0.outside == nil }
        }
        #expect(silent.map(\.code).isEmpty)
    }

    @Test(arguments: ["III.7", "III.8", "III.11", "IV.2", "IV.3", "IV.5", "V.5", "V.7"])
    func `what comes from elsewhere says which file, from whom and in what form`(task: String) throws {
        let outside = try #require(plan.task(task)).slots.compactMap(\.outside)
        #expect(!outside.isEmpty)
        for one in outside {
            #expect(!one.what.isEmpty && !one.from.isEmpty)
            #expect(["PDF", "Excel", "con số"].contains { one.form.contains($0) }, "\(one.form)")
        }
    }

    static let titles: [(text: String, title: String)] = [
        ("2027-04", "Tháng 4/2027"), ("2027-12", "Tháng 12/2027"), ("2027-Q2", "Quý II/2027"), ("2027", "Năm 2027"),
        ("2026-2028", "Năm 2026–2028"), ("2027-DX1", "Đột xuất lần 1/2027"),
    ]

    @Test(arguments: titles)
    func `a period reads as officers write it`(text: String, title: String) {
        #expect(WorkPeriod(text)?.title == title && WorkPeriod(text)?.text == text)
    }

    @Test(arguments: ["", "2027-", "2027-Q5", "2027-13", "2027-DX0", "2027-2026", "27", "2027-04-01", "năm 2027"])
    func `a text of another shape is no period`(text: String) {
        #expect(WorkPeriod(text) == nil)
    }
}
