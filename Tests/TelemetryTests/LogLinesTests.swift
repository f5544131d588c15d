import Foundation
import Logging
import Synchronization
import Telemetry
import Testing

/// One line an entry, whatever stands in it.
@Suite
struct LogLinesTests {
    /// What a logger writes.
    static func lines(_ format: LogFormat, level: Logger.Level = .info, _ work: (inout Logger) -> Void) -> [String] {
        let written = Written()
        var logger = Logger(label: "test") { _ in
            LogLines(format, level: level, now: { Date(timeIntervalSince1970: 1_795_000_000) }) { written.add($0) }
        }
        work(&logger)
        return written.lines
    }

    final class Written: Sendable {
        private let state = Mutex<[String]>([])
        var lines: [String] { state.withLock { $0 } }
        func add(_ line: String) { state.withLock { $0.append(line) } }
    }

    @Test
    func `JSON holds time, level, message and each field with its type`() throws {
        let lines = Self.lines(.json) { logger in
            logger[metadataKey: "hb.request.id"] = "abc"
            logger.info("request", metadata: ["status": .stringConvertible(200), "route": "/viec/{task}"])
        }
        let line = try #require(lines.first)
        let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        #expect(object["time"] as? String == "2026-11-18T11:06:40.000Z")
        #expect(object["level"] as? String == "info" && object["message"] as? String == "request")
        #expect(object["status"] as? Int == 200 && object["route"] as? String == "/viec/{task}")
        #expect(object["request"] as? String == "abc" && object["hb.request.id"] == nil)
    }

    static let hostile = "x\n2026-01-01T00:00:00Z info forged\r\u{1b}[31m\u{2028}đ"

    @Test(arguments: LogFormat.allCases)
    func `what somebody typed cannot make a line of its own or colour a terminal`(format: LogFormat) throws {
        let lines = Self.lines(format) { $0.error("\(Self.hostile)", metadata: ["error": "\(Self.hostile)"]) }
        #expect(lines.count == 1)
        let line = try #require(lines.first)
        #expect(!line.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7f })
        #expect(line.contains("đ"))
    }

    @Test(arguments: LogFormat.allCases)
    func `the value of a key that names a secret is left out`(format: LogFormat) {
        let keys = ["password", "mail.password", "Set-Cookie", "sessionToken", "Authorization", "one_time_secret"]
        let lines = Self.lines(format) { logger in
            for key in keys { logger.info("x", metadata: ["\(key)": "k1n-d4o", "outer": ["\(key)": "k1n-d4o"]]) }
        }
        #expect(lines.count == keys.count)
        for line in lines { #expect(!line.contains("k1n-d4o"), "\(line)") }
    }

    @Test
    func `text is time, level, message and fields in order`() {
        let lines = Self.lines(.text) {
            $0.notice("job failed", metadata: ["kind": "mail", "error": "no route to host"])
        }
        #expect(lines == ["2026-11-18T11:06:40.000Z notice job failed error=\"no route to host\" kind=mail"])
    }

    @Test
    func `what lies below the level is not written`() {
        #expect(Self.lines(.text, level: .notice) { $0.info("request") }.isEmpty)
    }
}
