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
            .open(Addresses.calculators) { _ in try desk.page(Portal.index.title, Portal.index.page) },
            .open(Addresses.lawAPI) { _ in Desk.json(data: try Self.encoded(LawAPI.calculations)) },
            .open(Addresses.lawOpenAPI) { _ in
                Desk.json(
                    data: try LawOpenAPI(table: try await law.table(), today: today, publicURL: settings.publicURL)
                        .json())
            },
            .open(Addresses.lawAPIParameters) { request in
                let table = try await law.table()
                return Self.answering {
                    let day = try LawAPI.day("on", of: request, or: today)
                    return try Self.encoded(LawAPI.parameters(table, on: day))
                }
            },
            .open(Addresses.lawAPIParameter) { request in
                let table = try await law.table()
                return Self.answering(named: true) {
                    let day = try LawAPI.day("on", of: request, or: today)
                    let key = request.parameter("key")
                    return try Self.encoded(
                        ParameterReport(table.parameter(key), table.dated(key, on: day)))
                }
            },
            .open(Addresses.lawAPIClocks) { request in
                let table = try await law.table()
                return Self.answering {
                    let day = try LawAPI.day("on", of: request, or: today)
                    return try Self.encoded(table.clocks.map { try ClockDescription($0, table, on: day) })
                }
            },
            .open(Addresses.lawAPIClock) { request in
                let table = try await law.table()
                return Self.answering(named: true) {
                    let from = try LawAPI.day("from", of: request, or: today)
                    var none = NoTrace()
                    let input = ClockReading.Input(clock: request.parameter("name"), from: from)
                    return try Self.encoded(ClockReport(ClockReading(input, table, trace: &none)))
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
        var response = await calculation(request, context)
        desk.protect(&response, forPrograms: true)
        return response
    }

    private func calculation(_ request: Request, _ context: SiteContext) async -> Response {
        guard let law else { return Desk.json(status: .notFound, error: "Hệ thống này không có bảng tham số.") }
        do throws(Refusal) {
            try desk.admit(request, context)
        } catch {
            return Desk.json(tooMany: error)
        }
        guard Desk.isJSON(request) else {
            return Desk.json(
                status: .unsupportedMediaType, error: "Hãy gửi một đối tượng JSON với Content-Type: application/json.")
        }
        let body: ByteBuffer
        do {
            body = try await request.body.collect(upTo: 64 << 10)
        } catch is NIOTooManyBytesError {
            return Desk.json(status: .contentTooLarge, error: "Đối tượng JSON lớn hơn 64 KB.")
        } catch {
            return Desk.json(status: .badRequest, error: "Dữ liệu gửi lên bị ngắt giữa chừng.")
        }
        do {
            let name = context.parameters.get("name") ?? ""
            let table = try await law.table()
            return Self.answering {
                try Calculation.named(name).answer(
                    Data(body.readableBytesView), table, explains: try LawAPI.explains(request)
                ).json()
            }
        } catch {
            return desk.failure(error, request, context, route: Addresses.lawAPICalculation.pattern)
        }
    }

    private static func encoded(_ value: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(value)
    }

    /// What the law's tables refuse is the caller's to mend.
    /// - Parameter named: whether the address itself names the parameter or clock that may be unknown.
    private static func answering(named: Bool = false, _ work: () throws -> Data) -> Response {
        do {
            return Desk.json(data: try work())
        } catch let error as LegislationError {
            let status: HTTPResponse.Status =
                switch error {
                case .malformed: .badRequest
                case .unknownCalculation: .notFound
                case .unknownKey, .unknownClock: named ? .notFound : .unprocessableContent
                default: .unprocessableContent
                }
            return Desk.json(status: status, error: "\(error)")
        } catch {
            return Desk.json(status: .unprocessableContent, error: "Không tính được với đầu vào này.")
        }
    }
}
