public import Access
import Kernel

extension SearchSource {
    /// Accounts, for whoever manages them.
    /// - Parameter unitNames: names of the agency, unit and communes of an account.
    public static func accounts(unitNames: @escaping @Sendable (Account) -> [String]) -> SearchSource {
        SearchSource(
            .account,
            // Coming in and going changes nothing that an account is found by.
            concerns: { !$0.hasPrefix("session.") },
            keys: { after, limit, connection in try Accounts.logins(after: after, limit: limit, on: connection) },
            entries: { login, connection in
                try Accounts.find(logins: [login], on: connection).map { account in
                    SearchEntry(
                        key: account.login, places: [], newness: account.createdAt,
                        texts: [account.login, account.name, account.role.title] + unitNames(account)
                            + [account.residentialGroup ?? ""])
                }
            },
            reach: { $0.may(.manageAccounts) ? .everything : .places([]) },
            hits: { logins, viewer, connection in
                guard viewer.may(.manageAccounts), !logins.isEmpty else { return [:] }
                let found = try Accounts.find(logins: logins, on: connection).map { account in
                    (
                        account.login,
                        SearchHit(
                            .account(account.id), title: "\(account.name) (\(account.login))",
                            detail: ([account.role.title] + unitNames(account).prefix(1) + [account.state.title])
                                .joined(separator: " · "))
                    )
                }
                return Dictionary(found, uniquingKeysWith: { first, _ in first })
            })
    }
}
