import Kernel

/// All people of the city and their households, in the order of communes.
struct People: Sendable {
    private(set) var residents: [Resident] = []
    private(set) var households: [Household] = []

    init(_ plan: CityPlan, _ tables: CityTables, workers: Int) async throws {
        let quotas = Self.quotas(plan, tables)
        let parts = try await inOrder(plan.places.count, workers: workers) { place in
            var maker = HouseholdMaker(plan: plan, names: tables.names, place: place, wanted: quotas[place])
            maker.make()
            var residents = maker.residents
            ActivityMaker(plan: plan, tables: tables, place: place).fill(&residents)
            return (residents, maker.households)
        }
        residents.reserveCapacity(parts.reduce(0) { $0 + $1.0.count })
        households.reserveCapacity(parts.reduce(0) { $0 + $1.1.count })
        for (people, roofs) in parts {
            let (firstPerson, firstRoof) = (UInt32(residents.count), UInt32(households.count))
            for var resident in people {
                resident.household += firstRoof
                residents.append(resident)
            }
            for var roof in roofs {
                roof.first += firstPerson
                households.append(roof)
            }
        }
        number(plan, tables)
    }

    /// How many people live in each commune; nobody's commune is empty.
    static func quotas(_ plan: CityPlan, _ tables: CityTables) -> [Int] {
        let population = plan.places.population(tables.suppositions)
        let total = Double(population.reduce(0, +)) * plan.scale
        return Apportioning.split(Int(total.rounded()), by: population.map(Double.init)).map { max($0, 1) }
    }

    /// Gives everybody the serial of his numbers: counted through all people, so that no number comes twice.
    private mutating func number(_ plan: CityPlan, _ tables: CityTables) {
        var identities = [UInt32](repeating: 0, count: tables.provinces.count * 1_000)
        var cards = [UInt32](repeating: 0, count: tables.provinces.count)
        for place in residents.indices {
            let born = residents[place].born.year
            let sort = (born - 1900) / 100 * 2 + (residents[place].isWoman ? 1 : 0)
            let province = Int(residents[place].province)
            let beginning = province * 1_000 + sort % 10 * 100 + born % 100
            residents[place].identity = identities[beginning]
            identities[beginning] += 1
            // Nine digits were given until 2016 to people of fourteen years and more.
            let capacity = tables.provinces[province].oldCardBeginnings.count * 1_000_000
            if born <= 2001, Int(cards[province]) < capacity {
                residents[place].oldCard = cards[province]
                cards[province] += 1
            }
        }
    }

    func household(of person: Int) -> Household { households[Int(residents[person].household)] }

    /// The commune somebody lives in at the end of a month.
    func place(of person: Int, at time: Int) -> Int {
        let resident = residents[person]
        return resident.moved != Resident.never && time >= Int(resident.moved)
            ? Int(resident.newPlace) : Int(household(of: person).place)
    }
}

/// Works on numbered parts with several workers and gives the answers in the parts' order.
func inOrder<Answer: Sendable>(
    _ count: Int, workers: Int, _ work: @escaping @Sendable (Int) throws -> Answer
) async throws -> [Answer] {
    try await withThrowingTaskGroup(of: (Int, Answer).self) { group in
        var answers = [Answer?](repeating: nil, count: count)
        var next = 0
        while next < min(max(workers, 1), count) {
            let part = next
            group.addTask { (part, try work(part)) }
            next += 1
        }
        while let (part, answer) = try await group.next() {
            answers[part] = answer
            try Task.checkCancellation()
            if next < count {
                let part = next
                group.addTask { (part, try work(part)) }
                next += 1
            }
        }
        return answers.compactMap(\.self)
    }
}
