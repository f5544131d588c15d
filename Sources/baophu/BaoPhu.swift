import ArgumentParser
import Assembly
import Database
import Files
import Formats
import Foundation
import Kernel
import Legislation
import Linkage
import Vault

@main
struct BaoPhu: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "baophu",
        abstract: "Runs a province's plan to bring its people into social insurance.",
        discussion: """
            Settings come from flags, then the environment (BAOPHU_DATABASE, BAOPHU_HTTP_PORT …), then baophu.yaml; \
            `baophu doctor` prints what is in force and from where.
            Exit codes: 0 fine, 64 wrong usage, 65 bad data, 1 anything else.
            """,
        version: Release.text,
        subcommands: [
            ServeCommand.self, DemoCommand.self, MigrateCommand.self, DoctorCommand.self, BackupCommand.self,
            RestoreCommand.self, DrillCommand.self, AccountCommand.self, PlanCommand.self, FiguresCommand.self,
            TargetsCommand.self, FormatsCommand.self, ReviewCommand.self,
            LinkageCommand.self, CityCommand.self, LawCommand.self, AllocateCommand.self, ForecastCommand.self,
            AuditCommand.self,
            PaperCommand.self, ReceiveCommand.self, RegisterCommand.self, ExchangeCommand.self, PartnerCommand.self,
            JobsCommand.self,
            NoticesCommand.self,
            KeyCommand.self,
        ])
}

/// The flags of every command that reads the settings.
struct SettingsOptions: ParsableArguments {
    @Option(help: "SQLite file, or postgres://user:password@host:port/database.")
    var database: String?

    @Option(help: "Folder of the plan's data files.")
    var plan: String?

    @Option(help: "Configuration file; baophu.yaml in the working folder when there is one.")
    var config: String?

    @Option(help: "Any other setting, as KEY=VALUE; may be repeated. `baophu doctor` lists the keys.")
    var set: [String] = []

    func read(_ more: [String: String] = [:]) async throws -> Settings {
        var flags = more
        flags["database"] = database
        flags["plan"] = plan
        for pair in set {
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard halves.count == 2, Settings.keys.contains(where: { $0.key == halves[0] }) else {
                throw ValidationError("--set \(pair): give KEY=VALUE with a key that `baophu doctor` lists")
            }
            flags[String(halves[0])] = String(halves[1])
        }
        return try await Settings.read(flags: flags, file: config)
    }
}

struct JSONOption: ParsableArguments {
    @Flag(help: "Answer in JSON on standard output.")
    var json = false
}

/// Runs a command's work and turns what goes wrong into a message on standard error and the right exit code.
func reporting(_ work: () async throws -> Void) async throws {
    do {
        try await work()
    } catch let code as ExitCode {
        throw code
    } catch let error as ValidationError {
        throw error
    } catch let problem as Settings.Problem where problem.source == "flag" {
        throw ValidationError(problem.description)
    } catch {
        complain(
            saysDiskFull(error) && !(error is DatabaseError) ? "a disk is full, make room on it: \(error)" : "\(error)")
        if let remedy = (error as? DatabaseError)?.remedy { complain("what to do:\n\(remedy)") }
        switch error {
        case is DataFaults, is DataFault, is LegislationError, is SettingsError, is RecordFileError: throw ExitCode(65)
        case let refusal as Refusal: throw ExitCode(refusal.kind == .invalid || refusal.kind == .notFound ? 65 : 1)
        case is BackupFile.Problem, is VaultError, is FormatReadingError: throw ExitCode(65)
        case is Settings.Problem: throw ExitCode(64)
        case DatabaseError.damaged: throw ExitCode(65)
        default: throw ExitCode(1)
        }
    }
}

func complain(_ text: String) {
    FileHandle.standardError.write(Data("baophu: \(text)\n".utf8))
}

/// Prints and hands over at once, also when the output goes into a pipe.
func say(_ text: String) {
    FileHandle.standardOutput.write(Data((text + "\n").utf8))
}

func sayJSON(_ value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    say(String(decoding: try encoder.encode(value), as: UTF8.self))
}
