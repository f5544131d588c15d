import Foundation
import Kernel

/// The employers of the city, household businesses without insured workers behind them, and who works where.
struct Employers: Sendable {
    private(set) var all: [Employer] = []
    /// Owners of household businesses, as places among people; those of ``Employer/Kind/household`` first, in their order.
    private(set) var owners: [UInt32] = []
    /// Those that insure people, or could: what follows in ``all`` are household businesses that have no unit code.
    private(set) var units = 0
    /// Who is insured at the last, grouped by employer.
    private(set) var order: [UInt32] = []
    private(set) var first: [UInt32] = []
    /// Places among ``all`` of companies, for those who are paid without insurance.
    private(set) var payers: [UInt32] = []

    init(_ plan: CityPlan, _ tables: CityTables, _ people: People) {
        owners = people.residents.indices.compactMap {
            people.residents[$0].activity == .owner && people.residents[$0].death == Resident.never ? UInt32($0) : nil
        }
        makeUnits(plan, tables, people)
        employ(plan, people)
        for owner in owners.dropFirst(all.count { $0.kind == .household }) {
            var draws = Draws(plan.seed, .business, Int(owner))
            all.append(
                Employer(
                    kind: .household, place: UInt8(people.place(of: Int(owner), at: CityPlan.months - 1)),
                    status: draws.chance(0.06) ? .paused : .operating, taxCode: 0, serial: UInt32(all.count - units),
                    owner: owner, founded: Int16(-draws.below(180))))
        }
    }

    private mutating func makeUnits(_ plan: CityPlan, _ tables: CityTables, _ people: People) {
        let population = People.quotas(plan, tables)
        // About 45,000 enterprises were at work in 2025 (next-facts.md 12); they are four of five employers.
        let wanted = max(
            20, Int((55_000 * Double(population.reduce(0, +)) / Double(max(tables.suppositions.total, 1))).rounded()))
        let places = Weights(
            plan.places.indices.map { Double(population[$0]) * (plan.places[$0].kind == .urban ? 1.6 : 0.8) })
        let counts = Apportioning.split(wanted, by: Employer.Kind.allCases.map(\.share))
        var taxSerials: [String: Int] = [:]
        var nextOwner = 0
        for (kind, count) in zip(Employer.Kind.allCases, counts) {
            for serial in 0..<max(count, 1) {
                var draws = Draws(plan.seed, .employers, Int(kind.rawValue), serial)
                var place = places.draw(&draws)
                // Every commune has its own committee before any has more.
                if kind == .administration, count >= plan.places.count { place = serial % plan.places.count }
                var owner = UInt32.max
                if kind == .household {
                    guard nextOwner < owners.count else { break }
                    owner = owners[nextOwner]
                    nextOwner += 1
                    place = people.place(of: Int(owner), at: CityPlan.months - 1)
                }
                let former = plan.places[place].former.first?.province ?? ""
                let beginning = tables.provinces.first { former.hasSuffix($0.name) }?.taxBeginning ?? "01"
                let taxCode = Self.taxCode(beginning, &taxSerials[beginning, default: 0], plan.seed)
                var employer = Employer(
                    kind: kind, place: UInt8(place), taxCode: taxCode, serial: UInt32(serial), owner: owner,
                    founded: Int16(draws.chance(0.13) ? draws.below(CityPlan.months) : -draws.below(300)))
                if kind.isEnterprise {
                    let lot = draws.unit()
                    employer.status =
                        lot < 0.88 ? .operating : lot < 0.94 ? .paused : lot < 0.975 ? .notAtAddress : .dissolving
                }
                let place0 = all.count
                if kind == .company, serial > 40, draws.chance(0.03) {
                    // A branch: its parent's code and three digits.
                    let parent = place0 - 1 - draws.below(30)
                    if all[parent].kind == .company, all[parent].parent == .max {
                        employer.parent = UInt32(parent)
                        employer.branch = UInt8(1 + draws.below(3))
                    }
                } else if kind == .company, serial > 40, draws.chance(0.008) {
                    let successor = place0 - 1 - draws.below(30)
                    if all[successor].kind == .company, all[successor].mergedInto == .max {
                        employer.mergedInto = UInt32(successor)
                        employer.status = .dissolving
                    }
                }
                all.append(employer)
            }
        }
        units = all.count
        payers = all.indices.filter { all[$0].kind == .company && all[$0].status == .operating }.map(UInt32.init)
    }

    /// The next code that has a right tenth digit.
    private static func taxCode(_ beginning: String, _ serial: inout Int, _ seed: UInt64) -> UInt64 {
        while true {
            let text = beginning + digits(Scattered.number(serial, in: 10_000_000, start: Int(seed % 9_999_991)), 7)
            serial += 1
            let numbers = text.utf8.map { Int($0) - 48 }
            let check = TaxCode.checkDigit(of: numbers)
            if check < 10 { return UInt64(numbers.reduce(0) { $0 * 10 + $1 } * 10 + check) }
        }
    }

    /// Gives the insured people their employers: head-counts with a heavy tail, two of three near their homes.
    private mutating func employ(_ plan: CityPlan, _ people: People) {
        var perKind: [Int] = Employer.Kind.allCases.map { _ in 0 }
        for employer in all { perKind[Int(employer.kind.rawValue)] += 1 }
        var weights = all.map { employer -> Double in
            guard employer.status == .operating, employer.mergedInto == .max else { return 0 }
            let (least, tail, most) = employer.kind.size
            // Places in a long row, each once: a small city has its great employer too.
            let count = perKind[Int(employer.kind.rawValue)]
            let rank =
                (Double(Scattered.number(Int(employer.serial), in: 1_000_000, start: 7) % count) + 0.5) / Double(count)
            return min(least * pow(rank, -1 / tail), most)
        }
        // A third of the small companies insure nobody yet.
        for place in all.indices where all[place].kind == .company && weights[place] < 6 {
            var draws = Draws(plan.seed, .employment, place, 1)
            if draws.chance(0.33) { weights[place] = 0 }
        }
        let districts = Dictionary(
            Set(plan.places.map(\.district)).sorted().enumerated().map { ($1, $0) }, uniquingKeysWith: { one, _ in one }
        )
        let district = plan.places.map { districts[$0.district] ?? 0 }
        var insured: [(key: UInt64, person: UInt32)] = []
        for person in people.residents.indices where people.residents[person].activity == .employed {
            var draws = Draws(plan.seed, .employment, person)
            let home = district[people.place(of: person, at: CityPlan.months - 1)]
            let near = draws.chance(0.66) ? home : draws.below(districts.count)
            insured.append((UInt64(near) << 40 | draws.next() >> 24, UInt32(person)))
        }
        insured.sort { $0 < $1 }
        order = insured.map(\.person)
        let row = all.indices.sorted {
            (district[Int(all[$0].place)], $0) < (district[Int(all[$1].place)], $1)
        }
        let sizes = Apportioning.split(order.count, by: row.map { weights[$0] })
        var firsts = [UInt32](repeating: 0, count: all.count)
        var given = 0
        for (place, size) in zip(row, sizes) {
            firsts[place] = UInt32(given)
            all[place].size = UInt32(size)
            given += size
        }
        first = firsts
    }

    /// The employer of each of ``order``, as an array over people; `UInt32.max` for everybody else.
    func employerOfPeople(_ count: Int) -> [UInt32] {
        var employers = [UInt32](repeating: .max, count: count)
        for employer in 0..<units {
            for slot in 0..<Int(all[employer].size) {
                employers[Int(order[Int(first[employer]) + slot])] = UInt32(employer)
            }
        }
        return employers
    }
}
