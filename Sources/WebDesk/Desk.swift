public import Access
public import Components
public import Kernel
public import Notices
import Overview
public import PlanText
import Targets
import Work

/// What every area of pages works with: who asks, how a page looks, what the plan calls things.
public struct Desk: Sendable {
    public let access: AccessService
    public let definition: PlanDefinition
    public let settings: SiteSettings
    public let notices: NoticeService
    /// What waits for each person.
    public let days: DayService
    public let renderer: PageRenderer
    public let fragments = FragmentCache(capacity: 400)
    /// The rows of all lists, some 700 bytes each.
    public let rows: PartRenderer<ListRow>
    let hiddenColumns = HiddenColumns(capacity: 2_000)
    let unread = OwnCounts(capacity: 2_000)
    let waiting: DayCounts
    let assets: Assets
    let help: PageHelp?
    let limiter: RateLimiter
    let doubt = ClockDoubt()
    let areas: [any PageArea.Type]

    /// - Parameters:
    ///   - areas: those whose pages it renders.
    ///   - help: what pages say of themselves; nil without the guide's files.
    /// - Throws: when templates or assets are missing from the installation.
    public init(
        access: AccessService, definition: PlanDefinition, notices: NoticeService, days: DayService,
        settings: SiteSettings, areas: [any PageArea.Type], help: PageHelp? = nil
    ) throws {
        self.access = access
        self.definition = definition
        self.settings = settings
        self.notices = notices
        self.days = days
        waiting = DayCounts(days)
        self.areas = areas
        self.help = help
        renderer = try PageRenderer(folders: areas.flatMap { $0.templates })
        rows = PartRenderer(renderer, capacity: 8_000)
        assets = try Assets()
        limiter = RateLimiter(perMinute: settings.formsPerMinute)
    }

    /// Where a thing has its page; nil for what has none.
    public func page(of subject: Subject) -> Address? {
        areas.lazy.compactMap { $0.page(of: subject) }.first
    }

    public var clock: Clock { access.clock }
    public var today: Day { clock.today }

    public var planName: String {
        "\(definition.kind) \(definition.title.prefix(1).lowercased())\(definition.title.dropFirst())"
    }
}
