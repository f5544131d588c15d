import Access
import Database
import Kernel
import PlanText
import TestPlans
import TestSupport
import TestWork
import Testing
import Work

/// The conditions that SQL counts and filters by say the same as ``WorkStatus/on(_:state:opensOn:due:dueOrigin:countsFrom:)``.
@Suite
struct StatusStorageTests {
    static let scope = WorkScope(StorageWorld.auditor, in: plan)
    static let plan: PlanDefinition = {
        guard let plan = try? PlanFolder.load(PlanFolder.anBien) else {
            preconditionFailure("the fixture does not load")
        }
        return plan
    }()

    /// Deals random fates to all work, so that each kind of state occurs.
    static func live(_ world: StorageWorld, seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        let items = try await world.work.items(WorkFilter(), for: StorageWorld.auditor, limit: 1_000)
        for (index, item) in items.shuffled(using: &generator).enumerated() {
            world.clock.advance(seconds: Int64.random(in: 3_600...400_000, using: &generator))
            let worker = Submission(viewer: StorageWorld.worker(of: item.lead))
            let reviewer = Submission(viewer: StorageWorld.reviewer(of: item.lead))
            let later = max(world.clock.clock.today, item.due ?? world.clock.clock.today)
                .adding(days: Int.random(in: 1...90, using: &generator)).vietnamese
            switch index % 8 {
            case 0: break
            case 1: try await world.handIn(item.id)
            case 2, 3, 4:
                try await world.handIn(item.id)
                try await world.work.decide(item.id, accept: index % 8 == 2, note: "Ghi chú", by: reviewer)
                if index % 8 == 4, Bool.random(using: &generator) {
                    try await world.work.submit(item.id, by: worker)
                }
            case 5, 6:
                // Only what has a day can get a later one.
                if item.due == nil { break }
                try await world.work.askExtension(item.id, until: later, reason: "Chờ số liệu", by: worker)
                try await world.work.decideExtension(item.id, grant: index % 8 == 5, note: "Ghi chú", by: reviewer)
            default:
                let day = max(item.opensOn, item.due ?? item.opensOn).adding(
                    days: Int.random(in: 0...5, using: &generator))
                try await world.work.setDueDay(
                    item.id, to: day.vietnamese, reason: "Điều chỉnh", by: .init(viewer: StorageWorld.analyst))
            }
        }
    }

    /// Whether a filter by this status should show the item: work that was returned shows as returned, also when its
    /// time has run out and it is late besides.
    static func shows(_ item: WorkItem, under status: WorkStatus, on day: Day) -> Bool {
        item.status(on: day) == status || (status == .returned && item.state == .returned)
    }

    @Test(arguments: TestEngine.allCases, [2_027, 2_028, 4_711] as [UInt64])
    func `filters and counts agree with the status of every item on every day`(
        engine: TestEngine, seed: UInt64
    ) async throws {
        try await StorageWorld.with(engine) { world in
            try await Self.live(world, seed: seed)
            var generator = SeededGenerator(seed: seed)
            let first = Day.known(2026, 12, 20)
            let items = try await world.work.items(WorkFilter(), for: StorageWorld.auditor, limit: 1_000)
            let ends = Set(items.compactMap(\.due))
            // Around every due day, and anywhere else.
            let days =
                ends.sorted().flatMap { [$0.adding(days: -1), $0, $0.adding(days: 1)] }
                + [first] + (0..<15).map { _ in first.adding(days: Int.random(in: 0...900, using: &generator)) }
            let (faults, seen) = try await world.store.read { connection in
                try Self.compare(on: days, connection)
            }
            #expect(faults.isEmpty)
            #expect(seen == Set(WorkStatus.allCases).subtracting([.beforeUse]))

            // And once more where the system counts from the middle of it.
            world.go(to: .known(2028, 7, 1))
            try await world.work.setCountingDay(
                "02/01/2028", reason: "Bắt đầu dùng", by: .init(viewer: StorageWorld.administrator))
            let (more, counted) = try await world.store.read { connection in
                try Self.compare(on: days, connection)
            }
            #expect(more.isEmpty)
            #expect(counted == Set(WorkStatus.allCases))
        }
    }

    /// What disagrees, in words, and which statuses occurred.
    static func compare(
        on days: [Day], _ connection: any SQLConnection
    ) throws -> (faults: [String], seen: Set<WorkStatus>) {
        var faults: [String] = []
        var seen: Set<WorkStatus> = []
        func differ(_ left: [WorkItem], _ right: [WorkItem]) -> Bool {
            left.map(\.id).sorted() != right.map(\.id).sorted()
        }
        func items(_ filter: WorkFilter, on day: Day) throws -> [WorkItem] {
            try WorkQueries.items(filter, scope: scope, plan: plan, today: day, limit: 1_000, on: connection)
        }
        for day in days {
            let all = try items(WorkFilter(), on: day)
            let counts = try WorkQueries.counts(WorkFilter(), scope: scope, plan: plan, today: day, on: connection)
            if counts.all != all.count { faults.append("\(day): \(counts.all) of \(all.count)") }
            for status in WorkStatus.allCases {
                let expected = all.filter { shows($0, under: status, on: day) }
                let filtered = try items(WorkFilter(status: status), on: day)
                if differ(filtered, expected) { faults.append("\(day): list of \(status)") }
                if counts[status] != expected.count { faults.append("\(day): count of \(status)") }
                if !expected.isEmpty { seen.insert(status) }
            }
            let undated = all.filter { $0.due == nil && $0.state == .none }
            if differ(try items(WorkFilter(undated: true), on: day), undated) || counts.undated != undated.count {
                faults.append("\(day): undated")
            }
        }
        let strange = try connection.integer(
            "SELECT COUNT(*) FROM task_instance WHERE due_key <> COALESCE(due, '9999-12-31')")
        if strange != 0 { faults.append("\(strange ?? -1) rows with another due_key than due") }
        return (faults, seen)
    }

    @Test(arguments: TestEngine.allCases)
    func `counts by lead, task and day add up to the counts of all`(engine: TestEngine) async throws {
        try await StorageWorld.with(engine) { world in
            try await Self.live(world, seed: 7)
            let today = Day.known(2028, 2, 1)
            let (all, parts) = try await world.store.read { connection in
                let filter = WorkFilter()
                return (
                    try WorkQueries.counts(filter, scope: Self.scope, plan: Self.plan, today: today, on: connection),
                    [
                        try WorkQueries.countsByLead(
                            filter, scope: Self.scope, plan: Self.plan, today: today, on: connection),
                        try WorkQueries.countsByTask(
                            filter, scope: Self.scope, plan: Self.plan, today: today, on: connection),
                        try WorkQueries.countsByDay(
                            filter, scope: Self.scope, plan: Self.plan, today: today, on: connection),
                    ]
                )
            }
            for part in parts {
                #expect(part.values.map(\.all).reduce(0, +) == all.all)
                for status in WorkStatus.allCases {
                    #expect(part.values.map { $0[status] }.reduce(0, +) == all[status])
                }
            }
            #expect(Set(parts[0].keys) == ["90001", "90002", "90003", "so-noi-vu", "bhxh-tinh"])
            #expect(Set(parts[1].keys) == ["I.1", "I.2", "I.3", "II.1", "II.2"])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a list is sorted by each of its columns, both ways, and keeps all its rows`(engine: TestEngine) async throws {
        try await StorageWorld.with(engine) { world in
            try await Self.live(world, seed: 11)
            let today = Day.known(2028, 2, 1)
            let lists = try await world.store.read { connection in
                try WorkOrder.Part.allCases.map { part in
                    try [false, true].map { descending in
                        try WorkQueries.items(
                            WorkFilter(), by: WorkOrder(part, descending: descending), scope: Self.scope,
                            plan: Self.plan, today: today, limit: 1_000, on: connection)
                    }
                }
            }
            func names(_ items: [WorkItem]) -> [String] {
                items.map { VietnameseText.fold(Self.plan.name(of: $0.lead)) }
            }
            for (part, both) in zip(WorkOrder.Part.allCases, lists) {
                let (up, down) = (both[0], both[1])
                #expect(up.count > 30 && Set(up.map(\.id)) == Set(down.map(\.id)), "\(part)")
                switch part {
                case .task:
                    let order = Self.plan.tasks.map(\.code)
                    let places = up.compactMap { order.firstIndex(of: $0.task) }
                    #expect(places == places.sorted())
                    #expect(down.first?.task == up.last?.task)
                case .lead:
                    #expect(names(up) == names(up).sorted() && names(down) == names(down).sorted(by: >))
                case .period:
                    #expect(up.map(\.opensOn) == up.map(\.opensOn).sorted())
                    #expect(down.map(\.opensOn) == down.map(\.opensOn).sorted(by: >))
                case .due:
                    for list in both {
                        let known = list.prefix { $0.due != nil }.compactMap(\.due)
                        #expect(known.count == list.count { $0.due != nil }, "work without a day comes last")
                    }
                    #expect(up.compactMap(\.due) == up.compactMap(\.due).sorted())
                    #expect(down.compactMap(\.due) == down.compactMap(\.due).sorted(by: >))
                case .status:
                    let ranks = up.map { $0.status(on: today).rank }
                    #expect(ranks == ranks.sorted() && Set(ranks).count > 2)
                    #expect(down.map { $0.status(on: today).rank } == ranks.sorted(by: >))
                }
            }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `words are looked for in tasks and in the names of leads`(engine: TestEngine) async throws {
        try await StorageWorld.with(engine) { world in
            var filter = WorkFilter()
            let all = try await world.work.items(filter, for: StorageWorld.auditor, limit: 1_000)
            let lead = try #require(all.first).lead
            filter.words = VietnameseText.fold(Self.plan.name(of: lead)).uppercased()
            let found = try await world.work.items(filter, for: StorageWorld.auditor, limit: 1_000)
            #expect(!found.isEmpty && found.count < all.count && found.contains { $0.lead == lead })
            let counts = try await world.work.counts(filter, for: StorageWorld.auditor)
            #expect(counts.all == found.count)
            filter.words = "khongcochunay"
            #expect(try await world.work.items(filter, for: StorageWorld.auditor, limit: 1_000).isEmpty)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a list is cut into pages without loss or repetition`(engine: TestEngine) async throws {
        try await StorageWorld.with(engine) { world in
            var seen: [String] = []
            for page in 1...4 {
                let part = try await world.work.page(WorkFilter(), for: StorageWorld.auditor, page: page, size: 10)
                #expect(part.total == 36)
                #expect(part.pages == 4)
                #expect(part.page == page)
                seen += part.items.map(\.id)
            }
            #expect(seen.count == 36)
            #expect(Set(seen).count == 36)
            for (asked, given) in [(0, 1), (-3, 1), (99, 4)] {
                let part = try await world.work.page(WorkFilter(), for: StorageWorld.auditor, page: asked, size: 10)
                #expect(part.page == given)
                #expect(!part.items.isEmpty)
            }
            let none = try await world.work.page(
                WorkFilter(status: .accepted), for: StorageWorld.auditor, page: 2, size: 10)
            #expect(none.items.isEmpty)
            #expect(none.pages == 1)
            #expect(none.counts.all == 36)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `filters narrow to year, lead, task, group and reviewer`(engine: TestEngine) async throws {
        try await StorageWorld.with(engine) { world in
            func count(_ filter: WorkFilter) async throws -> Int {
                try await world.ids(for: StorageWorld.auditor, filter).count
            }
            let counts = [
                try await count(WorkFilter(year: 2_027)), try await count(WorkFilter(year: 2_028)),
                try await count(WorkFilter(year: 2_029)), try await count(WorkFilter(lead: UnitCode("90002"))),
                try await count(WorkFilter(task: "I.3")), try await count(WorkFilter(group: "II")),
                try await count(WorkFilter(group: "III")),
                try await count(WorkFilter(superior: AgencyCode("ubnd-tinh"))),
                try await count(WorkFilter(year: 2_027, lead: UnitCode("90002"), task: "II.1")),
            ]
            #expect(counts == [18, 18, 0, 10, 4, 25, 0, 3, 4])
        }
    }
}
