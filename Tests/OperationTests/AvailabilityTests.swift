import Access
import Database
import Kernel
import Operation
import TestSupport
import Testing

/// How much of the time a server ran, from what servers noted.
@Suite
struct AvailabilityTests {
    private static func at(_ seconds: Int64) -> Timestamp { Timestamp(secondsSinceEpoch: 1_790_000_000 + seconds) }

    private static func run(_ start: Int64, _ seen: Int64, stopped: Bool) -> ServerRun {
        ServerRun(
            id: RecordID(at: at(start)), host: "a", version: "", startedAt: at(start), seenAt: at(seen),
            stoppedAt: stopped ? at(seen) : nil)
    }

    private static func availability(_ runs: [ServerRun], until: Int64, now: Int64) -> Availability {
        Availability(runs, from: at(0), until: at(until), now: at(now))
    }

    @Test
    func `nothing is known before the first note, and nothing is counted`() {
        let none = Self.availability([], until: 1_000, now: 1_000)
        #expect(none.from == nil && none.share == nil && none.outages.isEmpty)
        let late = Self.availability([Self.run(500, 1_000, stopped: false)], until: 1_000, now: 1_000)
        #expect(late.from == Self.at(500) && late.share == 1_000)
    }

    @Test
    func `a stop and a failure are told apart, each with its outage`() {
        let runs = [
            Self.run(0, 1_000, stopped: true), Self.run(1_100, 2_000, stopped: false),
            Self.run(3_000, 4_000, stopped: false),
        ]
        let found = Self.availability(runs, until: 4_000, now: 4_000)
        #expect((found.starts, found.stops, found.failures) == (3, 1, 1))
        #expect(found.outages.map(\.seconds) == [100, 1_000])
        #expect(found.outages.map(\.wasStopped) == [true, false])
        #expect(found.secondsUp == 2_900 && found.share == 725)
    }

    @Test
    func `while another server runs nothing is lost`() {
        let runs = [Self.run(0, 1_000, stopped: true), Self.run(500, 3_000, stopped: false)]
        let found = Self.availability(runs, until: 3_000, now: 3_050)
        #expect(found.outages.isEmpty && found.share == 1_000)
    }

    @Test
    func `a lost minute of a month never reads as all of it`() {
        let month: Int64 = 30 * 86_400
        let runs = [Self.run(0, 1_000, stopped: true), Self.run(1_060, month, stopped: false)]
        #expect(Self.availability(runs, until: month, now: month).share == 999)
    }

    @Test
    func `up and down are the whole, whatever the runs`() {
        var random = SplitMix(state: 7)
        for _ in 0..<300 {
            let runs = (0..<Int(random.next() % 8)).map { _ in
                let start = Int64(random.next() % 10_000)
                return Self.run(start, start + Int64(random.next() % 4_000), stopped: random.next() % 2 == 0)
            }
            let found = Self.availability(runs, until: 12_000, now: 12_000)
            let down = found.outages.reduce(0) { $0 + $1.seconds }
            #expect(found.secondsUp + down == found.seconds)
            #expect(found.outages.allSatisfy { $0.seconds > 0 })
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a run is noted from its start to its stop, on both engines`(engine: TestEngine) async throws {
        try await engine.withStore { store in
            _ = try await Migrator(AccessMigrations.all + OperationMigrations.all).migrate(store, at: Self.at(0))
            let runs = try await store.write { connection in
                let id = try ServerLog.start(host: "a", version: "1", at: Self.at(0), on: connection)
                try ServerLog.seen(id, at: Self.at(60), on: connection)
                try ServerLog.stop(id, at: Self.at(90), on: connection)
                // What comes late changes nothing.
                try ServerLog.seen(id, at: Self.at(120), on: connection)
                return try connection.rows("SELECT seen_at, stopped_at FROM server_run").map {
                    [try $0.integer("seen_at"), try $0.integer("stopped_at")]
                }
            }
            let end = Int(Self.at(90).secondsSinceEpoch)
            #expect(runs == [[end, end]])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `users are active by what they did, by role and commune, within the stretch alone`(engine: TestEngine)
        async throws
    {
        try await engine.withStore { store in
            _ = try await Migrator(AccessMigrations.all).migrate(store, at: Self.at(0))
            let found = try await store.write { connection in
                for (index, role) in ["commune-officer", "commune-officer", "agency-officer"].enumerated() {
                    let id = RecordID(at: Self.at(Int64(index)))
                    try connection.execute(
                        """
                        INSERT INTO account (id, login, display_name, role, agency, created_at)
                        VALUES (?, ?, ?, ?, ?, ?)
                        """, id, "a\(index)", "Tên", role, index == 2 ? "so-xay-dung" : nil as String?, Self.at(0))
                    if index < 2 {
                        try connection.execute(
                            "INSERT INTO account_commune (account, commune) VALUES (?, ?)", id, "10507")
                    }
                    for moment in [Int64(100), index == 1 ? 5_000 : 150] {
                        try AuditTrail.append(
                            AuditEvent("x.done", subject: Subject(.account, "a\(index)")),
                            by: Actor(account: index == 1 && moment == 100 ? nil : id, name: "Tên"),
                            at: Self.at(moment),
                            on: connection)
                    }
                }
                return try ActiveAccounts.all(from: Self.at(0), until: Self.at(1_000), on: connection)
            }
            #expect(found.map { [$0.accounts, $0.active] } == [[1, 1], [2, 1]])
            #expect(found.map { $0.unit?.text ?? "" } == ["so-xay-dung", "10507"])
        }
    }
}
