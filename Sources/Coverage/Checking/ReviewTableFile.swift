public import Kernel
import Province
import Yams

/// Reads one decision table; every fault is told with its line, gaps and overlaps with a combination that shows them.
public struct ReviewTableFile {
    private var file: YAMLFile

    /// What was read of a file.
    public struct Outcome: Sendable {
        /// Nil where a fault stands in the way.
        public let table: ReviewTable?
        public let faults: [DataFault]
        /// Nil where the file could not be read as a table.
        public let check: TableCheck?
    }

    /// - Parameters:
    ///   - key: the file's name without its ending.
    ///   - clocks: names of the clocks in the law's tables.
    public static func read(_ bytes: [UInt8], name: String, key: String, clocks: Set<String>) -> Outcome {
        do {
            var reader = ReviewTableFile(file: try YAMLFile(name: name, bytes: bytes))
            let table = reader.table(key, clocks)
            guard reader.file.faults.isEmpty else {
                return Outcome(table: nil, faults: reader.file.faults, check: nil)
            }
            let check = TableCheck(table)
            let faults = Self.faults(of: check, file: name)
            return Outcome(table: faults.isEmpty ? table : nil, faults: faults, check: check)
        } catch {
            return Outcome(table: nil, faults: [error], check: nil)
        }
    }

    private static func faults(of check: TableCheck, file: String) -> [DataFault] {
        check.gaps.map {
            DataFault(
                file: file, line: 0,
                reason: "không dòng nào áp dụng khi \($0.facts.words) (và \($0.combinations - 1) trường hợp tương tự)")
        }
            + check.overlaps.map { overlap in
                let rows = overlap.rows.map { "“\($0.classKey)” (dòng \($0.line))" }.joined(separator: ", ")
                return DataFault(
                    file: file, line: overlap.rows.first?.line ?? 0,
                    reason: "nhiều lớp cùng áp dụng: \(rows), khi \(overlap.witness.facts.words); hãy thêm “except”")
            }
            + check.idle.map {
                DataFault(
                    file: file, line: $0.line,
                    reason: "dòng của lớp “\($0.classKey)” không bao giờ quyết định; hãy bỏ hoặc sửa điều kiện")
            }
    }

    private mutating func table(_ key: String, _ clocks: Set<String>) -> ReviewTable {
        let root = file.root
        refuseUnknown(root, ["key", "title", "facts", "impossible", "classes", "rows"])
        let written = file.text("key", of: root)
        if !written.isEmpty, written != key {
            file.fault(root["key"], "khóa “\(written)” khác tên tệp; hãy ghi “\(key)”")
        }
        var facts: [ReviewFact] = []
        for node in file.nodes("facts", of: root) {
            guard let fact = fact(node) else { continue }
            if facts.contains(fact) {
                file.fault(node, "dữ kiện “\(fact.rawValue)” lặp lại")
            } else {
                facts.append(fact)
            }
        }
        var classes: [ReviewTable.Class] = []
        for node in file.nodes("classes", of: root) {
            let one = reviewClass(node, clocks)
            if classes.contains(where: { $0.key == one.key }) { file.fault(node, "lớp “\(one.key)” lặp lại") }
            classes.append(one)
        }
        let impossible = file.nodes("impossible", of: root, required: false).map { node in
            refuseUnknown(node, ["when", "reason"])
            return ReviewTable.Impossible(
                line: file.line(node), reason: file.text("reason", of: node), when: condition(node, facts))
        }
        let rows = rows(root, facts, classes.map(\.key))
        for one in classes where !rows.contains(where: { $0.classKey == one.key }) {
            file.fault(root["classes"], "lớp “\(one.key)” không có dòng nào")
        }
        return ReviewTable(
            key: key, title: file.text("title", of: root), facts: facts, classes: classes, rows: rows,
            impossible: impossible)
    }

    private mutating func rows(_ root: Node, _ facts: [ReviewFact], _ classes: [String]) -> [ReviewTable.Row] {
        var rows: [ReviewTable.Row] = []
        for node in file.nodes("rows", of: root) {
            refuseUnknown(node, ["class", "when", "except", "reason"])
            let key = file.text("class", of: node)
            if !key.isEmpty { check(key, among: classes, at: node["class"], "lớp") }
            var except: Set<String> = []
            for item in node["except"]?.sequence.map(Array.init) ?? node["except"].map({ [$0] }) ?? [] {
                let written = item.scalar.map { VietnameseText.tidy($0.string) } ?? ""
                // All that stands above: the usual way of writing a table, said where it is meant.
                if written == "above" {
                    except.formUnion(rows.map(\.classKey).filter { $0 != key })
                } else if check(written, among: classes, at: item, "lớp") {
                    except.insert(written)
                }
            }
            if except.contains(key) { file.fault(node["except"], "một lớp không thể nhường chính nó") }
            rows.append(
                ReviewTable.Row(
                    line: file.line(node), classKey: key, reason: file.text("reason", of: node),
                    when: condition(node, facts), except: except))
        }
        return rows
    }

    private mutating func reviewClass(_ node: Node, _ clocks: Set<String>) -> ReviewTable.Class {
        refuseUnknown(node, ["key", "title", "lead", "deed", "by", "clock", "paper", "law"])
        let clock = file.optionalText("clock", of: node)
        if let clock { check(clock, among: clocks.sorted(), at: node["clock"], "thời hạn") }
        let office = file.text("by", of: node)
        let known = ReviewTable.Office.allCases.map(\.rawValue)
        if !office.isEmpty { check(office, among: known, at: node["by"], "nơi thực hiện") }
        let lead = node["lead"]
        if let lead, lead.bool == nil { file.fault(lead, "“lead” phải là true hoặc false") }
        return ReviewTable.Class(
            key: file.text("key", of: node), title: file.text("title", of: node), isLead: lead?.bool ?? false,
            deed: file.text("deed", of: node), office: ReviewTable.Office(rawValue: office) ?? .nobody, clock: clock,
            paper: file.optionalText("paper", of: node), law: file.texts("law", of: node))
    }

    private mutating func condition(_ node: Node, _ facts: [ReviewFact]) -> ReviewTable.Condition {
        var condition = ReviewTable.Condition(allowed: [:])
        guard let when = node["when"] else { return condition }
        guard let mapping = when.mapping else {
            file.fault(when, "“when” là nhóm “dữ kiện: [câu trả lời]”")
            return condition
        }
        for (name, value) in mapping {
            guard let fact = fact(name) else { continue }
            guard facts.contains(fact) else {
                file.fault(name, "dữ kiện “\(fact.rawValue)” không có trong “facts”")
                continue
            }
            var bits: UInt16 = 0
            for item in value.sequence.map(Array.init) ?? [value] {
                let written = item.scalar.map { VietnameseText.tidy($0.string) } ?? ""
                if let answer = fact.answer(written) {
                    bits |= 1 << UInt16(answer)
                } else {
                    check(written, among: fact.answers.map(\.key), at: item, "câu trả lời của “\(fact.rawValue)”")
                }
            }
            if bits == 0 { file.fault(value, "dữ kiện “\(fact.rawValue)” không có câu trả lời nào") }
            condition.allowed[fact] = bits
        }
        return condition
    }

    private mutating func fact(_ node: Node) -> ReviewFact? {
        let written = node.scalar.map { VietnameseText.tidy($0.string) } ?? ""
        if let fact = ReviewFact(rawValue: written) { return fact }
        check(written, among: ReviewFact.allCases.map(\.rawValue), at: node, "dữ kiện")
        return nil
    }

    @discardableResult
    private mutating func check(_ written: String, among known: [String], at node: Node?, _ what: String) -> Bool {
        if known.contains(written) { return true }
        let nearest = Nearest.name(to: written, among: known)
        file.fault(node, "không có \(what) “\(written)”" + (nearest.map { "; có phải “\($0)”?" } ?? ""))
        return false
    }

    private mutating func refuseUnknown(_ node: Node, _ known: Set<String>) {
        for (key, _) in node.mapping ?? [:] {
            guard let text = key.scalar?.string, !known.contains(text) else { continue }
            let nearest = Nearest.name(to: text, among: known.sorted())
            file.fault(key, "khóa “\(text)” không có" + (nearest.map { "; có phải “\($0)”?" } ?? ""))
        }
    }
}
