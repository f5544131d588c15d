import Foundation
import Kernel
import Yams

/// Reads and checks one file of parameters.
enum ParameterFile {
    static func read(_ text: String, file: String) throws -> ParameterSubject {
        let raw: Node
        do {
            guard let node = try Yams.compose(yaml: text) else {
                throw LegislationError.unreadable(file: file, reason: "tệp trống")
            }
            raw = node
        } catch let error as YamlError {
            throw LegislationError.unreadable(file: file, reason: "\(error)")
        }
        guard let subject = raw["subject"]?.string, let title = raw["title"]?.string,
            let entries = raw["parameters"]?.sequence
        else {
            throw LegislationError.unreadable(file: file, reason: "thiếu subject, title hoặc parameters")
        }
        var seen: Set<String> = []
        let parameters = try entries.map { entry -> Parameter in
            let parameter = try parameter(entry, subject: subject, file: file)
            guard seen.insert(parameter.key).inserted else {
                throw LegislationError.problem(file: file, key: parameter.key, reason: "khóa có hai lần")
            }
            return parameter
        }
        return ParameterSubject(
            id: subject, title: title, parameters: parameters, daysOff: try DaysOffFile(file: file).read(raw))
    }

    private static func parameter(_ entry: Node, subject: String, file: String) throws -> Parameter {
        guard let key = entry["key"]?.string, !key.isEmpty else {
            throw LegislationError.problem(file: file, key: "(không có khóa)", reason: "thiếu key")
        }
        func problem(_ reason: String) -> LegislationError { .problem(file: file, key: key, reason: reason) }
        guard let name = entry["name"]?.string, !name.isEmpty else { throw problem("thiếu name") }
        guard let unit = entry["unit"]?.string.flatMap(ParameterUnit.init) else {
            throw problem("đơn vị “\(entry["unit"]?.string ?? "")” không có")
        }
        let awaits = entry["awaits"]?.string
        let list = entry["values"].flatMap(\.sequence).map(Array.init) ?? []
        guard awaits != nil || !list.isEmpty else { throw problem("chưa có giá trị nào") }
        var values: [DatedValue] = []
        for node in list {
            guard let from = node["from"]?.string.flatMap({ Day($0) }) else {
                throw problem("giá trị thiếu ngày from (yyyy-MM-dd)")
            }
            var to: Day?
            if let text = node["to"]?.string {
                guard let day = Day(text), day >= from else {
                    throw problem("ngày to “\(text)” không đúng hoặc trước from")
                }
                to = day
            }
            guard let source = node["source"]?.string, !source.isEmpty else {
                throw problem("giá trị từ \(from.vietnamese) thiếu nguồn (source)")
            }
            guard let confidence = node["confidence"]?.string.flatMap(Confidence.init) else {
                throw problem("confidence phải là verified, secondary hoặc knowledge")
            }
            guard let written = node["value"], let value = value(written, unit, times: node["times"]?.int) else {
                throw problem("giá trị từ \(from.vietnamese) không đúng với đơn vị \(unit.rawValue)")
            }
            if let last = values.last {
                guard let end = last.to, end < from else {
                    throw problem("hai giá trị cùng có hiệu lực vào ngày \(from.vietnamese)")
                }
            }
            values.append(
                DatedValue(
                    value: value, from: from, to: to, source: source, confidence: confidence,
                    note: node["note"]?.string))
        }
        return Parameter(
            key: key, name: name, unit: unit, of: entry["of"]?.string, subject: subject, values: values,
            awaits: awaits, draft: try entry["draft"].map { try draft($0, unit, awaits: awaits, problem: problem) },
            clock: try entry["clock"].map { try ClockBlock.read($0, of: key, unit, problem: problem) },
            derivedFrom: entry["derived_from"].flatMap(\.sequence)?.compactMap(\.string) ?? [])
    }

    /// A value that a draft names; nothing is reckoned with it.
    private static func draft(
        _ node: Node, _ unit: ParameterUnit, awaits: String?, problem: (String) -> LegislationError
    ) throws -> DatedValue {
        guard awaits != nil else { throw problem("draft chỉ có khi tham số chờ văn bản (awaits)") }
        guard let from = node["from"]?.string.flatMap({ Day($0) }), let source = node["source"]?.string,
            !source.isEmpty, let written = node["value"], let value = value(written, unit, times: node["times"]?.int)
        else { throw problem("draft cần value đúng đơn vị \(unit.rawValue), from và source") }
        return DatedValue(
            value: value, from: from, to: nil, source: source, confidence: .knowledge, note: node["note"]?.string)
    }

    private static func value(_ node: Node, _ unit: ParameterUnit, times: Int?) -> ParameterValue? {
        let text = node.string ?? node.int.map(String.init) ?? node.float.map { "\($0)" }
        func dong(_ node: Node?) -> Dong? { node?.int.flatMap { $0 >= 0 ? Dong($0) : nil } }
        func share(_ node: Node?) -> Share? { (node?.scalar?.string).flatMap { Share(percent: $0) } }
        switch unit {
        case .dong, .dongPerMonth, .dongPerYear, .dongPerHour: return dong(node).map(ParameterValue.dong)
        case .percent, .percentPerDay, .percentPerMonth: return share(node).map(ParameterValue.share)
        case .factor:
            // A factor is a share of one: 1.36 is 136 %.
            return share(node).flatMap { Share($0.numerator * 100, of: $0.denominator) }.map(ParameterValue.share)
        case .times, .days, .workingDays, .weeks, .months, .years, .ageMonths, .hours, .dayOfMonth, .persons:
            if let count = node.int { return .count(count) }
            // Half a unit: 1.5 months.
            return share(node).flatMap { Share($0.numerator * 100, of: $0.denominator) }.map(ParameterValue.share)
        case .dayOfYear: return text.map(ParameterValue.dayOfYear)
        case .date: return text.flatMap { Day($0) }.map(ParameterValue.day)
        case .dongRange:
            guard let low = dong(node["low"]), let high = dong(node["high"]), low <= high else { return nil }
            return .dongRange(low, high)
        case .percentRange:
            guard let low = share(node["low"]), let high = share(node["high"]), low <= high else { return nil }
            return .shareRange(low, high, most: dong(node["most"]))
        case .percentList:
            guard let list = node.sequence else { return nil }
            let shares = list.compactMap { share($0) }
            return shares.count == list.count ? .shares(shares) : nil
        case .rule: return text.map(ParameterValue.text)
        case .lastDayRule: return text.flatMap { LastDayRule(rawValue: $0) }.map { .text($0.rawValue) }
        case .reference: return text.map { .reference($0, times: times ?? 1) }
        }
    }
}
