import Access
import Database
import Figures
import Kernel
import Overview
import PlanText
import Province
import Remarks
import Reports
import Work

extension RemarkService {
    /// All that people speak of: work, units, figures, papers.
    static func ofSystem(
        store: any DataStore, services: PlanServices, documents: DocumentService?
    ) -> RemarkService {
        let plan = services.definition
        let sources: [RemarkSource?] = [
            .work(services.work), .units(of: plan), .figures(of: plan), .months(of: plan),
            documents.map { .papers($0, of: plan) },
        ]
        return RemarkService(
            store: store, clock: services.clock, calendar: services.work.workingDays,
            names: UnitNames(
                agencies: { plan.workingAgencies.map { .agency($0.code) } },
                spellings: { [plan.name(of: $0)] + plan.searchTexts(of: $0).filter { $0.contains(where: \.isLetter) } }),
            sources: sources.compactMap(\.self))
    }
}

extension PlanDefinition {
    /// Agencies that do work of their own, without those that only stand for others.
    fileprivate var workingAgencies: [Agency] {
        agencies.filter { ![.communes, .unspecified, .supportOrganisation].contains($0.kind) }
    }

    /// Who sees what concerns a unit as a whole, beside the unit itself: its base office of social insurance, the coordinating
    /// agency, the People's Committee.
    fileprivate func watchers(of unit: UnitCode) -> [UnitCode] {
        var watchers: [UnitCode] = []
        if case .commune(let code) = unit {
            watchers += units.areas.filter { $0.value.contains(code) }.keys.sorted().map { .agencyUnit($0) }
        }
        watchers.append(.agency(coordinatingAgency))
        return watchers + agencies.filter { $0.kind == .peoplesCommittee }.map { .agency($0.code) }
    }

    fileprivate func has(_ unit: UnitCode) -> Bool {
        switch unit {
        case .agency(let code): agency(code) != nil
        case .agencyUnit(let code): units[code] != nil
        case .commune(let code): communes[code] != nil
        }
    }
}

extension RemarkSource {
    /// A piece of work: its lead, whoever reviews it, and the agencies that coordinate its task.
    fileprivate static func work(_ service: WorkService) -> RemarkSource {
        let plan = service.plan
        return RemarkSource(
            .instance,
            topic: { key, _ in
                let parts = key.split(separator: "/")
                guard parts.count == 3, let task = plan.task(String(parts[0])), let period = WorkPeriod(parts[1]),
                    let lead = UnitCode(parts[2])
                else { return nil }
                let coordinators = plan.workingAgencies.map(\.code).filter { task.coordinators.contains($0) }
                let others = ([plan.superior(of: lead)].compactMap(\.self) + coordinators).map(UnitCode.agency)
                return RemarkTopic(
                    Subject(.instance, key),
                    "việc \(task.code) (\(period.title.prefix(1).lowercased() + period.title.dropFirst())) của \(plan.name(of: lead))",
                    home: lead,
                    units: others + plan.watchers(of: lead))
            },
            isOpen: { key, viewer, connection in
                do {
                    _ = try service.item(key, for: viewer, on: connection)
                    return true
                } catch is Refusal {
                    return false
                }
            })
    }

    /// A unit as a whole, on its own page.
    fileprivate static func units(of plan: PlanDefinition) -> RemarkSource {
        RemarkSource(
            .unit,
            topic: { key, _ in
                guard let unit = UnitCode(key), plan.has(unit) else { return nil }
                return RemarkTopic(
                    Subject(.unit, key), "tình hình thực hiện của \(plan.name(of: unit))", home: unit,
                    units: plan.watchers(of: unit))
            },
            isOpen: { key, viewer, _ in UnitCode(key).map { viewer.follows($0) } ?? false })
    }

    /// A commune's figure of a month: for those who follow the commune, and who decide on what it contests.
    fileprivate static func figures(of plan: PlanDefinition) -> RemarkSource {
        RemarkSource(
            .figure,
            topic: { key, _ in
                let parts = key.split(separator: "/")
                guard parts.count == 3, let commune = CommuneCode(parts[0]), plan.communes[commune] != nil,
                    let month = Month(parts[1]), let scheme = Scheme(rawValue: String(parts[2]))
                else { return nil }
                let insurance = plan.agencies.filter { $0.kind == .socialInsurance }.map { UnitCode.agency($0.code) }
                return RemarkTopic(
                    Subject(.figure, key),
                    "số người tham gia \(scheme.word) tháng \(month.vietnamese) của \(plan.name(of: .commune(commune)))",
                    home: .commune(commune), units: insurance + plan.watchers(of: .commune(commune)))
            },
            isOpen: { key, viewer, _ in
                guard let commune = key.split(separator: "/").first.flatMap({ CommuneCode($0) }) else { return false }
                return viewer.follows(.commune(commune)) || viewer.may(.decideContests)
            })
    }

    /// What the province reached in a month: for everybody who sees figures.
    fileprivate static func months(of plan: PlanDefinition) -> RemarkSource {
        RemarkSource(
            .monthReached,
            topic: { key, _ in
                guard let month = Month(key) else { return nil }
                return RemarkTopic(
                    Subject(.monthReached, key), "số người tham gia tháng \(month.vietnamese) của \(plan.province)",
                    home: nil, units: plan.workingAgencies.map { .agency($0.code) })
            },
            isOpen: { _, viewer, _ in viewer.may(.viewFigures) })
    }

    /// A paper, for those who read its unit's drafts: not for those whom it only asks.
    fileprivate static func papers(_ documents: DocumentService, of plan: PlanDefinition) -> RemarkSource {
        RemarkSource(
            .document,
            topic: { key, connection in
                guard let id = RecordID(key), let paper = try documents.title(of: id, on: connection) else {
                    return nil
                }
                return RemarkTopic(
                    Subject(.document, key), "văn bản “\(paper.title)”", home: paper.unit,
                    units: plan.watchers(of: .agency(plan.coordinatingAgency)))
            },
            isOpen: { key, viewer, connection in
                guard let id = RecordID(key), let paper = try documents.title(of: id, on: connection) else {
                    return false
                }
                return documents.reads(papersOf: paper.unit, viewer)
            })
    }
}
