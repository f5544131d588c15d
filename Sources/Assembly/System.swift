public import Access
public import Components
public import Coverage
public import LawInForce
public import Database
public import Exchange
public import Figures
public import Files
import Foundation
public import Hummingbird
public import Jobs
public import Kernel
public import Logging
public import Legislation
public import Mail
public import Notices
public import Operation
public import Remarks
public import Search
public import Overview
public import PlanText
import Province
public import Targets
public import Work
public import ReportBoards
public import Registry
public import Reports
import HummingbirdCore
import ServiceLifecycle
import UnixSignals
public import Site
public import Telemetry
public import Vault
import WebDesk

extension Clock {
    /// The machine's clock: the one place where the present is asked for.
    public static let machine = Clock { Timestamp(secondsSinceEpoch: Int64(Date().timeIntervalSince1970)) }
}

/// The whole system put together: what the executable runs, and what tests and benchmarks build too.
public struct BaoPhuSystem: Sendable {
    public let settings: Settings
    public let store: any DataStore
    public let clock: Clock
    public let access: AccessService
    public let services: PlanServices
    public let figures: FigureService
    /// Nil without the law's files.
    public let law: LawService?
    /// Nil without the documents' templates.
    public let documents: DocumentService?
    /// Lists that agencies hand over, and the register that is made of them.
    public let deliveries: DeliveryService
    /// Agreements, requests for data, what is due, the journal.
    public let exchange: ExchangeService
    /// What comes to rest in watched folders.
    public let watch: WatchService
    /// Programs of agencies that hand over and ask by themselves.
    public let programs: ProgramService
    /// What the system tells of its own running and use.
    public let operation: OperationService
    public let jobs: JobService
    public let notices: NoticeService
    /// Two people destroy a file.
    public let erasure: FileErasure
    /// What is done by itself every day.
    public let deeds = DailyWork.deeds
    /// What waits for each person.
    public let days: DayService
    public let search: SearchService
    /// What people say of things, and what leaders ask for.
    public let remarks: RemarkService
    /// Persons and employers, as made of what was delivered.
    public let register: RegisterService
    /// Reviews of who should be insured and is not.
    public let reviews: ReviewService
    public let site: Site

    public var definition: PlanDefinition { services.definition }
    public var work: WorkService { services.work }
    public var amendments: PlanAmendmentService { services.amendments }
    public var obstacles: ObstacleService { services.obstacles }
    public var reminders: ReminderService { services.reminders }
    public var targets: TargetService { services.targets }
    public var allocations: AllocationService { services.allocations }
    public var groups: GroupService { services.groups }
    public var overview: OverviewService { services.overview }
    public var boards: BoardService { BoardService(services: services) }
    public let logger: Logger

    /// Opens the database, brings its schema and the plan's work up to date.
    /// - Parameters:
    ///   - serving: whether it is to be used by people: then damage is looked for first.
    ///   - syncs: whether the plan's work is brought up to date; a command that only reads leaves it.
    ///   - mail: what sends letters; that of the settings when left out.
    ///   - keys: that seal secrets; by themselves, keys that live as long as the process.
    public static func start(
        _ settings: Settings, clock: Clock = .machine, logger: Logger? = nil, serving: Bool = false, syncs: Bool = true
    ) async throws -> BaoPhuSystem {
        let definition = try PlanFolder.load(settings.planFolder)
        // What is written at a doubted time does not speak for it, whoever writes.
        if syncs { _ = try await ClockRepair.doubt(settings.database, at: clock.now) }
        let meters = MeterRegistry()
        let store = MeteredStore(try Storage.open(settings.database, serving: serving), meters: meters)
        if serving { try await store.checkQuickly() }
        return try await start(
            settings, store: store, meters: meters, definition: definition, clock: clock, logger: logger, syncs: syncs,
            keys: syncs ? settings.keyRing() : settings.existingKeyRing(),
            numbers: try await settings.numberKeys(of: store, makes: syncs))
    }

    /// - Parameters:
    ///   - files: of the settings' folders, where somebody has read them.
    ///   - numbers: the keys of the register; without them it is closed.
    public static func start(
        _ settings: Settings, store: any DataStore, meters: MeterRegistry = MeterRegistry(),
        definition: PlanDefinition, files: SystemFiles? = nil, clock: Clock,
        logger: Logger? = nil, syncs: Bool = true, mail: (any MailSending)? = nil, keys: KeyRing? = nil,
        numbers: NumberKeys? = nil
    ) async throws -> BaoPhuSystem {
        let files = try files ?? SystemFiles(settings)
        _ = try await Storage.migrator.migrate(store, at: clock.now)
        let watch = ProposalWatch(clock: clock)
        let settling = SettlingStore(store, by: watch)
        let law = files.legislation.map { LawService(store: settling, clock: clock, files: $0) }
        let services = PlanServices(
            store: settling, clock: clock, definition: definition, grants: .ofRoles,
            calendar: law?.files.calendar ?? WorkingCalendar(),
            pairs: settings.pairs.with(grants: .ofRoles, tell: NoticeService.tellOfPairs))
        try await services.definition.unitsInForce.refresh(from: store)
        if syncs {
            _ = try await services.work.syncInstances()
            let areas = services.definition.units.areas
            if !areas.isEmpty { _ = try await store.write { try Accounts.follow(areas, on: $0) } }
        }
        let access = AccessService(
            store: store, clock: clock, passwords: PasswordHasher(cost: settings.passwordCost),
            grants: .ofRoles, policy: settings.access, keys: keys ?? .ephemeral(),
            tell: NoticeService.accountTeller(mails: mail != nil || settings.mail != nil),
            namesAround: services.definition.namesAround)
        // Keys that go with the process may not seal what has to be opened after it.
        let secrets = keys == nil ? [] : try await access.sealSecrets().problems
        let notices = NoticeService(store: store, clock: clock, areas: .ofAllParts)
        let figures = FigureService(
            store: settling, clock: clock, directory: definition.communes, province: definition.province,
            readings: ReadingRoom(scratch: settings.site.scratch))
        let deliveries = DeliveryService.ofSystem(
            settings, formats: files.formats, store: settling, clock: clock, keys: numbers,
            definition: services.definition)
        let exchange = ExchangeService(deliveries: deliveries) { [definition = services.definition] unit in
            definition.name(of: unit)
        }
        let drops = WatchService(exchange: exchange, folders: settings.watched, rules: settings.watchRules)
        let programs = ProgramService(exchange: exchange, pairs: services.pairs)
        let operation = OperationService(store: store, clock: clock, exchange: exchange) {
            try JobService.failedCount(from: $0, until: $1, on: $2)
        }
        let documents = files.templates.map {
            DocumentService(
                services: services, figures: figures, law: law, folder: $0, scratch: settings.site.scratch,
                exchange: exchange, operation: operation)
        }
        if syncs { try await documents?.guardSignedCopies() }
        let logger = logger ?? Self.logger(settings.logLevel, settings.logFormat)
        if let problem = secrets.first {
            logger.error(
                "second factors cannot be checked",
                metadata: ["accounts": "\(secrets.count)", "reason": "\(problem)"])
        }
        let erasure = FileErasure(
            store: settling, clock: clock,
            keepers: [
                services.work.productKeeper, figures.figureFileKeeper, services.allocations.decisionKeeper,
                services.unitLists.tableKeeper,
            ] + [documents?.copyKeeper, law?.documentKeeper].compactMap(\.self),
            names: [FigureService.overwriteFileName],
            losses: [
                services.work.productLoss, figures.figureFileLoss, services.allocations.decisionLoss,
            ] + [documents?.copyLoss, law?.documentLoss].compactMap(\.self), pairs: services.pairs)
        watch.begin([services.allocations.endUnfit, erasure.endUnfit] + (documents.map { [$0.endUnfit] } ?? []))
        if syncs { try await erasure.hideEarlierNames() }
        let workbooks = LongWorkbooks()
        let register = try RegisterService(store: settling, clock: clock, keys: numbers)
        let reviews = ReviewService.ofSystem(settings, store: settling, clock: clock, keys: numbers, law: law)
        let remarks = RemarkService.ofSystem(store: settling, services: services, documents: documents)
        let days = DayService(
            store: store, clock: clock,
            sources: .ofSystem(services: services, figures: figures, remarks: remarks, exchange: exchange))
        let search = SearchService.ofSystem(
            store: store, services: services, law: law, documents: documents, remarks: remarks, guide: files.guide)
        let transport = mail ?? settings.mail.map { SMTPMailTransport(server: $0) }
        let jobs = JobService(
            store: settling, clock: clock,
            kinds: DailyWork.kinds(
                access: access, reminders: services.reminders, notices: notices, days: days,
                allocations: services.allocations, erasure: erasure,
                lapses: [services.allocations.lapse, erasure.lapse, programs.lapse]
                    + (documents.map { [$0.lapse] } ?? []),
                mail: transport) + [settings.heads.noting(by: transport)] + figures.jobKinds
                + services.work.jobKinds + services.overview.jobKinds + services.obstacles.jobKinds
                + BoardService(services: services).jobKinds
                + deliveries.jobKinds + programs.jobKinds + reviews.jobKinds + [exchange.tellingMissing]
                + drops.jobKinds
                + (law?.jobKinds ?? [])
                + (documents?.jobKinds ?? [])
                + [search.jobKind, workbooks.jobKind(clock: clock, illustrative: settings.site.illustrative)],
            grants: .ofRoles, logger: logger, tell: NoticeService.tellOfJobs)
        if syncs { try await search.begin(at: clock.now) }
        let site = try Site(
            access: access, services: services, figures: figures, law: law, documents: documents,
            deliveries: deliveries, exchange: exchange, programs: programs, operation: operation, jobs: jobs,
            notices: notices, days: days, search: search, remarks: remarks,
            register: register, reviews: reviews, erasure: erasure, guide: files.guide,
            health: .ofSystem(store: store, clock: clock, jobs: jobs, database: settings.database),
            settings: settings.site, meters: meters,
            exposition: SystemMeters(
                meters: meters, store: store, jobs: jobs, outbox: notices.outbox, figures: figures, logger: logger
            ).exposition, workbooks: workbooks)
        return BaoPhuSystem(
            settings: settings, store: store, clock: clock, access: access, services: services, figures: figures,
            law: law,
            documents: documents, deliveries: deliveries, exchange: exchange, watch: drops, programs: programs,
            operation: operation, jobs: jobs, notices: notices,
            erasure: erasure, days: days,
            search: search,
            remarks: remarks, register: register, reviews: reviews,
            site: site, logger: logger)
    }

    /// The present, for commands.
    public static var now: Timestamp { Clock.machine.now }

    public static func logger(_ level: String, _ format: LogFormat = .text) -> Logger {
        Logger(label: "baophu") { _ in LogLines(format, level: Logger.Level(rawValue: level) ?? .notice) }
    }

    /// The web server with its background work, ready to run.
    /// - Parameter stop: tells the work to end.
    public func application(
        stop: JobStop = JobStop(), onRunning: @escaping @Sendable (Int) async -> Void = { _ in }
    ) -> some ApplicationProtocol {
        var limits = settings.connections
        limits.inAll = Descriptors.connections(of: limits.inAll)
        if limits.inAll < settings.connections.inAll {
            logger.notice(
                "fewer connections than configured: the system allows this process too few open files",
                metadata: ["connections": "\(limits.inAll)"])
        }
        var application = Application(
            router: site.router(), server: site.server(limits),
            configuration: ApplicationConfiguration(
                address: .hostname(settings.host, port: settings.port), serverName: "baophu",
                availableConnectionsDelegate: .maximum(limits.inAll, logger: logger)),
            onServerRunning: { channel in await onRunning(channel.localAddress?.port ?? 0) }, logger: logger)
        // What comes last is told to end first, and the stop ends jobs at once.
        application.addServices(
            ClockRunner(store: store, clock: clock, logger: logger),
            OperationRunner(store: store, clock: clock, logger: logger),
            WatchRunner(watch: watch, bell: jobs.bell, logger: logger), JobRunner(jobs: jobs, deeds: deeds, stop: stop)
        )
        return application
    }

    /// Runs until the process is told to stop.
    public func serve(onRunning: @escaping @Sendable (Int) async -> Void) async throws {
        // What a killed server left behind goes before anything new comes in.
        _ = try settings.site.scratch.path()
        defer { settings.site.scratch.remove() }
        let stop = JobStop()
        // The last of them is told first.
        let services: [any Service] = [
            application(stop: stop, onRunning: onRunning), Departure(jobs: jobs, stop: stop, logger: logger),
        ]
        try await ServiceGroup(
            configuration: .init(
                services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        ).run()
        // What is counted in memory.
        try await programs.settleUse()
        try await store.close()
    }
}
