public import Mustache

/// A cell as a page shows it. Texts are ready to be read; the parts stand in the order of the fields.
public struct TableCell: Sendable, Hashable, MustacheParent {
    public var text: String
    /// Where the text leads to.
    public var link: String?
    public var badge: Badge?
    /// Plain words behind it.
    public var more: String?
    public var strong: String?
    public var quiet: String?
    /// In small letters, on a line of their own.
    public var below: String?
    public var links: [Frame.Link]
    /// HTML that was rendered by a template: forms. Its rows are not kept.
    public var markup = ""
    var isHead = false
    var isNumber = false
    /// The column's title, where rows become cards on a phone.
    var label: String?

    public init(
        _ text: String = "", link: Address? = nil, badge: Badge? = nil, more: String? = nil, strong: String? = nil,
        quiet: String? = nil, below: String? = nil, links: [Frame.Link] = []
    ) {
        self.text = text
        self.link = link?.text
        self.badge = badge
        self.more = more
        self.strong = strong
        self.quiet = quiet
        self.below = below
        self.links = links
    }

    public init(_ value: TableValue) { self.init(value.words) }

    /// - Parameter markup: HTML that was rendered by a template.
    public init(markup: String) {
        self.init()
        self.markup = markup
    }

    /// - Parameter address: where the text leads to, as a row has it already.
    public init(_ text: String, address: String, strong: String? = nil) {
        self.init(text, strong: strong)
        link = address
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "text": text
        case "link": link
        case "badge": badge
        case "more": more
        case "strong": strong
        case "quiet": quiet
        case "below": below
        case "links": links
        case "markup": markup
        case "isHead": isHead
        case "isNumber": isNumber
        case "label": label
        default: nil
        }
    }
}

/// A row of a table: rendered apart, so that equal rows are rendered once (``PartRenderer``).
public struct ListRow: Page, Hashable, MustacheParent {
    public static let template: PageTemplate = "table-row"

    public let cells: [TableCell]
    /// A class of the row: `wrong`.
    public let mark: String?

    public func child(named name: String) -> Any? {
        switch name {
        case "cells": cells
        case "mark": mark
        default: nil
        }
    }
}
