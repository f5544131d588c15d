import Kernel

/// A value put over those of the files: a new one, or a correction.
public struct Amendment: Sendable, Equatable {
    public let key: String
    public let value: DatedValue

    public init(key: String, value: DatedValue) {
        self.key = key
        self.value = value
    }
}

extension Parameter {
    /// The same parameter with one more value. On its days the new value holds in the place of whatever held; without a
    /// last day it holds until the next value that begins later.
    public func amended(by new: DatedValue) -> Parameter {
        let next = values.map(\.from).filter { $0 > new.from }.min()
        let last = new.to ?? next?.adding(days: -1)
        var kept: [DatedValue] = []
        for value in values {
            if value.from < new.from {
                let end = new.from.adding(days: -1)
                kept.append(value.lasting(from: value.from, to: value.to.map { min($0, end) } ?? end))
            }
            // What the new value leaves over behind it.
            if let last, value.to.map({ $0 > last }) ?? true {
                kept.append(value.lasting(from: max(value.from, last.adding(days: 1)), to: value.to))
            }
        }
        kept.append(new.lasting(from: new.from, to: last))
        return Parameter(
            key: key, name: name, unit: unit, of: of, subject: subject, values: kept.sorted { $0.from < $1.from },
            awaits: awaits, draft: draft, clock: clock, derivedFrom: derivedFrom)
    }
}

extension DatedValue {
    func lasting(from: Day, to: Day?) -> DatedValue {
        DatedValue(value: value, from: from, to: to, source: source, confidence: confidence, note: note)
    }
}

extension ParameterTable {
    /// The table with amendments put over it, one after the other.
    /// - Throws: ``LegislationError`` for an unknown key.
    public func amended(by amendments: [Amendment]) throws -> ParameterTable {
        guard !amendments.isEmpty else { return self }
        var amended: [String: Parameter] = [:]
        for amendment in amendments {
            amended[amendment.key] = try (amended[amendment.key] ?? parameter(amendment.key)).amended(
                by: amendment.value)
        }
        return try ParameterTable(
            subjects: subjects.map { subject in
                ParameterSubject(
                    id: subject.id, title: subject.title,
                    parameters: subject.parameters.map { amended[$0.key] ?? $0 }, daysOff: subject.daysOff)
            })
    }
}
