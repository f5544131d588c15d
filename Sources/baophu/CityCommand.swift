import ArgumentParser
import Assembly
import City
import Foundation
import Kernel
import Legislation
import Province
import Synchronization

struct CityCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "city",
        abstract: "Writes the lists that the agencies of a fictitious city would send, and the truth behind them.",
        discussion: """
            The communes are those of the plan's folder; people, firms and numbers are invented from the seed. \
            docs/city.md tells the files and what is wrong in them on purpose. Equal scale, seed, month, plan and law \
            give equal bytes.
            """)

    @Option(help: "How large: 1 has as many people as the real city, 0.01 one in a hundred.")
    var scale = 0.01

    @Option(help: "A whole number: the same number makes the same city.")
    var seed: UInt64 = 1

    @Option(help: "Folder to be made; it must not exist, or be empty.")
    var output: String

    @Option(help: "Last month of the city, as yyyy-MM; spells are told of two years up to it.")
    var month = "2026-09"

    @Option(help: "Folder of the plan's data files; the configured one when left out.")
    var plan: String?

    @Option(help: "A table of what goes wrong in place of the program's own; columns list,dirt,per_mille,reason.")
    var dirt: String?

    @Option(help: "Files written at once; one for each processor when left out.")
    var workers: Int?

    @OptionGroup var law: LawOptions
    @OptionGroup var answer: JSONOption

    func validate() throws {
        guard scale > 0, scale <= 4 else { throw ValidationError("--scale: give a number above 0, at most 4") }
        guard Month(month) != nil else { throw ValidationError("--month \(month): give a month as yyyy-MM") }
        if let workers, workers < 1 { throw ValidationError("--workers: give 1 or more") }
    }

    func run() async throws {
        try await reporting {
            let work = Task { try await write() }
            // Files half written go away before the program does.
            signal(SIGINT, SIG_IGN)
            let interrupt = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
            interrupt.setEventHandler { work.cancel() }
            interrupt.resume()
            defer { interrupt.cancel() }
            do {
                try await work.value
            } catch is CancellationError {
                complain("cancelled; nothing was written")
                throw ExitCode(130)
            } catch let fault as CityFault {
                complain("\(fault)")
                throw ExitCode(65)
            }
        }
    }

    private func write() async throws {
        guard let last = Month(month) else { return }
        let table = try await law.table()
        var folder = plan
        if folder == nil { folder = try await Settings.read(flags: [:]).planFolder }
        let city = try CityPlan(
            scale: scale, seed: seed, lastMonth: last, places: try Self.places(folder ?? ""),
            law: try Self.law(table, on: last.lastDay))
        let rates = try dirt.map { path in
            guard let data = FileManager.default.contents(atPath: path) else {
                throw CityFault(file: path, line: 0, reason: "cannot be read")
            }
            return Array(data)
        }
        let isSeen = isatty(2) == 1
        let done = Mutex(0)
        let outcome = try await CityFolder(city, dirt: rates).write(
            to: output, workers: workers ?? ProcessInfo.processInfo.activeProcessorCount
        ) { name, _, all in
            guard isSeen else { return }
            let count = done.withLock { done in
                done += 1
                return done - 1
            }
            FileHandle.standardError.write(Data("\r\u{1B}[K\(count) of \(all): \(name)".utf8))
        }
        if isSeen { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
        if answer.json { return try sayJSON(outcome) }
        say(
            "\(outcome.residents) residents in \(outcome.households) households, \(outcome.employers) employers; "
                + "\(outcome.compulsory) compulsory and \(outcome.voluntary) voluntary participants in \(last)")
        for file in outcome.files { say("\(file.rows)\t\(file.bytes)\t\(file.name)") }
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

    /// What the law's data say on the city's last day.
    private static func law(_ table: ParameterTable, on day: Day) throws -> CityLaw {
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
        return CityLaw(
            sickness: try share("compulsory.rate.employer.sickness_maternity"),
            retirement: employee + (try share("compulsory.rate.employer.retirement")),
            accident: try share("compulsory.rate.employer.accident"), health: try share("bhyt.rate.total"),
            unemployment: unemployed.0 + unemployed.1, employee: employee + health + unemployed.0,
            voluntary: try share("voluntary.rate"), voluntaryFloor: try dong("voluntary.floor"),
            voluntaryStep: try dong("voluntary.income_step"), support: try share("voluntary.state_support.other"),
            islandSupport: try share(
                "voluntary.state_support.poor_household_or_island_commune_or_special_zone"),
            least: try dong("reference_level"))
    }
}
