public import Foundation
import Kernel

/// A calculation as programs call it: an object in, an object out.
public struct Calculation: Sendable {
    public struct Field: Sendable, Encodable {
        public let name: String
        /// `integer`, `number`, `boolean`, `string`, `strings`, `day`, `month`, `birth date`, `object`, `objects`, `integers by
        /// year`, or the values allowed.
        public let type: String
        public let unit: String?
        public let isRequired: Bool
        public let meaning: String
        /// What an object, or each of several, holds.
        public let parts: [Field]?

        init(
            _ name: String, _ type: String, _ meaning: String, unit: String? = nil, isRequired: Bool = false,
            parts: [Field]? = nil
        ) {
            self.name = name
            self.type = type
            self.unit = unit
            self.isRequired = isRequired
            self.meaning = meaning
            self.parts = parts
        }
    }

    public struct Answer: Sendable {
        public let outputs: [(name: String, value: JSONValue)]
        public let steps: [TraceStep]
        public let used: [UsedParameter]
        let isExplained: Bool
    }

    public let name: String
    public let summary: String
    public let inputs: [Field]
    public let outputs: [Field]

    let run: @Sendable (Data, ParameterTable, Bool) throws -> Answer

    /// - Parameters:
    ///   - input: a JSON object of ``inputs``.
    ///   - table: the law.
    ///   - explains: whether the steps are wanted.
    /// - Throws: ``LegislationError`` naming the field.
    public func answer(_ input: Data, _ table: ParameterTable, explains: Bool = false) throws -> Answer {
        do {
            return try run(input, table, explains)
        } catch let error as DecodingError {
            throw refusal(error, of: input)
        }
    }

    /// With a decoded input and a trace that is kept or not.
    static func make<Input: Decodable & Sendable>(
        _ name: String, _ summary: String, inputs: [Field], outputs: [Field],
        _ body:
            @escaping @Sendable (Input, ParameterTable, inout Trace) throws -> (
                [(name: String, value: JSONValue)], [UsedParameter]
            )
    ) -> Calculation {
        Calculation(name: name, summary: summary, inputs: inputs, outputs: outputs) { data, table, explains in
            let input = try JSONDecoder().decode(
                Checked<Input>.self, from: data, configuration: .init(name: name, fields: inputs)
            ).input
            var trace = Trace()
            let (outputs, used) = try body(input, table, &trace)
            return Answer(outputs: outputs, steps: explains ? trace.steps : [], used: used, isExplained: explains)
        }
    }

    /// An input whose names are checked as it is read, in one pass: an unknown name would otherwise be left out in silence.
    private struct Checked<Input: Decodable>: DecodableWithConfiguration {
        struct Configuration {
            let name: String
            let fields: [Field]
        }

        struct Key: CodingKey {
            let stringValue: String
            var intValue: Int? { nil }

            init?(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }

        let input: Input

        init(from decoder: any Decoder, configuration: Configuration) throws {
            guard let container = try? decoder.container(keyedBy: Key.self) else {
                throw LegislationError.malformed(field: configuration.name, reason: "cần một đối tượng JSON")
            }
            try Self.check(container, configuration.fields, of: configuration.name, path: "")
            input = try Input(from: decoder)
            try Self.checkChoices(container, configuration.fields)
        }

        /// A word that the case does not look at is checked as well: it was meant to say something.
        private static func checkChoices(
            _ container: KeyedDecodingContainer<Key>, _ fields: [Field]
        ) throws {
            for field in fields where field.type.contains(" | ") {
                guard let key = Key(stringValue: field.name),
                    let word = try? container.decodeIfPresent(String.self, forKey: key)
                else { continue }
                guard word != "|", !word.contains(" "), " \(field.type) ".contains(" \(word) ") else {
                    throw LegislationError.malformed(
                        field: field.name, reason: "“\(word)” không có trong \(field.type)")
                }
            }
        }

        private static func check(_ number: Int, _ field: String) throws {
            guard !integers.contains(number) else { return }
            throw LegislationError.malformed(
                field: field, reason: "\(number) không nằm trong khoảng từ 0 đến \(integers.upperBound)")
        }

        private static func check(
            _ container: KeyedDecodingContainer<Key>, _ fields: [Field], of name: String, path: String
        ) throws {
            // A misspelt name first: it often is the one that seems to be missing.
            let known = Set(fields.map(\.name))
            if let key = container.allKeys.map(\.stringValue).filter({ !known.contains($0) }).min() {
                throw LegislationError.malformed(
                    field: path + key,
                    reason: "không có đầu vào này"
                        + (Nearest.name(to: key, among: fields.map(\.name)).map { "; có phải là “\($0)”?" } ?? ""))
            }
            for field in fields {
                guard let key = Key(stringValue: field.name), container.contains(key),
                    try !container.decodeNil(forKey: key)
                else {
                    guard field.isRequired else { continue }
                    throw LegislationError.malformed(
                        field: path + field.name,
                        reason: "thiếu đầu vào bắt buộc; xem `baophu law describe \(name)`")
                }
                // Another kind of value is told of when the input itself is read.
                if field.type == "integer", let number = try? container.decode(Int.self, forKey: key) {
                    try check(number, path + field.name)
                } else if field.type == "integers by year",
                    let numbers = try? container.decode([String: Int].self, forKey: key)
                {
                    for (year, number) in numbers { try check(number, "\(path)\(field.name).\(year)") }
                }
                guard let parts = field.parts else { continue }
                if field.type == "object" {
                    try check(
                        try container.nestedContainer(keyedBy: Key.self, forKey: key), parts, of: name,
                        path: "\(path)\(field.name).")
                } else {
                    var list = try container.nestedUnkeyedContainer(forKey: key)
                    while !list.isAtEnd {
                        let place = "\(path)\(field.name)[\(list.currentIndex)]."
                        try check(try list.nestedContainer(keyedBy: Key.self), parts, of: name, path: place)
                    }
                }
            }
        }
    }

    /// What a whole number may be: nothing that goes in is below zero, and every reader of JSON holds the largest exactly.
    public static let integers = 0...9_007_199_254_740_991

    /// Finds a calculation.
    /// - Throws: ``LegislationError/unknownCalculation(_:nearest:)``
    public static func named(_ name: String) throws -> Calculation {
        guard let found = all.first(where: { $0.name == name }) else {
            throw LegislationError.unknownCalculation(
                name, nearest: Nearest.name(to: name, among: all.map(\.name)))
        }
        return found
    }
}
