public import City
import Foundation
public import Kernel
public import Legislation
import Province

extension CityPlan {
    /// A city in the communes of a plan, with the money that the law says on its last day.
    /// - Parameters:
    ///   - folder: of the plan's data files.
    ///   - table: of the law's parameters.
    /// - Throws: `DataFaults` of the folder, ``CityFault`` for a rate that the law's data do not give.
    public init(
        scale: Double, seed: UInt64, lastMonth: Month, planFolder folder: String, law table: ParameterTable
    ) throws {
        try self.init(
            scale: scale, seed: seed, lastMonth: lastMonth, places: try Self.places(folder),
            law: try CityLaw(table, on: lastMonth.lastDay))
    }

    private static func places(_ folder: String) throws -> [CityPlace] {
        let province = ProvinceFolder.load { name in
            FileManager.default.contents(atPath: "\(folder)/\(name)").map { Array($0) }
        }
        guard province.faults.isEmpty, let directory = province.communes else {
            throw DataFaults(
                province.faults.map { DataFault(file: "\(folder)/\($0.file)", line: $0.line, reason: $0.reason) })
        }
        let former = Dictionary(grouping: directory.oldUnits, by: \.successor)
        return directory.communes.map { commune in
            CityPlace(
                code: commune.code, name: commune.name, kind: CityPlace.Kind(rawValue: commune.kind.rawValue) ?? .rural,
                district: commune.formerDistrict, people: commune.population, area: commune.mappedArea ?? commune.area,
                former: (former[commune.code] ?? []).map {
                    CityPlace.Former(name: $0.name, district: $0.district, province: $0.province)
                })
        }
    }
}

extension CityLaw {
    /// What the law's data say on a day.
    fileprivate init(_ table: ParameterTable, on day: Day) throws {
        func share(_ key: String) throws -> Double {
            guard case .share(let share) = try table.dated(key, on: day).value else {
                throw CityFault(file: key, line: 0, reason: "the law's data give no single per cent for it on \(day)")
            }
            return share.double * 100
        }
        func dong(_ key: String) throws -> Int {
            guard case .dong(let dong) = try table.dated(key, on: day).value else {
                throw CityFault(file: key, line: 0, reason: "the law's data give no single amount for it on \(day)")
            }
            return dong.amount
        }
        let employee = try share("compulsory.rate.employee.retirement")
        let unemployed = try (share("bhtn.rate.employee_max"), share("bhtn.rate.employer_max"))
        let health = try share("bhyt.rate.employee")
        let revenue = try? dong("coverage.household_owner.revenue_threshold")
        self.init(
            sickness: try share("compulsory.rate.employer.sickness_maternity"),
            retirement: employee + (try share("compulsory.rate.employer.retirement")),
            accident: try share("compulsory.rate.employer.accident"), health: try share("bhyt.rate.total"),
            unemployment: unemployed.0 + unemployed.1, employee: employee + health + unemployed.0,
            voluntary: try share("voluntary.rate"), voluntaryFloor: try dong("voluntary.floor"),
            voluntaryStep: try dong("voluntary.income_step"), support: try share("voluntary.state_support.other"),
            islandSupport: try share(
                "voluntary.state_support.poor_household_or_island_commune_or_special_zone"),
            least: try dong("reference_level"),
            ownerRevenue: revenue, retires: { Self.retirement($0, $1, table) })
    }

    private static func retirement(_ isWoman: Bool, _ birth: Day, _ table: ParameterTable) -> Day? {
        guard let date = BirthDate("\(birth)") else { return nil }
        var none = NoTrace()
        do {
            let input = RetirementAge.Input(sex: isWoman ? .female : .male, birth: date)
            return try RetirementAge(input, table, trace: &none).reachedOn
        } catch LegislationError.input {
            // Reached before the tables begin.
            return birth
        } catch {
            return nil
        }
    }
}
