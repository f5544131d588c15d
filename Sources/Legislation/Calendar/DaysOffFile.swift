import Kernel
import Yams

/// Reads the days off of a file of the law: `weekly_rest`, `holidays`, `decisions`.
struct DaysOffFile {
    let file: String

    /// - Returns: nil for a file without days off.
    func read(_ root: Node) throws -> DaysOffRules? {
        guard let list = root["holidays"] else {
            guard root["decisions"] == nil, root["weekly_rest"] == nil else {
                throw problem("holidays", "thiếu danh sách ngày nghỉ lễ, tết")
            }
            return nil
        }
        let rest = try (root["weekly_rest"]?.sequence ?? []).map { node -> Int in
            guard let day = node.int, (1...7).contains(day) else {
                throw problem("weekly_rest", "ngày nghỉ hằng tuần là số từ 1 (thứ Hai) đến 7 (Chủ nhật)")
            }
            return day
        }
        guard (1...6).contains(Set(rest).count) else { throw problem("weekly_rest", "thiếu ngày nghỉ hằng tuần") }
        let holidays = try (list.sequence ?? []).map(holiday)
        guard Set(holidays.map(\.id)).count == holidays.count else {
            throw problem("holidays", "có hai ngày nghỉ cùng mã")
        }
        let decisions = try (root["decisions"]?.sequence ?? []).map { try decision($0, holidays) }
        let swaps = decisions.flatMap(\.swaps)
        let days = swaps.flatMap { [$0.off, $0.worked] }
        guard Set(days).count == days.count else { throw problem("decisions", "một ngày được hoán đổi hai lần") }
        for swap in swaps where rest.contains(swap.off.weekday) || !rest.contains(swap.worked.weekday) {
            throw problem(
                "decisions",
                "hoán đổi \(swap.off.vietnamese) với \(swap.worked.vietnamese): phải đổi một ngày làm việc lấy một ngày nghỉ hằng tuần"
            )
        }
        return DaysOffRules(weeklyRest: Set(rest), holidays: holidays, decisions: decisions)
    }

    private func holiday(_ node: Node) throws -> Holiday {
        guard let id = node["id"]?.string, !id.isEmpty else { throw problem("holidays", "một ngày nghỉ thiếu id") }
        guard let name = node["name"]?.string, !name.isEmpty else { throw problem(id, "thiếu name") }
        guard let source = node["source"]?.string, !source.isEmpty else { throw problem(id, "thiếu nguồn (source)") }
        let confidence = try confidence(node, id)
        guard let from = day(node["from"]) else { throw problem(id, "thiếu ngày from (yyyy-MM-dd)") }
        let days = node["days"]?.int ?? 1
        let before = node["days_before"]?.int ?? 0
        guard (1...10).contains(days), (0..<days).contains(before) else {
            throw problem(id, "days từ 1 đến 10, days_before ít hơn days")
        }
        let date: Holiday.Date
        switch (parts(node["on"]), parts(node["lunar"])) {
        case ((let month, let day)?, nil) where Day(year: 2024, month: month, day: day) != nil:
            date = .solar(month: month, day: day)
        case (nil, (let month, let day)?) where (1...12).contains(month) && (1...29).contains(day):
            date = .lunar(month: month, day: day)
        default: throw problem(id, "cần đúng một trong on (ngày dương) và lunar (ngày âm), dạng tháng-ngày: 01-01")
        }
        return Holiday(
            id: id, name: name, date: date, days: days, daysBefore: before, from: from, source: source,
            confidence: confidence)
    }

    private func decision(_ node: Node, _ holidays: [Holiday]) throws -> DaysOffDecision {
        guard let document = node["document"]?.string, !document.isEmpty else {
            throw problem("decisions", "một quyết định thiếu văn bản (document)")
        }
        let stretches = try (node["holidays"]?.sequence ?? []).map { node -> DaysOffDecision.Stretch in
            guard let id = node["id"]?.string, let holiday = holidays.first(where: { $0.id == id }) else {
                throw problem(document, "không có ngày nghỉ “\(node["id"]?.string ?? "")”")
            }
            guard let from = day(node["from"]), let to = day(node["to"]), from <= to else {
                throw problem(document, "\(id): from, to phải là ngày yyyy-MM-dd, from không sau to")
            }
            guard from.days(to: to) + 1 == holiday.days else {
                throw problem(
                    document,
                    "\(id): \(from.days(to: to) + 1) ngày, luật cho \(holiday.days) ngày (ngày nghỉ bù không ghi, hệ thống tự tính)"
                )
            }
            return .init(holiday: id, from: from, to: to)
        }
        let swaps = try (node["swaps"]?.sequence ?? []).map { node -> DaysOffDecision.Swap in
            guard let off = day(node["off"]), let worked = day(node["worked"]) else {
                throw problem(document, "hoán đổi cần off và worked, dạng yyyy-MM-dd")
            }
            return .init(off: off, worked: worked)
        }
        guard !stretches.isEmpty || !swaps.isEmpty else { throw problem(document, "không nói ngày nào") }
        return DaysOffDecision(
            document: document, confidence: try confidence(node, document), stretches: stretches, swaps: swaps)
    }

    private func confidence(_ node: Node, _ key: String) throws -> Confidence {
        guard let confidence = node["confidence"]?.string.flatMap(Confidence.init) else {
            throw problem(key, "confidence phải là verified, secondary hoặc knowledge")
        }
        return confidence
    }

    private func day(_ node: Node?) -> Day? { node?.string.flatMap { Day($0) } }

    /// `11-24`: month and day.
    private func parts(_ node: Node?) -> (Int, Int)? {
        let parts = (node?.string ?? "").split(separator: "-").compactMap { Int($0) }
        return parts.count == 2 ? (parts[0], parts[1]) : nil
    }

    private func problem(_ key: String, _ reason: String) -> LegislationError {
        .problem(file: file, key: key, reason: reason)
    }
}
