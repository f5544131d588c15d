import Access
import Kernel
import PlanText
import Testing
import Work

/// From the desk to the last place that names the decision, over HTTP, and back.
@Suite
struct DecisionTourTests {
    /// What somebody signs, entered once.
    static let signing = [
        "number": "5012", "signedOn": "23/11/2026", "signer": "Lê Văn Ký", "signingForm": "deputy",
        "signerPosition": "",
    ]
    static let copy = [Upload(name: "qd.pdf", type: "application/pdf", bytes: SampleFiles.pdf)]

    /// A scenario with its decision composed: the addresses of the desk and of the paper.
    static func composed(
        _ browser: Browser, year: Int = 2027, scope: String = "city", kind: String = "quyet-dinh-giao-chi-tieu",
        name: String = "Phương án A"
    ) async throws -> (desk: String, paper: String) {
        let list = try await browser.get("/phan-bo?nam=\(year)&pham-vi=\(scope)")
        let desk = try await browser.post(
            "/phan-bo/moi", [("_csrf", try list.csrf()), ("name", name), ("year", "\(year)"), ("scope", scope)])
        #expect(desk.status == 303, "\(desk.text.prefix(2_000))")
        return (desk.location, try await paper(browser, of: desk.location, kind: kind))
    }

    static func paper(
        _ browser: Browser, of desk: String, kind: String = "quyet-dinh-giao-chi-tieu"
    ) async throws -> String {
        let id = desk.split(separator: "?").first?.split(separator: "/").last.map(String.init) ?? ""
        let form = try await browser.get("/van-ban/moi/\(kind)?phuong-an=\(id)")
        let made = try await browser.post(
            "/van-ban/moi/\(kind)",
            [("_csrf", try form.csrf()), ("_name", "soan"), ("phuong-an", id), ("signer", "Lê Văn Ký")])
        #expect(made.status == 303, "\(made.text.prefix(2_000))")
        return made.location
    }

    /// The products of I.2 for 2027, as the task's list tells.
    static func product(_ harness: SiteHarness) async throws -> [String] {
        let viewer = try await harness.viewer("analyst")
        let item = try #require(
            try await harness.work.items(
                WorkFilter(year: 2027, lead: .agency(harness.definition.coordinatingAgency), task: "I.2"), for: viewer,
                limit: 1
            ).first)
        return try await harness.work.detail(item.id, for: viewer).products.compactMap(\.numberSymbol)
    }

    static func isLocked(_ browser: Browser, _ desk: String) async throws -> Bool {
        try await !browser.get(desk).hasForm("so")
    }

    @Test
    func
        `a decision entered at the desk numbers its paper, fills the task and gives the targets; withdrawn, all is open`()
        async throws
    {
        try await SiteHarness.run { harness in
            let analyst = try await harness.browser(as: .analyst)
            let (desk, paper) = try await Self.composed(analyst)
            #expect(try await analyst.get(paper).text.contains("mọi dòng của văn bản khớp bàn phân bổ"))
            var typed = Self.signing
            typed["number"] = "5012/QĐ-UBND"
            let decided = try await analyst.submit(
                try await analyst.get(desk).form("quyet-dinh"), typed, files: Self.copy)
            #expect(decided.status == 303, "\(decided.text.prefix(2_000))")
            #expect(try await Self.isLocked(analyst, desk))
            let issued = try await analyst.get(paper).text
            #expect(issued.contains("5012/QĐ-UBND, ngày 23/11/2026") && issued.contains("Chỉ tiêu năm 2027 đang theo"))
            #expect(try await Self.product(harness) == ["5012/QĐ-UBND", "5012/QĐ-UBND"])
            #expect(try await analyst.get("/chi-tieu?nam=2027").text.contains("5012/QĐ-UBND"))
            let officer = try await harness.browser(as: .communeOfficer)
            #expect(
                try await officer.get("/chi-tieu/\(SiteHarness.commune)").text.contains(
                    "Quyết định 5012/QĐ-UBND ngày 23/11/2026"))

            let withdrawn = try await analyst.submit(
                try await analyst.get(paper).form("thu-hoi"), ["successor": "", "reason": "Sai phụ lục"])
            #expect(withdrawn.status == 303, "\(withdrawn.text.prefix(2_000))")
            #expect(try await !Self.isLocked(analyst, desk))
            let open = try await analyst.get(desk).text
            #expect(open.contains("Thu hồi Quyết định 5012/QĐ-UBND ngày 23/11/2026: Sai phụ lục"))
            #expect(try await Self.product(harness).isEmpty)
            #expect(
                try await officer.get("/chi-tieu/\(SiteHarness.commune)").text.contains(
                    "Thu hồi Quyết định 5012/QĐ-UBND"))
            #expect(try await !analyst.get(paper).hasForm("ban-hanh"), "what was withdrawn is not numbered again")
        }
    }

    @Test
    func `a paper numbered on its page decides the desk it was composed of, and another number is refused`()
        async throws
    {
        try await SiteHarness.run { harness in
            let analyst = try await harness.browser(as: .analyst)
            let (desk, paper) = try await Self.composed(analyst)
            let (otherDesk, other) = try await Self.composed(analyst, name: "Phương án B")
            let bare = try await analyst.submit(try await analyst.get(paper).form("ban-hanh"), Self.signing)
            #expect(bare.status == 422 && bare.text.contains("ban hành văn bản này là giao chỉ tiêu"))
            #expect(try await !Self.isLocked(analyst, desk))
            let page = try await analyst.get(paper)
            #expect(page.text.contains("chỉ tiêu năm 2027 của 114 xã, phường, đặc khu theo văn bản này"))
            let issued = try await analyst.submit(try page.form("ban-hanh"), Self.signing, files: Self.copy)
            #expect(issued.status == 303, "\(issued.text.prefix(2_000))")
            #expect(try await Self.isLocked(analyst, desk))
            #expect(try await analyst.get(desk).text.contains("5012/QĐ-UBND"))
            #expect(try await Self.product(harness) == ["5012/QĐ-UBND", "5012/QĐ-UBND"])

            // The other scenario neither at the desk nor on its paper, unless it takes the first one's place.
            var typed = Self.signing
            typed["number"] = "5013/QĐ-UBND"
            let second = try await analyst.submit(
                try await analyst.get(otherDesk).form("quyet-dinh"), typed, files: Self.copy)
            #expect(second.status == 422 && second.text.contains("Năm 2027 đã có Quyết định 5012/QĐ-UBND"))
            let form = try await analyst.get(other)
            #expect(form.text.contains("Ban hành văn bản này là thay thế quyết định đó"))
            typed["reason"] = ""
            let silent = try await analyst.submit(try form.form("ban-hanh"), typed, files: Self.copy)
            #expect(silent.status == 422 && silent.text.contains("Năm 2027 đã có Quyết định 5012/QĐ-UBND"))
            typed["replaces"] = paper.split(separator: "/").last.map(String.init)
            let noReason = try await analyst.submit(try form.form("ban-hanh"), typed, files: Self.copy)
            #expect(noReason.status == 422 && noReason.text.contains("Hãy ghi lý do thay thế"))
            typed["reason"] = "Sai phụ lục"
            let replaced = try await analyst.submit(try form.form("ban-hanh"), typed, files: Self.copy)
            #expect(replaced.status == 303, "\(replaced.text.prefix(2_000))")
            #expect(try await Self.product(harness) == ["5013/QĐ-UBND", "5013/QĐ-UBND"])
            #expect(try await Self.isLocked(analyst, otherDesk))
            #expect(try await !Self.isLocked(analyst, desk))
            #expect(try await analyst.get(paper).text.contains("Đã thay bằng văn bản khác"))

            // A number mended on the paper is mended everywhere.
            let corrected = try await analyst.submit(
                try await analyst.get(other).form("ban-hanh"),
                Self.signing.merging(["number": "5014", "reason": "Ghi nhầm số"]) { $1 })
            #expect(corrected.status == 303, "\(corrected.text.prefix(2_000))")
            #expect(try await Self.product(harness) == ["5014/QĐ-UBND", "5014/QĐ-UBND"])
            #expect(try await analyst.get(otherDesk).text.contains("Quyết định 5014/QĐ-UBND"))
            let officer = try await harness.browser(as: .communeOfficer)
            #expect(
                try await officer.get("/chi-tieu/\(SiteHarness.commune)").text.contains(
                    "Quyết định 5014/QĐ-UBND ngày 23/11/2026"))
        }
    }

    @Test
    func `a paper of numbers that the desk no longer has is shown row by row, and not issued`() async throws {
        try await SiteHarness.run { harness in
            let analyst = try await harness.browser(as: .analyst)
            let (desk, paper) = try await Self.composed(analyst)
            let before = try await analyst.get(paper)
            let open = try await analyst.get(desk)
            let held = try await analyst.post(
                "\(desk)/so",
                [("_csrf", try open.csrf()), try open.seen(), ("t-10507", "20.000"), ("v-10507", "921")])
            #expect(held.status == 303)
            let page = try await analyst.get(paper)
            #expect(page.text.contains("Phương án khác văn bản ở") && page.text.contains("Soạn lại từ bàn phân bổ"))
            #expect(page.text.contains("20.000") && !page.hasForm("ban-hanh"))
            let stale = try await analyst.submit(try before.form("ban-hanh"), Self.signing, files: Self.copy)
            #expect(stale.status == 409 && stale.text.contains("Hãy soạn lại từ bàn phân bổ"))
            #expect(try await Self.product(harness).isEmpty)

            // Decided at the desk, the old paper stays without a number.
            var typed = Self.signing
            typed["number"] = "5012/QĐ-UBND"
            let decided = try await analyst.submit(
                try await analyst.get(desk).form("quyet-dinh"), typed, files: Self.copy)
            #expect(decided.status == 303 && decided.location.contains("van-ban-cho-so"))
            let anew = try await Self.paper(analyst, of: desk)
            let retold = try await analyst.submit(
                try await analyst.get(anew).form("ban-hanh"), Self.signing.merging(["number": "5015"]) { $1 },
                files: Self.copy)
            #expect(retold.status == 422 && retold.text.contains("chỉ ghi được đúng số, ngày đó"))
            let right = try await analyst.submit(
                try await analyst.get(anew).form("ban-hanh"), Self.signing, files: Self.copy)
            #expect(right.status == 303, "\(right.text.prefix(2_000))")
            #expect(try await Self.product(harness) == ["5012/QĐ-UBND", "5012/QĐ-UBND"])
        }
    }
}
