import Access
import Assembly
import Database
import DatabasePostgreSQL
import DatabaseSQLite
import Figures
import Files
import Foundation
import Kernel
import PlanText
import Targets
import Province
import TestSupport

/// The province's dashboard over five years of figures, and files of figures on their way in.
struct FigureBenchmark {
    let plan: String
    let seconds: Int

    func run() async throws {
        let folder = NSTemporaryDirectory() + "baophu-bench-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try await measure("SQLite", try SQLiteStore(path: folder + "/figures.sqlite"), folder: folder)
        try await measure(
            "PostgreSQL", try PostgreSQLStore(url: PostgreSQLCluster.shared().freshURL(), connections: 16),
            folder: folder)
    }

    private func measure(_ engine: String, _ store: any DataStore, folder: String) async throws {
        let settings = try await Settings.read(
            flags: [
                "plan": plan, "http.forms-per-minute": "1000000", "access.second-factor": "false",
                "access.password-cost": "10",
            ], environment: [:])
        let definition = try PlanFolder.load(plan)
        // All months of the plan are over: the clock stands after its end.
        let machine = Clock.machine
        let shift =
            Timestamp(day: Day.lastDay(ofYear: definition.years.upperBound).adding(days: 8), hour: 9).secondsSinceEpoch
            - machine.now.secondsSinceEpoch
        let system = try await BaoPhuSystem.start(
            settings, store: store, definition: definition, clock: Clock { machine.now.adding(seconds: shift) },
            logger: BaoPhuSystem.logger("critical"))
        _ = try await system.access.createActive(
            AccountDraft(login: "analyst", name: "Analyst", role: .analyst, agency: definition.coordinatingAgency),
            password: "a long enough one", by: .system)
        guard let first = Month(year: definition.years.lowerBound, month: 1) else { return }
        try await receive(engine, system, first: first.adding(months: -65), folder: folder)
        try await loadTargets(system)
        let token = try await system.access.signIn(
            login: "analyst", password: "a long enough one", address: "bench", device: "bench"
        ).token
        let seconds = seconds
        try await RunningSystem.serve(system, token: token) { running in
            let pages = definition.years.flatMap { ["/tong-quan?nam=\($0)", "/tong-quan?nam=\($0)&do=tu-nguyen"] }
            _ = try running.load(of: ["/mot-dong"], seconds: 1)
            _ = try running.load(of: pages, seconds: 1)
            var (bare, kept): ([RunningSystem.Load], [RunningSystem.Load]) = ([], [])
            for _ in 0..<3 {
                bare.append(try running.load(of: ["/mot-dong"], seconds: seconds))
                kept.append(try running.load(of: pages, seconds: seconds))
            }
            let rates = zip(kept, bare).map { $0.rate / $1.rate }
            let tails = zip(kept, bare).map { $0.tail / $1.tail }
            print(
                "figures, \(engine): bare route that reads one row \(Spread(bare.map(\.rate))) requests/s; 99th percentile \(Spread(bare.map(\.tail))) ms"
            )
            print(
                "figures, \(engine): dashboard \(Spread(kept.map(\.rate))) requests/s, \(Spread(rates)) of bare (wanted: 0.167); 99th percentile \(Spread(tails)) times bare's (wanted: under 8)"
            )
            // From the file of a month to the dashboard that shows it.
            var trips: [Double] = []
            for round in 0..<5 {
                let month = first.adding(months: 59)
                let bytes = Self.file(of: [month], communes: definition.communes.codes, salt: round + 1)
                let clock = ContinuousClock()
                let start = clock.now
                _ = try await system.figures.importFile(Self.incoming(bytes), by: .commandLine)
                let page = try await running.page("/tong-quan?nam=\(month.year)")
                guard page.contains(month.vietnamese) else { throw CocoaError(.featureUnsupported) }
                trips.append(start.duration(to: clock.now) / .seconds(1))
            }
            print(
                "figures, \(engine): from a month's file of \(definition.communes.codes.count) communes to the refreshed dashboard \(Spread(trips)) s (wanted: under 1)"
            )
        }
        try await store.close()
    }

    /// 120 months × communes × 11 blocks and the voluntary, then files of one month, against the sqlite3 shell's import of
    /// the same rows.
    private func receive(_ engine: String, _ system: BaoPhuSystem, first: Month, folder: String) async throws {
        let communes = system.definition.communes.codes
        let bytes = Self.file(of: (0..<120).map { first.adding(months: $0) }, communes: communes, salt: 0)
        let shell = try Self.shell(bytes, folder: folder)
        let clock = ContinuousClock()
        let start = clock.now
        let outcome = try await system.figures.importFile(Self.incoming(bytes), by: .commandLine)
        let ours = start.duration(to: clock.now) / .seconds(1)
        let read = clock.now
        _ = try await system.figures.preview(Self.incoming(bytes))
        let again = read.duration(to: clock.now) / .seconds(1)
        print(
            "figures, \(engine): \(outcome.reading.acceptedRows) rows read, checked and stored in \(Spread([ours])) s, \(Spread([ours / shell.median])) times the sqlite3 shell's .import (\(shell) s; wanted: at most 4); the same file again, nothing new, \(Spread([again])) s"
        )
        // The plan's last five months, one each time, after those that are stored: each is compared with the year before it.
        var months: [Double] = []
        var shells: [Double] = []
        var rows = 0
        for round in 0..<5 {
            let bytes = Self.file(of: [first.adding(months: 120 + round)], communes: communes, salt: 0)
            shells.append(try Self.shell(bytes, folder: folder).median)
            let start = clock.now
            rows = try await system.figures.importFile(Self.incoming(bytes), by: .commandLine).reading.acceptedRows
            months.append(start.duration(to: clock.now) / .seconds(1))
            // A file that is refused takes no time.
            guard rows > 0 else { throw CocoaError(.featureUnsupported) }
        }
        print(
            "figures, \(engine): a month's file of \(communes.count) communes (\(rows) rows) in \(Spread(months)) s, \(Spread(zip(months, shells).map { $0 / $1 })) times .import (\(Spread(shells)) s; wanted: at most 4)"
        )
    }

    /// Seconds of the sqlite3 shell for the rows of a file, three times into a new database.
    private static func shell(_ bytes: [UInt8], folder: String) throws -> Spread {
        let path = folder + "/rows.csv"
        try Data(bytes.dropFirst(3)).write(to: URL(fileURLWithPath: path))
        let clock = ContinuousClock()
        return Spread(
            try (0..<3).map { _ in
                let start = clock.now
                let answer = try output(
                    of: "sqlite3",
                    ["\(folder)/\(UUID()).sqlite", ".mode csv", ".separator ;", ".import \(path) figures"])
                guard answer.isEmpty else { throw CocoaError(.featureUnsupported, userInfo: ["sqlite3": answer]) }
                return start.duration(to: clock.now) / .seconds(1)
            })
    }

    private func loadTargets(_ system: BaoPhuSystem) async throws {
        let plan = system.definition
        var text = "Mã;Năm;Tổng số;Tự nguyện;Văn bản\r\n"
        for target in plan.targets {
            for code in plan.communes.codes {
                text +=
                    "\(code);\(target.year);\(target.total / plan.communes.codes.count);\(target.voluntary / plan.communes.codes.count);QĐ\r\n"
            }
        }
        let file = IncomingFile(name: "targets.csv", mediaType: "text/csv", bytes: Array(text.utf8))
        _ = try await system.targets.loadTargets(file, year: nil, document: "", by: .commandLine)
    }

    private static func incoming(_ bytes: [UInt8]) -> IncomingFile {
        IncomingFile(name: "rows.csv", mediaType: "text/csv", bytes: bytes)
    }

    /// One row a commune, month and block. Deterministic.
    /// - Parameter remark: behind each row, in a column that is not read.
    static func file(of months: [Month], communes: [CommuneCode], salt: Int, remark: String? = nil) -> [UInt8] {
        var text = "\u{FEFF}Tháng;Mã xã;Khối;Số người\(remark == nil ? "" : ";Ghi chú")\r\n"
        let end = (remark.map { ";\($0)" } ?? "") + "\r\n"
        text.reserveCapacity(months.count * communes.count * 12 * (24 + end.utf8.count))
        for (index, month) in months.enumerated() {
            for (place, commune) in communes.enumerated() {
                for block in Block.allCases {
                    text +=
                        "\(month.vietnamese);\(commune);\(block.rawValue);\(400 + (place * 37 + block.rawValue * 101) % 700 + index * 3 + salt)\(end)"
                }
                text +=
                    "\(month.vietnamese);\(commune);Tự nguyện;\(500 + place * 3 % 400 + index + month.month * 4 + salt)\(end)"
            }
        }
        return Array(text.utf8)
    }
}
