import Foundation
import Testing

/// Who sees but the last lines of a failed run must see which test it was.
@Suite
struct TestRunTests {
    /// - Returns: what `scripts/name-failures` makes of a log, line by line.
    private func named(_ log: String) throws -> [String] {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).log")
        try Data(log.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let output = try Repository.run(["scripts/name-failures", file.path])
        return String(decoding: output, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    @Test
    func `a failed run ends by naming each failed test once, with its messages`() throws {
        let lines = try named(
            """
            ◇ Test run started.
            ◇ Test "a row is told" started.
            ◇ Test case passing 1 argument engine → sqlite to "a row is told" started.
            ✘ Test "a row is told" recorded an issue with 1 argument engine → sqlite at Rows.swift:25:3: Expectation failed: a == b
            ↳ the reason
            2026-11-28T23:16:47+0000 info Hummingbird: status=200 [Site] request
            ✘ Test "a row is told" recorded an issue with 1 argument engine → postgreSQL at Rows.swift:25:3: Expectation failed: a == b
            ✘ Test "a row is told" with 2 test cases failed after 1.0 seconds with 2 issues.
            ✘ Test plain() recorded an issue at Rows.swift:1:3: Caught error: error: boom
            ✘ Test plain() failed after 1.0 seconds with 1 issue.
            ✔ Test "b stands" passed after 1.0 seconds.
            ✘ Suite RowTests failed after 1.0 seconds with 3 issues.
            ✘ Test run with 3 tests in 1 suite failed after 1.0 seconds with 3 issues.
            """)
        #expect(
            lines == [
                "==== What failed",
                "Test \"a row is told\"",
                "    1 argument engine → sqlite at Rows.swift:25:3: Expectation failed: a == b",
                "      ↳ the reason",
                "    1 argument engine → postgreSQL at Rows.swift:25:3: Expectation failed: a == b",
                "Test plain()",
                "    Rows.swift:1:3: Caught error: error: boom",
                "Test run with 3 tests in 1 suite failed after 1.0 seconds with 3 issues.",
                "Failed: Test \"a row is told\"; Test plain()",
            ])
    }

    @Test
    func `a run that did not compile or ended in the middle says so, and what was under way`() throws {
        let compiling = try named("[1/2] Compiling\nSources/Kernel/Day.swift:3:4: error: cannot find 'x'\n")
        #expect(compiling == ["==== What failed", "Sources/Kernel/Day.swift:3:4: error: cannot find 'x'"])
        let ended = try named(
            """
            ◇ Test "a ends" started.
            ◇ Test "b crashes" started.
            ✔ Test "a ends" with 2 test cases passed after 1.0 seconds.
            Kernel/Day.swift:7: Fatal error: Index out of range
            Thread 5 "oot.default-qos" crashed:
              0          0x00007f swift_retain + 47 in libswiftCore.so
              1 [async]  0x000055 DayTests.`b crashes`(engine:) in x.xctest at /work/Tests/KernelTests/DayTests.swift:73
              2 [async]  0x00007f closure #4 in libTeerror: Process 'x.xctest' exited with unexpected signal code 11
            """)
        #expect(
            ended == [
                "==== What failed", "Kernel/Day.swift:7: Fatal error: Index out of range",
                "Crashed in Tests/KernelTests/DayTests.swift:73 `b crashes`",
                "error: Process 'x.xctest' exited with unexpected signal code 11",
                "Under way when it ended: \"b crashes\"",
            ])
    }

    @Test
    func `make test and its areas run through the script that keeps the exit code`() throws {
        for path in ["Makefile", "scripts/test-area"] {
            let text = try Repository.text(path)
            #expect(text.contains("scripts/run-tests"), "\(path)")
            #expect(!text.contains("swift test -"), "\(path)")
        }
        #expect(try Repository.text("scripts/run-tests").contains("set -uo pipefail"))
    }
}
