import Province
import Kernel
import Yams

/// `tasks.yaml`
enum TaskSection {
    static func read(
        _ file: inout YAMLFile, agencies: [Agency], years: ClosedRange<Int>?
    ) -> ([TaskGroup], [PlanTask]) {
        let phrases = AgencyPhrase(agencies)
        let groups = file.nodes("groups", of: file.root).map { node in
            TaskGroup(code: file.text("code", of: node), title: file.text("title", of: node))
        }
        var tasks: [PlanTask] = []
        var nodes: [Node] = []
        for node in file.nodes("tasks", of: file.root) {
            guard let task = read(node, in: &file, groups: groups, phrases: phrases) else { continue }
            if tasks.contains(where: { $0.code == task.code }) {
                file.fault(node["code"], "nhiệm vụ \(task.code) đã có; mỗi mã chỉ một nhiệm vụ")
                continue
            }
            if let years, let named = task.deadline.namedYears, !named.overlaps(years) {
                file.fault(
                    node["deadline"],
                    "thời hạn “\(task.deadlinePhrase)” nằm ngoài kế hoạch (\(years.lowerBound)–\(years.upperBound))")
            }
            tasks.append(task)
            nodes.append(node)
        }
        for (task, node) in zip(tasks, nodes) {
            for other in task.course?.before ?? [] where !tasks.contains(where: { $0.code == other }) {
                file.fault(node["course"], "nhiệm vụ \(task.code) đứng trước nhiệm vụ \(other) không có trong kế hoạch")
            }
            if let twin = task.sharesWorkWith, tasks.first(where: { $0.code == twin })?.sharesWorkWith != task.code {
                file.fault(
                    node["shares_work_with"],
                    "nhiệm vụ \(twin) không có hoặc không ghi dùng chung việc với \(task.code)")
            }
        }
        return (groups, tasks)
    }

    private static func read(
        _ node: Node, in file: inout YAMLFile, groups: [TaskGroup], phrases: AgencyPhrase
    ) -> PlanTask? {
        let code = file.text("code", of: node)
        // Parts of addresses and keys: letters, digits and dots only.
        guard !code.isEmpty, code.utf8.allSatisfy({ (65...90).contains($0) || (48...57).contains($0) || $0 == 46 })
        else {
            file.fault(node["code"], "mã nhiệm vụ “\(code)” phải gồm chữ hoa, chữ số và dấu chấm, ví dụ II.8")
            return nil
        }
        let group = file.optionalText("group", of: node) ?? String(code.split(separator: ".").first ?? "")
        if !groups.contains(where: { $0.code == group }) {
            file.fault(
                node["group"] ?? node["code"], "nhiệm vụ \(code) thuộc nhóm “\(group)” không có trong danh sách nhóm")
        }
        let leadsPhrase = file.text("leads", of: node)
        let leads = agencies("leads", of: node, phrase: leadsPhrase, in: &file, phrases: phrases)
        if leads.isEmpty, !leadsPhrase.isEmpty, file.faults.last?.line != file.line(node["leads"]) {
            file.fault(node["leads"], "nhiệm vụ \(code) không có cơ quan chủ trì")
        }
        let coordinatorsPhrase = file.optionalText("coordinators", of: node) ?? ""
        let coordinators = agencies("coordinators", of: node, phrase: coordinatorsPhrase, in: &file, phrases: phrases)
        let deadlinePhrase = file.text("deadline", of: node)
        let rule = DeadlineRule(phrase: deadlinePhrase)
        if rule == nil, !deadlinePhrase.isEmpty {
            file.fault(
                node["deadline"],
                "không hiểu thời hạn “\(deadlinePhrase)” của nhiệm vụ \(code); các dạng hiểu được có trong docs/deadlines.md"
            )
        }
        let products = file.text("products", of: node)
        let slots = slots(of: node, task: code, products: products, in: &file)
        let note = file.optionalText("origin_note", of: node)
        if file.optionalText("origin", of: node) == "added", note == nil {
            file.fault(node["origin"], "nhiệm vụ bổ sung \(code) phải ghi nguồn gốc (origin_note)")
        }
        guard let rule else { return nil }
        return PlanTask(
            code: code, group: group, text: file.text("text", of: node), leadsPhrase: leadsPhrase, leads: leads,
            coordinatorsPhrase: coordinatorsPhrase, coordinators: coordinators, productsPhrase: products, slots: slots,
            deadlinePhrase: deadlinePhrase, deadline: rule, course: course(of: node, task: code, in: &file),
            sharesWorkWith: file.optionalText("shares_work_with", of: node),
            origin: file.optionalText("origin", of: node) == "added" ? .added(note: note ?? "") : .annex,
            guide: file.optionalText("guide", of: node) ?? "")
    }

    private static func course(of node: Node, task: String, in file: inout YAMLFile) -> YearCourse? {
        guard let course = node["course"] else { return nil }
        let phrase = file.text("due", of: course)
        let reason = file.text("reason", of: course)
        let ahead = file.optionalText("ahead", of: course).flatMap { Int($0) }
        if course["ahead"] != nil, !(ahead.map { (1...366).contains($0) } ?? false) {
            file.fault(course["ahead"], "“ahead” của nhiệm vụ \(task) phải là số ngày từ 1 đến 366")
        }
        guard let rule = DeadlineRule(phrase: phrase) else {
            if !phrase.isEmpty {
                file.fault(
                    course["due"],
                    "không hiểu thời hạn “\(phrase)” của nhiệm vụ \(task); các dạng hiểu được có trong docs/deadlines.md"
                )
            }
            return nil
        }
        return YearCourse(
            phrase: phrase, rule: rule, ahead: ahead, before: file.texts("before", of: course), reason: reason)
    }

    private static func agencies(
        _ key: String, of node: Node, phrase: String, in file: inout YAMLFile, phrases: AgencyPhrase
    ) -> [AgencyCode] {
        switch phrases.read(phrase) {
        case .agencies(let codes): return codes
        case .unknown(let rest):
            file.fault(node[key], "cơ quan “\(rest)” không có trong agencies.yaml (trong “\(phrase)”)")
            return []
        }
    }

    private static func slots(of node: Node, task: String, products: String, in file: inout YAMLFile) -> [ProductSlot] {
        var slots: [ProductSlot] = []
        for slot in file.nodes("slots", of: node) {
            let text = file.text("text", of: slot)
            let kindText = file.text("kind", of: slot)
            guard let kind = ProductSlot.Kind(rawValue: kindText) else {
                file.fault(slot["kind"], "loại sản phẩm “\(kindText)” không có; các loại: document, figure, list")
                continue
            }
            if products.firstRange(of: text) == nil {
                file.fault(slot["text"], "sản phẩm “\(text)” không có trong cột sản phẩm của nhiệm vụ \(task)")
            }
            var held: ProductSlot.HeldFigure?
            if let name = file.optionalText("held", of: slot) {
                held = ProductSlot.HeldFigure(rawValue: name)
                if held == nil || kind != .figure {
                    let known = ProductSlot.HeldFigure.allCases.map(\.rawValue).joined(separator: ", ")
                    file.fault(
                        slot["held"],
                        "số liệu “\(name)” không có trong hệ thống, hoặc sản phẩm không phải số liệu; các số liệu: \(known)"
                    )
                }
            }
            let by = file.optionalText("by", of: slot)
            let rule = by.flatMap { DeadlineRule(phrase: $0) }
            if let by, rule == nil {
                file.fault(slot["by"], "không hiểu thời hạn “\(by)” của sản phẩm “\(text)”, nhiệm vụ \(task)")
            }
            slots.append(
                ProductSlot(
                    text: text, kind: kind, unit: file.optionalText("unit", of: slot) ?? "",
                    personal: file.optionalText("personal", of: slot) == "true",
                    papers: file.texts("papers", of: slot), by: rule, held: held,
                    outside: outside(slot, &file)))
        }
        if slots.isEmpty { file.fault(node["slots"] ?? node, "nhiệm vụ \(task) không có sản phẩm nào") }
        return slots
    }

    /// What comes from elsewhere, from whom and in what form: all three, or nothing.
    private static func outside(_ slot: Node, _ file: inout YAMLFile) -> ProductSlot.Outside? {
        guard let node = slot["outside"] else { return nil }
        return ProductSlot.Outside(
            what: file.text("what", of: node), from: file.text("from", of: node), form: file.text("form", of: node))
    }
}
