/// Prometheus's text format (version 0.0.4), being written.
/// https://prometheus.io/docs/instrumenting/exposition_formats/
struct Exposition {
    private(set) var text = ""

    mutating func begin(_ name: String, _ shape: MeterFamily.Shape, _ meaning: String) {
        if !meaning.isEmpty { text += "# HELP \(name) \(Self.escaped(meaning, quotes: false))\n" }
        text += "# TYPE \(name) \(shape.rawValue)\n"
    }

    mutating func add(_ name: String, _ shape: MeterFamily.Shape, _ labels: String, _ reading: Series.Reading) {
        guard shape == .histogram else {
            text += "\(name)\(Self.braced(labels)) \(Self.number(reading.value))\n"
            return
        }
        var below = 0
        let rest = labels.isEmpty ? "" : labels + ","
        for (bound, count) in zip(MeterRegistry.bounds, reading.spread) {
            below += count
            text += "\(name)_bucket{\(rest)le=\"\(Self.number(bound))\"} \(below)\n"
        }
        text += "\(name)_bucket{\(rest)le=\"+Inf\"} \(reading.observations)\n"
        text += "\(name)_sum\(Self.braced(labels)) \(Self.number(reading.value))\n"
        text += "\(name)_count\(Self.braced(labels)) \(reading.observations)\n"
    }

    /// `method="GET",status="200"`; empty without labels.
    static func labels(_ labels: [MeterRegistry.Label]) -> String {
        labels.map { "\($0.name)=\"\(escaped($0.value, quotes: true))\"" }.joined(separator: ",")
    }

    /// A name in swift-metrics' notation, with what Prometheus takes in names: `http.requests` becomes `http_requests`.
    static func name(_ label: String) -> String {
        let kept = label.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" }
        return kept.first?.isNumber == true ? "_" + String(kept) : String(kept)
    }

    private static func braced(_ labels: String) -> String { labels.isEmpty ? "" : "{\(labels)}" }

    private static func escaped(_ text: String, quotes: Bool) -> String {
        let escaped = text.replacing("\\", with: "\\\\").replacing("\n", with: "\\n")
        return quotes ? escaped.replacing("\"", with: "\\\"") : escaped
    }

    static func number(_ value: Double) -> String {
        guard value.isFinite else { return value.isNaN ? "NaN" : value < 0 ? "-Inf" : "+Inf" }
        return value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : "\(value)"
    }
}
