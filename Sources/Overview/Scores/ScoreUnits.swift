import Targets
import Work
import PlanText
public import Access
import Database
import Figures
public import Kernel
import Province

/// A unit's score with its place among all and among units like it.
public struct RankedScore: Sendable, Equatable {
    public let score: UnitScore
    /// Place among all units of its kind with a score; nil without one. Equal scores share a place.
    public let rank: Int?
    public let ranked: Int
    public let group: SimilarGroup?
    public let groupRank: Int?
    public let groupRanked: Int
}

/// The scores of a month.
public struct ScoreTable: Sendable {
    public let month: Month
    /// The day up to which tasks and notes count.
    public let day: Day
    public let communes: [RankedScore]
    public let agencies: [RankedScore]

    public subscript(unit: UnitCode) -> RankedScore? {
        switch unit {
        case .commune: communes.first { $0.score.unit == unit }
        case .agency, .agencyUnit: agencies.first { $0.score.unit == unit }
        }
    }
}

extension OverviewService {
    /// The scores of a month; the latest with figures when none is named. Nil when the plan has no rules of scoring.
    public func scores(of month: Month? = nil, for viewer: Viewer) async throws -> ScoreTable? {
        try viewer.require(.viewFigures)
        return try await scores(of: month)
    }

    /// The same for the command line, which has no viewer.
    public func scores(of month: Month? = nil) async throws -> ScoreTable? {
        try await store.read { try self.scores(of: month, on: $0, at: Revisions.read(on: $0)) }
    }

    func workedOutScores(of month: Month?, series: FigureSeries, on connection: any SQLConnection) throws -> ScoreTable?
    {
        guard let rules = plan.scoring else { return nil }
        if let month, month > Month(of: clock.today) {
            throw Refusal(.notFound, "Tháng \(month.vietnamese) chưa đến nên chưa có điểm.")
        }
        if let month, month.year < plan.years.lowerBound {
            throw Refusal(
                .notFound, "Tháng \(month.vietnamese) trước thời gian kế hoạch (từ năm \(plan.years.lowerBound)).")
        }
        let month = month ?? series.shownMonth(of: plan.communes.codes) ?? Month(of: clock.today)
        let day = min(month.lastDay, clock.today)
        let records = try taskRecords(until: day, on: connection)
        let targets = Dictionary(
            try CommuneTarget.holding(year: month.year, on: connection).map { ($0.commune, $0) },
            uniquingKeysWith: { first, _ in first })
        let shares = try FigureService.enterpriseShares(until: month, on: connection)
        let contested = try FigureService.contestedCommunes(until: month, on: connection)
        var groups: [UnitCode: SimilarGroup] = [:]
        let hasPopulations = plan.communes.communes.contains { $0.population != nil }
        let communes = plan.communes.communes.map { commune -> UnitScore in
            let unit = UnitCode.commune(commune.code)
            // Where the others have a population, nobody is like a unit without one.
            if commune.population != nil || !hasPopulations {
                groups[unit] = SimilarGroup(
                    population: commune.population, enterpriseShare: shares[commune.code], rules: rules)
            }
            let record = records[unit.text] ?? TaskRecord()
            let parts = ScorePart.allCases.map { part -> ScoredPart in
                let weight = rules.communeWeights[part] ?? 0
                switch part {
                case .total, .voluntary:
                    let measure: Measure = part == .total ? .total : .voluntary
                    let progress = MeasureProgress(
                        measure, year: month.year, course: series.course(commune.code, measure),
                        target: targets[commune.code]?[measure], until: month)
                    return Scoring.progress(part, progress, rules, weight: weight, at: month)
                case .tasks: return Scoring.tasks(record, rules, weight: weight)
                case .freshness: return Scoring.freshness(record, rules, weight: weight)
                }
            }
            return UnitScore(
                unit: unit, parts: parts.filter { $0.weight > 0 }, isContested: contested.contains(commune.code),
                rules: rules)
        }
        let agencies = plan.bodies.compactMap { unit in records[unit.text].map { (unit, $0) } }
            .map { unit, record in
                let parts = [
                    Scoring.tasks(record, rules, weight: rules.agencyWeights[.tasks] ?? 0),
                    Scoring.freshness(record, rules, weight: rules.agencyWeights[.freshness] ?? 0),
                ]
                return UnitScore(
                    unit: unit, parts: parts.filter { $0.weight > 0 }, isContested: false, rules: rules)
            }
        return ScoreTable(
            month: month, day: day, communes: Self.ranked(communes, groups), agencies: Self.ranked(agencies, [:]))
    }

    /// Units with a score that a group needs for a place in it. Ours.
    private static let leastFellows = 3

    private static func ranked(_ scores: [UnitScore], _ groups: [UnitCode: SimilarGroup]) -> [RankedScore] {
        // Scores that read alike share a place.
        let written = Dictionary(
            scores.compactMap { score in score.points.map { ($0, VietnameseText.oneDecimal($0)) } },
            uniquingKeysWith: { first, _ in first })
        let known = scores.compactMap(\.points)
        return scores.map { score in
            let group = groups[score.unit]
            // A place among fewer than three says nothing of a unit.
            let fellows = scores.filter { groups[$0.unit] == group && group != nil }.compactMap(\.points)
            func place(_ points: [Double]) -> Int? {
                score.points.map { own in
                    points.filter { $0 > own && written[$0] != written[own] }.count + 1
                }
            }
            return RankedScore(
                score: score, rank: place(known), ranked: known.count, group: group,
                groupRank: group == nil || fellows.count < Self.leastFellows ? nil : place(fellows),
                groupRanked: fellows.count)
        }.sorted { left, right in
            ((left.score.points ?? -1), right.score.unit.text) > ((right.score.points ?? -1), left.score.unit.text)
        }
    }

    /// What each unit's work of the plan came to by a day: due work by how it was handed in, open work by how long it lay
    /// untouched.
    private func taskRecords(until day: Day, on connection: any SQLConnection) throws -> [String: TaskRecord] {
        var records: [String: TaskRecord] = [:]
        let end = Timestamp(day: day.adding(days: 1))
        try WorkQueries.forEachOutcome(until: day, on: connection) { work in
            let (due, submitted) = (work.due, work.submittedOn)
            // As of that day: what was handed in later was not there yet.
            let handedIn =
                (work.state == .accepted || work.state == .submitted)
                && submitted.map { $0 <= day } ?? (work.state == .accepted)
            var record = records[work.lead] ?? TaskRecord()
            if let due, due <= day {
                if handedIn {
                    if submitted.map({ $0 <= due }) ?? true { record.dueOnTime += 1 } else { record.dueLate += 1 }
                } else {
                    record.dueOpen += 1
                }
            }
            if !handedIn {
                let touched = work.touchedAt?.day ?? work.opensOn
                record.quietDays.append(max(max(touched, work.opensOn).days(to: day), 0))
            }
            records[work.lead] = record
        }
        // The list of residential groups is a commune's own data: how long it lay untouched counts like open work.
        for (commune, updated) in try ResidentialGroups.lastTouched(before: end, on: connection) {
            records[commune.text, default: TaskRecord()].groupsQuiet = max(updated.day.days(to: day), 0)
        }
        return records
    }
}
