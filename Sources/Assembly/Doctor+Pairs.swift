import Access
import Database
import Files

extension Doctor {
    /// Whether there are two people wherever a deed needs two.
    func pairs(in store: any DataStore) async throws -> Finding {
        let acts = PairedAct.choosable + [.eraseFile]
        let lonely = try await store.read { try settings.pairs.lonely(among: acts, grants: .ofRoles, on: $0) }
        guard !lonely.isEmpty else { return ok("two-people", "two accounts at least for each deed that needs two") }
        return Finding(
            check: "two-people", severity: .warning, message: lonely.joined(separator: "; "),
            remedy: "make a second account for them (“Tài khoản”), or leave the deed out of decisions.two-people")
    }
}
