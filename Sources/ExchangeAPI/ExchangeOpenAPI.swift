import Components
public import Foundation

/// The description of the exchange for programs (OpenAPI 3.1), made from the types themselves.
public struct ExchangeOpenAPI {
    typealias Object = [String: Any]

    /// Under which programs reach the system.
    let publicURL: String

    public init(publicURL: String) { self.publicURL = publicURL }

    public func json() throws -> Data {
        try JSONSerialization.data(
            withJSONObject: [
                "openapi": "3.1.0",
                "info": [
                    "title": "Bao Phủ: the exchange", "version": "1",
                    "description":
                        "Lists handed over under agreements, in pieces (tus 1.0.0), and what became of them. Each call names its agreement and purpose, in headers or by its token; one that the agreement does not cover is refused and audited. Refusals are problems (RFC 9457) with a detail in Vietnamese.",
                ] as Object, "servers": [["url": publicURL]], "paths": paths, "security": [["bearer": [String]()]],
                "components": [
                    "responses": Self.refusals, "schemas": Self.schemas,
                    "securitySchemes": [
                        "bearer": [
                            "type": "http", "scheme": "bearer",
                            "description": "A key of a program (bp_…), or a token made of it",
                        ] as Object
                    ],
                ] as Object,
            ] as Object, options: [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted])
    }

    private var paths: Object {
        let number = Self.path("number", ["type": "integer", "minimum": 1, "maximum": 2_147_483_647])
        return [
            Addresses.exchangeOpenAPI.pattern: [
                "get": [
                    "summary": "This description", "security": [Object](),
                    "responses": Self.responses(200, ["type": "object"], []),
                ] as Object
            ],
            Addresses.exchangeToken.pattern: ["post": Self.token],
            Addresses.exchangeAgreement.pattern: [
                "get": Self.operation(
                    "What the call's agreement says", Self.errand,
                    Self.responses(200, Self.ref("Agreement"), [400, 401, 403, 429, 503]))
            ],
            Addresses.exchangeUploads.pattern: ["post": Self.begin, "options": Self.options],
            Addresses.exchangeUpload.pattern: [
                "parameters": [Self.path("id", ["type": "string", "pattern": "^[0-9a-hjkmnp-tv-z]{26}$"])],
                "get": Self.operation(
                    "How far an upload has come; by HEAD its offset alone (tus)", [],
                    Self.responses(200, Self.ref("Upload"), [401, 404, 410, 429, 503])),
                "patch": Self.add,
                "delete": Self.operation(
                    "Gives an upload up that is not whole yet (tus: termination)", [Self.version],
                    Self.responses(204, nil, [401, 404, 409, 412, 429, 503])),
            ] as Object,
            Addresses.exchangeDeliveries.pattern: [
                "get": Self.operation(
                    "Deliveries under an agreement, the latest first", Self.errand + Self.stretch,
                    Self.responses(200, Self.ref("Deliveries"), [400, 401, 403, 429, 503]))
            ],
            Addresses.exchangeDelivery.pattern: [
                "parameters": [number],
                "get": Self.operation(
                    "One delivery, with what happened to it", Self.errand,
                    Self.responses(200, Self.ref("Delivery"), [400, 401, 403, 404, 429, 503])),
            ] as Object,
            Addresses.exchangeReceipt.pattern: [
                "parameters": [number],
                "get": Self.operation(
                    "Its lines in the signed journal, with the keys that check them", Self.errand,
                    Self.responses(200, Self.ref("Receipt"), [400, 401, 403, 404, 429, 503])),
            ] as Object,
            Addresses.exchangeQuality.pattern: [
                "parameters": [number],
                "get": Self.operation(
                    "What was repaired, doubted and returned, by kind", Self.errand,
                    Self.responses(200, Self.ref("Quality"), [400, 401, 403, 404, 429, 503])),
            ] as Object,
            Addresses.exchangeReturned.pattern: [
                "parameters": [number],
                "get": Self.operation(
                    "Rows that were returned: where they stand and why, nothing of what they say; for the sender",
                    Self.errand + Self.stretch,
                    Self.responses(200, Self.ref("Returned"), [400, 401, 403, 404, 429, 503])),
            ] as Object,
            Addresses.exchangeAggregates.pattern: [
                "get": Self.operation(
                    "Persons or employers of a period's lists by commune, small numbers left out",
                    Self.errand + [
                        [
                            "name": "period", "in": "query", "required": true, "description": "yyyy-MM",
                            "schema": ["type": "string", "pattern": "^20[0-9]{2}-(0[1-9]|1[0-2])$"],
                        ]
                    ],
                    Self.responses(200, Self.ref("Aggregates"), [400, 401, 403, 429, 503]))
            ],
        ]
    }
}
