import Access
import Assembly
import Exchange
import ExchangeAPI
import Foundation
import HTTPTypes
import Kernel
import Testing
import TestSupport

/// The exchange for programs over HTTP: what is served, what is refused and how, in which form.
@Suite
struct ExchangeAPITests {
    /// With one row that has no name.
    static let list =
        Array(
            (["Họ và tên,Ngày sinh,Số định danh cá nhân,Mã số BHXH,Giới tính"]
                + (0..<20).map { "Nguyễn Thị Hoa \($0),21/01/1985,0311850012\($0 + 10),31185001\($0 + 10),Nữ" }
                + [",05/03/1990,031090005678,3118500199,Nam"]).joined(separator: "\n").utf8) + [0x0A]

    static func run(
        live: Bool = false, _ body: @escaping @Sendable (SiteHarness, ExchangeProgram) async throws -> Void
    ) async throws {
        try await SiteHarness.run(live: live) { harness in
            try await harness.exchangeAgreement()
            try await body(harness, try await harness.exchangeProgram())
        }
    }

    @Test
    func `a list goes up in pieces, and its receipt, quality and reasons come back`() async throws {
        try await Self.run { harness, program in
            let begun = try await program.begin(Self.list.count)
            #expect(begun.status == 201 && begun["Upload-Offset"] == "0" && begun["Tus-Resumable"] == "1.0.0")
            #expect(begun["Upload-Expires"]?.hasSuffix("GMT") == true)
            let address = try #require(begun["Location"])
            let first = Array(Self.list[..<700])
            let sum = Data(first).sha1Base64
            let wrong = try await program.add(
                first, at: 0, to: address, ["Upload-Checksum": "sha1 \(sum.dropLast(2))A="])
            #expect(wrong.status == 460)
            #expect(try await program.add(first, at: 0, to: address, ["Upload-Checksum": "sha1 \(sum)"]).status == 204)
            let head = try await program.ask(.head, address)
            #expect(head.status == 200 && head["Upload-Offset"] == "700" && head["Cache-Control"] == "no-store")
            #expect(head["Upload-Length"] == String(Self.list.count) && head.text.isEmpty)
            #expect(try await program.add(first, at: 0, to: address).status == 409)
            #expect(try await program.begin(Self.list.count).status == 200)
            let last = try await program.add(Array(Self.list[700...]), at: 700, to: address)
            #expect(last.status == 204 && last["Upload-Offset"] == String(Self.list.count))
            try await harness.runAllJobs()
            let upload = try await program.get(address)
            #expect(upload.json["state"] as? String == "delivered", "\(upload.text)")
            let delivery = try await program.get("/deliveries/1")
            #expect(delivery.json["state"] as? String == "in-force" && delivery.json["accepted"] as? Int == 20)
            let quality = try await program.get("/deliveries/1/quality")
            #expect((quality.json["returned"] as? [String: Int]) == ["missing": 1], "\(quality.text)")
            let returned = try await program.get("/deliveries/1/returned")
            #expect(returned.text.contains("\"row\":22") && !returned.text.contains("031090005678"), "\(returned.text)")
            let receipt = try await program.get("/deliveries/1/receipt")
            #expect(receipt.text.contains("\"kind\":\"delivered\"") && receipt.text.contains("\"signature\""))
            let aggregates = try await program.get("/aggregates?period=2026-10")
            #expect(aggregates.json["sum"] as? Int == 20, "\(aggregates.text)")
            let listed = try await program.get("/deliveries?limit=1")
            #expect((listed.json["deliveries"] as? [Any])?.count == 1)
            #expect(try await harness.system.exchange.verifyJournal().isSound)
        }
    }

    @Test
    func `client credentials give a token that does less than its key`() async throws {
        try await Self.run { _, program in
            let form = "grant_type=client_credentials&client_id=\(program.id)&client_secret=\(program.bearer)"
            let answer = try await program.token(form + "&scope=status&agreement=1&purpose=Theo+d%C3%B5i")
            #expect(answer.status == 200 && answer.json["scope"] as? String == "status")
            var holder = program
            holder.bearer = try #require(answer.json["access_token"] as? String)
            (holder.agreement, holder.purpose) = (nil, nil)
            #expect(try await holder.get("/deliveries").status == 200)
            #expect(try await holder.begin(10).status == 403)
            holder.agreement = "2"
            #expect(try await holder.get("/deliveries").status == 403)
            for (fields, status, error) in [
                ("grant_type=password", 400, "unsupported_grant_type"),
                ("grant_type=client_credentials&client_id=x&client_secret=bp_y", 401, "invalid_client"),
                (form + "&scope=everything", 400, "invalid_scope"),
            ] {
                let refused = try await program.token(fields)
                #expect(refused.status == status && refused.json["error"] as? String == error, "\(refused.text)")
            }
            let plain = try await program.ask(
                .post, "/token", ["Content-Type": "application/json"], body: Array("{}".utf8))
            #expect(plain.status == 415 && plain["Content-Type"] == "application/problem+json")
        }
    }

    @Test
    func `every refusal is a problem in Vietnamese with its status`() async throws {
        try await Self.run { harness, program in
            var nameless = program
            (nameless.agreement, nameless.purpose) = (nil, nil)
            var none = program
            none.bearer = "bp_khong-co"
            let cases: [(ExchangeProgram.Answer, Int)] = [
                (try await nameless.get("/deliveries"), 400), (try await none.get("/deliveries"), 401),
                (try await program.get("/deliveries/99"), 404), (try await program.get("/deliveries?limit=0"), 400),
                (try await program.get("/deliveries?cursor=x"), 400), (try await program.get("/aggregates"), 400),
                (try await program.get("/khong-co"), 404), (try await program.ask(.delete, "/deliveries"), 405),
                (try await program.get("/uploads/01j00000000000000000000000"), 404),
                (try await program.begin(10, ["Tus-Resumable": "0.2.1"]), 412),
                (try await program.begin(10, name: "ngan"), 400), (try await program.begin(0), 400),
                (try await program.begin(10, period: "2026-13"), 400),
                (try await program.begin(10, ["Upload-Metadata": "filename #"]), 400),
                (try await program.begin(10, ["Exchange-Agreement": "7"]), 403),
            ]
            for (answer, status) in cases {
                #expect(answer.status == status, "\(answer.text)")
                #expect(answer["Content-Type"] == "application/problem+json")
                #expect(answer.json["status"] as? Int == status && !answer.detail.isEmpty, "\(answer.text)")
            }
            var said = program
            said.purpose = "Đối%20chiếu".addingPercentEncoding(withAllowedCharacters: .alphanumerics.union(["%"]))
            #expect(
                try await said.get("/deliveries").status == 200, "every letter of Vietnamese may stand in a purpose")
            #expect(try await none.get("/deliveries")["WWW-Authenticate"] != nil)
            #expect(try await program.ask(.delete, "/deliveries")["Allow"] == "GET, HEAD")
            let options = try await program.ask(.options, "/uploads")
            #expect(options.status == 204 && options["Tus-Extension"] == "creation,expiration,checksum,termination")
            let trail = try await harness.audit().filter { $0.action == "program.refused" }
            #expect(trail.count == 1 && trail[0].detail.contains("thỏa thuận 7"), "\(trail)")
        }
    }

    /// Another agency's program, one that was ended, one without the scope, another's token: at every address.
    @Test
    func `no address tells another's program anything`() async throws {
        try await Self.run { harness, program in
            let begun = try await program.begin(Self.list.count)
            let address = try #require(begun["Location"])
            _ = try await program.add(Self.list, at: 0, to: address)
            try await harness.runAllJobs()
            let open = try #require(try await program.begin(50, name: "tai-len-0002")["Location"])
            let receiver = try await harness.exchangeProgram(unit: "bhxh-thanh-pho")
            let ended = try await harness.exchangeProgram()
            try await harness.system.programs.end(try #require(RecordID(ended.id)), by: .commandLine)
            let blind = try await harness.exchangeProgram(scopes: [.aggregates])
            let before = try await harness.count("SELECT COUNT(*) FROM delivery_event")
            func all(_ asker: ExchangeProgram) async throws -> [String: ExchangeProgram.Answer] {
                var answers: [String: ExchangeProgram.Answer] = [:]
                for path in [
                    "/agreement", "/deliveries", "/deliveries/1", "/deliveries/1/receipt", "/deliveries/1/quality",
                    "/deliveries/1/returned", "/aggregates?period=2026-10", address, open,
                ] {
                    answers["GET \(path)"] = try await asker.get(path)
                }
                answers["PATCH \(open)"] = try await asker.add([1], at: 0, to: open)
                answers["DELETE \(open)"] = try await asker.ask(.delete, open, ["Tus-Resumable": "1.0.0"])
                answers["POST /uploads"] = try await asker.begin(10, name: "cua-nguoi-khac")
                return answers
            }
            #expect(try await all(ended).values.allSatisfy { $0.status == 401 })
            for (path, answer) in try await all(blind) {
                let expected = path.contains("aggregates") ? 200 : path.contains("/uploads/") ? 404 : 403
                #expect(answer.status == expected, "\(path): \(answer.text)")
            }
            // The receiver sees what it received, never where its rows stand nor the giver's uploads.
            for (path, answer) in try await all(receiver) {
                let hidden = path.contains("/uploads/") || path.contains("returned")
                let expected = hidden ? 404 : path.hasPrefix("POST") ? 403 : 200
                #expect(answer.status == expected, "\(path): \(answer.text)")
            }
            #expect(try await program.ask(.head, open)["Upload-Offset"] == "0")
            #expect(try await harness.count("SELECT COUNT(*) FROM delivery_event") == before)
        }
    }

    @Test
    func `each program is told its pace, and one too many waits`() async throws {
        try await SiteHarness.run { harness in
            try await harness.exchangeAgreement()
            let program = try await harness.exchangeProgram(perMinute: 2)
            let first = try await program.get("/agreement")
            #expect(first["RateLimit-Limit"] == "2" && first["RateLimit-Remaining"] == "1")
            _ = try await program.get("/agreement")
            let third = try await program.get("/agreement")
            #expect(third.status == 429 && third["RateLimit-Remaining"] == "0")
            #expect(third["Retry-After"] == third["RateLimit-Reset"] && Int(third["Retry-After"] ?? "") ?? 0 > 0)
            harness.clock.advance(seconds: 60)
            #expect(try await program.get("/agreement").status == 200)
        }
    }

    @Test
    func `the printed description is the served one, and names every address with its methods`() async throws {
        try await Self.run { harness, program in
            let served = try await program.get("/openapi.json")
            #expect(served.json["openapi"] as? String == "3.1.0")
            let paths = try #require(served.json["paths"] as? [String: [String: Any]])
            let told = paths.mapValues { path in
                Set(path.keys.filter { $0 != "parameters" }.map { $0.uppercased() })
            }
            let routed = ExchangeAPI.places.mapValues { Set($0.map(\.rawValue)) }
            #expect(told == routed)
            let printed = SiteHarness.repository.appendingPathComponent("docs/exchange-openapi.json")
            let url = "https://bao-phu.example"
            let made = try ExchangeOpenAPI(publicURL: url).json()
            #expect(
                try String(contentsOf: printed, encoding: .utf8) == String(decoding: made, as: UTF8.self) + "\n",
                "baophu exchange openapi > docs/exchange-openapi.json")
        }
    }
}
