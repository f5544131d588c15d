public import Foundation

/// What is done once, between the stages of the workers: each step takes what they answered and gives the next plan.
public enum ClusterDriver {
    static let taxSeen = "tax codes seen"
    static let taxRight = "tax codes right"
    private static let asTaxCodes = "read as tax codes "

    static func name(_ fact: String, holdsTaxCodes: Bool) -> String { holdsTaxCodes ? asTaxCodes + fact : fact }

    /// How columns are read, and the comparisons with all their levels.
    /// - Parameter answers: of ``ClusterStage/facts``, from all workers: `column, name, count`.
    public static func readColumns(_ plan: ClusterPlan, _ answers: Data) throws -> ClusterPlan {
        var plan = plan
        var counts = plan.columns.map { _ in [String: Int]() }
        try ClusterLines.each(in: answers) { bytes, fields in
            let column = try ClusterLines.number(bytes, fields[0])
            guard fields.count == 3, counts.indices.contains(column) else { throw ClusterFault("no fact of a column") }
            counts[column][String(decoding: bytes[fields[1]], as: UTF8.self), default: 0] +=
                try ClusterLines.number(bytes, fields[2])
        }
        plan.facts = counts.map { counts in
            let holdsTaxCodes = FactCounts.areTaxCodes((counts[taxSeen] ?? 0, counts[taxRight] ?? 0))
            var found = FactCounts()
            for (name, count) in counts {
                if holdsTaxCodes == name.hasPrefix(asTaxCodes) {
                    found.add(holdsTaxCodes ? String(name.dropFirst(asTaxCodes.count)) : name, count)
                }
            }
            return ColumnFacts(found, holdsTaxCodes: holdsTaxCodes)
        }
        let data = empty(plan)
        let comparisons = try Linker(plan.settings).comparisons(data)
        plan.settings.comparisons = comparisons.map(\.settings)
        var weighs: [CountedPart: Bool] = [:]
        for comparison in comparisons {
            for level in comparison.levels {
                if let part = level.equality {
                    let place = CountedPart(column: comparison.column, part: part)
                    weighs[place] = weighs[place] ?? false
                }
                if let part = level.frequency { weighs[CountedPart(column: comparison.column, part: part)] = true }
            }
        }
        plan.counted = weighs.map {
            ClusterPlan.Counted(column: $0.key.column, part: $0.key.part.rawValue, weighs: $0.value)
        }.sorted { ($0.column, $0.part) < ($1.column, $1.part) }
        // Rules that the columns cannot carry out are refused before any work.
        for rule in plan.settings.blocking { _ = try BlockingRule(rule, data: data) }
        let isTrained = plan.model != nil
        let threshold = plan.settings.threshold ?? 0
        plan.leastShared = plan.isOneToOne ? min(threshold, Linker.leastRival) : threshold
        plan.leastWeighed = plan.isOneToOne && !isTrained ? plan.leastShared - Linker.mostShift : plan.leastShared
        return plan
    }

    /// No records, with columns as they are read.
    private static func empty(_ plan: ClusterPlan) -> LinkData {
        LinkData(
            columns: plan.columns.indices.map { plan.column($0, TextPool()) }, left: plan.columns.map { _ in [] },
            right: plan.columns.map { _ in [] }, leftIDs: TextList(), rightIDs: TextList(), leftRows: 0, rightRows: 0,
            isSelf: plan.isSelf)
    }

    /// With the counts of all records' values.
    /// - Parameter counts: `rows, left, right`, then of each counted part `place, filled, squares, least, equal pairs, pairs`.
    public static func count(_ plan: ClusterPlan, _ counts: Data) throws -> ClusterPlan {
        var plan = plan
        var summaries: [Int: PartSummary] = [:]
        try ClusterLines.each(in: counts) { bytes, fields in
            if bytes[fields[0]].elementsEqual("rows".utf8), fields.count == 3 {
                plan.leftRows = try ClusterLines.number(bytes, fields[1])
                plan.rightRows = try ClusterLines.number(bytes, fields[2])
                return
            }
            let numbers = try fields.map { try ClusterLines.number(bytes, $0) }
            guard numbers.count == 6 else { throw ClusterFault("no counts of a part") }
            summaries[numbers[0]] = PartSummary(
                filled: numbers[1], squares: numbers[2], least: numbers[3], equalPairs: numbers[4], pairs: numbers[5])
        }
        plan.summaries = plan.counted.indices.map {
            summaries[$0] ?? PartSummary(filled: 0, squares: 0, least: 0, equalPairs: 0, pairs: 0)
        }
        return plan
    }

    /// Learns the model, once for all workers.
    /// - Parameters:
    ///   - plan: with the counts of all records.
    ///   - sample: the records of each list that come first by the hash of their ids (``sampleSize``), as lines.
    ///   - histogram: the answers of ``ClusterStage/compare`` added up: `pattern, count`.
    public static func train(_ plan: ClusterPlan, sample: Data, histogram: Data) async throws -> ClusterPlan {
        var plan = plan
        var sides = [ClusterRecords(plan), ClusterRecords(plan)]
        var joined = ClusterRecords(plan)
        var rows = [0, 0]
        // Equal values have equal codes: the right list's records come behind the left one's, and are parted again.
        for list in 0..<2 {
            try ClusterLines.each(in: sample) { bytes, fields in
                guard try ClusterLines.number(bytes, fields[0]) == list else { return }
                try joined.add(bytes, fields[...])
                try sides[list].add(bytes, fields[...])
                rows[list] += 1
            }
        }
        let columns = joined.columns(plan)
        var data = LinkData(
            columns: columns, left: joined.codes.map { Array($0.prefix(rows[0])) },
            right: joined.codes.map { Array($0.dropFirst(rows[0])) }, leftIDs: sides[0].ids, rightIDs: sides[1].ids,
            leftRows: rows[0], rightRows: rows[1], isSelf: plan.isSelf, rules: plan.settings.blocking.count)
        data.whole = WholeLists(
            left: plan.leftRows, right: plan.rightRows,
            parts: Dictionary(
                zip(plan.counted, plan.summaries).compactMap { counted, summary in
                    counted.place.map { ($0, PartCounts(byCode: [], summary: summary)) }
                }, uniquingKeysWith: { first, _ in first }))
        var found = PatternCounts()
        try ClusterLines.each(in: histogram) { bytes, fields in
            guard fields.count == 2 else { throw ClusterFault("no count of a pattern") }
            found.add(
                UInt64(bitPattern: Int64(try ClusterLines.number(bytes, fields[0]))),
                try ClusterLines.number(bytes, fields[1]))
        }
        plan.model = try await Linker(plan.settings).trained(on: found, data)
        return plan
    }

    /// Records of each list that the chances among strangers are drawn from.
    public static var sampleSize: Int { Linker.randomRecords }

    /// The shift of a one-to-one run.
    /// - Parameter evidence: the answers of ``ClusterStage/evidence``.
    public static func shift(_ plan: ClusterPlan, _ evidence: Data) throws -> ClusterPlan {
        var plan = plan
        let shift = try ClusterPartners(plan).shift(evidence)
        plan.shiftToAdd = shift
        plan.model?.oneToOneShift = shift
        return plan
    }
}
