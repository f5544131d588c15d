import Access
import Components
import Foundation
import Kernel
import Targets
import Work
import Testing

/// Numbers of persons typed or sent where more people read: a warning with the way to do it right, which a person may answer.
@Suite
struct PersonalNumberPagesTests {
    private static let work = HandInOverHTTPTests.work

    private static func notes(_ harness: SiteHarness) async throws -> Int {
        try await harness.count("SELECT COUNT(*) FROM instance_event WHERE note LIKE '%bà Lan%'")
    }

    @Test
    func `a text with a telephone number is kept only once its writer says that it is nobody's`() async throws {
        try await SiteHarness.run(on: "2026-12-10") { harness in
            let officer = try await harness.browser(as: .communeOfficer)
            let typed = ["note": "Gọi bà Lan 0912 345 678"]
            let warned = try await officer.submit(try await officer.get(Self.work).form("ghi-chu"), typed)
            #expect(warned.status == 422)
            #expect(warned.text.contains("“0912 345 678” có vẻ là số điện thoại của một người dân."))
            #expect(warned.text.contains("chỉ ghi số lượng"))
            #expect(try await Self.notes(harness) == 0)
            let form = try warned.form("ghi-chu")
            #expect(form.html.contains("Gọi bà Lan 0912 345 678"), "what was typed is there again")
            let box = try #require(
                HTML.matches(#"<input id="ghi-chu-_confirmed"([^>]*)>"#, in: form.html).first.map {
                    HTML.attributes($0[1])
                })
            let tick = try #require(box["value"])
            #expect(box["type"] == "checkbox" && !form.html.contains("checked"))
            // Unticked, or ticked for another number, it is asked again.
            #expect(try await officer.submit(form, typed).status == 422)
            #expect(
                try await officer.submit(form, ["note": "Gọi bà Lan 0987 654 321", "_confirmed": tick]).status == 422)
            #expect(try await Self.notes(harness) == 0)
            let kept = try await officer.submit(form, typed.merging(["_confirmed": tick]) { $1 })
            #expect(kept.status == 303)
            #expect(try await Self.notes(harness) == 1)
            let said = try #require(
                try await harness.audit(limit: 5).first { $0.action == "form.numbers-confirmed" })
            #expect(said.detail == "note: 1")
        }
    }

    @Test
    func `a table of persons is taken by the slot for persons, not by an open one`() async throws {
        try await SiteHarness.run(on: "2026-12-10") { harness in
            let officer = try await harness.browser(as: .communeOfficer)
            let table = Upload(
                name: "ds.csv", type: "text/csv",
                bytes: Array("Họ tên,CCCD\nA,031185012345\nB,030085000001\n".utf8))
            let open = try await officer.submit(
                try await officer.get(Self.work).form("sp-I-5-0"), HandInOverHTTPTests.typed, files: [table])
            #expect(open.status == 422)
            #expect(
                open.text.contains(
                    "Tệp “ds.csv” có 2 ô có vẻ là số căn cước (CCCD, số định danh cá nhân) của người dân"))
            #expect(open.text.contains("ô đầu tiên ở dòng 2") && open.text.contains("Tệp phải chọn lại"))
            #expect(try await harness.count("SELECT COUNT(*) FROM stored_file") == 0)
            #expect(try harness.uploadsLeft() == [])
            let own = "/viec/\(FileAccessTests.work)"
            let kept = try await officer.submit(
                try await officer.get(own).form("sp-II-5-1"), ["day": "01/12/2026", "summary": "Người mới"],
                files: [table])
            #expect(kept.status == 303)
        }
    }

    @Test
    func `a file's name is searched too, that of a list of persons as well`() async throws {
        try await SiteHarness.run(on: "2026-12-10") { harness in
            let officer = try await harness.browser(as: .communeOfficer)
            let own = "/viec/\(FileAccessTests.work)"
            func send(_ name: String) async throws -> Page {
                let list = Upload(name: name, type: "text/csv", bytes: Array("Họ tên,CCCD\nA,031185012345\n".utf8))
                return try await officer.submit(
                    try await officer.get(own).form("sp-II-5-1"), ["day": "01/12/2026", "summary": "Người mới"],
                    files: [list])
            }
            let warned = try await send("ho_so_031185012345.csv")
            #expect(warned.status == 422)
            #expect(warned.text.contains("Tên tệp có “031185012345” giống số căn cước (CCCD, số định danh cá nhân)"))
            #expect(try await harness.count("SELECT COUNT(*) FROM stored_file") == 0)
            #expect(try await send("nguoi moi 2026-12-01.csv").status == 303)
        }
    }

    @Test
    func `the words of a decision are searched like any text`() async throws {
        try await SiteHarness.run(on: "2026-12-10") { harness in
            try await HandInOverHTTPTests.handIn(try await harness.browser(as: .communeOfficer))
            let analyst = try await harness.browser(as: .analyst)
            let typed = ["note": "Thiếu của ông An 031085012345"]
            let warned = try await analyst.submit(try await analyst.get(Self.work).form("tra-lai"), typed)
            #expect(warned.status == 422)
            #expect(warned.text.contains("“031085012345” có vẻ là số căn cước"))
            #expect(try warned.form("tra-lai").html.contains("type=\"checkbox\""))
        }
    }

    @Test
    func `where a telephone number belongs, nothing is warned of`() async throws {
        try await SiteHarness.run(on: "2026-12-10") { harness in
            let officer = try await harness.browser(as: .communeOfficer)
            let form = try await officer.get("/ban-chi-dao/\(SiteHarness.commune)").form("them")
            let seat = ["seat": "Trưởng ban", "position": "Chủ tịch UBND", "phone": "0912345678", "since": ""]
            let seated = try await officer.submit(form, seat.merging(["name": "Nguyễn Văn A"]) { $1 })
            #expect(seated.status == 303)
            let wrong = try await officer.submit(
                try await officer.get("/ban-chi-dao/\(SiteHarness.commune)").form("them"),
                seat.merging(["seat": "Thành viên", "name": "A 031085012345"]) { $1 })
            #expect(wrong.status == 422 && wrong.text.contains("có vẻ là số căn cước"))
        }
    }

    @Test
    func `whoever takes a file made for him is written down, and whoever is refused`() async throws {
        try await SiteHarness.run(on: "2026-12-10") { harness in
            let address = Addresses.unitListTemplate().text
            #expect(try await harness.browser(as: .administrator).get(address).status == 200)
            let taken = try #require(try await harness.audit(limit: 1).first)
            #expect(taken.action == "file.taken" && taken.detail == "don-vi-truc-thuoc.xlsx")
            #expect(try await harness.browser(as: .communeOfficer).get(address).status == 403)
            let refused = try #require(try await harness.audit(limit: 1).first)
            #expect(refused.action == "file.not-given" && refused.subject == "address/\(address)")
        }
    }
}
