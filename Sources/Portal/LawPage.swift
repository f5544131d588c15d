import Charts
import Components
import Kernel
import Legislation

/// A calculator's page: the form, and what came of it.
struct LawPage: Page {
    static let template: PageTemplate = "law-calculator"

    struct Figure: Sendable {
        let label: String
        let value: String
    }

    struct Cell: Sendable {
        let label: String
        let value: String
    }

    struct Row: Sendable {
        let head: String
        let cells: [Cell]
    }

    struct Table: Sendable {
        let caption: String
        let heads: [String]
        let rows: [Row]
    }

    struct Step: Sendable {
        let label: String
        let working: String
        let result: String
        let article: String
    }

    struct Parameter: Sendable {
        let name: String
        let value: String
        let period: String
        let source: String
        let doubt: String?
        let note: String?
    }

    struct Problem: Sendable {
        let address: String
        let message: String
    }

    /// What a calculation came to, in the page's words.
    struct Result {
        var headline: String
        /// Whom or what it is for: a leaflet says it.
        var about = ""
        var figures: [Figure] = []
        var charts: [ChartModel] = []
        var remarks: [String] = []
        var tables: [Table] = []
        var steps: [TraceStep] = []
        var used: [UsedParameter] = []
    }

    let heading: String
    let lead: String
    let action: String
    let siblings: [Frame.Link]
    /// The two things that decide most; the rest is folded away on a narrow screen.
    let first: [Field]
    let rest: [Field]
    let hasRest: Bool
    /// What the rest asks, in a line.
    let restWords: String
    /// Something of the rest is filled in or wrong.
    let restIsOpen: Bool
    /// Cases to try.
    let cases: [Frame.Link]
    let hasCases: Bool
    let problems: [Problem]
    let hasProblems: Bool
    let hasResult: Bool
    let headline: String
    let about: String?
    let figures: [Figure]
    let charts: [ChartModel]
    let remarks: [String]
    let tables: [Table]
    let steps: [Step]
    let parameters: [Parameter]
    /// Parameters of the result that have a later value, or end without one.
    let hasNext: Bool
    let next: [String]
    let doubts: [String]
    /// Who decides what a page can only illustrate.
    let decider: String
    let basis: String
    let contact: String?
}

extension LawPage {
    init(
        _ subject: Portal.Subject, fields: [Field], typed: Typed, result: Result?, portal: Portal, today: Day
    ) {
        heading = subject.title
        lead = subject.lead
        action = subject.place().text
        siblings =
            [Frame.Link("Tất cả phép tính", Addresses.calculators())]
            + subject.group.subjects.map { Frame.Link($0.title, $0.place(), current: $0 == subject) }
        let errors = Dictionary(typed.problems.map { ($0.field, $0.message) }, uniquingKeysWith: { first, _ in first })
        // What an address leaves out stands as it does in the empty form.
        let usual = Dictionary(fields.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        let values = typed.isEmpty ? nil : usual.merging(typed.all) { _, given in given }
        let placed = fields.map { $0.placed(in: "tinh", errors: errors, typed: values) }
        first = Array(placed.prefix(Self.asksFirst))
        rest = Array(placed.dropFirst(Self.asksFirst))
        hasRest = !rest.isEmpty
        restWords =
            fields.dropFirst(Self.asksFirst).prefix(3).map(\.shortLabel).joined(separator: ", ")
            + (fields.count > Self.asksFirst + 3 ? " …" : "")
        restIsOpen = zip(rest, fields.dropFirst(Self.asksFirst)).contains { now, usual in
            now.error != nil || Self.isFilled(typed[now.name], usual)
        }
        cases = portal.typicalCases(subject, today: today)
        hasCases = !cases.isEmpty
        let names = Set(fields.map(\.name))
        problems = typed.problems.map { problem in
            Problem(
                address: names.contains(problem.field) ? "#tinh-\(problem.field)" : "#tinh", message: problem.message)
        }
        hasProblems = !problems.isEmpty
        hasResult = result != nil
        headline = result?.headline ?? ""
        about = (result?.about).flatMap { $0.isEmpty ? nil : $0 }
        figures = result?.figures ?? []
        charts = result?.charts ?? []
        remarks = result?.remarks ?? []
        tables = result?.tables ?? []
        steps = (result?.steps ?? []).map {
            Step(label: $0.label, working: $0.working, result: $0.result, article: $0.article)
        }
        let used = result?.used ?? []
        parameters = used.map { Parameter($0) }
        next = Self.next(used, portal.table, after: today)
        hasNext = !next.isEmpty
        let doubtful = used.filter { $0.value.confidence < .verified }
        doubts =
            doubtful.isEmpty
            ? []
            : [
                "\(doubtful.count) tham số chưa được đối chiếu với toàn văn: "
                    + doubtful.map { "\($0.name) (\($0.value.confidence.words))" }.joined(separator: "; ") + "."
            ]
        let latest = used.map(\.value.from).filter { $0 <= today }.max()
        decider = subject.decider
        basis =
            "Tham số theo văn bản có hiệu lực" + (latest.map { ", giá trị mới nhất từ \($0.vietnamese)" } ?? "")
            + "; in ngày \(today.vietnamese). Căn cứ: "
            + Self.articles(result?.steps ?? []) + "."
        let line = String(typed["lienhe"].prefix(160))
        contact = line.isEmpty ? nil : line
    }

    /// How many things a form asks for before it folds the rest.
    private static let asksFirst = 2

    /// Whether something else was typed than stands there anyway.
    private static func isFilled(_ typed: String, _ usual: Field) -> Bool {
        let standing = usual.isSelect ? usual.options.first?.value ?? "" : usual.value
        return !typed.isEmpty && typed != standing
    }

    /// Each document once, with its articles: `Luật BHXH 41/2024/QH15, Điều 36 khoản 1, Điều 66; Nghị định …`.
    static func articles(_ steps: [TraceStep]) -> String {
        var grounds: [(document: String, places: [String])] = []
        for whole in steps.flatMap({ $0.article.split(separator: "; ") }) {
            // “khoản 2, 3” is one place.
            let parts = whole.split(separator: ", ").reduce(into: [String]()) { parts, part in
                if parts.isEmpty || part.hasPrefix("Điều ") {
                    parts.append(String(part))
                } else {
                    parts[parts.count - 1] += ", \(part)"
                }
            }
            // “Điều 66, Điều 99” goes on with the document of before.
            let isDocument = parts.first.map { !$0.hasPrefix("Điều ") } ?? false
            guard let document = isDocument ? parts.first : grounds.last?.document else { continue }
            let place = grounds.firstIndex { $0.document == document } ?? grounds.endIndex
            if place == grounds.endIndex { grounds.append((document, [])) }
            for part in parts.dropFirst(isDocument ? 1 : 0) where !grounds[place].places.contains(part) {
                grounds[place].places.append(part)
            }
        }
        return grounds.map { ([$0.document] + $0.places).joined(separator: ", ") }.joined(separator: "; ")
    }
}

extension Field {
    /// The label up to its first comma, as part of a row of labels.
    fileprivate var shortLabel: String {
        let short = label.prefix { $0 != "," }
        return short.prefix(1).lowercased() + short.dropFirst()
    }
}

extension LawPage.Table {
    init(_ caption: String, _ heads: [String], _ rows: [[String]]) {
        self.caption = caption
        self.heads = heads
        self.rows = rows.map { row in
            LawPage.Row(head: row[0], cells: zip(heads, row).dropFirst().map { LawPage.Cell(label: $0, value: $1) })
        }
    }
}

extension LawPage {
    /// What the tables know of the future of the parameters used. Tables by year of birth are no news: their row is chosen already.
    /// - Parameter today: what changed until then is no news either.
    private static func next(_ used: [UsedParameter], _ table: ParameterTable, after today: Day) -> [String] {
        used.compactMap { one -> (Day, String)? in
            guard !one.key.hasPrefix("retirement_age."), let end = one.value.to,
                let parameter = try? table.parameter(one.key)
            else { return nil }
            let start = end.adding(days: 1)
            guard start > today else { return nil }
            guard let later = parameter.value(on: start) else {
                return (start, "\(one.name): hết hiệu lực sau ngày \(end.vietnamese), chưa có giá trị tiếp theo")
            }
            guard later.value != one.value.value else { return nil }
            return (
                start,
                "từ \(start.vietnamese), \(one.name.prefix(1).lowercased() + one.name.dropFirst()): \(one.value.value.vietnamese(one.unit)) thành \(later.value.vietnamese(parameter.unit))"
            )
        }
        .sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map { $0.1.prefix(1).uppercased() + $0.1.dropFirst() }
    }
}

extension LawPage.Parameter {
    init(_ used: UsedParameter) {
        name = used.name
        value = used.value.value.vietnamese(used.unit)
        period = used.value.period
        source = used.value.source
        doubt = used.value.confidence == .verified ? nil : used.value.confidence.words
        note = used.value.note
    }
}

extension DatedValue {
    /// `từ 01/07/2026`, `từ 01/01/2022 đến 31/12/2026`
    var period: String { "từ \(from.vietnamese)" + (to.map { " đến \($0.vietnamese)" } ?? "") }
}
