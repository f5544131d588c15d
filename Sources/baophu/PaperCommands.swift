import Access
import ArgumentParser
import Assembly
import Database
import Documents
import Exchange
import Figures
import Foundation
import Kernel
import PlanText
import Province
import Reports
import Targets

struct PaperCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "paper",
        abstract: "The kinds of paper: which there are, and writing one of a unit without a browser.",
        subcommands: [PaperKindsCommand.self, PaperWriteCommand.self, PaperHeadsCommand.self])
}

extension DocumentService {
    fileprivate static func need(_ system: BaoPhuSystem) throws -> DocumentService {
        guard let documents = system.documents else {
            throw ValidationError("there are no templates of papers: set templates (see `baophu doctor`)")
        }
        return documents
    }
}

struct PaperKindsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kinds", abstract: "Lists the kinds of paper, with what each is about and the products it makes.")

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: JSONOption

    private struct Line: Encodable {
        let kind: String
        let name: String
        let about: String
        /// `I.5 Báo cáo đánh giá định kỳ (quý/năm)`
        let products: [String]
    }

    func run() async throws {
        try await reporting {
            let settings = try await settings.read()
            let plan = try PlanFolder.load(settings.planFolder)
            guard let folder = settings.templateFolder else {
                throw ValidationError("there are no templates of papers: set templates (see `baophu doctor`)")
            }
            let templates = try TemplateFolder(URL(fileURLWithPath: folder)).templates
            let lines = PaperKind.all.map { kind in
                Line(
                    kind: kind.id, name: templates[kind.id]?.name ?? kind.id, about: kind.topic.word,
                    products: kind.products(in: plan).map { "\($0.task.code) \($0.task.slots[$0.slot].text)" })
            }
            if output.json { return try sayJSON(lines) }
            for line in lines {
                say("\(line.kind.padding(to: 36)) \(line.about.padding(to: 16)) \(line.name)")
                if !line.products.isEmpty { say("    \(line.products.joined(separator: "; "))") }
            }
        }
    }
}

struct PaperWriteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "write", abstract: "Writes a paper of a unit from live data into a Word file. Keeps nothing.",
        discussion: """
            --json prints what stands in it, each figure with the day it is counted to and its source. Papers about a way of \
            splitting targets take the decided one of the period's year, else the latest; papers about a batch the latest batch.
            """)

    @Argument(help: "A kind that `baophu paper kinds` lists.")
    var kind: String

    @Option(help: "Whose paper it is: an agency's or a commune's code.")
    var unit: String

    @Option(help: "What it is about: 2026-Q3, 2026-H1 (half a year) or 2026; this quarter or year when left out.")
    var period: String?

    @Option(help: "For papers about a task: its code, such as I.6; none in particular when left out.")
    var task: String?

    @Option(name: .customLong("output"), help: ArgumentHelp("The Word file to write.", valueName: "file"))
    var path: String

    @Option(help: "A field of the paper's form, as NAME=TEXT; may be repeated.")
    var field: [String] = []

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: JSONOption

    private var about: ReportSpan? { period.flatMap { ReportSpan($0) } }

    func validate() throws {
        guard let period, about == nil else { return }
        throw ValidationError(
            "--period \(period): give a quarter (2026-Q3), half a year (2026-H1) or a year (2026)")
    }

    func run() async throws {
        try await reporting {
            let system = try await BaoPhuSystem.start(try await settings.read(), syncs: false)
            let documents = try DocumentService.need(system)
            let viewer = try writer(in: system.definition)
            let kind = try documents.kind(kind)
            let values = try await values(of: kind, documents, viewer)
            let draft = try await draft(of: kind, values, documents, viewer)
            let paper = try documents.written(draft)
            try Data(paper.word).write(to: URL(fileURLWithPath: path))
            try await system.store.close()
            if output.json { return try sayJSON(PaperAnswer(paper, of: draft, in: path)) }
            say("Wrote \(path): \(paper.title), figures to \(draft.cutoff).")
        }
    }

    /// - Throws: what is wrong with a field by the name that `--field` takes.
    private func draft(
        of kind: PaperKind, _ values: [String: String], _ documents: DocumentService, _ viewer: Viewer
    ) async throws -> DocumentService.Draft {
        do {
            let request = try await documents.read(kind, { values[$0] ?? "" }, for: viewer)
            return try await documents.draft(request, for: viewer)
        } catch let refusal as Refusal where !refusal.fields.isEmpty {
            let problems = refusal.fields.map { "\(Self.option($0.field)): \($0.message)" }
            throw Refusal(refusal.kind, problems.joined(separator: "\n"), fields: refusal.fields)
        }
    }

    /// The option that fills a field of the form.
    private static func option(_ key: String) -> String {
        switch key {
        case PaperField.Key.year, PaperField.Key.quarter: "--period"
        case PaperField.Key.task: "--task"
        default: "--field \(name(key))"
        }
    }

    /// A field's name without the mark of those that the template names.
    private static func name(_ key: String) -> String {
        let mark = PaperField.Key.text("")
        return key.hasPrefix(mark) ? String(key.dropFirst(mark.count)) : key
    }

    /// Refuses a `--field` that the paper's form does not have.
    private func requireKnown(_ names: [String], in form: [PaperField]) throws {
        let signing: [SigningDraft.Key] = [.signer, .form, .position]
        let known = Set(form.map(\.key) + signing.map(\.rawValue))
        guard let unknown = names.first(where: { !known.contains($0) && !known.contains(PaperField.Key.text($0)) })
        else { return }
        let open = known.filter { Self.option($0).hasPrefix("--field") }.map(Self.name).sorted()
        throw ValidationError(
            "--field \(unknown): the paper has no such field; it takes \(open.joined(separator: ", "))")
    }

    /// Somebody who writes the unit's papers: the command line may what the unit's own people may.
    private func writer(in plan: PlanDefinition) throws -> Viewer {
        func person(_ role: Role, agency: AgencyCode? = nil, communes: [CommuneCode] = []) -> Viewer {
            Viewer(
                account: RecordID(at: BaoPhuSystem.now), login: "dong-lenh", name: "Dòng lệnh", role: role,
                rights: Grants.ofRoles.rights(of: role), agency: agency, communes: communes)
        }
        switch UnitCode(unit) {
        case .commune(let code)? where plan.communes[code] != nil: return person(.communeLeader, communes: [code])
        case .agency(let code)?:
            guard let agency = plan.agency(code) else { break }
            if code == plan.coordinatingAgency { return person(.analyst, agency: code) }
            return person(agency.kind == .socialInsurance ? .insuranceProvince : .agencyOfficer, agency: code)
        default: break
        }
        throw ValidationError("--unit \(unit): the plan has no such agency or commune")
    }

    /// What a form would bring, by field.
    private func values(
        of kind: PaperKind, _ documents: DocumentService, _ viewer: Viewer
    ) async throws -> [String: String] {
        let today = documents.clock.today
        var values: [String: String] = [:]
        var names: [String] = []
        for pair in field {
            guard let cut = pair.firstIndex(of: "=") else {
                throw ValidationError("--field \(pair): give NAME=TEXT")
            }
            let name = String(pair[..<cut])
            let text = String(pair[cut...].dropFirst())
            names.append(name)
            values[name] = text
            values[PaperField.Key.text(name)] = text
        }
        let year = about?.year ?? today.year
        switch kind.topic {
        case .period, .task:
            values[PaperField.Key.year] = "\(year)"
            values[PaperField.Key.quarter] =
                switch about {
                case .quarter(let quarter): "\(quarter.quarter)"
                case .firstHalf: PaperField.Key.firstHalf
                case .year: PaperField.Key.wholeYear
                case nil: "\(Quarter(of: today).quarter)"
                }
            if values[PaperField.Key.task] == nil { values[PaperField.Key.task] = task ?? PaperField.Key.noTask }
        case .year(let ahead): values[PaperField.Key.year] = "\(about?.year ?? today.year + ahead)"
        case .citySplit, .communeSplit:
            let scope: AllocationScope = viewer.communes.first.map { .commune($0) } ?? .city
            let fitting = try await documents.scenarios(scope, year: year, for: viewer).filter { kind.topic.fits($0) }
            guard let scenario = fitting.first(where: { $0.state == .decided }) ?? fitting.first else {
                throw Refusal(.invalid, "Năm \(year) chưa có phương án phân bổ nào để soạn văn bản này.")
            }
            values[PaperField.Key.scenario] = scenario.id.text
        case .batch:
            guard let batch = try await documents.figures.batches(limit: 1, for: viewer).first else {
                throw Refusal(.invalid, "Chưa nhận lô số liệu nào.")
            }
            values[PaperField.Key.batch] = "\(batch.number)"
        case .delivery:
            guard let delivery = try await documents.exchange?.deliveries.deliveries(year: year, for: viewer).first
            else {
                throw Refusal(.invalid, "Chưa có lần giao nào của đơn vị này.")
            }
            values[PaperField.Key.delivery] = "\(delivery.number)"
        case .committee, .today: break
        }
        // What stands in the form at first holds here too.
        let given = values
        let form = try await documents.form(kind, given: { given[$0] ?? "" }, for: viewer)
        try requireKnown(names, in: form)
        for field in form where values[field.key] == nil { values[field.key] = field.value }
        return values
    }
}

/// What stands in a paper, for programs.
private struct PaperAnswer: Encodable {
    struct Figure: Encodable {
        /// The name of a field, or table, row and column: `months/2/total`.
        let place: String
        let value: String
        /// The day it is counted to.
        let day: String
        let source: String
    }

    let kind: String
    let title: String
    let unit: String
    let period: String?
    let cutoff: String
    let file: String
    let figures: [Figure]

    init(_ paper: WrittenPaper, of draft: DocumentService.Draft, in file: String) {
        kind = draft.template
        title = paper.title
        unit = draft.unit.text
        period = draft.period?.text
        cutoff = draft.cutoff.description
        self.file = file
        figures = paper.figures.map {
            Figure(place: $0.place, value: $0.value, day: $0.day.description, source: $0.source)
        }
    }
}
