public import Kernel
public import Province

/// A province's plan as its data files state it (`plans/<id>/`). What people complete or override later is kept in the
/// database beside it (``PlanAmendments``), never written back here.
public struct PlanDefinition: Sendable {
    public let id: String
    /// `Kế hoạch`
    public let kind: String
    public let title: String
    public let province: String
    public let issuer: String
    /// Nil while the source leaves it blank.
    public let number: String?
    /// What follows the number: `/KH-UBND`.
    public let numberSuffix: String
    public let signedOn: Day?
    /// No work lies before this day.
    public let effectiveFrom: Day
    /// Why that day, shown wherever it is.
    public let effectiveNote: String
    public let years: ClosedRange<Int>
    /// The agency that keeps the plan and may override deadlines.
    public let coordinatingAgency: AgencyCode
    public let legalBases: [String]
    /// Laws that papers cite as grounds.
    public let laws: [Law]
    /// Seats offered for the steering committees of communes.
    public let steeringSeats: [SteeringSeat]
    public let objectives: [String]
    public let measures: [MeasureSection]
    public let organisation: [String]
    public let recipients: [String]
    public let baseline: Baseline
    /// By year, without gaps over ``years``.
    public let targets: [AnnualTarget]
    public let agencies: [Agency]
    /// Where the many units of agencies are known from.
    public internal(set) var unitsInForce: UnitsInForce
    public let groups: [TaskGroup]
    /// In the order of the annex, added entries last.
    public let tasks: [PlanTask]
    public let communes: CommuneDirectory
    /// How units are scored; nil when the plan has no `scores.yaml`.
    public let scoring: ScoringRules?
    /// What papers that share data offer to choose from; empty when the plan has no `sharing.yaml`.
    public let sharing: SharingLists

    /// A law as papers cite it: by name and day, without number (Decree 30/2020/NĐ-CP, Annex I, II.6).
    public struct Law: Sendable, Hashable {
        /// `social-insurance`
        public let key: String
        public let name: String
        public let passed: Day
        /// The days of the laws that amended it.
        public let amended: [Day]
        /// Where the days were read; nil where nobody wrote that down.
        public let source: String?
        /// What of its days is still to be confirmed, in a sentence; nil where the source says all.
        public let doubt: String?

        /// Whether somebody has to confirm its days before papers can rely on them.
        public var needsConfirming: Bool { source == nil || doubt != nil }

        /// `2008-11-14 2014-06-13`: what is confirmed.
        public var days: String { ([passed] + amended).map(\.description).joined(separator: " ") }
    }

    /// A seat of a steering committee and who usually holds it.
    public struct SteeringSeat: Sendable, Hashable {
        /// `Trưởng ban`
        public let seat: String
        public let position: String
        /// The kinds of commune that have it.
        public let kinds: Set<Commune.Kind>
    }

    /// A group of measures of the plan's text.
    public struct MeasureSection: Sendable {
        public let code: String
        public let title: String
        public let points: [String]
    }

    /// The many units of agencies as they stand now.
    public var units: AgencyUnits { unitsInForce.now }

    /// The same plan with these units, whatever is loaded later.
    /// - Parameter identities: what was stated of agencies on screen; nil: as it was read last.
    public func with(units: AgencyUnits, identities: StatedIdentities? = nil) -> PlanDefinition {
        var plan = self
        plan.unitsInForce = UnitsInForce(folder: units, identities: identities ?? unitsInForce.identities)
        return plan
    }

    public func task(_ code: String) -> PlanTask? { tasks.first { $0.code == code } }
    public func agency(_ code: AgencyCode) -> Agency? { agencies.first { $0.code == code } }

    /// The agency that stands for all communes (`kind: communes`).
    public var communesAgency: Agency? { agencies.first { $0.kind == .communes } }

    /// The name of a unit as documents write it: `Sở Nội vụ`, `UBND phường Thành Đông`; the code when unknown.
    public func name(of unit: UnitCode) -> String {
        switch unit {
        case .agency(let code): agency(code)?.name ?? code.text
        case .agencyUnit(let code): units[code]?.name ?? code.text
        case .commune(let code): communes[code]?.committeeName ?? code.text
        }
    }

    /// Who a unit is in documents; the empty identity for an unknown one.
    /// - Parameter day: what was stated on screen by then goes before the province's folder; nil: the folder alone.
    public func identity(of unit: UnitCode, on day: Day? = nil) -> LegalIdentity {
        func stated(_ code: AgencyCode) -> LegalIdentity? {
            day.flatMap { unitsInForce.identities.identity(of: code, on: $0) }
        }
        return switch unit {
        case .agency(let code):
            agency(code).map { stated(code) ?? $0.identity } ?? LegalIdentity()
        case .agencyUnit(let code):
            agency(code.agency).flatMap { units[code]?.identity(in: $0, stated: stated(code.agency)) }
                ?? LegalIdentity()
        case .commune(let code): communes[code].map { .committee(of: $0) } ?? LegalIdentity()
        }
    }

    /// Agencies in the plan's order, each followed by its many units, former ones too.
    public var bodies: [UnitCode] {
        agencies.flatMap { agency in
            [UnitCode.agency(agency.code)] + units.all(of: agency.code).map { UnitCode.agencyUnit($0.code) }
        }
    }

    /// Whether a unit's work is given to all units together because their list is not known yet.
    public func awaitsUnits(_ unit: UnitCode) -> Bool {
        guard case .agency(let code) = unit, let agency = self.agency(code), agency.standsForUnits else { return false }
        return units.units(of: code).isEmpty
    }

    /// Who accepts or returns what a unit hands in; nil for the highest body.
    public func superior(of unit: UnitCode) -> AgencyCode? {
        switch unit {
        case .agency(let code): agency(code)?.superior
        case .agencyUnit(let code): agency(code.agency).flatMap { units[code]?.superior(in: $0) }
        case .commune: communesAgency?.superior
        }
    }
}

/// A heading of the annex: `I. Công tác chỉ đạo, điều hành`.
public struct TaskGroup: Sendable, Hashable {
    public let code: String
    public let title: String
}

/// One of the plan's tasks, word for word, with what the words were read as.
public struct PlanTask: Sendable, Hashable {
    /// Where the entry comes from.
    public enum Origin: Sendable, Hashable {
        case annex
        /// Not in the annex; the note says why it is here.
        case added(note: String)
    }

    /// `II.8`
    public let code: String
    public let group: String
    public let text: String
    public let leadsPhrase: String
    public let leads: [AgencyCode]
    public let coordinatorsPhrase: String
    public let coordinators: [AgencyCode]
    public let productsPhrase: String
    /// What must be handed in; never empty.
    public let slots: [ProductSlot]
    public let deadlinePhrase: String
    public let deadline: DeadlineRule
    /// Where in the year the work belongs, by default; nil where the phrase alone says it.
    public let course: YearCourse?
    /// Another task whose work is the same: entered once, with the products of both.
    public let sharesWorkWith: String?
    public let origin: Origin
    /// Advice of this program for the officer; not part of the plan.
    public let guide: String
}

/// Where in the year a task's work belongs, with the reason: what its phrase leaves open ("Hằng năm"), or what the order of
/// the work asks for. A default of the plan's data, which the coordinating agency may replace like any rule; the phrase of the
/// plan stays what it is.
public struct YearCourse: Sendable, Hashable {
    /// In the words of deadlines.
    public let phrase: String
    public let rule: DeadlineRule
    /// How many days before its due day the work opens, where that is before its period.
    public let ahead: Int?
    /// Tasks that need this one: theirs of the same year is due no earlier.
    public let before: [String]
    public let reason: String
}

/// One product named in a task: the place where the proof of it goes.
public struct ProductSlot: Sendable, Hashable {
    public enum Kind: String, Sendable, CaseIterable {
        /// Number or symbol, date, summary and file.
        case document
        /// A number with its unit, cut-off day and source.
        case figure
        /// A file of rows.
        case list

        public var title: String {
            switch self {
            case .document: "Văn bản"
            case .figure: "Số liệu"
            case .list: "Danh sách"
            }
        }
    }

    /// As the plan names it.
    public let text: String
    public let kind: Kind
    /// Of a figure: `người`, `%`; empty otherwise.
    public let unit: String
    /// Whether it lists natural persons: its file then opens only to those who may see such lists.
    public let personal: Bool
    /// The kinds of paper that make it, by the names of their templates; empty for what comes from elsewhere.
    public var papers: [String] = []
    /// The day by which it is due before the work as a whole; nil: with the work.
    public var by: DeadlineRule?
    /// The figure of the system that it is.
    public var held: HeldFigure?
    /// Of what comes from elsewhere: what it is and who makes it, in a sentence for the officer.
    public var outside: Outside?

    /// What of a product comes from elsewhere.
    public struct Outside: Sendable, Hashable {
        /// `Biên bản nghiệm thu`
        public let what: String
        /// Who makes it, or whom it is got from.
        public let from: String
        /// `PDF bản đã ký, ghi số và ngày`
        public let form: String
    }

    /// Whether a paper that was issued can stand in it. A list can be the annex of its decision.
    public var takesPapers: Bool { kind == .document || kind == .list && !papers.isEmpty }

    /// Its own day in a year; nil where it is due with the work.
    public func due(in year: Int) -> Day? {
        by.flatMap { rule in
            Schedule.slots(of: rule, years: year...year, effectiveFrom: .firstDay(ofYear: year)).first?.due
        }
    }

    /// Figures of work that follow from what the system holds.
    public enum HeldFigure: String, Sendable, CaseIterable {
        /// Voluntary participants of a commune at the end of the period less those at its beginning.
        case voluntaryGrowth = "tang-tu-nguyen"
    }
}

/// A figure the plan starts from. Given with its source or absent; never computed backwards.
public struct Baseline: Sendable, Hashable {
    public let year: Int
    public let total: Int?
    public let voluntary: Int?
    public let source: String?
    public let asOf: Day?
}

/// What a year must reach, in persons; a stock at the year's end.
public struct AnnualTarget: Sendable, Hashable {
    /// How the plan words it: "đạt" or "đạt tối thiểu".
    public enum Operator: String, Sendable {
        case attains = "="
        case atLeast = ">="

        public var words: String {
            switch self {
            case .attains: "đạt"
            case .atLeast: "đạt tối thiểu"
            }
        }
    }

    public let year: Int
    public let total: Int
    public let totalOperator: Operator
    /// Part of the total.
    public let voluntary: Int
    public let voluntaryOperator: Operator
}
