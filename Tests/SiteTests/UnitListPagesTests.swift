import Access
import Files
import Kernel
import Testing
import Work

/// Loading the units of an agency on screen, and what each account sees afterwards.
@Suite
struct UnitListPagesTests {
    static let address = "/quan-tri/don-vi-truc-thuoc"
    static let two = [
        "bhxh-co-so;mot;Bảo hiểm xã hội cơ sở Một;10507;Giám đốc",
        "bhxh-co-so;hai;Bảo hiểm xã hội cơ sở Hai;10525;Giám đốc",
    ]

    static func text(_ lines: [String]) -> [UInt8] {
        Array(
            (["Cơ quan;Mã đơn vị;Tên đơn vị;Xã, phường, đặc khu;Người đứng đầu"] + lines).joined(separator: "\n").utf8)
    }

    static func table(_ lines: [String]) -> IncomingFile {
        IncomingFile(name: "don-vi.csv", mediaType: "text/csv", bytes: text(lines))
    }

    static func send(_ browser: Browser, _ lines: [String]) async throws -> Page {
        let form = try await browser.get(address).form("nap-don-vi")
        return try await browser.submit(form, files: [Upload(name: "don-vi.csv", bytes: text(lines))])
    }

    /// Loads a table to its end.
    static func load(_ browser: Browser, _ lines: [String]) async throws {
        let preview = try await browser.get(try await send(browser, lines).location)
        let kept = try await browser.submit(try preview.form("luu-don-vi"))
        #expect(kept.status == 303 && kept.location == "\(address)?xong=don-vi-truc-thuoc")
    }

    @Test
    func `the administrator sees what a table changes, confirms, and units stand everywhere`() async throws {
        try await SiteHarness.run { harness in
            let administrator = try await harness.browser(as: .administrator)
            let before = try await administrator.get(Self.address)
            PageQualityTests.expectSound(before)
            #expect(before.text.contains("chưa có danh sách đơn vị"))
            // Where work waits for the list, the way to it stands for whoever may.
            let agency = "/don-vi/bhxh-co-so"
            #expect(try await administrator.get(agency).links.contains(Self.address))
            let analyst = try await harness.browser(as: .analyst)
            let told = try await analyst.get(agency)
            #expect(told.text.contains("Chưa có danh sách đơn vị của BHXH cơ sở") && !told.links.contains(Self.address))

            let sent = try await Self.send(administrator, Self.two)
            #expect(sent.status == 303 && sent.location.hasPrefix("/quan-tri/bang-don-vi/"))
            let preview = try await administrator.get(sent.location)
            PageQualityTests.expectSound(preview)
            #expect(
                preview.text.contains("Chưa lưu gì. 2 thay đổi") && preview.text.contains("Bảo hiểm xã hội cơ sở Một"))
            #expect(preview.text.contains("Việc mới của các đơn vị: "))
            #expect(preview.text.contains("Việc chưa ai bắt đầu, sẽ được rút: "))
            #expect(try await administrator.get("/don-vi/bhxh-co-so:mot").status == 404)

            let kept = try await administrator.submit(try preview.form("luu-don-vi"))
            #expect(kept.status == 303)
            let after = try await administrator.get(kept.location)
            #expect(after.text.contains("2 đơn vị") && after.text.contains("bhxh-co-so: 2 đơn vị mới"))
            PageQualityTests.expectSound(try await administrator.get("/don-vi/bhxh-co-so:mot"))
            let list = try await administrator.get("\(Self.address)?don-vi=bhxh-co-so")
            PageQualityTests.expectSound(list)
            #expect(list.text.contains("Bảo hiểm xã hội cơ sở Một"))
            #expect(try await !analyst.get(agency).text.contains("Chưa có danh sách đơn vị"))
            #expect(try await analyst.get("/don-vi").text.contains("Bảo hiểm xã hội cơ sở Hai"))
            #expect(try await analyst.get("/viec").text.contains("Bảo hiểm xã hội cơ sở Hai"))
            let template = try await administrator.get("\(Self.address)/bang.xlsx")
            #expect(template.status == 200 && template.bytes.starts(with: Array("PK".utf8)))
            #expect(try await harness.audit().contains { $0.action == "units.loaded" })
        }
    }

    @Test
    func `a wrong cell is told with file, row, column, value and remedy, and nothing is kept`() async throws {
        try await SiteHarness.run { harness in
            let administrator = try await harness.browser(as: .administrator)
            let refused = try await Self.send(
                administrator, [Self.two[0], "bhxh-co-so;Hai;Bảo hiểm xã hội cơ sở Hai;99999;"])
            #expect(refused.status == 422)
            PageQualityTests.expectSound(refused, status: 422)
            for words in [
                "Tệp don-vi.csv chưa được nhận", "dòng 3, cột B (Mã đơn vị)", "<td data-label=\"Giá trị\">Hai</td>",
                "chữ thường không dấu", "dòng 3, cột D (Xã, phường, đặc khu phụ trách)", "danh mục không có mã này",
            ] { #expect(refused.text.contains(words), "\(words)") }
            let noTable = try await administrator.submit(
                try await administrator.get(Self.address).form("nap-don-vi"),
                files: [Upload(name: "a.csv", bytes: Array("a;b\n1;2\n".utf8))])
            #expect(noTable.status == 422 && noTable.text.contains("Không tìm thấy dòng tiêu đề"))
            #expect(try await harness.count("SELECT COUNT(*) FROM unit_list") == 0)
        }
    }

    @Test
    func `an account of one unit sees its unit's work and no other's`() async throws {
        try await SiteHarness.run { harness in
            let administrator = try await harness.browser(as: .administrator)
            try await Self.load(administrator, Self.two)
            let unit = try #require(AgencyUnitCode("bhxh-co-so:mot"))
            _ = try await harness.access.createActive(
                AccountDraft(
                    login: "co-so-mot", name: "Người Cơ sở Một", role: .insuranceBase, agency: unit.agency, unit: unit,
                    communes: [try #require(CommuneCode("10507"))]), password: SiteHarness.password, by: .system)
            let officer = try await harness.browser(as: "co-so-mot")
            let ids = try await harness.work.items(.init(), for: try await harness.viewer("auditor"), limit: 10_000)
                .filter { $0.lead.text.hasPrefix("bhxh-co-so:") }.map(\.id)
            let own = try #require(ids.first { $0.hasSuffix(":mot") })
            let other = try #require(ids.first { $0.hasSuffix(":hai") })
            #expect(try await officer.get("/viec/\(own)").status == 200)
            #expect(try await officer.get("/viec/\(other)").status == 404)
            let list = try await officer.get("/viec?nam=tat-ca").text
            #expect(list.contains("bhxh-co-so:mot") || list.contains("bhxh-co-so%3Amot"))
            #expect(!list.contains("bhxh-co-so:hai") && !list.contains("bhxh-co-so%3Ahai"))
            #expect(try await officer.get(Self.address).status == 403)

            // The unit's area changes: so does the account's, with the same confirmation.
            try await Self.load(
                administrator, ["bhxh-co-so;mot;Bảo hiểm xã hội cơ sở Một;10507 10525;Giám đốc", Self.two[1]])
            #expect(try await harness.viewer("co-so-mot").communes.map(\.text) == ["10507", "10525"])
        }
    }
}
