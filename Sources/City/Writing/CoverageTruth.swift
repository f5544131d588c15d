import Kernel

/// Which class a review should put everybody in (`reviews/*.yaml`) who read every list of the city rightly: what is true, as far as lists
/// tell it. Whoever is paid without a contract stands in a list that does not tell how long he works.
struct CoverageTruth {
    let city: City

    private var day: Day { city.plan.lastDay }
    private var year: Int { city.plan.lastMonth.year - 1 }
    /// The first month that is looked at: the tax year's.
    private var since: Int { max(0, city.plan.time(of: Month(of: Day.firstDay(ofYear: year)))) }

    /// How an employer came out of its workers.
    private struct Sum {
        var here = 0
        var missing = 0
    }

    func write(to file: LineFile) throws {
        try file.add("employer,person,class\n")
        var sums: [UInt32: Sum] = [:]
        var written: Set<UInt64> = []
        for isContracted in [true, false] {
            for paid in TaxedList(year: year, isContracted: isContracted).paid(city) {
                guard written.insert(UInt64(paid.payer) << 32 | UInt64(paid.person)).inserted else { continue }
                let result = worker(Int(paid.person), at: Int(paid.payer), isContracted: isContracted)
                if isContracted {
                    if result == "in-order" { sums[paid.payer, default: Sum()].here += 1 }
                    if Self.leads.contains(result) { sums[paid.payer, default: Sum()].missing += 1 }
                }
                try line(Int(paid.payer), Int(paid.person), result, file)
            }
        }
        for employer in city.employers.all.indices {
            let one = city.employers.all[employer]
            guard one.size > 0 || one.kind.isEnterprise || one.kind == .household else { continue }
            try line(employer, nil, self.employer(employer, sums[UInt32(employer)] ?? Sum()), file)
            if one.kind == .household, one.owner != .max {
                try line(employer, Int(one.owner), owner(employer, Int(one.owner)), file)
            }
        }
    }

    private static let leads: Set<String> = ["employer-unknown", "employer-stopped", "deduction-zero"]

    private func line(_ employer: Int, _ person: Int?, _ result: String, _ file: LineFile) throws {
        try file.add("\(city.key(employer: employer)),\(person.map { city.key(person: $0) } ?? ""),\(result)\n")
    }

    private func covers(_ spell: Spell, since: Int) -> Bool {
        !spell.isVoluntary && Int(spell.from) <= City.lastTime && Int(spell.until) > since
    }

    private func isPast(_ person: Int) -> Bool {
        let resident = city.people.residents[person]
        return city.plan.law.retires(resident.isWoman, resident.born).map { $0 <= day } ?? false
    }

    private func worker(_ person: Int, at employer: Int, isContracted: Bool) -> String {
        let spells = city.participation.spells(of: person).filter { covers($0, since: since) }
        if spells.contains(where: { $0.ending == .death }) { return "dead" }
        if spells.contains(where: { Int($0.employer) == employer }) { return "in-order" }
        if city.people.residents[person].activity == .pensioner || spells.contains(where: { $0.ending == .pension }) {
            return "pensioner"
        }
        if isPast(person) { return "past-age" }
        if !spells.isEmpty { return isContracted ? "second-job" : "insured-elsewhere" }
        if !isContracted { return "contract-unknown" }
        switch standing(employer) {
        case "insured": return "deduction-zero"
        case let other: return "employer-\(other)"
        }
    }

    /// How an employer stands in the register of units.
    private func standing(_ employer: Int) -> String {
        guard employer < city.employers.units else { return "unknown" }
        let places = city.participation.places(at: employer)
        if places.contains(where: { city.participation.spells[Int($0)].covers(City.lastTime) }) { return "insured" }
        if places.contains(where: { Int(city.participation.spells[Int($0)].until) >= 0 }) { return "stopped" }
        return city.employers.all[employer].size > 0 ? "insured" : "unknown"
    }

    private func employer(_ employer: Int, _ sum: Sum) -> String {
        let (one, standing) = (city.employers.all[employer], standing(employer))
        if standing == "insured" {
            if sum.missing == 0 { return sum.here > 0 ? "in-order" : "no-workers" }
        } else if sum.missing == 0 {
            return "no-workers"
        }
        if one.status != .operating { return "paused" }
        guard standing == "insured" else { return "employer-\(standing)" }
        let isEmpty = !city.participation.places(at: employer).contains {
            city.participation.spells[Int($0)].covers(City.lastTime)
        }
        return isEmpty ? "nobody-insured" : "some-missing"
    }

    private func owner(_ employer: Int, _ person: Int) -> String {
        let spells = city.participation.spells(of: person)
        if spells.contains(where: { !$0.isVoluntary && $0.covers(City.lastTime) }) { return "in-order" }
        if city.people.residents[person].activity == .pensioner { return "pensioner" }
        if isPast(person) { return "past-age" }
        guard let threshold = city.plan.law.ownerRevenue else { return "owner-unknown" }
        return HouseholdBusinessList.revenue(employer, city) > threshold ? "owner-bound" : "owner-free"
    }
}
