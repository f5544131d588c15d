import Access
import ArgumentParser
import Assembly
import Exchange
import ExchangeAPI
import Foundation
import Kernel

struct ProgramsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "programs", abstract: "Programs of other agencies that may call, and their keys.",
        subcommands: [ListProgramsCommand.self, AdmitProgramCommand.self, EndProgramCommand.self],
        defaultSubcommand: ListProgramsCommand.self)
}

struct ListProgramsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Prints who may call under which agreements, and until when.")

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: JSONOption

    private struct Line: Encodable {
        let id: String
        let name: String
        let unit: String
        let agreements: [Int]
        let scopes: [String]
        let expires: String
        let perMinute: Int
        let live: Bool

        init(_ program: Program, on day: Day) {
            (id, name, unit) = (program.id.text, program.name, program.unit.text)
            (agreements, expires, perMinute) = (program.agreements, program.expires.description, program.perMinute)
            scopes = program.scopes.sorted().map(\.rawValue)
            live = program.obstruction(on: day) == nil
        }
    }

    func run() async throws {
        try await reporting {
            let lines = try await withExistingRegister(try await settings.read()) { system in
                try await system.programs.allPrograms().map { Line($0, on: system.clock.now.day) }
            }
            if output.json { return try sayJSON(lines) }
            for line in lines {
                let agreements = line.agreements.map(String.init).joined(separator: ",")
                say(
                    "\(line.id)  \(line.live ? "live" : "ended")  \(line.unit)  \(agreements)  \(line.scopes.joined(separator: ","))  \(line.expires)  \(line.name)"
                )
            }
        }
    }
}

struct AdmitProgramCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "admit", abstract: "Lets a program of an agency call, and writes its key to a file, once.",
        discussion:
            "The file has two lines, the program's identifier and its key, and opens to its owner alone. Where two people issue keys the pages do."
    )

    @Argument(help: "What the program is called.")
    var name: String

    @Option(help: "The agency or unit it acts for, as in agencies.yaml.")
    var agency: String

    @Option(help: "The number of an agreement it may name; may be repeated.")
    var agreement: [Int]

    @Option(help: "What it may: deliver, status, aggregates; may be repeated. Default: deliver and status.")
    var scope: [String] = []

    @Option(help: "How many days its key lives.")
    var days = 180

    @Option(help: "Calls in a minute.")
    var perMinute = 600

    @Option(help: "Where the key is written; a file that is there already is left alone.")
    var output: String

    @OptionGroup var settings: SettingsOptions

    func run() async throws {
        try await reporting {
            let scopes = try (scope.isEmpty ? ["deliver", "status"] : scope).map { word in
                guard let scope = ProgramScope(rawValue: word) else {
                    throw ValidationError("--scope \(word): give deliver, status or aggregates")
                }
                return scope
            }
            guard !FileManager.default.fileExists(atPath: output) else {
                throw ValidationError("--output \(output) is there already")
            }
            let issued = try await withExistingRegister(try await settings.read()) { system in
                try await system.programs.admit(
                    ProgramDraft(
                        name: name, unit: agency, agreements: agreement, scopes: Set(scopes),
                        expires: system.clock.now.day.adding(days: days), perMinute: perMinute), by: .commandLine)
            }
            guard
                FileManager.default.createFile(
                    atPath: output, contents: Data("\(issued.program.text)\n\(issued.key)\n".utf8),
                    attributes: [.posixPermissions: 0o600])
            else { throw CocoaError(.fileWriteUnknown) }
            say("Đã cấp khóa cho \(name) (\(issued.program.text)); khóa ở \(output), không lưu nơi nào khác.")
        }
    }
}

struct EndProgramCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "end", abstract: "Takes a program's key back: from now on it is not answered.")

    @Argument(help: "The program's identifier.")
    var program: String

    @OptionGroup var settings: SettingsOptions

    func run() async throws {
        try await reporting {
            guard let id = RecordID(program) else { throw ValidationError("\(program) is no identifier") }
            try await withExistingRegister(try await settings.read()) { system in
                try await system.programs.end(id, by: .commandLine)
            }
            say("Đã thu khóa; máy chủ đang chạy biết sau không quá hai giây.")
        }
    }
}

struct ExchangeDescriptionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "openapi", abstract: "Prints the description of the exchange for programs (OpenAPI 3.1).")

    @Option(help: "Under which programs reach the system.")
    var url = "https://bao-phu.example"

    func run() throws {
        say(String(decoding: try ExchangeOpenAPI(publicURL: url).json(), as: UTF8.self))
    }
}
