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

/// One section of a board: what agencies wrote, beside what the system knows.
extension PaperPages {
    var boardSectionRoutes: [Route] {
        guard let documents else { return [] }
        let boards = documents.boards
        let again: @Sendable (MemberRequest, FormModel.Failure) async throws -> Response = { request, failure in
            try await boardSectionPage(request, documents, failure: failure)
        }
        func decision(
            _ place: FormPlace<RecordID, String>, _ right: Right,
            perform: @escaping @Sendable (MemberRequest, Int) async throws -> Void
        ) -> Route {
            .decision(place, .right(right)) { request, seen in
                try await perform(request, seen)
                return try Self.section(of: request).telling(.partChanged)
            } again: { request, failure in
                try await again(request, failure)
            }
        }
        return [
            .page(Addresses.boardSection, Self.boardReaders) { request in
                try await boardSectionPage(request, documents)
            },
            decision(Addresses.askForText, .assembleReports) { request, seen in
                guard let unit = UnitCode(request.form[BoardField.unit]) else {
                    throw Refusal(fields: [.init(BoardField.unit, "Hãy chọn đơn vị.")])
                }
                guard let due = try Self.day(.due, in: request.form) else {
                    throw Refusal(fields: [.init(BoardField.due, "Hãy nhập hạn gửi.")])
                }
                try await boards.ask(
                    unit, for: request.parameter("section"), of: try Self.boardID(request), by: due, version: seen,
                    submission: request.submission)
            },
            decision(Addresses.releasePart, .assembleReports) { request, seen in
                try await boards.release(try Self.part(request), version: seen, by: request.submission)
            },
            decision(Addresses.writePart, .writeReportParts) { request, seen in
                try await boards.write(
                    try Self.part(request), request.form.exact(BoardField.text),
                    handsIn: request.form[BoardField.handsIn] == Self.handsIn, version: seen, by: request.submission)
            },
            decision(Addresses.returnPart, .assembleReports) { request, seen in
                try await boards.giveBack(
                    try Self.part(request), reason: request.form.exact(BoardField.reason), version: seen,
                    by: request.submission)
            },
            .form(Addresses.commentPart, .right(.writeReportParts, .assembleReports)) { request in
                try await boards.comment(
                    try Self.part(request), request.form.exact(BoardField.text), by: request.submission)
                return try Self.section(of: request).telling(.remarkSent)
            } again: { request, failure in
                try await again(request, failure)
            },
        ]
    }

    private static let handsIn = "gui"

    private static func part(_ request: MemberRequest) throws -> RecordID {
        guard let id = RecordID(request.form[BoardField.part]) else {
            throw Refusal(.notFound, "Không có phần viết này.")
        }
        return id
    }

    private static func section(of request: MemberRequest) throws -> Address {
        Addresses.boardSection(try boardID(request), request.parameter("section"))
    }

    private func boardSectionPage(
        _ request: MemberRequest, _ documents: DocumentService, failure: FormModel.Failure? = nil
    ) async throws -> Response {
        let boards = documents.boards
        let viewer = request.viewer
        let board = try await boards.board(try Self.boardID(request), for: viewer)
        let found = try board.section(request.parameter("section"))
        let figures = try await boards.figures(of: board.head, for: viewer).figures
        let shown = found.section.facts.flatMap { figures.beside($0) }
        let known = try await boards.known(beside: found.section, of: board.head, for: viewer)
        var parts: [BoardSectionPage.Part] = []
        for part in found.parts {
            parts.append(try await self.part(part, in: board, boards, request, failure))
        }
        let model = BoardSectionPage(
            back: Frame.Link(board.head.span.title, Addresses.board(board.head.id)), heading: found.section.title,
            figures: shown.map { BoardFigureRow($0) }, hasFigures: !shown.isEmpty,
            products: known.products.map { accepted in
                let product = accepted.product
                let number = product.numberSymbol.map { " số \($0)" } ?? ""
                return .init(
                    words:
                        "\(accepted.work.task), \(definition.name(of: accepted.work.lead)): \(product.summary)\(number)\(product.issuedOn.map { ", ngày \($0.vietnamese)" } ?? "")",
                    address: Addresses.work(accepted.work.id).text)
            }, hasProducts: !known.products.isEmpty,
            obstacles: known.obstacles.map { obstacle in
                .init(
                    words: "\(obstacle.title): \(obstacle.answer.map { "\($0.prefix(300))" } ?? "đang xử lý")",
                    address: Addresses.obstacle(obstacle.id).text)
            }, hasObstacles: !known.obstacles.isEmpty, parts: parts, nobody: parts.isEmpty,
            actions: viewer.assembles(in: definition)
                ? [askPanel(found, in: board, boards, request, failure)] : [])
        return try page(model.heading, model, for: request)
    }

    private func askPanel(
        _ section: Board.Section, in board: Board, _ boards: BoardService, _ request: MemberRequest,
        _ failure: FormModel.Failure?
    ) -> FormPanel {
        let due = section.parts.map(\.due).max() ?? board.head.due
        return FormPanel(
            title: "Giao đơn vị viết, đổi hạn gửi",
            form: form(
                "giao", Addresses.askForText(board.head.id, section.section.code), "Giao viết",
                fields: [
                    Field(
                        BoardField.unit, "Đơn vị",
                        kind: .select(
                            [Field.Option("", "Hãy chọn …")]
                                + boards.writers.map { Field.Option($0.text, definition.name(of: $0)) })),
                    Field(BoardField.due, "Gửi trước hết ngày", value: due.vietnamese),
                ], look: "secondary", version: board.head.version, for: request, failure: failure),
            open: section.parts.isEmpty || failure?.form == "giao")
    }

    private func part(
        _ part: BoardPart, in board: Board, _ boards: BoardService, _ request: MemberRequest,
        _ failure: FormModel.Failure?
    ) async throws -> BoardSectionPage.Part {
        let (texts, remarks) = try await boards.history(of: part.id, for: request.viewer)
        func author(_ text: BoardText) -> String { "Bản \(text.number), \(text.author), \(text.at.vietnamese)" }
        return .init(
            unit: definition.name(of: part.unit), due: part.due.vietnamese, state: Self.badge(of: part, on: today),
            text: part.text?.text, author: part.text.map(author),
            earlier: texts.dropFirst().map { .init(author: author($0), words: $0.text) },
            hasEarlier: texts.count > 1,
            remarks: remarks.map {
                .init(
                    kind: $0.kind.title, author: "\($0.author), \($0.at.vietnamese)",
                    words: $0.text.isEmpty ? nil : $0.text)
            }, hasRemarks: !remarks.isEmpty, actions: partActions(part, boards, request, failure))
    }

    private func partActions(
        _ part: BoardPart, _ boards: BoardService, _ request: MemberRequest, _ failure: FormModel.Failure?
    ) -> [FormPanel] {
        let open = part.actions(for: request.viewer, in: boards)
        var actions: [FormPanel] = []
        func add(
            _ name: String, _ place: FormPlace<RecordID, String>, _ title: String, _ submit: String,
            _ fields: [Field] = [], look: String = "secondary", asks: String? = nil, isOpen: Bool = false,
            versioned: Bool = true
        ) {
            let id = "\(name)-\(part.id)"
            actions.append(
                FormPanel(
                    title: title,
                    form: form(
                        id, place(part.board, part.section), submit, fields: fields, look: look, asks: asks,
                        version: versioned ? part.version : nil, hidden: [.init(BoardField.part, part.id)],
                        for: request, failure: failure), open: isOpen || failure?.form == id))
        }
        if open.contains(.write) {
            add(
                "viet", Addresses.writePart, part.text == nil ? "Viết" : "Sửa", "Lưu phần viết",
                [
                    Field(
                        BoardField.text, "Nội dung", kind: .area,
                        hint: "Mỗi dòng là một đoạn của báo cáo. Không ghi số căn cước, tên tuổi của người dân.",
                        value: part.text?.text ?? ""),
                    Field(
                        BoardField.handsIn, "Sau khi lưu",
                        kind: .select([
                            Field.Option(Self.handsIn, "Gửi cơ quan tổng hợp", selected: true),
                            Field.Option("giu", "Giữ lại, chưa gửi"),
                        ])),
                ], look: "primary", isOpen: part.state != .handedIn)
        }
        if open.contains(.giveBack) {
            add(
                "tra-lai", Addresses.returnPart, "Trả lại để sửa", "Trả lại",
                [Field(BoardField.reason, "Cần sửa gì", kind: .area)], look: "warning")
        }
        if open.contains(.write) || request.viewer.assembles(in: definition) {
            add(
                "y-kien", Addresses.commentPart, "Ý kiến", "Gửi ý kiến",
                [Field(BoardField.text, "Ý kiến", kind: .area)], versioned: false)
        }
        if open.contains(.release) {
            add(
                "bo", Addresses.releasePart, "Thôi giao đơn vị này", "Thôi giao", look: "warning",
                asks:
                    "Phần viết của \(definition.name(of: part.unit)) không vào báo cáo nữa; nội dung đã viết vẫn giữ. Giao lại được."
            )
        }
        return actions
    }
}
