import ArgumentParser
import Assembly
import Database
import Foundation

struct DrillCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drill", abstract: "Rehearses a restore: puts a backup into a scratch database and compares.",
        discussion: """
            Checks the file against its manifest, restores it (a sealed one too), looks for damage, walks the audit trail, compares \
            the rows of every table and the trail's head with the manifest, and looks for that head in the database the \
            backup was taken from. The scratch database is removed again. Exit code 65 when anything differs.
            """)

    @Argument(help: "A file written by `baophu backup`.")
    var file: String

    @OptionGroup var opening: OpenOptions

    @Option(help: ArgumentHelp("The manifest; FILE.manifest.json when it is there.", valueName: "file"))
    var manifest: String?

    @Option(help: "An empty database to restore into, of either engine; a file in the temporary folder when left out.")
    var scratch: String?

    @Flag(help: "Do not look into the database the backup was taken from: on another machine there is none.")
    var withoutSource = false

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: JSONOption

    mutating func validate() throws {
        file = try backupPath(file)
    }

    func run() async throws {
        try await reporting {
            let report = try await rehearse()
            if output.json { try sayJSON(report) } else { tell(report) }
            if !report.isGood { throw ExitCode(65) }
        }
    }

    private func rehearse() async throws -> BackupDrill.Report {
        let beside = BackupManifest.path(of: file)
        let path = manifest ?? (FileManager.default.fileExists(atPath: beside) ? beside : nil)
        let location = withoutSource ? nil : try await settings.read().database
        let source = try location.flatMap { Storage.exists($0) ? try Storage.openExisting($0) : nil }
        let report = try await BackupDrill.run(
            file, manifest: try path.map { try BackupManifest.read($0) }, source: source, scratch: try scratchPlace(),
            at: BaoPhuSystem.now, with: opening.opener())
        try await source?.close()
        return report
    }

    private func scratchPlace() throws -> DatabaseLocation? {
        guard let scratch else { return nil }
        do {
            return try DatabaseLocation(scratch)
        } catch {
            throw ValidationError("--scratch \(error.shown): \(error.remedy)")
        }
    }

    private func tell(_ report: BackupDrill.Report) {
        for table in report.tables {
            let mark = table.restored == table.expected ? "" : "  <- differs"
            say("  \(table.name.padding(to: 28)) \(table.expected)  \(table.restored)\(mark)")
        }
        let held =
            report.comparedWith.isEmpty
            ? "itself only: there is no manifest" : report.comparedWith.joined(separator: " and ")
        say(
            "\(report.rows) rows of \(report.tables.count) tables in \(report.engine), \((report.seconds * 10).rounded() / 10) s; compared with \(held)."
        )
        say("Audit head \(report.restoredHead).")
        report.problems.forEach(complain)
        say(report.isGood ? "The backup is good." : "THE BACKUP IS NOT GOOD: \(report.problems.count) problems.")
    }
}
