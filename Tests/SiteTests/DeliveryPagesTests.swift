import Access
import Assembly
import Exchange
import Files
import Formats
import Jobs
import Kernel
import TestSupport
import Testing

/// Lists handed over on pages: looked at, explained, delivered, returned, withdrawn.
@Suite
struct DeliveryPagesTests {
    /// A list with one row that has no name.
    static let known = """
        Họ và tên,Ngày sinh,Số định danh cá nhân,Mã số BHXH,Giới tính
        Nguyễn Thị Hoa,21/01/1985,031185001234,3118500123,Nữ
        ,05/03/1990,031090005678,3118500124,Nam
        Trần Văn Bình,05/03/1990,031090005679,3118500125,Nam

        """

    static let foreign = """
        Người lao động,Giấy tờ,Sinh,Ghi thêm
        Nguyễn Thị Hoa,031185001234,21/01/1985,a
        Trần Văn Bình,031090005678,05/03/1990,b
        Lê Thị Mai,031190005679,07/03/1990,c

        """

    /// Sends a file and has it read.
    static func send(
        _ text: String, as browser: Browser, _ harness: SiteHarness, format: String = "population",
        sender: String = "bhxh-thanh-pho", mode: String = "them", name: String = "ds.csv"
    ) async throws -> String {
        let form = try await browser.get("/giao-danh-sach/nop").form("nop")
        let sent = try await browser.submit(
            form, ["period": "10/2026", "sender": sender, "format": format, "mode": mode, "agreement": ""],
            files: [Upload(name: name, bytes: Array(text.utf8))])
        #expect(sent.status == 303, "\(sent.text.prefix(3_000))")
        _ = try await harness.system.jobs.runDue(as: "test")
        return sent.location
    }

    /// Sends, looks and delivers.
    static func deliver(_ text: String, as browser: Browser, _ harness: SiteHarness) async throws -> String {
        let address = try await send(text, as: browser, harness)
        let page = try await browser.get(address)
        let sent = try await browser.submit(try page.form("giao"))
        #expect(sent.status == 303)
        // The file goes in, then its rows are kept.
        _ = try await harness.system.jobs.runDue(as: "test")
        _ = try await harness.system.jobs.runDue(as: "test")
        return try await browser.get(address).location
    }

    @Test
    func `a list is looked at, delivered, and its receipt counts its rows`() async throws {
        try await SiteHarness.run { harness in
            let officer = try await harness.browser(as: .insuranceProvince)
            let address = try await Self.send(Self.known, as: officer, harness)
            let look = try await officer.get(address)
            PageQualityTests.expectSound(look)
            #expect(look.text.contains("Chưa có gì được giao") && look.text.contains("Thiếu thông tin bắt buộc"))
            // Numbers of persons show their beginning and end alone.
            #expect(look.text.contains("031•••••••34") && !look.text.contains("031185001234"))
            #expect(try await harness.count("SELECT COUNT(*) FROM delivery") == 0)
            let sent = try await officer.submit(try look.form("giao"))
            #expect(sent.status == 303)
            _ = try await harness.system.jobs.runDue(as: "test")
            _ = try await harness.system.jobs.runDue(as: "test")
            let receipt = try await officer.get(address, following: true)
            PageQualityTests.expectSound(receipt)
            #expect(receipt.text.contains("Phiếu nhận 1/2026") && receipt.text.contains("Có hiệu lực"))
            #expect(receipt.links.contains("/giao-danh-sach/lan/1/tra-lai.xlsx"))
            #expect(try await harness.count("SELECT COUNT(*) FROM delivery_upload_part") == 0)
            // The same file once more.
            let again = try await officer.get(try await Self.send(Self.known, as: officer, harness))
            #expect(again.text.contains("không có gì thay đổi") && again.links.contains("/giao-danh-sach/lan/1"))
            let list = try await officer.get("/giao-danh-sach")
            PageQualityTests.expectSound(list)
            #expect(list.links.contains("/giao-danh-sach/lan/1"))
            for page in ["/giao-danh-sach/lich", "/giao-danh-sach/nop", "/giao-danh-sach/tra-lai?phieu=1"] {
                PageQualityTests.expectSound(try await officer.get(page))
            }
        }
    }

    @Test
    func `foreign columns are explained once and remembered for the sender`() async throws {
        try await SiteHarness.run { harness in
            let officer = try await harness.browser(as: .insuranceProvince)
            let page = try await officer.get(try await Self.send(Self.foreign, as: officer, harness))
            PageQualityTests.expectSound(page)
            #expect(page.text.contains("hãy cho biết cột nào là gì") && !page.hasForm("giao"))
            let form = try page.form("cot")
            let twice = try await officer.submit(
                form, ["cot-0": "name", "cot-1": "name", "cot-2": "birth", "cot-3": ""])
            #expect(twice.status == 422 && twice.text.contains("không thể cùng một ý nghĩa"))
            let typed = ["cot-0": "name", "cot-1": "personalID", "cot-2": "birth", "cot-3": ""]
            let sent = try await officer.submit(form, typed)
            #expect(sent.status == 303)
            _ = try await harness.system.jobs.runDue(as: "test")
            let read = try await officer.get(sent.location)
            #expect(read.hasForm("giao"), "\(read.text.prefix(4_000))")
            let next = try await officer.get(
                try await Self.send(
                    Self.foreign.replacing("Lê Thị Mai", with: "Lê Thị Lan"), as: officer, harness, format: ""))
            #expect(next.hasForm("giao") && next.text.contains("như bên giao đã nói ở lần trước"))
            let other = try await officer.get(
                try await Self.send(Self.foreign, as: officer, harness, format: "", sender: "so-xay-dung"))
            #expect(!other.hasForm("giao"))
        }
    }

    @Test
    func `a sender hands over and sees its own alone, without contents`() async throws {
        try await SiteHarness.run { harness in
            let insurer = try await harness.browser(as: .insuranceProvince)
            #expect(try await Self.deliver(Self.known, as: insurer, harness) == "/giao-danh-sach/lan/1")
            let agency = try await harness.browser(as: .agencyOfficer)
            #expect(try await agency.get("/giao-danh-sach/lan/1").status == 404)
            #expect(try await agency.get("/giao-danh-sach/lan/1/tra-lai/1").status == 404)
            #expect(try await agency.get("/giao-danh-sach/lan/1/tra-lai.xlsx").status == 403)
            #expect(!(try await agency.get("/giao-danh-sach").links.contains("/giao-danh-sach/lan/1")))
            let form = try await agency.get("/giao-danh-sach/nop").form("nop")
            let foreign = try await agency.submit(
                form, ["period": "10/2026", "sender": "bhxh-thanh-pho", "format": "population", "mode": "them"],
                files: [Upload(name: "ds.csv", bytes: Array(Self.known.utf8))])
            #expect(foreign.status == 422)
            let address = try await Self.send(Self.known, as: agency, harness, sender: "so-xay-dung")
            // Another agency's file is nobody else's but of who hands over for all.
            #expect(try await harness.browser(as: .analyst).get(address).status == 404)
            #expect(try await insurer.get(address).status == 200)
            let sent = try await agency.submit(try await agency.get(address).form("giao"))
            #expect(sent.status == 303)
            _ = try await harness.system.jobs.runDue(as: "test")
            _ = try await harness.system.jobs.runDue(as: "test")
            let receipt = try await agency.get(address, following: true)
            #expect(receipt.status == 200 && !receipt.hasForm("thu-hoi") && !receipt.hasForm("bo-qua"))
            let row = try await agency.get("/giao-danh-sach/lan/2/tra-lai/1")
            PageQualityTests.expectSound(row)
            #expect(!row.hasForm("mo") && !row.text.contains("031090005678"))
            let leader = try await harness.browser(as: .leader)
            let calendar = try await leader.get("/giao-danh-sach/lich")
            #expect(calendar.status == 200 && !calendar.links.contains { $0.contains("/lan/") })
            #expect(try await leader.get("/giao-danh-sach/lan/1").status == 403)
        }
    }

    @Test
    func `returned rows are opened for a purpose, set aside, mended, and a delivery is withdrawn`() async throws {
        try await SiteHarness.run { harness in
            let insurer = try await harness.browser(as: .insuranceProvince)
            _ = try await Self.deliver(Self.known, as: insurer, harness)
            let row = try await insurer.get("/giao-danh-sach/lan/1/tra-lai/1")
            let shut = try await insurer.submit(try row.form("mo"))
            #expect(shut.status == 422 && !shut.text.contains("031090005678"))
            let open = try await insurer.submit(try row.form("mo"), ["purpose": "Gọi bên giao"])
            PageQualityTests.expectSound(open)
            #expect(open.text.contains("031090005678"))
            #expect(try await harness.audit().contains { $0.detail.contains("Gọi bên giao") })
            let file = try await insurer.get("/giao-danh-sach/lan/1/tra-lai.xlsx")
            #expect(file.status == 200 && file.bytes.starts(with: Array("PK".utf8)))
            let again = try await insurer.get("/giao-danh-sach/nop?phieu=1")
            #expect(again.text.contains("Các dòng đã sửa của phiếu 1/2026"))
            let aside = try await insurer.submit(try row.form("bo-qua"), ["reason": "Đã mất"])
            #expect(aside.status == 303)
            #expect(try await insurer.get("/giao-danh-sach/lan/1/tra-lai/1").text.contains("bỏ qua: Đã mất"))

            let receipt = try await insurer.get("/giao-danh-sach/lan/1")
            #expect(receipt.text.contains("rút khỏi sổ đăng ký cùng mọi người"))
            let bare = try await insurer.submit(try receipt.form("thu-hoi"))
            #expect(bare.status == 422)
            let gone = try await insurer.submit(try receipt.form("thu-hoi"), ["reason": "Gửi nhầm"])
            #expect(gone.status == 303)
            #expect(try await insurer.get("/giao-danh-sach/lan/1").text.contains("Đang thu hồi"))
            _ = try await harness.system.jobs.runDue(as: "test")
            let left = try await insurer.get("/giao-danh-sach/lan/1")
            #expect(left.text.contains("như chưa từng giao") && !left.hasForm("thu-hoi"))
        }
    }
}
