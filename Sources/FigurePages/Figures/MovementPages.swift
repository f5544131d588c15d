import Access
import Components
import Figures
import HTTPTypes
import Hummingbird
import Kernel
import PlanText
import Province
import Tabular
import WebDesk

extension FigurePages {
    var movementRoutes: [Route] {
        [
            .page(Addresses.movements, .right(.viewFigures)) { request in try await movementsPage(request) },
            .form(Addresses.receiveMovements, .right(.acceptFigures)) { request in
                guard let file = try request.form.table(FigureField.file) else {
                    throw Refusal(fields: [.init(FigureField.file, "Hãy chọn tệp biểu (.xlsx hoặc .csv).")])
                }
                let typed = request.form[FigureField.month]
                let month = Month(typed: typed)
                if !typed.isEmpty, month == nil {
                    throw Refusal(fields: [
                        .init(FigureField.month, "“\(typed)” không phải tháng có thật, hãy nhập dạng 09/2026.")
                    ])
                }
                guard let place = MovementPlace(key: request.form[FigureField.place]) else {
                    throw Refusal(fields: [
                        .init(FigureField.place, "Hãy chọn biểu của toàn địa bàn hay của đơn vị nào.")
                    ])
                }
                let id = try await movements.receive(
                    file, month: month, place: place, source: request.form[FigureField.source], by: request.submission)
                return Addresses.movementUpload(id)
            } again: { request, failure in
                try await movementsPage(request, failure: failure)
            },
            .page(Addresses.movementUpload, .right(.acceptFigures)) { request in
                try await movementUploadPage(request)
            },
            .decision(Addresses.acceptMovements, .right(.acceptFigures)) { request, seen in
                let id = try Self.movementUploadID(request)
                try await movements.accept(id, version: seen, by: request.submission)
                return Addresses.movementUpload(id).telling(.figuresAccepted)
            } again: { request, _ in
                try await movementUploadPage(request)
            },
            .form(Addresses.discardMovements, .right(.acceptFigures)) { request in
                try await movements.discard(try Self.movementUploadID(request), by: request.submission)
                return Addresses.movements().telling(.uploadDiscarded)
            } again: { request, _ in
                try await movementUploadPage(request)
            },
            .page(Addresses.movementBatch, .right(.viewFigures)) { request in try await movementBatchPage(request) },
            .decision(Addresses.withdrawMovements, .right(.withdrawFigures)) { request, seen in
                let number = Int(request.parameter("number")) ?? 0
                try await movements.withdraw(
                    batch: number, reason: request.form[FigureField.reason], version: seen, by: request.submission)
                return Addresses.movementBatch(number).telling(.batchWithdrawn)
            } again: { request, failure in
                try await movementBatchPage(request, failure: failure)
            },
        ]
    }

    private static func movementUploadID(_ request: MemberRequest) throws -> RecordID {
        try request.recordID(missing: "Không có tệp biến động này.")
    }

    private func movementForm(_ request: MemberRequest, _ failure: FormModel.Failure?) -> FormModel {
        let places =
            [Field.Option(MovementPlace.province.key, "Toàn địa bàn \(definition.province)")]
            + movements.offices.map { Field.Option(MovementPlace.unit($0.code).key, $0.name) }
        return form(
            "nap-bien-dong", Addresses.receiveMovements(), "Xem trước",
            fields: [
                Field(
                    FigureField.file, "Tệp biểu", kind: .file(accept: Self.figureFileTypes),
                    hint:
                        "B06-TS, B15-UQ, B16a-TS, B16b-TS, C21b-TS, hoặc bảng theo đơn vị có cột tăng mới, trở lại, dừng"
                ),
                Field(
                    FigureField.place, "Biểu của", kind: .select(places),
                    hint: "Với biểu không ghi từng đơn vị ở mỗi dòng (B06, B15, B16a)"),
                Field(
                    FigureField.month, "Kỳ báo cáo", hint: "Để trống nếu trong tệp đã ghi; ví dụ 09/2026",
                    required: false),
                Field(
                    FigureField.source, "Nguồn số liệu",
                    hint: "Cơ quan, văn bản; để trống thì lấy dòng tiêu đề đầu tệp",
                    required: false),
            ], for: request, failure: failure)
    }

    private func movementsPage(
        _ request: MemberRequest, failure: FormModel.Failure? = nil
    ) async throws -> Response {
        let viewer = request.viewer
        let months = try await movements.months(for: viewer)
        let asked = Month(request.query[.month])
        let month = asked.flatMap { months.contains($0) ? $0 : nil } ?? months.first
        var (held, balances): ([Movement], [MovementBalance]) = ([], [])
        if let month {
            held = try await movements.movements(of: month, for: viewer)
            balances = try await movements.balances(of: month, for: viewer)
        }
        let batches = try await movements.batches(for: viewer)
        let waiting = try await movements.waitingUploads(for: viewer)
        let model = MovementsPage(
            tabs: figureTabs(Addresses.movements(), for: request),
            form: viewer.may(.acceptFigures) ? movementForm(request, failure) : nil,
            waiting: waiting.map {
                .init(
                    address: Addresses.movementUpload($0.id).text, fileName: $0.fileName,
                    when: "\($0.actorName), \($0.at.vietnamese)")
            },
            hasWaiting: !waiting.isEmpty,
            nothing: months.isEmpty ? "Chưa có biểu biến động nào được nhận." : nil,
            months: months.prefix(24).map {
                .init(
                    label: $0.vietnamese, address: Addresses.movements().with(.month, $0).text, isCurrent: $0 == month)
            },
            hasMonths: !months.isEmpty, month: month?.vietnamese ?? "",
            balances: balances.prefix(400).map(balance), hasBalances: !balances.isEmpty,
            sections: sections(of: held),
            batches: batches.map { batch in
                .init(
                    batchNumber: batch.number, address: Addresses.movementBatch(batch.number).text,
                    fileName: batch.fileName, title: batch.form.title, month: batch.month.vietnamese,
                    source: batch.source,
                    counts: "\(VietnameseText.grouped(batch.movements)) số"
                        + (batch.rejectedRows > 0 ? ", \(batch.rejectedRows) dòng trả lại" : ""),
                    withdrawn: batch.withdrawnAt.map {
                        "Đã thu hồi \($0.day.vietnamese): \(batch.withdrawnReason ?? "")"
                    })
            },
            hasBatches: !batches.isEmpty)
        return try page("Biến động tăng, giảm", model, for: request)
    }

    // MARK: Words

    private func name(_ place: MovementPlace) -> String {
        switch place {
        case .province: "Toàn địa bàn \(definition.province)"
        case .commune(let code): definition.communes[code]?.shortName ?? code.text
        case .unit(let code): definition.unitsInForce.now[code]?.name ?? code.text
        }
    }

    private func title(_ key: MovementKey) -> String {
        var parts = [key.measure.title]
        if let block = key.block {
            parts.append("khối \(block.rawValue). \(block.title)")
        } else if let scheme = key.scheme {
            parts.append(scheme.title)
        }
        return parts.joined(separator: " – ")
    }

    private func amount(_ value: Int, _ measure: MovementMeasure) -> String {
        switch measure.unit {
        case .people: VietnameseText.grouped(value)
        case .employers: "\(VietnameseText.grouped(value)) đơn vị"
        case .dong: "\(VietnameseText.grouped(value)) đồng"
        }
    }

    private func balance(_ balance: MovementBalance) -> MovementsPage.Balance {
        func number(_ value: Int?) -> String { value.map { VietnameseText.grouped($0) } ?? "–" }
        return .init(
            name: "\(name(balance.place)), \(balance.scheme.word)",
            note: balance.opening == nil
                ? "đầu và cuối tháng mới có \(balance.communes)/\(balance.allCommunes) đơn vị, chưa đối chiếu được"
                : nil,
            opening: number(balance.opening), joined: number(balance.joined), returned: number(balance.returned),
            stopped: number(balance.stopped), expected: number(balance.expected), closing: number(balance.closing),
            remainder: balance.remainder.map { ($0 > 0 ? "+" : "") + VietnameseText.grouped($0) } ?? "–")
    }

    /// What holds beside the flows, by theme; those of communes are left to the batches.
    private func sections(of held: [Movement]) -> [MovementsPage.Section] {
        func section(
            _ caption: String, _ measures: Set<MovementMeasure>, of isMeant: (MovementKey) -> Bool = { _ in true }
        ) -> MovementsPage.Section? {
            let lines = held.filter { movement in
                if case .commune = movement.key.place { return false }
                return measures.contains(movement.key.measure) && isMeant(movement.key)
            }
            guard !lines.isEmpty else { return nil }
            return .init(
                caption: caption,
                lines: lines.prefix(300).map { movement in
                    .init(
                        place: name(movement.key.place), title: title(movement.key),
                        value: amount(movement.value, movement.key.measure), batch: "Lô \(movement.batch)",
                        batchAddress: Addresses.movementBatch(movement.batch).text)
                })
        }
        return [
            section(
                "Số người tham gia theo biểu (B06-TS, B16a-TS)", [.participants], of: { $0.block == nil }),
            section(
                "Theo khối: người tham gia, tiềm năng (biểu B16a-TS)",
                [.participants, .potentialUnits, .potentialPeople, .toDevelop],
                of: { $0.block != nil || $0.measure != .participants }),
            section("BHXH tự nguyện theo phương thức đóng (biểu B06-TS)", [.paid, .due, .ahead]),
            section("Qua tổ chức dịch vụ thu (biểu B15-UQ)", [.joinedThroughOrganisations, .continued]),
            section("Đã dừng trong năm, chưa tham gia lại (biểu C21b-TS, B06-TS)", [.stoppedOpen]),
            section("Chậm đóng, trốn đóng (biểu B06-TS, B16b-TS)", [.late, .lateWithInterest]),
        ].compactMap(\.self)
    }

    // MARK: A file, a batch

    private func movementUploadPage(_ request: MemberRequest) async throws -> Response {
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
                .init(label: "Của", value: name(upload.place), address: nil),
                .init(label: "Nguồn", value: upload.source.isEmpty ? reading.title : upload.source, address: nil),
            ],
            errorCount: reading.errors.count, hasErrors: !reading.errors.isEmpty,
            errors: reading.errors.prefix(200).map(UploadPage.Note.init), hasWarnings: !reading.warnings.isEmpty,
            warnings: reading.warnings.prefix(100).map(UploadPage.Note.init),
            acceptForm: upload.isOpen && outcome.fresh > 0
                ? form(
                    "nhan", Addresses.acceptMovements(upload.id), "Nhận \(outcome.fresh) số",
                    version: request.revisions.version(of: .movementBatch), for: request) : nil,
            discardForm: upload.isOpen
                ? form("bo", Addresses.discardMovements(upload.id), "Bỏ tệp này", look: "secondary", for: request)
                : nil,
            lines: reading.movements.prefix(300).map { movement in
                .init(
                    place: name(movement.key.place), title: title(movement.key),
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

    private func movementBatchPage(
        _ request: MemberRequest, failure: FormModel.Failure? = nil
    ) async throws -> Response {
        let (batch, lines) = try await movements.batch(Int(request.parameter("number")) ?? 0, for: request.viewer)
        let model = MovementBatchPage(
            tabs: figureTabs(Addresses.movements(), for: request), heading: "Lô biến động số \(batch.number)",
            withdrawn: batch.withdrawnAt.map {
                "Đã thu hồi lúc \($0.vietnamese) bởi \(batch.withdrawnBy ?? ""): \(batch.withdrawnReason ?? ""). Số trước đó có hiệu lực lại."
            },
            facts: [
                .init(label: "Tệp", value: batch.fileName, address: nil),
                .init(label: "Biểu", value: batch.form.title, address: nil),
                .init(label: "Nguồn", value: batch.source, address: nil),
                .init(label: "Tháng", value: batch.month.vietnamese, address: nil),
                .init(
                    label: "Ngày chốt", value: batch.cutoff?.vietnamese ?? batch.month.lastDay.vietnamese, address: nil),
                .init(label: "Nhận lúc", value: "\(batch.at.vietnamese), \(batch.actorName)", address: nil),
                .init(
                    label: "Kết quả",
                    value:
                        "\(batch.acceptedRows) dòng nhận, \(batch.rejectedRows) dòng trả lại; \(VietnameseText.grouped(batch.movements)) số",
                    address: nil),
            ],
            lines: lines.prefix(400).map {
                .init(place: name($0.key.place), title: title($0.key), value: amount($0.value, $0.key.measure))
            },
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
