public import Foundation
import Kernel

/// A case worked by somebody else: a calculation by name, its input and, where it is known, what must come out. One line of a
/// file: `{"calculation": "fine", "input": {…}, "expect": {"from": 5000000}}`, or `"expect": "error"` for what must be refused.
public struct WorkedCase: Sendable, Decodable {
    public enum Expectation: Sendable, Equatable {
        /// Outputs by name; those not named may be anything.
        case outputs([String: JSONValue])
        case error
    }

    /// An output that is not as expected.
    public struct Difference: Sendable, Equatable, Encodable {
        public let output: String
        public let expected: JSONValue
        public let found: JSONValue
    }

    /// What a case came to.
    public struct Verdict: Sendable {
        public let calculation: String
        public let answer: Result<Calculation.Answer, LegislationError>
        /// Nil where nothing was expected.
        public let agrees: Bool?
        public let differences: [Difference]
    }

    public let calculation: String
    public let input: Data
    public let expectation: Expectation?

    private enum Key: String, CodingKey { case calculation, input, expect }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        calculation = try container.decode(String.self, forKey: .calculation)
        input = try JSONEncoder().encode(container.decode(JSONTree.self, forKey: .input))
        if !container.contains(.expect) {
            expectation = nil
        } else if let outputs = try? container.decode([String: JSONValue].self, forKey: .expect) {
            expectation = .outputs(outputs)
        } else if try container.decode(String.self, forKey: .expect) == "error" {
            expectation = .error
        } else {
            throw DecodingError.dataCorruptedError(
                forKey: .expect, in: container, debugDescription: "phải là các đầu ra theo tên, hoặc “error”")
        }
    }

    /// - Throws: ``LegislationError`` for a line that is no case.
    public init(line: Data) throws {
        do {
            self = try JSONDecoder().decode(WorkedCase.self, from: line)
        } catch {
            throw LegislationError.input(
                field: "JSON", reason: "mỗi dòng cần calculation và input, có thể thêm expect: \(error)")
        }
    }

    public func judged(_ table: ParameterTable, explains: Bool = false) -> Verdict {
        let answer: Result<Calculation.Answer, LegislationError>
        do {
            answer = .success(try Calculation.named(calculation).answer(input, table, explains: explains))
        } catch let error as LegislationError {
            answer = .failure(error)
        } catch {
            answer = .failure(.input(field: "JSON", reason: "\(error)"))
        }
        let isRefused = if case .failure = answer { true } else { false }
        switch expectation {
        case nil: return Verdict(calculation: calculation, answer: answer, agrees: nil, differences: [])
        case .error: return Verdict(calculation: calculation, answer: answer, agrees: isRefused, differences: [])
        case .outputs(let expected):
            guard case .success(let found) = answer else {
                return Verdict(calculation: calculation, answer: answer, agrees: false, differences: [])
            }
            let differences = expected.sorted { $0.key < $1.key }.compactMap { name, value -> Difference? in
                let output = found.outputs.first { $0.name == name }?.value ?? .null
                return output.isSame(as: value) ? nil : Difference(output: name, expected: value, found: output)
            }
            return Verdict(
                calculation: calculation, answer: answer, agrees: differences.isEmpty, differences: differences)
        }
    }
}

extension WorkedCase.Verdict: Encodable {
    private enum Key: String, CodingKey { case calculation, answer, error, agrees, differences }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(calculation, forKey: .calculation)
        switch answer {
        case .success(let found): try container.encode(found, forKey: .answer)
        case .failure(let error): try container.encode("\(error)", forKey: .error)
        }
        try container.encodeIfPresent(agrees, forKey: .agrees)
        if !differences.isEmpty { try container.encode(differences, forKey: .differences) }
    }

    /// One line of JSON, keys in the order of the alphabet.
    public func json() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(self)
    }
}

/// JSON as it was written, to be handed on.
private indirect enum JSONTree: Codable {
    case object([String: JSONTree])
    case array([JSONTree])
    case value(JSONValue)

    init(from decoder: any Decoder) throws {
        if let object = try? [String: JSONTree](from: decoder) {
            self = .object(object)
        } else if let array = try? [JSONTree](from: decoder) {
            self = .array(array)
        } else {
            self = .value(try JSONValue(from: decoder))
        }
    }

    func encode(to encoder: any Encoder) throws {
        switch self {
        case .object(let object): try object.encode(to: encoder)
        case .array(let array): try array.encode(to: encoder)
        case .value(let value): try value.encode(to: encoder)
        }
    }
}
