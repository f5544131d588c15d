import Access
public import ArgumentParser
import Assembly
import Database
import Figures
import Foundation
public import Kernel
import PlanText
import Province

struct FiguresCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "figures", abstract: "Monthly numbers of participants by commune: import, show, score.",
        subcommands: [FiguresImportCommand.self, FiguresShowCommand.self, FiguresScoreCommand.self])
}

extension Month: ExpressibleByArgument {
    /// `2026-09` or `09/2026`
    public init?(argument: String) { self.init(typed: argument) }
}

/// The system over the settings' database with its schema up to date; for a dry run over a copy of nothing: a database
/// that is not there, or not up to date, is neither made nor changed.
func withFigures<T: Sendable>(
    _ settings: Settings, keeps: Bool, _ body: (BaoPhuSystem) async throws -> T
) async throws -> T {
    var settings = settings
    var temporary: String?
    if !keeps, try await !Storage.isReady(settings.database) {
        let path = NSTemporaryDirectory() + "/baophu-dry-\(UUID().uuidString)"
        temporary = path
        settings.database = .sqlite(path + "/dry.sqlite")
        if settings.keyFile != nil { settings.keyFile = URL(fileURLWithPath: path).appending(path: "keys").path }
        if settings.numberKeyFile != nil {
            settings.numberKeyFile = URL(fileURLWithPath: path).appending(path: "numbers.keys").path
        }
    }
    defer { if let temporary { try? FileManager.default.removeItem(atPath: temporary) } }
    let system = try await BaoPhuSystem.start(settings, syncs: keeps || temporary != nil)
    do {
        let result = try await body(system)
        try await system.store.close()
        return result
    } catch {
        try await system.store.close()
        throw error
    }
}

struct FiguresShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "The figures of a month for every commune, with source and cut-off day.")

    @Option(help: "The month (2026-09).")
    var month: Month

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: JSONOption

    private struct Line: Encodable {
        let code: String
        let name: String
        let compulsory: Int?
        let voluntary: Int?
        let source: String?
        let cutoff: String?
        let contested: Bool

        // What is not known is written as null, never left out and never zero.
        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Keys.self)
            try container.encode(code, forKey: .code)
            try container.encode(name, forKey: .name)
            try container.encode(compulsory, forKey: .compulsory)
            try container.encode(voluntary, forKey: .voluntary)
            try container.encode(source, forKey: .source)
            try container.encode(cutoff, forKey: .cutoff)
            try container.encode(contested, forKey: .contested)
        }

        enum Keys: String, CodingKey { case code, name, compulsory, voluntary, source, cutoff, contested }
    }

    func run() async throws {
        try await reporting {
            let settings = try await settings.read()
            let definition = try PlanFolder.load(settings.planFolder)
            let store = try Storage.openExisting(settings.database)
            let figures = try await store.read { try FigureService.figures(of: month, on: $0) }
            try await store.close()
            let byCommune = Dictionary(grouping: figures, by: \.commune)
            let lines = definition.communes.communes.map { commune in
                let known = byCommune[commune.code] ?? []
                let compulsory = known.first { $0.scheme == .compulsory }
                let voluntary = known.first { $0.scheme == .voluntary }
                let sources = Set(known.map(\.source)).sorted().joined(separator: "; ")
                return Line(
                    code: commune.code.text, name: commune.fullName, compulsory: compulsory?.people,
                    voluntary: voluntary?.people,
                    source: known.isEmpty ? nil : sources, cutoff: (known.map(\.cutoff).max()).map(\.description),
                    contested: known.contains(where: \.isContested))
            }
            if output.json { return try sayJSON(lines) }
            func people(_ number: Int?) -> String { number.map { VietnameseText.grouped($0) } ?? "chưa có" }
            for line in lines {
                say(
                    "\(line.code)  \(line.name.padding(to: 28)) \(people(line.compulsory).padding(to: 10)) \(people(line.voluntary).padding(to: 10)) \(line.cutoff ?? "")"
                )
            }
        }
    }
}
