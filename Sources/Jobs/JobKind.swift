public import Access
public import Files
import Foundation
public import Kernel

/// The name of a kind of long work with the type of its parameters: whoever starts one cannot give it anything else.
public struct JobName<Parameters: Codable & Sendable>: Sendable {
    /// Dotted English words, stable over time: it is stored.
    public let text: String

    public init(_ text: String) { self.text = text }
}

/// For work that needs to be told nothing.
public struct NoParameters: Codable, Sendable, Equatable {
    public init() {}
}

/// Which of a server's places a job takes, so that heavy work never keeps daily deeds waiting.
public enum JobLane: String, Sendable, CaseIterable {
    case light
    case heavy

    /// How many run at once on one server.
    public var places: Int {
        switch self {
        case .light: 4
        case .heavy: 2
        }
    }
}

/// When work that went wrong is tried again: pauses grow, and it ends.
public struct RetryPolicy: Sendable, Equatable {
    /// Runs without a finished chunk between them after which the job is given up.
    public var tries: Int
    public var firstPauseSeconds: Int64
    /// Each pause is so many times the one before.
    public var growth: Int64
    public var longestPauseSeconds: Int64

    public init(tries: Int = 5, firstPauseSeconds: Int64 = 30, growth: Int64 = 4, longestPauseSeconds: Int64 = 3_600) {
        self.tries = tries
        self.firstPauseSeconds = firstPauseSeconds
        self.growth = growth
        self.longestPauseSeconds = longestPauseSeconds
    }

    /// Seconds to wait after a try that failed; nil after the last.
    /// - Parameter tried: 1 for the first.
    public func pause(after tried: Int) -> Int64? {
        guard tried < tries else { return nil }
        var pause = firstPauseSeconds
        for _ in 1..<max(tried, 1) where pause < longestPauseSeconds { pause *= growth }
        return min(pause, longestPauseSeconds)
    }
}

/// What the work hands over at its end.
public struct JobResult: Sendable {
    /// One sentence in Vietnamese.
    public var words: String
    /// The thing the work made or changed; its page is where the job leads to.
    public var subject: Subject?
    /// A file for the owner: stored in the transaction that ends the job.
    public var file: IncomingFile?

    public init(_ words: String, subject: Subject? = nil, file: IncomingFile? = nil) {
        self.words = words
        self.subject = subject
        self.file = file
    }
}

/// A kind of long work: what it is called, who may start it, how it runs.
public struct JobKind: Sendable {
    public let name: String
    /// In Vietnamese, as the list of jobs names the kind.
    public let title: String
    public let lane: JobLane
    public let retries: RetryPolicy
    /// Needed to start it, and still needed when it runs; nil for the system's own work, which nobody starts.
    public let right: Right?
    let run: @Sendable (JobRun) async throws -> JobResult

    /// - Parameter run: does the work. It writes in chunks (``JobRun/write(_:_:)``), so that no other writer waits for more
    ///   than a moment, and begins at ``JobRun/checkpoint(_:)``. A `Refusal` it throws ends the job; anything else is tried
    ///   again after a pause.
    public init<Parameters>(
        _ name: JobName<Parameters>, title: String, lane: JobLane = .light, retries: RetryPolicy = RetryPolicy(),
        right: Right?, run: @escaping @Sendable (Parameters, JobRun) async throws -> JobResult
    ) {
        self.name = name.text
        self.title = title
        self.lane = lane
        self.retries = retries
        self.right = right
        self.run = { job in
            try await run(try JobText.value(job.job.parameters, of: Parameters.self), job)
        }
    }
}

/// Parameters and checkpoints as stored: JSON with sorted keys, so that equal values are equal texts.
enum JobText {
    static func text(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    static func value<Value: Decodable>(_ text: String, of type: Value.Type) throws -> Value {
        try JSONDecoder().decode(type, from: Data(text.utf8))
    }
}
