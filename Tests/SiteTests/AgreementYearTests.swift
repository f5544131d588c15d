import Access
import Assembly
import Database
import Exchange
import Foundation
import Jobs
import Kernel
import PlanText
import Province
import TestSupport
import Testing

/// The year of an agreement over HTTP and files, as four roles: from the proposal to rows that are gone, with every refusal.
@Suite
struct AgreementYearTests {
    private static let agreement = "/thoa-thuan/so/1"
    private static let request = "/yeu-cau-du-lieu/so/1"

    /// Sex and social insurance number are not agreed on.
    private static let list = """
        Họ và tên,Ngày sinh,Số định danh cá nhân,Giới tính,Ghi thêm
        Nguyễn Thị Hoa,21/01/1985,031185001234,Nữ,bí mật
        Trần Văn Bình,05/03/1990,031090005679,Nam,

        """

    private static func run(_ deed: JobName<NoParameters>, _ harness: SiteHarness) async throws {
        let now = harness.clock.clock.now
        try await harness.store.write { connection in
            _ = try JobService.enter(
                deed, NoParameters(), title: "thử", notBefore: now, at: now, on: connection)
        }
        while try await harness.system.jobs.runDue(as: "test") > 0 {}
    }

    /// Sends, looks and delivers.
    /// - Returns: where the receipt is.
    private static func deliver(
        _ text: String, period: String, as browser: Browser, _ harness: SiteHarness
    ) async throws -> String {
        let form = try await browser.get("/giao-danh-sach/nop").form("nop")
        let sent = try await browser.submit(
            form,
            ["period": period, "sender": "so-xay-dung", "format": "population", "mode": "them", "agreement": ""],
            files: [Upload(name: "ds.csv", bytes: Array(text.utf8))])
        #expect(sent.status == 303)
        while try await harness.system.jobs.runDue(as: "test") > 0 {}
        let look = try await browser.get(sent.location)
        #expect(look.text.contains("Ngoài phạm vi TT 1/2026: sẽ không lưu"), "\(look.text.prefix(3_000))")
        let given = try await browser.submit(try look.form("giao"))
        #expect(given.status == 303)
        while try await harness.system.jobs.runDue(as: "test") > 0 {}
        return try await browser.get(sent.location).location
    }

    private static func agree(_ harness: SiteHarness) async throws {
        let giver = try await harness.browser(as: .agencyOfficer)
        let form = try await giver.get("/thoa-thuan/lap?mau=population").form("lap")
        let typed = [
            "giver": "so-xay-dung", "receiver": "bhxh-thanh-pho", "format": "population", "purpose": "Rà soát",
            "legalBasis": "Điều 30 Luật Bảo hiểm xã hội", "fields": "Họ và tên\nNgày sinh\nSố định danh cá nhân",
            "rhythm": "monthly", "dueDay": "10", "dueMonth": "", "dueOn": "", "from": "01/10/2026", "until": "",
            "retention": "1", "keeps": "", "giverPeople": "Nguyễn Văn Giao, Trưởng phòng", "receiverPeople": "",
        ]
        let unknown = try await giver.submit(form, typed.merging(["fields": "Cột xa lạ"]) { $1 })
        #expect(unknown.status == 422 && unknown.text.contains("Các trường: "))
        #expect(try await giver.submit(form, typed).status == 303)
        // Waiting for the other side, by its name.
        #expect(try await giver.get(agreement).text.contains("Chờ BHXH thành phố đồng ý"))
        for (role, status) in [
            (Role.communeOfficer, 404), (.groupHead, 403), (.inspector, 200), (.leader, 200), (.auditor, 200),
        ] {
            let page = try await harness.browser(as: role).get(agreement)
            #expect(page.status == status, "\(role)")
            #expect(!page.hasForm("dong-y") && !page.hasForm("rut"), "\(role)")
        }
        let receiver = try await harness.browser(as: .insuranceProvince)
        let page = try await receiver.get(agreement)
        PageQualityTests.expectSound(page)
        let own = try await giver.post("\(agreement)/dong-y", try page.form("dong-y").hidden)
        #expect(own.status == 403, "the side that proposed agrees to nothing")
        #expect(try await receiver.submit(try page.form("khong-dong-y"), ["reason": ""]).status == 422)
        #expect(try await receiver.submit(try page.form("dong-y")).status == 303)
        #expect(!(try await receiver.get(agreement).hasForm("dong-y")), "once")
        let signing = try await receiver.get(agreement).form("ky")
        #expect(try await receiver.submit(signing, ["number": "1/QC", "day": "24/11/2026"]).status == 422)
        #expect(try await receiver.submit(signing, ["number": "1/QC", "day": "01/10/2026"]).status == 303)
    }

    private static func ask(_ harness: SiteHarness) async throws {
        let officer = try await harness.browser(as: .communeOfficer)
        let form = try await officer.get("/yeu-cau-du-lieu/lap?mau=population").form("lap")
        let typed = [
            "asker": SiteHarness.commune, "holder": "so-xay-dung", "format": "population", "purpose": "Vận động",
            "legalBasis": "Điều 30 Luật Bảo hiểm xã hội", "fields": "Họ và tên\nNgày sinh\nSố định danh cá nhân",
            "persons": "Người chưa tham gia", "period": "09/2026", "keepUntil": "31/12/2026", "keeps": "",
        ]
        let other = try await officer.submit(form, typed.merging(["communes": SiteHarness.otherCommune]) { $1 })
        #expect(other.status == 422 && other.text.contains("chỉ hỏi được dữ liệu của địa bàn mình"))
        let late = try await officer.submit(form, typed.merging(["keepUntil": "01/01/2020"]) { $1 })
        #expect(late.status == 422)
        let asked = try await officer.submit(form, typed)
        #expect(asked.status == 303, "\(asked.text.suffix(3_000))")
        let drafted = try await officer.get(request)
        #expect(!drafted.hasForm("duyet") && drafted.text.contains("một người khác của đơn vị duyệt"))
        let giver = try await harness.browser(as: .agencyOfficer)
        #expect(!(try await giver.get(request).hasForm("dong-y")), "nothing was sent yet")
        let leader = try await harness.browser(as: .communeLeader)
        #expect(try await leader.submit(try await leader.get(request).form("duyet")).status == 303)
        #expect(try await harness.browser(as: SiteHarness.neighbour).get(request).status == 404)
        let inspector = try await harness.browser(as: .inspector)
        #expect(!(try await inspector.get(request).hasForm("dong-y")))
        #expect(try await giver.submit(try await giver.get(request).form("tu-choi"), ["reason": ""]).status == 422)
        #expect(try await giver.submit(try await giver.get(request).form("dong-y")).status == 303)
        let answering = try await giver.get(request).form("tra-loi")
        for wrong in ["99/2026", "1/2026", ""] {
            #expect(try await giver.submit(answering, ["delivery": wrong]).status == 422, "\(wrong)")
        }
    }

    @Test
    func `an agreement and a request go from proposal to destroyed rows; each refuses whom it does not concern`()
        async throws
    {
        try await SiteHarness.run { harness in
            try await Self.agree(harness)
            let giver = try await harness.browser(as: .agencyOfficer)
            #expect(try await giver.get(Self.agreement).text.contains("quá hạn 44 ngày, chưa giao"))

            let receipt = try await Self.deliver(Self.list, period: "10/2026", as: giver, harness)
            #expect(receipt == "/giao-danh-sach/lan/1")
            let page = try await giver.get(receipt)
            PageQualityTests.expectSound(page)
            #expect(page.text.contains("Ngoài phạm vi đã thỏa thuận: không lưu") && page.text.contains("Giới tính"))
            #expect(page.text.contains("Ghi thêm") && page.links.contains(Self.agreement))
            #expect(try await giver.get(Self.agreement).text.contains("đã nhận 1/2026, chậm 13 ngày"))

            // Minutes of the hand-over, by either side.
            let paper = "/van-ban/moi/bien-ban-giao-nhan-danh-sach?lan-giao=1"
            #expect(page.links.contains(paper))
            #expect(try await harness.browser(as: .communeOfficer).get(paper).status == 403)
            for role in [Role.agencyOfficer, .insuranceProvince] {
                let browser = try await harness.browser(as: role)
                let written = try await browser.submit(try await browser.get(paper).form("soan"))
                #expect(written.status == 303, "\(role): \(written.text.prefix(2_000))")
                let document = try await browser.get(written.location)
                #expect(document.status == 200 && document.text.contains("Giao nhận Người cư trú trên địa bàn"))
                #expect(document.text.contains("Nguyễn Văn Giao, Trưởng phòng"), "\(role)")
                #expect(document.text.contains("“Giới tính” (2 ô)"), "\(role)")
            }

            // What came before the request was granted is no answer to it.
            harness.clock.advance(seconds: 60)
            try await Self.ask(harness)
            harness.clock.advance(seconds: 60)
            let second = try await Self.deliver(
                Self.list.replacing("Trần Văn Bình", with: "Trần Văn Nam"), period: "09/2026", as: giver, harness)
            #expect(second == "/giao-danh-sach/lan/2")
            let answered = try await giver.submit(
                try await giver.get(Self.request).form("tra-loi"), ["delivery": "2/2026"])
            #expect(answered.status == 303, "\(answered.text.prefix(2_000))")
            #expect(!(try await giver.get(Self.request).hasForm("huy")), "the holder destroys nothing of the asker's")

            // A month after the receipt the rows of the agreement's delivery go; those of the request on its own day.
            harness.clock.set(try SiteHarness.moment("2026-12-23", hour: 3))
            try await Self.run(.destroyingDue, harness)
            #expect(try await harness.count("SELECT COUNT(*) FROM destruction") == 0)
            harness.clock.set(try SiteHarness.moment("2026-12-24", hour: 3))
            try await Self.run(.destroyingDue, harness)
            #expect(try await harness.count("SELECT COUNT(*) FROM destruction") == 1)
            for (role, status) in [
                (Role.agencyOfficer, 200), (.insuranceProvince, 200), (.inspector, 200), (.communeOfficer, 404),
                (.groupHead, 403),
            ] {
                let minutes = try await harness.browser(as: role).get("/bien-ban-huy-du-lieu/1")
                #expect(minutes.status == status, "\(role)")
            }
            harness.clock.set(try SiteHarness.moment("2027-01-01", hour: 3))
            try await Self.run(.destroyingDue, harness)
            #expect(try await harness.count("SELECT COUNT(*) FROM record") == 0)
            #expect(try await harness.count("SELECT COUNT(*) FROM returned_row") == 0)
            let asker = try await harness.browser(as: .communeOfficer)
            #expect(try await asker.get(Self.request).text.contains("Đã huỷ dữ liệu gốc"))
            #expect(try await asker.get("/bien-ban-huy-du-lieu/2").status == 200)

            // The end, once, with a reason.
            let receiver = try await harness.browser(as: .insuranceProvince)
            let ending = try await receiver.get(Self.agreement).form("cham-dut")
            #expect(try await receiver.submit(ending, ["reason": ""]).status == 422)
            #expect(try await receiver.submit(ending, ["reason": "Kết nối trực tiếp"]).status == 303)
            let inspector = try await harness.browser(as: .inspector)
            let journal = try await inspector.get("/nhat-ky-trao-doi")
            PageQualityTests.expectSound(journal)
            for deed in [
                "Đồng ý thỏa thuận", "Ký thỏa thuận", "Giao dữ liệu", "Huỷ dữ liệu gốc", "Chấm dứt thỏa thuận",
            ] {
                #expect(journal.text.contains(deed), "\(deed)")
            }
            #expect(journal.text.contains("Đầu nhật ký (số:mã băm)"))
            let verdict = try await harness.system.exchange.verifyJournal()
            #expect(verdict.isSound && journal.text.contains(verdict.head))
        }
    }

    @Test
    func `a box that is ticked counts: a processor's part gives a data subject's request its longer day`() async throws
    {
        try await SiteHarness.run { harness in
            let keeper = try await harness.browser(as: .insuranceProvince)
            let form = try await keeper.get("/du-lieu-ca-nhan").form("ghi")
            let typed = [
                "kind": "restrict", "receivedOn": "02/11/2026", "name": "Nguyễn Thị Hoa", "number": "", "contact": "",
                "about": "Đề nghị hạn chế xử lý",
            ]
            let box =
                HTML.matches(##"<input[^>]*name="throughOthers"[^>]*value="([^"]*)""##, in: form.html).first?[1] ?? ""
            #expect(!box.isEmpty, "a ticked box has to say something")
            let alone = try await keeper.get(try await keeper.submit(form, typed).location)
            #expect(alone.text.contains("17/11/2026"))
            let again = try await keeper.get("/du-lieu-ca-nhan").form("ghi")
            let through = try await keeper.get(
                try await keeper.submit(again, typed.merging(["throughOthers": box]) { $1 }).location)
            #expect(through.text.contains("23/11/2026") || through.text.contains("22/11/2026"), "20 days")
            let late = try await keeper.submit(try through.form("bao-nhan"))
            #expect(try await keeper.get(late.location).text.contains("chậm 19 ngày"))
        }
    }

    @Test
    func `the second page of a long list holds other rows than the first`() async throws {
        try await SiteHarness.run { harness in
            let leader = try await harness.browser(as: .leader)
            let first = try await leader.get("/van-hanh?thang=2026-11")
            let next = try #require(first.links.first { $0.contains("trang-xa=2") })
            #expect(next.contains("2026-11"), "the span stays")
            let second = try await leader.get(next)
            let communes = harness.definition.communes.communes.map(\.shortName)
            #expect(first.text.contains(communes[0]) && !first.text.contains(communes[60]))
            #expect(second.text.contains(communes[60]))
        }
    }
}
