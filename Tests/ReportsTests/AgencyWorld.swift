import Access
import Assembly
import Database
import Documents
import Figures
import Foundation
import Kernel
import Overview
import PlanText
import Province
import Targets
import TestPlans
import TestSupport
import Testing
import Work

@testable import Reports

/// Hải Phòng's plan with its work and the real templates, and people of several agencies who write papers.
struct AgencyWorld: Sendable {
    let store: any DataStore
    let clock: MutableClock
    let services: PlanServices
    let documents: DocumentService

    static func with(
        _ engine: TestEngine, on day: Day = .known(2026, 10, 20), _ body: (AgencyWorld) async throws -> Void
    ) async throws {
        try await engine.withStore { store in
            let clock = MutableClock(Timestamp(day: day, hour: 8))
            _ = try await Schema.migrator.migrate(store, at: clock.now)
            let definition = try PlanFolder.load(PlanFolder.haiPhong)
            let services = PlanServices(store: store, clock: clock.ticking, definition: definition, grants: .ofRoles)
            let figures = FigureService(
                store: store, clock: clock.ticking, directory: definition.communes, province: definition.province)
            _ = try await services.work.syncInstances()
            try await body(
                AgencyWorld(
                    store: store, clock: clock, services: services,
                    documents: DocumentService(
                        services: services, figures: figures, law: nil,
                        folder: try TemplateFolder(PlanFolder.package.appending(path: "templates")))))
        }
    }

    func viewer(_ role: Role, agency: String? = nil, commune: String? = nil) -> Viewer {
        Viewer(
            account: RecordID(at: Timestamp(secondsSinceEpoch: 0)), login: role.rawValue, name: "Người \(role)",
            role: role, rights: Grants.ofRoles.rights(of: role), agency: agency.flatMap { AgencyCode($0) },
            communes: [commune.flatMap { CommuneCode($0) }].compactMap(\.self))
    }

    var construction: Viewer { viewer(.agencyOfficer, agency: "so-xay-dung") }
    var analyst: Viewer { viewer(.analyst, agency: "so-noi-vu") }

    /// A draft of what a form would bring.
    func draft(_ kind: PaperKind, _ values: [String: String], by viewer: Viewer) async throws -> DocumentService.Draft {
        try await documents.draft(
            try await documents.read(kind, { values[$0] ?? "" }, for: viewer), for: viewer)
    }

    /// What the paper says, in Word.
    func text(_ kind: PaperKind, _ values: [String: String], by viewer: Viewer) async throws -> WordText {
        try WordText(try documents.written(try await draft(kind, values, by: viewer)).word)
    }

    /// Kept, numbered and signed on a day.
    func issued(_ draft: DocumentService.Draft, _ number: String, by viewer: Viewer) async throws -> RecordID {
        let id = try await documents.keep(draft, by: Submission(viewer: viewer))
        try await documents.issue(
            id, .init(number: number, day: clock.now.day.vietnamese, signer: "Nguyễn Văn Ký"), file: nil,
            by: Submission(viewer: viewer))
        return id
    }

    static let directive = [
        PaperField.Key.task: "I.6", PaperField.Key.year: "2026", PaperField.Key.quarter: "4",
        PaperField.Key.addressees: "Công ty Cổ phần Công trình; nộp hết số chậm đóng\nTrung tâm Quy hoạch",
        PaperField.Key.replyBy: "10/11/2026",
    ]
}
