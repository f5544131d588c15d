import Access
import Components
import Hummingbird
import Kernel
import Overview
import PlanText
import Province
import Targets
import Work
import WebDesk

struct ObstaclesPage: Page {
    static let template: PageTemplate = "obstacles"

    let chips: [Frame.Link]
    let table: TableModel
    /// Nil for whoever may send none.
    let sendAddress: String?
    /// For whoever groups them for the report.
    let groups: Frame.Link?
}

struct ObstaclePage: Page {
    static let template: PageTemplate = "obstacle"

    let back: Frame.Link
    let title: String
    let text: String
    let status: Badge
    let facts: [Fact]
    let answer: String?
    let legalBasis: String?
    let mergedInto: Frame.Link?
    let merged: [Frame.Link]
    let hasMerged: Bool
    let actions: [FormPanel]
}

extension WorkPages {
    var obstacleRoutes: [Route] {
        let again: @Sendable (MemberRequest, FormModel.Failure) async throws -> Response = { request, failure in
            try await obstaclePage(request, failure: failure)
        }
        func decision(
            _ place: FormPlace<RecordID>, _ access: RouteAccess, done: Acknowledgement,
            perform: @escaping @Sendable (MemberRequest, RecordID, Int) async throws -> RecordID
        ) -> Route {
            .decision(place, access) { request, seen in
                Addresses.obstacle(try await perform(request, try Self.obstacleID(request), seen)).telling(done)
            } again: { request, failure in
                try await again(request, failure)
            }
        }
        return [
            .page(Addresses.obstacles, .member) { request in try await obstaclesPage(request) },
            obstacleWorkbook.route(Addresses.obstacles.workbook, on: desk),
            .page(Addresses.sendObstacle, .right(.sendObstacle)) { request in try newObstaclePage(request) },
            .form(Addresses.sendObstacle.asForm, .right(.sendObstacle)) { request in
                let form = request.form
                _ = try await obstacles.sendObstacle(
                    title: VietnameseText.tidy(form[WorkField.title]), text: form[WorkField.text],
                    page: form[WorkField.page],
                    task: form[WorkField.task].isEmpty ? nil : form[WorkField.task], by: request.submission)
                return Addresses.obstacles().telling(.obstacleSent)
            } again: { request, failure in
                try newObstaclePage(request, failure: failure)
            },
            .page(Addresses.obstacle, .member) { request in try await obstaclePage(request) },
            decision(Addresses.mergeObstacle, .right(.manageObstacles), done: .obstaclesMerged) { request, id, seen in
                // Of the one merged into, too, the version that its words were read from.
                let chosen = request.form[WorkField.target].split(separator: "/")
                guard let target = chosen.first.flatMap({ RecordID($0) }) else {
                    throw Refusal(fields: [.init(WorkField.target, "Hãy chọn vướng mắc để gộp vào.")])
                }
                try await obstacles.mergeObstacle(
                    id, into: target, version: seen, targetVersion: chosen.count == 2 ? Int(chosen[1]) ?? -1 : -1,
                    by: request.submission)
                return target
            },
            decision(Addresses.assignObstacle, .right(.manageObstacles), done: .obstacleAssigned) { request, id, seen in
                guard let agency = AgencyCode(request.form[WorkField.agency]) else {
                    throw Refusal(fields: [.init(WorkField.agency, "Hãy chọn cơ quan trả lời.")])
                }
                try await obstacles.assignObstacle(
                    id, to: agency, within: Int(VietnameseText.tidy(request.form[WorkField.days])) ?? 0,
                    version: seen, by: request.submission)
                return id
            },
            decision(Addresses.answerObstacle, .right(.answerObstacles, .manageObstacles), done: .obstacleAnswered) {
                request, id, seen in
                try await obstacles.answerObstacle(
                    id, answer: request.form[WorkField.answer], legalBasis: request.form[WorkField.basis],
                    version: seen,
                    by: request.submission)
                return id
            },
        ]
    }

    private static func obstacleID(_ request: MemberRequest) throws -> RecordID {
        try request.recordID(missing: "Không có vướng mắc này.")
    }

    private func obstaclesPage(_ request: MemberRequest) async throws -> Response {
        let query = request.query[.search]
        let status = Obstacle.Status(rawValue: request.query[.status])
        let place = TablePlace(Addresses.obstacles(), [(.search, query), (.status, status?.rawValue ?? "")])
        let lines = try await obstacleLines(request.query, for: request.viewer, most: ListWorkbook.mostAtOnce)
        let choices: [(String, Obstacle.Status?)] = [
            ("Tất cả", nil), ("Mới gửi", .new), ("Đã giao", .assigned), ("Đã trả lời", .answered), ("Đã gộp", .merged),
        ]
        let model = ObstaclesPage(
            chips: choices.map { label, choice in
                Frame.Link(
                    label, Addresses.obstacles().with(.status, choice?.rawValue).with(.search, query),
                    current: choice == status)
            },
            table: try list(
                Self.obstacleList, of: lines, try await self.query(Self.obstacleList.outline, of: request), at: place,
                own: [Field(QueryKey.search.name, "Tìm trong câu hỏi và câu trả lời (không cần dấu)", value: query)],
                workbook: Addresses.obstacles.workbook(), nothing: "Không có mục nào."),
            sendAddress: request.viewer.may(.sendObstacle) ? Addresses.sendObstacle().text : nil,
            groups: request.viewer.may(.manageObstacles)
                ? Frame.Link("Xếp nhóm cho báo cáo", Addresses.obstacleGroups()) : nil)
        return try page("Vướng mắc và hướng dẫn", model, for: request)
    }

    /// The day an agency has to answer by, and whether it passed.
    static func due(of obstacle: Obstacle, on today: Day) -> String? {
        obstacle.answerDue.map { $0.vietnamese + (obstacle.isOverdue(on: today) ? " (quá hạn)" : "") }
    }

    /// Who asked: shown to those who handle it and to the sender; guidance stands without names.
    func source(of obstacle: Obstacle, for viewer: Viewer) -> String {
        let unit = obstacle.unit.map { definition.name(of: $0) } ?? ""
        let named =
            viewer.may(.manageObstacles) || obstacle.account == viewer.account
            || (obstacle.assignedTo != nil && obstacle.assignedTo == viewer.agency)
        return (named ? [obstacle.sender, unit, obstacle.at.day.vietnamese] : [obstacle.at.day.vietnamese])
            .filter { !$0.isEmpty }.joined(separator: ", ")
    }

    private func newObstaclePage(_ request: MemberRequest, failure: FormModel.Failure? = nil) throws -> Response {
        let from = failure?.values[WorkField.page.rawValue] ?? request.query[.from]
        // From a page of a task or of work, the task is known already.
        let guessed = definition.tasks.map(\.code).first { code in
            Addresses.lies(from, under: Addresses.task(code)) || from.hasPrefix("\(Addresses.work("\(code)/"))")
        }
        let tasks =
            [Field.Option("", "Không gắn với nhiệm vụ nào", selected: guessed == nil)]
            + definition.tasks.map {
                Field.Option($0.code, "\($0.code) \($0.text.prefix(60))", selected: $0.code == guessed)
            }
        let model = FormPage(
            heading: "Gửi vướng mắc",
            intro:
                "Gửi tới \(definition.name(of: .agency(definition.coordinatingAgency))). Câu trả lời sẽ có căn cứ pháp lý và hiện ở mục “Vướng mắc”.",
            paragraphs: ["Không ghi số căn cước, tên tuổi của người dân trong nội dung."],
            form: form(
                "gui", Addresses.sendObstacle.asForm(), "Gửi",
                fields: [
                    Field(WorkField.title, "Tóm tắt"), Field(WorkField.text, "Vướng mắc cụ thể", kind: .area),
                    Field(WorkField.task, "Nhiệm vụ liên quan", kind: .select(tasks), required: false),
                ], hidden: [.init(WorkField.page, from.isEmpty ? Addresses.home().text : from)], for: request,
                failure: failure))
        return try page("Gửi vướng mắc", model, for: request)
    }

    private func obstaclePage(_ request: MemberRequest, failure: FormModel.Failure? = nil) async throws -> Response {
        let (obstacle, merged) = try await obstacles.obstacle(try Self.obstacleID(request), for: request.viewer)
        try await desk.seen(Subject(.obstacle, obstacle.id), by: request)
        var facts: [Fact] = [
            .init(label: "Gửi từ", value: source(of: obstacle, for: request.viewer), address: nil)
        ]
        if let task = obstacle.task {
            facts.append(.init(label: "Nhiệm vụ", value: task, address: Addresses.task(task)))
        }
        if request.viewer.may(.manageObstacles) {
            facts.append(.init(label: "Trang gửi", value: obstacle.page, address: obstacle.page))
        }
        if let agency = obstacle.assignedTo {
            facts.append(.init(label: "Giao trả lời", value: definition.name(of: .agency(agency)), address: nil))
            if obstacle.answer == nil, let due = Self.due(of: obstacle, on: today) {
                facts.append(.init(label: "Hạn trả lời", value: due, address: nil))
            }
        }
        if let at = obstacle.answeredAt {
            facts.append(.init(label: "Trả lời", value: "\(obstacle.answeredBy ?? ""), \(at.vietnamese)", address: nil))
        }
        let model = ObstaclePage(
            back: Frame.Link("Vướng mắc và hướng dẫn", Addresses.obstacles()),
            title: obstacle.title, text: obstacle.text,
            status: Badge(obstacle.status.title, look: obstacle.status.rawValue),
            facts: facts, answer: obstacle.answer, legalBasis: obstacle.legalBasis,
            mergedInto: obstacle.mergedInto.map { Frame.Link("Xem vướng mắc đã gộp vào", Addresses.obstacle($0)) },
            merged: merged.map { Frame.Link($0.title, Addresses.obstacle($0.id)) }, hasMerged: !merged.isEmpty,
            actions: try await obstacleActions(obstacle, request, failure))
        return try page(obstacle.title, model, for: request)
    }

    private func obstacleActions(
        _ obstacle: Obstacle, _ request: MemberRequest, _ failure: FormModel.Failure?
    ) async throws -> [FormPanel] {
        let viewer = request.viewer
        let open = obstacle.actions(for: viewer)
        guard open.contains(.answer) else { return [] }
        var actions: [FormPanel] = []
        func add(
            _ id: String, _ place: FormPlace<RecordID>, _ title: String, _ submit: String, _ fields: [Field],
            open: Bool = false,
            look: String = "primary", asks: String? = nil
        ) {
            actions.append(
                .init(
                    title: title,
                    form: form(
                        id, place(obstacle.id), submit, fields: fields, look: look, asks: asks,
                        version: obstacle.version,
                        for: request, failure: failure), open: open || failure?.form == id))
        }
        add(
            "tra-loi", Addresses.answerObstacle, obstacle.answer == nil ? "Trả lời" : "Sửa câu trả lời",
            "Lưu câu trả lời",
            [
                Field(WorkField.answer, "Nội dung trả lời", kind: .area, value: obstacle.answer ?? ""),
                Field(
                    WorkField.basis, "Căn cứ pháp lý", hint: "Văn bản, điều, khoản", value: obstacle.legalBasis ?? ""),
            ], open: obstacle.answer == nil)
        guard open.contains(.assign), open.contains(.merge) else { return actions }
        let agencies = definition.agencies.filter {
            ![.communes, .unspecified, .peoplesCommittee, .supportOrganisation].contains($0.kind)
        }
        add(
            "giao", Addresses.assignObstacle, "Giao cơ quan trả lời", "Giao",
            [
                Field(
                    WorkField.agency, "Cơ quan",
                    kind: .select(
                        agencies.map { Field.Option($0.code.text, $0.name, selected: $0.code == obstacle.assignedTo) })),
                Field(
                    WorkField.days, "Trả lời trong số ngày làm việc", kind: .code,
                    hint:
                        "Từ \(ObstacleService.answerDays.lowerBound) đến \(ObstacleService.answerDays.upperBound), không tính hôm nay, ngày nghỉ và ngày lễ",
                    value: "\(ObstacleService.usualAnswerDays)"),
            ], look: "secondary")
        // Likely doubles first: obstacles that share the words of the title.
        let titleWords: [Substring] = VietnameseText.fold(obstacle.title).split(separator: " ")
        let words = titleWords.filter { $0.count > 3 }.prefix(2).joined(separator: " ")
        let similar = try await obstacles.obstacles(matching: words, for: viewer, limit: 30)
        let others = try await obstacles.obstacles(for: viewer, limit: 60)
        var seen: Set<RecordID> = [obstacle.id]
        let choices = (similar + others).filter { seen.insert($0.id).inserted }.map {
            Field.Option("\($0.id)/\($0.version)", "\($0.title) (\($0.at.day.vietnamese))")
        }
        if !choices.isEmpty {
            add(
                "gop", Addresses.mergeObstacle, "Gộp vào vướng mắc tương tự", "Gộp",
                [Field(WorkField.target, "Gộp vào", kind: .select([Field.Option("", "Hãy chọn …")] + choices))],
                look: "warning",
                asks:
                    "Câu hỏi này không còn được trả lời riêng; người hỏi đọc câu trả lời của câu được chọn. Không gỡ gộp được."
            )
        }
        return actions
    }
}
