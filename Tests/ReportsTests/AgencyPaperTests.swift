import Access
import Documents
import Kernel
import Overview
import PlanText
import TestPlans
import TestSupport
import Testing
import Work

@testable import Reports

/// Papers of agencies other than the coordinating one, read in Word.
@Suite
struct AgencyPaperTests {
    @Test(arguments: TestEngine.allCases)
    func `a directive goes to all under one number, or as a letter to each with what is asked of it alone`(
        engine: TestEngine
    ) async throws {
        try await AgencyWorld.with(engine) { world in
            let viewer = world.construction
            let paper = try await world.text(.directive, AgencyWorld.directive, by: viewer)
            #expect(paper.says("SỞ XÂY DỰNG") && paper.says("ỦY BAN NHÂN DÂN THÀNH PHỐ HẢI PHÒNG"))
            #expect(paper.says("Kính gửi: Các cơ quan, đơn vị có tên trong danh sách kèm theo"))
            #expect(paper.says("trước ngày 10/11/2026") && paper.says("Luật Việc làm ngày 16 tháng 6 năm 2025"))
            #expect(paper.tables.contains { $0.contains { $0.contains("Trung tâm Quy hoạch") } })
            #expect(!paper.says("Yêu cầu riêng đối với") && paper.says("Yêu cầu các đơn vị nghiêm túc"))
            let more = AgencyWorld.directive.merging([PaperField.Key.text("content"): "Gửi kèm bảng lương."]) { $1 }
            #expect(
                try await world.text(.directive, more, by: viewer).paragraphs.contains("4. Gửi kèm bảng lương."))
            #expect(ForbiddenWords.found(in: paper.text).isEmpty, "\(ForbiddenWords.found(in: paper.text))")

            let draft = try await world.draft(.directive, AgencyWorld.directive, by: viewer)
            #expect(draft.subject.text == "task/I.6" && draft.period?.text == "2026-Q4")
            let id = try await world.documents.keep(draft, by: Submission(viewer: viewer))
            let stored = try await world.documents.document(id, for: viewer)
            let letters = try [0, 1].map { try stored.letter(to: $0) }
            #expect(letters.map(\.addressees) == [["Công ty Cổ phần Công trình"], ["Trung tâm Quy hoạch"]])
            func says(_ letter: OfficialDocument, _ words: String) -> Bool {
                letter.body.contains { if case .text(let text) = $0 { text.contains(words) } else { false } }
            }
            #expect(says(letters[0], "đối với Công ty Cổ phần Công trình: nộp hết số chậm đóng"))
            #expect(!says(letters[1], "Yêu cầu riêng") && says(letters[1], "Yêu cầu đơn vị nghiêm túc"))
            #expect(letters[0].annexes.count == draft.data.tables.count - 1, "no list of the others")

            let again = try await world.documents.form(.directive, given: { _ in "" }, for: viewer)
            #expect(
                again.first { $0.key == PaperField.Key.addressees }?.value
                    == "Công ty Cổ phần Công trình\nTrung tâm Quy hoạch")
            let late = AgencyWorld.directive.merging([PaperField.Key.replyBy: "19/10/2026"]) { $1 }
            await expectRefusal(.invalid, field: PaperField.Key.replyBy) {
                try await world.draft(.directive, late, by: viewer)
            }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a report tells answers, accepted products, what is open and what stands in the way`(engine: TestEngine)
        async throws
    {
        try await AgencyWorld.with(engine) { world in
            let viewer = world.construction
            let by = Submission(viewer: viewer)
            let id = try await world.issued(
                try await world.draft(.directive, AgencyWorld.directive, by: viewer), "12/SXD-VP", by: viewer)
            world.clock.set(Timestamp(day: .known(2026, 11, 12), hour: 8))
            try await world.documents.enterReply(
                .init(position: "2", day: "09/11/2026", number: "5/TTQH", workers: "1.240", insured: "1.200"), to: id,
                by: by)
            _ = try await world.services.obstacles.sendObstacle(
                title: "Lao động thời vụ trên công trường", text: "Chưa rõ ai đóng.", page: "/", task: "I.6", by: by)
            let values = [
                PaperField.Key.task: "I.6", PaperField.Key.year: "2026", PaperField.Key.quarter: "4",
                PaperField.Key.text("next"): "Tiếp tục đôn đốc.",
            ]
            let report = try await world.text(.agencyReport, values, by: viewer)
            #expect(report.says("SỞ XÂY DỰNG") && report.says("Kính gửi: Sở Nội vụ thành phố Hải Phòng"))
            #expect(report.says("quý IV năm 2026 (tính đến ngày 12/11/2026)"))
            let answers = try #require(report.tables.first { $0.first?.contains("Đúng hạn") ?? false })
            #expect(answers.count == 2)
            #expect(Array(answers[1].dropFirst()) == ["2", "1", "1", "1", "1.240", "1.200"])
            #expect(answers[1][0].contains("12/SXD-VP ngày 20/10/2026"))
            #expect(report.says("Lao động thời vụ trên công trường") && report.says("chưa có trả lời"))
            #expect(report.says("Tiếp tục đôn đốc.") && !report.says("Nêu việc sẽ làm"))
            #expect(ForbiddenWords.found(in: report.text).isEmpty, "\(ForbiddenWords.found(in: report.text))")
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a quarter's report tells what was open on its last day, not what is late today`(engine: TestEngine)
        async throws
    {
        try await PaperWorld.with(engine) { world in
            let today = Day.known(2027, 11, 10)
            world.go(to: today)
            let items = try await world.services.work.items(WorkFilter(task: "I.2"), for: world.analyst, limit: 5)
            let due = try #require(items.first?.due)
            func row(_ quarter: String) async throws -> [String] {
                let values = PaperWorld.span(2027, quarter).merging([PaperField.Key.task: PaperField.Key.noTask]) { $1 }
                let text = try await world.paper(.agencyReport, values, for: world.analyst).text
                return try #require(text.table("Số ngày quá hạn")?.first { $0.first == "I.2" })
            }
            let third = try await row("3")
            #expect(third.contains(due.vietnamese) && !third.contains("Quá hạn") && third.last == "")
            let fourth = try await row("4")
            #expect(fourth.contains("Quá hạn") && fourth.last == "\(due.days(to: today))")
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `sharing, plan, request and minutes say what they are about, in official words`(engine: TestEngine)
        async throws
    {
        try await AgencyWorld.with(engine) { world in
            let tax = world.viewer(.agencyOfficer, agency: "thue-thanh-pho")
            let year = [PaperField.Key.year: "2027"]
            let sharing = try await world.text(
                .dataSharing,
                year.merging([
                    PaperField.Key.task: "II.8",
                    "direction": "cung-cap", "partner": "bhxh-thanh-pho", "dataSet": "khac",
                    "dataFields": "Mã số thuế; chữ; hồ sơ thuế\nHọ tên; chữ; 05-1; cá nhân", "purpose": "khac",
                    "purposeOther": "Rà soát người chưa tham gia", "basis": "co-du-lieu-ca-nhan",
                    "span": "Năm trước năm cung cấp", "frequency": "Hằng năm, trong tháng 4",
                ]) { $1 }, by: tax)
            #expect(sharing.says("THUẾ THÀNH PHỐ HẢI PHÒNG"))
            #expect(sharing.says("Kính gửi: Bảo hiểm xã hội thành phố Hải Phòng"))
            #expect(
                sharing.says("Nhiệm vụ II.8 của Kế hoạch") && sharing.says("2. Mục đích: Rà soát người chưa tham gia."))
            #expect(
                sharing.says("bảo vệ dữ liệu cá nhân.") && sharing.says("11. Mỗi lần giao, nhận dữ liệu")
                    && sharing.tables.contains { $0.count == 3 })

            let technology = world.viewer(.agencyOfficer, agency: "so-khoa-hoc-va-cong-nghe")
            let plan = try await world.text(
                .agencyPlan,
                year.merging([
                    PaperField.Key.task: "III.6",
                    "steps": "Tháng 3; Phóng sự; Đài phát thanh; lao động tự do; Sở; BHXH",
                    PaperField.Key.text("title"): "Truyền thông phát triển người tham gia BHXH năm 2027",
                    PaperField.Key.text("requirements"): "Ưu tiên lao động tự do.",
                ]) { $1 }, by: technology)
            #expect(plan.says("Truyền thông phát triển người tham gia BHXH năm 2027"))
            #expect(plan.says("đạt 1.267.000 người") && plan.says("đạt tối thiểu 105.000 người"))
            #expect(plan.tables.contains { $0.contains { $0.contains("Phóng sự") } })
            #expect(plan.says("3. Mỗi việc rõ người phụ trách, thời gian, kết quả. Ưu tiên lao động tự do."))
            #expect(plan.says("Kết quả được báo cáo Sở Nội vụ"))

            let wholeYear = [
                PaperField.Key.year: "2026", PaperField.Key.quarter: PaperField.Key.wholeYear,
                PaperField.Key.addressees: PaperKind.Audience.agencies.rawValue,
            ]
            // The year's report is due by 24/12: what it is made of comes before, to the end of November and estimated.
            let request = try await world.text(.reportRequest, wholeYear, by: world.analyst)
            #expect(request.says("trước ngày 12/12/2026") && request.says("tính đến ngày 30/11/2026."))
            #expect(request.says("ước thực hiện đến ngày 31/12/2026"))
            let early = wholeYear.merging([PaperField.Key.replyBy: "30/11/2026"]) { $1 }
            await expectRefusal(.invalid, field: PaperField.Key.replyBy) {
                try await world.draft(.reportRequest, early, by: world.analyst)
            }
            // A quarter's figures end with it.
            let quarter = wholeYear.merging([PaperField.Key.quarter: "4"]) { $1 }
            let last = try await world.text(.reportRequest, quarter, by: world.analyst)
            #expect(last.says("trước ngày 05/01/2027") && last.says("tính đến ngày 31/12/2026."))
            #expect(!last.says("ước thực hiện"))
            // In the order of the plan, each body with a capital.
            let addressees = try #require(request.tables.last).dropFirst().map { $0[1] }
            #expect(addressees.allSatisfy { $0.prefix(1) == $0.prefix(1).uppercased() })
            let science = try #require(request.tables.last?.first { $0[1] == "Sở Khoa học và Công nghệ" })
            #expect(science[2] == "III.6, III.8, III.9")
            let communes = wholeYear.merging([PaperField.Key.addressees: PaperKind.Audience.communes.rawValue]) { $1 }
            #expect(
                try await world.text(.reportRequest, communes, by: world.analyst)
                    .says("Kính gửi: Ủy ban nhân dân các xã, phường, đặc khu"))
            #expect(request.says("Thuế thành phố Hải Phòng") && !request.says("UBND các xã, phường, đặc khu"))

            let minutes = try await world.text(
                .meetingMinutes,
                [
                    PaperField.Key.text("meeting"): "Đối thoại về BHXH tự nguyện",
                    PaperField.Key.text("chair"): "Trần Thị B, Chủ tịch UBND",
                    "questions": "Đóng bao nhiêu?; Theo mức chọn",
                ], by: world.viewer(.communeOfficer, commune: "10507"))
            #expect(minutes.says("THƯ KÝ") && minutes.says("CHỦ TỌA"))
            #expect(minutes.paragraphs.contains("Trần Thị B"), "the name alone, below the room to sign")
            #expect(!minutes.says(", ngày     tháng"), "minutes have no line of place and day")
            for paper in [sharing, plan, request, minutes] {
                #expect(ForbiddenWords.found(in: paper.text).isEmpty, "\(ForbiddenWords.found(in: paper.text))")
            }
        }
    }

    @Test
    func `one guest is invited by name, several by a list`() async throws {
        try await AgencyWorld.with(.sqlite) { world in
            func invitation(_ guests: String) async throws -> WordText {
                try await world.text(
                    .invitation,
                    [
                        PaperField.Key.guests: guests, PaperField.Key.text("meeting"): "Họp giao ban",
                        PaperField.Key.text("content"): "Triển khai kế hoạch.",
                    ], by: world.construction)
            }
            let one = try await invitation("Nguyễn Văn A; Giám đốc; BHXH cơ sở")
            #expect(one.says("kính mời đồng chí Nguyễn Văn A, Giám đốc, BHXH cơ sở tới dự: Họp giao ban."))
            #expect(one.paragraphs.contains("- Như trên;") && !one.says("các đồng chí") && one.tables.isEmpty)
            #expect(one.paragraphs.contains("1. Nội dung: Triển khai kế hoạch."))
            let two = try await invitation("Nguyễn Văn A; Giám đốc\nTrần Thị B; Chủ tịch")
            #expect(two.says("danh sách kèm theo (2 người)") && two.tables.count == 1)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a letter that shares data is chosen from the province's lists, and typed only where nothing in them fits`(
        engine: TestEngine
    ) async throws {
        try await AgencyWorld.with(engine) { world in
            let tax = world.viewer(.agencyOfficer, agency: "thue-thanh-pho")
            let form = try await world.documents.form(.dataSharing, given: { _ in "" }, for: tax)
            var values = Dictionary(form.map { ($0.key, $0.value) }) { $1 }
            values[PaperField.Key.task] = "II.8"
            #expect(values["dataSet"] == "nguoi-nop-thue" && values["partner"] == "bhxh-thanh-pho")
            for field in form {
                guard case .choice(let options) = field.input else { continue }
                #expect(options.contains { $0.value == values[field.key] }, "\(field.key)")
            }
            let gives = try await world.text(.dataSharing, values, by: tax)
            #expect(
                gives.says(
                    "Bên cung cấp: Thuế thành phố Hải Phòng. Bên tiếp nhận: Bảo hiểm xã hội thành phố Hải Phòng."))
            #expect(gives.says("4. Dữ liệu: Danh sách doanh nghiệp, hộ kinh doanh, hợp tác xã."))
            #expect(
                gives.says(
                    "Luật Dữ liệu ngày 30 tháng 11 năm 2024; Luật Bảo vệ dữ liệu cá nhân ngày 26 tháng 6 năm 2025"))
            #expect(gives.tables.contains { $0.contains { $0.contains("Trạng thái mã số thuế") } })

            var asking = values
            asking.merge(["direction": "de-nghi", "dataSet": "quyet-toan-thue-hop-dong"]) { $1 }
            let insurance = world.viewer(.insuranceProvince, agency: "bhxh-thanh-pho")
            asking["partner"] = "thue-thanh-pho"
            asking[PaperField.Key.task] = PaperField.Key.noTask
            let asks = try await world.text(.dataSharing, asking, by: insurance)
            #expect(
                asks.says("Kính gửi: Thuế thành phố Hải Phòng")
                    && asks.says("đề nghị Thuế thành phố Hải Phòng phối hợp"))
            #expect(asks.tables.contains { $0.contains { $0.contains("Bảo hiểm được trừ [19]") } })

            for (key, problem) in [
                ("purpose", "purposeOther"), ("partner", "partnerOther"), ("basis", "basisOther"),
                ("span", "spanOther"),
                ("frequency", "frequencyOther"), ("dataSet", "dataFields"),
            ] {
                await expectRefusal(.invalid, field: problem) {
                    try await world.draft(.dataSharing, values.merging([key: "khac"]) { $1 }, by: tax)
                }
            }
            await expectRefusal(.invalid, field: "basis") {
                try await world.draft(.dataSharing, values.merging(["basis": "Luật nào đó"]) { $1 }, by: tax)
            }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a paper about a task is the product of that task alone`(engine: TestEngine) async throws {
        try await AgencyWorld.with(engine) { world in
            let insurance = world.viewer(.insuranceProvince, agency: "bhxh-thanh-pho")
            let plan = world.services.definition
            let kind = PaperKind.agencyPlan
            #expect(kind.products(about: Subject(.task, "III.1"), in: plan).map(\.task.code) == ["III.1"])
            #expect(kind.products(about: Subject(.plan), in: plan).isEmpty && kind.products(in: plan).count > 3)
            let form = try await world.documents.form(kind, given: { _ in "" }, for: insurance)
            guard case .choice(let tasks)? = form.first?.input else {
                Issue.record("no choice of tasks")
                return
            }
            #expect(tasks.map(\.value).contains("III.1") && !tasks.map(\.value).contains("III.6"))
            var draft = try await world.draft(
                kind, [PaperField.Key.task: "III.1", PaperField.Key.year: "2027"], by: insurance)
            world.documents.aim(&draft, at: PaperGoal(work: "V.5/2027/bhxh-thanh-pho", slot: 0))
            #expect(draft.goal == nil)
            world.documents.aim(&draft, at: PaperGoal(work: "III.1/2027/bhxh-thanh-pho", slot: 0))
            #expect(draft.goal != nil)
        }
    }

    @Test
    func `a plan for one task is named by it, and the plan of a campaign has its own day beside the plan's phrase`()
        async throws
    {
        try await AgencyWorld.with(.sqlite) { world in
            let plan = world.services.definition
            func title(_ code: String) throws -> String? {
                DocumentService.title(of: try #require(plan.task(code)), year: 2027)
            }
            #expect(try title("III.1") == "Tuyên truyền về chính sách BHXH, BHXH tự nguyện năm 2027")
            #expect(try title("V.5") == "Thanh tra, kiểm tra việc chấp hành pháp luật về BHXH năm 2027")
            let insurance = world.viewer(.insuranceProvince, agency: "bhxh-thanh-pho")
            let draft = try await world.draft(
                .agencyPlan, [PaperField.Key.task: "III.12", PaperField.Key.year: "2027"], by: insurance)
            let tasks = try #require(draft.data.tables["tasks"])
            #expect(tasks.values(of: "phrase")?.map(\.words) == ["Tháng 5 hằng năm"])
            #expect(tasks.values(of: "due")?.map(\.words) == ["Kế hoạch: 30/04/2027; Báo cáo thực hiện: 30/06/2027"])
        }
    }

    @Test(arguments: [
        ("Đóng bù năm 2026?", "Đóng bù năm 2026?"), ("Theo luật (xem khoản 2.).", "Theo luật (xem khoản 2.)"),
        ("Đã trả lời (xem Công văn.)", "Đã trả lời (xem Công văn.)"), ("Từ 2026;", "Từ 2026."), ("", ""),
    ])
    func `a sentence ends with one mark`(text: String, stopped: String) {
        #expect(HeadWords.stopped(text) == stopped)
    }
}
