import Exchange
import Foundation

// What can be asked, with its parameters and answers.
extension ExchangeOpenAPI {
    static func operation(_ summary: String, _ parameters: [Object], _ responses: Object) -> Object {
        var operation: Object = ["summary": summary, "responses": responses]
        if !parameters.isEmpty { operation["parameters"] = parameters }
        return operation
    }

    static var token: Object {
        let form: Object = [
            "type": "object", "required": ["grant_type", "client_id", "client_secret"],
            "properties": [
                "grant_type": ["type": "string", "enum": ["client_credentials"]] as Object,
                "client_id": ["type": "string"], "client_secret": ["type": "string"],
                "scope": [
                    "type": "string",
                    "description":
                        "words of \(ProgramScope.allCases.map(\.rawValue).joined(separator: ", ")), one blank between",
                ],
                "agreement": [
                    "type": "integer", "minimum": 1, "description": "the only agreement the token is good for",
                ] as Object,
                "purpose": ["type": "string", "description": "what its calls are for, where they do not say it"],
            ] as Object,
        ]
        return [
            "summary": "A token of \(ProgramService.tokenSeconds / 60) minutes for a program's key",
            "security": [Object](),
            "requestBody": [
                "required": true, "content": ["application/x-www-form-urlencoded": ["schema": form]],
            ] as Object,
            "responses": responses(200, ref("Token"), [400, 401, 413, 415, 429, 503]),
        ]
    }

    static var options: Object {
        ["summary": "What of tus is understood", "security": [Object](), "responses": responses(204, nil, [])]
    }

    static var begin: Object {
        var done = responses(201, nil, [400, 401, 403, 409, 410, 412, 429, 503])
        for (code, words) in [("201", "Begun; pieces go to Location"), ("200", "Begun before under the same key")] {
            done[code] =
                [
                    "description": words,
                    "headers": [
                        "Location": ["schema": ["type": "string"]] as Object,
                        "Upload-Offset": ["schema": ["type": "integer"]] as Object,
                        "Upload-Expires": ["schema": ["type": "string"]] as Object,
                    ] as Object,
                ] as Object
        }
        return operation(
            "Begins to hand a list over (tus: creation)",
            errand + [
                version,
                header(
                    "Idempotency-Key", ["type": "string", "pattern": "^[A-Za-z0-9._-]{8,100}$"],
                    "what the program calls it: the same once more is the same upload"),
                header(
                    "Upload-Length", ["type": "integer", "minimum": 1, "maximum": ProgramUploadDraft.mostBytes], "bytes"
                ),
                header(
                    "Upload-Metadata",
                    ["type": "string", "minLength": 1, "example": "filename ZHMuY3N2,period MjAyNi0xMA=="],
                    "filename, period (yyyy-MM), for a correction of the period correction (true), of the whole file sha256 (hexadecimal): values in base 64"
                ),
            ], done)
    }

    static var add: Object {
        var operation = operation(
            "Adds bytes where the upload stands (tus); the last piece hands the list over",
            [
                version, header("Upload-Offset", ["type": "integer", "minimum": 0], "where the piece begins"),
                header(
                    "Upload-Checksum", ["type": "string"], "sha1 or sha256, a blank, the digest in base 64",
                    required: false),
            ],
            responses(204, nil, [400, 401, 403, 404, 409, 410, 412, 413, 415, 429, 460, 503]))
        operation["requestBody"] =
            [
                "required": true,
                "content": [
                    "application/offset+octet-stream": ["schema": ["type": "string", "format": "binary"] as Object]
                ],
            ] as Object
        return operation
    }

    // MARK: Parameters and answers

    static var errand: [Object] {
        [
            header(
                "Exchange-Agreement", ["type": "integer", "minimum": 1, "maximum": 2_147_483_647],
                "the agreement's number; left out where the token names it", required: false),
            header(
                "Exchange-Purpose",
                ["type": "string", "pattern": "^(?:[A-Za-z0-9._~-]|%(?:[2-689A-F][0-9A-F]|7[0-9A-E])){1,200}$"],
                "what for, percent-encoded UTF-8; left out where the token says it", required: false),
        ]
    }

    static var version: Object {
        header("Tus-Resumable", ["type": "string", "enum": [ExchangeAPI.tus]], "the protocol's version")
    }

    static var stretch: [Object] {
        [
            query(
                "cursor", ["type": "integer", "minimum": 1, "maximum": 2_147_483_647], "`next` of the stretch before"),
            query(
                "limit", ["type": "integer", "minimum": 1, "maximum": ProgramService.mostAtOnce], "at most so many"),
        ]
    }

    private static func header(_ name: String, _ schema: Object, _ words: String, required: Bool = true) -> Object {
        ["name": name, "in": "header", "required": required, "schema": schema, "description": words]
    }

    private static func query(_ name: String, _ schema: Object, _ words: String) -> Object {
        ["name": name, "in": "query", "required": false, "schema": schema, "description": words]
    }

    static func path(_ name: String, _ schema: Object) -> Object {
        ["name": name, "in": "path", "required": true, "schema": schema]
    }

    static func ref(_ schema: String) -> Object { ["$ref": "#/components/schemas/\(schema)"] }

    static func responses(_ status: Int, _ answer: Object?, _ refusals: [Int]) -> Object {
        var done: Object = ["description": "The answer"]
        if let answer { done["content"] = ["application/json": ["schema": answer]] }
        return refusals.reduce(into: [String(status): done] as Object) {
            $0[String($1)] = ["$ref": "#/components/responses/\($1)"]
        }
    }
}
