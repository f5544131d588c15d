import Access
import Components
import Figures
import Hummingbird
import Kernel
import PlanText
import Province
import Tabular
import WebDesk

// A file of movements before it is taken, and what was taken in one step.
extension FigurePages {
    func movementUploadPage(
        _ request: MemberRequest, failure: FormModel.Failure? = nil
    ) async throws -> Response {
        let (upload, outcome) = try await movements.look(at: try Self.movementUploadID(request), for: request.viewer)
        let reading = outcome.reading
        let before = Dictionary(
            outcome.replaced.map { ($0.movement.key, $0.before) }, uniquingKeysWith: { first, _ in first })
        let model = MovementUploadPage(
            tabs: figureTabs(Addresses.movements(), for: request), fileName: upload.fileName,
            state: upload.isOpen
                ? nil : upload.batch == nil ? "Tệp này đã bỏ, không có gì được nhận." : "Tệp này đã được nhận.",
            batchAddress: upload.batch.map { Addresses.movementBatch($0).text },
            verdict:
                "\(reading.acceptedRows) dòng nhận được, \(reading.rejectedRows) dòng trả lại; \(outcome.added) số mới, \(outcome.replaced.count) thay số đang có, \(outcome.unchanged) không đổi."
                + (upload.isOpen ? " Chưa có gì được lưu." : ""),
            facts: [
                .init(label: "Biểu", value: reading.form.title, address: nil),
                .init(label: "Tháng", value: reading.month?.vietnamese ?? "", address: nil),
                .init(label: "Của", value: movements.name(of: upload.place), address: nil),
                .init(label: "Nguồn", value: upload.source.isEmpty ? reading.title : upload.source, address: nil),
            ],
            errorCount: reading.errors.count, hasErrors: !reading.errors.isEmpty,
            errors: reading.errors.prefix(200).map(UploadPage.Note.init), hasWarnings: !reading.warnings.isEmpty,
            warnings: reading.warnings.prefix(100).map(UploadPage.Note.init),
            doubts: upload.isOpen ? outcome.doubts.prefix(60).map { $0.sentence(movements.name(of:)) } : [],
            hasDoubts: upload.isOpen && !outcome.doubts.isEmpty,
            acceptForm: upload.isOpen && outcome.fresh > 0
                ? form(
                    "nhan", Addresses.acceptMovements(upload.id), "Nhận \(outcome.fresh) số",
                    fields: outcome.doubts.isEmpty ? [] : [Self.reasonField(FigureField.whole.rawValue)],
                    version: request.revisions.version(of: .movementBatch), for: request, failure: failure) : nil,
            discardForm: upload.isOpen
                ? form(
                    "bo", Addresses.discardMovements(upload.id), "Bỏ tệp này", look: "secondary", asks: Self.discarding,
                    for: request)
                : nil,
            lines: reading.movements.prefix(300).map { movement in
                .init(
                    place: movements.name(of: movement.key.place), title: title(movement.key),
                    value: amount(movement.value, movement.key.measure),
                    before: before[movement.key].map { amount($0, movement.key.measure) } ?? "")
            },
            hasLines: !reading.movements.isEmpty, repairCount: reading.repairs.count,
            hasRepairs: !reading.repairs.isEmpty, repairs: reading.repairs.prefix(120).map(UploadPage.Note.init),
            ignored: reading.ignoredColumns.isEmpty
                ? nil : "Cột không dùng: \(reading.ignoredColumns.joined(separator: "; ")).",
            skipped: reading.skipped.isEmpty
                ? nil
                : "Bỏ qua \(reading.skipped.count) dòng, trang: \(reading.skipped.prefix(12).map { $0.row == 0 ? $0.sheet : "dòng \($0.row)" }.joined(separator: ", "))\(reading.skipped.count > 12 ? " …" : "")."
        )
        return try page("Xem trước \(upload.fileName)", model, for: request)
    }

    func movementBatchPage(
        _ request: MemberRequest, failure: FormModel.Failure? = nil
    ) async throws -> Response {
        let (batch, lines) = try await movements.batch(Int(request.parameter("number")) ?? 0, for: request.viewer)
        var facts: [Fact] = [.init(label: "Tệp", value: batch.fileName, address: nil)]
        if request.viewer.may(.withdrawFigures) {
            facts.append(
                .init(label: "Huỷ tệp", value: "tệp gửi nhầm, biên bản", address: Addresses.erasure(batch.file).text))
        }
        facts += [
            .init(label: "Biểu", value: batch.form.title, address: nil),
            .init(label: "Nguồn", value: batch.source, address: nil),
            .init(label: "Tháng", value: batch.month.vietnamese, address: nil),
            .init(label: "Ngày chốt", value: batch.cutoff?.vietnamese ?? batch.month.lastDay.vietnamese, address: nil),
            .init(label: "Nhận lúc", value: "\(batch.at.vietnamese), \(batch.actorName)", address: nil),
            .init(
                label: "Kết quả",
                value:
                    "\(batch.acceptedRows) dòng nhận, \(batch.rejectedRows) dòng trả lại; \(VietnameseText.grouped(batch.movements)) số",
                address: nil),
        ]
        let model = MovementBatchPage(
            tabs: figureTabs(Addresses.movements(), for: request), heading: "Lô biến động số \(batch.number)",
            withdrawn: batch.withdrawnAt.map {
                "Đã thu hồi lúc \($0.vietnamese) bởi \(batch.withdrawnBy ?? ""): \(batch.withdrawnReason ?? ""). Số trước đó có hiệu lực lại."
            },
            facts: facts,
            table: try await movementBatchLines(batch, lines, request),
            form: request.viewer.may(.withdrawFigures) && batch.withdrawnAt == nil
                ? form(
                    "thu-hoi", Addresses.withdrawMovements(batch.number), "Thu hồi cả lô",
                    fields: [
                        Field(
                            FigureField.reason, "Lý do thu hồi",
                            hint: "Mọi số của lô thôi có hiệu lực; số trước đó (nếu có) được dùng lại. Lịch sử vẫn giữ."
                        )
                    ], look: "warning", version: request.revisions.version(of: .movementBatch), for: request,
                    failure: failure) : nil)
        return try page("Lô biến động số \(batch.number)", model, for: request)
    }
}
