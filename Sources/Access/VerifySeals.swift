public import Database
import Foundation
import Kernel

// What stands in tables, held against what the audit trail says of it.
extension AuditTrail {
    /// A deed of the trail with the fingerprint that it wrote of what it stored.
    public struct SealedDeed: Sendable, Equatable {
        public let sequence: Int
        public let action: String
        public let subject: String
        public let seal: Seal
    }

    /// The deeds of some actions that carry a fingerprint, in the order of the trail. Entries of earlier releases carry none
    /// and are left out.
    public static func sealedDeeds(_ actions: [String], on connection: any SQLConnection) throws -> [SealedDeed] {
        var deeds: [SealedDeed] = []
        let marks = actions.map { _ in "?" }.joined(separator: ", ")
        try connection.forEachRow(
            "SELECT sequence, action, subject, detail FROM audit_entry WHERE action IN (\(marks)) ORDER BY sequence",
            actions.map(\.sqlValue)
        ) { row in
            guard let seal = Seal(in: try row.text("detail")) else { return }
            deeds.append(
                SealedDeed(
                    sequence: try row.integer("sequence"), action: try row.text("action"),
                    subject: try row.text("subject"), seal: seal))
        }
        return deeds
    }
}

/// Accounts held against the deeds that gave them what they have.
public enum AccountTrail {
    /// Deeds that give or alter role, bounds and lock.
    static let sealing = [
        "account.invited", "account.created", "account.changed", "account.disabled", "account.enabled",
    ]

    /// Accounts whose role, agency, unit or lock is not what the last deed of the trail left: somebody wrote into the table.
    /// One whose last deed is of a release that sealed nothing is left out; one that no deed made is told.
    public static func problems(on connection: any SQLConnection) throws -> [String] {
        var told: [String: (sequence: Int, action: String, seal: Seal?)] = [:]
        let marks = sealing.map { _ in "?" }.joined(separator: ", ")
        try connection.forEachRow(
            "SELECT sequence, action, subject, detail FROM audit_entry WHERE action IN (\(marks)) ORDER BY sequence",
            sealing.map(\.sqlValue)
        ) { row in
            guard let login = Subject(try row.text("subject"))?.key else { return }
            told[login] = (
                try row.integer("sequence"), try row.text("action"), Seal(in: try row.text("detail"))
            )
        }
        return try Accounts.all(within: .ofSystem, on: connection).compactMap { account in
            guard let last = told[account.login] else {
                return "account \(account.login): no entry of the trail made it"
            }
            guard let seal = last.seal, seal != account.seal else { return nil }
            return
                "account \(account.login): has “\(account.post.words)”\(account.state == .disabled ? ", locked" : ""), not what entry \(last.sequence) of the trail sealed (\(last.action))"
        }
    }
}

extension Account {
    /// The fingerprint of what it is and may. Its communes follow the list of units without an entry, and whether it has been
    /// taken up is the person's own doing: neither is in it.
    var seal: Seal {
        Seal([[login, role.rawValue, agency?.text ?? "", unit?.text ?? "", state == .disabled ? "disabled" : "open"]])
    }

    /// What a deed's entry tells: some words, then the fingerprint of the account as the deed left it.
    static func sealed(_ words: String, _ id: RecordID, on connection: any SQLConnection) throws -> String {
        guard let seal = try Accounts.find(id, on: connection)?.seal else { return words }
        return words.isEmpty ? seal.words : "\(words); \(seal.words)"
    }
}
