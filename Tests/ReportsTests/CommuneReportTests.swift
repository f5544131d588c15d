import Database
import TestPlans
import Access
import Documents
import Foundation
import Kernel
import Overview
import PlanText
import Targets
import TestSupport
import Testing
import Work

@testable import Reports

/// A commune's report on a quarter, half a year and a year, as its Word file has it.
@Suite
struct CommuneReportTests {
    @Test(arguments: TestEngine.allCases)
    func `a quarter's report has the quarter's figures, compared, and nothing later`(engine: TestEngine) async throws {
        try await PaperWorld.with(engine) { world in
            let (draft, written, text) = try await world.paper(
                .communeReport, PaperWorld.span(2027, "2"), for: world.rural)
            #expect(draft.cutoff == Day.known(2027, 6, 30) && draft.period == WorkPeriod("2027-Q2"))
            #expect(text.says("quý II năm 2027 trên địa bàn xã Suối Mẫu"))
            #expect(text.says("đến ngày 30/06/2027 là 1.130 người, đạt 94,2% chỉ tiêu năm 2027 (1.200 người)"))
            #expect(text.says("So với ngày 31/03/2027 (1.070 người): tăng 60 người (5,6%)."))
            #expect(text.says("So với cùng kỳ năm trước, ngày 30/06/2026 (945 người): tăng 185 người (19,6%)."))
            #expect(text.says("150 người, đạt 75,0% chỉ tiêu năm 2027 (200 người)"))
            // July: 999 + 177.
            #expect(!text.text.contains("1.176") && !text.text.contains("177") && !text.text.contains("T7"))
            #expect(!text.says("07/2027"))
            #expect(ForbiddenWords.found(in: text.text, quoting: world.quoted) == [])
            #expect(PaperFigures.unexplained(in: text, written.figures) == [])
            #expect(
                written.figures.allSatisfy {
                    $0.day <= Day.known(2027, 6, 30) || $0.place.contains("arget") || $0.place == "compulsoryImplied"
                })
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `what is needed is one figure in text, annex and screen`(engine: TestEngine) async throws {
        try await PaperWorld.with(engine) { world in
            let (draft, _, text) = try await world.paper(.communeReport, PaperWorld.span(2027, "2"), for: world.rural)
            let figures = try await world.services.overview.figures(
                of: [PaperWorld.codes[0]], year: 2027, until: try #require(Month("2027-06")), for: world.analyst)
            let needed = try #require(figures[PaperWorld.codes[0]]?.total.expectation?.people)
            // Half of the way from 1,000 to 1,200, by the course of 2026: 945 in June where 965 lay on the line.
            #expect(needed == 1_077)
            #expect(text.says("là 1.077 người; kết quả cao hơn mức cần có 53 người"))
            #expect(text.says("tính theo mức tăng, giảm từng tháng của năm 2026"))
            let annex = try #require(text.tables.last)
            #expect(annex.last == ["T6", "1.130", "150", "1.077"])
            #expect(draft.data.tables["months"]?.rows.count == 6)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `work overdue from earlier quarters counts, and what was accepted is told by its products`(engine: TestEngine)
        async throws
    {
        try await PaperWorld.with(engine) { world in
            let text = try await world.paper(.communeReport, PaperWorld.span(2027, "2"), for: world.rural).text
            #expect(
                text.says("Trong kỳ có 1 nhiệm vụ đến hạn")
                    && text.says("Tính đến ngày 30/06/2027: hoàn thành 1 nhiệm vụ."))
            // I.1 and II.1 of the first quarter, both due on 31 March.
            #expect(text.says("Còn 2 nhiệm vụ của các kỳ trước đã quá hạn, chưa hoàn thành"))
            let tasks = try #require(text.table("Tình trạng"))
            #expect(tasks.count { $0.contains("Quá hạn 91 ngày") } == 2 && tasks.contains { $0.contains("Hoàn thành") })
            let done = try #require(text.table("Kết quả"))
            #expect(done.contains { $0.contains("Số người tham gia mới") && $0.contains { $0.hasPrefix("45 ") } })
            // A report on the first quarter does not know what was done in the second.
            let first = try await world.paper(.communeReport, PaperWorld.span(2027, "1"), for: world.rural).text
            #expect(first.table("Kết quả") == nil && !first.says("1.130"))
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `groups most behind, difficulties with their answers and the next quarter's work stand in it`(
        engine: TestEngine
    ) async throws {
        try await PaperWorld.with(engine) { world in
            let text = try await world.paper(.communeReport, PaperWorld.span(2027, "2"), for: world.rural).text
            #expect(
                text.says("có 3 thôn được giao chỉ tiêu năm 2027 (số đến ngày 25/06/2027); 1 đạt chỉ tiêu, 2 chưa đạt"))
            // 75 of the 200 that the commune was given.
            #expect(text.says("cộng lại 75 người, thấp hơn chỉ tiêu BHXH tự nguyện của xã Suối Mẫu 125 người"))
            let groups = try #require(text.table("Còn thiếu"))
            #expect(groups.dropFirst().map { $0[1] } == ["Thôn Đông", "Thôn Nam"])
            #expect(groups[1] == ["1", "Thôn Đông", "30", "12", "18", "40,0", "25/06/2027"])
            #expect(
                text.says("Trong kỳ có 2 vướng mắc đã gửi cơ quan thường trực Kế hoạch, 1 vướng mắc đã được trả lời"))
            let obstacles = try #require(text.table("Trả lời"))
            #expect(obstacles[1].last?.hasPrefix("Đã trả lời ngày 15/06/2027: Thuế cơ sở gửi") ?? false)
            #expect(obstacles[2].last == "Chưa có trả lời")
            #expect(text.says("Nhiệm vụ đến hạn trong quý III năm 2027"))
            // The ward has tổ dân phố, and counts of June are later than its first quarter.
            let ward = try await world.paper(.communeReport, PaperWorld.span(2027, "2"), for: world.ward).text
            #expect(ward.says("có 3 tổ dân phố được giao") && !ward.sentences.contains { $0.contains("thôn") })
            let first = try await world.paper(.communeReport, PaperWorld.span(2027, "1"), for: world.ward).text
            #expect(first.table("Còn thiếu") == nil)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a month that stands in for a later one is said, and half a year and a year have their own comparison`(
        engine: TestEngine
    ) async throws {
        try await PaperWorld.with(engine) { world in
            let carried = try await world.paper(.communeReport, PaperWorld.span(2027, "1"), for: world.ward).text
            #expect(carried.says("Chưa có số liệu người tham gia của quý I năm 2027."))
            let third = try await world.paper(.communeReport, PaperWorld.span(2027, "3"), for: world.ward).text
            #expect(
                third.says(
                    "Trong kỳ chưa có số liệu mới; báo cáo dùng số liệu tháng 06/2027, là số liệu gần nhất trước kỳ."))
            #expect(third.says("Vì vậy không so sánh với cuối kỳ trước."))
            #expect(!third.text.contains("So với ngày 30/06/2027"), "June is not compared with itself")
            let half = try await world.paper(
                .communeReport, PaperWorld.span(2027, PaperField.Key.firstHalf), for: world.rural)
            #expect(half.text.says("6 tháng đầu năm 2027") && half.draft.period == WorkPeriod("2027-Q2"))
            #expect(half.text.says("So với ngày 31/12/2026 (1.000 người): tăng 130 người (13,0%)."))
            let year = try await world.paper(
                .communeReport, PaperWorld.span(2027, PaperField.Key.wholeYear), for: world.rural)
            #expect(year.draft.cutoff == Day.known(2027, 7, 31))
            #expect(year.text.says("Báo cáo dùng số liệu tháng 07/2027, là số liệu mới nhất trong kỳ."))
            for paper in [half.text, year.text, carried, third] {
                #expect(ForbiddenWords.found(in: paper.text, quoting: world.quoted) == [])
            }
            // The quarter at hand has what is due by its end.
            #expect(third.says("Trong kỳ có 1 nhiệm vụ đến hạn") && third.says("đang thực hiện 1"))
            let quarter = PaperWorld.span(2027, "4")
            await #expect(throws: Refusal.self) {
                try await world.paper(.communeReport, quarter, for: world.rural)
            }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `who came and went stands between the people before and after, as far as months are held`(
        engine: TestEngine
    ) async throws {
        try await PaperWorld.with(engine) { world in
            let none = try await world.paper(.communeReport, PaperWorld.span(2027, "2"), for: world.rural).text
            #expect(none.table("Tham gia trở lại") == nil && none.says("số người dừng đóng, tham gia trở lại"))
            for month in ["04", "05"] { try await world.takeMovements(month) }
            let (_, early, part) = try await world.paper(
                .communeReport, PaperWorld.span(2027, "2"), for: world.rural)
            #expect(part.says("BHXH tự nguyện mới có biến động của 2/3 tháng"))
            #expect(part.table("Tham gia trở lại")?.last == ["BHXH tự nguyện", "", "24", "4", "6", "", ""])
            #expect(PaperFigures.unexplained(in: part, early.figures) == [])
            try await world.takeMovements("06")
            let (_, written, text) = try await world.paper(
                .communeReport, PaperWorld.span(2027, "2"), for: world.rural)
            #expect(text.says("Biến động người tham gia từ ngày 01/04/2027 đến ngày 30/06/2027"))
            let flows = try #require(text.table("Tham gia trở lại"))
            #expect(flows[1] == ["BHXH bắt buộc", "950", "60", "3", "33", "0", "980"])
            #expect(flows[2] == ["BHXH tự nguyện", "120", "36", "6", "9", "-3", "150"])
            #expect(!text.says("mới có biến động") && !text.says("số người dừng đóng, tham gia trở lại"))
            // 1,130 of the 2,260 that the last table of June counts.
            #expect(text.says("bằng 50,0% lực lượng lao động trong độ tuổi (2.260 người, số liệu đến ngày 30/06/2027)"))
            #expect(PaperFigures.unexplained(in: text, written.figures) == [])
            #expect(ForbiddenWords.found(in: text.text, quoting: world.quoted) == [])
            // The quarter before has flows of none of its months.
            let first = try await world.paper(.communeReport, PaperWorld.span(2027, "1"), for: world.rural).text
            #expect(first.table("Tham gia trở lại") == nil && !first.says("lực lượng lao động trong độ tuổi"))
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `late work asks for its reasons, a reached target is said, no chance is certain, the decision is named`(
        engine: TestEngine
    ) async throws {
        try await PaperWorld.with(engine) { world in
            let year = try await world.paper(
                .communeReport, PaperWorld.span(2027, PaperField.Key.wholeYear), for: world.rural
            ).text
            #expect(year.says("Nêu lý do từng nhiệm vụ quá hạn"), "late within the year, not from before it")
            #expect(year.says("Chỉ tiêu năm 2027: theo Quyết định 1/QĐ-UBND."))
            try await world.take("90001 2027-07 1300 230")
            let reached = try await world.paper(.communeReport, PaperWorld.span(2027, "3"), for: world.rural).text
            #expect(reached.says("Đến ngày 31/07/2027 tổng số người tham gia BHXH đã đạt chỉ tiêu năm 2027"))
            #expect(reached.says("Đến ngày 31/07/2027 BHXH tự nguyện đã đạt chỉ tiêu năm 2027"))
            #expect(!reached.text.contains("100%.") && !reached.says("cần tăng thêm"))
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a template is looked at with data frozen before it had a table, a table nobody knows is refused`(
        engine: TestEngine
    ) async throws {
        try await PaperWorld.with(engine) { world in
            let (documents, id) = (world.documents, PaperKind.communeReport.id)
            let span = try #require(ReportSpan("2027-Q2"))
            let draft = try await documents.communeReport(PaperWorld.codes[0], span, for: world.rural)
            _ = try await documents.keep(draft, by: .init(viewer: world.rural))
            // As it was kept before the table was called so.
            _ = try await world.services.store.write {
                try $0.execute(#"UPDATE official_document SET data = replace(data, '"schemes"', '"lines"')"#)
            }
            let text = try #require(documents.folder.templates[id]).text
            let shown = try #require(try await documents.preview(id, text: text, for: world.analyst))
            #expect(shown.annexes.count == 1 && !shown.body.isEmpty)
            let unknown = text.replacing("table: schemes", with: "table: schemez")
            #expect(unknown != text)
            await #expect(throws: Refusal.self) {
                try await documents.preview(id, text: unknown, for: world.analyst)
            }
        }
    }

    @Test
    func `the stretches that may be asked for have begun, half a year among them`() throws {
        let begun = ReportSpan.begun(by: Day.known(2027, 5, 3), in: 2026...2030)
        #expect(
            begun.map(\.text) == [
                "2027-Q2", "2027-Q1", "2027-H1", "2027", "2026-Q4", "2026-Q3", "2026-Q2", "2026-Q1", "2026-H1", "2026",
            ])
        for span in begun {
            #expect(ReportSpan(span.text) == span)
            let asked = try DocumentJobs.CommuneReports(span).span()
            #expect(asked == span)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `nobody gave the compulsory part a target: the table says where its figure comes from`(engine: TestEngine)
        async throws
    {
        try await PaperWorld.with(engine) { world in
            let text = try await world.paper(.communeReport, PaperWorld.span(2027, "2"), for: world.rural).text
            let schemes = try #require(text.table("Loại hình"))
            #expect(schemes[1] == ["1", "BHXH bắt buộc (*)", "950", "980", "30", "1.000", ""])
            #expect(text.says("Không giao riêng chỉ tiêu BHXH bắt buộc; số ở cột chỉ tiêu suy ra từ tổng số"))
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `many reports written from one read say what each says alone`(engine: TestEngine) async throws {
        try await PaperWorld.with(engine) { world in
            let span = try #require(ReportSpan("2027-Q2"))
            let readings = try await world.documents.readings(span, for: world.analyst)
            for (code, viewer) in [(PaperWorld.codes[0], world.rural), (PaperWorld.codes[2], world.ward)] {
                let together = try world.documents.communeReport(code, readings)
                let alone = try await world.documents.communeReport(code, span, for: viewer)
                #expect(together.data == alone.data && together.cutoff == alone.cutoff)
            }
        }
    }
}
