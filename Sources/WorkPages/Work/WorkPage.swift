import Access
import Components
import Files
import Hummingbird
import Kernel
import Overview
import PlanText
import Targets
import Work
import WebDesk

struct WorkPage: Page {
    static let template: PageTemplate = "work"

    struct Slot: Sendable {
        let task: String
        let text: String
        let kind: String
        /// Its own day, where it is due before the work.
        let by: String?
        let personal: Bool
        let product: ProductView?
        /// What makes it here: papers to write, pages to open.
        let offers: [Frame.Link]
        let hasOffers: Bool
        /// Of what comes from elsewhere: what it is.
        let outside: String?
        /// The figure that the system holds, in words.
        let held: String?
        /// Takes that figure.
        let takeHeld: FormModel?
        let form: FormModel?
        /// What the form's disclosure says.
        let prompt: String
        /// Opened when its form was refused.
        let open: Bool
    }

    struct ProductView: Sendable {
        let facts: [Fact]
        let fileName: String?
        let fileAddress: String?
        let hash: String?
        /// The minutes, once the file was erased.
        let erased: Frame.Link?
        /// The proposal to erase it that waits for a second person.
        let waiting: Frame.Link?
        /// Where somebody may ask that it be erased.
        let erase: Frame.Link?
        let remove: FormModel?
    }

    struct Step: Sendable {
        let text: String
        let planned: String?
        let done: String?
        let complete: FormModel?
    }

    struct Event: Sendable {
        let at: String
        let actor: String
        let kind: String
        let note: String?
    }

    let back: Frame.Link
    let task: String
    let text: String
    let status: Badge
    let late: String?
    let guide: String?
    let origin: String?
    let facts: [Fact]
    let twin: Frame.Link?
    let twinNote: String?
    /// Whose words the note is: the reviewer's, or why the work came back.
    let reviewLabel: String
    let reviewNote: String?
    let slots: [Slot]
    /// Files that others took the place of.
    let formerFiles: [Frame.Link]
    let hasFormerFiles: Bool
    let steps: [Step]
    let hasSteps: Bool
    let actions: [FormPanel]
    let events: [Event]
    let hasEvents: Bool
    let history: Pager
}

extension WorkPages {
    var workRoutes: [Route] {
        let again: @Sendable (MemberRequest, FormModel.Failure) async throws -> Response = { request, failure in
            try await workPage(request, failure: failure)
        }
        /// A form of a piece of work: carried out, then back to its page with a word of confirmation.
        func form(
            _ place: FormPlace<String>, _ rights: Right..., done: Acknowledgement,
            perform: @escaping @Sendable (MemberRequest, String) async throws -> Void
        ) -> Route {
            .form(place, .rights(rights)) { request in
                let id = Self.workID(request)
                try await perform(request, id)
                return Addresses.work(id).telling(done)
            } again: { request, failure in
                try await again(request, failure)
            }
        }
        /// The same for one that decides on the work as the page showed it.
        func decision(
            _ place: FormPlace<String>, _ rights: Right..., done: Acknowledgement,
            perform: @escaping @Sendable (MemberRequest, String, Int) async throws -> Void
        ) -> Route {
            .decision(place, .rights(rights)) { request, seen in
                let id = Self.workID(request)
                try await perform(request, id, seen)
                return Addresses.work(id).telling(done)
            } again: { request, failure in
                try await again(request, failure)
            }
        }
        return [
            .page(Addresses.work, .right(.viewWork)) { request in try await workPage(request) },
            form(Addresses.addProduct, .handIn, done: .productSaved) { request, id in try await addProduct(request) }
                .takingNumbers { isForPersons($0) ? [WorkField.file.rawValue] : [] },
            decision(Addresses.removeProduct, .handIn, done: .productRemoved) { request, id, seen in
                guard let product = RecordID(request.form[WorkField.product]) else {
                    throw Refusal(.notFound, "Không có sản phẩm này.")
                }
                try await work.removeProduct(
                    product, instance: request.form[WorkField.instance], version: seen, by: request.submission)
            },
            decision(Addresses.takeHeldFigure, .handIn, done: .productSaved) { request, id, seen in
                guard let slot = Int(request.form[WorkField.slot]) else {
                    throw Refusal(.invalid, "Biểu mẫu thiếu tên sản phẩm. Hãy tải lại trang.")
                }
                try await overview.takeHeldFigure(
                    of: request.form[WorkField.instance], slot: slot, version: seen, by: request.submission)
            },
            decision(Addresses.submitWork, .handIn, done: .submitted) { request, id, seen in
                try await work.submit(
                    id, note: request.form[WorkField.note], version: seen, by: request.submission)
            },
            decision(Addresses.withdrawWork, .handIn, done: .withdrawn) { request, id, seen in
                try await work.withdraw(id, version: seen, by: request.submission)
            },
            decision(Addresses.acceptWork, .review, done: .accepted) { request, id, seen in
                try await work.decide(
                    id, accept: true, note: request.form[WorkField.note], version: seen,
                    by: request.submission)
            },
            decision(Addresses.returnWork, .review, done: .returned) { request, id, seen in
                try await work.decide(
                    id, accept: false, note: request.form[WorkField.note], version: seen,
                    by: request.submission
                )
            },
            decision(Addresses.askExtension, .handIn, done: .extensionAsked) { request, id, seen in
                try await work.askExtension(
                    id, until: request.form[WorkField.until], reason: request.form[WorkField.reason],
                    version: seen,
                    by: request.submission)
            },
            decision(Addresses.decideExtension, .review, done: .extensionDecided) { request, id, seen in
                try await work.decideExtension(
                    id, grant: request.form[WorkField.decision] == "dong-y", note: request.form[WorkField.note],
                    version: seen, by: request.submission)
            },
            decision(Addresses.setDueDay, .handIn, .overrideDeadlines, done: .dueDaySet) { request, id, seen in
                try await work.setDueDay(
                    id, to: request.form[WorkField.day], reason: request.form[WorkField.reason],
                    version: seen,
                    by: request.submission)
            },
            form(Addresses.addNote, .handIn, .review, .completePlan, done: .noteAdded) { request, id in
                try await work.addNote(id, text: request.form[WorkField.note], by: request.submission)
            },
            form(Addresses.addStep, .handIn, done: .stepAdded) { request, id in
                try await work.addStep(
                    id, text: request.form[WorkField.step], plannedFor: request.form[WorkField.planned],
                    by: request.submission)
            },
            form(Addresses.completeStep, .handIn, done: .stepDone) { request, id in
                guard let step = RecordID(request.form[WorkField.stepID]) else {
                    throw Refusal(.notFound, "Không có bước này.")
                }
                try await work.completeStep(step, of: request.form[WorkField.instance], by: request.submission)
            },
        ]
    }

    static func workID(_ request: MemberRequest) -> String {
        ["task", "period", "lead"].map { request.parameter($0) }.joined(separator: "/")
    }

    /// Whether a product is a list of persons: its file opens to those alone who may know them.
    private func isForPersons(_ request: MemberRequest) -> Bool { productSlot(request)?.personal ?? false }

    /// The slot that a form hands a product in for.
    private func productSlot(_ request: MemberRequest) -> ProductSlot? {
        // The work, or its twin on the same page.
        let code = request.form[WorkField.instance].split(separator: "/").first.map(String.init) ?? ""
        guard let task = definition.task(code), let slot = Int(request.form[WorkField.slot]),
            task.slots.indices.contains(slot)
        else { return nil }
        return task.slots[slot]
    }

    /// A product of the page's own work or of its twin: entered on one page.
    private func addProduct(_ request: MemberRequest) async throws {
        let form = request.form
        guard let slot = Int(form[WorkField.slot]) else {
            throw Refusal(.invalid, "Biểu mẫu thiếu tên sản phẩm. Hãy tải lại trang.")
        }
        var draft = ProductDraft(
            numberSymbol: VietnameseText.tidy(form[WorkField.number]), issuedOn: form[WorkField.day],
            summary: form[WorkField.summary],
            figure: form[WorkField.figure], source: form[WorkField.source])
        do {
            draft.file = try form.file(
                WorkField.file, of: productSlot(request)?.kind == .list ? .list : .document)
        } catch let refusal as Refusal {
            draft.fileProblem = refusal.message
        }
        try await work.addProduct(
            draft, slot: slot, instance: form[WorkField.instance], version: form.version, by: request.submission)
    }

    func workPage(_ request: MemberRequest, failure: FormModel.Failure? = nil) async throws -> Response {
        let id = Self.workID(request)
        let detail = try await work.detail(id, for: request.viewer, historyPage: Int(request.query[.history]) ?? 1)
        try await desk.seen(Subject(.instance, id), by: request)
        guard let task = definition.task(detail.item.task) else {
            throw Refusal(.notFound, "Kế hoạch không còn nhiệm vụ này.")
        }
        let works = [detail.item] + (detail.twin.map { [$0] } ?? [])
        var offers: [String: [Frame.Link]] = [:]
        for work in works where work.actions(for: request.viewer, in: definition).contains(.prepare) {
            for slot in (definition.task(work.task)?.slots ?? []).indices {
                offers["\(work.id)#\(slot)"] = try await self.offers(work, slot, request)
            }
        }
        let builder = WorkPageBuilder(
            area: self, request: request, detail: detail, task: task, offers: offers,
            held: try await overview.heldFigures(of: works),
            erasing: try await erasure.waiting(about: Set(detail.products.compactMap { $0.file?.id })),
            rule: try await amendments.amendments().rules[task.code], failure: failure,
            recent: try await work.recentReviews(of: request.viewer).first { $0.item.id == id })
        // Below the work itself, so that its forms are there as they were.
        let main = try renderer.render(builder.model())
        return try page(
            "\(task.code) – \(definition.name(of: detail.item.lead))",
            rendered: main + (try await remarks.thread(Subject(.instance, id), request)), for: request)
    }
}
