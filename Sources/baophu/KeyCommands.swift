import Access
import ArgumentParser
import Assembly
import Database
import Foundation
import Kernel
import Vault

struct KeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key", abstract: "The keys that seal secrets in the database, and those that open backups.",
        subcommands: [KeyShowCommand.self, KeyRotateCommand.self, KeyIdentityCommand.self, KeyPassphraseCommand.self])
}

struct KeyShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Names the keys and where they lie; never the keys themselves.")

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: JSONOption

    private struct Answer: Encodable {
        let file: String?
        let keys: [String]
    }

    func run() async throws {
        try await reporting {
            let settings = try await settings.read()
            guard let ids = try settings.existingKeyRing()?.ids else {
                throw VaultError.file(
                    path: settings.keyFile ?? "keys.value",
                    problem: "there is no such file yet; the server makes it at its first start")
            }
            if output.json { return try sayJSON(Answer(file: settings.keyFile, keys: ids)) }
            say("\(settings.keyFile ?? "setting keys.value"): \(ids.joined(separator: ", ")); the first seals.")
        }
    }
}

struct KeyRotateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate", abstract: "Makes a new key and seals all secrets with it; the old ones go on opening.",
        discussion: "A running server takes the new key from the file by itself.")

    @OptionGroup var settings: SettingsOptions

    func run() async throws {
        try await reporting {
            let settings = try await settings.read()
            guard let file = settings.keyFile else {
                throw ValidationError(
                    "the keys come from the setting keys.value: put a new one (64 hexadecimal digits) in front there, and restart the server"
                )
            }
            let store = try Storage.openExisting(settings.database)
            _ = try await Storage.migrator.migrate(store, at: BaoPhuSystem.now)
            _ = try settings.keyRing()
            let ring = try KeyFile.rotate(file)
            let access = AccessService(store: store, clock: .machine, grants: .ofRoles, keys: ring)
            let outcome = try await access.sealSecrets()
            try await store.close()
            say("\(file): key \(ring.ids.first ?? "") seals now; \(outcome.sealed) secrets were sealed with it.")
            for problem in outcome.problems { complain("\(problem)") }
            if !outcome.problems.isEmpty { throw ExitCode(65) }
        }
    }
}

struct KeyIdentityCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "identity",
        abstract: "Makes the pair for sealed backups: a recipient for the server, an identity that opens them.",
        discussion:
            "Keep the identity where the backups are not: whoever has both reads everything, without it nobody does.")

    @Option(help: ArgumentHelp("The file to write the identity into; it must not exist.", valueName: "file"))
    var out: String

    func run() async throws {
        try await reporting {
            let identity = BackupIdentity()
            try identity.write(to: out)
            say("Recipient (for `baophu backup FILE --recipient …`):\n  \(identity.recipient.text)")
            say("Identity in \(out): keep it apart from the backups.")
        }
    }
}

struct KeyPassphraseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "passphrase",
        abstract: "Makes a passphrase for sealed backups (`--passphrase-file`), which nobody guesses.",
        discussion: "It can be copied by hand. Keep it where the backups are not: without it nobody reads them.")

    @Option(help: ArgumentHelp("The file to write the passphrase into; it must not exist.", valueName: "file"))
    var out: String

    func run() async throws {
        try await reporting {
            try BackupPassphrase.write(to: out)
            say("Passphrase in \(out): keep a copy apart from the backups.")
        }
    }
}
