import Access
import Testing

/// An administrator enters a value of the law, over HTTP.
@Suite
struct AmendmentPageTests {
    static let key = "voluntary.local_support.other"

    private static func fields(_ page: Page, _ more: [(String, String)]) throws -> [(String, String)] {
        [("_csrf", try page.csrf()), ("_name", "nhap-gia-tri")] + more
    }

    @Test
    func `a resolution is entered, its effect is looked at, kept, shown to the public and taken back`() async throws {
        try await SiteHarness.run { harness in
            let visitor = harness.browser()
            let waiting = try await visitor.get("/van-ban-tham-so?chu-de=voluntary")
            #expect(waiting.text.contains("chờ văn bản") && waiting.text.contains("/van-ban-tham-so/\(Self.key)"))
            #expect(try await visitor.get("/van-ban-tham-so/\(Self.key)").text.contains("Chưa có giá trị"))

            let keeper = try await harness.browser(as: .administrator)
            let address = "/quan-tri/tham-so/\(Self.key)"
            let page = try await keeper.get(address)
            // Keys are for those who keep the values.
            #expect(page.text.contains(">\(Self.key)<") && !waiting.text.contains(">voluntary."))
            #expect(try await !visitor.get("/van-ban-tham-so/\(Self.key)").text.contains(">\(Self.key)<"))
            let bad = try await keeper.post(
                address,
                try Self.fields(
                    page, [("value", "mười"), ("from", "01/11/2026"), ("source", "NQ 12/2026"), ("reason", "Mới")]))
            #expect(bad.status == 422 && bad.text.contains("không đúng với đơn vị"))
            let entered = try await keeper.post(
                address,
                try Self.fields(
                    page,
                    [
                        ("value", "10"), ("from", "01/11/2026"), ("source", "NQ 12/2026/NQ-HĐND, Điều 3"),
                        ("confidence", "verified"), ("reason", "Nghị quyết mới"),
                    ]))
            #expect(entered.status == 303)
            let preview = try await keeper.get(entered.location)
            // 22 % of 1,500,000 is 330,000; a tenth of it comes off what is paid.
            #expect(preview.text.contains("Mức đóng BHXH tự nguyện") && preview.text.contains("Chưa lưu gì"))
            let before = try await visitor.get(LawPageTests.voluntary)
            #expect(before.text.contains("Mỗi tháng bạn đóng 264.000 đồng"))
            let kept = try await keeper.post(
                "\(entered.location)/luu", [("_csrf", try preview.csrf()), try preview.seen()])
            #expect(kept.status == 303)
            let after = try await visitor.get(LawPageTests.voluntary)
            #expect(after.text.contains("Mỗi tháng bạn đóng 231.000 đồng"))
            #expect(after.text.contains("Địa phương hỗ trợ thêm mỗi tháng 33.000 đồng"))
            let open = try await visitor.get("/van-ban-tham-so/\(Self.key)")
            #expect(open.text.contains("NQ 12/2026/NQ-HĐND") && !open.text.contains("Thu hồi giá trị này"))

            let again = try await keeper.get(kept.location)
            let taken = try await keeper.post(
                "\(entered.location)/thu-hoi", [("_csrf", try again.csrf()), try again.seen(), ("reason", "Nhập nhầm")])
            #expect(taken.status == 303)
            #expect(
                try await visitor.get(LawPageTests.voluntary).text.contains("Mỗi tháng bạn đóng 264.000 đồng"))
            #expect(try await visitor.get("/van-ban-tham-so/\(Self.key)").text.contains("đã thu hồi"))
        }
    }

    @Test
    func `an unknown address of the interface is answered in JSON`() async throws {
        try await SiteHarness.run { harness in
            let page = try await harness.browser().get("/api/v1/khong-co")
            #expect(page.status == 404 && page.header("content-type")?.hasPrefix("application/json") ?? false)
        }
    }
}
