import Foundation
import Legislation

/// JSON Schema (2020-12) of what goes into calculations and comes out, made from the calculations themselves.
enum LawSchemas {
    typealias Object = [String: Any]

    /// Of an input: what it does not name is refused.
    static func input(_ fields: [Calculation.Field], clocks: [String] = []) -> Object {
        [
            "type": "object", "additionalProperties": false, "required": fields.filter(\.isRequired).map(\.name),
            "properties": properties(fields) { field in
                // The clocks there are stand in the law's files.
                if field.name == "clock", !clocks.isEmpty { return ["type": "string", "enum": clocks] }
                let known = value(field, of: { input($0) })
                return field.isRequired ? known : orNull(known)
            },
        ]
    }

    /// Of an answer: steps may come on top, and what does not apply is null.
    static func output(_ fields: [Calculation.Field]) -> Object {
        [
            "type": "object", "required": fields.map(\.name),
            "properties": properties(fields) { orNull(value($0, of: { output($0) }, isOutput: true)) },
        ]
    }

    private static func properties(
        _ fields: [Calculation.Field], _ schema: (Calculation.Field) -> Object
    ) -> Object {
        fields.reduce(into: [:]) { properties, field in
            let words = [field.meaning, field.unit.map { "(\($0))" } ?? ""].filter { !$0.isEmpty }
            var property = schema(field)
            if !words.isEmpty { property["description"] = words.joined(separator: " ") }
            properties[field.name] = property
        }
    }

    private static func value(
        _ field: Calculation.Field, of parts: ([Calculation.Field]) -> Object, isOutput: Bool = false
    ) -> Object {
        // A difference that comes out may be below zero.
        let integer: Object =
            isOutput
            ? ["type": "integer"]
            : [
                "type": "integer", "minimum": Calculation.integers.lowerBound,
                "maximum": Calculation.integers.upperBound,
            ]
        switch field.type {
        case "integer": return integer
        case "number", "boolean", "string": return ["type": field.type]
        case "strings": return ["type": "array", "items": ["type": "string"]]
        case "object": return field.parts.map(parts) ?? ["type": "object"]
        case "objects": return ["type": "array", "items": field.parts.map(parts) ?? ["type": "object"]]
        case "integers by year": return ["type": "object", "additionalProperties": integer]
        case "day": return day
        case "month": return ["type": "string", "pattern": "^\(year)-\(monthNumber)$"]
        case "birth date": return ["type": "string", "pattern": birthDate]
        default: return ["type": "string", "enum": field.type.components(separatedBy: " | ")]
        }
    }

    static var day: Object { ["type": "string", "format": "date"] }

    static func orNull(_ schema: Object) -> Object {
        var schema = schema
        if let type = schema["type"] as? String { schema["type"] = [type, "null"] }
        if let values = schema["enum"] as? [String] { schema["enum"] = values.map { $0 as Any } + [NSNull()] }
        return schema
    }

    /// 0001 to 9999.
    private static let year = "([0-9]{3}[1-9]|[0-9]{2}[1-9]0|[0-9][1-9]00|[1-9]000)"
    private static let monthNumber = "(0[1-9]|1[0-2])"

    /// A year of 1900 to 2100, with month and day as far as they are known.
    private static var birthDate: String {
        let years = "(19[0-9]{2}|20[0-9]{2}|2100)"
        let days = [
            "(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])", "(0[469]|11)-(0[1-9]|[12][0-9]|30)",
            "02-(0[1-9]|1[0-9]|2[0-8])",
        ]
        // 1900 and 2100 are no leap years, 2000 is one.
        let leap = "(19(0[48]|[2468][048]|[13579][26])|20([02468][048]|[13579][26]))-02-29"
        return "^(\(years)(-\(monthNumber))?|\(years)-(\(days.joined(separator: "|")))|\(leap))$"
    }
}
