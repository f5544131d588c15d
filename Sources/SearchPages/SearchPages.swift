public import Components
public import Foundation
import Kernel
public import Search
public import WebDesk

/// The page on which everything is looked for.
public struct SearchPages: PageArea {
    public static var templates: [URL] { [Bundle.module.bundleURL] }
    public static var pages: [any Page.Type] { [SearchPage.self] }

    public let desk: Desk
    let search: SearchService

    public init(desk: Desk, search: SearchService) {
        self.desk = desk
        self.search = search
    }

    public var routes: [Route] {
        [.page(Addresses.search, .member) { request in try await searchPage(request) }]
    }
}
