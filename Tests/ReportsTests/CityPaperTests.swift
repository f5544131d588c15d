import Targets
import Overview
import TestPlans
import Access
import Documents
import Foundation
import Kernel
import PlanText
import ReportBoards
import TestSupport
import Testing

@testable import Reports

/// The coordinating agency's papers with figures: the year's report, the card for the socio-economic plan, the reminder.
@Suite
struct CityPaperTests {
    @Test(arguments: TestEngine.allCases)
    func `the year's report names its day, the communes carried from earlier months, and what is needed by then`(
        engine: TestEngine
    ) async throws {
        try await PaperWorld.with(engine) { world in
            let (draft, written, text) = try await world.paper(
                .cityReport, [PaperField.Key.year: "2027"], for: world.analyst)
            #expect(draft.cutoff == Day.known(2027, 7, 31))
            // 1,176 and 2,075 reported of July, 560 carried from June.
            #expect(
                text.says(
                    "Đến ngày 31/07/2027, toàn thành phố có 3.811 người tham gia BHXH, đạt 9,5% chỉ tiêu năm 2027"))
            #expect(
                text.says(
                    "1 đơn vị chưa có số liệu tháng 07/2027 được tính bằng số tháng 06/2027: phường Bến Ví Dụ."))
            #expect(text.says("Tổng số so với ngày 31/12/2026 (3.500 người): tăng 311 người (8,9%)."))
            #expect(text.says("tính chia đều theo tháng, là 24.792 người"))
            let months = try #require(text.table("Mức cần có (tổng số)"))
            #expect(months.last == ["T7", "3.811", "452", "24.792"])
            let units = try #require(text.tables.last)
            #expect(units[0].contains("Thực hiện đến 31/07/2027") && units.last?.contains("3.811") ?? false)
            #expect(units.contains { $0.contains("phường Bến Ví Dụ") && $0.last == "số tháng 06/2027" })
            #expect(text.says("Chỉ tiêu giao các đơn vị cộng lại 4.100 người, chỉ tiêu của thành phố 40.000 người."))
            #expect(ForbiddenWords.found(in: text.text, quoting: world.quoted) == [])
            #expect(PaperFigures.unexplained(in: text, written.figures) == [])
            let carried = written.figures.filter { $0.place.hasPrefix("units/3/") && !$0.place.contains("target") }
            #expect(!carried.isEmpty && carried.allSatisfy { $0.day == Day.known(2027, 6, 30) })
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `work of each group of tasks is counted, overdue work of earlier years too`(engine: TestEngine) async throws {
        try await PaperWorld.with(engine) { world in
            let text = try await world.paper(.cityReport, [PaperField.Key.year: "2027"], for: world.analyst).text
            let groups = try #require(text.table("Tên nhóm"))
            #expect(groups.dropFirst().dropLast().map(\.first) == ["I", "II"])
            // I.1 of three communes and I.2 by the end of September; II.1 of two quarters, one of six done.
            let counts = groups.dropFirst().dropLast().map { $0.suffix(6).compactMap { Int($0) } }
            // Due, done, of these late, not done, of these waiting, and what falls due later in the year.
            #expect(counts[0] == [3, 0, 0, 3, 0, 1] && Array(counts[1].prefix(5)) == [6, 1, 0, 5, 0])
            #expect(counts.allSatisfy { $0[0] == $0[1] + $0[3] })
            // As the drafts to the ministries count them.
            let board = try #require(BoardSpan(.year, .year(2027)))
            let figures = try await world.documents.boards.count(board, to: Day.known(2027, 8, 10), for: world.analyst)
            for (group, count) in zip(["I", "II"], counts) {
                #expect(
                    figures["work.\(group).due"]?.value == count[0] && figures["work.\(group).done"]?.value == count[1])
                #expect(figures["work.\(group).open"]?.value == count[3])
            }
            #expect(text.says("Các đơn vị đã gửi 2 vướng mắc; 1 vướng mắc đã được trả lời đến ngày 10/08/2027."))
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `nobody is called the highest where all are equal`(engine: TestEngine) async throws {
        try await PaperWorld.with(engine, filled: false) { world in
            let load = try await world.services.targets.loadTargets(
                PaperWorld.file(
                    ["Mã xã;Tổng số;Tự nguyện", "90001;1000;100", "90002;2000;200", "90003;500;50"], name: "ct.csv"),
                year: 2027, document: "Quyết định 1/QĐ-UBND", by: .init(viewer: world.analyst))
            #expect(load.errors.isEmpty)
            world.go(to: Day.known(2027, 8, 10))
            try await world.take("90001 2027-07 810 90", "90002 2027-07 1620 180", "90003 2027-07 405 45")
            let text = try await world.paper(.cityReport, [PaperField.Key.year: "2027"], for: world.analyst).text
            #expect(!text.text.contains("cao nhất") && !text.text.contains("thấp nhất"))
            // 899 of 1,000 are printed as 89,9 beside 90,0.
            try await world.take("90001 2027-07 809 90")
            let ranked = try await world.paper(.cityReport, [PaperField.Key.year: "2027"], for: world.analyst).text
            #expect(ranked.text.contains("cao nhất") && ranked.text.contains("thấp nhất"))
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `the card has both schemes, says which figure is what is left, and how far its estimate reaches`(
        engine: TestEngine
    ) async throws {
        try await PaperWorld.with(engine) { world in
            let (_, written, text) = try await world.paper(
                .indicatorCard, [PaperField.Key.year: "2028"], for: world.analyst)
            let rows = try #require(text.table("Kế hoạch 2028"))
            #expect(rows[2][1] == "Trong đó: BHXH bắt buộc (suy ra từ tổng số)" && rows[2][5] == "39.600")
            #expect(rows[1][3] == "40.000" && rows[1][5] == "43.000" && rows[3][5] == "3.400")
            #expect(text.says("theo số liệu đến ngày 31/07/2027"))
            #expect(text.says("[Chưa có quyết định giao chỉ tiêu năm 2028 để đối chiếu;"))
            #expect(ForbiddenWords.found(in: text.text, quoting: world.quoted) == [])
            #expect(PaperFigures.unexplained(in: text, written.figures) == [])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `the reminder lists every overdue piece, each unit's together, and counts what it lists`(engine: TestEngine)
        async throws
    {
        try await PaperWorld.with(engine) { world in
            let (_, written, text) = try await world.paper(.lateWorkLetter, for: world.analyst)
            #expect(text.says("Tính đến ngày 10/08/2027, còn 8 nhiệm vụ của 3 cơ quan, đơn vị quá hạn"))
            #expect(text.says("Kính gửi: Các cơ quan, đơn vị có tên trong danh mục kèm theo"))
            let late = try #require(text.table("Số ngày quá hạn"))
            #expect(late.count == 9)
            #expect(late[1].suffix(3) == ["Quý I/2027", "31/03/2027", "132"] || late[1].contains("132"))
            let units = late.dropFirst().map { $0[1] }
            #expect(Set(zip(units, units.dropFirst()).filter { $0 != $1 }.map(\.1)).count == 2)
            #expect(ForbiddenWords.found(in: text.text, quoting: world.quoted) == [])
            #expect(PaperFigures.unexplained(in: text, written.figures) == [])
            let typed = try await world.paper(
                .lateWorkLetter, [PaperField.Key.text("addressee"): "UBND xã Suối Mẫu"], for: world.analyst
            ).text
            #expect(typed.says("Kính gửi: UBND xã Suối Mẫu"))
        }
    }
}
