import Access
import Figures
import Files
import Foundation
import Kernel
import Overview
import PlanText
import Province
import Tabular

/// Invented movements that agree with the invented figures: who came and went each month in every commune, the blocks with
/// who could come, late money, the labour force. Received through the same import as real ones.
struct SampleMovements {
    private let system: BaoPhuSystem
    private let service: MovementService

    init(system: BaoPhuSystem) {
        self.system = system
        let plan = system.definition
        service = MovementService(
            store: system.store, clock: system.clock, directory: plan.communes, province: plan.province,
            units: plan.unitsInForce, insurance: plan.agencies.first { $0.kind == .baseSocialInsurance }?.code)
    }

    /// So many of the latest months have the forms of the whole province.
    private static let monthsOfForms = 3
    /// The labour force was reviewed so many months before the latest figures.
    private static let reviewAge = 4
    /// Of the voluntary, who stop in January: yearly payments run out with the year.
    private static let januaryStops = 0.056

    /// - Parameters:
    ///   - months: what is in at each month's end, the first one without flows of its own.
    ///   - missing: communes that the latest month lacks.
    func fill(_ months: [(month: Month, rows: [SampleFigures.Row])], missing: Set<CommuneCode>) async throws {
        guard let last = months.last?.month else { return }
        var random = SplitMix(state: 11)
        for (before, now) in zip(months, months.dropFirst()) {
            try await receive(
                flows(
                    from: before.rows, to: now.rows, month: now.month, missing: now.month == last ? missing : [],
                    &random),
                named: "bien-dong", month: now.month)
            if now.month == last.adding(months: -Self.reviewAge) {
                try await receive(
                    labourForce(now.rows, now.month, &random), named: "luc-luong-lao-dong", month: now.month)
            }
            if now.month.months(to: last) < Self.monthsOfForms {
                try await receive(blocks(now.rows, now.month), named: "B16a", month: now.month)
                let late = Self.late(now.rows, &random)
                try await receive(lateForm(now.rows, now.month, late), named: "B16b", month: now.month)
                try await receive(collection(now.rows, now.month, late), named: "B06", month: now.month)
            }
        }
    }

    // MARK: Numbers

    /// Who joined, returned and stopped, so that all but a few people are explained.
    private static func flows(
        from opening: Int, to closing: Int, stopping: Double, _ random: inout SplitMix
    ) -> [Int] {
        let moved = Int((Double(opening) * Double.random(in: -0.0008...0.0008, using: &random)).rounded())
        var stopped = Int((Double(opening) * stopping * Double.random(in: 0.85...1.15, using: &random)).rounded())
        var came = closing - opening + stopped - moved
        let least = opening / 300
        if came < least {
            stopped += least - came
            came = least
        }
        let returned = Int(Double(came) * Double.random(in: 0.12...0.25, using: &random))
        return [came - returned, returned, stopped]
    }

    private func flows(
        from before: [SampleFigures.Row], to now: [SampleFigures.Row], month: Month, missing: Set<CommuneCode>,
        _ random: inout SplitMix
    ) -> [[String]] {
        var lines = [
            ["Biến động người tham gia BHXH (minh họa)"], ["Tháng \(month.vietnamese)"],
            [
                "Mã xã", "Đơn vị", "Tăng mới bắt buộc", "Trở lại bắt buộc", "Dừng đóng bắt buộc", "Tăng mới tự nguyện",
                "Trở lại tự nguyện", "Dừng đóng tự nguyện",
            ],
        ]
        var sums = Array(repeating: 0, count: 6)
        for (old, new) in zip(before, now) {
            // Yearly payments run out with the year; most of those people pay again in January.
            let numbers =
                Self.flows(from: old.compulsory, to: new.compulsory, stopping: 0.014, &random)
                + Self.flows(
                    from: old.voluntary, to: new.voluntary, stopping: month.month == 1 ? Self.januaryStops : 0.018,
                    &random)
            for (index, number) in numbers.enumerated() { sums[index] += number }
            guard !missing.contains(new.commune.code) else { continue }
            lines.append([new.commune.code.text, new.commune.name] + numbers.map(String.init))
        }
        lines.append(["", system.definition.province] + sums.map(String.init))
        return lines
    }

    /// Form B16a-TS with the columns that are read.
    private func blocks(_ rows: [SampleFigures.Row], _ month: Month) -> [[String]] {
        let sums = Block.allCases.indices.map { index in rows.reduce(0) { $0 + $1.blocks[index] } }
        let residents = Int(rows.reduce(0) { $0 + $1.residents })
        var lines = [
            ["Biểu B16a-TS: phát triển người tham gia (minh họa)"], ["Tháng \(month.vietnamese)"],
            ["STT", "Chỉ tiêu", "Số đối tượng tiềm năng", "", "Số người tham gia trong tháng"],
            ["", "", "Số đơn vị", "Số người", ""], ["A", "BHXH bắt buộc", "", "", ""],
        ]
        for (block, people) in zip(Block.allCases, sums) {
            // Household owners are one each; other employers some twenty people.
            let potential = block == .householdBusinessOwner ? people * 2 / 5 : people / 18
            let units = block == .householdBusinessOwner ? potential : potential / 20
            lines.append([String(block.rawValue), block.title, String(units), String(potential), String(people)])
        }
        let voluntary = rows.reduce(0) { $0 + $1.voluntary }
        lines.append(["B", "BHXH tự nguyện", "", String(residents / 9), String(voluntary)])
        return lines
    }

    /// What is to be collected in the year, in millions of đồng.
    private static func plan(of rows: [SampleFigures.Row]) -> Int { rows.reduce(0) { $0 + $1.compulsory } * 27 }

    /// Late and with interest.
    private static func late(_ rows: [SampleFigures.Row], _ random: inout SplitMix) -> Int {
        Int(Double(plan(of: rows)) * Double.random(in: 0.023...0.026, using: &random))
    }

    /// Form B06-TS, of the same month's people as the others.
    private func collection(_ rows: [SampleFigures.Row], _ month: Month, _ late: Int) -> [[String]] {
        let compulsory = rows.reduce(0) { $0 + $1.compulsory }
        let voluntary = rows.reduce(0) { $0 + $1.voluntary }
        let monthly = Double(month.month)
        return SampleCollection.lines(
            .init(
                compulsory: compulsory, voluntary: voluntary, late: late * 10 / 9,
                // Half of those who stopped have come back somewhere by then.
                compulsoryStopped: Int(Double(compulsory) * 0.007 * monthly),
                voluntaryStopped: Int(Double(voluntary) * (Self.januaryStops + 0.018 * (monthly - 1)) / 2)),
            month)
    }

    /// Form B16b-TS with the columns that are read, in millions of đồng.
    private func lateForm(_ rows: [SampleFigures.Row], _ month: Month, _ late: Int) -> [[String]] {
        let plan = Self.plan(of: rows)
        return [
            ["Biểu B16b-TS: số thu, chậm đóng (minh họa)", "Đơn vị tính: triệu đồng"], ["Tháng \(month.vietnamese)"],
            ["STT", "Tỉnh/TP", "Số thu", "", "Số tiền chậm đóng", ""],
            ["", "", "Số KH", "Trong tháng", "NSNN", "Chậm đóng tính lãi"],
            ["1", system.definition.province, String(plan), String(plan / 12), "0", String(late)],
        ]
    }

    /// A review of every commune: who is of working age, who of them takes part in neither scheme.
    private func labourForce(
        _ rows: [SampleFigures.Row], _ month: Month, _ random: inout SplitMix
    ) -> [[String]] {
        [
            ["Rà soát lao động trên địa bàn (minh họa)"], ["Tháng \(month.vietnamese)"],
            ["Mã xã", "Đơn vị", "Lực lượng lao động trong độ tuổi", "Số người chưa tham gia BHXH"],
        ]
            + rows.map { row in
                // Employers of a commune may have more people than live there.
                let insured = row.compulsory + row.voluntary
                let force = max(
                    Int(row.residents * Double.random(in: 0.5...0.58, using: &random)), insured * 21 / 20)
                let others = Int(Double(force) * Double.random(in: 0.04...0.2, using: &random))
                return [
                    row.commune.code.text, row.commune.name, String(force),
                    String(max(force - insured - others, force / 40)),
                ]
            }
    }

    // MARK: Files

    private func receive(_ lines: [[String]], named name: String, month: Month) async throws {
        let day = min(month.adding(months: 1).firstDay.adding(days: 4), system.clock.today)
        let now = Timestamp(day: day, hour: 10)
        let service = service.by(.fixed(now))
        let sender = Submission(
            viewer: Viewer(
                account: RecordID(at: now), login: "bhxh-minh-hoa", name: "BHXH (minh họa)", role: .insuranceProvince,
                rights: Grants.ofRoles.rights(of: .insuranceProvince)))
        let number = month.vietnamese.replacing("/", with: "-")
        let id = try await service.receive(
            IncomingFile(
                name: "\(name)-\(number).csv", mediaType: "text/csv", bytes: CSVWriter.bytes(of: lines)), month: nil,
            place: .province, source: "Bảo hiểm xã hội \(system.definition.province) (minh họa)", by: sender)
        let outcome = try await service.look(at: id, for: sender.viewer).1
        guard outcome.reading.errors.isEmpty else {
            throw Refusal(
                .invalid, "Biểu minh họa không đọc được: \(outcome.reading.errors.prefix(3).map(\.sentence))")
        }
        try await service.accept(id, whole: "Số liệu minh họa", by: sender)
    }
}
