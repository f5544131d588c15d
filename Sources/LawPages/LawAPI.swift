import Components
import Foundation
import Kernel
import Legislation

/// The law for programs: what stands in the bodies of `/api/v1/law`.
enum LawAPI {
    struct Description: Encodable {
        let name: String
        let summary: String
        let inputs: [Calculation.Field]
        let outputs: [Calculation.Field]
    }

    static var calculations: [Description] {
        Calculation.all.map { Description(name: $0.name, summary: $0.summary, inputs: $0.inputs, outputs: $0.outputs) }
    }

    static func parameters(_ table: ParameterTable, on day: Day) -> [ParameterReport] {
        table.parameters.compactMap { parameter in parameter.value(on: day).map { ParameterReport(parameter, $0) } }
    }

    static func day(_ text: String, or today: Day, field: String = "on") throws -> Day {
        guard !text.isEmpty else { return today }
        guard let day = Day(text) else {
            throw LegislationError.input(field: field, reason: "“\(text.prefix(40))” không phải ngày yyyy-MM-dd")
        }
        return day
    }

    /// The description of the interface (OpenAPI 3.1), made from the calculations themselves.
    static func openAPI(publicURL: String) throws -> Data {
        func schema(_ fields: [Calculation.Field], isOpen: Bool = false) -> [String: Any] {
            var properties: [String: Any] = [:]
            for field in fields {
                var property: [String: Any] = [
                    "description": [field.meaning, field.unit.map { "(\($0))" } ?? ""].filter { !$0.isEmpty }.joined(
                        separator: " ")
                ]
                switch field.type {
                case "integer", "number", "boolean", "object", "string": property["type"] = field.type
                case "strings":
                    property["type"] = "array"
                    property["items"] = ["type": "string"]
                case "objects":
                    property["type"] = "array"
                    property["items"] = ["type": "object"]
                case "day":
                    property["type"] = "string"
                    property["format"] = "date"
                case "month":
                    property["type"] = "string"
                    property["pattern"] = "^[0-9]{4}-[0-9]{2}$"
                case "birth date":
                    property["type"] = "string"
                    property["pattern"] = "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"
                default:
                    property["type"] = "string"
                    property["enum"] = field.type.components(separatedBy: " | ")
                }
                properties[field.name] = property
            }
            return [
                "type": "object", "properties": properties, "required": fields.filter(\.isRequired).map(\.name),
                "additionalProperties": isOpen,
            ]
        }
        func answer(_ schema: [String: Any], _ words: String) -> [String: Any] {
            ["description": words, "content": ["application/json": ["schema": schema]]]
        }
        func day(_ name: String) -> [String: Any] {
            ["name": name, "in": "query", "schema": ["type": "string", "format": "date"]]
        }
        let error = answer(
            ["type": "object", "properties": ["error": ["type": "string"]]], "What is wrong, in Vietnamese")
        var paths: [String: Any] = [
            Addresses.lawAPIParameters().text: [
                "get": [
                    "summary": "Parameters in force on a day",
                    "parameters": [day("on")],
                    "responses": ["200": answer(["type": "array", "items": ["type": "object"]], "By subject")],
                ]
            ],
            Addresses.lawAPIClocks().text: [
                "get": [
                    "summary": "The law's clocks: event, length and article on a day", "parameters": [day("on")],
                    "responses": [
                        "200": answer(["type": "array", "items": ["type": "object"]], "In the files' order")
                    ],
                ]
            ],
            Addresses.lawAPIClock("{name}").text: [
                "get": [
                    "summary": "The day of a clock that was started, and the days off on the way",
                    "parameters": [
                        ["name": "name", "in": "path", "required": true, "schema": ["type": "string"]], day("from"),
                    ],
                    "responses": [
                        "200": answer(
                            [
                                "type": "object",
                                "properties": [
                                    "day": ["type": "string", "format": "date"],
                                    "calendarDay": ["type": "string", "format": "date"],
                                    "dayIfMoved": [
                                        "type": ["string", "null"], "format": "date",
                                        "description":
                                            "the last day if a day off moves it, where no text says whether it does",
                                    ], "provisional": ["type": "boolean"], "skipped": ["type": "array"],
                                    "longer": ["type": "array"],
                                ],
                            ], "The day, why, and the parameters used"), "404": error, "422": error,
                    ],
                ] as [String: Any]
            ],
        ]
        for calculation in Calculation.all {
            paths[Addresses.lawAPICalculation(calculation.name).text] = [
                "post": [
                    "summary": calculation.summary,
                    "parameters": [
                        [
                            "name": "explain", "in": "query", "schema": ["type": "boolean"],
                            "description": "add the steps and the parameters used",
                        ]
                    ],
                    "requestBody": [
                        "required": true, "content": ["application/json": ["schema": schema(calculation.inputs)]],
                    ],
                    "responses": [
                        "200": answer(
                            schema(calculation.outputs, isOpen: true),
                            "The outputs; with explain also steps and parameters"),
                        "422": error,
                    ],
                ] as [String: Any]
            ]
        }
        return try JSONSerialization.data(
            withJSONObject: [
                "openapi": "3.1.0",
                "info": [
                    "title": "Bao Phủ: the law", "version": "1",
                    "description": "Illustrations: the social insurance agency decides. Keeps nothing of what is sent.",
                ], "servers": [["url": publicURL]], "paths": paths,
            ] as [String: Any], options: [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted])
    }
}
