public import Access
public import Database
public import Exchange
public import Kernel

extension Right {
    public static let readOperation = Right(
        "operation.read", "Xem tình hình vận hành, sử dụng hệ thống")
}

extension RightArea {
    /// How the system itself is used and runs.
    public static let operation = RightArea("Vận hành hệ thống", [.readOperation])
}

/// What the system says of itself over a stretch of days (task IV.1): deliveries, their quality, persons matched, time to answer,
/// who uses it, how much of the time it ran.
public struct OperationAccount: Sendable, Equatable {
    public let first: Day
    public let last: Day
    public let availability: Availability
    public let users: [ActiveAccounts]
    public let exchange: ExchangeUse
    /// Jobs that failed for good.
    public let failedJobs: Int

    /// Commune roles' accounts and active ones, by commune.
    public var byCommune: [(commune: CommuneCode, accounts: Int, active: Int)] {
        var sums: [CommuneCode: (Int, Int)] = [:]
        for line in users {
            guard case .commune(let code)? = line.unit else { continue }
            sums[code, default: (0, 0)].0 += line.accounts
            sums[code]?.1 += line.active
        }
        return sums.map { ($0.key, $0.value.0, $0.value.1) }.sorted { $0.0.text < $1.0.text }
    }
}

public struct OperationService: Sendable {
    public let store: any DataStore
    public let clock: Clock
    let exchange: ExchangeService
    let failedJobs: @Sendable (Timestamp, Timestamp, any SQLConnection) throws -> Int

    public init(
        store: any DataStore, clock: Clock, exchange: ExchangeService,
        failedJobs: @escaping @Sendable (Timestamp, Timestamp, any SQLConnection) throws -> Int
    ) {
        (self.store, self.clock, self.exchange, self.failedJobs) = (store, clock, exchange, failedJobs)
    }

    /// Days of one account at most: a year and its leap day.
    public static let mostDays = 366

    public func account(from first: Day, through last: Day, for viewer: Viewer) async throws -> OperationAccount {
        try viewer.require(.readOperation)
        return try await account(from: first, through: last)
    }

    /// The same for commands and papers, which check for themselves who asks.
    public func account(from first: Day, through last: Day) async throws -> OperationAccount {
        guard first <= last, first.days(to: last) < Self.mostDays else {
            throw Refusal(.invalid, "Hãy chọn khoảng ngày không quá một năm.")
        }
        let (from, until) = (Timestamp(day: first), Timestamp(day: last.adding(days: 1)))
        let now = clock.now
        return try await store.read { connection in
            OperationAccount(
                first: first, last: last,
                availability: Availability(
                    try ServerLog.runs(from: from, until: until, on: connection), from: from, until: until, now: now),
                users: try ActiveAccounts.all(from: from, until: until, on: connection),
                exchange: try exchange.use(from: from, until: until, on: connection),
                failedJobs: try failedJobs(from, until, connection))
        }
    }
}
