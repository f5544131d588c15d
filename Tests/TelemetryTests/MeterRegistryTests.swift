import CoreMetrics
import Foundation
import Telemetry
import Testing

/// What Prometheus reads.
@Suite
struct MeterRegistryTests {
    @Test
    func `a counter tells its meaning, its shape and its series by label`() {
        let meters = MeterRegistry()
        meters.counter(.requests, "GET", "/viec/{task}", "200").increment()
        meters.counter(.requests, "GET", "/viec/{task}", "200").increment(by: 2)
        meters.counter(.requests, "GET", "/", "303").increment()
        #expect(
            meters.exposition() == """
                # HELP baophu_http_requests_total requests answered, by the pattern of their route
                # TYPE baophu_http_requests_total counter
                baophu_http_requests_total{method="GET",route="/",status="303"} 1
                baophu_http_requests_total{method="GET",route="/viec/{task}",status="200"} 3

                """)
    }

    @Test
    func `a histogram counts up to each bound, and all below the last`() {
        let meters = MeterRegistry()
        let timer = meters.timer(.writeWaitSeconds)
        for nanoseconds in [1_000_000, 5_000_000, 400_000_000, 120_000_000_000] { timer.recordNanoseconds(nanoseconds) }
        let lines = meters.exposition().split(separator: "\n")
        func value(_ series: String) -> Substring? {
            lines.first { $0.hasPrefix("baophu_database_write_wait_seconds\(series) ") }?.split(separator: " ").last
        }
        #expect(value("_bucket{le=\"0.005\"}") == "2")
        #expect(value("_bucket{le=\"0.25\"}") == "2")
        #expect(value("_bucket{le=\"0.5\"}") == "3")
        #expect(value("_bucket{le=\"30\"}") == "3")
        #expect(value("_bucket{le=\"+Inf\"}") == "4")
        #expect(value("_count") == "4")
        #expect(value("_sum") == "120.406")
    }

    @Test
    func `a gauge tells the last value, and nothing once cleared`() {
        let meters = MeterRegistry()
        meters.gauge(.jobs, "heavy", "queued").set(3)
        meters.gauge(.jobs, "heavy", "queued").set(1)
        #expect(meters.exposition().contains("baophu_jobs{lane=\"heavy\",state=\"queued\"} 1\n"))
        meters.clear(.jobs)
        #expect(meters.exposition() == "")
    }

    @Test
    func `a label cannot break out of its quotes, nor a name out of its line`() {
        let meters = MeterRegistry()
        Counter(label: "9 lives\n", dimensions: [("a b", "\"\n\\")], factory: meters).increment()
        #expect(meters.exposition() == "# TYPE _9_lives_ counter\n_9_lives_{a_b=\"\\\"\\n\\\\\"} 1\n")
    }

    @Test
    func `the series of a family are bounded`() {
        let meters = MeterRegistry()
        for number in 0..<(MeterRegistry.mostSeries + 50) {
            Counter(label: "busy", dimensions: [("number", "\(number)")], factory: meters).increment()
        }
        #expect(meters.exposition().split(separator: "\n").count == MeterRegistry.mostSeries + 1)
    }

    @Test
    func `the documentation lists every family as it is`() throws {
        let document = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "docs/metrics.md")
        let rows = try String(contentsOf: document, encoding: .utf8).split(separator: "\n").filter {
            $0.hasPrefix("| `")
        }
        let families = MeterFamily.all.map { family in
            let labels = family.labels.map { "`\($0)`" }.joined(separator: ", ")
            return "| `\(family.name)` | \(family.shape.rawValue) | \(labels) | \(family.meaning) |"
        }
        #expect(rows.map(String.init) == families)
    }

    @Test
    func `observations from many tasks are all counted`() async {
        let meters = MeterRegistry()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    for _ in 0..<500 { meters.counter(.signInFailures).increment() }
                }
            }
        }
        #expect(meters.exposition().contains("baophu_sign_in_failures_total 4000\n"))
    }
}
