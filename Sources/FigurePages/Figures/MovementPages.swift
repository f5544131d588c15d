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
            movementWorkbook.route(Addresses.movementNumbersWorkbook, on: desk),
            movementBatchWorkbook.route(Addresses.movementBatchesWorkbook, on: desk),
            movementLineWorkbook.route(Addresses.movementLinesWorkbook, on: desk),
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
            .form(Addresses.typeLabourForce, .right(.acceptFigures)) { request in
                guard let place = MovementPlace(key: request.form[FigureField.place]) else {
                    throw Refusal(fields: [.init(FigureField.place, "Hãy chọn đơn vị.")])
                }
                let id = try await movements.receive(
                    LabourForceDraft(
                        place: place, month: request.form[FigureField.month],
                        labourForce: request.form[FigureField.labourForce],
                        uninsured: request.form[FigureField.uninsured], source: request.form[FigureField.source]),
                    by: request.submission)
                return Addresses.movementUpload(id)
            } again: { request, failure in
                try await movementsPage(request, typing: failure)
            },
            .page(Addresses.movementUpload, .right(.acceptFigures)) { request in
                try await movementUploadPage(request)
            },
            .decision(Addresses.acceptMovements, .right(.acceptFigures)) { request, seen in
                let id = try Self.movementUploadID(request)
                try await movements.accept(
                    id, whole: request.form[FigureField.whole], version: seen, by: request.submission)
                return Addresses.movementUpload(id).telling(.figuresAccepted)
            } again: { request, failure in
                try await movementUploadPage(request, failure: failure)
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

    static func movementUploadID(_ request: MemberRequest) throws -> RecordID {
        try request.recordID(missing: "Không có tệp biến động này.")
    }

    /// Accounts of places on one page: two of each commune, and of the whole.
    private static let balancesShown = 30

    private func movementsPage(
        _ request: MemberRequest, failure: FormModel.Failure? = nil, typing: FormModel.Failure? = nil
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
        let batches = try await movements.batches(limit: ListWorkbook.mostAtOnce, for: viewer)
        let numbers = try await query(Self.movementList.outline, of: request)
        let ofBatches = try await query(Self.movementBatchList.outline, of: request)
        let waiting = try await movements.waitingUploads(for: viewer)
        let pages = max(1, (balances.count + Self.balancesShown - 1) / Self.balancesShown)
        let number = min(max(Int(request.query[.page]) ?? 1, 1), pages)
        let model = MovementsPage(
            tabs: figureTabs(Addresses.movements(), for: request),
            form: viewer.may(.acceptFigures) ? movementForm(request, failure) : nil,
            labourForm: viewer.may(.acceptFigures) ? labourForm(request, typing) : nil,
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
            accountCaption:
                "Đầu tháng + tăng mới + trở lại − dừng = theo biến động; phần chênh là chuyển địa bàn, điều chỉnh hoặc báo muộn",
            balances: balances.dropFirst((number - 1) * Self.balancesShown).prefix(Self.balancesShown).map {
                balance($0)
            },
            hasBalances: !balances.isEmpty,
            pager: Pager(page: number, pages: pages) {
                Addresses.movements().with(.month, month).with(.page, $0).text
            },
            table: try month.map { month in
                try list(
                    Self.movementList, of: movementLines(held), numbers,
                    at: TablePlace(Addresses.movements(), [(.month, month.description)]),
                    workbook: Addresses.movementNumbersWorkbook(), caption: "Số theo biểu",
                    nothing: "Tháng này không có số nào ngoài tăng mới, trở lại, dừng của các đơn vị.")
            },
            batches: try batches.isEmpty
                ? nil
                : list(
                    Self.movementBatchList, of: batches, ofBatches,
                    at: TablePlace(Addresses.movements(), [(.month, month?.description ?? "")]),
                    workbook: Addresses.movementBatchesWorkbook()))
        return try page("Biến động tăng, giảm", model, for: request)
    }

    // MARK: Words

    func title(_ key: MovementKey) -> String {
        var parts = [key.measure.title]
        if let block = key.block {
            parts.append("khối \(block.rawValue). \(block.title)")
        } else if let scheme = key.scheme {
            parts.append(scheme.title)
        }
        return parts.joined(separator: " – ")
    }

    func amount(_ value: Int, _ measure: MovementMeasure) -> String {
        switch measure.unit {
        case .people: VietnameseText.grouped(value)
        case .employers: "\(VietnameseText.grouped(value)) đơn vị"
        case .dong: "\(VietnameseText.grouped(value)) đồng"
        }
    }

    /// - Parameter whole: whether the row names its place; a commune's own page does not.
    func balance(_ balance: MovementBalance, naming whole: Bool = true) -> MovementBalanceRow {
        func number(_ value: Int?) -> String { value.map { VietnameseText.grouped($0) } ?? "–" }
        func both(_ value: Int?, _ stated: Int?) -> String {
            guard let stated, stated != value else { return number(value) }
            return value == nil ? "\(number(stated)) (theo biểu)" : "\(number(value)) (biểu ghi \(number(stated)))"
        }
        return .init(
            name: whole
                ? "\(movements.name(of: balance.place)), \(balance.scheme.word)"
                : VietnameseText.sentence(balance.scheme.word),
            note: balance.isOfPart
                ? "cộng \(balance.communes)/\(balance.allCommunes) đơn vị có đủ số đầu, cuối tháng và biến động"
                : balance.opening == nil && balance.statedOpening == nil
                    ? "đầu và cuối tháng mới có \(balance.communes)/\(balance.allCommunes) đơn vị, chưa đối chiếu được"
                    : nil,
            opening: both(balance.opening, balance.statedOpening), joined: number(balance.joined),
            returned: number(balance.returned), stopped: number(balance.stopped), expected: number(balance.expected),
            closing: both(balance.closing, balance.statedClosing),
            remainder: balance.remainder.map { FigureWords.signed($0) } ?? "–")
    }
}
