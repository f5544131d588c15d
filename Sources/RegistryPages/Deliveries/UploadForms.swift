import Access
import Components
import Exchange
import Formats
import Jobs
import Kernel
import WebDesk

// The parts of the page of a file that waits: what was understood, and the forms.
extension RegistryPages {
    func columnsTitle(_ layout: ListLook) -> String {
        let sheet = layout.sheet.isEmpty ? "" : ", trang “\(layout.sheet)”"
        return "Dòng tiêu đề \(layout.headingRow)\(sheet)"
    }

    func columns(_ layout: ListLook?, _ look: UploadLook?) -> [DeliveryUploadPage.Column] {
        (layout?.columns ?? []).map { column in
            let meaning =
                switch (column.field, column.origin) {
                case (nil, _): "không dùng"
                case (let field?, .proposed): "có lẽ “\(fieldName(field, look))” (\(column.reason))"
                case (let field?, _): fieldName(field, look)
                }
            return .init(letters: column.letters, heading: column.title, meaning: meaning)
        }
    }

    /// What lists call a field: the format at hand first, then the others.
    func fieldName(_ field: RecordField, _ look: UploadLook?) -> String {
        let own = look?.format.flatMap { deliveries.formats[$0] }
        let others = deliveries.formats.values.sorted { $0.key < $1.key }
        for format in [own].compactMap(\.self) + others {
            if let column = format.columns.first(where: { $0.fields.first == field }) { return column.leaf }
        }
        return field.rawValue
    }

    func rowHeadings(_ look: UploadLook?) -> [String] {
        var headings: [String] = []
        for value in (look?.firstRows ?? []).flatMap(\.values) where !headings.contains(value.title) {
            headings.append(value.title)
        }
        return headings
    }

    func rows(_ look: UploadLook?, _ headings: [String]) -> [DeliveryUploadPage.Row] {
        (look?.firstRows ?? []).map { row in
            .init(
                place: row.sheet.isEmpty ? "\(row.row)" : "\(row.row), trang \(row.sheet)",
                cells: headings.map { heading in
                    row.values.filter { $0.title == heading }.map(\.text).joined(separator: ", ")
                }, notes: row.notes.isEmpty ? nil : row.notes.joined(separator: "; "))
        }
    }

    func acceptForm(
        _ upload: DeliveryUpload, _ look: UploadLook?, _ request: MemberRequest, _ failure: FormModel.Failure?
    ) -> FormModel? {
        guard let old = look?.oldText else { return nil }
        return form(
            "bang-ma", Addresses.acceptEncoding(upload.id), "Đúng, chuyển từ \(old.encoding.uppercased())",
            version: upload.version, hidden: [.init(DeliveryField.accept, old.encoding)], for: request,
            failure: failure)
    }

    func chooseForm(
        _ upload: DeliveryUpload, _ look: UploadLook?, _ request: MemberRequest, _ failure: FormModel.Failure?
    ) -> FormModel {
        let chosen = look?.format ?? look?.candidates.first?.format
        return form(
            "loai", Addresses.chooseFormat(upload.id), "Đọc theo loại này",
            fields: [
                Field(
                    DeliveryField.format, "Loại danh sách",
                    kind: .select(
                        (chosen == nil ? [Field.Option("", "Chọn loại danh sách")] : [])
                            + deliveries.formats.values.sorted { $0.title < $1.title }.map {
                                Field.Option($0.key, $0.title, selected: $0.key == chosen)
                            }))
            ], look: look?.format == nil ? "primary" : "secondary", version: upload.version, for: request,
            failure: failure)
    }

    func deliverForm(
        _ upload: DeliveryUpload, _ counts: DeliveryCounts, _ request: MemberRequest, _ failure: FormModel.Failure?
    ) -> FormModel {
        let label = "Giao danh sách (\(VietnameseText.grouped(counts.accepted)) dòng)"
        return form(
            "giao", Addresses.deliverUpload(upload.id), label,
            asks: upload.mode == .replaces
                ? "Mọi lần giao loại này của bên giao cho kỳ \(upload.period.vietnamese) thôi được dùng, dữ liệu của tệp này thay vào. Thu hồi lần giao này thì các lần trước lại được dùng."
                : nil, version: upload.version, for: request, failure: failure)
    }

    func explainForm(
        _ upload: DeliveryUpload, _ look: UploadLook?, _ request: MemberRequest, _ failure: FormModel.Failure?
    ) -> FormModel? {
        guard let look, let layout = look.layout, let format = look.format.flatMap({ deliveries.formats[$0] }) else {
            return nil
        }
        let choices = fieldChoices(format, layout, look)
        let proposed = Set(layout.columns.compactMap(\.field))
        // A page stays light: of many columns each offers its own meaning and those that no other column has.
        let isLong = layout.columns.count * choices.count > Self.mostOptions
        return form(
            "cot", Addresses.explainColumns(upload.id), "Đọc theo các cột này",
            fields: layout.columns.enumerated().map { place, column in
                let offered = choices.filter { !isLong || $0.field == column.field || !proposed.contains($0.field) }
                return Field(
                    DeliveryService.columnField(place), "\(column.letters). \(column.title)",
                    kind: .select(
                        [Field.Option("", "không dùng", selected: column.field == nil)]
                            + offered.map {
                                Field.Option($0.field.rawValue, $0.name, selected: $0.field == column.field)
                            }), hint: column.reason.isEmpty ? nil : "Đề xuất \(column.reason)", required: false)
            }, version: upload.version, for: request, failure: failure)
    }

    private static let mostOptions = 900

    /// What tells who somebody is, wherever it stands.
    private static let common: [RecordField] = [
        .name, .birth, .sex, .personalID, .oldPersonalID, .siCode, .taxCode, .phone, .address, .commune, .unitName,
        .unitTaxCode, .unitCode, .remarks,
    ]

    private func fieldChoices(
        _ format: Format, _ layout: ListLook, _ look: UploadLook
    ) -> [(field: RecordField, name: String)] {
        var seen: Set<RecordField> = []
        let own = format.columns.compactMap { column -> (field: RecordField, name: String)? in
            guard let field = column.fields.first, seen.insert(field).inserted else { return nil }
            return (field, column.isNeeded ? "\(column.leaf) (phải có)" : column.leaf)
        }
        let others = (layout.columns.compactMap(\.field) + Self.common).filter { seen.insert($0).inserted }.map {
            (field: $0, name: fieldName($0, look))
        }
        return own + others
    }
}
