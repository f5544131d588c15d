import Access
import Components
import Figures
import Files
import Hummingbird
import Kernel
import Overview
import PlanText
import Reports
import Targets
import Work
import Province
import Remarks
import WebDesk

extension FigurePages {
    var figureRoutes: [Route] {
        [
            .page(Addresses.figures, .right(.viewFigures)) { request in try await figuresPage(request) },
            .page(Addresses.figureMonth, .right(.viewFigures)) { request in try await figureMonthPage(request)
            },
            batchWorkbook.route(Addresses.figures.workbook, on: desk),
            monthsWorkbook.route(Addresses.monthsWorkbook, on: desk),
            monthWorkbook.route(Addresses.monthWorkbook, on: desk),
            batchLineWorkbook.route(Addresses.batchLinesWorkbook, on: desk),
            .page(Addresses.figureBatch, .right(.viewFigures)) { request in try await figureBatchPage(request) },
            .form(Addresses.withdrawBatch, .right(.withdrawFigures)) { request in
                let number = Int(request.parameter("number")) ?? 0
                let order = try await figures.withdraw(
                    batch: number, reason: request.form[FigureField.reason], with: jobs, by: request.submission)
                switch order {
                case .done: return Addresses.figureBatch(number).telling(.batchWithdrawn)
                case .started(let job): return Addresses.job(job)
                }
            } again: { request, failure in
                try await figureBatchPage(request, failure: failure)
            },
            .file(Addresses.figureFile, .right(.viewFigures), recorded: .byUseCase) { request in
                guard let id = RecordID(request.parameter("id")) else { throw Refusal(.notFound, "Không có tệp này.") }
                return Download(try await figures.openFile(id, by: request.submission), of: Subject(.file, id))
            },
        ] + uploadRoutes + contestRoutes
    }

    func figuresPage(_ request: MemberRequest, failure: FormModel.Failure? = nil) async throws -> Response {
        let viewer = request.viewer
        let months = try await figures.months(for: viewer)
        let batches = try await figures.batches(limit: ListWorkbook.mostAtOnce, for: viewer)
        let waiting = try await figures.waitingUploads(for: viewer)
        let model = FiguresPage(
            tabs: figureTabs(Addresses.figures(), for: request),
            form: viewer.may(.acceptFigures) ? uploadForm(request, failure) : nil,
            waiting: waiting.map {
                .init(
                    address: Addresses.upload($0.id).text, fileName: $0.fileName,
                    when: "\($0.actorName), \($0.at.vietnamese)\(Self.words(of: $0.stage))")
            },
            hasWaiting: !waiting.isEmpty,
            months: try list(
                Self.monthsTable, of: months, try await query(Self.monthsTable.outline, of: request),
                at: TablePlace(Addresses.figures()), workbook: Addresses.monthsWorkbook(),
                caption: "Số người tham gia theo tháng (cộng các đơn vị đã có số liệu)",
                nothing: "Chưa có số liệu tháng nào."),
            batches: try await batches.isEmpty
                ? nil
                : list(
                    Self.batchTable, of: batches, query(Self.batchTable.outline, of: request),
                    at: TablePlace(Addresses.figures()), workbook: Addresses.figures.workbook()))
        return try page("Số liệu tháng", model, for: request)
    }

    private static func words(of stage: FigureUpload.Stage) -> String {
        switch stage {
        case .taking: ", đang được nhận"
        case .partly: ", nhận dở giữa chừng"
        default: ""
        }
    }

    private static func unfinished(_ batch: FigureBatch) -> String? {
        guard batch.monthsLeft > 0 else { return nil }
        switch (batch.withdrawnAt != nil, batch.worker != nil) {
        case (false, true): return "Đang nhận: còn \(batch.monthsLeft) tháng chưa có hiệu lực."
        case (false, false):
            return
                "Nhận dở giữa chừng: còn \(batch.monthsLeft) tháng chưa có hiệu lực. Hãy nhận tiếp ở trang của tệp (trang Số liệu), hoặc thu hồi cả lô."
        case (true, true): return "Đang thu hồi: còn \(batch.monthsLeft) tháng số liệu của lô vẫn có hiệu lực."
        case (true, false):
            return
                "Thu hồi dở giữa chừng: còn \(batch.monthsLeft) tháng số liệu của lô vẫn có hiệu lực. Hãy thu hồi tiếp."
        }
    }

    private func figureMonthPage(_ request: MemberRequest) async throws -> Response {
        guard let month = Month(request.parameter("month")) else { throw Refusal(.notFound, "Không có tháng này.") }
        let viewer = request.viewer
        let query = try await query(Self.monthTable.outline, of: request)
        // The page is everybody's, what is said of a figure is not: those to whom the same is told share it.
        let counts = try await said(of: month, for: viewer)
        let told = counts.map { "\($0.key)=\($0.value)" }.sorted().joined(separator: ",")
        let main = try await kept(
            "so-lieu|\(month)|\(Month(of: today))|\(mayReadAllocation(viewer))|\(told)", query,
            revision: request.revisions.of(Self.figureKinds)
        ) {
            let now = try await figures.figures(of: month, for: viewer)
            let before = try await figures.figures(of: month.adding(months: -1), for: viewer)
            let blocks = try await figures.blocks(of: month, for: viewer)
            return try renderer.render(figureMonth(month, now, before, blocks, counts, query, request))
        }
        let said = try await remarks.thread(Subject(.monthReached, month), request)
        return try page("Số liệu tháng \(month.vietnamese)", rendered: main + said, for: request)
    }

    private func figureMonth(
        _ month: Month, _ now: [Figure], _ before: [Figure], _ blocks: (people: [Block: Int], communes: Int),
        _ counts: [Subject: Int], _ query: TableQuery, _ request: MemberRequest
    ) throws -> FigureMonthPage {
        let lines = monthLines(month, now, before, said: counts)
        let missing = lines.filter { $0.total == nil }.map(\.commune)
        let usual = lines.first?.usual ?? ""
        // A scheme without any figure is not known; it is no zero.
        func total(_ scheme: Scheme) -> Int? {
            let known = now.filter { $0.scheme == scheme }
            return known.isEmpty ? nil : known.reduce(0) { $0 + $1.people }
        }
        let both = total(.compulsory).flatMap { first in total(.voluntary).map { first + $0 } }
        return FigureMonthPage(
            tabs: figureTabs(Addresses.figures(), for: request), month: month.vietnamese,
            monthBefore: Frame.Link(
                "← \(month.adding(months: -1).vietnamese)", Addresses.figureMonth(month.adding(months: -1))),
            monthAfter: month < Month(of: today)
                ? Frame.Link("\(month.adding(months: 1).vietnamese) →", Addresses.figureMonth(month.adding(months: 1)))
                : nil,
            summary: now.isEmpty
                ? "Chưa có số liệu tháng này."
                : "Bắt buộc \(FigureWords.people(total(.compulsory))), tự nguyện \(FigureWords.people(total(.voluntary))), tổng \(FigureWords.people(both)). Nguồn: \(usual).",
            missing: missing.isEmpty || now.isEmpty
                ? nil
                : "Chưa có số liệu của \(missing.count) đơn vị: \(missing.map(\.shortName).joined(separator: ", ")). Tổng trên là cộng các đơn vị đã có số; trang Tổng quan dùng thêm số gần nhất của các đơn vị còn thiếu, nên có thể lớn hơn.",
            table: try list(
                Self.monthTable, of: lines, query, at: TablePlace(Addresses.figureMonth(month)),
                workbook: Addresses.monthWorkbook().with(.month, month)),
            blocks: Block.allCases.compactMap { block in
                blocks.people[block].map {
                    .init(block: "\(block.rawValue). \(block.title)", people: VietnameseText.grouped($0))
                }
            },
            hasBlocks: !blocks.people.isEmpty,
            blockNote: "Theo khối của biểu B16a-TS, cộng \(blocks.communes) đơn vị có số liệu theo khối.")
    }

    private func figureBatchPage(_ request: MemberRequest, failure: FormModel.Failure? = nil) async throws -> Response {
        let batch = try await figures.batch(Int(request.parameter("number")) ?? 0, for: request.viewer)
        let open = batch.actions(for: request.viewer)
        var facts: [Fact] = [
            .init(
                label: "Tệp", value: batch.fileName,
                address: open.contains(.openFile) ? batch.file.map { Addresses.figureFile($0).text } : nil),
            .init(label: "Nguồn", value: batch.source, address: nil),
        ]
        if let file = batch.file, request.viewer.may(.withdrawFigures) {
            facts.append(
                .init(label: "Huỷ tệp", value: "tệp gửi nhầm, biên bản", address: Addresses.erasure(file).text))
        }
        facts += [
            .init(
                label: "Ngày chốt", value: batch.cutoff?.vietnamese ?? "ngày cuối tháng của từng số liệu", address: nil),
            .init(
                label: "Tháng", value: batch.monthsTitle,
                address: batch.firstMonth == batch.lastMonth ? Addresses.figureMonth(batch.firstMonth).text : nil),
            .init(label: "Nhận lúc", value: "\(batch.at.vietnamese), \(batch.actorName)", address: nil),
            .init(
                label: "Kết quả",
                value:
                    "\(batch.acceptedRows) dòng nhận, \(batch.rejectedRows) dòng trả lại; \(VietnameseText.grouped(batch.figures)) số liệu, trong đó \(VietnameseText.grouped(batch.changed)) mới hoặc thay đổi",
                address: nil),
        ]
        if batch.kind != .file { facts.removeFirst() }
        for kind in documents?.kinds(for: request.viewer) ?? [] where kind.topic == .batch && batch.kind == .file {
            facts.append(
                .init(
                    label: "Văn bản", value: "Soạn \(documents?.name(of: kind).lowercased() ?? "")",
                    address: Addresses.newDocument(kind.id).with(.batch, batch.number)))
        }
        let model = FigureBatchPage(
            tabs: figureTabs(Addresses.figures(), for: request), heading: "Lô số liệu số \(batch.number)", facts: facts,
            withdrawn: batch.withdrawnAt.map {
                "Đã thu hồi lúc \($0.vietnamese) bởi \(batch.withdrawnBy ?? ""): \(batch.withdrawnReason ?? ""). Số liệu trước đó có hiệu lực lại."
            },
            unfinished: Self.unfinished(batch), job: try await job(batch.worker, request),
            table: try await batchLines(batch, request),
            form: open.contains(.withdraw)
                ? form(
                    "thu-hoi", Addresses.withdrawBatch(batch.number), "Thu hồi cả lô",
                    fields: [
                        Field(
                            FigureField.reason, "Lý do thu hồi",
                            hint:
                                "Mọi số liệu của lô thôi có hiệu lực; số liệu trước đó (nếu có) được dùng lại. Lịch sử vẫn giữ."
                        )
                    ],
                    look: "warning", for: request, failure: failure) : nil)
        return try page("Lô số liệu số \(batch.number)", model, for: request)
    }
}
