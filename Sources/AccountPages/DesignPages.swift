import Access
import Components
import Hummingbird
import Kernel
import WebDesk

/// Every component that pages are made of, drawn by its own template: what changes in one changes here.
struct DesignPage: Page {
    static let template: PageTemplate = "design"

    struct Sign: Sendable {
        let symbol: String
    }

    let signs: [Sign]
    let states: [Badge]
    let years: [Frame.Link]
    let turning: Pager
    let form: FormModel
    let panel: FormPanel
    let table: TableModel
    let charts: [ChartModel]
    let waiting: WaitingDeed
    /// Pages that are components as a whole.
    let pages: [Frame.Link]
}

extension DesignPage {
    static let sample = DesignPage(
        signs: [.init(symbol: Icon.done.rawValue)], states: [.sample], years: [.sample], turning: .sample,
        form: .sample, panel: .sample, table: .sample, charts: [.sample], waiting: .sample, pages: [.sample])
}

extension AccountPages {
    var designRoutes: [Route] {
        [
            .page(Addresses.design, .right(.manageAccounts)) { request in try designPage(request) },
            // The forms shown keep nothing: who presses a button comes back.
            .action(Addresses.design.asForm, .right(.manageAccounts)) { _ in
                .redirect(to: Addresses.design().text, type: .normal)
            },
        ]
    }

    private func designPage(_ request: MemberRequest) throws -> Response {
        let csrf = request.formToken
        let asked = request.query[.view]
        if asked == FormPage.template.name { return try page("Thiết kế", FormPage.example(csrf: csrf), for: request) }
        if asked == MessagePage.template.name { return try page("Thiết kế", MessagePage.example, for: request) }
        let here = Addresses.design()
        let table = ExampleRow.table
        let query = TableQuery(table.outline) { request.query[$0] }
        let model = DesignPage(
            signs: Icon.allCases.map { .init(symbol: $0.rawValue) }, states: Badge.examples,
            years: [2027, 2028].map { Frame.Link("Năm \($0)", here, current: $0 == 2027) }, turning: .example,
            form: .example(csrf: csrf), panel: .example(csrf: csrf),
            table: try list(table, of: ExampleRow.all, query, at: TablePlace(here), caption: "Bảng mẫu"),
            charts: ChartModel.examples.map(\.model), waiting: .example(csrf: csrf),
            pages: [
                Frame.Link("Trang có một biểu mẫu", here.with(.view, FormPage.template.name)),
                Frame.Link("Trang nói một điều", here.with(.view, MessagePage.template.name)),
            ])
        return try page("Thiết kế", model, for: request)
    }
}
