import Access
import Allocation
import Kernel
import PlanText
import Province
import Targets
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

    @Test
    func `where two people decide, one enters the paper's number, the other confirms, and ending it takes both`()
        async throws
    {
        try await SiteHarness.run(flags: ["decisions.two-people": "targets.decide"]) { harness in
            let colleague = AccountDraft(
                login: "dong-nghiep", name: "Đồng Nghiệp", role: .analyst, agency: AgencyCode("so-noi-vu"))
            _ = try await harness.access.createActive(colleague, password: SiteHarness.password, by: .system)
            let analyst = try await harness.browser(as: .analyst)
            let second = try await harness.browser(as: "dong-nghiep")
            let (desk, paper) = try await Self.composed(analyst)
            let draft = try await analyst.get(paper)
            #expect(draft.text.contains("Đề nghị số, ngày ban hành, chờ người thứ hai"))
            #expect(!draft.text.contains("Ghi số, ngày ban hành"))
            let proposed = try await analyst.submit(try draft.form("ban-hanh"), Self.signing, files: Self.copy)
            #expect(proposed.status == 303 && proposed.location.contains("cho-xac-nhan"))
            #expect(try await !Self.isLocked(analyst, desk), "nothing is decided by one")
            let own = try await analyst.get(paper)
            #expect(own.text.contains("giao chỉ tiêu theo phương án “Phương án A” năm 2027"))
            #expect(!own.hasForm("xac-nhan"))
            let confirmed = try await second.submit(try await second.get(paper).form("xac-nhan"))
            #expect(confirmed.status == 303, "\(confirmed.text.prefix(2_000))")
            #expect(try await Self.isLocked(analyst, desk))
            #expect(try await Self.product(harness) == ["5012/QĐ-UBND", "5012/QĐ-UBND"])

            let inForce = try await analyst.get(paper)
            #expect(inForce.text.contains("Đề nghị sửa số, ngày, chờ người thứ hai"))
            #expect(inForce.text.contains("Đề nghị thu hồi, thay thế, chờ người thứ hai"))
            let ending = try await analyst.submit(
                try inForce.form("thu-hoi"), ["successor": "", "reason": "Sai phụ lục"])
            #expect(ending.status == 303 && ending.location.contains("cho-xac-nhan"))
            #expect(try await Self.isLocked(analyst, desk))
            let ended = try await second.submit(try await second.get(paper).form("xac-nhan"))
            #expect(ended.status == 303, "\(ended.text.prefix(2_000))")
            #expect(try await !Self.isLocked(analyst, desk))
            #expect(try await Self.product(harness).isEmpty)
        }
    }

    @Test
    func `a commune's decision on its groups goes the same way, and the groups' sheets name it`() async throws {
        try await SiteHarness.run(on: "2027-01-10") { harness in
            let analyst = try await harness.browser(as: .analyst)
            let (_, city) = try await Self.composed(analyst)
            let signing = Self.signing.merging(["signedOn": "10/01/2027"]) { $1 }
            let given = try await analyst.submit(
                try await analyst.get(city).form("ban-hanh"), signing, files: Self.copy)
            #expect(given.status == 303, "\(given.text.prefix(2_000))")

            let commune = try #require(CommuneCode(SiteHarness.commune))
            let viewer = try await harness.viewer("commune-officer")
            for name in ["Tổ dân phố 1", "Tổ dân phố 2"] {
                try await harness.groups.saveGroup(
                    nil, of: commune, typed: [.name: name, .people: "500"], year: 2027, version: nil,
                    by: Submission(viewer: viewer))
            }
            let officer = try await harness.browser(as: .communeOfficer)
            let (desk, paper) = try await Self.composed(
                officer, scope: SiteHarness.commune, kind: "quyet-dinh-giao-to-dan-pho", name: "Giao tổ")
            let groups = try await harness.groups.groups(of: commune, for: viewer)
            let sheet = "\(desk)/don-vi/\(try #require(groups.first).id)"
            #expect(try await officer.get(sheet).text.contains("Dự kiến, chưa có quyết định"))
            let issued = try await officer.submit(
                try await officer.get(paper).form("ban-hanh"), signing.merging(["number": "15"]) { $1 },
                files: Self.copy)
            #expect(issued.status == 303, "\(issued.text.prefix(2_000))")
            #expect(try await Self.isLocked(officer, desk))
            #expect(try await officer.get(sheet).text.contains("Theo Quyết định số 15/QĐ-UBND ngày 10/01/2027"))
            let targets = try await harness.groups.groups(of: commune, for: viewer).compactMap(\.voluntaryTarget)
            #expect(targets.count == 2)
            let item = try await harness.work.items(
                WorkFilter(year: 2027, lead: .commune(commune), task: "II.4"), for: viewer, limit: 1
            ).first
            let product = try await harness.work.detail(try #require(item).id, for: viewer).products
            #expect(product.contains { $0.numberSymbol == "15/QĐ-UBND" })

            // The city's decision stays while the commune takes back its own.
            let withdrawn = try await officer.submit(
                try await officer.get(paper).form("thu-hoi"), ["successor": "", "reason": "Chia lại"])
            #expect(withdrawn.status == 303, "\(withdrawn.text.prefix(2_000))")
            #expect(try await !Self.isLocked(officer, desk))
            #expect(try await harness.groups.groups(of: commune, for: viewer).allSatisfy { $0.voluntaryTarget == nil })
            #expect(try await officer.get("/chi-tieu/\(SiteHarness.commune)").text.contains("đang dùng"))
        }
    }

    @Test
    func `an adjusting decision numbered on its paper adjusts, and withdrawn lets the first hold again`() async throws {
        try await SiteHarness.run { harness in
            let analyst = try await harness.browser(as: .analyst)
            let (desk, paper) = try await Self.composed(analyst)
            let issued = try await analyst.submit(
                try await analyst.get(paper).form("ban-hanh"), Self.signing, files: Self.copy)
            #expect(issued.status == 303, "\(issued.text.prefix(2_000))")
            let copied = try await analyst.submit(
                try await analyst.get(desk).form("chep"), ["name": "Điều chỉnh năm 2027"])
            #expect(copied.status == 303)
            let id = try #require(RecordID(copied.location.split(separator: "/").last.map(String.init) ?? ""))
            let viewer = try await harness.viewer("analyst")
            try await harness.allocations.changeScenario(id, by: Submission(viewer: viewer)) { content in
                let total = content.settings.locks["10507"]?["total"] ?? 0
                content.settings.locks["10507"] = ["total": total + 100]
                content.settings.locks["10525"] = nil
                return "chuyển 100"
            }
            let adjusting = try await Self.paper(analyst, of: copied.location, kind: "quyet-dinh-dieu-chinh-chi-tieu")
            let page = try await analyst.get(adjusting)
            #expect(page.text.contains("mọi dòng của văn bản khớp bàn phân bổ"))
            let adjusted = try await analyst.submit(
                try page.form("ban-hanh"), Self.signing.merging(["number": "5020"]) { $1 }, files: Self.copy)
            #expect(adjusted.status == 303, "\(adjusted.text.prefix(2_000))")
            let officer = try await harness.browser(as: .communeOfficer)
            let own = "/chi-tieu/\(SiteHarness.commune)"
            #expect(try await officer.get(own).text.contains("Quyết định 5020/QĐ-UBND ngày 23/11/2026"))
            let early = try await analyst.submit(
                try await analyst.get(paper).form("thu-hoi"), ["successor": "", "reason": "Sai"])
            #expect(early.status == 409 && early.text.contains("Hãy thu hồi quyết định điều chỉnh trước"))
            let withdrawn = try await analyst.submit(
                try await analyst.get(adjusting).form("thu-hoi"), ["successor": "", "reason": "Sai"])
            #expect(withdrawn.status == 303, "\(withdrawn.text.prefix(2_000))")
            let after = try await officer.get(own).text
            #expect(after.contains("Thu hồi Quyết định 5020/QĐ-UBND") && after.contains("đang dùng"))
            #expect(try await Self.isLocked(analyst, desk), "the first decision holds")
        }
    }
}
