import Access
import Components
import Figures
import Foundation
import HTTPTypes
import Hummingbird
import Jobs
import Kernel
import NIOCore
import Overview
import PlanText
import Targets
import Work
import Tabular
import Province
import WebDesk

extension FigurePages {
    var uploadRoutes: [Route] {
        [
            .form(Addresses.receiveFigures, .right(.acceptFigures)) { request in
                guard let file = try request.form.table(FigureField.file) else {
                    throw Refusal(fields: [.init(FigureField.file, "Hãy chọn tệp số liệu (.xlsx hoặc .csv).")])
                }
                let typed = request.form[FigureField.month]
                let month = Month(typed: typed)
                if !typed.isEmpty, month == nil {
                    throw Refusal(fields: [
                        .init(FigureField.month, "“\(typed)” không phải tháng có thật, hãy nhập dạng 09/2026.")
                    ])
                }
                let id = try await figures.receive(
                    file, month: month, source: request.form[FigureField.source], by: request.submission)
                return Addresses.upload(id)
            } again: { request, failure in
                try await figuresPage(request, failure: failure)
            },
            .page(Addresses.upload, .right(.acceptFigures)) { request in try await uploadPage(request) },
            .decision(Addresses.acceptUpload, .right(.acceptFigures)) { request, seen in
                let id = try Self.uploadID(request)
                let taking = try await figures.take(
                    id, acceptsJumps: request.form[FigureField.jumps] == "yes", whole: request.form[FigureField.whole],
                    version: seen, with: jobs, by: request.submission)
                switch taking {
                case .done: return Addresses.upload(id).telling(.figuresAccepted)
                case .started(let job): return Addresses.job(job)
                }
            } again: { request, failure in
                try await uploadPage(request, failure: failure)
            },
            .form(Addresses.discardUpload, .right(.acceptFigures)) { request in
                try await figures.discard(try Self.uploadID(request), by: request.submission)
                return Addresses.figures().telling(.uploadDiscarded)
            } again: { request, _ in
                try await uploadPage(request)
            },
            .file(Addresses.returnedUpload, .right(.acceptFigures)) { request in
                let id = try Self.uploadID(request)
                let file = try await figures.returnedFile(of: id, for: request.viewer)
                return Download(
                    name: file.name,
                    mediaType: file.format == .csv
                        ? "text/csv" : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                    bytes: file.bytes, of: Subject(.figureUpload, id), source: file.source)
            },
        ]
    }

    private static func uploadID(_ request: MemberRequest) throws -> RecordID {
        try request.recordID(missing: "Không có tệp số liệu này.")
    }

    func uploadForm(_ request: MemberRequest, _ failure: FormModel.Failure?) -> FormModel {
        form(
            "nap", Addresses.receiveFigures(), "Xem trước",
            fields: [
                Field(
                    FigureField.file, "Tệp số liệu người tham gia theo xã", kind: .file(.table),
                    hint: "Gửi nguyên như đang có: có dòng tiêu đề, ô gộp, dòng tổng cũng được"),
                Field(
                    FigureField.month, "Kỳ báo cáo", hint: "Để trống nếu trong tệp đã ghi; ví dụ 09/2026",
                    required: false
                ),
                Field(
                    FigureField.source, "Nguồn số liệu",
                    hint: "Cơ quan, văn bản; để trống thì lấy dòng tiêu đề đầu tệp",
                    required: false),
            ], for: request, failure: failure)
    }

    private func uploadPage(
        _ request: MemberRequest, failure: FormModel.Failure? = nil
    ) async throws -> Response {
        let id = try Self.uploadID(request)
        // Most files are read by then; the others are waited for on the screen.
        let (upload, look) = try await figures.look(at: id, patience: .seconds(2), for: request.viewer)
        switch look {
        case .read(let outcome): return try await uploadPage(upload, outcome, request, failure)
        case .waiting(let ahead):
            return try uploadPage(
                upload,
                ahead == 0
                    ? "Đang đọc tệp…"
                    : "Tệp chờ đến lượt đọc: còn \(ahead) tệp trước tệp này. Tệp lớn được đọc lần lượt.",
                live: "doc", request)
        case .unreadable(let why): return try uploadPage(upload, why, live: nil, request)
        }
    }

    private func discardForm(_ upload: FigureUpload, _ request: MemberRequest) -> FormModel? {
        upload.actions(for: request.viewer).contains(.discard)
            ? form(
                "bo", Addresses.discardUpload(upload.id), "Bỏ tệp này", look: "secondary", asks: Self.discarding,
                for: request) : nil
    }

    private func uploadPage(
        _ upload: FigureUpload, _ state: String, live: String?, _ request: MemberRequest
    ) throws -> Response {
        let model = UploadWaitingPage(
            tabs: figureTabs(Addresses.figures(), for: request), fileName: upload.fileName,
            fileAddress: Addresses.figureFile(upload.file).text, state: state, live: live,
            discardForm: discardForm(upload, request))
        return try page("Xem trước \(upload.fileName)", model, for: request, refreshing: live != nil)
    }

    /// A job's page, for whom it is shown to.
    func job(_ id: RecordID?, _ request: MemberRequest) async throws -> Frame.Link? {
        guard let id else { return nil }
        do {
            return Frame.Link("Xem việc chạy nền", Addresses.job(try await jobs.job(id, for: request.viewer).id))
        } catch let refusal as Refusal where refusal.kind == .notFound {
            return nil
        }
    }

    private static func words(_ stage: FigureUpload.Stage) -> String? {
        switch stage {
        case .waiting: nil
        case .taking: "Tệp này đang được nhận, từng tháng một; chưa nhận thêm hay bỏ được."
        case .partly:
            "Việc nhận tệp này đã dừng giữa chừng: các tháng đã nhận có hiệu lực. Hãy nhận tiếp, hoặc mở lô số liệu để thu hồi."
        case .taken: "Tệp này đã được nhận."
        case .withdrawn: "Tệp này đã được nhận, sau đó lô số liệu bị thu hồi: số liệu của tệp không còn dùng."
        case .discarded: "Tệp này đã bỏ, không có gì được nhận."
        }
    }

    private func uploadPage(
        _ upload: FigureUpload, _ outcome: ImportOutcome, _ request: MemberRequest, _ failure: FormModel.Failure?
    ) async throws -> Response {
        let id = upload.id
        let reading = outcome.reading
        var taker: RecordID?
        if case .taking(let job) = upload.stage { taker = job }
        let held = reading.jumpingRows
        let fresh = outcome.added + outcome.changed
        let asks = upload.isOpen && outcome.moves.contains(where: \.isLarge)
        let jumpFailure = request.form[FigureField.jumps] == "yes" ? failure : nil
        let model = UploadPage(
            tabs: figureTabs(Addresses.figures(), for: request), fileName: upload.fileName,
            fileAddress: Addresses.figureFile(upload.file).text,
            state: Self.words(upload.stage), batchAddress: upload.batch.map { Addresses.figureBatch($0).text },
            job: try await job(taker, request),
            verdict: try await verdict(upload, reading, for: request.viewer),
            totals:
                "Bắt buộc \(VietnameseText.grouped(reading.total(.compulsory))), tự nguyện \(VietnameseText.grouped(reading.total(.voluntary))). "
                + (upload.isOpen
                    ? "\(outcome.added) số liệu mới, \(outcome.changed) thay số đang có, \(outcome.unchanged) không đổi."
                    : ""),
            moves: upload.isOpen
                ? outcome.moves.prefix(60).map { .init($0) } : [],
            hasMoves: upload.isOpen && !outcome.moves.isEmpty,
            monthsRead: reading.months.map(\.vietnamese).joined(separator: ", "), errorCount: reading.errors.count,
            hasErrors: !reading.errors.isEmpty,
            errors: reading.errors.prefix(200).map(UploadPage.Note.init),
            moreErrors: reading.errors.count > 200
                ? "Còn \(reading.errors.count - 200) lỗi nữa, xem trong tệp trả lại." : nil,
            returnedAddress: Addresses.returnedUpload(id).text, hasWarnings: !reading.warnings.isEmpty,
            warnings: reading.warnings.prefix(100).map(UploadPage.Note.init),
            hasRepairs: !reading.repairs.isEmpty, repairs: reading.repairs.prefix(120).map(UploadPage.Note.init),
            repairCount: reading.repairs.count,
            moreRepairs: reading.repairs.count > 120 ? "Còn \(reading.repairs.count - 120) ô nữa." : nil,
            silent: reading.silent.isEmpty
                ? nil
                : "Dòng không có số nào, coi là chưa có số liệu: \(reading.silent.map { definition.communes[$0]?.shortName ?? $0.text }.joined(separator: ", ")).",
            ignored: reading.ignoredColumns.isEmpty
                ? nil : "Cột không dùng: \(reading.ignoredColumns.joined(separator: "; ")).",
            skipped: reading.skipped.isEmpty
                ? nil
                : "Bỏ qua \(reading.skipped.count) dòng không phải đơn vị (nhóm, tổng, ghi chú): dòng \(reading.skipped.prefix(12).map { String($0.row) }.joined(separator: ", ")).",
            sameFile: upload.isOpen && outcome.sameFile != nil
                ? "Đúng tệp này đã được nhận trước đây: số liệu đã nhận không nhận lại, kể cả nơi đã được sửa sau đó."
                : nil,
            sameFileAddress: upload.isOpen ? outcome.sameFile.map { Addresses.figureBatch($0).text } : nil,
            replaced: upload.isOpen ? outcome.replaced.prefix(120).map(replaced) : [],
            hasReplaced: upload.isOpen && !outcome.replaced.isEmpty, replacedCount: outcome.replaced.count,
            values: values(of: reading), hasValues: !reading.figures.isEmpty,
            acceptForm: acceptForm(
                upload, fresh: fresh, asks: asks, request, jumpFailure == nil ? failure : nil),
            jumpForm: jumpForm(upload, held: held, asks: asks, request, jumpFailure),
            discardForm: discardForm(upload, request))
        return try page("Xem trước \(upload.fileName)", model, for: request)
    }
}
