import Foundation
import Kernel
import Testing

@testable import Charts

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// An SVG picture, read by an XML parser.
struct Drawing {
    struct Element {
        let name: String
        let attributes: [String: String]
        /// Its own text, without that of elements inside.
        var text = ""

        func number(_ attribute: String) -> Double? { attributes[attribute].flatMap { Double($0) } }
    }

    /// In the order of their beginnings.
    let elements: [Element]

    /// `nil` when the text is not well-formed XML.
    init?(_ svg: String) {
        let recorder = Recorder()
        let parser = XMLParser(data: Data(svg.utf8))
        parser.delegate = recorder
        guard parser.parse() else { return nil }
        elements = recorder.elements
    }

    func all(_ name: String) -> [Element] { elements.filter { $0.name == name } }

    /// What is written in the picture.
    var texts: [String] { all("text").map(\.text) }

    private final class Recorder: NSObject, XMLParserDelegate {
        var elements: [Element] = []
        private var open: [Int] = []

        func parser(
            _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?,
            qualifiedName qName: String?, attributes attributeDict: [String: String]
        ) {
            open.append(elements.count)
            elements.append(Element(name: elementName, attributes: attributeDict))
        }

        func parser(
            _ parser: XMLParser, didEndElement elementName: String, namespaceURI: String?,
            qualifiedName qName: String?
        ) {
            _ = open.popLast()
        }

        func parser(_ parser: XMLParser, foundCharacters string: String) {
            if let index = open.last { elements[index].text += string }
        }
    }
}

/// What holds for every picture: well-formed, named and described, without styles and programs.
///
/// - Returns: the picture, read
@discardableResult
func soundDrawing(of chart: Chart, sourceLocation: SourceLocation = #_sourceLocation) throws -> Drawing {
    let drawing = try #require(Drawing(chart.svg), "not well-formed", sourceLocation: sourceLocation)
    let root = try #require(drawing.elements.first, sourceLocation: sourceLocation)
    #expect(root.name == "svg", sourceLocation: sourceLocation)
    #expect(root.attributes["class"] == "chart", sourceLocation: sourceLocation)
    #expect(root.attributes["width"] == nil, sourceLocation: sourceLocation)

    let labels = (root.attributes["aria-labelledby"] ?? "").split(separator: " ").map { String($0) }
    let title = drawing.elements.first { $0.name == "title" && $0.attributes["id"] == labels.first }
    let description = drawing.elements.first { $0.name == "desc" && $0.attributes["id"] == labels.last }
    #expect(title != nil, sourceLocation: sourceLocation)
    #expect(description?.text == chart.alternative, sourceLocation: sourceLocation)

    for word in ["style=", "<style", "<script", "javascript:", "=\"nan", "=\"inf", "NaN"] {
        let isFree = !chart.svg.contains(word)
        #expect(isFree, "contains \(word)", sourceLocation: sourceLocation)
    }
    let handlers = drawing.elements.flatMap { element in element.attributes.keys.filter { $0.hasPrefix("on") } }
    #expect(handlers.isEmpty, sourceLocation: sourceLocation)
    return drawing
}

/// So many consecutive months.
func months(from year: Int, count: Int) -> [Month] {
    (0..<count).compactMap { Month(year: year + $0 / 12, month: $0 % 12 + 1) }
}
