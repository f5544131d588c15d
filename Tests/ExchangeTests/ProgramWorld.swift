import Access
import Database
import Exchange
import Files
import Jobs
import Kernel
import Logging
import TestSupport
import Testing

/// An exchange with an agreement between tax, who gives, and the insurance agency, and their programs.
struct ProgramWorld: Sendable {
    let world: ExchangeWorld
    let service: ProgramService
    let agreement: Int
    let keeper: Submission
    let second: Submission

    var store: any DataStore { world.store }

    static func with(
        _ engine: TestEngine, two: Bool = false, _ body: (ProgramWorld) async throws -> Void
    ) async throws {
        try await ExchangeWorld.with(engine) { world in
            let agreement = try await AgreementTests.signed(world, try ExchangePeople.Four())
            let keepers = try ["quan-tri", "quan-tri-hai"].map { login in
                Submission(
                    viewer: Viewer(
                        account: RecordID(at: world.clock.now), login: login, name: login, role: .administrator,
                        rights: [.keepPrograms], agency: nil))
            }
            try await body(
                ProgramWorld(
                    world: world,
                    service: ProgramService(
                        exchange: world.exchange(), pairs: PairPolicy(two ? [.issueProgramKey] : [])),
                    agreement: agreement, keeper: keepers[0], second: keepers[1]))
        }
    }

    func draft(
        unit: String = "thue-thanh-pho", agreements: [Int]? = nil,
        scopes: Set<ProgramScope> = [.deliver, .status, .aggregates], days: Int = 100, perMinute: Int = 10_000
    ) -> ProgramDraft {
        ProgramDraft(
            name: "Kết nối \(unit)", unit: unit, agreements: agreements ?? [agreement], scopes: scopes,
            expires: world.clock.now.day.adding(days: days), perMinute: perMinute)
    }

    func issued(_ draft: ProgramDraft) async throws -> IssuedKey {
        guard case .issued(let key) = try await service.admit(draft, by: keeper) else {
            throw ProgramWorldError()
        }
        return key
    }

    func caller(_ draft: ProgramDraft? = nil) async throws -> ProgramCaller {
        let key = try await issued(draft ?? self.draft())
        return try await service.caller(bearer: key.key, from: "10.0.0.1")
    }

    func errand(_ number: Int? = nil) throws -> ProgramErrand {
        try ProgramErrand(agreement: number ?? agreement, purpose: "Rà soát hằng tháng")
    }

    func upload(_ bytes: [UInt8], name: String = "tai-len-0001", sha256: String? = nil) throws -> ProgramUploadDraft {
        try ProgramUploadDraft(
            idempotency: name, period: "2026-09", fileName: "ds.csv", size: bytes.count, replacesPeriod: false,
            sha256: sha256)
    }

    /// Sends a whole file and has all that follows done.
    func send(_ bytes: [UInt8], by caller: ProgramCaller, name: String = "tai-len-0001") async throws -> ProgramUpload {
        let begun = try await service.begin(try upload(bytes, name: name), by: caller, try errand()).upload
        _ = try await add(bytes, to: begun)
        try await runJobs()
        return try await service.upload(begun.id, of: caller)
    }

    func add(_ bytes: [UInt8], to upload: ProgramUpload) async throws -> ProgramUpload {
        var rest: [UInt8]? = bytes
        return try await service.add(to: upload) {
            defer { rest = nil }
            return rest
        }
    }

    func runJobs() async throws {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let jobs = JobService(
            store: store, clock: world.clock.clock, kinds: world.service().jobKinds + service.jobKinds,
            grants: Grants(of: [], [:]), logger: logger)
        while try await jobs.runDue(as: "test") > 0 {}
    }

    static func file(_ rows: [String]) -> [UInt8] {
        Array(
            ((["Họ và tên,Số CCCD,Mã số BHXH,Điện thoại,Xã"] + rows).joined(separator: "\n") + "\n").utf8)
    }

    /// So many different persons.
    static func rows(_ count: Int, from first: Int = 0) -> [String] {
        (first..<first + count).map { index in
            "Nguyễn Thị \(["Hoa", "Lan", "Mai", "Cúc"][index % 4]) \(index),03118500\(1_000 + index),31\(10_000_000 + index),,"
        }
    }

    func audit() async throws -> [String] {
        try await store.read {
            try $0.rows("SELECT action FROM audit_entry ORDER BY sequence").map { try $0.text("action") }
        }
    }
}

struct ProgramWorldError: Error {}
