public import Access
import Components
import Database
import DatabaseSQLite
import Foundation
public import Kernel
import Legislation
import Overview
import PlanText
import Province
import Site
import Targets
import WebDesk
import Work

/// A living system with invented data, so that a newcomer sees every screen filled. Marked as illustrative everywhere.
public struct Demonstration: Sendable {
    public struct SampleAccount: Sendable {
        public let login: String
        public let name: String
        public let role: Role
    }

    public let system: BaoPhuSystem
    public let accounts: [SampleAccount]
    /// The same for all sample accounts, new at each start.
    public let password: String

    /// Makes the demonstration database anew and fills it.
    /// - Parameter city: whose lists the register is filled with; nil for an empty one.
    public static func prepare(
        _ settings: Settings, clock machine: Clock = .machine, city: SampleCity.Size? = nil,
        tell: @Sendable (String) -> Void
    ) async throws -> Demonstration {
        var settings = settings
        settings.site.illustrative = true
        settings.access.secondFactorRequired = false
        // Sample accounts only; a real hash each would take the newcomer's first minute.
        settings.passwordCost = 12
        settings.mail = nil
        // Its database is made anew at each start: heads noted before would speak of another.
        settings.heads = HeadNotes()
        guard case .sqlite(let path) = settings.database else {
            throw Settings.Problem(
                key: "database", value: "\(settings.database)",
                source: settings.report.first { $0.key == "database" }?.source ?? "",
                remedy: "the demonstration makes its database anew at each start: give the path of an SQLite file")
        }
        for suffix in ["", "-wal", "-shm"] where FileManager.default.fileExists(atPath: path + suffix) {
            try FileManager.default.removeItem(atPath: path + suffix)
        }
        let definition = try PlanFolder.load(settings.planFolder)
        let clock = shifted(machine, into: definition)
        if clock.today != machine.today {
            tell("The plan does not run on \(machine.today); the demonstration pretends that today is \(clock.today).")
        }
        let store = try SQLiteStore(path: path, durable: false)
        let system = try await BaoPhuSystem.start(
            settings, store: store, definition: definition, clock: clock,
            numbers: try await settings.numberKeys(of: store, makes: true))
        tell("Filling the demonstration …")
        let password =
            "minh-hoa-\(String((0..<6).map { _ in "abcdefghkmnpqrstuvwxyz".randomElement() ?? "a" }))"
        let figures = SampleFigures(system: system)
        try await figures.fill()
        try await SampleWork(system: system).fill()
        let accounts = try await SampleAccounts.create(in: system, password: password)
        let officer = try await store.read { try Accounts.all(within: .ofSystem, on: $0) }.first {
            $0.role == .communeOfficer
        }
        if let officer { try await figures.furnish(officer.viewer(.ofRoles)) }
        try await SampleObstacles.fill(system)
        try await SampleAllocation(system: system).fill()
        try await SampleBoards.fill(system)
        try await SampleRemarks.fill(system)
        // On a day off there is no round: that of the last working day stands in its place.
        let reminders = system.reminders
        let day = reminders.calendar.workingDay(onOrBefore: clock.today)
        _ = try await ReminderService(
            store: store, clock: .fixed(Timestamp(day: day, hour: 7)), plan: definition, grants: .ofRoles,
            calendar: reminders.calendar
        ).writeReminders()
        // Before the lists come: each belongs to what is in force on its day.
        if city != nil { try await SampleAgreements(system: system)?.fill() }
        if let city, try await SampleCity(system: system).fill(city, tell: tell) == nil {
            tell("There are no formats of lists or no law beside the plan: the register stays empty.")
        } else if city != nil {
            try await SampleReview.run(in: system)
        }
        return Demonstration(system: system, accounts: accounts, password: password)
    }

    /// The machine's clock where the plan is under way; otherwise one that started on a day of its first year and runs on
    /// at the same pace.
    static func shifted(_ machine: Clock, into plan: PlanDefinition) -> Clock {
        let first = plan.effectiveFrom.adding(days: 120)
        let today = machine.today
        if today >= first, today <= .lastDay(ofYear: plan.years.upperBound) { return machine }
        return begun(on: first, by: machine)
    }

    /// A clock that says nine in the morning of a day now, and runs on at the machine's pace.
    public static func begun(on day: Day, by machine: Clock = .machine) -> Clock {
        let shift = Timestamp(day: day, hour: 9).secondsSinceEpoch - machine.now.secondsSinceEpoch
        return Clock { machine.now.adding(seconds: shift) }
    }
}

/// One account of each role.
enum SampleAccounts {
    static func create(in system: BaoPhuSystem, password: String) async throws -> [Demonstration.SampleAccount] {
        var result: [Demonstration.SampleAccount] = []
        for draft in drafts(for: system.definition, communes: try await communes(of: system)) {
            _ = try await system.access.createActive(draft, password: password, by: .system)
            result.append(.init(login: draft.login, name: draft.name, role: draft.role))
        }
        return result
    }

    /// All communes, the one with the most to attend to first: its officers' day shows something of everything.
    private static func communes(of system: BaoPhuSystem) async throws -> [CommuneCode] {
        let reader = Viewer(
            account: RecordID(at: system.clock.now), login: "minh-hoa", name: "Kiểm toán (minh họa)", role: .auditor,
            rights: Grants.ofRoles.rights(of: .auditor))
        let overviews = try await system.work.units(year: system.clock.today.year, for: reader)
        func weight(_ code: CommuneCode) -> Int {
            guard let counts = overviews.first(where: { $0.unit == .commune(code) })?.counts else { return 0 }
            return min(counts.late, 2) + 2 * min(counts.returned, 1) + min(counts.submitted, 1)
                + min(counts.extended, 1)
        }
        let codes = system.definition.communes.codes
        let weights = Dictionary(codes.map { ($0, weight($0)) }, uniquingKeysWith: { first, _ in first })
        return codes.sorted { (-(weights[$0] ?? 0), $0) < (-(weights[$1] ?? 0), $1) }
    }

    private static func drafts(for plan: PlanDefinition, communes: [CommuneCode]) -> [AccountDraft] {
        func agency(_ kind: Agency.Kind) -> AgencyCode? {
            plan.agencies.first { $0.kind == kind && $0.code != plan.coordinatingAgency }?.code
        }
        // The department that leads most: its officer has something to look at.
        let busiest = plan.agencies.filter { $0.kind == .department && $0.code != plan.coordinatingAgency }.max {
            left, right in
            plan.tasks.count { $0.leads.contains(left.code) } < plan.tasks.count { $0.leads.contains(right.code) }
        }?.code
        var drafts: [AccountDraft] = []
        func add(
            _ login: String, _ name: String, _ role: Role, agency: AgencyCode? = nil, communes: [CommuneCode] = [],
            group: String? = nil
        ) {
            let draft = AccountDraft(
                login: login, name: "\(name) (minh họa)", role: role, agency: agency, communes: communes,
                residentialGroup: group)
            // A plan without such an agency has no such account.
            if draft.problems().isEmpty { drafts.append(draft) }
        }
        add("lanhdao", "Trần Thị Lãnh Đạo", .leader, agency: agency(.peoplesCommittee))
        add("thuongtruc", "Nguyễn Văn Chuyên Viên", .analyst, agency: plan.coordinatingAgency)
        add("songanh", "Lê Thị Sở Ngành", .agencyOfficer, agency: busiest)
        add("thue", "Phạm Văn Thuế", .agencyOfficer, agency: agency(.tax))
        add("bhxh", "Hoàng Thị Bảo Hiểm", .insuranceProvince, agency: agency(.socialInsurance))
        add(
            "bhxhcoso", "Vũ Văn Cơ Sở", .insuranceBase, agency: agency(.baseSocialInsurance),
            communes: Array(communes.prefix(6)))
        add("lanhdaoxa", "Đỗ Thị Chủ Tịch", .communeLeader, communes: Array(communes.prefix(1)))
        add("canboxa", "Bùi Văn Phường", .communeOfficer, communes: Array(communes.prefix(1)))
        // One of the groups that the sample commune lists.
        let group = SampleFigures.groupName(3, in: communes.first, of: plan)
        add("totruong", "Ngô Thị Tổ Trưởng", .groupHead, communes: Array(communes.prefix(1)), group: group)
        add("thanhtra", "Dương Văn Thanh Tra", .inspector, agency: agency(.inspectorate))
        add("kiemtoan", "Lý Thị Nhật Ký", .auditor)
        add("quantri", "Đặng Văn Quản Trị", .administrator)
        return drafts
    }
}

/// A handful of questions, two of them answered from the law.
enum SampleObstacles {
    static func fill(_ system: BaoPhuSystem) async throws {
        let accounts = try await system.store.read { try Accounts.all(within: .ofSystem, on: $0) }
        guard let asker = accounts.first(where: { $0.role == .communeOfficer })?.viewer(.ofRoles),
            let other = accounts.first(where: { $0.role == .agencyOfficer })?.viewer(.ofRoles),
            let analyst = accounts.first(where: { $0.role == .analyst })?.viewer(.ofRoles)
        else { return }
        let questions: [(Viewer, String, String, String?, (answer: String, basis: String)?)] = [
            (
                asker, "Chủ hộ kinh doanh nào thuộc diện bắt buộc từ năm 2026?",
                "Trên địa bàn có nhiều chủ hộ kinh doanh hỏi khi nào phải tham gia BHXH bắt buộc.", "II.3",
                (
                    "Từ 01/01/2026, chủ hộ kinh doanh có đăng ký thuộc diện bắt buộc khi doanh thu kê khai trong năm trên 1 tỷ đồng. (Nội dung minh họa; cần đối chiếu văn bản trước khi áp dụng.)",
                    "Luật Bảo hiểm xã hội 2024, Điều 2 khoản 1 điểm m và nghị định hướng dẫn"
                )
            ),
            (
                asker, "Người ở đặc khu được Nhà nước hỗ trợ mức nào khi đóng tự nguyện?",
                "Người dân đặc khu hỏi mức hỗ trợ tiền đóng BHXH tự nguyện.", "II.5",
                (
                    "Người sống ở xã đảo, đặc khu được hỗ trợ 50% mức đóng tính trên chuẩn hộ nghèo nông thôn; chỉ hưởng một mức cao nhất. (Nội dung minh họa.)",
                    "Nghị định 159/2025/NĐ-CP, Điều 5"
                )
            ),
            (
                asker, "Tổ dân phố chưa kiện toàn thì giao chỉ tiêu cho ai?",
                "Sau sắp xếp còn 3 tổ dân phố chưa có tổ trưởng.", "I.3", nil
            ),
            (
                other, "Chưa có mẫu danh sách nhà thầu cần cung cấp",
                "Đề nghị thống nhất các cột của danh sách nhà thầu, chủ đầu tư.", "II.6", nil
            ),
            (
                asker, "Tổ dân phố chưa có tổ trưởng thì giao chỉ tiêu thế nào?",
                "Trùng với câu hỏi trước, gửi từ địa bàn khác.", "II.4", nil
            ),
        ]
        for (viewer, title, text, task, reply) in questions {
            let id = try await system.obstacles.sendObstacle(
                title: title, text: text, page: (task.map { Addresses.task($0) } ?? Addresses.home()).text, task: task,
                by: .init(viewer: viewer))
            if let reply {
                try await system.obstacles.answerObstacle(
                    id, answer: reply.answer, legalBasis: reply.basis, by: .init(viewer: analyst))
            }
        }
    }
}
