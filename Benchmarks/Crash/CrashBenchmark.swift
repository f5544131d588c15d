import Access
import ArgumentParser
import Assembly
import Database
import Foundation
import Kernel
import PlanText
import Province
import TestSupport
import WebDesk

/// Ends the server by `kill -9` while files come in and people hand in and decide, starts it again, sends again what was cut
/// off, and looks for what is lost, doubled or done by half.
struct CrashBenchmark {
    let plan: String
    let rounds: Int

    func run() async throws {
        let folder = NSTemporaryDirectory() + "baophu-bench-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let isClean = [
            try await crash("SQLite", folder + "/crash.sqlite", scratch: folder + "/sqlite"),
            try await crash(
                "PostgreSQL", PostgreSQLCluster.shared().freshURL(), scratch: folder + "/postgresql"),
        ].allSatisfy(\.self)
        guard isClean else { throw ExitCode(1) }
    }

    /// - Parameter scratch: where the server puts files that are on their way.
    /// - Returns: whether everything was found as it should be.
    private func crash(_ engine: String, _ database: String, scratch: String) async throws -> Bool {
        try FileManager.default.createDirectory(atPath: scratch, withIntermediateDirectories: true)
        let (crowd, ledger) = try await employ(database)
        let environment = [
            "TMPDIR": scratch, "BAOPHU_KEYS_FILE": scratch + "/keys", "BAOPHU_ACCESS_SECOND_FACTOR": "false",
            "BAOPHU_ACCESS_IDLE_MINUTES": "1000", "BAOPHU_HTTP_FORMS_PER_MINUTE": "1000000",
        ]
        func start() async throws -> ServerProcess {
            try await ServerProcess(database: database, plan: plan, environment: environment)
        }
        let store = try Storage.open(DatabaseLocation(database))
        var (starts, uploadsLeft): ([Double], Int) = ([], 0)
        var (head, verdict): (String?, CrashVerdict?)
        var server = try await start()
        for round in 1...max(rounds, 1) {
            let everybody = crowd.begin(on: server.port)
            try await Task.sleep(for: .milliseconds(Int.random(in: 200...2_000)))
            server.kill()
            await withCheckedContinuation { continuation in
                everybody.notify(queue: .global()) { continuation.resume() }
            }
            server = try await start()
            starts.append(server.seconds)
            uploadsLeft += Self.uploads(in: scratch)
            ledger.sendAgain(to: server.port, cookie: Desk.sessionCookie)
            let found = try await CrashVerdict(ledger, in: store, expecting: head)
            (head, verdict) = (found.head, found)
            if round % 20 == 0 {
                print("crash, \(engine): \(round) of \(rounds) kills, \(ledger.entries.count) forms sent")
            }
            if !found.isClean { break }
        }
        server.terminate()
        try await store.close()
        guard let verdict else { return false }
        return tell(engine, ledger, verdict, starts: starts, uploadsLeft: uploadsLeft)
    }

    private func tell(
        _ engine: String, _ ledger: CrashLedger, _ verdict: CrashVerdict, starts: [Double], uploadsLeft: Int
    ) -> Bool {
        let accepted = ledger.entries.filter { if case .accepted = $0.fate { true } else { false } }
        let kinds = CrashLedger.Kind.allCases.map { kind in "\(accepted.count { $0.kind == kind }) \(kind.rawValue)" }
        let complaints = ledger.complaints
        let isClean = verdict.isClean && complaints.isEmpty && uploadsLeft == 0
        print(
            "crash, \(engine): \(starts.count) kills; accepted \(accepted.count) (\(kinds.joined(separator: ", "))), refused \(ledger.entries.count - accepted.count), cut off and sent again \(ledger.sentAgain); from start to the first page \(Spread(starts)) s"
        )
        print(
            "crash, \(engine): \(verdict.lost.count) lost, \(verdict.doubled.count) doubled, \(verdict.unwanted.count) stored unasked, \(verdict.problems.count) faults of the database or the audit chain, \(uploadsLeft) uploads left, \(complaints.count) wrong answers: \(isClean ? "CLEAN" : "NOT CLEAN")"
        )
        let all =
            verdict.lost.map { "lost: \($0)" } + verdict.doubled.map { "doubled: \($0)" }
            + verdict.unwanted.map { "unasked: \($0)" } + verdict.problems + complaints
        for line in all.prefix(40) { print("    \(line)") }
        return isClean
    }

    /// Files on their way that are there though nobody sends any.
    private static func uploads(in folder: String) -> Int {
        let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        return names.count { $0.split(separator: "/").last?.hasPrefix("upload-") == true }
    }

    /// Fills a database: an officer of each commune, a reviewer and somebody of the insurance, all signed in.
    private func employ(_ database: String) async throws -> (CrashCrowd, CrashLedger) {
        var settings = try await Settings.read(
            flags: ["database": database, "plan": plan, "access.second-factor": "false"], environment: [:])
        settings.passwordCost = 10
        let definition = try PlanFolder.load(plan)
        let system = try await BaoPhuSystem.start(
            settings, store: try Storage.open(settings.database), definition: definition, clock: .machine)
        func token(_ draft: AccountDraft) async throws -> String {
            let password = "con mèo ngồi trên mái nhà"
            _ = try await system.access.createActive(draft, password: password, by: .system)
            return try await system.access.signIn(
                login: draft.login, password: password, address: draft.login, device: "bench"
            ).token
        }
        let quarter = Quarter(of: system.clock.today)
        var works: [CrashCrowd.Work] = []
        for commune in definition.communes.codes {
            let officer = AccountDraft(
                login: "xa-\(commune.text)", name: "Cán bộ \(commune.text)", role: .communeOfficer, communes: [commune])
            works.append(
                CrashCrowd.Work(path: "/viec/I.5/\(quarter)/\(commune.text)", token: try await token(officer)))
        }
        let reviewer = AccountDraft(
            login: "duyet", name: "Người duyệt", role: .analyst, agency: definition.coordinatingAgency)
        let insurance = AccountDraft(
            login: "bhxh", name: "Người BHXH", role: .insuranceProvince,
            agency: definition.agencies.first { $0.kind == .socialInsurance }?.code)
        let ledger = CrashLedger()
        let crowd = CrashCrowd(
            ledger: ledger, cookie: Desk.sessionCookie, works: works, reviewer: try await token(reviewer),
            insurance: try await token(insurance), communes: definition.communes.codes.map(\.text))
        try await system.store.close()
        return (crowd, ledger)
    }
}
