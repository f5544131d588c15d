import Access
public import Components
import Kernel
import PlanText
import Reports
import Targets
public import WebDesk
public import Work

// What makes the products of a piece of work, for its page; and what a paper is written for.
extension PaperPages {
    /// Links to write the papers that make a slot, as far as this person writes them for the unit that leads the work: unit,
    /// period and year are filled already.
    public func offers(_ item: WorkItem, slot: Int, for request: MemberRequest) async throws -> [Frame.Link] {
        guard let documents, let papers = definition.task(item.task)?.slots[slot].papers else { return [] }
        guard !papers.isEmpty else { return [] }
        var links: [Frame.Link] = []
        let open = Set(try await documents.openKinds(for: request.viewer).map(\.id))
        for kind in papers.compactMap({ name in documents.kinds(for: request.viewer).first { $0.id == name } })
        where kind.issuers(for: request.viewer, in: definition).contains(item.lead) {
            let name = documents.name(of: kind)
            let label = "Soạn \(name.prefix(1).lowercased())\(name.dropFirst())"
            let form = Addresses.newDocument(kind.id).with(.work, item.id).with(.slot, slot)
            switch kind.topic {
            case .period:
                guard let period = Self.period(item.period) else { continue }
                links.append(
                    Frame.Link(label, form.with(.year, period.year).with(QueryKey.quarter, period.quarter)))
            case .year(let ahead): links.append(Frame.Link(label, form.with(.year, item.year + ahead)))
            case .task(let quarters):
                let period = Self.period(item.period) ?? (item.year, PaperField.Key.wholeYear)
                let about = form.with(.task, item.task).with(.year, period.year)
                links.append(Frame.Link(label, quarters ? about.with(QueryKey.quarter, period.quarter) : about))
            case .committee, .today:
                if open.contains(kind.id) {
                    links.append(Frame.Link(label, form))
                } else if kind.topic == .committee, case .commune(let code) = item.lead {
                    links.append(Frame.Link("\(label): lập danh sách Ban Chỉ đạo trước", Addresses.steering(code)))
                }
            case .citySplit, .communeSplit:
                links.append(try await split(kind, label, form, of: item, documents, request))
            case .delivery:
                links.append(Frame.Link("\(label): mở phiếu nhận của lần giao", Addresses.deliveries()))
            case .batch: break
            }
        }
        return links
    }

    /// The year's decided scenario, or the latest that fits, becomes the paper; without one the desk is where to begin.
    private func split(
        _ kind: PaperKind, _ label: String, _ form: Address, of item: WorkItem, _ documents: DocumentService,
        _ request: MemberRequest
    ) async throws -> Frame.Link {
        let scope: AllocationScope = if case .commune(let code) = item.lead { .commune(code) } else { .city }
        let fitting = try await documents.scenarios(scope, year: item.year, for: request.viewer).filter {
            kind.topic.fits($0)
        }
        guard let scenario = fitting.first(where: { $0.state == .decided }) ?? fitting.first else {
            return Frame.Link("\(label): lập phương án phân bổ trước", Addresses.scenarios().with(.year, item.year))
        }
        guard try await documents.openKinds(about: scenario, for: request.viewer).contains(where: { $0.id == kind.id })
        else { return Frame.Link("\(label): xem lại phương án trước", Addresses.scenario(scenario.id)) }
        return Frame.Link(label, form.with(.scenario, scenario.id))
    }

    private static func period(_ period: WorkPeriod) -> (year: Int, quarter: String)? {
        switch period {
        case .quarter(let quarter): (quarter.year, "\(quarter.quarter)")
        case .year(let year): (year, PaperField.Key.wholeYear)
        case .month, .years, .unplanned: nil
        }
    }

    static func goal(_ form: FormContent) -> PaperGoal? {
        guard let slot = Int(form[QueryKey.slot]), !form[QueryKey.work].isEmpty else { return nil }
        return PaperGoal(work: form[QueryKey.work], slot: slot)
    }

    // MARK: Papers that no longer hold

    static let ended = Badge("không còn hiệu lực", look: "returned")

    func endFacts(_ end: DocumentEnd?) -> [Fact] {
        guard let end else { return [] }
        return [
            Fact(
                label: end.successor == nil ? "Đã thu hồi" : "Đã thay bằng văn bản khác",
                value: "\(end.reason) (\(end.by), \(end.at.vietnamese))",
                address: end.successor.map { Addresses.document($0).text })
        ]
    }

    func endForm(
        _ stored: StoredDocument, _ documents: DocumentService, needsTwo: Bool, _ request: MemberRequest,
        _ failure: FormModel.Failure?
    ) async throws -> FormModel {
        let others = try await documents.successors(of: stored, for: request.viewer)
        let options =
            [Field.Option("", "Không, chỉ thu hồi")]
            + others.map { other in
                Field.Option(
                    other.id.text,
                    "\(other.signing.map { "số \($0.number), ngày \($0.day.vietnamese)" } ?? ""): \(other.title)")
            }
        return form(
            "thu-hoi", Addresses.endDocument(stored.id),
            needsTwo ? "Đề nghị thu hồi, thay thế, chờ người thứ hai" : "Ghi thu hồi, thay thế",
            fields: [
                Field(
                    DocumentField.successor, "Văn bản thay thế", kind: .select(options),
                    hint:
                        "Có văn bản thay thế thì sản phẩm của việc chuyển sang văn bản đó; không thì chỗ sản phẩm trống lại."
                        + (documents.decides(stored)
                            ? " Chỉ thu hồi thì chỉ tiêu đã giao hết hiệu lực, chỉ tiêu trước đó (nếu có) có hiệu lực lại và phương án mở lại để sửa."
                            : ""),
                    required: false),
                Field(DocumentField.reason, "Lý do, căn cứ", kind: .area),
            ], look: "warning", version: stored.version, for: request, failure: failure)
    }
}
