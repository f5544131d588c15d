public import Access
import Database
public import Formats
public import Kernel

/// An employer as somebody may see it: from the records within the scope.
public struct EmployerView: Sendable, Equatable {
    public let summary: EntitySummary
    /// Worked out of all its records: status, block, what contradicts.
    public let employer: Employer
    /// Whose branch it is, where the scope has it.
    public let parent: EntityID?
    /// The accounts of the latest months, the latest first.
    public let accounts: [EmployerAccount]
    /// How many of the scope's people are insured at it, month by month, the latest first.
    public let insured: [Insured]
    /// Those of the latest month, the first of them.
    public let people: [EntitySummary]
    /// Each way in which lists write the name, the latest first, with the list that says so last.
    public let names: [Derived<String>]
    /// Fields of the latest list that has them.
    public let fields: [RecordField: Derived<String>]
    /// All codes under which lists know it, the latest of each kind first.
    public let numbers: [ShownNumber]
    /// The latest first.
    public let records: [RecordLine]
    /// How many records lie outside the scope.
    public let elsewhere: Int
    /// The latest first.
    public let changes: [EntityChange]

    public struct Insured: Sendable, Equatable {
        public let month: Month
        public let people: Int
    }
}

extension RegisterService {
    /// What of an employer's fields is shown, in the order of the page.
    private static let shown: [RecordField] = [
        .unitKind, .subjectKind, .unitStatus, .taxStatus, .industry, .industryCode, .representative, .registeredOn,
        .headCount, .managedBy, .siOffice, .cadence, .commune, .address,
    ]

    /// So many months of accounts and of insured people are shown, and so many people.
    static let monthsShown = 6
    static let peopleShown = 50

    /// An employer; that somebody looked is noted, for a household business is its owner.
    public func employer(_ entity: EntityID, by submission: Submission) async throws -> EmployerView {
        try submission.viewer.require(.openRecords)
        let today = clock.today
        return try await store.write { [keys, rules, now = clock.now] connection in
            let reading = EntityReading(scope: submission.viewer.recordScope, keys: keys, rules: rules)
            guard let member = try reading.members(of: [entity], on: connection)[entity], member.subject == .employer,
                let summary = try reading.summaries(of: [entity], on: connection).first
            else { throw Refusal(.notFound, "Không có đơn vị này trong địa bàn của bạn.") }
            let ordered = Array(member.records.sorted(by: MemberRecord.isEarlier).reversed())
            func derived(_ field: RecordField, _ record: MemberRecord) -> Derived<String>? {
                record[field].flatMap { text in
                    text.isEmpty
                        ? nil
                        : Derived(
                            text, place: record.place, kind: record.kind, month: record.month, isConfirmed: nil)
                }
            }
            var names: [Derived<String>] = []
            for name in ordered.compactMap({ derived(.unitName, $0) })
            where !names.contains(where: { NameTerms.spoken($0.value) == NameTerms.spoken(name.value) }) {
                names.append(name)
            }
            var fields: [RecordField: Derived<String>] = [:]
            for field in Self.shown { fields[field] = ordered.lazy.compactMap { derived(field, $0) }.first }
            let bearing = ordered.flatMap { record in
                [NumberKind.employerTax, .employerUnit].compactMap { kind in
                    record.number(kind).map { (token: $0, kind: kind, place: record.place) }
                }
            }
            guard
                let employer = try RegisterQueries.employer(
                    entity, within: submission.viewer.recordScope, by: rules, keys: nil, on: connection)
            else { throw Refusal(.notFound, "Không có đơn vị này trong địa bàn của bạn.") }
            let parent = try RegisterQueries.parent(of: employer, on: connection)
            let parentIsSeen =
                try parent.map { try RegisterQueries.lies($0, within: submission.viewer.recordScope, on: connection) }
                ?? false
            var insured: [EmployerView.Insured] = []
            var people: [EntitySummary] = []
            // What was paid in advance is told of months ahead: they have not come.
            if let last = try RegisterFlows.months(on: connection).map({ min($0.upperBound, Month(of: today)) }) {
                for back in 0..<Self.monthsShown {
                    let month = last.adding(months: -back)
                    let found = try RegisterQueries.insured(
                        at: employer, in: month, within: submission.viewer.recordScope, on: connection)
                    insured.append(EmployerView.Insured(month: month, people: found.count))
                    if back == 0 {
                        people = try reading.summaries(of: Array(found.prefix(Self.peopleShown)), on: connection)
                    }
                }
            }
            var seen: Set<NumberToken> = []
            let wanted = bearing.filter { seen.insert($0.token).inserted }
            let view = EmployerView(
                summary: summary, employer: employer, parent: parentIsSeen ? parent : nil,
                accounts: try RegisterQueries.accounts(of: employer, months: Self.monthsShown, on: connection),
                insured: insured, people: people, names: names, fields: fields,
                numbers: try reading.numbers(
                    wanted.map { ($0.kind, $0.place) }, isOpened: false, on: connection),
                records: try reading.lines(of: member.records, on: connection), elsewhere: member.elsewhere,
                changes: try EntityChange.all(of: entity, on: connection).reversed())
            try WhoLooked.note(entity, by: submission, at: now, on: connection)
            return view
        }
    }
}
