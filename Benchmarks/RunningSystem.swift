import Access
import Assembly
import Database
import Foundation
import HTTPTypes
import Hummingbird
import Kernel
import Overview
import PlanText
import Targets
import Work
import Site
import WebDesk

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// The system as the executable builds it, filled with illustrative work, on a port of its own, plus two routes that only
/// benchmarks have: one that reads a single row, and one that signs a browser in.
struct RunningSystem {
    let port: Int
    /// Of a complete session of an analyst.
    let token: String
    /// That all sample accounts share; empty where there are none.
    let password: String
    let system: BaoPhuSystem

    var cookie: String { "\(Desk.sessionCookie)=\(token)" }
    var base: String { "http://127.0.0.1:\(port)" }

    static func with<T: Sendable>(plan: String, _ body: @escaping @Sendable (RunningSystem) async throws -> T)
        async throws -> T
    {
        let folder = NSTemporaryDirectory() + "baophu-bench-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let settings = try await Settings.read(
            flags: [
                "database": folder + "/bench.sqlite", "plan": plan, "http.port": "0",
                "http.forms-per-minute": "1000000",
            ], environment: [:])
        let demonstration = try await Demonstration.prepare(settings) { _ in }
        let system = demonstration.system
        let token = try await system.access.signIn(
            login: "thuongtruc", password: demonstration.password, address: "bench", device: "bench"
        ).token
        return try await serve(system, token: token, password: demonstration.password, body)
    }

    /// Runs a body while a system answers on a port of its own.
    /// - Parameter token: of a complete session.
    static func serve<T: Sendable>(
        _ system: BaoPhuSystem, token: String, password: String = "",
        _ body: @escaping @Sendable (RunningSystem) async throws -> T
    ) async throws -> T {
        let cookie = "\(Desk.sessionCookie)=\(token)"
        let router = system.site.router()
        router.get("/mot-dong") { _, _ -> Response in
            let due = try await system.store.read { connection in
                try connection.row("SELECT due_key FROM task_instance WHERE id = ?", "II.8/2027-04/thue-thanh-pho")?
                    .text("due_key") ?? ""
            }
            return Response(status: .ok, body: .init(byteBuffer: ByteBuffer(string: due)))
        }
        router.get("/vao") { request, _ -> Response in
            var response = Response.redirect(
                to: request.uri.queryParameters["den"].map(String.init) ?? "/", type: .normal)
            response.headers[.setCookie] = "\(cookie); Path=/; HttpOnly"
            return response
        }
        let (ports, announce) = AsyncStream.makeStream(of: Int.self)
        let application = Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in announce.yield(channel.localAddress?.port ?? 0) },
            logger: BaoPhuSystem.logger("critical"))
        return try await withThrowingTaskGroup(of: T?.self) { group in
            group.addTask {
                try await application.runService(gracefulShutdownSignals: [])
                return nil
            }
            group.addTask {
                for await port in ports {
                    return try await body(RunningSystem(port: port, token: token, password: password, system: system))
                }
                return nil
            }
            while let result = try await group.next() {
                if let result {
                    group.cancelAll()
                    return result
                }
            }
            throw CancellationError()
        }
    }

    /// What 64 connections get over some addresses.
    struct Load: Sendable {
        /// Requests per second.
        let rate: Double
        /// Milliseconds of the 99th percentile.
        let tail: Double
    }

    /// The requests per second that 64 connections get over some addresses, by wrk.
    func rate(of paths: [String], seconds: Int) throws -> Double { try load(of: paths, seconds: seconds).rate }

    /// - Parameter headers: of each request, beside the cookie.
    func load(of paths: [String], seconds: Int, headers: [String: String] = [:]) throws -> Load {
        let script = NSTemporaryDirectory() + "baophu-wrk-\(UUID().uuidString).lua"
        defer { try? FileManager.default.removeItem(atPath: script) }
        let list = paths.map { "\"\($0)\"" }.joined(separator: ", ")
        let lua = """
            local paths = { \(list) }
            local n = 0
            wrk.headers["Cookie"] = "\(cookie)"
            \(headers.sorted { $0.key < $1.key }.map { "wrk.headers[\"\($0.key)\"] = \"\($0.value)\"" }.joined(separator: "\n"))
            request = function()
              n = n % #paths + 1
              return wrk.format("GET", paths[n])
            end
            done = function(summary)
              io.write("REFUSED ", summary.errors.status, "\\n")
            end
            """
        try lua.write(toFile: script, atomically: true, encoding: .utf8)
        let text = try output(of: "wrk", ["-t1", "-c64", "--latency", "-d\(seconds)s", "-s", script, base])
        let lines = text.split(separator: "\n").map { $0.split(whereSeparator: \.isWhitespace) }
        guard let tail = lines.first(where: { $0.first == "99%" })?.last.flatMap({ Self.milliseconds($0) }),
            let rate = lines.first(where: { $0.first == "Requests/sec:" })?.last.flatMap({ Double($0) }),
            lines.first(where: { $0.first == "REFUSED" })?.last == "0"
        else { throw CocoaError(.featureUnsupported, userInfo: ["output": text]) }
        return Load(rate: rate, tail: tail)
    }

    /// `1.32ms`, `850.00us`, `1.02s`
    private static func milliseconds(_ text: Substring) -> Double? {
        for (unit, factor) in [("us", 0.001), ("ms", 1.0), ("s", 1_000.0)] where text.hasSuffix(unit) {
            if let number = Double(text.dropLast(unit.count)) { return number * factor }
        }
        return nil
    }

    /// One page as the signed-in person sees it.
    func page(_ path: String) async throws -> String {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.httpCookieStorage = nil
        guard let url = URL(string: base + path) else { return "" }
        var request = URLRequest(url: url)
        request.httpShouldHandleCookies = false
        request.setValue(cookie, forHTTPHeaderField: "Cookie")
        let (data, _) = try await URLSession(configuration: configuration).data(for: request)
        return String(decoding: data, as: UTF8.self)
    }
}
