import Kernel
import PlanText
import TestPlans
import Testing
import Work

@Suite
struct WorkStatusTests {
    static let today = Day.known(2027, 4, 30)

    /// Days from today; a due day of `nil` is not fixed yet.
    struct Case: Sendable, CustomTestStringConvertible {
        let state: WorkState
        let opens: Int
        let due: Int?
        let origin: DueOrigin
        let status: WorkStatus

        init(_ state: WorkState, opens: Int, due: Int?, _ origin: DueOrigin, _ status: WorkStatus) {
            (self.state, self.opens, self.due, self.origin, self.status) = (state, opens, due, origin, status)
        }

        var testDescription: String {
            "\(state) opens \(opens) due \(due.map { "\($0)" } ?? "never") by \(origin): \(status)"
        }
    }

    static let nothingHandedIn: [Case] = [
        Case(.none, opens: 1, due: 30, .plan, .notDue), Case(.none, opens: 1, due: nil, .plan, .notDue),
        Case(.none, opens: 0, due: 30, .plan, .open), Case(.none, opens: -1, due: 30, .plan, .open),
        Case(.none, opens: -29, due: 1, .plan, .open), Case(.none, opens: -29, due: 0, .plan, .open),
        Case(.none, opens: -29, due: -1, .plan, .late), Case(.none, opens: -29, due: -400, .plan, .late),
        Case(.none, opens: -29, due: nil, .plan, .open), Case(.none, opens: -29, due: 0, .lead, .open),
        Case(.none, opens: -29, due: -1, .lead, .late), Case(.none, opens: 1, due: 9, .lead, .notDue),
        Case(.none, opens: -29, due: 0, .override, .open), Case(.none, opens: -29, due: -1, .override, .late),
        Case(.none, opens: 1, due: 9, .override, .notDue), Case(.none, opens: -29, due: 9, .extension_, .extended),
        Case(.none, opens: -29, due: 0, .extension_, .extended), Case(.none, opens: -29, due: -1, .extension_, .late),
    ]

    @Test(arguments: nothingHandedIn)
    func `work without a product is not due then open then late`(row: Case) {
        expect(row)
    }

    static let returned: [Case] = [
        Case(.returned, opens: -29, due: 30, .plan, .returned), Case(.returned, opens: -29, due: 0, .plan, .returned),
        Case(.returned, opens: -29, due: -1, .plan, .late), Case(.returned, opens: -29, due: nil, .plan, .returned),
        Case(.returned, opens: -29, due: 0, .extension_, .returned),
        Case(.returned, opens: -29, due: -1, .extension_, .late),
        Case(.returned, opens: 1, due: 30, .plan, .returned),
    ]

    @Test(arguments: returned)
    func `returned work is late when its time has run out`(row: Case) {
        expect(row)
    }

    @Test(arguments: [-400, -1, 0, 1, 30, nil] as [Int?], DueOrigin.allCases)
    func `work handed in waits and accepted work is done whatever the day`(due: Int?, origin: DueOrigin) {
        for opens in [-29, 0, 1] {
            expect(Case(.submitted, opens: opens, due: due, origin, .submitted))
            expect(Case(.accepted, opens: opens, due: due, origin, .accepted))
        }
    }

    @Test(arguments: [WorkState.none, .returned], DueOrigin.allCases)
    func `work due today is not late and the day after it is`(state: WorkState, origin: DueOrigin) {
        let due = Self.today
        let opens = due.adding(days: -29)
        let onTime = WorkStatus.on(due, state: state, opensOn: opens, due: due, dueOrigin: origin)
        let after = WorkStatus.on(due.adding(days: 1), state: state, opensOn: opens, due: due, dueOrigin: origin)
        #expect(onTime != .late)
        #expect(after == .late)
    }

    /// Days of due and of counting from today.
    static let counting: [(state: WorkState, due: Int, from: Int, status: WorkStatus)] = [
        (.none, -10, -9, .beforeUse), (.none, -10, -10, .late), (.none, -10, -11, .late), (.none, -1, 0, .beforeUse),
        (.none, 0, 0, .open), (.none, 30, 0, .open), (.returned, -10, -9, .returned), (.returned, -9, -9, .late),
        (.submitted, -10, -9, .submitted), (.accepted, -10, -9, .accepted),
    ]

    @Test(arguments: counting)
    func `what fell due before the system counts is not late`(state: WorkState, due: Int, from: Int, status: WorkStatus)
    {
        #expect(
            WorkStatus.on(
                Self.today, state: state, opensOn: Self.today.adding(days: -40), due: Self.today.adding(days: due),
                dueOrigin: .plan, countsFrom: Self.today.adding(days: from)) == status)
    }

    static let titles: [(status: WorkStatus, title: String)] = [
        (.notDue, "Chưa đến kỳ"), (.open, "Đang làm"), (.extended, "Được gia hạn"), (.submitted, "Chờ duyệt"),
        (.returned, "Bị trả lại"), (.late, "Quá hạn"), (.accepted, "Hoàn thành"),
        (.beforeUse, "Trước khi đưa vào sử dụng"),
    ]

    @Test(arguments: titles)
    func `a status has one Vietnamese name`(status: WorkStatus, title: String) {
        #expect(status.title == title)
    }

    private func expect(_ row: Case, sourceLocation: SourceLocation = #_sourceLocation) {
        let status = WorkStatus.on(
            Self.today, state: row.state, opensOn: Self.today.adding(days: row.opens),
            due: row.due.map { Self.today.adding(days: $0) }, dueOrigin: row.origin)
        #expect(status == row.status, sourceLocation: sourceLocation)
    }
}
