import Kernel

/// A fictitious city: its people, employers and the spells of participation, all held, all drawn from the seed.
struct City: Sendable {
    let plan: CityPlan
    let tables: CityTables
    let people: People
    let employers: Employers
    let participation: Participation

    static let lastTime = CityPlan.months - 1

    init(_ plan: CityPlan, dirt: [UInt8]? = nil, workers: Int) async throws {
        self.plan = plan
        tables = try CityTables(dirt: dirt)
        people = try await People(plan, tables, workers: workers)
        try Task.checkCancellation()
        employers = Employers(plan, tables, people)
        participation = try await Participation(plan, people, employers, workers: workers)
    }

    // MARK: Entities

    func key(person: Int) -> String { "P" + digits(person + 1, 8) }
    func key(employer: Int) -> String { "E" + digits(employer + 1, 7) }

    // MARK: Numbers

    /// Twelve digits: province of birth registration, century and sex, year of birth, six that look drawn (Decree 137/2015).
    func identity(of person: Int) -> String {
        let resident = people.residents[person]
        let province = tables.provinces[Int(resident.province)]
        let born = resident.born.year
        let sort = ((born - 1900) / 100 * 2 + (resident.isWoman ? 1 : 0)) % 10
        let start = Int(resident.province) &* 7_919 &+ born &* 104_729 &+ sort &* 15_485
        let number = Scattered.number(Int(resident.identity), in: 1_000_000, start: start)
        return province.identityCode + "\(sort)" + digits(born % 100, 2) + digits(number, 6)
    }

    /// The nine digits of the card of before; nil for whoever had none.
    func oldCard(of person: Int) -> String? {
        let resident = people.residents[person]
        guard resident.oldCard != Resident.noCard else { return nil }
        let beginnings = tables.provinces[Int(resident.province)].oldCardBeginnings
        let number = Scattered.number(Int(resident.oldCard), in: beginnings.count * 1_000_000, start: 271_828)
        return beginnings[number / 1_000_000] + digits(number % 1_000_000, 6)
    }

    /// Ten digits; nil for whoever never took part and is no pupil: pupils have theirs from health insurance.
    func insuranceCode(of person: Int) -> String? {
        let resident = people.residents[person]
        let hasOne =
            !participation.spells(of: person).isEmpty || resident.activity == .pupil || resident.activity == .pensioner
        guard hasOne else { return nil }
        return tables.provinces[Int(resident.province)].insuranceBeginning
            + digits(Scattered.number(person, in: 100_000_000, start: 31_415_926), 8)
    }

    /// A tax code of before July 2025, whose tenth digit follows; nil for whom none fits.
    func oldTaxCode(of person: Int) -> String? {
        let nine = "8" + digits(Scattered.number(person, in: 100_000_000, start: 57_721_566), 8)
        let check = TaxCode.checkDigit(of: nine.utf8.map { Int($0) - 48 })
        return check < 10 ? nine + "\(check)" : nil
    }

    /// Grown people have one each, mostly; nil for the rest.
    func phone(of person: Int) -> String? {
        var draws = Draws(plan.seed, .details, person, 1)
        let age = people.residents[person].age(on: plan.lastDay)
        guard age >= 15, draws.chance(age < 70 ? 0.96 : 0.55) else { return nil }
        return draws.one(of: Self.phoneBeginnings) + digits(draws.below(10_000_000), 7)
    }

    private static let phoneBeginnings = [
        "032", "033", "034", "035", "036", "037", "038", "039", "056", "058", "070", "076", "077", "078", "079", "081",
        "082", "083", "084", "085", "086", "088", "089", "090", "091", "093", "094", "096", "097", "098",
    ]

    func name(of person: Int) -> String { tables.names.full(people.residents[person]) }

    // MARK: Places

    /// The roof over somebody at a time, as group and house; after a move another one.
    private func roof(_ person: Int, _ time: Int) -> (place: Int, former: Int, group: Int, house: Int) {
        let resident = people.residents[person]
        let home = people.household(of: person)
        guard resident.moved != Resident.never, time >= Int(resident.moved) else {
            return (Int(home.place), Int(home.former), Int(home.group), Int(home.house))
        }
        var draws = Draws(plan.seed, .moves, person)
        let place = Int(resident.newPlace)
        return (place, draws.below(plan.places[place].former.count), 1 + draws.below(12), 1 + draws.below(400))
    }

    func group(of person: Int, at time: Int) -> String {
        let roof = roof(person, time)
        return "\(plan.places[roof.place].group) \(roof.group)"
    }

    /// - Parameter old: whether with the units and districts of before July 2025.
    func address(of person: Int, at time: Int, old: Bool) -> String {
        let roof = roof(person, time)
        let place = plan.places[roof.place]
        let house =
            place.kind == .urban ? "Số \(roof.house), " : roof.house % 3 == 0 ? "Xóm \(roof.house % 9 + 1), " : ""
        let start = "\(house)\(place.group) \(roof.group), "
        guard old else {
            return start + "\(place.fullName), thành phố \(cityName)"
        }
        let former = place.former[roof.former]
        return start + "\(former.name), \(former.district), \(former.province.isEmpty ? cityName : former.province)"
    }

    private var cityName: String { plan.cityName }
}
