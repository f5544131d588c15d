import Access
import Components
import Figures
import Kernel
import PlanText
import Province
import WebDesk

// The parts of the page of a file that waits: its forms, what is said of it, what was read.
extension FigurePages {
    /// What is lost with a file that was not taken.
    static let discarding = "Tệp và kết quả đọc bị bỏ; muốn nhận thì phải gửi lại tệp. Số liệu đang dùng không đổi."

    func acceptForm(
        _ upload: FigureUpload, fresh: Int, asks: Bool, _ request: MemberRequest, _ failure: FormModel.Failure?
    ) -> FormModel? {
        guard upload.actions(for: request.viewer).contains(.take), upload.stage == .partly || fresh > 0 else {
            return nil
        }
        let label = upload.stage == .partly ? "Nhận tiếp" : "Nhận \(fresh) số liệu"
        return form(
            "nhan", Addresses.acceptUpload(upload.id), label,
            fields: asks && upload.isOpen ? [Self.reasonField(FigureField.whole.rawValue)] : [],
            version: request.revisions.version(of: .figureBatch), for: request, failure: failure)
    }

    /// Why sums move so much.
    static func reasonField(_ id: String) -> Field {
        var field = Field(
            FigureField.whole, "Lý do tổng số thay đổi lớn",
            hint: "Ví dụ: doanh nghiệp lớn chuyển địa bàn; được giữ trong nhật ký")
        field.id = id
        return field
    }

    /// The form that also takes what jumps. What the sums come to with those rows is worked out when it is sent.
    func jumpForm(
        _ upload: FigureUpload, held: Int, asks: Bool, _ request: MemberRequest, _ failure: FormModel.Failure?
    ) -> FormModel? {
        guard upload.isOpen, upload.actions(for: request.viewer).contains(.take), held > 0 else { return nil }
        return form(
            "nhan-ca-bien-dong", Addresses.acceptUpload(upload.id), "Đã kiểm tra, nhận cả \(held) dòng biến động lớn",
            fields: asks || failure != nil ? [Self.reasonField("whole-jumps")] : [], look: "secondary",
            version: request.revisions.version(of: .figureBatch), hidden: [.init(FigureField.jumps, "yes")],
            for: request, failure: failure)
    }

    /// How many rows were taken and sent back: of a file that was taken, as its batch has it. Read again later, a file says
    /// something else, because what it is compared with has changed.
    func verdict(
        _ upload: FigureUpload, _ reading: FigureReading, for viewer: Viewer
    ) async throws -> String {
        guard let number = upload.batch else {
            return
                "\(reading.acceptedRows) dòng \(upload.isOpen ? "nhận được" : "đọc được"), \(reading.rejectedRows.count) dòng trả lại."
                + (upload.isOpen ? " Chưa có gì được lưu vào số liệu." : "")
        }
        let batch = try await figures.batch(number, for: viewer)
        return
            "Lô số \(number): \(batch.acceptedRows) dòng nhận, \(batch.rejectedRows) dòng trả lại, \(VietnameseText.grouped(batch.changed)) số liệu mới hoặc thay đổi khi nhận."
    }

    func replaced(_ figure: ReplacedFigure) -> UploadPage.Replaced {
        .init(
            name: definition.communes[figure.commune]?.shortName ?? figure.commune.text, month: figure.month.vietnamese,
            scheme: figure.scheme.title, before: VietnameseText.grouped(figure.before),
            after: VietnameseText.grouped(figure.after))
    }

    /// What was read, a row for each commune and month, the first two hundred.
    func values(of reading: FigureReading) -> [UploadPage.Value] {
        struct Key: Hashable {
            let commune: CommuneCode
            let month: Month
        }
        var order: [Key] = []
        var people: [Key: [Scheme: Int]] = [:]
        for figure in reading.figures {
            let key = Key(commune: figure.commune, month: figure.month)
            if people[key] == nil { order.append(key) }
            people[key, default: [:]][figure.scheme] = figure.people
        }
        return order.prefix(200).map { key in
            UploadPage.Value(
                name: definition.communes[key.commune]?.shortName ?? key.commune.text, month: key.month.vietnamese,
                compulsory: people[key]?[.compulsory].map { VietnameseText.grouped($0) } ?? "–",
                voluntary: people[key]?[.voluntary].map { VietnameseText.grouped($0) } ?? "–")
        }
    }
}
