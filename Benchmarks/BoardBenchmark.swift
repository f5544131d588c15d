import Access
import Assembly
import Database
import Foundation
import Kernel
import PlanText
import Province
import ReportBoards
import Reports

/// The year's report from its board: every part written, figures of 114 communes counted and locked, the draft made, kept and
/// written as Word.
struct BoardBenchmark {
    let plan: String

    func run() async throws {
        let folder = NSTemporaryDirectory() + "baophu-bench-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let settings = try await Settings.read(
            flags: ["database": folder + "/bench.sqlite", "plan": plan], environment: [:])
        // The day matters only for there being months to count.
        let clock = Clock.fixed(try Self.moment())
        let demonstration = try await Demonstration.prepare(settings, clock: clock) { _ in }
        let system = demonstration.system
        guard let documents = system.documents else { return print("there are no templates of papers") }
        let accounts = try await system.store.read { try Accounts.all(within: .ofSystem, on: $0) }
        guard let analyst = accounts.first(where: { $0.role == .analyst })?.viewer(.ofRoles),
            let span = BoardSpan(.year, .year(clock.today.year)),
            let board = try await system.boards.board(of: span, for: analyst)?.head
        else { return print("the demonstration has no board") }
        try await fill(board.id, system, analyst)

        let counting = try await seconds(5) {
            _ = try await system.boards.count(span, to: board.cutoff, for: analyst)
        }
        var sections = 0
        var bytes = 0
        let whole = try await seconds(5) {
            let kind = try documents.kind(BoardKind.year.paper)
            let values = ["nam": "\(clock.today.year)"]
            let draft = try await documents.draft(
                try await documents.read(kind, { values[$0] ?? "" }, for: analyst), for: analyst)
            let id = try await documents.keep(draft, by: .init(viewer: analyst))
            bytes = try await documents.document(id, for: analyst).word().count
            sections = try await system.boards.board(board.id, for: analyst).sections.count
        }
        print(
            "the year's draft from its board, \(sections) sections, \(system.definition.communes.communes.count) communes: figures \(AllocationBenchmark.words(counting)), draft kept and written as Word (\(bytes >> 10) KB) \(AllocationBenchmark.words(whole)) (wanted 3 s)"
        )
        try await system.store.close()
    }

    /// Every part is written by somebody of its unit: two paragraphs of usual length.
    private func fill(_ board: RecordID, _ system: BaoPhuSystem, _ analyst: Viewer) async throws {
        let paragraph = String(
            repeating: "Trong kỳ, đơn vị đã phối hợp triển khai nhiệm vụ được giao, vận động người tham gia. ", count: 8
        )
        for part in try await system.boards.board(board, for: analyst).parts {
            guard case .agency(let agency) = part.unit else { continue }
            let writer = Viewer(
                account: analyst.account, login: analyst.login, name: analyst.name, role: .agencyOfficer,
                rights: Grants.ofRoles.rights(of: .agencyOfficer), agency: agency)
            try await system.boards.write(
                part.id, "\(paragraph)\n\(paragraph)", handsIn: true, by: .init(viewer: writer))
        }
    }

    private static func moment() throws -> Timestamp {
        guard let day = Day("2026-11-26") else { throw CancellationError() }
        return Timestamp(day: day, hour: 9)
    }

    private func seconds(_ runs: Int, _ work: () async throws -> Void) async throws -> Double {
        var times: [Double] = []
        for _ in 0..<runs {
            let begin = ContinuousClock.now
            try await work()
            let taken = begin.duration(to: .now).components
            times.append(Double(taken.seconds) + Double(taken.attoseconds) / 1e18)
        }
        return Spread(times).median
    }
}
