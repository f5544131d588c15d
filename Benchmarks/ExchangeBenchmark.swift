import Assembly
import Access
import DatabaseSQLite
import Exchange
import Foundation
import Jobs
import Kernel
import Partner
import Vault

/// The exchange for programs: a large list in parts over a connection that breaks, and calls a second beside a bare route.
struct ExchangeBenchmark {
    let plan: String
    let seconds: Int
    /// Of the list that is handed over.
    let megabytes: Int

    private static let breaks = 50

    func run() async throws {
        let folder = NSTemporaryDirectory() + "baophu-bench-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let settings = try await Settings.read(
            flags: ["database": folder + "/bench.sqlite", "plan": plan, "http.port": "0"], environment: [:])
        let system = try await BaoPhuSystem.start(
            settings, store: try SQLiteStore(path: folder + "/bench.sqlite"),
            definition: try PlanFolder.load(settings.planFolder), clock: .machine, numbers: .ephemeral())
        let issued = try await admitted(system)
        let list = folder + "/ds.csv"
        try Self.write(list, bytes: 20_000)
        let large = folder + "/lon.csv"
        try Self.write(large, bytes: megabytes << 20)
        try await RunningSystem.serve(system, token: "") { running in
            let client = PartnerClient(
                PartnerSettings(
                    url: running.base, client: issued.program.text, key: issued.key, agreement: 1, purpose: "Đo"))
            do {
                try await measure(running, system, client, issued, small: list, large: large)
                try await client.close()
            } catch {
                try await client.close()
                throw error
            }
        }
    }

    private func measure(
        _ running: RunningSystem, _ system: BaoPhuSystem, _ client: PartnerClient, _ issued: IssuedKey, small: String,
        large: String
    ) async throws {
        let period = Month(of: system.clock.now.day).description
        _ = try await client.handOver(
            PartnerList(path: small, name: "ds.csv", period: period, idempotency: "do-nho-0001"), PartnerManner())
        while try await system.jobs.runDue(as: "bench") > 0 {}
        let token = try await client.authorisation()
        let headers = ["Authorization": token, "Exchange-Agreement": "1", "Exchange-Purpose": "do"]
        let bare = try running.load(of: ["/mot-dong"], seconds: seconds)
        let root = "/api/v1/exchange"
        for (name, path) in [
            ("status", "\(root)/deliveries/1"), ("aggregates", "\(root)/aggregates?period=\(period)"),
        ] {
            let load = try running.load(of: [path], seconds: seconds, headers: headers)
            print(
                "exchange: \(name) \(Spread.text(load.rate)) calls/s, \(Spread.text(load.rate / bare.rate)) of a bare route (\(Spread.text(bare.rate)); wanted: 0.1, 1,000 a second), 99th percentile \(Spread.text(load.tail)) ms"
            )
        }
        let begin = ContinuousClock.now
        let sending = try await client.handOver(
            PartnerList(path: large, name: "lon.csv", period: period, idempotency: "do-lon-0001"),
            PartnerManner(part: ProgramService.pieceBytes, breaks: Self.breaks))
        let time = ContinuousClock.now - begin
        let extra = sending.sent - sending.bytes
        print(
            "exchange: \(megabytes) MB over a connection that broke \(sending.breaks) times in \(time.components.seconds) s: \(extra) bytes sent twice, at most \(sending.lostAtMost) by one break (wanted: less than a part of \(ProgramService.pieceBytes) each)"
        )
    }

    private func admitted(_ system: BaoPhuSystem) async throws -> IssuedKey {
        func person(_ role: Role, _ agency: String) async throws -> Submission {
            let draft = AccountDraft(login: agency, name: agency, role: role, agency: AgencyCode(agency))
            let account = try await system.access.createActive(
                draft, password: "một câu dài dễ nhớ 26", by: .system)
            return Submission(viewer: account.viewer(.ofRoles))
        }
        let giver = try await person(.agencyOfficer, "so-xay-dung")
        let receiver = try await person(.insuranceProvince, "bhxh-thanh-pho")
        _ = try await system.exchange.propose(
            AgreementDraft(
                giver: "so-xay-dung", receiver: "bhxh-thanh-pho", format: "population", purpose: "Đo",
                legalBasis: "Đo", fields: [], rhythm: "monthly", dueDay: "10", from: "01/10/2026"), by: giver)
        try await system.exchange.agree(to: 1, seen: 1, by: receiver)
        try await system.exchange.sign(
            1, seen: 1, paper: "1/DO", on: system.clock.now.day.vietnamese, by: receiver)
        return try await system.programs.admit(
            ProgramDraft(
                name: "Đo", unit: "so-xay-dung", agreements: [1], scopes: Set(ProgramScope.allCases),
                expires: system.clock.now.day.adding(days: 9), perMinute: ProgramService.mostPerMinute),
            by: .commandLine)
    }

    private static func write(_ path: String, bytes: Int) throws {
        FileManager.default.createFile(atPath: path, contents: nil)
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        defer { try? handle.close() }
        var text = "Họ và tên,Ngày sinh,Số định danh cá nhân,Mã số BHXH,Giới tính\n"
        var (index, written) = (0, 0)
        while written < bytes {
            while text.utf8.count < min(1 << 20, bytes - written) {
                text += "Nguyễn Thị Hoa \(index),21/01/1985,0311\(10_000_000 + index),31\(10_000_000 + index),Nữ\n"
                index += 1
            }
            let data = Data(text.utf8)
            try handle.write(contentsOf: data)
            written += data.count
            text = ""
        }
    }
}
