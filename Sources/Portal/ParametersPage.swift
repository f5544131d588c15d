import Components
import Kernel
import Legislation

/// All parameters on a day, what changed since another, what comes.
struct ParametersPage: Page {
    static let template: PageTemplate = "law-parameters"

    struct Row: Sendable {
        let address: String
        let name: String
        let value: String
        let period: String
        let source: String
        let doubt: String?
        let note: String?
    }

    struct Subject: Sendable {
        let title: String
        let count: Int
        let address: String
        let current: Bool
    }

    struct Change: Sendable {
        let name: String
        let before: String
        let after: String
        let source: String
    }

    struct Coming: Sendable {
        let from: String
        let name: String
        let value: String
        let source: String
        let doubt: String?
    }

    /// A document that has to come before values run out.
    struct Awaited: Sendable {
        let document: String
        let until: String
        let summary: String
        let values: [AwaitedValue]
    }

    struct AwaitedValue: Sendable {
        let name: String
        /// Of the parameter's page; nil for days off.
        let address: String?
        let draft: String?
    }

    struct Waiting: Sendable {
        let name: String
        let address: String
        let awaits: String
    }

    let action: String
    let day: String
    let since: String
    let dayWords: String
    let sinceWords: String
    let problem: String?
    let hasChanges: Bool
    let noChanges: Bool
    let changes: [Change]
    /// Names of what ends in between without a successor.
    let hasEnded: Bool
    let endedCount: Int
    let ended: [String]
    /// Within a year.
    let hasComing: Bool
    let coming: [Coming]
    /// After it.
    let hasLater: Bool
    let laterCount: Int
    let later: [Coming]
    /// What ends within sixty days, or ended, and waits for a document.
    let hasAwaited: Bool
    let awaited: [Awaited]
    let subjects: [Subject]
    let subjectTitle: String
    let rows: [Row]
    /// Parameters of the subject that wait for a document.
    let hasWaiting: Bool
    let waiting: [Waiting]
}

extension Portal {
    func parametersPage(_ given: Typed, _ today: Day) -> Answer {
        var typed = given
        let day = typed.day(QueryKey.lawDay.name, "Ngày") ?? today
        let since = typed.day(QueryKey.lawSince.name, "So với ngày")
        let changes = since.map { table.changes(from: min($0, day), to: max($0, day)) } ?? []
        let changed = changes.filter { $0.after != nil }
        let ended = changes.filter { $0.after == nil }.map(\.parameter.name)
        let known = table.coming(after: day)
        let coming = known.filter { day.days(to: $0.value.from) <= Self.soonDays }
        let later = known.filter { day.days(to: $0.value.from) > Self.soonDays }
        let asked = typed[QueryKey.lawSubject.name]
        let chosen = table.subjects.first { $0.id == (asked.isEmpty ? "voluntary" : asked) } ?? table.subjects.first
        let awaited = table.awaited(on: day)
        let waiting = (chosen?.parameters ?? []).compactMap { parameter in
            parameter.value(on: day) == nil
                ? parameter.awaits.map {
                    ParametersPage.Waiting(
                        name: parameter.name, address: Addresses.parameter(parameter.key).text, awaits: $0)
                } : nil
        }
        let model = ParametersPage(
            action: Addresses.parameters().text, day: day.description, since: since?.description ?? "",
            dayWords: max(day, since ?? day).vietnamese,
            sinceWords: since.map { min($0, day).vietnamese } ?? "", problem: typed.problems.first?.message,
            hasChanges: !changed.isEmpty, noChanges: since != nil && changes.isEmpty,
            changes: changed.map { change in
                let unit = change.parameter.unit
                return .init(
                    name: change.parameter.name, before: change.before?.value.vietnamese(unit) ?? "chưa có",
                    after: change.after?.value.vietnamese(unit) ?? "hết hiệu lực",
                    source: change.after?.source ?? change.before?.source ?? "")
            },
            hasEnded: !ended.isEmpty, endedCount: ended.count, ended: ended, hasComing: !coming.isEmpty,
            coming: coming.map { Self.row($0.parameter, $0.value) }, hasLater: !later.isEmpty,
            laterCount: later.count, later: later.map { Self.row($0.parameter, $0.value) },
            hasAwaited: !awaited.isEmpty,
            awaited: awaited.map { document in
                .init(
                    document: document.document, until: document.lastDay.vietnamese, summary: document.subject,
                    values: document.values.map { value in
                        .init(
                            name: value.name, address: value.key.map { Addresses.parameter($0).text },
                            draft: value.draft)
                    })
            },
            subjects: table.subjects.map { subject in
                .init(
                    title: subject.title, count: subject.parameters.count { $0.value(on: day) != nil },
                    address: Addresses.parameters().with(.lawDay, day).with(.lawSince, since).with(
                        .lawSubject, subject.id
                    )
                    .at("chu-de").text,
                    current: subject.id == chosen?.id)
            },
            subjectTitle: chosen?.title ?? "",
            rows: (chosen?.parameters ?? []).compactMap { parameter in
                parameter.value(on: day).map { dated in
                    ParametersPage.Row(
                        address: Addresses.parameter(parameter.key).text,
                        name: parameter.name, value: dated.value.vietnamese(parameter.unit),
                        period: dated.period, source: dated.source,
                        doubt: dated.confidence == .verified ? nil : dated.confidence.words, note: dated.note)
                }
            }, hasWaiting: !waiting.isEmpty, waiting: waiting)
        return Answer(
            title: Subject.parameters.title, page: model,
            isRefused: !typed.problems.isEmpty)
    }

    /// How far ahead changes stand openly: a year, and the days by which people speak of one.
    private static let soonDays = 400

    private static func row(_ parameter: Parameter, _ value: DatedValue) -> ParametersPage.Coming {
        .init(
            from: value.from.vietnamese, name: parameter.name, value: value.value.vietnamese(parameter.unit),
            source: value.source, doubt: value.confidence == .verified ? nil : value.confidence.words)
    }
}
