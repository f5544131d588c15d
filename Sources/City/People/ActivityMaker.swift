import Kernel

/// What the people of a commune do, where their births were registered, and who moves away.
struct ActivityMaker {
    let plan: CityPlan
    let tables: CityTables
    let place: Int

    func fill(_ residents: inout [Resident]) {
        let home = plan.places[place]
        let province = home.former.first.map { former in
            tables.provinces.firstIndex { former.province.hasSuffix($0.name) } ?? 0
        }
        let own = province ?? 0
        let boats = tables.suppositions.boats[home.district] ?? 0
        let isUrban = home.kind == .urban
        let keenness = tables.suppositions.voluntary[tables.provinces[own].identityCode] ?? 1
        for person in residents.indices {
            var draws = Draws(plan.seed, .activity, place, person)
            residents[person].province = UInt8(
                draws.chance(0.9) ? own : draws.below(tables.provinces.count))
            residents[person].activity = activity(
                residents[person], boats: boats, isUrban: isUrban, keenness: keenness, &draws)
            guard plan.places.count > 1, draws.chance(0.03), residents[person].age(on: plan.lastDay) >= 18 else {
                continue
            }
            residents[person].moved = UInt8(draws.below(CityPlan.months))
            let other = draws.below(plan.places.count - 1)
            residents[person].newPlace = UInt8(other >= place ? other + 1 : other)
        }
    }

    private func activity(
        _ resident: Resident, boats: Double, isUrban: Bool, keenness: Double, _ draws: inout Draws
    ) -> Activity {
        let age = resident.age(on: plan.lastDay)
        if age < 6 { return .small }
        if age < 18 { return age < 15 || draws.chance(0.9) ? .pupil : .ownAccount }
        let retirement = resident.isWoman ? 57 : 61
        if age >= retirement + 2 {
            return draws.chance(isUrban ? 0.5 : 0.3) ? .pensioner : age < 70 && draws.chance(0.35) ? .farmer : .old
        }
        if age < 22, draws.chance(0.42) { return .student }
        if draws.chance(boats) { return .fisher }
        let employed =
            (age < 22 ? 0.46 : age < 36 ? 0.60 : age < 46 ? 0.50 : age < 53 ? 0.33 : 0.2) * (isUrban ? 0.86 : 0.74)
        let voluntary = (age < 30 ? 0.3 : age < 40 ? 0.9 : 1.6) * 0.023 * keenness
        // What is left is parted by what towns and villages live of.
        var rest = draws.unit()
        if rest < employed { return .employed }
        rest -= employed
        if rest < voluntary { return .voluntary }
        let left = (rest - voluntary) / max(1 - employed - voluntary, 0.01)
        let bounds: [(Double, Activity)] =
            isUrban
            ? [
                (0.14, .uninsured), (0.22, .casual), (0.37, .owner), (0.41, .farmer), (0.74, .ownAccount),
                (0.79, .unemployed),
            ]
            : [
                (0.11, .uninsured), (0.20, .casual), (0.29, .owner), (0.59, .farmer), (0.84, .ownAccount),
                (0.88, .unemployed),
            ]
        return bounds.first { left < $0.0 }?.1 ?? .home
    }
}
