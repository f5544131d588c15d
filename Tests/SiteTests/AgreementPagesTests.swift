import Access
import Foundation
import Kernel
import Testing

/// Agreements and requests for data over HTTP, as the two sides, as others, as those who read all.
@Suite
struct AgreementPagesTests {
    private static func typed(_ changes: [String: String] = [:]) -> [String: String] {
        [
            "giver": "so-xay-dung", "receiver": "bhxh-thanh-pho", "format": "enterprises", "purpose": "Rà soát đơn vị",
            "legalBasis": "Điều 30 Luật Bảo hiểm xã hội", "fields": "", "rhythm": "monthly", "dueDay": "10",
            "dueMonth": "", "dueOn": "", "from": "01/10/2026", "until": "", "retention": "12", "keeps": "",
            "giverPeople": "Phòng Quản lý xây dựng", "receiverPeople": "Phòng Thu",
        ].merging(changes) { $1 }
    }

    private static func propose(_ harness: SiteHarness) async throws -> String {
        let giver = try await harness.browser(as: .agencyOfficer)
        let form = try await giver.get("/thoa-thuan/lap?mau=enterprises").form("lap")
        let sent = try await giver.submit(form, typed())
        #expect(sent.status == 303, "\(sent.text.prefix(2_000))")
        return String(sent.location.prefix { $0 != "?" })
    }

    @Test
    func `an agreement goes from proposal to paper between its sides; what is missing shows on their pages`()
        async throws
    {
        try await SiteHarness.run { harness in
            let address = try await Self.propose(harness)
            #expect(address == "/thoa-thuan/so/1")
            let receiver = try await harness.browser(as: .insuranceProvince)
            #expect(try await receiver.get("/hom-nay").links.contains(address))
            let agreed = try await receiver.submit(try await receiver.get(address).form("dong-y"))
            #expect(agreed.status == 303)
            let giver = try await harness.browser(as: .agencyOfficer)
            let signing = try await giver.get(address).form("ky")
            let refused = try await giver.submit(signing, ["number": "", "day": "31/02/2026"])
            #expect(refused.status == 422 && refused.text.contains("số, ký hiệu"))
            let signed = try await giver.submit(signing, ["number": "12/SXD-KT", "day": "05/10/2026"])
            #expect(signed.status == 303)
            let page = try await giver.get(signed.location)
            #expect(page.text.contains("12/SXD-KT") && page.text.contains("Đang có hiệu lực"))
            // September was due on October 10, October on November 10; today is November 23.
            #expect(
                page.text.contains("quá hạn 44 ngày, chưa giao") && page.text.contains("quá hạn 13 ngày, chưa giao"))
            #expect(try await giver.get("/hom-nay").text.contains("Dữ liệu phải giao theo thỏa thuận"))
            #expect(try await giver.get("/don-vi/so-xay-dung").text.contains("quá hạn 44 ngày"))
            let leader = try await harness.browser(as: .leader)
            #expect(
                try await leader.get("/tong-quan", following: true).text.contains("2 danh sách của 1 đơn vị quá hạn"))
            let ended = try await giver.submit(
                try await giver.get(address).form("cham-dut"), ["reason": "Kết nối trực tiếp"])
            #expect(ended.status == 303)
            let journal = try await leader.get("/nhat-ky-trao-doi")
            #expect(journal.status == 200 && journal.text.contains("Ký thỏa thuận"))
        }
    }

    @Test
    func `others see nothing of it, readers only read, and nobody decides for the other side`() async throws {
        try await SiteHarness.run { harness in
            let address = try await Self.propose(harness)
            let officer = try await harness.browser(as: .communeOfficer)
            #expect(try await officer.get(address).status == 404)
            #expect(try await !officer.get("/thoa-thuan").text.contains("TT 1/2026"))
            for role in [Role.leader, .analyst, .inspector, .auditor, .administrator] {
                let reader = try await harness.browser(as: role)
                let page = try await reader.get(address)
                #expect(page.status == 200, "\(role)")
                #expect(!page.text.contains("<button type=\"submit\" class=\"primary\">Đồng ý"), "\(role)")
            }
            #expect(try await harness.browser(as: .groupHead).get("/thoa-thuan").status == 403)
            let giver = try await harness.browser(as: .agencyOfficer)
            let receiver = try await harness.browser(as: .insuranceProvince)
            let form = try await receiver.get(address).form("dong-y")
            // The giver sends what only the receiver is shown.
            let own = try await giver.get(address).form("rut").replacing("version", with: nil)
            var forged = own
            forged.hidden = own.hidden + form.hidden.filter { $0.0.contains("version") || $0.0.contains("_v") }
            let answer = try await giver.post(form.action, forged.hidden)
            #expect(answer.status == 403 || answer.status == 409, "\(answer.status)")
            let stranger = try await officer.post(form.action, form.hidden)
            #expect(stranger.status == 403 || stranger.status == 404, "\(stranger.status)")
            #expect(try await harness.count("SELECT COUNT(*) FROM agreement_event") == 1)
        }
    }

    @Test
    func `a wrong draft comes back with what was typed and each fault at its field`() async throws {
        try await SiteHarness.run { harness in
            let giver = try await harness.browser(as: .agencyOfficer)
            let form = try await giver.get("/thoa-thuan/lap").form("lap")
            let refused = try await giver.submit(
                form,
                Self.typed([
                    "purpose": "", "dueDay": "40", "fields": "Cột lạ", "giver": "thue-thanh-pho",
                    "receiver": "thue-thanh-pho",
                ]))
            #expect(refused.status == 422)
            for field in ["purpose", "dueDay", "fields", "receiver"] {
                #expect(refused.text.contains("href=\"#lap-\(field)\""), "\(field)")
            }
            let others = try await giver.submit(form, Self.typed(["giver": "thue-thanh-pho"]))
            #expect(others.status == 403, "an agreement of two other agencies")
            #expect(try await harness.count("SELECT COUNT(*) FROM agreement") == 0)
        }
    }

    @Test
    func `a request waits for a second person of its side, then for the holder`() async throws {
        try await SiteHarness.run { harness in
            let asker = try await harness.browser(as: .communeOfficer)
            let form = try await asker.get("/yeu-cau-du-lieu/lap?mau=population").form("lap")
            let columns =
                HTML.matches(##"<textarea[^>]*name="fields"[^>]*>([^<]*)</textarea>"##, in: form.html)
                .first?[1] ?? ""
            let sent = try await asker.submit(
                form,
                [
                    "asker": "10507", "holder": "cong-an-thanh-pho", "format": "population",
                    "purpose": "Rà soát người chưa tham gia", "legalBasis": "Điều 30 Luật BHXH",
                    "fields": HTMLEntities.decoded(columns), "persons": "Người trong danh sách rà soát",
                    "communes": "10507",
                    "period": "10/2026", "keepUntil": "31/12/2026", "keeps": "",
                ])
            #expect(sent.status == 303, "\(sent.text.components(separatedBy: "<main").last?.prefix(3_000) ?? "")")
            let address = String(sent.location.prefix { $0 != "?" })
            let own = try await asker.get(address)
            #expect(own.text.contains("Rút yêu cầu") && !own.text.contains("Duyệt, gửi bên giữ dữ liệu</button>"))
            let leader = try await harness.browser(as: .communeLeader)
            let approved = try await leader.submit(try await leader.get(address).form("duyet"))
            #expect(approved.status == 303)
            let other = try await harness.browser(as: SiteHarness.neighbour)
            #expect(try await other.get(address).status == 404)
            // Whoever reads all reads, and decides nothing.
            let inspector = try await harness.browser(as: .inspector)
            let page = try await inspector.get(address)
            #expect(page.status == 200 && !page.text.contains("Đồng ý cung cấp</button>"))
            let forged = try await inspector.post(
                "\(address)/dong-y", try await inspector.get("/yeu-cau-du-lieu/lap").form("lap").hidden)
            #expect(forged.status == 403)
            #expect(try await harness.count("SELECT COUNT(*) FROM data_request WHERE state = 'sent'") == 1)
        }
    }
}

/// Texts as a browser reads them from HTML.
private enum HTMLEntities {
    static func decoded(_ text: String) -> String {
        text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
            .replacing("&#39;", with: "'").replacing("&amp;", with: "&")
    }
}
