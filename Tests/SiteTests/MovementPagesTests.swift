import Access
import Foundation
import Testing

/// Forms of movements over HTTP.
@Suite
struct MovementPagesTests {
    static func upload(_ lines: [String], name: String = "bien-dong.csv") -> Upload {
        Upload(
            field: "file", name: name, type: "text/csv",
            bytes: Array(
                (["Biến động tháng 09/2026", "Mã xã;Đơn vị;Tăng mới tự nguyện;Trở lại tự nguyện;Dừng đóng tự nguyện"]
                    + lines)
                    .joined(separator: "\n").utf8))
    }

    @Test
    func `a form is looked at, taken, seen by a commune, and withdrawn with a reason`() async throws {
        try await SiteHarness.run { harness in
            let browser = try await harness.browser(as: .insuranceProvince)
            let form = try await browser.get("/so-lieu/bien-dong").form("nap-bien-dong")
            let sent = try await browser.submit(
                form, ["month": "", "source": "", "place": "*"], files: [Self.upload(["10507;;12;3;4", ";Lạ;1;1;1"])])
            #expect(sent.status == 303, "\(sent.text.prefix(2_000))")
            let preview = try await browser.get(sent.location)
            #expect(preview.text.contains("1 dòng nhận được, 1 dòng trả lại; 3 số mới"))
            #expect(preview.text.contains("Chưa có gì được lưu"))
            #expect(try await browser.submit(try preview.form("nhan")).status == 303)
            let commune = try await harness.browser(as: .communeOfficer)
            let page = try await commune.get("/so-lieu/bien-dong?thang=2026-09")
            #expect(page.text.contains("Tháng 09/2026") && !page.hasForm("nap-bien-dong"))
            #expect(page.text.contains("chưa đối chiếu được"))
            #expect(try await commune.get(sent.location).status == 403)
            let withdrawal = try await browser.get("/so-lieu/bien-dong/lo/1").form("thu-hoi")
            #expect(try await browser.submit(withdrawal, ["reason": ""]).status == 422)
            #expect(try await browser.submit(withdrawal, ["reason": "Nhầm kỳ"]).status == 303)
            #expect(try await browser.get("/so-lieu/bien-dong").text.contains("Chưa có biểu biến động nào được nhận"))
            #expect(try await browser.get("/so-lieu/bien-dong/lo/9").status == 404)
        }
    }

    @Test
    func `flows that can hardly be are shown in red and taken only with a reason`() async throws {
        try await SiteHarness.run { harness in
            let browser = try await harness.browser(as: .insuranceProvince)
            let figures = Upload(
                field: "file", name: "so-lieu.csv", type: "text/csv",
                bytes: Array("Tháng 08/2026\nMã xã;BHXH bắt buộc;BHXH tự nguyện\n10507;1000;160".utf8))
            let sent = try await browser.submit(
                try await browser.get("/so-lieu").form("nap"), ["month": "", "source": ""], files: [figures])
            _ = try await browser.submit(try await browser.get(sent.location).form("nhan"))
            let form = try await browser.get("/so-lieu/bien-dong").form("nap-bien-dong")
            let flows = try await browser.submit(
                form, ["month": "", "source": "", "place": "*"], files: [Self.upload(["10507;;90;3;4"])])
            let preview = try await browser.get(flows.location)
            #expect(preview.text.contains("quá một nửa số đang tham gia (160)"))
            let refused = try await browser.submit(try preview.form("nhan"), ["whole": ""])
            #expect(refused.status == 422 && refused.text.contains("Chưa nhận"))
            let taken = try await browser.submit(try preview.form("nhan"), ["whole": "Ra quân vận động tháng 9"])
            #expect(taken.status == 303)
            #expect(try await harness.audit(limit: 2).map(\.action).contains("movements.whole-confirmed"))
        }
    }

    @Test
    func `the labour force of one commune is typed, looked at, taken, and is the denominator on its page`() async throws
    {
        try await SiteHarness.run { harness in
            let browser = try await harness.browser(as: .insuranceProvince)
            let form = try await browser.get("/so-lieu/bien-dong").form("nhap-lao-dong")
            let wrong = try await browser.submit(
                form,
                ["place": "10507", "month": "09/2027", "labourForce": "2.000", "uninsured": "2.001", "source": ""])
            #expect(wrong.status == 422)
            for words in ["không sau tháng này", "nhiều hơn lực lượng lao động (2.000)", "Hãy ghi cơ quan, văn bản"] {
                #expect(wrong.text.contains(words), "\(words)")
            }
            let sent = try await browser.submit(
                form,
                [
                    "place": "10507", "month": "06/2026", "labourForce": "2.000", "uninsured": "700",
                    "source": "Thống kê cơ sở, CV 12/TK",
                ])
            #expect(sent.status == 303, "\(sent.text.prefix(2_000))")
            let preview = try await browser.get(sent.location)
            #expect(preview.text.contains("2 số mới"))
            #expect(try await browser.submit(try preview.form("nhan")).status == 303)
            let figures = Upload(
                field: "file", name: "so-lieu.csv", type: "text/csv",
                bytes: Array("Tháng 08/2026\nMã xã;BHXH bắt buộc;BHXH tự nguyện\n10507;1000;160".utf8))
            let upload = try await browser.submit(
                try await browser.get("/so-lieu").form("nap"), ["month": "", "source": ""], files: [figures])
            _ = try await browser.submit(try await browser.get(upload.location).form("nhan"))
            let commune = try await harness.browser(as: .communeOfficer)
            let page = try await commune.get("/don-vi/10507")
            #expect(page.text.contains("58 % (1.160 người tham gia tháng 08/2026 trên 2.000 người trong độ tuổi)"))
            #expect(page.text.contains("Thống kê cơ sở, CV 12/TK, chốt 30/06/2026"))
            #expect(try await commune.get("/so-lieu/bien-dong").hasForm("nhap-lao-dong") == false)
        }
    }

    @Test
    func `a file that is none of the forms is refused with what is read`() async throws {
        try await SiteHarness.run { harness in
            let browser = try await harness.browser(as: .analyst)
            let form = try await browser.get("/so-lieu/bien-dong").form("nap-bien-dong")
            let file = Upload(field: "file", name: "a.csv", type: "text/csv", bytes: Array("a;b\n1;2".utf8))
            let refused = try await browser.submit(form, ["month": "", "source": "", "place": "*"], files: [file])
            #expect(refused.status == 422 && refused.text.contains("B16a-TS"))
            let wrongMonth = try await browser.submit(
                form, ["month": "13/2026", "source": "", "place": "*"], files: [Self.upload(["10507;;1;1;1"])])
            #expect(wrongMonth.status == 422 && wrongMonth.text.contains("không phải tháng có thật"))
        }
    }
}
