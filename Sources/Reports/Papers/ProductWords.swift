import Documents
import Kernel
import PlanText
import Work

/// What was handed in for the plan's work, in the words that all reports use.
enum ProductWords {
    /// `Số người tham gia mới`: what the plan asks for, as a line begins.
    static func asked(_ product: Product, _ slots: [ProductSlot]) -> String {
        slots.indices.contains(product.slot) ? VietnameseText.sentence(slots[product.slot].text) : ""
    }

    /// `45 người`, `89,5 %`; nil for what is no figure.
    static func value(_ product: Product, _ slots: [ProductSlot]) -> String? {
        product.figure.map { figure in
            let unit = slots.indices.contains(product.slot) ? slots[product.slot].unit : ""
            return unit.isEmpty ? figure : "\(figure) \(unit)"
        }
    }

    /// `Số 12/KH-UBND ngày 15/01/2026: Kế hoạch …`, `45 người (đến ngày 30/09/2026): …`, `Danh sách (120 dòng) đến ngày …`
    static func result(_ product: Product, _ slots: [ProductSlot]) -> String {
        let day = product.issuedOn?.vietnamese
        let summary = product.summary.isEmpty ? "" : ": \(product.summary)"
        switch product.kind {
        case .document:
            let number = product.numberSymbol.map { "Số \($0)" } ?? "Văn bản"
            return "\(number)\(day.map { " ngày \($0)" } ?? "")\(summary)"
        case .figure:
            return "\(value(product, slots) ?? "")\(day.map { " (đến ngày \($0))" } ?? "")\(summary)"
        case .list:
            let rows = product.rowCount.map { " (\(VietnameseText.grouped($0)) dòng)" } ?? ""
            return "Danh sách\(rows)\(day.map { " đến ngày \($0)" } ?? "")\(summary)"
        }
    }

    /// The table `products` of a report: what agencies handed in and had accepted.
    static func table(_ products: [AcceptedProduct], _ plan: PlanDefinition) -> DocumentData.Table {
        .init(
            columns: ["task", "lead", "summary", "number", "day"],
            rows: products.map { accepted in
                let product = accepted.product
                let slots = plan.task(accepted.work.task)?.slots ?? []
                return [
                    .text(accepted.work.task), .text(plan.name(of: accepted.work.lead)),
                    .text(subject(product, slots)), .text(product.numberSymbol ?? ""),
                    product.issuedOn.map { .day($0) } ?? .empty,
                ]
            })
    }

    /// Beside columns of its number and day: `Kế hoạch …`, `Tỷ lệ hồ sơ giao dịch điện tử: 89,5 %`.
    static func subject(_ product: Product, _ slots: [ProductSlot]) -> String {
        guard let value = value(product, slots) else {
            return product.summary.isEmpty ? asked(product, slots) : VietnameseText.sentence(product.summary)
        }
        let asked = asked(product, slots)
        return asked.isEmpty ? value : "\(asked): \(value)"
    }
}
