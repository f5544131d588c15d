public import Mustache

/// The form that narrows a list. Rendered apart: it changes with the choice, not with the data.
public struct TableTools: Page, MustacheParent {
    public static let template: PageTemplate = "table-tools"

    struct Entry: Sendable, MustacheParent {
        let id: String
        let name: String
        let label: String
        let value: String
        let isText: Bool
        let options: [Field.Option]
        /// For phones, where there are no headings to sort by.
        let isForPhones: Bool

        func child(named name: String) -> Any? {
            switch name {
            case "id": id
            case "name": self.name
            case "label": label
            case "value": value
            case "isText": isText
            case "options": options
            case "isForPhones": isForPhones
            default: nil
            }
        }
    }

    let action: String
    let hidden: [FormModel.Hidden]
    let entries: [Entry]

    public func child(named name: String) -> Any? {
        switch name {
        case "action": action
        case "hidden": hidden
        case "entries": entries
        default: nil
        }
    }
}

extension ListTable {
    /// The form that narrows the list.
    /// - Parameters:
    ///   - own: selects of the page's own, whose values the place holds; they come first.
    ///   - choices: what the columns of choices may be narrowed to (``TablePage/choices``).
    public func tools(
        _ query: TableQuery, at place: TablePlace, own: [Field] = [], choices: [String: [String]] = [:]
    ) -> TableTools {
        let ownNames = Set(own.map(\.name))
        let outline = outline
        func entry(_ key: QueryKey, _ label: String, options: [Field.Option], phones: Bool = false) -> TableTools.Entry
        {
            .init(
                id: "\(self.key)-\(key.name)", name: outline.named(key).name, label: label, value: "", isText: false,
                options: options, isForPhones: phones)
        }
        let columned = columns.filter(\.isChoice).compactMap { column -> TableTools.Entry? in
            let (chosen, values) = (query.choices[column.key], choices[column.key] ?? [])
            // One value narrows nothing.
            guard values.count > 1 || chosen != nil else { return nil }
            let known = chosen.map { values.contains($0) ? values : values + [$0] } ?? values
            return entry(
                .choice(of: column.key), column.title,
                options: [Field.Option("", "Tất cả", selected: chosen == nil)]
                    + known.map { Field.Option($0, $0, selected: $0 == chosen) })
        }
        let words = TableTools.Entry(
            id: "\(key)-\(QueryKey.filter.name)", name: outline.named(.filter).name, label: "Có chữ",
            value: query.words,
            isText: true, options: [], isForPhones: false)
        let orders = columns.filter(\.isSorted).flatMap { column in
            [TableOrder(column.key), TableOrder(column.key, descending: true)].map { order in
                Field.Option(
                    order.text, "\(column.title) \(order.isDescending ? "↓" : "↑")", selected: order == query.order)
            }
        }
        let sorting = entry(
            .sort, "Sắp xếp", options: [Field.Option("", "Như thường lệ", selected: query.order == nil)] + orders,
            phones: true)
        return TableTools(
            action: place.page.text,
            hidden: place.values.filter { !ownNames.contains($0.key.name) }.map { .init($0.key, $0.value) },
            entries: own.map {
                .init(
                    id: "\(key)-\($0.name)", name: $0.name, label: $0.label, value: $0.value, isText: $0.isInput,
                    options: $0.options, isForPhones: false)
            } + columned + (hasWords ? [words] : []) + (orders.isEmpty ? [] : [sorting]))
    }
}
