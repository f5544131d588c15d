/// One fact of a list of facts.
public struct Fact: Sendable {
    public let label: String
    public let value: String
    /// Where more of it stands.
    public let address: String?

    public init(label: String, value: String, address: String? = nil) {
        self.label = label
        self.value = value
        self.address = address
    }
}

/// A form behind its title, folded away until it is wanted.
public struct FormPanel: Sendable {
    public let title: String
    public let form: FormModel
    public let open: Bool

    /// - Parameter open: as when the form was refused.
    public init(title: String, form: FormModel, open: Bool) {
        self.title = title
        self.form = form
        self.open = open
    }
}

/// A page around one form.
public struct FormPage: Page {
    public static let template: PageTemplate = "form-page"

    public let heading: String
    public let intro: String?
    public let paragraphs: [String]
    public let form: FormModel
    /// SVG made here; shown beside the text form of the same secret.
    public let picture: String?
    public let secret: String?
    /// Other ways on, under the form.
    public let links: [Frame.Link]

    public init(
        heading: String, intro: String?, paragraphs: [String], form: FormModel, picture: String? = nil,
        secret: String? = nil, links: [Frame.Link] = []
    ) {
        self.heading = heading
        self.intro = intro
        self.paragraphs = paragraphs
        self.form = form
        self.picture = picture
        self.secret = secret
        self.links = links
    }
}
