import Foundation
import Hummingbird
import HummingbirdTesting
import Testing

/// The interface for programs against its own description: Schemathesis makes requests that the description allows and
/// forbids, and looks at the answers (`scripts/install-packages test` makes its environment).
@Suite
struct SchemathesisTests {
    static let program = SiteHarness.repository.appendingPathComponent(".build/peers/bin/schemathesis").path
    static let configuration = SiteHarness.repository.appendingPathComponent("Tests/SiteTests/Peers/schemathesis.toml")
        .path

    static let exchangeConfiguration = SiteHarness.repository.appendingPathComponent(
        "Tests/SiteTests/Peers/schemathesis-exchange.toml"
    ).path

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: program)))
    func `no request finds an answer that the description does not tell`() async throws {
        try await SiteHarness.run(live: true) { harness in
            let port = try #require(harness.client.port)
            let (status, output) = try await Self.run([
                "--no-color", "--config-file", Self.configuration, "run",
                "http://127.0.0.1:\(port)/api/v1/law/openapi.json", "--url", "http://127.0.0.1:\(port)", "--checks",
                "all", "--phases", "examples,coverage,fuzzing", "--max-examples", "8", "--seed", "1",
                "--continue-on-failure",
            ])
            #expect(status == 0, "\(output.suffix(8_000))")
            let tested = try #require(output.firstMatch(of: /Tested: ([0-9]+)/)).1
            #expect(Int(tested) ?? 0 > 20, "\(output.suffix(2_000))")
        }
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: program)))
    func `no request of another agency's program finds one either`() async throws {
        try await ExchangeAPITests.run(live: true) { harness, program in
            let port = try #require(harness.client.port)
            let begun = try await program.begin(ExchangeAPITests.list.count)
            _ = try await program.add(ExchangeAPITests.list, at: 0, to: try #require(begun["Location"]))
            try await harness.runAllJobs()
            let answer = try await program.token(
                "grant_type=client_credentials&client_id=\(program.id)&client_secret=\(program.bearer)&agreement=1&purpose=Th%E1%BB%AD"
            )
            let token = try #require(answer.json["access_token"] as? String)
            let (status, output) = try await Self.run([
                "--no-color", "--config-file", Self.exchangeConfiguration, "run",
                "http://127.0.0.1:\(port)/api/v1/exchange/openapi.json", "--url", "http://127.0.0.1:\(port)",
                "--header", "Authorization: Bearer \(token)", "--checks", "all", "--phases",
                "examples,coverage,fuzzing", "--max-examples", "5", "--seed", "1", "--continue-on-failure",
            ])
            #expect(status == 0, "\(output.suffix(12_000))")
            let tested = try #require(output.firstMatch(of: /Tested: ([0-9]+)/)).1
            #expect(Int(tested) ?? 0 > 8, "\(output.suffix(2_000))")
        }
    }

    /// In a folder of its own, where it leaves what it remembers; off the pool, for it waits.
    private static func run(_ arguments: [String]) async throws -> (status: Int32, output: String) {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(
                    with: Result {
                        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("peer-\(UUID())")
                        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
                        defer { try? FileManager.default.removeItem(at: folder) }
                        let process = Process()
                        process.executableURL = URL(fileURLWithPath: program)
                        process.arguments = arguments
                        process.currentDirectoryURL = folder
                        process.environment = ["PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": folder.path]
                        let output = Pipe()
                        process.standardOutput = output
                        process.standardError = output
                        try process.run()
                        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
                        process.waitUntilExit()
                        return (process.terminationStatus, text)
                    })
            }
        }
    }
}
