import Access
import Components
import Hummingbird
import Kernel
import WebDesk

/// Choosing which columns of a list one wants to see.
extension AccountPages {
    var columnRoutes: [Route] {
        [
            .page(Addresses.tableColumns, .member) { request in try await columnsPage(request) },
            .answeringForm(Addresses.keepTableColumns, .member) { request in
                let outline = try outline(request)
                let hidden = outline.columns.dropFirst().map(\.key).filter { request.form[Self.field($0)].isEmpty }
                guard hidden.count < outline.columns.count - 1 else {
                    throw Refusal(fields: [.init(Self.first(of: outline), "Hãy chọn ít nhất một cột.")])
                }
                try await access.hide(Set(hidden), of: outline.key, by: request.viewer)
                return .redirect(to: destination(request.form[.back]), type: .normal)
            } again: { request, failure in
                try await columnsPage(request, failure: failure)
            },
        ]
    }

    private func outline(_ request: MemberRequest) throws(Refusal) -> TableOutline {
        guard let outline = lists(request.parameter("list")) else {
            throw Refusal(.notFound, "Không có danh sách này.")
        }
        return outline
    }

    private static func field(_ column: String) -> String { "cot-\(column)" }

    private static func first(of outline: TableOutline) -> String {
        outline.columns.dropFirst().first.map { field($0.key) } ?? ""
    }

    private func columnsPage(_ request: MemberRequest, failure: FormModel.Failure? = nil) async throws -> Response {
        let outline = try outline(request)
        let hidden = try await query(outline, of: request).hidden
        let back = failure?.values[QueryKey.back.name] ?? request.query[.back]
        let name = outline.columns.first?.title ?? ""
        let model = FormPage(
            heading: "Chọn cột: \(outline.title)",
            intro:
                "Hệ thống nhớ lựa chọn này cho tài khoản của bạn. Cột “\(name)” luôn hiện; tệp Excel luôn có đủ cột.",
            paragraphs: [],
            form: form(
                "chon-cot", Addresses.keepTableColumns(outline.key), "Lưu",
                fields: outline.columns.dropFirst().map { column in
                    Field(
                        Self.field(column.key), column.title,
                        kind: failure == nil && !hidden.contains(column.key) ? .ticked : .check, value: "1",
                        required: false)
                }, hidden: [.init(QueryKey.back, destination(back))], for: request, failure: failure),
            links: [Frame.Link("Quay lại danh sách", destination(back))])
        return try page("Chọn cột", model, for: request)
    }
}
