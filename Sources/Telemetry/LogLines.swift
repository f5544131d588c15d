public import Foundation
public import Logging

/// How the log is written.
public enum LogFormat: String, Sendable, CaseIterable {
    /// One line for people: time, level, message, `key=value`.
    case text
    /// One JSON object a line, for programs that collect logs.
    case json
}

/// Writes each entry as one line, whatever stands in it: a text that somebody typed cannot make an entry of its own, and the
/// value of a key that names a secret is left out.
public struct LogLines: LogHandler {
    public var logLevel: Logger.Level
    public var metadata: Logger.Metadata = [:]
    public var metadataProvider: Logger.MetadataProvider?
    private let format: LogFormat
    private let now: @Sendable () -> Date
    private let write: @Sendable (String) -> Void

    /// - Parameter write: takes a whole line; standard error when left out.
    public init(
        _ format: LogFormat, level: Logger.Level, now: @escaping @Sendable () -> Date = { Date() },
        write: @escaping @Sendable (String) -> Void = LogLines.toStandardError
    ) {
        self.format = format
        logLevel = level
        self.now = now
        self.write = write
    }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        var fields = metadata
        fields.merge(metadataProvider?.get() ?? [:]) { $1 }
        fields.merge(event.metadata ?? [:]) { $1 }
        if let error = event.error { fields["error"] = "\(error)" }
        let shown = Dictionary(fields.map { (Self.known[$0.key] ?? $0.key, $0.value) }, uniquingKeysWith: { $1 })
        let time = now().formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        switch format {
        case .text:
            let pairs = shown.sorted { $0.key < $1.key }.map { " \($0.key)=\(Self.text($0.key, $0.value))" }
            write("\(time) \(event.level) \(Self.oneLine(event.message.description))\(pairs.joined())")
        case .json:
            var object: [String: Any] = shown.reduce(into: [:]) { $0[$1.key] = Self.json($1.key, $1.value) }
            object["time"] = time
            object["level"] = event.level.rawValue
            object["message"] = event.message.description
            object["source"] = event.source
            let options: JSONSerialization.WritingOptions = [.sortedKeys, .withoutEscapingSlashes]
            guard let data = try? JSONSerialization.data(withJSONObject: object, options: options) else { return }
            write(String(decoding: data, as: UTF8.self))
        }
    }

    /// Keys of libraries that have a shorter name here.
    private static let known = ["hb.request.id": "request"]
    private static let secret = ["passw", "passphrase", "secret", "token", "cookie", "authorization"]

    private static func isSecret(_ key: String) -> Bool {
        let key = key.lowercased()
        return secret.contains { key.contains($0) }
    }

    private static func json(_ key: String, _ value: Logger.MetadataValue) -> Any {
        if isSecret(key) { return "…" }
        switch value {
        case .string(let text): return text
        case .stringConvertible(let value as Int): return value
        case .stringConvertible(let value): return value.description
        case .array(let values): return values.map { json("", $0) }
        case .dictionary(let values):
            return values.reduce(into: [:]) { $0[$1.key] = json($1.key, $1.value) } as [String: Any]
        }
    }

    private static func text(_ key: String, _ value: Logger.MetadataValue) -> String {
        if isSecret(key) { return "…" }
        let text = oneLine(shown(value))
        return text.contains(" ") || text.isEmpty ? "\"\(text.replacing("\"", with: "\\\""))\"" : text
    }

    private static func shown(_ value: Logger.MetadataValue) -> String {
        switch value {
        case .string(let text): text
        case .stringConvertible(let value): value.description
        case .array(let values): values.map(shown).joined(separator: ", ")
        case .dictionary(let values):
            values.sorted { $0.key < $1.key }.map { "\($0.key): \(isSecret($0.key) ? "…" : shown($0.value))" }.joined(
                separator: ", ")
        }
    }

    /// Control characters escaped: none ends the line, none colours a terminal.
    private static func oneLine(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "") { line, scalar in
            switch scalar {
            case "\n": line += "\\n"
            case "\r": line += "\\r"
            case "\t": line += "\\t"
            case _
            where scalar.properties.generalCategory == .control || scalar.value == 0x2028 || scalar.value == 0x2029:
                line += "\\u{\(String(scalar.value, radix: 16))}"
            default: line.unicodeScalars.append(scalar)
            }
        }
    }

    /// A log that cannot be written must not stop the work.
    public static let toStandardError: @Sendable (String) -> Void = { line in
        try? FileHandle.standardError.write(contentsOf: Data((line + "\n").utf8))
    }
}
