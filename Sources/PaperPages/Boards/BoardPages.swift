import Access
import Components
import Hummingbird
import Kernel
import Overview
import PlanText
import ReportBoards
import Reports
import Targets
import WebDesk
import Work

/// Boards on which reports are assembled: their list, and one as a whole.
extension PaperPages {
    static let boardReaders = RouteAccess.right(.readReportBoards, .writeReportParts)

    var boardRoutes: [Route] {
        guard let documents else { return [] }
        let boards = documents.boards
        /// A deed on a board as a whole.
        func deed(
            _ place: FormPlace<RecordID>,
            perform: @escaping @Sendable (MemberRequest, RecordID, Int) async throws -> Void
        ) -> Route {
            .decision(place, .right(.assembleReports)) { request, seen in
                let id = try Self.boardID(request)
                try await perform(request, id, seen)
                return Addresses.board(id).telling(.boardChanged)
            } again: { request, failure in
                try await boardPage(request, documents, failure: failure)
            }
        }
        return [
            .page(Addresses.boards, Self.boardReaders) { request in try await boardListPage(request, boards) },
            boardWorkbook(boards).route(Addresses.boards.workbook, on: desk),
            .form(Addresses.openBoard, .right(.assembleReports)) { request in
                let parts = request.form[BoardField.kind].split(separator: "/")
                guard parts.count == 2, let kind = BoardKind(rawValue: String(parts[0])),
                    let span = WorkPeriod(parts[1]).flatMap({ BoardSpan(kind, $0) })
                else { throw Refusal(fields: [.init(BoardField.kind, "Hãy chọn báo cáo.")]) }
                let id = try await boards.openBoard(
                    span, cutoff: try Self.day(.cutoff, in: request.form), due: try Self.day(.due, in: request.form),
                    by: request.submission)
                return Addresses.board(id).telling(.boardOpened)
            } again: { request, failure in
                try await boardListPage(request, boards, failure: failure)
            },
            .page(Addresses.board, Self.boardReaders) { request in try await boardPage(request, documents) },
            deed(Addresses.setBoardDays) { request, id, seen in
                guard let cutoff = try Self.day(.cutoff, in: request.form) else {
                    throw Refusal(fields: [.init(BoardField.cutoff, "Hãy nhập ngày chốt số liệu.")])
                }
                guard let due = try Self.day(.due, in: request.form) else {
                    throw Refusal(fields: [.init(BoardField.due, "Hãy nhập hạn báo cáo.")])
                }
                try await boards.setDays(of: id, cutoff: cutoff, due: due, version: seen, by: request.submission)
            },
            deed(Addresses.lockBoard) { request, id, seen in
                try await boards.lock(id, version: seen, by: request.submission)
            },
            deed(Addresses.unlockBoard) { request, id, seen in
                try await boards.unlock(
                    id, reason: request.form[BoardField.reason], version: seen, by: request.submission)
            },
            .form(Addresses.remindBoard, .right(.assembleReports)) { request in
                let id = try Self.boardID(request)
                try await boards.remind(id, by: request.submission)
                return Addresses.board(id).telling(.boardReminded)
            } again: { request, failure in
                try await boardPage(request, documents, failure: failure)
            },
        ]
    }

    static func boardID(_ request: MemberRequest) throws -> RecordID {
        try request.recordID(missing: "Không có bảng tổng hợp này.")
    }

    /// A day that was typed; nil for an empty field.
    static func day(_ field: BoardField, in form: FormContent) throws(Refusal) -> Day? {
        let typed = VietnameseText.tidy(form[field])
        guard !typed.isEmpty else { return nil }
        guard let day = Day(typed: typed) else {
            throw Refusal(fields: [.init(field, "“\(typed)” không phải ngày có thật, hãy nhập dạng 30/11/2026.")])
        }
        return day
    }

    // MARK: List

    private func boardListPage(
        _ request: MemberRequest, _ boards: BoardService, failure: FormModel.Failure? = nil
    ) async throws -> Response {
        let found = try await boards.boards(for: request.viewer)
        let model = BoardListPage(
            back: Frame.Link("Văn bản", Addresses.documents()),
            table: try list(
                Self.boardList, of: found, try await query(Self.boardList.outline, of: request),
                at: TablePlace(Addresses.boards()), workbook: Addresses.boards.workbook(),
                nothing: "Chưa có bảng nào."),
            form: request.viewer.assembles(in: definition)
                ? form(
                    "mo-bang", Addresses.openBoard(), "Mở bảng tổng hợp",
                    fields: [
                        Field(
                            BoardField.kind, "Báo cáo",
                            kind: .select(
                                [Field.Option("", "Hãy chọn …")] + (try await openable(boards, for: request.viewer)))),
                        Field(
                            BoardField.cutoff, "Ngày chốt số liệu",
                            hint: "Để trống: cuối tháng trọn vẹn trước hạn báo cáo", required: false),
                        Field(
                            BoardField.due, "Hạn báo cáo",
                            hint: "Để trống: theo kế hoạch; báo cáo kỳ là 10 ngày sau kỳ",
                            required: false),
                    ], for: request, failure: failure) : nil)
        return try page("Bảng tổng hợp báo cáo", model, for: request)
    }

    /// Reports of the plan, notes of last year to next.
    private func openable(_ boards: BoardService, for viewer: Viewer) async throws -> [Field.Option] {
        var options: [Field.Option] = []
        for kind in BoardKind.allCases {
            options += try await boards.openable(kind, for: viewer).filter { span in
                kind.spansYears || kind == .year || abs(span.years.upperBound - today.year) <= 1
            }.map { Field.Option("\($0.kind.rawValue)/\($0.period.text)", $0.title) }
        }
        return options
    }

    private static func progress(of head: BoardHead) -> String {
        "\(head.parts - head.waiting)/\(head.parts) phần đã gửi"
    }

    static func badge(of lock: FigureLock?) -> Badge {
        lock == nil ? Badge("số liệu chưa khóa", look: "open") : Badge("số liệu đã khóa", look: "accepted")
    }

    static func badge(of part: BoardPart, on today: Day) -> Badge {
        if part.isLate(on: today) { return Badge("\(part.state.title), quá hạn", look: "late") }
        return switch part.state {
        case .asked: Badge(part.state.title, look: "not-due")
        case .written: Badge(part.state.title, look: "open")
        case .handedIn: Badge(part.state.title, look: "accepted")
        case .returned: Badge(part.state.title, look: "returned")
        }
    }

    // MARK: One board

    /// Differences shown; the count of the others is told.
    private static let shownDifferences = 40

    private func boardPage(
        _ request: MemberRequest, _ documents: DocumentService, failure: FormModel.Failure? = nil
    ) async throws -> Response {
        let boards = documents.boards
        let viewer = request.viewer
        let board = try await boards.board(try Self.boardID(request), for: viewer)
        try await desk.seen(Subject(.reportBoard, board.head.id), by: request)
        let head = board.head
        let (figures, differences) = try await boards.figures(of: head, for: viewer)
        // Whoever writes sees what belongs beside the own sections.
        let facts = Set(board.sections.flatMap(\.section.facts))
        let shown = figures.all.filter { !$0.isRow && facts.contains($0.facts) }
        let mayLock = head.cutoff <= today && figures.all.contains { $0.name == "total.now" }
        let changed = viewer.seesWholeBoards(in: definition) ? differences : []
        let model = BoardPage(
            back: Frame.Link("Bảng tổng hợp báo cáo", Addresses.boards()), heading: head.span.title,
            facts: [
                Fact(label: "Chốt số liệu", value: "hết ngày \(head.cutoff.vietnamese)"),
                Fact(label: "Hạn báo cáo", value: head.due.vietnamese),
                Fact(label: "Phần viết", value: Self.progress(of: head)),
                Fact(label: "Mở bảng", value: "\(head.openedBy), \(head.openedAt.vietnamese)"),
            ] + (head.lock.map { [Fact(label: "Khóa số liệu", value: "\($0.by), \($0.at.vietnamese)")] } ?? []),
            lock: Self.badge(of: head.lock), papers: papers(of: head, documents, for: viewer),
            hasPapers: !papers(of: head, documents, for: viewer).isEmpty,
            sections: board.sections.map { section in
                .init(
                    title: section.section.title,
                    address: Addresses.boardSection(head.id, section.section.code).text,
                    parts: section.parts.map { part in
                        .init(
                            unit: definition.name(of: part.unit), due: part.due.vietnamese,
                            state: Self.badge(of: part, on: today),
                            author: part.text.map { "\($0.author), \($0.at.vietnamese)" })
                    }, nobody: section.parts.isEmpty)
            },
            figures: shown.map { BoardFigureRow($0) }, hasFigures: !shown.isEmpty,
            differences: changed.prefix(Self.shownDifferences).map {
                .init(
                    label: $0.label, locked: $0.lockedWords, now: $0.nowWords, change: $0.change ?? "",
                    address: $0.origin.address.text)
            }, hasDifferences: !changed.isEmpty,
            moreDifferences: changed.count > Self.shownDifferences
                ? "Còn \(changed.count - Self.shownDifferences) số khác nữa." : nil,
            actions: viewer.assembles(in: definition)
                ? boardActions(head, mayLock: mayLock, request, failure) : [])
        return try page(model.heading, model, for: request)
    }

    /// The kinds of paper that a board becomes, with the forms that already know its period.
    private func papers(of head: BoardHead, _ documents: DocumentService, for viewer: Viewer) -> [Frame.Link] {
        let more = head.span.kind == .final ? PaperKind.proposalsOfFinal : PaperKind.lettersOfRequest
        let names = [head.span.kind.paper] + (head.span.kind == .midTerm ? [] : [more])
        return documents.kinds(for: viewer).filter { names.contains($0.id) }.map { kind in
            var form = Addresses.newDocument(kind.id)
            switch head.span.period {
            case .quarter(let quarter):
                let isHalf = head.span.kind == .halfYear && kind.id == head.span.kind.paper
                form = form.with(.year, quarter.year)
                    .with(QueryKey.quarter, isHalf ? PaperField.Key.firstHalf : "\(quarter.quarter)")
            case .year(let year):
                form = form.with(.year, year).with(QueryKey.quarter, PaperField.Key.wholeYear)
            default: break
            }
            return Frame.Link("Soạn: \(documents.name(of: kind))", form)
        }
    }

    private func boardActions(
        _ head: BoardHead, mayLock: Bool, _ request: MemberRequest, _ failure: FormModel.Failure?
    ) -> [FormPanel] {
        var actions: [FormPanel] = []
        func add(
            _ id: String, _ place: FormPlace<RecordID>, _ title: String, _ submit: String, _ fields: [Field] = [],
            look: String = "secondary"
        ) {
            actions.append(
                FormPanel(
                    title: title,
                    form: form(
                        id, place(head.id), submit, fields: fields, look: look, version: head.version, for: request,
                        failure: failure), open: failure?.form == id))
        }
        if head.waiting > 0 {
            add("nhac", Addresses.remindBoard, "Nhắc đơn vị chưa gửi", "Gửi thông báo nhắc")
        }
        if head.lock == nil, mayLock {
            add(
                "khoa", Addresses.lockBoard, "Khóa số liệu đến \(head.cutoff.vietnamese)", "Khóa số liệu",
                look: "primary")
        }
        if head.lock != nil {
            add(
                "mo-khoa", Addresses.unlockBoard, "Mở khóa số liệu", "Mở khóa",
                [Field(BoardField.reason, "Lý do", kind: .area)], look: "warning")
        }
        add(
            "thoi-han", Addresses.setBoardDays, "Sửa ngày chốt, hạn báo cáo", "Lưu ngày",
            [
                Field(BoardField.cutoff, "Ngày chốt số liệu", value: head.cutoff.vietnamese),
                Field(BoardField.due, "Hạn báo cáo", value: head.due.vietnamese),
            ])
        return actions
    }
}
