import Components
import Foundation
import Kernel
import Legislation

/// The description of the interface (OpenAPI 3.1), made from the calculations and the law's tables themselves.
struct LawOpenAPI {
    private typealias Object = LawSchemas.Object

    let table: ParameterTable
    /// That the examples ask about.
    let today: Day
    /// Under which people reach the system.
    let publicURL: String

    func json() throws -> Data {
        try JSONSerialization.data(
            withJSONObject: [
                "openapi": "3.1.0",
                "info": [
                    "title": "Bao Phủ: the law", "version": "1",
                    "description": "Illustrations: the social insurance agency decides. Keeps nothing of what is sent.",
                ], "servers": [["url": publicURL]], "paths": paths, "components": ["responses": refusals],
            ] as Object, options: [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted])
    }

    private var paths: Object {
        var paths: Object = [
            Addresses.lawAPI.pattern: get(
                "The calculations with their inputs and outputs",
                answer: ["type": "array", "items": Self.text("name", "summary", more: ["inputs", "outputs"])]),
            Addresses.lawOpenAPI.pattern: get("This description", answer: ["type": "object"]),
            Addresses.lawAPIParameters.pattern: get(
                "Parameters in force on a day", [day("on")],
                answer: ["type": "array", "items": Self.parameter], refusals: [400]),
            Addresses.lawAPIParameter.pattern: get(
                "One parameter in force on a day", [name("key", table.parameters.map(\.key)), day("on")],
                answer: Self.parameter, refusals: [400, 404, 422]),
            Addresses.lawAPIClocks.pattern: get(
                "The law's clocks: event, length and article on a day", [day("on")],
                answer: ["type": "array", "items": Self.clock], refusals: [400]),
            Addresses.lawAPIClock.pattern: get(
                "The day of a clock that was started, and the days off on the way",
                [name("name", table.clocks.map(\.name)), day("from")], answer: Self.reading,
                refusals: [400, 404, 422]),
        ]
        for calculation in Calculation.all {
            paths[Addresses.lawAPICalculation(calculation.name).text] = post(calculation)
        }
        return paths
    }

    private func get(
        _ summary: String, _ parameters: [Object] = [], answer: Object, refusals: [Int] = []
    ) -> Object {
        var operation: Object = ["summary": summary, "responses": Self.responses(answer, refusals)]
        if !parameters.isEmpty { operation["parameters"] = parameters }
        return ["get": operation]
    }

    private func post(_ calculation: Calculation) -> Object {
        let explain: Object = [
            "name": "explain", "in": "query", "schema": ["type": "boolean"],
            "description": "add the steps and the parameters used",
        ]
        let input = LawSchemas.input(calculation.inputs, clocks: table.clocks.map(\.name))
        let known = Example.all(on: today, table).filter { $0.calculation.name == calculation.name }
        let examples: Object = known.enumerated().reduce(into: [:]) {
            $0[String($1.offset + 1)] = ["summary": $1.element.words, "value": $1.element.input] as Object
        }
        let body: Object = ["schema": input, "examples": examples]
        let operation: Object = [
            "summary": calculation.summary, "parameters": [explain],
            "requestBody": ["required": true, "content": ["application/json": body]] as Object,
            "responses": Self.responses(LawSchemas.output(calculation.outputs), [400, 413, 415, 422, 429]),
        ]
        return ["post": operation]
    }

    private func day(_ name: String) -> Object { ["name": name, "in": "query", "schema": LawSchemas.day] }

    private func name(_ name: String, _ values: [String]) -> Object {
        ["name": name, "in": "path", "required": true, "schema": ["type": "string", "enum": values] as Object]
    }

    // MARK: Answers

    private static func responses(_ answer: Object, _ refusals: [Int]) -> Object {
        let content: Object = ["application/json": ["schema": answer]]
        return refusals.reduce(into: ["200": ["description": "The answer", "content": content] as Object]) {
            $0[String($1)] = ["$ref": "#/components/responses/\($1)"]
        }
    }

    private var refusals: Object {
        let error: Object = [
            "type": "object", "required": ["error"],
            "properties": ["error": ["type": "string", "description": "What is wrong, in Vietnamese"]],
        ]
        let words: [(Int, String)] = [
            (400, "What was sent is not of this form: an unknown or missing name, a value of another kind"),
            (404, "There is no such parameter or clock"), (413, "The object is larger than 64 KB"),
            (415, "The body is not announced as application/json"),
            (422, "Of the right form, but the law has no answer for it"), (429, "Too many of one address in a minute"),
        ]
        return words.reduce(into: [:]) { responses, refusal in
            var answer: Object = [
                "description": refusal.1, "content": ["application/json": ["schema": error]] as Object,
            ]
            if refusal.0 == 429 {
                answer["headers"] =
                    [
                        "Retry-After": [
                            "description": "Seconds until the next one is taken",
                            "schema": ["type": "integer", "minimum": 1] as Object,
                        ] as Object
                    ] as Object
            }
            responses[String(refusal.0)] = answer
        }
    }

    /// An object of texts, some of which may be missing.
    private static func text(
        _ required: String..., optional: [String] = [], more: [String] = [], properties: Object = [:]
    ) -> Object {
        var all = properties
        for name in required + optional { all[name] = ["type": "string"] }
        return ["type": "object", "required": required + more, "properties": all]
    }

    private static var parameter: Object {
        text(
            "key", "name", "unit", "value", "source", "confidence", optional: ["note"], more: ["from"],
            properties: ["from": LawSchemas.day, "to": LawSchemas.day])
    }

    private static var clock: Object {
        text(
            "name", "title", "key", "starts", "counting", "tells", optional: ["length", "source", "confidence"],
            more: ["longer"], properties: ["longer": ["type": "array", "items": ["type": "string"]]])
    }

    private static var reading: Object {
        let skipped = text(
            "kind", "reason", more: ["day", "provisional"],
            properties: ["day": LawSchemas.day, "provisional": ["type": "boolean"]])
        let longer = text("when", "source", more: ["day"], properties: ["day": LawSchemas.day])
        return text(
            "name", "title", "starts", "tells", optional: ["awaits"],
            more: ["from", "day", "calendarDay", "provisional", "skipped", "longer", "parameters"],
            properties: [
                "from": LawSchemas.day, "day": LawSchemas.day, "calendarDay": LawSchemas.day,
                "dayIfMoved": [
                    "type": "string", "format": "date",
                    "description": "the last day if a day off moves it, where no text says whether it does",
                ], "provisional": ["type": "boolean"], "skipped": ["type": "array", "items": skipped],
                "longer": ["type": "array", "items": longer],
                "parameters": ["type": "array", "items": parameter],
            ])
    }
}
