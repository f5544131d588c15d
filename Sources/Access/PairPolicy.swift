public import Database
public import Kernel

/// Which acts need two people here, a choice of whoever runs the system; who may be the second, and how both are told.
public struct PairPolicy: Sendable {
    private let names: Set<String>
    /// What roles may: without it nobody is found who could be the second.
    private let grants: Grants?
    let tell: PairTeller

    /// - Parameters:
    ///   - acts: besides those that always need two.
    ///   - grants: of the accounts among which the second person is looked for.
    ///   - tell: tells those whom a deed concerns; nobody is told when left out.
    public init(
        _ acts: Set<PairedAct> = [], grants: Grants? = nil, tell: @escaping PairTeller = { _, _, _, _, _ in }
    ) {
        self.init(names: Set(acts.map(\.name)), grants: grants, tell: tell)
    }

    private init(names: Set<String>, grants: Grants?, tell: @escaping PairTeller) {
        self.names = names
        self.grants = grants
        self.tell = tell
    }

    /// The same choice with what the running system knows.
    public func with(grants: Grants, tell: @escaping PairTeller) -> PairPolicy {
        PairPolicy(names: names, grants: grants, tell: tell)
    }

    public func needsTwo(_ act: PairedAct) -> Bool { act.isAlways || names.contains(act.name) }

    /// Somebody with today's rights; nil for an account that is not in use.
    public func viewer(of account: RecordID, on connection: any SQLConnection) throws -> Viewer? {
        guard let grants, let found = try Accounts.find(account, on: connection), found.state == .active else {
            return nil
        }
        return found.viewer(grants)
    }

    /// Accounts in use that may be the second, by name.
    /// - Parameters:
    ///   - first: who proposes.
    ///   - mayConfirm: the rule of the use case.
    public func seconds(
        besides first: RecordID, on connection: any SQLConnection, where mayConfirm: (Viewer) throws -> Bool
    ) throws -> [SecondPerson] {
        guard let grants else { return [] }
        return try Accounts.all(within: .ofSystem, on: connection).filter { account in
            try account.state == .active && account.id != first && mayConfirm(account.viewer(grants))
        }.map(SecondPerson.init).sorted { ($0.name, $0.account) < ($1.name, $1.account) }
    }
}

/// Somebody who may confirm what another proposes.
public struct SecondPerson: Sendable, Equatable {
    public let account: RecordID
    public let name: String
    public let role: Role

    init(_ account: Account) {
        self.account = account.id
        name = account.name
        role = account.role
    }

    /// As the page of a proposal names them.
    public static func words(of people: [SecondPerson]) -> String {
        guard !people.isEmpty else {
            return
                "Hiện không có tài khoản nào khác xác nhận được việc này; hãy đề nghị quản trị hệ thống mở thêm tài khoản."
        }
        let shown = people.prefix(6).map { "\($0.name) (\($0.role.title))" }.joined(separator: ", ")
        return "Người xác nhận được: \(shown)\(people.count > 6 ? " và \(people.count - 6) người khác" : "")."
    }
}

/// What became of a deed that two people do.
public enum PairNews: Sendable {
    /// Somebody proposed it; these may confirm.
    case proposed(seconds: [SecondPerson])
    /// It was carried out, not agreed to or taken back, or gave way to another proposal: by whom.
    case confirmed(Viewer), withdrawn(Viewer), replaced(Viewer)
    /// Nobody confirmed it in its week.
    case lapsed
    /// What it was about has changed: nobody could confirm it.
    case outdated
}

/// Tells those whom a deed of two people concerns, inside the transaction of what happened to it.
public typealias PairTeller = @Sendable (PairNews, PairedAct, PairedDeed, Timestamp, any SQLConnection) throws -> Void

extension PairPolicy {
    /// Where an act that needs two people here has one that could do it, or none: in English, for whoever runs the system.
    /// - Parameter acts: all there are.
    public func lonely(
        among acts: [PairedAct], grants: Grants, on connection: any SQLConnection
    ) throws -> [String] {
        let people = try Accounts.all(within: .ofSystem, on: connection).filter { $0.state == .active }
            .map { $0.viewer(grants) }
        // Of a system that nobody uses yet nothing is asked.
        guard !people.isEmpty else { return [] }
        return acts.filter(needsTwo).flatMap { act in
            act.needs.compactMap { need in
                let holders = people.filter { $0.may(need.right) }
                guard need.isOfUnit else {
                    return holders.count >= 2
                        ? nil
                        : "\(act.name) (\(need.right.name)): \(holders.isEmpty ? "no active account" : "one active account"), two are needed"
                }
                // A unit that nobody works for yet has nothing to decide.
                let units = Dictionary(grouping: holders.flatMap(\.ownUnits), by: \.self).filter { $0.value.count < 2 }
                    .keys.map(\.text).sorted()
                guard !units.isEmpty else { return nil }
                let shown = units.prefix(5).joined(separator: ", ") + (units.count > 5 ? ", …" : "")
                return "\(act.name) (\(need.right.name)): one active account in \(units.count) units (\(shown))"
            }
        }
    }
}
