import Foundation
import TestSupport
import Testing

/// A server among clients that mean it no good.
@Suite
struct StopTests {
    @Test
    func `a server told to stop ends whatever its clients do`() async throws {
        try await Scene.withFolder { folder in
            let (process, port) = try await Executable.serve(CrashTests.flags(folder), in: folder)
            let held = try await Executable.offPool {
                let requests = [
                    // Says nothing; begins a head; sends a part of a form; asks for much and takes nothing of it.
                    "", "GET / HTTP/1.1\r\nHost: loc",
                    "POST /dang-nhap HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\nlogin=",
                    String(
                        repeating: "GET /tinh/baophu.css HTTP/1.1\r\nHost: localhost\r\n\r\n", count: 500),
                ]
                return try requests.map { request in
                    let descriptor = try RawConnection.open(port: port)
                    let bytes = Array(request.utf8)
                    _ = send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
                    return descriptor
                }
            }
            // All of them are being served before the end.
            let page = try await Executable.offPool { PlainHTTP.get("/dang-nhap", port: port, cookie: "") }
            #expect(page?.hasPrefix("HTTP/1.1 200 ") == true)
            #expect(try await Executable.end(process))
            #expect(process.terminationReason == .exit && process.terminationStatus == 0)
            for descriptor in held { close(descriptor) }
        }
    }

    @Test
    func `more clients than there may be files leave room, and the next is served when they go`() async throws {
        try await Scene.withFolder { folder in
            let flags = CrashTests.flags(folder)
            let (process, port) = try await Executable.serve(flags, in: folder, files: 200)
            let open = try await Executable.offPool {
                let held = (0..<300).compactMap { _ in try? RawConnection.open(port: port) }
                defer { for descriptor in held { close(descriptor) } }
                // Whoever could be taken in has been: the number stands still.
                var counts = [0, -1]
                while counts[0] != counts[1] {
                    Thread.sleep(forTimeInterval: 0.5)
                    let count = try FileManager.default.contentsOfDirectory(
                        atPath: "/proc/\(process.processIdentifier)/fd"
                    ).count
                    counts = [count, counts[0]]
                }
                return counts[0]
            }
            #expect(open < 200, "it never came to the limit, at which taking in fails over and over")
            let page = try await Executable.offPool { PlainHTTP.get("/dang-nhap", port: port, cookie: "") }
            #expect(page?.hasPrefix("HTTP/1.1 200 ") == true)
            #expect(try await Executable.end(process))
        }
    }

    @Test
    func `a server does not start on a damaged database, and says how to restore it`() async throws {
        try await Scene.withFolder { folder in
            let path = folder + "/a.sqlite"
            #expect(try await Executable.run(["migrate", "--database", path, "--plan", Scene.anBien]).status == 0)
            let handle = try #require(FileHandle(forUpdatingAtPath: path))
            let size = try handle.seekToEnd()
            // All but the page of the schema.
            for offset in stride(from: 40 * 4_096, to: Int(size) - 4_096, by: 4_096) {
                try handle.seek(toOffset: UInt64(offset))
                try handle.write(contentsOf: Data(repeating: 0xA5, count: 2_048))
            }
            try handle.close()
            let outcome = try await Executable.run(["serve", "--port", "0"] + CrashTests.flags(folder))
            #expect(outcome.status == 65)
            #expect(outcome.errors.contains("is damaged") && outcome.errors.contains("baophu restore BACKUP"))
            #expect(!outcome.output.contains("running"))
        }
    }
}
