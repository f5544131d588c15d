import Kernel
import Legislation
import PlanText
import TestPlans
import TestSupport
import Testing
import Work

@Suite
struct ReminderRuleTests {
    static let due = Day.known(2027, 4, 30)
    /// No day off, so that milestones fall where they are counted.
    static let everyDay = WorkingCalendar(DaysOffRules(weeklyRest: [], holidays: [], decisions: []))

    static func milestone(
        _ today: Int, lastRun: Int? = nil, lastReminded: Int? = nil, calendar: WorkingCalendar = everyDay
    ) -> Int? {
        ReminderRule.milestone(
            due: due, today: due.adding(days: today), lastRun: lastRun.map { due.adding(days: $0) },
            lastReminded: lastReminded.map { due.adding(days: $0) }, calendar: calendar)
    }

    @Test(arguments: -60...60)
    func `nobody is reminded on a day off: before the due day it is told earlier, behind it later`(offset: Int) {
        // Due on Friday 30 April 2027; 1 and 30 days later are a Saturday and a Sunday.
        let told = [-30: -30, -7: -7, -1: -1, 3: 1, 7: 7, 31: 30][offset]
        #expect(Self.milestone(offset, calendar: WorkingCalendar()) == told)
        #expect(told == nil || WorkingCalendar().isWorking(Self.due.adding(days: offset)))
    }

    @Test
    func `work due on a Monday is told of on the Friday before`() {
        let monday = Day.known(2027, 5, 31)
        let friday = ReminderRule.milestone(
            due: monday, today: Day.known(2027, 5, 28), lastRun: Day.known(2027, 5, 27), lastReminded: nil,
            calendar: WorkingCalendar())
        #expect(friday == -1)
    }

    @Test(arguments: -60...60)
    func `a person is reminded on six days and on no other`(offset: Int) {
        let told = [-30, -7, -1, 1, 7, 30].contains(offset) ? offset : nil
        #expect(Self.milestone(offset) == told)
        #expect(Self.milestone(offset, lastRun: offset - 1) == told)
    }

    @Test(arguments: [(0, false), (1, false), (2, false), (3, false), (4, false), (5, true), (6, true), (30, true)])
    func `five days must lie between two reminders of the same work`(daysSince: Int, told: Bool) {
        #expect(Self.milestone(-7, lastRun: -8, lastReminded: -7 - daysSince) == (told ? -7 : nil))
        #expect(Self.milestone(30, lastRun: 29, lastReminded: 30 - daysSince) == (told ? 30 : nil))
    }

    @Test
    func `a server that runs every day tells five milestones since the day after follows the day before too soon`() {
        var lastReminded: Int?
        var told: [Int] = []
        for offset in -60...60 {
            guard let milestone = Self.milestone(offset, lastRun: offset - 1, lastReminded: lastReminded) else {
                continue
            }
            told.append(milestone)
            lastReminded = offset
        }
        #expect(told == [-30, -7, -1, 7, 30])
    }

    /// Last run, today, what is told.
    static let missed: [(lastRun: Int, today: Int, told: Int?)] = [
        (-40, -31, nil), (-31, -20, -30), (-31, -7, -7), (-31, -5, -7), (-31, -1, -1), (-31, 0, -1), (-31, 1, 1),
        (-31, 6, 1),
        (-31, 29, 7), (-31, 300, 30), (-30, -8, nil), (-30, -7, -7), (-1, 0, nil), (-1, 1, 1), (1, 6, nil),
        (7, 29, nil),
        (30, 300, nil), (-7, -7, nil), (1, 1, nil),
    ]

    @Test(arguments: missed)
    func `after missed days only the latest milestone is told`(lastRun: Int, today: Int, told: Int?) {
        #expect(Self.milestone(today, lastRun: lastRun) == told)
    }

    @Test(arguments: [-30, -7, -1, 1, 7, 30])
    func `nothing is told twice on a day`(offset: Int) {
        #expect(Self.milestone(offset, lastRun: offset, lastReminded: nil) == nil)
        #expect(Self.milestone(offset, lastRun: offset - 1, lastReminded: offset) == nil)
        #expect(Self.milestone(offset, lastRun: offset, lastReminded: offset) == nil)
    }

    /// Days on which the server runs at random, for works due at random.
    @Test(arguments: UInt64(1)...50)
    func `no two reminders of the same work are less than five days apart`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let start = Day.known(2026, 4, 1)
        for _ in 0..<20 {
            let due = start.adding(days: Int.random(in: 31...700, using: &random))
            let presence = Int.random(in: 1...10, using: &random)
            var lastRun: Day?
            var told: [(day: Day, milestone: Int)] = []
            for number in 0...760 where Int.random(in: 1...10, using: &random) <= presence {
                let today = start.adding(days: number)
                for _ in 0..<2 {  // A second run of the day must be silent.
                    if let milestone = ReminderRule.milestone(
                        due: due, today: today, lastRun: lastRun, lastReminded: told.last?.day,
                        calendar: Self.everyDay)
                    {
                        told.append((today, milestone))
                    }
                    lastRun = today
                }
            }
            let gaps = zip(told, told.dropFirst()).map { $0.day.days(to: $1.day) }
            #expect(gaps.allSatisfy { $0 >= 5 }, "seed \(seed), due \(due): \(told)")
            let rising = zip(told, told.dropFirst()).allSatisfy { $0.milestone < $1.milestone }
            #expect(rising, "seed \(seed), due \(due): \(told)")
            #expect(told.allSatisfy { due.adding(days: $0.milestone) <= $0.day }, "seed \(seed), due \(due): \(told)")
            #expect((1...6).contains(told.count), "seed \(seed), due \(due): \(told)")
        }
    }
}
