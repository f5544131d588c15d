/// Reads the Markdown of the users' guide.
struct GuideReader {
    struct Line {
        let number: Int
        let text: Substring

        var isBlank: Bool { text.allSatisfy { $0 == " " } }
        var indent: Int { text.prefix { $0 == " " }.count }

        func dropping(_ count: Int) -> Line { Line(number: number, text: text.dropFirst(min(count, indent))) }
    }

    let file: String

    static func lines(_ text: String) -> [Line] {
        text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map {
            Line(number: $0.offset + 1, text: $0.element)
        }
    }

    func blocks(_ lines: [Line]) throws(GuideFault) -> [GuideBlock] {
        var blocks: [GuideBlock] = []
        var rest = lines[...]
        while let line = rest.first {
            if line.isBlank {
                rest.removeFirst()
            } else if line.indent >= 4 {
                blocks.append(.code(code(&rest)))
            } else if line.indent > 0 {
                throw fault(line, "indented by \(line.indent), under nothing it could belong to")
            } else if line.text.hasPrefix("#") {
                blocks.append(try heading(line))
                rest.removeFirst()
            } else if Self.marker(line) != nil {
                blocks.append(try list(&rest))
            } else if line.text.hasPrefix("|") {
                blocks.append(try table(&rest))
            } else if line.text.hasPrefix(">") {
                blocks.append(try quote(&rest))
            } else {
                blocks.append(try paragraph(&rest))
            }
        }
        return blocks
    }

    private func fault(_ line: Line, _ reason: String) -> GuideFault {
        GuideFault(file: file, line: line.number, reason: reason)
    }

    private func spans(_ text: some StringProtocol, of line: Line) throws(GuideFault) -> [GuideSpan] {
        var reader = GuideSpanReader(text)
        do {
            return try reader.spans()
        } catch {
            throw fault(line, error.reason)
        }
    }

    private func heading(_ line: Line) throws(GuideFault) -> GuideBlock {
        let level = line.text.prefix { $0 == "#" }.count
        guard (2...3).contains(level), line.text.dropFirst(level).first == " " else {
            throw fault(line, "a heading is “## …” or “### …”")
        }
        return .heading(level: level, try spans(line.text.dropFirst(level + 1), of: line))
    }

    private func code(_ rest: inout ArraySlice<Line>) -> String {
        var lines: [Substring] = []
        while let line = rest.first, line.isBlank || line.indent >= 4 {
            lines.append(line.text.dropFirst(4))
            rest.removeFirst()
        }
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines.joined(separator: "\n")
    }

    /// How an item of a list begins: the width of its mark, and whether it is a number.
    private static func marker(_ line: Line) -> (width: Int, isNumbered: Bool)? {
        if line.text.hasPrefix("- ") { return (2, false) }
        let digits = line.text.prefix { $0.isASCII && $0.isNumber }
        guard !digits.isEmpty, line.text.dropFirst(digits.count).hasPrefix(". ") else { return nil }
        return (digits.count + 2, true)
    }

    private func list(_ rest: inout ArraySlice<Line>) throws(GuideFault) -> GuideBlock {
        let isNumbered = rest.first.flatMap(Self.marker)?.isNumbered ?? false
        var items: [[GuideBlock]] = []
        while let line = rest.first, let marker = Self.marker(line), marker.isNumbered == isNumbered {
            var own = [Line(number: line.number, text: line.text.dropFirst(marker.width))]
            rest.removeFirst()
            while let line = rest.first {
                if line.indent >= 2, !line.isBlank {
                    own.append(line.dropping(marker.width))
                } else if line.isBlank, let after = rest.dropFirst().first(where: { !$0.isBlank }), after.indent >= 2 {
                    own.append(line)
                } else {
                    break
                }
                rest.removeFirst()
            }
            items.append(try blocks(own))
            // An empty line between two items.
            let after = rest.drop(while: \.isBlank)
            if let next = after.first, let marker = Self.marker(next), marker.isNumbered == isNumbered { rest = after }
        }
        return .list(isNumbered: isNumbered, items: items)
    }

    private func table(_ rest: inout ArraySlice<Line>) throws(GuideFault) -> GuideBlock {
        var rows: [[[GuideSpan]]] = []
        var number = 0
        while let line = rest.first, line.text.hasPrefix("|") {
            let cells = Self.cells(line.text)
            if number == 1 {
                guard cells.allSatisfy({ !$0.isEmpty && $0.allSatisfy { "-: ".contains($0) } }) else {
                    throw fault(line, "the second line of a table is |---|---|")
                }
            } else {
                var row: [[GuideSpan]] = []
                for cell in cells { row.append(try spans(cell, of: line)) }
                if let head = rows.first, row.count != head.count {
                    throw fault(line, "\(row.count) cells under \(head.count) headings")
                }
                rows.append(row)
            }
            number += 1
            rest.removeFirst()
        }
        return .table(head: rows.first ?? [], rows: Array(rows.dropFirst()))
    }

    private static func cells(_ line: Substring) -> [String] {
        var cells: [String] = []
        var cell = ""
        var isEscaped = false
        for character in line.dropFirst() {
            if isEscaped {
                cell += character == "|" ? "|" : "\\\(character)"
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else if character == "|" {
                cells.append(cell.trimmed)
                cell = ""
            } else {
                cell.append(character)
            }
        }
        if !cell.trimmed.isEmpty { cells.append(cell.trimmed) }
        return cells
    }

    private func quote(_ rest: inout ArraySlice<Line>) throws(GuideFault) -> GuideBlock {
        var inner: [Line] = []
        while let line = rest.first, line.text.hasPrefix(">") {
            let text = line.text.dropFirst()
            inner.append(Line(number: line.number, text: text.hasPrefix(" ") ? text.dropFirst() : text))
            rest.removeFirst()
        }
        return .quote(try blocks(inner))
    }

    private func paragraph(_ rest: inout ArraySlice<Line>) throws(GuideFault) -> GuideBlock {
        var words: [Substring] = []
        guard let first = rest.first else { return .paragraph([]) }
        while let line = rest.first, !line.isBlank, !line.text.hasPrefix("#"), !line.text.hasPrefix("|"),
            !line.text.hasPrefix(">"), words.isEmpty || Self.marker(line) == nil
        {
            words.append(line.text.drop { $0 == " " })
            rest.removeFirst()
        }
        return .paragraph(try spans(words.joined(separator: " "), of: first))
    }
}

extension String {
    fileprivate var trimmed: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
