public import Access
import AccountPages
public import Components
public import Exchange
import ExchangeAPI
public import LawInForce
import FigurePages
import GuidePages
public import Figures
public import Files
public import Foundation
import HTTPTypes
public import Hummingbird
import JobPages
public import Jobs
import Kernel
import LawPages
import NIOCore
import NoticePages
public import Notices
public import Operation
import PaperPages
public import Overview
import PlanText
public import Registry
import RegistryPages
import CasePages
public import Coverage
import RemarkPages
public import Remarks
import Targets
import Work
public import Reports
public import Search
import SearchPages
public import Telemetry
public import WebDesk
import WorkPages

/// All areas of pages joined into one site.
public struct Site: Sendable {
    private static let areaTypes: [any PageArea.Type] = [
        AccountPages.self, WorkPages.self, FigurePages.self, PaperPages.self, JobPages.self, NoticePages.self,
        SearchPages.self, LawPages.self, RemarkPages.self, RegistryPages.self, RegisterPages.self, CasePages.self,
        AgreementPages.self, ProgramPages.self, GuidePages.self,
    ]

    let desk: Desk
    private let areas: [any PageArea]
    private let law: LawPages
    private let exchange: ExchangeAPI
    private let meters: MeterRegistry
    private let metrics: MetricsAnswer
    private let health: Health

    /// - Parameters:
    ///   - law: the law behind the open pages; nil without its tables.
    ///   - health: what is told to whoever watches the system.
    ///   - guide: the users' guide behind “Trợ giúp”; nil without its files.
    ///   - documents: official documents; nil without their templates.
    ///   - deliveries: lists that agencies hand over.
    ///   - operation: what the system tells of its own running and use.
    ///   - exchange: agreements and requests by which they do.
    ///   - programs: programs of agencies that do so by themselves.
    ///   - meters: where requests are counted.
    ///   - exposition: what `/metrics` tells.
    ///   - workbooks: told of the lists that jobs make workbooks of.
    /// - Throws: when templates or assets are missing from the installation.
    public init(
        access: AccessService, services: PlanServices, figures: FigureService, law: LawService? = nil,
        documents: DocumentService? = nil, deliveries: DeliveryService, exchange: ExchangeService,
        programs: ProgramService, operation: OperationService, jobs: JobService,
        notices: NoticeService,
        days: DayService,
        search: SearchService, remarks: RemarkService, register: RegisterService, reviews: ReviewService,
        erasure: FileErasure,
        guide: GuideBook? = nil,
        health: Health = Health(),
        settings: SiteSettings,
        meters: MeterRegistry = MeterRegistry(), exposition: (@Sendable () async -> String)? = nil,
        workbooks: LongWorkbooks = LongWorkbooks()
    ) throws {
        self.meters = meters
        metrics = MetricsAnswer(settings: settings, exposition: exposition ?? { meters.exposition() })
        desk = try Desk(
            access: access, definition: services.definition, notices: notices, days: days, settings: settings,
            areas: Self.areaTypes, help: guide.map(GuidePages.help))
        self.health = health
        self.law = LawPages(desk: desk, law: law)
        self.exchange = ExchangeAPI(desk: desk, programs: programs, publicURL: settings.publicURL)
        let remarkPages = RemarkPages(desk: desk, remarks: remarks)
        let parts = remarkPages.parts
        let agreementPages = AgreementPages(desk: desk, exchange: exchange, operation: operation, law: law)
        let figurePages = FigurePages(
            desk: desk, services: services, figures: figures, documents: documents, jobs: jobs, remarks: parts,
            missingData: { try await agreementPages.missing(for: $0) }, missingKinds: AgreementPages.partKinds)
        let paperPages = PaperPages(desk: desk, documents: documents, jobs: jobs, remarks: parts)
        areas = [
            AccountPages(desk: desk, lists: { workbooks.outline($0) }),
            WorkPages(
                desk: desk, services: services, erasure: erasure, hasDocuments: documents != nil,
                unitPartKinds: FigurePages.standingKinds + AgreementPages.partKinds,
                unitParts: { unit, year, request in
                    try await figurePages.parts(of: unit, year: year, for: request).adding(
                        try await agreementPages.steps(of: unit, for: request.viewer))
                },
                offers: { try await paperPages.offers($0, slot: $1, for: $2) }, remarks: parts),
            figurePages, paperPages,
            JobPages(desk: desk, jobs: jobs, workbooks: workbooks), NoticePages(desk: desk),
            SearchPages(desk: desk, search: search), self.law, remarkPages,
            RegistryPages(desk: desk, deliveries: deliveries, jobs: jobs),
            RegisterPages(desk: desk, register: register, figures: figures, deliveries: deliveries), agreementPages,
            ProgramPages(desk: desk, programs: programs),
            CasePages(desk: desk, reviews: reviews) { viewer in try await Self.gap(services, viewer) },
            GuidePages(desk: desk, book: guide),
        ]
        workbooks.tell(areas.flatMap(\.workbooks))
    }

    private var routes: [Route] { areas.flatMap(\.routes) }

    /// What the tests of templates walk: all pages, and the folders of their templates.
    public static var pages: [any Page.Type] { areaTypes.flatMap { $0.pages } }
    public static var templates: [URL] { areaTypes.flatMap { $0.templates } }

    /// What the route tests walk.
    public var declarations: [RouteDeclaration] { routes.map(\.declaration) }

    public func router() -> Router<SiteContext> {
        // What is asked by HEAD is answered as by GET, without the body.
        let router = Router(context: SiteContext.self, options: .autoGenerateHeadEndpoints)
        var places: [String: Set<HTTPRequest.Method>] = [
            Addresses.lawAPICalculation.pattern: [.post], Addresses.asset.pattern: [.get],
            Addresses.health.pattern: [.get], Addresses.metrics.pattern: [.get],
        ]
        places.merge(ExchangeAPI.places) { $0.union($1) }
        for declaration in declarations {
            places[declaration.path, default: []].insert(declaration.method)
            if declaration.page != nil { places[declaration.path, default: []].insert(.get) }
        }
        router.add(middleware: RequestRecord(meters: meters))
        router.add(middleware: ProtectedAnswers(desk: desk))
        router.add(middleware: UnroutedAnswers(desk: desk, places: places))
        for route in routes {
            router.on(RouterPath(route.declaration.path), method: route.declaration.method) { request, context in
                await desk.answer(request, context, route)
            }
        }
        // After a form was refused a browser may ask for the address the form was sent to.
        let pages = Set(declarations.filter { $0.method == .get }.map(\.path))
        for declaration in declarations where !pages.contains(declaration.path) {
            guard let page = declaration.page else { continue }
            router.get(RouterPath(declaration.path)) { _, context in desk.redirect(to: page, context.parameters) }
        }
        router.post(RouterPath(Addresses.lawAPICalculation.pattern)) { request, context in
            await law.calculate(request, context)
        }
        // It has no page that a GET could lead to.
        router.get(RouterPath(Addresses.lawAPICalculation.pattern)) { _, _ in
            var response = Desk.json(
                status: .methodNotAllowed,
                error: "Địa chỉ này chỉ nhận POST một đối tượng JSON; xem \(Addresses.lawOpenAPI()).")
            response.headers[.allow] = "POST"
            desk.protect(&response)
            return response
        }
        exchange.add(to: router)
        router.get(RouterPath(Addresses.asset.pattern)) { _, context in desk.asset(context.parameters.get("file") ?? "")
        }
        // Programs are answered in their own form.
        router.get(RouterPath(Addresses.programs.pattern)) { request, _ in
            guard !Addresses.isExchange(request.uri.path) else {
                var response = ExchangeAPI.problem(
                    .notFound, "Không có địa chỉ này; xem \(Addresses.exchangeOpenAPI()).")
                desk.protect(&response, forPrograms: true)
                return response
            }
            var response = Desk.json(status: .notFound, error: "Không có địa chỉ này; xem \(Addresses.lawOpenAPI()).")
            desk.protect(&response)
            return response
        }
        router.get(RouterPath(Addresses.anywhere.pattern)) { request, context in
            await desk.answer(
                request, context,
                .open(Addresses.anywhere) { _ in
                    throw Refusal(.notFound, "Không có trang này. Hãy kiểm tra lại địa chỉ.")
                })
        }
        router.get(RouterPath(Addresses.metrics.pattern)) { request, context in
            var response = await metrics.answer(request, context)
            desk.protect(&response)
            return response
        }
        router.get(RouterPath(Addresses.health.pattern)) { _, _ in
            var response = await health.answer()
            desk.protect(&response)
            return response
        }
        return router
    }
}
