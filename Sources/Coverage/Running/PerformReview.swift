import Access
import Database
import Jobs
import Kernel
import Registry

/// Carries out one review: works out what of the register still waits, looks at employers some at a time, counts. Each chunk's rows
/// and how far it is commit together; a run that is killed goes on behind the last chunk.
struct PerformReview {
    let service: ReviewService
    let run: JobRun
    let number: Int
    let isWhole: Bool
    let tables: ReviewTables
    let law: ReviewLaw
    let words: ReviewWords
    let rules: DerivationRules

    /// How far a run is.
    struct Point: Codable, Sendable, Equatable {
        enum Stage: String, Codable, Sendable {
            /// Persons and employers whose records changed are worked out.
            case derive
            /// Of the whole register: employers, then payers whom no list of employers names, then whoever is gone.
            case employers, payers, gone
            /// Of what changed: employers that somebody who changed has to do with, persons who became or are no longer doubtful,
            /// employers of whom the day alone changes something.
            case changed, doubts, due
            /// Whether the register went on meanwhile.
            case late
            case count
            case done
        }

        var stage = Stage.derive
        var entity: Int64 = -1
        var unit: [UInt8] = []
        /// The mark behind which something changed, and how far the register was worked out.
        var base = 0
        var mark = 0
        var looked = 0
        var worked = 0
        var stages: [ReviewRun.Stage] = []

        var behind: EntityID? { entity < 0 ? nil : EntityID(first: RecordPlace(number: entity)) }

        mutating func go(to stage: Stage) { (self.stage, entity, unit) = (stage, -1, []) }

        mutating func add(_ time: Duration, to name: String) {
            let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
            if let place = stages.firstIndex(where: { $0.name == name }) {
                stages[place].seconds += seconds
                stages[place].megabytes = ProcessMemory.peakMegabytes
            } else {
                stages.append(.init(name: name, seconds: seconds, megabytes: ProcessMemory.peakMegabytes))
            }
        }
    }

    /// Employers that are in memory at once, with at most so many codes that changed.
    private static let atOnce = 60

    private func begun() async throws -> ReviewRun {
        guard let found = try await run.store.read({ [number] in try ReviewRuns.find(number, on: $0) }) else {
            throw Refusal(.notFound, "Không còn lần rà soát này.")
        }
        return found
    }

    func perform() async throws -> ReviewRun {
        var point = try run.checkpoint(Point.self) ?? Point()
        var doubted: Set<EntityID>?
        while point.stage != .done {
            try await run.checkCancelled()
            switch point.stage {
            case .derive: point = try await derive(point)
            case .late:
                point = try await late(point)
                doubted = nil
            case .count: point = try await count(point)
            case .done: break
            case .employers, .payers, .gone, .changed, .doubts, .due:
                let time = try await begun().time
                let known: Set<EntityID>
                if let doubted {
                    known = doubted
                } else {
                    known = try await run.store.read {
                        try RegisterQueries.doubtful(insuredSince: time.since, on: $0)
                    }
                    doubted = known
                }
                point = try await look(point, time, known)
            }
        }
        return try await begun()
    }

    private func derive(_ before: Point) async throws -> Point {
        var pace = ChunkPace(rows: 200)
        var point = before
        while true {
            let (limit, now) = (pace.rows, point)
            let chunk = try await run.write(
                JobProgress(now.worked, of: nil, "\(VietnameseText.grouped(now.worked)) người, đơn vị đã tính lại")
            ) { [rules, keys = service.keys] connection in
                let begin = ContinuousClock.now
                var next = now
                let worked = try DeriveEntities.derive(limit: limit, by: rules, keys: keys, on: connection)
                next.worked += worked
                next.add(ContinuousClock.now - begin, to: "derive")
                return (worked == 0 ? try decide(next, on: connection) : next)
            }
            pace.adapt(to: chunk.held)
            point = chunk.checkpoint
            if point.stage != .derive { return point }
        }
    }

    /// Whether the whole register is to be looked at, or only what changed.
    private func decide(_ before: Point, on connection: any SQLConnection) throws -> Point {
        var point = before
        point.mark = try RegisterQueries.mark(on: connection)
        guard let now = try ReviewRuns.find(number, on: connection) else { return point }
        let year = try RegisterQueries.lastTaxYear(upTo: now.day.year, on: connection)
        let (law, tables) = (law.fingerprint, tables.fingerprint)
        let earlier = try ReviewRuns.find(number - 1, on: connection)
        let isWhole =
            self.isWhole
            || earlier.map { last in
                last.state != .done || last.law != law || last.tables != tables || last.taxYear != year
                    || last.day > now.day
            } ?? true
        point.base = earlier?.mark ?? 0
        point.go(to: isWhole ? .employers : .changed)
        try connection.execute(
            "UPDATE review_run SET tax_year = ?, law = ?, tables = ?, mark = ?, is_whole = ? WHERE number = ?",
            year ?? 0, law, tables, point.mark, isWhole, number)
        return point
    }

    /// What came while it looked is looked at too.
    private func late(_ before: Point) async throws -> Point {
        if try await run.store.read({ try TouchedEntities.count(on: $0) }) > 0 {
            // A delivery is being received: what it brings belongs to the next run.
            var point = before
            point.go(to: .count)
            return point
        }
        return try await run.write(JobProgress(before.looked, of: nil)) { [number] connection in
            var point = before
            let mark = try RegisterQueries.mark(on: connection)
            if mark > point.mark {
                (point.base, point.mark) = (point.mark, mark)
                try connection.execute("UPDATE review_run SET mark = ? WHERE number = ?", mark, number)
                point.go(to: .changed)
            } else {
                point.go(to: .count)
            }
            return point
        }.checkpoint
    }

    // MARK: Looking

    /// What one chunk comes to.
    private struct Looked: Sendable {
        var outcomes: [SubjectOutcome] = []
        var gone: [EntityID] = []
        var point: Point
        /// Whether persons who are doubtful are noted now.
        var notesDoubts = false
    }

    private func look(_ before: Point, _ time: ReviewTime, _ doubted: Set<EntityID>) async throws -> Point {
        let begin = ContinuousClock.now
        let looked = try await run.store.read { connection in
            let pictures = try RegisterPictures(by: rules, keys: service.keys, on: connection)
            let reading = SubjectReading(
                pictures: pictures, tables: tables, law: law, time: time, words: words, doubted: doubted,
                connection: connection)
            return try next(before, reading, time)
        }
        let took = ContinuousClock.now - begin
        let told = "\(VietnameseText.grouped(looked.point.looked)) đơn vị đã xem"
        return try await run.write(JobProgress(looked.point.looked, of: nil, told)) { [number] connection in
            let begin = ContinuousClock.now
            var point = looked.point
            try StoredOutcomes.put(looked.outcomes, in: number, on: connection)
            try StoredOutcomes.close(looked.gone, in: number, on: connection)
            if looked.notesDoubts {
                try connection.execute("DELETE FROM review_doubt")
                _ = try connection.load(
                    "review_doubt", columns: ["person"], rows: doubted.sorted().lazy.map { [$0.sqlValue] })
            }
            point.add(took, to: "look")
            point.add(ContinuousClock.now - begin, to: "store")
            return point
        }.checkpoint
    }

    private func next(_ before: Point, _ reading: SubjectReading, _ time: ReviewTime) throws -> Looked {
        var looked = Looked(point: before)
        let connection = reading.connection
        switch before.stage {
        case .employers:
            let employers = try RegisterQueries.employers(
                behind: before.behind, limit: Self.atOnce, on: connection)
            guard let last = employers.last else {
                looked.point.go(to: .payers)
                return looked
            }
            looked.outcomes = try reading.outcomes(of: employers.map { .employer($0) })
            looked.point.entity = last.first.number
        case .payers:
            let payers = try RegisterQueries.payersOfNoEmployer(
                behind: before.unit.isEmpty ? nil : UnitKey(bytes: before.unit), limit: Self.atOnce, on: connection)
            guard let last = payers.last else {
                looked.point.go(to: .gone)
                return looked
            }
            looked.outcomes = try reading.outcomes(of: payers.map { .payer($0) })
            if case .bytes(let bytes) = last.sqlValue { looked.point.unit = bytes }
        case .gone:
            looked.gone = try StoredOutcomes.unseen(in: number, limit: 200, on: connection)
            if looked.gone.isEmpty {
                looked.notesDoubts = true
                looked.point.go(to: .late)
            }
        case .changed:
            let units = try RegisterQueries.units(
                changedAfter: before.base, behind: before.unit.isEmpty ? nil : UnitKey(bytes: before.unit),
                limit: Self.atOnce, on: connection)
            guard let last = units.last else {
                looked.point.go(to: .doubts)
                return looked
            }
            try again(units, reading, &looked)
            if case .bytes(let bytes) = last.sqlValue { looked.point.unit = bytes }
        case .doubts:
            let known = try connection.rows("SELECT person FROM review_doubt").map {
                EntityID(first: RecordPlace(number: Int64(try $0.integer("person"))))
            }
            let changed = reading.doubted.symmetricDifference(known).filter { $0.first.number > before.entity }.sorted()
                .prefix(Self.atOnce)
            guard let last = changed.last else {
                looked.notesDoubts = true
                looked.point.go(to: .due)
                return looked
            }
            try again(RegisterQueries.units(of: Array(changed), on: connection).sorted(), reading, &looked)
            looked.point.entity = last.first.number
        case .due:
            let due = try StoredOutcomes.due(
                on: time.day, behind: before.behind, limit: Self.atOnce, on: connection)
            guard let last = due.last else {
                looked.point.go(to: .late)
                return looked
            }
            looked.outcomes = try reading.outcomes(of: due.map(\.1))
            looked.point.entity = last.0.first.number
        case .derive, .late, .count, .done: break
        }
        looked.point.looked += looked.outcomes.count
        return looked
    }

    /// Whoever stands under these codes now, or stood under them when somebody looked last.
    private func again(_ units: [UnitKey], _ reading: SubjectReading, _ looked: inout Looked) throws {
        let connection = reading.connection
        let employers = try RegisterQueries.employers(of: units, on: connection)
        let branches = try RegisterQueries.branches(of: units, on: connection)
        var wanted = Set((Array(employers.values) + branches.values.flatMap(\.self)).map { ReviewSubject.employer($0) })
        for unit in units where employers[unit] == nil && unit.isTaxCode { wanted.insert(.payer(unit)) }
        let before = try StoredOutcomes.subjects(of: units, on: connection)
        for subject in before.values {
            if case .payer(let unit) = subject,
                try RegisterQueries.employers(of: [unit], on: connection)[unit] != nil
            {
                continue
            }
            wanted.insert(subject)
        }
        looked.outcomes = try reading.outcomes(of: Array(wanted))
        let there = Set(looked.outcomes.map(\.key))
        looked.gone = before.keys.filter { !there.contains($0) }.sorted()
    }

    // MARK: Counting

    private func count(_ before: Point) async throws -> Point {
        let begin = ContinuousClock.now
        let counts = try await run.store.read { try ReviewCounting(on: $0) }
        let took = ContinuousClock.now - begin
        return try await run.write(JobProgress(before.looked, of: before.looked)) {
            [number, clock = run.clock] connection in
            var point = before
            let begin = ContinuousClock.now
            try counts.store(number, on: connection)
            point.add(took + (ContinuousClock.now - begin), to: "count")
            point.go(to: .done)
            try connection.execute(
                "UPDATE review_run SET state = ?, looked = ?, stages = ?, ended_at = ? WHERE number = ?",
                ReviewRun.State.done.rawValue, point.looked, try ReviewRuns.text(point.stages), clock.now, number)
            return point
        }.checkpoint
    }
}
