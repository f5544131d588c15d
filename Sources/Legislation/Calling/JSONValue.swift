import Kernel

/// A value of JSON.
public enum JSONValue: Sendable, Equatable, Codable {
    case int(Int)
    case double(Double)
    case string(String)
    case bool(Bool)
    case null
    case strings([String])

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Int.self) {
            self = .int(value)
        } else if let value = try? container.decode(Double.self) {
            self = .double(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else {
            self = .strings(try container.decode([String].self))
        }
    }

    /// Numbers by what they come to, everything else as it is.
    func isSame(as other: JSONValue) -> Bool {
        if let first = number, let second = other.number { return abs(first - second) < 1e-9 }
        return self == other
    }

    private var number: Double? {
        switch self {
        case .int(let value): Double(value)
        case .double(let value): value
        default: nil
        }
    }

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

    /// Years in halves: 2, 2.5.
    static func years(halves: Int) -> JSONValue {
        halves % 2 == 0 ? .int(halves / 2) : .double(Double(halves) / 2)
    }

    static func day(_ day: Day?) -> JSONValue { day.map { .string($0.description) } ?? .null }

    /// A percentage as a number: 22, 0.5.
    static func percent(_ share: Share) -> JSONValue {
        let value = share.double * 100
        return value == value.rounded() ? .int(Int(value)) : .double((value * 1e6).rounded() / 1e6)
    }
}
