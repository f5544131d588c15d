public import Access
import Documents
public import Kernel
public import PlanText
public import Targets
import Work

/// One kind of paper: the template it is printed by, what it is about, who may make it, what its form asks and how its
/// data come together. Another kind is one more value in ``all`` and its template; which of a plan's products it makes
/// stands in the plan's `tasks.yaml`.
public struct PaperKind: Sendable {
    /// That of its template.
    public let id: String
    public let topic: PaperTopic
    /// What the role must allow.
    public let right: Right
    /// Whose paper it may be, for somebody of that right.
    let issuers: @Sendable (Viewer, PlanDefinition) -> [UnitCode]
    /// Asked beside what the topic and the template ask.
    let asks: [PaperField]
    /// What stands at first in fields of its form, by key, for a unit.
    let begins: @Sendable (DocumentService, UnitCode, Viewer) async throws -> [String: String]
    /// What its choices hold, by key, for a unit: of those whose lists are the plan's.
    let lists: @Sendable (DocumentService, UnitCode) -> [String: [PaperField.Option]]
    /// What whoever fills in its form is told besides; empty without.
    public let note: String
    /// What of its data not every reader of the paper may see.
    let guards: [PaperGuard]
    /// Where it prints the targets that it gives by being issued; nil for a paper that gives none.
    let decides: SplitTable?
    /// Why there is nothing to write of it now, in a sentence; nil where there is. Asked with the scenario it would be
    /// about, if it is about one.
    let lacks: @Sendable (DocumentService, AllocationScenario?, Viewer) async throws -> String?
    let draft: @Sendable (DocumentService, PaperRequest, Viewer) async throws -> DocumentService.Draft

    init(
        _ id: String, about topic: PaperTopic, right: Right = .draftDocuments,
        issuers: @escaping @Sendable (Viewer, PlanDefinition) -> [UnitCode], asks: [PaperField] = [],
        begins: @escaping @Sendable (DocumentService, UnitCode, Viewer) async throws -> [String: String] = {
            _, _, _ in [:]
        },
        lists: @escaping @Sendable (DocumentService, UnitCode) -> [String: [PaperField.Option]] = { _, _ in [:] },
        note: String = "", guards: [PaperGuard] = [], decides: SplitTable? = nil,
        lacks: @escaping @Sendable (DocumentService, AllocationScenario?, Viewer) async throws -> String? = {
            _, _, _ in nil
        },
        draft: @escaping @Sendable (DocumentService, PaperRequest, Viewer) async throws -> DocumentService.Draft
    ) {
        self.id = id
        self.topic = topic
        self.right = right
        self.issuers = issuers
        self.asks = asks
        self.begins = begins
        self.lists = lists
        self.note = note
        self.guards = guards
        self.decides = decides
        self.lacks = lacks
        self.draft = draft
    }

    /// Every kind of this program.
    public static let all: [PaperKind] = [
        .targetProposal, .targetDecision, .targetAdjustment, .communePlan, .groupDecision, .communeReport, .cityReport,
        .groupReminder, .lateWorkLetter, .indicatorCard, .obstacleReport, .committeeDecision, .committeeRules,
        .handoverMinutes, .invitation, .meetingMinutes, .directive, .dataSharing, .agencyPlan, .agencyReport,
        .broadcastPlan, .serviceGuide, .recommendation, .reportRequest, .ministryReport, .periodNote, .midTermReview,
        .finalReport, .policyProposals, .operationReport, .qualityBulletin, .impactAssessment, .deliveryMinutes,
    ]

    /// The units for which somebody may make it; empty: it is not offered, and refused.
    public func issuers(for viewer: Viewer, in plan: PlanDefinition) -> [UnitCode] {
        // Whoever makes a paper also keeps it among the unit's own.
        guard viewer.may(.draftDocuments), viewer.may(right) else { return [] }
        return issuers(viewer, plan).filter(viewer.ownUnits.contains)
    }

    /// The period of the work whose product a paper of a period is: what is written ahead belongs to the year in which it
    /// is written.
    func workPeriod(of period: WorkPeriod?) -> WorkPeriod? {
        guard case .year(let ahead) = topic, case .year(let year)? = period else { return period }
        return .year(year - ahead)
    }

    public func admits(_ viewer: Viewer, in plan: PlanDefinition) -> Bool { !issuers(for: viewer, in: plan).isEmpty }

    /// The products of a plan that it makes: task and slot, as the plan's data say.
    public func products(in plan: PlanDefinition) -> [(task: PlanTask, slot: Int)] {
        plan.tasks.flatMap { task in
            task.slots.indices.filter { task.slots[$0].papers.contains(id) }.map { (task, $0) }
        }
    }

    /// Of these products those that a paper about something makes: of a paper about a task, that task's alone.
    public func products(about subject: Subject, in plan: PlanDefinition) -> [(task: PlanTask, slot: Int)] {
        guard case .task = topic else { return products(in: plan) }
        return products(in: plan).filter { Subject(.task, $0.task.code) == subject }
    }

    /// Products of a plan that name a kind of paper which does not exist, or has no template.
    public static func unknown(in plan: PlanDefinition, _ folder: TemplateFolder) -> [(task: String, paper: String)] {
        let known = Set(all.map(\.id)).intersection(folder.templates.keys)
        return plan.tasks.flatMap { task in
            task.slots.flatMap(\.papers).filter { !known.contains($0) }.map { (task.code, $0) }
        }
    }
}

/// A column of a paper's data that not every reader of the paper may see.
struct PaperGuard: Sendable {
    let table: String
    let column: String
    /// Who may, by the unit whose paper it is.
    let by: @Sendable (UnitCode) -> Guard

    /// Whether a paper's data have the column at all.
    func guards(_ data: DocumentData) -> Bool { data.tables[table]?.columns.contains(column) ?? false }
}

/// What a kind of paper is about, and so what must be chosen before it can be made.
public enum PaperTopic: Sendable, Hashable {
    /// A way of splitting the province's target.
    case citySplit(adjusting: Bool?)
    /// A commune's way of splitting its own.
    case communeSplit
    /// A quarter or a year of the unit that issues it.
    case period
    /// A year of the plan; so many years from now unless another is chosen.
    case year(ahead: Int)
    /// A batch of figures that was received.
    case batch
    /// A list that was handed over.
    case delivery
    /// A commune's steering committee as it is on the day.
    case committee
    /// One of the issuing unit's tasks, or none of them in particular, in a year or, where asked by quarters, in a quarter.
    case task(quarters: Bool)
    /// How things stand on the day it is made.
    case today

    /// Whether a scenario is what it is about.
    public func fits(_ scenario: AllocationScenario) -> Bool {
        switch self {
        case .citySplit(let adjusting):
            scenario.scope == .city && (adjusting.map { $0 == (scenario.content.adjusts != nil) } ?? true)
        case .communeSplit: scenario.scope != .city
        default: false
        }
    }

    /// Whether it can be begun without a page that says what it is about.
    public var standsAlone: Bool {
        switch self {
        case .period, .year, .committee, .task, .today: true
        case .citySplit, .communeSplit, .batch, .delivery: false
        }
    }
}

/// Whose papers somebody may make.
enum PaperIssuers {
    /// The coordinating agency's, by those who keep the plan.
    @Sendable static func coordinator(_ viewer: Viewer, _ plan: PlanDefinition) -> [UnitCode] {
        viewer.agency == plan.coordinatingAgency ? [.agency(plan.coordinatingAgency)] : []
    }

    /// The coordinating agency's, and of whoever leads a task that the kind makes a product of.
    static func coordinatorOrLead(of kind: String) -> @Sendable (Viewer, PlanDefinition) -> [UnitCode] {
        { viewer, plan in
            let tasks = plan.tasks.filter { task in task.slots.contains { $0.papers.contains(kind) } }
            let leads = Set(tasks.flatMap { Schedule.leads(of: $0, in: plan) })
            return viewer.ownUnits.filter { leads.contains($0) || $0 == .agency(plan.coordinatingAgency) }
        }
    }

    /// A commune's own.
    @Sendable static func commune(_ viewer: Viewer, _ plan: PlanDefinition) -> [UnitCode] {
        viewer.communes.map(UnitCode.commune)
    }

    /// An agency's, or one of its many units': whoever is no commune.
    @Sendable static func agency(_ viewer: Viewer, _ plan: PlanDefinition) -> [UnitCode] {
        viewer.ownUnits.filter { if case .commune = $0 { false } else { true } }
    }

    /// Any unit's own.
    @Sendable static func anyUnit(_ viewer: Viewer, _ plan: PlanDefinition) -> [UnitCode] { viewer.ownUnits }
}
