import Kernel
import Testing

@testable import Legislation

/// Which ground of article 2 counts, over every pair and every triple of them.
@Suite
struct PrecedenceTests {
    typealias Ground = Coverage.Ground

    /// Points of article 2.1.
    static let grounds: [Ground] = Ground.allCases.filter { $0 != .foreigner && $0 != .voluntary }

    /// The pairs that the article settles, as it reads: who counts, over whom.
    static let settled: [(Ground, Ground)] = [
        // b: officials and salaried managers before contracts.
        (.b, .a), (.b, .l), (.i, .a), (.i, .l),
        // d: contracts and salaried managers before work abroad and commune staff.
        (.a, .g), (.a, .k), (.i, .g), (.i, .k), (.l, .g), (.l, .k),
        // đ, g.
        (.k, .m), (.k, .n), (.e, .k), (.e, .m),
        // e: owners and unpaid managers after everybody else, by the Government.
        (.a, .m), (.b, .m), (.c, .m), (.d, .m), (.đ, .m), (.g, .m), (.h, .m), (.i, .m), (.l, .m),
        (.a, .n), (.b, .n), (.c, .n), (.d, .n), (.đ, .n), (.e, .n), (.g, .n), (.h, .n), (.i, .n), (.l, .n),
    ]

    @Test
    func `no pair stands in two rows, and none in both directions`() {
        for one in Self.grounds {
            for other in Self.grounds where other != one {
                let count = Precedence.rows.count {
                    ($0.first.contains(one) && $0.over.contains(other))
                        || ($0.first.contains(other) && $0.over.contains(one))
                }
                #expect(count <= 1, "\(one) \(other)")
            }
        }
        #expect(Precedence.rows.allSatisfy { Set($0.first).isDisjoint(with: $0.over) })
    }

    @Test
    func `every pair comes out as the article reads, and what it leaves open is told`() {
        #expect(Self.grounds.count == 13)
        for one in Self.grounds {
            for other in Self.grounds where other != one {
                let choice = Precedence.choice(among: [one, other])
                if let (first, _) = Self.settled.first(where: { Set([$0.0, $0.1]) == [one, other] }) {
                    #expect(choice?.ground == first && choice?.unsettled == [], "\(one) \(other)")
                    #expect(choice?.rows.count == 1)
                } else {
                    #expect(choice.map { Set($0.unsettled) } == [one, other], "\(one) \(other)")
                    #expect(choice?.rows == [])
                }
            }
        }
    }

    @Test
    func `of every triple exactly one counts, whatever the order, and it gives way to none of the others`() {
        for one in Self.grounds {
            for other in Self.grounds where other != one {
                for third in Self.grounds where third != one && third != other {
                    let choice = Precedence.choice(among: [one, other, third])
                    #expect(choice == Precedence.choice(among: [third, one, other]))
                    guard let ground = choice?.ground else {
                        Issue.record("no ground of \(one) \(other) \(third)")
                        continue
                    }
                    #expect([one, other, third].contains(ground))
                    let beaten = Self.settled.contains { $0.1 == ground && [one, other, third].contains($0.0) }
                    #expect(!beaten, "\(ground) of \(one) \(other) \(third)")
                }
            }
        }
        #expect(Precedence.choice(among: []) == nil)
        #expect(Precedence.choice(among: [.m]) == .init(ground: .m, rows: [], unsettled: []))
    }

    @Test
    func `every ground of the table can be reached by what is put in`() throws {
        let table = try CaseTests.table.get()
        let day = try #require(Day("2026-10-01"))
        func input(_ ground: Ground) throws -> Coverage.Input {
            var input = Coverage.Input(birth: try #require(BirthDate("1985-02-02")), on: day, sex: .male)
            switch ground {
            case .a: input.contract = .init(months: 12)
            case .b: input.official = true
            case .c: input.defenceWorker = true
            case .d: input.armedForces = true
            case .đ: input.conscript = true
            case .e: input.militia = true
            case .g: input.workerAbroad = true
            case .h: input.spouseAtMission = true
            case .i: input.salariedManager = true
            case .k: input.communeStaff = true
            case .l: input.contract = .init(months: 12, partTime: true, monthlyPay: 3_000_000)
            case .m: input.householdOwner = .init(registered: true, revenue: ["2025": 2_000_000_000])
            case .n: input.unpaidManager = true
            case .foreigner, .voluntary: break
            }
            return input
        }
        for ground in Self.grounds {
            var none = NoTrace()
            let found = try Coverage(input(ground), table, trace: &none)
            #expect(found.ground == ground && found.grounds == [ground] && found.scheme == .compulsory)
        }
    }
}
