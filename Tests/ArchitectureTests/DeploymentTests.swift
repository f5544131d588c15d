import Foundation
import Testing

/// What stands in `deploy/` for those who run the system.
@Suite
struct DeploymentTests {
    private static func isInstalled(_ path: String) -> Bool { FileManager.default.isExecutableFile(atPath: path) }

    /// Gives the unit files with a program that is there, in a folder of their own.
    private static func withUnits(_ body: (_ units: [String]) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("units-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var units: [String] = []
        for file in Repository.files(under: "deploy/systemd", endingIn: "") {
            let text = try Repository.text(file).replacing(/ExecStart=\S+.*/, with: "ExecStart=/bin/true")
            let path = folder.appendingPathComponent(String(file.split(separator: "/").last ?? ""))
            try text.write(to: path, atomically: true, encoding: .utf8)
            units.append(path.path)
        }
        try body(units)
    }

    @Test(.enabled(if: isInstalled("/usr/bin/systemd-analyze")))
    func `systemd finds nothing wrong with the units, and little that they may`() throws {
        try Self.withUnits { units in
            #expect(units.count == 3)
            let told = try Repository.run(
                ["sh", "-c", "systemd-analyze verify \"$@\" 2>&1", "sh"] + units, input: Data())
            #expect(told.isEmpty, "\(String(decoding: told, as: UTF8.self))")
            for unit in units where unit.hasSuffix(".service") {
                // It fails past the threshold: 1.5 of 10.
                _ = try Repository.run(
                    ["systemd-analyze", "security", "--offline=true", "--no-pager", "--threshold=15", unit],
                    input: Data())
            }
        }
    }

    @Test(.enabled(if: isInstalled("/usr/sbin/nginx") && isInstalled("/usr/bin/openssl")))
    func `nginx takes the example`() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("nginx-\(UUID())").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        _ = try Repository.run(
            [
                "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", folder + "/key.pem", "-out",
                folder + "/fullchain.pem", "-days", "1", "-subj", "/CN=baophu.example.vn",
            ], input: Data())
        let proxy = Repository.root.appendingPathComponent("deploy/nginx/baophu-proxy.conf").path
        let site = try Repository.text("deploy/nginx/baophu.conf")
            .replacing("/etc/ssl/baophu", with: folder).replacing("/etc/nginx/baophu-proxy.conf", with: proxy)
            .replacing("/var/log/nginx", with: folder)
        let whole = "pid \(folder)/pid;\nerror_log \(folder)/error;\nevents {}\nhttp {\n\(site)\n}\n"
        try whole.write(toFile: folder + "/nginx.conf", atomically: true, encoding: .utf8)
        _ = try Repository.run(["/usr/sbin/nginx", "-t", "-q", "-c", folder + "/nginx.conf"], input: Data())
    }

    @Test
    func `alerts name series that there are, and the guide tells what to do about each`() throws {
        let alerts = try Repository.text("deploy/prometheus/baophu-alerts.yml")
        let series = Set(try Repository.text("docs/metrics.md").matches(of: /\n\| `([a-z_]+)` \|/).map(\.1))
        let named = alerts.matches(of: /(?:baophu|process)_[a-z_]+/).map {
            $0.0.hasSuffix("_bucket") ? $0.0.dropLast("_bucket".count) : $0.0
        }
        #expect(named.filter { !series.contains($0) } == [] && named.count > 8)
        let guide = try Repository.text("docs/huong-dan/van-hanh.md")
        for alert in alerts.matches(of: /alert: ([a-z-]+)/).map(\.1) {
            #expect(guide.contains("`\(alert)`"), "\(alert)")
        }
    }

    @Test
    func `nothing in front of the system writes addresses into its log, or hands on the metrics`() throws {
        let (nginx, caddy) = (
            try Repository.text("deploy/nginx/baophu.conf"), try Repository.text("deploy/caddy/Caddyfile")
        )
        let format = try #require(nginx.firstMatch(of: /log_format baophu '([^']*)'/)).1
        #expect(!format.contains("$request ") && !format.contains("uri") && !format.contains("referer"))
        #expect(nginx.contains("location = /metrics { return 404; }"))
        #expect(caddy.contains("request>uri delete") && caddy.contains("handle /metrics"))
    }
}
