import Access
import Assembly
import Crypto
import Exchange
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Jobs
import Kernel
import NIOCore
import TestSupport

/// A program of another agency, which asks the exchange as programs do: with headers, without cookies.
struct ExchangeProgram: Sendable {
    struct Answer: Sendable {
        let status: Int
        let headers: HTTPFields
        let text: String

        subscript(name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }

        var json: [String: Any] {
            (try? JSONSerialization.jsonObject(with: Data(text.utf8))) as? [String: Any] ?? [:]
        }

        var detail: String { json["detail"] as? String ?? "" }
    }

    static let root = "/api/v1/exchange"

    let harness: SiteHarness
    let id: String
    /// A key, or a token made of it.
    var bearer: String
    var agreement: String? = "1"
    var purpose: String? = "Giao%20danh%20s%C3%A1ch"

    func ask(
        _ method: HTTPRequest.Method, _ path: String, _ headers: [String: String] = [:], body: [UInt8]? = nil
    ) async throws -> Answer {
        var fields = HTTPFields()
        var all = ["Authorization": "Bearer \(bearer)"]
        if let agreement { all["Exchange-Agreement"] = agreement }
        if let purpose { all["Exchange-Purpose"] = purpose }
        for (name, value) in all.merging(headers, uniquingKeysWith: { $1 }) {
            if let name = HTTPField.Name(name) { fields[name] = value }
        }
        let uri = path.hasPrefix("/api") ? path : Self.root + path
        return try await harness.client.execute(
            uri: uri, method: method, headers: fields, body: body.map { ByteBuffer(bytes: $0) }
        ) { response in
            Answer(
                status: response.status.code, headers: response.headers, text: String(buffer: response.body))
        }
    }

    func get(_ path: String) async throws -> Answer { try await ask(.get, path) }

    static func coded(_ text: String) -> String { Data(text.utf8).base64EncodedString() }

    func begin(
        _ size: Int, name: String = "tai-len-0001", period: String = "2026-10", more: String = "",
        _ headers: [String: String] = [:]
    ) async throws -> Answer {
        try await ask(
            .post, "/uploads",
            [
                "Tus-Resumable": "1.0.0", "Idempotency-Key": name, "Upload-Length": String(size),
                "Upload-Metadata": "filename \(Self.coded("ds.csv")),period \(Self.coded(period))\(more)",
            ].merging(headers) { $1 })
    }

    func add(
        _ bytes: [UInt8], at offset: Int, to address: String, _ headers: [String: String] = [:]
    ) async throws -> Answer {
        try await ask(
            .patch, address,
            [
                "Tus-Resumable": "1.0.0", "Upload-Offset": String(offset),
                "Content-Type": "application/offset+octet-stream",
            ].merging(headers) { $1 }, body: bytes)
    }

    func token(_ fields: String) async throws -> Answer {
        try await ask(
            .post, "/token", ["Content-Type": "application/x-www-form-urlencoded", "Authorization": ""],
            body: Array(fields.utf8))
    }
}

extension SiteHarness {
    /// An agreement in force by which a construction agency hands `population` to the insurance agency.
    func exchangeAgreement(format: String = "population") async throws {
        let (giver, receiver) = (
            Submission(viewer: try await viewer("agency-officer")),
            Submission(viewer: try await viewer("insurance-province"))
        )
        let draft = AgreementDraft(
            giver: "so-xay-dung", receiver: "bhxh-thanh-pho", format: format, purpose: "Rà soát người chưa tham gia",
            legalBasis: "Điều 30 Luật Bảo hiểm xã hội", fields: [], rhythm: "monthly", dueDay: "10",
            from: "01/10/2026", retentionMonths: "1")
        _ = try await system.exchange.propose(draft, by: giver)
        try await system.exchange.agree(to: 1, seen: 1, by: receiver)
        try await system.exchange.sign(1, seen: 1, paper: "12/SXD-KT", on: "05/10/2026", by: receiver)
    }

    func exchangeProgram(
        unit: String = "so-xay-dung", scopes: Set<ProgramScope> = Set(ProgramScope.allCases), perMinute: Int = 100_000
    ) async throws -> ExchangeProgram {
        let issued = try await system.programs.admit(
            ProgramDraft(
                name: "Kết nối \(unit)", unit: unit, agreements: [1], scopes: scopes,
                expires: clock.now.day.adding(days: 90), perMinute: perMinute), by: .commandLine)
        return ExchangeProgram(harness: self, id: issued.program.text, bearer: issued.key)
    }

    func runAllJobs() async throws {
        while try await system.jobs.runDue(as: "test") > 0 {}
    }
}

extension Data {
    /// As tus writes a checksum.
    var sha1Base64: String { Data(Insecure.SHA1.hash(data: self)).base64EncodedString() }
}
