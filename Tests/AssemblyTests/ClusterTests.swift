import Foundation
import Testing

/// `spark/link.py` on a Spark of two cores: what it writes are the bytes of a run on one machine, however the work is shared out
/// and though workers fail. Spark and Java come from `scripts/install-packages test`.
@Suite
struct ClusterTests {
    private static let python = Scene.repository.appendingPathComponent(".build/peers/bin/python").path
    /// With the Python come Spark and Java: a machine that has the one and lacks the others fails.
    private static let isInstalled = FileManager.default.isExecutableFile(atPath: python)

    @Test(.enabled(if: isInstalled, "scripts/install-packages test has not run: no Spark"))
    func `two thousand people are linked on Spark to the same bytes as on one machine`() async throws {
        try await Scene.withFolder { folder in
            let binary = try #require(Executable.path)
            let benchmark = Scene.repository.appendingPathComponent("Benchmarks/splink")
            try await Self.ran(
                "python3", [benchmark.appendingPathComponent("data.py").path, "2000", folder], in: folder)
            let settings = try Self.text(benchmark.appendingPathComponent("people.yaml").path)
            try Data(settings.utf8).write(to: URL(fileURLWithPath: folder + "/people.yaml"))
            let right = try Self.text(folder + "/right.csv").drop { $0 != "\n" }.dropFirst()
            try Data((Self.text(folder + "/left.csv") + right).utf8).write(
                to: URL(fileURLWithPath: folder + "/all.csv"))
            try await Self.ran(
                binary,
                [
                    "linkage", "link", "people.yaml", "--left", "left.csv", "--right", "right.csv", "--output",
                    "pairs.csv", "--model", "model.json",
                ], in: folder)
            try await Self.ran(
                binary,
                [
                    "linkage", "dedupe", "people.yaml", "--input", "all.csv", "--output", "clusters.csv", "--pairs",
                    "doubles.csv",
                ], in: folder)
            #expect(try Self.text(folder + "/doubles.csv").count { $0 == "\n" } > 400)
            // The first worker of each stage dies half-way.
            let failing = folder + "/baophu"
            let script = """
                #!/bin/sh
                if [ "$2" = worker ] && mkdir "\(folder)/died-$3" 2>/dev/null; then head -c 1000 >/dev/null; exit 9; fi
                exec \(binary) "$@"
                """
            try Data(script.utf8).write(to: URL(fileURLWithPath: failing))
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: failing)
            let run = Scene.repository.appendingPathComponent("Tests/AssemblyTests/Cluster/run.py").path
            let told = try await Self.ran(Self.python, [run, folder, failing, "1", "4"], in: folder)
            #expect(
                told.split(separator: "\n").map(String.init) == [
                    "pairs 1: same", "model 1: same", "pairs 4: same", "model 4: same", "clusters: same",
                    "doubles: same",
                ])
            let died = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasPrefix("died-") }
            #expect(
                died.sorted()
                    == ["compare", "evidence", "facts", "keys", "share", "weigh", "write"].map { "died-\($0)" })
        }
    }

    private static func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

    /// - Returns: what the program printed.
    @discardableResult
    private static func ran(_ program: String, _ arguments: [String], in folder: String) async throws -> String {
        try await Executable.offPool {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments = [program] + arguments
            process.currentDirectoryURL = URL(fileURLWithPath: folder)
            process.environment = ["PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": folder]
            process.standardInput = FileHandle.nullDevice
            let output = Pipe()
            process.standardOutput = output
            let errors = folder + "/errors"
            _ = FileManager.default.createFile(atPath: errors, contents: nil)
            process.standardError = FileHandle(forWritingAtPath: errors)
            try process.run()
            let told = try output.fileHandleForReading.readToEnd() ?? Data()
            process.waitUntilExit()
            guard process.terminationStatus == 0 else {
                let why = String(decoding: FileManager.default.contents(atPath: errors) ?? Data(), as: UTF8.self)
                throw Scene.Failure(description: "\(program) \(arguments): \(why.suffix(2_000))")
            }
            return String(decoding: told, as: UTF8.self)
        }
    }
}
