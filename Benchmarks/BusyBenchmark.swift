import Province
import Assembly
import Access
import Foundation
import Kernel
import PlanText
import Work

/// A morning: 64 connections read lists, communes' pages and the dashboard while ten people a second save something and two
/// a second sign in.
struct BusyBenchmark {
    let plan: String
    let seconds: Int

    func run() async throws {
        let seconds = max(seconds, 4)
        try await RunningSystem.with(plan: plan) { running in
            let communes = running.system.definition.communes.codes.prefix(20)
            let pages =
                (1...20).map { "/viec?nam=2027&trang=\($0)" } + communes.map { "/don-vi/\($0)" }
                + ["/tong-quan", "/tong-quan?do=tu-nguyen"]
            // More addresses than pages are kept: every page is made anew.
            let fresh = (0..<1_500).map {
                "/viec?nam=\(2026 + $0 % 5)&trang=\($0 % 44 + 1)&nhiem-vu=\(["I.5", "II.5", "III.5", "III.11", ""][$0 / 220 % 5])&trang-thai=\(["", "dang-lam"][$0 / 660 % 2])"
            }
            _ = try running.rate(of: ["/mot-dong"] + pages, seconds: 1)
            let bare = try running.load(of: ["/mot-dong"], seconds: seconds)
            let quiet = try running.load(of: pages, seconds: seconds)
            let made = try running.load(of: fresh, seconds: seconds)
            let morning = Task { try await Self.morning(running) }
            let busy = try running.load(of: pages, seconds: seconds)
            let busyBare = try running.load(of: ["/mot-dong"], seconds: seconds)
            morning.cancel()
            let done = try await morning.value
            func ratio(_ load: RunningSystem.Load, _ other: RunningSystem.Load) -> String {
                Spread.text(load.rate / other.rate)
            }
            print("busy: bare route that reads one row, alone   \(Spread.text(bare.rate)) requests/s")
            print(
                "busy: pages, nothing changes                 \(Spread.text(quiet.rate)) requests/s, \(ratio(quiet, bare)) of bare"
            )
            print(
                "busy: every page made anew                   \(Spread.text(made.rate)) requests/s, \(ratio(made, bare)) of bare (wanted: 0.083)"
            )
            print(
                "busy: pages while \(done.saves) saves and \(done.signIns) sign-ins happen in \(Spread.text(done.seconds)) s: \(Spread.text(busy.rate)) requests/s, \(ratio(busy, bare)) of bare alone (wanted: 0.1), \(ratio(busy, busyBare)) of bare at the same time; 99th percentile \(Spread.text(busy.tail)) ms (wanted: under 300)"
            )
        }
    }

    /// Saves and signs in until cancelled.
    private static func morning(_ running: RunningSystem) async throws -> (saves: Int, signIns: Int, seconds: Double) {
        let clock = ContinuousClock()
        let begin = clock.now
        let id = "I.2/2027/\(running.system.definition.coordinatingAgency)"
        let session = try await running.system.access.session(token: running.token)
        guard let viewer = session?.viewer else { throw CancellationError() }
        return try await withThrowingTaskGroup(of: (Int, Int).self) { group in
            group.addTask {
                var saves = 0
                while !Task.isCancelled {
                    try await running.system.work.addNote(id, text: "Ghi chú \(saves)", by: .init(viewer: viewer))
                    saves += 1
                    try? await Task.sleep(until: begin + .milliseconds(100 * saves), clock: clock)
                }
                return (saves, 0)
            }
            group.addTask {
                var signIns = 0
                while !Task.isCancelled {
                    _ = try await running.system.access.signIn(
                        login: "lanhdao", password: running.password, address: "bench-\(signIns)", device: "bench")
                    signIns += 1
                    try? await Task.sleep(until: begin + .milliseconds(500 * signIns), clock: clock)
                }
                return (0, signIns)
            }
            let done = try await group.reduce((0, 0)) { ($0.0 + $1.0, $0.1 + $1.1) }
            return (done.0, done.1, begin.duration(to: clock.now) / .seconds(1))
        }
    }
}
