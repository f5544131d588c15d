import Kernel

/// One of the lists that the city's agencies send.
protocol CityList: Sendable {
    /// Of its format.
    var key: String { get }
    /// Code of the agency that sends it.
    var sender: String { get }
    /// `2026-09`, `2025`.
    var period: String { get }
    var form: ListForm { get }
    func write(_ city: City, into list: ListWriter) throws
}

extension CityList {
    var name: String { "\(sender)/\(key)-\(period).\(form.ending)" }
}

enum CityLists {
    /// All lists of a city, the longest first, so that the last worker is not the only one.
    static func all(_ plan: CityPlan) -> [any CityList] {
        let last = plan.lastMonth
        let year = last.year - 1
        var lists: [any CityList] = [
            PopulationList(period: last), TaxedList(year: year, isContracted: true, payers: .many),
            ParticipantList(period: last),
            LabourList(period: last), PupilList(period: last), TaxedList(year: year, isContracted: false),
            HouseholdBusinessList(year: year), PensionerList(period: last), EnterpriseList(period: last),
            UnitList(period: last), StoppedList(period: last),
        ]
        for time in (CityPlan.months - 3..<CityPlan.months) { lists.append(AccountList(period: plan.month(time))) }
        for time in 0..<CityPlan.months {
            lists.append(MovementList(period: plan.month(time)))
            lists.append(VoluntaryList(period: plan.month(time)))
        }
        lists += [
            ProjectList(period: last) as any CityList, FarmList(month: last), BoatList(month: last),
            CooperativeList(month: last), TaxedList(year: year, isContracted: true, payers: .greatest),
        ]
        return lists
    }
}

/// People of the city who are there to be listed.
extension City {
    func isAlive(_ person: Int, at time: Int) -> Bool {
        let death = people.residents[person].death
        return death == Resident.never || time < Int(death)
    }

    /// Stock of the last month as a list's titles tell it.
    func titles(_ sender: String, _ title: String, _ period: String) -> [String] {
        [sender.uppercased(), title.uppercased(), period]
    }
}
