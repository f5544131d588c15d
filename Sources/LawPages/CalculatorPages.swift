import LawInForce
import Components
import Foundation
import HTTPTypes
public import Hummingbird
import Kernel
import Legislation
import NIOCore
import Portal
public import WebDesk

/// Pages of the law, open to everybody, and the same for programs.
extension LawPages {
    var calculatorRoutes: [Route] {
        guard let law else { return [] }
        return Portal.Subject.allCases.map { address in
            .open(address.place) { request in
                try lawPage(address, Portal(table: try await law.table()), request)
            }
        } + [
            .open(Addresses.calculators) { _ in .redirect(to: Addresses.voluntary().text, type: .normal) },
            .open(Addresses.lawAPI) { _ in Desk.json(data: try Self.encoded(LawAPI.calculations)) },
            .open(Addresses.lawOpenAPI) { _ in
                Desk.json(data: try LawAPI.openAPI(publicURL: settings.publicURL))
            },
            .open(Addresses.lawAPIParameters) { request in
                let table = try await law.table()
                return Self.answering {
                    let day = try LawAPI.day(request.query["on"], or: today)
                    return try Self.encoded(LawAPI.parameters(table, on: day))
                }
            },
            .open(Addresses.lawAPIParameter) { request in
                let table = try await law.table()
                return Self.answering {
                    let day = try LawAPI.day(request.query["on"], or: today)
                    let key = request.parameter("key")
                    return try Self.encoded(
                        ParameterReport(table.parameter(key), table.dated(key, on: day)))
                }
            },
        ]
    }

    private func lawPage(_ address: Portal.Subject, _ portal: Portal, _ request: OpenRequest) throws -> Response {
        let found = portal.page(address, query: request.query.typed, today: today)
        var response = try desk.page(
            found.title, found.page, status: found.isRefused ? .unprocessableContent : .ok)
        response.headers[.cacheControl] = "no-store"
        return response
    }

    /// Takes one object and answers one: no form of a browser, so no mark of one is asked for.
    public func calculate(_ request: Request, _ context: SiteContext) async -> Response {
        var response: Response
        if let law {
            guard desk.admits(context) else {
                return Desk.json(
                    status: .tooManyRequests, error: "Gửi quá nhiều lần trong một phút. Hãy đợi một phút rồi thử lại.")
            }
            do {
                let body = try await request.body.collect(upTo: 64 << 10)
                let name = context.parameters.get("name") ?? ""
                let table = try await law.table()
                response = Self.answering {
                    try Calculation.named(name).answer(
                        Data(body.readableBytesView), table,
                        explains: request.uri.queryParameters["explain"] != nil
                    ).json()
                }
            } catch {
                response = Desk.json(status: .contentTooLarge, error: "Đối tượng JSON lớn hơn 64 KB.")
            }
        } else {
            response = Desk.json(status: .notFound, error: "Hệ thống này không có bảng tham số.")
        }
        desk.protect(&response)
        return response
    }

    private static func encoded(_ value: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(value)
    }

    /// What the law's tables refuse is the caller's to mend.
    private static func answering(_ work: () throws -> Data) -> Response {
        do {
            return Desk.json(data: try work())
        } catch let error as LegislationError {
            let isUnknown = if case .unknownKey = error { true } else { false }
            return Desk.json(status: isUnknown ? .notFound : .unprocessableContent, error: "\(error)")
        } catch {
            return Desk.json(status: .unprocessableContent, error: "Không tính được với đầu vào này.")
        }
    }
}

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

    static func day(_ text: String, or today: Day) throws -> Day {
        guard !text.isEmpty else { return today }
        guard let day = Day(text) else {
            throw LegislationError.input(field: "on", reason: "“\(text.prefix(40))” không phải ngày yyyy-MM-dd")
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
        let error = answer(
            ["type": "object", "properties": ["error": ["type": "string"]]], "What is wrong, in Vietnamese")
        var paths: [String: Any] = [
            Addresses.lawAPIParameters().text: [
                "get": [
                    "summary": "Parameters in force on a day",
                    "parameters": [["name": "on", "in": "query", "schema": ["type": "string", "format": "date"]]],
                    "responses": ["200": answer(["type": "array", "items": ["type": "object"]], "By subject")],
                ]
            ]
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
