import Foundation

/// A template of ours as a tree. Reads what our templates use: names, sections, their opposites, raw names, parts.
indirect enum TemplateNode {
    case name(String, raw: Bool)
    case section(String, inverted: Bool, [TemplateNode])
    case part(String)

    struct Fault: Error, CustomStringConvertible {
        let description: String
    }

    static func parse(_ text: String) throws -> [TemplateNode] {
        var stack: [(name: String, inverted: Bool, nodes: [TemplateNode])] = [("", false, [])]
        var count = 0
        for match in HTML.matches(#"\{\{([{#^/>]?)\s*([A-Za-z.][A-Za-z0-9-]*)\s*\}\}\}?"#, in: text) {
            count += 1
            switch match[1] {
            case "", "{": stack[stack.count - 1].nodes.append(.name(match[2], raw: match[1] == "{"))
            case ">": stack[stack.count - 1].nodes.append(.part(match[2]))
            case "/":
                guard let closed = stack.popLast(), closed.name == match[2], !stack.isEmpty else {
                    throw Fault(description: "{{/\(match[2])}} closes nothing that is open")
                }
                stack[stack.count - 1].nodes.append(.section(closed.name, inverted: closed.inverted, closed.nodes))
            default: stack.append((match[2], match[1] == "^", []))
            }
        }
        guard stack.count == 1 else { throw Fault(description: "{{#\(stack[stack.count - 1].name)}} is not closed") }
        let marks = text.components(separatedBy: "{{").count - 1
        guard marks == count else { throw Fault(description: "\(marks - count) tags cannot be read") }
        return stack[0].nodes
    }
}
