public import Access
public import Components
import Kernel

/// What pages say of themselves: the section of the guide about a page, the words of the glossary, the first tour.
public struct PageHelp: Sendable {
    let glossary: Glossary
    /// By the pattern of a page and who looks at it; the guide's first page where nothing is said of it.
    let section: @Sendable (_ pattern: String, _ viewer: Viewer?) -> Address
    /// What somebody of a role is told at first: three sentences.
    let tour: @Sendable (Role) -> [String]

    public init(
        glossary: Glossary, section: @escaping @Sendable (_ pattern: String, _ viewer: Viewer?) -> Address,
        tour: @escaping @Sendable (Role) -> [String]
    ) {
        self.glossary = glossary
        self.section = section
        self.tour = tour
    }

    /// The pattern of the page that is being answered, also where it refuses or answers a visitor.
    @TaskLocal static var pattern = ""
}

extension Desk {
    /// The page that opens after signing in: leaders look for a minute at the whole; everybody else comes for the day's work.
    public func firstPage(of viewer: Viewer) -> Address {
        viewer.role == .leader ? Addresses.dashboard() : Addresses.myDay()
    }

    func helpLink(for viewer: Viewer?, back: String? = nil) -> String? {
        help.map { $0.section(PageHelp.pattern, viewer).with(.back, back).text }
    }

    /// Whether the first tour stands on the page that is asked for.
    func showsTour(_ open: OpenRequest, to viewer: Viewer) async throws -> Bool {
        guard help != nil, open.path == firstPage(of: viewer).text else { return false }
        return try await !access.hasPutAwayTour(viewer)
    }

    func tour(for request: MemberRequest) -> Frame.Tour? {
        guard request.showsTour, let help else { return nil }
        let viewer = request.viewer
        return Frame.Tour(
            sentences: help.tour(viewer.role), action: Addresses.putAwayTour().text, csrf: request.formToken,
            guide: Addresses.guide().text)
    }
}

extension MemberRequest {
    /// The page at hand as somewhere to come back to: without what was told once.
    var comingBack: String? {
        OwnPath.checked(query[.done].isEmpty ? base.here : base.path)
    }
}
