import NIOCore
import Testing

@testable import Site

/// Who is slow and who is only far away: by moments that are given, not measured.
@Suite
struct ConnectionPaceTests {
    static func at(_ seconds: Double) -> NIODeadline { .uptimeNanoseconds(1_000_000_000_000 + UInt64(seconds * 1e9)) }

    /// A connection opened at 0 s.
    static func pace() -> ConnectionPace {
        var pace = ConnectionPace(ConnectionLimits(), at: at(0))
        pace.wanted(at: at(0))
        return pace
    }

    static func upload(head second: Double) -> ConnectionPace {
        var pace = pace()
        pace.received(400, at: at(second))
        pace.headEnded(at: at(second))
        pace.wanted(at: at(second))
        return pace
    }

    @Test
    func `a connection that only stands open goes after 75 seconds`() {
        var pace = Self.pace()
        #expect(pace.verdict(at: Self.at(74), buffered: 0) == .fine)
        #expect(pace.verdict(at: Self.at(76), buffered: 0) == .idle)
    }

    @Test
    func `a head that drips in, byte by byte, is slow after 20 seconds`() {
        var pace = Self.pace()
        for second in 1...20 {
            pace.received(1, at: Self.at(Double(second)))
            #expect(pace.verdict(at: Self.at(Double(second)), buffered: 0) == .fine)
        }
        #expect(pace.verdict(at: Self.at(22), buffered: 0) == .slow)
    }

    @Test
    func `a body that drips in is slow, one over a thin line is not`() {
        var (dripping, thin) = (Self.upload(head: 1), Self.upload(head: 1))
        var verdicts: [ConnectionPace.Verdict] = []
        for second in 2...600 {
            let now = Self.at(Double(second))
            dripping.received(10, at: now)
            dripping.wanted(at: now)
            thin.received(2_000, at: now)
            thin.wanted(at: now)
            verdicts.append(dripping.verdict(at: now, buffered: 0))
            #expect(thin.verdict(at: now, buffered: 0) == .fine, "\(second)")
        }
        #expect(verdicts.firstIndex(of: .slow).map { (18...25).contains($0) } == true)
    }

    @Test
    func `a body that nobody here has asked for yet is waited for`() {
        var pace = Self.pace()
        pace.received(400, at: Self.at(1))
        pace.headEnded(at: Self.at(1))
        #expect(pace.verdict(at: Self.at(300), buffered: 0) == .fine)
        pace.wanted(at: Self.at(300))
        #expect(pace.verdict(at: Self.at(319), buffered: 0) == .fine)
        #expect(pace.verdict(at: Self.at(321), buffered: 0) == .slow)
    }

    @Test
    func `an answer may take its time, but not stand still because its reader takes nothing`() {
        var pace = Self.upload(head: 1)
        pace.requestEnded(at: Self.at(2))
        #expect(pace.verdict(at: Self.at(200), buffered: 0) == .fine, "it is being made")
        for second in 200...400 {
            #expect(pace.verdict(at: Self.at(Double(second)), buffered: 1_000_000 - second) == .fine, "it is taken")
        }
        #expect(pace.verdict(at: Self.at(429), buffered: 999_600) == .fine)
        #expect(pace.verdict(at: Self.at(431), buffered: 999_600) == .stalled)
        pace.sent(at: Self.at(431))
        #expect(pace.verdict(at: Self.at(432), buffered: 999_600) == .fine, "some of it went")
    }

    @Test
    func `after the answer the quiet begins anew, and what is left of a body is still waited for`() {
        var pace = Self.upload(head: 1)
        pace.answerEnded(at: Self.at(3))
        #expect(pace.unanswered == 0)
        #expect(pace.verdict(at: Self.at(22), buffered: 0) == .slow)
        pace.requestEnded(at: Self.at(23))
        #expect(pace.verdict(at: Self.at(90), buffered: 0) == .fine)
        #expect(pace.verdict(at: Self.at(99), buffered: 0) == .idle)
    }
}
