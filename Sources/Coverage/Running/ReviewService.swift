public import Access
public import Database
public import Jobs
public import Kernel
public import Legislation
import Registry
public import Vault

/// Reviews of the register: begun, carried out as jobs, read, compared.
public struct ReviewService: Sendable {
    public let store: any DataStore
    public let clock: Clock
    let keys: NumberKeys?
    /// The law's parameters that hold now; nil where the server has no law.
    private let law: (@Sendable () async throws -> ParameterTable)?
    /// The decision tables, as the folder has them.
    private let tables: @Sendable (_ clocks: Set<String>) throws -> ReviewTables

    public init(
        store: any DataStore, clock: Clock, keys: NumberKeys?, law: (@Sendable () async throws -> ParameterTable)?,
        tables: @escaping @Sendable (Set<String>) throws -> ReviewTables
    ) {
        (self.store, self.clock, self.keys, self.law, self.tables) = (store, clock, keys, law, tables)
    }

    struct Parameters: Codable, Sendable {
        let run: Int
        /// Whether to go through the whole register though little changed.
        let isWhole: Bool
    }

    private static let name = JobName<Parameters>("coverage.review")

    /// The work itself; whoever may begin a review is asked when it is begun.
    public var jobKinds: [JobKind] {
        [
            JobKind(Self.name, title: "Rà soát người, đơn vị chưa tham gia", lane: .heavy, right: nil) {
                parameters, run in
                let table = try await lawNow()
                guard let begun = try await run.store.read({ try ReviewRuns.find(parameters.run, on: $0) }) else {
                    throw Refusal(.notFound, "Không còn lần rà soát này.")
                }
                let done = try await PerformReview(
                    service: self, run: run, number: parameters.run, isWhole: parameters.isWhole,
                    tables: tables(of: table),
                    law: try ReviewLaw(table, on: begun.day), words: try .shipped(), rules: try .shipped()
                ).perform()
                return JobResult(
                    "Đã rà soát \(VietnameseText.grouped(done.looked)) đơn vị (“\(done.name)”).",
                    subject: Subject(.review, "\(done.number)"))
            }
        ]
    }

    private func lawNow() async throws -> ParameterTable {
        guard let law else {
            throw Refusal(.notNow, "Máy chủ không có thư mục tham số pháp luật (legislation) nên không rà soát được.")
        }
        return try await law()
    }

    private func tables(of law: ParameterTable) throws -> ReviewTables {
        try tables(Set(law.clocks.map(\.name)))
    }

    /// The decision tables by which classes are told.
    public func tables() async throws -> ReviewTables { try await tables(of: lawNow()) }

    /// Whoever asks for a review.
    public enum Asker: Sendable {
        case person(Submission)
        case commandLine
    }

    /// Begins a review.
    /// - Parameters:
    ///   - name: by which it is read and compared.
    ///   - day: of the facts.
    ///   - isWhole: goes through the whole register, also where little changed since the run before.
    /// - Returns: the run, and whether it stood already: one that did not end yet goes on.
    public func begin(
        _ name: String, on day: Day, isWhole: Bool = false, by asker: Asker
    ) async throws -> (run: ReviewRun, isRepeated: Bool) {
        let actor: Actor
        switch asker {
        case .person(let submission):
            try submission.viewer.require(.runReviews)
            actor = submission.actor
        case .commandLine: actor = .commandLine
        }
        let name = VietnameseText.tidy(name)
        guard !name.isEmpty, name.count <= 60 else {
            throw Refusal(.invalid, "Hãy đặt tên cho lần rà soát, không quá 60 chữ, ví dụ “2026-11”.")
        }
        guard day <= clock.now.day else {
            throw Refusal(.invalid, "Ngày rà soát \(day.vietnamese) ở sau hôm nay; hãy chọn từ hôm nay trở về trước.")
        }
        // Nobody waits for a run that cannot be done: files and parameters are looked at first.
        let law = try await lawNow()
        let fingerprint = try tables(of: law).fingerprint
        let lawOfDay = try ReviewLaw(law, on: day).fingerprint
        let now = clock.now
        return try await store.write { connection in
            if let last = try ReviewRuns.last(on: connection), last.state == .running {
                let isLive = try JobService.isLive(Self.name, on: connection)
                if isLive {
                    if last.name == name, last.day == day { return (last, true) }
                    throw Refusal(
                        .notNow, "Lần rà soát “\(last.name)” đang chạy; hãy chờ xong rồi chạy “\(name)”.")
                }
                try connection.execute(
                    "UPDATE review_run SET state = ?, ended_at = ? WHERE number = ?", ReviewRun.State.failed.rawValue,
                    now,
                    last.number)
                // Its name is free again.
                try connection.execute(
                    "UPDATE review_run SET name = ? WHERE number = ?", "\(last.name) (bỏ dở \(last.number))",
                    last.number)
            }
            if let known = try ReviewRuns.find(named: name, on: connection) {
                let last = try ReviewRuns.last(on: connection)
                let isSame =
                    try known.day == day && known == last && known.law == lawOfDay && known.tables == fingerprint
                    && known.mark == RegisterQueries.mark(on: connection) && TouchedEntities.count(on: connection) == 0
                if isSame { return (known, true) }
                throw Refusal(
                    .stale,
                    "Đã có lần rà soát “\(name)” (ngày \(known.day.vietnamese)) và dữ liệu hoặc quy tắc đã khác; hãy đặt tên khác để so sánh hai lần."
                )
            }
            let number = (try ReviewRuns.last(on: connection)?.number ?? 0) + 1
            let job = try JobService.enter(
                Self.name, Parameters(run: number, isWhole: isWhole),
                title: "Rà soát “\(name)” tại ngày \(day.vietnamese)",
                notBefore: now, at: now, on: connection)
            try connection.execute(
                """
                INSERT INTO review_run (number, name, day, tax_year, law, tables, mark, is_whole, looked, state, stages, job,
                    began_at, by_name) VALUES (?, ?, ?, 0, '', '', 0, 1, 0, ?, '[]', ?, ?, ?)
                """, number, name, day.description, ReviewRun.State.running.rawValue, job.description, now,
                actor.name)
            try AuditTrail.append(
                AuditEvent("coverage.review-begun", subject: Subject(.review, "\(number)"), detail: name), by: actor,
                at: now, on: connection)
            guard let run = try ReviewRuns.find(number, on: connection) else {
                throw Refusal(.notFound, "Không còn lần rà soát này.")
            }
            return (run, false)
        }
    }

    /// By name.
    public func run(named name: String) async throws -> ReviewRun {
        try await store.read { try ReviewRuns.require(name, on: $0) }
    }

    /// The latest first.
    public func runs(_ limit: Int) async throws -> [ReviewRun] {
        try await store.read { connection in
            try connection.rows("SELECT * FROM review_run ORDER BY number DESC LIMIT ?", limit).map {
                try ReviewRun($0)
            }
        }
    }
}
