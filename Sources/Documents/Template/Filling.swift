import Foundation
public import Kernel
import Mustache

extension DocumentTemplate {
    /// Left open where a field has no value, as on a form: whoever signs sees what is missing.
    public static let open = "…………"

    /// The document that the template makes of some data.
    /// - Parameters:
    ///   - signer: who signs, or is to sign; nil where only the template's own words are known (`signer: "{{signer}}"`).
    ///   - number, date: given by the clerk; left open before that.
    ///   - later: tables and their columns that data may lack, having been frozen before there were any: they come out empty.
    /// - Throws: ``TemplateError`` for a table or column that the data lacks, or a text that cannot be filled.
    public func document(
        _ data: DocumentData, signer: Signer? = nil, number: DocumentNumber? = nil, date: Day? = nil,
        lacking later: [String: Set<String>] = [:]
    ) throws(TemplateError) -> OfficialDocument {
        var filler = Filler(template: self, data: data.filling(later))
        let symbol = try filler.lines(root["symbol"], data.fields).joined()
        let year = Int(data.fields["documentYear"] ?? "") ?? date?.year ?? 0
        // Never frozen with the data: what the clerk gives later has to reach each place that names it.
        filler.data.fields["numberAndDate"] = OfficialDocument.reference(
            number, symbol: symbol, date: date, year: year)
        let fields = filler.data.fields
        let body = try filler.blocks(root["body"]?.list ?? [], fields)
        let agency = try filler.lines(root["agency"], fields)
        let addressees = try filler.lines(root["addressees"], fields)
        var annexes: [OfficialDocument.Annex] = []
        for annex in root["annexes"]?.list ?? [] {
            guard filler.isWanted(annex, fields) else { continue }
            annexes.append(
                .init(
                    label: try filler.text(annex["label"], fields),
                    title: try filler.text(annex["title"], fields),
                    attachedTo: try filler.text(annex["attached_to"], fields),
                    isLandscape: annex["landscape"]?.isTrue ?? false,
                    body: try filler.blocks(annex["body"]?.list ?? [], fields),
                    isBare: annex["bare"]?.isTrue ?? false))
        }
        return OfficialDocument(
            superior: try filler.lines(root["superior"], fields).joined(separator: " "),
            agency: agency, number: number, symbol: symbol,
            issuedWith: issuedWith, attachedTo: try filler.text(root["attached_to"], fields),
            place: try filler.text(root["place"], fields),
            date: date, year: year, type: type,
            summary: try filler.text(root["summary"], fields),
            addressees: addressees,
            authority: try filler.text(root["authority"], fields),
            grounds: try filler.lines(root["grounds"], fields).map(OfficialDocument.daysInWords),
            decides: try filler.text(root["decides"], fields),
            body: body, signature: try filler.signature(root["signature"], signer ?? Signer()),
            signer: try filler.signerName(signer),
            recipients: Recipients.others(
                try filler.lines(root["recipients"], fields), than: addressees + [agency.joined(separator: " ")]),
            archive: Self.archive(try filler.text(root["archive"], fields), type, symbol: symbol), annexes: annexes,
            isPlainSheet: root["plain_sheet"]?.isTrue ?? false)
    }

    /// `Lưu: VT, LĐVL`: the drafting division stands behind the clerk's office (annex III); a letter has its mark in its symbol
    /// (`/SNV-LĐVL`), of other papers the place stays open unless the template names it.
    static func archive(_ words: String, _ type: DocumentType, symbol: String) -> String {
        guard !words.isEmpty, !words.contains(",") else { return words }
        let parts = symbol.split(separator: "-", maxSplits: 1)
        let division = type == .letter && parts.count == 2 ? String(parts[1]) : Self.open
        return "\(words), \(division)"
    }
}

extension DocumentTemplate {
    /// The tables that the template prints, with the columns it names of each.
    public var tables: [String: Set<String>] {
        var found: [String: Set<String>] = [:]
        func collect(_ part: Part) {
            if let name = (part["table"] ?? part["chart"] ?? part["each"] ?? part["signatures"])?.string {
                var columns = (part["columns"]?.list ?? []).compactMap { $0["of"]?.string }.filter { $0 != "#" }
                columns += (part["series"]?.list ?? []).compactMap { $0["of"]?.string }
                if let labels = part["labels"]?.string { columns.append(labels) }
                if part["signatures"] != nil { columns += ["title", "name"] }
                found[name, default: []].formUnion(columns)
            }
            switch part {
            case .text: break
            case .list(let list): list.forEach(collect)
            case .map(let map): map.values.forEach(collect)
            }
        }
        collect(.map(root))
        return found
    }
}

extension DocumentData {
    /// With tables and columns that it lacks, empty.
    fileprivate func filling(_ tables: [String: Set<String>]) -> DocumentData {
        var filled = self
        for (name, columns) in tables {
            var table = filled.tables[name] ?? Table(columns: [])
            for column in columns.subtracting(table.columns).sorted() {
                table.columns.append(column)
                for row in table.rows.indices { table.rows[row].append(.empty) }
            }
            filled.tables[name] = table
        }
        return filled
    }
}

private struct Filler {
    let template: DocumentTemplate
    var data: DocumentData

    func problem(_ place: String, _ reason: String) -> TemplateError {
        TemplateError(template: template.id, place: place, reason: reason)
    }

    func text(_ part: DocumentTemplate.Part?, _ fields: [String: String]) throws(TemplateError) -> String {
        guard let text = part?.string else { return "" }
        return try fill(text, fields)
    }

    func fill(_ text: String, _ fields: [String: String]) throws(TemplateError) -> String {
        guard text.contains("{{") else { return text }
        var values = fields
        for match in text.matches(of: /\{\{\s*([A-Za-z][A-Za-z0-9]*)\s*\}\}/)
        where (values[String(match.output.1)] ?? "").isEmpty {
            values[String(match.output.1)] = DocumentTemplate.open
        }
        do {
            // Plain text: the writer escapes for its own format.
            return Self.oneMark(try MustacheTemplate(string: "{{% CONTENT_TYPE:TEXT}}" + text).render(values))
        } catch {
            throw problem("", "không điền được “\(text.prefix(60))”: \(error)")
        }
    }

    /// A text in which no sentence ends twice: whoever fills a field may end it with a mark, and the template does.
    /// An ellipsis stays.
    private static func oneMark(_ text: String) -> String {
        guard ["..", ";.", "?.", "!."].contains(where: { text.contains($0) }) else { return text }
        let letters = Array(text)
        var kept: [Character] = []
        for (index, letter) in letters.enumerated() {
            let next = index + 1 < letters.count ? letters[index + 1] : " "
            // “./.” ends a paper and is one mark.
            let ends = next == " " || next == "/" || next.isNewline
            if letter == ".", ends, let last = kept.last, ".;?!".contains(last),
                kept.suffix(3).reversed().prefix(while: { $0 == "." }).count != 2
            {
                if last == ";" { kept[kept.count - 1] = "." }
                continue
            }
            kept.append(letter)
        }
        return String(kept)
    }

    /// A list of lines, or one; a line that comes out empty is left out. `{each: TABLE, text: …}` gives a line for each row,
    /// whose columns are fields in it.
    func lines(_ part: DocumentTemplate.Part?, _ fields: [String: String]) throws(TemplateError) -> [String] {
        guard let part else { return [] }
        var lines: [String] = []
        for one in part.list.isEmpty ? [part] : part.list {
            if let name = one["each"]?.string {
                guard isWanted(one, fields) else { continue }
                let table = try table(name, name)
                for row in table.rows { lines.append(try text(one["text"], Self.fields(fields, of: table, row))) }
            } else if one["when"] != nil {
                guard isWanted(one, fields) else { continue }
                lines.append(try text(one["text"], fields))
            } else {
                lines.append(try text(one, fields))
            }
        }
        return lines.filter { !$0.isEmpty }
    }

    /// `{collective, head, deputy}` with the signer's way of signing; a list of lines stands as the template has it.
    func signature(_ part: DocumentTemplate.Part?, _ signer: Signer) throws(TemplateError) -> [String] {
        guard let part, case .map = part else { return try lines(part, data.fields) }
        return signer.lines(
            collective: try lines(part["collective"], data.fields).joined(separator: " "),
            head: try lines(part["head"], data.fields).joined(separator: " "),
            deputy: try lines(part["deputy"], data.fields).joined(separator: " "))
    }

    func signerName(_ signer: Signer?) throws(TemplateError) -> String {
        if let signer, !signer.name.isEmpty { return signer.name }
        if let part = template.root["signer"] { return try text(part, data.fields) }
        return template.isSigned ? DocumentTemplate.open : ""
    }

    /// With the columns of a row as fields beside the document's own.
    private static func fields(
        _ fields: [String: String], of table: DocumentData.Table, _ row: [DocumentData.Value]
    ) -> [String: String] {
        var values = fields
        for (column, value) in zip(table.columns, row) { values[column] = value.words }
        return values
    }

    /// `when: name` keeps a block only where the field has a value.
    func isWanted(_ part: DocumentTemplate.Part, _ fields: [String: String]) -> Bool {
        guard let name = part["when"]?.string else { return true }
        if name.hasPrefix("!") { return (fields[String(name.dropFirst())] ?? "").isEmpty }
        return !(fields[name] ?? "").isEmpty
    }

    func blocks(_ parts: [DocumentTemplate.Part], _ fields: [String: String]) throws(TemplateError)
        -> [OfficialDocument.Block]
    {
        var blocks: [OfficialDocument.Block] = []
        for (index, part) in parts.enumerated() where isWanted(part, fields) {
            if let name = part["each"]?.string {
                let table = try table(name, "khối \(index + 1)")
                for row in table.rows {
                    blocks += try self.blocks(part["body"]?.list ?? [], Self.fields(fields, of: table, row))
                }
                continue
            }
            if let one = try block(part, fields, "khối \(index + 1)") { blocks.append(one) }
        }
        return blocks
    }

    private func block(_ part: DocumentTemplate.Part, _ fields: [String: String], _ place: String) throws(TemplateError)
        -> OfficialDocument.Block?
    {
        if part["page_break"] != nil { return .pageBreak }
        if part["items"] != nil { return .items(try lines(part["items"], fields)) }
        if part["table"] != nil { return .table(try grid(part, fields, place)) }
        if part["chart"] != nil { return .chart(try graph(part, fields, place)) }
        if let name = part["signatures"]?.string { return .signatures(try signatories(name, place)) }
        let makers: [(String, (String) -> OfficialDocument.Block)] = [
            ("text", OfficialDocument.Block.text), ("note", OfficialDocument.Block.note),
            ("heading", OfficialDocument.Block.heading), ("chapter", OfficialDocument.Block.chapter),
            ("article", OfficialDocument.Block.article), ("article_title", OfficialDocument.Block.titledArticle),
            ("complete", OfficialDocument.Block.complete), ("large", OfficialDocument.Block.large),
        ]
        for (key, make) in makers where part[key] != nil {
            let text = try text(part[key], fields)
            return text.isEmpty ? nil : make(text)
        }
        return nil
    }

    private func signatories(_ name: String, _ place: String) throws(TemplateError) -> [OfficialDocument.Signatory] {
        let table = try table(name, place)
        guard let titles = table.values(of: "title"), let names = table.values(of: "name") else {
            throw problem(place, "bảng “\(name)” cần hai cột title và name để ký")
        }
        return zip(titles, names).map { .init(title: $0.words, name: $1.words) }
    }

    private func table(_ name: String, _ place: String) throws(TemplateError) -> DocumentData.Table {
        guard let table = data.tables[name] else {
            throw problem(
                place,
                "dữ liệu không có bảng “\(name)”"
                    + (Nearest.name(to: name, among: data.tables.keys.sorted()).map { "; có phải là “\($0)”?" } ?? ""))
        }
        return table
    }

    private func grid(_ part: DocumentTemplate.Part, _ fields: [String: String], _ place: String) throws(TemplateError)
        -> OfficialDocument.Grid
    {
        let name = part["table"]?.string ?? ""
        let table = try table(name, place)
        var columns: [OfficialDocument.Grid.Column] = []
        var sources: [[DocumentData.Value]] = []
        for column in part["columns"]?.list ?? [] {
            let key = column["of"]?.string ?? ""
            if key == "#" {
                sources.append(table.rows.indices.map { .number($0 + 1) })
            } else if let values = table.values(of: key) {
                sources.append(values)
            } else {
                throw problem(place, "bảng không có cột “\(key)”; các cột: \(table.columns.joined(separator: ", "))")
            }
            let of = (column["share"]?.list ?? []).compactMap(\.string)
            let isNumeric = key != "#" && sources.last?.contains { $0.number != nil } ?? false
            columns.append(
                .init(
                    key: key, title: try text(column["title"], fields),
                    width: Double(column["width"]?.string ?? "") ?? 10,
                    align: column["align"]?.string.flatMap(OfficialDocument.Grid.Align.init)
                        ?? (key == "#" ? .center : isNumeric ? .right : .left), sums: column["sum"]?.isTrue ?? false,
                    group: try text(column["group"], fields),
                    share: of.count == 2 ? .init(part: of[0], whole: of[1]) : nil))
        }
        let rows = table.rows.indices.map { row in sources.map { $0[row] } }
        let caption = try text(part["caption"], fields)
        let total = try text(part["total"], fields)
        return .init(
            table: name, caption: caption.isEmpty ? nil : caption, columns: columns, rows: rows,
            totalLabel: total.isEmpty ? nil : total)
    }

    private func graph(_ part: DocumentTemplate.Part, _ fields: [String: String], _ place: String) throws(TemplateError)
        -> OfficialDocument.Graph
    {
        let table = try table(part["chart"]?.string ?? "", place)
        let limit = part["limit"]?.string.flatMap { Int($0) } ?? .max
        func values(_ key: String) throws(TemplateError) -> [DocumentData.Value] {
            guard let values = table.values(of: key) else {
                throw problem(place, "bảng không có cột “\(key)”; các cột: \(table.columns.joined(separator: ", "))")
            }
            return Array(values.prefix(limit))
        }
        var series: [OfficialDocument.Graph.Series] = []
        for one in part["series"]?.list ?? [] {
            series.append(
                .init(name: try text(one["name"], fields), values: try values(one["of"]?.string ?? "").map(\.number)))
        }
        return .init(
            kind: part["kind"]?.string.flatMap(OfficialDocument.Graph.Kind.init) ?? .bar,
            title: try text(part["title"], fields),
            labels: try values(part["labels"]?.string ?? "").map { SourceMark.plain($0.words) },
            series: series, unit: try text(part["unit"], fields))
    }
}
