import Kernel

/// Makes the households of one commune, one after another, until as many people live there as should.
struct HouseholdMaker {
    let plan: CityPlan
    let names: NameTable
    let place: Int
    private(set) var households: [Household] = []
    private(set) var residents: [Resident] = []
    private var living = 0
    private let wanted: Int
    private let thisYear: Int

    init(plan: CityPlan, names: NameTable, place: Int, wanted: Int) {
        self.plan = plan
        self.names = names
        self.place = place
        self.wanted = wanted
        thisYear = plan.lastDay.year
        residents.reserveCapacity(wanted + wanted / 50 + 4)
        households.reserveCapacity(wanted / 3 + 4)
    }

    mutating func make() {
        while living < wanted { household() }
    }

    /// Somebody on the way into a household.
    private struct Member {
        var birth: Day
        var woman: Bool
        var surname: UInt8
        var middle: UInt8
        var given: UInt8
        var marks: UInt8 = 0
    }

    private mutating func household() {
        let number = households.count
        var draws = Draws(plan.seed, .households, place, number)
        var members = members(&draws)
        // The last roof covers only who is missing.
        if members.count > wanted - living { members.removeLast(members.count - (wanted - living)) }
        for (place, member) in members.enumerated() where member.marks & Resident.twin != 0 {
            // Whose twin was left out has none.
            if members.count(where: { $0.marks & Resident.twin != 0 && $0.birth == member.birth }) < 2 {
                members[place].marks &= ~Resident.twin
            }
        }
        let first = residents.count
        for (order, member) in members.enumerated() {
            var marks = member.marks | (member.woman ? Resident.woman : 0)
            if order == 0 { marks = (marks | Resident.head) & ~(Resident.spouse | Resident.parent | Resident.child) }
            let birth = min(max(member.birth.daysSinceEpoch - Resident.start, 0), Int(UInt16.max))
            var resident = Resident(
                birth: UInt16(birth), household: UInt32(number), surname: member.surname, middle: member.middle,
                given: member.given, marks: marks)
            resident.death = death(member, &draws)
            if resident.death == Resident.never { living += 1 }
            residents.append(resident)
        }
        let former = plan.places[place].former.count
        households.append(
            Household(
                place: UInt8(place), former: UInt8(draws.below(former)), group: UInt8(1 + draws.below(12)),
                house: UInt16(1 + draws.below(400)), first: UInt32(first), count: UInt8(members.count)))
    }

    /// The month of death by age, where it falls into the city's time: about what life tables of the country give, per year.
    private func death(_ member: Member, _ draws: inout Draws) -> UInt8 {
        let age = thisYear - member.birth.year
        let yearly =
            age < 30 ? 0.0006 : age < 50 ? 0.0022 : age < 60 ? 0.006 : age < 70 ? 0.013 : age < 80 ? 0.034 : 0.095
        let years = Double(CityPlan.months) / 12
        guard draws.chance(yearly * years) else { return Resident.never }
        let time = draws.below(CityPlan.months)
        return plan.month(time).firstDay > member.birth ? UInt8(time) : Resident.never
    }

    // MARK: Who lives together

    private func members(_ draws: inout Draws) -> [Member] {
        let isUrban = plan.places[place].kind == .urban
        switch draws.unit() {
        case ..<(isUrban ? 0.11 : 0.10): return single(&draws)
        case ..<0.24: return couple(&draws)
        case ..<0.80: return family(&draws, withParents: false)
        case ..<0.95: return family(&draws, withParents: true)
        default: return oneParent(&draws)
        }
    }

    private func single(_ draws: inout Draws) -> [Member] {
        let isOld = draws.chance(0.62)
        let age = isOld ? draws.within(60...90) : draws.within(21...55)
        return [person(woman: draws.chance(isOld ? 0.72 : 0.45), age: age, surname: nil, &draws)]
    }

    private func couple(_ draws: inout Draws) -> [Member] {
        let age = draws.chance(0.84) ? draws.within(57...86) : draws.within(23...34)
        return pair(motherAge: age, &draws)
    }

    private func family(_ draws: inout Draws, withParents: Bool) -> [Member] {
        let motherAge = min(24 + Int(abs(draws.normal()) * 4) + draws.below(25), 62)
        var members = pair(motherAge: motherAge, &draws)
        let children = children(of: members[1], father: members[0], &draws)
        members += children
        guard withParents else { return members }
        let fatherAge = thisYear - members[0].birth.year
        var woman = person(woman: true, age: min(fatherAge + draws.within(20...31), 98), surname: nil, &draws)
        woman.marks |= Resident.parent
        members.append(woman)
        if draws.chance(0.52) {
            var man = person(
                woman: false, age: min(fatherAge + draws.within(22...33), 99), surname: members[0].surname, &draws)
            man.marks |= Resident.parent
            members.append(man)
        }
        return members
    }

    private func oneParent(_ draws: inout Draws) -> [Member] {
        let age = draws.within(27...55)
        let mother = person(woman: true, age: age, surname: nil, &draws)
        // Who is not there gives his surname, or the mother gives hers.
        let surname = draws.chance(0.5) ? mother.surname : names.surname(&draws)
        let absent = person(woman: false, age: age + draws.within(0...5), surname: surname, &draws)
        return [mother] + children(of: mother, father: absent, &draws).prefix(2)
    }

    /// Husband first.
    private func pair(motherAge: Int, _ draws: inout Draws) -> [Member] {
        var woman = person(woman: true, age: motherAge, surname: nil, &draws)
        let man = person(woman: false, age: motherAge + draws.within(-1...6), surname: nil, &draws)
        woman.marks |= Resident.spouse
        return [man, woman]
    }

    private func children(of mother: Member, father: Member, _ draws: inout Draws) -> [Member] {
        let motherAge = thisYear - mother.birth.year
        let wanted = 1 + (draws.chance(0.8) ? 1 : 0) + (draws.chance(0.24) ? 1 : 0)
        var birthAge = 20 + draws.below(9)
        var children: [Member] = []
        for _ in 0..<wanted {
            let age = motherAge - birthAge
            birthAge += 2 + draws.below(5)
            guard age >= 0 else { break }
            // The grown ones have mostly left.
            if age > 24, !draws.chance(age > 32 ? 0.1 : 0.36) { continue }
            let isBoy = draws.chance(0.525)
            var child = person(woman: !isBoy, age: age, surname: father.surname, &draws)
            child.marks |= Resident.child
            if isBoy, age >= 18, draws.chance(0.006) {
                // A son with his father's whole name: two people all the same.
                (child.middle, child.given) = (father.middle, father.given)
                child.marks |= Resident.namesake
            }
            children.append(child)
            guard draws.chance(0.012) else { continue }
            child.marks |= Resident.twin
            children[children.count - 1] = child
            var twin = child
            twin.marks &= ~Resident.namesake
            if draws.chance(0.3) {
                twin.woman.toggle()
                twin.middle = names.middle(woman: twin.woman, year: twin.birth.year, &draws)
            }
            repeat {
                twin.given = names.given(woman: twin.woman, year: twin.birth.year, &draws)
            } while twin.given == child.given && twin.woman == child.woman
            children.append(twin)
        }
        return children
    }

    private func person(woman: Bool, age: Int, surname: UInt8?, _ draws: inout Draws) -> Member {
        let year = thisYear - max(age, 0)
        let first = Day.firstDay(ofYear: year)
        var birth = first.adding(days: draws.below(365))
        // Whoever knows the year alone was written down on its first day.
        if year < 1962, draws.chance(0.22) { birth = first }
        if birth > plan.lastDay { birth = plan.lastDay.adding(days: -draws.below(200)) }
        return Member(
            birth: birth, woman: woman, surname: surname ?? names.surname(&draws),
            middle: names.middle(woman: woman, year: year, &draws),
            given: names.given(woman: woman, year: year, &draws))
    }
}
