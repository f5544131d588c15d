import Access
import Components
import Hummingbird
import Kernel
import WebDesk

/// Ordering a list that is too long to be had at once as a workbook.
extension JobPages {
    var workbookRoutes: [Route] {
        [
            .page(Addresses.longWorkbook, .member) { request in try orderPage(request) },
            .form(Addresses.makeLongWorkbook, .member) { request in
                Addresses.job(
                    try await longWorkbooks.start(
                        request.parameter("list"), selection: request.form[.selection], with: jobs,
                        by: request.submission))
            } again: { request, failure in
                try orderPage(request, failure: failure)
            },
        ]
    }

    private func orderPage(_ request: MemberRequest, failure: FormModel.Failure? = nil) throws -> Response {
        let list = request.parameter("list")
        guard let outline = longWorkbooks.outline(list) else { throw Refusal(.notFound, "Không có danh sách này.") }
        let selection = failure?.values[QueryKey.selection.name] ?? request.query[.selection]
        let model = FormPage(
            heading: "Xuất Excel: \(outline.title)",
            intro: "Danh sách này dài nên hệ thống làm dần phía sau và báo bạn khi xong; bạn có thể đóng trang.",
            paragraphs: [],
            form: form(
                "xuat", Addresses.makeLongWorkbook(list), "Xuất Excel", hidden: [.init(QueryKey.selection, selection)],
                for: request, failure: failure))
        return try page("Xuất Excel", model, for: request)
    }
}
