import Access
import ArgumentParser
import Assembly
import Database
import Exchange
import Formats
import Foundation
import Jobs
import Kernel
import Registry
import Synchronization
import Vault

struct RegisterCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "register", abstract: "The register of persons and employers, and the deliveries it is made of.",
        subcommands: [
            DeliveriesCommand.self, RecordsCommand.self, ReturnedCommand.self, WithdrawCommand.self,
            RegisterKeyCommand.self, DoubtsCommand.self, DecideCommand.self, TrainCommand.self, QualityCommand.self,
            RegisterFlowsCommand.self, RegisterFiguresCommand.self, RegisterBasisCommand.self, SpellsCommand.self,
            EmployersCommand.self,
        ])
}

struct DeliveriesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deliveries", abstract: "Prints the deliveries, the latest first, with what each came to.")

    @Option(help: "The most to print.")
    var limit = 50

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: JSONOption

    func run() async throws {
        try await reporting {
            let answers = try await withExistingRegister(try await settings.read()) { system in
                try await system.deliveries.latest(limit).map { DeliveryAnswer($0) }
            }
            if output.json { return try sayJSON(answers) }
            for answer in answers {
                say(
                    "\(answer.receipt)  \(answer.delivery)  \(answer.state)  \(answer.format)  \(answer.sender)  \(answer.period)  \(answer.accepted)/\(answer.rows)"
                )
            }
        }
    }
}

struct ReturnedCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "returned", abstract: "Prints the rows of a delivery that were not taken, and sets them aside.",
        discussion:
            "A row ends when the sender hands the period over again (`receive --correction`), or when somebody decides that nothing is to be done."
    )

    @Argument(help: "The delivery: its receipt, number or code.")
    var delivery: String

    @Flag(help: "Also those that ended.")
    var all = false

    @Option(help: ArgumentHelp("Set rows aside: why nothing is to be done about them.", valueName: "reason"))
    var setAside: String?

    @Option(help: ArgumentHelp("Only this row, by the number that is printed; may be repeated.", valueName: "number"))
    var row: [Int] = []

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: JSONOption

    private struct Line: Encodable {
        let number: Int
        let state: String
        let sheet: String
        let row: Int
        let column: String
        let reason: String
        let words: String
    }

    func run() async throws {
        try await reporting {
            let (settled, lines) = try await withExistingRegister(try await settings.read()) { system in
                var settled: Int?
                if let setAside {
                    settled = try await system.deliveries.setAside(
                        row.isEmpty ? nil : row, of: delivery, reason: setAside, by: .commandLine)
                }
                let rows = try await system.deliveries.returnedRows(of: delivery, onlyOpen: !all, within: .ofSystem)
                return (
                    settled,
                    rows.filter { row.isEmpty || row.contains($0.position) }.map {
                        Line(
                            number: $0.position, state: $0.state.rawValue, sheet: $0.row.sheet, row: $0.row.row,
                            column: $0.row.column, reason: $0.row.reason.rawValue, words: $0.row.sentence)
                    }
                )
            }
            if output.json { return try sayJSON(lines) }
            if let settled { say("\(settled) dòng được bỏ qua.") }
            for line in lines { say("\(line.number)  \(line.state)  \(line.reason)  \(line.words)") }
        }
    }
}

struct WithdrawCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "withdraw", abstract: "Takes a delivery out of the register with all that followed from it.",
        discussion: "Persons and employers are worked out again as if it had never come. Its receipt stays.")

    @Argument(help: "The delivery: its receipt, number or code.")
    var delivery: String

    @Option(help: "Why.")
    var reason: String

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: JSONOption

    func run() async throws {
        try await reporting {
            let answer = try await withExistingRegister(try await settings.read()) { system in
                let (found, isRepeated) = try await system.deliveries.withdraw(
                    delivery, reason: reason, by: .commandLine)
                if found.state == .leaving {
                    try await DeliveryWatch(system: system, tells: !output.json).finish(found.job)
                }
                let done = try await system.deliveries.delivery("\(found.number)")
                return DeliveryAnswer(done, repeated: isRepeated && found.state == .withdrawn)
            }
            if output.json { return try sayJSON(answer) }
            say("\(answer.receipt) (\(answer.delivery)): \(answer.state)")
        }
    }
}

struct RegisterKeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key", abstract: "The keys that seal numbers of persons.",
        subcommands: [RegisterRotateCommand.self])
}

struct RegisterRotateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate",
        abstract: "Makes a new key and seals the whole register with it, in chunks; both keys hold meanwhile.",
        discussion: """
            Interrupted, it goes on when it is given again, without another new key; a running server goes on by itself. The \
            old key stays in the file: earlier backups need it.
            """)

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: JSONOption

    private struct Answer: Encodable {
        let file: String
        let key: String
        let result: String
    }

    func run() async throws {
        try await reporting {
            let settings = try await settings.read()
            guard let file = settings.numberKeyFile else {
                throw ValidationError(
                    "the keys come from the setting keys.numbers-value: put a new one (64 hexadecimal digits) in front there, restart the server, then give this command with the file named instead"
                )
            }
            let answer = try await withExistingRegister(settings) { system in
                let keys = try await system.store.read { [keys = system.deliveries.keys] connection in
                    try RegisterKeys.require(keys, on: connection)
                }
                let live = try await system.jobs.latest(200).first {
                    $0.kind == TurnKeys.name.text && !$0.state.isOver
                }
                if live == nil { _ = try KeyFile.rotate(file, for: .numbers) }
                keys.refresh()
                let id = try keys.current().id
                let added = try await system.store.write { connection in
                    try TurnKeys.begin(id, by: .commandLine, at: system.clock.now, on: connection)
                }
                guard let job = added ?? live?.id else {
                    throw Refusal(.stale, "Một lần đổi khóa khác vừa bắt đầu; hãy chạy lại lệnh.")
                }
                try await DeliveryWatch(system: system, tells: !output.json).finish(job)
                let result = try await system.jobs.job(job).outcome?.words ?? ""
                return Answer(file: file, key: id, result: result)
            }
            if output.json { return try sayJSON(answer) }
            say("\(answer.file): \(answer.key). \(answer.result)")
        }
    }
}

/// The same as ``withRegister(_:_:)`` of a database that must be there.
func withExistingRegister<T: Sendable>(
    _ settings: Assembly.Settings, _ body: (BaoPhuSystem) async throws -> T
) async throws -> T {
    // Commands that look make no database, and no keys.
    try await Storage.openExisting(settings.database).close()
    return try await withRegister(settings, body)
}
