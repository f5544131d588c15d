/// The spells of all people, in their order, and who was ever at an employer.
struct Participation: Sendable {
    let spells: [Spell]
    /// Of each person the first of his spells; one more than there are people.
    let first: [UInt32]
    /// Places among ``spells``, grouped by employer and in the order of people there.
    let byEmployer: [UInt32]
    /// Of each employer the first in ``byEmployer``; one more than there are units.
    let firstOfEmployer: [UInt32]

    init(_ plan: CityPlan, _ people: People, _ employers: Employers, workers: Int) async throws {
        let maker = SpellMaker(
            plan: plan, people: people, employers: employers,
            employerOf: employers.employerOfPeople(people.residents.count))
        let count = people.residents.count
        let size = 50_000
        let parts = try await inOrder((count + size - 1) / size, workers: workers) { part in
            var spells: [Spell] = []
            var counts: [UInt8] = []
            for person in part * size..<min((part + 1) * size, count) {
                let before = spells.count
                maker.spells(of: person, into: &spells)
                counts.append(UInt8(spells.count - before))
            }
            return (spells, counts)
        }
        var spells: [Spell] = []
        var first: [UInt32] = [0]
        spells.reserveCapacity(parts.reduce(0) { $0 + $1.0.count })
        first.reserveCapacity(count + 1)
        for (more, counts) in parts {
            spells += more
            for count in counts { first.append(first[first.count - 1] + UInt32(count)) }
        }
        self.spells = spells
        self.first = first
        // Counted, then placed: one pass each.
        var starts = [UInt32](repeating: 0, count: employers.units + 1)
        for spell in spells where !spell.isVoluntary { starts[Int(spell.employer) + 1] += 1 }
        for employer in 0..<employers.units { starts[employer + 1] += starts[employer] }
        firstOfEmployer = starts
        var next = starts
        var placed = [UInt32](repeating: 0, count: Int(starts[employers.units]))
        for (place, spell) in spells.enumerated() where !spell.isVoluntary {
            placed[Int(next[Int(spell.employer)])] = UInt32(place)
            next[Int(spell.employer)] += 1
        }
        byEmployer = placed
    }

    func spells(of person: Int) -> ArraySlice<Spell> { spells[Int(first[person])..<Int(first[person + 1])] }

    /// The spells that anybody ever had at an employer.
    func places(at employer: Int) -> ArraySlice<UInt32> {
        byEmployer[Int(firstOfEmployer[employer])..<Int(firstOfEmployer[employer + 1])]
    }
}
