import Foundation
import HTTPTypes
import Hummingbird
import WebDesk

/// One thing the system needs to do its work.
public struct HealthProbe: Sendable {
    public let name: String
    /// Nil when all is well; otherwise the reason, in English and without secrets: anybody may read it.
    let look: @Sendable () async -> String?

    public init(_ name: String, look: @escaping @Sendable () async -> String?) {
        self.name = name
        self.look = look
    }
}

/// The truth about the system for whoever watches it. Asked by many at once it looks once; a look that hangs is not repeated
/// behind it, and is told as what it is.
public actor Health {
    /// How long a look counts.
    private static let kept = Duration.seconds(2)
    /// How long one is waited for.
    private let patience: Duration
    private let probes: [HealthProbe]
    private var pending: [String: Task<String?, Never>] = [:]
    private var last: (at: ContinuousClock.Instant, reasons: [(name: String, reason: String?)])?
    private var looking: Task<[(name: String, reason: String?)], Never>?

    public init(_ probes: [HealthProbe] = [], patience: Duration = .seconds(3)) {
        self.probes = probes
        self.patience = patience
    }

    /// By probe: nil when all is well, or the reason why not.
    func reasons() async -> [(name: String, reason: String?)] {
        if let last, ContinuousClock.now - last.at < Self.kept { return last.reasons }
        if let looking { return await looking.value }
        let task = Task { await self.look() }
        looking = task
        let reasons = await task.value
        last = (.now, reasons)
        looking = nil
        return reasons
    }

    private func look() async -> [(name: String, reason: String?)] {
        for probe in probes where pending[probe.name] == nil { pending[probe.name] = Task { await probe.look() } }
        var reasons: [(name: String, reason: String?)] = []
        // All began at once: they share the time.
        let end = ContinuousClock.now + patience
        for probe in probes {
            guard let task = pending[probe.name] else { continue }
            switch await Self.outcome(of: task, within: max(.zero, end - .now)) {
            case .some(let reason):
                pending[probe.name] = nil
                reasons.append((probe.name, reason))
            case .none: reasons.append((probe.name, "no answer within \(patience.components.seconds) s"))
            }
        }
        return reasons
    }

    /// What a task comes to; nil when it takes longer. The task goes on.
    private static func outcome(of task: Task<String?, Never>, within patience: Duration) async -> String?? {
        let (first, continuation) = AsyncStream<String??>.makeStream()
        Task { continuation.yield(.some(await task.value)) }
        let timer = Task {
            try? await Task.sleep(for: patience)
            continuation.yield(.none)
        }
        defer { timer.cancel() }
        for await outcome in first { return outcome }
        return nil
    }

    /// 200 with `ok` where everything is well, otherwise 503 with the reasons.
    func answer() async -> Response {
        struct Answer: Encodable {
            let status: String
            let checks: [String: String]
        }
        let reasons = await reasons()
        let isWell = reasons.allSatisfy { $0.reason == nil }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let answer = Answer(
            status: isWell ? "ok" : "failing",
            checks: Dictionary(reasons.map { ($0.name, $0.reason ?? "ok") }, uniquingKeysWith: { first, _ in first }))
        var response = Desk.json(
            data: (try? encoder.encode(answer)) ?? Data(), status: isWell ? .ok : .serviceUnavailable)
        response.headers[.cacheControl] = "no-store"
        return response
    }
}
