import TestPlans
import Overview
import Work
import Access
import Kernel
import Overview
import PlanText
import TestPlans
import TestSupport
import Testing
import Work

@testable import Reports

/// Papers that make products which otherwise come from elsewhere: schedules, guides, recommendations.
@Suite
struct OutreachPaperTests {
    private static let quarter = [PaperField.Key.year: "2026", PaperField.Key.quarter: "4"]

    @Test(arguments: TestEngine.allCases)
    func `a commune's schedule of broadcasts begins with the plan's themes and is the product of its task`(
        engine: TestEngine
    ) async throws {
        try await AgencyWorld.with(engine) { world in
            let officer = world.viewer(.communeOfficer, commune: "10507")
            let form = try await world.documents.form(.broadcastPlan, given: { _ in "" }, for: officer)
            let begun = try #require(form.first { $0.key == "slots" }?.value)
            #expect(begun.split(separator: "\n").count == 3)
            var values = Self.quarter.merging([
                PaperField.Key.task: "III.11",
                "slots": "Mức hỗ trợ; thứ Hai, 17 giờ; loa truyền thanh; 10 phút; Trần Văn B\nHưởng một lần",
            ]) { $1 }
            let plan = try await world.text(.broadcastPlan, values, by: officer)
            #expect(plan.says("trên hệ thống thông tin cơ sở quý IV năm 2026") && plan.says("Thành Đông"))
            #expect(
                plan.tables.contains {
                    $0.count == 3 && $0.contains { $0.contains("17 giờ") || $0.contains("thứ Hai, 17 giờ") }
                })
            #expect(plan.says("IV. TỔ CHỨC THỰC HIỆN") && !plan.says("Kết quả đã thực hiện"))
            #expect(plan.says("Các tổ dân phố trên địa bàn") && !plan.says("khu dân cư"))
            values[PaperField.Key.text("done")] = "Đã phát 12 buổi."
            let late = try await world.text(.broadcastPlan, values, by: officer)
            #expect(late.says("3. Kết quả đã thực hiện đến ngày xây dựng Kế hoạch: Đã phát 12 buổi."))
            for paper in [plan, late] { #expect(ForbiddenWords.found(in: paper.text).isEmpty) }
            let products = PaperKind.broadcastPlan.products(
                about: Subject(.task, "III.11"), in: world.services.definition)
            #expect(products.map(\.task.code) == ["III.11"])
            await expectRefusal(.invalid, field: "slots") {
                try await world.draft(.broadcastPlan, values.merging(["slots": ""]) { $1 }, by: officer)
            }
            await expectRefusal(.forbidden) { try await world.draft(.broadcastPlan, values, by: world.analyst) }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a recommendation lists signs of breaches, no findings, and waits for its answer like a directive`(
        engine: TestEngine
    ) async throws {
        try await AgencyWorld.with(engine) { world in
            let values = Self.quarter.merging([
                PaperField.Key.task: "V.7", "partner": "bhxh-thanh-pho", PaperField.Key.replyBy: "20/11/2026",
                "cases":
                    "Công ty A; 0200000001; cầu B; chậm đóng 03 tháng; kiểm tra\nCông ty C; ; chung cư D; chưa tham gia; ",
            ]) { $1 }
            let viewer = world.construction
            let text = try await world.text(.recommendation, values, by: viewer)
            #expect(text.says("Kính gửi: Bảo hiểm xã hội thành phố Hải Phòng"))
            #expect(text.says("đến năm 2030 (nhiệm vụ V.7), Sở Xây dựng theo dõi"))
            #expect(text.says("Có 02 đơn vị có dấu hiệu") && text.says("chưa phải kết luận"))
            #expect(text.says("trước ngày 20/11/2026") && text.tables.contains { $0.count == 3 })
            #expect(ForbiddenWords.found(in: text.text).isEmpty)
            let id = try await world.issued(
                try await world.draft(.recommendation, values, by: viewer), "31/SXD-KT", by: viewer)
            let asked = try #require(try await world.documents.replies(to: id, for: viewer))
            #expect(asked.addressees.count == 1 && asked.late(on: .known(2026, 11, 21)) == 1)
            world.clock.set(Timestamp(day: .known(2026, 11, 21), hour: 6))
            #expect(try await world.documents.dueReplyNotices().count == 2)
            await expectRefusal(.invalid, field: "partnerOther") {
                try await world.draft(.recommendation, values.merging(["partner": "khac"]) { $1 }, by: viewer)
            }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a guide to online services is made by whoever leads that task`(engine: TestEngine) async throws {
        try await AgencyWorld.with(engine) { world in
            let values = Self.quarter.merging([
                PaperField.Key.task: "IV.2", "steps": "Đăng ký tham gia; số định danh; đăng nhập, gửi; trong ngày",
            ]) { $1 }
            let insurance = world.viewer(.insuranceProvince, agency: "bhxh-thanh-pho")
            let guide = try await world.text(.serviceGuide, values, by: insurance)
            #expect(guide.paragraphs.contains("Sử dụng dịch vụ công trực tuyến về bảo hiểm xã hội"))
            #expect(guide.says("HƯỚNG DẪN") && guide.says("Đăng ký tham gia") && guide.says("mã xác thực"))
            #expect(ForbiddenWords.found(in: guide.text).isEmpty)
            await expectRefusal(.forbidden) { try await world.draft(.serviceGuide, values, by: world.construction) }
        }
    }
}
