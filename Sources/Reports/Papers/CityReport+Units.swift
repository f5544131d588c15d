import Documents
import Kernel
import Overview
import PlanText
import Province
import Targets

// The communes in the city's report: each with its own figures and the month they are of, and who is first and last.
extension DocumentService {
    /// One commune's line.
    private struct Line {
        let commune: Commune
        let total: (now: Int?, target: Int?, needed: Int?)
        let voluntary: (now: Int?, target: Int?)
        /// Where its figures are of an earlier month than the report's.
        let carried: Month?

        /// Percent of the target of everybody.
        var share: Double? {
            guard let now = total.now, let target = total.target, target > 0 else { return nil }
            return FigureText.share(now, of: target)
        }

        /// How many voluntary participants are missing; nil where the target is reached.
        var missing: Int? {
            guard let now = voluntary.now, let target = voluntary.target, now < target else { return nil }
            return target - now
        }

        var values: [DocumentData.Value] {
            [
                .text(commune.code.text), .text(commune.fullName), DocumentService.number(total.target),
                DocumentService.number(total.now), DocumentService.percent(total.now, of: total.target),
                DocumentService.number(total.needed), DocumentService.number(voluntary.target),
                DocumentService.number(voluntary.now), DocumentService.percent(voluntary.now, of: voluntary.target),
                carried.map { .text("số tháng \($0.vietnamese)") } ?? .empty,
            ]
        }
    }

    func fillUnits(
        _ data: inout DocumentData, _ board: CityDashboard, _ figures: [CommuneCode: PeriodFigures],
        _ origin: FigureOrigin
    ) {
        let lines = board.communes.map { standing -> Line in
            let own = figures[standing.commune.code]
            // A commune without a figure of the year counts in the city's sum with its latest one before.
            func now(_ measure: Measure) -> Int? {
                standing[measure].progress.now
                    ?? own.flatMap { own in
                        own.course(measure).keys.max().flatMap { own.people(measure, in: $0) }
                    }
            }
            let latest = own?.course(.total).keys.max()
            return Line(
                commune: standing.commune,
                total: (
                    now(.total), standing.total.progress.target,
                    board.month.flatMap { standing.total.expected?[$0]?.people }
                ), voluntary: (now(.voluntary), standing.voluntary.progress.target),
                carried: latest.flatMap { latest in board.month.flatMap { latest < $0 ? latest : nil } })
        }
        Self.put("units", lines, into: &data, origin)
        for (index, line) in lines.enumerated() {
            guard let month = line.carried else { continue }
            data.state(FigureOrigin(month.lastDay, "số tháng trước"), of: "units/\(index + 1)")
        }
        putOrder(&data, lines, origin)
        // Behind: against what was needed by the day the figures are of.
        let counts = [
            ("unitCount", lines.count), ("reachedCount", lines.count { ($0.share ?? 0) >= 100 }),
            ("behindCount", board.communes.count { ($0.total.ahead ?? 0) < 0 }),
        ]
        for (name, number) in counts { data.put(name, "\(number)", from: origin) }
        putSums(&data, board, lines.compactMap(\.total.now), lines.compactMap(\.total.target), origin)
    }

    private static func put(_ name: String, _ lines: [Line], into data: inout DocumentData, _ origin: FigureOrigin) {
        data.tables[name] = .init(
            columns: [
                "code", "name", "targetTotal", "total", "percentTotal", "expectedTotal", "targetVoluntary",
                "voluntary", "percentVoluntary", "note",
            ], rows: lines.map(\.values))
        data.state(origin, of: name)
    }

    /// The first, the last, and those that miss most of the voluntary target. Where all are equal, nobody is first.
    private func putOrder(_ data: inout DocumentData, _ lines: [Line], _ origin: FigureOrigin) {
        let ranked = lines.filter { $0.share != nil }.sorted {
            ($0.share ?? 0, $1.commune.code) > ($1.share ?? 0, $0.commune.code)
        }
        // Nobody stands on both lists.
        let half = min(10, ranked.count / 2)
        Self.put("best", Array(ranked.prefix(half)), into: &data, origin)
        Self.put("behind", ranked.suffix(half).reversed(), into: &data, origin)
        data.fields["hasOrder"] = half > 0 && FigureText.areRanked(ranked.compactMap(\.share)) ? "1" : ""
        let short = lines.filter { $0.missing != nil }.sorted {
            ($0.missing ?? 0, $1.commune.code) > ($1.missing ?? 0, $0.commune.code)
        }.prefix(20)
        Self.put("short", Array(short), into: &data, origin)
        data.fields["shortTitle"] =
            short.isEmpty ? "" : "\(short.count) đơn vị còn thiếu nhiều nhất so với chỉ tiêu BHXH tự nguyện"
    }

    /// Says why the lines of the annex do not add up to what the body says, where they do not.
    private func putSums(
        _ data: inout DocumentData, _ board: CityDashboard, _ now: [Int], _ targets: [Int], _ origin: FigureOrigin
    ) {
        let (people, target) = (now.reduce(0, +), targets.reduce(0, +))
        var notes: [String] = []
        if let whole = board.total.progress.now, whole != people {
            notes.append(
                "Các đơn vị cộng lại có \(Self.words(people)) người; số toàn thành phố \(Self.words(whole)) người gồm cả đơn vị báo cáo muộn, tính bằng số đầu tiên có được"
            )
        }
        if let whole = board.total.progress.target, !targets.isEmpty, whole != target {
            notes.append(
                targets.count < board.communes.count
                    ? "Chỉ tiêu các đơn vị cộng lại \(Self.words(target)) người vì mới có \(targets.count)/\(board.communes.count) đơn vị được giao"
                    : "Chỉ tiêu giao các đơn vị cộng lại \(Self.words(target)) người, chỉ tiêu của thành phố \(Self.words(whole)) người"
            )
        }
        data.put("sumsNote", notes.isEmpty ? "" : notes.joined(separator: ". ") + ".", from: origin)
    }
}
