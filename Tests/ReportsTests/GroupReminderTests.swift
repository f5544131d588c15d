import TestPlans
import Access
import Documents
import Kernel
import TestSupport
import Testing

@testable import Reports

/// A commune reminds its groups that are behind.
@Suite
struct GroupReminderTests {
    @Test(arguments: TestEngine.allCases)
    func `the reminder names the groups behind, in the commune's own words, with the day of each count`(
        engine: TestEngine
    ) async throws {
        try await PaperWorld.with(engine) { world in
            let (draft, written, text) = try await world.paper(
                .groupReminder, [PaperField.Key.text("replyBy"): "15/09/2027"], for: world.rural)
            #expect(draft.cutoff == Day.known(2027, 6, 25))
            #expect(text.says("Kính gửi: Trưởng thôn các thôn có tên trong danh sách kèm theo"))
            #expect(
                text.says(
                    "Trong 3 thôn đã có số liệu (số đến ngày 25/06/2027), 1 thôn đạt chỉ tiêu, 2 thôn chưa đạt, còn thiếu 23 người"
                ))
            #expect(text.says("trước ngày 15/09/2027"))
            let groups = try #require(text.table("Còn thiếu"))
            #expect(groups[1] == ["1", "Thôn Đông", "30", "12", "18", "40,0", "25/06/2027"])
            #expect(groups.last?.contains("23") ?? false)
            #expect(ForbiddenWords.found(in: text.text, quoting: world.quoted) == [])
            #expect(PaperFigures.unexplained(in: text, written.figures) == [])
            #expect(written.figures.contains { $0.place == "groups/sum/missing" && $0.value == "23" })
            let ward = try await world.paper(.groupReminder, for: world.ward).text
            #expect(ward.says("Kính gửi: Tổ trưởng tổ dân phố các tổ dân phố có tên"))
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `without targets and counts of its groups there is nothing to remind of`(engine: TestEngine) async throws {
        try await PaperWorld.with(engine, filled: false) { world in
            let open = try await world.documents.openKinds(for: world.rural).map(\.id)
            #expect(!open.contains(PaperKind.groupReminder.id))
            await #expect(throws: Refusal.self) { try await world.paper(.groupReminder, for: world.rural) }
        }
    }
}
