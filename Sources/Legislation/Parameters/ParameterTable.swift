public import Foundation
public import Kernel

/// All parameters of the law, by subject.
public struct ParameterTable: Sendable, Equatable {
    public let subjects: [ParameterSubject]
    private let byKey: [String: Parameter]
    /// Which days are worked; Saturdays and Sundays alone are off where no file tells days off.
    public let calendar: WorkingCalendar

    /// - Throws: ``LegislationError`` for a key that stands in two subjects, or a reference to no parameter.
    public init(subjects: [ParameterSubject]) throws {
        var byKey: [String: Parameter] = [:]
        for subject in subjects {
            for parameter in subject.parameters {
                guard byKey.updateValue(parameter, forKey: parameter.key) == nil else {
                    throw LegislationError.problem(
                        file: subject.id, key: parameter.key, reason: "khóa đã có ở chủ đề khác")
                }
            }
        }
        for parameter in byKey.values {
            for key in parameter.derivedFrom where byKey[key] == nil {
                throw LegislationError.problem(
                    file: parameter.subject, key: parameter.key, reason: "derived_from: không có tham số “\(key)”")
            }
            for value in parameter.values {
                guard case .reference(let key, _) = value.value, byKey[key] == nil,
                    !byKey.keys.contains(where: { $0.hasPrefix(key + ".") })
                else { continue }
                throw LegislationError.problem(
                    file: parameter.subject, key: parameter.key, reason: "dẫn đến tham số “\(key)” không có")
            }
        }
        try Self.check(clocksOf: subjects, byKey)
        let daysOff = subjects.filter { $0.daysOff != nil }
        guard daysOff.count <= 1 else {
            throw LegislationError.problem(
                file: daysOff[1].id, key: "holidays", reason: "ngày nghỉ đã có ở chủ đề \(daysOff[0].id)")
        }
        self.subjects = subjects
        self.byKey = byKey
        calendar = WorkingCalendar(daysOff.first?.daysOff ?? .weekendsOnly)
    }

    private static func check(clocksOf subjects: [ParameterSubject], _ byKey: [String: Parameter]) throws {
        var names: Set<String> = []
        for parameter in subjects.flatMap(\.parameters) {
            guard let clock = parameter.clock else { continue }
            func problem(_ reason: String) -> LegislationError {
                .problem(file: parameter.subject, key: parameter.key, reason: "clock: \(reason)")
            }
            guard names.insert(clock.name).inserted else { throw problem("tên “\(clock.name)” có hai lần") }
            if let rule = clock.lastDayOff, byKey[rule]?.unit != .lastDayRule {
                throw problem("last_day_off: “\(rule)” không phải tham số có đơn vị last-day-rule")
            }
            for longer in clock.extensions where byKey[longer.key].map({ $0.unit.isSpan }) != true {
                throw problem("kéo dài: “\(longer.key)” không phải tham số ngày, ngày làm việc, tháng")
            }
        }
    }

    /// Reads every `.yaml` of a folder.
    public init(folder: URL) throws {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".yaml") }
                .sorted()
        } catch {
            throw LegislationError.unreadable(file: folder.path, reason: "không mở được thư mục")
        }
        guard !names.isEmpty else {
            throw LegislationError.unreadable(file: folder.path, reason: "không có tệp .yaml nào")
        }
        try self.init(
            subjects: names.map { name in
                guard let text = try? String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8) else {
                    throw LegislationError.unreadable(file: name, reason: "không phải văn bản UTF-8")
                }
                return try ParameterFile.read(text, file: name)
            })
    }

    public var parameters: [Parameter] { subjects.flatMap(\.parameters) }

    /// - Throws: ``LegislationError/unknownKey(_:nearest:)``
    public func parameter(_ key: String) throws -> Parameter {
        guard let parameter = byKey[key] else {
            throw LegislationError.unknownKey(key, nearest: Nearest.name(to: key, among: byKey.keys.sorted()))
        }
        return parameter
    }

    /// - Throws: ``LegislationError`` for an unknown key or a day without a value.
    public func dated(_ key: String, on day: Day) throws -> DatedValue {
        let parameter = try parameter(key)
        guard let value = parameter.value(on: day) else {
            throw LegislationError.noValue(key: key, name: parameter.name, day: day, awaits: parameter.awaits)
        }
        return value
    }

    /// What changes from one day to another.
    public func changes(from first: Day, to second: Day) -> [(
        parameter: Parameter, before: DatedValue?, after: DatedValue?
    )] {
        parameters.compactMap { parameter in
            let (before, after) = (parameter.value(on: first), parameter.value(on: second))
            return before?.value == after?.value ? nil : (parameter, before, after)
        }
    }

    /// Values that begin after a day, by date.
    public func coming(after day: Day) -> [(parameter: Parameter, value: DatedValue)] {
        parameters.flatMap { parameter in parameter.values.filter { $0.from > day }.map { (parameter, $0) } }
            .sorted { ($0.value.from, $0.parameter.key) < ($1.value.from, $1.parameter.key) }
    }

    /// Days between two values of a parameter on which none holds.
    public func gaps() -> [(parameter: Parameter, from: Day, to: Day)] {
        parameters.flatMap { parameter in
            zip(parameter.values, parameter.values.dropFirst()).compactMap { first, second in
                guard let end = first.to, end.adding(days: 1) < second.from else { return nil }
                return (parameter, end.adding(days: 1), second.from.adding(days: -1))
            }
        }
    }
}
