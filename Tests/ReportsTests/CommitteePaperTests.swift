import Access
import Documents
import Kernel
import Overview
import PlanText
import Province
import TestSupport
import Testing

@testable import Reports

/// The decision on a commune's steering committee and the rules that go with it.
@Suite
struct CommitteePaperTests {
    private static func seat(_ world: AgencyWorld, _ officer: Viewer) async throws -> CommuneCode {
        let commune = try #require(officer.communes.first)
        for (seat, name, position) in [
            // Typed in any order; papers name the head first.
            ("Thành viên", "Trần Văn Bình", "Trưởng Công an"), ("Trưởng ban", "Nguyễn Thị Hoa", "Chủ tịch UBND"),
            ("Thành viên", "Lê Thị Cúc", "Trưởng phòng Kinh tế, Hạ tầng và Đô thị"),
        ] {
            try await world.documents.seatMember(
                commune, seat: seat, name: name, position: position, phone: "0912 345 678", since: "",
                by: Submission(viewer: officer))
        }
        return commune
    }

    @Test
    func `both are issued in the chairman's name, on the laws of both insurances`() async throws {
        try await AgencyWorld.with(.sqlite) { world in
            let officer = world.viewer(.communeOfficer, commune: "11383")
            let commune = try await Self.seat(world, officer)
            let signer = [SigningDraft.Key.signer.rawValue: "Nguyễn Thị Hoa"]
            let decision = try await world.text(.committeeDecision, signer, by: officer)
            #expect(ForbiddenWords.found(in: decision.text) == [])
            AllocationPaperTests.expectGrounds(
                decision,
                [
                    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;",
                    "Căn cứ Luật Bảo hiểm y tế ngày 14 tháng 11 năm 2008, được sửa đổi, bổ sung ngày 13 tháng 6 năm 2014 và ngày 27 tháng 11 năm 2024;",
                ])
            for words in [
                "CHỦ TỊCH ỦY BAN NHÂN DÂN PHƯỜNG LÊ CHÂN", "CHỦ TỊCH",
                "Điều 4. Quyết định này có hiệu lực kể từ ngày ký.",
            ] { #expect(decision.paragraphs.contains(words), "\(words)") }
            #expect(!decision.says("TM. ỦY BAN"), "the chairman decides alone")
            // A ward named after a person is written in full (annex I, II.4.a).
            #expect(decision.says("Phường Lê Chân, ngày"))
            #expect(decision.says("do Chủ tịch Ủy ban nhân dân phường làm Trưởng ban"))
            #expect(
                decision.tables.last?.dropFirst().map { $0[1] } == ["Nguyễn Thị Hoa", "Trần Văn Bình", "Lê Thị Cúc"])
            #expect(!decision.text.contains("0912"))

            let rules = try await world.text(.committeeRules, signer, by: officer)
            #expect(ForbiddenWords.found(in: rules.text) == [])
            let body = rules.paragraphs.dropLast()
            #expect(
                !body.contains { $0.contains("Trần Văn Bình") || $0.contains("Nguyễn Thị Hoa") }, "rules name no person"
            )
            #expect(!rules.text.contains("0912") && rules.tables.isEmpty)
            #expect(rules.paragraphs.contains("a) Trưởng ban: Chủ tịch Ủy ban nhân dân phường;"))
            #expect(
                rules.paragraphs.contains(
                    "b) Thành viên: Trưởng Công an phường; Trưởng phòng Kinh tế, Hạ tầng và Đô thị."))
            #expect(rules.paragraphs.contains("Chương I") && rules.paragraphs.contains("QUY ĐỊNH CHUNG"))
            #expect(rules.says("(Ban hành kèm theo Quyết định số") && !rules.says("Lê Chân, ngày"))

            // Once issued, the next decision replaces it and takes note of who left since.
            let members = try await world.documents.steeringMembers(of: commune, for: officer)
            _ = try await world.issued(try await world.draft(.committeeDecision, signer, by: officer), "9", by: officer)
            try await world.documents.memberLeft(
                try #require(members.first { $0.name == "Trần Văn Bình" }).id, of: commune,
                on: world.clock.now.day.vietnamese, by: Submission(viewer: officer))
            let next = try await world.text(.committeeDecision, signer, by: officer)
            #expect(
                next.says(
                    "thay thế Quyết định số 09/QĐ-UBND ngày 20 tháng 10 năm 2026 của Chủ tịch Ủy ban nhân dân phường Lê Chân"
                ))
            #expect(next.tables.last?.dropFirst().map { $0[1] } == ["Trần Văn Bình"])
        }
    }

    @Test(arguments: [
        ("11383", "Trưởng phòng Kinh tế, Hạ tầng và Đô thị"), ("10606", "Trưởng phòng Kinh tế"),
        ("11914", "Trưởng phòng Kinh tế"),
    ])
    func `seats are offered as the plan and the kind of commune have them`(commune: String, head: String) async throws {
        try await AgencyWorld.with(.sqlite) { world in
            let code = try #require(CommuneCode(commune))
            let seats = world.documents.freeSeats(of: code, beside: [])
            #expect(seats.filter { $0.position.contains("phòng Kinh tế") }.map(\.position) == [head])
            #expect(seats.contains { $0.position == "Đại diện Tổ chức hỗ trợ phát triển đối tượng" })
            #expect(!seats.contains { $0.position.contains("dịch vụ thu") })
        }
    }
}
