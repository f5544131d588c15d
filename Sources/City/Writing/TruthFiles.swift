import Kernel

/// What is true behind the lists.
enum TruthFiles {
    static let names = ["persons", "employers", "spells", "flows", "coverage"]

    static func write(_ name: String, of city: City, to path: String) throws {
        let file = try LineFile(path: path)
        switch name {
        case "persons": try persons(city, file)
        case "employers": try employers(city, file)
        case "spells": try spells(city, file)
        case "coverage": try CoverageTruth(city: city).write(to: file)
        default: try flows(city, file)
        }
        try file.close()
    }

    private static func persons(_ city: City, _ file: LineFile) throws {
        try file.add(
            "entity,name,birth,sex,personal_id,old_personal_id,si_code,old_tax_code,phone,household,relation,twin,"
                + "commune_first,commune_last,moved,death,activity\n")
        for person in city.people.residents.indices {
            let resident = city.people.residents[person]
            let first = city.plan.places[city.people.place(of: person, at: -1)].code
            let last = city.plan.places[city.people.place(of: person, at: City.lastTime)].code
            let moved = resident.moved == Resident.never ? "" : city.plan.month(Int(resident.moved)).description
            let death = resident.death == Resident.never ? "" : city.plan.month(Int(resident.death)).description
            try file.add(
                "\(city.key(person: person)),\(city.name(of: person)),\(resident.born),"
                    + "\(resident.isWoman ? "female" : "male"),\(city.identity(of: person)),"
                    + "\(city.oldCard(of: person) ?? ""),\(city.insuranceCode(of: person) ?? ""),"
                    + "\(city.oldTaxCode(of: person) ?? ""),\(city.phone(of: person) ?? ""),H\(digits(Int(resident.household) + 1, 8)),"
                    + "\(resident.relation),\(resident.isTwin ? "yes" : ""),\(first),\(last),\(moved),\(death),"
                    + "\(resident.activity)\n")
        }
    }

    private static func employers(_ city: City, _ file: LineFile) throws {
        let names = FirmNames(city: city)
        try file.add(
            "entity,name,kind,status,tax_code,unit_code,budget_code,commune,insured_last,owner,parent,merged_into,founded\n"
        )
        for employer in city.employers.all.indices {
            let one = city.employers.all[employer]
            let insured =
                employer < city.employers.units
                ? city.participation.places(at: employer).count {
                    city.participation.spells[Int($0)].covers(City.lastTime)
                } : 0
            func key(_ other: UInt32) -> String { other == .max ? "" : city.key(employer: Int(other)) }
            try file.add(
                "\(city.key(employer: employer)),\(LineFile.field(names.name(employer))),\(one.kind),\(one.status),"
                    + "\(one.kind.hasBudgetCode ? "" : names.taxCode(employer)),\(names.unitCode(employer)),\(names.budgetCode(employer)),"
                    + "\(city.plan.places[Int(one.place)].code),\(insured),"
                    + "\(one.owner == .max ? "" : city.key(person: Int(one.owner))),\(key(one.parent)),"
                    + "\(key(one.mergedInto)),\(city.plan.month(Int(one.founded)))\n")
        }
    }

    private static func spells(_ city: City, _ file: LineFile) throws {
        try file.add("person,scheme,employer,from,to,begins,ends,base\n")
        for spell in city.participation.spells {
            // The last month taken part in.
            let last = spell.until == Spell.open ? "" : city.plan.month(Int(spell.until) - 1).description
            try file.add(
                "\(city.key(person: Int(spell.person))),\(spell.isVoluntary ? Scheme.voluntary : .compulsory),"
                    + "\(spell.isVoluntary ? "" : city.key(employer: Int(spell.employer))),\(city.plan.month(Int(spell.from))),"
                    + "\(last),\(spell.beginning.words),\(spell.ending.words),\(Int(spell.base) * 1_000)\n")
        }
    }

    private static func flows(_ city: City, _ file: LineFile) throws {
        let flows = Flows(city.plan, city.people, city.participation)
        try file.add("month,commune,scheme," + Flows.Column.allCases.map(\.name).joined(separator: ",") + "\n")
        for time in 0..<CityPlan.months {
            for (place, commune) in city.plan.places.enumerated() {
                for scheme in 0...1 {
                    let counts = Flows.Column.allCases.map { column in
                        String(flows.count(time, place: place, scheme: scheme, column))
                    }
                    try file.add(
                        "\(city.plan.month(time)),\(commune.code),\(scheme == 0 ? Scheme.compulsory : .voluntary),"
                            + counts.joined(separator: ",") + "\n")
                }
            }
        }
    }
}
