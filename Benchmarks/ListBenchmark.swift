import Foundation

/// The list of a city's year against a bare route of the same server.
struct ListBenchmark {
    let plan: String
    let seconds: Int

    func run() async throws {
        let seconds = seconds
        try await RunningSystem.with(plan: plan) { running in
            // Many different pages, as many people look at: pages of the year, statuses, tasks, units.
            let pages =
                (1...40).map { "/viec?nam=2027&trang=\($0)" }
                + ["qua-han", "cho-duyet", "hoan-thanh", "dang-lam"].map { "/viec?nam=2026&trang-thai=\($0)" }
                + ["I.5", "II.5", "III.5", "III.11", "II.4"].map { "/viec?nam=2027&nhiem-vu=\($0)" }
                + ["10507", "so-noi-vu"].map { "/viec?nam=2027&don-vi=\($0)" }
            // More different addresses than fragments are kept: every page is made anew.
            let fresh = (0..<1_500).map {
                "/viec?nam=\(2026 + $0 % 5)&trang=\($0 % 44 + 1)&nhiem-vu=\(["I.5", "II.5", "III.5", "III.11", ""][$0 / 220 % 5])&trang-thai=\(["", "dang-lam"][$0 / 660 % 2])"
            }
            _ = try running.rate(of: ["/mot-dong"], seconds: 1)
            _ = try running.rate(of: pages, seconds: 1)
            var bare: [Double] = []
            var kept: [Double] = []
            var made: [Double] = []
            for _ in 0..<3 {
                bare.append(try running.rate(of: ["/mot-dong"], seconds: seconds))
                kept.append(try running.rate(of: pages, seconds: seconds))
                made.append(try running.rate(of: fresh, seconds: seconds))
            }
            print("list: bare route that reads one row   \(Spread(bare)) requests/s")
            print(
                "list: a year's work, unchanged data   \(Spread(kept)) requests/s, \(Spread(zip(kept, bare).map { $0 / $1 })) of bare (wanted: 0.125)"
            )
            print(
                "list: every page made anew            \(Spread(made)) requests/s, \(Spread(zip(made, bare).map { $0 / $1 })) of bare"
            )
        }
    }
}
