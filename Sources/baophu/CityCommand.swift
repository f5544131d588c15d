import ArgumentParser
import Assembly
import City
import Foundation
import Kernel
import Legislation
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
        let city = try CityPlan(scale: scale, seed: seed, lastMonth: last, planFolder: folder ?? "", law: table)
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
}
