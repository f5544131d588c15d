import Figures
import Kernel
import TestSupport
import Testing

/// Who came and went in a stretch of months.
@Suite
struct FlowStretchTests {
    static let months = Month.known(2026, 7)...Month.known(2026, 9)
    static let people = [Month.known(2026, 6): 100, Month.known(2026, 9): 118]

    static func stretch(_ flows: [Month: MonthFlows], _ people: [Month: Int] = FlowStretchTests.people) -> FlowStretch?
    {
        FlowStretch(.voluntary, months, flows: flows) { people[$0] }
    }

    @Test
    func `what all months' flows leave unexplained is told, of a part of them nothing is`() throws {
        let flow = MonthFlows(joined: 10, returned: 1, stopped: 4)
        var flows = [Month.known(2026, 6): flow, Month.known(2026, 7): flow, Month.known(2026, 8): flow]
        let part = try #require(Self.stretch(flows))
        #expect(part.known == 2 && part.allMonths == 3 && !part.isWhole && part.remainder == nil)
        #expect(part.flows == MonthFlows(joined: 20, returned: 2, stopped: 8), "June is before it")
        flows[.known(2026, 9)] = flow
        let whole = try #require(Self.stretch(flows))
        // 100 + 33 − 12 are 121.
        #expect(whole.isWhole && whole.opening == 100 && whole.closing == 118 && whole.remainder == -3)
        let unopened = try #require(Self.stretch(flows, [.known(2026, 9): 118]))
        #expect(unopened.remainder == nil)
    }

    @Test
    func `without a month's flows there is no stretch`() {
        #expect(Self.stretch([:]) == nil)
        #expect(Self.stretch([.known(2026, 10): MonthFlows(joined: 1, returned: 0, stopped: 0)]) == nil)
    }
}
