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
    /// What the trail last said of an account.
    private struct Told {
        var post: String?
        var isDisabled = false
    }

    /// Accounts whose role, bounds or state no deed of the trail gave them: somebody wrote into the table.
    public static func problems(on connection: any SQLConnection) throws -> [String] {
        var told: [String: Told] = [:]
        try connection.forEachRow(
            """
            SELECT action, subject, detail FROM audit_entry WHERE action IN ('account.invited', 'account.created',
                'account.changed', 'account.disabled', 'account.enabled') ORDER BY sequence
            """, []
        ) { row in
            let detail = try row.text("detail")
            let login = Subject(try row.text("subject"))?.key ?? ""
            switch try row.text("action") {
            case "account.disabled": told[login, default: Told()].isDisabled = true
            case "account.enabled": told[login, default: Told()].isDisabled = false
            case "account.changed": told[login, default: Told()].post = given(by: detail)
            default: told[login, default: Told()].post = detail
            }
        }
        return try Accounts.all(within: .ofSystem, on: connection).flatMap { account -> [String] in
            guard let known = told[account.login], let post = known.post else {
                return ["account \(account.login): no entry of the trail made it"]
            }
            var problems: [String] = []
            if !fits(account, post) {
                problems.append(
                    "account \(account.login): has “\(account.post.words)”, the trail gave it “\(post)”")
            }
            if known.isDisabled, account.state != .disabled {
                problems.append("account \(account.login): is open, the trail says it was locked")
            }
            return problems
        }
    }

    /// `từ → thành. Lý do: …`: what it became.
    private static func given(by detail: String) -> String {
        let end = detail.range(of: ". Lý do:")?.lowerBound ?? detail.endIndex
        let change = detail[..<end]
        return change.range(of: " → ").map { String(change[$0.upperBound...]) } ?? String(change)
    }

    /// The role always; agency and unit where the entry tells them. Communes follow the list of units without an entry.
    private static func fits(_ account: Account, _ post: String) -> Bool {
        if post == "quản trị đầu tiên" { return account.role == .administrator }
        let parts = post.components(separatedBy: "; ")
        guard parts.first == account.role.title else { return false }
        guard parts.count > 1 else { return true }
        return [account.agency?.text, account.unit?.text].compactMap(\.self).allSatisfy(parts.contains)
    }
}
