public import Foundation
import Kernel

/// A calculation as programs call it: an object in, an object out.
public struct Calculation: Sendable {
    public struct Field: Sendable, Encodable {
        public let name: String
        /// `integer`, `number`, `boolean`, `string`, `strings`, `day`, `month`, `birth date`, `object`, `objects`, or the values
        /// allowed.
        public let type: String
        public let unit: String?
        public let isRequired: Bool
        public let meaning: String

        init(_ name: String, _ type: String, _ meaning: String, unit: String? = nil, isRequired: Bool = false) {
            self.name = name
            self.type = type
            self.unit = unit
            self.isRequired = isRequired
            self.meaning = meaning
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
            throw Self.refusal(error)
        }
    }

    private static func refusal(_ error: DecodingError) -> LegislationError {
        func path(_ context: DecodingError.Context, _ last: (any CodingKey)? = nil) -> String {
            (context.codingPath + [last].compactMap(\.self)).map(\.stringValue).joined(separator: ".")
        }
        switch error {
        case .keyNotFound(let key, let context): return .input(field: path(context, key), reason: "thiếu")
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            return .input(field: path(context), reason: "giá trị không đúng kiểu")
        case .dataCorrupted(let context):
            let isWhole = context.codingPath.isEmpty
            return .input(
                field: isWhole ? "JSON" : path(context),
                reason: isWhole
                    ? "có giá trị không đọc được; số tiền và số tháng phải là số nguyên" : context.debugDescription)
        @unknown default: return .input(field: "", reason: "\(error)")
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
                throw LegislationError.input(field: configuration.name, reason: "cần một đối tượng JSON")
            }
            // A misspelt name first: it often is the one that seems to be missing.
            let known = Set(configuration.fields.map(\.name))
            if let key = container.allKeys.map(\.stringValue).filter({ !known.contains($0) }).min() {
                throw LegislationError.input(
                    field: key,
                    reason: "không có đầu vào này"
                        + (Nearest.name(to: key, among: configuration.fields.map(\.name)).map {
                            "; có phải là “\($0)”?"
                        } ?? ""))
            }
            for field in configuration.fields where field.isRequired {
                guard let key = Key(stringValue: field.name), container.contains(key),
                    try !container.decodeNil(forKey: key)
                else {
                    throw LegislationError.input(
                        field: field.name,
                        reason: "thiếu đầu vào bắt buộc; xem `baophu law describe \(configuration.name)`")
                }
            }
            input = try Input(from: decoder)
        }
    }

    /// Finds a calculation.
    /// - Throws: ``LegislationError/unknownKey(_:nearest:)``
    public static func named(_ name: String) throws -> Calculation {
        guard let found = all.first(where: { $0.name == name }) else {
            throw LegislationError.input(
                field: name,
                reason: "không có phép tính này"
                    + (Nearest.name(to: name, among: all.map(\.name)).map { "; có phải là “\($0)”?" } ?? ""))
        }
        return found
    }
}
