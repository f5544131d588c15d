public import Foundation
import Kernel

/// A dated value of a parameter as JSON writes it.
public struct ParameterReport: Sendable, Encodable {
    public let key: String
    public let name: String
    public let unit: String
    public let value: String
    public let from: String
    public let to: String?
    public let source: String
    public let confidence: String
    public let note: String?

    public init(_ parameter: Parameter, _ dated: DatedValue) {
        self.init(UsedParameter(key: parameter.key, name: parameter.name, unit: parameter.unit, value: dated))
    }

    public init(_ used: UsedParameter) {
        key = used.key
        name = used.name
        unit = used.unit.rawValue
        value = used.value.value.plain(used.unit)
        from = used.value.from.description
        to = used.value.to?.description
        source = used.value.source
        confidence = used.value.confidence.rawValue
        note = used.value.note
    }
}

/// An answer as one object: its outputs by name and, where it was explained, `steps` and `parameters`.
extension Calculation.Answer: Encodable {
    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }

        init?(intValue: Int) { nil }
    }

    private struct Step: Encodable {
        let label: String
        let working: String
        let result: String
        let article: String
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        for output in outputs { try container.encode(output.value, forKey: Key(stringValue: output.name)) }
        guard isExplained else { return }
        try container.encode(
            steps.map { Step(label: $0.label, working: $0.working, result: $0.result, article: $0.article) },
            forKey: Key(stringValue: "steps"))
        try container.encode(used.map { ParameterReport($0) }, forKey: Key(stringValue: "parameters"))
    }

    /// One line of JSON, keys in the order of the alphabet.
    public func json() throws -> Data {
        // Without steps the object is flat; a million of them are written without Foundation's general encoder.
        if !isExplained, let flat = flatJSON { return flat }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(self)
    }
}

extension Calculation.Answer {
    /// Numbers, truths and plain words only; nil where a value needs the encoder.
    private var flatJSON: Data? {
        var text = "{"
        for output in outputs.sorted(by: { $0.name < $1.name }) {
            if text.utf8.count > 1 { text += "," }
            text += "\"\(output.name)\":"
            switch output.value {
            case .int(let value): text += String(value)
            case .bool(let value): text += value ? "true" : "false"
            case .null: text += "null"
            case .string(let value):
                guard value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x22 && $0 != 0x5C }) else { return nil }
                text += "\"\(value)\""
            case .double, .strings: return nil
            }
        }
        return Data((text + "}").utf8)
    }
}
