import Access
import Database
import Exchange
import Files
import Formats
import Jobs
import Kernel
import Logging
import Notices
import Registry
import Synchronization
import TestSupport
import Testing
import Vault

/// An exchange with one format, its register and its keys.
struct ExchangeWorld: Sendable {
    let store: any DataStore
    let clock: MutableClock
    let keys: NumberKeys
    let formats: [String: Format]

    private static let code = "bhxh-thanh-pho"
    static var bhxh: UnitCode { get throws { try #require(UnitCode(code)) } }

    private static let list = """
        key: people
        title: Danh sách thử
        source: Danh sách của bài kiểm tra
        confidence: verified
        senders: [bhxh]
        record: participant
        columns:
          - {name: Họ và tên, field: name, needed: true}
          - {name: Số CCCD, field: personalID}
          - {name: Mã số BHXH, field: siCode}
          - {name: Điện thoại, field: phone}
          - {name: Xã, field: communeWritten}
        """

    static func with<T>(_ engine: TestEngine, _ body: (ExchangeWorld) async throws -> T) async throws -> T {
        try await engine.withStore { store in
            let clock = MutableClock(Timestamp(day: try #require(Day("2026-10-05")), hour: 9))
            _ = try await Migrator(
                AccessMigrations.all + FilesMigrations.all + JobsMigrations.all + NoticesMigrations.all
                    + RegistryMigrations.all + ExchangeMigrations.all + AgreementMigrations.all + SubjectMigrations.all
                    + ProgramMigrations.all
            ).migrate(store, at: clock.now)
            let folder = FormatFolder.load(["people.yaml"]) { _ in Array(list.utf8) }
            try #require(folder.faults.isEmpty, "\(folder.faults)")
            return try await body(
                ExchangeWorld(store: store, clock: clock, keys: .ephemeral(), formats: folder.formats))
        }
    }

    /// - Parameter store: another view of the same database.
    func service(on store: (any DataStore)? = nil, keys: NumberKeys? = nil) -> DeliveryService {
        DeliveryService(
            store: store ?? self.store, clock: clock.clock, keys: keys ?? self.keys, formats: formats, finder: nil,
            scratch: ScratchFolder()
        ) { [Self.code, "thue-thanh-pho", "cong-an-thanh-pho", "31/11311"].contains($0.text) || $0.text == "11311" }
    }

    func exchange() -> ExchangeService {
        ExchangeService(deliveries: service()) { $0.text }
    }

    func jobs(_ service: DeliveryService) -> JobService {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return JobService(
            store: service.store, clock: clock.clock,
            kinds: service.jobKinds + [ExchangeService(deliveries: service) { $0.text }.tellingMissing],
            grants: Grants(of: [], [:]),
            logger: logger)
    }

    /// Takes a file in and keeps its rows.
    @discardableResult
    func receive(
        _ rows: [String], period: String = "2026-09", correction: Bool = false, name: String = "ds.csv"
    ) async throws -> (delivery: Delivery, isRepeated: Bool) {
        let service = service()
        let (arrived, isRepeated) = try await service.arrive(
            Self.file(rows, name: name), try Self.draft(period, correction: correction), by: .commandLine)
        _ = try await jobs(service).runDue(as: "test")
        return (try await service.delivery("\(arrived.number)"), isRepeated)
    }

    /// Runs what the system does by itself, and all that follows from it.
    func runDeed(_ name: JobName<NoParameters>) async throws {
        try await store.write { connection in
            _ = try JobService.enter(
                name, NoParameters(), title: "thử", notBefore: clock.now, at: clock.now, on: connection)
        }
        while try await jobs(service()).runDue(as: "test") > 0 {}
    }

    func withdraw(_ delivery: Delivery) async throws -> Delivery {
        let service = service()
        _ = try await service.withdraw("\(delivery.number)", reason: "Gửi nhầm", by: .commandLine)
        _ = try await jobs(service).runDue(as: "test")
        return try await service.delivery("\(delivery.number)")
    }

    static func draft(_ period: String = "2026-09", correction: Bool = false) throws -> DeliveryDraft {
        DeliveryDraft(
            format: "people", sender: try bhxh, period: try #require(Month(period)), agreement: "12/QC",
            replacesPeriod: correction)
    }

    static func file(_ rows: [String], name: String = "ds.csv") -> IncomingFile {
        let text = (["Họ và tên,Số CCCD,Mã số BHXH,Điện thoại,Xã"] + rows).joined(separator: "\n") + "\n"
        return IncomingFile(name: name, mediaType: "text/csv", bytes: Array(text.utf8))
    }

    func records() async throws -> [String] {
        let lines = Mutex<[String]>([])
        try await service().exportRecords(within: .ofSystem) { line in lines.withLock { $0.append(line) } }
        return lines.withLock { $0 }
    }

    /// Everything that is stored, as text.
    func everything() async throws -> String {
        try await store.read { connection in
            try connection.tableNames().flatMap { table in
                try connection.rows("SELECT * FROM \(table)").map { row in
                    row.values.map { value in
                        if case .bytes(let bytes) = value { String(decoding: bytes, as: UTF8.self) } else { "\(value)" }
                    }.joined(separator: "|")
                }
            }.joined(separator: "\n")
        }
    }
}

/// A database whose connection is lost at the end of one write: nothing of that write remains.
final class BreakingStore: DataStore {
    struct Lost: Error {}

    private let inner: any DataStore
    /// Writes that still succeed before the one that is lost.
    private let left: Mutex<Int>

    init(_ inner: any DataStore, after writes: Int) {
        self.inner = inner
        left = Mutex(writes)
    }

    var hasBroken: Bool { left.withLock { $0 < 0 } }
    var engine: DatabaseEngine { inner.engine }
    var location: String { inner.location }

    func read<T: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> T) async throws -> T {
        try await inner.read(body)
    }

    func write<T: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> T) async throws -> T {
        let breaks = left.withLock { left in
            left -= 1
            return left == -1
        }
        return try await inner.write { connection in
            let result = try body(connection)
            if breaks { throw Lost() }
            return result
        }
    }

    func writeIfIdle<T: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> T
    ) async throws -> T? {
        try await inner.writeIfIdle(body)
    }

    func checkQuickly() async throws { try await inner.checkQuickly() }
    func scrub() async throws -> Bool { try await inner.scrub() }
    func close() async throws {}
}
