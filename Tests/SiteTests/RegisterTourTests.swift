import Access
import Assembly
import Exchange
import Jobs
import Kernel
import TestSupport
import Testing

/// From a file to a person and back: handed over, its receipt, a returned row put right, the person found, all withdrawn.
@Suite
struct RegisterTourTests {
    private static let mended = """
        Họ và tên,Ngày sinh,Số định danh cá nhân,Mã số BHXH,Giới tính
        Lê Thị Mai,05/03/1990,031090005678,3118500124,Nữ

        """

    private static func work(_ harness: SiteHarness) async throws {
        // Looking, the file in, its rows kept: each ends before the next begins.
        for _ in 0..<3 { _ = try await harness.system.jobs.runDue(as: "test") }
    }

    @Test
    func `a file becomes a receipt, its returned row a person, and a withdrawal takes both back`() async throws {
        try await SiteHarness.run { harness in
            let officer = try await harness.browser(as: .insuranceProvince)
            #expect(
                try await DeliveryPagesTests.deliver(DeliveryPagesTests.known, as: officer, harness)
                    == "/giao-danh-sach/lan/1")
            let receipt = try await officer.get("/giao-danh-sach/lan/1")
            PageQualityTests.expectSound(receipt)
            // Two rows of two people whom nobody knew, one returned.
            #expect(receipt.text.contains("Đối chiếu với sổ đăng ký"))
            #expect(receipt.text.contains("<dt>Người, đơn vị mới</dt><dd>2</dd>"), "\(receipt.text)")
            #expect(receipt.text.contains("<dt>Còn nghi trùng</dt><dd>0</dd>"))
            #expect(receipt.text.contains("<dt>Trả lại</dt><dd>1</dd>"))

            // The returned row says what to do; put right, it is sent again as what it is.
            let row = try await officer.get("/giao-danh-sach/lan/1/tra-lai/1")
            #expect(row.text.contains("Điền ô còn trống"))
            let address = try await DeliveryPagesTests.send(
                Self.mended, as: officer, harness, mode: "1", name: "sua.csv")
            let sent = try await officer.submit(try await officer.get(address).form("giao"))
            #expect(sent.status == 303)
            try await Self.work(harness)
            #expect(
                try await officer.get("/giao-danh-sach/lan/1/tra-lai/1").text.contains(
                    "đã được giao lại trong phiếu 2/2026"))
            let second = try await officer.get("/giao-danh-sach/lan/2")
            #expect(second.text.contains("<dt>Người, đơn vị mới</dt><dd>1</dd>"))

            // Found by name without accents and by number.
            let found = try await officer.get("/so-dang-ky?tim=le+thi+mai")
            let person = try #require(found.links.first { $0.hasPrefix("/so-dang-ky/nguoi/") })
            #expect(found.text.contains("Tìm thấy 1 người."))
            let byNumber = try await officer.submit(
                try await officer.get("/so-dang-ky").form("tim-so"), ["number": "031090005678"])
            #expect(byNumber.location == person)
            #expect(try await officer.get(person).text.contains("Lê Thị Mai"))

            // Withdrawn, they are gone; the receipt stays.
            let gone = try await officer.submit(try second.form("thu-hoi"), ["reason": "Gửi nhầm kỳ"])
            #expect(gone.status == 303)
            try await Self.work(harness)
            #expect(try await officer.get(person).status == 404)
            #expect(
                try await officer.get("/so-dang-ky?tim=le+thi+mai").text.contains("Không tìm thấy ai trong sổ đăng ký"))
            let left = try await officer.get("/giao-danh-sach/lan/2")
            #expect(left.text.contains("như chưa từng giao") && left.text.contains("Gửi nhầm kỳ"))
            #expect(try await officer.get("/so-dang-ky?tim=tran+van+binh").text.contains("Tìm thấy 1 người."))
        }
    }
}
