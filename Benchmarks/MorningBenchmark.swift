import Access
import Assembly
import Database
import Foundation
import Kernel
import PlanText
import Province
import Synchronization

/// 08:00: three hundred people sign in within a minute, at the cost that passwords have in service, while 64 connections read.
struct MorningBenchmark {
    let plan: String

    private static let people = 300
    private static let minute = 60

    func run() async throws {
        let folder = NSTemporaryDirectory() + "baophu-bench-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let settings = try await Settings.read(
            flags: [
                "database": folder + "/morning.sqlite", "plan": plan, "http.port": "0",
                "http.forms-per-minute": "1000000", "access.second-factor": "false",
            ], environment: [:])
        // The demonstration hashes and stores cheaply; the system is then started as in service over what it made.
        let demonstration = try await Demonstration.prepare(settings) { _ in }
        let logins = try await Self.employ(
            demonstration.system, password: demonstration.password,
            hash: PasswordHasher(cost: settings.passwordCost).hash(demonstration.password))
        try await demonstration.system.store.close()
        let system = try await BaoPhuSystem.start(settings)
        let token = try await system.access.signIn(
            login: "thuongtruc", password: demonstration.password, address: "bench", device: "bench"
        ).token
        let communes = system.definition.communes.codes.prefix(20)
        let pages =
            (1...20).map { "/viec?nam=2027&trang=\($0)" } + communes.map { "/don-vi/\($0)" }
            + ["/hom-nay", "/tong-quan", "/tong-quan?do=tu-nguyen"]
        let hashing = try await Self.hashing(settings.passwordCost)
        try await RunningSystem.serve(system, token: token, password: demonstration.password) { running in
            _ = try running.rate(of: pages, seconds: 1)
            let quiet = try running.load(of: pages, seconds: 10)
            let signIns = SignIns()
            let (port, password) = (running.port, running.password)
            let begin = ContinuousClock.now
            let done = DispatchGroup()
            for (number, login) in logins.enumerated() {
                let due = Double(number) * Double(Self.minute) / Double(Self.people)
                done.enter()
                DispatchQueue.global().asyncAfter(deadline: .now() + due) {
                    // A thread each: one that waits must keep nobody else from starting.
                    Thread.detachNewThread {
                        let signIn = Self.signIn(login, password, port)
                        signIns.all.withLock { $0.append(signIn) }
                        done.leave()
                    }
                }
            }
            let busy = try running.load(of: pages, seconds: Self.minute)
            await withCheckedContinuation { continuation in
                done.notify(queue: .global()) { continuation.resume() }
            }
            let over = begin.duration(to: .now) / .seconds(1)
            let found = signIns.all.withLock { $0 }
            let waits = found.map(\.seconds).sorted()
            print(
                "morning: one password takes \(Spread.text(hashing)) s alone; 64 connections reading, nobody signing in: \(Spread.text(quiet.rate)) requests/s, 99th percentile \(Spread.text(quiet.tail)) ms"
            )
            print(
                "morning: while \(Self.people) people sign in within a minute: \(Spread.text(busy.rate)) requests/s, \(Spread.text(busy.rate / quiet.rate)) of reading alone; 99th percentile \(Spread.text(busy.tail)) ms (wanted: under 1000)"
            )
            print(
                "morning: \(found.count { $0.isIn }) of \(Self.people) signed in (wanted: all); half within \(Spread.text(waits[waits.count / 2])) s, 99 of 100 within \(Spread.text(waits[waits.count * 99 / 100])) s, the last after \(Spread.text(over)) s"
            )
        }
    }

    private struct SignIn {
        let isIn: Bool
        let seconds: Double
    }

    private final class SignIns: Sendable {
        let all = Mutex<[SignIn]>([])
    }

    /// Accounts for everybody, with one hash for all: made one by one they would take longer than the morning.
    private static func employ(_ system: BaoPhuSystem, password: String, hash: String) async throws -> [String] {
        let codes = system.definition.communes.codes
        var logins: [String] = []
        for number in 0..<people {
            let draft = AccountDraft(
                login: "sang-\(number)", name: "Cán bộ \(number)", role: .communeOfficer,
                communes: [codes[number % codes.count]])
            logins.append(
                try await system.access.createActive(draft, password: password, by: .system).login)
        }
        try await system.store.write { _ = try $0.execute("UPDATE account SET password_hash = ?", hash) }
        return logins
    }

    /// Seconds of one password, the machine being idle.
    private static func hashing(_ cost: Int) async throws -> Double {
        let begin = ContinuousClock.now
        for _ in 0..<5 { _ = try await PasswordHasher(cost: cost).hash("con mèo ngồi trên mái") }
        return begin.duration(to: .now) / .seconds(5)
    }

    /// Opens the form, sends it, and looks whether the day's page comes.
    private static func signIn(_ login: String, _ password: String, _ port: Int) -> SignIn {
        let begin = ContinuousClock.now
        var client = PageClient(port: port)
        var isIn = false
        if let form = try? client.get("/dang-nhap").form("dang-nhap"),
            let answer = try? client.send(form.typed(["login": login, "password": password])), answer.status == 303
        {
            isIn = (try? client.get("/hom-nay").text.contains("Đăng xuất")) ?? false
        }
        return SignIn(isIn: isIn, seconds: begin.duration(to: .now) / .seconds(1))
    }
}
