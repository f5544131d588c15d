import Documents
import Kernel
import Province

/// A residential group against its target of a year, by a count that the commune made on a day.
struct GroupStanding: Sendable {
    let name: String
    let target: Int
    let now: Int
    let day: Day

    var missing: Int { target - now }

    /// The groups that have a target of a year and a count no later than a day: the most behind first.
    static func all(_ groups: [ResidentialGroup], year: Int, until day: Day) -> [GroupStanding] {
        groups.compactMap { group -> GroupStanding? in
            guard group.year == year, let target = group.voluntaryTarget, let now = group.voluntaryNow, target > 0,
                let on = group.countedOn, on <= day
            else { return nil }
            return GroupStanding(name: group.name, target: target, now: now, day: on)
        }.sorted { ($0.missing, $1.name) > ($1.missing, $0.name) }
    }

    /// Counts of all, and a table of those behind.
    /// - Parameter shown: how many of them, nil for all.
    static func fill(_ data: inout DocumentData, _ groups: [GroupStanding], shown most: Int? = nil) {
        let behind = groups.filter { $0.missing > 0 }
        let days = Set(groups.map(\.day)).sorted()
        if let first = days.first, let last = days.last {
            let origin = FigureOrigin(last, source)
            data.put("groupCount", "\(groups.count)", from: origin)
            data.put("groupReached", "\(groups.count - behind.count)", from: origin)
            data.put("groupBehind", "\(behind.count)", from: origin)
            data.put("groupMissing", VietnameseText.grouped(behind.reduce(0) { $0 + $1.missing }), from: origin)
            data.fields["groupDays"] =
                first == last
                ? "số đến ngày \(last.vietnamese)"
                : "số đến ngày ghi ở từng dòng, từ \(first.vietnamese) đến \(last.vietnamese)"
        }
        data.fields["hasGroupsBehind"] = behind.isEmpty ? "" : "1"
        let shown = behind.prefix(most ?? .max)
        data.tables["groups"] = .init(
            columns: ["name", "target", "now", "missing", "percent", "day"],
            rows: shown.map { one in
                [
                    .text(one.name), .number(one.target), .number(one.now), .number(one.missing),
                    DocumentService.percent(one.now, of: one.target), .day(one.day),
                ]
            })
        for (index, one) in shown.enumerated() {
            data.state(FigureOrigin(one.day, source), of: "groups/\(index + 1)")
        }
    }

    /// Says what is left to give out where the groups' targets add up to less than the commune's; nothing before a count.
    static func fillTargets(
        _ data: inout DocumentData, _ groups: [ResidentialGroup], year: Int, until day: Day, whole: Int?,
        _ origin: FigureOrigin
    ) {
        guard let whole, !all(groups, year: year, until: day).isEmpty else { return }
        let given = groups.filter { $0.year == year }.compactMap(\.voluntaryTarget).reduce(0, +)
        guard given < whole else { return }
        data.put("groupTargetSum", VietnameseText.grouped(given), from: origin)
        data.put("groupTargetLeft", VietnameseText.grouped(whole - given), from: origin)
    }

    private static let source = "danh sách địa bàn của xã, phường, đặc khu"
}

extension Commune {
    /// What its people live in groups of: tổ dân phố in a ward, thôn in a xã (Law on the Organisation of Local Government). A
    /// special zone has both, by its own list.
    func groupWord(_ groups: [ResidentialGroup]) -> String {
        switch kind {
        case .urban: "tổ dân phố"
        case .rural: "thôn"
        case .special:
            groups.isEmpty || !groups.allSatisfy { VietnameseText.fold($0.name).hasPrefix("thon ") }
                ? groups.allSatisfy { VietnameseText.fold($0.name).hasPrefix("to ") } && !groups.isEmpty
                    ? "tổ dân phố" : "khu dân cư"
                : "thôn"
        }
    }
}
