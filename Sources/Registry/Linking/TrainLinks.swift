public import Access
public import Database
import Formats
import Foundation
public import Jobs
public import Kernel
import Linkage

/// Which models are to be trained.
public struct LinkTraining: Codable, Sendable {
    /// `participant,resident`; empty for all pairs of kinds that the register has enough of.
    public let kinds: String

    public init(kinds: String = "") { self.kinds = kinds }
}

/// A trained model, as it is told of.
public struct LinkModelVersion: Sendable, Equatable {
    /// What a level weighs now and before.
    public struct Drift: Sendable, Equatable, Codable {
        public let comparison: String
        public let condition: String
        public let before: Double
        public let after: Double
    }

    public let kinds: KindPair
    /// From 1, of these kinds.
    public let version: Int
    /// Pairs that were compared in training, and the matches among them that it thinks there are.
    public let pairs: Int
    public let matches: Int
    public let trainedAt: Timestamp
    public let trainedBy: String
    /// Against the version before; of the first against the model that comes with the program.
    public let drift: [Drift]

    /// The greatest change of a level, in bits.
    public var greatestDrift: Double { drift.map { abs($0.after - $0.before) }.max() ?? 0 }
}

/// Trains models on the register itself, keeps them as versions, and weighs everything anew.
public enum TrainLinks {
    public static let name = JobName<LinkTraining>("registry.train-links")

    /// Persons that a sample takes at most, and the fewest of each kind that a model is trained on.
    static let most = 20_000
    static let fewest = 300

    /// Adds the job, unless one is at it. Part of the caller's write.
    public static func begin(
        _ kinds: KindPair?, by submission: Submission, at now: Timestamp, on connection: any SQLConnection
    ) throws -> RecordID {
        try submission.viewer.require(.trainLinks)
        return try begin(kinds, by: submission.actor, at: now, on: connection)
    }

    /// The same for whoever runs the machine.
    public static func begin(
        _ kinds: KindPair?, by actor: Actor, at now: Timestamp, on connection: any SQLConnection
    ) throws -> RecordID {
        guard try !JobService.isLive(name, on: connection) else {
            throw Refusal(.stale, "Mô hình đối chiếu đang được huấn luyện; hãy đợi việc đó xong.")
        }
        try AuditTrail.append(
            AuditEvent(
                "registry.training", subject: Subject(.register, "link-models"), detail: kinds?.description ?? ""),
            by: actor, at: now, on: connection)
        return try JobService.enter(
            name, LinkTraining(kinds: kinds?.description ?? ""), title: "Huấn luyện mô hình đối chiếu của sổ đăng ký",
            notBefore: now, at: now, on: connection)
    }

    /// How far it is: pairs of kinds that were looked at, and what became of each.
    struct Checkpoint: Codable, Sendable {
        var done = 0
        var words: [String] = []
    }

    /// - Parameter settle: works off what waits, without a checkpoint of its own.
    public static func kind(settle: @escaping @Sendable (JobRun) async throws -> Void) -> JobKind {
        JobKind(name, title: "Huấn luyện mô hình đối chiếu của sổ đăng ký", lane: .heavy, right: nil) {
            parameters, run in
            var point = try run.checkpoint(Checkpoint.self) ?? Checkpoint()
            let pairs = try await run.store.read { try wanted(parameters.kinds, on: $0) }
            while point.done < pairs.count {
                let (kinds, before) = (pairs[point.done], point)
                let sample = try await run.store.read { try LinkSample(kinds, most: most, on: $0) }
                let trained = sample.isEnough ? try await sample.train() : nil
                let progress = JobProgress(before.done, of: pairs.count, "huấn luyện \(kinds)")
                point = try await run.write(progress) { connection in
                    var after = before
                    after.done += 1
                    if let trained {
                        let version = try store(
                            trained, of: sample, by: run.actor.name, at: run.clock.now, on: connection)
                        after.words.append("\(kinds): bản \(version)")
                        if after.done == pairs.count || !parameters.kinds.isEmpty {
                            try LinkRecords.noteAll(on: connection)
                        }
                    } else {
                        after.words.append("\(kinds): quá ít người có ở cả hai loại bản ghi")
                        if after.done == pairs.count { try LinkRecords.noteAll(on: connection) }
                    }
                    return after
                }.checkpoint
            }
            try await settle(run)
            return JobResult("Mô hình đối chiếu: " + point.words.joined(separator: "; ") + ".")
        }
    }

    /// The pairs of kinds of which the register has enough. Records of one kind tell too rarely of one person twice to learn from.
    private static func wanted(_ text: String, on connection: any SQLConnection) throws -> [KindPair] {
        if !text.isEmpty {
            let known = Set(RecordKind.allCases.filter { $0.subject == .person }.map(\.rawValue))
            guard let kinds = KindPair(text), known.contains(kinds.first), known.contains(kinds.second),
                kinds.first != kinds.second
            else {
                throw Refusal(
                    .invalid,
                    "Hãy nêu hai loại bản ghi khác nhau của người, ví dụ participant,resident: \(known.sorted().joined(separator: ", "))."
                )
            }
            return [kinds]
        }
        let counts = try LinkSample.kinds(on: connection)
        let many = counts.filter { $0.value >= fewest }.keys.sorted()
        return many.enumerated().flatMap { place, first in many[(place + 1)...].map { KindPair(first, $0) } }
    }

    static func store(
        _ trained: TrainedModel, of sample: LinkSample, by name: String, at now: Timestamp,
        on connection: any SQLConnection
    ) throws -> Int {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let number = try (connection.integer("SELECT MAX(number) FROM link_model") ?? 0) + 1
        let version =
            try
            (connection.integer(
                "SELECT MAX(version) FROM link_model WHERE kinds = ?", sample.kinds.description) ?? 0) + 1
        let model = trained.model.with(prior: sample.prior)
        try connection.execute(
            """
            INSERT INTO link_model (number, kinds, version, model, shares, pairs, matches, trained_at, trained_by)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, number, sample.kinds.description, version, String(decoding: try encoder.encode(model), as: UTF8.self),
            String(decoding: try encoder.encode(trained.shares), as: UTF8.self), trained.compared, sample.overlap, now,
            name)
        return version
    }

    /// All versions, of each pair of kinds the last first.
    public static func versions(on connection: any SQLConnection) throws -> [LinkModelVersion] {
        var before: [KindPair: LinkModel] = [:]
        var versions: [LinkModelVersion] = []
        for row in try connection.rows("SELECT * FROM link_model ORDER BY number") {
            guard let kinds = KindPair(try row.text("kinds")) else { continue }
            let model = try LinkModels.scorer(row).model
            let difference = ModelDifference(try before[kinds] ?? LinkModels.file.model, model)
            before[kinds] = model
            versions.append(
                LinkModelVersion(
                    kinds: kinds, version: try row.integer("version"), pairs: try row.integer("pairs"),
                    matches: try row.integer("matches"), trainedAt: try row.timestamp("trained_at"),
                    trainedBy: try row.text("trained_by"),
                    drift: difference.levels.compactMap { level in
                        guard let old = level.before, let new = level.after else { return nil }
                        return LinkModelVersion.Drift(
                            comparison: level.comparison, condition: level.condition, before: old, after: new)
                    }))
        }
        return versions.sorted { ($0.kinds.description, $1.version) < ($1.kinds.description, $0.version) }
    }
}
