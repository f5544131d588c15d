import Access
import Testing

/// Forms of papers, over HTTP.
@Suite
struct PaperPagesTests {
    @Test
    func `the form of a kind opens for those to whom the list offers it, and for nobody else`() async throws {
        // Late work and a committee, so that there is something to write of each kind.
        try await SiteHarness.run(on: "2027-02-01") { harness in
            let officer = try await harness.browser(as: .communeOfficer)
            #expect(try await !officer.get("/van-ban").text.contains("ban-chi-dao"), "there is no committee yet")
            let seated = try await officer.submit(
                try await officer.get("/ban-chi-dao/\(SiteHarness.commune)").form("them"),
                ["seat": "Trưởng ban", "name": "Nguyễn Văn A", "position": "Chủ tịch UBND", "phone": "", "since": ""])
            #expect(seated.status == 303)
            var offered: [Role: Set<String>] = [:]
            for role in Role.allCases {
                let list = try await harness.browser(as: role).get("/van-ban")
                guard list.status == 200 else { continue }
                offered[role] = Set(
                    list.text.matches(of: /href="\/van-ban\/moi\/([a-z-]+)"/).map { String($0.output.1) })
            }
            let kinds = offered.values.reduce(into: Set<String>()) { $0.formUnion($1) }
            #expect(kinds.count == 25 && kinds.contains("bao-cao-vuong-mac"))
            #expect(offered[.leader]?.isEmpty ?? false)
            let ofAgencies: Set = [
                "bao-cao-co-quan", "bien-ban-hoi-nghi", "giay-moi", "ke-hoach-co-quan", "kien-nghi-xu-ly",
                "van-ban-chi-dao",
                "van-ban-phoi-hop-chia-se-du-lieu",
            ]
            #expect(
                offered[.insuranceProvince]
                    == ofAgencies.union([
                        "bao-cao-van-hanh-he-thong", "bao-cao-vuong-mac", "danh-gia-tac-dong-du-lieu",
                        "huong-dan-dich-vu-cong", "phieu-chat-luong-du-lieu",
                    ]))
            #expect(offered[.agencyOfficer] == ofAgencies)
            #expect(offered[.communeLeader] == offered[.communeOfficer])
            for role in Role.allCases {
                let browser = try await harness.browser(as: role)
                for kind in kinds {
                    let status = try await browser.get("/van-ban/moi/\(kind)").status
                    #expect(
                        (status == 200) == (offered[role]?.contains(kind) ?? false) && [200, 403].contains(status),
                        "\(role), \(kind): \(status)")
                    // What a form that opens comes to is never “forbidden”: an empty one is told what is missing.
                    let sent = try await browser.post(
                        "/van-ban/moi/\(kind)",
                        [
                            ("_csrf", try await browser.get("/tai-khoan").csrf()), ("_name", "soan"),
                        ])
                    #expect((sent.status == 403) == (status == 403), "\(role), \(kind): \(status), then \(sent.status)")
                }
            }
        }
    }

    @Test
    func `a paper tells which product it makes, and what is wrong with its form stands at the fields`() async throws {
        try await SiteHarness.run { harness in
            let officer = try await harness.browser(as: .communeOfficer)
            let form = try await officer.get("/van-ban/moi/bao-cao-xa")
            #expect(form.text.contains("I.5 – Báo cáo đánh giá định kỳ (quý/năm)"))
            let invitation = try await officer.get("/van-ban/moi/giay-moi")
            #expect(invitation.text.contains("Tên cuộc họp, hội nghị</label>"), "required, and not called optional")
            let made = try await officer.submit(
                try invitation.form("soan"),
                ["f-meeting": "Hội nghị triển khai", "guests": "Nguyễn Văn B; Giám đốc; BHXH cơ sở\nTrần Thị C"])
            #expect(made.status == 303)
            let paper = try await officer.get(made.location).text
            #expect(paper.contains("Danh sách đại biểu được mời") && !paper.contains("Danh sách người tham dự"))
            let bad = try await officer.post(
                "/van-ban/moi/giay-moi",
                [("_csrf", try form.csrf()), ("_name", "soan"), ("signingForm", "by-order"), ("signer", "Lê C")])
            #expect(bad.status == 422)
            #expect(bad.text.contains("Hãy ghi: Tên cuộc họp") && bad.text.contains("Hãy ghi chức vụ của người ký"))
            #expect(bad.text.contains("value=\"Lê C\""))
        }
    }
}
