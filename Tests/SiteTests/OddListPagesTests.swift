import Access
import Assembly
import Exchange
import Jobs
import Kernel
import TestSupport
import Testing

/// Lists that are not as they should be, as whoever sends them sees the answer.
@Suite
struct OddListPagesTests {
    /// Sends bytes and has them read.
    private static func look(
        _ bytes: [UInt8], _ name: String, period: String = "10/2026", format: String = "", as browser: Browser,
        _ harness: SiteHarness
    ) async throws -> Page {
        let form = try await browser.get("/giao-danh-sach/nop").form("nop")
        let sent = try await browser.submit(
            form,
            ["period": period, "sender": "bhxh-thanh-pho", "format": format, "mode": "them", "agreement": ""],
            files: [Upload(name: name, bytes: bytes)])
        guard sent.status == 303 else { return sent }
        _ = try await harness.system.jobs.runDue(as: "test")
        return try await browser.get(sent.location)
    }

    @Test
    func `what cannot be read is said to be unreadable, and no choice of a list is asked for`() async throws {
        try await SiteHarness.run { harness in
            let officer = try await harness.browser(as: .insuranceProvince)
            let pdf = try await Self.look(Array("%PDF-1.4 x".utf8), "ds.xlsx", as: officer, harness)
            PageQualityTests.expectSound(pdf)
            #expect(pdf.text.contains("Không đọc được tệp này.") && pdf.text.contains("Tệp là PDF"))
            #expect(!pdf.hasForm("loai") && !pdf.hasForm("giao") && pdf.hasForm("bo"))
            let empty = try await Self.look([], "ds.xlsx", as: officer, harness)
            #expect(empty.status == 422 && empty.text.contains("Tệp không có nội dung"))
            let heading = try await Self.look(
                Array("Họ và tên,Ngày sinh,Số định danh cá nhân,Mã số BHXH,Giới tính\n".utf8), "ds.csv", as: officer,
                harness)
            #expect(heading.text.contains("không có dòng dữ liệu nào dưới tiêu đề"))
        }
    }

    @Test
    func `what is taken without a cell is told cell by cell, with the day as officers write it`() async throws {
        try await SiteHarness.run { harness in
            let officer = try await harness.browser(as: .insuranceProvince)
            let text = """
                Họ và tên,Ngày sinh,Số định danh cá nhân,Mã số BHXH,Giới tính
                Nguyễn Thị Hoa,31/02/1985,031185001234,3118500123,Nữ
                Trần Văn Bình,05/03/1990,031090005679,3118500125,Nam

                """
            let page = try await Self.look(
                Array(text.utf8), "ds.csv", format: "population", as: officer, harness)
            PageQualityTests.expectSound(page)
            #expect(page.text.contains("05/03/1990") && !page.text.contains("1990-03-05"))
            #expect(page.text.contains("Dòng 2, cột B (Ngày sinh): “31/02/1985”"))
            // Nothing is known yet of whose the rows are.
            #expect(!page.text.contains("Người, đơn vị mới"))
        }
    }

    @Test
    func `another period than the rows say is pointed out`() async throws {
        try await SiteHarness.run { harness in
            let officer = try await harness.browser(as: .insuranceProvince)
            let tax = """
                Năm tính thuế 2024
                Mã số thuế,Tên hộ kinh doanh,Chủ hộ kinh doanh,Số CCCD/ĐDCN,Ngành nghề,Tổng doanh thu
                031185001234,Hộ Hoa,Nguyễn Thị Hoa,031185001234,Bán lẻ,500000000

                """
            let other = try await Self.look(
                Array(tax.utf8), "hkd.csv", period: "12/2025", format: "household-businesses", as: officer, harness)
            #expect(other.text.contains("Trong tệp ghi năm 2024, kỳ bạn chọn là 12/2025"))
        }
    }
}
