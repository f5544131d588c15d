import Access
import ArgumentParser
import Assembly
import Database
import Foundation
import Kernel
import Vault

/// The path of a backup, which may be written as that of a database may.
func backupPath(_ text: String) throws -> String {
    guard case .sqlite(let path)? = try? DatabaseLocation(text) else {
        throw ValidationError("a backup is one file: give its path")
    }
    return path
}

/// What seals a backup.
struct LockOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Seal it with the passphrase in this file (its first line, at least \(BackupPassphrase.shortest) characters; `baophu key passphrase` makes one).",
            valueName: "file"))
    var passphraseFile: String?

    @Option(help: "Seal it for this recipient (BPR1-…, from `baophu key identity`): the server needs no secret.")
    var recipient: String?

    /// What people call what they seal.
    private static let around = ["Bao Phủ", "backup", "passphrase", "sao lưu", "dự phòng"]

    func lock() throws -> SealedFile.Lock? {
        switch (passphraseFile, recipient) {
        case (nil, nil): return nil
        case (let file?, nil):
            let passphrase = try firstLine(of: file)
            if let problem = try BackupPassphrase.problem(passphrase, guessedBy: Self.around) {
                throw ValidationError(
                    "the passphrase in \(file) \(problem): write another one, or have one made by `baophu key passphrase --out FILE`"
                )
            }
            return .passphrase(passphrase)
        case (nil, let text?):
            guard let recipient = BackupRecipient(text) else {
                throw ValidationError(
                    "--recipient is not one: copy the whole BPR1-… that `baophu key identity` printed")
            }
            return .recipient(recipient)
        case (.some, .some): throw ValidationError("give --passphrase-file or --recipient, not both")
        }
    }
}

/// What opens a sealed backup.
struct OpenOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The file whose first line is the passphrase it was sealed with.", valueName: "file"))
    var passphraseFile: String?

    @Option(help: ArgumentHelp("The file of the identity it was sealed for.", valueName: "file"))
    var identity: String?

    func opener() throws -> SealedFile.Opener? {
        switch (passphraseFile, identity) {
        case (nil, nil): return nil
        case (let file?, nil): return .passphrase(try firstLine(of: file))
        case (nil, let file?):
            guard let identity = BackupIdentity(try firstLine(of: file)) else {
                throw ValidationError(
                    "\(file) holds no identity: its first line is BPI1-… as `baophu key identity` wrote it")
            }
            return .identity(identity)
        case (.some, .some): throw ValidationError("give --passphrase-file or --identity, not both")
        }
    }
}

/// The first line of a file that holds a secret.
private func firstLine(of path: String) throws -> String {
    guard let data = FileManager.default.contents(atPath: path) else {
        throw ValidationError("\(path) cannot be read")
    }
    let line = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline).first
    guard let line, !line.isEmpty else {
        throw ValidationError("\(path) is empty: write the secret into its first line")
    }
    return String(line)
}

struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Copies the database into one file, while the system runs.",
        discussion:
            "Beside it stands FILE.manifest.json: size, SHA-256, rows by table and the audit trail's head, no content. `baophu drill` holds the backup to it; keep a copy of it elsewhere."
    )

    @Argument(help: "The file to write; it must not exist.")
    var file: String

    @OptionGroup var sealing: LockOptions

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: JSONOption

    mutating func validate() throws {
        file = try backupPath(file)
    }

    func run() async throws {
        try await reporting {
            let lock = try sealing.lock()
            let manifest = try BackupManifest.place(for: file)
            let store = try Storage.openExisting(try await settings.read().database)
            let now = BaoPhuSystem.now
            let summary = try await BackupFile.write(store, to: file, sealedFor: lock)
            try await store.close()
            try BackupManifest(of: summary, at: now).write(to: manifest)
            if output.json { return try sayJSON(summary) }
            say("Wrote \(summary.file): \(summary.tables) tables, \(summary.rows) rows, \(summary.bytes) bytes.")
            say("Audit head \(summary.auditHead); \(manifest) tells the rest.")
            if lock == nil {
                complain("It is not sealed: whoever has the file can read it. See --passphrase-file and --recipient.")
            }
        }
    }
}

struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Puts a backup into a database that holds no data yet.")

    @Argument(help: "A file written by `baophu backup`, of either engine.")
    var file: String

    @OptionGroup var opening: OpenOptions

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: JSONOption

    mutating func validate() throws {
        file = try backupPath(file)
    }

    func run() async throws {
        try await reporting {
            let location = try await settings.read().database
            let summary = try await BackupFile.restore(file, to: location, at: BaoPhuSystem.now, with: opening.opener())
            if output.json { return try sayJSON(summary) }
            say("Restored \(summary.tables) tables, \(summary.rows) rows from \(summary.file).")
            say(
                "From now on this machine's clock counts: \(BaoPhuSystem.now). If that is wrong, set it before the server starts."
            )
        }
    }
}

struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "The audit trail.", subcommands: [AuditVerifyCommand.self])
}

struct AuditVerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract:
            "Finds changed, removed or reordered entries of the audit trail, and what is stored otherwise than it says.",
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
        /// Heads of the file of heads that were looked for.
        let noted: Int
        /// What differs from the trail, by kind: files, figures, targets, accounts.
        let stored: [String: [String]]
    }

    func run() async throws {
        try await reporting {
            let settings = try await settings.read()
            let store = try Storage.openExisting(settings.database)
            let noted = settings.heads.noted()
            let verdict = try await AuditTrail.verify(expecting: noted + [expect].compactMap(\.self), in: store)
            let stored = try await TrailCheck.examine(store)
            try await store.close()
            let isIntact = verdict.problems.isEmpty && stored.allSatisfy(\.problems.isEmpty)
            if output.json {
                try sayJSON(
                    Answer(
                        entries: verdict.entries, head: verdict.head, intact: isIntact,
                        problems: verdict.problems.map { .init(sequence: $0.sequence, reason: $0.reason) },
                        noted: noted.count,
                        stored: Dictionary(
                            uniqueKeysWithValues: stored.map { ($0.check, $0.problems) })))
            } else {
                for problem in stored.flatMap(\.problems) { complain(problem) }
                for problem in verdict.problems { complain("entry \(problem.sequence) \(problem.reason)") }
                say(
                    "\(verdict.entries) entries, head \(verdict.head)"
                        + (verdict.problems.isEmpty ? ", unbroken" : ", BROKEN")
                        + "; \(noted.count) heads noted before.")
                for finding in stored where finding.problems.isEmpty { say("\(finding.check): \(finding.words).") }
            }
            if !isIntact { throw ExitCode(65) }
        }
    }
}
