@testable import City
import Kernel
import Testing

@Suite
struct PeopleTests {
    @Test
    func `at scale 1 every resident has a commune, and an island of hundreds stays one`() throws {
        let plan = try TestCity.plan(scale: 1, seed: 1)
        let quotas = People.quotas(plan, try CityTables())
        #expect(quotas.reduce(0, +) == 4_664_124)
        let island = try #require(plan.places.firstIndex { $0.name == "Bạch Long Vĩ" })
        #expect((600...800).contains(quotas[island]))
        for (place, quota) in zip(plan.places, quotas) {
            #expect(place.people.map { abs($0 - quota) <= 1 } ?? (quota > 500 && quota < 160_000), "\(place.name)")
        }
    }

    @Test
    func `as many people live in the city as should, each at a roof with a head`() async throws {
        let made = try await TestCity.made.value
        let quotas = People.quotas(try TestCity.plan(scale: 0.002, seed: 7), try CityTables())
        #expect(made.outcome.residents == quotas.reduce(0, +))
        let persons = try made.truth("persons")
        let roofs = Dictionary(grouping: persons) { $0["household"] ?? "" }
        #expect(roofs.count == made.outcome.households)
        #expect(roofs.values.allSatisfy { $0.count { $0["relation"] == "Chủ hộ" } == 1 })
        #expect((3.0...4.0).contains(Double(persons.count) / Double(roofs.count)))
    }

    @Test
    func `ages and sexes are like the country's`() async throws {
        let persons = try await TestCity.made.value.truth("persons")
        let years = persons.compactMap { $0["birth"].flatMap { Int($0.prefix(4)) } }
        func share(_ range: ClosedRange<Int>) -> Double {
            Double(years.count { range.contains(2026 - $0) }) / Double(years.count)
        }
        #expect((0.17...0.28).contains(share(0...14)))
        #expect((0.55...0.68).contains(share(15...59)))
        #expect((0.11...0.22).contains(share(60...120)))
        let men = Double(persons.count { $0["sex"] == "male" }) / Double(persons.count)
        #expect((0.46...0.52).contains(men))
    }

    @Test
    func `numbers are built as they should be and come once`() async throws {
        let persons = try await TestCity.made.value.truth("persons")
        let today = try #require(Day("2026-11-29"))
        for person in persons {
            let number = try #require(PersonalID(person["personal_id"] ?? ""))
            #expect(number.isPlausible(today: today))
            #expect(number.isOfWoman == (person["sex"] == "female"))
            #expect(person["birth"]?.hasPrefix("\(number.birthYear)-") == true)
            if let phone = person["phone"], !phone.isEmpty { #expect(PhoneNumber(phone)?.text == phone) }
            if let code = person["old_tax_code"], !code.isEmpty { #expect(TaxCode(code)?.passesCheck == true) }
        }
        for column in ["entity", "personal_id", "old_personal_id", "si_code", "old_tax_code"] {
            let numbers = persons.compactMap { $0[column] }.filter { !$0.isEmpty }
            #expect(Set(numbers).count == numbers.count, "\(column)")
            #expect(numbers.count > persons.count / 3, "\(column)")
        }
    }

    @Test
    func `twins are two people of one day under one roof`() async throws {
        let persons = try await TestCity.made.value.truth("persons")
        let twins = persons.filter { $0["twin"] == "yes" }
        #expect(twins.count > 10)
        for (_, pair) in Dictionary(grouping: twins, by: { ($0["household"] ?? "") + ($0["birth"] ?? "") }) {
            #expect(pair.count == 2)
            #expect(Set(pair.compactMap { $0["name"] }).count == pair.count)
        }
    }

    @Test
    func `everybody has a name of his sex, sons of absent fathers too`() throws {
        let names = try CityTables().names
        var maker = HouseholdMaker(
            plan: try TestCity.plan(scale: 1, seed: 7), names: names, place: 0, wanted: 60_000)
        maker.make()
        #expect(maker.residents.count { $0.marks & Resident.namesake != 0 } > 20)
        for resident in maker.residents {
            let sex = resident.isWoman ? 1 : 0
            try #require(Int(resident.middle) < names.middles[sex].words.count)
            try #require(Int(resident.given) < names.givens[sex].words.count)
        }
    }

    @Test(arguments: [10_000, 20_000, 30_000])
    func `numbers that look drawn walk through their whole range`(_ range: Int) {
        let numbers = Set((0..<range).map { Scattered.number($0, in: range, start: 77) })
        #expect(numbers.count == range && numbers.max() == range - 1)
    }

    @Test
    func `employers have right codes once each, and a tail of head-counts`() async throws {
        let employers = try await TestCity.made.value.truth("employers")
        let firms = employers.filter { $0["kind"] != "household" }
        let codes = firms.compactMap { $0["tax_code"] }.filter { !$0.isEmpty }
        #expect(Set(codes).count > codes.count * 98 / 100)
        for code in codes { #expect(TaxCode(code)?.passesCheck == true, "\(code)") }
        let units = employers.compactMap { $0["unit_code"] }.filter { !$0.isEmpty }
        #expect(Set(units).count == units.count)
        let sizes = employers.compactMap { $0["insured_last"].flatMap { Int($0) } }.sorted()
        let total = sizes.reduce(0, +)
        #expect(sizes.suffix(max(1, sizes.count / 100)).reduce(0, +) * 12 > total)
        #expect(sizes.contains(0))
    }
}
