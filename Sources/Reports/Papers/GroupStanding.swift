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
    /// What its people live in groups of: as the groups call themselves where they do so alike, else tổ dân phố in a ward, thôn
    /// in a xã (Law on the Organisation of Local Government).
    func groupWord(_ groups: [ResidentialGroup]) -> String { kind.groupWord(of: groups.map(\.name)) }
}

extension Commune.Kind {
    private static let known = ["tổ dân phố", "khu dân cư", "khu phố", "thôn", "xóm"]

    /// What a group calls itself: `Thôn Đông` is a thôn; nil where its name does not say.
    static func word(of name: String) -> String? {
        let name = name.lowercased()
        return known.first { name.hasPrefix($0 + " ") } ?? (name.hasPrefix("tổ ") ? "tổ dân phố" : nil)
    }

    /// What groups of these names are called together: `khu dân cư`.
    func groupWord(of names: [String]) -> String {
        let words = Set(names.map(Self.word))
        guard words.count == 1, let only = words.first.flatMap(\.self) else { return groups }
        return only
    }

    /// Who heads a group that is called so: `tổ trưởng tổ dân phố`.
    func groupHead(of word: String) -> String {
        guard word != groups else { return groupHead }
        return switch word {
        case "tổ dân phố": Self.urban.groupHead
        case "thôn": Self.rural.groupHead
        default: "người đứng đầu \(word)"
        }
    }
}
