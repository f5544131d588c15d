import Foundation

// Records are written by the million: an encoder that looks at types costs more than the rest of a row's reading.

extension RecordValues {
    /// One line of JSON, the same for the same values: fields by name, money and counts as numbers, everything else as text.
    public var json: String { String(decoding: jsonBytes { _, _ in true }, as: UTF8.self) }

    /// The same of the fields that fit alone, in UTF-8.
    public func jsonBytes(_ fits: (RecordField, RecordValue) -> Bool) -> [UInt8] {
        var line: [UInt8] = [UInt8(ascii: "{")]
        line.reserveCapacity(pairs.count * 32)
        for (field, value) in pairs where fits(field, value) {
            if line.count > 1 { line.append(UInt8(ascii: ",")) }
            line += Self.labels[field.ordinal]
            switch value {
            case .money, .count, .flag: line += value.text.utf8
            default: Self.quote(value.text, into: &line)
            }
        }
        line.append(UInt8(ascii: "}"))
        return line
    }

    /// `"name":` of each field.
    private static let labels = RecordField.allCases.map { Array("\"\($0.rawValue)\":".utf8) }

    /// Reads what ``json`` wrote.
    /// - Throws: ``RecordJSONError`` naming the field that is none or does not hold such a value.
    public init(json: String) throws(RecordJSONError) {
        guard let written = try? JSONDecoder().decode([String: Scalar].self, from: Data(json.utf8)) else {
            throw .notARecord
        }
        var values: [RecordField: RecordValue] = [:]
        for (name, scalar) in written {
            guard let field = RecordField(rawValue: name) else { throw .unknownField(name) }
            guard let value = RecordValue(scalar.text, as: field.type) else { throw .wrongValue(field) }
            values[field] = value
        }
        self.init(values)
    }

    private struct Scalar: Decodable {
        let text: String

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let text = try? container.decode(String.self) {
                self.text = text
            } else if let flag = try? container.decode(Bool.self) {
                text = flag ? "true" : "false"
            } else {
                text = String(try container.decode(Int.self))
            }
        }
    }

    private static func quote(_ text: String, into line: inout [UInt8]) {
        line.append(UInt8(ascii: "\""))
        let isPlain = text.utf8.allSatisfy { $0 >= 32 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
        if isPlain { line += text.utf8 }
        for byte in text.utf8 where !isPlain {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                line.append(UInt8(ascii: "\\"))
                line.append(byte)
            case 0..<32:
                line += "\\u00".utf8
                line.append(hex[Int(byte >> 4)])
                line.append(hex[Int(byte & 15)])
            default: line.append(byte)
            }
        }
        line.append(UInt8(ascii: "\""))
    }

    private static let hex = Array("0123456789abcdef".utf8)
}

/// Why a text is no record.
public enum RecordJSONError: Error, Sendable, Equatable, CustomStringConvertible {
    case notARecord
    case unknownField(String)
    case wrongValue(RecordField)

    public var description: String {
        switch self {
        case .notARecord: "not a record: an object of texts, whole numbers and truths is wanted"
        case .unknownField(let name): "a record has no field \(name): it was written by another version of the program"
        case .wrongValue(let field): "the record's \(field.rawValue) holds no \(field.type)"
        }
    }
}
