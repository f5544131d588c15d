public import Mustache

/// A status as a coloured word; the colour never says anything the word does not.
public struct Badge: Sendable, Hashable, MustacheParent {
    public let label: String
    /// Part of a class name: `late`, `open`.
    public let look: String

    public init(_ label: String, look: String) {
        self.label = label
        self.look = look
    }

    /// For whoever looks before reading: of the states that ask for something, and of what is done.
    var icon: Icon? {
        switch look {
        case "late": .late
        case "submitted", "extended": .waiting
        case "returned": .returned
        case "accepted", "answered": .done
        default: nil
        }
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "label": label
        case "look": look
        case "sign": icon?.rawValue
        default: nil
        }
    }
}

/// Links to the neighbours of a page of a long list.
public struct Pager: Sendable, MustacheParent {
    public let previous: String?
    public let next: String?
    public let page: Int
    public let pages: Int
    public let several: Bool

    public init(page: Int, pages: Int, address: (Int) -> String) {
        self.page = page
        self.pages = pages
        several = pages > 1
        previous = page > 1 ? address(page - 1) : nil
        next = page < pages ? address(page + 1) : nil
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "previous": previous
        case "next": next
        case "page": page
        case "pages": pages
        case "several": several
        default: nil
        }
    }
}

/// A page that says one thing: a refusal, a confirmation.
public struct MessagePage: Page {
    public static let template: PageTemplate = "message"

    public let heading: String
    public let message: String
    public let details: [String]
    public let links: [Frame.Link]
    public let hasDetails: Bool
    public let hasLinks: Bool

    public init(heading: String, message: String, details: [String] = [], links: [Frame.Link] = []) {
        self.heading = heading
        self.message = message
        self.details = details
        self.links = links
        hasDetails = !details.isEmpty
        hasLinks = !links.isEmpty
    }
}
