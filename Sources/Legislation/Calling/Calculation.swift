public import Foundation
import Kernel

/// A calculation as programs call it: an object in, an object out.
public struct Calculation: Sendable {
    public struct Field: Sendable, Encodable {
        public let name: String
        /// `integer`, `boolean`, `string`, `day`, `month`, `birth date`, `object`, or the values allowed.
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
    /// What it answers, in Vietnamese, for a screen.
    public var summaryWords: String { Self.words[name] ?? summary }

    private static let words = [
        "who-must-join": "Ai phải tham gia BHXH", "compulsory-contribution": "Mức đóng BHXH bắt buộc, BHYT, BHTN",
        "voluntary-contribution": "Mức đóng BHXH tự nguyện và hỗ trợ",
        "voluntary-refund": "Hoàn trả tiền đóng tự nguyện",
        "late-payment": "Chậm đóng, trốn đóng", "fine": "Xử phạt vi phạm hành chính",
        "retirement-age": "Tuổi nghỉ hưu", "pension": "Lương hưu", "lump-sum": "BHXH một lần",
        "maternity-voluntary": "Trợ cấp thai sản tự nguyện", "social-pension": "Trợ cấp hưu trí xã hội",
        "deadline": "Thời hạn theo luật",
    ]

    /// An output as a screen names it.
    public static func words(ofOutput name: String) -> String { outputWords[name] ?? name }

    private static let outputWords = [
        "monthly": "mức đóng một tháng", "total": "tổng số", "supportPercent": "tỷ lệ hỗ trợ",
        "supportPerMonth": "hỗ trợ một tháng", "support": "Nhà nước hỗ trợ", "localSupport": "địa phương hỗ trợ",
        "payable": "người tham gia đóng", "due": "hạn đóng", "supportMonthsLeft": "số tháng còn được hỗ trợ",
        "monthsLeft": "số tháng còn lại", "paidForMonthsLeft": "đã đóng cho các tháng còn lại",
        "supportOfMonthsLeft": "hỗ trợ của các tháng còn lại",
        "refund": "hoàn trả", "base": "căn cứ đóng", "employeeRetirement": "người lao động, hưu trí",
        "employeeHealth": "người lao động, BHYT", "employeeUnemployment": "người lao động, BHTN",
        "employeeTotal": "người lao động, cộng", "employerSickness": "đơn vị, ốm đau thai sản",
        "employerRetirement": "đơn vị, hưu trí", "employerAccident": "đơn vị, TNLĐ-BNN",
        "employerHealth": "đơn vị, BHYT", "employerUnemployment": "đơn vị, BHTN", "employerTotal": "đơn vị, cộng",
        "selfSickness": "tự đóng, ốm đau thai sản", "selfRetirement": "tự đóng, hưu trí", "selfHealth": "tự đóng, BHYT",
        "selfTotal": "tự đóng, cộng", "unemploymentBase": "căn cứ đóng BHTN", "deadline": "hạn đóng",
        "lateFrom": "chậm từ ngày", "lateDays": "số ngày chậm", "evasionFrom": "trốn đóng từ ngày",
        "evasionDays": "số ngày trốn đóng", "status": "xếp loại", "interest": "tiền chậm đóng",
        "age": "tuổi nghỉ hưu", "ageMonths": "tuổi nghỉ hưu (tháng)", "reachedOn": "ngày đủ tuổi",
        "ratePercent": "tỷ lệ hưởng", "amount": "mức hưởng", "raisedToMinimum": "nâng lên mức thấp nhất",
        "from": "từ", "to": "đến", "warning": "cảnh cáo", "entitled": "được hưởng", "scheme": "loại hình",
        "ground": "căn cứ", "years": "số năm", "months": "số tháng", "day": "ngày",
        "calendarDay": "ngày theo lịch", "dayIfMoved": "ngày nếu được dời", "skippedDays": "số ngày nghỉ không tính",
        "provisional": "tạm tính",
    ]

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

/// A value of JSON.
public enum JSONValue: Sendable, Equatable, Encodable {
    case int(Int)
    case double(Double)
    case string(String)
    case bool(Bool)
    case null
    case strings([String])

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .int(let value): try container.encode(value)
        case .double(let value): try container.encode(value)
        case .string(let value): try container.encode(value)
        case .bool(let value): try container.encode(value)
        case .null: try container.encodeNil()
        case .strings(let value): try container.encode(value)
        }
    }

    static func dong(_ dong: Dong) -> JSONValue { .int(dong.amount) }

    static func day(_ day: Day?) -> JSONValue { day.map { .string($0.description) } ?? .null }

    /// A percentage as a number: 22, 0.5.
    static func percent(_ share: Share) -> JSONValue {
        let value = share.double * 100
        return value == value.rounded() ? .int(Int(value)) : .double((value * 1e6).rounded() / 1e6)
    }
}
