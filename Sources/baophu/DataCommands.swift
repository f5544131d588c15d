import Access
import ArgumentParser
import Assembly
import Database
import Kernel

/// The path of a backup, which may be written as that of a database may.
private func backupPath(_ text: String) throws -> String {
    guard case .sqlite(let path)? = try? DatabaseLocation(text) else {
        throw ValidationError("a backup is one file: give its path")
    }
    return path
}

struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Copies the database into one file, while the system runs.")

    @Argument(help: "The file to write; it must not exist.")
    var file: String

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: JSONOption

    mutating func validate() throws {
        file = try backupPath(file)
    }

    func run() async throws {
        try await reporting {
            let store = try Storage.openExisting(try await settings.read().database)
            let summary = try await BackupFile.write(store, to: file)
            try await store.close()
            if output.json { return try sayJSON(summary) }
            say("Wrote \(summary.file): \(summary.tables) tables, \(summary.rows) rows, \(summary.bytes) bytes.")
        }
    }
}

struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Puts a backup into a database that holds no data yet.")

    @Argument(help: "A file written by `baophu backup`, of either engine.")
    var file: String

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: JSONOption

    mutating func validate() throws {
        file = try backupPath(file)
    }

    func run() async throws {
        try await reporting {
            let location = try await settings.read().database
            let summary = try await BackupFile.restore(file, to: location, at: BaoPhuSystem.now)
            if output.json { return try sayJSON(summary) }
            say("Restored \(summary.tables) tables, \(summary.rows) rows from \(summary.file).")
        }
    }
}

struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "The audit trail.", subcommands: [AuditVerifyCommand.self])
}

struct AuditVerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Finds changed, removed or reordered entries of the audit trail.",
        discussion:
            "Prints the head of the chain. Note it elsewhere and pass it later with --expect: that also shows a chain rewritten from end to end."
    )

    @Option(help: "A head noted earlier (SEQUENCE:HASH) that the chain must still contain.")
    var expect: String?

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: JSONOption

    private struct Answer: Encodable {
        struct Problem: Encodable {
            let sequence: Int
            let reason: String
        }

        let entries: Int
        let head: String
        let intact: Bool
        let problems: [Problem]
    }

    func run() async throws {
        try await reporting {
            let store = try Storage.openExisting(try await settings.read().database)
            let verdict = try await AuditTrail.verify(expecting: expect, in: store)
            try await store.close()
            if output.json {
                try sayJSON(
                    Answer(
                        entries: verdict.entries, head: verdict.head, intact: verdict.problems.isEmpty,
                        problems: verdict.problems.map { .init(sequence: $0.sequence, reason: $0.reason) }))
            } else {
                for problem in verdict.problems { complain("entry \(problem.sequence) \(problem.reason)") }
                say(
                    "\(verdict.entries) entries, head \(verdict.head)"
                        + (verdict.problems.isEmpty ? ", unbroken." : ", BROKEN."))
            }
            if !verdict.problems.isEmpty { throw ExitCode(65) }
        }
    }
}
