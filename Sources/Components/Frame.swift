public import Mustache

/// What stands around every page: title, navigation, who is signed in, notices.
public struct Frame: Page, MustacheParent {
    public static let template: PageTemplate = "layout"

    public struct Link: Sendable, Hashable, MustacheParent {
        public let label: String
        public let address: String
        public let current: Bool
        /// How much waits there; nil when nothing does.
        public let count: String?
        /// What is counted, told to whoever listens: “chưa đọc”.
        public let counted: String
        /// Before the label, in the navigation.
        public let icon: Icon?

        public init(
            _ label: String, _ address: String, current: Bool = false, count: String? = nil,
            counted: String = "chưa đọc", icon: Icon? = nil
        ) {
            self.icon = icon
            self.label = label
            self.address = address
            self.current = current
            self.count = count
            self.counted = counted
        }

        public func child(named name: String) -> Any? {
            switch name {
            case "label": label
            case "address": address
            case "current": current
            case "count": count
            case "counted": counted
            case "icon": icon?.rawValue
            default: nil
            }
        }
    }

    /// What somebody is told on the first page until it is put away.
    public struct Tour: Sendable, MustacheParent {
        public let sentences: [String]
        /// Where the form that puts it away is sent.
        public let action: String
        public let csrf: String
        public let guide: String

        public init(sentences: [String], action: String, csrf: String, guide: String) {
            self.sentences = sentences
            self.action = action
            self.csrf = csrf
            self.guide = guide
        }

        public func child(named name: String) -> Any? {
            switch name {
            case "sentences": sentences
            case "action": action
            case "csrf": csrf
            case "guide": guide
            default: nil
            }
        }
    }

    public var title: String
    /// The plan's short name, in the header.
    public var plan: String
    /// Nil for somebody who is not signed in.
    public var person: String?
    public var role: String
    public var navigation: [Link]
    /// Pages that are opened seldom: one word of the navigation opens them, so that it stays in one line.
    public var more: [Link]
    /// Where an obstacle sent from this page begins; nil when the person may send none.
    public var obstacleLink: String?
    /// Where words are looked for from every page; nil on the page that has the field itself.
    public var searchAddress: String?
    /// The guide's section about this page; nil without the guide.
    public var helpLink: String?
    public var tour: Tour?
    /// For the sign-out form.
    public var csrf: String
    /// Told once, after something was done.
    public var notice: String?
    /// Where to go on after it.
    public var noticeNext: Link?
    /// Whether all data is invented: every page then says so.
    public var illustrative: Bool
    /// Version mark of the style sheet and script.
    public var assets: String
    /// Why nothing is taken at present: the machine's clock is not believed.
    public var clockDoubt: String?
    /// Where it is confirmed, for who may.
    public var clockPage: String?
    /// The day, at the head of what is printed.
    public var printed = ""
    /// What is wrong with a form that the page does not show any more.
    public var problems: [String] = []
    /// Whether a browser without scripts loads the page anew every few seconds.
    public var refreshes = false
    public var main = ""

    public init(
        title: String, plan: String, person: String? = nil, role: String = "", navigation: [Link] = [],
        more: [Link] = [], obstacleLink: String? = nil, csrf: String = "", notice: String? = nil,
        illustrative: Bool = false,
        assets: String = ""
    ) {
        self.title = title
        self.plan = plan
        self.person = person
        self.role = role
        self.navigation = navigation
        self.more = more
        self.obstacleLink = obstacleLink
        self.csrf = csrf
        self.notice = notice
        self.illustrative = illustrative
        self.assets = assets
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "title": title
        case "refreshes": refreshes
        case "plan": plan
        case "person": person
        case "role": role
        case "navigation": navigation
        case "more": more
        case "hasMore": !more.isEmpty
        case "isInMore": more.contains(where: \.current)
        case "obstacleLink": obstacleLink
        case "searchAddress": searchAddress
        case "helpLink": helpLink
        case "tour": tour
        case "csrf": csrf
        case "notice": notice
        case "noticeNext": noticeNext
        case "illustrative": illustrative
        case "assets": assets
        case "main": main
        case "clockDoubt": clockDoubt
        case "printed": printed
        case "clockPage": clockPage
        case "problems": problems
        case "hasProblems": !problems.isEmpty
        case "home": Addresses.home().text
        case "ownAccount": Addresses.ownAccount().text
        case "signOut": Addresses.signOut().text
        case "calculators": Addresses.calculators().text
        case "parameters": Addresses.parameters().text
        default: nil
        }
    }
}
