import Access
import Components
import Hummingbird
import Kernel
import Overview
import PlanText
import WebDesk
import Work

// What waits for a reviewer: one piece at a time, several at once, and back again within a minute.
extension WorkPages {
    /// The most that stand in the list below the piece at hand.
    private static var listed: Int { 30 }
    private static let severalForm = "nhieu-viec"

    var reviewRoutes: [Route] {
        [
            .page(Addresses.reviewQueue, .right(.review)) { request in try await reviewPage(request) },
            .answeringForm(Addresses.decideReviews, .right(.review)) { request in
                try await decideReviews(request)
            } again: { request, failure in
                try await reviewPage(request, failure: failure)
            },
            .answeringForm(Addresses.takeBackReviews, .right(.review)) { request in
                let works = Self.seen(request)
                let outcome = try await work.takeBackReview(of: works, by: request.submission)
                if let refused = outcome?.refused, !refused.isEmpty {
                    var response = try await reviewPage(request, told: words(of: refused))
                    response.status = .conflict
                    return response
                }
                // Back to the page whose form it was.
                let only = works.count == 1 ? works.first?.id : nil
                let page = request.form[QueryKey.from] == "viec" ? only.map { Addresses.work($0) } : nil
                return .redirect(
                    to: (page ?? Addresses.reviewQueue().with(.work, only)).telling(.reviewUndone).text, type: .normal)
            } again: { request, failure in
                try await reviewPage(request, failure: failure)
            },
        ]
    }

    private static func seen(_ request: MemberRequest) -> [SeenWork] {
        request.form.all(WorkField.instance).compactMap { SeenWork($0) }
    }

    private func decideReviews(_ request: MemberRequest) async throws -> Response {
        let accepts = request.form[WorkField.decision] == "chap-nhan"
        let outcome = try await work.decide(
            Self.seen(request), accept: accepts, note: request.form[WorkField.note], by: request.submission)
        if let refused = outcome?.refused, !refused.isEmpty {
            var response = try await reviewPage(request, told: words(of: refused))
            response.status = .conflict
            return response
        }
        return .redirect(
            to: Addresses.reviewQueue().with(.work, request.form[QueryKey.work])
                .telling(accepts ? .reviewAccepted : .reviewReturned).text, type: .normal)
    }

    private func words(of refused: [(work: SeenWork, reason: String)]) -> [String] {
        refused.map { "\(Self.name(ofID: $0.work.id, in: definition)): \($0.reason)" }
    }

    /// `I.5 – UBND phường Lê Chân`, of an id that may be made up.
    private static func name(ofID id: String, in plan: PlanDefinition) -> String {
        let parts = id.split(separator: "/").map(String.init)
        guard parts.count == 3, let lead = UnitCode(parts[2]) else { return "Việc không rõ" }
        return "\(parts[0]) – \(plan.name(of: lead))"
    }

    func reviewPage(
        _ request: MemberRequest, told: [String] = [], failure: FormModel.Failure? = nil
    ) async throws -> Response {
        let queue = try await work.reviewQueue(of: request.viewer, limit: 1_000)
        let asked = request.query[.work].isEmpty ? request.form[QueryKey.work] : request.query[.work]
        let refused = failure?.values[WorkField.instance.rawValue].flatMap { SeenWork($0)?.id }
        let several = failure?.taken(by: Self.severalForm)
        let index =
            queue.items.firstIndex { $0.id == (several == nil ? refused ?? asked : asked) }
            ?? (queue.items.isEmpty ? nil : 0)
        var current: ReviewPage.Current?
        if let index { current = try await self.current(queue.items, index, of: queue.count, request, failure) }
        let shown = index.map { queue.items[$0].id }
        // A refused form keeps what was ticked.
        let chosen = Set(several == nil ? [] : request.form.all(WorkField.instance))
        // The piece at hand stays among those listed.
        let start = max(0, min((index ?? 0) - Self.listed / 2, queue.items.count - Self.listed))
        let rows = queue.items[start..<min(start + Self.listed, queue.items.count)].map { item in
            ReviewPage.Row(
                id: "chon-\(Self.anchor(item))",
                seen: SeenWork(item).description, address: Addresses.reviewQueue().with(.work, item.id).text,
                task: item.task, text: definition.task(item.task)?.text ?? "", lead: definition.name(of: item.lead),
                period: item.periodTitle, handedIn: item.submittedOn?.vietnamese ?? "",
                overdue: item.wasLate ? "nộp sau hạn" : nil, current: item.id == shown,
                ticked: chosen.contains(SeenWork(item).description))
        }
        let model = ReviewPage(
            count: VietnameseText.grouped(queue.count), told: told, hasTold: !told.isEmpty,
            undo: try await undo(request), current: current, empty: queue.items.isEmpty, rows: rows,
            more: queue.count > rows.count ? VietnameseText.grouped(queue.count - rows.count) : nil,
            action: Addresses.decideReviews().text,
            hidden: [
                .init(name: "_csrf", value: request.formToken), .init(name: "_mark", value: desk.mark()),
                .init(name: "_name", value: Self.severalForm), .init(QueryKey.work, shown ?? ""),
            ], problems: several?.problems.map(\.message) ?? [], hasProblems: several != nil,
            typedNote: several?.values[WorkField.note.rawValue] ?? "",
            confirm: several.flatMap { Field(confirming: $0, in: Self.severalForm) },
            list: Frame.Link(
                "Mọi việc của đơn vị cấp dưới", Addresses.workList().with(.superior, request.viewer.agency)),
            late: Frame.Link("Nhắc tất cả đơn vị chậm", Addresses.lateUnits()),
            script: desk.address(ofAsset: "phim-tat.js"))
        return try page("Chờ duyệt", model, for: request)
    }

    private func current(
        _ items: [WorkItem], _ index: Int, of count: Int, _ request: MemberRequest, _ failure: FormModel.Failure?
    ) async throws -> ReviewPage.Current? {
        let item = items[index]
        guard let task = definition.task(item.task) else { return nil }
        let detail = try await work.detail(item.id, for: request.viewer)
        try await desk.seen(Subject(.instance, item.id), by: request)
        let builder = WorkPageBuilder(
            area: self, request: request, detail: detail, task: task, offers: [:],
            held: try await overview.heldFigures(of: [item]), erasing: [:], rule: nil, failure: nil)
        let next = index + 1 < items.count ? items[index + 1] : nil
        let previous = index > 0 ? items[index - 1] : nil
        func address(_ item: WorkItem) -> Address { Addresses.reviewQueue().with(.work, item.id) }
        func form(
            _ id: String, _ submit: String, accepts: Bool, _ fields: [Field] = [], look: String = "primary"
        ) -> FormModel {
            self.form(
                id, Addresses.decideReviews(), submit, fields: fields, look: look,
                hidden: [
                    .init(WorkField.instance, SeenWork(item)),
                    .init(WorkField.decision, accepts ? "chap-nhan" : "tra-lai"),
                    .init(QueryKey.work, (next ?? previous)?.id ?? ""),
                ], for: request, failure: failure)
        }
        let submitted = detail.events.first { $0.kind == .submitted }
        let facts: [Fact] = [
            .init(label: "Đơn vị", value: definition.name(of: item.lead), address: Addresses.unit(item.lead)),
            .init(label: "Kỳ", value: item.periodTitle, address: nil),
            .init(label: "Thời hạn", value: item.due?.vietnamese ?? "chưa ấn định", address: nil),
            .init(
                label: "Nộp",
                value: [submitted.map { "\($0.actor), \($0.at.vietnamese)" }, item.wasLate ? "sau hạn" : nil]
                    .compactMap(\.self).joined(separator: "; "), address: nil),
            .init(label: "Sản phẩm theo kế hoạch", value: task.productsPhrase, address: nil),
        ]
        let approve = form("chap-nhan", "Chấp nhận", accepts: true)
        let approveWithNote = form(
            "chap-nhan-kem", "Chấp nhận kèm ghi chú", accepts: true, [Field(WorkField.note, "Ghi chú", kind: .area)],
            look: "secondary")
        let giveBack = form(
            "tra-lai", "Trả lại", accepts: false,
            [Field(WorkField.note, "Lý do trả lại", kind: .area, hint: "Đơn vị sẽ đọc lý do này để sửa.")],
            look: "warning")
        return ReviewPage.Current(
            place: "Việc \(index + 1)/\(VietnameseText.grouped(count))", task: task.code, text: task.text,
            facts: facts,
            note: submitted.flatMap { $0.note.isEmpty ? nil : $0.note },
            slots: builder.slots().prefix(task.slots.count).map { slot in
                .init(
                    text: slot.text, kind: slot.kind, personal: slot.personal,
                    product: slot.product.map {
                        .init(facts: $0.facts, fileName: $0.fileName, fileAddress: $0.fileAddress)
                    }, held: slot.held)
            },
            whole: Frame.Link("Mở trang đầy đủ của việc", Addresses.work(item.id)), approve: approve,
            approveWithNote: approveWithNote, giveBack: giveBack, opensAccept: approveWithNote.hasProblems,
            opensGiveBack: giveBack.hasProblems, previous: previous.map { Frame.Link("Việc trước", address($0)) },
            next: next.map { Frame.Link("Việc sau", address($0)) })
    }

    /// What can still be taken back: what was decided last, and everything together where that is more.
    private func undo(_ request: MemberRequest) async throws -> ReviewPage.Undo? {
        let recent = Array(try await work.recentReviews(of: request.viewer).prefix(WorkService.mostAtOnce))
        guard let latest = recent.first else { return nil }
        let last = recent.filter { $0.at == latest.at && $0.accepted == latest.accepted }
        let names = last.prefix(3).map { Self.name(ofID: $0.item.id, in: definition) }
        var words =
            "\(latest.accepted ? "Vừa chấp nhận" : "Vừa trả lại"): \(names.joined(separator: "; "))"
            + (last.count > 3 ? " và \(last.count - 3) việc nữa." : ".")
        if recent.count > last.count {
            let accepted = recent.count(where: \.accepted)
            let parts = [
                accepted > 0 ? "\(accepted) việc được chấp nhận" : nil,
                recent.count > accepted ? "\(recent.count - accepted) việc bị trả lại" : nil,
            ]
            words += " Trong một phút qua: \(parts.compactMap(\.self).joined(separator: ", "))."
        }
        return ReviewPage.Undo(
            words: words, seconds: String(secondsLeft(of: latest.at)), last: undoForm(last, request),
            all: recent.count > last.count
                ? undoForm(recent, request, id: "hoan-tac-het") : nil)
    }

    private func secondsLeft(of moment: Timestamp) -> Int64 {
        moment.secondsSinceEpoch + WorkService.takeBackSeconds - clock.now.secondsSinceEpoch
    }

    /// The form that takes decisions back.
    /// - Parameters:
    ///   - id: where the page has another form of the same work.
    ///   - page: whether it stands on the page of the one piece of work.
    func undoForm(
        _ works: [RecentReview], _ request: MemberRequest, id: String? = nil, onPage page: Bool = false
    ) -> FormModel {
        var hidden = works.map { FormModel.Hidden(WorkField.instance, SeenWork($0.item)) }
        if page { hidden.append(FormModel.Hidden(QueryKey.from, "viec")) }
        return form(
            id ?? "hoan-tac-\(works.first.map { Self.anchor($0.item) } ?? "")", Addresses.takeBackReviews(),
            "Hoàn tác\(works.count > 1 ? " cả \(works.count) việc" : "")", look: "secondary", hidden: hidden,
            for: request)
    }

    /// `I-5-2026-Q4-10507`
    private static func anchor(_ item: WorkItem) -> String {
        item.id.replacing("/", with: "-").replacing(".", with: "-")
    }
}
