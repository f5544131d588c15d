import Kernel
import Tabular

/// A chart as DrawingML with the workbook that Word opens for “Edit data”.
enum WordChart {
    private static let colours = ["0B5CAD", "F2A541", "59636B", "A34700"]

    /// Numbers of an axis as Vietnamese has them (8.000), whatever the language of the program that draws: the points are
    /// letters of the format. Shares have one decimal.
    private static func format(_ graph: OfficialDocument.Graph) -> String {
        graph.unit == "%"
            ? "[$-42A]0.0" : #"[&gt;=1000000]#&quot;.&quot;###&quot;.&quot;##0;[&gt;=1000]#&quot;.&quot;##0;0"#
    }

    static func xml(_ graph: OfficialDocument.Graph) -> String {
        let format = format(graph)
        let count = graph.labels.count
        let labels =
            "<c:cat><c:strRef><c:f>Sheet1!$A$2:$A$\(count + 1)</c:f><c:strCache><c:ptCount val=\"\(count)\"/>"
            + graph.labels.enumerated().map { "<c:pt idx=\"\($0)\"><c:v>\(XMLText.escaped($1))</c:v></c:pt>" }.joined()
            + "</c:strCache></c:strRef></c:cat>"
        let isWide = graph.kind == .bar && count > 14
        let series = graph.series.enumerated().map { index, one in
            let letter = columnLetters(index + 1)
            let colour = colours[index % colours.count]
            let fill = "<a:solidFill><a:srgbClr val=\"\(colour)\"/></a:solidFill>"
            // Lines differ by their dashes too: grey print keeps them apart.
            let dash = index == 0 ? "" : "<a:prstDash val=\"\(index == 1 ? "dash" : "sysDot")\"/>"
            let look =
                graph.kind == .bar
                ? "<c:spPr>\(fill)</c:spPr><c:invertIfNegative val=\"0\"/>"
                : "<c:spPr><a:ln w=\"28575\">\(fill)\(dash)</a:ln></c:spPr><c:marker><c:symbol val=\"\(index == 0 ? "circle" : "square")\"/><c:size val=\"5\"/></c:marker>"
            let values =
                "<c:val><c:numRef><c:f>Sheet1!$\(letter)$2:$\(letter)$\(count + 1)</c:f><c:numCache><c:formatCode>\(format)</c:formatCode><c:ptCount val=\"\(count)\"/>"
                + one.values.enumerated().compactMap { place, value in
                    value.map { "<c:pt idx=\"\(place)\"><c:v>\($0)</c:v></c:pt>" }
                }.joined() + "</c:numCache></c:numRef></c:val>"
            return
                "<c:ser><c:idx val=\"\(index)\"/><c:order val=\"\(index)\"/><c:tx><c:strRef><c:f>Sheet1!$\(letter)$1</c:f><c:strCache><c:ptCount val=\"1\"/><c:pt idx=\"0\"><c:v>\(XMLText.escaped(one.name))</c:v></c:pt></c:strCache></c:strRef></c:tx>\(look)\(labels)\(values)\(graph.kind == .line ? "<c:smooth val=\"0\"/>" : "")</c:ser>"
        }.joined()
        let plot =
            graph.kind == .bar
            ? "<c:barChart><c:barDir val=\"\(isWide ? "bar" : "col")\"/><c:grouping val=\"clustered\"/><c:varyColors val=\"0\"/>\(series)<c:gapWidth val=\"60\"/><c:axId val=\"1\"/><c:axId val=\"2\"/></c:barChart>"
            : "<c:lineChart><c:grouping val=\"standard\"/><c:varyColors val=\"0\"/>\(series)<c:marker val=\"1\"/><c:axId val=\"1\"/><c:axId val=\"2\"/></c:lineChart>"
        let type =
            "<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz=\"1000\"/></a:pPr><a:endParaRPr lang=\"vi-VN\"/></a:p></c:txPr>"
        // Bars are read by their length: they begin at zero.
        let isPositive = graph.series.allSatisfy { $0.values.allSatisfy { ($0 ?? 0) >= 0 } }
        let least = graph.kind == .bar && isPositive ? "<c:min val=\"0\"/>" : ""
        let (categories, values) = isWide ? ("l", "b") : ("b", "l")
        let unit =
            graph.unit.isEmpty
            ? ""
            : "<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:pPr><a:defRPr sz=\"1000\" b=\"0\"/></a:pPr><a:r><a:rPr lang=\"vi-VN\" sz=\"1000\" b=\"0\"/><a:t>\(XMLText.escaped(graph.unit))</a:t></a:r></a:p></c:rich></c:tx><c:overlay val=\"0\"/></c:title>"
        return
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<c:chartSpace xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\" xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><c:lang val=\"vi-VN\"/><c:roundedCorners val=\"0\"/><c:chart><c:autoTitleDeleted val=\"1\"/><c:plotArea><c:layout/>\(plot)<c:catAx><c:axId val=\"1\"/><c:scaling><c:orientation val=\"\(isWide ? "maxMin" : "minMax")\"/></c:scaling><c:delete val=\"0\"/><c:axPos val=\"\(categories)\"/><c:numFmt formatCode=\"General\" sourceLinked=\"0\"/><c:majorTickMark val=\"none\"/><c:minorTickMark val=\"none\"/><c:tickLblPos val=\"low\"/>\(type)<c:crossAx val=\"2\"/></c:catAx><c:valAx><c:axId val=\"2\"/><c:scaling><c:orientation val=\"minMax\"/>\(least)</c:scaling><c:delete val=\"0\"/><c:axPos val=\"\(values)\"/><c:majorGridlines><c:spPr><a:ln w=\"6350\"><a:solidFill><a:srgbClr val=\"D5DADE\"/></a:solidFill></a:ln></c:spPr></c:majorGridlines>\(unit)<c:numFmt formatCode=\"\(format)\" sourceLinked=\"0\"/><c:majorTickMark val=\"none\"/><c:minorTickMark val=\"none\"/><c:tickLblPos val=\"nextTo\"/>\(type)<c:crossAx val=\"1\"/>\(isWide ? "<c:crosses val=\"max\"/>" : "")</c:valAx></c:plotArea>\(graph.series.count > 1 ? "<c:legend><c:legendPos val=\"b\"/><c:overlay val=\"0\"/>\(type)</c:legend>" : "")<c:plotVisOnly val=\"1\"/><c:dispBlanksAs val=\"gap\"/></c:chart><c:externalData r:id=\"rId1\"><c:autoUpdate val=\"0\"/></c:externalData></c:chartSpace>"
    }

    /// The numbers, as Word's data sheet shows them.
    static func workbook(_ graph: OfficialDocument.Graph) throws -> [UInt8] {
        var rows: [[SheetCell]] = [[.text("")] + graph.series.map { .text($0.name) }]
        for (index, label) in graph.labels.enumerated() {
            rows.append(
                [.text(label)]
                    + graph.series.map { one in
                        one.values[index].map { SheetCell(.number($0)) } ?? SheetCell(.empty)
                    })
        }
        return try XLSXWriter.bytes(of: [Sheet(name: "Sheet1", rows: rows)], made: 315_532_800)
    }
}
