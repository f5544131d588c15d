import Foundation
import Kernel

/// The course of one person's participation: what happened before the city's time, and in it.
struct SpellMaker {
    let plan: CityPlan
    let people: People
    let employers: Employers
    /// Where people are insured at the last.
    let employerOf: [UInt32]

    private static let months = CityPlan.months

    /// In order of time; none for most people.
    func spells(of person: Int, into spells: inout [Spell]) {
        let resident = people.residents[person]
        let age = resident.age(on: plan.lastDay)
        guard age >= 16 else { return }
        var draws = Draws(plan.seed, .spells, person)
        let start = spells.count
        switch resident.activity {
        case .employed: employed(person, age, &draws, &spells)
        case .voluntary: voluntary(person, age, &draws, &spells)
        case .pensioner: pensioner(person, age, &draws, &spells)
        case .student, .uninsured, .casual, .owner, .farmer, .ownAccount, .fisher, .home, .unemployed:
            former(person, age, &draws, &spells)
        case .small, .pupil, .old: break
        }
        end(by: resident.death, &spells, from: start)
    }

    /// Cuts what would go on past death.
    private func end(by death: UInt8, _ spells: inout [Spell], from start: Int) {
        guard death != Resident.never else { return }
        let time = Int16(death)
        while spells.count > start, let last = spells.last, last.from >= time { spells.removeLast() }
        guard spells.count > start, let last = spells.last, last.until > time else { return }
        spells[spells.count - 1].until = time
        spells[spells.count - 1].ending = .death
    }

    // MARK: Courses

    private func employed(_ person: Int, _ age: Int, _ draws: inout Draws, _ spells: inout [Spell]) {
        let employer = employerOf[person]
        let founded = Int(employers.all[Int(employer)].founded)
        let base = self.base(person, employer, &draws)
        let longest = max(1, (age - 18) * 12)
        let early = -1 - min(draws.below(longest), 420)
        func add(
            _ at: UInt32, _ from: Int, until: Int16 = Spell.open, _ beginning: Spell.Beginning,
            _ ending: Spell.Ending = .open, voluntary: Bool = false
        ) {
            spells.append(
                Spell(
                    person: UInt32(person), employer: voluntary ? .max : at, from: Int16(from), until: until,
                    beginning: beginning, ending: ending, isVoluntary: voluntary,
                    base: voluntary ? voluntaryBase(person) : base))
        }
        // Nobody works where nothing is yet: those of new firms came from others.
        let earliest = max(founded, 1)
        let isYoung = age < 24
        switch draws.unit() {
        case ..<(isYoung ? 0.45 : 0.10):
            add(employer, min(earliest + draws.below(Self.months - earliest), Self.months - 1), .new)
        case ..<0.58 where founded < 1: add(employer, early, .new)
        case ..<0.72:
            // From one employer to another without a break.
            let change = earliest + draws.below(Self.months - earliest)
            add(anyEmployer(&draws, before: change), early, until: Int16(change), .new, .moved)
            add(employer, change, .moved)
        case ..<0.84:
            let (stop, back) = gap(&draws, returnsAfter: earliest)
            add(founded < 1 ? employer : anyEmployer(&draws, before: stop), early, until: Int16(stop), .new, .stopped)
            add(employer, back, .returned)
        case ..<0.93:
            // Back after years.
            let back = earliest + draws.below(Self.months - earliest)
            let stop = -3 - draws.below(60)
            add(anyEmployer(&draws, before: stop), stop - 6 - draws.below(60), until: Int16(stop), .new, .stopped)
            add(employer, back, .returned)
        case ..<0.955:
            let change = earliest + draws.below(Self.months - earliest)
            add(employer, -6 - draws.below(40), until: Int16(change), .new, .converted, voluntary: true)
            add(employer, change, .converted)
        default:
            if founded < 1 {
                add(employer, early, .new)
            } else {
                add(employer, min(earliest + draws.below(Self.months - earliest), Self.months - 1), .new)
            }
        }
    }

    private func voluntary(_ person: Int, _ age: Int, _ draws: inout Draws, _ spells: inout [Spell]) {
        let base = voluntaryBase(person)
        func add(
            _ from: Int, until: Int16 = Spell.open, _ beginning: Spell.Beginning, _ ending: Spell.Ending = .open,
            at employer: UInt32 = .max
        ) {
            spells.append(
                Spell(
                    person: UInt32(person), employer: employer, from: Int16(from), until: until, beginning: beginning,
                    ending: ending, isVoluntary: employer == .max, base: employer == .max ? base : 5_500))
        }
        switch draws.unit() {
        case ..<0.50: add(-1 - draws.below(100), .new)
        case ..<0.72:
            // Campaigns in May and at the end of the year bring most of the new ones.
            var time = draws.below(Self.months)
            for _ in 0..<3 where ![5, 10, 11, 12].contains(plan.month(time).month) { time = draws.below(Self.months) }
            add(time, .new)
        case ..<0.92:
            let (stop, back) = januaryGap(&draws)
            add(-1 - draws.below(80), until: Int16(stop), .new, .stopped)
            add(back, .returned)
        default:
            let change = 1 + draws.below(Self.months - 1)
            let employer = anyEmployer(&draws, before: 0)
            add(-12 - draws.below(150), until: Int16(change), .new, .converted, at: employer)
            add(change, .converted)
        }
    }

    private func pensioner(_ person: Int, _ age: Int, _ draws: inout Draws, _ spells: inout [Spell]) {
        let retirement = people.residents[person].isWoman ? 57 : 61
        guard age < retirement + 4 else { return }
        let time = draws.below(Self.months)
        let employer = anyEmployer(&draws, before: 0)
        spells.append(
            Spell(
                person: UInt32(person), employer: employer, from: Int16(-200 - draws.below(160)), until: Int16(time),
                beginning: .new, ending: .pension, isVoluntary: false, base: base(person, employer, &draws)))
    }

    /// Not taking part at the last: some did before.
    private func former(_ person: Int, _ age: Int, _ draws: inout Draws, _ spells: inout [Spell]) {
        let lot = draws.unit()
        if lot < 0.07 {
            let employer = anyEmployer(&draws, before: 0)
            var stop = 1 + draws.below(Self.months - 1)
            if draws.chance(0.25) { stop = january(&draws) }
            spells.append(
                Spell(
                    person: UInt32(person), employer: employer, from: Int16(-1 - draws.below(max(1, (age - 18) * 10))),
                    until: Int16(stop), beginning: .new, ending: draws.chance(0.22) ? .oneOff : .stopped,
                    isVoluntary: false, base: base(person, employer, &draws)))
        } else if lot < 0.16 {
            let stop = -2 - draws.below(96)
            let employer = anyEmployer(&draws, before: stop)
            spells.append(
                Spell(
                    person: UInt32(person), employer: employer, from: Int16(stop - 4 - draws.below(60)),
                    until: Int16(stop), beginning: .new, ending: draws.chance(0.5) ? .oneOff : .stopped,
                    isVoluntary: false, base: base(person, employer, &draws)))
        } else if lot < 0.18, age > 24 {
            let stop = draws.chance(0.7) ? january(&draws) : 1 + draws.below(Self.months - 1)
            spells.append(
                Spell(
                    person: UInt32(person), employer: .max, from: Int16(-1 - draws.below(60)), until: Int16(stop),
                    beginning: .new, ending: draws.chance(0.1) ? .oneOff : .stopped, isVoluntary: true,
                    base: voluntaryBase(person)))
        }
    }

    // MARK: Draws

    /// A January of the city's time: yearly cadences and contracts end with the year.
    private func january(_ draws: inout Draws) -> Int {
        let months = (1..<Self.months - 1).filter { plan.month($0).month == 1 }
        return months.isEmpty ? 1 : draws.one(of: months)
    }

    private func januaryGap(_ draws: inout Draws) -> (stop: Int, back: Int) {
        let stop = january(&draws)
        return (stop, min(stop + 1 + draws.below(6), Self.months - 1))
    }

    private func gap(_ draws: inout Draws, returnsAfter earliest: Int) -> (stop: Int, back: Int) {
        var stop = 1 + draws.below(Self.months - 2)
        if draws.chance(0.35) { stop = min(january(&draws), Self.months - 2) }
        let back = max(stop + 1 + draws.below(8), min(earliest, Self.months - 1))
        return (stop, min(back, Self.months - 1))
    }

    /// One of the employers of old standing, the great ones more often.
    private func anyEmployer(_ draws: inout Draws, before time: Int) -> UInt32 {
        guard !employers.order.isEmpty else { return 0 }
        for _ in 0..<4 {
            let employer = employerOf[Int(employers.order[draws.below(employers.order.count)])]
            if employers.all[Int(employer)].founded < min(time, 0) { return employer }
        }
        return 0
    }

    /// Wages differ by employer and person; nobody is insured on less than the law's least.
    private func base(_ person: Int, _ employer: UInt32, _ draws: inout Draws) -> UInt32 {
        let wage = employers.all[Int(employer)].kind.wage
        let drawn = wage * exp(draws.normal() * 0.28)
        return UInt32(max((drawn / 10).rounded() * 10, Double(plan.law.least) / 1_000))
    }

    /// Most choose the least income, some more, in the law's steps.
    private func voluntaryBase(_ person: Int) -> UInt32 {
        var draws = Draws(plan.seed, .spells, person, 7)
        let steps = draws.chance(0.62) ? 0 : draws.below(draws.chance(0.2) ? 80 : 20)
        return UInt32((plan.law.voluntaryFloor + steps * plan.law.voluntaryStep) / 1_000)
    }
}
