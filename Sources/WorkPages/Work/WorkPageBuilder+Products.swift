import Access
import Components
import Files
import Kernel
import Overview
import PlanText
import Targets
import Work
import WebDesk

// The slots of a piece of work and its twin: what stands in them, what makes them, the form that fills them.
extension WorkPageBuilder {
    func slots() -> [WorkPage.Slot] {
        ([item] + (detail.twin.map { [$0] } ?? [])).flatMap { work -> [WorkPage.Slot] in
            (plan.task(work.task)?.slots ?? []).enumerated().map { index, slot in
                let product = detail.products.first { $0.instance == work.id && $0.slot == index }
                let formID = "sp-\(work.task.replacingDots)-\(index)"
                let offers = offers["\(work.id)#\(index)"] ?? []
                let held = held["\(work.id)#\(index)"]
                return WorkPage.Slot(
                    task: work.task, text: VietnameseText.sentence(slot.text), kind: slot.kind.title,
                    by: product == nil ? slot.due(in: work.year).map { "hạn của sản phẩm này: \($0.vietnamese)" } : nil,
                    personal: slot.personal,
                    product: product.map { view($0, of: work, slot: slot) }, offers: offers,
                    hasOffers: !offers.isEmpty,
                    outside: product == nil ? slot.outside.map { words($0, of: work, slot) } : nil,
                    held: held.map { words($0, beside: product, slot) },
                    takeHeld: held.flatMap { held in
                        mayPrepare(work) && product.map { !held.isValue(of: $0) } ?? true
                            ? takeForm("lay-\(formID)", work: work, index: index) : nil
                    },
                    form: mayPrepare(work) ? productForm(formID, work: work, index: index, slot: slot) : nil,
                    prompt: product == nil ? "Nộp sản phẩm này" : "Thay bằng bản khác", open: failure?.form == formID)
            }
        }
    }

    /// Which file is handed in, from whom and in what form, and how.
    private func words(_ outside: ProductSlot.Outside, of work: WorkItem, _ slot: ProductSlot) -> String {
        let how =
            slot.kind == .figure
            ? "Nộp: mở “Nộp sản phẩm này”, ghi số, bấm “Lưu sản phẩm”."
            : "Nộp: mở “Nộp sản phẩm này”, chọn tệp, bấm “Lưu sản phẩm”."
        return "Từ bên ngoài hệ thống: \(outside.what). Ai có: \(outside.from). Dạng: \(outside.form)."
            + (mayPrepare(work) ? " \(how)" : "")
    }

    private func view(_ product: Product, of work: WorkItem, slot: ProductSlot) -> WorkPage.ProductView {
        var facts: [Fact] = []
        func add(_ label: String, _ value: String?) {
            if let value, !value.isEmpty { facts.append(.init(label: label, value: value, address: nil)) }
        }
        add("Số, ký hiệu", product.numberSymbol)
        add("Số liệu", product.figure.map { slot.unit.isEmpty ? $0 : "\($0) \(slot.unit)" })
        add(product.kind == .document ? "Ngày văn bản" : "Ngày chốt", product.issuedOn?.vietnamese)
        add(product.kind == .document ? "Trích yếu" : "Diễn giải", product.summary)
        add("Nguồn", product.source)
        add("Người nộp", "\(product.addedBy), \(product.addedAt.vietnamese)")
        let mayOpen =
            viewer.mayOpenFile(personal: product.personal, of: work.lead, in: plan)
            && product.file?.isOpen(to: viewer) != false
        let remove =
            mayPrepare(work)
            ? area.form(
                "bo-\(product.id)", Addresses.removeProduct(item.id), "Bỏ", look: "warning",
                asks: product.file == nil
                    ? "Ô sản phẩm trống lại, phải nhập lại trước khi nộp."
                    : "Ô sản phẩm trống lại, phải nhập lại trước khi nộp. Tệp vẫn được lưu ở “Tệp đã thay hoặc bỏ”.",
                version: work.version,
                hidden: [.init(WorkField.product, product.id.text), .init(WorkField.instance, work.id)], for: request)
            : nil
        let file = product.file
        let isErased = file?.isErased == true
        let erasing = file.flatMap { self.erasing[$0.id] }
        return WorkPage.ProductView(
            facts: facts, fileName: file.map { "\($0.name) (\(Self.size($0.size)))" },
            fileAddress: mayOpen && !isErased ? file.map { Addresses.file($0.id).text } : nil, hash: file?.sha256,
            erased: isErased ? file.map { Frame.Link("xem biên bản", Addresses.erasure($0.id)) } : nil,
            waiting: file.flatMap { file in
                erasing.map {
                    Frame.Link(
                        "Đang chờ huỷ tệp này: \($0.proposedByName) đề nghị \($0.proposedAt.vietnamese), chờ người thứ hai đến \($0.until.vietnamese)",
                        Addresses.erasure(file.id))
                }
            },
            erase: !isErased && erasing == nil && mayErase(work)
                ? file.map { Frame.Link("Huỷ tệp nộp nhầm", Addresses.erasure($0.id)) } : nil, remove: remove)
    }

    /// Whose files they are, and who reviews them, may ask.
    func mayErase(_ work: WorkItem) -> Bool { viewer.worksFor(work.lead) || viewer.reviews(work) }

    /// Replaced files stay, and a wrong one must be found to be erased.
    func formerFiles() -> [Frame.Link] {
        guard mayErase(item) else { return [] }
        return detail.formerProducts.map { former in
            Frame.Link(
                "\(former.file.name), \(former.addedBy) nộp \(former.addedAt.vietnamese)",
                Addresses.erasure(former.file.id))
        }
    }

    /// A figure that the system holds, and how far a typed one is from it.
    private func words(_ held: HeldFigure, beside product: Product?, _ slot: ProductSlot) -> String {
        var text = "Hệ thống có: \(held.text) \(slot.unit), chốt \(held.day.vietnamese). \(held.words)"
        if let product, !held.isValue(of: product), let difference = held.difference(from: product) {
            text += " Số đã nộp khác \(difference) \(slot.unit)."
        }
        return text
    }

    private func takeForm(_ id: String, work: WorkItem, index: Int) -> FormModel {
        area.form(
            id, Addresses.takeHeldFigure(item.id), "Lấy số này", look: "secondary", version: work.version,
            hidden: [.init(WorkField.slot, String(index)), .init(WorkField.instance, work.id)], for: request)
    }

    static func size(_ bytes: Int) -> String {
        bytes >= 1 << 20 ? "\(bytes >> 20),\((bytes >> 10) % 1024 * 10 / 1024) MB" : "\(max(1, bytes >> 10)) KB"
    }

    private func productForm(_ id: String, work: WorkItem, index: Int, slot: ProductSlot) -> FormModel {
        let limit = area.settings.uploadBytes >> 20
        let fields: [Field] =
            switch slot.kind {
            case .document:
                [
                    Field(WorkField.number, "Số, ký hiệu", hint: "Ví dụ 125/QĐ-UBND"),
                    Field(WorkField.day, "Ngày văn bản", hint: "Ngày/tháng/năm, ví dụ 15/01/2027"),
                    Field(WorkField.summary, "Trích yếu"),
                    Field(
                        WorkField.file, "Tệp văn bản",
                        kind: .file(.document),
                        hint: "Tối đa \(limit) MB"),
                ]
            case .figure:
                [
                    Field(
                        WorkField.figure, "Số liệu" + (slot.unit.isEmpty ? "" : " (\(slot.unit))"),
                        hint: slot.unit == "%" ? "Ví dụ 56,7" : "Ví dụ 1.234"
                    ),
                    Field(WorkField.day, "Ngày chốt số liệu", hint: "Ngày/tháng/năm"),
                    Field(WorkField.source, "Nguồn số liệu"),
                    Field(WorkField.summary, "Diễn giải", required: false),
                ]
            case .list:
                [
                    Field(WorkField.day, "Ngày chốt danh sách", hint: "Ngày/tháng/năm"),
                    Field(WorkField.summary, "Diễn giải", required: false),
                    Field(WorkField.number, "Số, ký hiệu", required: false),
                    Field(
                        WorkField.file, "Tệp danh sách", kind: .file(.list),
                        hint: "Tối đa \(limit) MB"
                            + (slot.personal ? ". Có dữ liệu cá nhân: chỉ đơn vị bạn và cơ quan BHXH mở được." : "")),
                ]
            }
        return area.form(
            id, Addresses.addProduct(item.id), "Lưu sản phẩm", fields: fields, version: work.version,
            hidden: [.init(WorkField.slot, String(index)), .init(WorkField.instance, work.id)], for: request,
            failure: failure)
    }
}

extension String {
    /// Usable inside an element's id.
    fileprivate var replacingDots: String { String(map { $0 == "." ? "-" : $0 }) }
}
