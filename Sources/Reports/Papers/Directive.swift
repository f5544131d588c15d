import Access
import Database
import Documents
import Kernel
import PlanText
import Province
import Work

/// A paper that asks the units under an agency for an answer by a day (tasks I.6, I.7).
extension PaperKind {
    static let directive = PaperKind(
        "van-ban-chi-dao", about: .task(quarters: true), issuers: PaperIssuers.agency,
        asks: [
            PaperField(
                PaperField.Key.addressees, "Đơn vị nhận", .lines,
                hint: "Mỗi đơn vị một dòng: Tên đơn vị; yêu cầu riêng của đơn vị đó (nếu có)", isRequired: true),
            replyBy,
        ],
        begins: { service, unit, viewer in
            [PaperField.Key.addressees: try await service.usualAddressees(of: unit, for: viewer)]
        }
    ) { service, request, viewer in try await service.directive(request, for: viewer) }

    private static let replyBy = PaperField(
        PaperField.Key.replyBy, "Trả lời trước ngày", hint: "Ngày/tháng/năm", isRequired: true)
}

extension DocumentService {
    /// To whom an agency wrote last, else its units as far as their list is known: a line each.
    func usualAddressees(of unit: UnitCode, for viewer: Viewer) async throws -> String {
        let last = try await store.read { connection in
            try connection.row(
                "SELECT * FROM official_document WHERE template = ? AND unit = ? ORDER BY id DESC LIMIT 1",
                PaperKind.directive.id, unit.text
            ).map { try StoredDocument($0, for: viewer, guards: self.kinds) }
        }
        if let names = last?.data.tables["addressees"]?.values(of: "name") {
            return names.map(\.words).joined(separator: "\n")
        }
        guard case .agency(let code) = unit else { return "" }
        return definition.units.units(of: code).prefix(500).map(\.name).joined(separator: "\n")
    }

    /// A paper to the units under an agency.
    func directive(_ request: PaperRequest, for viewer: Viewer) async throws -> Draft {
        var data = DocumentData(fields: try taskFields(request))
        let addressees = try TypedRows.table(
            request, PaperField.Key.addressees, ["name", "matter"], line: "Tên đơn vị; yêu cầu riêng")
        try ask(addressees, &data, request)
        data.tables["form"] = .init(
            columns: ["number", "name", "value", "reason"],
            rows: Self.replyRows.enumerated().map { [.number($0 + 1), .text($1), .empty, .empty] })
        return Draft(request, data, about: taskSubject(request), period: try request.period(), cutoff: clock.today)
    }

    /// What the form of the answer asks; ours.
    private static let replyRows = [
        "Tổng số người đang làm việc", "Số người thuộc diện tham gia BHXH bắt buộc",
        "Số người đang tham gia BHXH bắt buộc",
        "Số người thuộc diện nhưng chưa tham gia", "Số tiền BHXH chậm đóng (đồng)",
    ]

    /// Writes into a paper who is asked, and until when.
    /// - Parameters:
    ///   - last: the day to which the answers count, which comes before they are sent; nil where they count to none.
    ///   - usual: the day where none is typed; nil where one has to be.
    func ask(
        _ addressees: DocumentData.Table, _ data: inout DocumentData, _ request: PaperRequest,
        figuresTo last: Day? = nil, usual: Day? = nil
    ) throws(Refusal) {
        let typed = request.text(PaperField.Key.replyBy)
        guard let day = typed.isEmpty ? usual : Day(typed: typed), day >= clock.today else {
            throw Refusal(fields: [
                .init(
                    PaperField.Key.replyBy,
                    "Hãy ghi ngày/tháng/năm, từ hôm nay trở đi, ví dụ \(clock.today.adding(days: 14).vietnamese).")
            ])
        }
        if let last, day <= last {
            throw Refusal(fields: [
                .init(
                    PaperField.Key.replyBy,
                    "Báo cáo có số liệu đến ngày \(last.vietnamese), chưa thể gửi trước ngày \(day.vietnamese): hãy ghi ngày sau \(last.vietnamese), ví dụ \(last.adding(days: 10).vietnamese), hoặc chọn kỳ khác."
                )
            ])
        }
        AskedReplies.write(addressees, until: day, into: &data)
    }
}
