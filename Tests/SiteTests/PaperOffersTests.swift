import Tabular
import Access
import Assembly
import Database
import Jobs
import Kernel
import Overview
import PlanText
import Province
import Reports
import TestSupport
import Testing
import Work

/// Every product of every task, as somebody of the lead meets it.
@Suite
struct PaperOffersTests {
    /// Somebody who does the work of a lead; made where the harness has nobody.
    static func login(of lead: Agency, _ harness: SiteHarness) async throws -> String {
        let plan = harness.definition
        let role: Role =
            switch lead.kind {
            case .communes: .communeOfficer
            case .socialInsurance: .insuranceProvince
            case .baseSocialInsurance: .insuranceBase
            case .inspectorate: .inspector
            default: lead.code == plan.coordinatingAgency ? .analyst : .agencyOfficer
            }
        guard role == .agencyOfficer else { return role.rawValue }
        let login = "can-bo-\(lead.code)"
        if try await harness.store.read({ try Accounts.find(login: login, on: $0) }) == nil {
            _ = try await harness.access.createActive(
                AccountDraft(login: login, name: "Cán bộ", role: role, agency: lead.code, communes: []),
                password: SiteHarness.password, by: .system)
        }
        return login
    }

    @Test
    func
        `each product of the 42 tasks is written, held or fetched from where its work says, by each lead's own people`()
        async throws
    {
        try await SiteHarness.run(on: "2027-05-10") { harness in
            let plan = harness.definition
            let leader = try await harness.viewer("leader")
            let documents = try #require(harness.system.documents)
            var met: Set<String> = []
            for task in plan.tasks {
                for lead in task.leads.compactMap(plan.agency) {
                    let unit = lead.kind == .communes ? UnitCode(SiteHarness.commune) : .agency(lead.code)
                    let items = try await harness.work.items(
                        WorkFilter(lead: unit, task: task.code), for: leader, limit: 200)
                    // Not all has begun: the summing-up of 2031.
                    guard let item = items.last(where: { $0.opensOn <= harness.clock.now.day && $0.state == .none })
                    else { continue }
                    met.insert(task.code)
                    let login = try await Self.login(of: lead, harness)
                    let browser = try await harness.browser(as: login)
                    let page = try await browser.get("/viec/\(item.id)")
                    #expect(page.status == 200, "\(item.id), \(login)")
                    for (index, slot) in task.slots.enumerated() {
                        let place = "\(item.id), sản phẩm \(index + 1), \(login)"
                        guard !slot.papers.isEmpty else {
                            let words = slot.held == nil ? slot.outside?.what ?? "?" : "Hệ thống"
                            #expect(slot.held != nil || page.text.contains(words.prefix(30)), "\(place)")
                            continue
                        }
                        for paper in slot.papers {
                            let name = documents.name(of: try documents.kind(paper))
                            #expect(
                                page.text.contains("Soạn \(name.prefix(1).lowercased())\(name.dropFirst())"),
                                "\(place): \(paper)")
                            let form = "/van-ban/moi/\(paper)?viec=\(item.id)&san-pham=\(index)"
                            guard let link = page.links.first(where: { $0.hasPrefix(form) }) else {
                                // Begun elsewhere: a way of splitting targets, a committee, a list that was handed over.
                                let elsewhere = ["quyet-dinh", "ke-hoach-trien", "quy-che", "bien-ban-giao-nhan"]
                                #expect(elsewhere.contains { paper.hasPrefix($0) }, "\(place): \(paper)")
                                continue
                            }
                            let opened = try await browser.get(link)
                            #expect(opened.status == 200, "\(place): \(link)")
                            if link.contains("nhiem-vu=") {
                                #expect(
                                    opened.text.contains("<option value=\"\(task.code)\" selected>"),
                                    "\(place): \(link)")
                            }
                            if link.contains("nam=") {
                                let year = try #require(link.firstMatch(of: /nam=([0-9]{4})/)?.output.1)
                                #expect(
                                    opened.text.contains("<option value=\"\(year)\" selected>"), "\(place): \(link)")
                            }
                        }
                    }
                }
            }
            #expect(met.count >= 41, "not met: \(Set(plan.tasks.map(\.code)).subtracting(met))")
        }
    }

    @Test
    func `a directive is written from its task, answered on its page, and told in the report of the same task`()
        async throws
    {
        try await SiteHarness.run(on: "2026-10-20") { harness in
            let officer = try await harness.browser(as: .agencyOfficer)
            let work = try await officer.get("/viec/I.6/2026-Q4/so-xay-dung")
            let link = try #require(work.links.first { $0.hasPrefix("/van-ban/moi/van-ban-chi-dao?") })
            let form = try await officer.get(link).form("soan")
            let made = try await officer.submit(
                form,
                [
                    "nhiem-vu": "I.6", "nam": "2026", "quy": "4", "units": "Công ty Một\nCông ty Hai",
                    "replyBy": "10/11/2026",
                ])
            #expect(made.status == 303, "\(made.text.prefix(2_000))")
            let paper = made.location
            #expect(try await officer.get("\(paper)/tra-loi").text.contains("Ghi số, ngày ban hành của văn bản"))
            let issuing = try await officer.get(paper).form("ban-hanh")
            let copy = Upload(name: "ban-ky.pdf", type: "application/pdf", bytes: SampleFiles.pdf)
            let issued = try await officer.submit(
                issuing,
                [
                    "number": "12/SXD-VP", "signedOn": "20/10/2026", "signer": "Nguyễn Văn Ký",
                    "signingForm": "own-title", "signerPosition": "",
                ], files: [copy])
            #expect(issued.status == 303, "\(issued.text.prefix(2_000))")
            #expect(
                try await officer.get("/viec/I.6/2026-Q4/so-xay-dung").text.contains("12/SXD-VP"), "it is the product")

            let replies = try await officer.get("\(paper)/tra-loi")
            #expect(replies.text.contains("0/2 đã trả lời") && replies.hasForm("tung-don-vi"))
            let wrong = try await officer.submit(
                try replies.form("tra-loi"),
                ["addressee": "1", "day": "", "number": "", "workers": "", "insured": "", "note": ""])
            #expect(wrong.status == 422)
            let told = try await officer.submit(
                try replies.form("tra-loi"),
                ["addressee": "2", "day": "20/10/2026", "number": "1/CT", "workers": "80", "insured": "75", "note": ""])
            #expect(told.status == 303)
            #expect(try await officer.get(paper).text.contains("1/2 đã trả lời, 1 đúng hạn; hạn 10/11/2026"))
            let list = try #require(ListTourTests.lists(try await officer.get("\(paper)/tra-loi")).first)
            #expect(list.rows == 2)
            let sheet = try ListPagesTests.sheet(try await officer.get(list.workbook))
            #expect(sheet.contains { $0.cells.contains(.number(75)) && $0.cells.contains(.number(80)) })
            let letters = try await officer.submit(try await officer.get("\(paper)/tra-loi").form("tung-don-vi"))
            #expect(letters.status == 303 && letters.location.hasPrefix("/viec-chay-nen/"))
            #expect(try await harness.system.jobs.runDue(as: "test") >= 1)
            #expect(try await officer.get(letters.location).text.contains("Đã soạn 2 bản"))

            let report = try await officer.submit(
                try await officer.get("/van-ban/moi/bao-cao-co-quan?nhiem-vu=I.6").form("soan"),
                ["nhiem-vu": "I.6", "nam": "2026", "quy": "4"])
            #expect(try await officer.get(report.location).text.contains("12/SXD-VP ngày 20/10/2026"))
            // Others neither read nor enter.
            let tax = try await harness.browser(as: .insuranceProvince)
            #expect(try await tax.get("\(paper)/tra-loi").status == 404)
            #expect(try await tax.get(list.workbook).status == 404, "nor as a workbook")
        }
    }
}
