import Allocation
import Access
import Assembly
import Database
import Documents
import Exchange
import Files
import Foundation
import Jobs
import Kernel
import Overview
import PlanText
import Targets
import Work
import Testing

@testable import Reports

/// Every paper the system writes, made of the demonstration's data and opened in LibreOffice.
@Suite
struct PapersTests {
    static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static func with(_ body: (BaoPhuSystem, DocumentService, [Role: Viewer]) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("papers-\(UUID())")
        defer { try? FileManager.default.removeItem(at: folder) }
        let settings = try await Settings.read(
            flags: [
                "database": folder.appendingPathComponent("demo.sqlite").path,
                "plan": repository.appendingPathComponent("plans/hai-phong-2030").path,
            ], environment: [:])
        let clock = Clock.fixed(Timestamp(day: try #require(Day("2026-11-26")), hour: 9))
        let demonstration = try await Demonstration.prepare(settings, clock: clock) { _ in }
        let documents = try #require(demonstration.system.documents)
        var viewers: [Role: Viewer] = [:]
        for account in try await demonstration.system.store.read({ try Accounts.all(within: .ofSystem, on: $0) }) {
            viewers[account.role] = account.viewer(.ofRoles)
        }
        try await body(demonstration.system, documents, viewers)
        try await demonstration.system.store.close()
    }

    static func signed(_ number: String, _ day: String) -> SigningDraft {
        SigningDraft(number: number, day: day, signer: "Nguyễn Văn Ký")
    }

    /// What papers are about in the demonstration: a decided split, one that adjusts it, a commune's own, a committee.
    struct Samples: Sendable {
        let decided: RecordID
        let adjusting: RecordID
        /// By commune.
        var own: [CommuneCode: RecordID] = [:]
        /// By whoever stands on one of their sides.
        var deliveries: [UnitCode: Int] = [:]

        init(_ system: BaoPhuSystem, _ documents: DocumentService, _ viewers: [Role: Viewer]) async throws {
            let analyst = try #require(viewers[.analyst])
            let plan = system.services.allocations
            decided = try await plan.beginScenario(.city, year: 2027, name: "A", by: .init(viewer: analyst))
            try await plan.decideScenario(
                decided, PapersTests.signed("5012/QĐ-UBND", "20/11/2026"),
                file: .init(name: "qd.pdf", mediaType: "application/pdf", bytes: Array("%PDF".utf8)),
                by: .init(viewer: analyst))
            adjusting = try await plan.beginScenario(
                .city, year: 2027, name: "B", copying: decided, by: .init(viewer: analyst))
            // An adjustment begins with everything held: two are let go, one gets another number.
            try await plan.changeScenario(adjusting, by: .init(viewer: analyst)) { content in
                let total = content.settings.locks["10507"]?["total"] ?? 0
                content.settings.locks["10507"] = ["total": total + 100]
                content.settings.locks["10525"] = nil
                return "khóa"
            }
            // One of each sender; whoever insures receives that of another.
            for viewer in viewers.values where viewer.may(.readDeliveries) {
                guard let unit = viewer.ownUnits.first else { continue }
                let insures = viewer.role == .insuranceProvince
                let number = deliveries.count + 1
                deliveries[unit] = number
                let sender = insures ? UnitCode.agency(system.services.definition.coordinatingAgency).text : unit.text
                try await system.store.write { connection in
                    try connection.execute(
                        """
                        INSERT INTO delivery (number, code, format, sender, period, agreement, file_name, sha256, size,
                            replaces_period, state, counts, received_at, received_by)
                        VALUES (?, ?, 'population', ?, '2026-09', '', 'ds.csv', ?, 120, 0, 'in-force', ?, ?, 'Cán bộ')
                        """, number, "\(number)", sender, String(repeating: "ab", count: 32),
                        """
                        {"accepted":1,"costs":{},"doubts":{},"matched":0,"merged":0,"new":1,"outside":{"Dân tộc":2},
                        "quarantined":{"missing":1},"repaired":0,"repairs":{},"rows":2}
                        """, system.clock.now)
                }
            }
            for viewer in viewers.values where viewer.may(.keepGroups) {
                let commune = try #require(viewer.communes.first)
                guard own[commune] == nil else { continue }
                own[commune] = try await plan.beginScenario(
                    .commune(commune), year: 2027, name: "C", by: .init(viewer: viewer))
                try await documents.seatMember(
                    commune, seat: "Trưởng ban", name: "Nguyễn Văn A", position: "Chủ tịch UBND",
                    phone: "0912 345 678", since: "", by: .init(viewer: viewer))
            }
        }

        /// What the page that offers a kind gives, and what an officer types.
        func form(_ kind: PaperKind, for viewer: Viewer) -> [String: String] {
            var values = [
                SigningDraft.Key.signer.rawValue: "Nguyễn Văn Ký",
                SigningDraft.Key.form.rawValue: SigningForm.deputy.rawValue,
            ]
            switch kind.topic {
            case .citySplit(let adjusting):
                values[PaperField.Key.scenario] = (adjusting == true ? self.adjusting : decided).text
            case .communeSplit:
                values[PaperField.Key.scenario] = (viewer.communes.first.flatMap { own[$0] } ?? decided).text
            case .period:
                values[PaperField.Key.year] = "2026"
                values[PaperField.Key.quarter] = "3"
            case .year(let ahead): values[PaperField.Key.year] = "\(2026 + ahead)"
            case .batch: values[PaperField.Key.batch] = "1"
            case .delivery:
                values[PaperField.Key.delivery] = (viewer.ownUnits.first.flatMap { deliveries[$0] }).map { "\($0)" }
            case .task:
                values[PaperField.Key.task] = PaperField.Key.noTask
                values[PaperField.Key.year] = "2026"
                values[PaperField.Key.quarter] = "4"
            case .committee, .today: break
            }
            values[PaperField.Key.guests] = "Nguyễn Văn B; Giám đốc; BHXH cơ sở\nTrần Thị C; Chủ tịch; Hội Phụ nữ"
            values[PaperField.Key.text("meeting")] = "Hội nghị triển khai"
            values[PaperField.Key.addressees] =
                kind.topic == .period ? PaperKind.Audience.all.rawValue : "Đơn vị thứ nhất\nĐơn vị thứ hai; trả lời sớm"
            values[PaperField.Key.replyBy] = "31/12/2026"
            switch kind.id {
            case "ke-hoach-truyen-thanh-xa":
                values["slots"] = "Mức hỗ trợ; thứ Hai, 17 giờ; loa truyền thanh; 10 phút; Nguyễn Văn B"
            case "huong-dan-dich-vu-cong":
                values["steps"] = "Đăng ký tham gia; số định danh; đăng nhập, chọn thủ tục, gửi; trong ngày"
            case "kien-nghi-xu-ly":
                values.merge([
                    "partner": "khac", "partnerOther": "Cơ quan có thẩm quyền",
                    "cases": "Công ty A; 0200000001; công trình B; chậm đóng 03 tháng; kiểm tra",
                ]) { $1 }
            case "van-ban-phoi-hop-chia-se-du-lieu":
                values.merge([
                    "dataFields": "Mã số thuế; chữ; hồ sơ thuế", "direction": "cung-cap", "partner": "khac",
                    "partnerOther": "Cơ quan tiếp nhận", "dataSet": "khac", "basis": "so-tong-hop",
                    "purpose": "khac", "purposeOther": "Rà soát", "span": "Tại ngày cung cấp",
                    "frequency": "Hằng quý",
                ]) { $1 }
            default: break
            }
            return values
        }

        /// - Parameter quarter: another than the sample's.
        func draft(
            _ kind: PaperKind, _ documents: DocumentService, quarter: Quarter? = nil, for viewer: Viewer
        ) async throws -> DocumentService.Draft {
            var values = form(kind, for: viewer)
            if let quarter {
                values[PaperField.Key.year] = "\(quarter.year)"
                values[PaperField.Key.quarter] = "\(quarter.quarter)"
            }
            let given = values
            return try await documents.draft(
                try await documents.read(kind, { given[$0] ?? "" }, for: viewer), for: viewer)
        }
    }

    /// The latest of a commune officer's quarters whose report can be prepared now, with nothing in its slot.
    static func openReport(
        _ system: BaoPhuSystem, for officer: Viewer
    ) async throws -> (item: WorkItem, quarter: Quarter) {
        let (plan, work) = (system.services.definition, system.services.work)
        let commune = try #require(officer.communes.first)
        let open = try await work.items(
            WorkFilter(lead: .commune(commune), task: "I.5"), for: officer, limit: 50
        ).filter { $0.opensOn <= system.clock.today && $0.actions(for: officer, in: plan).contains(.prepare) }
        let item = try #require(open.last)
        guard case .quarter(let quarter) = item.period else { throw Refusal(.invalid, "\(item.period)") }
        for invented in try await work.detail(item.id, for: officer).products where invented.instance == item.id {
            try await work.removeProduct(invented.id, instance: item.id, by: .init(viewer: officer))
        }
        return (item, quarter)
    }

    /// Who makes a kind in the demonstration: the analyst, else the commune's officer.
    static func maker(of kind: PaperKind, _ documents: DocumentService, _ viewers: [Role: Viewer]) throws -> Viewer {
        try #require(
            [Role.communeOfficer, .analyst].compactMap { viewers[$0] }.first { viewer in
                documents.kinds(for: viewer).contains { $0.id == kind.id }
            }, "nobody makes \(kind.id)")
    }

    /// All sheets in one archive and one as a picture, each made by a job, each once.
    static func expectSheetsFromJobs(
        of scenario: RecordID, _ code: String, _ documents: DocumentService, _ jobs: JobService,
        _ officer: Viewer
    ) async throws {
        let by = Submission(viewer: officer)
        let archive = try await documents.startGroupSheets(of: scenario, contact: "UBND phường", with: jobs, by: by)
        let again = try await documents.startGroupSheets(of: scenario, contact: "UBND phường", with: jobs, by: by)
        let other = try await documents.startGroupSheets(of: scenario, contact: "0225", with: jobs, by: by)
        #expect(archive == again && archive != other)
        let picture = try await documents.startGroupPicture(of: code, in: scenario, with: jobs, by: by)
        let sheet = try await documents.groupSheet(of: code, in: scenario, for: officer)
        #expect(try await documents.picture(of: sheet, in: scenario, by: jobs, for: officer)?.state == .queued)
        #expect(try await jobs.runDue(as: "test") == 3)
        let files = [try await jobs.file(of: archive, for: officer), try await jobs.file(of: picture, for: officer)]
        #expect(files.map(\.mediaType) == ["application/zip", "image/png"] && files.allSatisfy { $0.size > 1_000 })
        #expect(try await documents.picture(of: sheet, in: scenario, by: jobs, for: officer)?.state == .done)
    }

    @Test
    func `every paper opens in LibreOffice as A4 with the margins of Decree 30, and is made again identical`()
        async throws
    {
        try await Self.with { system, documents, viewers in
            let samples = try await Samples(system, documents, viewers)
            var papers: [(String, DocumentService.Draft, Viewer)] = []
            for kind in PaperKind.all {
                let viewer = try Self.maker(of: kind, documents, viewers)
                papers.append((kind.id, try await samples.draft(kind, documents, for: viewer), viewer))
            }
            // Sheets for group heads are printed, not kept.
            let officer = try #require(viewers[.communeOfficer])
            let own = try #require(officer.communes.first.flatMap { samples.own[$0] })
            let sheets = try await documents.groupSheets(of: own, contact: "UBND phường, 0225", for: officer)
            #expect(!sheets.isEmpty && sheets.allSatisfy { $0.message.contains("chỉ tiêu BHXH tự nguyện năm 2027") })
            try await Self.expectSheetsFromJobs(of: own, sheets[0].code, documents, system.jobs, officer)
            let made = Set(papers.map(\.0) + ["phieu-giao-to"])
            #expect(Set(documents.folder.templates.keys) == made, "a template that no paper uses, or the reverse")
            let folder = FileManager.default.temporaryDirectory.appendingPathComponent("pdf-\(UUID())")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: folder) }
            for (template, draft, viewer) in papers {
                let id = try await documents.keep(draft, by: .init(viewer: viewer))
                let stored = try await documents.document(id, for: viewer)
                let bytes = try stored.word()
                #expect(try await documents.document(id, for: viewer).word() == bytes, "\(template)")
                try Data(bytes).write(to: folder.appendingPathComponent("\(template).docx"))
                try Data(try stored.workbook()).write(to: folder.appendingPathComponent("\(template).xlsx"))
                #expect(stored.metadata?.problems == [], "\(template)")
            }
            if let keep = ProcessInfo.processInfo.environment["BAOPHU_KEEP_PAPERS"] {
                try? FileManager.default.removeItem(atPath: keep)
                try FileManager.default.copyItem(atPath: folder.path, toPath: keep)
            }
            try Office.convert(folder, papers.map { "\($0.0).docx" }, to: "pdf")
            for (template, _, _) in papers {
                let page = try Office.firstPage(of: folder.appendingPathComponent("\(template).pdf"))
                // A4 in points, and where ink begins: 30 mm left, 20 mm right and above, less what letters reach over.
                #expect(abs(page.width - 210) < 1 && abs(page.height - 297) < 1, "\(template): \(page)")
                #expect(page.left > 27 && page.left < 45, "\(template): \(page)")
                #expect(page.right > 16, "\(template): \(page)")
                #expect(page.top > 17 && page.top < 30, "\(template): \(page)")
                #expect(page.bottom > 15, "\(template): \(page)")
            }
            // Workbooks open and give their tables back as numbers.
            try Office.convert(folder, ["bao-cao-nam-thanh-pho.xlsx"], to: "csv:Text - txt - csv (StarCalc):44,34,76")
            let table = try String(
                contentsOf: folder.appendingPathComponent("bao-cao-nam-thanh-pho.csv"), encoding: .utf8)
            #expect(table.contains("BHXH"))
        }
    }

    @Test
    func `a number is given once, to own papers, and not twice in a year`() async throws {
        try await Self.with { _, documents, viewers in
            let analyst = try #require(viewers[.analyst])
            let officer = try #require(viewers[.communeOfficer])
            let unit = try #require(analyst.ownUnits.first)
            func make() async throws -> RecordID {
                try await documents.keep(
                    try await documents.draft(
                        .init(.cityReport, unit: unit, about: .period(.year(2026))), for: analyst),
                    by: .init(viewer: analyst))
            }
            let id = try await make()
            await #expect(throws: Refusal.self) {
                try await documents.issue(
                    id, .init(number: "5", day: "26/11/2026", signer: "Nguyễn Văn Ký"), file: nil,
                    by: .init(viewer: officer))
            }
            await #expect(throws: Refusal.self) {
                try await documents.issue(
                    id, .init(number: "abc", day: "31/02/2026", signer: "Nguyễn Văn Ký"), file: nil,
                    by: .init(viewer: analyst))
            }
            // Not before it was made.
            await #expect(throws: Refusal.self) {
                try await documents.issue(
                    id, .init(number: "5", day: "25/11/2026", signer: "Nguyễn Văn Ký"), file: nil,
                    by: .init(viewer: analyst))
            }
            try await documents.issue(
                id, .init(number: "5", day: "26/11/2026", signer: "Nguyễn Văn Ký"), file: nil,
                by: .init(viewer: analyst))
            let issued = try await documents.document(id, for: analyst)
            #expect(try issued.document().numberLine.hasPrefix("Số: 05/"))
            #expect(issued.metadata?.xml.contains("<IssuedDate>26/11/2026</IssuedDate>") ?? false)
            await #expect(throws: Refusal.self) {
                try await documents.issue(
                    id, .init(number: "6", day: "26/11/2026", signer: "Nguyễn Văn Ký"), file: nil,
                    by: .init(viewer: analyst))
            }
            try await documents.issue(
                id, .init(number: "6", day: "26/11/2026", signer: "Nguyễn Văn Ký"), file: nil, reason: "Ghi nhầm",
                by: .init(viewer: analyst))
            #expect(try await documents.document(id, for: analyst).signing?.number.number == 6)
            try await documents.issue(
                id, .init(number: "5", day: "26/11/2026", signer: "Nguyễn Văn Ký"), file: nil, reason: "Ghi lại",
                by: .init(viewer: analyst))
            let twin = try await make()
            await #expect(throws: Refusal.self) {
                try await documents.issue(
                    twin, .init(number: "5", day: "26/11/2026", signer: "Nguyễn Văn Ký"), file: nil,
                    by: .init(viewer: analyst))
            }
            // A commune does not read the city's paper; who follows the whole plan does.
            await #expect(throws: Refusal.self) { try await documents.document(id, for: officer) }
            let leader = try #require(viewers[.leader])
            #expect(try await documents.document(id, for: leader).id == id)
        }
    }

    @Test
    func `an adapted template holds for new papers, and old ones stay as they were made`() async throws {
        try await Self.with { _, documents, viewers in
            let analyst = try #require(viewers[.analyst])
            let unit = try #require(analyst.ownUnits.first)
            let draft = try await documents.draft(.init(.obstacleReport, unit: unit, about: .today), for: analyst)
            let old = try await documents.keep(draft, by: .init(viewer: analyst))
            let template = try await documents.template("bao-cao-vuong-mac")
            let changed = template.text.replacing(
                "\nbody:\n", with: "\nbody:\n  - text: Đoạn thêm vào\n", maxReplacements: 1)
            #expect(changed != template.text)
            let preview = try await documents.preview("bao-cao-vuong-mac", text: changed, for: analyst)
            #expect(preview?.body.first == .text("Đoạn thêm vào"))
            await #expect(throws: Refusal.self) {
                try await documents.keepTemplate(
                    "bao-cao-vuong-mac", text: "id: khac\nname: X\ntype: BC\n", reason: "x", by: .init(viewer: analyst))
            }
            try await documents.keepTemplate(
                "bao-cao-vuong-mac", text: changed, reason: "Theo mẫu của Sở", by: .init(viewer: analyst))
            let new = try await documents.keep(draft, by: .init(viewer: analyst))
            let texts = try await [
                documents.document(old, for: analyst).document().body.first,
                documents.document(new, for: analyst).document().body.first,
            ]
            #expect(texts[0] != .text("Đoạn thêm vào") && texts[1] == .text("Đoạn thêm vào"))
            let officer = try #require(viewers[.communeOfficer])
            await #expect(throws: Refusal.self) {
                try await documents.keepTemplate(
                    "bao-cao-vuong-mac", text: "", reason: "x", by: .init(viewer: officer))
            }
        }
    }
}
