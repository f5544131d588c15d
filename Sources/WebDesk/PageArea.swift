public import Access
public import Components
public import Foundation
public import Hummingbird
public import Kernel
import Overview
public import PlanText
import Targets
import Work
import Province

/// The pages of one area: a value that holds the desk and just the services its pages call.
public protocol PageArea: Sendable {
    /// The folders of its templates.
    static var templates: [URL] { get }
    /// All its pages: what the tests of templates walk.
    static var pages: [any Page.Type] { get }
    /// The page of a thing that this area shows; nil for all others.
    static func page(of subject: Subject) -> Address?
    /// Its pages that a person is led to from everywhere, behind those that most people open.
    static func navigation(for viewer: Viewer) -> [(label: String, address: Address)]
    var desk: Desk { get }
    /// Each declared once, in the file of its page.
    var routes: [Route] { get }
    /// Its lists that are had as workbooks.
    var workbooks: [ListWorkbook] { get }
}

extension PageArea {
    public static func page(of subject: Subject) -> Address? { nil }

    public static func navigation(for viewer: Viewer) -> [(label: String, address: Address)] { [] }

    public var workbooks: [ListWorkbook] { [] }

    public var definition: PlanDefinition { desk.definition }
    public var settings: SiteSettings { desk.settings }
    public var clock: Clock { desk.clock }
    public var today: Day { desk.today }
    public var renderer: PageRenderer { desk.renderer }
    public var fragments: FragmentCache { desk.fragments }

    public func communeName(_ code: CommuneCode) -> String {
        definition.communes[code].map { VietnameseText.sentence($0.fullName) } ?? code.text
    }

    /// The signed-in person of a request; nil without a complete session.
    public func member(_ open: OpenRequest) async throws -> MemberRequest? { try await desk.member(open) }

    /// A page for a visitor.
    public func page(_ title: String, _ model: some Page) throws -> Response {
        try desk.page(title, model)
    }

    /// A page for somebody signed in.
    /// - Parameter refreshing: whether what it shows goes on by itself.
    public func page(
        _ title: String, _ model: some Page, for request: MemberRequest, refreshing: Bool = false
    ) throws -> Response {
        try desk.page(title, model, for: request, refreshing: refreshing)
    }

    /// A page whose inner HTML was rendered before, or is kept.
    public func page(_ title: String, rendered main: String, for request: MemberRequest) throws -> Response {
        try desk.page(title, rendered: main, for: request)
    }

    public func form(
        _ id: String, _ action: Address, _ submit: String, fields: [Field] = [], look: String = "primary",
        asks: String? = nil, version: Int? = nil, hidden: [FormModel.Hidden] = [], for request: MemberRequest,
        failure: FormModel.Failure? = nil
    ) -> FormModel {
        FormModel(
            id: id, action: action.text, fields: fields, submit: submit, look: look, asks: asks,
            csrf: request.formToken,
            mark: desk.mark(), version: version, hidden: hidden, failure: failure)
    }
}
