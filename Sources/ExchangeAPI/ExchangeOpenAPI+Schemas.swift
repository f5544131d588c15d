import Exchange
import Foundation

// What answers say.
extension ExchangeOpenAPI {
    static var schemas: Object {
        let counts: Object = ["type": "object", "additionalProperties": ["type": "integer"]]
        let number: Object = ["type": "integer"]
        let shown: Object = ["type": ["integer", "null"]]
        let event = object(texts: ["kind", "words", "at"])
        return [
            "Token": object(texts: ["access_token", "token_type", "scope"], numbers: ["expires_in"]),
            "Agreement": object(
                texts: ["name", "giver", "receiver", "format", "purpose", "rhythm", "from"], numbers: ["number"],
                more: [
                    "fields": ["type": "array", "items": ["type": "string"]] as Object, "inForce": ["type": "boolean"],
                ],
                optional: ["until": ["type": "string"]]),
            "Upload": object(
                texts: ["id", "state", "words", "fileName", "period"], numbers: ["offset", "length", "agreement"],
                optional: ["problem": ["type": "string"], "delivery": number]),
            "Delivery": object(
                texts: ["receipt", "format", "sender", "period", "state", "words", "sha256", "receivedAt"],
                numbers: ["number", "size", "rows", "accepted", "returned"],
                optional: ["events": ["type": "array", "items": event] as Object]),
            "Deliveries": object(
                more: ["deliveries": ["type": "array", "items": ref("Delivery")] as Object], optional: ["next": number]),
            "Quality": object(
                numbers: ["delivery", "rows", "accepted", "repaired", "matched", "new"],
                more: ["repairs": counts, "doubts": counts, "returned": counts]),
            "Receipt": object(
                texts: ["receipt", "sha256"], numbers: ["delivery"],
                more: [
                    "entries": [
                        "type": "array",
                        "items": object(
                            texts: [
                                "at", "kind", "sender", "receiver", "subject", "content", "words", "previous", "hash",
                                "key", "signature",
                            ], numbers: ["number"]),
                    ] as Object,
                    "keys": ["type": "object", "additionalProperties": ["type": "string"]] as Object,
                ]),
            "Returned": object(
                more: [
                    "rows": [
                        "type": "array",
                        "items": object(
                            texts: ["sheet", "column", "heading", "reason", "words", "state"],
                            numbers: ["position", "row"]),
                    ] as Object
                ], optional: ["next": number]),
            "Aggregates": object(
                texts: ["period"], numbers: ["agreement", "leastShown"],
                more: [
                    "deliveries": ["type": "array", "items": number] as Object,
                    "communes": [
                        "type": "array", "items": object(texts: ["commune"], optional: ["count": shown]),
                    ] as Object,
                ], optional: ["sum": shown]),
        ]
    }

    private static func object(
        texts: [String] = [], numbers: [String] = [], more: Object = [:], optional: Object = [:]
    ) -> Object {
        var properties = more.merging(optional) { first, _ in first }
        for name in texts { properties[name] = ["type": "string"] }
        for name in numbers { properties[name] = ["type": "integer"] }
        return [
            "type": "object", "required": (texts + numbers + more.keys).sorted(), "properties": properties,
        ]
    }

    static var refusals: Object {
        let schema = object(
            texts: ["type", "title", "detail"], numbers: ["status"], optional: ["error": ["type": "string"]])
        let words: [(Int, String)] = [
            (400, "Something is missing or not of its form"), (401, "No key or token, or none that holds"),
            (403, "The agreement or the program's scopes do not cover the call; it is audited"),
            (404, "There is none, or none that the program may know of"),
            (409, "It stands otherwise by now: another offset, another file under the same name"),
            (410, "The upload stood still for too long and was given up"), (412, "Another version of tus"),
            (413, "The body is larger than allowed"), (415, "The body is of another type"),
            (429, "Too many in a minute; Retry-After tells how long to wait"),
            (460, "The piece is not what its checksum says; nothing of it is kept"),
            (503, "Nothing is taken for the present"),
        ]
        return words.reduce(into: [:]) { responses, refusal in
            responses[String(refusal.0)] =
                [
                    "description": refusal.1, "content": ["application/problem+json": ["schema": schema]] as Object,
                ] as Object
        }
    }
}
