import Access
import Assembly
import Database
import DatabaseSQLite
import Figures
import Files
import Foundation
import Kernel
import PlanText
import Province
import Vault

/// Memory of six looks at once at a CSV of 25 MB, and what is kept of it after. In a process of its own.
struct LookBenchmark {
    let plan: String

    func run() throws {
        let answer = try output(of: ProcessInfo.processInfo.arguments[0], ["--looks", "--plan", plan])
        let looks = try JSONDecoder().decode(Looks.self, from: Data(answer.utf8))
        print(
            "looks: six at once at a CSV of \(looks.fileMegabytes) MB (\(looks.rows) rows) in \(Spread([looks.seconds])) s, a seventh in \(Spread([looks.again])) s; \(Spread([looks.most])) MB at most (wanted: under 600), \(Spread([looks.kept])) MB more than before kept after"
        )
    }

    private struct Looks: Codable {
        let fileMegabytes: Int
        let rows: Int
        let seconds: Double
        let again: Double
        let most: Double
        let kept: Double
    }

    /// Looks at a file and prints what it took, as JSON.
    static func look(plan: String) async throws {
        let definition = try PlanFolder.load(plan)
        let folder = ScratchFolder()
        defer { folder.remove() }
        let store = try SQLiteStore(path: try folder.path() + "/looks.sqlite")
        _ = try await Storage.migrator.migrate(store, at: BaoPhuSystem.now)
        let access = AccessService(
            store: store, clock: .machine, passwords: PasswordHasher(cost: 4), grants: .ofRoles, keys: .ephemeral())
        let officer = try await access.createActive(
            AccountDraft(login: "bench", name: "Bench", role: .analyst, agency: definition.coordinatingAgency),
            password: "con mèo ngồi trên mái", by: .system
        ).viewer(.ofRoles)
        let figures = FigureService(
            store: store, clock: .machine, directory: definition.communes, province: definition.province,
            readings: ReadingRoom(scratch: folder))
        let before = try resident("VmRSS:")
        let (id, bytes) = try await send(to: figures, definition, by: officer)
        let clock = ContinuousClock()
        let start = clock.now
        let rows = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<6 { group.addTask { try await Self.rows(of: id, in: figures, for: officer) } }
            return try await group.reduce(0) { max($0, $1) }
        }
        let seconds = start.duration(to: clock.now) / .seconds(1)
        let later = clock.now
        _ = try await Self.rows(of: id, in: figures, for: officer)
        let again = later.duration(to: clock.now) / .seconds(1)
        let looks = Looks(
            fileMegabytes: bytes / 1_000_000, rows: rows, seconds: seconds, again: again,
            most: try resident("VmHWM:"), kept: try resident("VmRSS:") - before)
        try await store.close()
        print(String(decoding: try JSONEncoder().encode(looks), as: UTF8.self))
    }

    private static func send(
        to figures: FigureService, _ definition: PlanDefinition, by officer: Viewer
    ) async throws -> (RecordID, Int) {
        let last = Month(of: Clock.machine.today).adding(months: -1)
        let bytes = FigureBenchmark.file(
            of: (0..<120).map { last.adding(months: $0 - 119) }, communes: definition.communes.codes, salt: 0,
            remark: String(repeating: "đã đối chiếu ", count: 7))
        let file = IncomingFile(name: "mười năm.csv", mediaType: "text/csv", bytes: bytes)
        let id = try await figures.receive(file, month: nil, source: "", by: Submission(viewer: officer))
        return (id, bytes.count)
    }

    private static func rows(of id: RecordID, in figures: FigureService, for officer: Viewer) async throws -> Int {
        guard case .read(let outcome) = try await figures.look(at: id, for: officer).1 else { return 0 }
        return outcome.reading.acceptedRows
    }

    /// Millions of bytes.
    private static func resident(_ key: String) throws -> Double {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix(key) }?.filter(\.isNumber)
        return (Double(String(line ?? "")) ?? 0) * 1_024 / 1_000_000
    }
}
